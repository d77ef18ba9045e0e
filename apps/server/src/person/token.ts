import { createHmac, timingSafeEqual } from "node:crypto";
import { hourMs, type Instant, instant, type Keys, type OrganisationId, parseId } from "@loket/kit";

/**
 * The address of a person's own page is its key: organisation, person and end, signed with a key of the organisation's.
 * Nothing is stored, so nothing can leak but by passing the address on.
 */
export interface PersonToken {
  readonly organisationId: OrganisationId;
  readonly contactId: string;
  readonly expiresAt: Instant;
}

const version = 1;
const bodyLength = 1 + 16 + 16 + 4;
const macLength = 32;

export function makePersonToken(keys: Keys, { organisationId, contactId, expiresAt }: PersonToken): string {
  const body = Buffer.alloc(bodyLength);
  body.writeUInt8(version, 0);
  bytesOf(organisationId).copy(body, 1);
  bytesOf(contactId).copy(body, 17);
  body.writeUInt32BE(Math.floor(expiresAt / 1_000), 33);
  return Buffer.concat([body, macOf(keys, organisationId, body)]).toString("base64url");
}

/** `null` for anything that was not signed here. Whether its time is over, the caller looks. */
export function readPersonToken(keys: Keys, text: string): PersonToken | null {
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length !== bodyLength + macLength || bytes[0] !== version || bytes.toString("base64url") !== text)
    return null;
  const body = bytes.subarray(0, bodyLength);
  const organisationId = parseId<"organisation">(uuidOf(body.subarray(1, 17)));
  if (!organisationId || !timingSafeEqual(bytes.subarray(bodyLength), macOf(keys, organisationId, body))) return null;
  return {
    organisationId,
    contactId: uuidOf(body.subarray(17, 33)),
    expiresAt: instant(body.readUInt32BE(33) * 1_000),
  };
}

/** In every form of the page, for two hours: whoever sends it back has seen the page, and did not only follow a link. */
export function makeFormToken(keys: Keys, organisationId: string, token: string, now: Instant, hoursAgo = 0): string {
  const hour = Math.floor(now / hourMs) - hoursAgo;
  return createHmac("sha256", keys.derive("person page", organisationId))
    .update(`form ${hour} ${token}`)
    .digest("base64url");
}

export function isFormToken(keys: Keys, organisationId: string, token: string, now: Instant, given: string): boolean {
  return [0, 1, 2].some((hoursAgo) => {
    const expected = Buffer.from(makeFormToken(keys, organisationId, token, now, hoursAgo));
    const actual = Buffer.from(given);
    return expected.length === actual.length && timingSafeEqual(expected, actual);
  });
}

function macOf(keys: Keys, organisationId: string, body: Buffer): Buffer {
  return createHmac("sha256", keys.derive("person page", organisationId)).update("page").update(body).digest();
}

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");
const uuidOf = (bytes: Buffer): string =>
  bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");

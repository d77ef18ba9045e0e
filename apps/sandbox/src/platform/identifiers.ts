import { createHash } from "node:crypto";
import { crowdPhoneByUserId } from "./crowd/user-ids.ts";
import type { Phone, State } from "./state.ts";

/** A bijection on 32 bits: different serials stay different, and neighbours look nothing alike. */
export function mix(value: number): number {
  let mixed = value >>> 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

function nextSerial(state: State): number {
  state.serial += 1;
  return state.serial;
}

/** A number in [0, 1), the same in every run with the same seed and the same history. */
export function chance(state: State): number {
  return mix(nextSerial(state) ^ mix(state.seed)) / 0x1_0000_0000;
}

const kinds = {
  app: "112233",
  portfolio: "700600",
  account: "900800",
  number: "100200",
  template: "169000",
  media: "555000",
  flow: "810000",
  schedule: "820000",
  activity: "830000",
  signup: "840000",
  preverified: "850000",
  catalogue: "820001",
  user: "122000",
};

/** A 16-digit id; the first digits tell its kind to the person reading a log. */
export function nextNodeId(state: State, kind: keyof typeof kinds): string {
  return kinds[kind] + String(mix(nextSerial(state) ^ mix(state.seed))).padStart(10, "0");
}

/** A message id: `wamid.` and base64 of a few marker bytes, the person's number and a part that is unique. */
export function nextMessageId(state: State, phone: string, from: "phone" | "business"): string {
  const serial = nextSerial(state);
  const unique = (
    mix(serial ^ mix(state.seed))
      .toString(16)
      .padStart(8, "0") + serial.toString(16).padStart(10, "0")
  ).toUpperCase();
  const direction = from === "phone" ? "\x12" : "\x11";
  const raw = `\x1c\x18${String.fromCharCode(phone.length)}${phone}\x15\x02\x00${direction}\x18\x12${unique}\x00`;
  return `wamid.${Buffer.from(raw, "latin1").toString("base64")}`;
}

/** `length` of the letters given, different at every call. */
export function uniqueText(state: State, letters: string, length: number): string {
  return Array.from({ length }, () => letters[Math.floor(chance(state) * letters.length)]).join("");
}

/** What an answer is called in its headers and errors. Answers have a count of their own, so that asking changes no id. */
export function nextTraceId(state: State): string {
  state.answers += 1;
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32BE(mix(state.answers ^ mix(state.seed ^ 0x7ace)), 0);
  bytes.writeUInt32BE(state.answers >>> 0, 4);
  return `A${bytes.toString("base64url")}`;
}

/** What a subscriber is asked to repeat in a handshake. */
export function challengeOf(state: State): string {
  return String(100_000_000 + (mix(state.serial ^ mix(state.seed ^ 0xc4a1)) % 1_900_000_000));
}

export function nextToken(state: State, label: string): string {
  return `EAAG${createHash("sha256")
    .update(`${state.seed}:token:${label}:${nextSerial(state)}`)
    .digest("hex")
    .toUpperCase()
    .slice(0, 48)}`;
}

export function nextSecret(state: State, label: string): string {
  return createHash("sha256")
    .update(`${state.seed}:secret:${label}:${nextSerial(state)}`)
    .digest("hex")
    .slice(0, 32);
}

/**
 * A person's business-scoped user id (BSUID): the country's code and digits, one per person and business portfolio.
 * It belongs to the number, so a person who changes numbers gets another one, as on the platform.
 */
export function userIdOf(state: State, phone: Phone, portfolioId: string): string {
  return phone.userId ?? derivedUserId(state, phone.number, portfolioId);
}

/** The id of a person for all portfolios linked under one parent (`NL.ENT.…`); `null` where the portfolio has none. */
export function parentUserIdOf(state: State, phone: Phone, portfolioId: string): string | null {
  const parentId = state.portfolios.get(portfolioId)?.parentId;
  if (!parentId) return null;
  const derived = derivedUserId(state, phone.number, parentId);
  return `${derived.slice(0, 2)}.ENT.${derived.slice(3)}`;
}

function derivedUserId(state: State, number: string, portfolioId: string): string {
  const head = userIdHead(state, number, portfolioId);
  const tail = hash(`${number}:${portfolioId}`, head) % 10_000_000;
  return `${countryOf(number)}.${String(head).padStart(10, "0")}${String(tail).padStart(7, "0")}`;
}

/** The first ten digits of a derived user id. */
export function userIdHead(state: State, number: string, portfolioId: string): number {
  return hash(`${portfolioId}:${number}`, mix(state.seed));
}

/** FNV-1a with a finish. Computed each time: a load test has a million people, and a cache of their ids costs more than this. */
export function hash(text: string, seed: number): number {
  let sum = (0x811c9dc5 ^ seed) >>> 0;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return mix(sum);
}

const phonesByUserId = new WeakMap<State, Map<string, string>>();

/** The person behind a user id of this portfolio. Remembers what it found: sending by user id must not search every phone. */
export function findByUserId(state: State, portfolioId: string, userId: string): Phone | undefined {
  let known = phonesByUserId.get(state);
  if (!known) {
    known = new Map();
    phonesByUserId.set(state, known);
  }
  const key = `${portfolioId}:${userId}`;
  const remembered = state.phones.get(known.get(key) ?? "");
  if (remembered && userIdOf(state, remembered, portfolioId) === userId) return remembered;
  const isParents = userId.slice(2, 7) === ".ENT.";
  for (const phone of state.phones.values()) {
    if ((isParents ? parentUserIdOf : userIdOf)(state, phone, portfolioId) !== userId) continue;
    if (!isParents) known.set(key, phone.number);
    return phone;
  }
  return crowdPhoneByUserId(state, portfolioId, userId);
}

const callingCodes: readonly (readonly [string, string])[] = [
  ["31", "NL"],
  ["49", "DE"],
  ["32", "BE"],
  ["33", "FR"],
  ["34", "ES"],
  ["39", "IT"],
  ["41", "CH"],
  ["43", "AT"],
  ["44", "GB"],
  ["45", "DK"],
  ["46", "SE"],
  ["47", "NO"],
  ["48", "PL"],
  ["351", "PT"],
  ["352", "LU"],
  ["353", "IE"],
  ["358", "FI"],
  ["420", "CZ"],
  ["212", "MA"],
  ["90", "TR"],
  ["91", "IN"],
  ["52", "MX"],
  ["54", "AR"],
  ["55", "BR"],
  ["57", "CO"],
  ["62", "ID"],
  ["65", "SG"],
  ["81", "JP"],
  ["82", "KR"],
  ["27", "ZA"],
  ["234", "NG"],
  ["254", "KE"],
  ["971", "AE"],
  ["972", "IL"],
  ["380", "UA"],
  ["61", "AU"],
  ["7", "RU"],
  ["1", "US"],
]; // prettier-ignore

export function countryOf(digits: string): string {
  return callingCodes.find(([code]) => digits.startsWith(code))?.[1] ?? "ZZ";
}

function callingCodeOf(digits: string): string {
  return callingCodes.find(([code]) => digits.startsWith(code))?.[0] ?? digits.slice(0, 2);
}

/**
 * The digits of a number as a person writes it (`+31 6 12345678`, `0031…`, `06…`), or `null` where it is none. A number
 * in national form is read as one of the business number's country (Cloud API, "Phone number formats").
 */
export function readNumber(text: string, business?: string): string | null {
  if (!/^\+?[\d\s().\-/]+$/.test(text.trim())) return null;
  let digits = text.replace(/\D/g, "");
  if (!text.trim().startsWith("+")) {
    if (digits.startsWith("00")) digits = digits.slice(2);
    else if (digits.startsWith("0") && business) digits = callingCodeOf(business) + digits.slice(1);
  }
  return /^[1-9]\d{6,14}$/.test(digits) ? digits : null;
}

/** The `wa_id` of a number: in three countries it is not the number one dials. */
export function whatsappIdOf(digits: string): string {
  if (/^521\d{10}$/.test(digits)) return `52${digits.slice(3)}`;
  if (/^54[1-8]\d{9}$/.test(digits)) return `549${digits.slice(2)}`;
  if (/^55[3-9]\d9\d{8}$/.test(digits)) return digits.slice(0, 4) + digits.slice(5);
  return digits;
}

import { createHash } from "node:crypto";
import { fail, ok, type Random, type Result } from "@loket/kit";

/**
 * Time stamps of others (RFC 3161), as far as we need them: a request for the stamp on a digest, and whether what comes
 * back is a stamp on that digest. Whether the stamp's own signature is good is for whoever relies on it to check, with
 * `openssl ts -verify`.
 */

const sha256Oid = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
const signedDataOid = "06092a864886f70d010702";
const stampInfoOid = "060b2a864886f70d0109100104";

export interface StampRequest {
  readonly bytes: Uint8Array;
  readonly imprint: Uint8Array;
  readonly nonce: Uint8Array;
}

/** Asks for a stamp on SHA-256 of `data`, with the service's certificate in it. */
export function stampRequest(data: Uint8Array, random: Pick<Random, "fill">): StampRequest {
  const imprint = new Uint8Array(createHash("sha256").update(data).digest());
  const nonce = random.fill(new Uint8Array(8));
  nonce[0] = ((nonce[0] ?? 0) & 0x7f) | 0x40; // positive, and never shortened
  const algorithm = der(0x30, [...sha256Oid, 0x05, 0x00]);
  const bytes = der(0x30, [
    ...der(0x02, [1]),
    ...der(0x30, [...algorithm, ...der(0x04, imprint)]),
    ...der(0x02, nonce),
    ...der(0x01, [0xff]),
  ]);
  return { bytes: Uint8Array.from(bytes), imprint, nonce };
}

/** The time in the answer; or, in words, why it is no stamp on what was asked. */
export function readStamp(
  answer: Uint8Array,
  asked: Pick<StampRequest, "imprint" | "nonce">,
): Result<{ readonly time: string }, string> {
  try {
    const [status, token] = children(readPart(answer));
    const granted = status && children(status)[0]?.content[0];
    if (granted !== 0 && granted !== 1) return fail(`The service refused (status ${granted ?? "missing"}).`);
    const [tokenType, wrapped] = children(token);
    const [, , encapsulated] = children(children(wrapped)[0]);
    const [infoType, octets] = children(encapsulated);
    if (hex(tokenType) !== signedDataOid || hex(infoType) !== stampInfoOid)
      return fail("The answer is signed, and not a time stamp.");
    const [, , imprint, , time, ...rest] = children(readPart(children(octets)[0]?.content ?? new Uint8Array()));
    const [algorithm, digest] = children(imprint);
    if (hex(children(algorithm)[0]) !== Buffer.from(sha256Oid).toString("hex"))
      return fail("Another digest was stamped.");
    if (!same(digest?.content, asked.imprint)) return fail("The stamp is on something else.");
    const nonce = rest.find((one) => one.tag === 0x02);
    if (!same(nonce?.content, asked.nonce)) return fail("The stamp answers another question.");
    return ok({ time: Buffer.from(time?.content ?? []).toString("ascii") });
  } catch {
    return fail("The answer is not a time stamp.");
  }
}

interface Part {
  readonly tag: number;
  readonly content: Uint8Array;
  readonly bytes: Uint8Array;
}

function der(tag: number, content: ArrayLike<number>): number[] {
  const bytes = Array.from(content);
  const length = bytes.length < 128 ? [bytes.length] : [0x82, bytes.length >> 8, bytes.length & 0xff];
  return [tag, ...length, ...bytes];
}

/** One value of definite length from the front; throws where the bytes end before it does. */
function readPart(bytes: Uint8Array): Part {
  const [tag, first] = bytes;
  if (tag === undefined || first === undefined) throw new RangeError("ends early");
  const wide = first < 0x80 ? 0 : first & 0x7f;
  if (wide > 4 || first === 0x80) throw new RangeError("no definite length");
  let length = first < 0x80 ? first : 0;
  for (const byte of bytes.subarray(2, 2 + wide)) length = length * 256 + byte;
  const end = 2 + wide + length;
  if (end > bytes.length) throw new RangeError("ends early");
  return { tag, content: bytes.subarray(2 + wide, end), bytes: bytes.subarray(0, end) };
}

function children(part: Part | undefined): Part[] {
  if (part === undefined) throw new RangeError("missing");
  const parts: Part[] = [];
  for (let rest = part.content; rest.length > 0; ) {
    const next = readPart(rest);
    parts.push(next);
    rest = rest.subarray(next.bytes.length);
  }
  return parts;
}

function hex(part: Part | undefined): string {
  return Buffer.from(part?.bytes ?? []).toString("hex");
}

function same(one: Uint8Array | undefined, other: Uint8Array): boolean {
  return one !== undefined && Buffer.compare(one, other) === 0;
}

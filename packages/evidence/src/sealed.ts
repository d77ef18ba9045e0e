import { createCipheriv, createDecipheriv } from "node:crypto";
import type { Random } from "@loket/kit";
import { concat, utf8 } from "./bytes.ts";
import { canonical, type JsonObject, parseCanonical } from "./canonical.ts";

/**
 * Bodies at rest. Every subject has a key of its own, which is stored wrapped by the tenant's key; salts and bodies are
 * stored sealed under the subject's key. Destroying the wrapped key erases every body of the subject at once, also in
 * backups, replicas and write-ahead logs that hold the sealed bytes, as long as the tenant's key is in none of them.
 * Delete the rows as well: not every authority takes the loss of a key for erasure.
 *
 * Form: 0x01 ‖ 12 bytes of nonce ‖ ciphertext ‖ 16 bytes of tag (AES-256-GCM, NIST SP 800-38D). Nonces are random, so
 * one key may seal 2^32 times; a subject has fewer entries. What is sealed is bound to its place by the additional data
 * `domain ‖ JCS({…})`: a sealed body moved to another entry, or a key to another subject, does not open.
 */
const version = 0x01;
const nonceBytes = 12;
const tagBytes = 16;
const keyBytes = 32;
const saltBytes = 32;

export interface SealedBody {
  readonly salt: Uint8Array;
  readonly body: JsonObject;
}

/** A new 256-bit key. */
export function newKey(random: Pick<Random, "fill">): Uint8Array {
  return random.fill(new Uint8Array(keyBytes));
}

/** The subject's key as it may be stored. */
export function wrapKey(
  subjectKey: Uint8Array,
  tenantKey: Uint8Array,
  place: { readonly log: string; readonly subject: string },
  random: Pick<Random, "fill">,
): Uint8Array {
  return seal(subjectKey, tenantKey, contextOf("loket:evidence:key:v1", place), random);
}

/** Throws where the key is not the tenant's, or was wrapped for another subject or log. */
export function unwrapKey(
  wrapped: Uint8Array,
  tenantKey: Uint8Array,
  place: { readonly log: string; readonly subject: string },
): Uint8Array {
  return open(wrapped, tenantKey, contextOf("loket:evidence:key:v1", place));
}

/** Salt and body of one entry as they may be stored. `entry` is the id under which the caller stores them. */
export function sealBody(
  { salt, body }: SealedBody,
  subjectKey: Uint8Array,
  place: { readonly log: string; readonly entry: string },
  random: Pick<Random, "fill">,
): Uint8Array {
  if (salt.length !== saltBytes) throw new RangeError(`A salt has ${saltBytes} bytes, this one ${salt.length}.`);
  const plain = concat(salt, utf8(canonical(body)));
  return seal(plain, subjectKey, contextOf("loket:evidence:sealed:v1", place), random);
}

/** Throws where the key is another one, a bit was changed, or the bytes belong to another entry or log. */
export function openBody(
  sealed: Uint8Array,
  subjectKey: Uint8Array,
  place: { readonly log: string; readonly entry: string },
): SealedBody {
  const plain = open(sealed, subjectKey, contextOf("loket:evidence:sealed:v1", place));
  const body = parseCanonical(
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(plain.slice(saltBytes)),
  );
  if (!body.ok || typeof body.value !== "object" || body.value === null || Array.isArray(body.value)) {
    throw new TypeError("What was sealed is not a body.");
  }
  return { salt: plain.slice(0, saltBytes), body: body.value as JsonObject };
}

function contextOf(domain: string, place: JsonObject): Uint8Array {
  return utf8(`${domain}\n${canonical(place)}`);
}

function seal(plain: Uint8Array, key: Uint8Array, context: Uint8Array, random: Pick<Random, "fill">): Uint8Array {
  const nonce = random.fill(new Uint8Array(nonceBytes));
  const cipher = createCipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(context);
  const ciphertext = concat(cipher.update(plain), cipher.final());
  return concat(Uint8Array.of(version), nonce, ciphertext, cipher.getAuthTag());
}

function open(sealed: Uint8Array, key: Uint8Array, context: Uint8Array): Uint8Array {
  if (sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes)
    throw new TypeError("These bytes are not sealed.");
  const tagAt = sealed.length - tagBytes;
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(tagAt));
  return concat(decipher.update(sealed.subarray(1 + nonceBytes, tagAt)), decipher.final());
}

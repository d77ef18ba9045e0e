import { hash } from "node:crypto";

const encoder = new TextEncoder();

/** UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return encoder.encode(text);
}

export function sha256(bytes: Uint8Array): Uint8Array {
  const digest = hash("sha256", bytes, "buffer");
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.length); // a Buffer compares and prints differently
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}

/** base64url without padding (RFC 4648 §5): the one form bytes have inside JSON. */
export function toBase64url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64url");
}

/** Reads `length` bytes of base64url; `null` where the text is not exactly how `toBase64url` would write them. */
export function fromBase64url(text: unknown, length: number): Uint8Array | null {
  if (typeof text !== "string") return null;
  const bytes = new Uint8Array(Buffer.from(text, "base64url"));
  return bytes.length === length && toBase64url(bytes) === text ? bytes : null;
}

/** Standard base64 with padding (RFC 4648 §4): the form bytes have inside signed notes. */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64");
}

/** Reads padded base64; `null` where the text is not exactly how `toBase64` would write it. */
export function fromBase64(text: string): Uint8Array | null {
  const bytes = new Uint8Array(Buffer.from(text, "base64"));
  return toBase64(bytes) === text ? bytes : null;
}

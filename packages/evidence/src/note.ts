import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { fail, ok, type Result } from "@loket/kit";
import { concat, fromBase64, sameBytes, sha256, toBase64, toBase64url, utf8 } from "./bytes.ts";

/** Signed notes of C2SP (c2sp.org/signed-note): a text, an empty line, and one line per signature. */

export interface NoteSignature {
  readonly name: string;
  /** Four bytes that, with the name, say which key made it. */
  readonly keyId: Uint8Array;
  readonly signature: Uint8Array;
}

export interface Note {
  /** Ends in a newline; this is what is signed. */
  readonly text: string;
  /** All that were there, also of keys nobody here knows. */
  readonly signatures: readonly NoteSignature[];
}

/** What a key signs: notes as they are, or checkpoints it has witnessed, with the time (c2sp.org/tlog-cosignature). */
export type KeyUse = "note" | "cosignature";

export interface NoteKey {
  readonly name: string;
  readonly use: KeyUse;
  /** 32 bytes of Ed25519 (RFC 8032). */
  readonly publicKey: Uint8Array;
}

const typeByte: Readonly<Record<KeyUse, number>> = { note: 0x01, cosignature: 0x04 };
const mostSignatures = 64;
const lineShape = /^— ([!-*,-~]+) ([A-Za-z0-9+/]+={0,2})$/;

/** The first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key). */
export function keyIdOf(key: NoteKey): Uint8Array {
  return sha256(concat(utf8(`${key.name}\n`), Uint8Array.of(typeByte[key.use]), key.publicKey)).slice(0, 4);
}

/** A key as one line, `name+keyid+base64(type ‖ public key)`: the "vkey" of signed notes. */
export function formatKey(key: NoteKey): string {
  const id = Buffer.from(keyIdOf(key)).toString("hex");
  return `${key.name}+${id}+${toBase64(concat(Uint8Array.of(typeByte[key.use]), key.publicKey))}`;
}

/** Reads what `formatKey` writes; `null` for anything else. */
export function parseKey(text: string): NoteKey | null {
  const [, name, , encoded] = /^([!-*,-~]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  if (name === undefined || bytes === null || bytes.length !== 33) return null;
  const use = bytes[0] === typeByte.note ? "note" : bytes[0] === typeByte.cosignature ? "cosignature" : null;
  if (use === null) return null;
  const key: NoteKey = { name, use, publicKey: bytes.slice(1) };
  return formatKey(key) === text ? key : null;
}

/** What people compare: SHA-256 of the 32 bytes of the public key in hex, in sixteen groups of four. */
export function fingerprintOf(publicKey: Uint8Array): string {
  return (Buffer.from(sha256(publicKey)).toString("hex").match(/.{4}/g) ?? []).join(" ");
}

/** Reads a signed note; the failure says what is wrong with its form. Says nothing about whether signatures are good. */
export function parseNote(note: string): Result<Note, string> {
  if (!note.isWellFormed()) return fail("The note is not well-formed text.");
  for (let at = 0; at < note.length; at++) {
    if (note.charCodeAt(at) < 0x20 && note[at] !== "\n") return fail("The note holds a control character.");
  }
  const boundary = note.lastIndexOf("\n\n");
  if (boundary < 1 || !note.endsWith("\n")) return fail("The note has no empty line before its signatures.");
  const lines = note.slice(boundary + 2, -1).split("\n");
  if (lines.length > mostSignatures) return fail(`The note has more than ${mostSignatures} signatures.`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name, encoded] = lineShape.exec(line) ?? [];
    const bytes = encoded === undefined ? null : fromBase64(encoded);
    if (name === undefined || bytes === null || bytes.length < 5) return fail("A line of the note is no signature.");
    signatures.push({ name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) });
  }
  return ok({ text: note.slice(0, boundary + 1), signatures });
}

export function formatNote(note: Note): string {
  const lines = note.signatures.map(
    ({ name, keyId, signature }) => `— ${name} ${toBase64(concat(keyId, signature))}\n`,
  );
  return `${note.text}\n${lines.join("")}`;
}

/** Signs a text (which ends in a newline) with Ed25519 under a key name. */
export function signText(text: string, name: string, privateKey: KeyObject): NoteSignature {
  const keyId = keyIdOf({ name, use: "note", publicKey: publicKeyOf(privateKey) });
  return { name, keyId, signature: sign(null, utf8(text), privateKey) };
}

/**
 * Whether the note carries a good signature of `key`: `"absent"` where it has none of that name and id, `"bad"` where
 * one of them is wrong. A bad one spoils the note, whatever else it carries.
 */
export function checkSignature(note: Note, key: NoteKey): "good" | "bad" | "absent" {
  const keyId = keyIdOf(key);
  const own = note.signatures.filter((one) => one.name === key.name && sameBytes(one.keyId, keyId));
  if (own.length === 0) return "absent";
  return own.every((one) => verifyBytes(utf8(note.text), one.signature, key.publicKey)) ? "good" : "bad";
}

/** Ed25519 (RFC 8032 §5.1.7) over raw bytes. */
export function verifyBytes(message: Uint8Array, signature: Uint8Array, publicKey: Uint8Array): boolean {
  const key = createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: toBase64url(publicKey) },
    format: "jwk",
  });
  return verify(null, message, key, signature);
}

/** The 32 bytes of the public half. */
export function publicKeyOf(privateKey: KeyObject): Uint8Array {
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (x === undefined) throw new TypeError("The key is not an Ed25519 key.");
  return new Uint8Array(Buffer.from(x, "base64url"));
}

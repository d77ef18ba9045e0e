import { type KeyObject, sign } from "node:crypto";
import { fail, ok, type Result } from "@loket/kit";
import { concat, fromBase64, sameBytes, toBase64, utf8 } from "./bytes.ts";
import { isOrigin } from "./entry.ts";
import { keyIdOf, type Note, type NoteKey, type NoteSignature, parseNote, publicKeyOf, verifyBytes } from "./note.ts";

/** Head of a log: how many entries it has and the root over them. */
export interface TreeHead {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export interface Checkpoint extends TreeHead {
  readonly note: Note;
}

const sizeShape = /^(0|[1-9]\d{0,15})$/;

/** The text of a checkpoint (c2sp.org/tlog-checkpoint): origin, size, root. We write no extension lines. */
export function checkpointText({ origin, size, root }: TreeHead): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`;
}

/** Reads a checkpoint with its signatures; the failure says what is wrong with its form. Checks no signature. */
export function parseCheckpoint(signed: string): Result<Checkpoint, string> {
  const note = parseNote(signed);
  if (!note.ok) return note;
  const [origin = "", size = "", root = "", ...extensions] = note.value.text.slice(0, -1).split("\n");
  const rootBytes = fromBase64(root);
  if (!isOrigin(origin)) return fail("The first line does not name a log.");
  if (!sizeShape.test(size) || !Number.isSafeInteger(Number(size))) return fail("The second line is not a tree size.");
  if (rootBytes?.length !== 32) return fail("The third line is not a root hash.");
  if (extensions.length > 0) return fail("The checkpoint has extension lines, which logs of this kind do not write.");
  return ok({ origin, size: Number(size), root: rootBytes, note: note.value });
}

/**
 * A witness's statement that at `seconds` (since 1970) this was the largest tree of the log it had seen, and consistent
 * with all it saw before (cosignature/v1 of c2sp.org/tlog-cosignature).
 */
export function cosign(text: string, seconds: number, name: string, privateKey: KeyObject): NoteSignature {
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigUint64(0, BigInt(seconds));
  const signature = sign(null, cosignedBytes(text, String(seconds)), privateKey);
  const keyId = keyIdOf({ name, use: "cosignature", publicKey: publicKeyOf(privateKey) });
  return { name, keyId, signature: concat(time, signature) };
}

/** Seconds since 1970 at which the witness signed; `null` where it did not, or one of its signatures is wrong. */
export function cosignedAt(note: Note, key: NoteKey): number | null {
  const keyId = keyIdOf(key);
  let latest: number | null = null;
  for (const one of note.signatures) {
    if (one.name !== key.name || !sameBytes(one.keyId, keyId)) continue;
    if (one.signature.length !== 72) return null;
    const seconds = new DataView(one.signature.buffer, one.signature.byteOffset).getBigUint64(0);
    const message = cosignedBytes(note.text, String(seconds));
    if (seconds > Number.MAX_SAFE_INTEGER || !verifyBytes(message, one.signature.subarray(8), key.publicKey))
      return null;
    latest = Math.max(latest ?? 0, Number(seconds));
  }
  return latest;
}

function cosignedBytes(text: string, seconds: string): Uint8Array {
  return utf8(`cosignature/v1\ntime ${seconds}\n${text}`);
}

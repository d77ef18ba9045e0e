import type { KeyObject } from "node:crypto";
import { fromBase64url } from "../bytes.ts";
import { type Checkpoint, checkpointText, cosign, parseCheckpoint, type TreeHead } from "../checkpoint.ts";
import { isOrigin } from "../entry.ts";
import { manifestText } from "../manifest.ts";
import { checkSignature, formatKey, formatNote, parseKey, publicKeyOf, signText } from "../note.ts";
import { admit, type Refusal, refuse } from "./sign-core.ts";

/** What a signer keeps, per origin: what it last signed, what it last witnessed, and whose logs it witnesses. */
export type MemoryKind = "signed" | "witnessed" | "trusted";

/** Where it keeps that. `remember` returns only when the text would survive the power going out. */
export interface Memory {
  recall(kind: MemoryKind, origin: string): string | null;
  remember(kind: MemoryKind, origin: string, text: string): void;
}

export interface SignerParts {
  /** It signs for logs named so or beginning with this and a slash. */
  readonly name: string;
  readonly logKey: KeyObject;
  /** A key of its own: cosignatures do not say whose they are (c2sp.org/tlog-cosignature). */
  readonly witnessKey: KeyObject;
  readonly memory: Memory;
  readonly nowSeconds: () => number;
}

export type Answer =
  | { readonly ok: true; readonly [name: string]: string | null | true }
  | ({ readonly ok: false } & Refusal);

type Fields = { readonly [name: string]: unknown };

/** The one who signs: requests in, answers out, state only through `memory`, which is written before the answer is given. */
export function createAnswerer(parts: SignerParts): (request: unknown) => Answer {
  const { name, memory } = parts;
  const logPublicKey = publicKeyOf(parts.logKey);
  const witnessName = `${name}/witness`;
  const isMine = (origin: string): boolean =>
    isOrigin(origin) && (origin === name || origin.startsWith(`${name}/`)) && origin !== witnessName;

  const verbs: Readonly<Record<string, (fields: Fields) => Answer>> = {
    keys: () => ({
      ok: true,
      witness: formatKey({ name: witnessName, use: "cosignature", publicKey: publicKeyOf(parts.witnessKey) }),
      log: formatKey({ name, use: "note", publicKey: logPublicKey }),
    }),
    key: ({ origin }) =>
      typeof origin === "string" && isMine(origin)
        ? { ok: true, key: formatKey({ name: origin, use: "note", publicKey: logPublicKey }) }
        : notMine(origin),
    last: ({ origin }) => ({ ok: true, checkpoint: memory.recall("signed", String(origin)) }),
    witnessed: ({ origin }) => ({ ok: true, checkpoint: memory.recall("witnessed", String(origin)) }),
    checkpoint: signCheckpoint,
    manifest: signManifest,
    trust,
    cosign: cosignCheckpoint,
  };

  return (request) => {
    if (typeof request !== "object" || request === null) return refused("malformed", "A request is an object.");
    const fields = request as Fields;
    const verb = typeof fields.do === "string" && Object.hasOwn(verbs, fields.do) ? verbs[fields.do] : undefined;
    return verb === undefined
      ? refused("malformed", `There is no request "${fields.do}". There are: ${Object.keys(verbs).join(", ")}.`)
      : verb(fields);
  };

  function signCheckpoint({ origin, size, root, proof }: Fields): Answer {
    if (typeof origin !== "string" || !isMine(origin)) return notMine(origin);
    const rootBytes = fromBase64url(root, 32);
    const proofBytes = readProof(proof);
    if (!Number.isSafeInteger(size) || Number(size) < 0 || rootBytes === null || proofBytes === null) {
      return refused("malformed", "A checkpoint has a size, a root of 32 bytes in base64url and a proof of such.");
    }
    const next: TreeHead = { origin, size: Number(size), root: rootBytes };
    const lastNote = memory.recall("signed", origin);
    const last = lastNote === null ? null : ownCheckpoint(lastNote, origin);
    const admitted = admit(last, next, proofBytes);
    if (!admitted.ok) return { ok: false, ...admitted.failure };
    if (admitted.value === "same" && lastNote !== null) return { ok: true, checkpoint: lastNote };
    const text = checkpointText(next);
    const note = formatNote({ text, signatures: [signText(text, origin, parts.logKey)] });
    memory.remember("signed", origin, note);
    return { ok: true, checkpoint: note };
  }

  /** What was stored has to be what this key signed; anything else was put there by somebody. */
  function ownCheckpoint(note: string, origin: string): Checkpoint {
    const read = parseCheckpoint(note);
    const key = { name: origin, use: "note", publicKey: logPublicKey } as const;
    if (!read.ok || read.value.origin !== origin || checkSignature(read.value.note, key) !== "good") {
      throw new Error(
        `The last checkpoint kept for ${origin} is not one this key signed. Nothing is signed until a person has looked.`,
      );
    }
    return read.value;
  }

  function signManifest({ origin, hash }: Fields): Answer {
    if (typeof origin !== "string" || !isMine(origin)) return notMine(origin);
    const hashBytes = fromBase64url(hash, 32);
    if (hashBytes === null) return refused("malformed", "The hash of a manifest is 32 bytes in base64url.");
    const text = manifestText(origin, hashBytes);
    return { ok: true, note: formatNote({ text, signatures: [signText(text, origin, parts.logKey)] }) };
  }

  function trust({ key: line }: Fields): Answer {
    const key = typeof line === "string" ? parseKey(line) : null;
    if (key === null || key.use !== "note" || !isOrigin(key.name)) {
      return refused("malformed", "That is no key of a log (name+id+key).");
    }
    const known = memory.recall("trusted", key.name);
    if (known !== null && known !== line) {
      return refused("forked", `${key.name} is known here with another key. A person has to decide which is right.`);
    }
    if (known === null) memory.remember("trusted", key.name, formatKey(key));
    return { ok: true };
  }

  function cosignCheckpoint({ checkpoint, proof }: Fields): Answer {
    const read = typeof checkpoint === "string" ? parseCheckpoint(checkpoint) : null;
    const proofBytes = readProof(proof);
    if (typeof checkpoint !== "string" || read === null || !read.ok || proofBytes === null) {
      return refused("malformed", "To witness, send a signed checkpoint and a proof from the last one witnessed.");
    }
    const { origin, size, root, note } = read.value;
    const key = parseKey(memory.recall("trusted", origin) ?? "");
    if (key === null) return refused("unknown-log", `${origin} is not witnessed here. Name its key first.`);
    if (checkSignature(note, key) !== "good") {
      return refused("unsigned", `The checkpoint does not carry a good signature of ${origin}.`);
    }
    const lastNote = memory.recall("witnessed", origin);
    const last = lastNote === null ? null : parseCheckpoint(lastNote);
    if (last?.ok === false) throw new Error(`What was last witnessed of ${origin} cannot be read.`);
    const admitted = admit(last === null ? null : last.value, { origin, size, root }, proofBytes);
    if (!admitted.ok) return { ok: false, ...admitted.failure };
    if (admitted.value !== "same") memory.remember("witnessed", origin, checkpoint);
    const cosignature = cosign(note.text, parts.nowSeconds(), witnessName, parts.witnessKey);
    return { ok: true, checkpoint: formatNote({ text: note.text, signatures: [...note.signatures, cosignature] }) };
  }

  function notMine(origin: unknown): Answer {
    return refused("not-mine", `This signer signs for ${name} and what lies under it, and "${origin}" does not.`);
  }
}

function readProof(proof: unknown): Uint8Array[] | null {
  if (!Array.isArray(proof) || proof.length > 64) return null;
  const hashes = proof.map((hash) => fromBase64url(hash, 32));
  return hashes.every((hash) => hash !== null) ? hashes : null;
}

function refused(reason: Refusal["reason"], words: string): Answer {
  return { ok: false, ...refuse(reason, words).failure };
}

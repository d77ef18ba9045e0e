import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { sha256, utf8 } from "../bytes.ts";
import type { Memory, MemoryKind } from "./answer.ts";

/**
 * The signer's folder: `log.key` and `witness.key` (PKCS #8, readable by its owner alone), a folder per kind of memory
 * with one file per log, and `lock`.
 */
export interface SignerState {
  readonly logKey: KeyObject;
  readonly witnessKey: KeyObject;
  readonly memory: Memory;
  release(): void;
}

const kinds: readonly MemoryKind[] = ["signed", "witnessed", "trusted"];

/** Opens the folder, making it and the keys on first use. Throws where another process holds it or a key lies open. */
export function openState(folder: string): SignerState {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = takeLock(join(folder, "lock"));
  for (const kind of kinds) {
    mkdirSync(join(folder, kind), { recursive: true, mode: 0o700 });
    for (const name of readdirSync(join(folder, kind))) {
      if (name.endsWith(unfinished)) rmSync(join(folder, kind, name)); // a write that was never answered for
    }
  }
  syncFolder(folder);
  const fileOf = (kind: MemoryKind, origin: string): string =>
    join(folder, kind, Buffer.from(sha256(utf8(origin))).toString("hex"));
  return {
    logKey: openKey(join(folder, "log.key")),
    witnessKey: openKey(join(folder, "witness.key")),
    memory: {
      recall: (kind, origin) => {
        const file = fileOf(kind, origin);
        return existsSync(file) ? readFileSync(file, "utf8") : null;
      },
      remember: (kind, origin, text) => writeDurably(fileOf(kind, origin), text),
    },
    release,
  };
}

/**
 * Takes what the signer last signed of a log out of its memory, and keeps it beside. Only for a person who knows that
 * the log was lost and goes on from an older copy: the checkpoints that left the house will contradict it, for ever, and
 * that is right. Gives what was put aside; `null` where there was nothing.
 */
export function putAside(folder: string, origin: string, now: Date): string | null {
  const file = join(folder, "signed", Buffer.from(sha256(utf8(origin))).toString("hex"));
  if (!existsSync(file)) return null;
  const note = readFileSync(file, "utf8");
  const beside = join(folder, "put-aside");
  mkdirSync(beside, { recursive: true, mode: 0o700 });
  renameSync(file, join(beside, `${now.toISOString().replaceAll(":", "-")}-${file.slice(-64)}`));
  syncFolder(dirname(file));
  return note;
}

function openKey(file: string): KeyObject {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync("ed25519");
    writeDurably(file, privateKey.export({ type: "pkcs8", format: "pem" }));
  }
  if (process.platform !== "win32" && (statSync(file).mode & 0o077) !== 0) {
    throw new Error(`${file} can be read by others than its owner. Set its mode to 0600.`);
  }
  const key = createPrivateKey(readFileSync(file));
  if (key.asymmetricKeyType !== "ed25519") throw new Error(`${file} holds no Ed25519 key.`);
  return key;
}

const unfinished = ".new";

/**
 * The steps, in this order, are what makes it durable: the bytes are on disk before they get the name, and the name is
 * on disk before we return. Whoever is killed between two steps leaves the old file or the new one, never a part.
 */
function writeDurably(file: string, text: string | Buffer): void {
  const next = `${file}${unfinished}`;
  const handle = openSync(next, "w", 0o600);
  try {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    for (let written = 0; written < bytes.length; ) written += writeSync(handle, bytes, written);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(next, file);
  syncFolder(dirname(file));
}

function syncFolder(folder: string): void {
  if (process.platform === "win32") return; // a folder cannot be opened there; NTFS keeps renames in its journal
  const handle = openSync(folder, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Two signers over one folder could each sign their own continuation, so the second one does not start. */
function takeLock(file: string): () => void {
  const own = holderOf(process.pid);
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, "wx", 0o600);
      writeSync(handle, own);
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = readFileSync(file, "utf8");
    if (holder !== own && isAlive(holder)) {
      throw new Error(
        `${dirname(file)} is in use by process ${holder.split(" ")[0]}. Stop it, or remove ${file} if it is no signer.`,
      );
    }
    rmSync(file, { force: true });
  }
  throw new Error(`${file} cannot be taken.`);
}

/** Process id and, where the system tells, when it started: ids are used again. */
function holderOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return `${pid} ${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return `${pid}`;
  }
}

function isAlive(holder: string): boolean {
  const pid = Number(holder.split(" ")[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM" && holderOf(pid) === holder;
  }
  return holderOf(pid) === holder;
}

import { createHash, type Hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { type Instant, minuteMs, toIso } from "@loket/kit";
import { concat, sha256, toBase64url, utf8 } from "./bytes.ts";
import { canonical, type Json, type JsonObject } from "./canonical.ts";
import { parseCheckpoint, type TreeHead } from "./checkpoint.ts";
import { hashOfLeaf, type Leaf } from "./entry.ts";
import { hashOfManifest, type Manifest, manifestBytes, packFormat } from "./manifest.ts";
import { parseKey } from "./note.ts";
import { consistencyProof, inclusionProof, type ReadTile, rememberTiles } from "./tiles.ts";
import { howToVerify } from "./verify-text.ts";
import { type PackFile, packFile, packSize, streamPack } from "./zip.ts";

/**
 * How far the time of an entry may lie before that of an earlier one. Entries get their time when something happens and
 * their place when they are sequenced; a clock that jumped further writes `clock.anomaly`, from which times count anew.
 */
export const clockSlackMs = 5 * minuteMs;

export interface PackEntry {
  readonly index: number;
  readonly leaf: Leaf;
  /** Salt and contents; `erased` where they were destroyed; `withheld` where they stay out of this pack. */
  readonly body: { readonly salt: Uint8Array; readonly body: JsonObject } | "erased" | "withheld";
}

export interface PackInput {
  readonly purpose: string;
  readonly period: { readonly from: Instant; readonly to: Instant } | null;
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly termsBook: string | null;
  /** The newest signed checkpoint, with its cosignatures. It says which log this is about. */
  readonly checkpoint: string;
  /** Keys as `formatKey` writes them. `log`: that of the log now, then earlier ones that signed something in the pack. */
  readonly keys: { readonly log: readonly string[]; readonly witnesses: readonly string[] };
  /** Checkpoints that left the house earlier: mailed, exported, witnessed. */
  readonly anchors: readonly { readonly name: string; readonly checkpoint: string }[];
  readonly scope: "whole" | "part";
  /**
   * By index, increasing. A whole log: every entry below the checkpoint's size. A part: every entry of each subject that
   * occurs, any others wished, and every `clock.anomaly` between them.
   */
  readonly entries: Iterable<PackEntry> | AsyncIterable<PackEntry>;
  /** Anything else, under names of its own: `wordings/…`, `webhooks/…`, `rules.json`, `anchors/….tsr`, `data/….csv`. */
  readonly documents: readonly { readonly path: string; readonly bytes: Uint8Array }[];
}

export interface PackPorts {
  readonly readTile: ReadTile;
  /** The signed note over `manifestText(origin, hash)` by the log's key; the signer makes it. */
  readonly signManifest: (origin: string, manifestHash: Uint8Array) => Promise<string>;
}

export interface Pack {
  readonly manifest: Manifest;
  readonly manifestHash: Uint8Array;
  /** Of the archive, in bytes. */
  readonly size: number;
  bytes(): Promise<Uint8Array>;
  stream(): AsyncGenerator<Uint8Array>;
}

/**
 * Makes an evidence pack (FORMAT.md). Throws where what it was given would make a pack that no verifier accepts: gaps in
 * a chain, entries out of order, keys or anchors that cannot be read. The lines of entries are kept in memory, some 700
 * bytes each without their contents.
 */
export async function makePack(input: PackInput, ports: PackPorts): Promise<Pack> {
  const newest = readCheckpoint("checkpoint", input.checkpoint);
  const readTile = rememberTiles(ports.readTile);
  const lines = await writeEntries(input, newest, readTile);
  const anchors = input.anchors.map(({ name, checkpoint }) => ({
    path: `anchors/${name}.checkpoint`,
    checkpoint,
    head: readCheckpoint(name, checkpoint),
  }));
  anchors.sort((one, other) => (one.path < other.path ? -1 : 1));
  const consistency = new LineFile("consistency.jsonl");
  for (const { path, head } of anchors) {
    if (head.origin !== newest.origin) throw new TypeError(`${path} is of ${head.origin}, not of ${newest.origin}.`);
    const proof = await consistencyProof(head.size, newest.size, readTile);
    consistency.write({ anchor: path, proof: proof.map(toBase64url) });
  }
  const [logKey] = input.keys.log.map(parseKey);
  if (logKey === undefined || logKey === null) throw new TypeError("The first key of the log cannot be read.");

  const measured = (path: string, bytes: Uint8Array): MeasuredFile => ({
    ...packFile(path, bytes),
    sha256: sha256(bytes),
  });
  const files = [
    measured("checkpoint", utf8(input.checkpoint)),
    measured("keys.json", utf8(`${canonical(input.keys)}\n`)),
    measured("VERIFY.md", utf8(howToVerify(newest.origin, logKey.publicKey))),
    ...anchors.map(({ path, checkpoint }) => measured(path, utf8(checkpoint))),
    ...lines.files,
    consistency.end(),
    ...input.documents.map(({ path, bytes }) => measured(path, bytes)),
  ].sort((one, other) => (one.path < other.path ? -1 : 1));

  const manifest: Manifest = {
    format: packFormat,
    origin: newest.origin,
    purpose: input.purpose,
    period: input.period === null ? null : { from: toIso(input.period.from), to: toIso(input.period.to) },
    madeAt: toIso(input.madeAt),
    madeBy: input.madeBy,
    termsBook: input.termsBook,
    tree: { size: newest.size, root: toBase64url(newest.root) },
    scope: input.scope,
    entries: lines.count,
    subjects: lines.subjects,
    files: files.map((file) => ({ path: file.path, size: file.size, sha256: toBase64url(file.sha256) })),
  };
  const bytes = manifestBytes(manifest);
  const manifestHash = hashOfManifest(bytes);
  const note = await ports.signManifest(newest.origin, manifestHash);
  const all: PackFile[] = [packFile("manifest.json", bytes), packFile("manifest.note", utf8(note)), ...files];
  return {
    manifest,
    manifestHash,
    size: packSize(all),
    stream: () => streamPack(all),
    async bytes() {
      const parts: Uint8Array[] = [];
      for await (const part of streamPack(all)) parts.push(part);
      return concat(...parts);
    },
  };
}

interface MeasuredFile extends PackFile {
  readonly sha256: Uint8Array;
}

interface WrittenEntries {
  readonly files: readonly MeasuredFile[];
  readonly count: number;
  readonly subjects: Manifest["subjects"];
}

/** Lines of leaves, contents and proofs, one each per entry. */
async function writeEntries(input: PackInput, newest: TreeHead, readTile: ReadTile): Promise<WrittenEntries> {
  const leaves = new LineFile("leaves.jsonl");
  const bodies = new LineFile("bodies.jsonl");
  const proofs = new LineFile("proofs.jsonl");
  const heads = new Map<string, { entries: number; head: string }>();
  let count = 0;
  let lastIndex = -1;
  let latestMs = Number.NEGATIVE_INFINITY;
  for await (const { index, leaf, body } of input.entries) {
    const isNext = input.scope === "whole" ? index === lastIndex + 1 : index > lastIndex;
    if (!isNext) throw new RangeError(`Entry ${index} follows entry ${lastIndex}, which leaves a gap or goes back.`);
    if (leaf.log !== newest.origin) throw new TypeError(`Entry ${index} is of ${leaf.log}, not of ${newest.origin}.`);
    const atMs = Date.parse(leaf.at);
    if (leaf.type === "clock.anomaly") latestMs = atMs;
    else if (atMs < latestMs - clockSlackMs) {
      throw new RangeError(
        `Entry ${index} lies far before an earlier one in time. Pack the clock.anomaly between them.`,
      );
    }
    latestMs = Math.max(latestMs, atMs);
    if (leaf.subject !== null) {
      const known = heads.get(leaf.subject);
      if (leaf.previous !== (known?.head ?? null)) {
        throw new RangeError(
          `Entry ${index} does not follow on the entry packed before it of subject ${leaf.subject}.`,
        );
      }
      heads.set(leaf.subject, { entries: (known?.entries ?? 0) + 1, head: toBase64url(hashOfLeaf(leaf)) });
    }
    leaves.write({ index, leaf });
    if (typeof body === "string") bodies.write({ gone: body, index });
    else bodies.write({ body: body.body, index, salt: toBase64url(body.salt) });
    if (input.scope === "part") {
      const proof = await inclusionProof(index, newest.size, readTile);
      proofs.write({ index, proof: proof.map(toBase64url) });
    }
    lastIndex = index;
    count += 1;
  }
  if (input.scope === "whole" && count !== newest.size) {
    throw new RangeError(`The log has ${newest.size} entries, and ${count} were given.`);
  }
  const subjects = [...heads].map(([subject, { entries, head }]) => ({ subject, entries, head }));
  subjects.sort((one, other) => (one.subject < other.subject ? -1 : 1));
  return {
    files: [leaves.end(), bodies.end(), ...(input.scope === "part" ? [proofs.end()] : [])],
    count,
    subjects: input.scope === "part" ? subjects : [],
  };
}

function readCheckpoint(name: string, text: string): TreeHead {
  const read = parseCheckpoint(text);
  if (!read.ok) throw new TypeError(`${name} is no checkpoint: ${read.failure}`);
  return read.value;
}

const chunkBytes = 1 << 20;

/** A file of canonical JSON, one value per line, measured while it is written. */
class LineFile {
  readonly #path: string;
  readonly #hash: Hash = createHash("sha256");
  readonly #chunks: Uint8Array[] = [];
  #filling = Buffer.alloc(1 << 12);
  #filled = 0;
  #size = 0;
  #crc = 0;

  constructor(path: string) {
    this.#path = path;
  }

  write(value: Json): void {
    const line = utf8(`${canonical(value)}\n`);
    if (this.#filled + line.length > this.#filling.length) {
      this.#flush();
      this.#filling = Buffer.alloc(Math.max(chunkBytes, line.length));
    }
    this.#filling.set(line, this.#filled);
    this.#filled += line.length;
  }

  end(): MeasuredFile {
    this.#flush();
    const chunks = this.#chunks;
    return {
      path: this.#path,
      size: this.#size,
      crc32: this.#crc,
      sha256: new Uint8Array(this.#hash.digest()),
      chunks: () => chunks,
    };
  }

  #flush(): void {
    if (this.#filled === 0) return;
    const chunk = new Uint8Array(this.#filling.buffer, this.#filling.byteOffset, this.#filled);
    this.#chunks.push(chunk);
    this.#hash.update(chunk);
    this.#crc = crc32(chunk, this.#crc);
    this.#size += chunk.length;
    this.#filled = 0;
  }
}

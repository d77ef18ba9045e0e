import { createHash, createPrivateKey, type KeyObject } from "node:crypto";
import { instant, plus, type Random, seededRandom } from "@loket/kit";
import { concat, utf8 } from "./bytes.ts";
import type { JsonObject } from "./canonical.ts";
import { checkpointText, cosign } from "./checkpoint.ts";
import { type Entry, makeEntry, newSubject } from "./entry.ts";
import type { EntryType } from "./entry-types.ts";
import { manifestText } from "./manifest.ts";
import { formatKey, formatNote, type NoteSignature, publicKeyOf, signText } from "./note.ts";
import type { PackEntry, PackInput, PackPorts } from "./pack.ts";
import { append, emptyTree, type ReadTile, rootAt, rootOf, type Tile, type TreeState } from "./tiles.ts";

/** Tiles in memory, as a log would keep them in a table. */
export interface TileStore {
  append(leafHashes: readonly Uint8Array[]): void;
  root(): Uint8Array;
  state(): TreeState;
  readonly readTile: ReadTile;
}

export function tileStore(): TileStore {
  const tiles = new Map<string, Tile>();
  let state = emptyTree;
  return {
    append(leafHashes) {
      const grown = append(state, leafHashes);
      for (const tile of grown.tiles) tiles.set(`${tile.level}/${tile.index}`, tile);
      state = grown.state;
    },
    root: () => rootOf(state),
    state: () => state,
    readTile: async (level, index) => tiles.get(`${level}/${index}`)?.hashes ?? null,
  };
}

/** The Ed25519 key that follows from a name. For tests and published vectors: everybody can make it. */
export function knownKey(name: string): KeyObject {
  const seed = createHash("sha256").update(name).digest();
  const pkcs8 = concat(Buffer.from("302e020100300506032b657004220420", "hex"), seed);
  return createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
}

export const sampleOrigin = "loket.example/evidence/sample";
export const logKey = knownKey("loket sample log");
export const witnessName = "witness.example/w1";
export const witnessKey = knownKey("loket sample witness");
export const sampleStart = instant(Date.UTC(2026, 10, 10, 9));

/** The keys of the sample log as lines. */
export const sampleKeys = {
  log: [formatKey({ name: sampleOrigin, use: "note", publicKey: publicKeyOf(logKey) })],
  witnesses: [formatKey({ name: witnessName, use: "cosignature", publicKey: publicKeyOf(witnessKey) })],
} as const;

/** What the signer does for a real log. */
export async function signSample(origin: string, manifestHash: Uint8Array): Promise<string> {
  const text = manifestText(origin, manifestHash);
  return formatNote({ text, signatures: [signText(text, origin, logKey)] });
}

export interface SampleLog {
  readonly store: TileStore;
  readonly entries: readonly Entry[];
  readonly subjects: readonly string[];
  /** A checkpoint of the first `size` entries, witnessed if asked. */
  checkpoint(size: number, witnessedAtSeconds?: number): Promise<string>;
  readonly ports: PackPorts;
}

const kinds: readonly EntryType[] = ["consent.requested", "consent.granted", "decision.allow", "attempt.accepted"];

/** What an entry says; strings of every sort, so that lines need escapes and have more bytes than letters. */
function bodyOf(type: EntryType, number: number, random: Random): JsonObject {
  const texts = ["Ja, graag!", 'Größe "M" \\ naïef', "👍🏽\n\tok", "\u0001\u007f\u2028", "نعم"];
  const text = texts[Math.floor(random.fraction() * texts.length)] ?? "";
  const body = { number, text, amountCents: Math.floor((random.fraction() - 0.5) * 2 ** 52), tags: [text, null, true] };
  return type.startsWith("consent.granted") ? { ...body, evidence: "A" } : body;
}

/** A log that follows from its seed: every fifth entry is about nobody, the others about one of `people`. */
export function sampleLog({ seed = 1, size = 20, people = 3 } = {}): SampleLog {
  const random = seededRandom(seed);
  const subjects = Array.from({ length: people }, () => newSubject(random));
  const previous = new Map<string, Uint8Array>();
  const store = tileStore();
  const entries: Entry[] = [];
  for (let number = 0; number < size; number++) {
    const subject = number % 5 === 0 ? null : (subjects[Math.floor(random.fraction() * people)] ?? null);
    const type = subject === null ? "ruleset.published" : (kinds[number % kinds.length] ?? "decision.allow");
    const entry = makeEntry(
      {
        type,
        at: plus(sampleStart, number * 1_000 - Math.floor(random.fraction() * 2_000)),
        log: sampleOrigin,
        subject,
        previous: subject === null ? null : (previous.get(subject) ?? null),
        refs: entries.slice(-1).map((entry) => entry.leafHash),
        body: bodyOf(type, number, random),
      },
      random,
    );
    if (subject !== null) previous.set(subject, entry.leafHash);
    entries.push(entry);
  }
  store.append(entries.map((entry) => entry.leafHash));
  return {
    store,
    entries,
    subjects,
    async checkpoint(size, witnessedAtSeconds) {
      const text = checkpointText({ origin: sampleOrigin, size, root: await rootAt(size, store.readTile) });
      const signatures: NoteSignature[] = [signText(text, sampleOrigin, logKey)];
      if (witnessedAtSeconds !== undefined) signatures.push(cosign(text, witnessedAtSeconds, witnessName, witnessKey));
      return formatNote({ text, signatures });
    },
    ports: {
      readTile: store.readTile,
      signManifest: signSample,
    },
  };
}

/** The entries as a pack wants them; those at `erased` without contents. */
export function packEntries(log: SampleLog, erased: readonly number[] = []): PackEntry[] {
  return log.entries.map((entry, index) => ({
    index,
    leaf: entry.leaf,
    body: erased.includes(index) ? "erased" : { salt: entry.salt, body: entry.body },
  }));
}

/** What a pack of the whole log, or of some subjects, is made from. */
export async function packInput(
  log: SampleLog,
  {
    subjects,
    erased,
    ...others
  }: Partial<PackInput> & { subjects?: readonly string[]; erased?: readonly number[] } = {},
): Promise<PackInput> {
  const size = log.entries.length;
  const entries = packEntries(log, erased);
  const chosen = entries.filter(({ leaf }) => leaf.subject !== null && subjects?.includes(leaf.subject));
  const half = Math.floor(size / 2);
  return {
    purpose: "A sample",
    period: null,
    madeAt: plus(sampleStart, 86_400_000),
    madeBy: "loket 0.1.0",
    termsBook: "2026-11-01",
    checkpoint: await log.checkpoint(size, 1_794_304_800),
    keys: sampleKeys,
    anchors: [{ name: "2026-11-10", checkpoint: await log.checkpoint(half) }],
    scope: subjects === undefined ? "whole" : "part",
    entries: subjects === undefined ? entries : chosen,
    documents: [{ path: "wordings/nl.txt", bytes: utf8("Mag ik u schrijven?\n") }],
    ...others,
  };
}

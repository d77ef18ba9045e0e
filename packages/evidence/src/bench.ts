/**
 * Prints how long the verifier takes over a whole log, how much memory that needs, and how many leaves are hashed per
 * second, on one core: `npm run -w packages/evidence bench`. With a number: that many leaves instead of a million.
 */
import { instant, plus, seededRandom } from "@loket/kit";
import { sha256 } from "./bytes.ts";
import { canonical } from "./canonical.ts";
import { checkpointText } from "./checkpoint.ts";
import { makeEntry, newSubject } from "./entry.ts";
import { formatNote, signText } from "./note.ts";
import { makePack, type PackEntry } from "./pack.ts";
import { logKey, sampleKeys, sampleOrigin, sampleStart, signSample } from "./testing.ts";
import { append, emptyTree, rootOf } from "./tiles.ts";
import { hashLeaf } from "./tree.ts";
import { verifyPack } from "./verifier.ts";

const size = Number(process.argv[2] ?? 1_000_000);
const seconds = (from: bigint): number => Number(process.hrtime.bigint() - from) / 1e9;
const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20).toLocaleString("en")} MB`;
const count = (number: number): string => Math.round(number).toLocaleString("en");

const random = seededRandom(1);
const people = Array.from({ length: Math.ceil(size / 10) }, () => newSubject(random));

/** The log once to know its root and once to pack it: the same seed gives the same entries, and no copy is kept. */
function* log(): Generator<PackEntry & { readonly leafHash: Uint8Array }> {
  const chance = seededRandom(2);
  const previous = new Map<string, Uint8Array>();
  for (let index = 0; index < size; index++) {
    const subject = people[Math.floor(chance.fraction() * people.length)] ?? null;
    const entry = makeEntry(
      {
        type: "decision.allow",
        at: plus(sampleStart, index * 10),
        log: sampleOrigin,
        subject,
        previous: previous.get(subject ?? "") ?? null,
        body: { outcome: "allow", rules: ["nl.tw117.consent"], book: "2026-11-01", delivery: String(index) },
      },
      chance,
    );
    previous.set(subject ?? "", entry.leafHash);
    yield { index, leaf: entry.leaf, body: entry, leafHash: entry.leafHash };
  }
}

const madeAt = process.hrtime.bigint();
let tree = emptyTree;
let batch: Uint8Array[] = [];
for (const { leafHash } of log()) {
  batch.push(leafHash);
  if (batch.length === 1_000) {
    tree = append(tree, batch).state;
    batch = [];
  }
}
tree = append(tree, batch).state;
console.log(`${count(size / seconds(madeAt)).padStart(10)} entries/s made and appended in batches of 1,000`);

const [first] = log();
const leaf = Buffer.from(canonical(first?.leaf ?? null));
const hashedAt = process.hrtime.bigint();
for (let round = 0; round < 500_000; round++) hashLeaf(leaf);
console.log(`${count(500_000 / seconds(hashedAt)).padStart(10)} leaf hashes/s of ${leaf.length} bytes`);

const text = checkpointText({ origin: sampleOrigin, size, root: rootOf(tree) });
const packedAt = process.hrtime.bigint();
const pack = await makePack(
  {
    purpose: "Benchmark",
    period: null,
    madeAt: instant(plus(sampleStart, size * 10)),
    madeBy: "loket 0.1.0",
    termsBook: null,
    checkpoint: formatNote({ text, signatures: [signText(text, sampleOrigin, logKey)] }),
    keys: sampleKeys,
    anchors: [],
    scope: "whole",
    entries: log(),
    documents: [],
  },
  { readTile: async () => null, signManifest: signSample },
);
const bytes = new Uint8Array(pack.size);
let at = 0;
for await (const part of pack.stream()) {
  bytes.set(part, at);
  at += part.length;
}
console.log(
  `${count(size / seconds(packedAt)).padStart(10)} entries/s made and packed; the pack has ${megabytes(bytes.length)}`,
);

globalThis.gc?.();
const before = process.memoryUsage.rss();
let most = before;
const verifiedAt = process.hrtime.bigint();
let hashes = 0;
const verified = await verifyPack(bytes, {
  sha256: (input) => {
    if (hashes++ % 100_000 === 0) most = Math.max(most, process.memoryUsage.rss());
    return sha256(input);
  },
});
const took = seconds(verifiedAt);
most = Math.max(most, process.memoryUsage.rss());
console.log(
  `verify: ${count(size)} leaves in ${took.toFixed(1)} s, ${verified.result}; ${megabytes(most)} resident at most, ${megabytes(most - before)} more than before`,
);
if (verified.result !== "valid") console.log(verified.problems.join("\n"));

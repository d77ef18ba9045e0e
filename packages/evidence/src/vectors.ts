import { seededRandom } from "@loket/kit";
import { toBase64url, utf8 } from "./bytes.ts";
import { canonical, type Json } from "./canonical.ts";
import { checkpointText, cosign } from "./checkpoint.ts";
import { makeEntry } from "./entry.ts";
import type { Manifest } from "./manifest.ts";
import { formatNote, signText } from "./note.ts";
import { makePack } from "./pack.ts";
import { cover, type PackFiles, repack, unpack } from "./tampering.ts";
import * as sample from "./testing.ts";
import { consistencyProof, inclusionProof, rootAt } from "./tiles.ts";
import { emptyRoot, hashLeaf } from "./tree.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const json = (value: Json): Uint8Array => utf8(`${JSON.stringify(value, null, 1)}\n`);

/** Every vector by its path under `vectors/`. */
export async function vectors(): Promise<Map<string, Uint8Array>> {
  return new Map([
    ["canonical.json", json(canonicalVectors())],
    ["entry.json", json(entryVector())],
    ["tree.json", json(await treeVectors())],
    ["notes.json", json(noteVectors())],
    ...(await packVectors()),
  ]);
}

function canonicalVectors(): Json {
  const values: readonly Json[] = [
    null,
    true,
    0,
    -1,
    9_007_199_254_740_991,
    "",
    '\u0000\b\t\n\u000b\f\r\u001f "\\/\u007f\u0080\u2028é👍🏽',
    [],
    {},
    [[], {}, [null]],
    { b: 1, a: 2, "": 3, A: 4, "10": 5, "9": 6 },
    { "\ufb33": 1, "😀": 2, ö: 3, "\u0080": 4 },
    JSON.parse('{"__proto__":1,"constructor":2}') as Json,
  ];
  return {
    write: values.map((value) => ({ value, canonical: canonical(value) })),
    refuse: [
      '{"a":1,"a":1}',
      '{"b":1,"a":2}',
      "1.0",
      "1e2",
      "-0",
      "01",
      "+1",
      "9007199254740992",
      "-9007199254740992",
      ' "a"',
      '"a" ',
      '"\\u0061"',
      '"\\/"',
      '"\\ud800"',
      '"\\u000A"',
      '"\\u000a"',
      "[1, 2]",
      "[1,]",
      "",
      "NaN",
      "Infinity",
      "'a'",
      "\ufeff1",
      `${"[".repeat(65)}${"]".repeat(65)}`,
    ],
  };
}

function entryVector(): Json {
  const log = sample.sampleLog({ size: 1 });
  const [first] = log.entries;
  const entry = makeEntry(
    {
      type: "consent.granted",
      at: sample.sampleStart,
      log: sample.sampleOrigin,
      subject: "AAECAwQFBgcICQoLDA0ODw",
      previous: null,
      refs: first === undefined ? [] : [first.leafHash],
      body: { evidence: "A", wording: "Ja, graag 👍" },
    },
    seededRandom(9),
  );
  const { leaf, salt, body, leafHash } = entry;
  return { leaf, salt: toBase64url(salt), body, canonicalLeaf: canonical(leaf), leafHash: toBase64url(leafHash) };
}

async function treeVectors(): Promise<Json> {
  const leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
  const store = sample.tileStore();
  store.append(leaves.map((leaf) => hashLeaf(Buffer.from(leaf, "hex"))));
  const roots: string[] = [hex(emptyRoot())];
  const inclusion: Json[] = [];
  const consistency: Json[] = [];
  for (let size = 1; size <= leaves.length; size++) {
    roots.push(hex(await rootAt(size, store.readTile)));
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(index, size, store.readTile);
      inclusion.push({ index, size, proof: proof.map(hex) });
    }
    for (let from = 0; from <= size; from++) {
      const proof = await consistencyProof(from, size, store.readTile);
      consistency.push({ from, size, proof: proof.map(hex) });
    }
  }
  return { leaves, roots, inclusion, consistency };
}

function noteVectors(): Json {
  const text = checkpointText({ origin: sample.sampleOrigin, size: 0, root: emptyRoot() });
  const signature = signText(text, sample.sampleOrigin, sample.logKey);
  const cosignature = cosign(text, 1_794_304_800, sample.witnessName, sample.witnessKey);
  const checkpoint = formatNote({ text, signatures: [signature, cosignature] });
  return {
    keys: sample.sampleKeys,
    checkpoint,
    refuse: [
      checkpoint.replace("\n0\n", "\n1\n"),
      checkpoint.replace("\n0\n", "\n00\n"),
      checkpoint.replace("—", "-"),
      checkpoint.replace("\n\n", "\nextension\n\n"),
      checkpoint.trimEnd(),
      formatNote({ text, signatures: [cosignature] }),
      formatNote({ text, signatures: [signature, { ...signature, signature: signature.signature.toReversed() }] }),
    ],
  };
}

async function packVectors(): Promise<[string, Uint8Array][]> {
  const log = sample.sampleLog({ size: 12, people: 2 });
  const whole = await (await makePack(await sample.packInput(log), log.ports)).bytes();
  const partInput = await sample.packInput(log, { subjects: log.subjects });
  const entries = sample.packEntries(log, [3]).filter(({ leaf }) => leaf.subject !== null);
  const withheld = entries.map((entry) => (entry.index === 4 ? { ...entry, body: "withheld" as const } : entry));
  const part = await (await makePack({ ...partInput, entries: withheld }, log.ports)).bytes();
  return [
    ["whole.zip", whole],
    ["part.zip", part],
    ["future.zip", await future(whole, log)],
    ...(await invalidPacks(whole, part, log)).map(([name, bytes]): [string, Uint8Array] => [
      `invalid/${name}.zip`,
      bytes,
    ]),
  ];
}

function future(whole: Uint8Array, log: sample.SampleLog): Promise<Uint8Array> {
  const edit = (manifest: Manifest): Manifest => ({
    ...manifest,
    format: "loket-evidence-pack/2" as Manifest["format"],
  });
  return cover(unpack(whole), { sign: log.ports.signManifest, edit });
}

async function invalidPacks(
  whole: Uint8Array,
  part: Uint8Array,
  log: sample.SampleLog,
): Promise<[string, Uint8Array][]> {
  const sign = log.ports.signManifest;
  const textOf = (files: PackFiles, path: string): string => Buffer.from(files.get(path) ?? []).toString();
  const edited = (pack: Uint8Array, path: string, edit: (text: string) => string): PackFiles => {
    const files = unpack(pack);
    return files.set(path, utf8(edit(textOf(files, path))));
  };
  const lines = (edit: (lines: string[]) => string[]) => (text: string) => edit(text.split("\n")).join("\n");
  const other = sample.sampleLog({ size: 12, people: 2, seed: 2 });
  const flipped = Uint8Array.from(whole);
  flipped[10] = 1;
  const foreign = {
    sign,
    edit: (manifest: Manifest): Manifest => ({ ...manifest, subjects: manifest.subjects.slice(1) }),
  };
  return [
    ["header-byte", flipped],
    ["byte-after-the-end", Buffer.concat([whole, Buffer.of(0)])],
    ["file-changed", repack(edited(whole, "wordings/nl.txt", (text) => text.replace("u", "U")))],
    ["manifest-not-signed-again", await cover(edited(whole, "wordings/nl.txt", (text) => text.replace("u", "U")))],
    [
      "body-changed",
      await cover(
        edited(whole, "bodies.jsonl", (text) => text.replace('"number":7', '"number":8')),
        { sign },
      ),
    ],
    [
      "leaf-removed",
      await cover(
        edited(
          whole,
          "leaves.jsonl",
          lines((all) => all.toSpliced(3, 1)),
        ),
        { sign },
      ),
    ],
    [
      "leaves-exchanged",
      await cover(
        edited(
          part,
          "leaves.jsonl",
          lines((all) => all.with(1, all[2] ?? "").with(2, all[1] ?? "")),
        ),
        { sign },
      ),
    ],
    [
      "proof-of-another",
      await cover(
        edited(part, "proofs.jsonl", (text) => text.replace(/"proof":\["[^"]*"/, `"proof":["${"A".repeat(43)}"`)),
        { sign },
      ),
    ],
    [
      "anchor-empty",
      await cover(
        edited(whole, "anchors/2026-11-10.checkpoint", () => ""),
        { sign },
      ),
    ],
    [
      "anchor-of-a-fork",
      await cover(unpack(whole).set("anchors/2026-11-10.checkpoint", utf8(await other.checkpoint(6))), { sign }),
    ],
    [
      "cosignature-wrong",
      await cover(
        edited(whole, "checkpoint", (text) => text.replace(/(witness.example\/w1 .{30})./, "$1A")),
        { sign },
      ),
    ],
    ["subject-not-named", await cover(unpack(part), foreign)],
    [
      "space-in-a-line",
      await cover(
        edited(whole, "leaves.jsonl", (text) => text.replace(":", ": ")),
        { sign },
      ),
    ],
  ];
}

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { fromBase64url, sha256, utf8 } from "./bytes.ts";
import { canonical, type Json, type JsonObject, parseCanonical } from "./canonical.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import { differ, hasPython, verifyWithPython } from "./differential.ts";
import { commitBody, hashOfLeaf, type Leaf } from "./entry.ts";
import { checkSignature, parseKey } from "./note.ts";
import { hashLeaf, verifyConsistency, verifyInclusion } from "./tree.ts";
import { vectors } from "./vectors.ts";
import { verifyPack } from "./verifier.ts";

const folder = fileURLToPath(new URL("../vectors/", import.meta.url));
const read = (path: string) => JSON.parse(readFileSync(folder + path, "utf8"));
const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const packs = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".zip"))
  .sort();
const wanted = (path: string): string =>
  path.startsWith("invalid") ? "invalid" : path === "future.zip" ? "incomplete" : "valid";

describe("the published vectors", () => {
  it("are those that npm run vectors writes", async () => {
    const made = await vectors();
    const there = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\./.test(path));
    expect([...made.keys()].sort()).toEqual(there.sort());
    for (const [path, bytes] of made) expect(readFileSync(folder + path).equals(bytes), path).toBe(true);
  });

  it("hold for values, entries, trees and notes", () => {
    const { write, refuse }: { write: { value: Json; canonical: string }[]; refuse: string[] } = read("canonical.json");
    for (const one of write) expect(canonical(one.value)).toBe(one.canonical);
    for (const text of refuse) expect(parseCanonical(text).ok, text).toBe(false);

    const entry: { leaf: Leaf; salt: string; body: JsonObject; leafHash: string } = read("entry.json");
    const salt = fromBase64url(entry.salt, 32) ?? new Uint8Array();
    expect(commitBody(salt, entry.body)).toEqual(fromBase64url(entry.leaf.commitment, 32));
    expect(hashOfLeaf(entry.leaf)).toEqual(fromBase64url(entry.leafHash, 32));

    const tree = read("tree.json");
    const roots: Uint8Array[] = tree.roots.map(fromHex);
    const none = new Uint8Array();
    for (const { index, size, proof } of tree.inclusion) {
      const leaf = hashLeaf(fromHex(tree.leaves[index]));
      expect(verifyInclusion(index, size, leaf, proof.map(fromHex), roots[size] ?? none)).toBe(true);
    }
    for (const { from, size, proof } of tree.consistency) {
      expect(verifyConsistency(from, size, roots[from] ?? none, roots[size] ?? none, proof.map(fromHex))).toBe(true);
    }

    const notes = read("notes.json");
    const isGood = (note: string): boolean => {
      const checkpoint = parseCheckpoint(note);
      const key = parseKey(notes.keys.log[0]);
      return checkpoint.ok && key !== null && checkSignature(checkpoint.value.note, key) === "good";
    };
    expect([notes.checkpoint, ...notes.refuse].map(isGood)).toEqual([true, ...notes.refuse.map(() => false)]);
  });

  it.each(packs)("%s is judged as its name says", async (path) => {
    expect((await verifyPack(readFileSync(folder + path), { sha256 })).result).toBe(wanted(path));
    expect((await verifyPack(readFileSync(folder + path))).result).toBe(wanted(path));
  });
});

// Where there is no Python, the first of these says nothing new and the second checks that whatever a pack is made of, it
// is judged without an exception, and that both good and bad ones were tried.
describe(`the verifier in Python (${hasPython ? "found" : "not found: TypeScript alone"})`, () => {
  it("judges the vectors the same", () => {
    const files = packs.map((path) => folder + path);
    const results = hasPython ? verifyWithPython(files) : new Map(packs.map((path) => [folder + path, wanted(path)]));
    expect([...results]).toEqual(packs.map((path) => [folder + path, wanted(path)]));
  });

  it("judges random packs the same, of which many were changed", async () => {
    const { differences, results } = await differ(120);
    expect(differences).toEqual([]);
    expect(results.get("valid")).toBeGreaterThan(20);
    expect(results.get("invalid")).toBeGreaterThan(20);
  });

  it("has no code in common with what makes packs", () => {
    const source = readFileSync(new URL("./verifier.ts", import.meta.url), "utf8");
    expect(source).not.toMatch(/^\s*import\b|\bimport\(|\brequire\(|\bfrom "/m);
    expect(utf8(source).length).toBeGreaterThan(0);
  });
});

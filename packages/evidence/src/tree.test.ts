import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "./bytes.ts";
import { tileStore } from "./testing.ts";
import { append, consistencyProof, emptyTree, inclusionProof, loadTree, rootAt, rootOf } from "./tiles.ts";
import { emptyRoot, hashLeaf, hashNode, splitOf, verifyConsistency, verifyInclusion } from "./tree.ts";

/** RFC 6962 §2.1 word for word: what everything else is held against. */
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return emptyRoot();
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return hashNode(naiveRoot(leaves.slice(0, split)), naiveRoot(leaves.slice(split)));
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const fromHex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "hex"));
const leavesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => hashLeaf(Buffer.from(`leaf ${index}`)));

/** Leaves and roots with which implementations of Certificate Transparency test themselves. */
const knownLeaves = [
  "",
  "00",
  "10",
  "2021",
  "3031",
  "40414243",
  "5051525354555657",
  "606162636465666768696a6b6c6d6e6f",
].map(fromHex);
const knownRoots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

describe("the tree of RFC 6962", () => {
  it("has the roots everybody knows", () => {
    expect(hex(emptyRoot())).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let state = emptyTree;
    for (const [index, leaf] of knownLeaves.entries()) {
      state = append(state, [hashLeaf(leaf)]).state;
      expect(hex(rootOf(state))).toBe(knownRoots[index]);
    }
  });

  it("has the proofs everybody knows", async () => {
    const store = tileStore();
    store.append(knownLeaves.map(hashLeaf));
    expect((await inclusionProof(5, 8, store.readTile)).map(hex)).toEqual([
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
    expect((await consistencyProof(6, 8, store.readTile)).map(hex)).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
  });

  it("proves every leaf and every older tree, for every size up to 40", async () => {
    const store = tileStore();
    const leaves = leavesOf(40);
    store.append(leaves);
    for (let size = 1; size <= 40; size++) {
      const root = naiveRoot(leaves.slice(0, size));
      expect(await rootAt(size, store.readTile)).toEqual(root);
      for (let index = 0; index < size; index++) {
        const proof = await inclusionProof(index, size, store.readTile);
        const leaf = leaves[index] ?? emptyRoot();
        expect(verifyInclusion(index, size, leaf, proof, root)).toBe(true);
        expect(verifyInclusion((index + 1) % size, size, leaf, proof, root)).toBe(size === 1);
      }
      for (let old = 0; old <= size; old++) {
        const proof = await consistencyProof(old, size, store.readTile);
        const oldRoot = naiveRoot(leaves.slice(0, old));
        expect(verifyConsistency(old, size, oldRoot, root, proof)).toBe(true);
        if (old !== size) expect(verifyConsistency(old, size, root, root, proof)).toBe(false);
      }
    }
  });
});

describe("tiles", () => {
  it("are those of the specification's example of 70,000 entries", () => {
    const { tiles, state } = append(emptyTree, leavesOf(70_000));
    const widths = (level: number): number[] =>
      tiles.filter((tile) => tile.level === level).map((tile) => tile.hashes.length / 32);
    expect(widths(0)).toEqual([...Array.from({ length: 273 }, () => 256), 112]);
    expect(widths(1)).toEqual([256, 17]);
    expect(widths(2)).toEqual([1]);
    expect(state.edge.map((edge) => edge.length / 32)).toEqual([112, 17, 1]);
  });

  it("say the same however the leaves came in", async () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 700 })), {
      maxLength: 8,
    });
    await fc.assert(
      fc.asyncProperty(sizes, fc.nat(), fc.nat(), async (batches, pickIndex, pickOld) => {
        const total = batches.reduce((sum, batch) => sum + batch, 0);
        const leaves = leavesOf(total);
        const store = tileStore();
        let from = 0;
        for (const batch of batches) {
          store.append(leaves.slice(from, from + batch));
          from += batch;
          expect(store.root()).toEqual(naiveRoot(leaves.slice(0, from)));
        }
        expect(await loadTree(total, store.readTile)).toEqual(store.state());
        if (total === 0) return;
        const index = pickIndex % total;
        const old = pickOld % (total + 1);
        const root = store.root();
        const proof = await inclusionProof(index, total, store.readTile);
        expect(verifyInclusion(index, total, leaves[index] ?? emptyRoot(), proof, root)).toBe(true);
        const growth = await consistencyProof(old, total, store.readTile);
        expect(verifyConsistency(old, total, naiveRoot(leaves.slice(0, old)), root, growth)).toBe(true);
        // Any hash changed, dropped or added makes either proof fail.
        const forged = (proof: readonly Uint8Array[]): Uint8Array[][] => [
          [...proof, sha256(root)],
          ...proof.map((_, at) => proof.filter((_, other) => other !== at)),
          ...proof.map((hash, at) => proof.with(at, sha256(hash))),
        ];
        for (const wrong of forged(proof)) {
          expect(verifyInclusion(index, total, leaves[index] ?? emptyRoot(), wrong, root)).toBe(false);
        }
        for (const wrong of forged(growth)) {
          expect(verifyConsistency(old, total, naiveRoot(leaves.slice(0, old)), root, wrong)).toBe(false);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("refuse proofs beyond the tree and tiles that are missing", async () => {
    const store = tileStore();
    store.append(leavesOf(3));
    await expect(inclusionProof(3, 3, store.readTile)).rejects.toThrow("no leaf 3");
    await expect(inclusionProof(0, 4, store.readTile)).rejects.toThrow("fewer than");
    await expect(consistencyProof(4, 3, store.readTile)).rejects.toThrow("cannot begin");
  });
});

import { concat } from "./bytes.ts";
import { emptyRoot, hashNode, splitOf } from "./tree.ts";

/**
 * The tree as it is stored: tiles of up to 256 hashes (C2SP tlog-tiles, height 8). Tile `n` of level 0 holds the leaf
 * hashes 256n … 256n+255; each hash of a tile of level l+1 is the root of one *full* tile of level l. Only the last tile
 * of a level is partial, and a partial tile is the beginning of what it will become, so one row per level and index is
 * enough: writing the wider one over the narrower loses nothing, and proofs for older, smaller trees still work.
 */

const width = 256;
const hashBytes = 32;

/** The stored tree does not hold what a tree of its size holds. */
export class BrokenTree extends Error {
  override readonly name = "BrokenTree";
}

export interface Tile {
  readonly level: number;
  readonly index: number;
  /** 1 to 256 hashes of 32 bytes, one after the other. */
  readonly hashes: Uint8Array;
}

/** Reads the widest stored form of a tile; `null` where there is none. */
export type ReadTile = (level: number, index: number) => Promise<Uint8Array | null>;

/** The right edge of a tree: what one needs to append to it. At most 8 KiB per level. */
export interface TreeState {
  readonly size: number;
  /** Per level the hashes of its partial tile; empty where all tiles of the level are full. */
  readonly edge: readonly Uint8Array[];
}

export const emptyTree: TreeState = { size: 0, edge: [] };

/**
 * The tree after `leafHashes`, and every tile that is new or wider than before. Pure: nothing has happened until the
 * caller stores tiles and size in one transaction.
 */
export function append(
  state: TreeState,
  leafHashes: readonly Uint8Array[],
): { readonly state: TreeState; readonly tiles: readonly Tile[] } {
  const edge: Uint8Array[] = [];
  const tiles: Tile[] = [];
  let incoming = leafHashes;
  let countBefore = state.size;
  for (let level = 0; level < state.edge.length || incoming.length > 0; level++) {
    const partial = state.edge[level] ?? new Uint8Array();
    const all = concat(partial, ...incoming);
    const full: Uint8Array[] = [];
    const firstIndex = Math.floor(countBefore / width);
    const tileBytes = width * hashBytes;
    let from = 0;
    for (; all.length - from >= tileBytes; from += tileBytes) {
      const hashes = all.slice(from, from + tileBytes);
      tiles.push({ level, index: firstIndex + full.length, hashes });
      full.push(perfectRoot(hashes));
    }
    const rest = all.slice(from);
    if (rest.length > 0 && incoming.length > 0) tiles.push({ level, index: firstIndex + full.length, hashes: rest });
    edge.push(rest);
    incoming = full;
    countBefore = firstIndex;
  }
  return { state: { size: state.size + leafHashes.length, edge }, tiles };
}

/** Root hash of the tree. */
export function rootOf(state: TreeState): Uint8Array {
  let root: Uint8Array | null = null;
  for (const hashes of state.edge) {
    // Right to left: the perfect subtrees of which the partial tile consists, smallest last in the tile.
    let end = hashes.length / hashBytes;
    for (let size = 1; end > 0; size *= 2) {
      if (Math.floor(end / size) % 2 === 0) continue;
      const peak = perfectRoot(hashes.subarray((end - size) * hashBytes, end * hashBytes));
      root = root === null ? peak : hashNode(peak, root);
      end -= size;
    }
  }
  return root ?? emptyRoot();
}

/** Reads the right edge of the tree of `size` leaves back from stored tiles. Throws where a tile is missing or short. */
export async function loadTree(size: number, readTile: ReadTile): Promise<TreeState> {
  const edge: Uint8Array[] = [];
  let count = size;
  for (let level = 0; count > 0; level++) {
    const index = Math.floor(count / width);
    const hashes = count % width;
    edge.push(hashes === 0 ? new Uint8Array() : await readHashes(readTile, level, index, 0, hashes));
    count = index;
  }
  return { size, edge };
}

/** Root of the tree of `size` leaves, from stored tiles. */
export async function rootAt(size: number, readTile: ReadTile): Promise<Uint8Array> {
  return rootOf(await loadTree(size, readTile));
}

/** Proof that leaf `index` is in the tree of `size` leaves, leaf side first (RFC 6962 §2.1.1). */
export async function inclusionProof(index: number, size: number, readTile: ReadTile): Promise<Uint8Array[]> {
  if (!(index >= 0 && index < size)) throw new RangeError(`There is no leaf ${index} in a tree of ${size}.`);
  const proof: Uint8Array[] = [];
  let from = 0;
  let count = size;
  while (count > 1) {
    const split = splitOf(count);
    if (index - from < split) {
      proof.push(await rangeRoot(from + split, count - split, readTile));
      count = split;
    } else {
      proof.push(await rangeRoot(from, split, readTile));
      from += split;
      count -= split;
    }
  }
  return proof.reverse();
}

/** Proof that the tree of `newSize` leaves begins with that of `oldSize` (RFC 6962 §2.1.2). Empty for 0 and for equals. */
export async function consistencyProof(oldSize: number, newSize: number, readTile: ReadTile): Promise<Uint8Array[]> {
  if (!(oldSize >= 0 && oldSize <= newSize)) {
    throw new RangeError(`A tree of ${newSize} cannot begin with one of ${oldSize}.`);
  }
  if (oldSize === 0 || oldSize === newSize) return [];
  const proof: Uint8Array[] = [];
  let from = 0;
  let count = newSize;
  while (oldSize - from !== count) {
    const split = splitOf(count);
    if (oldSize - from <= split) {
      proof.push(await rangeRoot(from + split, count - split, readTile));
      count = split;
    } else {
      proof.push(await rangeRoot(from, split, readTile));
      from += split;
      count -= split;
    }
  }
  if (from !== 0) proof.push(await rangeRoot(from, count, readTile));
  return proof.reverse();
}

/** A reader that asks once per tile. Forgets everything after `most` tiles, which bounds it at `most` × 8 KiB. */
export function rememberTiles(readTile: ReadTile, most = 4_096): ReadTile {
  const known = new Map<string, Promise<Uint8Array | null>>();
  return (level, index) => {
    const name = `${level}/${index}`;
    let tile = known.get(name);
    if (tile === undefined) {
      if (known.size >= most) known.clear();
      tile = readTile(level, index);
      known.set(name, tile);
    }
    return tile;
  };
}

/** Hash of the subtree over `count` leaves from leaf `from`, where RFC 6962 has such a subtree. */
async function rangeRoot(from: number, count: number, readTile: ReadTile): Promise<Uint8Array> {
  const split = count === 1 ? 1 : splitOf(count);
  if (count > 1 && split * 2 !== count) {
    const left = await rangeRoot(from, split, readTile);
    return hashNode(left, await rangeRoot(from + split, count - split, readTile));
  }
  let level = 0;
  let first = from;
  let hashes = count;
  for (; hashes >= width; hashes /= width) {
    level += 1;
    first /= width;
  }
  return perfectRoot(await readHashes(readTile, level, Math.floor(first / width), first % width, hashes));
}

async function readHashes(
  readTile: ReadTile,
  level: number,
  index: number,
  first: number,
  count: number,
): Promise<Uint8Array> {
  const tile = await readTile(level, index);
  const end = (first + count) * hashBytes;
  if (tile === null || tile.length < end) {
    throw new BrokenTree(`Tile ${level}/${index} holds fewer than the ${first + count} hashes the tree has there.`);
  }
  return tile.slice(first * hashBytes, end);
}

/** Root over a power of two of hashes. */
function perfectRoot(hashes: Uint8Array): Uint8Array {
  let row: Uint8Array[] = [];
  for (let at = 0; at < hashes.length; at += hashBytes) row.push(hashes.subarray(at, at + hashBytes));
  while (row.length > 1) {
    const above: Uint8Array[] = [];
    for (let at = 0; at < row.length; at += 2) {
      const [left, right] = [row[at], row[at + 1]];
      if (left === undefined || right === undefined)
        throw new RangeError("A perfect tree has a power of two of leaves.");
      above.push(hashNode(left, right));
    }
    row = above;
  }
  const [root] = row;
  if (root === undefined) throw new RangeError("A perfect tree has leaves.");
  return Uint8Array.from(root);
}

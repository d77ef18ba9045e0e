import { randomFillSync } from "node:crypto";

/** Chance, passed in like time. */
export interface Random {
  /** Fills and returns `bytes`. */
  fill(bytes: Uint8Array): Uint8Array;
  /** A number in [0, 1). */
  fraction(): number;
}

export const systemRandom: Random = {
  fill: (bytes) => randomFillSync(bytes),
  fraction: () => Math.random(),
};

/** The same numbers for the same seed (SplitMix32). Not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return {
    fill(bytes) {
      for (let index = 0; index < bytes.length; index++) bytes[index] = next() & 0xff;
      return bytes;
    },
    fraction: () => next() / 0x1_0000_0000,
  };
}

import { seededRandom, systemRandom } from "@loket/kit";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createVault } from "./vault.ts";

const key = Buffer.alloc(32, 7);

it("opens what it sealed, where it was sealed", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (secret, place) => {
      const vault = createVault(key, systemRandom);
      expect(vault.open(vault.seal(secret, place), place)).toBe(secret);
    }),
  );
});

it("opens nothing that was altered, moved, or sealed with another key", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.nat(), (secret, at) => {
      const vault = createVault(key, seededRandom(at));
      const sealed = vault.seal(secret, "sender/1/token");
      const altered = Buffer.from(sealed);
      const index = at % altered.length;
      altered[index] = (altered[index] ?? 0) ^ 1;
      expect(() => vault.open(altered, "sender/1/token")).toThrow();
      expect(() => vault.open(sealed, "sender/2/token")).toThrow();
      expect(() => createVault(Buffer.alloc(32, 8), systemRandom).open(sealed, "sender/1/token")).toThrow();
    }),
  );
});

it("never seals the same secret to the same bytes", () => {
  const vault = createVault(key, systemRandom);
  expect(vault.seal("a", "b").equals(vault.seal("a", "b"))).toBe(false);
});

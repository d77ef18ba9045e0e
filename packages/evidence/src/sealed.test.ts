import { seededRandom } from "@loket/kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonObject } from "./canonical.ts";
import { newKey, openBody, sealBody, unwrapKey, wrapKey } from "./sealed.ts";

const random = seededRandom(3);
const place = { log: "loket.example/a", entry: "0198c0de-0000-7000-8000-000000000000" };
const salt = random.fill(new Uint8Array(32));

describe("a sealed body", () => {
  it("opens to what it was, with its key and in its place alone", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), fc.nat(), (texts, at) => {
        const body: JsonObject = { ...texts };
        const key = newKey(random);
        const sealed = sealBody({ salt, body }, key, place, random);
        expect(openBody(sealed, key, place)).toEqual({ salt, body });
        expect(() => openBody(sealed, newKey(random), place)).toThrow();
        expect(() => openBody(sealed, key, { ...place, entry: "another" })).toThrow();
        expect(() => openBody(sealed, key, { ...place, log: "another" })).toThrow();
        const changed = Uint8Array.from(sealed);
        changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ 1;
        expect(() => openBody(changed, key, place)).toThrow();
      }),
    );
  });

  it("is lost with the key of its subject, which only the tenant's key unwraps", () => {
    const tenantKey = newKey(random);
    const subjectKey = newKey(random);
    const subject = { log: place.log, subject: "one" };
    const wrapped = wrapKey(subjectKey, tenantKey, subject, random);
    expect(unwrapKey(wrapped, tenantKey, subject)).toEqual(subjectKey);
    expect(() => unwrapKey(wrapped, newKey(random), subject)).toThrow();
    expect(() => unwrapKey(wrapped, tenantKey, { ...subject, subject: "two" })).toThrow();
    // A body is not mistaken for a key, nor a key for a body.
    expect(() => openBody(wrapped, tenantKey, place)).toThrow();
  });
});

import { instant, seededRandom } from "@loket/kit";
import { describe, expect, it } from "vitest";
import { sha256, toBase64url, utf8 } from "./bytes.ts";
import { canonical } from "./canonical.ts";
import { commitBody, type EntryDraft, hashOfLeaf, makeEntry, newSubject } from "./entry.ts";

const random = seededRandom(5);
const draft: EntryDraft = {
  type: "consent.granted",
  at: instant(Date.UTC(2026, 10, 10, 9, 30, 0, 7)),
  log: "loket.example/evidence/a",
  subject: newSubject(random),
  previous: null,
  body: { evidence: "A", phone: "+31612345678" },
};

describe("an entry", () => {
  it("shows the log nothing of its contents", () => {
    const { leaf, leafHash, salt, body } = makeEntry(draft, random);
    expect(canonical(leaf)).not.toContain("31612345678");
    expect(leaf).toMatchObject({ v: 1, at: "2026-11-10T09:30:00.007Z", previous: null, refs: [] });
    const committed = sha256(Buffer.concat([utf8("loket:evidence:body:v1"), salt, utf8(canonical(body))]));
    expect(leaf.commitment).toBe(toBase64url(committed));
    expect(leafHash).toEqual(sha256(Buffer.concat([Buffer.of(0), utf8(canonical(leaf))])));
    expect(hashOfLeaf(leaf)).toEqual(leafHash);
    expect(makeEntry(draft, random).leaf.commitment).not.toBe(leaf.commitment);
  });

  it.each([
    ["a type nobody knows", { type: "consent.bought" as "consent.granted" }, "no entry type"],
    ["a log without a name", { log: "two words" }, "cannot name a log"],
    ["a subject that is a number", { subject: "+31612345678" }, "16 random bytes"],
    ["a predecessor without a subject", { subject: null, previous: new Uint8Array(32) }, "follows on no other"],
    ["a short hash", { previous: new Uint8Array(31) }, "32 bytes"],
    ["a consent without its class", { body: {} }, "names its evidence class"],
    ["a consent of another class", { body: { evidence: "E" } }, "names its evidence class"],
    ["a float", { body: { evidence: "A", price: 0.1 } }, "price is 0.1"],
  ])("is not made of %s", (_, wrong, words) => {
    expect(() => makeEntry({ ...draft, ...wrong }, random)).toThrow(words);
  });

  it("takes contents only as deep as a line of a pack may be", () => {
    const nested = (depth: number): EntryDraft["body"] => (depth === 0 ? {} : { a: nested(depth - 1) });
    expect(commitBody(new Uint8Array(32), nested(62))).toHaveLength(32);
    expect(() => commitBody(new Uint8Array(32), nested(63))).toThrow("nested");
  });
});

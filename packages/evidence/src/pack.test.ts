import { instant, plus, seededRandom } from "@loket/kit";
import { describe, expect, it } from "vitest";
import { sha256, toBase64url, utf8 } from "./bytes.ts";
import { checkpointText } from "./checkpoint.ts";
import { makeEntry } from "./entry.ts";
import type { EntryType } from "./entry-types.ts";
import { formatNote, signText } from "./note.ts";
import { makePack, type PackEntry, type PackInput } from "./pack.ts";
import { logKey, packEntries, packInput, sampleLog, sampleOrigin, sampleStart, tileStore } from "./testing.ts";
import { type Verification, verifyPack } from "./verifier.ts";
import { writePack } from "./zip.ts";

async function verified(input: PackInput, log = sampleLog()): Promise<Verification> {
  const pack = await makePack(input, log.ports);
  const bytes = await pack.bytes();
  expect(bytes.length).toBe(pack.size);
  return verifyPack(bytes, { sha256 });
}

describe("a pack", () => {
  it("of a whole log is valid, with either SHA-256", async () => {
    const log = sampleLog({ size: 37 });
    const bytes = await (await makePack(await packInput(log), log.ports)).bytes();
    const facts = { scope: "whole", entries: 37, anchors: 1, subjects: 3, erased: 0 };
    const slowly = await verifyPack(bytes);
    expect(slowly).toMatchObject({ result: "valid", problems: [], facts });
    expect(await verifyPack(bytes, { sha256 })).toEqual(slowly);
    expect(slowly.facts?.witnesses).toEqual([{ name: "witness.example/w1", at: "2026-11-10T10:00:00.000Z", size: 37 }]);
  });

  it("of one person is valid, shows nobody else, and outlives the erasure of what it said", async () => {
    const log = sampleLog({ size: 300, people: 9 });
    const subjects = log.subjects.slice(0, 1);
    const all = log.entries.map((_, index) => index);
    const input = await packInput(log, { subjects, erased: all });
    const own = log.entries.filter((entry) => entry.leaf.subject === subjects[0]).length;
    const told = await verified(input, log);
    expect(told).toMatchObject({ result: "valid", facts: { scope: "part", subjects: 1, entries: own, erased: own } });
    expect(told.proven.join()).not.toContain("letter by letter");
    expect(told.notProven.join()).toContain(`erased entries said (${own})`);
    expect(told.notProven.join()).toContain("That no later entry about the persons shown exists");
  });

  it("is the same every time, in one piece or in many", async () => {
    const log = sampleLog({ size: 5 });
    const pack = await makePack(await packInput(log), log.ports);
    const parts: Uint8Array[] = [];
    for await (const part of pack.stream()) parts.push(part);
    expect(Buffer.concat(parts).equals(await pack.bytes())).toBe(true);
    expect(await (await makePack(await packInput(log), log.ports)).bytes()).toEqual(await pack.bytes());
  });

  it.each([0, 1, 2, 256, 257, 513])("of a log of %d entries is valid", async (size) => {
    const log = sampleLog({ size });
    expect(await verified(await packInput(log), log)).toMatchObject({ result: "valid", facts: { entries: size } });
    const part = await verified(await packInput(log, { subjects: log.subjects }), log);
    expect(part.result).toBe("valid");
  });

  it("tells which documents are named in the log, and which came with the pack alone", async () => {
    const text = utf8("Mag ik u schrijven?\n");
    const log = logOf([["wording.published", 0, { sha256: toBase64url(sha256(text)) }]]);
    const documents = [
      { path: "wordings/nl.txt", bytes: text },
      { path: "data/volumes.csv", bytes: utf8("day,sent\n") },
    ];
    const told = await verified({ ...(await packInput(log.sample)), ...log.input, documents }, log.sample);
    expect(told.proven.join()).toContain("named by their hash in entries of the log: 1");
    expect(told.notProven.join()).toContain("(1): data/volumes.csv");
  });

  it("lets time go back as far as entries may overtake each other, and further where the clock is known to have jumped", async () => {
    const hour = 3_600_000;
    const overtaking = logOf([
      ["decision.allow", 0],
      ["decision.allow", 300_000],
      ["decision.allow", 0],
    ]);
    expect(
      await verified({ ...(await packInput(overtaking.sample)), ...overtaking.input }, overtaking.sample),
    ).toMatchObject({ result: "valid" });
    const jumped = logOf([
      ["decision.allow", hour],
      ["clock.anomaly", 0],
      ["decision.allow", 10],
    ]);
    expect(await verified({ ...(await packInput(jumped.sample)), ...jumped.input }, jumped.sample)).toMatchObject({
      result: "valid",
    });
    const silent = logOf([
      ["decision.allow", hour],
      ["decision.allow", 0],
    ]);
    await expect(verified({ ...(await packInput(silent.sample)), ...silent.input }, silent.sample)).rejects.toThrow(
      "clock.anomaly",
    );
  });

  const log = sampleLog();
  const entries = packEntries(log);
  const without = (index: number): PackEntry[] => entries.filter((entry) => entry.index !== index);
  it.each([
    ["a gap", { entries: without(3) }, "leaves a gap"],
    ["too few", { entries: without(19) }, "has 20 entries, and 19 were given"],
    ["a broken chain", { scope: "part", entries: without(3) }, "does not follow on"],
    ["another order", { entries: entries.toReversed() }, "leaves a gap or goes back"],
    ["no key", { keys: { log: [], witnesses: [] } }, "first key"],
    ["no checkpoint", { checkpoint: "" }, "is no checkpoint"],
    ["two files of one name", { documents: [{ path: "keys.json", bytes: utf8("") }] }, "two files keys.json"],
    ["a name that leaves the folder", { documents: [{ path: "../x", bytes: utf8("") }] }, "is no name"],
    ["an anchor ahead of it", { anchors: [{ name: "a", checkpoint: "later" }] }, "is no checkpoint"],
  ] satisfies [string, Partial<PackInput>, string][])("is not made with %s", async (_, wrong, words) => {
    await expect(verified({ ...(await packInput(log)), ...wrong }, log)).rejects.toThrow(words);
  });

  it("cannot be written with names ZIP readers disagree about", () => {
    for (const path of ["", "a//b", "/a", "a/", "a b", "é", ".hidden", "a/../b", "a\\b", "x".repeat(201)]) {
      expect(() => writePack([{ path, bytes: new Uint8Array() }])).toThrow("is no name");
    }
  });
});

/** A log of a few entries about nobody: type, milliseconds after the start, body. */
function logOf(drafts: readonly (readonly [EntryType, number, Record<string, string>?])[]) {
  const random = seededRandom(1);
  const made = drafts.map(([type, afterMs, body = {}]) =>
    makeEntry(
      { type, at: instant(plus(sampleStart, afterMs)), log: sampleOrigin, subject: null, previous: null, body },
      random,
    ),
  );
  const store = tileStore();
  store.append(made.map((entry) => entry.leafHash));
  const text = checkpointText({ origin: sampleOrigin, size: made.length, root: store.root() });
  const checkpoint = formatNote({ text, signatures: [signText(text, sampleOrigin, logKey)] });
  const entries = made.map((entry, index): PackEntry => ({ index, leaf: entry.leaf, body: entry }));
  return { sample: sampleLog({ size: 0 }), input: { checkpoint, entries, anchors: [], documents: [] } };
}

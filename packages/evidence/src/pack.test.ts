import { describe, expect, it } from "vitest";
import { sha256 } from "./bytes.ts";
import { makePack } from "./pack.ts";
import { packInput, sampleLog } from "./testing.ts";
import { verifyPack } from "./verifier.ts";

describe("a pack", () => {
  it("of a whole log is valid, with either SHA-256", async () => {
    const log = sampleLog({ size: 37 });
    const pack = await makePack(await packInput(log), log.ports);
    const bytes = await pack.bytes();
    expect(bytes.length).toBe(pack.size);
    const verified = await verifyPack(bytes);
    expect(verified).toMatchObject({
      result: "valid",
      problems: [],
      facts: { scope: "whole", entries: 37, anchors: 1 },
    });
    expect(await verifyPack(bytes, { sha256 })).toEqual(verified);
  });

  it("of one person is valid and shows nobody else", async () => {
    const log = sampleLog({ size: 300, people: 9 });
    const input = await packInput(log, { subjects: log.subjects.slice(0, 1), erased: [11, 12, 13, 14] });
    const bytes = await (await makePack(input, log.ports)).bytes();
    const verified = await verifyPack(bytes, { sha256, language: "de" });
    expect(verified).toMatchObject({ result: "valid", problems: [], facts: { scope: "part", subjects: 1, size: 300 } });
  });
});

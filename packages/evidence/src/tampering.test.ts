import { beforeAll, describe, expect, it } from "vitest";
import { sha256, utf8 } from "./bytes.ts";
import type { Manifest } from "./manifest.ts";
import { makePack } from "./pack.ts";
import { cover, extentsOf, type PackFiles, repack, unpack } from "./tampering.ts";
import { packInput, type SampleLog, sampleLog } from "./testing.ts";
import { verifyPack } from "./verifier.ts";

const verify = async (bytes: Uint8Array): Promise<string> => (await verifyPack(bytes, { sha256 })).result;

/** A pack with one byte changed, and the change undone afterwards. */
async function withFlipped<Value>(
  bytes: Uint8Array,
  at: number,
  mask: number,
  act: () => Promise<Value>,
): Promise<Value> {
  bytes[at] = (bytes[at] ?? 0) ^ mask;
  try {
    return await act();
  } finally {
    bytes[at] = (bytes[at] ?? 0) ^ mask;
  }
}

async function undetected(
  bytes: Uint8Array,
  places: Iterable<number>,
  mask: (at: number) => number,
): Promise<number[]> {
  const missed: number[] = [];
  for (const at of places) {
    if ((await withFlipped(bytes, at, mask(at), () => verify(bytes))) !== "invalid") missed.push(at);
  }
  return missed;
}

const range = (from: number, to: number, step = 1): number[] =>
  Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);

describe("a byte changed", () => {
  it.each([
    ["whole", undefined],
    ["part", 1],
  ] as const)("anywhere in a small pack (%s) is found", async (_, people) => {
    const log = sampleLog({ size: 6 });
    const subjects = people === undefined ? undefined : log.subjects.slice(0, people);
    const input = await packInput(log, { ...(subjects === undefined ? {} : { subjects }), erased: [2] });
    const bytes = await (await makePack(input, log.ports)).bytes();
    expect(await verify(bytes)).toBe("valid");
    expect(await undetected(bytes, range(0, bytes.length), (at) => 1 << (at % 8))).toEqual([]);
    expect(await undetected(bytes, range(0, bytes.length), () => 0xff)).toEqual([]);
  });

  it("anywhere in the headers and small files of 1,000 entries, and all over the large ones, is found", async () => {
    const log = sampleLog({ size: 1_000, people: 40 });
    const bytes = await (await makePack(await packInput(log), log.ports)).bytes();
    expect(await verify(bytes)).toBe("valid");
    const large = extentsOf(bytes).filter(({ start, end }) => end - start > 20_000);
    expect(large.map(({ path }) => path)).toEqual(["bodies.jsonl", "leaves.jsonl"]);
    const isLarge = (at: number): boolean => large.some(({ start, end }) => at >= start && at < end);
    const places = range(0, bytes.length).filter((at) => !isLarge(at) || at % 997 === 0);
    expect(await undetected(bytes, places, (at) => 1 << (at % 8))).toEqual([]);
  });

  it("in what was logged is found by the log itself, when all else is made to fit and signed by the key's holder", async () => {
    const log = sampleLog({ size: 6 });
    const input = await packInput(log, { subjects: log.subjects.slice(0, 2) });
    const files = unpack(await (await makePack(input, log.ports)).bytes());
    const missed: string[] = [];
    for (const path of ["leaves.jsonl", "bodies.jsonl", "proofs.jsonl", "consistency.jsonl"]) {
      const contents = files.get(path) ?? new Uint8Array();
      expect(contents.length).toBeGreaterThan(100);
      for (let at = 0; at < contents.length; at++) {
        const covered = await withFlipped(contents, at, 1 << (at % 8), () =>
          cover(files, { sign: log.ports.signManifest }),
        );
        if ((await verify(covered)) !== "invalid") missed.push(`${path} ${at}`);
      }
    }
    expect(missed).toEqual([]);
  });

  it("at the end, or too few or too many of them, is found", async () => {
    const log = sampleLog({ size: 4 });
    const bytes = await (await makePack(await packInput(log), log.ports)).bytes();
    for (const size of range(0, bytes.length, 7)) expect(await verify(bytes.slice(0, size))).toBe("invalid");
    expect(await verify(Buffer.concat([bytes, Buffer.of(0)]))).toBe("invalid");
    expect(await verify(Buffer.concat([Buffer.of(0), bytes]))).toBe("invalid");
    expect(await verify(Buffer.concat([bytes, bytes]))).toBe("invalid");
  });
});

type Lines = string[];
/** Ways to change what a file of lines says. */
const changes: Readonly<Record<string, (lines: Lines) => Lines>> = {
  "a line removed": (lines) => lines.toSpliced(5, 1),
  "the last line removed": (lines) => lines.slice(0, -1),
  "the first line removed": (lines) => lines.slice(1),
  "two lines exchanged": (lines) => lines.with(4, lines[5] ?? "").with(5, lines[4] ?? ""),
  "a line twice": (lines) => lines.toSpliced(5, 0, lines[5] ?? ""),
  "a line of another index": (lines) => lines.toSpliced(5, 0, (lines[5] ?? "").replace(/"index":\d+/, '"index":7')),
  "a line of nothing": (lines) => lines.toSpliced(5, 0, ""),
  "a letter changed": (lines) =>
    lines.with(
      6,
      (lines[6] ?? "").replace(/[a-y](?=[^a-z]*$)/, (letter) => String.fromCharCode(letter.charCodeAt(0) + 1)),
    ),
  "a digit changed": (lines) =>
    lines.map((line, at) => (at === 6 ? line.replace(/[0-8](?=\D*$)/, (digit) => String(Number(digit) + 1)) : line)),
  "a space added": (lines) => lines.with(3, `${lines[3] ?? ""} `),
};

describe("lines changed", () => {
  let log: SampleLog;
  let packs: Readonly<Record<string, Uint8Array>>;

  beforeAll(async () => {
    log = sampleLog({ size: 60, people: 2 });
    const whole = await makePack(await packInput(log), log.ports);
    const part = await makePack(await packInput(log, { subjects: log.subjects }), log.ports);
    packs = { whole: await whole.bytes(), part: await part.bytes() };
  });

  const cases = ["whole", "part"].flatMap((scope) =>
    ["leaves.jsonl", "bodies.jsonl", ...(scope === "part" ? ["proofs.jsonl"] : [])].flatMap((path) =>
      Object.keys(changes).map((change) => [change, path, scope] as const),
    ),
  );

  it.each(cases)(
    "%s in %s of a %s is found, even where the key's holder signs it again",
    async (change, path, scope) => {
      const pack = packs[scope] ?? new Uint8Array();
      const files: PackFiles = unpack(pack);
      const lines = Buffer.from(files.get(path) ?? [])
        .toString()
        .slice(0, -1)
        .split("\n");
      const changed = (changes[change]?.(lines) ?? lines).map((line) => `${line}\n`).join("");
      expect(changed).not.toBe(lines.map((line) => `${line}\n`).join(""));
      files.set(path, utf8(changed));
      expect(await verify(await cover(files))).toBe("invalid");
      expect(await verify(await cover(files, { sign: log.ports.signManifest }))).toBe("invalid");
    },
  );

  it("an entry left out of a person's chain is found, even where all else is made to fit and signed", async () => {
    const files = unpack(packs.part ?? new Uint8Array());
    const without = (path: string): void => {
      const lines = Buffer.from(files.get(path) ?? [])
        .toString()
        .split("\n");
      files.set(path, utf8(lines.toSpliced(10, 1).join("\n")));
    };
    for (const path of ["leaves.jsonl", "bodies.jsonl", "proofs.jsonl"]) without(path);
    const edit = (manifest: Manifest): Manifest => ({ ...manifest, entries: manifest.entries - 1 });
    const covered = await cover(files, { sign: log.ports.signManifest, edit });
    const verified = await verifyPack(covered, { sha256 });
    expect(verified.result).toBe("invalid");
    expect(verified.problems.join()).toContain("does not follow on the entry before it");
  });

  it("a log written anew is found where an older checkpoint left the house, and not otherwise", async () => {
    const rewritten = sampleLog({ size: 60, people: 2, seed: 2 });
    const anchors = [{ name: "mailed", checkpoint: await log.checkpoint(30) }];
    const caught = await makePack(await packInput(rewritten, { anchors }), rewritten.ports);
    const verified = await verifyPack(await caught.bytes(), { sha256 });
    expect(verified.problems).toEqual([expect.stringContaining("contradicts the newest checkpoint")]);

    const free = await makePack(await packInput(rewritten, { anchors: [] }), rewritten.ports);
    expect((await verifyPack(await free.bytes(), { sha256 })).result).toBe("valid");
    const unwitnessed = await packInput(rewritten, { anchors: [], checkpoint: await rewritten.checkpoint(60) });
    const told = await verifyPack(await (await makePack(unwitnessed, rewritten.ports)).bytes(), { sha256 });
    expect(told.notProven.join()).toContain("could rewrite entries 0 and later");
  });

  it("a file added, taken away or renamed is found", async () => {
    const pack = packs.whole ?? new Uint8Array();
    const added = unpack(pack).set("extra.txt", utf8("hello"));
    expect(await verify(repack(added))).toBe("invalid");
    for (const path of unpack(pack).keys()) {
      const fewer = unpack(pack);
      fewer.delete(path);
      expect(await verify(repack(fewer))).toBe("invalid");
      const renamed = new Map([...unpack(pack)].map(([name, bytes]) => [name === path ? `x${name}` : name, bytes]));
      expect(await verify(repack(renamed))).toBe("invalid");
    }
  });
});

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Random, seededRandom } from "@loket/kit";
import { sha256 } from "./bytes.ts";
import { makePack } from "./pack.ts";
import { cover, repack, unpack } from "./tampering.ts";
import { packInput, sampleLog } from "./testing.ts";
import { verifyPack } from "./verifier.ts";

/**
 * Two verifiers over the same packs: `npm run -w packages/evidence differential`, with a number of packs if you like.
 * Most packs were changed somewhere, many so that only one check can notice, or none should.
 */
export interface Difference {
  readonly seed: number;
  readonly typescript: string;
  readonly python: string;
}

export const hasPython = spawnSync("python3", ["--version"]).status === 0;
const verifyPy = fileURLToPath(new URL("../verify.py", import.meta.url));

/** Results of verify.py by file, one process for all. */
export function verifyWithPython(files: readonly string[]): Map<string, string> {
  const { stdout } = spawnSync("python3", [verifyPy, "--json", ...files], { encoding: "utf8", maxBuffer: 1 << 28 });
  const lines = stdout
    .trim()
    .split("\n")
    .map((line): { file: string; result: string } => JSON.parse(line));
  return new Map(lines.map(({ file, result }) => [file, result]));
}

/** Makes packs from seeds `from` and on, and tells where the verifiers do not agree; with how many were of which result. */
export async function differ(
  count: number,
  from = 1,
): Promise<{ differences: Difference[]; results: Map<string, number> }> {
  const folder = mkdtempSync(join(tmpdir(), "packs-"));
  const differences: Difference[] = [];
  const results = new Map<string, number>();
  try {
    const told = new Map<string, { seed: number; typescript: string }>();
    for (let seed = from; seed < from + count; seed++) {
      const bytes = await randomPack(seededRandom(seed), seed);
      const file = join(folder, `${seed}.zip`);
      writeFileSync(file, bytes);
      const typescript = (await verifyPack(bytes, { sha256 })).result;
      told.set(file, { seed, typescript });
      results.set(typescript, (results.get(typescript) ?? 0) + 1);
    }
    const python = hasPython ? verifyWithPython([...told.keys()]) : null;
    for (const [file, { seed, typescript }] of told) {
      const other = python === null ? typescript : (python.get(file) ?? "none");
      if (other !== typescript) differences.push({ seed, typescript, python: other });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { differences, results };
}

/** A pack of a random log; three of four are changed. */
async function randomPack(random: Random, seed: number): Promise<Uint8Array> {
  const pick = (below: number): number => Math.floor(random.fraction() * below);
  const size = pick(4) === 0 ? pick(3) : pick(30);
  const log = sampleLog({ seed, size, people: 1 + pick(4) });
  const isPart = pick(2) === 0;
  const erased = Array.from({ length: pick(3) }, () => pick(size));
  const input = await packInput(log, { erased, ...(isPart ? { subjects: log.subjects.slice(0, 1 + pick(3)) } : {}) });
  const bytes = await (await makePack(input, log.ports)).bytes();
  const way = pick(8);
  if (way < 2) return bytes;
  if (way === 2) return flip(bytes, random);
  const files = unpack(bytes);
  const path = [...files.keys()][pick(files.size)] ?? "";
  const contents = files.get(path) ?? new Uint8Array();
  files.set(path, way < 5 ? flip(contents, random) : rewrite(contents, random));
  if (way === 3) return repack(files);
  try {
    return await cover(files, way === 4 ? {} : { sign: log.ports.signManifest });
  } catch {
    return repack(files); // the manifest itself was changed and cannot be made to fit
  }
}

function flip(bytes: Uint8Array, random: Random): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  const at = Math.floor(random.fraction() * bytes.length);
  if (bytes.length > 0) flipped[at] = (flipped[at] ?? 0) ^ (1 << Math.floor(random.fraction() * 8));
  return flipped;
}

/** Changes of which some are harmless and most are not. */
const rewrites: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/\d/, (digit) => String(9 - Number(digit))),
  (text) => text.replace(/"gone":"erased"/, '"gone":"withheld"'),
  (text) => text.replace(/\{"body":.*"index":(\d+),.*\}/, '{"gone":"withheld","index":$1}'),
  (text) => text.replace(/"body":\{.*?\}/, '"body":{}'),
  (text) => text.replace(/:null/, ":0"),
  (text) => text.replace(/"index":(\d+)/, '"index":$1.0'),
  (text) => text.replace(/"index":0\b/, '"index":-0'),
  (text) => text.replace(/Z"/, '+00:00"'),
  (text) => text.replace(/T\d\d:/, "T24:"),
  (text) => text.replace(/-11-\d\d/, "-02-30"),
  (text) => text.replace(/\n/, "\n\n"),
  (text) => text.replace(/\n$/, ""),
  (text) => text.replace(/\n/, "\r\n"),
  (text) => `\ufeff${text}`,
  (text) => text.replace(/a/, "\\u0061"),
  (text) => text.replace(/[A-Z]/, (letter) => letter.toLowerCase()),
  (text) => text.split("\n").slice(1).join("\n"),
  (text) => text.split("\n").reverse().join("\n"),
  (text) => text.replace(/— .*\n/, (line) => `${line}— stranger.example AAAAAAAAAA==\n`),
  (text) => text.replace(/— .*\n/, (line) => line + line),
  (text) => text.replace(/— .*\n$/, ""),
  (text) => text.replace(/"witnesses":\[.*\]/, '"witnesses":[]'),
  (text) => text.replace(/"log":\["([^"]*)"\]/, '"log":["$1","$1"]'),
  (text) => text.replace(/"proof":\[.*?\]/, '"proof":[]'),
  (text) => text.replace(/"refs":\[.*?\]/, '"refs":[]'),
  (text) => text.replace(/"type":"[a-z]+\.[a-z]+"/, '"type":"future.kind"'),
];

function rewrite(contents: Uint8Array, random: Random): Uint8Array {
  const chosen = rewrites[Math.floor(random.fraction() * rewrites.length)];
  return Buffer.from(chosen?.(Buffer.from(contents).toString()) ?? "");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const count = Number(process.argv[2] ?? 10_000);
  const all = { differences: [] as Difference[], results: new Map<string, number>() };
  for (let from = 1; from <= count; from += 500) {
    const { differences, results } = await differ(Math.min(500, count - from + 1), from);
    all.differences.push(...differences);
    for (const [result, times] of results) all.results.set(result, (all.results.get(result) ?? 0) + times);
  }
  for (const one of all.differences)
    console.log(`seed ${one.seed}: TypeScript ${one.typescript}, Python ${one.python}`);
  const told = [...all.results].map(([result, times]) => `${times.toLocaleString("en")} ${result}`).join(", ");
  const version = hasPython ? execFileSync("python3", ["--version"], { encoding: "utf8" }).trim() : "no Python here";
  console.log(
    `differential: ${count.toLocaleString("en")} packs (${told}), ${all.differences.length} differences; ${version}`,
  );
  process.exitCode = all.differences.length === 0 && hasPython ? 0 : 1;
}

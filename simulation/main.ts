import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type DatabaseAddress, migrate } from "@loket/database";
import { startEmbedded } from "@loket/database/embedded";
import pg from "pg";
import { openServer } from "./database.ts";
import { mutants } from "./mutants.ts";
import { runSeed, shrink } from "./run.ts";

/**
 * The engine under seeded schedules.
 *
 *   npm run sim -- --seeds 1000 [--from 1]      many seeds, and a line at the end
 *   npm run sim -- --seed 42                    one seed, with everything that happened
 *   npm run sim -- --seed 42 --shrink           the same with no more faults and acts than the violation needs
 *   npm run sim -- --mutants [--seeds 200] [--mutant NAME] [--after NAME]
 *                                               whether each planted fault is found within so many seeds
 */
const option = (name: string): string | undefined => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
};
const has = (name: string): boolean => process.argv.includes(`--${name}`);

/** A server of our own that forgets everything when it ends; or, as a mutant's process, the one of whoever started us. */
async function openDatabase(): Promise<{ address: DatabaseAddress; close(): Promise<void> }> {
  if (process.env.SIMULATION_DATABASE)
    return { address: JSON.parse(process.env.SIMULATION_DATABASE) as DatabaseAddress, close: async () => {} };
  const dir = mkdtempSync(join(tmpdir(), "loket-simulation-"));
  const embedded = await startEmbedded({
    dataDir: dir,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off" },
  });
  process.env.LOKET_TEST_DATABASE = "1"; // a database that may forget is refused otherwise
  const admin = new pg.Client({ ...embedded.admin, database: "postgres" });
  await admin.connect();
  await admin.query("create database simulation");
  await admin.end();
  const address = { ...embedded.admin, database: "simulation" };
  await migrate(address);
  return {
    address,
    async close() {
      await embedded.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Runs seeds one after another; how many of them had violations. */
async function runSeeds(address: DatabaseAddress): Promise<number> {
  const server = await openServer(address);
  const single = option("seed");
  const from = Number(single ?? option("from") ?? 1);
  const seeds = single === undefined ? Number(option("seeds") ?? 100) : 1;
  const startedAt = performance.now();
  const sum = { failures: 0, seeds: 0, handedOver: 0, uncertain: 0, steps: 0, virtualMs: 0 };
  for (let seed = from; seed < from + seeds; seed++) {
    let run = await runSeed(server, seed, { trace: single !== undefined });
    const [first] = run.violations;
    if (has("shrink") && first) {
      const shrunk = await shrink(server, seed, first.what);
      run = shrunk.run;
      console.log(`it needs ${shrunk.faults.join(", ") || "no faults"}; what happens then:`);
    }
    sum.seeds += 1;
    sum.handedOver += run.handedOver;
    sum.uncertain += run.uncertain;
    sum.steps += run.steps;
    sum.virtualMs += run.virtualMs;
    for (const line of run.trace ?? []) console.log(line);
    if (run.violations.length === 0) continue;
    sum.failures += 1;
    for (const { what, detail } of run.violations) console.log(`seed ${seed}: ${what}: ${detail}`);
    console.log(`replay with: npm run sim -- --seed ${seed}`);
    if (has("until-found")) break;
  }
  await server.close();
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(
    `sim: ${sum.seeds} seeds from ${from}, ${sum.failures} with violations; ${sum.handedOver} hand-overs, ${sum.uncertain} uncertain in the end; ${sum.steps} steps, ${(sum.seeds / seconds).toFixed(1)} seeds/s, ${Math.round(sum.virtualMs / 1_000 / seconds)} times as fast as time`,
  );
  return sum.failures;
}

/** Each planted fault in a process of its own; how many were not found. */
async function runMutants(address: DatabaseAddress): Promise<number> {
  const seeds = option("seeds") ?? "200";
  const only = option("mutant");
  const after = mutants.findIndex(({ name }) => name === option("after"));
  const chosen = mutants.filter(({ name }, place) => place > after && (only === undefined || name === only));
  let survivors = 0;
  for (const { name } of chosen) {
    const said = await runMutant(name, seeds, address);
    const found = /^seed (\d+): (.*)$/m.exec(said);
    if (!found) survivors += 1;
    console.log(
      found
        ? `found at seed ${found[1]}: ${name} (${found[2]?.slice(0, 100)})`
        : `NOT FOUND in ${seeds} seeds: ${name}\n${said.slice(-400)}`,
    );
  }
  console.log(`sim: ${chosen.length} planted faults, ${survivors} not found within ${seeds} seeds`);
  return survivors;
}

function runMutant(name: string, seeds: string, address: DatabaseAddress): Promise<string> {
  const child = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      "--import",
      new URL("./mutate.ts", import.meta.url).href,
      fileURLToPath(import.meta.url),
      "--seeds",
      seeds,
      "--until-found",
    ],
    { env: { ...process.env, SIMULATION_MUTANT: name, SIMULATION_DATABASE: JSON.stringify(address) } },
  );
  let said = "";
  child.stdout.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    said += chunk.toString();
  });
  return new Promise((resolve) => child.once("close", () => resolve(said)));
}

const database = await openDatabase();
let faults = 1;
try {
  faults = has("mutants") ? await runMutants(database.address) : await runSeeds(database.address);
} finally {
  await database.close();
}
process.exit(faults === 0 ? 0 : 1);

import { describeChaos, runChaos } from "./chaos/run.ts";
import { option } from "./programs.ts";

/**
 * Breaks real processes and the lines between them, again and again, in the middle of traffic both ways, and then counts.
 * The sandbox is the witness: it goes on running, and knows what was really handed over and what was really said.
 *
 *   npm run chaos -- --kills 30 [--seed 1] [--people 12] [--times 3] [--audience 12] [--overlapping 1]
 */
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130)); // and all that was started
const kills = option("kills", 30);
const seed = option("seed", 1);
const report = await runChaos({
  kills,
  seed,
  people: option("people", 12),
  times: option("times", 3),
  // A portfolio of the sandbox may write to 2,000 people a day on its own initiative.
  audience: Math.min(option("audience", 12), Math.floor(1_800 / Math.ceil(kills / 3))),
  overlapping: option("overlapping", 0) === 1,
  say: console.log,
});
for (const line of describeChaos(report, seed)) console.log(line);
process.exit(report.faults === 0 ? 0 : 1);

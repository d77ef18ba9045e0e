import type { Random } from "@loket/kit";
import { pause } from "../programs.ts";
import type { LineFault } from "./line.ts";
import { type Part, parts, type Stack } from "./stack.ts";

/**
 * What goes wrong, one at a time. A strike is over when everything that was killed has been started again, or what others
 * have to step in for has begun. From `since` it counts how long it takes to be back at work: of a death the death, of what
 * lasts its end.
 */
export interface Struck {
  readonly since: number;
  readonly what: string;
  /** Goes on while others should be back at work. */
  readonly rest?: Promise<void>;
}

export interface Fault {
  readonly kind: string;
  /** How often it comes in a hundred. */
  readonly weight: number;
  strike(stack: Stack, random: Random): Promise<Struck>;
}

/** Longer than a lease (10 s), so that somebody else has the lanes when the stalled one goes on. */
const stallMs = 12_500;

export const faults: readonly Fault[] = [
  { kind: "web killed", weight: 16, strike: (stack) => killed(stack, ["web"]) },
  {
    kind: "worker killed",
    weight: 22,
    strike: async (stack, random) =>
      killed(stack, [random.fraction() < 0.5 ? ((await stack.holder()) ?? "worker-a") : "worker-b"]),
  },
  { kind: "database killed", weight: 18, strike: databaseKilled },
  { kind: "all killed", weight: 6, strike: allKilled },
  { kind: "database stopped", weight: 6, strike: databaseStopped },
  {
    kind: "line to the database",
    weight: 12,
    strike: (stack, random) => lineBroken(stack.databaseLine, "database", random),
  },
  {
    kind: "line to the platform",
    weight: 12,
    strike: (stack, random) => lineBroken(stack.platformLine, "platform", random),
  },
  { kind: "worker stalled", weight: 4, strike: workerStalled },
  { kind: "disk full", weight: 4, strike: diskFull },
];

/** The kinds in an order that follows from the seed, each as often as its weight says, and each at least once. */
export function drawFaults(count: number, random: Random): Fault[] {
  const drawn = faults.slice(0, count);
  const total = faults.reduce((sum, { weight }) => sum + weight, 0);
  while (drawn.length < count) {
    let mark = random.fraction() * total;
    const next = faults.find(({ weight }) => {
      mark -= weight;
      return mark < 0;
    });
    if (next) drawn.push(next);
  }
  return drawn
    .map((fault) => [random.fraction(), fault] as const)
    .sort(([a], [b]) => a - b)
    .map(([, fault]) => fault);
}

async function killed(stack: Stack, who: readonly Part[]): Promise<Struck> {
  const since = performance.now();
  await Promise.all(who.map((part) => stack.kill(part)));
  for (const part of who) stack.start(part);
  return { since, what: who.join(", ") };
}

async function databaseKilled(stack: Stack): Promise<Struck> {
  const since = performance.now();
  await stack.killDatabase();
  await stack.startDatabase();
  return { since, what: "the whole tree" };
}

async function allKilled(stack: Stack): Promise<Struck> {
  const since = performance.now();
  await Promise.all([...parts.map((part) => stack.kill(part)), stack.killDatabase()]);
  await stack.startDatabase();
  for (const part of parts) stack.start(part);
  return { since, what: "everything but the sandbox" };
}

async function databaseStopped(stack: Stack, random: Random): Promise<Struck> {
  const ms = 1_000 + random.fraction() * 3_000;
  await stack.stopDatabase();
  await pause(ms);
  const since = performance.now();
  await stack.startDatabase();
  return { since, what: `for ${Math.round(ms)} ms` };
}

async function lineBroken(line: Stack["databaseLine"], to: string, random: Random): Promise<Struck> {
  const choices: readonly LineFault[] = [
    { kind: "slow", ms: Math.round(20 + random.fraction() * 180) },
    { kind: "cut", afterBytes: Math.round(random.fraction() ** 3 * 20_000) },
    { kind: "black-hole" },
    { kind: "half-close" },
  ];
  const fault = choices[Math.floor(random.fraction() * choices.length)] as LineFault;
  const ms = 500 + random.fraction() * 2_500;
  line.break(fault);
  await pause(ms);
  line.heal();
  const detail =
    fault.kind === "slow" ? ` by ${fault.ms} ms` : fault.kind === "cut" ? ` after ${fault.afterBytes} B` : "";
  return { since: performance.now(), what: `${to}: ${fault.kind}${detail}, for ${Math.round(ms)} ms` };
}

async function workerStalled(stack: Stack): Promise<Struck> {
  const who = (await stack.holder()) ?? "worker-a";
  const since = performance.now();
  stack.signal(who, "SIGSTOP");
  const rest = pause(stallMs).then(() => stack.signal(who, "SIGCONT"));
  return { since, rest, what: `${who}, which had the lane, for ${stallMs} ms` };
}

async function diskFull(stack: Stack, random: Random): Promise<Struck> {
  const ms = 1_000 + random.fraction() * 2_500;
  const isFull = stack.fillDisk(true);
  await pause(ms);
  stack.fillDisk(false);
  return { since: performance.now(), what: isFull ? `for ${Math.round(ms)} ms` : "not possible here" };
}

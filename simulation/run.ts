import { createHash } from "node:crypto";
import { minuteMs, secondMs } from "@loket/kit";
import type { Server } from "./database.ts";
import { type Faults, noFaults } from "./faults.ts";
import { describeOpen, judge, judgeEnd, stillOpen, type Violation } from "./judge.ts";
import { planActs } from "./script.ts";
import { createWorld, troubledMs } from "./world.ts";

export interface Run {
  readonly seed: number;
  readonly violations: readonly Violation[];
  readonly handedOver: number;
  readonly uncertain: number;
  readonly steps: number;
  readonly virtualMs: number;
  readonly trace: readonly string[] | null;
  /** Of everything the platform was handed, and when: equal for two runs of one seed. */
  readonly digest: string;
  /** How many things people and members did. */
  readonly acts: number;
}

export interface RunOptions {
  readonly trace?: boolean;
  /** No faults at all. */
  readonly calm?: boolean;
  /** Faults and acts of the seed that are left out. */
  readonly without?: { readonly faults: readonly (keyof Faults)[]; readonly acts: ReadonlySet<number> };
}

const patienceMs = 40 * minuteMs;

/** One seed: a minute in which things go wrong, then none does, and everything has to come to its end. */
export async function runSeed(server: Server, seed: number, options: RunOptions = {}): Promise<Run> {
  const world = await createWorld(server, seed, {
    trace: options.trace ?? false,
    calm: options.calm ?? false,
    without: options.without?.faults ?? [],
  });
  try {
    const acts = planActs(world, seed, options.without?.acts);
    await world.kernel.runUntil(troubledMs);
    world.heal();
    let open: string[] = [];
    for (let untilMs = troubledMs + 10 * secondMs; untilMs <= troubledMs + patienceMs; untilMs += 10 * secondMs) {
      await world.kernel.runUntil(untilMs);
      open = await stillOpen(world);
      if (open.length === 0) break;
    }
    const violations = [...(await judge(world)), ...(await judgeEnd(world))];
    if (options.trace) for (const line of await describeOpen(world)) world.kernel.note(line);
    if (open.length > 0) {
      violations.push({ what: "not over after a long time without faults", detail: open.join(", ") });
      for (const line of await describeOpen(world)) world.kernel.note(line);
    }
    const { rows } = await server.admin.query<{ uncertain: number }>(
      "select count(*)::int as uncertain from delivery where organisation_id = $1 and state = 'uncertain'",
      [world.organisationId],
    );
    return {
      seed,
      violations,
      handedOver: world.handedOver.length,
      uncertain: rows[0]?.uncertain ?? 0,
      steps: world.kernel.steps,
      virtualMs: world.kernel.nowMs,
      trace: world.kernel.trace,
      digest: createHash("sha256")
        .update(JSON.stringify(world.handedOver.map(({ atMs, to, type, code }) => [atMs, to, type, code])))
        .digest("hex")
        .slice(0, 16),
      acts,
    };
  } finally {
    await world.cleanUp();
  }
}

/** The faults and acts without which a seed does not show the same violation any more, and what happened with them alone. */
export async function shrink(server: Server, seed: number, what: string): Promise<{ faults: string[]; run: Run }> {
  let faults: (keyof Faults)[] = [];
  let acts = new Set<number>();
  let run = await runSeed(server, seed, { trace: true });
  const tryWithout = async (fewerFaults: (keyof Faults)[], fewerActs: Set<number>): Promise<void> => {
    const shorter = await runSeed(server, seed, { trace: true, without: { faults: fewerFaults, acts: fewerActs } });
    if (!shorter.violations.some((violation) => violation.what === what)) return;
    [faults, acts, run] = [fewerFaults, fewerActs, shorter];
  };
  const kinds = Object.keys(noFaults) as (keyof Faults)[];
  for (const kind of kinds) await tryWithout([...faults, kind], acts);
  for (let act = 0; act < run.acts; act++) await tryWithout(faults, new Set([...acts, act]));
  return { faults: kinds.filter((kind) => !faults.includes(kind)), run };
}

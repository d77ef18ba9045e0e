import { seededRandom } from "@loket/kit";
import { createCampaigns } from "../chaos-campaigns.ts";
import { call, pause, percentile } from "../programs.ts";
import { drawFaults } from "./faults.ts";
import { type Copy, type Stack, startStack } from "./stack.ts";
import { type Counts, createTraffic, type Traffic } from "./traffic.ts";

export interface ChaosOptions {
  readonly kills: number;
  readonly seed: number;
  /** People who write and are answered while one thing is broken, and how often each. */
  readonly people: number;
  readonly times: number;
  /** People of each campaign; one is started every third time. */
  readonly audience: number;
  /** Breaks the next thing before everything is back; then nothing is to be learned of how long it takes. */
  readonly overlapping?: boolean;
  readonly say: (line: string) => void;
}

export interface ChaosReport extends Counts {
  readonly kills: number;
  readonly campaigns: {
    readonly people: number;
    readonly lost: number;
    readonly doubled: number;
    readonly uncertain: number;
  };
  /** What a copy of the installation, started beside it, had waiting, and how much of it it sent. */
  readonly copy: { readonly waiting: number; readonly sent: number; readonly reason: string | null };
  /** Milliseconds until back at work, by kind of fault. */
  readonly recoveriesMs: ReadonlyMap<string, readonly number[]>;
  /** Processes that ended without anybody killing them. */
  readonly ended: number;
  readonly faults: number;
}

const token = "loket_chaos-run-token";

/** Breaks one thing after the other in the middle of traffic both ways, and then counts. The seed decides what and when. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { kills, seed, say } = options;
  const random = seededRandom(seed);
  const drawn = drawFaults(kills, random);
  const stack = await startStack(token);
  try {
    const traffic = createTraffic(stack.url, stack.sandbox.url, token);
    const campaigns = createCampaigns({ insist: traffic.insist, phoneShows: traffic.shows }, options.audience);
    await campaigns.prepare(Math.ceil(kills / 3));
    await traffic.getsThrough("0");

    let copy: Copy | null = null;
    const recoveriesMs = new Map<string, number[]>();
    const going: Promise<unknown>[] = [];
    for (const [round, fault] of drawn.entries()) {
      if (round === Math.floor(kills / 2)) copy = await cloneWhileWaiting(stack, traffic);
      const afterMs = 100 + random.fraction() * 900;
      going.push(traffic.round(String(round), options.people, options.times, 2_500));
      if (round % 3 === 0) going.push(campaigns.startOne(round / 3));
      await pause(afterMs);
      const { since, what, rest } = await fault.strike(stack, random);
      const back = traffic.getsThrough(String(round + 1)).then(() => {
        const tookMs = performance.now() - since;
        recoveriesMs.set(fault.kind, [...(recoveriesMs.get(fault.kind) ?? []), tookMs]);
        say(`${round + 1}/${kills} ${fault.kind} (${what}): back at work after ${(tookMs / 1_000).toFixed(1)} s`);
      });
      going.push(back, rest ?? Promise.resolve());
      if (!options.overlapping) await Promise.all(going.splice(0));
    }
    await Promise.all(going);

    const counts = await traffic.reconcile(say);
    const campaigned = await campaigns.reconcile();
    const copied = copy ? await readCopy(copy) : { waiting: 0, sent: 0, reason: null };
    const late = [...recoveriesMs.values()].flat().filter((ms) => ms > 15_000).length;
    if (late > 0) say(`${late} times it took longer than 15 s to be back at work`);
    const faults =
      counts.inboundLost +
      counts.inboundDoubled +
      counts.lost +
      counts.handedOverTwice +
      counts.unsettled +
      campaigned.lost +
      campaigned.doubled +
      copied.sent +
      stack.ended() +
      (copied.reason === "copied" ? 0 : 1);
    return { kills, ...counts, campaigns: campaigned, copy: copied, recoveriesMs, ended: stack.ended(), faults };
  } finally {
    await stack.close();
  }
}

/** A copy of everything, made at a moment when something waits: without workers, and with the database at rest. */
async function cloneWhileWaiting(stack: Stack, traffic: Traffic): Promise<Copy> {
  await Promise.all([stack.kill("worker-a"), stack.kill("worker-b")]);
  await traffic.answersAgain("0", 3);
  await stack.stopDatabase();
  const dir = stack.copyDirectory();
  await stack.startDatabase();
  for (const part of ["worker-a", "worker-b"] as const) stack.start(part);
  return stack.startCopy(dir);
}

interface Hold {
  readonly hold: { readonly reason: string; readonly waiting: { readonly messages: number } } | null;
}

async function readCopy(copy: Copy): Promise<ChaosReport["copy"]> {
  const answer = await call<Hold>(`${copy.url}/api/v1/installation/hold`, "GET", undefined, {
    authorization: `Bearer ${token}`,
  });
  const hold = answer?.body.hold ?? null;
  return { waiting: hold?.waiting.messages ?? 0, sent: copy.sent(), reason: hold?.reason ?? null };
}

/** The report as lines: recovery by kind of fault, and one line that sums up. */
export function describeChaos(report: ChaosReport, seed: number): string[] {
  const seconds = (ms: number) => (ms / 1_000).toFixed(1);
  const spread = (values: readonly number[]) =>
    `p50 ${seconds(percentile(values, 0.5))} s, p99 ${seconds(percentile(values, 0.99))} s`;
  const { campaigns, copy } = report;
  return [
    ...[...report.recoveriesMs].map(
      ([kind, values]) => `  ${kind}, ${values.length} times: back at work ${spread(values)}`,
    ),
    `  ${report.ended} processes ended without anybody killing them`,
    `  a copy of the installation had ${copy.waiting} messages waiting and sent ${copy.sent}${copy.reason ? ` (held: ${copy.reason})` : ""}`,
    `chaos: ${report.kills} faults (seed ${seed}); inbound ${report.inbound}: ${report.inboundLost} lost, ${report.inboundDoubled} doubled; outbound ${report.outbound}: ${report.lost} lost, ${report.handedOverTwice} handed over twice, ${report.uncertain} never left and say so, ${report.unsettled} handed over but not settled; campaigns to ${campaigns.people}: ${campaigns.lost} lost, ${campaigns.doubled} written to twice, ${campaigns.uncertain} never left and say so; recovery ${spread([...report.recoveriesMs.values()].flat())}; ${report.faults} faults found`,
  ];
}

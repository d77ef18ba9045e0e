import { fileURLToPath } from "node:url";
import {
  addReaders,
  type Bench,
  control,
  createCampaign,
  endCampaign,
  setPace,
  startCampaign,
  startDeliveryBench,
} from "./bench-delivery.ts";
import { option, pause } from "./programs.ts";

/**
 * One number held at its pace: a campaign larger than the time allows, counted in the sandbox's log of what it was asked,
 * by the moments it noted itself.
 *
 *   node scripts/bench-pace.ts [--seconds 60]
 */
export interface PaceFigures {
  readonly messagesPerSecond: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** In any second, wherever it begins. */
  readonly least: number;
  readonly most: number;
  /** Refused with 130429. */
  readonly tooFast: number;
}

interface LoggedRequest {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly answer: { readonly error?: { readonly code: number } };
}

/** The first seconds are left out: a pace begins with an empty bucket, and what it draws from is being written down. */
const warmUpSeconds = 3;

export async function holdPace(
  bench: Bench,
  { messagesPerSecond, seconds, language }: { messagesPerSecond: number; seconds: number; language: string },
): Promise<PaceFigures> {
  await setPace(bench, { messagesPerSecond, answerMs: 0 });
  const campaignId = await createCampaign(bench, language);
  let next = await endOfLog(bench);
  const times: number[] = [];
  let tooFast = 0;
  await startCampaign(bench, campaignId);
  for (;;) {
    const page = await readLog(bench, next);
    next = page.next;
    for (const { at, method, path, status, answer } of page.requests) {
      if (method !== "POST" || !path.endsWith("/messages")) continue;
      if (status === 200) times.push(Date.parse(at));
      else if (answer.error?.code === 130429) tooFast += 1;
    }
    if (Date.now() - (times[0] ?? Date.now()) >= (warmUpSeconds + seconds) * 1_000) break;
    await pause(200);
  }
  await endCampaign(bench, campaignId);
  const from = (times[0] ?? 0) + warmUpSeconds * 1_000;
  const until = from + seconds * 1_000;
  const counted = times.filter((at) => at >= from && at < until);
  return {
    messagesPerSecond,
    seconds,
    perSecond: counted.length / seconds,
    tooFast,
    ...extremes(counted, from, until),
  };
}

/** The least and the most in any second between two moments, by a window that moves a millisecond at a time. */
function extremes(times: readonly number[], from: number, until: number): { least: number; most: number } {
  const perMs = new Uint32Array(until - from);
  for (const at of times) perMs[at - from] = (perMs[at - from] ?? 0) + 1;
  let [inside, least, most] = [0, Number.POSITIVE_INFINITY, 0];
  for (let ms = 0; ms < perMs.length; ms++) {
    inside += (perMs[ms] ?? 0) - (perMs[ms - 1_000] ?? 0);
    if (ms < 999) continue;
    least = Math.min(least, inside);
    most = Math.max(most, inside);
  }
  return { least, most };
}

interface LogPage {
  readonly requests: LoggedRequest[];
  readonly next: number;
  readonly more: boolean;
}

async function readLog(bench: Bench, after: number): Promise<LogPage> {
  const answer = await control<LogPage>(bench, "GET", `log?after=${after}&limit=10000`);
  return answer?.body ?? { requests: [], next: after, more: false };
}

/** Where the log stands now. */
async function endOfLog(bench: Bench): Promise<number> {
  for (let page = await readLog(bench, 0); ; page = await readLog(bench, page.next)) if (!page.more) return page.next;
}

/** At 80 and at 1,000 a second, each with people enough for a few seconds more. */
export async function paceFigures(seconds: number, say: (text: string) => void): Promise<PaceFigures[]> {
  const paces = [
    { messagesPerSecond: 80, language: "fy" },
    { messagesPerSecond: 1_000, language: "fo" },
  ];
  const people = ({ messagesPerSecond }: { messagesPerSecond: number }) => messagesPerSecond * (seconds + 10);
  const bench = await startDeliveryBench(paces.reduce((sum, pace) => sum + people(pace), 0));
  const figures: PaceFigures[] = [];
  try {
    let first = 0;
    for (const pace of paces) {
      await addReaders(bench, { first, count: people(pace), language: pace.language });
      first += people(pace);
      const each = await holdPace(bench, { ...pace, seconds });
      say(describePace(each));
      figures.push(each);
    }
  } finally {
    await bench.close();
  }
  return figures;
}

export const describePace = (figures: PaceFigures): string =>
  `${figures.messagesPerSecond}/s for ${figures.seconds} s: ${figures.perSecond.toFixed(1)}/s; in any second at least ${figures.least}, at most ${figures.most}; too fast: ${figures.tooFast}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) await paceFigures(option("seconds", 60), console.log);

import { dayMs } from "@loket/kit";
import type { Thresholds } from "./thresholds.ts";

/** What became of delivered templates, and what people did about them. */
export interface Counts {
  delivered: number;
  read: number;
  blocked: number;
  reported: number;
  stopped: number;
}

/** Counts per day (UTC, whole days since 1970), oldest first; a moving week costs eight of them, however much was sent. */
export type Tally = ({ readonly day: number } & Counts)[];

export type Reaction = "blocked" | "reported" | "stopped";

/** As far back as two templates can be compared ("Template comparison"). */
const daysKept = 91;

export function count(tally: Tally, now: number, what: keyof Counts): void {
  const day = Math.floor(now / dayMs);
  let last = tally.at(-1);
  if (last?.day !== day) {
    last = { day, delivered: 0, read: 0, blocked: 0, reported: 0, stopped: 0 };
    tally.push(last);
    if (tally.length > daysKept) tally.shift();
  }
  last[what] += 1;
}

/** The counts of the last `days` days, today included. */
export function countsOf(tally: Tally, now: number, days: number): Counts {
  const from = Math.floor(now / dayMs) - days + 1;
  const sum: Counts = { delivered: 0, read: 0, blocked: 0, reported: 0, stopped: 0 };
  for (const one of tally) {
    if (one.day < from) continue;
    sum.delivered += one.delivered;
    sum.read += one.read;
    sum.blocked += one.blocked;
    sum.reported += one.reported;
    sum.stopped += one.stopped;
  }
  return sum;
}

/** Weighted negative reactions per delivered template; 0 where nothing was delivered. */
export function negativeShare(counts: Counts, quality: Thresholds["quality"]): number {
  if (counts.delivered === 0) return 0;
  const { blockedWeighs, reportedWeighs, stoppedWeighs } = quality;
  return (
    (counts.blocked * blockedWeighs + counts.reported * reportedWeighs + counts.stopped * stoppedWeighs) /
    counts.delivered
  );
}

/** GREEN, YELLOW or RED, or `null` where too little was delivered to say. */
export function scoreOf(counts: Counts, quality: Thresholds["quality"]): "GREEN" | "YELLOW" | "RED" | null {
  if (counts.delivered < quality.judgedFrom) return null;
  const share = negativeShare(counts, quality);
  if (share >= quality.redShare) return "RED";
  if (share >= quality.yellowShare || counts.read / counts.delivered < quality.readShareAtLeast) return "YELLOW";
  return "GREEN";
}

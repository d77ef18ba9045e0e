import type { Instant } from "@loket/kit";

/**
 * How fast a sender may go ("Cloud API, Throughput"): per number a steady rate; per person one message every six
 * seconds, of which up to 45 may be borrowed from the future.
 */
export const pairSpacingMs = 6_000;
export const pairBurstSize = 45;

/**
 * How many messages to this person may leave at once, from the instants of those that left. Each takes six seconds of
 * a budget that refills with time and may run 45 messages into debt.
 */
export function pairBurst(sentAt: readonly number[], now: Instant): number {
  let debtEndsAt = 0;
  for (const at of [...sentAt].sort((a, b) => a - b)) debtEndsAt = Math.max(debtEndsAt, at) + pairSpacingMs;
  const debtMs = Math.max(0, debtEndsAt - now);
  return Math.max(0, Math.floor((pairBurstSize * pairSpacingMs - debtMs) / pairSpacingMs));
}

/**
 * The pace of one number: a bucket of at most one second's worth that refills evenly. It starts empty, so that a
 * restart in mid-second never sends a second's worth twice; time is monotonic, so that a jumping wall clock changes
 * nothing.
 */
export interface Pace {
  /** How many may go now; where none may, how long until a fortieth of a second's worth may. */
  ready(nowMs: number): { readonly count: number; readonly waitMs: number };
  /** So many go. */
  take(count: number): void;
  /** So many of those taken did not leave after all. */
  giveBack(count: number): void;
  /** Nothing for this long: the platform said we are too fast. */
  pause(nowMs: number, forMs: number): void;
  setRate(perSecond: number): void;
}

export function createPace(perSecond: number, startMs: number): Pace {
  let rate = perSecond;
  let tokens = 0;
  let filledAtMs = startMs;
  let pausedUntilMs = startMs;
  // What gathers is kept small, so that a second after a rest holds little more than the rate allows; and what goes
  // together shares the cost of asking, so that under load nothing is asked for one message.
  const most = () => Math.max(1, rate / 10);
  const least = () => Math.max(1, rate / 40);
  return {
    ready(nowMs) {
      if (nowMs < pausedUntilMs) return { count: 0, waitMs: pausedUntilMs - nowMs };
      tokens = Math.min(most(), tokens + ((nowMs - filledAtMs) * rate) / 1_000);
      filledAtMs = nowMs;
      // Within a rounding error is there: a wait that was kept to the millisecond must not end in another.
      return tokens >= least() - 1e-6
        ? { count: Math.floor(tokens + 1e-6), waitMs: 0 }
        : { count: 0, waitMs: Math.ceil(((least() - tokens) * 1_000) / rate) };
    },
    take(count) {
      tokens -= count;
    },
    giveBack(count) {
      tokens = Math.min(most(), tokens + count);
    },
    pause(nowMs, forMs) {
      pausedUntilMs = Math.max(pausedUntilMs, nowMs + forMs);
      tokens = 0;
      filledAtMs = pausedUntilMs;
    },
    setRate(next) {
      rate = next;
    },
  };
}

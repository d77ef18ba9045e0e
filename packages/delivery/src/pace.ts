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
  /** Takes one token if there is one; else says how long until there is. */
  take(nowMs: number): { readonly taken: true } | { readonly taken: false; readonly waitMs: number };
  /** Nothing for this long: the platform said we are too fast. */
  pause(nowMs: number, forMs: number): void;
  setRate(perSecond: number): void;
}

export function createPace(perSecond: number, startMs: number): Pace {
  let rate = perSecond;
  let tokens = 0;
  let filledAtMs = startMs;
  let pausedUntilMs = startMs;
  return {
    take(nowMs) {
      if (nowMs < pausedUntilMs) return { taken: false, waitMs: pausedUntilMs - nowMs };
      // What gathers is kept small: a tenth of a second's worth, so that no second ever holds more than the rate allows.
      const most = Math.max(1, rate / 10);
      tokens = Math.min(most, tokens + ((nowMs - filledAtMs) * rate) / 1_000);
      filledAtMs = nowMs;
      if (tokens >= 1) {
        tokens -= 1;
        return { taken: true };
      }
      return { taken: false, waitMs: Math.ceil(((1 - tokens) * 1_000) / rate) };
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

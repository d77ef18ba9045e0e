import { type Clock, type Instant, instant } from "@loket/kit";

/** Beyond it a date is no longer written with a year of four digits. */
export const lastInstant = instant(Date.UTC(9999, 0, 1));

/**
 * The sandbox's time: a clock underneath, moved forward by what has been added to it. While it is being turned it stands
 * still at each instant something is due, so that what happens then happens at exactly that hour.
 */
export interface TurningClock {
  now(): Instant;
  /** How far it is ahead of the clock underneath. */
  readonly offsetMs: number;
  setOffset(ms: number): void;
  /** Stands still at `at` until `release`. */
  hold(at: Instant): void;
  release(): void;
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export function turningClock(base: Clock): TurningClock {
  let offsetMs = 0;
  let held: Instant | null = null;
  return {
    now: () => held ?? instant(base.now() + offsetMs),
    get offsetMs() {
      return held === null ? offsetMs : held - base.now();
    },
    setOffset(ms) {
      offsetMs = ms;
    },
    hold(at) {
      held = at;
    },
    release() {
      if (held !== null) offsetMs = held - base.now();
      held = null;
    },
    sleep: (ms, signal) => base.sleep(ms, signal),
  };
}

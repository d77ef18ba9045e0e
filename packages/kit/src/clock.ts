import { type Instant, instant } from "./instant.ts";

/** Time, passed in wherever something is decided, sent, scheduled or retried, so that the same code runs under simulation. */
export interface Clock {
  /** Wall-clock time: for people, schedules and rules. May jump. */
  now(): Instant;
  /** A count of milliseconds that never goes back: for leases, paces and time-outs. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => instant(Date.now()),
  monotonicMs: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        resolve();
      }
      signal?.addEventListener("abort", done, { once: true });
    }),
};

/** A clock that stands still until it is moved. Sleepers wake, in order, as `advance` passes them. */
export interface ManualClock extends Clock {
  advance(ms: number): Promise<void>;
}

export function manualClock(startAt: Instant): ManualClock {
  let elapsedMs = 0;
  let sleepers: { dueMs: number; wake: () => void }[] = [];
  return {
    now: () => instant(startAt + elapsedMs),
    monotonicMs: () => elapsedMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted || ms <= 0) return resolve();
        const sleeper = { dueMs: elapsedMs + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          resolve();
        });
      }),
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      for (;;) {
        const next = sleepers.filter((sleeper) => sleeper.dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
        if (!next) break;
        elapsedMs = next.dueMs;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        next.wake();
        await settle();
      }
      elapsedMs = untilMs;
      await settle();
    },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

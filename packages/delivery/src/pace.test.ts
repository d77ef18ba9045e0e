import { instant } from "@loket/kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPace, pairBurst, pairBurstSize, pairSpacingMs } from "./pace.ts";

describe("the pace of a number", () => {
  it("never lets more than its rate through in any second, from the first one on", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000 }),
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 50, maxLength: 600 }),
        (rate, steps) => {
          const pace = createPace(rate, 0);
          let nowMs = 0;
          const taken: number[] = [];
          for (const step of steps) {
            nowMs += step;
            const { count } = pace.ready(nowMs);
            pace.take(count);
            taken.push(...Array.from({ length: count }, () => nowMs));
          }
          for (const from of taken) {
            const inSecond = taken.filter((at) => at >= from && at < from + 1_000).length;
            expect(inSecond).toBeLessThanOrEqual(rate + Math.max(1, rate / 10));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("keeps up with its rate over time when asked often enough", () => {
    const pace = createPace(80, 0);
    let taken = 0;
    for (let nowMs = 0; nowMs < 10_000; nowMs += 2) {
      const { count } = pace.ready(nowMs);
      pace.take(count);
      taken += count;
    }
    expect(taken).toBeGreaterThanOrEqual(792);
    expect(taken).toBeLessThanOrEqual(808);
  });

  it("says how long to wait, and then lets one through", () => {
    const pace = createPace(10, 0);
    const first = pace.ready(0);
    expect(first.count).toBe(0);
    expect(pace.ready(first.waitMs).count).toBe(1);
  });

  it("lets several go together rather than each by itself, and takes back what did not go", () => {
    const pace = createPace(400, 0);
    expect(pace.ready(20)).toEqual({ count: 0, waitMs: 5 });
    expect(pace.ready(25).count).toBe(10);
    pace.take(10);
    expect(pace.ready(25).count).toBe(0);
    pace.giveBack(10);
    expect(pace.ready(25).count).toBe(10);
  });

  it("rests as long as it is told, and begins empty after that", () => {
    const pace = createPace(100, 0);
    pace.pause(0, 5_000);
    expect(pace.ready(4_999)).toEqual({ count: 0, waitMs: 1 });
    expect(pace.ready(5_000).count).toBe(0);
    expect(pace.ready(5_030).count).toBe(3);
  });
});

describe("what one person can be sent at once", () => {
  it("is 45 after a rest, one less with each, and one more every six seconds", () => {
    const now = instant(1_000_000_000);
    expect(pairBurst([], now)).toBe(pairBurstSize);
    expect(
      pairBurst(
        Array.from({ length: 45 }, () => now),
        now,
      ),
    ).toBe(0);
    expect(
      pairBurst(
        Array.from({ length: 45 }, () => now),
        instant(now + pairSpacingMs),
      ),
    ).toBe(1);
    expect(pairBurst([now], instant(now + pairSpacingMs))).toBe(pairBurstSize);
  });

  it("followed exactly, never sends more than the platform's bucket holds", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 150 }), (gaps) => {
        let now = 1_000_000_000;
        const sent: number[] = [];
        let debtEndsAt = 0; // the platform's own account, kept independently
        for (const gap of gaps) {
          now += gap;
          if (pairBurst(sent, instant(now)) < 1) continue;
          sent.push(now);
          debtEndsAt = Math.max(debtEndsAt, now) + pairSpacingMs;
          expect(debtEndsAt - now).toBeLessThanOrEqual(pairBurstSize * pairSpacingMs);
        }
      }),
    );
  });
});

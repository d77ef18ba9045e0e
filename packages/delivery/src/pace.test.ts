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
            while (pace.take(nowMs).taken) taken.push(nowMs);
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
    for (let nowMs = 0; nowMs < 10_000; nowMs += 2) while (pace.take(nowMs).taken) taken += 1;
    expect(taken).toBeGreaterThanOrEqual(792);
    expect(taken).toBeLessThanOrEqual(808);
  });

  it("says how long to wait, and then lets one through", () => {
    const pace = createPace(10, 0);
    const first = pace.take(0);
    expect(first.taken).toBe(false);
    expect(pace.take(first.taken ? 0 : first.waitMs).taken).toBe(true);
  });

  it("rests as long as it is told, and begins empty after that", () => {
    const pace = createPace(100, 0);
    pace.pause(0, 5_000);
    expect(pace.take(4_999)).toMatchObject({ taken: false, waitMs: 1 });
    expect(pace.take(5_000).taken).toBe(false);
    expect(pace.take(5_010).taken).toBe(true);
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

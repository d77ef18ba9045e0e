import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createIds,
  instant,
  manualClock,
  parseDurationMs,
  parseId,
  parseInstant,
  seededRandom,
  toIso,
} from "./index.ts";

describe("ids", () => {
  it("are UUIDv7, unique and in the order they were made, also when the clock stands still or goes back", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 2, maxLength: 200 }),
        (seed, steps) => {
          let nowMs = 1_700_000_000_000;
          const ids = createIds({ now: () => instant(nowMs) }, seededRandom(seed));
          const made = steps.map((step) => {
            nowMs += step;
            return ids.next();
          });
          expect(made).toEqual([...made].sort());
          expect(new Set(made).size).toBe(made.length);
          for (const id of made) {
            expect(parseId(id)).toBe(id);
            expect(id[14]).toBe("7");
            expect("89ab").toContain(id[19]);
          }
        },
      ),
    );
  });
  it("are refused when they are anything else", () => {
    for (const text of ["", "7", null, 12, "0198C0DE-0000-7000-8000-000000000000"]) expect(parseId(text)).toBeNull();
  });
});

describe("instants", () => {
  it("survive their wire form", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (ms) => {
        expect(parseInstant(toIso(instant(ms)))).toBe(ms);
      }),
    );
  });
  it("need an offset", () => {
    expect(parseInstant("2026-11-10T10:00")).toBeNull();
    expect(parseInstant("2026-11-10T10:00+01:00")).toBe(Date.UTC(2026, 10, 10, 9));
  });
  it.each([
    ["25h", 90_000_000],
    ["1d12h", 129_600_000],
    ["250ms", 250],
    ["90s", 90_000],
    ["", null],
    ["soon", null],
    ["5 h", null],
  ])("reads the duration %j", (text, expected) => expect(parseDurationMs(text)).toBe(expected));
});

describe("the manual clock", () => {
  it("wakes sleepers in the order of their hour", async () => {
    const clock = manualClock(instant(0));
    const woken: string[] = [];
    void clock.sleep(20).then(() => woken.push("late"));
    void clock.sleep(10).then(() => woken.push("early"));
    await clock.advance(9);
    expect(woken).toEqual([]);
    await clock.advance(11);
    expect(woken).toEqual(["early", "late"]);
    expect(clock.now()).toBe(20);
  });
});

import { describe, expect, test } from "vitest";
import { clockWords, windowLeft, windowUnits } from "./window.ts";

const now = Date.parse("2026-11-22T12:00:00.000Z");
const at = (ms: number) => new Date(now + ms).toISOString();
const minute = 60_000;
const hour = 60 * minute;

describe("a service window", () => {
  test.each([
    [24 * hour, "open", 1],
    [12 * hour, "open", 0.5],
    [2 * hour, "open", 2 / 24],
    [2 * hour - 1, "soon", null],
    [30 * minute, "soon", null],
    [30 * minute - 1, "closing", null],
    [1, "closing", null],
    [0, "closed", 0],
    [-hour, "closed", 0],
  ] as const)("with %i ms left is %s", (ms, state, fraction) => {
    const left = windowLeft(at(ms), now);
    expect(left.state).toBe(state);
    if (fraction !== null) expect(left.fraction).toBeCloseTo(fraction, 9);
  });

  test("of someone who never wrote does not exist", () => {
    expect(windowLeft(null, now)).toEqual({ state: "never", leftMs: 0, fraction: 0 });
  });

  test("that cannot be read counts as closed, so that nothing is promised", () => {
    expect(windowLeft("soon", now).state).toBe("closed");
  });

  test("never shows a minute that is not there", () => {
    expect(clockWords(21 * hour + 14 * minute + 59_999)).toBe("21:14");
    expect(clockWords(59_999)).toBe("0:00");
    expect(clockWords(-5)).toBe("0:00");
  });

  test("is told in hours as long as hours say enough", () => {
    expect(windowUnits(23 * hour + 59 * minute)).toEqual({ unit: "hours", count: 23 });
    expect(windowUnits(2 * hour)).toEqual({ unit: "hours", count: 2 });
    expect(windowUnits(2 * hour - 1)).toEqual({ unit: "minutes", count: 119 });
  });
});

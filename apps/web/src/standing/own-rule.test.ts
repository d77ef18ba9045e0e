import { expect, test } from "vitest";
import { clockWords, linesOf, minutesOf } from "./own-rule.ts";

test.each([
  ["00:00", 0],
  ["8:05", 485],
  ["21:00", 1_260],
  ["24:00", 1_440],
  ["24:01", null],
  ["12:60", null],
  ["noon", null],
  ["", null],
])("a time of day: %s", (clock, minutes) => {
  expect(minutesOf(clock)).toBe(minutes);
});

test("is written as it is read", () => {
  for (const minutes of [0, 485, 1_260, 1_440]) expect(minutesOf(clockWords(minutes, "de"))).toBe(minutes);
});

test("lines are trimmed, not empty, and each once", () => {
  expect(linesOf(" gratis \n\nlaatste kans\ngratis\n")).toEqual(["gratis", "laatste kans"]);
});

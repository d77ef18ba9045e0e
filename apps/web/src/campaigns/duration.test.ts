import { expect, test } from "vitest";
import { durationUnits } from "./duration.ts";

test.each([
  [0, "seconds", 1],
  [89.2, "seconds", 90],
  [90, "minutes", 2],
  [5_399, "minutes", 90],
  [5_400, "hours", 2],
  [172_799, "hours", 48],
  [172_801, "days", 3],
] as const)("%d seconds are told in %s", (seconds, unit, count) => {
  expect(durationUnits(seconds)).toEqual({ unit, count });
});

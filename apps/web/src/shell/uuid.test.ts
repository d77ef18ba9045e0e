import { expect, test } from "vitest";
import { uuid7 } from "./uuid.ts";

test("ids sort in the order they were made, also within one millisecond", () => {
  const ids = Array.from({ length: 5_000 }, () => uuid7(1_780_000_000_000));
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

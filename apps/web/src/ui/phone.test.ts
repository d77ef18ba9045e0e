import { expect, test } from "vitest";
import { readablePhone } from "./phone.ts";

test.each([
  ["+31612345002", "+31 612 345 002"],
  ["+4915155500101", "+49 151 555 001 01"],
  ["+12025550123", "+1 202 555 0123"],
  ["+35312345678", "+353 123 456 78"],
  ["NL.27692793722703959", "NL.27692793722703959"],
  ["+31 6 1234", "+31 6 1234"],
])("%s reads %s", (value, words) => {
  expect(readablePhone(value)).toBe(words);
});

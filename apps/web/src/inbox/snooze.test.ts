import { expect, test } from "vitest";
import { snoozePresets } from "./snooze.ts";

test("later today is three hours on, on the hour, and only while it is still today", () => {
  expect(snoozePresets(new Date(2026, 10, 22, 9, 20)).later).toEqual(new Date(2026, 10, 22, 12, 0));
  expect(snoozePresets(new Date(2026, 10, 22, 22, 20)).later).toBeNull();
});

test("Monday is the next one, also on a Monday", () => {
  expect(snoozePresets(new Date(2026, 10, 22, 9)).monday).toEqual(new Date(2026, 10, 23, 9));
  expect(snoozePresets(new Date(2026, 10, 23, 9)).monday).toEqual(new Date(2026, 10, 30, 9));
});

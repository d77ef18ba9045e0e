import type { CampaignProgress } from "@loket/contract";
import { expect, test } from "vitest";
import { outCount, progressParts, remainingCount, settledCount, waitsUntil } from "./progress.ts";

const progress: CampaignProgress = {
  audience: 100,
  toFreeze: 10,
  waiting: 20,
  held: 5,
  underWay: 2,
  uncertain: 1,
  accepted: 40,
  delivered: 30,
  read: 10,
  failed: 4,
  refused: 12,
  expired: 1,
  cancelled: 2,
  excluded: 3,
  perMinute: 0,
  endsAt: null,
};

test("everybody is in one part of the bar", () => {
  const whole = progressParts(progress).filter(({ isPart }) => !isPart);
  expect(whole.reduce((sum, { count }) => sum + count, 0)).toBe(progress.audience);
  expect(new Set(whole.map(({ key }) => key)).size).toBe(whole.length);
});

test("parts without anybody are left out, but never how many got it", () => {
  const none = Object.fromEntries(Object.keys(progress).map((name) => [name, 0])) as unknown as CampaignProgress;
  expect(progressParts(none).map(({ key }) => key)).toEqual(["accepted", "delivered", "read"]);
});

test("it waits for a limit or for its hour, and only while it runs", () => {
  const hour = "2026-11-22T14:00:00.000Z";
  const before = Date.parse("2026-11-22T13:00:00.000Z");
  const after = Date.parse("2026-11-22T15:00:00.000Z");
  expect(waitsUntil({ state: "running", waitsUntil: null, startsAt: hour }, before)).toBe(hour);
  expect(waitsUntil({ state: "running", waitsUntil: null, startsAt: hour }, after)).toBeNull();
  expect(waitsUntil({ state: "running", waitsUntil: hour, startsAt: null }, before)).toBe(hour);
  expect(waitsUntil({ state: "draft", waitsUntil: null, startsAt: hour }, before)).toBeNull();
});

test("what ending now would still stop, and what it would not bring back", () => {
  expect(remainingCount(progress)).toBe(35);
  expect(outCount(progress)).toBe(47);
  expect(settledCount(progress)).toBe(65);
});

import { expect, test } from "vitest";
import { dayKey, dayWords, fileSize, since } from "./time.ts";

const now = new Date(2026, 10, 22, 12, 0).getTime();
const words = { now: "now", min: "min", h: "h" };
const minute = 60_000;

test.each([
  [0, "now"],
  [59_000, "now"],
  [4 * minute, "4 min"],
  [3 * 60 * minute, "3 h"],
  [26 * 60 * minute, "Sat"],
  [10 * 24 * 60 * minute, "12 Nov"],
])("%i ms ago", (ms, text) => {
  expect(since(now - ms, "en", now, words)).toBe(text);
});

test("a day has its own name while it is near", () => {
  const near = { today: "Today", yesterday: "Yesterday" };
  expect(dayWords(dayKey(now), "en", now, near)).toBe("Today");
  expect(dayWords(dayKey(now - 86_400_000), "en", now, near)).toBe("Yesterday");
  expect(dayWords("2026-11-12", "nl", now, near)).toBe("donderdag 12 november");
});

test("sizes are told as people read them", () => {
  expect(fileSize(900, "en")).toBe("900 B");
  expect(fileSize(20_400, "en")).toBe("20 kB");
  expect(fileSize(1_834_000, "nl")).toBe("1,8 MB");
});

import { expect, test } from "vitest";
import { instantAt, wallClock, zonedDateTime } from "./zone.ts";

test.each([
  ["2026-11-23", "09:00", "Europe/Amsterdam", "2026-11-23T08:00:00.000Z"],
  ["2026-07-01", "09:00", "Europe/Amsterdam", "2026-07-01T07:00:00.000Z"],
  ["2026-11-23", "00:30", "Asia/Kolkata", "2026-11-22T19:00:00.000Z"],
  ["2026-11-23", "09:00", "America/New_York", "2026-11-23T14:00:00.000Z"],
])("%s %s in %s", (date, time, zone, instant) => {
  expect(instantAt({ date, time }, zone)).toBe(instant);
  expect(wallClock(instant, zone)).toEqual({ date, time });
});

test("a time the clocks skip comes an hour later, one they show twice the first time", () => {
  expect(instantAt({ date: "2027-03-28", time: "02:30" }, "Europe/Amsterdam")).toBe("2027-03-28T01:30:00.000Z");
  expect(instantAt({ date: "2026-10-25", time: "02:30" }, "Europe/Amsterdam")).toBe("2026-10-25T00:30:00.000Z");
});

test("what is no date is none", () => {
  expect(instantAt({ date: "", time: "09:00" }, "Europe/Amsterdam")).toBeNull();
  expect(instantAt({ date: "2026-11-23", time: "" }, "Europe/Amsterdam")).toBeNull();
});

test("is told by the clocks of the zone", () => {
  expect(zonedDateTime("2026-11-23T23:30:00.000Z", "en", "Europe/Amsterdam")).toBe("Tue, 24 Nov 2026, 00:30");
});

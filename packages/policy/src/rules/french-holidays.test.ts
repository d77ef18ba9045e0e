import { expect, it } from "vitest";
import { isFrenchHoliday } from "./french-holidays.ts";

function holidaysOf(year: number, inAlsaceMoselle: boolean): string[] {
  const found: string[] = [];
  for (let ms = Date.UTC(year, 0, 1); ms < Date.UTC(year + 1, 0, 1); ms += 86_400_000) {
    const date = new Date(ms).toISOString().slice(0, 10);
    if (isFrenchHoliday(date, inAlsaceMoselle)) found.push(date.slice(5));
  }
  return found;
}

it.each([
  [2024, "04-01", "05-09", "05-20"],
  [2025, "04-21", "05-29", "06-09"],
  [2026, "04-06", "05-14", "05-25"],
  [2027, "03-29", "05-06", "05-17"],
  [2038, "04-26", "06-03", "06-14"], // the latest Easter there can be
])("%i has its movable holidays", (year, easterMonday, ascension, whitMonday) => {
  const fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
  expect(holidaysOf(year, false)).toEqual([...fixed, easterMonday, ascension, whitMonday].sort());
});

it("two holidays may share a day, as 1 May and Ascension did in 2008", () => {
  expect(holidaysOf(2008, false)).toHaveLength(10);
});

it("Alsace and Moselle keep two more", () => {
  const more = holidaysOf(2026, true).filter((day) => !holidaysOf(2026, false).includes(day));
  expect(more).toEqual(["04-03", "12-26"]);
});

import { dayMs } from "@loket/kit";

/** Holidays on a fixed day, as month and day. */
const fixed = ["01-01", "05-01", "05-08", "07-14", "08-15", "11-01", "11-11", "12-25"];
/** Days from Easter Sunday: Easter Monday, Ascension, Whit Monday. */
const movable = [1, 39, 50];
/** Alsace and Moselle keep Good Friday and the day after Christmas too. */
const goodFriday = -2;
const saintStephen = "12-26";

/** Whether `date` (`YYYY-MM-DD`) is one of the eleven legal holidays of France, or of the thirteen in Alsace and Moselle. */
export function isFrenchHoliday(date: string, inAlsaceMoselle: boolean): boolean {
  const day = date.slice(5);
  if (fixed.includes(day) || (inAlsaceMoselle && day === saintStephen)) return true;
  const fromEaster = (Date.parse(`${date}T00:00:00Z`) - easterSunday(Number(date.slice(0, 4)))) / dayMs;
  return movable.includes(fromEaster) || (inAlsaceMoselle && fromEaster === goodFriday);
}

/** Gregorian, by the method of Meeus, Jones and Butcher: 00:00 UTC of the day. */
function easterSunday(year: number): number {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const corrected = century - Math.floor(century / 4) - Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + corrected + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * late + 114;
  return Date.UTC(year, Math.floor(days / 31) - 1, (days % 31) + 1);
}

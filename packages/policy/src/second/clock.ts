import { dayMs, type Instant, instant, minuteMs } from "@loket/kit";
import type { DayHours, Weekday } from "../zone.ts";

/**
 * What clocks on walls show, asked of the runtime alone and without the book's own reckoning of zones: the plain way,
 * which tries one quarter of an hour after the other.
 */

const quarterMs = 15 * minuteMs;
const furthestMs = 15 * dayMs;

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  formats.set(zone, format);
  return format;
}

function isPermitted(at: number, zone: string, hoursOf: (weekday: Weekday, date: string) => DayHours): boolean {
  const shown = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const hours = hoursOf(String(shown.weekday).toLowerCase() as Weekday, `${shown.year}-${shown.month}-${shown.day}`);
  const minutes = Number(shown.hour) * 60 + Number(shown.minute);
  return hours !== null && minutes >= hours.from && minutes < hours.to;
}

/**
 * The first instant from `at` on at which it is permitted by all of the clocks; `null`: not in the next 15 days. All
 * offsets are whole quarters of an hour and permitted hours begin on one, so nothing opens in between.
 */
export function firstPermitted(
  at: Instant,
  zones: readonly string[],
  hoursOf: (weekday: Weekday, date: string) => DayHours,
): Instant | null {
  const next = Math.floor(at / quarterMs) * quarterMs + quarterMs;
  for (let moment: number = at; moment - at <= furthestMs; moment = moment === at ? next : moment + quarterMs) {
    if (zones.every((zone) => isPermitted(moment, zone, hoursOf))) return instant(moment);
  }
  return null;
}

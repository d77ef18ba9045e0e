import { dayMs, hourMs, type Instant, instant, minuteMs } from "@loket/kit";

/** Times of day where a person is. Zones are IANA names; what a clock shows there is worked out by the runtime's own data. */

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

export interface LocalTime {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly weekday: Weekday;
  /** Minutes since local midnight, 0 to 1,439, as a clock on the wall shows them. */
  readonly minutes: number;
}

/** Whether a text names a zone the runtime knows. */
export function isTimeZone(zone: string): boolean {
  try {
    clockOf(zone);
    return true;
  } catch {
    return false;
  }
}

interface Clock {
  readonly format: Intl.DateTimeFormat;
  /** By hour since 1970: the offset that holds throughout it, or `changing`. */
  readonly offsets: Map<number, number>;
}

const clocks = new Map<string, Clock>();
const changing = Number.NaN;
const mostHours = 10_000;

function clockOf(zone: string): Clock {
  let clock = clocks.get(zone);
  if (clock === undefined) {
    const format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    clock = { format, offsets: new Map() };
    clocks.set(zone, clock);
  }
  return clock;
}

/**
 * How far the clocks of `zone` are ahead of UTC at `at`, in milliseconds. To ask the runtime takes microseconds, and
 * clocks are changed a few times a year: an offset that holds at both ends of an hour holds within it and is kept.
 */
function offsetMs(zone: string, at: number): number {
  const clock = clockOf(zone);
  const hour = Math.floor(at / hourMs);
  let offset = clock.offsets.get(hour);
  if (offset === undefined) {
    const before = offsetExactly(clock.format, hour * hourMs);
    offset = before === offsetExactly(clock.format, (hour + 1) * hourMs) ? before : changing;
    if (clock.offsets.size >= mostHours) clock.offsets.clear();
    clock.offsets.set(hour, offset);
  }
  return Number.isNaN(offset) ? offsetExactly(clock.format, at) : offset;
}

function offsetExactly(format: Intl.DateTimeFormat, at: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
  const shown = Date.UTC(
    parts.year ?? 0,
    (parts.month ?? 1) - 1,
    parts.day ?? 1,
    parts.hour ?? 0,
    parts.minute ?? 0,
    parts.second ?? 0,
  );
  return shown - Math.floor(at / 1000) * 1000;
}

/** What date and time it is in `zone` at `at`. */
export function localTime(at: Instant, zone: string): LocalTime {
  const shown = at + offsetMs(zone, at);
  const day = Math.floor(shown / dayMs);
  return { date: dateOf(day), weekday: weekdayOf(day), minutes: Math.floor((shown - day * dayMs) / minuteMs) };
}

const dates = new Map<number, string>();

/** `YYYY-MM-DD` of a day since 1970. */
function dateOf(day: number): string {
  let date = dates.get(day);
  if (date === undefined) {
    date = new Date(day * dayMs).toISOString().slice(0, 10);
    if (dates.size >= mostHours) dates.clear();
    dates.set(day, date);
  }
  return date;
}

/** The first day of 1970 was a Thursday. */
function weekdayOf(day: number): Weekday {
  return weekdays[(((day + 3) % 7) + 7) % 7] ?? "mon";
}

/**
 * The first instant at which the clocks of `zone` show `minutes` past midnight on `date`; where they skip that time in
 * spring, the instant at which they jump over it.
 */
export function instantOf(date: string, minutes: number, zone: string): Instant {
  return instantShowing(Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs, zone);
}

function instantShowing(shown: number, zone: string): Instant {
  const before = offsetMs(zone, shown - dayMs);
  const after = offsetMs(zone, shown + dayMs);
  for (const offset of before === after ? [before] : [Math.max(before, after), Math.min(before, after)]) {
    const at = shown - offset;
    if (offsetMs(zone, at) === offset) return instant(at);
  }
  return turnBetween(zone, shown - Math.max(before, after) - hourMs, shown - Math.min(before, after) + hourMs);
}

/** When the clocks of `zone` are changed, between two instants of which the offsets differ. */
function turnBetween(zone: string, from: number, to: number): Instant {
  const before = offsetMs(zone, from);
  let low = Math.floor(from / minuteMs);
  let high = Math.ceil(to / minuteMs);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(zone, middle * minuteMs) === before) low = middle;
    else high = middle;
  }
  return instant(high * minuteMs);
}

/** From (inclusive) and to (exclusive), in minutes since local midnight; `null`: nothing is permitted on that day. */
export type DayHours = { readonly from: number; readonly to: number } | null;

/**
 * The earliest instant at or after `at` when all `zones` are within their permitted hours; `null` where there is none in
 * the next 15 days. Several zones: wherever the person may be, it has to be all right.
 */
export function nextPermitted(
  at: Instant,
  zones: readonly string[],
  hoursOf: (weekday: Weekday, date: string) => DayHours,
): Instant | null {
  let candidate = at;
  for (let rounds = 0; rounds < 64; rounds++) {
    let latest: Instant = candidate;
    for (const zone of zones) {
      const next = nextIn(candidate, zone, hoursOf);
      if (next === null) return null;
      if (next > latest) latest = next;
    }
    if (latest === candidate) return candidate;
    if (latest - at > 15 * dayMs) return null;
    candidate = latest;
  }
  return null;
}

function nextIn(at: Instant, zone: string, hoursOf: (weekday: Weekday, date: string) => DayHours): Instant | null {
  const shown = at + offsetMs(zone, at);
  const today = Math.floor(shown / dayMs);
  const minutes = Math.floor((shown - today * dayMs) / minuteMs);
  for (let day = today; day < today + 15; day++) {
    const hours = hoursOf(weekdayOf(day), dateOf(day));
    if (hours === null || hours.from >= hours.to) continue;
    if (day === today && minutes >= hours.from && minutes < hours.to) return at;
    const opens = instantShowing(day * dayMs + hours.from * minuteMs, zone);
    if (opens > at) return opens;
  }
  return null;
}

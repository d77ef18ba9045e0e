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
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();
/** By zone and hour since 1970. */
const offsets = new Map<string, Map<number, number>>();
const mostHours = 10_000;

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-GB", {
      timeZone: zone,
      hourCycle: "h23",
      year: "numeric",
      month: "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format;
}

/**
 * How far the clocks of `zone` are ahead of UTC at `at`, in milliseconds. To ask the runtime takes microseconds, and
 * clocks are changed a few times a year: an offset that holds at both ends of an hour holds within it and is kept.
 */
function offsetMs(zone: string, at: number): number {
  const hour = Math.floor(at / hourMs);
  const before = offsetOnHour(zone, hour);
  return before === offsetOnHour(zone, hour + 1) ? before : offsetExactly(zone, at);
}

function offsetOnHour(zone: string, hour: number): number {
  let kept = offsets.get(zone);
  if (kept === undefined) {
    kept = new Map();
    offsets.set(zone, kept);
  }
  let offset = kept.get(hour);
  if (offset === undefined) {
    if (kept.size >= mostHours) kept.clear();
    offset = offsetExactly(zone, hour * hourMs);
    kept.set(hour, offset);
  }
  return offset;
}

function offsetExactly(zone: string, at: number): number {
  const parts: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(at)) parts[type] = Number(value);
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
  const shown = new Date(at + offsetMs(zone, at));
  const date = shown.toISOString().slice(0, 10);
  return {
    date,
    weekday: weekdays[(shown.getUTCDay() + 6) % 7] ?? "mon",
    minutes: shown.getUTCHours() * 60 + shown.getUTCMinutes(),
  };
}

/**
 * The first instant at which the clocks of `zone` show `minutes` past midnight on `date`; where they skip that time in
 * spring, the instant at which they jump over it.
 */
export function instantOf(date: string, minutes: number, zone: string): Instant {
  const shown = Date.parse(`${date}T00:00:00Z`) + minutes * minuteMs;
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
  const now = localTime(at, zone);
  const today = hoursOf(now.weekday, now.date);
  if (today !== null && now.minutes >= today.from && now.minutes < today.to) return at;
  for (let days = 0; days < 15; days++) {
    const date = new Date(Date.parse(`${now.date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
    const hours = hoursOf(weekdays[(weekdays.indexOf(now.weekday) + days) % 7] ?? "mon", date);
    if (hours === null || hours.from >= hours.to) continue;
    const opens = instantOf(date, hours.from, zone);
    if (opens > at) return opens;
  }
  return null;
}

import type { Locale } from "@loket/contract";

/* Clock times of a place, whatever zone the browser is in. */

export interface WallClock {
  /** `YYYY-MM-DD` */
  readonly date: string;
  /** `HH:mm` */
  readonly time: string;
}

export function wallClock(at: string | number, zone: string): WallClock {
  const parts = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(at));
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? "";
  return { date: `${of("year")}-${of("month")}-${of("day")}`, time: `${of("hour")}:${of("minute")}` };
}

/**
 * The instant at which the clocks of the zone show this; `null` where it is no date and time. A time that the clocks skip
 * in spring is taken an hour later, one they show twice in autumn the first time.
 */
export function instantAt({ date, time }: WallClock, zone: string): string | null {
  const wall = Date.parse(`${date}T${time}:00.000Z`);
  if (Number.isNaN(wall)) return null;
  const offsetAt = (ms: number) => {
    const seen = wallClock(ms, zone);
    return Date.parse(`${seen.date}T${seen.time}:00.000Z`) - Math.floor(ms / 60_000) * 60_000;
  };
  // The offsets in force the day before and the day after are the only ones there can be.
  const offsets = [offsetAt(wall - 86_400_000), offsetAt(wall + 86_400_000)];
  const fitting = offsets.map((offset) => wall - offset).filter((ms) => ms + offsetAt(ms) === wall);
  return new Date(fitting.length > 0 ? Math.min(...fitting) : wall - (offsets[0] ?? 0)).toISOString();
}

/** `Mon, 23 Nov 2026, 09:00` by the clocks of the zone. */
export function zonedDateTime(at: string | number, locale: Locale, zone: string): string {
  return new Intl.DateTimeFormat(locale === "en" ? "en-GB" : locale, {
    timeZone: zone,
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));
}

import type { Locale } from "@loket/contract";

/* Dates as people read them. Formatters are made once per language: making one costs more than using it. */

const tags: Record<Locale, string> = { en: "en-GB", nl: "nl-NL", de: "de-DE" };
const formatters = new Map<string, Intl.DateTimeFormat>();

function format(locale: Locale, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${name}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(tags[locale], options);
    formatters.set(key, found);
  }
  return found;
}

export function timeOfDay(at: string | number, locale: Locale): string {
  return format(locale, "time", { hour: "2-digit", minute: "2-digit" }).format(new Date(at));
}

export function fullDate(at: string | number, locale: Locale): string {
  return format(locale, "full", { dateStyle: "full", timeStyle: "short" }).format(new Date(at));
}

export function shortDateTime(at: string | number, locale: Locale): string {
  return format(locale, "short", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
  }).format(new Date(at));
}

export function shortDate(at: string | number, locale: Locale): string {
  return format(locale, "date", { day: "numeric", month: "short", year: "numeric" }).format(new Date(at));
}

/** The calendar day, in the reader's own zone, as a key to group by. */
export function dayKey(at: string | number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, "0")}-${String(date.getDate()).padStart(2, "0")}`;
}

export function dayWords(
  key: string,
  locale: Locale,
  nowMs: number,
  words: { today: string; yesterday: string },
): string {
  if (key === dayKey(nowMs)) return words.today;
  if (key === dayKey(nowMs - 86_400_000)) return words.yesterday;
  const date = new Date(`${key}T12:00:00`);
  const sameYear = date.getFullYear() === new Date(nowMs).getFullYear();
  return sameYear
    ? format(locale, "day", { weekday: "long", day: "numeric", month: "long" }).format(date)
    : format(locale, "day-year", { weekday: "long", day: "numeric", month: "long", year: "numeric" }).format(date);
}

/** How long ago, as short as a row allows: `now`, `4 min`, `3 h`, `Tue`, `12 Nov`. */
export function since(
  at: string | number,
  locale: Locale,
  nowMs: number,
  words: { now: string; min: string; h: string },
): string {
  const then = new Date(at).getTime();
  const minutes = Math.floor((nowMs - then) / 60_000);
  if (minutes < 1) return words.now;
  if (minutes < 60) return `${minutes} ${words.min}`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} ${words.h}`;
  if (minutes < 6 * 24 * 60) return format(locale, "weekday", { weekday: "short" }).format(then);
  const sameYear = new Date(then).getFullYear() === new Date(nowMs).getFullYear();
  return format(
    locale,
    sameYear ? "day-month" : "day-month-year",
    sameYear ? { day: "numeric", month: "short" } : { day: "numeric", month: "numeric", year: "2-digit" },
  ).format(then);
}

export function fileSize(bytes: number, locale: Locale): string {
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(tags[locale], { maximumFractionDigits: digits }).format(value);
  if (bytes < 1_000) return `${number(bytes, 0)} B`;
  if (bytes < 1_000_000) return `${number(bytes / 1_000, 0)} kB`;
  return `${number(bytes / 1_000_000, 1)} MB`;
}

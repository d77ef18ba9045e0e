import { dayMs, hourMs, type Instant, instant, minuteMs, parseDurationMs, plus, secondMs } from "@loket/kit";
import type { Moment } from "./story.ts";

/** The instant a moment means, in whole seconds as the platform counts. `before` is the step before, for `+6m`. */
export function instantOf(moment: Moment, now: Instant, timeZone: string, before: Instant | null): Instant {
  const day = /^(\d+)d (\d\d):(\d\d)$/.exec(moment);
  if (day) return localTime(now, timeZone, Number(day[1]), Number(day[2]) * hourMs + Number(day[3]) * minuteMs);
  const durationMs = parseDurationMs(moment.replace(/^\+/, ""));
  if (durationMs === null) throw new RangeError(`Not a moment: ${moment}`);
  if (!moment.startsWith("+")) return wholeSecond(plus(now, -durationMs));
  if (before === null) throw new RangeError(`Nothing comes before ${moment}.`);
  return plus(before, durationMs);
}

/** The day that many days ago where the organisation is, at that time on the clock there. */
function localTime(now: Instant, timeZone: string, daysAgo: number, timeOfDayMs: number): Instant {
  const midnight = Math.floor((now + zoneOffsetMs(now, timeZone)) / dayMs) * dayMs;
  const onTheClock = instant(midnight - daysAgo * dayMs + timeOfDayMs);
  return plus(onTheClock, -zoneOffsetMs(onTheClock, timeZone));
}

function zoneOffsetMs(at: Instant, timeZone: string): number {
  const part = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName");
  const offset = /([+-])(\d\d):(\d\d)/.exec(part?.value ?? "");
  if (!offset) return 0;
  return (offset[1] === "-" ? -1 : 1) * (Number(offset[2]) * hourMs + Number(offset[3]) * minuteMs);
}

function wholeSecond(at: Instant): Instant {
  return instant(Math.floor(at / secondMs) * secondMs);
}

/** Puts names of weekdays for `{+2d}`, in the person's language. */
export function nameDays(text: string, at: Instant, timeZone: string, language: string): string {
  return text.replace(/\{([+-]?\d+)d\}/g, (_whole, days: string) =>
    new Intl.DateTimeFormat(language, { timeZone, weekday: "long" }).format(plus(at, Number(days) * dayMs)),
  );
}

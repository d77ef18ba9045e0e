import { dayMs, type Instant } from "@loket/kit";

/** Whether `months` have passed from `moment` to `at`. */
export function havePassed(months: number, moment: Instant, at: Instant): boolean {
  const days = (at - moment) / dayMs;
  // What the calendar would say is clear without asking it, but near the end.
  if (days < months * 28) return false;
  return days > months * 31 || at >= monthsAfter(moment, months);
}

/** The same day of a later month, or its last one: 31 August and six months make 28 February. */
function monthsAfter(moment: Instant, months: number): number {
  const date = new Date(moment);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, lastDay));
}

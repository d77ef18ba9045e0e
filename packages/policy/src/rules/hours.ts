import type { Case } from "../case.ts";
import type { Effect } from "../rule.ts";
import { type DayHours, nextPermitted, type Weekday } from "../zone.ts";

/** What rules on times of day share. */

/** Advertising at a moment of the sender's choosing; what somebody asked for just now is welcome at any hour. */
export function isSolicitation({ request: { kind, solicited }, isMarketing, isProactive }: Case): boolean {
  return (
    kind === "sales-call" ||
    (isMarketing && solicited !== true && kind !== "opt-out-confirmation") ||
    (kind === "opt-in-request" && isProactive)
  );
}

/** Waits until every clock the person may live by is within the permitted hours. Where that never happens, for an event. */
export function waitForHours(
  send: Case,
  hoursOf: (weekday: Weekday, date: string) => DayHours,
  zones: readonly string[] = send.candidateZones,
): false | Effect {
  const next = nextPermitted(send.at, zones, hoursOf);
  if (next === send.at) return false;
  return next === null ? {} : { until: next };
}

/** On full hours. */
export function between(from: number, to: number): NonNullable<DayHours> {
  return { from: from * 60, to: to * 60 };
}

import { type Instant, parseInstant, toIso } from "@loket/kit";
import { isBody } from "../platform/parameters.ts";
import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import { type Era, eras, type RuleName } from "../platform/rules/era-table.ts";
import { inForce, rulesAt } from "../platform/rules/eras.ts";
import type { Body } from "../platform/state.ts";

/** `GET rules`: the day whose rules apply, which those are, and the thresholds. */
export function showRules(platform: Platform): Body {
  const { asOf, thresholds } = platform.state.rules;
  const day = (at: number | null) => (at === null ? null : new Date(at).toISOString().slice(0, 10));
  return {
    asOf: asOf === null ? null : toIso(asOf),
    at: toIso(rulesAt(platform)),
    thresholds,
    rules: Object.entries<Era>(eras).map(([name, { from, until, title, source, firstDay }]) => ({
      name,
      title,
      source: firstDay === "unverified" ? `${source} (first day unverified)` : source,
      citation: source,
      firstDayVerified: firstDay !== "unverified",
      from: day(from),
      until: day(until),
      inForce: inForce(platform, name as RuleName),
    })),
  };
}

/** `PUT rules { asOf?, thresholds? }`: members given replace those in force; `asOf: null` follows the clock again. */
export function changeRules(platform: Platform, body: Body): Body {
  if (body.asOf !== undefined) platform.state.rules.asOf = body.asOf === null ? null : readDay(body.asOf);
  if (body.thresholds !== undefined) {
    if (!isBody(body.thresholds)) throw new ControlError("thresholds must be an object of groups.");
    changeThresholds(platform.state.rules.thresholds, body.thresholds);
  }
  platform.announce({ type: "faults" });
  return showRules(platform);
}

/** A day (`2019-12-08`, from its first moment in UTC) or an instant in RFC 3339. */
export function readDay(value: unknown): Instant {
  const at = typeof value === "string" ? parseInstant(value.length === 10 ? `${value}T00:00:00Z` : value) : null;
  if (at === null)
    throw new ControlError(
      'asOf must be a day, such as "2019-12-08", an instant with zone, or null.',
      400,
      "not-a-day",
    );
  return at;
}

function changeThresholds(thresholds: object, wanted: Body): void {
  const groups = thresholds as Record<string, Record<string, unknown>>;
  for (const [name, values] of Object.entries(wanted)) {
    const group = groups[name];
    if (!group || !isBody(values))
      throw new ControlError(`Unknown thresholds: ${name}. There are ${Object.keys(groups).join(", ")}.`);
    for (const [key, value] of Object.entries(values)) {
      if (typeof group[key] !== "number" || typeof value !== "number" || !Number.isFinite(value) || value < 0)
        throw new ControlError(`${name}.${key} must be one of ${Object.keys(group).join(", ")} with a number from 0.`);
      group[key] = value;
    }
  }
}

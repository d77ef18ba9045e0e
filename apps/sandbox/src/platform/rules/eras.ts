import type { Instant } from "@loket/kit";
import type { Platform } from "../platform.ts";
import { type Era, eras, type RuleName } from "./era-table.ts";

/** The day whose rules apply: the one chosen, else the sandbox's own. */
export function rulesAt(platform: Platform): Instant {
  return platform.state.rules.asOf ?? platform.now();
}

/** Whether a rule holds on the day whose rules apply. */
export function inForce(platform: Platform, name: RuleName): boolean {
  return holdsAt(name, rulesAt(platform));
}

export function holdsAt(name: RuleName, at: number): boolean {
  const { from, until }: Era = eras[name];
  return (from === null || at >= from) && (until === null || at < until);
}

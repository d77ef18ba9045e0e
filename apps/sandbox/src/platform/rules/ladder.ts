import { dayMs } from "@loket/kit";
import type { Step } from "./codes.ts";

/**
 * What follows a strike, step by step, as the platform's page "Policy enforcement" names it: a warning, blocks of 1 and 3 days
 * without templates, blocks of 5, 7 and 30 days without any message, a lock without end, the ban. That each strike climbs one
 * step is ours; so is what earns a strike (thresholds.ts).
 */
export const ladder: readonly Step[] = [
  { step: "warning" },
  { step: "restriction", lastsMs: dayMs, of: "templates" },
  { step: "restriction", lastsMs: 3 * dayMs, of: "templates" },
  { step: "restriction", lastsMs: 5 * dayMs, of: "everything" },
  { step: "restriction", lastsMs: 7 * dayMs, of: "everything" },
  { step: "restriction", lastsMs: 30 * dayMs, of: "everything" },
  { step: "restriction", lastsMs: null, of: "everything" },
  { step: "ban" },
];

/** The types of `restriction_info` of each kind of block. */
export const restrictionTypes = {
  templates: ["RESTRICTED_BIZ_INITIATED_MESSAGING", "RESTRICTED_ADD_PHONE_NUMBER_ACTION"],
  everything: [
    "RESTRICTED_BIZ_INITIATED_MESSAGING",
    "RESTRICTED_CUSTOMER_INITIATED_MESSAGING",
    "RESTRICTED_ADD_PHONE_NUMBER_ACTION",
  ],
} as const;

export function inWords(step: Step): string {
  if (step.step === "warning") return "a warning";
  if (step.step === "ban") return "the account is disabled";
  const what = step.of === "templates" ? "no templates and no new numbers" : "no messages at all";
  return step.lastsMs === null
    ? `${what}, without end`
    : `${what} for ${step.lastsMs === dayMs ? "1 day" : `${step.lastsMs / dayMs} days`}`;
}

import type { Platform } from "../platform.ts";
import { inForce } from "./eras.ts";

/** How many people a limit lets a business reach on its own initiative in a moving 24 hours ("Messaging limits"). */
const peopleByTier: Record<string, number> = {
  TIER_50: 50,
  TIER_250: 250,
  TIER_1K: 1_000,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: Number.POSITIVE_INFINITY,
  TIER_NOT_SET: 250,
};

export const tierNames: readonly string[] = Object.keys(peopleByTier);

/** The steps of the ladder; the step of 1,000 gave way to 2,000 when limits moved to the portfolio. */
const portfolioSteps = ["TIER_250", "TIER_2K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"] as const;
const numberSteps = ["TIER_250", "TIER_1K", "TIER_10K", "TIER_100K", "TIER_UNLIMITED"] as const;

/** People a tier allows; one nobody knows limits nothing. */
export function peopleOf(tier: string): number {
  return peopleByTier[tier] ?? Number.POSITIVE_INFINITY;
}

/** The next higher (or lower) limit, or `null` at the end of the ladder. */
export function nextTier(platform: Platform, tier: string, direction: 1 | -1 = 1): string | null {
  const steps = inForce(platform, "portfolio-limit") ? portfolioSteps : numberSteps;
  const people = peopleOf(tier);
  return direction === 1
    ? (steps.find((step) => peopleOf(step) > people) ?? null)
    : (steps.findLast((step) => peopleOf(step) < people) ?? null);
}

import { z } from "zod";
import { instant } from "./common.ts";

/**
 * Why nothing is handed over until somebody confirms: `older`, the database is older than what was sent (a backup that was
 * restored); `copied`, it runs at a place that nobody at work knows; `foreign`, it belongs to an installation with other
 * keys.
 */
export const holdReason = z.enum(["older", "copied", "foreign"]);

export const handOverHold = z.object({
  reason: holdReason,
  since: instant,
  /** Where it was found: directory and machine. */
  foundAt: z.string(),
  /** What would leave at once. */
  waiting: z.object({
    /** Messages that are no campaign's and have waited since before the hold. */
    messages: z.number().int(),
    /** Campaigns that were under way. */
    campaigns: z.number().int(),
    /** People these have still to reach, as far as they are written down. */
    people: z.number().int(),
    oldestAt: instant.nullable(),
  }),
});
export type HandOverHold = z.infer<typeof handOverHold>;

export const holdAnswer = z.object({ hold: handOverHold.nullable() });

export const holdConfirm = z.object({
  /** The hold one was told of: another one is not confirmed by this. */
  since: instant,
  /** What becomes of what has waited since before the hold. */
  waiting: z.enum(["hand-over", "call-off"]),
});

export const holdConfirmed = z.object({ messages: z.number().int(), campaigns: z.number().int() });
export type HoldConfirmed = z.infer<typeof holdConfirmed>;

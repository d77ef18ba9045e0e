import { hourMs } from "@loket/kit";
import { type Failure, failureOf } from "../graph-error.ts";
import type { Platform } from "../platform.ts";
import type { BusinessNumber, Message } from "../state.ts";
import { inForce } from "./eras.ts";
import { numberRecord } from "./number-quality.ts";

/**
 * A number that many people blocked or reported sends fewer templates: what goes beyond is answered with 200 and fails with 131048
 * ("Error codes": too many previous messages were blocked or flagged as spam). How many an hour is ours.
 */
export function whySpamLimited(platform: Platform, number: BusinessNumber, message: Message): Failure | null {
  if (number.quality !== "RED" || !message.template || !inForce(platform, "spam-limit")) return null;
  const record = numberRecord(platform, number.id);
  const now = platform.now();
  if (!record.spamHour || now - record.spamHour.from >= hourMs) record.spamHour = { from: now, sent: 0 };
  if (record.spamHour.sent >= platform.state.rules.thresholds.spam.templatesAnHour) return failureOf(131048);
  record.spamHour.sent += 1;
  return null;
}

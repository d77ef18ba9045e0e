import { type Failure, failureOf } from "../graph-error.ts";
import type { Platform } from "../platform.ts";
import type { Message, Phone, Thread } from "../state.ts";
import { whyUnpaid } from "./billing.ts";
import { whyMarketingFails } from "./marketing.ts";
import { takePlace } from "./messaging-limit.ts";

/**
 * Where messages meet the rules: asked when a message is processed, after everything that concerns one person alone. The
 * messaging limit comes last, so that a message which fails anyway takes no place.
 */
export function whyRulesForbid(platform: Platform, message: Message, thread: Thread, phone: Phone): Failure | null {
  const number = platform.state.numbers.get(message.numberId);
  if (!number) return null;
  if (platform.accountOf(number).banState === "disabled") return failureOf(131031);
  return (
    whyUnpaid(platform, message, thread) ??
    whyMarketingFails(platform, message, number, thread, phone) ??
    takePlace(platform, message, thread)
  );
}

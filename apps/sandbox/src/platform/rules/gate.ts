import { type Failure, failureOf } from "../graph-error.ts";
import type { Platform } from "../platform.ts";
import type { Account, Message, Phone, Thread } from "../state.ts";
import { whyUnpaid } from "./billing.ts";
import { whyMarketingFails } from "./marketing.ts";
import { takePlace } from "./messaging-limit.ts";
import { whySpamLimited } from "./spam-limit.ts";

/**
 * Where messages meet the rules: asked when a message is processed, after everything that concerns one person alone. The
 * messaging limit comes last, so that a message which fails anyway takes no place.
 */
export function whyRulesForbid(platform: Platform, message: Message, thread: Thread, phone: Phone): Failure | null {
  const number = platform.state.numbers.get(message.numberId);
  if (!number) return null;
  if (isShut(platform, platform.accountOf(number), message)) return failureOf(131031);
  return (
    whyUnpaid(platform, message, thread) ??
    whyMarketingFails(platform, message, number, thread, phone) ??
    whySpamLimited(platform, number, message) ??
    takePlace(platform, message, thread)
  );
}

/**
 * What was accepted before a restriction and is processed after it, held for pacing perhaps, fails with 131031: 368 is said in
 * answers alone ("Error codes").
 */
function isShut(platform: Platform, { banState, restrictions }: Account, message: Message): boolean {
  if (banState === "disabled") return true;
  const shut = message.template ? "RESTRICTED_BIZ_INITIATED_MESSAGING" : "RESTRICTED_CUSTOMER_INITIATED_MESSAGING";
  const seconds = platform.now() / 1000;
  return restrictions.some(
    ({ restriction_type, expiration }) =>
      restriction_type === shut && (expiration === undefined || expiration > seconds),
  );
}

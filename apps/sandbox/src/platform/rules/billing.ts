import { type Failure, failureOf } from "../graph-error.ts";
import type { Platform } from "../platform.ts";
import type { Body, Message, Thread } from "../state.ts";
import { isFreeEntryOpen, isWindowOpen } from "../windows.ts";
import { inForce, rulesAt } from "./eras.ts";
import { serviceMessagesOf } from "./ledger.ts";
import { type BilledCategory, type Market, marketsByCallingCode, rateCard } from "./rate-card.ts";
import { isNorthAmerica } from "./regions.ts";

/** Service messages that cost nothing, per number and calendar month (reported since 1 October 2026). */
export const freeServiceMessages = 1_000;

/**
 * The `pricing` object of a message as it is processed ("Pricing"): conversations until 1 July 2025, since then delivered messages;
 * utility within the window and service messages were free until 1 October 2026. The allowance of service messages is taken
 * off in the ledger and does not show here, because no source says how the platform would write it.
 */
export function priceOf(platform: Platform, message: Message, thread: Thread): Body {
  const now = platform.now();
  const category = categoryOf(message);
  if (!inForce(platform, "message-prices")) return { billable: true, pricing_model: "CBP", category };
  if (isFreeEntryOpen(thread, now))
    return { billable: false, pricing_model: "PMP", type: "free_entry_point", category: "referral_conversion" };
  const freeOfOld = category === "service" || (category === "utility" && isWindowOpen(thread, now));
  if (freeOfOld && !inForce(platform, "service-billed"))
    return { billable: false, pricing_model: "PMP", type: "free_customer_service", category };
  return { billable: true, pricing_model: "PMP", type: "regular", category };
}

function categoryOf(message: Message): string {
  if (!message.template) return "service";
  return message.via === "marketing_messages" ? "marketing_lite" : message.template.category.toLowerCase();
}

/** The column of the rate card a message falls in. */
export function billedCategory(message: Message): BilledCategory {
  const category = categoryOf(message);
  return category === "marketing_lite" ? "marketing" : (category as BilledCategory);
}

/** Without a payment method what would be billed fails with 131042; service messages once the month's allowance is used up. */
export function whyUnpaid(platform: Platform, message: Message, thread: Thread): Failure | null {
  const number = platform.state.numbers.get(message.numberId);
  if (!number || platform.accountOf(number).paymentMethod !== false || message.type === "reaction") return null;
  // The first answer to an advertisement opens the free entry point, and is itself free.
  if (thread.entryOfferUntil !== null && platform.now() <= thread.entryOfferUntil) return null;
  const { billable, pricing_model: model } = priceOf(platform, message, thread);
  if (billable !== true || model !== "PMP") return null;
  if (!message.template && serviceMessagesOf(platform, number.id) < freeServiceMessages) return null;
  return failureOf(131042);
}

export function marketOf(digits: string): Market {
  if (isNorthAmerica(digits)) return "North America";
  return marketsByCallingCode.find(([code]) => digits.startsWith(code))?.[1] ?? "Other";
}

/** US dollars for one message of the day whose rules apply, or `null` where the card says nothing. */
export function rateOf(platform: Platform, market: Market, category: BilledCategory): number | null {
  const at = rulesAt(platform);
  return (
    rateCard.findLast((rate) => rate.market === market && at >= rate.from && category in rate.usd)?.usd[category] ??
    null
  );
}

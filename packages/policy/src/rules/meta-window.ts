import { dayMs, type Instant } from "@loket/kit";
import type { Case } from "../case.ts";

/** The standard messaging window of Messenger and Instagram, which more than a message opens. */

/** The person's latest act that opens the window. `null`: none is known. */
export function lastActAt({ facts: { lastInboundAt, messenger }, at }: Case): Instant | null {
  let latest: Instant | null = null;
  for (const moment of [lastInboundAt, messenger?.lastActionAt, messenger?.comment?.at]) {
    if (moment != null && moment <= at && (latest === null || moment > latest)) latest = moment;
  }
  return latest;
}

/** Closed at exactly 24 hours, unless the platform itself reported a later end. */
export function windowIsOpen(send: Case): boolean {
  const { windowEndsAt } = send.facts.messenger ?? {};
  if (windowEndsAt != null && send.at < windowEndsAt) return true;
  const actedAt = lastActAt(send);
  return actedAt !== null && send.at - actedAt < dayMs;
}

const utilityTemplatesBegin = Date.parse("2025-07-01T00:00:00Z");

/** Goes out by another right than the window: a tag, a token, a utility template, or as a private reply. */
export function hasOtherRight({ request: { channel, messenger, payload, template }, at }: Case): boolean {
  if (messenger?.tag === "HUMAN_AGENT" || messenger?.privateReply === true) return true;
  if (channel !== "messenger") return false;
  if (messenger?.tag !== undefined || messenger?.token !== undefined) return true;
  return payload === "template" && template?.category === "utility" && at >= utilityTemplatesBegin;
}

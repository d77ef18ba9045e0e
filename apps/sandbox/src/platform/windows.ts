import { hourMs, type Instant } from "@loket/kit";
import type { Thread } from "./state.ts";

/** The customer service window: 24 hours from the person's last message to this number (not this account). */
export function isWindowOpen(thread: Thread, now: Instant): boolean {
  return thread.lastInboundAt !== null && now - thread.lastInboundAt < 24 * hourMs;
}

/** The free entry point: 72 hours from the first reply to a message that came from an advertisement ("Pricing"). */
export function isFreeEntryOpen(thread: Thread, now: Instant): boolean {
  return thread.freeEntryUntil !== null && now < thread.freeEntryUntil;
}

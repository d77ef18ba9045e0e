import { hourMs, type Instant } from "@loket/kit";
import type { App, BusinessNumber, Message, Thread } from "./state.ts";

/** The parts responders play ("Conversation routing", role identifiers). */
export const roles = ["ai_agent", "ctwa", "customer_service", "escalation", "marketing", "utility"] as const;
export type Role = (typeof roles)[number];

/** Who answers on a number that several responders share; Meta's own agent is `ai_agent`, apps play the other parts. */
export interface Routing {
  /** Who gets a conversation that nobody holds. */
  primary: Role;
  /** By app id. */
  apps: Record<string, Role>;
}

/** Who holds a conversation, since when; after 24 hours without the person nobody does. */
export interface Holder {
  role: Role;
  since: Instant;
}

const idleAfterMs = 24 * hourMs;

/** Who holds a conversation now; `null` where nobody does, or the number has one responder only. */
export function holderOf(number: BusinessNumber, thread: Thread, now: Instant): Role | null {
  if (!number.more?.routing || !thread.holder) return null;
  const lastAt = Math.max(thread.lastInboundAt ?? 0, thread.holder.since);
  return now - lastAt < idleAfterMs ? thread.holder.role : null;
}

/** Before a person's message is told: a conversation nobody holds goes to the primary, or to whom advertisements go. */
export function assignHolder(number: BusinessNumber, thread: Thread, now: Instant, byAd: boolean): void {
  const routing = number.more?.routing;
  if (!routing || holderOf(number, thread, now) !== null) return;
  const forAds = byAd && Object.values(routing.apps).includes("ctwa");
  thread.holder = { role: forAds ? "ctwa" : routing.primary, since: now };
}

/** Whether an app hears of a message in `messages`; if not, in `standby`. Its own messages it follows in `messages` whoever holds. */
export function hearsDirectly(
  number: BusinessNumber,
  thread: Thread,
  app: App | null,
  message: Message,
  now: Instant,
): boolean {
  const routing = number.more?.routing;
  if (!routing || app === null) return true;
  if (message.sentBy !== undefined) return message.sentBy === app.id;
  return message.from === "business" || routing.apps[app.id] === holderOf(number, thread, now);
}

import { dayMs, hourMs, type Instant, instant, plus } from "@loket/kit";
import { existingThread } from "./crowd/crowd.ts";
import { crowdMissed, crowdReceives } from "./crowd/receiving.ts";
import { strikes } from "./faults.ts";
import { type Failure, failureOf } from "./graph-error.ts";
import { chance } from "./identifiers.ts";
import { mediaRefusal } from "./media.ts";
import { fetchAgain, refuseFetched, waitsForLink } from "./media-links.ts";
import type { Platform } from "./platform.ts";
import { priceOf } from "./rules/billing.ts";
import { inForce } from "./rules/eras.ts";
import { whyRulesForbid } from "./rules/gate.ts";
import { noteReached } from "./rules/reactions.ts";
import type { Body, Message, MessageStatus, Phone, Task, Thread } from "./state.ts";
import { tellStatus, webhookVersionOf } from "./webhooks.ts";
import { isWindowOpen } from "./windows.ts";

/**
 * A business's message after it was accepted:
 *
 *     accepted ──process──▶ sent ──deliver──▶ delivered ──read──▶ read
 *         └──────────────▶ failed (said in a status, never in the answer)
 *
 * Windows, blocks and preferences are judged when the message is processed, not when it was accepted: 200 promises nothing.
 * A phone that is off leaves messages at `sent` until it is switched on again or they are too old.
 */
export function processLater(platform: Platform, message: Message): void {
  plan(platform, platform.state.faults.latency.sentMs, { do: "process", messageId: message.id });
}

export function runProgress(platform: Platform, task: Extract<Task, { messageId: string }>): void {
  const message = platform.state.messages.get(task.messageId);
  if (message?.from !== "business") return;
  if (task.do === "process") processNow(platform, message);
  else if (task.do === "deliver") deliver(platform, message);
  else readUpTo(platform, platform.thread(message.numberId, message.phone), message.id);
}

function processNow(platform: Platform, message: Message): void {
  if (message.status !== "accepted") return;
  if (waitsForLink(platform, message, (ready) => processNow(platform, ready))) return;
  const thread = platform.thread(message.numberId, message.phone);
  const phone = platform.phone(message.phone);
  const failure = whyItFails(platform, message, thread, phone);
  if (failure) {
    fail(platform, message, failure);
    return;
  }
  const now = platform.now();
  if (thread.entryOfferUntil !== null && now <= thread.entryOfferUntil) {
    // Free entry point: 72 hours from the first reply to a message that came from an advertisement ("Pricing").
    thread.freeEntryUntil = plus(now, 72 * hourMs);
    thread.entryOfferUntil = null;
  }
  message.pricing = priceOf(platform, message, thread);
  message.conversation = conversationOf(platform, message, thread, now);
  thread.lastOutboundAt = now;
  if (message.type === "reaction") react(platform, message);
  reach(platform, message, "sent");
  // A reaction has no further life ("Reaction messages").
  if (message.type !== "reaction")
    plan(platform, platform.state.faults.latency.deliveredMs, { do: "deliver", messageId: message.id });
}

/** Takes up the messages that waited for a link when the snapshot was taken. */
export function resumeLinks(platform: Platform): void {
  fetchAgain(platform, (message) => processNow(platform, message));
}

/** Ends a message that was accepted, saying why. */
export function fail(platform: Platform, message: Message, failure: Failure): void {
  message.failure = failure;
  crowdMissed(platform, message);
  reach(platform, message, "failed");
}

function whyItFails(platform: Platform, message: Message, thread: Thread, phone: Phone): Failure | null {
  const { state } = platform;
  const number = state.numbers.get(message.numberId);
  for (const fault of state.faults.messages) {
    if ((fault.to === undefined || fault.to.replace(/\D/g, "") === phone.number) && strikes(state, fault)) {
      return failureOf(fault.code, fault.details, fault.title);
    }
  }
  if (!message.template && !isWindowOpen(thread, platform.now())) return failureOf(131047);
  if (!phone.onWhatsApp || phone.movedTo !== null || thread.blockedByPerson) return failureOf(131026);
  if (number && isBlockedByBusiness(number.blockedUsers, phone)) return failureOf(131026);
  if (message.template?.category === "MARKETING" && thread.marketingStopped && inForce(platform, "stop-offers"))
    return failureOf(131050);
  if (message.type === "reaction") return whyReactionFails(platform, message);
  const { mode } = state.records.mediaLinks;
  const ofFile = mode === "fetch" ? refuseFetched(platform, message) : mediaRefusal(message);
  return ofFile ?? whyRulesForbid(platform, message, thread, phone);
}

function isBlockedByBusiness(blocked: ReadonlySet<string>, phone: Phone): boolean {
  return blocked.has(phone.number);
}

function whyReactionFails(platform: Platform, message: Message): Failure | null {
  const target = platform.state.messages.get(String((message.content as Body).message_id));
  const stale = !target || target.phone !== message.phone || target.revoked || target.type === "reaction";
  if (stale || platform.now() - target.at > 30 * dayMs) {
    return failureOf(
      131009,
      "Reaction: the message reacted to does not exist, is too old, was deleted or is itself a reaction.",
    );
  }
  return null;
}

function react(platform: Platform, message: Message): void {
  const { message_id: targetId, emoji } = message.content as { message_id: string; emoji?: string };
  const target = platform.state.messages.get(targetId);
  if (!target) return;
  if (emoji) target.reactions.business = emoji;
  else delete target.reactions.business;
}

export { isWindowOpen };

/** The free entry point, or the conversation of 24 hours that webhooks up to version 23 name; `null` where nobody is told of it. */
function conversationOf(platform: Platform, message: Message, thread: Thread, now: Instant): Body | null {
  const freeEntry = thread.freeEntryUntil !== null && now < thread.freeEntryUntil;
  if (!freeEntry && ![...platform.state.apps.values()].some((app) => webhookVersionOf(platform, app) < 24)) return null;
  const expiresAt = freeEntry ? (thread.freeEntryUntil ?? now) : plus(now, 24 * hourMs);
  const id = Array.from({ length: 4 }, () =>
    Math.floor(chance(platform.state) * 2 ** 32)
      .toString(16)
      .padStart(8, "0"),
  ).join("");
  const origin = freeEntry ? "referral_conversion" : (message.template?.category.toLowerCase() ?? "service");
  return { id, expiration_timestamp: String(Math.floor(expiresAt / 1000)), origin: { type: origin } };
}

function deliver(platform: Platform, message: Message): void {
  if (message.status !== "sent") return;
  const phone = platform.phone(message.phone);
  if (!phone.online) return;
  const keptMs = (message.template?.ttlSeconds ?? 30 * 24 * 3600) * 1000;
  if (platform.now() - message.at > keptMs) {
    // Dropped without a word: the platform sends no status when a message outlives its time to live.
    message.status = "dropped";
    announceThread(platform, message);
    return;
  }
  endTypingOf(platform, message);
  reach(platform, message, "delivered");
  if (crowdReceives(platform, message)) return;
  if (phone.autoRead) plan(platform, platform.state.faults.latency.readMs, { do: "read", messageId: message.id });
}

function endTypingOf(platform: Platform, message: Message): void {
  platform.thread(message.numberId, message.phone).typingUntil = null;
}

/** A phone was switched on: what waited for it arrives, in the order it was sent. */
export function deliverWaiting(platform: Platform, phone: Phone): void {
  for (const numberId of platform.state.numbers.keys()) {
    const thread = existingThread(platform.state, numberId, phone.number);
    for (const id of [...(thread?.messageIds ?? [])]) {
      const message = platform.state.messages.get(id);
      if (message?.from === "business" && message.status === "sent" && message.type !== "reaction")
        deliver(platform, message);
    }
  }
}

/** Nobody scrolls further back than this to read; without a bound a long chat would be walked through at every message. */
const readBack = 2_000;

/** The person reads the chat, up to and including `lastId`, or all of it. Answers how many messages became read. */
export function readUpTo(platform: Platform, thread: Thread, lastId?: string): number {
  const last = lastId === undefined ? thread.messageIds.length - 1 : thread.messageIds.lastIndexOf(lastId);
  const phone = platform.phone(thread.phone);
  let count = 0;
  for (const id of thread.messageIds.slice(Math.max(0, last + 1 - readBack), last + 1)) {
    const message = platform.state.messages.get(id);
    if (message?.from !== "business" || message.status !== "delivered") continue;
    count += 1;
    if (phone.readReceipts) reach(platform, message, "read");
    else message.status = "read";
  }
  if (count > 0) platform.announce({ type: "thread", numberId: thread.numberId, phone: thread.phone });
  return count;
}

/** A voice note was listened to. */
export function play(platform: Platform, message: Message): void {
  if (message.status === "delivered" || message.status === "read") reach(platform, message, "played");
}

/** A message of the business reaches a state: kept, counted and told. */
export function reach(platform: Platform, message: Message, status: MessageStatus): void {
  message.status = status;
  message.history.push({ status, at: platform.now() });
  if (message.via !== "history") noteReached(platform, message, status);
  const number = platform.state.numbers.get(message.numberId);
  if (number && message.via !== "history") tellStatus(platform, number, platform.phone(message.phone), message);
  announceThread(platform, message);
}

function announceThread(platform: Platform, message: Message): void {
  platform.announce({ type: "thread", numberId: message.numberId, phone: message.phone });
}

function plan(platform: Platform, delayMs: number, task: Task): void {
  const { jitterMs } = platform.state.faults.latency;
  platform.agenda.plan(delayMs + (jitterMs > 0 ? instant(chance(platform.state) * jitterMs) : 0), task);
}

import type { Instant } from "@loket/kit";
import type { Platform } from "../platform.ts";
import type { BusinessNumber, Message, MessageStatus, Template } from "../state.ts";
import { noteAdvertising } from "./category.ts";
import { accountRecord, judgeAccount } from "./enforcement.ts";
import { bill } from "./ledger.ts";
import { countTowardsRaise } from "./messaging-limit.ts";
import { judgeNumber, numberRecord } from "./number-quality.ts";
import { count, type Reaction } from "./tally.ts";
import { judgeTemplate, templateRecord, watch } from "./template-quality.ts";

/**
 * Tells the rules of every step a business's message takes. Quality is counted on templates: who writes to a shop and is
 * answered says nothing about whether it sends to people who want it.
 */
export function noteReached(platform: Platform, message: Message, status: MessageStatus): void {
  if (status === "sent") noteAdvertising(platform, message);
  if (status === "delivered") noteDelivered(platform, message);
  if (status === "read" && message.template) countEverywhere(platform, message.numberId, message.template.id, "read");
}

function noteDelivered(platform: Platform, message: Message): void {
  const number = platform.state.numbers.get(message.numberId);
  const thread = platform.thread(message.numberId, message.phone);
  bill(platform, message, thread);
  if (!number || !message.template) return;
  countTowardsRaise(platform, number, message, thread);
  const record = templateRecord(platform, message.template.id);
  const now = platform.now();
  record.lastDeliveredAt = now;
  numberRecord(platform, number.id).lastTemplate = { id: message.template.id, at: message.at };
  countEverywhere(platform, number.id, message.template.id, "delivered");
  const template = platform.state.templates.get(message.template.id);
  if (template && !record.watched && isLookedAt(platform, template)) watch(platform, template, record);
  if (number.quality === "UNKNOWN") judgeNumber(platform, number);
}

/** A new template is rated after a while; unread messages are noticed by nothing but another look. */
function isLookedAt(platform: Platform, { quality }: Template): boolean {
  return quality === "UNKNOWN" || platform.state.rules.thresholds.quality.readShareAtLeast > 0;
}

function countEverywhere(
  platform: Platform,
  numberId: string,
  templateId: string,
  what: "delivered" | "read" | Reaction,
  laidTo?: Instant,
): void {
  const now = platform.now();
  const number = platform.state.numbers.get(numberId);
  const record = templateRecord(platform, templateId);
  record.whole ??= [];
  count(record.tally, now, what);
  count(record.whole, now, what);
  count(numberRecord(platform, numberId).tally, now, what);
  if (!number) return;
  const account = accountRecord(platform, number.accountId);
  const lastStrikeAt = account.strikes.at(-1)?.at ?? null;
  // What was punished once is not punished again: a late report of an old message earns no second strike.
  if (laidTo === undefined || lastStrikeAt === null || laidTo > lastStrikeAt) count(account.tally, now, what);
}

/** A person blocked, reported or stopped the offers of a number: laid to the last template that reached them. */
export function noteReaction(platform: Platform, number: BusinessNumber, phone: string, what: Reaction): void {
  const template = lastTemplate(platform, number, phone);
  if (template) noteReactionTo(platform, number, template, what);
}

/** The same where the template is known already, and when it was sent. */
export function noteReactionTo(
  platform: Platform,
  number: BusinessNumber,
  { id, at }: { readonly id: string; readonly at: Instant },
  what: Reaction,
): void {
  countEverywhere(platform, number.id, id, what, at);
  const template = platform.state.templates.get(id);
  if (template) judgeTemplate(platform, template);
  judgeNumber(platform, number);
  judgeAccount(platform, platform.accountOf(number));
}

/** Nobody scrolls further back to be annoyed. */
const lookedBack = 50;

function lastTemplate(platform: Platform, number: BusinessNumber, phone: string): { id: string; at: Instant } | null {
  const { messageIds, lastOutboundAt } = platform.thread(number.id, phone);
  const { reactionWithinMs } = platform.state.rules.thresholds.quality;
  for (const id of messageIds.slice(-lookedBack).reverse()) {
    const message = platform.state.messages.get(id);
    if (!message?.template || (message.status !== "delivered" && message.status !== "read")) continue;
    return platform.now() - message.at < reactionWithinMs ? { id: message.template.id, at: message.at } : null;
  }
  const isRecent = lastOutboundAt !== null && platform.now() - lastOutboundAt < reactionWithinMs;
  return isRecent && messageIds.length === 0 ? numberRecord(platform, number.id).lastTemplate : null;
}

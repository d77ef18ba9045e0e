import { type Instant, plus } from "@loket/kit";
import { hash } from "../identifiers.ts";
import type { Platform } from "../platform.ts";
import { type Message, threadKey } from "../state.ts";
import type { Crowd, CrowdAct } from "./crowd-state.ts";
import { drawn, personOfNumber } from "./people.ts";

/**
 * A message has just arrived at a phone: if its owner belongs to the crowd, what they will do about it is settled now. A phone
 * that was set up by itself does what whoever set it up makes it do.
 */
export function crowdReceives(platform: Platform, message: Message): boolean {
  const { crowd } = platform.state;
  const person = crowd === null ? null : personOfNumber(crowd, message.phone);
  if (crowd === null || person === null || platform.state.phones.has(message.phone)) return false;
  crowd.counts.received += 1;
  const delayMs = readingDelayMs(crowd, person, message.id);
  if (delayMs === null) return true;
  platform.agenda.plan(delayMs, {
    do: "crowd",
    crowd: crowd.id,
    act: "read",
    person,
    numberId: message.numberId,
    messageId: message.id,
    at: message.at,
    templateId: message.template?.id ?? null,
    callbackData: message.callbackData,
  });
  return true;
}

/** A message to the crowd failed because nobody could be reached there. */
export function crowdMissed(platform: Platform, message: Message): void {
  const { crowd } = platform.state;
  if (crowd !== null && message.failure?.code === 131026 && personOfNumber(crowd, message.phone) !== null)
    crowd.counts.unreachable += 1;
}

/** Numbers tell the questions apart; a new one gets a new number, or old seeds would tell another story. */
const questions: Record<CrowdAct | "how long" | "which words" | "tap", number> = {
  read: 11,
  reply: 12,
  block: 13,
  report: 14,
  stop: 15,
  "change-number": 16,
  "how long": 17,
  "which words": 18,
  tap: 19,
};

export function drawnAbout(crowd: Crowd, person: number, question: keyof typeof questions, messageId: string): number {
  return drawn(crowd, person, hash(messageId, questions[question]));
}

/** From delivery to reading, or `null` for somebody who will not read this message. */
function readingDelayMs(crowd: Crowd, person: number, messageId: string): number | null {
  const { share, afterMs } = crowd.profile.reads;
  if (drawnAbout(crowd, person, "read", messageId) >= share) return null;
  return spread(afterMs, drawnAbout(crowd, person, "how long", messageId));
}

/** The quantile of a log-normal spread with this median and this 95th percentile, in whole milliseconds. */
export function spread([medianMs, p95Ms]: readonly [number, number], draw: number): number {
  if (medianMs <= 0) return 0;
  const steepness = Math.log(p95Ms / medianMs) / 1.6449;
  // The logistic curve stands in for the normal one: close enough below the 99th percentile, and invertible in one line.
  const open = Math.min(0.9995, Math.max(0.0005, draw));
  return Math.round(medianMs * Math.exp((steepness * Math.log(open / (1 - open))) / 1.79));
}

/** Messages kept of each person of a crowd; of the others, as many as there is room for. */
export const keptPerPerson = 4;

/** A message is about to be forgotten: the thread's list lets go of it, and what is still to come must not tell it twice. */
export function forgetInThread(platform: Platform, message: Message): void {
  const { state } = platform;
  const { crowd } = state;
  const key = threadKey(message.numberId, message.phone);
  const thread = state.threads.get(key);
  const ids = thread?.messageIds ?? crowd?.recent.get(key);
  const index = ids?.indexOf(message.id) ?? -1;
  if (ids && index >= 0) ids.splice(index, 1);
  if (crowd === null) return;
  if (!thread && ids?.length === 0) crowd.recent.delete(key);
  const person = personOfNumber(crowd, message.phone);
  if (person === null || message.from !== "business" || (message.status !== "read" && message.status !== "played"))
    return;
  const delayMs = readingDelayMs(crowd, person, message.id);
  const deliveredAt: Instant | undefined = message.history.find(({ status }) => status === "delivered")?.at;
  if (delayMs !== null && deliveredAt !== undefined && plus(deliveredAt, delayMs) > platform.now())
    crowd.readEarly.add(message.id);
}

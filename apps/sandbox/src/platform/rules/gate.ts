import type { Failure } from "../graph-error.ts";
import type { Platform } from "../platform.ts";
import type { Message, MessageStatus, Phone, Thread } from "../state.ts";
import { countTowardsRaise, takePlace } from "./messaging-limit.ts";

/**
 * Where messages meet the rules: `whyRulesForbid` is asked when a message is processed, after everything that concerns one
 * person alone; `noteReached` is told of every step it takes afterwards.
 */
export function whyRulesForbid(platform: Platform, message: Message, thread: Thread, _phone: Phone): Failure | null {
  return takePlace(platform, message, thread);
}

export function noteReached(platform: Platform, message: Message, status: MessageStatus): void {
  const number = platform.state.numbers.get(message.numberId);
  if (!number || message.from !== "business") return;
  if (status === "delivered")
    countTowardsRaise(platform, number, message, platform.thread(message.numberId, message.phone));
}

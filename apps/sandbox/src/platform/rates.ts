import { GraphError } from "./graph-error.ts";
import type { BusinessNumber, Thread } from "./state.ts";

/**
 * Both limits are kept as a theoretical time of arrival (GCRA): every accepted message moves it one interval into the
 * future, and a message is refused when it lies further ahead than the burst allows. One number per pair is all the memory
 * it takes, and no timer.
 *
 * - Throughput: 80 messages a second per number, 1,000 after the upgrade, 20 for a number that is also on the WhatsApp Business
 *   app (Cloud API, "Throughput"). A second's worth may come at once.
 * - Pair: one message every 6 seconds to one person, and up to 45 at once borrowed from later (same page, "Pair rate limits").
 */
export function takeThroughput(number: BusinessNumber, now: number): void {
  const intervalMs = 1000 / perSecond(number);
  const at = Math.max(number.paceAt, now);
  if (at - now > 1000 - intervalMs) throw new GraphError(130429, { subcode: 2494055 });
  number.paceAt = at + intervalMs;
}

/**
 * A received message is never refused, but counts towards the number's pace: the platform's figure is of both directions together
 * ("Throughput"). However many come, the number is late by one second at most.
 */
export function noteReceived(number: BusinessNumber, now: number): void {
  number.paceAt = Math.min(Math.max(number.paceAt, now) + 1000 / perSecond(number), now + 1000);
}

const perSecondOnApp = 20;

const perSecond = ({ more, throughputPerSecond }: BusinessNumber): number =>
  more?.businessApp ? Math.min(perSecondOnApp, throughputPerSecond) : throughputPerSecond;

export function takePairSlot(number: BusinessNumber, thread: Thread, now: number): void {
  const at = Math.max(thread.pairAt, now);
  if (at - now > (number.pairBurst - 1) * number.pairIntervalMs) throw new GraphError(131056, { subcode: 2494071 });
  thread.pairAt = at + number.pairIntervalMs;
}

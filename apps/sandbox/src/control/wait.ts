import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import type { SeenMessage } from "../platform/seen.ts";
import type { Phone } from "../platform/state.ts";
import { waitForMessage } from "../test-phone.ts";
import { numberFor } from "./find.ts";

const timeoutMsAtMost = 120_000;

/**
 * `GET phones/{n}/wait?text=&type=&after=&from=&timeoutMs=`: answers with the newest message that fits, at once when it is on
 * the phone already; with 408 and what is there instead after `timeoutMs` of real time (default 5,000).
 */
export function waitOnPhone(platform: Platform, phone: Phone, query: URLSearchParams): Promise<SeenMessage> {
  const timeoutMs = Number(query.get("timeoutMs") ?? 5_000);
  if (!(timeoutMs >= 0 && timeoutMs <= timeoutMsAtMost))
    throw new ControlError(`timeoutMs must be from 0 to ${timeoutMsAtMost}.`);
  const from = query.get("from");
  const given = ["type", "text", "after"].flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value]];
  });
  const numberId = from === null ? {} : { numberId: numberFor(platform, from).id };
  return waitForMessage(platform, { ...Object.fromEntries(given), ...numberId, phone: phone.number }, { timeoutMs });
}

import type { Instant } from "@loket/kit";
import { amount, flag, instantText, object, oneOf, orNone } from "../reading.ts";
import { type Channel, channels } from "../request.ts";

/** What is known about an RCS agent and the person's phone. */
export interface RcsFacts {
  /** The use the agent was registered for. */
  readonly agentUse?: "otp" | "transactional" | "promotional" | "multi-use";
  /** The person's latest word to the agent about subscribing was to end it. `null`: it was not. */
  readonly unsubscribedAt?: Instant | null;
  /** `false`: the platform answered 404 for this number. */
  readonly reachable?: boolean;
}

export interface RcsMessage {
  /** Of no use after a while. A one-time code always is. */
  readonly timeBound?: boolean;
  /** How long it is tried. Absent: as long as the platform likes. */
  readonly expiresAfterMs?: number;
  /** Where to turn when the number has no RCS. */
  readonly fallbackChannel?: Channel;
}

export const readRcsFacts = object<RcsFacts>({
  agentUse: oneOf(["otp", "transactional", "promotional", "multi-use"]),
  unsubscribedAt: orNone(instantText),
  reachable: flag,
});

export const readRcsMessage = object<RcsMessage>({
  timeBound: flag,
  expiresAfterMs: amount,
  fallbackChannel: oneOf(channels),
});

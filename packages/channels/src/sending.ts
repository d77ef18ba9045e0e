/**
 * The side door through which messages leave. Only `packages/delivery` imports it, because only there is a verdict
 * kept: `clear` asks for the decision that allowed the message, and `send` takes nothing that was not cleared.
 */
import type { DecisionId, Instant } from "@loket/kit";
import type { Network } from "./whatsapp/network.ts";
import type { Outbound } from "./whatsapp/outbound.ts";
import type { SendOutcome } from "./whatsapp/outcome.ts";

export interface ClearingDecision {
  readonly id: DecisionId;
  readonly outcome: "allow" | "change";
  readonly decidedAt: Instant;
}

declare const clearedBrand: unique symbol;

/** A message that a decision allowed, made only by `clear`. */
export interface Cleared {
  readonly [clearedBrand]: true;
  readonly decision: ClearingDecision;
  readonly outbound: Outbound;
}

/** The connected identity a message leaves from, with what is needed to speak for it. */
export interface SendingAccount {
  readonly channel: "whatsapp";
  /** The platform's id of the number. */
  readonly numberId: string;
  readonly accessToken: string;
  readonly baseUrl?: string;
  readonly version?: string;
}

export function clear(_decision: ClearingDecision, _outbound: Outbound): Cleared {
  throw new Error("not yet");
}

export function send(
  _cleared: Cleared,
  _account: SendingAccount,
  _through: { readonly network: Network; readonly signal?: AbortSignal },
): Promise<SendOutcome> {
  throw new Error("not yet");
}

/**
 * The side door through which messages leave. Only `packages/delivery` imports it, because only there is a verdict
 * kept: `clear` asks for the decision that allowed the message, and `send` takes nothing that was not cleared.
 */
import type { DecisionId, Instant } from "@loket/kit";
import { createWhatsAppClient } from "./whatsapp/client.ts";
import type { Network } from "./whatsapp/network.ts";
import type { Outbound } from "./whatsapp/outbound.ts";
import type { SendOutcome } from "./whatsapp/outcome.ts";

/** A decision that a message may go, as it is or as it was changed. There is no way to write down any other. */
export interface ClearingDecision {
  readonly id: DecisionId;
  readonly outcome: "allow" | "change";
  readonly decidedAt: Instant;
}

declare const clearedBrand: unique symbol;

/** A message that a decision allowed. Made only by `clear`: a look-alike is refused when it is sent. */
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

/** What was cleared in this process. A brand holds for the compiler; this holds for everyone else. */
const clearedHere = new WeakSet<object>();

export function clear(decision: ClearingDecision, outbound: Outbound): Cleared {
  if (decision.outcome !== "allow" && decision.outcome !== "change") {
    throw new TypeError(`A decision of “${String(decision.outcome)}” clears nothing.`);
  }
  // A copy of our own, so that nothing can be put into it after it was judged.
  const cleared = freeze({ decision: structuredClone(decision), outbound: structuredClone(outbound) }) as Cleared;
  clearedHere.add(cleared);
  return cleared;
}

function freeze<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const member of Object.values(value)) freeze(member);
  return Object.freeze(value);
}

/**
 * Hands the message to the platform, once. `signal` calls it off as long as nothing has left; what comes after that is
 * an `unknown` outcome. Never throws for what the platform or the line does.
 */
export async function send(
  cleared: Cleared,
  account: SendingAccount,
  through: { readonly network: Network; readonly signal?: AbortSignal; readonly timeoutMs?: number },
): Promise<SendOutcome> {
  if (!clearedHere.has(cleared)) throw new TypeError("This message was not cleared.");
  const { network, ...options } = through;
  const client = createWhatsAppClient({
    accessToken: account.accessToken,
    network,
    ...(account.baseUrl === undefined ? {} : { baseUrl: account.baseUrl }),
    ...(account.version === undefined ? {} : { version: account.version }),
  });
  return client.sendMessage(account.numberId, cleared.outbound, options);
}

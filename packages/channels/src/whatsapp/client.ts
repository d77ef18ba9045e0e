import type { Result } from "@loket/kit";
import type { Network } from "./network.ts";
import type { Outbound } from "./outbound.ts";
import type { Failure, SendOutcome } from "./outcome.ts";

export interface ClientOptions {
  /** Default `https://graph.facebook.com`; the sandbox's address in development. */
  readonly baseUrl?: string;
  /** Default `v25.0`. */
  readonly version?: string;
  readonly accessToken: string;
  readonly network: Network;
}

export type CallResult<Value> = Result<Value, Failure>;

export interface WhatsAppClient {
  sendMessage(numberId: string, outbound: Outbound, options?: { readonly signal?: AbortSignal }): Promise<SendOutcome>;
}

export function createWhatsAppClient(_options: ClientOptions): WhatsAppClient {
  throw new Error("not yet");
}

export type { Result };

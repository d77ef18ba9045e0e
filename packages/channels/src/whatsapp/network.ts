/**
 * The one way out, as an argument: `createSafeFetch` in production, a simulated line in simulation. An answer is a
 * value, also when there is none, because what a sender may do next depends on how far the request got.
 */
export interface Network {
  request(request: NetworkRequest): Promise<NetworkAnswer>;
}

export interface NetworkRequest {
  readonly method: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  readonly signal?: AbortSignal;
  /** From the call to the last byte of the answer. */
  readonly timeoutMs?: number;
  readonly maxResponseBytes?: number;
  /** How many redirects to follow, each checked like the first address. Default 0, at most 3. */
  readonly redirects?: number;
}

export type NetworkAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      /** Names in lower case. */
      readonly headers: Readonly<Record<string, string>>;
      readonly body: Uint8Array;
      /** The address that answered: another than asked for only where redirects were followed. */
      readonly url: string;
    }
  | {
      readonly kind: "failed";
      readonly reason: NetworkFailure;
      /** Whether the first byte of the request may have left this machine. `false` is a promise. */
      readonly mayHaveLeft: boolean;
      readonly detail: string;
    };

export type NetworkFailure =
  /** The address is not one we talk to: not https, private, malformed, a redirect too many. */
  | "blocked"
  | "nameNotFound"
  | "connectionRefused"
  | "tlsFailed"
  | "connectTimedOut"
  | "timedOut"
  | "connectionLost"
  | "aborted"
  /** The answer is larger than asked for. */
  | "tooLarge"
  | "other";

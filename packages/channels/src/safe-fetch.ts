import type { Network, NetworkAnswer, NetworkRequest } from "./whatsapp/network.ts";

export interface SafeFetchOptions {
  /** Origins (`http://127.0.0.1:4401`) that may be reached although they are loopback, private, or not https. */
  readonly allow?: readonly string[];
  /** Default for requests that name none. */
  readonly timeoutMs?: number;
  readonly connectTimeoutMs?: number;
  readonly maxResponseBytes?: number;
  readonly maxConnectionsPerOrigin?: number;
  /** How names become addresses; the system's resolver unless given. Every address is checked whoever gave it. */
  readonly resolve?: (hostname: string) => Promise<readonly { readonly address: string; readonly family: 4 | 6 }[]>;
}

/** The server's only road out. Close it at the end: it keeps connections open. */
export interface SafeFetch extends Network {
  request(request: NetworkRequest): Promise<NetworkAnswer>;
  close(): Promise<void>;
}

export function createSafeFetch(_options: SafeFetchOptions = {}): SafeFetch {
  throw new Error("not yet");
}

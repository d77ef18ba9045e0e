import type { Instant } from "@loket/kit";
import type { Received } from "./events.ts";

/**
 * Bytes of one webhook call to events. Every entry, change, message and status is read on its own: what cannot be read
 * is set aside and its neighbours are not disturbed. Never throws, whatever the bytes are. Verify the signature first.
 */
export function receive(_body: Uint8Array, _receivedAt: Instant): Received {
  throw new Error("not yet");
}

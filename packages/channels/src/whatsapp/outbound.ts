import type { MessageContent } from "./content.ts";
import type { Problem } from "./outcome.ts";

/** One message to one recipient, ready to be judged and sent. */
export interface Outbound {
  readonly to: Recipient;
  readonly content: MessageContent;
  /** The message this one quotes. */
  readonly repliesTo?: { readonly providerId: string };
  /** At most 512 characters; comes back on every status of this message. */
  readonly callbackData?: string;
  /** Send only while the person's identity is still the one this hash was given for. */
  readonly identityKeyHash?: string;
}

/** A number, a user id, or a group. */
export type Recipient = { readonly phone: string } | { readonly userId: string } | { readonly groupId: string };

/** Everything the channel would refuse about this message, found without asking it. Empty means: may be sent. */
export function checkOutbound(_outbound: Outbound): readonly Problem[] {
  throw new Error("not yet");
}

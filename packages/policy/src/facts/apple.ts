import type { Instant } from "@loket/kit";
import { flag, instantText, listOf, object, oneOf, orNone } from "../reading.ts";

/** What is known about a conversation and an account on Apple Messages for Business. */
export interface AppleFacts {
  /** `deleted`: by the person, who has not written since. `null`: there never was one. */
  readonly conversation?: "active" | "closed" | "deleted" | null;
  /** When the person sent "subscribe" and agreed to a kind of message. `null`: never, or ended since. */
  readonly subscribedAt?: Instant | null;
  /** When the fixed words about notifications and "Unsubscribe" were shown. `null`: never. */
  readonly noticeShownAt?: Instant | null;
  /** A live agent is there in business hours. */
  readonly liveAgent?: boolean;
  /** Groups of words that do what the person expects: reach an agent, show the menu, stop. */
  readonly wiredWords?: readonly ("agent" | "menu" | "unsubscribe")[];
}

export const readAppleFacts = object<AppleFacts>({
  conversation: orNone(oneOf(["active", "closed", "deleted"])),
  subscribedAt: orNone(instantText),
  noticeShownAt: orNone(instantText),
  liveAgent: flag,
  wiredWords: listOf(oneOf(["agent", "menu", "unsubscribe"])),
});

import type { Instant } from "@loket/kit";
import { flag, instantText, object, oneOf, orNone } from "../reading.ts";

/** What is known about a person and a Page or professional account, on Messenger and on Instagram alike. */
export interface MessengerFacts {
  /**
   * The person's latest act that opens the window without being a message: a button, a plugin, a link into a chat that is
   * there already, a reaction, a click on an ad. `null`: none. A comment is said by `comment`.
   */
  readonly lastActionAt?: Instant | null;
  /** The end of a longer window that the platform itself reported, as after an ad. `null`: it reported none. */
  readonly windowEndsAt?: Instant | null;
  /** The person's latest comment, or the one a private reply answers. `null`: none. */
  readonly comment?: MessengerComment | null;
  /** The app was given the right to the human agent tag, or to utility messages. */
  readonly humanAgentGranted?: boolean;
  readonly utilityMessagesGranted?: boolean;
  /** The account says of itself that a machine answers. */
  readonly declaredAutomated?: boolean;
  /** The subscription to marketing messages. `null`: none, or no longer valid. */
  readonly marketingToken?: MarketingToken | null;
  /** Leave for one later message. `null`: none. */
  readonly oneTimeToken?: OneTimeToken | null;
  /** When the person was last asked to subscribe, and last asked with the title of this request. `null`: never. */
  readonly optInAskedAt?: Instant | null;
  readonly sameTitleAskedAt?: Instant | null;
}

export interface MessengerComment {
  readonly at: Instant;
  /** When it was answered privately. `null`: not yet. */
  readonly repliedPrivatelyAt?: Instant | null;
  /** When the broadcast it stands under ended. `null`: still running, or no broadcast at all. */
  readonly broadcastEndedAt?: Instant | null;
}

export interface MarketingToken {
  /** `null`: without an end. */
  readonly expiresAt?: Instant | null;
  /** When this person last got a marketing message. `null`: never. */
  readonly lastUsedAt?: Instant | null;
}

export interface OneTimeToken {
  readonly obtainedAt: Instant;
  /** `null`: not used yet. */
  readonly usedAt?: Instant | null;
}

/** By what right a message goes out on Messenger or Instagram. Without any of it the standard window decides. */
export interface MessengerMessage {
  readonly tag?: "ACCOUNT_UPDATE" | "CONFIRMED_EVENT_UPDATE" | "HUMAN_AGENT" | "POST_PURCHASE_UPDATE";
  /** The message is what its tag is for. Absent: `content.specific` speaks for it, and failing that its kind. */
  readonly fitsTag?: boolean;
  readonly token?: "marketing-message" | "one-time-notification" | "recurring-notification";
  /** Answers a public comment in private. */
  readonly privateReply?: boolean;
}

export const readMessengerFacts = object<MessengerFacts>({
  lastActionAt: orNone(instantText),
  windowEndsAt: orNone(instantText),
  comment: orNone(
    object<MessengerComment>(
      { at: instantText, repliedPrivatelyAt: orNone(instantText), broadcastEndedAt: orNone(instantText) },
      { required: ["at"] },
    ),
  ),
  humanAgentGranted: flag,
  utilityMessagesGranted: flag,
  declaredAutomated: flag,
  marketingToken: orNone(object<MarketingToken>({ expiresAt: orNone(instantText), lastUsedAt: orNone(instantText) })),
  oneTimeToken: orNone(
    object<OneTimeToken>({ obtainedAt: instantText, usedAt: orNone(instantText) }, { required: ["obtainedAt"] }),
  ),
  optInAskedAt: orNone(instantText),
  sameTitleAskedAt: orNone(instantText),
});

export const readMessengerMessage = object<MessengerMessage>({
  tag: oneOf(["ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "HUMAN_AGENT", "POST_PURCHASE_UPDATE"]),
  fitsTag: flag,
  token: oneOf(["marketing-message", "one-time-notification", "recurring-notification"]),
  privateReply: flag,
});

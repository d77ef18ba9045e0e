import type { Instant } from "@loket/kit";
import type { BusinessApp } from "./facts/app.ts";
import type { AppleFacts } from "./facts/apple.ts";
import type { Contract } from "./facts/contract.ts";
import type { EmailFacts } from "./facts/email.ts";
import type { ImportedList, ListSource } from "./facts/imported-list.ts";
import type { Law, SpecialCategory } from "./facts/law.ts";
import type { MessengerFacts } from "./facts/messenger.ts";
import type { Operator } from "./facts/operator.ts";
import type { PublicChannel } from "./facts/public-channel.ts";
import type { RcsFacts } from "./facts/rcs.ts";
import type { SmsFacts } from "./facts/sms.ts";
import type { TelegramFacts } from "./facts/telegram.ts";
import type { Trade } from "./facts/trade.ts";
import type { ViberFacts } from "./facts/viber.ts";
import type { WebchatFacts } from "./facts/webchat.ts";
import type { Channel, Quality } from "./request.ts";

/**
 * What is known about the person, the account and what went before.
 *
 * Three states are kept apart. A value is known. `null`, where a type allows it, is known too: we looked, and there is
 * none ("never wrote", "no birth date on file"). An absent field is *unknown*. What would permit a send (consent, an
 * inbound message, a payment method) counts as missing while unknown; what would stop one (an opt-out, a restriction)
 * may not be assumed away while unknown: `core.facts-missing` then holds the send and names the field.
 */
export interface Facts {
  readonly recipient?: Recipient;
  readonly sender?: Sender;
  /** The person's latest message or call to this sender on this channel, by the channel's clock. `null`: never. */
  readonly lastInboundAt?: Instant | null;
  readonly consents?: readonly Consent[];
  readonly suppressions?: readonly Suppression[];
  readonly account?: Account;
  readonly history?: History;
  readonly trade?: Trade;
  readonly contract?: Contract;
  readonly law?: Law;
  readonly operator?: Operator;
  readonly publicChannel?: PublicChannel;
  /** For `import`: the list that is to be taken in. */
  readonly importedList?: ImportedList;
  readonly app?: BusinessApp;
  readonly apple?: AppleFacts;
  readonly email?: EmailFacts;
  /** Instagram too. */
  readonly messenger?: MessengerFacts;
  readonly rcs?: RcsFacts;
  readonly sms?: SmsFacts;
  readonly telegram?: TelegramFacts;
  readonly viber?: ViberFacts;
  readonly webchat?: WebchatFacts;
}

export const purposes = ["marketing", "transactional", "service", "survey", "sales-call"] as const;
export type Purpose = (typeof purposes)[number];

export interface Recipient {
  /** ISO 3166-1 alpha-2: declared residence, else phone prefix, else prefix of the business-scoped id. */
  readonly region?: string;
  /** ISO 3166-2, e.g. `US-TX`, `UA-43`. `null`: cannot be told. */
  readonly subdivision?: string | null;
  readonly kind?: "natural" | "legal";
  /** E.164. `null`: the person is known without a phone number. */
  readonly phone?: string | null;
  /** WhatsApp's business-scoped user id, e.g. `NL.123…`. */
  readonly bsuid?: string | null;
  /** `YYYY-MM-DD`. `null`: not on file. */
  readonly birthDate?: string | null;
  /** Languages the person reads, first choice first. */
  readonly languages?: readonly string[];
  /** How the address came in, if from a list. `null`: not from an import. */
  readonly importedFrom?: {
    readonly evidenceAttached: boolean;
    /** Absent: a list of one's own. */
    readonly source?: ListSource;
  } | null;
  /** The number was given to another person, or the person moved to another number. `null`: no such event. */
  readonly numberChangedAt?: Instant | null;
  /** A business that published this address for exactly such messages. */
  readonly publishedForSuchMessages?: boolean;
  /**
   * IANA names of every zone the person may be in, as they declared it. Absent or empty: own quiet hours go by the
   * organisation's zone, hours of a law by every zone the number and the place allow.
   */
  readonly timeZones?: readonly string[];
  /** Since when it is open whether the person wants to stop. `null`: nothing is open. */
  readonly clarifyingSince?: Instant | null;
  /** Latest purchase from this sender of something similar. `null`: never a customer. */
  readonly lastPurchaseAt?: Instant | null;
  /** Latest question to this sender about what it offers, on any way. `null`: never asked. */
  readonly lastInquiryAt?: Instant | null;
  /** Latest sign of life other than a message: opened, clicked, logged in. `null`: none. */
  readonly lastActivityAt?: Instant | null;
  /** When the person was told who uses their data, what for and how long. `null`: nobody told them. */
  readonly privacyInformedAt?: Instant | null;
  /** Stands on a national list of people who want no advertising. */
  readonly onRefusalList?: boolean;
}

export interface Sender {
  /** ISO country (and subdivision) where the sending business is established. */
  readonly establishment?: string;
  readonly subdivision?: string | null;
  /** ISO country of the sending phone number. */
  readonly numberCountry?: string;
  readonly kind?: "business" | "charity" | "charity-lottery" | "publisher" | "political" | "public-body";
  readonly viaSolutionProvider?: boolean;
  /** The business profile shows an e-mail address, a site or a phone number for support. */
  readonly profileHasContact?: boolean;
  readonly officialBusinessAccount?: boolean;
  /** The number is also used in the WhatsApp Business App. */
  readonly inBusinessApp?: boolean;
}

/** One record of what a person agreed to. Today's answer is the latest record that covers purpose and channel. */
export interface Consent {
  readonly status: "granted" | "withdrawn";
  /**
   * `soft`: the existing-customer exception; `implied`: from conduct, where a law knows that; `channel-follow`: the person
   * follows a public channel, which is put on record here and there and is never a consent.
   */
  readonly kind: "express" | "soft" | "implied" | "channel-follow";
  readonly purposes: readonly Purpose[];
  readonly channel: Channel | "all";
  readonly method?: "web-form" | "inbound-message" | "in-person" | "paper" | "phone" | "email" | "sms" | "other";
  readonly obtainedAt?: Instant;
  readonly withdrawnAt?: Instant;
  readonly wordingVersion?: string;
  readonly evidenceRef?: string;
  /** The wording names this business; the wording names the channel. */
  readonly namesBusiness?: boolean;
  readonly namesChannel?: boolean;
  /** The second step of a double opt-in, and the channel on which it was taken. */
  readonly confirmedAt?: Instant;
  readonly confirmedBy?: Channel;
  readonly flaws?: readonly ("pre-ticked" | "hidden-in-terms" | "condition-of-service")[];
  /** Historic: taken outside WhatsApp, with its logo, the purpose and an editable number. */
  readonly thirdPartyForm?: boolean;
  /** Only for `soft`: each condition must be known to hold. */
  readonly soft?: SoftOptIn;
  /** What makes it "prior express written consent" in the United States. */
  readonly written?: WrittenConsent;
  /** Of a child: whoever is responsible for it agreed. */
  readonly guardianAgreed?: boolean;
  /** Data of special categories whose use the person agreed to expressly. */
  readonly explicitFor?: readonly SpecialCategory[];
  /** India: asked by a clear notice that lists which data and what for. */
  readonly itemisedNotice?: boolean;
  /** Turkey: stands in the national registry of consents (İYS). */
  readonly inRegistry?: boolean;
}

/** Each must be known to hold; the form must name the business too and not be a condition of a purchase. */
export interface WrittenConsent {
  /** By hand or electronically: a ticked box, a keyword sent in. */
  readonly signed?: boolean;
  /** The wording names the number that will be written to or called. */
  readonly namesNumber?: boolean;
  /** The wording says that advertising will come automatically. */
  readonly saysAutomated?: boolean;
}

export interface SoftOptIn {
  readonly obtainedInSale?: boolean;
  /** Something was paid for; a free account that feeds a paid offer can be a sale without that. */
  readonly purchase?: boolean;
  readonly ownSimilarProducts?: boolean;
  readonly objectionOfferedAtCollection?: boolean;
  readonly objectionOfferedEachTime?: boolean;
  /** A charity: given while showing interest in or support for its aims, and the message serves only those. */
  readonly charitableSupport?: boolean;
}

/** "Not this, not here": what a person no longer wants. It adds to the consent records, it erases none. */
export interface Suppression {
  readonly purpose: Purpose | "all";
  readonly channel: Channel | "all";
  readonly at: Instant;
  readonly source:
    | "keyword"
    | "button"
    | "link"
    | "agent"
    | "complaint"
    | "bounce"
    | "block"
    | "platform-preference"
    | "law-request";
  /** When the one confirmation went out. `null`: not sent. */
  readonly confirmationSentAt?: Instant | null;
}

/** The sender's standing with the platform. */
export interface Account {
  /** What people of the organisation itself stopped this sender from doing. `null`: nothing. */
  readonly stoppedHere?: "marketing" | "business-initiated" | "all" | null;
  readonly disabled?: boolean;
  readonly restrictions?: readonly Restriction[];
  /** Quality of the sending number. */
  readonly quality?: Quality;
  readonly paymentMethod?: boolean;
  /** Service messages delivered from this number in the current calendar month. */
  readonly serviceMessagesThisMonth?: number;
  readonly portfolioLimit?: MessagingLimit;
  readonly numberLimit?: MessagingLimit;
  readonly directSend?: "enabled" | "disabled" | "blocked";
  readonly joinedPlatformAt?: Instant;
  /** E-mail: complaints per delivered message, mean of 7 days; 0.001 is 0.10 %. */
  readonly spamRate7d?: number;
}

export interface Restriction {
  readonly scope: "business-initiated" | "all" | "lock" | "utility-templates";
  /** `null`: until the platform decides otherwise. */
  readonly until: Instant | null;
}

/** Unique people written to outside their windows in a moving 24 hours. */
export interface MessagingLimit {
  readonly limit: number | "unlimited";
  readonly used: number;
  /** When the person who leaves the count first was counted. */
  readonly oldestCountedAt?: Instant | null;
  /** This recipient is among the people already counted. */
  readonly includesRecipient?: boolean;
}

/** What was sent to this person, and how fast the sender is going. */
export interface History {
  /** Marketing messages to this person over all channels, at least those of the last 30 days. */
  readonly marketingSentAt?: readonly Instant[];
  /** The same content went to this person; `null`: never. A retry under the same idempotency key does not count. */
  readonly sameContentSentAt?: Instant | null;
  /** Latest message of any kind to this person, or in this group, from this sender. */
  readonly lastSentAt?: Instant | null;
  /** How many messages may still go out without the 6 seconds between them. */
  readonly burstLeft?: number;
  /** Set after error 131056. */
  readonly pairBackoffUntil?: Instant | null;
  readonly sentInLastSecond?: number;
  /** 80 unless the platform granted 1,000, or 20 beside the Business App. */
  readonly throughputPerSecond?: number;
  /** Latest error 131049 (the person's own marketing limit) and 131050 (the person stopped marketing). */
  readonly marketingLimitHitAt?: Instant | null;
  readonly marketingStoppedErrorAt?: Instant | null;
  /** The latest in-app marketing preference event of this person for this number. */
  readonly marketingPreference?: { readonly value: "stop" | "resume"; readonly at: Instant } | null;
  /** When the business answered a person who came by an ad that leads to WhatsApp, if within 24 hours. */
  readonly adConversationRepliedAt?: Instant | null;
  readonly callPermission?: CallPermission | null;
}

export interface CallPermission {
  readonly kind: "temporary" | "permanent";
  readonly grantedAt: Instant;
  readonly revokedAt?: Instant | null;
}

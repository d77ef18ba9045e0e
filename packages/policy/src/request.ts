import type { Instant } from "@loket/kit";
import type { CallMessage } from "./facts/call.ts";
import type { EmailMessage } from "./facts/email.ts";
import type { SpecialCategory } from "./facts/law.ts";
import type { MessengerMessage } from "./facts/messenger.ts";
import type { RcsMessage } from "./facts/rcs.ts";
import type { SmsMessage } from "./facts/sms.ts";
import type { TelegramMessage } from "./facts/telegram.ts";
import type { GoodsClass } from "./facts/trade.ts";
import type { WebchatMessage } from "./facts/webchat.ts";

/** What is to be sent, in the words of the terms book. Whoever asks knows all of this before pressing send. */

export const channels = [
  "whatsapp",
  "telegram",
  "email",
  "webchat",
  "sms",
  "messenger",
  "instagram",
  "rcs",
  "viber",
  "apple",
  // Calls by telephone. Calls in a channel's app are calls on that channel.
  "phone",
] as const;
export type Channel = (typeof channels)[number];

/** The road a message takes inside a channel: two roads of one channel can have very different rules. */
export const transports = [
  "cloud-api",
  "on-premises-api",
  "business-app",
  "consumer-app",
  "bot-api",
  // A bot that answers for the business account it is connected to, and notifications of a browser.
  "business-connection",
  "push",
  // A WhatsApp Channel, which anybody may follow; channels of Telegram are posted to by a bot.
  "public-channel",
  "smtp",
  "own",
  "other",
] as const;
export type Transport = (typeof transports)[number];

/** `native` is typed by hand in the channel's own app; `none` goes with `setup` and `import`. */
export const payloads = ["free-form", "template", "direct-send", "native", "call", "none"] as const;
export type Payload = (typeof payloads)[number];

export const kinds = [
  "reply",
  "bot-reply",
  "transactional",
  "auth",
  "marketing",
  "newsletter",
  "survey",
  "opt-in-request",
  "doi-confirmation",
  "opt-out-confirmation",
  "channel-post",
  "sales-call",
  // Nothing is sent: the account, its contracts and practices, or a list that is to be taken in, judged as they stand.
  "setup",
  "import",
] as const;
export type Kind = (typeof kinds)[number];

/** A message to somebody, as opposed to a look at how things stand. */
export function isMessageKind(kind: Kind): boolean {
  return kind !== "setup" && kind !== "import";
}

/** A post for whoever follows a channel of Telegram or WhatsApp, sent to nobody in particular. The Platform has no such thing. */
export function isForAll({ channel, transport, kind }: SendRequest): boolean {
  if (kind !== "channel-post") return false;
  return (
    channel === "telegram" || (channel === "whatsapp" && transport !== "cloud-api" && transport !== "on-premises-api")
  );
}

export const templateCategories = ["marketing", "utility", "authentication"] as const;
export type TemplateCategory = (typeof templateCategories)[number];

export const templateStatuses = [
  "APPROVED",
  "PENDING",
  "IN_APPEAL",
  "REJECTED",
  "PAUSED",
  "DISABLED",
  "DELETED",
] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

export const qualities = ["GREEN", "YELLOW", "RED", "UNKNOWN"] as const;
export type Quality = (typeof qualities)[number];

export interface Template {
  readonly name?: string;
  readonly category: TemplateCategory;
  readonly status: TemplateStatus;
  /** The language asked for. */
  readonly language?: string;
  /** Languages with an approved translation. Absent: only `language`, and `status` speaks for it. */
  readonly approvedLanguages?: readonly string[];
  /** What to fall back to when `language` has no approved translation. */
  readonly defaultLanguage?: string;
  readonly quality?: Quality;
  readonly pausedAt?: Instant;
  /** 1 for the first pause, 2 for the second. */
  readonly pauseCount?: number;
  /** The platform said that it holds messages with this template until it has judged their quality. */
  readonly heldForQualityAssessment?: boolean;
  /** Count, order, names and header of the values equal the approved structure, and none is empty. Absent: not checked. */
  readonly parametersComplete?: boolean;
  /** Only for authentication: has a one-time-passcode button; free of links, media and emoji; longest parameter. */
  readonly otpButton?: boolean;
  readonly plainBody?: boolean;
  readonly longestParameter?: number;
}

/** What the words of the message do. Absent means nobody looked; each rule says how it takes that. */
export interface Content {
  /** Relates to the person's own order, account or request, or is essential. Absent: `kind` speaks for it. */
  readonly specific?: boolean;
  /** A keyword hint, button, link or header through which the person can stop further messages. */
  readonly stopPath?: boolean;
  /** The business is named in the body, the profile or the display name. */
  readonly senderNamed?: boolean;
  /** Holds or asks for a full card, bank account or identity document number. */
  readonly sensitiveIdentifiers?: boolean;
  /** Health data that the law of one side does not let through systems like this channel. */
  readonly protectedHealthData?: boolean;
  /** Claims another business without authority, or misstates the nature of the business. */
  readonly impersonation?: boolean;
  /** Goods with an age limit. */
  readonly ageLimited?: boolean;
  /**
   * What the words are about, of goods with rules of their own: the author's declaration. Absent: the author says
   * ordinary goods. A grocer's message that names no wine is not about alcohol, a pharmacy's opening hours are not
   * about medicine.
   */
  readonly goods?: readonly GoodsClass[];
  /** Says no more about such goods than where else to ask. */
  readonly onlyPointsElsewhere?: boolean;
  /** Invites the reader to follow a public channel. */
  readonly channelInvite?: boolean;
  /** What stands against making the words public. Absent: the author says nothing does. */
  readonly concerns?: readonly ContentConcern[];
  /** A postal address at which the business is reached. */
  readonly postalAddress?: boolean;
  /** A reader sees at once that it is advertising. */
  readonly labelledAsAdvertising?: boolean;
  /** A link to who uses the person's data, what for and how long. */
  readonly privacyLink?: boolean;
  /** How long the way to stop works after sending. Absent: the author says for good. */
  readonly stopWorksDays?: number;
  /** What the words, or the choice of readers, give away about the person. Absent: the author says nothing. */
  readonly reveals?: readonly SpecialCategory[];
}

export const contentConcerns = [
  "personal-data",
  "illegal",
  "harmful",
  "fraudulent",
  "age-inappropriate",
  "rights-of-others",
  "hate",
] as const;
export type ContentConcern = (typeof contentConcerns)[number];

/** How a message goes out that is written in the channel's own app. */
export interface NativeSend {
  /** A person; the app itself by a feature of its own, such as a greeting; or other software. Absent: a person. */
  readonly sentBy?: "person" | "app" | "software";
  /** People on the app's broadcast list it goes to. Absent: it goes to one person. */
  readonly broadcastRecipients?: number;
  /** Drafts that software prepared for one click of a person. */
  readonly draftsPerClick?: number;
  /** What makes it go out later. Absent: it goes out at once. */
  readonly scheduledBy?: "app" | "software";
}

/** What the message is made of. Absent means nobody looked. */
export interface MessageBody {
  /** Of the text in UTF-8. */
  readonly textBytes?: number;
  readonly largestFileBytes?: number;
  /** Everything in it that is no text. */
  readonly parts?: readonly ("audio" | "button" | "file" | "image" | "video")[];
}

/** What a bot's turn says and is. */
export interface BotTurn {
  readonly firstTurn?: boolean;
  /** The bot speaks again, after a long silence or after a person did. */
  readonly resumes?: boolean;
  /** Says that it is automated. */
  readonly saysAutomated?: boolean;
  /** An AI system writes it. Absent counts as yes. */
  readonly ai?: boolean;
  /** Says that it is an AI, or that is obvious. */
  readonly saysAi?: boolean;
  /** A prompt, clear, direct way to a person is offered in the conversation. */
  readonly escalationOffered?: boolean;
  /** A general-purpose assistant is itself the thing offered, not a helper for the business's own service. */
  readonly assistantIsTheProduct?: boolean;
}

export interface Group {
  readonly participants: number;
  readonly everyoneJoinedByInvite: boolean;
}

export interface SendRequest {
  readonly channel: Channel;
  readonly transport: Transport;
  readonly payload: Payload;
  readonly kind: Kind;
  readonly template?: Template;
  /** To be used instead of a free text when the service window is closed. */
  readonly fallbackTemplate?: Template;
  /** The category a direct send declares. */
  readonly directSendCategory?: TemplateCategory;
  /** Holds an offer, discount, upsell, cross-sell, renewal push, referral or call to buy. Absent: the author says no. */
  readonly promotional?: boolean;
  /** The person's own latest message asked for exactly this. */
  readonly solicited?: boolean;
  readonly content?: Content;
  readonly bot?: BotTurn;
  readonly group?: Group;
  readonly native?: NativeSend;
  /** Shows or sells by the channel's catalogue, cart or payment. Absent: the author says no. */
  readonly commerce?: boolean;
  readonly body?: MessageBody;
  readonly call?: CallMessage;
  readonly email?: EmailMessage;
  /** Instagram too. */
  readonly messenger?: MessengerMessage;
  readonly rcs?: RcsMessage;
  readonly sms?: SmsMessage;
  readonly telegram?: TelegramMessage;
  readonly webchat?: WebchatMessage;
  /** The words themselves, for rules an organisation makes about its own words. */
  readonly text?: string;
  /** Of how many such messages this is one, and how many people besides the author approved them. */
  readonly audience?: { readonly recipients: number; readonly approvals: number };
  /** Rules of the organisation's own that two of its people agreed to set aside for this send. */
  readonly overrides?: readonly string[];
}

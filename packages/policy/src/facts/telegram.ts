import type { Instant } from "@loket/kit";
import { amount, flag, instantText, listOf, object, oneOf, orNone, text } from "../reading.ts";

/** What Telegram's terms forbid those who run bots. */
export const telegramPractices = [
  "claims-partnership",
  "evades-limits",
  "hides-activity",
  "keeps-data-too-long",
  "passes-content-on",
  "repurposes-data",
  "scrapes-content",
] as const;
export type TelegramPractice = (typeof telegramPractices)[number];

/** What is known about a bot, its chat with the person, and the way its operator runs it. */
export interface TelegramFacts {
  /**
   * The latest act by which the person let the bot write: start pressed, leave given in a web app or by log-in, a request
   * to join that the bot handled. `null`: none. That the person wrote is said by `lastInboundAt`.
   */
  readonly startedAt?: Instant | null;
  /** Until when error 429 told the bot to wait. `null`: it did not. */
  readonly retryAfterUntil?: Instant | null;
  /** When messages went to this group or channel, at least those of the last 60 seconds. */
  readonly groupSentAt?: readonly Instant[];
  /** `null`: not switched on. */
  readonly paidBroadcasts?: PaidBroadcasts | null;
  /** The bot is an administrator of this channel and may post. */
  readonly canPostMessages?: boolean;
  /** The owner of the business account let the connected bot answer. */
  readonly canReply?: boolean;
  /** In groups the bot gets only what is meant for it. Telegram's default. */
  readonly privacyMode?: boolean;
  /** The largest file of the person's latest message. */
  readonly inboundFileBytes?: number;
  /** Commands the bot answers, without the slash. */
  readonly commands?: readonly string[];
  /** The bot shows a privacy policy of its own. */
  readonly ownPrivacyPolicy?: boolean;
  /** Who writes a word such as "stop" is opted out by it. */
  readonly optOutWordsHonoured?: boolean;
  readonly encryptedAtRest?: boolean;
  /** The key does not lie beside what it opens. */
  readonly keyKeptApart?: boolean;
  /** What the bot or whoever runs it was found doing, beside `operator.practices`. Empty: none of it. */
  readonly practices?: readonly TelegramPractice[];
}

export interface PaidBroadcasts {
  readonly starBalance?: number;
  readonly monthlyActiveUsers?: number;
}

/** What a message on Telegram is, beyond its words. */
export interface TelegramMessage {
  /** Absent: private, or the channel of a `channel-post`. */
  readonly chatType?: "private" | "group" | "supergroup" | "channel";
  /** The pace a broadcast asks for. Held for it, a sender asks again with 30. */
  readonly messagesPerSecond?: number;
  /** How one pays in the bot. Absent: nothing is sold by this message. */
  readonly paidWith?: "stars" | "other";
}

export const readTelegramFacts = object<TelegramFacts>({
  startedAt: orNone(instantText),
  retryAfterUntil: orNone(instantText),
  groupSentAt: listOf(instantText),
  paidBroadcasts: orNone(object<PaidBroadcasts>({ starBalance: amount, monthlyActiveUsers: amount })),
  canPostMessages: flag,
  canReply: flag,
  privacyMode: flag,
  inboundFileBytes: amount,
  commands: listOf(text),
  ownPrivacyPolicy: flag,
  optOutWordsHonoured: flag,
  encryptedAtRest: flag,
  keyKeptApart: flag,
  practices: listOf(oneOf(telegramPractices)),
});

export const readTelegramMessage = object<TelegramMessage>({
  chatType: oneOf(["private", "group", "supergroup", "channel"]),
  messagesPerSecond: amount,
  paidWith: oneOf(["stars", "other"]),
});

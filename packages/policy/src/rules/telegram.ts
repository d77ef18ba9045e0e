import { type Instant, minuteMs, plus, secondMs } from "@loket/kit";
import { type Case, coversChannel } from "../case.ts";
import type { GoodsClass } from "../facts/trade.ts";
import { isForAll, kinds } from "../request.ts";
import { type Effect, type Rule, since, type Watch } from "../rule.ts";
import { doesAny } from "./practices.ts";

const reviewed = "2026-11-22";
const bots = { channel: ["telegram"], transport: ["bot-api"] } as const;
/** Also those that answer for somebody's business account. */
const allBots = { channel: ["telegram"], transport: ["bot-api", "business-connection"] } as const;
/** Sent to many by the business's own choice, as opposed to an answer, or to one post that many read. */
const broadcasts = {
  ...bots,
  kind: [
    "transactional",
    "auth",
    "marketing",
    "newsletter",
    "survey",
    "opt-in-request",
    "doi-confirmation",
    "sales-call",
  ],
} as const;

const pace: Watch = {
  path: "history.sentInLastSecond",
  isUnknown: ({ facts }) => facts.history?.sentInLastSecond === undefined,
};

/** What Telegram asks of a single message by a bot. How a bot is set up and run is in `telegram-operators.ts`. */
export const telegramRules: readonly Rule[] = [
  {
    id: "telegram.bot.no-cold-start",
    title: {
      en: "A bot cannot write first",
      nl: "Een bot kan niet als eerste schrijven",
      de: "Ein Bot kann nicht zuerst schreiben",
    },
    explanation: {
      en: "This person never started your bot or wrote to it, and Telegram lets no bot begin a chat; show a t.me link or a QR code that starts it.",
      nl: "Deze persoon heeft uw bot nooit gestart en er nooit naar geschreven, en Telegram laat geen bot een gesprek beginnen; toon een t.me-link of QR-code die de bot start.",
      de: "Diese Person hat Ihren Bot nie gestartet und ihm nie geschrieben, und bei Telegram darf kein Bot ein Gespräch beginnen; zeigen Sie einen t.me-Link oder QR-Code, der ihn startet.",
    },
    versions: [
      {
        ...since("2015-06-24"),
        confidence: "high",
        appliesTo: bots,
        fires: (send) => isPrivate(send) && !hasLetBotWrite(send),
        verdict: "refuse",
        remedies: ["send-start-link", "other-consented-channel"],
        clause: "bots cannot start conversations",
        sources: ["Telegram Bot API", "Telegram Bot features"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.blocked",
    title: {
      en: "This person blocked the bot",
      nl: "Deze persoon heeft de bot geblokkeerd",
      de: "Diese Person hat den Bot blockiert",
    },
    explanation: {
      en: "This person blocked your bot and has not started it again, which counts as an opt-out on Telegram; use another channel they agreed to.",
      nl: "Deze persoon heeft uw bot geblokkeerd en niet opnieuw gestart, en dat geldt als afmelding op Telegram; gebruik een ander kanaal waarmee die instemde.",
      de: "Diese Person hat Ihren Bot blockiert und nicht neu gestartet, und das gilt als Abmeldung auf Telegram; nutzen Sie einen anderen Kanal, dem sie zugestimmt hat.",
    },
    specialises: ["core.opt-out-wins", "eu.gdpr.object-direct-marketing", "core.no-offers-after-opt-out"],
    versions: [
      {
        ...since("2015-06-24"),
        confidence: "high",
        appliesTo: bots,
        fires: (send) => !isForAll(send.request) && isBlocked(send),
        verdict: "refuse",
        remedies: ["other-consented-channel", "wait-for-inbound"],
        clause: "bot blocked by the user",
        sources: ["Telegram Bot API error 403", "Telegram Bot API, my_chat_member"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "telegram.bot.rate-chat",
    title: {
      en: "One message a second in a chat",
      nl: "Eén bericht per seconde in een gesprek",
      de: "Eine Nachricht je Sekunde in einem Chat",
    },
    explanation: {
      en: "Telegram wants a second between two messages of a bot in one chat, so this one waits for the rest of it.",
      nl: "Telegram wil een seconde tussen twee berichten van een bot in één gesprek, dus dit bericht wacht tot die voorbij is.",
      de: "Telegram verlangt eine Sekunde zwischen zwei Nachrichten eines Bots in einem Chat, deshalb wartet diese deren Rest ab.",
    },
    versions: [
      {
        ...since("2015-06-24"),
        confidence: "high",
        appliesTo: allBots,
        fires: ({ facts, at }) => {
          const sentAt = facts.history?.lastSentAt;
          return sentAt != null && at - sentAt < secondMs && { until: plus(sentAt, secondMs) };
        },
        verdict: "hold",
        watches: [{ path: "history.lastSentAt", isUnknown: ({ facts }) => facts.history?.lastSentAt === undefined }],
        remedies: ["queue"],
        clause: "limits in one chat",
        sources: ["Telegram Bots FAQ, broadcasting limits"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.rate-group",
    title: {
      en: "20 messages a minute in a group",
      nl: "20 berichten per minuut in een groep",
      de: "20 Nachrichten je Minute in einer Gruppe",
    },
    explanation: {
      en: "The bot has sent this group 20 messages within a minute, which is all Telegram allows, so this one waits until the first of them is a minute old.",
      nl: "De bot heeft deze groep 20 berichten binnen een minuut gestuurd, en meer staat Telegram niet toe, dus dit bericht wacht tot het eerste daarvan een minuut oud is.",
      de: "Der Bot hat dieser Gruppe 20 Nachrichten in einer Minute gesendet, und mehr erlaubt Telegram nicht, deshalb wartet diese, bis die erste davon eine Minute alt ist.",
    },
    versions: [
      {
        ...since("2015-06-24"),
        confidence: "high",
        appliesTo: bots,
        fires: groupIsFull,
        verdict: "hold",
        watches: [
          {
            path: "telegram.groupSentAt",
            isUnknown: (send) => !isPrivate(send) && send.facts.telegram?.groupSentAt === undefined,
          },
        ],
        remedies: ["queue"],
        clause: "limits in a group",
        sources: ["Telegram Bots FAQ, broadcasting limits"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.rate-global",
    title: {
      en: "30 messages a second for free",
      nl: "30 berichten per seconde gratis",
      de: "30 Nachrichten je Sekunde kostenlos",
    },
    explanation: {
      en: "The bot has sent about 30 messages in this second, which is all a free broadcast may, so this one waits a second; spread large sends over many hours.",
      nl: "De bot heeft in deze seconde ongeveer 30 berichten gestuurd, en meer mag een gratis verzending niet, dus dit bericht wacht een seconde; spreid grote verzendingen over vele uren.",
      de: "Der Bot hat in dieser Sekunde etwa 30 Nachrichten gesendet, und mehr darf ein kostenloser Versand nicht, deshalb wartet diese eine Sekunde; verteilen Sie große Aussendungen auf viele Stunden.",
    },
    versions: [
      {
        ...since("2015-06-24"),
        confidence: "high",
        appliesTo: broadcasts,
        fires: ({ facts: { history, telegram }, at }) =>
          (history?.sentInLastSecond ?? 0) >= freePerSecond &&
          telegram?.paidBroadcasts == null && { until: plus(at, secondMs) },
        verdict: "hold",
        watches: [pace],
        remedies: ["queue", "spread-campaign", "enable-paid-broadcasts"],
        clause: "limits of a broadcast",
        sources: ["Telegram Bots FAQ, broadcasting limits"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.paid-broadcast",
    title: {
      en: "Faster broadcasts have to be paid",
      nl: "Sneller versturen kost Stars",
      de: "Schneller senden kostet Stars",
    },
    explanation: {
      en: "More than 30 and up to 1,000 messages a second need paid broadcasts, 100,000 Stars and 100,000 people a month, and one of these is missing, so the message waits a second; send at 30, or switch it on in BotFather.",
      nl: "Meer dan 30 en tot 1.000 berichten per seconde vragen betaald versturen, 100.000 Stars en 100.000 mensen per maand, en een daarvan ontbreekt, dus het bericht wacht een seconde; verstuur er 30, of zet het aan in BotFather.",
      de: "Mehr als 30 und bis zu 1.000 Nachrichten je Sekunde verlangen bezahlten Versand, 100.000 Stars und 100.000 Menschen im Monat, und eines davon fehlt, deshalb wartet die Nachricht eine Sekunde; senden Sie 30, oder schalten Sie ihn in BotFather ein.",
    },
    versions: [
      {
        ...since("2024-10-31"),
        confidence: "high",
        appliesTo: broadcasts,
        fires: wantsMoreThanPaid,
        verdict: "hold",
        watches: [pace],
        remedies: ["queue", "enable-paid-broadcasts"],
        clause: "paid broadcasts",
        sources: ["Telegram Bots FAQ, paid broadcasts"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.retry-after",
    title: {
      en: "Telegram asked the bot to wait",
      nl: "Telegram vroeg de bot te wachten",
      de: "Telegram bat den Bot zu warten",
    },
    explanation: {
      en: "Telegram answered that the bot sends too much and said how long to wait, so nothing goes out until then, since bots that go on are banned.",
      nl: "Telegram antwoordde dat de bot te veel stuurt en hoelang die moet wachten, dus er gaat tot dan niets uit, want bots die doorgaan worden verbannen.",
      de: "Telegram antwortete, dass der Bot zu viel sendet und wie lange er warten soll, deshalb geht bis dahin nichts hinaus, denn Bots, die weitermachen, werden gesperrt.",
    },
    versions: [
      {
        ...since("2015-06-24"),
        confidence: "high",
        appliesTo: allBots,
        fires: ({ facts, at }) => {
          const until = facts.telegram?.retryAfterUntil;
          return until != null && at < until && { until };
        },
        verdict: "hold",
        watches: [
          {
            path: "telegram.retryAfterUntil",
            isUnknown: ({ facts }) => facts.telegram?.retryAfterUntil === undefined,
          },
        ],
        remedies: ["wait-until"],
        clause: "flood control",
        sources: ["Telegram Bot API error 429, retry_after"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.unsolicited",
    title: {
      en: "A bot advertises only to subscribers",
      nl: "Een bot adverteert alleen bij abonnees",
      de: "Ein Bot wirbt nur bei Abonnenten",
    },
    explanation: {
      en: "This person never agreed to news or offers from this bot, and pressing start is no such agreement; show a button to subscribe and keep the press as evidence.",
      nl: "Deze persoon stemde nooit in met nieuws of aanbiedingen van deze bot, en op start drukken is geen instemming; toon een knop om te abonneren en bewaar de druk erop als bewijs.",
      de: "Diese Person hat Neuigkeiten oder Angeboten dieses Bots nie zugestimmt, und ein Druck auf Start ist keine Zustimmung; zeigen Sie einen Knopf zum Abonnieren und bewahren Sie den Druck darauf als Nachweis auf.",
    },
    versions: [
      {
        ...since("2024-01-01"),
        confidence: "low",
        appliesTo: allBots,
        fires: (send) =>
          send.isMarketing &&
          send.request.kind !== "channel-post" &&
          send.request.solicited !== true &&
          send.consent === null,
        verdict: "refuse",
        remedies: ["ask-consent"],
        clause: "5.2(b), unsolicited newsletters and offers",
        sources: ["Telegram Bot Platform Developer Terms of Service 5.2"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.restricted-goods",
    title: {
      en: "Goods Telegram does not want in bots",
      nl: "Waren die Telegram niet in bots wil",
      de: "Waren, die Telegram in Bots nicht will",
    },
    explanation: {
      en: "The message offers something illegal, pirated, regulated or questionable, and Telegram forbids that in bots; use another channel if it is lawful there.",
      nl: "Het bericht biedt iets aan dat illegaal, nagemaakt, gereguleerd of twijfelachtig is, en dat verbiedt Telegram in bots; gebruik een ander kanaal als het daar mag.",
      de: "Die Nachricht bietet etwas Verbotenes, Raubkopiertes, Reguliertes oder Fragwürdiges an, und das untersagt Telegram in Bots; nutzen Sie einen anderen Kanal, wenn es dort erlaubt ist.",
    },
    versions: [
      {
        ...since("2024-01-01"),
        confidence: "low",
        appliesTo: allBots,
        fires: ({ request }) => request.content?.goods?.some((goods) => !unobjectionable.has(goods)) ?? false,
        verdict: "refuse",
        remedies: ["other-consented-channel"],
        clause: "5.2(h), goods and services",
        sources: ["Telegram Bot Platform Developer Terms of Service 5.2"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.digital-goods-stars",
    title: {
      en: "Digital goods are paid in Stars",
      nl: "Digitale waren worden in Stars betaald",
      de: "Digitale Waren werden in Stars bezahlt",
    },
    explanation: {
      en: "Digital goods and services are sold in a bot for Telegram Stars only, and this message asks for something else; take Stars, and answer /paysupport.",
      nl: "Digitale waren en diensten worden in een bot alleen voor Telegram Stars verkocht, en dit bericht vraagt iets anders; vraag Stars, en antwoord op /paysupport.",
      de: "Digitale Waren und Leistungen werden in einem Bot nur gegen Telegram Stars verkauft, und diese Nachricht verlangt etwas anderes; nehmen Sie Stars, und antworten Sie auf /paysupport.",
    },
    versions: [
      {
        ...since("2024-06-01"),
        confidence: "low",
        appliesTo: allBots,
        fires: ({ request: { telegram, content } }) =>
          telegram?.paidWith === "other" && (content?.goods?.includes("digital-subscriptions") ?? false),
        verdict: "refuse",
        remedies: ["take-stars"],
        clause: "6.2, digital goods and services",
        sources: ["Telegram Bot Platform Developer Terms of Service 6.2"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.privacy-mode",
    title: {
      en: "The bot does not hear the whole group",
      nl: "De bot hoort niet de hele groep",
      de: "Der Bot hört nicht die ganze Gruppe",
    },
    explanation: {
      en: "With privacy mode on a bot gets only commands, answers to itself and service messages in a group, so words to stop may never reach it; promise nothing else.",
      nl: "Met de privacymodus aan krijgt een bot in een groep alleen commando's, antwoorden aan zichzelf en dienstberichten, dus woorden om te stoppen bereiken die misschien nooit; beloof niets anders.",
      de: "Im Privatsphäremodus erhält ein Bot in einer Gruppe nur Befehle, Antworten an ihn und Dienstnachrichten, deshalb erreichen ihn Abmeldewörter vielleicht nie; versprechen Sie nichts anderes.",
    },
    versions: [
      {
        ...since("2015-06-24"),
        confidence: "high",
        appliesTo: bots,
        fires: (send) => isGroup(send) && send.facts.telegram?.privacyMode !== false,
        verdict: "note",
        remedies: [],
        clause: "privacy mode",
        sources: ["Telegram Bots FAQ, messages a bot gets"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.file-limits",
    title: {
      en: "Files up to 50 MB, fetched up to 20 MB",
      nl: "Bestanden tot 50 MB, ophalen tot 20 MB",
      de: "Dateien bis 50 MB, abgeholt bis 20 MB",
    },
    explanation: {
      en: "A bot can send files of up to 50 MB and fetch files of up to 20 MB, and this one is larger; send a link, or ask for one.",
      nl: "Een bot kan bestanden tot 50 MB sturen en tot 20 MB ophalen, en dit is groter; stuur een link, of vraag erom.",
      de: "Ein Bot kann Dateien bis 50 MB senden und bis 20 MB abholen, und diese ist größer; senden Sie einen Link, oder bitten Sie darum.",
    },
    versions: [
      {
        ...since("2015-06-24"),
        confidence: "high",
        appliesTo: allBots,
        fires: ({ request, facts }) => {
          if ((request.body?.largestFileBytes ?? 0) > uploadBytes) return true;
          return (facts.telegram?.inboundFileBytes ?? 0) > downloadBytes && { outcome: "note" };
        },
        verdict: "refuse",
        remedies: ["send-file-link"],
        clause: "file size",
        sources: ["Telegram Bots FAQ, files", "Telegram Bot API, sending files"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.business.reply-24h",
    title: {
      en: "A connected bot answers within 24 hours",
      nl: "Een gekoppelde bot antwoordt binnen 24 uur",
      de: "Ein verbundener Bot antwortet binnen 24 Stunden",
    },
    explanation: {
      en: "This person has not written for 24 hours or the owner did not let the bot answer, so it may not write in this chat; the owner can write by hand.",
      nl: "Deze persoon schreef 24 uur niet of de eigenaar liet de bot niet antwoorden, dus die mag in dit gesprek niet schrijven; de eigenaar kan zelf schrijven.",
      de: "Diese Person hat seit 24 Stunden nicht geschrieben oder der Inhaber ließ den Bot nicht antworten, deshalb darf er in diesem Chat nicht schreiben; der Inhaber kann von Hand schreiben.",
    },
    versions: [
      {
        ...since("2024-03-31"),
        confidence: "low",
        appliesTo: { channel: ["telegram"], transport: ["business-connection"] },
        fires: (send) => !send.windowOpen || send.facts.telegram?.canReply !== true,
        verdict: "refuse",
        remedies: ["answer-by-hand", "allow-answers", "wait-for-inbound"],
        clause: "rights of a business bot, can_reply",
        sources: ["Telegram Bot API, BusinessConnection"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.channel.post",
    title: {
      en: "The bot may not post here",
      nl: "De bot mag hier niet plaatsen",
      de: "Der Bot darf hier nicht posten",
    },
    explanation: {
      en: "The bot is no administrator of this channel with the right to post, so the post is not sent; give it that right.",
      nl: "De bot is geen beheerder van dit kanaal met het recht om te plaatsen, dus het bericht gaat niet uit; geef de bot dat recht.",
      de: "Der Bot ist kein Administrator dieses Kanals mit dem Recht zu posten, deshalb wird der Beitrag nicht gesendet; geben Sie ihm dieses Recht.",
    },
    versions: [
      {
        ...since("2015-09-22"),
        confidence: "low",
        appliesTo: { ...bots, kind: ["channel-post"] },
        fires: ({ facts }) => facts.telegram?.canPostMessages !== true,
        verdict: "refuse",
        remedies: ["make-bot-administrator"],
        clause: "administrator right can_post_messages",
        sources: ["Telegram Bot API, ChatAdministratorRights"],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.user.automation-spam",
    title: {
      en: "No bulk messages from a user account",
      nl: "Geen bulkberichten vanaf een gebruikersaccount",
      de: "Keine Massennachrichten von einem Nutzerkonto",
    },
    explanation: {
      en: "Telegram bans user accounts that software uses for bulk messages, harvesting groups or inviting people, so nothing of the kind goes out; use a bot or a channel.",
      nl: "Telegram verbant gebruikersaccounts waarmee software in bulk berichten stuurt, groepen leegoogst of mensen uitnodigt, dus zoiets gaat niet uit; gebruik een bot of een kanaal.",
      de: "Telegram sperrt Nutzerkonten, mit denen Software massenhaft Nachrichten sendet, Gruppen abschöpft oder Menschen einlädt, deshalb geht dergleichen nicht hinaus; nutzen Sie einen Bot oder einen Kanal.",
    },
    versions: [
      {
        ...since("2015-01-01"),
        confidence: "low",
        appliesTo: { channel: ["telegram"], transport: ["consumer-app", "other"], kind: kinds },
        fires: (send) => isBulk(send) || hasBulkPractice(send),
        verdict: "refuse",
        watches: [
          {
            path: "operator.practices",
            isUnknown: (send) => isDrivenBySoftware(send) && send.facts.operator?.practices === undefined,
          },
        ],
        remedies: ["use-bot"],
        clause: "no spam",
        sources: ["Telegram Terms of Service"],
        reviewed,
      },
    ],
  },
];

/** One person's chat with the bot, and neither a group nor a channel. */
function isPrivate({ request }: Case): boolean {
  return request.kind !== "channel-post" && (request.telegram?.chatType ?? "private") === "private";
}

function isGroup({ request }: Case): boolean {
  return request.telegram?.chatType === "group" || request.telegram?.chatType === "supergroup";
}

function hasLetBotWrite({ facts: { telegram, lastInboundAt }, at }: Case): boolean {
  return isPast(telegram?.startedAt, at) || isPast(lastInboundAt, at);
}

function isPast(moment: Instant | null | undefined, at: Instant): moment is Instant {
  return moment != null && moment <= at;
}

/**
 * Who blocked a bot, or put it out of a group, has to take that back before writing to it, so whatever comes later lifts
 * the block.
 */
function isBlocked({ facts: { suppressions, telegram, lastInboundAt }, request, at }: Case): boolean {
  const isBackSince = (blockedAt: Instant): boolean =>
    [telegram?.startedAt, lastInboundAt].some((moment) => isPast(moment, at) && moment > blockedAt);
  return (
    suppressions?.some(
      (entry) => entry.source === "block" && coversChannel(entry.channel, request.channel) && !isBackSince(entry.at),
    ) ?? false
  );
}

const groupLimit = 20;

/** Waits until so many of the latest minute's messages are a minute old that one more fits. */
function groupIsFull(send: Case): false | Effect {
  const sentAt = send.facts.telegram?.groupSentAt;
  if (isPrivate(send) || sentAt === undefined || sentAt.length < groupLimit) return false;
  const counted = sentAt.filter((sent) => send.at - sent < minuteMs).sort((a, b) => b - a);
  const oldest = counted[groupLimit - 1];
  return oldest !== undefined && { until: plus(oldest, minuteMs) };
}

const freePerSecond = 30;
const paidPerSecond = 1_000;
const starsNeeded = 100_000;
const usersNeeded = 100_000;

/** Wanted by the broadcast itself, or, with paid broadcasts on, by the thirty-first message of a second. */
function wantsMoreThanPaid({ request, facts: { telegram, history }, at }: Case): false | Effect {
  const wanted = request.telegram?.messagesPerSecond ?? 0;
  const sent = history?.sentInLastSecond ?? 0;
  const paid = telegram?.paidBroadcasts;
  const isEntitled =
    paid != null && (paid.starBalance ?? 0) >= starsNeeded && (paid.monthlyActiveUsers ?? 0) >= usersNeeded;
  const isTooMuch = isEntitled
    ? wanted > paidPerSecond || sent >= paidPerSecond
    : wanted > freePerSecond || (paid != null && sent >= freePerSecond);
  return isTooMuch && { until: plus(at, secondMs) };
}

/** Of the classes of goods with rules of their own, those that are neither unlawful, regulated nor questionable. */
const unobjectionable: ReadonlySet<GoodsClass> = new Set([
  "dating",
  "digital-subscriptions",
  "livestock",
  "services",
  "supplements",
]);

const uploadBytes = 50 * 1024 * 1024;
const downloadBytes = 20 * 1024 * 1024;

/** What a person types is no matter of Telegram's rules on software. */
function isDrivenBySoftware({ request }: Case): boolean {
  return request.transport === "other" || request.payload !== "native";
}

function isBulk(send: Case): boolean {
  return isDrivenBySoftware(send) && send.isMarketing && send.request.solicited !== true;
}

/** Mass messages, the harvesting of groups, and people put into them. */
function hasBulkPractice(send: Case): boolean {
  return isDrivenBySoftware(send) && doesAny(send, ["bulk-messages", "group-adding", "scraping"]);
}

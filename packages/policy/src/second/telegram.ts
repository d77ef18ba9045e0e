import { minuteMs, plus, secondMs } from "@loket/kit";
import type { Kind, Transport } from "../request.ts";
import { agoUnder, all, any, holds, is, least, named, not, unknown, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import type { Send } from "./send.ts";

/** Bots, bots connected to a business account, channels they post to, and accounts of people that software drives. */

const bot: readonly Transport[] = ["bot-api"];
const anyBot: readonly Transport[] = ["bot-api", "business-connection"];
const on = (transport: readonly Transport[], ...kind: Kind[]) =>
  kind.length === 0
    ? ({ channel: ["telegram"], transport } as const)
    : ({ channel: ["telegram"], transport, kind } as const);

/** Sent to many, as opposed to an answer or a post. */
export const broadcastKinds: readonly Kind[] = [
  "transactional",
  "auth",
  "marketing",
  "newsletter",
  "survey",
  "opt-in-request",
  "doi-confirmation",
  "sales-call",
];
export const everyKind: readonly Kind[] = [
  ...broadcastKinds,
  "reply",
  "bot-reply",
  "opt-out-confirmation",
  "channel-post",
  "setup",
  "import",
];

export const none = (path: string) => any(unknown(path), is(path, null));
/** An instant that is known and not still to come. */
export const past = (path: string) => all(agoUnder(path, Number.POSITIVE_INFINITY), not(agoUnder(path, 0)));
const chat = (...types: string[]) => is("request.telegram.chatType", ...types);
/** A post for whoever follows goes to a channel, whatever else is said of it. */
const inPrivate = all(any(chat("private"), unknown("request.telegram.chatType")), not(yes("send.forAll")));
const inGroup = chat("group", "supergroup");
const practice = (...names: string[]) => holds("facts.telegram.practices", ...names);

const sentToGroup = ({ facts, at }: Send) =>
  (facts.telegram?.groupSentAt ?? []).filter((moment) => at - moment < minuteMs).sort((one, other) => other - one);

/** A block stops the bot altogether, for whatever purpose it was noted; who writes again has lifted it. */
const blockedSince = named("a block no later start lifted", ({ facts, at }) => {
  const starts = [facts.telegram?.startedAt, facts.lastInboundAt].filter((start) => start != null && start <= at);
  return (facts.suppressions ?? []).some(
    (entry) =>
      entry.source === "block" &&
      (entry.channel === "telegram" || entry.channel === "all") &&
      !starts.some((start) => start != null && start > entry.at),
  );
});

const paidFully = named("paid broadcasts, stars and people", ({ facts }) => {
  const paid = facts.telegram?.paidBroadcasts;
  return paid != null && (paid.starBalance ?? 0) >= 100_000 && (paid.monthlyActiveUsers ?? 0) >= 100_000;
});

const bySoftware = not(all(is("request.transport", "consumer-app"), is("request.payload", "native")));
/** A megabyte is read as 1,048,576 bytes, the larger of the two that the word may mean. */
const tooLargeToSend = least("request.body.largestFileBytes", 50 * 1_048_576 + 1);

export const telegramRows: readonly Row[] = [
  {
    rule: "telegram.bot.no-cold-start",
    since: "2015-06-24",
    outcome: "refuse",
    where: on(bot),
    when: all(inPrivate, not(past("facts.telegram.startedAt")), not(past("facts.lastInboundAt"))),
  },
  {
    rule: "telegram.bot.blocked",
    since: "2015-06-24",
    outcome: "refuse",
    where: on(bot),
    // In a group as in private, but a post for all goes to nobody who could have blocked the bot.
    when: all(not(yes("send.forAll")), blockedSince),
    instead: ["core.opt-out-wins", "eu.gdpr.object-direct-marketing", "core.no-offers-after-opt-out"],
  },
  {
    rule: "telegram.bot.rate-chat",
    since: "2015-06-24",
    outcome: "hold",
    where: on(anyBot),
    when: agoUnder("facts.history.lastSentAt", secondMs),
    waits: ({ facts, at }) => plus(facts.history?.lastSentAt ?? at, secondMs),
    needs: [need("history.lastSentAt")],
  },
  {
    rule: "telegram.bot.rate-group",
    since: "2015-06-24",
    outcome: "hold",
    where: on(bot),
    when: all(
      not(inPrivate),
      named("20 in a minute", (send) => sentToGroup(send).length >= 20),
    ),
    waits: (send) => plus(sentToGroup(send)[19] ?? send.at, minuteMs),
    needs: [need("telegram.groupSentAt", not(inPrivate))],
  },
  {
    rule: "telegram.bot.rate-global",
    since: "2015-06-24",
    outcome: "hold",
    where: on(bot, ...broadcastKinds),
    when: all(least("facts.history.sentInLastSecond", 30), none("facts.telegram.paidBroadcasts")),
    waits: ({ at }) => plus(at, secondMs),
    needs: [need("history.sentInLastSecond")],
  },
  {
    rule: "telegram.bot.paid-broadcast",
    since: "2024-10-31",
    outcome: "hold",
    where: on(bot, ...broadcastKinds),
    // 1,000 a second is the most that can be bought, so more than that waits for everybody.
    when: all(
      any(
        least("request.telegram.messagesPerSecond", 31),
        all(least("facts.history.sentInLastSecond", 30), not(none("facts.telegram.paidBroadcasts"))),
      ),
      any(
        not(paidFully),
        least("request.telegram.messagesPerSecond", 1_001),
        least("facts.history.sentInLastSecond", 1_000),
      ),
    ),
    waits: ({ at }) => plus(at, secondMs),
    needs: [need("history.sentInLastSecond")],
  },
  {
    rule: "telegram.bot.retry-after",
    since: "2015-06-24",
    outcome: "hold",
    where: on(anyBot),
    when: agoUnder("facts.telegram.retryAfterUntil", 0),
    waits: ({ facts }) => facts.telegram?.retryAfterUntil ?? null,
    needs: [need("telegram.retryAfterUntil")],
  },
  {
    rule: "telegram.bot.unsolicited",
    since: "2024-01-01",
    outcome: "refuse",
    weak: true,
    where: on(anyBot),
    when: all(yes("send.marketing"), not(yes("request.solicited")), is("send.express", null)),
  },
  {
    rule: "telegram.bot.restricted-goods",
    since: "2024-01-01",
    outcome: "refuse",
    weak: true,
    where: on(anyBot),
    when: holds(
      "request.content.goods",
      "illegal",
      "counterfeits",
      "digital-access",
      "drugs",
      "weapons",
      "alcohol",
      "tobacco",
      "gambling",
      "adult",
      "hazardous",
      "criminal-groups",
      "deceptive",
      "body-parts",
      "unsafe-supplements",
      "multi-level-marketing",
      "currency",
      "lending",
      "otc-medicine",
      "medical-products",
      "animals",
    ),
  },
  {
    rule: "telegram.bot.digital-goods-stars",
    since: "2024-06-01",
    outcome: "refuse",
    weak: true,
    where: on(anyBot),
    when: all(is("request.telegram.paidWith", "other"), holds("request.content.goods", "digital-subscriptions")),
  },
  {
    rule: "telegram.bot.privacy-mode",
    since: "2015-06-24",
    outcome: "note",
    where: on(bot),
    when: all(inGroup, not(is("facts.telegram.privacyMode", false))),
  },
  {
    rule: "telegram.bot.file-limits",
    since: "2015-06-24",
    outcome: "refuse",
    where: on(anyBot),
    when: any(tooLargeToSend, least("facts.telegram.inboundFileBytes", 20 * 1_048_576 + 1)),
    turns: ({ request }) => ((request.body?.largestFileBytes ?? 0) > 50 * 1_048_576 ? "refuse" : "note"),
  },
  {
    rule: "telegram.business.reply-24h",
    since: "2024-03-31",
    outcome: "refuse",
    weak: true,
    where: on(["business-connection"]),
    when: any(not(yes("send.windowOpen")), not(yes("facts.telegram.canReply"))),
  },
  {
    rule: "telegram.channel.post",
    since: "2015-09-22",
    outcome: "refuse",
    weak: true,
    where: on(bot, "channel-post"),
    when: not(yes("facts.telegram.canPostMessages")),
  },
  {
    rule: "telegram.user.automation-spam",
    since: "2015-01-01",
    outcome: "refuse",
    weak: true,
    where: on(["consumer-app", "other"], ...everyKind),
    // What a person types in the app themselves is no bulk, and a post is read by whoever chose to.
    when: all(
      bySoftware,
      any(
        all(
          any(
            is("request.kind", "marketing", "newsletter"),
            yes("request.promotional"),
            yes("request.content.channelInvite"),
          ),
          not(any(yes("request.solicited"), yes("send.forAll"))),
        ),
        holds("facts.operator.practices", "bulk-messages", "scraping", "group-adding"),
      ),
    ),
    needs: [need("operator.practices", bySoftware)],
  },
  {
    rule: "telegram.bot.privacy-policy",
    since: "2024-01-01",
    outcome: "hold",
    weak: true,
    where: on(anyBot, "setup"),
    when: not(all(yes("facts.telegram.ownPrivacyPolicy"), holds("facts.telegram.commands", "privacy"))),
    waits: () => "event:privacy-command-ready",
  },
  practiceRow("telegram.bot.no-limit-evasion", on(anyBot, "setup"), "evades-limits"),
  practiceRow("telegram.bot.data-minimum", on(anyBot, "setup", "import"), "keeps-data-too-long"),
  practiceRow("telegram.bot.no-scraping", on(anyBot, "setup", "import"), "scrapes-content"),
  practiceRow("telegram.bot.no-partnership-claim", on(anyBot, "setup"), "claims-partnership"),
  {
    rule: "telegram.bot.encrypt-at-rest",
    since: "2024-01-01",
    outcome: "refuse",
    weak: true,
    where: on(anyBot, "setup"),
    when: not(all(yes("facts.telegram.encryptedAtRest"), yes("facts.telegram.keyKeptApart"))),
  },
  {
    rule: "telegram.bot.stop-command",
    outcome: "hold",
    // The text names bots and no kind of message. As with help by SMS, what waits is advertising, and the start of a bot.
    where: on(anyBot, ...everyKind),
    when: all(
      any(is("request.kind", "setup"), yes("send.marketing")),
      not(all(yes("facts.telegram.optOutWordsHonoured"), holds("facts.telegram.commands", "stop"))),
    ),
    waits: () => "event:stop-command-ready",
  },
  {
    ...practiceRow(
      "telegram.business.transparency",
      on(["business-connection"], "setup"),
      "hides-activity",
      "repurposes-data",
      "passes-content-on",
    ),
    since: "2024-03-31",
  },
];

function practiceRow(rule: string, where: Row["where"], ...names: string[]): Row {
  return {
    rule,
    since: "2024-01-01",
    outcome: "refuse",
    weak: true,
    ...(where === undefined ? {} : { where }),
    when: practice(...names),
    needs: [need("telegram.practices")],
  };
}

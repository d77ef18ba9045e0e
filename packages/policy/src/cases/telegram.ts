import { dayMs, hourMs, type Instant, minuteMs, plus, secondMs } from "@loket/kit";
import type { Consent } from "../facts.ts";
import { type Differences, optIn } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";

type Request = NonNullable<Differences["request"]>;

/** A message by a bot, to somebody who once started it and has not written since. */
function byBot(request: Request, differences: Differences = {}): Differences {
  return { ...differences, request: { channel: "telegram", transport: "bot-api", ...request } };
}

const byConnectedBot = (differences: Differences = {}): Differences =>
  byBot({ kind: "reply", transport: "business-connection" }, differences);
const setUp = (telegram: NonNullable<Differences["telegram"]>, request: Request = {}): Differences =>
  byBot({ kind: "setup", payload: "none", ...request }, { telegram });

const subscribed = (now: Instant): { consents: Consent[] } => ({
  consents: [optIn("marketing", now, { channel: "telegram" })],
});
const wrote = (now: Instant, agoMs = hourMs) => ({ lastInboundAt: plus(now, -agoMs) });
const blocked = (moment: Instant) => ({
  suppressions: [{ purpose: "all", channel: "telegram", at: moment, source: "block" } as const],
});
const newsletter = { kind: "newsletter" } as const;
const inGroup = { kind: "reply", telegram: { chatType: "supergroup" } } as const;
const german = { region: "DE", phone: "+4915112345678" };
const entitled = { starBalance: 100_000, monthlyActiveUsers: 100_000 };
const mebibyte = 1024 * 1024;

/** One message every two seconds, the first of them `agoMs` ago. */
const sentToGroup = (now: Instant, count: number, agoMs: number): Instant[] =>
  Array.from({ length: count }, (_, index) => plus(now, index * 2 * secondMs - agoMs));

const examples: readonly Example[] = [
  {
    id: "V71",
    what: "an opt-in on a web form does not open a chat with a bot",
    given: (now) => byBot(newsletter, { telegram: { startedAt: null }, facts: subscribed(now) }),
    outcome: "refuse",
    fires: ["telegram.bot.no-cold-start"],
  },
  {
    id: "tg-no-cold-start-1",
    what: "a message of years ago does",
    given: (now) =>
      byBot(newsletter, {
        telegram: { startedAt: null },
        facts: { ...subscribed(now), ...wrote(now, 1_000 * dayMs) },
      }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-no-cold-start-2",
    what: "a start in this very millisecond does",
    given: (now) => byBot(newsletter, { telegram: { startedAt: now }, facts: subscribed(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-no-cold-start-3",
    what: "one that is still to come does not",
    given: (now) => byBot(newsletter, { telegram: { startedAt: plus(now, 1) }, facts: subscribed(now) }),
    outcome: "refuse",
    fires: ["telegram.bot.no-cold-start"],
  },
  {
    id: "tg-no-cold-start-4",
    what: "a group is no private chat",
    given: () => byBot(inGroup, { telegram: { startedAt: null } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V76",
    what: "the last send was answered with 403, blocked",
    given: (now) => byBot(newsletter, { facts: { ...subscribed(now), ...blocked(plus(now, -dayMs)) } }),
    outcome: "refuse",
    fires: ["telegram.bot.blocked"],
  },
  {
    id: "tg-blocked-1",
    what: "who wrote a millisecond after blocking has unblocked",
    given: (now) => byBot({ kind: "reply" }, { facts: { ...wrote(now), ...blocked(plus(now, -hourMs - 1)) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-blocked-2",
    what: "who wrote in the same millisecond has not",
    given: (now) => byBot({ kind: "reply" }, { facts: { ...wrote(now), ...blocked(plus(now, -hourMs)) } }),
    outcome: "refuse",
    fires: ["telegram.bot.blocked"],
  },
  {
    id: "tg-blocked-3",
    what: "a new start ends the block and not the opt-out",
    given: (now) =>
      byBot(newsletter, {
        telegram: { startedAt: plus(now, -hourMs) },
        facts: { ...subscribed(now), ...blocked(plus(now, -dayMs)) },
      }),
    outcome: "refuse",
    fires: ["core.opt-out-wins"],
  },
  {
    id: "tg-blocked-4",
    what: "a bot that was put out of a group",
    given: (now) => byBot(inGroup, { facts: { ...wrote(now, 2 * hourMs), ...blocked(plus(now, -hourMs)) } }),
    outcome: "refuse",
    fires: ["telegram.bot.blocked"],
  },
  {
    id: "tg-blocked-5",
    what: "a post for all, of whom one blocked the bot",
    given: (now) =>
      byBot({ kind: "channel-post", telegram: { chatType: "channel" } }, { facts: blocked(plus(now, -hourMs)) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-rate-chat-1",
    what: "999 milliseconds after the last message in the chat",
    given: (now) => byBot({ kind: "reply" }, { facts: wrote(now), history: { lastSentAt: plus(now, -999) } }),
    outcome: "hold",
    until: "2026-11-10T10:00:00.001Z",
    fires: ["telegram.bot.rate-chat"],
  },
  {
    id: "tg-rate-chat-2",
    what: "a full second after it",
    given: (now) => byBot({ kind: "reply" }, { facts: wrote(now), history: { lastSentAt: plus(now, -secondMs) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-rate-group-1",
    what: "twenty messages in a group, the oldest a millisecond short of a minute",
    given: (now) => byBot(inGroup, { telegram: { groupSentAt: sentToGroup(now, 20, minuteMs - 1) } }),
    outcome: "hold",
    until: "2026-11-10T10:00:00.001Z",
    fires: ["telegram.bot.rate-group"],
  },
  {
    id: "tg-rate-group-2",
    what: "the oldest of the twenty is a minute old",
    given: (now) => byBot(inGroup, { telegram: { groupSentAt: sentToGroup(now, 20, minuteMs) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-rate-group-3",
    what: "of twenty-two messages three have to grow old before one fits",
    given: (now) => byBot(inGroup, { telegram: { groupSentAt: sentToGroup(now, 22, 50 * secondMs) } }),
    outcome: "hold",
    until: "2026-11-10T10:00:14.000Z",
    fires: ["telegram.bot.rate-group"],
  },
  {
    id: "tg-rate-group-4",
    what: "a channel is as full as a group",
    given: (now) => byBot({ kind: "channel-post" }, { telegram: { groupSentAt: sentToGroup(now, 20, 59 * secondMs) } }),
    outcome: "hold",
    until: "2026-11-10T10:00:01.000Z",
    fires: ["telegram.bot.rate-group"],
  },
  {
    id: "V74",
    what: "thirty messages of a broadcast in this second",
    at: "2026-11-10T10:00:00.900Z",
    given: (now) => byBot(newsletter, { history: { sentInLastSecond: 30 }, facts: subscribed(now) }),
    outcome: "hold",
    until: "2026-11-10T10:00:01.900Z",
    fires: ["telegram.bot.rate-global"],
  },
  {
    id: "tg-rate-global-1",
    what: "twenty-nine leave room for one",
    given: (now) => byBot(newsletter, { history: { sentInLastSecond: 29 }, facts: subscribed(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-rate-global-2",
    what: "an answer is no broadcast",
    given: (now) => byBot({ kind: "reply" }, { history: { sentInLastSecond: 30 }, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-rate-global-3",
    what: "who pays may send more",
    given: (now) =>
      byBot(newsletter, {
        history: { sentInLastSecond: 999 },
        telegram: { paidBroadcasts: entitled },
        facts: subscribed(now),
      }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-paid-broadcast-1",
    what: "31 a second wanted, paid broadcasts off",
    given: (now) => byBot({ ...newsletter, telegram: { messagesPerSecond: 31 } }, { facts: subscribed(now) }),
    outcome: "hold",
    until: "2026-11-10T10:00:01.000Z",
    fires: ["telegram.bot.paid-broadcast"],
  },
  {
    id: "tg-paid-broadcast-2",
    what: "30 a second wanted",
    given: (now) => byBot({ ...newsletter, telegram: { messagesPerSecond: 30 } }, { facts: subscribed(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-paid-broadcast-3",
    what: "1,000 a second wanted, with Stars and users enough",
    given: (now) =>
      byBot(
        { ...newsletter, telegram: { messagesPerSecond: 1_000 } },
        { telegram: { paidBroadcasts: entitled }, facts: subscribed(now) },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-paid-broadcast-4",
    what: "one Star short",
    given: (now) =>
      byBot(
        { ...newsletter, telegram: { messagesPerSecond: 1_000 } },
        { telegram: { paidBroadcasts: { ...entitled, starBalance: 99_999 } }, facts: subscribed(now) },
      ),
    outcome: "hold",
    until: "2026-11-10T10:00:01.000Z",
    fires: ["telegram.bot.paid-broadcast"],
  },
  {
    id: "tg-paid-broadcast-5",
    what: "switched on without the users for it, and thirty sent",
    given: (now) =>
      byBot(newsletter, {
        history: { sentInLastSecond: 30 },
        telegram: { paidBroadcasts: { ...entitled, monthlyActiveUsers: 99_999 } },
        facts: subscribed(now),
      }),
    outcome: "hold",
    until: "2026-11-10T10:00:01.000Z",
    fires: ["telegram.bot.paid-broadcast"],
  },
  {
    id: "tg-paid-broadcast-6",
    what: "more than 1,000 a second nobody can buy",
    given: (now) =>
      byBot(newsletter, {
        history: { sentInLastSecond: 1_000 },
        telegram: { paidBroadcasts: entitled },
        facts: subscribed(now),
      }),
    outcome: "hold",
    until: "2026-11-10T10:00:01.000Z",
    fires: ["telegram.bot.paid-broadcast"],
  },
  {
    id: "tg-retry-after-1",
    what: "told to wait for another millisecond",
    given: (now) => byBot({ kind: "reply" }, { facts: wrote(now), telegram: { retryAfterUntil: plus(now, 1) } }),
    outcome: "hold",
    until: "2026-11-10T10:00:00.001Z",
    fires: ["telegram.bot.retry-after"],
  },
  {
    id: "tg-retry-after-2",
    what: "waited as told",
    given: (now) => byBot({ kind: "reply" }, { facts: wrote(now), telegram: { retryAfterUntil: now } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V73",
    what: "started for support, then sent a newsletter",
    given: (now) => byBot(newsletter, { recipient: german, facts: wrote(now, 60 * dayMs) }),
    outcome: "refuse",
    fires: ["telegram.bot.unsolicited", "de.uwg7.consent-electronic-mail"],
  },
  {
    id: "tg-unsolicited-1",
    what: "offers the person asked for",
    given: (now) => byBot({ kind: "marketing", solicited: true }, { recipient: german, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-unsolicited-2",
    what: "followers of a channel chose to read it",
    given: () => byBot({ kind: "channel-post", promotional: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-unsolicited-3",
    what: "an opt-in for orders is none for offers",
    given: (now) =>
      byBot(newsletter, {
        recipient: { region: "BR", phone: "+5511987654321" },
        facts: { consents: [optIn("transactional", now, { channel: "telegram" })] },
      }),
    outcome: "refuse",
    fires: ["telegram.bot.unsolicited"],
  },
  {
    id: "tg-restricted-goods-1",
    what: "wine, by a bot",
    given: (now) =>
      byBot(
        { ...newsletter, content: { stopPath: true, senderNamed: true, goods: ["alcohol"] } },
        {
          facts: subscribed(now),
        },
      ),
    outcome: "refuse",
    fires: ["telegram.bot.restricted-goods"],
  },
  {
    id: "tg-restricted-goods-2",
    what: "tickets, by a bot",
    given: (now) =>
      byBot(
        { ...newsletter, content: { stopPath: true, senderNamed: true, goods: ["services"] } },
        {
          facts: subscribed(now),
        },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-digital-goods-stars-1",
    what: "an e-book paid by card",
    given: (now) =>
      byBot(
        { kind: "reply", content: { goods: ["digital-subscriptions"] }, telegram: { paidWith: "other" } },
        {
          facts: wrote(now),
        },
      ),
    outcome: "refuse",
    fires: ["telegram.bot.digital-goods-stars"],
  },
  {
    id: "tg-digital-goods-stars-2",
    what: "an e-book paid in Stars",
    given: (now) =>
      byBot(
        { kind: "reply", content: { goods: ["digital-subscriptions"] }, telegram: { paidWith: "stars" } },
        {
          facts: wrote(now),
        },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-digital-goods-stars-3",
    what: "shoes paid by card",
    given: (now) => byBot({ kind: "reply", telegram: { paidWith: "other" } }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-privacy-mode-1",
    what: "a bot in privacy mode in a group",
    given: () => byBot(inGroup, { telegram: { privacyMode: true } }),
    outcome: "allow",
    fires: [],
    notes: ["telegram.bot.privacy-mode"],
  },
  {
    id: "tg-privacy-mode-2",
    what: "a bot that hears everything",
    given: () => byBot(inGroup, { telegram: { privacyMode: false } }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "tg-file-limits-1",
    what: "a byte more than 50 MB",
    given: (now) => byBot({ kind: "reply", body: { largestFileBytes: 50 * mebibyte + 1 } }, { facts: wrote(now) }),
    outcome: "refuse",
    fires: ["telegram.bot.file-limits"],
  },
  {
    id: "tg-file-limits-2",
    what: "exactly 50 MB, in answer to 20",
    given: (now) =>
      byBot(
        { kind: "reply", body: { largestFileBytes: 50 * mebibyte } },
        { facts: wrote(now), telegram: { inboundFileBytes: 20 * mebibyte } },
      ),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "tg-file-limits-3",
    what: "a file of more than 20 MB that cannot be fetched",
    given: (now) => byBot({ kind: "reply" }, { facts: wrote(now), telegram: { inboundFileBytes: 20 * mebibyte + 1 } }),
    outcome: "allow",
    fires: [],
    notes: ["telegram.bot.file-limits"],
  },
  {
    id: "V77",
    what: "a connected bot answers after 30 hours",
    given: (now) => byConnectedBot({ facts: wrote(now, 30 * hourMs) }),
    outcome: "refuse",
    fires: ["telegram.business.reply-24h"],
  },
  {
    id: "tg-business-reply-1",
    what: "a millisecond before 24 hours",
    given: (now) => byConnectedBot({ facts: wrote(now, 24 * hourMs - 1) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-business-reply-2",
    what: "at 24 hours",
    given: (now) => byConnectedBot({ facts: wrote(now, 24 * hourMs) }),
    outcome: "refuse",
    fires: ["telegram.business.reply-24h"],
  },
  {
    id: "tg-business-reply-3",
    what: "in time, without the right",
    given: (now) => byConnectedBot({ telegram: { canReply: false }, facts: wrote(now) }),
    outcome: "refuse",
    fires: ["telegram.business.reply-24h"],
  },
  {
    id: "tg-channel-post-1",
    what: "no right to post",
    given: () => byBot({ kind: "channel-post" }, { telegram: { canPostMessages: false } }),
    outcome: "refuse",
    fires: ["telegram.channel.post"],
  },
  {
    id: "tg-channel-post-2",
    what: "an administrator who may post",
    given: () => byBot({ kind: "channel-post" }, { telegram: { startedAt: null } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-automation-spam-1",
    what: "a newsletter from a user account",
    given: (now) => byBot({ ...newsletter, transport: "other" }, { facts: subscribed(now) }),
    outcome: "refuse",
    fires: ["telegram.user.automation-spam"],
  },
  {
    id: "tg-automation-spam-2",
    what: "an answer from one",
    given: (now) => byBot({ kind: "reply", transport: "other" }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-automation-spam-3",
    what: "groups harvested by one",
    given: () =>
      byBot({ kind: "import", payload: "none", transport: "other" }, { operator: { practices: ["scraping"] } }),
    outcome: "refuse",
    fires: ["telegram.user.automation-spam"],
  },
  {
    id: "tg-automation-spam-4",
    what: "a newsletter typed by hand",
    given: (now) => byBot({ ...newsletter, transport: "consumer-app", payload: "native" }, { facts: subscribed(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-set-up-1",
    what: "a bot in good order",
    given: () => setUp({}),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-privacy-policy-1",
    what: "a bot that does not answer /privacy",
    given: () => setUp({ commands: ["start", "stop"] }),
    outcome: "hold",
    until: "event:privacy-command-ready",
    fires: ["telegram.bot.privacy-policy"],
  },
  {
    id: "tg-privacy-policy-2",
    what: "a bot without a policy of its own",
    given: () => setUp({ ownPrivacyPolicy: false }),
    outcome: "hold",
    until: "event:privacy-command-ready",
    fires: ["telegram.bot.privacy-policy"],
  },
  {
    id: "tg-limit-evasion-1",
    what: "several bots to get round the limits",
    given: () => setUp({ practices: ["evades-limits"] }),
    outcome: "refuse",
    fires: ["telegram.bot.no-limit-evasion"],
  },
  {
    id: "tg-data-minimum-1",
    what: "data kept after a request to erase it",
    given: () => setUp({ practices: ["keeps-data-too-long"] }),
    outcome: "refuse",
    fires: ["telegram.bot.data-minimum"],
  },
  {
    id: "tg-data-minimum-2",
    what: "such data taken in again",
    given: () => setUp({ practices: ["keeps-data-too-long"] }, { kind: "import" }),
    outcome: "refuse",
    fires: ["telegram.bot.data-minimum"],
  },
  {
    id: "tg-encrypt-1",
    what: "the key beside the data",
    given: () => setUp({ keyKeptApart: false }),
    outcome: "refuse",
    fires: ["telegram.bot.encrypt-at-rest"],
  },
  {
    id: "tg-encrypt-2",
    what: "data in the clear",
    given: () => setUp({ encryptedAtRest: false }),
    outcome: "refuse",
    fires: ["telegram.bot.encrypt-at-rest"],
  },
  {
    id: "tg-scraping-1",
    what: "a group's messages collected for a model",
    given: () => setUp({ practices: ["scrapes-content"] }, { kind: "import" }),
    outcome: "refuse",
    fires: ["telegram.bot.no-scraping"],
  },
  {
    id: "tg-scraping-2",
    what: "a list of people who signed up",
    given: () => setUp({}, { kind: "import" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-partnership-1",
    what: "a site that claims a partnership",
    given: () => setUp({ practices: ["claims-partnership"] }),
    outcome: "refuse",
    fires: ["telegram.bot.no-partnership-claim"],
  },
  {
    id: "tg-stop-command-1",
    what: "a newsletter by a bot that does not know /stop",
    given: (now) => byBot(newsletter, { telegram: { commands: ["start", "privacy"] }, facts: subscribed(now) }),
    outcome: "hold",
    until: "event:stop-command-ready",
    fires: ["telegram.bot.stop-command"],
  },
  {
    id: "tg-stop-command-2",
    what: "an answer by the same bot",
    given: (now) => byBot({ kind: "reply" }, { telegram: { commands: [] }, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tg-stop-command-3",
    what: "a bot that hears /stop and no other word",
    given: () => setUp({ optOutWordsHonoured: false }),
    outcome: "hold",
    until: "event:stop-command-ready",
    fires: ["telegram.bot.stop-command"],
  },
  {
    id: "tg-stop-command-4",
    what: "an order update with an offer in it, by a bot that does not know /stop",
    given: (now) =>
      byBot({ kind: "transactional", promotional: true }, { telegram: { commands: [] }, facts: subscribed(now) }),
    outcome: "hold",
    until: "event:stop-command-ready",
    fires: ["telegram.bot.stop-command"],
  },
  {
    id: "tg-transparency-1",
    what: "a connected bot that passes messages to somebody else's model",
    given: () => setUp({ practices: ["passes-content-on"] }, { transport: "business-connection" }),
    outcome: "refuse",
    fires: ["telegram.business.transparency"],
  },
  {
    id: "tg-transparency-2",
    what: "a bot that is connected to no account",
    given: () => setUp({ practices: ["passes-content-on"] }),
    outcome: "allow",
    fires: [],
  },
];

const turns: readonly Turn[] = [
  ["telegram.bot.no-cold-start", "begins", "2015-06-24", () => byBot(newsletter, { telegram: { startedAt: null } })],
  ["telegram.bot.blocked", "begins", "2015-06-24", (moment) => byBot(newsletter, { facts: blocked(moment) })],
  [
    "telegram.bot.rate-chat",
    "begins",
    "2015-06-24",
    (moment) => byBot({ kind: "reply" }, { history: { lastSentAt: plus(moment, -500) } }),
  ],
  [
    "telegram.bot.rate-group",
    "begins",
    "2015-06-24",
    (moment) => byBot(inGroup, { telegram: { groupSentAt: sentToGroup(moment, 20, 45 * secondMs) } }),
  ],
  ["telegram.bot.rate-global", "begins", "2015-06-24", () => byBot(newsletter, { history: { sentInLastSecond: 30 } })],
  [
    "telegram.bot.paid-broadcast",
    "begins",
    "2024-10-31",
    () => byBot({ ...newsletter, telegram: { messagesPerSecond: 500 } }),
  ],
  [
    "telegram.bot.retry-after",
    "begins",
    "2015-06-24",
    (moment) => byBot({ kind: "reply" }, { telegram: { retryAfterUntil: plus(moment, minuteMs) } }),
  ],
  ["telegram.bot.unsolicited", "begins", "2024-01-01", () => byBot(newsletter)],
  [
    "telegram.bot.restricted-goods",
    "begins",
    "2024-01-01",
    () => byBot({ kind: "reply", content: { goods: ["counterfeits"] } }),
  ],
  [
    "telegram.bot.digital-goods-stars",
    "begins",
    "2024-06-01",
    () => byBot({ kind: "reply", content: { goods: ["digital-subscriptions"] }, telegram: { paidWith: "other" } }),
  ],
  [
    "telegram.bot.file-limits",
    "begins",
    "2015-06-24",
    () => byBot({ kind: "reply", body: { largestFileBytes: 60 * mebibyte } }),
  ],
  ["telegram.business.reply-24h", "begins", "2024-03-31", () => byConnectedBot()],
  [
    "telegram.channel.post",
    "begins",
    "2015-09-22",
    () => byBot({ kind: "channel-post" }, { telegram: { canPostMessages: false } }),
  ],
  ["telegram.user.automation-spam", "begins", "2015-01-01", () => byBot({ ...newsletter, transport: "other" })],
  ["telegram.bot.privacy-policy", "begins", "2024-01-01", () => setUp({ ownPrivacyPolicy: false })],
  ["telegram.bot.no-limit-evasion", "begins", "2024-01-01", () => setUp({ practices: ["evades-limits"] })],
  ["telegram.bot.data-minimum", "begins", "2024-01-01", () => setUp({ practices: ["keeps-data-too-long"] })],
  ["telegram.bot.encrypt-at-rest", "begins", "2024-01-01", () => setUp({ encryptedAtRest: false })],
  ["telegram.bot.no-scraping", "begins", "2024-01-01", () => setUp({ practices: ["scrapes-content"] })],
  ["telegram.bot.no-partnership-claim", "begins", "2024-01-01", () => setUp({ practices: ["claims-partnership"] })],
  [
    "telegram.business.transparency",
    "begins",
    "2024-03-31",
    () => setUp({ practices: ["hides-activity"] }, { transport: "business-connection" }),
  ],
];

export const telegram: Section = { examples, turns };

import { dayMs, hourMs, type Instant, minuteMs, plus, secondMs } from "@loket/kit";
import type { MessengerComment } from "../facts/messenger.ts";
import type { Consent } from "../facts.ts";
import { type Differences, optIn, template } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";

type Request = NonNullable<Differences["request"]>;

function onMessenger(request: Request, differences: Differences = {}): Differences {
  return { ...differences, request: { channel: "messenger", transport: "other", ...request } };
}
function onInstagram(request: Request, differences: Differences = {}): Differences {
  return { ...differences, request: { channel: "instagram", transport: "other", ...request } };
}

const optedIn = (
  now: Instant,
  purpose: "marketing" | "transactional",
  channel: "messenger" | "instagram" = "messenger",
): { consents: Consent[] } => ({ consents: [optIn(purpose, now, { channel })] });
const wrote = (now: Instant, agoMs = hourMs) => ({ lastInboundAt: plus(now, -agoMs) });
const brazilian = { region: "BR", phone: "+5511987654321" };
const american = { region: "US", phone: "+12125550100" };
const german = { region: "DE", phone: "+4915112345678" };

const orderTag = { kind: "transactional", messenger: { tag: "POST_PURCHASE_UPDATE" } } as const;
const utility = { kind: "transactional", payload: "template", template: template("utility") } as const;
const byHand = { kind: "reply", messenger: { tag: "HUMAN_AGENT" } } as const;
const marketing = { kind: "newsletter", messenger: { token: "marketing-message" } } as const;
const privately = { kind: "reply", messenger: { privateReply: true } } as const;
const oneTime = { kind: "transactional", messenger: { token: "one-time-notification" } } as const;
const recurring = { kind: "newsletter", messenger: { token: "recurring-notification" } } as const;

/** A newsletter by subscription from a Brazilian business to a Brazilian, and what differs. */
const subscription = (
  now: Instant,
  token: NonNullable<Differences["messenger"]>["marketingToken"],
  differences: Differences = {},
): Differences =>
  onMessenger(marketing, {
    recipient: brazilian,
    sender: { establishment: "BR" },
    ...(token === undefined ? {} : { messenger: { marketingToken: token } }),
    facts: { ...wrote(now, 40 * dayMs), ...optedIn(now, "marketing") },
    ...differences,
  });
const valid = { expiresAt: null, lastUsedAt: null };
const comment = (at: Instant, differences: Partial<MessengerComment> = {}): MessengerComment => ({
  at,
  repliedPrivatelyAt: null,
  broadcastEndedAt: null,
  ...differences,
});

const examples: readonly Example[] = [
  {
    id: "ms-user-must-start-1",
    what: "somebody who never did anything",
    given: (now) => onMessenger({ kind: "transactional" }, { facts: optedIn(now, "transactional") }),
    outcome: "refuse",
    fires: ["messenger.user-must-start"],
  },
  {
    id: "ms-user-must-start-2",
    what: "somebody who clicked an ad a minute ago",
    given: (now) => onMessenger({ kind: "reply" }, { messenger: { lastActionAt: plus(now, -minuteMs) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-window-1",
    what: "a millisecond before 24 hours",
    given: (now) => onMessenger({ kind: "reply" }, { facts: wrote(now, 24 * hourMs - 1) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-window-2",
    what: "at 24 hours",
    given: (now) => onMessenger({ kind: "reply" }, { facts: wrote(now, 24 * hourMs) }),
    outcome: "refuse",
    fires: ["messenger.standard-window-24h"],
  },
  {
    id: "ms-window-3",
    what: "a reaction opens the window again",
    given: (now) =>
      onMessenger({ kind: "reply" }, { facts: wrote(now, 5 * dayMs), messenger: { lastActionAt: plus(now, -hourMs) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-window-4",
    what: "a comment of yesterday does not",
    given: (now) => onMessenger({ kind: "reply" }, { messenger: { comment: comment(plus(now, -24 * hourMs)) } }),
    outcome: "refuse",
    fires: ["messenger.standard-window-24h"],
  },
  {
    id: "ms-window-5",
    what: "after an ad, as long as the platform reports a longer window",
    given: (now) =>
      onMessenger({ kind: "reply" }, { facts: wrote(now, 6 * dayMs), messenger: { windowEndsAt: plus(now, 1) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-window-6",
    what: "and no longer",
    given: (now) => onMessenger({ kind: "reply" }, { facts: wrote(now, 6 * dayMs), messenger: { windowEndsAt: now } }),
    outcome: "refuse",
    fires: ["messenger.standard-window-24h"],
  },
  {
    id: "V80",
    what: "an order update with its tag, on the last day of tags",
    at: "2026-04-26T10:00:00Z",
    given: (now) => onMessenger(orderTag, { facts: { ...wrote(now, 3 * dayMs), ...optedIn(now, "transactional") } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V79",
    what: "the same after tags have gone",
    given: (now) => onMessenger(orderTag, { facts: { ...wrote(now, 3 * dayMs), ...optedIn(now, "transactional") } }),
    outcome: "refuse",
    fires: ["messenger.message-tags-removed"],
  },
  {
    id: "ms-tags-legacy-1",
    what: "an order update with an offer in it",
    at: "2026-04-26T10:00:00Z",
    given: (now) =>
      onMessenger(
        { ...orderTag, promotional: true },
        { facts: { ...wrote(now, 3 * dayMs), ...optedIn(now, "marketing") } },
      ),
    outcome: "refuse",
    fires: ["messenger.message-tags-legacy"],
  },
  {
    id: "ms-tags-legacy-2",
    what: "a poll with an account tag",
    at: "2026-04-26T10:00:00Z",
    given: (now) =>
      onMessenger(
        { kind: "survey", content: {}, messenger: { tag: "ACCOUNT_UPDATE" } },
        { facts: wrote(now, 3 * dayMs) },
      ),
    outcome: "refuse",
    fires: ["messenger.message-tags-legacy"],
  },
  {
    id: "ms-tags-legacy-3",
    what: "a change of a booking with the tag of a purchase",
    at: "2026-04-26T10:00:00Z",
    given: (now) =>
      onMessenger(
        { kind: "transactional", messenger: { tag: "POST_PURCHASE_UPDATE", fitsTag: false } },
        { facts: wrote(now, 3 * dayMs) },
      ),
    outcome: "refuse",
    fires: ["messenger.message-tags-legacy"],
  },
  {
    id: "ms-tags-legacy-4",
    what: "a call by a seller is no fact about an account",
    at: "2026-04-26T10:00:00Z",
    given: (now) =>
      onMessenger(
        { kind: "sales-call", content: {}, messenger: { tag: "ACCOUNT_UPDATE" } },
        { recipient: brazilian, facts: wrote(now, 3 * dayMs) },
      ),
    outcome: "refuse",
    fires: ["messenger.message-tags-legacy"],
  },
  {
    id: "ms-tags-removed-1",
    what: "without a tag in the window",
    given: (now) => onMessenger({ kind: "transactional" }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-utility-1",
    what: "an approved utility template three days later",
    given: (now) => onMessenger(utility, { facts: wrote(now, 3 * dayMs) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-utility-2",
    what: "one that is not approved yet",
    given: (now) =>
      onMessenger({ ...utility, template: template("utility", { status: "PENDING" }) }, { facts: wrote(now) }),
    outcome: "refuse",
    fires: ["messenger.utility-template"],
  },
  {
    id: "ms-utility-3",
    what: "an app without the permission",
    given: (now) => onMessenger(utility, { facts: wrote(now), messenger: { utilityMessagesGranted: false } }),
    outcome: "refuse",
    fires: ["messenger.utility-template"],
  },
  {
    id: "ms-utility-4",
    what: "one with an offer",
    given: (now) =>
      onMessenger({ ...utility, promotional: true }, { facts: { ...wrote(now), ...optedIn(now, "marketing") } }),
    outcome: "refuse",
    fires: ["messenger.utility-template"],
  },
  {
    id: "ms-utility-5",
    what: "Instagram has none",
    given: (now) => onInstagram(utility, { facts: wrote(now, 3 * dayMs) }),
    outcome: "refuse",
    fires: ["messenger.standard-window-24h", "instagram.no-proactive-route"],
  },
  {
    id: "V83",
    what: "a person answers on Instagram after five days",
    given: (now) => onInstagram(byHand, { facts: wrote(now, 5 * dayMs) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V84",
    what: "a bot with the tag for people",
    given: (now) => onMessenger({ ...byHand, kind: "bot-reply" }, { facts: wrote(now, 5 * dayMs) }),
    outcome: "refuse",
    fires: ["messenger.human-agent-7d"],
  },
  {
    id: "ms-human-agent-1",
    what: "a millisecond before seven days",
    given: (now) => onMessenger(byHand, { facts: wrote(now, 7 * dayMs - 1) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-human-agent-2",
    what: "at seven days",
    given: (now) => onMessenger(byHand, { facts: wrote(now, 7 * dayMs) }),
    outcome: "refuse",
    fires: ["messenger.human-agent-7d"],
  },
  {
    id: "ms-human-agent-3",
    what: "without Meta's leave",
    given: (now) => onInstagram(byHand, { facts: wrote(now), messenger: { humanAgentGranted: false } }),
    outcome: "refuse",
    fires: ["messenger.human-agent-7d"],
  },
  {
    id: "ms-human-agent-4",
    what: "with an offer",
    given: (now) =>
      onMessenger({ ...byHand, promotional: true }, { facts: { ...wrote(now), ...optedIn(now, "marketing") } }),
    outcome: "refuse",
    fires: ["messenger.human-agent-7d"],
  },
  {
    id: "ms-marketing-token-1",
    what: "a subscriber who got nothing yet",
    given: (now) => subscription(now, valid),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-marketing-token-2",
    what: "nobody subscribed",
    given: (now) => subscription(now, null),
    outcome: "refuse",
    fires: ["messenger.marketing-token"],
  },
  {
    id: "ms-marketing-token-3",
    what: "a subscription that ends now",
    given: (now) => subscription(now, { ...valid, expiresAt: now }),
    outcome: "refuse",
    fires: ["messenger.marketing-token"],
  },
  {
    id: "ms-marketing-token-4",
    what: "one that ends in a millisecond",
    given: (now) => subscription(now, { ...valid, expiresAt: plus(now, 1) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-marketing-token-5",
    what: "the second in a day",
    given: (now) => subscription(now, { ...valid, lastUsedAt: plus(now, -22 * hourMs) }),
    outcome: "hold",
    until: "2026-11-10T12:00:00.000Z",
    fires: ["messenger.marketing-token"],
  },
  {
    id: "ms-marketing-token-6",
    what: "24 hours after the first",
    given: (now) => subscription(now, { ...valid, lastUsedAt: plus(now, -24 * hourMs) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-marketing-region-1",
    what: "a subscriber in the Netherlands",
    given: (now) => subscription(now, valid, { recipient: {} }),
    outcome: "refuse",
    fires: ["messenger.marketing-region"],
  },
  {
    id: "ms-marketing-region-2",
    what: "a subscriber in Norway, which is in the EEA and not in the EU",
    given: (now) => subscription(now, valid, { recipient: { region: "NO", phone: "+4740612345" } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-marketing-region-3",
    what: "a business in the Netherlands",
    given: (now) => subscription(now, valid, { sender: { establishment: "NL" } }),
    outcome: "refuse",
    fires: ["messenger.marketing-region"],
  },
  {
    id: "ms-marketing-region-4",
    what: "a business in Australia, where nobody may get them",
    given: (now) => subscription(now, valid, { sender: { establishment: "AU" } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-recurring-1",
    what: "an old token of somebody in Brazil",
    given: (now) =>
      onMessenger(recurring, {
        recipient: brazilian,
        facts: { ...wrote(now, 40 * dayMs), ...optedIn(now, "marketing") },
      }),
    outcome: "refuse",
    fires: ["messenger.recurring-notifications-ended"],
  },
  {
    id: "ms-recurring-2",
    what: "an old token of somebody in the Netherlands",
    given: (now) => onMessenger(recurring, { facts: { ...wrote(now, 40 * dayMs), ...optedIn(now, "marketing") } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-recurring-3",
    what: "while the old tokens hold everywhere, nobody asks where the person lives",
    at: "2026-02-09T10:00:00Z",
    given: (now) =>
      onMessenger(recurring, {
        recipient: { region: undefined, phone: null } as never,
        facts: { ...wrote(now, 40 * dayMs), ...optedIn(now, "marketing") },
      }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-opt-in-request-1",
    what: "a first request in the window",
    given: (now) => onMessenger({ kind: "opt-in-request" }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-opt-in-request-2",
    what: "a second one in the same window",
    given: (now) =>
      onMessenger(
        { kind: "opt-in-request" },
        { facts: wrote(now, 2 * hourMs), messenger: { optInAskedAt: plus(now, -2 * hourMs) } },
      ),
    outcome: "refuse",
    fires: ["messenger.optin-request-rate"],
  },
  {
    id: "ms-opt-in-request-3",
    what: "one after the person wrote again",
    given: (now) =>
      onMessenger(
        { kind: "opt-in-request" },
        { facts: wrote(now, 2 * hourMs), messenger: { optInAskedAt: plus(now, -2 * hourMs - 1) } },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-opt-in-request-4",
    what: "the same title a millisecond short of a week later",
    given: (now) =>
      onMessenger(
        { kind: "opt-in-request" },
        { facts: wrote(now), messenger: { sameTitleAskedAt: plus(now, -7 * dayMs + 1) } },
      ),
    outcome: "refuse",
    fires: ["messenger.optin-request-rate"],
  },
  {
    id: "ms-opt-in-request-5",
    what: "the same title a week later",
    given: (now) =>
      onMessenger(
        { kind: "opt-in-request" },
        { facts: wrote(now), messenger: { sameTitleAskedAt: plus(now, -7 * dayMs) } },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-opt-in-request-6",
    what: "a request when the window has closed",
    given: (now) => onMessenger({ kind: "opt-in-request" }, { recipient: brazilian, facts: wrote(now, 24 * hourMs) }),
    outcome: "refuse",
    fires: ["messenger.optin-request-rate", "messenger.standard-window-24h"],
  },
  {
    id: "ms-one-time-1",
    what: "an unused token of yesterday",
    given: (now) =>
      onMessenger(oneTime, {
        facts: wrote(now, 30 * dayMs),
        messenger: { oneTimeToken: { obtainedAt: plus(now, -dayMs), usedAt: null } },
      }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-one-time-2",
    what: "one of a year ago",
    given: (now) =>
      onMessenger(oneTime, {
        facts: wrote(now, 400 * dayMs),
        messenger: { oneTimeToken: { obtainedAt: plus(now, -365 * dayMs), usedAt: null } },
      }),
    outcome: "refuse",
    fires: ["messenger.one-time-notification"],
  },
  {
    id: "ms-one-time-3",
    what: "one that was used",
    given: (now) =>
      onMessenger(oneTime, {
        facts: wrote(now, 30 * dayMs),
        messenger: { oneTimeToken: { obtainedAt: plus(now, -9 * dayMs), usedAt: plus(now, -dayMs) } },
      }),
    outcome: "refuse",
    fires: ["messenger.one-time-notification"],
  },
  {
    id: "ms-one-time-4",
    what: "one on Instagram",
    given: (now) =>
      onInstagram(oneTime, {
        facts: wrote(now),
        messenger: { oneTimeToken: { obtainedAt: plus(now, -dayMs), usedAt: null } },
      }),
    outcome: "refuse",
    fires: ["messenger.one-time-notification"],
  },
  {
    id: "ms-bot-disclosure-1",
    what: "a silent bot in Germany",
    at: "2026-08-01T10:00:00Z",
    given: (now) =>
      onMessenger({ kind: "bot-reply", bot: { escalationOffered: true } }, { recipient: german, facts: wrote(now) }),
    outcome: "change",
    fires: ["messenger.bot-disclosure"],
    changes: ["add-bot-disclosure"],
    notes: [],
  },
  {
    id: "ms-bot-disclosure-2",
    what: "a silent bot in California",
    given: (now) =>
      onInstagram(
        { kind: "bot-reply", bot: { escalationOffered: true } },
        { recipient: { ...american, subdivision: "US-CA" }, facts: wrote(now) },
      ),
    outcome: "change",
    fires: ["messenger.bot-disclosure"],
  },
  {
    id: "ms-bot-disclosure-3",
    what: "a silent bot in New York",
    given: (now) =>
      onMessenger(
        { kind: "bot-reply", bot: { escalationOffered: true } },
        { recipient: { ...american, subdivision: "US-NY" }, facts: wrote(now) },
      ),
    outcome: "allow",
    fires: [],
    notes: ["messenger.bot-disclosure"],
  },
  {
    id: "ms-bot-disclosure-4",
    what: "somewhere in the United States",
    given: (now) =>
      onMessenger({ kind: "bot-reply", bot: { firstTurn: true } }, { recipient: american, facts: wrote(now) }),
    outcome: "change",
    fires: ["messenger.bot-disclosure"],
  },
  {
    id: "ms-bot-disclosure-5",
    what: "the bot takes over from a person again",
    given: (now) =>
      onMessenger(
        { kind: "bot-reply", bot: { firstTurn: false, resumes: true } },
        { recipient: german, facts: wrote(now) },
      ),
    outcome: "change",
    fires: ["messenger.bot-disclosure"],
  },
  {
    id: "ms-bot-disclosure-6",
    what: "the bot goes on",
    given: (now) =>
      onMessenger({ kind: "bot-reply", bot: { firstTurn: false } }, { recipient: german, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-responsiveness-1",
    what: "an automated account answers after 30 seconds",
    given: (now) =>
      onMessenger({ kind: "bot-reply" }, { messenger: { declaredAutomated: true }, facts: wrote(now, 30 * secondMs) }),
    outcome: "allow",
    fires: [],
    notes: ["messenger.bot-responsiveness"],
  },
  {
    id: "ms-responsiveness-2",
    what: "a millisecond earlier",
    given: (now) =>
      onMessenger(
        { kind: "bot-reply" },
        { messenger: { declaredAutomated: true }, facts: wrote(now, 30 * secondMs - 1) },
      ),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "ms-send-rate-1",
    what: "the forty-first message of a Page in a second",
    given: (now) => onMessenger({ kind: "reply" }, { history: { sentInLastSecond: 40 }, facts: wrote(now) }),
    outcome: "hold",
    until: "2026-11-10T10:00:01.000Z",
    fires: ["messenger.send-rate"],
  },
  {
    id: "ms-send-rate-2",
    what: "the fortieth",
    given: (now) => onMessenger({ kind: "reply" }, { history: { sentInLastSecond: 39 }, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-send-rate-3",
    what: "the three hundred and first of an Instagram account",
    given: (now) => onInstagram({ kind: "reply" }, { history: { sentInLastSecond: 300 }, facts: wrote(now) }),
    outcome: "hold",
    until: "2026-11-10T10:00:01.000Z",
    fires: ["messenger.send-rate"],
  },
  {
    id: "ms-send-rate-4",
    what: "the three hundredth",
    given: (now) => onInstagram({ kind: "reply" }, { history: { sentInLastSecond: 299 }, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-restricted-1",
    what: "a Page that Meta restricted",
    given: (now) =>
      onMessenger({ kind: "reply" }, { account: { restrictions: [{ scope: "all", until: null }] }, facts: wrote(now) }),
    outcome: "hold",
    until: "event:restriction-lifted",
    fires: ["messenger.page-restricted"],
  },
  {
    id: "ms-restricted-2",
    what: "a restriction that has ended",
    given: (now) =>
      onMessenger({ kind: "reply" }, { account: { restrictions: [{ scope: "all", until: now }] }, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ms-restricted-3",
    what: "an answer under a restriction of what one begins",
    given: (now) =>
      onInstagram(
        { kind: "reply" },
        { account: { restrictions: [{ scope: "business-initiated", until: null }] }, facts: wrote(now) },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ig-escalation-1",
    what: "a bot that offers no person",
    given: (now) =>
      onInstagram({ kind: "bot-reply", bot: { saysAutomated: true, saysAi: true } }, { facts: wrote(now) }),
    outcome: "change",
    fires: ["instagram.human-escalation"],
    changes: ["add-handover-option"],
  },
  {
    id: "ig-escalation-2",
    what: "the same bot on Messenger",
    given: (now) =>
      onMessenger({ kind: "bot-reply", bot: { saysAutomated: true, saysAi: true } }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V86",
    what: "a private reply to a comment of eight days ago",
    given: (now) => onInstagram(privately, { messenger: { comment: comment(plus(now, -8 * dayMs)) } }),
    outcome: "refuse",
    fires: ["instagram.private-reply-7d"],
  },
  {
    id: "ig-private-reply-1",
    what: "a millisecond before seven days",
    given: (now) => onInstagram(privately, { messenger: { comment: comment(plus(now, -7 * dayMs + 1)) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ig-private-reply-2",
    what: "a second private reply",
    given: (now) =>
      onInstagram(privately, {
        messenger: { comment: comment(plus(now, -hourMs), { repliedPrivatelyAt: plus(now, -minuteMs) }) },
      }),
    outcome: "refuse",
    fires: ["instagram.private-reply-7d"],
  },
  {
    id: "ig-private-reply-3",
    what: "to a live comment, at the end of the broadcast",
    given: (now) =>
      onInstagram(privately, { messenger: { comment: comment(plus(now, -hourMs), { broadcastEndedAt: now }) } }),
    outcome: "refuse",
    fires: ["instagram.private-reply-7d"],
  },
  {
    id: "ig-private-reply-4",
    what: "to a live comment, just before",
    given: (now) =>
      onInstagram(privately, {
        messenger: { comment: comment(plus(now, -hourMs), { broadcastEndedAt: plus(now, 1) }) },
      }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V82",
    what: "an automatic order update on Instagram after three days",
    given: (now) =>
      onInstagram(
        { kind: "transactional" },
        { facts: { ...wrote(now, 3 * dayMs), ...optedIn(now, "transactional", "instagram") } },
      ),
    outcome: "refuse",
    fires: ["messenger.standard-window-24h", "instagram.no-proactive-route"],
  },
  {
    id: "ig-no-proactive-1",
    what: "in the window",
    given: (now) => onInstagram({ kind: "transactional" }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ig-no-proactive-2",
    what: "to somebody who never did anything",
    given: () => onInstagram({ kind: "transactional" }),
    outcome: "refuse",
    fires: ["messenger.user-must-start", "instagram.no-proactive-route"],
  },
  {
    id: "ig-text-size-1",
    what: "1,001 bytes",
    given: (now) => onInstagram({ kind: "reply", body: { textBytes: 1_001 } }, { facts: wrote(now) }),
    outcome: "change",
    fires: ["instagram.text-size"],
    changes: ["split-text"],
  },
  {
    id: "ig-text-size-2",
    what: "1,000 bytes",
    given: (now) => onInstagram({ kind: "reply", body: { textBytes: 1_000 } }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
];

const turns: readonly Turn[] = [
  ["messenger.user-must-start", "begins", "2016-04-12", () => onMessenger({ kind: "reply" })],
  [
    "messenger.standard-window-24h",
    "begins",
    "2020-03-04",
    (moment) => onInstagram({ kind: "reply" }, { facts: wrote(moment, 2 * dayMs) }),
  ],
  ["messenger.message-tags-legacy", "begins", "2020-03-04", () => onMessenger({ ...orderTag, promotional: true })],
  ["messenger.message-tags-legacy", "ends", "2026-04-27", () => onMessenger({ ...orderTag, promotional: true })],
  ["messenger.message-tags-removed", "begins", "2026-04-27", () => onMessenger(orderTag)],
  ["messenger.utility-template", "begins", "2025-07-01", () => onMessenger({ ...utility, promotional: true })],
  [
    "messenger.standard-window-24h", // a utility template opens it from then on
    "ends",
    "2025-07-01",
    (moment) => onMessenger(utility, { facts: wrote(moment, 2 * dayMs) }),
  ],
  ["messenger.human-agent-7d", "begins", "2020-03-04", () => onInstagram({ ...byHand, kind: "bot-reply" })],
  ["messenger.marketing-token", "begins", "2025-07-01", () => onMessenger(marketing)],
  ["messenger.marketing-region", "begins", "2025-07-01", () => onMessenger(marketing)],
  [
    "messenger.recurring-notifications-ended",
    "begins",
    "2026-02-10",
    () => onMessenger(recurring, { recipient: american }),
  ],
  ["messenger.optin-request-rate", "begins", "2022-01-01", () => onMessenger({ kind: "opt-in-request" })],
  ["messenger.one-time-notification", "begins", "2020-02-01", () => onMessenger(oneTime)],
  [
    "messenger.bot-disclosure",
    "begins",
    "2019-07-01",
    () => onMessenger({ kind: "bot-reply", bot: {} }, { recipient: german }),
  ],
  [
    "messenger.send-rate",
    "begins",
    "2024-10-08",
    () => onMessenger({ kind: "reply" }, { history: { sentInLastSecond: 300 } }),
  ],
  [
    "messenger.page-restricted",
    "begins",
    "2026-06-25",
    () => onInstagram({ kind: "reply" }, { account: { restrictions: [{ scope: "lock", until: null }] } }),
  ],
  ["instagram.human-escalation", "begins", "2021-06-01", () => onInstagram({ kind: "bot-reply", bot: {} })],
  ["instagram.private-reply-7d", "begins", "2021-06-01", () => onInstagram(privately)],
  ["instagram.no-proactive-route", "begins", "2026-02-10", () => onInstagram({ kind: "newsletter" })],
  ["instagram.text-size", "begins", "2021-06-01", () => onInstagram({ kind: "reply", body: { textBytes: 2_000 } })],
];

export const messenger: Section = { examples, turns };

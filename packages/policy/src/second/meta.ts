import { dayMs, plus, secondMs } from "@loket/kit";
import { isInEu } from "../regions.ts";
import type { Channel } from "../request.ts";
import { agoUnder, all, any, is, least, named, not, unknown, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import type { Send } from "./send.ts";
import { none, past } from "./telegram.ts";

/** Messenger and Instagram: windows, tags, tokens, comments. */

const both: { channel: readonly Channel[] } = { channel: ["messenger", "instagram"] };
const messenger: { channel: readonly Channel[] } = { channel: ["messenger"] };
const instagram: { channel: readonly Channel[] } = { channel: ["instagram"] };
const bots = { kind: ["bot-reply"] } as const;
const marketing = yes("send.marketing");

/** The person's latest message, click, reaction or comment, as far as it is past. */
const actedAt = ({ facts, at }: Send): number =>
  Math.max(
    ...[facts.lastInboundAt, facts.messenger?.lastActionAt, facts.messenger?.comment?.at].map((moment) =>
      moment == null || moment > at ? Number.NEGATIVE_INFINITY : moment,
    ),
  );
const actedWithin = (ms: number) =>
  named(
    `the person acted within ${ms} ms`,
    (send) => actedAt(send) > Number.NEGATIVE_INFINITY && send.at - actedAt(send) < ms,
  );
const actedEver = actedWithin(Number.POSITIVE_INFINITY);
const reportedWindow = agoUnder("facts.messenger.windowEndsAt", 0);
const windowOpen = any(actedWithin(dayMs), reportedWindow);

const tag = (...names: string[]) => is("request.messenger.tag", ...names);
const token = (...names: string[]) => is("request.messenger.token", ...names);
const updateTag = tag("ACCOUNT_UPDATE", "CONFIRMED_EVENT_UPDATE", "POST_PURCHASE_UPDATE");
const humanAgent = tag("HUMAN_AGENT");
const privateReply = yes("request.messenger.privateReply");
/** They exist since July 2025. */
const utilityTemplate = all(
  is("request.payload", "template"),
  is("request.template.category", "utility"),
  named("utility templates exist", ({ at }) => at >= Date.parse("2025-07-01T00:00:00Z")),
);
/** Instagram has neither templates nor tokens, and of the tags only that of a person. */
const otherRight = any(
  humanAgent,
  privateReply,
  all(
    is("request.channel", "messenger"),
    any(not(unknown("request.messenger.tag")), not(unknown("request.messenger.token")), utilityTemplate),
  ),
);
/** Tags are for facts about an event, an order or an account. Where nobody says so of a message, its kind speaks for it. */
const fitsTag = any(
  yes("request.messenger.fitsTag"),
  all(
    unknown("request.messenger.fitsTag"),
    any(
      yes("request.content.specific"),
      all(
        unknown("request.content.specific"),
        is("request.kind", "transactional", "auth", "reply", "bot-reply", "doi-confirmation", "opt-out-confirmation"),
      ),
    ),
  ),
);

const subscriptionRegions = ["AU", "GB", "JP", "KR"];
const inSubscriptionRegion = named(
  "EU, UK, Japan, South Korea, Australia",
  ({ region }) => region !== null && (isInEu(region) || subscriptionRegions.includes(region)),
);
/** As Meta's pages on these messages name them. */
const fromListedCountry = is(
  "facts.sender.establishment",
  ...["AU", "BR", "CL", "CO", "HK", "IN", "ID", "IL", "MY", "MX"],
  ...["NZ", "PE", "PH", "SA", "SG", "TW", "TH", "AE", "US", "VN"],
);
const noSubscription = named("no valid subscription", ({ facts, at }) => {
  const held = facts.messenger?.marketingToken;
  return held == null || held.expiresAt === undefined || (held.expiresAt !== null && held.expiresAt <= at);
});
/** Asked of whatever token there is: its end may be as unknown as its last use. */
const hasToken = not(none("facts.messenger.marketingToken"));
const usedToday = agoUnder("facts.messenger.marketingToken.lastUsedAt", dayMs);
const noOneTimeToken = named("no unused token younger than a year", ({ facts, at }) => {
  const held = facts.messenger?.oneTimeToken;
  return held == null || held.usedAt !== null || held.obtainedAt > at || at - held.obtainedAt >= 365 * dayMs;
});
const askedInThisWindow = named(
  "asked since the person last acted",
  (send) => send.facts.messenger?.optInAskedAt != null && send.facts.messenger.optInAskedAt >= actedAt(send),
);

/** A restriction of what a business begins leaves its answers free, as on the other platform of the same house. */
const restricted = named("restricted by the platform", ({ facts, at, byBusiness }) =>
  (facts.account?.restrictions ?? []).some(
    ({ scope, until }) =>
      (until === null || until > at) &&
      (scope === "all" || scope === "lock" || (scope === "business-initiated" && byBusiness)),
  ),
);

export const metaRows: readonly Row[] = [
  {
    rule: "messenger.user-must-start",
    since: "2016-04-12",
    outcome: "refuse",
    weak: true,
    where: both,
    when: not(any(actedEver, reportedWindow)),
  },
  {
    rule: "messenger.standard-window-24h",
    since: "2020-03-04",
    outcome: "refuse",
    where: both,
    when: all(actedEver, not(any(windowOpen, otherRight))),
  },
  {
    rule: "messenger.message-tags-legacy",
    since: "2020-03-04",
    until: "2026-04-27",
    outcome: "refuse",
    where: messenger,
    when: all(updateTag, any(marketing, not(fitsTag))),
  },
  { rule: "messenger.message-tags-removed", since: "2026-04-27", outcome: "refuse", where: messenger, when: updateTag },
  {
    rule: "messenger.utility-template",
    since: "2025-07-01",
    outcome: "refuse",
    weak: true,
    where: { ...messenger, payload: ["template"] },
    when: all(
      is("request.template.category", "utility"),
      any(
        not(is("request.template.status", "APPROVED")),
        not(yes("facts.messenger.utilityMessagesGranted")),
        marketing,
      ),
    ),
  },
  {
    rule: "messenger.human-agent-7d",
    since: "2020-03-04",
    outcome: "refuse",
    where: both,
    when: all(
      humanAgent,
      any(
        not(is("request.kind", "reply")),
        marketing,
        not(all(past("facts.lastInboundAt"), agoUnder("facts.lastInboundAt", 7 * dayMs))),
        not(yes("facts.messenger.humanAgentGranted")),
      ),
    ),
  },
  {
    rule: "messenger.marketing-token",
    since: "2025-07-01",
    outcome: "refuse",
    where: messenger,
    when: all(token("marketing-message"), any(noSubscription, usedToday)),
    turns: (send) => (noSubscriptionTest(send) ? "refuse" : "hold"),
    waits: ({ facts, at }) => plus(facts.messenger?.marketingToken?.lastUsedAt ?? at, dayMs),
    needs: [need("messenger.marketingToken.lastUsedAt", all(token("marketing-message"), hasToken))],
  },
  {
    rule: "messenger.marketing-region",
    since: "2025-07-01",
    outcome: "refuse",
    where: messenger,
    when: all(token("marketing-message"), any(inSubscriptionRegion, not(fromListedCountry))),
    needs: [need("recipient.region", all(token("marketing-message"), is("send.region", null)))],
  },
  {
    rule: "messenger.recurring-notifications-ended",
    since: "2026-02-10",
    outcome: "refuse",
    where: messenger,
    when: all(token("recurring-notification"), not(is("send.region", null)), not(inSubscriptionRegion)),
    needs: [need("recipient.region", all(token("recurring-notification"), is("send.region", null)))],
  },
  {
    rule: "messenger.optin-request-rate",
    since: "2022-01-01",
    outcome: "refuse",
    weak: true,
    where: { ...both, kind: ["opt-in-request"] },
    when: any(not(windowOpen), agoUnder("facts.messenger.sameTitleAskedAt", 7 * dayMs), askedInThisWindow),
    needs: [need("messenger.optInAskedAt"), need("messenger.sameTitleAskedAt")],
  },
  {
    rule: "messenger.one-time-notification",
    since: "2020-02-01",
    outcome: "refuse",
    weak: true,
    where: both,
    when: all(token("one-time-notification"), any(is("request.channel", "instagram"), noOneTimeToken)),
  },
  {
    rule: "messenger.bot-disclosure",
    since: "2019-07-01",
    outcome: "change",
    weak: true,
    where: { ...both, ...bots },
    when: all(
      any(not(is("request.bot.firstTurn", false)), yes("request.bot.resumes")),
      not(yes("request.bot.saysAutomated")),
    ),
    turns: (send) => (disclosureTest(send) ? "change" : "note"),
    instead: ["core.bot-disclosure"],
  },
  {
    rule: "messenger.bot-responsiveness",
    since: "2019-01-01",
    outcome: "note",
    weak: true,
    where: { ...both, ...bots },
    // Spans are half-open: with the thirtieth second the time to answer is over.
    when: all(
      yes("facts.messenger.declaredAutomated"),
      past("facts.lastInboundAt"),
      not(agoUnder("facts.lastInboundAt", 30 * secondMs)),
    ),
  },
  {
    rule: "messenger.send-rate",
    since: "2024-10-08",
    outcome: "hold",
    where: both,
    when: any(
      least("facts.history.sentInLastSecond", 300),
      all(is("request.channel", "messenger"), least("facts.history.sentInLastSecond", 40)),
    ),
    waits: ({ at }) => plus(at, secondMs),
    needs: [need("history.sentInLastSecond")],
  },
  {
    rule: "messenger.page-restricted",
    since: "2026-06-25",
    outcome: "hold",
    where: both,
    when: restricted,
    waits: () => "event:restriction-lifted",
    needs: [need("account.restrictions")],
  },
  {
    rule: "instagram.human-escalation",
    since: "2021-06-01",
    outcome: "change",
    weak: true,
    where: { ...instagram, ...bots },
    when: not(yes("request.bot.escalationOffered")),
  },
  {
    rule: "instagram.private-reply-7d",
    since: "2021-06-01",
    outcome: "refuse",
    weak: true,
    where: instagram,
    when: all(
      privateReply,
      any(
        not(all(past("facts.messenger.comment.at"), agoUnder("facts.messenger.comment.at", 7 * dayMs))),
        least("facts.messenger.comment.repliedPrivatelyAt", Number.NEGATIVE_INFINITY),
        named("the broadcast is over", ({ facts, at }) => {
          const ended = facts.messenger?.comment?.broadcastEndedAt;
          return ended != null && ended <= at;
        }),
      ),
    ),
    needs: [
      need("messenger.comment.repliedPrivatelyAt", all(privateReply, not(none("facts.messenger.comment")))),
      need("messenger.comment.broadcastEndedAt", all(privateReply, not(none("facts.messenger.comment")))),
    ],
  },
  {
    rule: "instagram.no-proactive-route",
    since: "2026-02-10",
    outcome: "refuse",
    where: instagram,
    when: not(any(windowOpen, humanAgent, privateReply)),
  },
  {
    rule: "instagram.text-size",
    since: "2021-06-01",
    outcome: "change",
    weak: true,
    where: instagram,
    when: least("request.body.textBytes", 1_001),
  },
];

function noSubscriptionTest(send: Send): boolean {
  return "test" in noSubscription && noSubscription.test(send);
}
/** German law, and Californian for whoever may live there. */
function disclosureTest({ region, facts }: Send): boolean {
  if (region === null || region === "DE") return true;
  return region === "US" && [undefined, null, "US-CA"].includes(facts.recipient?.subdivision);
}

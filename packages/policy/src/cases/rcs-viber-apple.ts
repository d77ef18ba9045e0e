import { dayMs, hourMs, type Instant, minuteMs, plus } from "@loket/kit";
import type { Consent } from "../facts.ts";
import type { Channel } from "../request.ts";
import { type Differences, optIn } from "../testing.ts";
import type { Example, Section } from "./index.ts";

type Request = NonNullable<Differences["request"]>;

const on =
  (channel: Channel) =>
  (request: Request, differences: Differences = {}): Differences => ({
    ...differences,
    request: { channel, transport: "other", ...request },
  });
const byRcs = on("rcs");
const byViber = on("viber");
const byApple = on("apple");

const agreed = (now: Instant, purpose: "marketing" | "transactional", channel: Channel): { consents: Consent[] } => ({
  consents: [optIn(purpose, now, { channel })],
});
const wrote = (now: Instant, agoMs = hourMs) => ({ lastInboundAt: plus(now, -agoMs) });
const stopped = (moment: Instant, source: "keyword" | "link" = "keyword") => ({
  suppressions: [{ purpose: "all", channel: "rcs", at: moment, source } as const],
});
const american = { region: "US", phone: "+12125550100" };

const code = { kind: "auth", rcs: { expiresAfterMs: 5 * minuteMs } } as const;
/** Somebody we wrote to before. */
const known = (now: Instant) => ({ lastSentAt: plus(now, -30 * dayMs) });

const examples: readonly Example[] = [
  {
    id: "rcs-use-1",
    what: "an order update by an agent for codes",
    given: () => byRcs({ kind: "transactional" }, { rcs: { agentUse: "otp" } }),
    outcome: "refuse",
    fires: ["rcs.use-case-fit"],
  },
  {
    id: "rcs-use-2",
    what: "a code by it",
    given: () => byRcs(code, { rcs: { agentUse: "otp" } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "rcs-use-3",
    what: "an offer by a transactional agent",
    given: (now) =>
      byRcs({ kind: "marketing" }, { rcs: { agentUse: "transactional" }, facts: agreed(now, "marketing", "rcs") }),
    outcome: "refuse",
    fires: ["rcs.use-case-fit"],
  },
  {
    id: "rcs-use-4",
    what: "an order update by it",
    given: () => byRcs({ kind: "transactional" }, { rcs: { agentUse: "transactional" } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "rcs-use-5",
    what: "something urgent by a promotional agent",
    given: () =>
      byRcs(
        { kind: "transactional", rcs: { timeBound: true, expiresAfterMs: hourMs } },
        { rcs: { agentUse: "promotional" } },
      ),
    outcome: "refuse",
    fires: ["rcs.use-case-fit"],
  },
  {
    id: "rcs-use-6",
    what: "a code by an agent for both",
    given: () => byRcs(code, { rcs: { agentUse: "multi-use" } }),
    outcome: "refuse",
    fires: ["rcs.use-case-fit"],
  },
  {
    id: "rcs-use-7",
    what: "an offer by it",
    given: (now) => byRcs({ kind: "marketing" }, { facts: agreed(now, "marketing", "rcs") }),
    outcome: "allow",
    fires: [],
    notes: ["rcs.consent"],
  },
  {
    id: "rcs-unsubscribed-1",
    what: "the platform says that the person unsubscribed",
    given: (now) => byRcs({ kind: "transactional" }, { rcs: { unsubscribedAt: plus(now, -dayMs) } }),
    outcome: "refuse",
    fires: ["rcs.unsubscribed"],
  },
  {
    id: "rcs-unsubscribed-2",
    what: "an answer to what the person wrote since",
    given: (now) => byRcs({ kind: "reply" }, { rcs: { unsubscribedAt: plus(now, -dayMs) }, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "rcs-unsubscribed-3",
    what: "STOP",
    given: (now) =>
      byRcs({ kind: "marketing" }, { facts: { ...agreed(now, "marketing", "rcs"), ...stopped(plus(now, -dayMs)) } }),
    outcome: "refuse",
    fires: ["rcs.unsubscribed"],
  },
  {
    id: "rcs-unsubscribed-4",
    what: "STOP, and a sign-up after it",
    given: (now) =>
      byRcs(
        { kind: "marketing" },
        { facts: { ...agreed(now, "marketing", "rcs"), ...stopped(plus(now, -100 * dayMs)) } },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "rcs-unsubscribed-5",
    what: "a link elsewhere that meant everything",
    given: (now) =>
      byRcs(
        { kind: "marketing" },
        { facts: { ...agreed(now, "marketing", "rcs"), ...stopped(plus(now, -dayMs), "link") } },
      ),
    outcome: "refuse",
    fires: ["core.opt-out-wins"],
  },
  {
    id: "rcs-reachable-1",
    what: "404, with SMS to fall back on",
    given: () => byRcs({ kind: "transactional", rcs: { fallbackChannel: "sms" } }, { rcs: { reachable: false } }),
    outcome: "change",
    fires: ["rcs.not-reachable"],
    changes: ["use-other-channel"],
  },
  {
    id: "rcs-reachable-2",
    what: "a number that has RCS",
    given: () => byRcs({ kind: "transactional", rcs: { fallbackChannel: "sms" } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "rcs-ttl-1",
    what: "a courier's hour without an end",
    given: () => byRcs({ kind: "transactional", rcs: { timeBound: true } }),
    outcome: "change",
    fires: ["rcs.ttl"],
    changes: ["set-expiry"],
  },
  {
    id: "rcs-ttl-2",
    what: "fifteen days and a millisecond",
    given: () => byRcs({ kind: "transactional", rcs: { timeBound: true, expiresAfterMs: 15 * dayMs + 1 } }),
    outcome: "change",
    fires: ["rcs.ttl"],
  },
  {
    id: "rcs-ttl-3",
    what: "fifteen days",
    given: () => byRcs({ kind: "transactional", rcs: { timeBound: true, expiresAfterMs: 15 * dayMs } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "rcs-ttl-4",
    what: "news that keeps",
    given: () => byRcs({ kind: "transactional" }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "vb-consent-1",
    what: "a delivery note nobody agreed to",
    given: () => byViber({ kind: "transactional" }),
    outcome: "refuse",
    fires: ["viber.consent"],
  },
  {
    id: "vb-consent-2",
    what: "an answer needs no agreement",
    given: (now) => byViber({ kind: "reply" }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V110",
    what: "a delivery note with a picture",
    given: (now) =>
      byViber({ kind: "transactional", body: { parts: ["image"] } }, { facts: agreed(now, "transactional", "viber") }),
    outcome: "change",
    fires: ["viber.transactional-text-only"],
    changes: ["send-text-only"],
  },
  {
    id: "vb-text-only-1",
    what: "a delivery note in words",
    given: (now) =>
      byViber({ kind: "transactional", body: { parts: [] } }, { facts: agreed(now, "transactional", "viber") }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "vb-text-only-4",
    what: "a delivery note with an invitation to a channel of offers",
    given: (now) =>
      byViber(
        { kind: "transactional", content: { stopPath: true, senderNamed: true, channelInvite: true } },
        { history: known(now), facts: agreed(now, "marketing", "viber") },
      ),
    outcome: "change",
    fires: ["viber.transactional-text-only"],
  },
  {
    id: "vb-text-only-2",
    what: "a delivery note with an offer",
    given: (now) =>
      byViber(
        { kind: "transactional", promotional: true },
        { history: known(now), facts: agreed(now, "marketing", "viber") },
      ),
    outcome: "change",
    fires: ["viber.transactional-text-only"],
  },
  {
    id: "vb-first-1",
    what: "an offer as the first message",
    given: (now) => byViber({ kind: "marketing" }, { facts: agreed(now, "marketing", "viber") }),
    outcome: "change",
    fires: ["viber.first-message"],
    changes: ["send-introduction-first"],
  },
  {
    id: "vb-first-2",
    what: "an offer to somebody we wrote to before",
    given: (now) => byViber({ kind: "marketing" }, { history: known(now), facts: agreed(now, "marketing", "viber") }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "vb-session-1",
    what: "a millisecond before the session ends",
    given: (now) => byViber({ kind: "reply" }, { facts: wrote(now, 24 * hourMs - 1) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "vb-session-2",
    what: "at its end",
    given: (now) =>
      byViber({ kind: "reply" }, { facts: { ...wrote(now, 24 * hourMs), ...agreed(now, "transactional", "viber") } }),
    outcome: "refuse",
    fires: ["viber.session-24h"],
  },
  {
    id: "vb-session-3",
    what: "the sixty-first message of a session",
    given: (now) => byViber({ kind: "reply" }, { viber: { sessionMessagesSent: 60 }, facts: wrote(now) }),
    outcome: "refuse",
    fires: ["viber.session-24h"],
  },
  {
    id: "vb-session-4",
    what: "the sixtieth, after four unanswered ones",
    given: (now) =>
      byViber({ kind: "reply" }, { viber: { sessionMessagesSent: 59, unansweredInRow: 4 }, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "vb-session-5",
    what: "after five unanswered ones",
    given: (now) => byViber({ kind: "bot-reply" }, { viber: { unansweredInRow: 5 }, facts: wrote(now) }),
    outcome: "refuse",
    fires: ["viber.session-24h"],
  },
  {
    id: "ap-starts-1",
    what: "nobody began a conversation",
    given: () => byApple({ kind: "reply" }),
    outcome: "refuse",
    fires: ["apple.customer-starts"],
  },
  {
    id: "ap-starts-2",
    what: "an open conversation",
    given: (now) => byApple({ kind: "reply" }, { apple: { conversation: "active" }, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ap-starts-3",
    what: "a closed one, and a subscription",
    given: (now) =>
      byApple(
        { kind: "marketing" },
        {
          apple: { conversation: "closed", subscribedAt: plus(now, -dayMs) },
          facts: agreed(now, "marketing", "apple"),
        },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V109",
    what: "an offer in an open conversation, without subscribe",
    given: (now) =>
      byApple({ kind: "marketing" }, { recipient: american, apple: { conversation: "active" }, facts: wrote(now) }),
    outcome: "refuse",
    fires: ["apple.no-marketing-without-subscribe"],
  },
  {
    id: "ap-marketing-1",
    what: "subscribed in this millisecond",
    given: (now) =>
      byApple(
        { kind: "marketing" },
        { recipient: american, apple: { conversation: "active", subscribedAt: now }, facts: wrote(now) },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ap-marketing-2",
    what: "an offer the person asked for",
    given: (now) =>
      byApple({ kind: "marketing", solicited: true }, { apple: { conversation: "active" }, facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ap-notice-1",
    what: "a first notification about an order",
    given: (now) => byApple({ kind: "transactional" }, { apple: { conversation: "active" }, facts: wrote(now) }),
    outcome: "change",
    fires: ["apple.account-notice"],
    changes: ["send-notice-first"],
  },
  {
    id: "ap-notice-2",
    what: "a later one",
    given: (now) =>
      byApple(
        { kind: "transactional" },
        { apple: { conversation: "active", noticeShownAt: plus(now, -dayMs) }, facts: wrote(now) },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ap-deleted-1",
    what: "a deleted conversation",
    given: () => byApple({ kind: "reply" }, { apple: { conversation: "deleted" } }),
    outcome: "refuse",
    fires: ["apple.deleted-conversation"],
  },
  {
    id: "ap-deleted-2",
    what: "a deleted conversation ends a subscription",
    given: (now) =>
      byApple(
        { kind: "marketing" },
        {
          apple: { conversation: "deleted", subscribedAt: plus(now, -dayMs) },
          facts: agreed(now, "marketing", "apple"),
        },
      ),
    outcome: "refuse",
    fires: ["apple.deleted-conversation"],
  },
  {
    id: "ap-set-up-1",
    what: "an account in good order",
    given: () => byApple({ kind: "setup", payload: "none" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ap-agent-1",
    what: "a bot alone",
    given: () => byApple({ kind: "setup", payload: "none" }, { apple: { liveAgent: false } }),
    outcome: "refuse",
    fires: ["apple.live-agent"],
  },
  {
    id: "ap-words-1",
    what: "unsubscribe does nothing",
    given: () => byApple({ kind: "setup", payload: "none" }, { apple: { wiredWords: ["agent", "menu"] } }),
    outcome: "hold",
    until: "event:keywords-ready",
    fires: ["apple.trigger-words"],
  },
];

/** None of these rules begins on a day. */
export const rcsViberApple: Section = { examples, turns: [] };

import { dayMs, hourMs, plus } from "@loket/kit";
import { describe, expect, it } from "vitest";
import { toWire } from "./describe.ts";
import type { Facts } from "./facts.ts";
import { decide } from "./terms-book.ts";
import { type Differences, optIn, ordinaryAt, ordinaryEmail, ordinarySend, softOptIn, template } from "./testing.ts";

/**
 * What a channel has to be told before anything goes out there. A line takes facts away from a send that is in order and
 * names what is asked for; whatever else may be unknown without holding it.
 */
type Line = readonly [what: string, differences: Differences, without: keyof Facts, missing: readonly string[]];

const wrote = { lastInboundAt: plus(ordinaryAt, -hourMs) };
const brazilian = { region: "BR", phone: "+5511987654321" };
const agreed = { consents: [optIn("marketing", ordinaryAt, { channel: "all" })] };
const telegram = { channel: "telegram", transport: "bot-api" } as const;
const messenger = { channel: "messenger", transport: "other" } as const;
const email = { channel: "email", transport: "smtp", email: ordinaryEmail } as const;
const chat = { channel: "webchat", transport: "own" } as const;
const text = { channel: "sms", transport: "other" } as const;
const newsletter = { kind: "newsletter", payload: "template", template: template("marketing") } as const;
const american = { region: "US", phone: "+12125550100", timeZones: [] };

const lines: readonly Line[] = [
  [
    "a bot's answer",
    { request: { ...telegram, kind: "reply" }, facts: wrote },
    "telegram",
    ["telegram.retryAfterUntil"],
  ],
  ["a bot's answer", { request: { ...telegram, kind: "reply" }, facts: wrote }, "history", ["history.lastSentAt"]],
  [
    "a bot's transactional message",
    { request: { ...telegram, kind: "transactional" }, facts: wrote },
    "history",
    ["history.lastSentAt", "history.sentInLastSecond"],
  ],
  [
    "a bot's message in a group",
    { request: { ...telegram, kind: "reply", telegram: { chatType: "group" } } },
    "telegram",
    ["telegram.retryAfterUntil", "telegram.groupSentAt"],
  ],
  [
    "the set-up of a bot",
    { request: { ...telegram, kind: "setup", payload: "none" } },
    "telegram",
    ["telegram.practices"],
  ],
  [
    "a user account driven by software",
    { request: { ...telegram, transport: "other", kind: "reply" }, facts: wrote },
    "operator",
    ["operator.practices"],
  ],
  [
    "an answer on Messenger",
    { request: { ...messenger, kind: "reply" }, facts: wrote },
    "account",
    ["account.restrictions"],
  ],
  [
    "an answer on Instagram",
    { request: { ...messenger, channel: "instagram", kind: "reply" }, facts: wrote },
    "history",
    ["history.sentInLastSecond"],
  ],
  ["an answer on Messenger", { request: { ...messenger, kind: "reply" }, facts: wrote }, "messenger", []],
  [
    "a request to subscribe",
    { request: { ...messenger, kind: "opt-in-request" }, facts: wrote },
    "messenger",
    ["messenger.optInAskedAt", "messenger.sameTitleAskedAt"],
  ],
  [
    "a marketing message on Messenger",
    {
      request: { ...messenger, kind: "newsletter", messenger: { token: "marketing-message" } },
      recipient: brazilian,
      sender: { establishment: "BR" },
      messenger: { marketingToken: { expiresAt: null, lastUsedAt: null } },
      facts: { ...agreed, ...wrote },
    },
    "recipient",
    ["recipient.region", "recipient.birthDate"],
  ],
  [
    "an e-mail",
    { request: { ...email, kind: "reply" }, facts: wrote },
    "email",
    ["email.spfPasses", "email.dkimPasses", "email.tls", "email.reverseDnsMatches", "email.bulkSenderTo"],
  ],
  [
    "an offer by e-mail",
    { request: { ...email, kind: "marketing", promotional: true }, facts: agreed },
    "account",
    ["account.spamRate7d"],
  ],
  [
    "an offer by e-mail to a customer",
    { request: { ...email, kind: "marketing" }, facts: { consents: [softOptIn()] } },
    "webchat",
    ["webchat.addressForTranscript"],
  ],
  ["an answer in a web chat", { request: { ...chat, kind: "reply" }, facts: wrote, webchat: {} }, "recipient", []],
  [
    "the import of a web chat",
    { request: { ...chat, kind: "import", payload: "none" } },
    "webchat",
    ["webchat.transcript"],
  ],
  [
    "a notice by RCS",
    { request: { channel: "rcs", transport: "other", kind: "transactional" } },
    "rcs",
    ["rcs.agentUse", "rcs.unsubscribedAt"],
  ],
  [
    "an answer on Viber",
    { request: { channel: "viber", transport: "other", kind: "reply" }, facts: wrote },
    "viber",
    ["viber.sessionMessagesSent", "viber.unansweredInRow"],
  ],
  [
    "an answer on Apple Messages",
    { request: { channel: "apple", transport: "other", kind: "reply" }, facts: wrote },
    "apple",
    ["apple.conversation"],
  ],
  ["a text to the Netherlands", { request: { ...text, kind: "transactional" } }, "sms", []],
  [
    "a text to the United States",
    { request: { ...text, kind: "reply" }, recipient: american, facts: wrote },
    "sms",
    ["sms.numberType"],
  ],
  ["an answer by text", { request: { ...text, kind: "reply" }, facts: wrote }, "recipient", ["recipient.phone"]],
  [
    "a German sales call",
    {
      request: { channel: "phone", transport: "other", payload: "call", kind: "sales-call" },
      recipient: { region: "DE", phone: "+4915112345678" },
      facts: { consents: [optIn("sales-call", ordinaryAt, { channel: "phone" })] },
    },
    "law",
    ["law.callProofKeptYears"],
  ],
  [
    "the set-up of WhatsApp in Europe",
    { request: { kind: "setup", payload: "none" } },
    "law",
    ["law.signUp", "law.informsAtCollection"],
  ],
  ["a newsletter in Europe", { request: newsletter, facts: { consents: [optIn("marketing")] } }, "law", []],
  [
    "an offer as free text, with a template to fall back on",
    { request: { kind: "marketing", fallbackTemplate: template("marketing") }, facts: agreed },
    "history",
    [
      "history.lastSentAt",
      "history.pairBackoffUntil",
      "history.sentInLastSecond",
      "history.marketingSentAt",
      "history.sameContentSentAt",
      "history.marketingLimitHitAt",
      "history.marketingStoppedErrorAt",
      "history.marketingPreference",
    ],
  ],
];

describe("what is unknown on a channel", () => {
  it.each(lines)("%s (%#)", (_what, differences, without, missing) => {
    const { request, facts, at } = ordinarySend(differences);
    const { [without]: _unknown, ...others } = facts;
    expect(toWire(decide(request, others, at)).missing.toSorted()).toEqual(missing.toSorted());
  });

  it("holds a private reply while nobody knows whether there was one already", () => {
    const { request, facts, at } = ordinarySend({
      request: { ...messenger, channel: "instagram", kind: "reply", messenger: { privateReply: true } },
      messenger: { comment: { at: plus(ordinaryAt, -dayMs) } },
    });
    expect(decide(request, facts, at)).toMatchObject({ outcome: "hold", until: "event:facts-known" });
    expect(toWire(decide(request, facts, at)).missing).toEqual([
      "messenger.comment.repliedPrivatelyAt",
      "messenger.comment.broadcastEndedAt",
    ]);
  });

  it("holds a marketing message while nobody knows when the last one went", () => {
    const { request, facts, at } = ordinarySend({
      request: { ...messenger, kind: "newsletter", messenger: { token: "marketing-message" } },
      recipient: brazilian,
      sender: { establishment: "BR" },
      messenger: { marketingToken: { expiresAt: null } },
      facts: { ...agreed, ...wrote },
    });
    expect(toWire(decide(request, facts, at)).missing).toEqual(["messenger.marketingToken.lastUsedAt"]);
  });

  it("asks an e-mail for its own From address", () => {
    const { request, facts, at } = ordinarySend({ request: { ...email, kind: "reply", email: {} }, facts: wrote });
    expect(toWire(decide(request, facts, at)).missing).toEqual(["request.email.fromDomain"]);
  });

  it("asks a bulk sender for every check, and nobody for what cannot matter", () => {
    const missing = (known: NonNullable<Differences["email"]>): readonly string[] => {
      const send = ordinarySend({ request: { ...email, kind: "reply" }, facts: wrote });
      const passes = { spfPasses: true, tls: true, reverseDnsMatches: true };
      return toWire(decide(send.request, { ...send.facts, email: { ...passes, ...known } }, send.at)).missing;
    };
    expect(missing({ bulkSenderTo: ["gmail"], mailboxProvider: "gmail" })).toEqual([
      "email.dkimPasses",
      "email.dmarcRecord",
      "email.fromAlignedWith",
    ]);
    expect(missing({ bulkSenderTo: ["gmail"], mailboxProvider: "other" })).toEqual([]);
    expect(missing({ mailboxProvider: "yahoo" })).toEqual(["email.bulkSenderTo"]);
    expect(missing({ mailboxProvider: "other" })).toEqual([]);
  });

  it("asks for the state of an American only where not even the number tells it", () => {
    const missing = (phone: string): readonly string[] => {
      const { request, facts, at } = ordinarySend({
        at: "2026-11-10T14:00:00-05:00",
        request: { ...text, kind: "marketing" },
        recipient: { ...american, phone },
        facts: { consents: [optIn("marketing", ordinaryAt, { channel: "sms" })] },
      });
      const { subdivision: _unknown, ...recipient } = facts.recipient ?? {};
      return toWire(decide(request, { ...facts, recipient }, at)).missing;
    };
    expect([missing("+12125550100"), missing("+18885550100")]).toEqual([[], ["recipient.subdivision"]]);
  });

  it("of other channels holds no message on WhatsApp", () => {
    const { request, facts, at } = ordinarySend({ request: newsletter, facts: { consents: [optIn("marketing")] } });
    const { telegram: _t, messenger: _m, email: _e, webchat: _w, rcs: _r, viber: _v, apple: _a, ...others } = facts;
    const { sms: _s, law: _l, ...known } = others;
    expect(decide(request, known, at).outcome).toBe("allow");
  });
});

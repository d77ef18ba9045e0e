import { dayMs } from "@loket/kit";
import { purposes } from "../facts.ts";
import type { Channel, Kind } from "../request.ts";
import { all, any, holds, is, least, named, not, unknown, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import { standing } from "./send.ts";
import { none } from "./telegram.ts";

/** RCS, Viber and Apple Messages for Business. */

const rcs: { channel: readonly Channel[] } = { channel: ["rcs"] };
const viber: { channel: readonly Channel[] } = { channel: ["viber"] };
const apple: { channel: readonly Channel[] } = { channel: ["apple"] };
const marketing = yes("send.marketing");
const service: readonly Kind[] = ["transactional", "auth"];
const maxTtlMs = 15 * dayMs;

const agent = (...uses: string[]) => is("facts.rcs.agentUse", ...uses);
const code = is("request.kind", "auth");
const timeBound = any(yes("request.rcs.timeBound"), code);
const outsideUse = any(
  all(agent("otp"), not(code)),
  all(agent("transactional"), marketing),
  all(agent("promotional"), any(code, yes("request.rcs.timeBound"))),
  all(agent("multi-use"), code),
);
const optOutRules = ["core.opt-out-wins", "eu.gdpr.object-direct-marketing"];
const unsubscribed = any(
  not(none("facts.rcs.unsubscribedAt")),
  named("stopped by word", ({ optOuts }) => optOuts.some(({ source }) => source === "keyword" || source === "button")),
);

export const rcsRows: readonly Row[] = [
  { rule: "rcs.use-case-fit", outcome: "refuse", where: rcs, when: outsideUse, needs: [need("rcs.agentUse")] },
  {
    rule: "rcs.unsubscribed",
    outcome: "refuse",
    where: rcs,
    when: all(yes("send.byBusiness"), not(is("request.kind", "opt-out-confirmation")), unsubscribed),
    instead: optOutRules,
    needs: [need("rcs.unsubscribedAt", all(yes("send.byBusiness"), not(is("request.kind", "opt-out-confirmation"))))],
  },
  { rule: "rcs.not-reachable", outcome: "change", where: rcs, when: is("facts.rcs.reachable", false) },
  {
    rule: "rcs.ttl",
    outcome: "change",
    where: rcs,
    when: all(timeBound, any(unknown("request.rcs.expiresAfterMs"), least("request.rcs.expiresAfterMs", maxTtlMs + 1))),
  },
  { rule: "rcs.consent", outcome: "note", where: rcs, when: marketing },
];

/** An opt-in for whatever purpose: Viber asks that the person agreed to hear from the business at all. */
const noOptIn = named("no opt-in for any purpose", ({ facts, at }) =>
  purposes.every((purpose) => standing(facts, purpose, "viber", at, ["express"]) === null),
);

export const viberRows: readonly Row[] = [
  {
    rule: "viber.consent",
    outcome: "refuse",
    where: viber,
    when: all(yes("send.byBusiness"), not(is("request.kind", "opt-out-confirmation")), noOptIn),
  },
  {
    rule: "viber.transactional-text-only",
    outcome: "change",
    where: { ...viber, kind: service },
    when: any(
      yes("request.promotional"),
      yes("request.content.channelInvite"),
      holds("request.body.parts", "image", "video", "button"),
    ),
  },
  {
    rule: "viber.first-message",
    outcome: "change",
    where: viber,
    when: all(marketing, none("facts.history.lastSentAt")),
  },
  {
    rule: "viber.session-24h",
    outcome: "refuse",
    where: { ...viber, kind: ["reply", "bot-reply"] },
    when: any(
      not(yes("send.windowOpen")),
      least("facts.viber.sessionMessagesSent", 60),
      least("facts.viber.unansweredInRow", 5),
    ),
    needs: [need("viber.sessionMessagesSent"), need("viber.unansweredInRow")],
  },
];

const conversation = (...states: string[]) => is("facts.apple.conversation", ...states);
const subscribed = named(
  "subscribed",
  ({ facts, at }) => facts.apple?.subscribedAt != null && facts.apple.subscribedAt <= at,
);
const wired = (...words: string[]) => all(...words.map((word) => holds("facts.apple.wiredWords", word)));

export const appleRows: readonly Row[] = [
  {
    rule: "apple.customer-starts",
    outcome: "refuse",
    where: apple,
    when: not(any(conversation("active"), subscribed)),
  },
  {
    rule: "apple.no-marketing-without-subscribe",
    outcome: "refuse",
    where: apple,
    when: all(marketing, not(yes("request.solicited")), not(subscribed)),
  },
  {
    rule: "apple.account-notice",
    outcome: "change",
    where: { ...apple, kind: service },
    when: none("facts.apple.noticeShownAt"),
  },
  {
    rule: "apple.deleted-conversation",
    outcome: "refuse",
    where: apple,
    when: conversation("deleted"),
    instead: [...optOutRules, "core.no-offers-after-opt-out", "apple.customer-starts"],
    needs: [need("apple.conversation")],
  },
  {
    rule: "apple.live-agent",
    outcome: "refuse",
    where: { ...apple, kind: ["setup"] },
    when: not(yes("facts.apple.liveAgent")),
  },
  {
    rule: "apple.trigger-words",
    outcome: "hold",
    where: { ...apple, kind: ["setup"] },
    when: not(wired("agent", "menu", "unsubscribe")),
    waits: () => "event:keywords-ready",
  },
];

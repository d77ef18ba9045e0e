import { minuteMs } from "@loket/kit";
import { isInEu } from "../regions.ts";
import { type Channel, type Kind, kinds, type Transport } from "../request.ts";
import { agoUnder, all, any, holds, is, least, named, not, unknown, yes } from "./condition.ts";
import { monthsAfter } from "./months.ts";
import { need, type Row } from "./row.ts";
import type { Send } from "./send.ts";
import { none, past } from "./telegram.ts";

/** The widget on one's own site, and what follows from a chat. */

const webchat: { channel: readonly Channel[] } = { channel: ["webchat"] };
const widget: { channel: readonly Channel[]; transport: readonly Transport[] } = { ...webchat, transport: ["own"] };
const answers: readonly Kind[] = ["reply", "bot-reply"];
const europe = ["EEA", "GB"];

const justNow = (path: string) => all(past(path), agoUnder(path, 30 * minuteMs));
const sessionLive = any(
  yes("facts.webchat.pageOpen"),
  justNow("facts.webchat.lastActivityAt"),
  justNow("facts.lastInboundAt"),
);
const offer = all(yes("send.marketing"), not(yes("request.solicited")), is("send.express", null));
const followUp = named("a way to follow up is known", ({ facts }) => (facts.webchat?.followUpBy ?? []).length > 0);

/**
 * Advertising by mail may carry a pixel, a widget may keep what the chat does not need. Storage nobody looked at is the
 * business of the widget's own row, which takes it for more than that.
 */
const readsDevice = any(
  all(is("request.channel", "email"), yes("request.email.tracksPerson"), not(yes("facts.email.trackingConsent"))),
  all(
    is("request.channel", "webchat"),
    holds("facts.webchat.deviceStorage", "analytics", "marketing"),
    not(yes("facts.webchat.storageConsent")),
  ),
);

export const webchatRows: readonly Row[] = [
  {
    rule: "eu.eprivacy.terminal-access",
    since: "2009-12-19",
    outcome: "change",
    weak: true,
    where: { channel: ["webchat", "email"], region: ["EEA"], kind: kinds.filter((kind) => kind !== "import") },
    when: readsDevice,
  },
  {
    rule: "webchat.privacy-notice",
    since: "2018-05-25",
    outcome: "hold",
    where: { ...webchat, region: europe },
    when: not(any(yes("facts.webchat.noticeShown"), not(unknown("request.webchat.invite")))),
    waits: () => "event:notice-shown",
  },
  {
    rule: "webchat.storage-consent",
    since: "2009-12-19",
    outcome: "change",
    weak: true,
    where: { ...widget, kind: ["setup", ...answers], region: europe },
    when: all(
      any(unknown("facts.webchat.deviceStorage"), holds("facts.webchat.deviceStorage", "analytics", "marketing")),
      not(yes("facts.webchat.storageConsent")),
    ),
    instead: ["eu.eprivacy.terminal-access"],
  },
  { rule: "webchat.window-session", outcome: "allow", where: { ...widget, kind: answers }, when: sessionLive },
  {
    rule: "webchat.after-session",
    outcome: "refuse",
    where: { ...widget, kind: answers },
    when: not(any(sessionLive, followUp)),
  },
  {
    rule: "webchat.transcript-scope",
    outcome: "refuse",
    where: { channel: ["email"] },
    when: all(offer, yes("facts.webchat.addressForTranscript")),
    needs: [need("webchat.addressForTranscript", offer)],
  },
  {
    rule: "webchat.proactive-invite",
    outcome: "change",
    where: widget,
    when: any(
      least("request.webchat.invite.shownBefore", 1),
      yes("request.webchat.invite.closedBefore"),
      yes("request.webchat.invite.coversContent"),
    ),
  },
  {
    rule: "webchat.push-consent",
    outcome: "refuse",
    where: { ...webchat, transport: ["push"] },
    when: not(yes("facts.webchat.pushPermission.askedAfterAction")),
  },
  {
    rule: "webchat.human-handover",
    outcome: "change",
    where: { ...widget, kind: ["bot-reply"] },
    when: not(any(yes("request.bot.escalationOffered"), yes("facts.webchat.contactShown"))),
  },
  {
    rule: "webchat.sensitive-data",
    outcome: "change",
    where: { ...webchat, kind: kinds.filter((kind) => kind !== "setup") },
    when: yes("request.content.sensitiveIdentifiers"),
  },
  {
    rule: "webchat.retention",
    outcome: "refuse",
    where: { ...webchat, kind: ["setup", "import"] },
    when: named("kept too long", ({ facts, at }) => {
      const chat = facts.webchat?.transcript;
      if (chat == null) return false;
      const months = facts.webchat?.keepTranscriptsMonths ?? (chat.anonymous === false ? 24 : 6);
      return monthsAfter(chat.endedAt, months) <= at;
    }),
    needs: [need("webchat.transcript"), need("webchat.keepTranscriptsMonths", not(none("facts.webchat.transcript")))],
  },
  {
    rule: "webchat.out-of-hours",
    outcome: "change",
    where: widget,
    when: all(yes("request.webchat.promisesPersonNow"), not(yes("facts.webchat.staffed"))),
  },
  {
    rule: "webchat.identity-check",
    outcome: "refuse",
    where: webchat,
    when: all(yes("request.webchat.showsAccountData"), not(yes("facts.webchat.authenticated"))),
  },
  {
    rule: "webchat.accessibility",
    since: "2025-06-28",
    outcome: "note",
    weak: true,
    where: { ...webchat, kind: ["setup", ...answers] },
    when: all(
      is("facts.webchat.accessible", false),
      any(unknown("facts.sender.establishment"), named("a trader in the EU", isEuropeanTrader)),
    ),
  },
];

function isEuropeanTrader({ facts }: Send): boolean {
  return isInEu(facts.sender?.establishment ?? null);
}

import { minuteMs } from "@loket/kit";
import { eeaMembers } from "../regions.ts";
import type { Channel, Kind, Transport } from "../request.ts";
import { agoUnder, all, any, holds, is, least, named, not, unknown, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import { none } from "./telegram.ts";

/** The widget on one's own site, and what follows from a chat. */

const webchat: { channel: readonly Channel[] } = { channel: ["webchat"] };
const widget: { channel: readonly Channel[]; transport: readonly Transport[] } = { ...webchat, transport: ["own"] };
const answers: readonly Kind[] = ["reply", "bot-reply"];
const europe = ["EEA", "GB"];

const sessionLive = any(
  yes("facts.webchat.pageOpen"),
  agoUnder("facts.webchat.lastActivityAt", 30 * minuteMs),
  agoUnder("facts.lastInboundAt", 30 * minuteMs),
);
const offer = all(yes("send.marketing"), not(yes("request.solicited")), is("send.express", null));
const followUp = named("a way to follow up is known", ({ facts }) => (facts.webchat?.followUpBy ?? []).length > 0);

/** Calendar months, as a person counts them. */
export function monthsBefore(at: number, months: number): number {
  const then = new Date(at);
  const day = then.getUTCDate();
  then.setUTCDate(1);
  then.setUTCMonth(then.getUTCMonth() - months);
  const last = new Date(Date.UTC(then.getUTCFullYear(), then.getUTCMonth() + 1, 0)).getUTCDate();
  then.setUTCDate(Math.min(day, last));
  return then.getTime();
}

export const webchatRows: readonly Row[] = [
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
    where: { ...webchat, kind: [...answers, "transactional", "auth", "marketing", "newsletter", "survey", "import"] },
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
      return chat.endedAt <= monthsBefore(at, months);
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
      any(unknown("facts.sender.establishment"), is("facts.sender.establishment", ...eeaMembers)),
    ),
  },
];

import { dayMs, minuteMs, plus } from "@loket/kit";
import type { GoodsClass } from "../facts/trade.ts";
import type { Consent, Suppression } from "../facts.ts";
import { kinds } from "../request.ts";
import { firstPermitted } from "./clock.ts";
import { agoUnder, all, any, is, least, named, not, unknown, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import type { Send } from "./send.ts";

/** What holds on every channel, and what an organisation asks of itself. */

const proactive = yes("send.byBusiness");
const marketing = yes("send.marketing");
const ordinaryKinds = not(is("request.kind", "opt-out-confirmation"));
/** Where it matters what the person agreed to. */
export const judgedOnConsent = all(not(yes("send.forAll")), any(all(proactive, ordinaryKinds), marketing));
const undatedAmongSeveral = named("an undated record among several", ({ facts: { consents = [] }, request }) => {
  const records = consents.filter(({ channel }) => channel === "all" || channel === request.channel);
  return (
    records.length > 1 && records.some(({ status, obtainedAt }) => status === "granted" && obtainedAt === undefined)
  );
});
/** Numbers and templates have a quality on WhatsApp, a share of complaints counts for mail. */
const onWhatsApp = is("request.channel", "whatsapp");
const byMail = is("request.channel", "email");
const optedOut = named("opted out", ({ optOuts }) => optOuts.length > 0);

export const proven = (record: Consent) =>
  record.obtainedAt !== undefined &&
  record.method !== undefined &&
  record.wordingVersion !== undefined &&
  record.evidenceRef !== undefined;
const unproven = named("the consent has no proof", ({ express }) => express !== null && !proven(express));

const counted = (send: Send, days: number) =>
  (send.facts.history?.marketingSentAt ?? [])
    .filter((sent) => send.at - sent < days * dayMs)
    .sort((one, other) => one - other);
const capped = (send: Send, messages: number, days: number) => counted(send, days).length >= messages;
/** The instant at which fewer than the cap are left. */
const uncapped = (send: Send, messages: number, days: number) => {
  const sent = counted(send, days);
  const leaving = sent[sent.length - messages];
  return leaving === undefined ? null : plus(leaving, days * dayMs);
};

/** Who asked to stop, on whatever way, may hear that it is done; a bounce or a complaint asked nothing. */
const asked: readonly Suppression["source"][] = ["keyword", "button", "link", "agent"];
const confirmationUnknown = named("nobody knows whether a stop was confirmed", ({ facts }) =>
  (facts.suppressions ?? []).some(({ confirmationSentAt }) => confirmationSentAt === undefined),
);
export const confirmed = named("confirmed already, too late, or an offer", (send) => {
  const { facts, at, request, marketing: isMarketing } = send;
  const last = (facts.suppressions ?? [])
    .filter(({ channel, source }) => asked.includes(source) && (channel === "all" || channel === request.channel))
    .sort((one, other) => other.at - one.at)[0];
  if (isMarketing || last === undefined) return true;
  return last.confirmationSentAt != null || at - last.at > 5 * minuteMs;
});

export const coreRows: readonly Row[] = [
  {
    rule: "core.opt-out-wins",
    outcome: "refuse",
    when: all(proactive, ordinaryKinds, optedOut),
    instead: ["eu.gdpr.object-direct-marketing"],
    needs: [need("suppressions", not(yes("send.forAll"))), need("consents", judgedOnConsent)],
    // Which of several records is the latest cannot be told while one has no date.
    asks: [["consents[].obtainedAt", all(judgedOnConsent, undatedAmongSeveral)]],
  },
  {
    rule: "core.no-offers-after-opt-out",
    outcome: "refuse",
    when: all(not(proactive), marketing, not(yes("request.solicited")), ordinaryKinds, optedOut),
    needs: [need("suppressions", all(not(proactive), marketing)), need("consents", all(not(proactive), marketing))],
  },
  {
    rule: "core.opt-out-confirmation-once",
    outcome: "refuse",
    weak: true,
    where: { kind: ["opt-out-confirmation"] },
    when: confirmed,
    needs: [need("suppressions")],
    asks: [["suppressions[].confirmationSentAt", confirmationUnknown]],
  },
  {
    rule: "core.consent-evidence-required",
    outcome: "refuse",
    when: all(marketing, not(yes("request.solicited")), unproven),
  },
  {
    rule: "core.imported-list-quarantine",
    outcome: "hold",
    when: all(proactive, ordinaryKinds, is("facts.recipient.importedFrom.evidenceAttached", false)),
    waits: () => "event:evidence-attached",
    needs: [need("recipient.importedFrom", all(proactive, ordinaryKinds))],
  },
  {
    rule: "core.region-unknown-strictest",
    outcome: "note",
    when: all(is("send.region", null), not(yes("send.forAll"))),
  },
  {
    rule: "core.frequency-cap",
    outcome: "hold",
    when: all(
      marketing,
      named("cap reached", (send) => capped(send, send.options.marketingCap30d ?? 4, 30)),
    ),
    waits: (send) => uncapped(send, send.options.marketingCap30d ?? 4, 30),
    needs: [need("history.marketingSentAt", marketing)],
  },
  {
    rule: "core.quality-brake",
    outcome: "hold",
    when: all(
      marketing,
      any(
        all(
          onWhatsApp,
          any(
            is("facts.account.quality", "RED"),
            all(is("request.payload", "template"), is("request.template.quality", "RED")),
          ),
        ),
        all(byMail, least("facts.account.spamRate7d", 0.001)),
      ),
    ),
    waits: () => "event:quality-recovered",
    needs: [need("account.quality", all(marketing, onWhatsApp)), need("account.spamRate7d", all(marketing, byMail))],
  },
  {
    rule: "core.duplicate-send",
    outcome: "refuse",
    when: all(proactive, ordinaryKinds, agoUnder("facts.history.sameContentSentAt", dayMs)),
    needs: [need("history.sameContentSentAt", all(proactive, ordinaryKinds))],
  },
  { rule: "core.marketing-stop-hint", outcome: "change", when: all(marketing, not(yes("request.content.stopPath"))) },
  {
    rule: "core.sender-identity",
    outcome: "change",
    weak: true,
    when: all(marketing, not(yes("request.content.senderNamed"))),
  },
  {
    rule: "core.known-minor",
    outcome: "refuse",
    when: all(
      marketing,
      named("too young", ({ ageYears, request }) => ageYears !== null && ageYears < (isAgeLimited(request) ? 18 : 16)),
    ),
    needs: [need("recipient.birthDate", marketing)],
  },
  {
    rule: "core.bot-disclosure",
    outcome: "note",
    where: { kind: ["bot-reply"] },
    when: all(not(is("request.bot.firstTurn", false)), not(yes("request.bot.saysAutomated"))),
  },
];

const own = (name: keyof NonNullable<Send["options"]["own"]>) => not(unknown(`send.options.own.${name}`));
const quietZones = ({ facts, options }: Send) => {
  const declared = facts.recipient?.timeZones ?? [];
  return declared.length > 0 ? declared : [options.own?.quietHours?.timeZone ?? "UTC"];
};
const nextHour = (send: Send) => {
  const hours = send.options.own?.quietHours;
  if (hours === undefined) return send.at;
  return firstPermitted(send.at, quietZones(send), (weekday) =>
    hours.days?.includes(weekday) === false ? null : { from: hours.permittedFrom, to: hours.permittedTo },
  );
};

export const ownRows: readonly Row[] = [
  {
    rule: "own.quiet-hours",
    outcome: "hold",
    when: all(
      own("quietHours"),
      proactive,
      not(is("request.kind", "auth", "opt-out-confirmation")),
      named("outside the hours", (send) => nextHour(send) !== send.at),
    ),
    waits: (send) => nextHour(send) ?? "event:quiet-hours-changed",
  },
  {
    rule: "own.frequency-cap",
    outcome: "hold",
    when: all(
      own("marketingCap"),
      marketing,
      not(yes("request.solicited")),
      named("own cap reached", (send) => {
        const cap = send.options.own?.marketingCap;
        return cap !== undefined && capped(send, cap.messages, cap.days);
      }),
    ),
    waits: (send) => {
      const cap = send.options.own?.marketingCap;
      return cap === undefined ? null : uncapped(send, cap.messages, cap.days);
    },
    needs: [need("history.marketingSentAt", all(own("marketingCap"), marketing, not(yes("request.solicited"))))],
  },
  {
    rule: "own.forbidden-words",
    outcome: "refuse",
    when: named("a forbidden word", ({ request, options }) => {
      const text = plain(request.text ?? "");
      return (options.own?.forbiddenWords ?? []).some((word) => text.includes(plain(word)));
    }),
    asks: [["request.text", all(own("forbiddenWords"), unknown("request.text"), is("request.payload", "free-form"))]],
  },
  {
    rule: "own.second-pair-of-eyes",
    outcome: "hold",
    when: named(
      "more people than one may write to alone",
      ({ request, options }) =>
        options.own?.secondPairAbove !== undefined &&
        request.audience !== undefined &&
        request.audience.recipients > options.own.secondPairAbove &&
        request.audience.approvals < 1,
    ),
    waits: () => "event:approved",
  },
  {
    rule: "own.sender-stopped",
    outcome: "hold",
    when: any(
      is("facts.account.stoppedHere", "all"),
      all(
        is("facts.account.stoppedHere", "business-initiated"),
        any(all(proactive, ordinaryKinds), all(yes("send.forAll"), yes("send.begins"))),
      ),
      all(is("facts.account.stoppedHere", "marketing"), marketing),
    ),
    waits: () => "event:sender-released",
  },
  {
    rule: "own.clarification-pending",
    outcome: "hold",
    when: all(
      marketing,
      not(yes("request.solicited")),
      named("it is open whether they want to stop", ({ facts }) => facts.recipient?.clarifyingSince != null),
    ),
    waits: () => "event:clarified",
  },
];

/** Whole words, without accents and in one case. */
function plain(text: string): string {
  const words = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
  return words.length === 0 ? "\u0000" : ` ${words.join(" ")} `;
}

const isAgeLimited = ({ content }: Send["request"]): boolean =>
  content?.ageLimited === true || (content?.goods ?? []).some((one) => withAgeLimit.includes(one));
const withAgeLimit: readonly GoodsClass[] = ["adult", "alcohol", "gambling", "tobacco"];

const reviewedOn = Date.parse("2026-11-22T00:00:00Z");
export const staleRows: readonly Row[] = [
  {
    rule: "core.rulebook-stale",
    outcome: "note",
    where: { kind: kinds },
    when: all(named("reviewed over 90 days ago", ({ at }) => at - reviewedOn > 90 * dayMs)),
  },
];

import { isFreemail } from "../freemail.ts";
import type { Channel, Kind } from "../request.ts";
import { all, always, any, holds, is, least, named, not, unknown, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import type { Send } from "./send.ts";

/** Mailbox providers, and good manners with addresses. */

const email: { channel: readonly Channel[] } = { channel: ["email"] };
const of = (...kind: Kind[]) => ({ ...email, kind });
const marketing = yes("send.marketing");
/** What somebody asked for in so many words after they had left may be answered; the texts leave it open. */
const unwanted = all(
  marketing,
  any(all(yes("send.byBusiness"), not(is("request.kind", "opt-out-confirmation"))), not(yes("request.solicited"))),
);
/** An invitation to a channel is advertising as an offer is. */
const promotional = any(yes("request.promotional"), yes("request.content.channelInvite"));
const optOutRules = ["core.opt-out-wins", "eu.gdpr.object-direct-marketing", "core.no-offers-after-opt-out"];

const isLifted = ({ at }: { readonly at: number }, express: Send["express"]) =>
  express?.obtainedAt !== undefined && express.obtainedAt > at;
/** By the link in a mail, or by the one click that a mail program offers for it. */
const unsubscribed = named("unsubscribed by link or one click", ({ facts, express }: Send) =>
  (facts.suppressions ?? []).some(
    (entry) =>
      (entry.channel === "email" || entry.channel === "all") &&
      (entry.purpose === "marketing" || entry.purpose === "all") &&
      (entry.source === "link" || (entry.source === "button" && entry.channel === "email")) &&
      !isLifted(entry, express),
  ),
);
/** A complaint is about the address, whatever kind of mail it answered; only a later sign-up is stronger. */
const complained = named("complained about", ({ facts, express }: Send) =>
  (facts.suppressions ?? []).some(
    ({ source, channel, at }) =>
      source === "complaint" && (channel === "email" || channel === "all") && !isLifted({ at }, express),
  ),
);
const bounced = named("the address bounced", ({ facts }: Send) =>
  (facts.suppressions ?? []).some(
    ({ source, channel }) => source === "bounce" && (channel === "email" || channel === "all"),
  ),
);
const headersComplete = all(
  yes("request.email.listUnsubscribe"),
  yes("request.email.listUnsubscribePost"),
  yes("request.email.unsubscribeSigned"),
);
const spf = yes("facts.email.spfPasses");
const dkim = yes("facts.email.dkimPasses");
const no = (path: string) => is(path, false);
const misaligned = named("From fits neither", ({ facts }: Send) => facts.email?.fromAlignedWith?.length === 0);
const bulkTo = (...providers: string[]) => holds("facts.email.bulkSenderTo", ...providers);
const mailbox = (...providers: string[]) => is("facts.email.mailboxProvider", ...providers);
const unknownMailbox = unknown("facts.email.mailboxProvider");
const toGoogleYahoo = any(unknownMailbox, mailbox("gmail", "yahoo"));
const toMicrosoft = any(unknownMailbox, mailbox("microsoft"));
const toGmail = any(unknownMailbox, mailbox("gmail"));
/** Whoever has everything in order may send in bulk or not. */
const allInOrder = all(
  spf,
  dkim,
  yes("facts.email.dmarcRecord"),
  not(unknown("facts.email.fromAlignedWith")),
  not(misaligned),
);
const bulkNeeds = (here: typeof toGmail, bulk: typeof toGmail) => [
  need("email.bulkSenderTo", all(here, not(allInOrder))),
  need("email.spfPasses", all(here, bulk)),
  need("email.dkimPasses", all(here, bulk)),
  need("email.dmarcRecord", all(here, bulk)),
  need("email.fromAlignedWith", all(here, bulk)),
];
const bulkMissing = any(
  no("facts.email.spfPasses"),
  no("facts.email.dkimPasses"),
  no("facts.email.dmarcRecord"),
  misaligned,
);

export const emailRows: readonly Row[] = [
  {
    rule: "email.list-unsubscribe-one-click",
    since: "2024-06-01",
    outcome: "change",
    where: email,
    when: all(marketing, not(headersComplete)),
  },
  {
    rule: "email.body-unsubscribe-link",
    since: "2024-02-01",
    outcome: "change",
    where: email,
    when: all(marketing, not(yes("request.email.unsubscribeLink"))),
  },
  {
    rule: "email.unsubscribe-honoured",
    since: "2024-02-01",
    outcome: "refuse",
    where: email,
    when: all(unwanted, unsubscribed),
    instead: [...optOutRules, "us.canspam.opt-out"],
  },
  {
    rule: "email.complaint-suppression",
    outcome: "refuse",
    where: email,
    when: all(unwanted, complained),
    instead: optOutRules,
  },
  { rule: "email.bounce-suppression", outcome: "refuse", where: email, when: bounced, instead: optOutRules },
  {
    rule: "email.from-freemail",
    since: "2024-02-01",
    outcome: "refuse",
    where: email,
    when: named(
      "From at a free mail provider",
      ({ request }) => request.email?.fromDomain !== undefined && isFreemail(request.email.fromDomain),
    ),
    needs: [need("request.email.fromDomain", unknown("request.email.fromDomain"))],
  },
  { rule: "email.stream-separation", outcome: "change", where: of("transactional", "auth"), when: promotional },
  {
    rule: "email.subject-honest",
    outcome: "refuse",
    where: email,
    when: all(marketing, any(yes("request.email.misleading"), yes("request.content.impersonation"))),
  },
  { rule: "email.doi-neutral", outcome: "change", where: of("doi-confirmation"), when: promotional },
  {
    rule: "email.tracking-needs-basis",
    outcome: "change",
    weak: true,
    where: { ...email, region: ["EEA"] },
    when: all(yes("request.email.tracksPerson"), not(yes("facts.email.trackingConsent"))),
    instead: ["eu.eprivacy.terminal-access"],
  },
  { rule: "email.transactional-no-header-needed", outcome: "note", where: of("transactional"), when: always },
  {
    rule: "email.auth-all-senders",
    since: "2024-02-01",
    outcome: "refuse",
    where: email,
    when: any(
      all(no("facts.email.spfPasses"), no("facts.email.dkimPasses")),
      no("facts.email.tls"),
      no("facts.email.reverseDnsMatches"),
    ),
    needs: [
      need("email.spfPasses", not(dkim)),
      need("email.dkimPasses", not(spf)),
      need("email.tls"),
      need("email.reverseDnsMatches"),
    ],
  },
  {
    rule: "email.auth-bulk-google-yahoo",
    since: "2024-02-01",
    outcome: "refuse",
    where: email,
    when: all(toGoogleYahoo, bulkTo("gmail", "yahoo"), bulkMissing),
    needs: bulkNeeds(toGoogleYahoo, bulkTo("gmail", "yahoo")),
  },
  {
    rule: "email.auth-bulk-microsoft",
    since: "2025-05-05",
    outcome: "refuse",
    where: email,
    when: all(toMicrosoft, bulkTo("microsoft"), bulkMissing),
    needs: bulkNeeds(toMicrosoft, bulkTo("microsoft")),
  },
  {
    rule: "email.spam-rate-0-10",
    since: "2024-02-01",
    outcome: "note",
    where: email,
    when: all(
      marketing,
      toGmail,
      least("facts.account.spamRate7d", 0.001),
      not(least("facts.account.spamRate7d", 0.003)),
    ),
  },
  {
    rule: "email.spam-rate-0-30",
    since: "2024-02-01",
    outcome: "hold",
    where: email,
    when: all(marketing, toGmail, least("facts.account.spamRate7d", 0.003)),
    waits: () => "event:spam-rate-below-0-30-for-7-days",
    needs: [need("account.spamRate7d", all(marketing, toGmail))],
  },
];

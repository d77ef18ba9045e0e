import type { Consent } from "../facts.ts";
import {
  advertising,
  callConsent,
  customer,
  euConsent,
  hints,
  legal,
  noCallConsent,
  noExpress,
  noStopAddress,
  rests,
  salesCall,
  soft,
  softRecord,
  toPerson,
} from "./advertising.ts";
import { all, any, is, named, not, yes } from "./condition.ts";
import { proven } from "./core.ts";
import { monthsAfter } from "./months.ts";
import { need, type Row } from "./row.ts";

/** Germany, the Netherlands, the United Kingdom. */

const DE = { region: ["DE"] } as const;
const NL = { region: ["NL"] } as const;
const GB = { region: ["GB"] } as const;
const published = all(legal, yes("facts.recipient.publishedForSuchMessages"));

/** By that very number, or by whoever gave it by their own hand or mouth: the consent is tied to the number. */
const givenWithNumber: readonly Consent["method"][] = ["inbound-message", "sms", "phone", "paper", "in-person"];

/** Years by the calendar. An objection ends this exception as it does that for messages, which the text leaves open. */
const customerSince = (years: number) =>
  named(`customer in the last ${years} years, no opt-out`, ({ facts, at, optOuts }) => {
    const bought = facts.recipient?.lastPurchaseAt;
    return bought != null && bought <= at && at < monthsAfter(bought, 12 * years) && optOuts.length === 0;
  });
const keepsPhoneException = is("facts.sender.kind", "charity", "charity-lottery", "publisher");
const charitySince = Date.parse("2026-02-05T00:00:00Z");

const charity = all(
  is("facts.sender.kind", "charity"),
  soft("charitableSupport", "objectionOfferedAtCollection", "objectionOfferedEachTime"),
  named("details given since then", (send) => (softRecord(send)?.obtainedAt ?? 0) >= charitySince),
);

export const germanyRows: readonly Row[] = [
  {
    rule: "de.uwg7.consent-electronic-mail",
    since: "2004-07-08",
    outcome: "refuse",
    where: DE,
    when: all(advertising, noExpress, not(customer)),
    instead: euConsent,
  },
  {
    rule: "de.uwg7.existing-customer",
    since: "2004-07-08",
    outcome: "allow",
    where: DE,
    when: all(advertising, noExpress, customer),
    instead: ["eu.eprivacy.soft-opt-in"],
  },
  {
    rule: "de.uwg7.identity",
    since: "2004-07-08",
    outcome: "change",
    weak: true,
    where: DE,
    when: all(yes("send.marketing"), noStopAddress),
    instead: hints,
  },
  {
    rule: "de.doi.practice",
    since: "2011-02-10",
    outcome: "hold",
    weak: true,
    where: DE,
    when: all(
      // By message or by call: the text names the consent, not the way of advertising.
      any(rests, all(is("request.kind", "opt-in-request"), yes("send.byBusiness"))),
      named(
        "typed in and not confirmed",
        ({ express, facts }) =>
          express !== null &&
          express.method === "web-form" &&
          express.confirmedAt === undefined &&
          !(
            facts.lastInboundAt != null &&
            express.obtainedAt !== undefined &&
            facts.lastInboundAt > express.obtainedAt
          ),
      ),
    ),
    waits: () => "event:doi-confirmed",
  },
  {
    rule: "de.uwg7.phone-consent",
    since: "2009-08-04",
    outcome: "refuse",
    weak: true,
    where: DE,
    when: all(salesCall, toPerson, noCallConsent),
  },
  {
    rule: "de.doi.not-for-calls",
    since: "2011-02-10",
    outcome: "refuse",
    weak: true,
    where: DE,
    when: all(
      salesCall,
      named("confirmed by e-mail at most", (send) => {
        const record = callConsent(send);
        if (record === null) return false;
        const confirmedOtherwise = record.confirmedAt !== undefined && (record.confirmedBy ?? "email") !== "email";
        return !confirmedOtherwise && !givenWithNumber.includes(record.method);
      }),
    ),
  },
  {
    rule: "de.uwg7a.phone-proof-5y",
    since: "2021-10-01",
    outcome: "refuse",
    where: DE,
    when: all(
      salesCall,
      toPerson,
      any(
        named("not documented", (send) => {
          const record = callConsent(send);
          return record !== null && !proven(record);
        }),
        named(
          "kept under five years",
          ({ facts }) => typeof facts.law?.callProofKeptYears === "number" && facts.law.callProofKeptYears < 5,
        ),
      ),
    ),
    needs: [need("law.callProofKeptYears", all(salesCall, toPerson))],
  },
  {
    rule: "de.consent.dormancy",
    outcome: "note",
    weak: true,
    where: DE,
    when: all(
      rests,
      named("unused for two years", ({ express, facts, at }) => {
        if (express?.obtainedAt === undefined) return false;
        return at >= monthsAfter(Math.max(express.obtainedAt, facts.history?.lastSentAt ?? 0), 24);
      }),
    ),
  },
];

export const netherlandsRows: readonly Row[] = [
  {
    rule: "nl.tw117.consent-electronic-messages",
    since: "2004-05-19",
    until: "2009-10-01",
    outcome: "refuse",
    weak: true,
    where: NL,
    when: all(advertising, noExpress, not(customer)),
    instead: euConsent,
  },
  {
    rule: "nl.tw117.consent-electronic-messages",
    since: "2009-10-01",
    outcome: "refuse",
    weak: true,
    where: NL,
    when: all(advertising, noExpress, not(customer), not(published)),
    instead: euConsent,
  },
  {
    rule: "nl.tw117.customer-exception",
    since: "2004-05-19",
    outcome: "allow",
    weak: true,
    where: NL,
    when: all(advertising, noExpress, customer),
    instead: ["eu.eprivacy.soft-opt-in"],
  },
  {
    rule: "nl.tw117.business-published-address",
    since: "2009-10-01",
    outcome: "allow",
    weak: true,
    where: NL,
    // Of two exceptions that hold one is told; the text leaves that open.
    when: all(advertising, noExpress, not(customer), published),
  },
  {
    rule: "nl.tw117.stop-in-each-message",
    since: "2004-05-19",
    outcome: "change",
    weak: true,
    where: NL,
    when: all(yes("send.marketing"), noStopAddress),
    instead: hints,
  },
  {
    rule: "nl.tw117.phone-consent",
    since: "2021-07-01",
    until: "2026-07-01",
    outcome: "refuse",
    where: NL,
    when: all(salesCall, toPerson, noCallConsent, not(customerSince(3))),
  },
  {
    rule: "nl.tw117.phone-consent",
    since: "2026-07-01",
    outcome: "refuse",
    where: NL,
    when: all(salesCall, toPerson, noCallConsent, not(all(customerSince(3), keepsPhoneException))),
  },
  {
    rule: "nl.tw117.phone-customer-exception",
    since: "2021-07-01",
    until: "2026-07-01",
    outcome: "allow",
    where: NL,
    when: all(salesCall, toPerson, noCallConsent, customerSince(3)),
  },
  {
    rule: "nl.tw117.phone-customer-exception",
    since: "2026-07-01",
    outcome: "allow",
    where: NL,
    when: all(salesCall, toPerson, noCallConsent, customerSince(3), keepsPhoneException),
  },
  {
    rule: "nl.tw117.anonymous-call",
    since: "2021-07-01",
    outcome: "refuse",
    where: NL,
    when: all(salesCall, yes("request.call.numberWithheld")),
  },
];

export const kingdomRows: readonly Row[] = [
  {
    rule: "uk.pecr22.consent",
    since: "2003-12-11",
    until: "2026-02-05",
    outcome: "refuse",
    where: GB,
    when: all(advertising, toPerson, noExpress, not(customer)),
  },
  {
    rule: "uk.pecr22.consent",
    since: "2026-02-05",
    outcome: "refuse",
    where: GB,
    when: all(advertising, toPerson, noExpress, not(customer), not(charity)),
  },
  {
    rule: "uk.pecr22.soft-opt-in",
    since: "2003-12-11",
    outcome: "allow",
    where: GB,
    when: all(advertising, noExpress, customer),
  },
  {
    rule: "uk.pecr22.charity-soft-opt-in",
    since: "2026-02-05",
    outcome: "allow",
    weak: true,
    where: GB,
    // As above: who bought from the charity is told as a customer.
    when: all(advertising, noExpress, not(customer), charity),
  },
  {
    rule: "uk.pecr23.identity",
    since: "2003-12-11",
    outcome: "change",
    where: GB,
    when: all(yes("send.marketing"), noStopAddress),
    instead: ["core.marketing-stop-hint"],
  },
  {
    rule: "uk.pecr.corporate",
    since: "2003-12-11",
    outcome: "note",
    weak: true,
    where: GB,
    when: all(advertising, legal),
  },
  { rule: "uk.pecr.fines", since: "2026-02-05", outcome: "note", where: GB, when: advertising },
];

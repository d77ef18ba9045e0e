import { dayMs } from "@loket/kit";
import type { Consent, SoftOptIn } from "../facts.ts";
import { isInEea } from "../regions.ts";
import { all, any, is, named, not, unknown, within, yes } from "./condition.ts";
import { proven } from "./core.ts";
import { monthsAfter } from "./months.ts";
import { need, type Row } from "./row.ts";
import { optInsOf, type Send, standing } from "./send.ts";
import { toOnePersonOrSetup } from "./whatsapp-goods.ts";

/** ePrivacy, GDPR, AI Act; Germany, the Netherlands, the United Kingdom. */

const EEA = { region: ["EEA"] } as const;
const DE = { region: ["DE"] } as const;
const NL = { region: ["NL"] } as const;
const GB = { region: ["GB"] } as const;

const isSetup = is("request.kind", "setup");
const advertising = yes("send.advertising");
const callConsent = ({ facts, request, at }: Send) => standing(facts, "sales-call", request.channel, at, ["express"]);
/** By that very number, or by whoever gave it by their own hand or mouth: the consent is tied to the number. */
const givenWithNumber: readonly Consent["method"][] = ["inbound-message", "sms", "phone", "paper", "in-person"];
export const noCallConsent = named("no consent to calls", (send) => callConsent(send) === null);
const noExpress = is("send.express", null);

const soft = (...names: (keyof SoftOptIn)[]) =>
  named(`existing customer: ${names.join(", ")}`, (send) => {
    const terms = softRecord(send)?.soft;
    return terms !== undefined && names.every((name) => terms[name] === true);
  });
/** The record of an existing customer who did not object. */
const softRecord = ({ facts, optOuts, request, at }: Send): Consent | null =>
  optOuts.length > 0 ? null : standing(facts, "marketing", request.channel, at, ["soft"]);
const customer = soft(
  "obtainedInSale",
  "ownSimilarProducts",
  "objectionOfferedAtCollection",
  "objectionOfferedEachTime",
);
const inForceSince = (day: string) => named(`since ${day}`, ({ at }) => at >= Date.parse(`${day}T00:00:00Z`));
/** What national laws take from the exception of the directive; France counts a bare account as no sale at all. */
const narrowedNationally = any(
  all(is("send.region", "AT"), inForceSince("2021-11-01"), not(is("facts.recipient.onRefusalList", false))),
  all(is("send.region", "FR"), not(soft("purchase"))),
  all(is("send.region", "IT"), inForceSince("2004-01-01"), not(is("request.channel", "email"))),
  all(is("send.region", "PL"), inForceSince("2024-11-10")),
);
const europeanCustomer = all(customer, not(narrowedNationally));
const legal = yes("send.legalPerson");
const published = all(legal, yes("facts.recipient.publishedForSuchMessages"));
const noStopAddress = any(not(yes("request.content.senderNamed")), not(yes("request.content.stopPath")));

const hints = ["eu.eprivacy.identity-and-stop-address", "core.marketing-stop-hint"];
const euConsent = ["eu.eprivacy.consent-electronic-mail"];
const charitySince = Date.parse("2026-02-05T00:00:00Z");
const charity = all(
  is("facts.sender.kind", "charity"),
  soft("charitableSupport", "objectionOfferedAtCollection", "objectionOfferedEachTime"),
  named("details given since then", (send) => (softRecord(send)?.obtainedAt ?? 0) >= charitySince),
);

/** Express consent that stands and is what a marketing message rests on. */
const rests = all(yes("send.marketing"), not(yes("request.solicited")), not(noExpress));
const flawed = (...flaws: string[]) =>
  named(
    `consent flawed: ${flaws.join(", ")}`,
    ({ express }) => express?.flaws?.some((flaw) => flaws.includes(flaw)) === true,
  );

/** The text says years and no more: they are taken as 365 days each, the shorter reading. */
const customerSince = (years: number) =>
  all(
    within("facts.recipient.lastPurchaseAt", years * 365 * dayMs),
    named("no opt-out", ({ optOuts }) => optOuts.length === 0),
  );
/** Below 16 where a member state chose so; of the places that are drawn. */
const agesOfConsent: Readonly<Record<string, number>> = {
  AT: 14,
  BE: 13,
  DK: 15,
  ES: 14,
  FR: 15,
  IT: 14,
  NO: 13,
  SE: 13,
};
const toPerson = not(legal);
const keepsPhoneException = is("facts.sender.kind", "charity", "charity-lottery", "publisher");

export const europeRows: readonly Row[] = [
  {
    rule: "eu.eprivacy.consent-electronic-mail",
    since: "2003-10-31",
    outcome: "refuse",
    where: EEA,
    when: all(advertising, toPerson, noExpress, not(europeanCustomer)),
  },
  {
    rule: "eu.eprivacy.soft-opt-in",
    since: "2003-10-31",
    outcome: "allow",
    where: EEA,
    when: all(advertising, noExpress, europeanCustomer),
  },
  {
    rule: "eu.eprivacy.identity-and-stop-address",
    since: "2003-10-31",
    outcome: "change",
    where: EEA,
    when: all(yes("send.marketing"), noStopAddress),
    instead: ["core.marketing-stop-hint"],
  },
  {
    rule: "eu.gdpr.consent-proof",
    since: "2018-05-25",
    outcome: "refuse",
    where: EEA,
    when: all(
      rests,
      named("without proof", ({ express }) => express !== null && !proven(express)),
    ),
    instead: ["core.consent-evidence-required"],
  },
  {
    rule: "eu.gdpr.consent-informed",
    since: "2018-05-25",
    outcome: "refuse",
    where: EEA,
    when: all(rests, any(flawed("pre-ticked", "hidden-in-terms"), is("send.express.namesBusiness", false))),
    asks: [
      ["consents[].namesBusiness", all(rests, unknown("send.express.namesBusiness"))],
      ["consents[].flaws", all(rests, unknown("send.express.flaws"))],
    ],
  },
  {
    rule: "eu.gdpr.consent-not-conditional",
    since: "2018-05-25",
    outcome: "refuse",
    where: EEA,
    when: all(rests, flawed("condition-of-service")),
    asks: [["consents[].flaws", all(rests, unknown("send.express.flaws"))]],
  },
  {
    rule: "eu.gdpr.object-direct-marketing",
    since: "2018-05-25",
    outcome: "refuse",
    where: EEA,
    when: all(
      yes("send.marketing"),
      not(yes("request.solicited")),
      named("objected", ({ optOuts }) => optOuts.length > 0),
    ),
    instead: ["core.no-offers-after-opt-out"],
  },
  {
    rule: "eu.aiact.art50-disclosure",
    since: "2026-08-02",
    outcome: "change",
    where: { ...EEA, kind: ["bot-reply"] },
    when: all(
      not(is("request.bot.ai", false)),
      not(is("request.bot.firstTurn", false)),
      not(yes("request.bot.saysAi")),
    ),
    instead: ["core.bot-disclosure"],
  },
  {
    rule: "eu.gdpr.consent-withdraw-easy",
    since: "2018-05-25",
    outcome: "refuse",
    where: { ...EEA, kind: ["setup"] },
    when: any(
      named("leaving takes more steps", ({ facts }) => {
        const signUp = facts.law?.signUp;
        return (
          signUp?.joinSteps !== undefined && signUp.leaveSteps !== undefined && signUp.leaveSteps > signUp.joinSteps
        );
      }),
      is("facts.law.signUp.leaveOnSameChannel", false),
    ),
    asks: [
      [
        "law.signUp",
        any(
          unknown("facts.law.signUp.joinSteps"),
          unknown("facts.law.signUp.leaveSteps"),
          unknown("facts.law.signUp.leaveOnSameChannel"),
        ),
      ],
    ],
  },
  {
    rule: "eu.gdpr.transparency",
    since: "2018-05-25",
    outcome: "change",
    where: { ...EEA, kind: toOnePersonOrSetup },
    when: any(
      all(isSetup, is("facts.law.informsAtCollection", false)),
      all(
        not(isSetup),
        any(
          is("facts.recipient.privacyInformedAt", null),
          all(unknown("facts.recipient.privacyInformedAt"), is("facts.law.informsAtCollection", false)),
        ),
        is("facts.history.lastSentAt", null, undefined),
        not(yes("request.content.privacyLink")),
      ),
    ),
    needs: [need("law.informsAtCollection", isSetup)],
  },
  {
    rule: "eu.gdpr.legal-basis-service",
    since: "2018-05-25",
    outcome: "note",
    where: { ...EEA, kind: ["transactional", "auth", "reply", "bot-reply"] },
    when: all(
      not(yes("send.marketing")),
      named(
        "no basis on record",
        ({ facts, purpose }) => facts.law?.recordedBases !== undefined && !facts.law.recordedBases.includes(purpose),
      ),
    ),
  },
  {
    rule: "eu.gdpr.retention",
    since: "2018-05-25",
    outcome: "hold",
    where: EEA,
    when: all(
      yes("send.marketing"),
      not(yes("request.solicited")),
      named("no sign of life", (send) => {
        const { facts, at, options, express } = send;
        const sale = softRecord(send);
        // The text speaks of stored contacts; what is held is what a record would carry, the rest is refused anyway.
        if (express === null && sale === null) return false;
        const signs = [
          facts.lastInboundAt,
          facts.recipient?.lastPurchaseAt,
          facts.recipient?.lastInquiryAt,
          facts.recipient?.lastActivityAt,
          express?.obtainedAt,
          express?.confirmedAt,
          sale?.obtainedAt,
        ].filter((one) => one != null);
        // A consent without any date is refused for want of proof; nothing else asks a customer's record for one.
        if (signs.length === 0) return express === null;
        return at >= monthsAfter(Math.max(...signs), options.keepContactsMonths ?? 36);
      }),
    ),
    waits: () => "event:reconfirmed",
  },
  {
    rule: "eu.gdpr.erasure-keeps-suppression",
    since: "2018-05-25",
    outcome: "note",
    where: { ...EEA, kind: ["setup"] },
    when: is("facts.law.erasureKeepsOptOut", false),
  },
  {
    rule: "eu.gdpr.children",
    since: "2018-05-25",
    outcome: "refuse",
    where: EEA,
    when: all(
      rests,
      named("agreed as a child", ({ facts, express, region, at }) => {
        const birthDate = facts.recipient?.birthDate;
        if (birthDate == null || express === null || express.guardianAgreed === true) return false;
        const [year = 0, month = 1, day = 1] = birthDate.split("-").map(Number);
        return (express.obtainedAt ?? at) < Date.UTC(year + (agesOfConsent[region ?? ""] ?? 16), month - 1, day);
      }),
    ),
  },
  {
    rule: "eu.gdpr.special-category",
    since: "2018-05-25",
    outcome: "refuse",
    where: EEA,
    // Whoever asks about such a matter may be answered.
    when: all(
      any(all(yes("send.byBusiness"), not(is("request.kind", "opt-out-confirmation"))), yes("send.marketing")),
      named("gives something away", (send) =>
        (send.request.content?.reveals ?? []).some(
          (category) => !optInsOf(send).some(({ explicitFor }) => explicitFor?.includes(category)),
        ),
      ),
    ),
  },
  {
    rule: "eu.gdpr.processor-contract",
    since: "2018-05-25",
    outcome: "hold",
    where: { ...EEA, kind: ["setup", "import"] },
    when: not(yes("facts.law.processorContract")),
    waits: () => "event:dpa-signed",
  },
  {
    rule: "eu.home-law",
    outcome: "note",
    when: all(
      advertising,
      named(
        "from the EEA to elsewhere",
        ({ facts, region }) => isInEea(facts.sender?.establishment ?? null) && region !== null && !isInEea(region),
      ),
    ),
  },
  {
    rule: "uk.home-law",
    outcome: "note",
    when: all(advertising, is("facts.sender.establishment", "GB"), not(is("send.region", "GB", null))),
  },
];

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
    where: { ...DE, kind: ["sales-call"] },
    when: all(toPerson, noCallConsent),
  },
  {
    rule: "de.doi.not-for-calls",
    since: "2011-02-10",
    outcome: "refuse",
    weak: true,
    where: { ...DE, kind: ["sales-call"] },
    when: named("confirmed by e-mail at most", (send) => {
      const record = callConsent(send);
      if (record === null) return false;
      const confirmedOtherwise = record.confirmedAt !== undefined && (record.confirmedBy ?? "email") !== "email";
      return !confirmedOtherwise && !givenWithNumber.includes(record.method);
    }),
  },
  {
    rule: "de.uwg7a.phone-proof-5y",
    since: "2021-10-01",
    outcome: "refuse",
    where: { ...DE, kind: ["sales-call"] },
    when: all(
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
    needs: [need("law.callProofKeptYears", toPerson)],
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
        return at - Math.max(express.obtainedAt, facts.history?.lastSentAt ?? 0) > 730 * dayMs;
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
    where: { ...NL, kind: ["sales-call"] },
    when: all(toPerson, noCallConsent, not(customerSince(3))),
  },
  {
    rule: "nl.tw117.phone-consent",
    since: "2026-07-01",
    outcome: "refuse",
    where: { ...NL, kind: ["sales-call"] },
    when: all(toPerson, noCallConsent, not(all(customerSince(3), keepsPhoneException))),
  },
  {
    rule: "nl.tw117.phone-customer-exception",
    since: "2021-07-01",
    until: "2026-07-01",
    outcome: "allow",
    where: { ...NL, kind: ["sales-call"] },
    when: all(toPerson, noCallConsent, customerSince(3)),
  },
  {
    rule: "nl.tw117.phone-customer-exception",
    since: "2026-07-01",
    outcome: "allow",
    where: { ...NL, kind: ["sales-call"] },
    when: all(toPerson, noCallConsent, customerSince(3), keepsPhoneException),
  },
  {
    rule: "nl.tw117.anonymous-call",
    since: "2021-07-01",
    outcome: "refuse",
    where: { ...NL, kind: ["sales-call"] },
    when: yes("request.call.numberWithheld"),
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
    when: all(advertising, toPerson, noExpress, not(customer), charity),
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

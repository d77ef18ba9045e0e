import { isInEea } from "../regions.ts";
import { advertising, customer, noExpress, noStopAddress, rests, soft, softRecord, toPerson } from "./advertising.ts";
import { all, any, is, named, not, unknown, yes } from "./condition.ts";
import { proven } from "./core.ts";
import { monthsAfter } from "./months.ts";
import type { Row } from "./row.ts";
import { need } from "./row.ts";
import { optInsOf } from "./send.ts";
import { toOnePersonOrSetup } from "./whatsapp-goods.ts";

/** ePrivacy, GDPR, AI Act, and what senders' own law says. */

const EEA = { region: ["EEA"] } as const;
const isSetup = is("request.kind", "setup");
const inForceSince = (day: string) => named(`since ${day}`, ({ at }) => at >= Date.parse(`${day}T00:00:00Z`));

/** What national laws take from the exception of the directive; France counts a bare account as no sale at all. */
const narrowedNationally = any(
  all(is("send.region", "AT"), inForceSince("2021-11-01"), not(is("facts.recipient.onRefusalList", false))),
  all(is("send.region", "FR"), not(soft("purchase"))),
  all(is("send.region", "IT"), inForceSince("2004-01-01"), not(is("request.channel", "email"))),
  all(is("send.region", "PL"), inForceSince("2024-11-10")),
);

const europeanCustomer = all(customer, not(narrowedNationally));

const flawed = (...flaws: string[]) =>
  named(
    `consent flawed: ${flaws.join(", ")}`,
    ({ express }) => express?.flaws?.some((flaw) => flaws.includes(flaw)) === true,
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

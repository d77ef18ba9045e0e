import { dayMs, hourMs, type Instant, instant, minuteMs, plus } from "@loket/kit";
import fc from "fast-check";
import { instantAround, orNone, present } from "../arbitraries.ts";
import type { DecideOptions } from "../case.ts";
import { listSources } from "../facts/imported-list.ts";
import { specialCategories } from "../facts/law.ts";
import { practices } from "../facts/operator.ts";
import { goodsClasses } from "../facts/trade.ts";
import {
  type Consent,
  type Facts,
  type MessagingLimit,
  type Purpose,
  purposes,
  type Restriction,
  type Suppression,
  type WrittenConsent,
} from "../facts.ts";
import {
  type Content,
  contentConcerns,
  kinds,
  payloads,
  qualities,
  type SendRequest,
  type Template,
  type Transport,
  templateCategories,
  templateStatuses,
  transports,
} from "../request.ts";

/** Random sends over WhatsApp: in order for the most part, with a few things wrong or unknown in each. */

export interface Drawn {
  readonly request: SendRequest;
  readonly facts: Facts;
  readonly at: Instant;
  readonly options: DecideOptions;
}

/** Mostly `calm`; now and then another value, or unknown. */
function field<Value>(calm: Value, ...others: (Value | fc.Arbitrary<Value>)[]): fc.Arbitrary<Value | undefined> {
  const wild = others.map((other) => (other instanceof fc.Arbitrary ? other : fc.constant(other)));
  return fc.oneof(
    { weight: 17, arbitrary: fc.constant<Value | undefined>(calm) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: wild.length === 0 ? fc.constant(calm) : fc.oneof(...wild) },
  );
}
/** Mostly absent. */
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const maybeNot = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 9 });
const record = <Value extends object>(fields: { [Name in keyof Value]-?: fc.Arbitrary<Value[Name] | undefined> }) =>
  fc.record(fields as Record<string, fc.Arbitrary<unknown>>).map((value) => present<Value>(value as never) as Value);

const between = (from: string, to: string) =>
  fc.integer({ min: Date.parse(from), max: Date.parse(to) }).map((ms) => instant(ms));

/** Any time since the first of the rules, more often of late, and often within a millisecond of one of `days`. */
export function instants(days: readonly string[]): fc.Arbitrary<Instant> {
  return fc.oneof(
    { weight: 10, arbitrary: between("2025-01-01", "2027-06-01") },
    { weight: 4, arbitrary: between("2018-01-01", "2025-01-01") },
    { weight: 1, arbitrary: between("2003-01-01", "2018-01-01") },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...days), fc.constantFrom(-1, 0, hourMs))
        .map(([day, ms]) => instant(Date.parse(`${day}T00:00:00Z`) + ms)),
    },
  );
}

/** Before `at` for the most part; now and then after it, by another clock or because it was judged anew as of then. */
const around = (at: Instant): fc.Arbitrary<Instant> =>
  fc.oneof(
    { weight: 14, arbitrary: instantAround(at) },
    { weight: 1, arbitrary: fc.constantFrom(1, minuteMs, dayMs, 400 * dayMs).map((ms) => plus(at, ms)) },
  );

function templates(at: Instant): fc.Arbitrary<Template> {
  return record<Template>({
    name: fc.constant("t"),
    category: fc.constantFrom(...templateCategories),
    status: fc.oneof(
      { weight: 6, arbitrary: fc.constant("APPROVED" as const) },
      { weight: 1, arbitrary: fc.constantFrom(...templateStatuses) },
    ),
    language: field("nl", "en", "fr"),
    approvedLanguages: field<readonly string[]>(["nl"], ["en"], ["nl", "en"], []),
    defaultLanguage: fc.constantFrom(undefined, "en", "nl"),
    quality: field("GREEN", "RED", "YELLOW"),
    pausedAt: maybeNot(around(at)),
    pauseCount: fc.constantFrom(1, 2, undefined),
    heldForQualityAssessment: field(false, true),
    parametersComplete: field(true, false),
    otpButton: field(true, false),
    plainBody: field(true, false),
    longestParameter: field(6, 15, 16),
  });
}

const goods = fc.oneof(
  fc.subarray([...goodsClasses], { minLength: 1, maxLength: 2 }),
  fc.subarray(["alcohol", "gambling", "otc-medicine", "services"] as const, { minLength: 1, maxLength: 1 }),
);
const contents: fc.Arbitrary<Content> = record<Content>({
  specific: fc.constantFrom(undefined, undefined, true, false),
  stopPath: field(true, false),
  senderNamed: field(true, false),
  sensitiveIdentifiers: field(false, true),
  protectedHealthData: field(false, true),
  impersonation: field(false, true),
  ageLimited: field(false, true),
  goods: seldom(goods),
  onlyPointsElsewhere: seldom(fc.constant(true)),
  channelInvite: field(false, true),
  concerns: seldom(fc.subarray([...contentConcerns], { minLength: 1, maxLength: 1 })),
  postalAddress: field(true, false),
  labelledAsAdvertising: field(true, false),
  privacyLink: field(false, true),
  stopWorksDays: seldom(fc.constantFrom(59, 60)),
  reveals: seldom(fc.subarray([...specialCategories], { minLength: 1, maxLength: 2 })),
});

const roads: fc.Arbitrary<Transport> = fc.oneof(
  { weight: 12, arbitrary: fc.constant("cloud-api" as const) },
  { weight: 1, arbitrary: fc.constant("on-premises-api" as const) },
  { weight: 4, arbitrary: fc.constant("business-app" as const) },
  { weight: 1, arbitrary: fc.constant("consumer-app" as const) },
  { weight: 1, arbitrary: fc.constant("public-channel" as const) },
  { weight: 1, arbitrary: fc.constantFrom(...transports) },
);

function requests(at: Instant): fc.Arbitrary<SendRequest> {
  return record<SendRequest>({
    channel: fc.constant("whatsapp"),
    transport: roads,
    payload: fc.oneof(
      { weight: 4, arbitrary: fc.constant("template" as const) },
      { weight: 3, arbitrary: fc.constant("free-form" as const) },
      { weight: 4, arbitrary: fc.constantFrom(...payloads) },
    ),
    kind: fc.oneof(
      { weight: 1, arbitrary: fc.constantFrom("marketing" as const, "newsletter" as const) },
      { weight: 4, arbitrary: fc.constantFrom(...kinds) },
      { weight: 1, arbitrary: fc.constantFrom("setup" as const, "sales-call" as const) },
    ),
    template: fc.option(templates(at), { nil: undefined, freq: 12 }),
    fallbackTemplate: seldom(templates(at)),
    directSendCategory: field("utility", "marketing", "authentication"),
    promotional: field(false, true),
    solicited: field(false, true),
    content: fc.option(contents, { nil: undefined, freq: 12 }),
    bot: record<NonNullable<SendRequest["bot"]>>({
      firstTurn: fc.constantFrom(true, false, undefined),
      resumes: fc.constantFrom(undefined, true, false),
      saysAutomated: field(true, false),
      ai: field(true, false),
      saysAi: field(true, false),
      escalationOffered: field(true, false),
      assistantIsTheProduct: fc.constantFrom(false, undefined, true),
    }),
    group: seldom(fc.record({ participants: fc.constantFrom(2, 8, 9), everyoneJoinedByInvite: fc.boolean() })),
    native: fc.option(
      record<NonNullable<SendRequest["native"]>>({
        sentBy: fc.constantFrom(undefined, "person" as const, "app" as const, "software" as const),
        broadcastRecipients: fc.constantFrom(undefined, 1, 256, 257),
        draftsPerClick: fc.constantFrom(undefined, 1, 2),
        scheduledBy: fc.constantFrom(undefined, undefined, "app" as const, "software" as const),
      }),
      { nil: undefined, freq: 2 },
    ),
    commerce: fc.constantFrom(false, false, false, undefined, true),
    body: fc.constant(undefined),
    call: fc.option(fc.record({ numberWithheld: fc.boolean() }), { nil: undefined }),
    email: fc.constant(undefined),
    messenger: fc.constant(undefined),
    rcs: fc.constant(undefined),
    sms: fc.constant(undefined),
    telegram: fc.constant(undefined),
    webchat: fc.constant(undefined),
    text: fc.constantFrom(undefined, "Nu GRATIS brood", "Nieuwe uren"),
    audience: seldom(fc.record({ recipients: fc.constantFrom(5, 6), approvals: fc.constantFrom(0, 1) })),
    overrides: seldom(
      fc.subarray(
        [
          "own.quiet-hours",
          "core.frequency-cap",
          "core.duplicate-send",
          "own.frequency-cap",
          "own.forbidden-words",
          "own.second-pair-of-eyes",
          "whatsapp.policy.opt-in-required",
        ],
        { minLength: 1 },
      ),
    ),
  });
}

type Where = readonly [region: string, phone: string];
const home: readonly Where[] = [
  ["NL", "+31612345678"],
  ["DE", "+4915112345678"],
  ["GB", "+447700900123"],
];
/** Countries with a law of their own in the book, of the EEA without one, and of the openings. */
const abroad: readonly Where[] = [
  ["FR", "+33612345678"],
  ["AT", "+436641234567"],
  ["BE", "+32470123456"],
  ["ES", "+34612345678"],
  ["IT", "+393401234567"],
  ["PL", "+48512345678"],
  ["CH", "+41791234567"],
  ["TR", "+905321234567"],
  ["US", "+12125550100"],
  ["CA", "+14165550100"],
  ["IN", "+919812345678"],
  ["BR", "+5511987654321"],
  ["SE", "+46701234567"],
  ["DK", "+4520123456"],
  ["NO", "+4790123456"],
  ["MX", "+525512345678"],
  ["AU", "+61412345678"],
  ["JP", "+819012345678"],
  ["KR", "+821012345678"],
  ["CU", "+5351234567"],
  ["UA", "+380501234567"],
];
const places = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...home) },
  { weight: 3, arbitrary: fc.constantFrom(...abroad) },
);

function recipients(at: Instant): fc.Arbitrary<NonNullable<Facts["recipient"]>> {
  return fc
    .record({
      place: places,
      /** Somebody who moved and kept the number, or who has a number and an id. */
      before: places,
      told: fc.constantFrom("all", "all", "all", "all", "all", "number", "id", "both", "moved", "nothing"),
      rest: record<NonNullable<Facts["recipient"]>>({
        region: fc.constant(undefined),
        phone: fc.constant(undefined),
        bsuid: fc.constant(undefined),
        subdivision: field<string | null>(null, "UA-43", "UA-14"),
        kind: field("natural" as const, "legal" as const, "legal" as const),
        birthDate: field<string | null>("1980-04-01", null, "2015-06-30", "2009-03-01", "2008-07-07"),
        languages: field<readonly string[]>(["nl", "en"], ["nl"], ["de"]),
        importedFrom: field<(NonNullable<Facts["recipient"]>["importedFrom"] & object) | null>(
          null,
          fc.record({ evidenceAttached: fc.boolean(), source: fc.constantFrom(...listSources) }),
          { evidenceAttached: false },
        ),
        numberChangedAt: field<Instant | null>(null, around(at)),
        publishedForSuchMessages: fc.constantFrom(undefined, true, false),
        timeZones: field<readonly string[]>(["Europe/Amsterdam"], ["America/New_York", "Asia/Tokyo"], []),
        clarifyingSince: field<Instant | null>(null, around(at)),
        lastPurchaseAt: fc.oneof(
          fc.constant(null),
          fc.constant(undefined),
          around(at),
          fc.integer({ min: 1080, max: 1110 }).map((days) => plus(at, -days * dayMs)),
        ),
        lastInquiryAt: field<Instant | null>(null, around(at)),
        lastActivityAt: field<Instant | null>(null, around(at)),
        privacyInformedAt: fc.oneof(fc.constant(null), fc.constant(undefined), around(at)),
        onRefusalList: field(false, true),
      }),
    })
    .map(({ place: [region, phone], before: [formerRegion, formerPhone], told, rest }) => {
      const bsuid = `${region}.1`;
      if (told === "nothing") return rest;
      if (told === "number") return { ...rest, phone };
      if (told === "both") return { ...rest, phone, bsuid: `${formerRegion}.1` };
      if (told === "moved") return { ...rest, region, phone: formerPhone };
      if (told === "id") return { ...rest, phone: null, bsuid };
      return { ...rest, region, phone, bsuid: null };
    });
}

const otherMethods = ["paper", "in-person", "phone", "email", "sms", "other"] as const;

function consents(at: Instant): fc.Arbitrary<Consent> {
  const flags = fc.constantFrom(true, true, true, true, true, true, false, undefined);
  return record<Consent>({
    status: fc.constantFrom(
      "granted" as const,
      "granted" as const,
      "granted" as const,
      "granted" as const,
      "withdrawn" as const,
    ),
    kind: fc.constantFrom(
      "express" as const,
      "express" as const,
      "express" as const,
      "soft" as const,
      "soft" as const,
      "implied" as const,
      "channel-follow" as const,
    ),
    purposes: fc.oneof(fc.subarray<Purpose>([...purposes], { minLength: 1 }), fc.constant(purposes)),
    channel: fc.constantFrom("whatsapp" as const, "whatsapp" as const, "all" as const, "email" as const),
    method: field<NonNullable<Consent["method"]>>("inbound-message", "web-form", "web-form", ...otherMethods),
    obtainedAt: maybeNot(around(at)),
    withdrawnAt: seldom(around(at)),
    wordingVersion: maybeNot(fc.constant("1")),
    evidenceRef: maybeNot(fc.constant("e")),
    namesBusiness: flags,
    namesChannel: flags,
    confirmedAt: fc.option(around(at), { nil: undefined }),
    confirmedBy: fc.constantFrom(undefined, "email" as const, "sms" as const, "phone" as const, "whatsapp" as const),
    flaws: field<NonNullable<Consent["flaws"]>>([], ["pre-ticked"], ["condition-of-service"], ["hidden-in-terms"]),
    thirdPartyForm: flags,
    soft: fc.option(
      record<NonNullable<Consent["soft"]>>({
        obtainedInSale: flags,
        purchase: flags,
        ownSimilarProducts: flags,
        objectionOfferedAtCollection: flags,
        objectionOfferedEachTime: flags,
        charitableSupport: fc.constantFrom(undefined, true, true),
      }),
      { nil: undefined, freq: 5 },
    ),
    written: maybeNot(record<WrittenConsent>({ signed: flags, namesNumber: flags, saysAutomated: flags })),
    guardianAgreed: fc.constantFrom(undefined, false, true),
    explicitFor: fc.constantFrom(undefined, ["health" as const], specialCategories),
    itemisedNotice: flags,
    inRegistry: flags,
  });
}

function good(at: Instant): Consent {
  return {
    status: "granted",
    kind: "express",
    purposes,
    channel: "all",
    method: "inbound-message",
    obtainedAt: plus(at, -90 * dayMs),
    wordingVersion: "1",
    evidenceRef: "e",
    namesBusiness: true,
    namesChannel: true,
    thirdPartyForm: true,
    flaws: [],
    confirmedAt: plus(at, -90 * dayMs),
    confirmedBy: "whatsapp",
    written: { signed: true, namesNumber: true, saysAutomated: true },
    itemisedNotice: true,
    inRegistry: true,
  };
}

function suppressions(at: Instant): fc.Arbitrary<Suppression> {
  return record<Suppression>({
    purpose: fc.constantFrom(...purposes, "all" as const),
    channel: fc.constantFrom("whatsapp" as const, "all" as const, "email" as const),
    at: fc.oneof(
      around(at),
      fc.constantFrom(minuteMs, 5 * minuteMs, hourMs).map((ms) => plus(at, -ms)),
    ),
    source: fc.constantFrom(
      "keyword" as const,
      "button" as const,
      "link" as const,
      "agent" as const,
      "complaint" as const,
      "bounce" as const,
      "block" as const,
      "platform-preference" as const,
      "law-request" as const,
    ),
    confirmationSentAt: maybeNot(orNone(around(at))),
  });
}

function restrictions(at: Instant): fc.Arbitrary<Restriction> {
  return fc.record({
    scope: fc.constantFrom(
      "business-initiated" as const,
      "all" as const,
      "lock" as const,
      "utility-templates" as const,
    ),
    until: orNone(fc.constantFrom(-1, 0, 1, dayMs, 7 * dayMs).map((ms) => plus(at, ms))),
  });
}

function facts(at: Instant): fc.Arbitrary<Facts> {
  const moment = around(at);
  const limit = record<MessagingLimit>({
    limit: fc.constantFrom<number | "unlimited">(250, 1_000, 2_000, "unlimited"),
    used: fc.constantFrom(0, 249, 250, 2_000),
    oldestCountedAt: maybeNot(orNone(moment)),
    includesRecipient: fc.constantFrom(true, false, undefined),
  });
  const free = { limit: "unlimited" as const, used: 0 };
  const soon = fc.constantFrom(-1, 0, 1, 3_000).map((ms) => plus(at, ms));
  const whole = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 40 });
  return record<Facts>({
    recipient: whole(recipients(at)),
    sender: whole(
      record<NonNullable<Facts["sender"]>>({
        establishment: field("NL", "GB", "US", "SY", "UA"),
        subdivision: field<string | null>(null, "UA-43"),
        numberCountry: fc.constantFrom("NL", "NL", "NL", "MX", "MX", "US", "BR", "VN", undefined),
        kind: field<NonNullable<NonNullable<Facts["sender"]>["kind"]>>(
          "business",
          "charity",
          "charity",
          "charity",
          "charity-lottery",
          "publisher",
          "political",
          "public-body",
        ),
        viaSolutionProvider: field(true, false),
        profileHasContact: field(true, false),
        officialBusinessAccount: field(true, false),
        inBusinessApp: field(false, true),
      }),
    ),
    lastInboundAt: fc.oneof(
      { weight: 3, arbitrary: fc.constant(plus(at, -hourMs)) },
      { weight: 3, arbitrary: moment },
      { weight: 2, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.constant(undefined) },
    ),
    consents: whole(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant([good(at)]) },
        { weight: 3, arbitrary: fc.array(consents(at), { minLength: 1, maxLength: 3 }) },
        { weight: 1, arbitrary: fc.constant([]) },
      ),
    ),
    suppressions: whole(
      fc.oneof(
        { weight: 4, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(suppressions(at), { minLength: 1, maxLength: 2 }) },
      ),
    ),
    account: whole(
      record<NonNullable<Facts["account"]>>({
        stoppedHere: field<"marketing" | "business-initiated" | "all" | null>(
          null,
          "marketing",
          "business-initiated",
          "all",
        ),
        disabled: field(false, true),
        restrictions: field<readonly Restriction[]>([], fc.array(restrictions(at), { minLength: 1, maxLength: 2 })),
        quality: field("GREEN", ...qualities),
        paymentMethod: field(true, false),
        serviceMessagesThisMonth: field(0, 999, 1_000),
        portfolioLimit: field<NonNullable<Facts["account"]>["portfolioLimit"] & object>(free, limit),
        numberLimit: field<NonNullable<Facts["account"]>["numberLimit"] & object>(free, limit),
        directSend: field<"enabled" | "disabled" | "blocked">("enabled", "blocked", "disabled"),
        joinedPlatformAt: field(plus(at, -800 * dayMs), moment),
        spamRate7d: field(0, 0.001),
      }),
    ),
    history: whole(
      record<NonNullable<Facts["history"]>>({
        marketingSentAt: field<readonly Instant[]>(
          [],
          fc.array(moment, { maxLength: 6 }),
          fc.array(
            fc.integer({ min: 0, max: 31 * dayMs }).map((ms) => plus(at, -ms)),
            { minLength: 4, maxLength: 6 },
          ),
        ),
        sameContentSentAt: field<Instant | null>(null, moment),
        lastSentAt: field<Instant | null>(null, moment),
        burstLeft: fc.constantFrom(undefined, undefined, 0, 1),
        pairBackoffUntil: field<Instant | null>(null, soon),
        sentInLastSecond: field(0, 19, 20, 79, 80, 1_000),
        throughputPerSecond: field(80, 20, 1_000),
        marketingLimitHitAt: fc.oneof(
          fc.constant(null),
          fc.constant(undefined),
          moment,
          fc.constant(plus(at, -hourMs)),
        ),
        marketingStoppedErrorAt: field<Instant | null>(null, moment),
        marketingPreference: field<(NonNullable<Facts["history"]>["marketingPreference"] & object) | null>(
          null,
          fc.record({ value: fc.constantFrom("stop" as const, "resume" as const), at: moment }),
        ),
        adConversationRepliedAt: field<Instant | null>(
          null,
          fc.oneof(
            moment,
            fc.constantFrom(72 * hourMs - 1, 72 * hourMs).map((ms) => plus(at, -ms)),
          ),
        ),
        callPermission: fc.oneof(
          fc.constant({ kind: "permanent" as const, grantedAt: plus(at, -dayMs), revokedAt: null }),
          orNone(
            record<NonNullable<NonNullable<Facts["history"]>["callPermission"]>>({
              kind: fc.constantFrom("temporary" as const, "permanent" as const),
              grantedAt: moment,
              revokedAt: field<Instant | null>(null, moment),
            }),
          ),
          fc.constant(undefined),
        ),
      }),
    ),
    trade: whole(
      record<NonNullable<Facts["trade"]>>({
        goods: field<readonly (typeof goodsClasses)[number][]>([], goods),
        gamblingPermitted: fc.constantFrom(undefined, true, false),
      }),
    ),
    contract: whole(
      record<NonNullable<Facts["contract"]>>({
        termsAccepted: field(true, false),
        accountShared: field(false, true),
        usageReport: field<(NonNullable<Facts["contract"]>["usageReport"] & object) | null>(
          null,
          fc.constant({ askedAt: plus(at, -dayMs) }),
          fc.constant({ askedAt: plus(at, -dayMs), sentAt: at }),
        ),
      }),
    ),
    law: whole(
      record<NonNullable<Facts["law"]>>({
        informsAtCollection: field(true, false),
        processorContract: field(true, false),
        signUp: field<NonNullable<Facts["law"]>["signUp"] & object>(
          { joinSteps: 1, leaveSteps: 1, leaveOnSameChannel: true },
          { joinSteps: 1, leaveSteps: 2, leaveOnSameChannel: true },
          { joinSteps: 2, leaveSteps: 1, leaveOnSameChannel: false },
          {},
        ),
        recordedBases: field<readonly Purpose[]>(purposes, [], ["service"]),
        interestsWeighed: field(true, false),
        erasureKeepsOptOut: field(true, false),
        callProofKeptYears: field<number | null>(null, 4, 5),
        optOutsKeptYears: fc.constant(null),
        optOutWays: fc.constant(["keyword" as const, "email" as const]),
      }),
    ),
    operator: whole(
      record<NonNullable<Facts["operator"]>>({
        techProvider: field(false, true),
        customerListKept: field(true, false),
        chargesForWhatsApp: field(false, true),
        resaleAgreement: field(false, true),
        usesWhatsAppBrand: field(false, true),
        dataFlows: field<NonNullable<Facts["operator"]>["dataFlows"] & object>(
          [],
          fc.array(
            record<{ designated?: boolean; mayTrain?: boolean }>({
              designated: fc.constantFrom(true, false, undefined),
              mayTrain: fc.constantFrom(true, false, undefined),
            }),
            { minLength: 1, maxLength: 2 },
          ),
        ),
        practices: field<NonNullable<Facts["operator"]>["practices"] & object>(
          [],
          fc.subarray([...practices], { minLength: 1, maxLength: 3 }),
        ),
      }),
    ),
    publicChannel: fc.option(fc.record({ postedAt: fc.array(moment, { maxLength: 5 }) }), { nil: undefined }),
    importedList: fc.option(
      record<NonNullable<Facts["importedList"]>>({
        evidenceAttached: fc.constantFrom(true, false, undefined),
        source: fc.constantFrom(...listSources, undefined),
      }),
      { nil: undefined },
    ),
    app: fc.option(
      record<NonNullable<Facts["app"]>>({
        onPlatform: field(false, true),
        savedByRecipient: field(true, false),
        freeBroadcastsLeft: fc.constantFrom(undefined, 0, 1),
      }),
      { nil: undefined, freq: 9 },
    ),
    apple: fc.constant(undefined),
    email: fc.constant(undefined),
    messenger: fc.constant(undefined),
    rcs: fc.constant(undefined),
    sms: fc.constant(undefined),
    telegram: fc.constant(undefined),
    viber: fc.constant(undefined),
    webchat: fc.constant(undefined),
  });
}

const houseRules: fc.Arbitrary<DecideOptions> = record<DecideOptions>({
  lowConfidence: seldom(fc.constant("hold-for-review" as const)),
  missingFacts: fc.constantFrom(undefined, undefined, "note" as const),
  marketingCap30d: seldom(fc.constantFrom(1, 2)),
  channelPostsPerDay: seldom(fc.constantFrom(1, 2)),
  keepContactsMonths: seldom(fc.constantFrom(1, 12, 24)),
  own: seldom(
    record<NonNullable<DecideOptions["own"]>>({
      quietHours: maybeNot(
        fc.constantFrom(
          { permittedFrom: 480, permittedTo: 1_260, timeZone: "Europe/Amsterdam" },
          { permittedFrom: 540, permittedTo: 1_080, days: ["mon", "tue"] as const, timeZone: "UTC" },
          { permittedFrom: 600, permittedTo: 600, timeZone: "UTC" },
        ),
      ),
      marketingCap: maybeNot(fc.constantFrom({ messages: 1, days: 7 }, { messages: 2, days: 40 })),
      forbiddenWords: maybeNot(fc.constantFrom(["gratis"], ["brood", "tijden"])),
      secondPairAbove: maybeNot(fc.constant(5)),
    }),
  ),
});

/** `days`: the first days of rules, moment which many are drawn. */
export function sends(days: readonly string[]): fc.Arbitrary<Drawn> {
  return instants(days).chain((at) =>
    fc.record({ at: fc.constant(at), request: requests(at), facts: facts(at), options: houseRules }),
  );
}

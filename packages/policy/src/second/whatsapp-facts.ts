import { dayMs, hourMs, type Instant, plus } from "@loket/kit";
import fc from "fast-check";
import { listSources } from "../facts/imported-list.ts";
import { practices } from "../facts/operator.ts";
import type { goodsClasses } from "../facts/trade.ts";
import { type Facts, type MessagingLimit, type Purpose, purposes, type Restriction } from "../facts.ts";
import { qualities } from "../request.ts";
import { around, field, orNone, record } from "./drawing.ts";
import { consents, good, recipients, supporters, suppressions } from "./people.ts";
import { goods } from "./whatsapp-messages.ts";

/** What is known about a sender on WhatsApp, its account, and what went before. */

const senderKinds = [
  "charity",
  "charity",
  "charity",
  "charity-lottery",
  "publisher",
  "political",
  "public-body",
  undefined,
] as const;

function restrictions(at: Instant): fc.Arbitrary<Restriction> {
  return fc.record({
    scope: fc.constantFrom(
      "business-initiated" as const,
      "all" as const,
      "lock" as const,
      "utility-templates" as const,
    ),
    until: fc.option(
      fc.constantFrom(-1, 0, 1, dayMs, 7 * dayMs).map((ms) => plus(at, ms)),
      { nil: null },
    ),
  });
}

export function facts(at: Instant): fc.Arbitrary<Facts> {
  const moment = around(at);
  const limit = record<MessagingLimit>({
    limit: fc.constantFrom<number | "unlimited">(250, 1_000, 2_000, "unlimited"),
    used: fc.constantFrom(0, 249, 250, 2_000),
    oldestCountedAt: orNone(moment),
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
        kind: fc.oneof(
          { weight: 3, arbitrary: fc.constant("business" as const) },
          { weight: 1, arbitrary: fc.constantFrom(...senderKinds) },
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
        { weight: 1, arbitrary: supporters(at) },
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

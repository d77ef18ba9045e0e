import { dayMs, hourMs, type Instant, instant, plus } from "@loket/kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  calmChannelFacts,
  channelFacts,
  channelMessages,
  instantAround,
  maybe,
  orNone,
  present,
  roads,
} from "./arbitraries.ts";
import { listSources } from "./facts/imported-list.ts";
import { type DataFlow, practices } from "./facts/operator.ts";
import type { Consent, Facts, Purpose, Recipient, Restriction, Suppression } from "./facts.ts";
import {
  isForAll,
  isMessageKind,
  kinds,
  payloads,
  qualities,
  type SendRequest,
  type Template,
  templateCategories,
  templateStatuses,
} from "./request.ts";
import { bookVersion, decide } from "./terms-book.ts";
import type { Verdict } from "./verdict.ts";

/** Sends of every shape, half of them on the Platform, at any time since it began; facts known, none, or missing. */

const now = fc.integer({ min: Date.parse("2018-08-01"), max: Date.parse("2027-06-01") }).map((ms) => instant(ms));
const purposes = ["marketing", "transactional", "service", "survey", "sales-call"] as const;

function templates(at: Instant): fc.Arbitrary<Template> {
  return fc
    .record({
      category: fc.constantFrom(...templateCategories),
      status: fc.oneof(fc.constant("APPROVED" as const), fc.constantFrom(...templateStatuses)),
      language: maybe(fc.constantFrom("nl", "en")),
      approvedLanguages: maybe(fc.subarray(["nl", "en"])),
      defaultLanguage: maybe(fc.constant("en")),
      quality: maybe(fc.constantFrom(...qualities)),
      pausedAt: maybe(instantAround(at)),
      pauseCount: maybe(fc.integer({ min: 1, max: 2 })),
      heldForQualityAssessment: maybe(fc.boolean()),
      parametersComplete: maybe(fc.boolean()),
      otpButton: maybe(fc.boolean()),
    })
    .map((value) => present<Template>({ ...value, name: "t", plainBody: true, longestParameter: 6 }));
}

function requests(at: Instant): fc.Arbitrary<SendRequest> {
  const flags = fc.record({ promotional: maybe(fc.boolean()), solicited: maybe(fc.boolean()) });
  return fc
    .record({
      road: roads,
      payload: fc.constantFrom(...payloads),
      kind: fc.constantFrom(...kinds),
      template: maybe(templates(at)),
      fallbackTemplate: fc.option(templates(at), { nil: undefined }),
      directSendCategory: maybe(fc.constantFrom(...templateCategories)),
      content: fc.constantFrom(undefined, {}, { stopPath: true, senderNamed: true }, ...restrictedContents),
      native: fc.constantFrom(undefined, {}, { broadcastRecipients: 300 }, { sentBy: "software" as const }),
      commerce: maybe(fc.constant(false)),
      flags,
      own: channelMessages,
    })
    .map(({ flags: { promotional, solicited }, road: [channel, transport], own, ...value }) =>
      present<SendRequest>({ ...value, ...own, channel, transport, promotional, solicited, group: undefined }),
    );
}

const restrictedContents: readonly NonNullable<SendRequest["content"]>[] = [
  { stopPath: true, senderNamed: true, goods: ["weapons"] },
  { stopPath: true, senderNamed: true, goods: ["alcohol", "gambling"] },
  { stopPath: true, senderNamed: true, goods: ["weapons"], onlyPointsElsewhere: true },
  { channelInvite: true, concerns: ["personal-data"] },
  { stopPath: true, senderNamed: true, postalAddress: true, reveals: ["health"] },
];

/** What concerns the business and its operator rather than the person. */
function standing(at: Instant) {
  const trade = fc
    .record({
      goods: maybe(fc.constantFrom([], [], ["alcohol" as const], ["tobacco" as const])),
      gamblingPermitted: maybe(fc.boolean()),
    })
    .map((value) => present<NonNullable<Facts["trade"]>>(value));
  const contract = fc
    .record({ termsAccepted: maybe(fc.boolean()), accountShared: maybe(fc.boolean()) })
    .map((value) => present<NonNullable<Facts["contract"]>>({ ...value, usageReport: undefined }));
  const dataFlow = fc
    .record({ designated: maybe(fc.boolean()), mayTrain: maybe(fc.boolean()) })
    .map((value) => present<DataFlow>({ ...value, to: undefined }));
  const operator = fc
    .record({
      techProvider: maybe(fc.boolean()),
      chargesForWhatsApp: maybe(fc.boolean()),
      resaleAgreement: maybe(fc.boolean()),
      usesWhatsAppBrand: maybe(fc.boolean()),
      dataFlows: maybe(fc.array(dataFlow, { maxLength: 2 })),
      practices: maybe(fc.subarray([...practices], { maxLength: 2 })),
    })
    .map((value) => present<NonNullable<Facts["operator"]>>({ ...value, customerListKept: undefined }));
  const app = fc
    .record({ onPlatform: maybe(fc.boolean()), savedByRecipient: maybe(fc.boolean()) })
    .map((value) => present<NonNullable<Facts["app"]>>({ ...value, freeBroadcastsLeft: undefined }));
  const importedList = fc
    .record({ source: maybe(fc.constantFrom(...listSources)) })
    .map((value) => present<NonNullable<Facts["importedList"]>>({ ...value, evidenceAttached: undefined }));
  return {
    trade: maybe(trade),
    contract: maybe(contract),
    operator: maybe(operator),
    app: maybe(app),
    importedList: maybe(importedList),
    publicChannel: maybe(fc.record({ postedAt: fc.array(instantAround(at), { maxLength: 4 }) })),
  };
}

function consents(at: Instant): fc.Arbitrary<Consent> {
  return fc
    .record({
      status: fc.oneof(fc.constant("granted" as const), fc.constantFrom("granted" as const, "withdrawn" as const)),
      kind: fc.constantFrom(...(["express", "express", "soft", "implied", "channel-follow"] as const)),
      purposes: fc.subarray<Purpose>([...purposes], { minLength: 1 }),
      channel: fc.constantFrom("whatsapp" as const, "all" as const, "email" as const, "sms" as const),
      method: maybe(fc.constantFrom("web-form" as const, "inbound-message" as const)),
      obtainedAt: maybe(instantAround(at)),
      confirmedAt: maybe(instantAround(at)),
      confirmedBy: maybe(fc.constantFrom("email" as const, "sms" as const)),
      written: maybe(fc.constantFrom({}, { signed: true, namesNumber: true, saysAutomated: true })),
      guardianAgreed: maybe(fc.boolean()),
      explicitFor: maybe(fc.constantFrom([], ["health" as const])),
      itemisedNotice: maybe(fc.boolean()),
      inRegistry: maybe(fc.boolean()),
      wordingVersion: maybe(fc.constant("1")),
      evidenceRef: maybe(fc.constant("e")),
      namesBusiness: maybe(fc.boolean()),
      namesChannel: maybe(fc.boolean()),
      thirdPartyForm: maybe(fc.boolean()),
      flaws: maybe(fc.subarray(["pre-ticked", "condition-of-service"] as const)),
      soft: maybe(
        fc.constant({
          obtainedInSale: true,
          purchase: true,
          ownSimilarProducts: true,
          objectionOfferedAtCollection: true,
          objectionOfferedEachTime: true,
        }),
      ),
    })
    .map((value) => {
      const withdrawnAt = value.status === "withdrawn" ? value.obtainedAt : undefined;
      return present<Consent>({ ...value, withdrawnAt, soft: value.kind === "soft" ? value.soft : undefined });
    });
}

const suppressionSources = ["keyword", "button", "agent", "complaint", "link", "bounce", "block"] as const;

function suppressions(at: Instant): fc.Arbitrary<Suppression> {
  return fc.record({
    purpose: fc.constantFrom(...purposes, "all" as const),
    channel: fc.constantFrom("whatsapp" as const, "all" as const, "email" as const, "telegram" as const),
    at: instantAround(at),
    source: fc.constantFrom(...suppressionSources),
    confirmationSentAt: orNone(instantAround(at)),
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
    until: orNone(fc.integer({ min: -1, max: 10 * dayMs }).map((ms) => plus(at, ms))),
  });
}

interface Place extends Pick<Recipient, "subdivision" | "timeZones"> {
  readonly region: string;
  readonly phone: string;
  readonly bsuid: string;
}

/** Places and numbers that agree with each other, as they do in life. */
const places = fc.constantFrom<Place>(
  { region: "NL", phone: "+31612345678", bsuid: "NL.1" },
  { region: "DE", phone: "+4915112345678", bsuid: "DE.1" },
  { region: "GB", phone: "+447700900123", bsuid: "GB.1" },
  { region: "US", phone: "+12125550100", bsuid: "US.1" },
  { region: "CA", phone: "+14165550100", bsuid: "CA.1" },
  { region: "BR", phone: "+5511987654321", bsuid: "BR.1" },
  { region: "IT", phone: "+393401234567", bsuid: "IT.1" },
  { region: "CU", phone: "+5351234567", bsuid: "CU.1" },
  { region: "US", subdivision: "US-TX", phone: "+15125550100", bsuid: "US.1", timeZones: ["America/Chicago"] },
  { region: "US", subdivision: "US-FL", phone: "+18505550100", bsuid: "US.1" },
  { region: "FR", phone: "+33612345678", bsuid: "FR.1" },
  { region: "IN", phone: "+919812345678", bsuid: "IN.1" },
  { region: "AT", phone: "+436641234567", bsuid: "AT.1" },
  { region: "PL", phone: "+48512345678", bsuid: "PL.1" },
  { region: "CH", phone: "+41791234567", bsuid: "CH.1" },
  { region: "TR", phone: "+905321234567", bsuid: "TR.1" },
);

function facts(at: Instant): fc.Arbitrary<Facts> {
  const limit = fc.record({
    limit: fc.constantFrom<number | "unlimited">(250, 2_000, "unlimited"),
    used: fc.constantFrom(0, 250, 2_000),
    oldestCountedAt: orNone(instantAround(at)),
  });
  const recipient = fc
    .record({
      place: places,
      bsuidOnly: fc.boolean(),
      kind: maybe(fc.constantFrom("natural" as const, "legal" as const)),
      birthDate: maybe(orNone(fc.constantFrom("1980-04-01", "2015-06-30"))),
      languages: maybe(fc.subarray(["nl", "en"])),
      importedFrom: maybe(
        orNone(fc.record({ evidenceAttached: fc.boolean(), source: fc.constantFrom(...listSources) })),
      ),
      numberChangedAt: maybe(orNone(instantAround(at))),
      lastPurchaseAt: maybe(orNone(instantAround(at))),
      publishedForSuchMessages: maybe(fc.boolean()),
      lastInquiryAt: maybe(orNone(instantAround(at))),
      lastActivityAt: maybe(orNone(instantAround(at))),
      privacyInformedAt: maybe(orNone(instantAround(at))),
      onRefusalList: maybe(fc.boolean()),
    })
    .map(({ place, bsuidOnly, ...rest }) =>
      present<NonNullable<Facts["recipient"]>>({
        ...rest,
        subdivision: null,
        ...place,
        phone: bsuidOnly ? null : place.phone,
        timeZones: place.timeZones,
        clarifyingSince: undefined,
      }),
    );
  const sender = fc
    .record({
      establishment: maybe(fc.constantFrom("NL", "US", "SY")),
      numberCountry: maybe(fc.constantFrom("NL", "US", "BR")),
      kind: maybe(
        fc.constantFrom("business" as const, "charity" as const, "political" as const, "public-body" as const),
      ),
      viaSolutionProvider: maybe(fc.boolean()),
      profileHasContact: maybe(fc.boolean()),
    })
    .map((value) =>
      present<NonNullable<Facts["sender"]>>({
        ...value,
        subdivision: null,
        officialBusinessAccount: undefined,
        inBusinessApp: undefined,
      }),
    );
  const account = fc
    .record({
      disabled: maybe(fc.boolean()),
      restrictions: maybe(fc.array(restrictions(at), { maxLength: 2 })),
      quality: maybe(fc.constantFrom(...qualities)),
      paymentMethod: maybe(fc.boolean()),
      serviceMessagesThisMonth: maybe(fc.constantFrom(0, 999, 1_000)),
      portfolioLimit: maybe(limit),
      numberLimit: maybe(limit),
      directSend: maybe(fc.constantFrom("enabled" as const, "blocked" as const)),
      joinedPlatformAt: maybe(instantAround(at)),
      spamRate7d: maybe(fc.constantFrom(0, 0.001)),
    })
    .map((value) => present<NonNullable<Facts["account"]>>(value));
  const history = fc
    .record({
      marketingSentAt: maybe(fc.array(instantAround(at), { maxLength: 6 })),
      sameContentSentAt: maybe(orNone(instantAround(at))),
      lastSentAt: maybe(orNone(instantAround(at))),
      burstLeft: maybe(fc.integer({ min: 0, max: 2 })),
      pairBackoffUntil: maybe(orNone(fc.integer({ min: -1, max: 10_000 }).map((ms) => plus(at, ms)))),
      sentInLastSecond: maybe(fc.constantFrom(0, 20, 80, 1_000)),
      throughputPerSecond: maybe(fc.constantFrom(20, 80, 1_000)),
      marketingLimitHitAt: maybe(orNone(instantAround(at))),
      marketingStoppedErrorAt: maybe(orNone(instantAround(at))),
      marketingPreference: maybe(
        orNone(fc.record({ value: fc.constantFrom("stop" as const, "resume" as const), at: instantAround(at) })),
      ),
      callPermission: maybe(
        orNone(
          fc
            .record({
              kind: fc.constantFrom("temporary" as const, "permanent" as const),
              grantedAt: instantAround(at),
              revokedAt: maybe(orNone(instantAround(at))),
            })
            .map((value) => present<NonNullable<NonNullable<Facts["history"]>["callPermission"]>>(value)),
        ),
      ),
    })
    .map((value) => present<NonNullable<Facts["history"]>>({ ...value, adConversationRepliedAt: undefined }));
  return fc
    .record({
      recipient: maybe(recipient),
      sender: maybe(sender),
      lastInboundAt: maybe(orNone(instantAround(at))),
      consents: maybe(fc.array(consents(at), { maxLength: 3 })),
      suppressions: maybe(fc.array(suppressions(at), { maxLength: 2 })),
      account: maybe(account),
      history: maybe(history),
      ...standing(at),
      ...channelFacts(at),
    })
    .map((value) => present<Facts>(value));
}

/** Nine facts in ten in order, so that many of the sends would go out and the interesting step is the one to "no". */
function mostlyInOrder(at: Instant): fc.Arbitrary<Facts> {
  return fc
    .record({ wild: facts(at), pick: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }), place: places })
    .map(({ wild, pick, place }) => {
      const calm: Facts = {
        recipient: {
          subdivision: null,
          ...place,
          kind: "natural",
          birthDate: null,
          languages: ["nl", "en"],
          importedFrom: null,
          numberChangedAt: null,
          lastPurchaseAt: null,
          lastInquiryAt: null,
          lastActivityAt: null,
          onRefusalList: false,
        },
        sender: { establishment: "NL", numberCountry: "NL", kind: "business", profileHasContact: true },
        lastInboundAt: plus(at, -hourMs),
        consents: [
          {
            status: "granted",
            kind: "express",
            purposes: [...purposes],
            channel: "all",
            method: "inbound-message",
            obtainedAt: plus(at, -90 * dayMs),
            wordingVersion: "1",
            evidenceRef: "e",
            namesBusiness: true,
            namesChannel: true,
            thirdPartyForm: true,
            flaws: [],
            written: { signed: true, namesNumber: true, saysAutomated: true },
            guardianAgreed: true,
            itemisedNotice: true,
            inRegistry: true,
          },
        ],
        suppressions: [],
        account: {
          disabled: false,
          restrictions: [],
          quality: "GREEN",
          paymentMethod: true,
          portfolioLimit: { limit: "unlimited", used: 0 },
          numberLimit: { limit: "unlimited", used: 0 },
          directSend: "enabled",
          spamRate7d: 0,
        },
        history: {
          marketingSentAt: [],
          sameContentSentAt: null,
          lastSentAt: null,
          pairBackoffUntil: null,
          sentInLastSecond: 0,
          marketingLimitHitAt: null,
          marketingStoppedErrorAt: null,
          marketingPreference: null,
        },
        trade: { goods: [] },
        contract: { termsAccepted: true, accountShared: false },
        operator: { chargesForWhatsApp: false, usesWhatsAppBrand: false, dataFlows: [], practices: [] },
        app: { onPlatform: false },
        importedList: { source: "own-records" },
        ...calmChannelFacts(at),
      };
      const names = Object.keys(calm) as (keyof Facts)[];
      const wildPart = Object.fromEntries(names.filter((_, index) => pick[index]).map((name) => [name, wild[name]]));
      return present<Facts>({ ...calm, ...wildPart });
    });
}

const sends = now.chain((at) =>
  fc.record({ at: fc.constant(at), request: requests(at), facts: fc.oneof(facts(at), mostlyInOrder(at)) }),
);

const goesOut = ({ outcome }: Verdict): boolean => outcome === "allow" || outcome === "change";

/** Every way to take exactly one fact away: a group, a field of a group, or a field of a consent record. */
function withoutOneFact(known: Facts): { path: string; facts: Facts }[] {
  const removals: { path: string; facts: Facts }[] = [];
  for (const [name, value] of Object.entries(known)) {
    const { [name as keyof Facts]: _gone, ...others } = known;
    removals.push({ path: name, facts: others });
    if (Array.isArray(value) && name === "consents") {
      value.forEach((record: object, index) => {
        for (const field of optionalConsentFields) {
          if (!(field in record)) continue;
          const poorer = Object.fromEntries(Object.entries(record).filter(([one]) => one !== field));
          removals.push({
            path: `consents[${index}].${field}`,
            facts: { ...known, consents: value.with(index, poorer) },
          });
        }
      });
    } else if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const field of Object.keys(value)) {
        const poorer = Object.fromEntries(Object.entries(value).filter(([one]) => one !== field));
        removals.push({ path: `${name}.${field}`, facts: { ...known, [name]: poorer } });
      }
    }
  }
  return removals;
}

/** `withdrawnAt` is the withdrawal itself, not a fact about a consent. */
const optionalConsentFields = [
  "method",
  "obtainedAt",
  "wordingVersion",
  "evidenceRef",
  "namesBusiness",
  "namesChannel",
  "confirmedAt",
  "confirmedBy",
  "flaws",
  "written",
  "guardianAgreed",
  "explicitFor",
  "itemisedNotice",
  "inRegistry",
  "thirdPartyForm",
  "soft",
];

/** A soak asks for more: `POLICY_PROPERTY_RUNS=20000 npx vitest run packages/policy`. */
const runs = { numRuns: Number(process.env.POLICY_PROPERTY_RUNS ?? 300) };

describe("whatever is asked", () => {
  it("there is an answer, well formed and always the same", () => {
    fc.assert(
      fc.property(sends, ({ request, facts: known, at }) => {
        const verdict = decide(request, known, at);
        expect(decide(request, known, at)).toEqual(verdict);
        expect(verdict.bookVersion).toBe(bookVersion);
        expect(verdict.outcome).toBe(verdict.findings[0]?.outcome ?? "allow");
        expect(verdict.until === null).toBe(verdict.outcome !== "hold");
        expect(new Set(verdict.findings.map(({ rule }) => rule.id)).size).toBe(verdict.findings.length);
        for (const { until } of verdict.findings) if (typeof until === "number") expect(until).toBeGreaterThan(at);
        for (const finding of verdict.findings) expect(finding.change !== null).toBe(finding.outcome === "change");
      }),
      runs,
    );
  });

  it("the request and the facts are left as they were", () => {
    fc.assert(
      fc.property(sends, ({ request, facts: known, at }) => {
        const before = JSON.stringify({ request, known });
        decide(request, known, at);
        expect(JSON.stringify({ request, known })).toBe(before);
      }),
    );
  });
});

describe("a no never becomes a yes", () => {
  it("by an opt-out more", () => {
    const withOptOut = sends.chain((send) => fc.record({ send: fc.constant(send), entry: suppressions(send.at) }));
    fc.assert(
      fc.property(withOptOut, ({ send: { request, facts: known, at }, entry }) => {
        fc.pre(request.kind !== "opt-out-confirmation"); // an opt-out is what makes its confirmation possible
        if (goesOut(decide(request, known, at))) return;
        const more = { ...known, suppressions: [...(known.suppressions ?? []), entry] };
        fc.pre(known.suppressions !== undefined); // from "nobody looked" to a list is knowing more
        expect(goesOut(decide(request, more, at))).toBe(false);
      }),
      runs,
    );
  });

  it("by a restriction or a block more", () => {
    const withBlock = sends.chain((send) => fc.record({ send: fc.constant(send), block: restrictions(send.at) }));
    fc.assert(
      fc.property(withBlock, ({ send: { request, facts: known, at }, block }) => {
        fc.pre(known.account?.restrictions !== undefined);
        if (goesOut(decide(request, known, at))) return;
        const account = { ...known.account, restrictions: [...(known.account?.restrictions ?? []), block] };
        expect(goesOut(decide(request, { ...known, account }, at))).toBe(false);
        const disabled = { ...known, account: { ...known.account, disabled: true } };
        expect(goesOut(decide(request, disabled, at))).toBe(false);
      }),
      runs,
    );
  });

  it("by a withdrawal more", () => {
    const withWithdrawal = sends.chain((send) =>
      fc.record({ send: fc.constant(send), record: consents(send.at), withdrawnAt: maybe(instantAround(send.at)) }),
    );
    fc.assert(
      fc.property(withWithdrawal, ({ send: { request, facts: known, at }, record, withdrawnAt }) => {
        fc.pre(known.consents !== undefined);
        if (goesOut(decide(request, known, at))) return;
        const withdrawal = present<Consent>({ ...record, status: "withdrawn", withdrawnAt });
        const more = { ...known, consents: [...(known.consents ?? []), withdrawal] };
        expect(goesOut(decide(request, more, at))).toBe(false);
      }),
      runs,
    );
  });

  it("by a fact less", () => {
    fc.assert(
      fc.property(sends, ({ request, facts: known, at }) => {
        if (goesOut(decide(request, known, at))) return;
        for (const { path, facts: fewer } of withoutOneFact(known)) {
          expect(goesOut(decide(request, fewer, at)), `without ${path}`).toBe(false);
        }
      }),
      runs,
    );
  });

  it("by treating weakly sourced rules as holds for review", () => {
    fc.assert(
      fc.property(sends, ({ request, facts: known, at }) => {
        const asWritten = decide(request, known, at);
        const reviewed = decide(request, known, at, { lowConfidence: "hold-for-review" });
        expect(goesOut(reviewed)).toBe(goesOut(asWritten));
      }),
      runs,
    );
  });
});

it("no message goes out after a STOP that nothing lifted", () => {
  const stopped = sends.chain((send) => fc.record({ send: fc.constant(send), stoppedAt: instantAround(send.at) }));
  fc.assert(
    fc.property(stopped, ({ send: { request, facts: known, at }, stoppedAt }) => {
      fc.pre(request.kind !== "opt-out-confirmation" && isMessageKind(request.kind));
      fc.pre(!isForAll(request));
      const stop: Suppression = { purpose: "all", channel: "all", at: stoppedAt, source: "keyword" };
      const quiet: Facts = {
        ...known,
        suppressions: [stop],
        lastInboundAt: stoppedAt,
        consents: (known.consents ?? []).filter((one) => one.obtainedAt !== undefined && one.obtainedAt <= stoppedAt),
      };
      expect(goesOut(decide(request, quiet, at))).toBe(false);
    }),
    runs,
  );
});

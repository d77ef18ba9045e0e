import { dayMs, hourMs, type Instant, minuteMs, plus } from "@loket/kit";
import fc from "fast-check";
import { mailboxProviders } from "./facts/email.ts";
import { smsWords } from "./facts/sms.ts";
import { telegramPractices } from "./facts/telegram.ts";
import type { Facts } from "./facts.ts";
import { type Channel, channels, type SendRequest, type Transport, transports } from "./request.ts";

/** Random facts and messages, for tests of what holds whatever is asked. */

/** Around the spans that rules look at, so that boundaries are met often. */
export function instantAround(at: Instant): fc.Arbitrary<Instant> {
  const spans = [0, 1, 3_000, 6_000, 4 * minuteMs, 5 * minuteMs, hourMs, 24 * hourMs - 1, 24 * hourMs, 7 * dayMs];
  return fc
    .oneof(
      fc.constantFrom(...spans, 30 * dayMs, 90 * dayMs, 200 * dayMs, 800 * dayMs),
      fc.integer({ min: 0, max: 1e11 }),
    )
    .map((ms) => plus(at, -ms));
}

/** An optional field: absent now and then. */
export const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 6 });
export const orNone = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: null });

/** Removes fields that are `undefined`: an absent field is absent. */
export function present<Value extends object>(value: { [Name in keyof Value]: Value[Name] | undefined }): Value {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
}

type Road = readonly [channel: Channel, transport: Transport];
/** The roads with rules of their own beside WhatsApp's. */
const otherRoads: readonly Road[] = [
  ["telegram", "bot-api"],
  ["telegram", "bot-api"],
  ["telegram", "business-connection"],
  ["telegram", "other"],
  ["messenger", "other"],
  ["instagram", "other"],
  ["email", "smtp"],
  ["webchat", "own"],
  ["webchat", "push"],
  ["rcs", "other"],
  ["viber", "other"],
  ["apple", "other"],
  ["sms", "other"],
  ["sms", "other"],
  ["phone", "other"],
];

/** Half of them over the Cloud API, a quarter over another channel's usual road, the others anyhow. */
export const roads: fc.Arbitrary<Road> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Road>(["whatsapp", "cloud-api"]) },
  { weight: 1, arbitrary: fc.constantFrom(...otherRoads) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...channels), fc.constantFrom(...transports)) },
);

type Section = "body" | "bot" | "call" | "email" | "messenger" | "rcs" | "sms" | "telegram" | "webchat";

/** What a message says of itself on its own channel. */
export const channelMessages: fc.Arbitrary<Pick<SendRequest, Section>> = fc
  .record({
    bot: fc.constantFrom<SendRequest["bot"]>(
      undefined,
      { firstTurn: false, resumes: true },
      { saysAutomated: true, saysAi: true, escalationOffered: true },
    ),
    body: fc.constantFrom<SendRequest["body"]>(
      undefined,
      { textBytes: 1_001, parts: ["image"] },
      { largestFileBytes: 1e8 },
    ),
    call: fc.constantFrom<SendRequest["call"]>(undefined, { recordedVoice: true }, { numberWithheld: true }),
    email: fc.constantFrom<SendRequest["email"]>(
      undefined,
      { fromDomain: "shop.example", tracksPerson: true },
      { fromDomain: "gmail.com", misleading: true },
    ),
    messenger: fc.constantFrom<SendRequest["messenger"]>(
      undefined,
      { tag: "HUMAN_AGENT" },
      { tag: "ACCOUNT_UPDATE" },
      { token: "marketing-message" },
      { token: "one-time-notification" },
      { token: "recurring-notification" },
      { privateReply: true },
    ),
    rcs: fc.constantFrom<SendRequest["rcs"]>(undefined, { timeBound: true }, { expiresAfterMs: hourMs }),
    sms: fc.constantFrom<SendRequest["sms"]>(
      undefined,
      { stopRoutes: ["link"], linkHosts: ["bit.ly"] },
      { stopRoutes: ["answer"], opensProgramme: true },
      { stopRoutes: ["answer", "number"], matchesRegisteredTemplate: true },
    ),
    telegram: fc.constantFrom<SendRequest["telegram"]>(
      undefined,
      { chatType: "supergroup" },
      { messagesPerSecond: 31 },
      { paidWith: "other" },
    ),
    webchat: fc.constantFrom<SendRequest["webchat"]>(
      undefined,
      { invite: { shownBefore: 1 } },
      { promisesPersonNow: true, showsAccountData: true },
    ),
  })
  .map((value) => present<Pick<SendRequest, Section>>(value));

/** The facts of every channel but WhatsApp. */
export function channelFacts(at: Instant) {
  const around = maybe(orNone(instantAround(at)));
  const soon = orNone(fc.integer({ min: -1, max: 10_000 }).map((ms) => plus(at, ms)));
  const practices = fc.subarray([...telegramPractices], { maxLength: 2 });
  const telegram = fc
    .record({
      startedAt: around,
      retryAfterUntil: maybe(soon),
      groupSentAt: maybe(
        fc.constantFrom(
          [],
          Array.from({ length: 20 }, (_, index) => plus(at, -index)),
        ),
      ),
      paidBroadcasts: maybe(orNone(fc.constantFrom({}, { starBalance: 1e5, monthlyActiveUsers: 1e5 }))),
      canPostMessages: maybe(fc.boolean()),
      canReply: maybe(fc.boolean()),
      commands: maybe(fc.constantFrom([], ["stop", "privacy"])),
      optOutWordsHonoured: maybe(fc.boolean()),
      ownPrivacyPolicy: maybe(fc.boolean()),
      encryptedAtRest: maybe(fc.boolean()),
      keyKeptApart: maybe(fc.boolean()),
      practices: maybe(practices),
    })
    .map((value) =>
      present<NonNullable<Facts["telegram"]>>({ ...value, privacyMode: undefined, inboundFileBytes: undefined }),
    );
  const comment = fc.record({
    at: instantAround(at),
    repliedPrivatelyAt: orNone(instantAround(at)),
    broadcastEndedAt: orNone(instantAround(at)),
  });
  const messenger = fc
    .record({
      lastActionAt: around,
      windowEndsAt: maybe(soon),
      comment: maybe(orNone(comment)),
      humanAgentGranted: maybe(fc.boolean()),
      utilityMessagesGranted: maybe(fc.boolean()),
      declaredAutomated: maybe(fc.boolean()),
      marketingToken: maybe(orNone(fc.record({ expiresAt: soon, lastUsedAt: orNone(instantAround(at)) }))),
      oneTimeToken: maybe(orNone(fc.record({ obtainedAt: instantAround(at), usedAt: orNone(instantAround(at)) }))),
      optInAskedAt: around,
      sameTitleAskedAt: around,
    })
    .map((value) => present<NonNullable<Facts["messenger"]>>(value));
  const email = fc
    .record({
      spfPasses: maybe(fc.boolean()),
      dkimPasses: maybe(fc.boolean()),
      dmarcRecord: maybe(fc.boolean()),
      fromAlignedWith: maybe(fc.subarray(["spf", "dkim"] as const)),
      tls: maybe(fc.boolean()),
      reverseDnsMatches: maybe(fc.boolean()),
      bulkSenderTo: maybe(fc.subarray([...mailboxProviders])),
      mailboxProvider: maybe(fc.constantFrom(...mailboxProviders)),
      trackingConsent: maybe(fc.boolean()),
    })
    .map((value) => present<NonNullable<Facts["email"]>>(value));
  const webchat = fc
    .record({
      noticeShown: maybe(fc.boolean()),
      deviceStorage: maybe(fc.subarray(["session", "analytics"] as const)),
      storageConsent: maybe(fc.boolean()),
      pageOpen: maybe(fc.boolean()),
      lastActivityAt: around,
      followUpBy: maybe(fc.subarray(["email"] as const)),
      addressForTranscript: maybe(fc.boolean()),
      pushPermission: maybe(orNone(fc.record({ askedAfterAction: fc.boolean() }))),
      contactShown: maybe(fc.boolean()),
      staffed: maybe(fc.boolean()),
      authenticated: maybe(fc.boolean()),
      transcript: maybe(orNone(fc.record({ endedAt: instantAround(at), anonymous: fc.boolean() }))),
      keepTranscriptsMonths: maybe(fc.constantFrom(1, 12, null)),
      accessible: maybe(fc.boolean()),
    })
    .map((value) => present<NonNullable<Facts["webchat"]>>(value));
  const rcs = fc
    .record({
      agentUse: maybe(fc.constantFrom("otp" as const, "transactional" as const, "promotional" as const)),
      unsubscribedAt: around,
      reachable: maybe(fc.boolean()),
    })
    .map((value) => present<NonNullable<Facts["rcs"]>>(value));
  const viber = fc
    .record({
      sessionMessagesSent: maybe(fc.constantFrom(0, 59, 60)),
      unansweredInRow: maybe(fc.constantFrom(0, 4, 5)),
    })
    .map((value) => present<NonNullable<Facts["viber"]>>(value));
  const apple = fc
    .record({
      conversation: maybe(fc.constantFrom("active" as const, "closed" as const, "deleted" as const, null)),
      subscribedAt: around,
      noticeShownAt: around,
      liveAgent: maybe(fc.boolean()),
      wiredWords: maybe(fc.subarray(["agent", "menu", "unsubscribe"] as const)),
    })
    .map((value) => present<NonNullable<Facts["apple"]>>(value));
  const sms = fc
    .record({
      numberType: maybe(fc.constantFrom("long-code" as const, "toll-free" as const, "alphanumeric" as const)),
      campaignPurposes: maybe(fc.constantFrom([], ["marketing" as const, "transactional" as const])),
      tollFreeVerified: maybe(fc.boolean()),
      wiredWords: maybe(fc.constantFrom(["stop" as const], smsWords)),
      numberGivenByPerson: maybe(fc.boolean()),
      route: maybe(fc.constantFrom("domestic" as const, "international" as const)),
      registered: maybe(fc.subarray(["sender", "header", "template"] as const)),
    })
    .map((value) => present<NonNullable<Facts["sms"]>>({ ...value, ageGatedGoods: undefined }));
  const law = fc
    .record({
      informsAtCollection: maybe(fc.boolean()),
      processorContract: maybe(fc.boolean()),
      signUp: maybe(fc.constantFrom({}, { joinSteps: 1, leaveSteps: 2 }, { joinSteps: 2, leaveSteps: 1 })),
      interestsWeighed: maybe(fc.boolean()),
      callProofKeptYears: maybe(fc.constantFrom(null, 4, 5)),
      optOutWays: maybe(fc.subarray(["keyword", "email"] as const)),
    })
    .map((value) =>
      present<NonNullable<Facts["law"]>>({
        ...value,
        recordedBases: undefined,
        erasureKeepsOptOut: undefined,
        optOutsKeptYears: undefined,
      }),
    );
  return {
    sms: maybe(sms),
    law: maybe(law),
    telegram: maybe(telegram),
    messenger: maybe(messenger),
    email: maybe(email),
    webchat: maybe(webchat),
    rcs: maybe(rcs),
    viber: maybe(viber),
    apple: maybe(apple),
  };
}

/** All in order on every channel but WhatsApp. */
export function calmChannelFacts(at: Instant): Partial<Facts> {
  return {
    telegram: {
      startedAt: plus(at, -90 * dayMs),
      retryAfterUntil: null,
      groupSentAt: [],
      paidBroadcasts: null,
      canPostMessages: true,
      canReply: true,
      commands: ["stop", "privacy"],
      optOutWordsHonoured: true,
      ownPrivacyPolicy: true,
      encryptedAtRest: true,
      keyKeptApart: true,
      practices: [],
    },
    messenger: {
      lastActionAt: null,
      humanAgentGranted: true,
      utilityMessagesGranted: true,
      marketingToken: { expiresAt: null, lastUsedAt: null },
      oneTimeToken: { obtainedAt: plus(at, -dayMs), usedAt: null },
      comment: { at: plus(at, -hourMs), repliedPrivatelyAt: null, broadcastEndedAt: null },
      optInAskedAt: null,
      sameTitleAskedAt: null,
    },
    email: {
      spfPasses: true,
      dkimPasses: true,
      dmarcRecord: true,
      fromAlignedWith: ["dkim"],
      tls: true,
      reverseDnsMatches: true,
      bulkSenderTo: ["gmail"],
      mailboxProvider: "gmail",
    },
    webchat: {
      noticeShown: true,
      deviceStorage: ["session"],
      pageOpen: true,
      addressForTranscript: false,
      pushPermission: { askedAfterAction: true },
      contactShown: true,
      staffed: true,
      authenticated: true,
      transcript: null,
      keepTranscriptsMonths: null,
    },
    rcs: { agentUse: "multi-use", unsubscribedAt: null, reachable: true },
    viber: { sessionMessagesSent: 0, unansweredInRow: 0 },
    sms: {
      numberType: "long-code",
      campaignPurposes: ["marketing", "transactional", "service", "survey"],
      wiredWords: smsWords,
      numberGivenByPerson: true,
      registered: ["sender", "header", "template"],
    },
    law: {
      informsAtCollection: true,
      processorContract: true,
      signUp: { joinSteps: 1, leaveSteps: 1, leaveOnSameChannel: true },
      interestsWeighed: true,
      callProofKeptYears: null,
      optOutWays: ["keyword", "email"],
    },
    apple: {
      conversation: "active",
      subscribedAt: plus(at, -dayMs),
      noticeShownAt: plus(at, -dayMs),
      liveAgent: true,
      wiredWords: ["agent", "menu", "unsubscribe"],
    },
  };
}

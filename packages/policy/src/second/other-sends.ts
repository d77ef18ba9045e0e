import { dayMs, hourMs, type Instant, instant, minuteMs, plus } from "@loket/kit";
import fc from "fast-check";
import { instantAround, present } from "../arbitraries.ts";
import { mailboxProviders } from "../facts/email.ts";
import { type ProgrammeTerm, programmeTerms, smsWords } from "../facts/sms.ts";
import { telegramPractices } from "../facts/telegram.ts";
import { goodsClasses } from "../facts/trade.ts";
import { type Facts, purposes } from "../facts.ts";
import { type Channel, kinds, payloads, type SendRequest, type Transport, transports } from "../request.ts";
import { type Drawn, sends } from "./sends.ts";

/** Random sends over every channel but WhatsApp, read all over the world. */

const oneOf = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
const flag = oneOf(true, true, true, false, false, undefined);
const fields = <Value extends object>(value: { [Name in keyof Value]?: fc.Arbitrary<Value[Name] | undefined> }) =>
  fc.record(value as Record<string, fc.Arbitrary<unknown>>).map((drawn) => present(drawn as never) as Value);
const whole = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 15 });
const now = <Value>(often: Value, seldom: fc.Arbitrary<Value | undefined>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<Value | undefined>(often) }, { weight: 2, arbitrary: seldom });

/** Around the spans the rules of channels name. */
function around(at: Instant): fc.Arbitrary<Instant> {
  const near = [0, 999, 1_000, 30_000, 30_001, 5 * minuteMs, 30 * minuteMs - 1, 30 * minuteMs, hourMs];
  const far = [dayMs - 1, dayMs, dayMs + 1, 7 * dayMs - 1, 7 * dayMs, 365 * dayMs - 1, 365 * dayMs, 366 * dayMs];
  return fc.oneof(
    oneOf(...near, ...far).map((ms) => plus(at, -ms)),
    instantAround(at),
    oneOf(6, 24)
      .chain((months) => oneOf(-1, 0, 1).map((ms) => ({ months, ms })))
      .map(({ months, ms }) => {
        const then = new Date(at);
        then.setUTCMonth(then.getUTCMonth() - months);
        return instant(then.getTime() + ms);
      }),
  );
}
const orNone = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

type Road = readonly [channel: Channel, transport: Transport];
const roads = fc.oneof(
  {
    weight: 9,
    arbitrary: oneOf<Road>(
      ["telegram", "bot-api"],
      ["telegram", "bot-api"],
      ["telegram", "business-connection"],
      ["telegram", "other"],
      ["telegram", "consumer-app"],
      ["messenger", "other"],
      ["messenger", "other"],
      ["instagram", "other"],
      ["instagram", "other"],
      ["email", "smtp"],
      ["email", "smtp"],
      ["webchat", "own"],
      ["webchat", "own"],
      ["webchat", "push"],
      ["rcs", "other"],
      ["rcs", "other"],
      ["viber", "other"],
      ["apple", "other"],
      ["sms", "other"],
      ["sms", "other"],
      ["sms", "other"],
      ["phone", "other"],
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      oneOf<Channel>("telegram", "email", "sms", "webchat", "phone", "whatsapp"),
      oneOf(...transports),
    ),
  },
);

const goods = fc.option(fc.subarray([...goodsClasses], { minLength: 1, maxLength: 2 }), { nil: undefined, freq: 1 });
const messages: fc.Arbitrary<Partial<SendRequest>> = fields<Partial<SendRequest>>({
  body: whole(
    fields<NonNullable<SendRequest["body"]>>({
      textBytes: oneOf(undefined, 1_000, 1_001),
      largestFileBytes: oneOf(undefined, 20_000_001, 50_000_000, 50_000_001, 52_428_800, 52_428_801),
      parts: oneOf(
        undefined,
        [],
        ["image" as const],
        ["audio" as const],
        ["button" as const],
        ["file" as const],
        ["video" as const],
      ),
    }),
  ),
  call: oneOf(undefined, {}, { recordedVoice: true }, { numberWithheld: true, recordedVoice: false }),
  email: whole(
    fields<NonNullable<SendRequest["email"]>>({
      fromDomain: oneOf("shop.example", "gmail.com", undefined),
      listUnsubscribe: flag,
      listUnsubscribePost: flag,
      unsubscribeSigned: flag,
      unsubscribeLink: flag,
      misleading: oneOf(undefined, false, true),
      tracksPerson: oneOf(undefined, false, true),
    }),
  ),
  messenger: whole(
    fields<NonNullable<SendRequest["messenger"]>>({
      tag: oneOf(
        undefined,
        undefined,
        undefined,
        "HUMAN_AGENT",
        "HUMAN_AGENT",
        "ACCOUNT_UPDATE",
        "CONFIRMED_EVENT_UPDATE",
        "POST_PURCHASE_UPDATE",
      ),
      fitsTag: oneOf(undefined, true, false),
      token: oneOf(
        undefined,
        undefined,
        undefined,
        "marketing-message",
        "marketing-message",
        "one-time-notification",
        "recurring-notification",
      ),
      privateReply: oneOf(undefined, undefined, false, true),
    }),
  ),
  rcs: whole(
    fields<NonNullable<SendRequest["rcs"]>>({
      timeBound: oneOf(undefined, false, true),
      expiresAfterMs: oneOf(undefined, hourMs, 15 * dayMs, 15 * dayMs + 1),
      fallbackChannel: oneOf(undefined, "sms" as const),
    }),
  ),
  sms: whole(
    fields<NonNullable<SendRequest["sms"]>>({
      stopRoutes: oneOf(
        undefined,
        [],
        ["link" as const],
        ["answer" as const],
        ["number" as const],
        ["answer" as const, "number" as const],
      ),
      linkHosts: oneOf(undefined, [], ["bit.ly"], ["BIT.LY"], ["shop.example"], ["tinyurl.com", "shop.example"]),
      opensProgramme: oneOf(undefined, false, true),
      programmeTerms: oneOf<readonly ProgrammeTerm[] | undefined>(undefined, programmeTerms, programmeTerms.slice(1)),
      matchesRegisteredTemplate: flag,
    }),
  ),
  telegram: whole(
    fields<NonNullable<SendRequest["telegram"]>>({
      chatType: oneOf(
        undefined,
        undefined,
        "private" as const,
        "group" as const,
        "supergroup" as const,
        "channel" as const,
      ),
      messagesPerSecond: oneOf(undefined, 30, 31, 1_000, 1_001),
      paidWith: oneOf(undefined, "stars" as const, "other" as const, "other" as const),
    }),
  ),
  webchat: whole(
    fields<NonNullable<SendRequest["webchat"]>>({
      invite: fc.option(
        fields<NonNullable<NonNullable<SendRequest["webchat"]>["invite"]>>({
          shownBefore: oneOf(undefined, 0, 1),
          closedBefore: oneOf(undefined, false, true),
          coversContent: oneOf(undefined, false, true),
        }),
        { nil: undefined },
      ),
      promisesPersonNow: oneOf(undefined, false, true),
      showsAccountData: oneOf(undefined, false, true),
    }),
  ),
});

/** The facts of one channel; those of the others decide nothing on it. */
function channelFacts(at: Instant, channel: Channel): fc.Arbitrary<Partial<Facts>> {
  const moment = around(at);
  const soon = oneOf(-1, 0, 1, 3_000).map((ms) => plus(at, ms));
  switch (channel) {
    case "telegram":
      return whole(
        fields<NonNullable<Facts["telegram"]>>({
          startedAt: orNone(moment),
          retryAfterUntil: orNone(soon),
          groupSentAt: oneOf(
            undefined,
            [],
            Array.from({ length: 20 }, (_, index) => plus(at, -2_000 * (index + 10))),
            Array.from({ length: 21 }, (_, index) => plus(at, -2_000 * index)),
            Array.from({ length: 20 }, (_, index) => plus(at, -3_000 * (index + 1))),
          ),
          paidBroadcasts: orNone(
            fields<{ starBalance?: number; monthlyActiveUsers?: number }>({
              starBalance: oneOf(100_000, 100_000, 99_999, undefined),
              monthlyActiveUsers: oneOf(100_000, 100_000, 99_999, undefined),
            }),
          ),
          canPostMessages: flag,
          canReply: flag,
          privacyMode: flag,
          inboundFileBytes: oneOf(undefined, 20_000_000, 20_000_001, 20_971_520, 20_971_521),
          commands: oneOf(undefined, [], ["stop"], ["privacy"], ["stop", "privacy"], ["stop", "privacy"]),
          ownPrivacyPolicy: flag,
          optOutWordsHonoured: flag,
          encryptedAtRest: flag,
          keyKeptApart: flag,
          practices: now(
            [],
            fc.option(fc.subarray([...telegramPractices], { maxLength: 2 }), { nil: undefined, freq: 4 }),
          ),
        }),
      ).map((telegram) => present({ telegram }));
    case "messenger":
    case "instagram":
      return whole(
        fields<NonNullable<Facts["messenger"]>>({
          lastActionAt: orNone(moment),
          windowEndsAt: orNone(soon),
          comment: orNone(
            fields<NonNullable<NonNullable<Facts["messenger"]>["comment"]>>({
              at: moment as fc.Arbitrary<Instant | undefined>,
              repliedPrivatelyAt: orNone(moment),
              broadcastEndedAt: orNone(moment),
            }),
          ),
          humanAgentGranted: flag,
          utilityMessagesGranted: flag,
          declaredAutomated: flag,
          marketingToken: orNone(
            fields<NonNullable<NonNullable<Facts["messenger"]>["marketingToken"]>>({
              expiresAt: orNone(soon),
              lastUsedAt: orNone(moment),
            }),
          ),
          oneTimeToken: orNone(
            fields<NonNullable<NonNullable<Facts["messenger"]>["oneTimeToken"]>>({
              obtainedAt: moment as fc.Arbitrary<Instant | undefined>,
              usedAt: orNone(moment),
            }),
          ),
          optInAskedAt: orNone(moment),
          sameTitleAskedAt: orNone(moment),
        }),
      ).map((messenger) => present({ messenger }));
    case "email":
      return fc
        .record({
          email: whole(
            fields<NonNullable<Facts["email"]>>({
              spfPasses: flag,
              dkimPasses: flag,
              dmarcRecord: flag,
              fromAlignedWith: oneOf(undefined, [], ["spf"], ["dkim"], ["spf", "dkim"]),
              tls: flag,
              reverseDnsMatches: flag,
              bulkSenderTo: fc.option(fc.subarray([...mailboxProviders]), { nil: undefined }),
              mailboxProvider: oneOf(...mailboxProviders, undefined),
              trackingConsent: flag,
            }),
          ),
          webchat: whole(fields<NonNullable<Facts["webchat"]>>({ addressForTranscript: flag } as never)),
        })
        .map((value) => present(value) as Partial<Facts>);
    case "webchat":
      return whole(
        fields<NonNullable<Facts["webchat"]>>({
          noticeShown: flag,
          deviceStorage: oneOf(undefined, [], ["session"], ["session", "analytics"], ["marketing"]),
          storageConsent: flag,
          pageOpen: flag,
          lastActivityAt: orNone(moment),
          followUpBy: oneOf(undefined, [], ["email"], ["messenger", "push"]),
          addressForTranscript: flag,
          pushPermission: orNone(fields<{ askedAfterAction?: boolean }>({ askedAfterAction: flag })),
          contactShown: flag,
          staffed: flag,
          authenticated: flag,
          transcript: orNone(
            fields<{ endedAt: Instant; anonymous?: boolean }>({
              endedAt: moment as fc.Arbitrary<Instant | undefined> as never,
              anonymous: flag,
            }),
          ),
          keepTranscriptsMonths: oneOf(undefined, null, null, 6, 12),
          accessible: flag,
        }),
      ).map((webchat) => present({ webchat }));
    case "rcs":
      return whole(
        fields<NonNullable<Facts["rcs"]>>({
          agentUse: oneOf(undefined, "otp", "transactional", "promotional", "multi-use"),
          unsubscribedAt: orNone(moment),
          reachable: flag,
        }),
      ).map((rcs) => present({ rcs }));
    case "viber":
      return whole(
        fields<NonNullable<Facts["viber"]>>({
          sessionMessagesSent: oneOf(undefined, 0, 59, 60),
          unansweredInRow: oneOf(undefined, 0, 4, 5),
        }),
      ).map((viber) => present({ viber }));
    case "apple":
      return whole(
        fields<NonNullable<Facts["apple"]>>({
          conversation: oneOf(undefined, "active", "active", "closed", "deleted", null),
          subscribedAt: orNone(moment),
          noticeShownAt: orNone(moment),
          liveAgent: flag,
          wiredWords: fc.option(
            oneOf<("agent" | "menu" | "unsubscribe")[]>(
              ["agent", "menu", "unsubscribe"],
              ["agent", "menu"],
              ["unsubscribe"],
            ),
            { nil: undefined },
          ),
        }),
      ).map((apple) => present({ apple }));
    case "sms":
      return whole(
        fields<NonNullable<Facts["sms"]>>({
          numberType: oneOf(undefined, "long-code", "short-code", "toll-free", "alphanumeric"),
          campaignPurposes: oneOf(undefined, [], ["marketing"], [...purposes]),
          tollFreeVerified: flag,
          wiredWords: fc.option(fc.subarray([...smsWords], { minLength: 2 }), { nil: undefined }),
          ageGatedGoods: oneOf(undefined, [], ["alcohol"], ["adult", "weapons", "tobacco"]),
          numberGivenByPerson: flag,
          route: oneOf(undefined, "domestic", "international"),
          registered: oneOf(
            undefined,
            [],
            ["sender", "header"],
            ["sender", "header", "template"],
            ["sender", "header", "template"],
          ),
        }),
      ).map((sms) => present({ sms }));
    default:
      return fc.constant({});
  }
}

type Where = readonly [region: string, phone: string, subdivision?: string | null | undefined];
const american: readonly Where[] = [
  ["US", "+12125550100", null],
  ["US", "+15125550100", "US-TX"],
  ["US", "+18505550100", "US-FL"],
  ["US", "+14055550100", "US-OK"],
  ["US", "+12035550100", "US-CT"],
  ["US", "+14015550100", "US-RI"],
  ["US", "+18045550100", "US-VA"],
  ["US", "+14155550100", "US-CA"],
  ["US", "+18045550100", "US-TX"],
  ["US", "+18085550100", undefined],
  ["PR", "+17875550100", null],
  ["GU", "+16715550100", null],
];
const others: readonly Where[] = [
  ["CA", "+14165550100"],
  ["CA", "+14165550100"],
  ["IN", "+919812345678"],
  ["IN", "+919812345678"],
  ["BR", "+5511987654321"],
  ["FR", "+33612345678"],
  ["FR", "+33612345678", "FR-974"],
  ["AT", "+436641234567"],
  ["BE", "+32470123456"],
  ["ES", "+34612345678"],
  ["IT", "+393401234567"],
  ["PL", "+48512345678"],
  ["CH", "+41791234567"],
  ["TR", "+905321234567"],
  ["DE", "+4915112345678"],
  ["NL", "+31612345678"],
  ["GB", "+447700900123"],
  ["AU", "+61412345678"],
  ["JP", "+819012345678"],
  ["NO", "+4790123456"],
];
const places = fc.oneof({ weight: 2, arbitrary: oneOf(...american) }, { weight: 3, arbitrary: oneOf(...others) });
const zones = oneOf<readonly string[] | undefined>(
  undefined,
  undefined,
  [],
  ["America/New_York"],
  ["Europe/Paris"],
  ["America/Chicago", "Asia/Tokyo"],
);

interface Overlay {
  readonly road: Road;
  readonly payload: SendRequest["payload"];
  readonly kind: SendRequest["kind"];
  readonly messages: Partial<SendRequest>;
  readonly content: Partial<NonNullable<SendRequest["content"]>>;
  readonly told: string;
  readonly place: Where;
  readonly zones: readonly string[] | undefined;
  readonly recipient: Partial<NonNullable<Facts["recipient"]>>;
  readonly law: Partial<NonNullable<Facts["law"]>>;
  readonly history: Partial<NonNullable<Facts["history"]>>;
  readonly spamRate7d: number | undefined;
  readonly establishment: string | undefined;
  readonly consent: Partial<NonNullable<Facts["consents"]>[number]>;
  readonly lastInboundAt: Instant | null | undefined;
  readonly own: Partial<Facts>;
}

const marketingKinds = ["marketing", "newsletter"] as const;
function overlays(at: Instant): fc.Arbitrary<Overlay> {
  const drawn = roads.chain((road) =>
    fc.record({
      road: fc.constant(road),
      payload: fc.oneof(
        { weight: 4, arbitrary: oneOf(road[0] === "phone" ? ("call" as const) : ("free-form" as const)) },
        { weight: 2, arbitrary: oneOf(...payloads) },
      ),
      kind: fc.oneof({ weight: 2, arbitrary: oneOf(...marketingKinds) }, { weight: 5, arbitrary: oneOf(...kinds) }),
      messages,
      content: fields<Overlay["content"]>({
        goods,
        postalAddress: flag,
        labelledAsAdvertising: flag,
        stopWorksDays: oneOf(undefined, undefined, 59, 60),
        sensitiveIdentifiers: oneOf(undefined, false, true),
        concerns: oneOf(undefined, undefined, ["hate" as const], ["illegal" as const]),
      }),
      told: oneOf("all", "all", "all", "all", "all", "number", "region", "nothing", "state"),
      place: places,
      zones,
      recipient: fields<Overlay["recipient"]>({
        lastPurchaseAt: orNone(around(at)),
        lastInquiryAt: orNone(around(at)),
        publishedForSuchMessages: oneOf(undefined, false, false, true),
        onRefusalList: oneOf(undefined, false, false, true),
      }),
      law: fields<Overlay["law"]>({
        interestsWeighed: flag,
        optOutsKeptYears: oneOf(undefined, null, 9, 10),
        optOutWays: oneOf(undefined, [], ["keyword" as const], ["keyword" as const, "email" as const]),
      }),
      history: fields<Overlay["history"]>({
        lastSentAt: orNone(around(at)),
        sentInLastSecond: oneOf(undefined, 0, 29, 30, 39, 40, 41, 299, 300, 301, 999, 1_000, 1_001),
      }),
      spamRate7d: oneOf(undefined, 0, 0.0009, 0.001, 0.0029, 0.003),
      establishment: oneOf(undefined, "NL", "US", "CA", "CH", "TR", "IN", "BR", "PR"),
      consent: fields<Overlay["consent"]>({
        written: oneOf(
          undefined,
          { signed: true, namesNumber: true, saysAutomated: true },
          { signed: true, namesNumber: true, saysAutomated: true },
          { signed: true, namesNumber: true },
        ),
        itemisedNotice: flag,
        inRegistry: flag,
      }),
      lastInboundAt: orNone(around(at)),
      own: channelFacts(at, road[0]),
    }),
  );
  return drawn as fc.Arbitrary<Overlay>;
}

/** Now and then in the middle of the night, on a Sunday or a holiday, at the edges of permitted hours. */
function overlaid({ request, facts, at, options }: Drawn, over: Overlay): Drawn {
  const [channel, transport] = over.road;
  const [region, phone, subdivision = null] = over.place;
  const told = {
    all: { region, phone, subdivision, bsuid: null },
    number: { phone },
    region: { region, phone: null, subdivision: null },
    state: { region, phone: undefined, subdivision },
    nothing: {},
  }[over.told];
  const { region: _r, phone: _p, bsuid: _b, subdivision: _s, timeZones: _t, ...rest } = facts.recipient ?? {};
  const named = <Value extends { readonly channel: Channel | "all" }>(list: readonly Value[] | undefined) =>
    list?.map((one) => (one.channel === "whatsapp" ? { ...one, channel } : one));
  return {
    at,
    options,
    request: present({
      ...request,
      ...over.messages,
      channel,
      transport,
      payload: over.payload,
      kind: over.kind,
      content: request.content === undefined ? undefined : present({ ...request.content, ...over.content }),
    }) as SendRequest,
    facts: present({
      ...facts,
      recipient:
        facts.recipient === undefined
          ? undefined
          : present({ ...rest, ...over.recipient, ...told, timeZones: over.zones }),
      law: facts.law === undefined ? undefined : present({ ...facts.law, ...over.law }),
      history: facts.history === undefined ? undefined : present({ ...facts.history, ...over.history }),
      account: facts.account === undefined ? undefined : present({ ...facts.account, spamRate7d: over.spamRate7d }),
      sender: facts.sender === undefined ? undefined : present({ ...facts.sender, establishment: over.establishment }),
      lastInboundAt: over.lastInboundAt,
      consents: named(facts.consents)?.map((one) => present({ ...one, ...over.consent })),
      suppressions: named(facts.suppressions),
      ...over.own,
    } as never) as Facts,
  };
}

export function otherSends(days: readonly string[]): fc.Arbitrary<Drawn> {
  return sends(days).chain((drawn) => overlays(drawn.at).map((over) => overlaid(drawn, over)));
}

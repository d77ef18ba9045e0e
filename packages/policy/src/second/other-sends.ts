import { type Instant, minuteMs, plus } from "@loket/kit";
import fc from "fast-check";
import { present } from "../arbitraries.ts";
import { type Facts, purposes, type Suppression } from "../facts.ts";
import { type Channel, kinds, payloads, type SendRequest, type Transport, transports } from "../request.ts";
import { around, fields, flag, oneOf, orNone } from "./drawing.ts";
import { channelFacts } from "./other-facts.ts";
import { goods, messages } from "./other-messages.ts";
import { type Drawn, sends } from "./sends.ts";

/** Random sends over every channel but WhatsApp, read all over the world. */

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
  ["FR", "+33612345678", undefined],
  ["FR", "+33612345678", "FR-75C"],
  ["FR", "+33612345678", "FR-67"],
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
/** Declared without regard to the number, by people who moved and kept it. */
const subdivisions = oneOf(null, undefined, "US-TX", "US-FL", "US-RI", "US-CA", "US-AZ", "CA-QC", "FR-974", "FR-67");
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
  /** Where the number is from, of people who moved and kept it. */
  readonly before: Where;
  readonly subdivision: string | null | undefined;
  readonly zones: readonly string[] | undefined;
  readonly recipient: Partial<NonNullable<Facts["recipient"]>>;
  readonly law: Partial<NonNullable<Facts["law"]>>;
  readonly history: Partial<NonNullable<Facts["history"]>>;
  readonly spamRate7d: number | undefined;
  readonly establishment: string | undefined;
  readonly consent: Partial<NonNullable<Facts["consents"]>[number]>;
  readonly lastInboundAt: Instant | null | undefined;
  readonly suppressions: readonly Suppression[] | undefined;
  readonly own: Partial<Facts>;
}

/** As every channel notes them, and those it has alone: reports of mail, blocks of bots, a stop by telephone. */
function suppressions(at: Instant, channel: Channel): fc.Arbitrary<Suppression> {
  return fields<Suppression>({
    purpose: oneOf(...purposes, "marketing", "all", "all"),
    channel: oneOf<Channel | "all">(channel, channel, channel, "all", "sms", "phone", "email"),
    at: fc.oneof(
      around(at),
      oneOf(minuteMs, 5 * minuteMs, 5 * minuteMs + 1).map((ms) => plus(at, -ms)),
    ),
    source: oneOf<Suppression["source"]>(
      "keyword",
      "keyword",
      "button",
      "link",
      "link",
      "agent",
      "complaint",
      "bounce",
      "block",
      "platform-preference",
      "law-request",
    ),
    confirmationSentAt: orNone(around(at)),
  });
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
      told: oneOf("all", "all", "all", "all", "all", "number", "region", "nothing", "state", "moved", "mixed"),
      place: places,
      before: places,
      subdivision: subdivisions,
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
      establishment: oneOf(undefined, "NL", "US", "CA", "CH", "TR", "IN", "BR", "PR", "AU", "GB", "NO"),
      consent: fields<Overlay["consent"]>({
        written: oneOf(
          undefined,
          { signed: true, namesNumber: true, saysAutomated: true },
          { signed: true, namesNumber: true, saysAutomated: true },
          { signed: true, namesNumber: true },
          { signed: true, saysAutomated: true },
          { namesNumber: true, saysAutomated: true, signed: false },
        ),
        itemisedNotice: flag,
        inRegistry: flag,
      }),
      lastInboundAt: orNone(around(at)),
      suppressions: fc.oneof(
        { weight: 3, arbitrary: fc.constant(undefined) },
        { weight: 1, arbitrary: fc.array(suppressions(at, road[0]), { minLength: 1, maxLength: 2 }) },
      ),
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
    moved: { region, phone: over.before[1], subdivision },
    mixed: { region: undefined, phone: over.before[1], subdivision: over.subdivision },
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
      suppressions: facts.suppressions === undefined ? undefined : (over.suppressions ?? named(facts.suppressions)),
      ...over.own,
    } as never) as Facts,
  };
}

/** Days on which hours are unlike those of the day before: holidays, Sundays, clocks set forward and back. */
const unusualDays = [
  ...["2024-03-29", "2024-04-01", "2024-05-09", "2024-05-20", "2024-12-25", "2024-12-26"],
  ...["2025-04-18", "2025-04-21", "2025-05-29", "2025-06-09", "2025-07-14", "2025-11-11", "2025-12-26"],
  ...["2026-04-03", "2026-04-06", "2026-05-14", "2026-05-25", "2026-08-15", "2026-11-01", "2026-12-26", "2027-03-26"],
  ...["2025-03-09", "2025-03-30", "2025-10-26", "2025-11-02", "2026-03-08", "2026-03-29", "2026-10-25"],
];

export function otherSends(days: readonly string[]): fc.Arbitrary<Drawn> {
  return sends([...days, ...unusualDays]).chain((drawn) => overlays(drawn.at).map((over) => overlaid(drawn, over)));
}

import { hourMs, type Instant, minuteMs, plus } from "@loket/kit";
import type { GoodsClass } from "../facts/trade.ts";
import type { SendRequest } from "../request.ts";
import { type Differences, optIn, template } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";

const newsletter: Partial<SendRequest> = { kind: "newsletter", payload: "template", template: template("marketing") };
const brazilian = { region: "BR", phone: "+5511987654321" };
const australian = { region: "AU", phone: "+61412345678" };
const openedOn = "2024-08-27";
const setup: Partial<SendRequest> = { kind: "setup", payload: "none" };

/** An answer in an open window, so that nothing but the goods can stand in its way. */
function answer(now: Instant, content: NonNullable<SendRequest["content"]>, more: Differences = {}): Differences {
  return {
    ...more,
    request: { content, ...more.request },
    facts: { lastInboundAt: plus(now, -5 * minuteMs) },
  };
}

/** A newsletter to people who want it. */
function wanted(now: Instant, goods: GoodsClass, more: Differences = {}): Differences {
  return {
    recipient: brazilian,
    ...more,
    request: { ...newsletter, content: { stopPath: true, senderNamed: true, goods: [goods] }, ...more.request },
    facts: { consents: [optIn("marketing", now, { namesChannel: true })] },
  };
}

/** What is closed everywhere, as the policy lists it. */
const closed: readonly (readonly [rule: string, goods: GoodsClass, what: string])[] = [
  ["whatsapp.goods.illegal", "illegal", "forged papers"],
  ["whatsapp.goods.terror-crime-organisations", "criminal-groups", "a call to support a listed group"],
  ["whatsapp.goods.weapons", "weapons", "pepper spray"],
  ["whatsapp.goods.tobacco", "tobacco", "e-cigarettes"],
  ["whatsapp.goods.drugs", "drugs", "CBD oil"],
  ["whatsapp.goods.medical-products", "medical-products", "contact lenses"],
  ["whatsapp.goods.supplements", "unsafe-supplements", "growth hormone"],
  ["whatsapp.goods.animals", "animals", "puppies"],
  ["whatsapp.goods.body-parts", "body-parts", "hair of donors, sold by weight"],
  ["whatsapp.goods.adult", "adult", "adult films"],
  ["whatsapp.goods.dating", "dating", "a dating service"],
  ["whatsapp.goods.currency", "currency", "a coin offering"],
  ["whatsapp.goods.lending-pressure", "lending", "a loan until payday"],
  ["whatsapp.goods.mlm", "multi-level-marketing", "a chain of resellers"],
  ["whatsapp.goods.deceptive", "deceptive", "a job that does not exist"],
  ["whatsapp.goods.digital-access", "digital-access", "an account that opens paid films"],
  ["whatsapp.goods.hazardous", "hazardous", "nitric acid"],
  ["whatsapp.goods.ip-infringing", "counterfeits", "copies of branded bags"],
];

/** To say where else to get these would be to help with them. */
const unlawful: readonly GoodsClass[] = ["illegal", "criminal-groups", "deceptive", "digital-access", "counterfeits"];

const closedExamples = closed.flatMap(([rule, goods, what]): Example[] => [
  {
    id: `wa-goods-${goods}-1`,
    what: `an answer that offers ${what}`,
    given: (now) => answer(now, { goods: [goods] }),
    outcome: "refuse",
    fires: [rule],
  },
  {
    id: `wa-goods-${goods}-2`,
    what: `an answer that says only where else to ask about ${what}`,
    given: (now) => answer(now, { goods: [goods], onlyPointsElsewhere: true }),
    ...(unlawful.includes(goods)
      ? { outcome: "refuse", fires: [rule] }
      : { outcome: "allow", fires: [], reliesOn: ["whatsapp.goods.talk-moves-elsewhere"] }),
  },
  {
    id: `wa-goods-${goods}-3`,
    what: `an account for a business that deals in ${what}`,
    given: () => ({ request: setup, trade: { goods: [goods] } }),
    outcome: "refuse",
    fires: [rule],
  },
  {
    id: `wa-goods-${goods}-4`,
    what: `${what} pointed elsewhere without having been asked about`,
    given: (now) => {
      const content = { stopPath: true, senderNamed: true, goods: [goods], onlyPointsElsewhere: true };
      return wanted(now, goods, { request: { content } });
    },
    outcome: "refuse",
    fires: [rule],
  },
]);

/** Open to adults in Brazil by the Platform, not in the Netherlands, not in the app, not in a shop. */
const openedInBrazil = (["alcohol", "otc-medicine"] as const).flatMap((goods): Example[] => [
  {
    id: `wa-goods-${goods}-1`,
    what: "a newsletter to an adult in Brazil on the first day",
    at: `${openedOn}T00:00:00Z`,
    given: (now) => wanted(now, goods),
    outcome: "allow",
    fires: [],
  },
  {
    id: `wa-goods-${goods}-2`,
    what: "the same in the last millisecond before",
    at: "2024-08-26T23:59:59.999Z",
    given: (now) => wanted(now, goods),
    outcome: "refuse",
    fires: [`whatsapp.goods.${goods}`],
  },
  {
    id: `wa-goods-${goods}-3`,
    what: "the same to the Netherlands, which is not in the opening",
    given: (now) => wanted(now, goods, { recipient: {} }),
    outcome: "refuse",
    fires: [`whatsapp.goods.${goods}`],
  },
  {
    id: `wa-goods-${goods}-4`,
    what: "the same with the catalogue",
    given: (now) => wanted(now, goods, { request: { commerce: true } }),
    outcome: "refuse",
    fires: [`whatsapp.goods.${goods}`],
  },
  {
    id: `wa-goods-${goods}-5`,
    what: "the same by hand in the app",
    given: (now) => wanted(now, goods, { request: { transport: "business-app", payload: "native" } }),
    outcome: "refuse",
    fires: [`whatsapp.goods.${goods}`, "whatsapp.app.regulated-goods"],
  },
  {
    id: `wa-goods-${goods}-6`,
    what: "an answer to somebody whose age nobody knows",
    given: (now) => answer(now, { goods: [goods] }, { recipient: { ...brazilian, birthDate: null } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.age-limited-audience"],
  },
]);

const others: readonly Example[] = [
  {
    id: "wa-goods-alcohol-7",
    what: "India, which the opening leaves out",
    given: (now) => answer(now, { goods: ["alcohol"] }, { recipient: { region: "IN", phone: "+919812345678" } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.alcohol"],
  },
  {
    id: "wa-goods-alcohol-8",
    what: "a wine merchant in the Netherlands who asks how the meal was",
    given: (now) => answer(now, {}, { trade: { goods: ["alcohol"] } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.alcohol"],
  },
  {
    id: "wa-goods-alcohol-9",
    what: "a grocer whose message names no wine",
    given: (now) => answer(now, {}),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-goods-alcohol-10",
    what: "an answer about wine when nobody knows where the reader lives",
    given: (now) => ({
      ...answer(now, { goods: ["alcohol"] }),
      recipient: { region: undefined, phone: "+882123456789" } as never,
    }),
    outcome: "refuse",
    fires: ["whatsapp.goods.alcohol", "core.facts-missing"],
  },
  {
    id: "wa-goods-gambling-1",
    what: "betting offers to an Australian, with Meta's permission",
    given: (now) => wanted(now, "gambling", { recipient: australian, trade: { gamblingPermitted: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-goods-gambling-2",
    what: "without it",
    given: (now) => wanted(now, "gambling", { recipient: australian }),
    outcome: "refuse",
    fires: ["whatsapp.goods.gambling"],
  },
  {
    id: "wa-goods-gambling-3",
    what: "with it, to Brazil, which is not listed for games",
    given: (now) => wanted(now, "gambling", { trade: { gamblingPermitted: true } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.gambling"],
  },
  {
    id: "wa-goods-gambling-4",
    what: "with it, in the last millisecond before the opening",
    at: "2024-08-26T23:59:59.999Z",
    given: (now) => wanted(now, "gambling", { recipient: australian, trade: { gamblingPermitted: true } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.gambling"],
  },
  {
    id: "wa-goods-age-1",
    what: "the day before the eighteenth birthday",
    given: (now) => answer(now, { goods: ["alcohol"] }, { recipient: { ...brazilian, birthDate: "2008-11-11" } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.age-limited-audience"],
  },
  {
    id: "wa-goods-age-2",
    what: "on the day itself",
    given: (now) => answer(now, { goods: ["alcohol"] }, { recipient: { ...brazilian, birthDate: "2008-11-10" } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-goods-age-3",
    what: "an offer of wine to somebody of seventeen, told by the age rules of both",
    given: (now) => wanted(now, "alcohol", { recipient: { ...brazilian, birthDate: "2009-01-01" } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.age-limited-audience", "core.known-minor"],
  },
  {
    id: "wa-goods-vitamins-1",
    what: "a message about vitamins",
    given: (now) => answer(now, { goods: ["supplements"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-goods-vitamins-2",
    what: "vitamins in the catalogue",
    given: (now) => answer(now, { goods: ["supplements"] }, { request: { commerce: true } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.supplements"],
  },
  {
    id: "wa-goods-livestock-1",
    what: "a breeder who writes about calves",
    given: (now) => answer(now, { goods: ["livestock"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-goods-livestock-2",
    what: "calves in the catalogue",
    given: (now) => answer(now, { goods: ["livestock"] }, { request: { commerce: true } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.animals"],
  },
  {
    id: "wa-goods-subscriptions-1",
    what: "a newspaper that writes about a subscription",
    given: (now) => answer(now, { goods: ["digital-subscriptions"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-goods-subscriptions-2",
    what: "its renewal by WhatsApp's payment",
    given: (now) => answer(now, { goods: ["digital-subscriptions"] }, { request: { commerce: true } }),
    outcome: "refuse",
    fires: ["whatsapp.goods.digital-subscriptions"],
  },
  {
    id: "wa-goods-services-1",
    what: "tickets in the catalogue",
    given: (now) => answer(now, { goods: ["services"] }, { request: { commerce: true } }),
    outcome: "allow",
    fires: [],
    notes: [
      "whatsapp.cloud.note-service-charged",
      "whatsapp.goods.services-in-catalogue",
      "whatsapp.policy.inbound-is-not-opt-in",
    ],
  },
  {
    id: "wa-goods-services-2",
    what: "tickets in a message",
    given: (now) => answer(now, { goods: ["services"] }),
    outcome: "allow",
    fires: [],
    notes: ["whatsapp.cloud.note-service-charged", "whatsapp.policy.inbound-is-not-opt-in"],
  },
  {
    id: "wa-goods-talk-1",
    what: "an answer about weapons that goes further than an address, with the advice beside it",
    given: (now) => answer(now, { goods: ["weapons"] }),
    outcome: "refuse",
    fires: ["whatsapp.goods.weapons"],
    notes: [
      "whatsapp.cloud.note-service-charged",
      "whatsapp.goods.talk-moves-elsewhere",
      "whatsapp.policy.inbound-is-not-opt-in",
    ],
  },
  {
    id: "wa-goods-several",
    what: "several classes at once, each told by its own rule",
    given: (now) => answer(now, { goods: ["weapons", "tobacco"] }),
    outcome: "refuse",
    fires: ["whatsapp.goods.weapons", "whatsapp.goods.tobacco"],
  },
  {
    id: "wa-goods-trade-unknown",
    what: "nobody knows what the business deals in",
    given: (now) => ({ ...answer(now, {}), trade: { goods: undefined } as never }),
    outcome: "hold",
    fires: ["core.facts-missing"],
    until: "event:facts-known",
  },
  {
    id: "wa-goods-elsewhere",
    what: "the same goods by e-mail are not WhatsApp's business",
    given: (now) => ({
      request: { kind: "reply", channel: "email", transport: "smtp", content: { goods: ["tobacco"] } },
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "allow",
    fires: [],
  },
];

const begins = (rule: string, goods: GoodsClass): Turn => [
  rule,
  "begins",
  "2018-01-01",
  (moment) => answer(moment, { goods: [goods] }),
];

export const whatsappGoods: Section = {
  examples: [...closedExamples, ...openedInBrazil, ...others],
  turns: [
    ...closed.map(([rule, goods]) => begins(rule, goods)),
    begins("whatsapp.goods.alcohol", "alcohol"),
    begins("whatsapp.goods.otc-medicine", "otc-medicine"),
    begins("whatsapp.goods.gambling", "gambling"),
    ["whatsapp.goods.alcohol", "ends", openedOn, (moment) => wanted(moment, "alcohol")],
    ["whatsapp.goods.otc-medicine", "ends", openedOn, (moment) => wanted(moment, "otc-medicine")],
    [
      "whatsapp.goods.gambling",
      "ends",
      openedOn,
      (moment) => wanted(moment, "gambling", { recipient: australian, trade: { gamblingPermitted: true } }),
    ],
    [
      "whatsapp.goods.age-limited-audience",
      "begins",
      openedOn,
      (moment) => answer(moment, { goods: ["alcohol"] }, { recipient: { ...brazilian, birthDate: null } }),
    ],
    [
      "whatsapp.goods.digital-subscriptions",
      "begins",
      "2018-01-01",
      (moment) => answer(moment, { goods: ["digital-subscriptions"] }, { request: { commerce: true } }),
    ],
  ],
};

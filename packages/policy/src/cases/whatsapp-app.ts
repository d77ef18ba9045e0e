import { hourMs, type Instant, minuteMs, plus } from "@loket/kit";
import type { Practice } from "../facts/operator.ts";
import type { NativeSend, SendRequest } from "../request.ts";
import { type Differences, optIn, template } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";

const german = { region: "DE", phone: "+4915112345678" };
const inApp = { transport: "business-app", payload: "native" } as const;
const inPersonalApp = { transport: "consumer-app", payload: "native" } as const;
const setup: Partial<SendRequest> = { kind: "setup", payload: "none" };
export const check = (transport: SendRequest["transport"], ...practices: readonly Practice[]): Differences => ({
  request: { ...setup, transport },
  operator: { practices },
});

/** A newsletter from the Business App to somebody who wants it. */
function broadcast(now: Instant, native: NativeSend, more: Differences = {}): Differences {
  return {
    ...more,
    request: { ...inApp, kind: "newsletter", native, ...more.request },
    facts: { consents: [optIn("marketing", now)] },
  };
}

/** An answer about somebody's order, in the app. */
function orderAnswer(now: Instant, native: NativeSend): Differences {
  return {
    request: { ...inApp, kind: "transactional", native },
    facts: { consents: [optIn("transactional", now)] },
  };
}

function publishersNewsletter(now: Instant): Differences {
  return {
    request: { ...inPersonalApp, kind: "newsletter" },
    recipient: german,
    facts: { consents: [optIn("marketing", now)] },
  };
}

function personalReply(now: Instant, ...practices: readonly Practice[]): Differences {
  return {
    request: { ...inPersonalApp },
    operator: { practices },
    facts: { lastInboundAt: plus(now, -5 * minuteMs) },
  };
}

export function listFrom(source: "channel-followers" | "harvested" | "own-records"): Differences {
  return { request: { kind: "import", payload: "none" }, facts: { importedList: { source, evidenceAttached: true } } };
}

const byHand: readonly Example[] = [
  {
    id: "V62",
    what: "a broadcast to 180 by hand in the Business App",
    given: (now) => broadcast(now, { broadcastRecipients: 180 }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "V64",
    what: "the Business App driven by a browser robot",
    given: (now) => broadcast(now, { sentBy: "software" }),
    outcome: "refuse",
    fires: ["whatsapp.app.automation-forbidden"],
  },
  {
    id: "V68",
    what: "a draft opened by one click, sent by a person",
    given: (now) => orderAnswer(now, { draftsPerClick: 1, sentBy: "person" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-app-robot-1",
    what: "a free text that software hands to the app",
    given: (now) => ({
      request: { transport: "business-app", payload: "free-form" },
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "refuse",
    fires: ["whatsapp.app.automation-forbidden"],
  },
  {
    id: "wa-app-robot-2",
    what: "a reply by hand while a phone is mirrored into another system",
    given: (now) => ({
      request: inApp,
      operator: { practices: ["mirroring-phone"] },
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "refuse",
    fires: ["whatsapp.app.automation-forbidden"],
  },
  {
    id: "wa-app-robot-3",
    what: "a reply by hand, and nobody knows what else reads the app",
    given: (now) => ({
      request: inApp,
      operator: { practices: undefined } as never,
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "hold",
    fires: ["core.facts-missing"],
    until: "event:facts-known",
  },
  {
    id: "wa-app-robot-4",
    what: "a set-up in which a session of WhatsApp Web reads the app",
    given: () => check("business-app", "driving-app"),
    outcome: "refuse",
    fires: ["whatsapp.app.automation-forbidden"],
  },
  {
    id: "wa-app-greeting-1",
    what: "a greeting that the app sends itself",
    given: (now) => ({
      request: { ...inApp, native: { sentBy: "app" } },
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "allow",
    fires: [],
    reliesOn: ["whatsapp.app.built-in-automation"],
  },
  {
    id: "wa-app-greeting-2",
    what: "an answer that a person types",
    given: (now) => ({ request: inApp, facts: { lastInboundAt: plus(now, -hourMs) } }),
    outcome: "allow",
    fires: [],
    reliesOn: [],
  },
  {
    id: "wa-app-list-1",
    what: "a list of 256",
    given: (now) => broadcast(now, { broadcastRecipients: 256 }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-app-list-2",
    what: "a list of 257",
    given: (now) => broadcast(now, { broadcastRecipients: 257 }),
    outcome: "change",
    fires: ["whatsapp.app.broadcast-256"],
    changes: ["split-broadcast-list"],
  },
  {
    id: "wa-app-saved-1",
    what: "a broadcast to somebody who has not saved the number",
    given: (now) => broadcast(now, { broadcastRecipients: 2 }, { app: { savedByRecipient: false } }),
    outcome: "allow",
    fires: [],
    notes: ["whatsapp.app.broadcast-saved-number"],
  },
  {
    id: "wa-app-saved-2",
    what: "a message to one person who has not",
    given: (now) => broadcast(now, {}, { app: { savedByRecipient: false } }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "wa-app-allowance-1",
    what: "no free broadcast left this month",
    given: (now) => broadcast(now, { broadcastRecipients: 2 }, { app: { freeBroadcastsLeft: 0 } }),
    outcome: "allow",
    fires: [],
    notes: ["whatsapp.app.broadcast-monthly-cap"],
  },
  {
    id: "wa-app-allowance-2",
    what: "one left",
    given: (now) => broadcast(now, { broadcastRecipients: 2 }, { app: { freeBroadcastsLeft: 1 } }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "wa-app-both-1",
    what: "a broadcast from a number that is also on the Platform",
    given: (now) => broadcast(now, { broadcastRecipients: 2 }, { app: { onPlatform: true } }),
    outcome: "refuse",
    fires: ["whatsapp.app.broadcast-in-coexistence"],
  },
  {
    id: "wa-app-both-2",
    what: "a message to one person from such a number",
    given: (now) => broadcast(now, {}, { app: { onPlatform: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-app-both-3",
    what: "a broadcast when nobody knows whether it is",
    given: (now) => broadcast(now, { broadcastRecipients: 2 }, { app: { onPlatform: undefined } as never }),
    outcome: "hold",
    fires: ["core.facts-missing"],
    until: "event:facts-known",
  },
  {
    id: "wa-app-goods-1",
    what: "medicine in a country that is open, but in the app",
    given: (now) => ({
      request: { ...inApp, content: { goods: ["otc-medicine"] } },
      recipient: { region: "AU", phone: "+61412345678" },
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "refuse",
    fires: ["whatsapp.app.regulated-goods", "whatsapp.goods.otc-medicine"],
  },
  {
    id: "wa-app-drafts-1",
    what: "two drafts for one click",
    given: (now) => orderAnswer(now, { draftsPerClick: 2 }),
    outcome: "refuse",
    fires: ["whatsapp.app.manual-assist"],
  },
  {
    id: "wa-app-drafts-2",
    what: "one draft, and software presses send",
    given: (now) => orderAnswer(now, { draftsPerClick: 1, sentBy: "software" }),
    outcome: "refuse",
    fires: ["whatsapp.app.automation-forbidden", "whatsapp.app.manual-assist"],
  },
  {
    id: "wa-app-schedule-1",
    what: "a message that software plans for tomorrow",
    given: (now) => orderAnswer(now, { scheduledBy: "software" }),
    outcome: "refuse",
    fires: ["whatsapp.app.scheduled-send"],
  },
  {
    id: "wa-app-schedule-2",
    what: "a message that the app plans for tomorrow",
    given: (now) => orderAnswer(now, { scheduledBy: "app" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-app-schedule-3",
    what: "a product that plans messages of the app and sends drafts",
    given: () => check("business-app", "scheduling-app-messages", "sending-drafts"),
    outcome: "refuse",
    fires: ["whatsapp.app.manual-assist", "whatsapp.app.scheduled-send"],
  },
];

const personal: readonly Example[] = [
  {
    id: "wa-personal-planned-1",
    what: "a personal account from which software sends at a set hour",
    given: (now) => ({
      request: { ...inPersonalApp, native: { scheduledBy: "software" } },
      facts: { lastInboundAt: plus(now, -5 * minuteMs) },
    }),
    outcome: "refuse",
    fires: ["whatsapp.consumer.non-personal-use", "whatsapp.consumer.bulk-or-auto"],
  },
  {
    id: "V65",
    what: "a phone mirrored into a desk that is paid for",
    at: "2017-03-29T10:00:00Z",
    given: (now) => ({
      ...personalReply(now, "mirroring-phone"),
      operator: { practices: ["mirroring-phone"], chargesForWhatsApp: true },
    }),
    outcome: "refuse",
    fires: ["whatsapp.consumer.non-personal-use", "whatsapp.consumer.charging", "whatsapp.consumer.forwarding-bridge"],
  },
  {
    id: "V66",
    what: "a publisher's broadcast lists, sent by hand, before the famous date",
    at: "2019-12-06T23:59:59.999Z",
    given: publishersNewsletter,
    outcome: "refuse",
    fires: ["whatsapp.consumer.non-personal-use", "whatsapp.consumer.bulk-or-auto"],
    notes: [],
  },
  {
    id: "V67",
    what: "the same on it",
    at: "2019-12-07T00:00:00Z",
    given: publishersNewsletter,
    outcome: "refuse",
    fires: ["whatsapp.consumer.non-personal-use", "whatsapp.consumer.bulk-or-auto"],
    notes: ["whatsapp.consumer.legal-action-2019"],
  },
  {
    id: "wa-personal-reply",
    what: "a reply typed by hand in the personal app",
    given: (now) => personalReply(now),
    outcome: "refuse",
    fires: ["whatsapp.consumer.non-personal-use"],
  },
  {
    id: "wa-personal-setup",
    what: "a set-up with the personal app",
    given: () => check("consumer-app"),
    outcome: "refuse",
    fires: ["whatsapp.consumer.non-personal-use"],
  },
  {
    id: "wa-personal-robot",
    what: "a bot in the personal app",
    given: (now) => ({ ...personalReply(now), request: { ...inPersonalApp, kind: "bot-reply" } }),
    outcome: "refuse",
    fires: ["whatsapp.consumer.non-personal-use", "whatsapp.consumer.bulk-or-auto"],
  },
  {
    id: "wa-unofficial-1",
    what: "a reply by a copied protocol",
    given: (now) => ({ request: { transport: "other" }, facts: { lastInboundAt: plus(now, -hourMs) } }),
    outcome: "refuse",
    fires: ["whatsapp.consumer.unofficial-client"],
    notes: ["whatsapp.consumer.legal-action-2019"],
  },
  {
    id: "wa-unofficial-2",
    what: "a set-up with one",
    given: () => check("other"),
    outcome: "refuse",
    fires: ["whatsapp.consumer.unofficial-client"],
  },
  {
    id: "wa-unofficial-3",
    what: "the Cloud API",
    given: (now) => ({ facts: { lastInboundAt: plus(now, -hourMs) } }),
    outcome: "allow",
    fires: [],
    notes: ["whatsapp.cloud.note-service-charged", "whatsapp.policy.inbound-is-not-opt-in"],
  },
  {
    id: "wa-charging-1",
    what: "an account of the Business App for rent",
    given: () => ({ request: { ...setup, transport: "business-app" }, operator: { chargesForWhatsApp: true } }),
    outcome: "refuse",
    fires: ["whatsapp.consumer.charging"],
  },
  {
    id: "wa-charging-2",
    what: "money for one's own software",
    given: () => check("business-app"),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-claim",
    what: "a public claim of a breach, in a set-up that is otherwise in order",
    given: () => check("cloud-api", "public-claims"),
    outcome: "allow",
    fires: [],
    notes: ["whatsapp.consumer.legal-action-2019"],
  },
  {
    id: "wa-practices-unknown",
    what: "nobody looked at what the operator does",
    given: () => ({ request: setup, operator: { practices: undefined } as never }),
    outcome: "hold",
    fires: ["core.facts-missing"],
    until: "event:facts-known",
  },
  {
    id: "wa-harvest-1",
    what: "a list read off groups",
    given: () => listFrom("harvested"),
    outcome: "refuse",
    fires: ["whatsapp.consumer.scraping"],
    notes: ["whatsapp.consumer.legal-action-2019"],
  },
  {
    id: "wa-harvest-2",
    what: "a list of one's own",
    given: () => listFrom("own-records"),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-harvest-3",
    what: "a list of which nobody knows where it is from",
    given: () => ({
      request: { kind: "import", payload: "none" },
      facts: { importedList: { evidenceAttached: true } },
    }),
    outcome: "hold",
    fires: ["core.facts-missing"],
    until: "event:facts-known",
  },
];

/** What operators do, looked at in a set-up check on the Platform. */
const practised: readonly (readonly [rule: string, practice: Practice, what: string])[] = [
  ["whatsapp.consumer.bulk-or-auto", "bulk-messages", "bulk from a personal account"],
  ["whatsapp.consumer.bulk-or-auto", "automatic-messages", "automatic messages from a personal account"],
  ["whatsapp.consumer.forwarding-bridge", "mirroring-phone", "a bridge from a phone"],
  ["whatsapp.consumer.account-farming", "account-farming", "numbers in rotation"],
  ["whatsapp.consumer.scraping", "scraping", "members read off groups"],
  ["whatsapp.consumer.group-adding", "group-adding", "people put into groups"],
  ["whatsapp.consumer.assisting-others", "assisting-others", "a tool that lets others do it"],
];

const practices = practised.flatMap(([rule, practice, what]): Example[] => [
  {
    id: `wa-practice-${practice}-1`,
    what,
    given: () => check("cloud-api", practice),
    outcome: "refuse",
    fires: [rule],
    notes: ["whatsapp.consumer.legal-action-2019"],
  },
  {
    id: `wa-practice-${practice}-2`,
    what: `${what}, and a message over the Cloud API that has nothing to do with it`,
    given: (now) => ({ operator: { practices: [practice] }, facts: { lastInboundAt: plus(now, -hourMs) } }),
    outcome: "allow",
    fires: [],
  },
]);

const since2012 = (rule: string, given: (moment: Instant) => Differences): Turn => [
  rule,
  "begins",
  "2012-07-07",
  given,
];
const sinceApp = (rule: string, native: NativeSend): Turn => [
  rule,
  "begins",
  "2018-01-18",
  (moment) => orderAnswer(moment, native),
];
const beside: readonly Example[] = [
  {
    id: "wa-app-goods-elsewhere",
    what: "an answer in the app that says where else to ask about wine",
    given: (now) => ({
      request: {
        transport: "business-app",
        payload: "native",
        content: { goods: ["alcohol"], onlyPointsElsewhere: true },
      },
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-charging-note",
    what: "the set-up of an operator who charges for what goes through the app",
    given: () => ({
      request: { transport: "business-app", kind: "setup", payload: "none" },
      operator: { chargesForWhatsApp: true },
    }),
    outcome: "refuse",
    fires: ["whatsapp.consumer.charging"],
    notes: ["whatsapp.consumer.legal-action-2019"],
  },
  {
    id: "wa-unofficial-post-note",
    what: "a post that an unofficial client would put on a Channel",
    given: () => ({ request: { transport: "other", kind: "channel-post", payload: "native" } }),
    outcome: "refuse",
    fires: ["whatsapp.consumer.unofficial-client"],
    notes: ["whatsapp.consumer.legal-action-2019"],
  },
  {
    id: "wa-utility-sales-call",
    what: "a sales talk in a utility template that nobody called specific",
    given: (now) => ({
      request: {
        kind: "sales-call",
        payload: "template",
        template: template("utility"),
        content: { senderNamed: true },
      },
      facts: { consents: [optIn("sales-call", now)] },
    }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.template-category-fit"],
  },
];

export const whatsappApp: Section = {
  examples: [...byHand, ...personal, ...practices, ...beside],
  turns: [
    ...practised.map(([rule, practice]) => since2012(rule, () => check("cloud-api", practice))),
    since2012("whatsapp.consumer.charging", () => ({
      request: { ...setup, transport: "business-app" },
      operator: { chargesForWhatsApp: true },
    })),
    sinceApp("whatsapp.app.automation-forbidden", { sentBy: "software" }),
    sinceApp("whatsapp.app.broadcast-256", { broadcastRecipients: 257 }),
    sinceApp("whatsapp.app.manual-assist", { draftsPerClick: 2 }),
    sinceApp("whatsapp.app.scheduled-send", { scheduledBy: "software" }),
    [
      "whatsapp.app.broadcast-in-coexistence",
      "begins",
      "2025-01-01",
      (moment) => broadcast(moment, { broadcastRecipients: 2 }, { app: { onPlatform: true } }),
    ],
    [
      "whatsapp.app.regulated-goods",
      "begins",
      "2024-08-27",
      (moment) => ({
        request: { ...inApp, content: { goods: ["alcohol"] } },
        facts: { lastInboundAt: plus(moment, -hourMs) },
      }),
    ],
  ],
};

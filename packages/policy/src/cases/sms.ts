import { dayMs, hourMs, type Instant, plus } from "@loket/kit";
import { programmeTerms, type SmsFacts, type SmsMessage } from "../facts/sms.ts";
import type { Suppression } from "../facts.ts";
import type { Content } from "../request.ts";
import { type Differences, optIn, ordinaryText } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";

type Request = NonNullable<Differences["request"]>;

/** A text, to a Dutch number unless the differences say otherwise. */
export function bySms(request: Request, differences: Differences = {}): Differences {
  return { ...differences, request: { channel: "sms", transport: "other", ...request } };
}

export const agreedToTexts = (now: Instant) => ({ consents: [optIn("marketing", now, { channel: "sms" })] });

/** An offer to somebody who signed up for it. */
export function offerBySms(
  now: Instant,
  differences: Differences = {},
  message: Partial<SmsMessage> = {},
): Differences {
  return bySms(
    { kind: "marketing", sms: { ...ordinaryText, ...message }, ...differences.request },
    { ...differences, facts: { ...agreedToTexts(now), ...differences.facts } },
  );
}

export function stopOfTexts(moment: Instant, differences: Partial<Suppression> = {}): { suppressions: Suppression[] } {
  return { suppressions: [{ purpose: "all", channel: "sms", at: moment, source: "keyword", ...differences }] };
}

/** Where these people are is told by their numbers alone. */
export const newYorker = { region: "US", phone: "+12125550100", timeZones: [] };
const canadian = { region: "CA", phone: "+14165550100", timeZones: [] };
const puertoRican = { region: "PR", phone: "+17875550100", timeZones: [] };
const wrote = (now: Instant) => ({ lastInboundAt: plus(now, -hourMs) });
const afternoon = "2026-11-10T14:00:00-05:00";

const toNewYork = (now: Instant, sms: SmsFacts, request: Request = {}): Differences =>
  offerBySms(now, { recipient: newYorker, sms, request });
const aboutGoods = (now: Instant, content: Content, differences: Differences = {}): Differences =>
  offerBySms(now, {
    recipient: newYorker,
    ...differences,
    request: { content: { stopPath: true, senderNamed: true, ...content } },
  });

const examples: readonly Example[] = [
  {
    id: "sms-stop-1",
    what: "a delivery update after STOP",
    given: (now) => bySms({ kind: "transactional" }, { facts: stopOfTexts(plus(now, -dayMs)) }),
    outcome: "refuse",
    fires: ["sms.stop-honoured"],
  },
  {
    id: "sms-stop-2",
    what: "an offer after STOP",
    given: (now) => offerBySms(now, { facts: stopOfTexts(plus(now, -dayMs)) }),
    outcome: "refuse",
    fires: ["sms.stop-honoured"],
  },
  {
    id: "sms-stop-3",
    what: "a sign-up after it",
    given: (now) => offerBySms(now, { facts: stopOfTexts(plus(now, -100 * dayMs)) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-stop-4",
    what: "a question after STOP is answered",
    given: (now) => bySms({ kind: "reply" }, { facts: { ...wrote(now), ...stopOfTexts(plus(now, -dayMs)) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-stop-5",
    what: "a link elsewhere that meant everything",
    given: (now) => offerBySms(now, { facts: stopOfTexts(plus(now, -dayMs), { channel: "all", source: "link" }) }),
    outcome: "refuse",
    fires: ["core.opt-out-wins"],
  },
  {
    id: "sms-stop-6",
    what: "STOP on another channel",
    given: (now) => offerBySms(now, { facts: stopOfTexts(plus(now, -dayMs), { channel: "whatsapp" }) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-help-1",
    what: "an offer while INFO is not answered",
    given: (now) => offerBySms(now, { sms: { wiredWords: ["stop", "help"] } }),
    outcome: "hold",
    until: "event:help-ready",
    fires: ["sms.help-response"],
  },
  {
    id: "sms-help-2",
    what: "a delivery update needs no help words",
    given: () => bySms({ kind: "transactional" }, { sms: { wiredWords: [] } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-programme-1",
    what: "the first text of a programme says everything but what it costs",
    at: afternoon,
    given: (now) =>
      offerBySms(
        now,
        { recipient: newYorker, request: { kind: "newsletter" } },
        { opensProgramme: true, programmeTerms: ["name", "frequency", "help", "stop"] },
      ),
    outcome: "change",
    fires: ["sms.optin-confirmation"],
    changes: ["add-programme-terms"],
  },
  {
    id: "sms-programme-2",
    what: "one that says it all",
    at: afternoon,
    given: (now) => offerBySms(now, { recipient: newYorker }, { opensProgramme: true, programmeTerms }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-programme-3",
    what: "a bare first text to Canada",
    at: afternoon,
    given: (now) => offerBySms(now, { recipient: canadian }, { opensProgramme: true }),
    outcome: "change",
    fires: ["sms.optin-confirmation"],
  },
  {
    id: "sms-programme-4",
    what: "and to the Netherlands",
    given: (now) => offerBySms(now, {}, { opensProgramme: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V102",
    what: "an unregistered long code in the United States",
    at: afternoon,
    given: (now) => toNewYork(now, { campaignPurposes: [] }),
    outcome: "refuse",
    fires: ["sms.us.10dlc-registered"],
  },
  {
    id: "sms-10dlc-1",
    what: "a campaign registered for something else",
    at: afternoon,
    given: (now) => toNewYork(now, { campaignPurposes: ["transactional", "service"] }),
    outcome: "refuse",
    fires: ["sms.us.10dlc-registered"],
  },
  {
    id: "sms-10dlc-2",
    what: "one registered for offers",
    at: afternoon,
    given: (now) => toNewYork(now, { campaignPurposes: ["marketing"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-10dlc-3",
    what: "a short code belongs to no such campaign",
    at: afternoon,
    given: (now) => toNewYork(now, { numberType: "short-code", campaignPurposes: [] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-10dlc-4",
    what: "confirming a stop is part of any campaign",
    given: (now) =>
      bySms(
        { kind: "opt-out-confirmation" },
        {
          recipient: newYorker,
          sms: { campaignPurposes: ["marketing"] },
          facts: { lastInboundAt: now, ...stopOfTexts(now, { confirmationSentAt: null }) },
        },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-10dlc-5",
    what: "Puerto Rico is served by the same carriers",
    at: afternoon,
    given: (now) => offerBySms(now, { recipient: puertoRican, sms: { campaignPurposes: [] } }),
    outcome: "refuse",
    fires: ["sms.us.10dlc-registered"],
  },
  {
    id: "sms-10dlc-6",
    what: "a Dutch number is not",
    given: (now) => offerBySms(now, { sms: { campaignPurposes: [] } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-tollfree-1",
    what: "a toll-free number nobody verified",
    at: afternoon,
    given: (now) => toNewYork(now, { numberType: "toll-free" }),
    outcome: "refuse",
    fires: ["sms.us.tollfree-verified"],
  },
  {
    id: "sms-tollfree-2",
    what: "a verified one",
    at: afternoon,
    given: (now) => toNewYork(now, { numberType: "toll-free", tollFreeVerified: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-tollfree-3",
    what: "an unverified one to Canada",
    at: afternoon,
    given: (now) => offerBySms(now, { recipient: canadian, sms: { numberType: "toll-free", tollFreeVerified: false } }),
    outcome: "refuse",
    fires: ["sms.us.tollfree-verified"],
  },
  {
    id: "sms-shaft-1",
    what: "wine without an age gate",
    at: afternoon,
    given: (now) => aboutGoods(now, { goods: ["alcohol"] }),
    outcome: "refuse",
    fires: ["sms.us.shaft"],
  },
  {
    id: "sms-shaft-2",
    what: "wine behind the gate on the day somebody turns 21",
    at: afternoon,
    given: (now) =>
      aboutGoods(
        now,
        { goods: ["alcohol"] },
        { sms: { ageGatedGoods: ["alcohol"] }, recipient: { ...newYorker, birthDate: "2005-11-10" } },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-shaft-3",
    what: "and on the day before",
    at: "2026-11-09T14:00:00-05:00",
    given: (now) =>
      aboutGoods(
        now,
        { goods: ["alcohol"] },
        { sms: { ageGatedGoods: ["alcohol"] }, recipient: { ...newYorker, birthDate: "2005-11-10" } },
      ),
    outcome: "refuse",
    fires: ["sms.us.shaft"],
  },
  {
    id: "sms-shaft-4",
    what: "tobacco behind the gate for wine",
    at: afternoon,
    given: (now) => aboutGoods(now, { goods: ["tobacco"] }, { sms: { ageGatedGoods: ["alcohol"] } }),
    outcome: "refuse",
    fires: ["sms.us.shaft"],
  },
  {
    id: "sms-shaft-5",
    what: "no gate opens to hate",
    at: afternoon,
    given: (now) =>
      aboutGoods(now, { concerns: ["hate"] }, { sms: { ageGatedGoods: ["adult", "alcohol", "tobacco", "weapons"] } }),
    outcome: "refuse",
    fires: ["sms.us.shaft"],
  },
  {
    id: "sms-shaft-6",
    what: "shoes",
    at: afternoon,
    given: (now) => aboutGoods(now, {}),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-name-1",
    what: "an offer from a name, with STOP to answer",
    given: (now) => offerBySms(now, { sms: { numberType: "alphanumeric" } }),
    outcome: "change",
    fires: ["sms.sender-cannot-receive"],
    changes: ["add-stop-link"],
  },
  {
    id: "sms-name-2",
    what: "with a link to stop",
    given: (now) => offerBySms(now, { sms: { numberType: "alphanumeric" } }, { stopRoutes: ["link"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-name-3",
    what: "with a number to write STOP to",
    given: (now) => offerBySms(now, { sms: { numberType: "alphanumeric" } }, { stopRoutes: ["answer", "number"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-name-4",
    what: "a delivery update from a name",
    given: () => bySms({ kind: "transactional" }, { sms: { numberType: "alphanumeric" } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-link-1",
    what: "a link of a public shortener",
    at: afternoon,
    given: (now) => offerBySms(now, { recipient: newYorker }, { linkHosts: ["shop.example", "Bit.ly"] }),
    outcome: "change",
    fires: ["sms.link-shortener"],
    changes: ["use-own-link-domain"],
  },
  {
    id: "sms-link-2",
    what: "read from the words",
    at: afternoon,
    given: (now) =>
      bySms(
        {
          kind: "marketing",
          sms: { stopRoutes: ["answer"] },
          text: "20 % off: https://tinyurl.com/x1y2 – STOP to end",
        },
        { recipient: newYorker, facts: agreedToTexts(now) },
      ),
    outcome: "change",
    fires: ["sms.link-shortener"],
  },
  {
    id: "sms-link-3",
    what: "a domain of one's own that only looks like one",
    at: afternoon,
    given: (now) =>
      bySms(
        { kind: "marketing", sms: { stopRoutes: ["answer"] }, text: "20 % off: https://habit.ly/x1y2" },
        { recipient: newYorker, facts: agreedToTexts(now) },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-link-4",
    what: "a shortener in the Netherlands",
    given: (now) => offerBySms(now, {}, { linkHosts: ["bit.ly"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "sms-french-1",
    what: "Canada without ARRET",
    at: afternoon,
    given: (now) => offerBySms(now, { recipient: canadian, sms: { wiredWords: ["stop", "help", "info", "aide"] } }),
    outcome: "hold",
    until: "event:keywords-ready",
    fires: ["sms.ca-french-keywords"],
  },
  {
    id: "sms-french-2",
    what: "the United States without it",
    at: afternoon,
    given: (now) => toNewYork(now, { wiredWords: ["stop", "help", "info"] }),
    outcome: "allow",
    fires: [],
  },
];

const turns: readonly Turn[] = [
  ["sms.us.10dlc-registered", "begins", "2023-08-31", (moment) => toNewYork(moment, { campaignPurposes: [] })],
  ["sms.us.tollfree-verified", "begins", "2024-01-31", (moment) => toNewYork(moment, { numberType: "toll-free" })],
];

export const sms: Section = { examples, turns };

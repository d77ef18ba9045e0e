import { dayMs, hourMs, type Instant, plus } from "@loket/kit";
import type { Law } from "../facts/law.ts";
import type { Consent } from "../facts.ts";
import type { Content } from "../request.ts";
import { at, type Differences, optIn, softOptIn, template } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";

type Request = NonNullable<Differences["request"]>;
type Recipient = NonNullable<Differences["recipient"]>;

const german = { region: "DE", phone: "+4915112345678" };
const british = { region: "GB", phone: "+447700900123" };

const newsletter: Request = { kind: "newsletter", payload: "template", template: template("marketing") };
const utility: Request = { kind: "transactional", payload: "template", template: template("utility") };
const signedUp = (now: Instant, consent: Partial<Consent> = {}) => ({ consents: [optIn("marketing", now, consent)] });
const wrote = (now: Instant) => ({ lastInboundAt: plus(now, -hourMs) });

const setUp = (law: Law, differences: Differences = {}): Differences => ({
  ...differences,
  request: { kind: "setup", payload: "none" },
  law,
});
const firstMessage = (now: Instant, recipient: Recipient, law: Law = {}, content: Content = {}): Differences => ({
  request: { content: { stopPath: true, senderNamed: true, ...content } },
  recipient,
  law,
  facts: wrote(now),
});
const answered = (now: Instant, law: Law): Differences => ({
  request: { channel: "email", transport: "smtp", kind: "reply" },
  law,
  facts: wrote(now),
});
const lastHeardOf = (moment: Instant, recipient: Recipient = {}): Differences => ({
  request: newsletter,
  recipient,
  facts: signedUp(moment, { obtainedAt: moment, confirmedAt: moment }),
});
/** Somebody born on 10 November 2010 who signed up on a day. */
const childFrom = (region: string, obtainedAt: string, consent: Partial<Consent> = {}): Differences => ({
  request: newsletter,
  recipient: { region, birthDate: "2010-11-10" },
  facts: { consents: [optIn("marketing", at(obtainedAt), { obtainedAt: at(obtainedAt), ...consent })] },
});
const revealing = (now: Instant, consent: Partial<Consent> = {}): Differences => ({
  request: { ...newsletter, content: { stopPath: true, senderNamed: true, reveals: ["health"] } },
  facts: signedUp(now, consent),
});
const salesCall = (consent: Partial<Consent> = {}, differences: Differences = {}): Differences => ({
  request: { channel: "phone", transport: "other", payload: "call", kind: "sales-call" },
  recipient: german,
  ...differences,
  facts: { consents: [optIn("sales-call", at("2026-08-10T10:00:00Z"), { channel: "phone", ...consent })] },
});
const dutchCall = (request: Request): Differences => ({
  ...salesCall({}, { recipient: {} }),
  request: { channel: "phone", transport: "other", payload: "call", kind: "sales-call", ...request },
});

const offerByPhone = (now: Instant, recipient: Recipient, purpose: "marketing" | "sales-call"): Differences => ({
  request: { channel: "phone", transport: "other", payload: "call", kind: "marketing" },
  recipient,
  facts: { consents: [optIn(purpose, now, { channel: "phone", confirmedBy: "sms" })] },
});
const unusedSince = (moment: string): Differences => ({
  request: { ...newsletter, channel: "email", transport: "smtp", payload: "free-form" },
  recipient: german,
  facts: signedUp(at(moment), { channel: "email", obtainedAt: at(moment), confirmedAt: at(moment) }),
});
const unconfirmed = (now: Instant, request: Request): Differences => {
  const { confirmedAt: _never, ...record } = optIn("marketing", now);
  return { request, recipient: german, facts: { consents: [record] } };
};

const examples: readonly Example[] = [
  {
    id: "eu-terminal-1",
    what: "a notice in a web chat that keeps a marketing identifier",
    given: (now) => ({
      request: { channel: "webchat", transport: "own", kind: "transactional" },
      webchat: { deviceStorage: ["session", "marketing"] },
      facts: wrote(now),
    }),
    outcome: "change",
    fires: ["eu.eprivacy.terminal-access"],
    changes: ["use-session-storage"],
  },
  {
    id: "eu-terminal-2",
    what: "with consent to that",
    given: (now) => ({
      request: { channel: "webchat", transport: "own", kind: "transactional" },
      webchat: { deviceStorage: ["session", "marketing"], storageConsent: true },
      facts: wrote(now),
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-terminal-3",
    what: "a pixel in a mail is told by the rule on mail",
    given: () => ({
      request: {
        channel: "email",
        transport: "smtp",
        kind: "transactional",
        email: { fromDomain: "a.example", tracksPerson: true },
      },
    }),
    outcome: "change",
    fires: ["email.tracking-needs-basis"],
    changes: ["remove-tracking"],
  },
  {
    id: "eu-leaving-1",
    what: "leaving takes one step more than joining",
    given: () => setUp({ signUp: { joinSteps: 1, leaveSteps: 2, leaveOnSameChannel: true } }),
    outcome: "refuse",
    fires: ["eu.gdpr.consent-withdraw-easy"],
  },
  {
    id: "eu-leaving-2",
    what: "as many",
    given: () => setUp({ signUp: { joinSteps: 1, leaveSteps: 1, leaveOnSameChannel: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-leaving-3",
    what: "one can join here and leave only by letter",
    given: () => setUp({ signUp: { joinSteps: 1, leaveSteps: 1, leaveOnSameChannel: false } }),
    outcome: "refuse",
    fires: ["eu.gdpr.consent-withdraw-easy"],
  },
  {
    id: "eu-leaving-4",
    what: "nobody has counted the steps",
    given: () => setUp({ signUp: {} }),
    outcome: "hold",
    until: "event:facts-known",
    fires: ["core.facts-missing"],
  },
  {
    id: "eu-informed-1",
    what: "a first answer to somebody nobody told anything",
    given: (now) => firstMessage(now, { privacyInformedAt: null }),
    outcome: "change",
    fires: ["eu.gdpr.transparency"],
    changes: ["add-privacy-link"],
  },
  {
    id: "eu-informed-2",
    what: "the answer holds the link",
    given: (now) => firstMessage(now, { privacyInformedAt: null }, {}, { privacyLink: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-informed-3",
    what: "a business that informs nobody, and a person who was told all the same",
    given: (now) => firstMessage(now, { privacyInformedAt: plus(now, -dayMs) }, { informsAtCollection: false }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-informed-4",
    what: "a business that informs nobody",
    given: (now) => firstMessage(now, {}, { informsAtCollection: false }),
    outcome: "change",
    fires: ["eu.gdpr.transparency"],
  },
  {
    id: "eu-informed-5",
    what: "a later message",
    given: (now) => ({
      ...firstMessage(now, { privacyInformedAt: null }),
      history: { lastSentAt: plus(now, -dayMs) },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-informed-6",
    what: "how it stands, looked at once",
    given: () => setUp({ informsAtCollection: false }),
    outcome: "change",
    fires: ["eu.gdpr.transparency"],
  },
  {
    id: "eu-basis-1",
    what: "no basis for service on record",
    given: (now) => answered(now, { recordedBases: ["marketing"] }),
    outcome: "allow",
    fires: [],
    notes: ["eu.gdpr.legal-basis-service"],
  },
  {
    id: "eu-basis-2",
    what: "one for service on record",
    given: (now) => answered(now, { recordedBases: ["service"] }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "eu-retention-1",
    what: "the last millisecond of 36 months without a sign of life",
    at: "2026-11-10T09:59:59.999Z",
    given: () => lastHeardOf(at("2023-11-10T10:00:00Z")),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-retention-2",
    what: "36 months",
    at: "2026-11-10T10:00:00Z",
    given: () => lastHeardOf(at("2023-11-10T10:00:00Z")),
    outcome: "hold",
    until: "event:reconfirmed",
    fires: ["eu.gdpr.retention"],
  },
  {
    id: "eu-retention-3",
    what: "a click a year ago",
    at: "2026-11-10T10:00:00Z",
    given: () => lastHeardOf(at("2023-11-10T10:00:00Z"), { lastActivityAt: at("2025-11-10T10:00:00Z") }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-retention-4",
    what: "a customer of long ago",
    at: "2026-11-10T10:00:00Z",
    given: () => ({
      request: { channel: "email", transport: "smtp", kind: "marketing" },
      facts: { consents: [{ ...softOptIn(), obtainedAt: at("2023-01-10T10:00:00Z") }] },
    }),
    outcome: "hold",
    until: "event:reconfirmed",
    fires: ["eu.gdpr.retention"],
  },
  {
    id: "eu-retention-5",
    what: "a delivery update to somebody not heard of for years",
    given: (now) => ({
      request: utility,
      facts: { consents: [optIn("transactional", now, { obtainedAt: at("2020-01-01T00:00:00Z") })] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-erasure-1",
    what: "opt-outs that are erased with everything else",
    given: () => setUp({ erasureKeepsOptOut: false }),
    outcome: "allow",
    fires: [],
    notes: ["eu.gdpr.erasure-keeps-suppression"],
  },
  {
    id: "eu-erasure-2",
    what: "opt-outs that stay",
    given: () => setUp({ erasureKeepsOptOut: true }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "eu-children-1",
    what: "somebody of sixteen who signed up on the eve of that birthday",
    at: "2026-11-11T10:00:00Z",
    given: () => childFrom("DE", "2026-11-09T23:59:59.999Z", { guardianAgreed: false }),
    outcome: "refuse",
    fires: ["eu.gdpr.children"],
  },
  {
    id: "eu-children-2",
    what: "and on the day itself",
    at: "2026-11-11T10:00:00Z",
    given: () => childFrom("DE", "2026-11-10T00:00:00Z", { guardianAgreed: false }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-children-3",
    what: "with a parent's word",
    at: "2026-11-11T10:00:00Z",
    given: () => childFrom("DE", "2026-11-09T00:00:00Z", { guardianAgreed: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-children-4",
    what: "in Austria fourteen is old enough",
    at: "2026-11-11T10:00:00Z",
    given: () => childFrom("AT", "2024-11-10T00:00:00Z", { guardianAgreed: false }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-children-5",
    what: "and thirteen is not",
    at: "2026-11-11T10:00:00Z",
    given: () => childFrom("AT", "2024-11-09T23:59:59.999Z", { guardianAgreed: false }),
    outcome: "refuse",
    fires: ["eu.gdpr.children"],
  },
  {
    id: "eu-special-1",
    what: "a newsletter for people with diabetes",
    given: (now) => revealing(now),
    outcome: "refuse",
    fires: ["eu.gdpr.special-category"],
  },
  {
    id: "eu-special-2",
    what: "to somebody who agreed to exactly that",
    given: (now) => revealing(now, { explicitFor: ["health", "religion"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-special-3",
    what: "to somebody who agreed to something else",
    given: (now) => revealing(now, { explicitFor: ["religion"] }),
    outcome: "refuse",
    fires: ["eu.gdpr.special-category"],
  },
  {
    id: "eu-special-4",
    what: "an answer to a question about an illness",
    given: (now) => ({
      request: { content: { stopPath: true, senderNamed: true, reveals: ["health"] } },
      facts: wrote(now),
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "eu-processor-1",
    what: "no agreement with the provider",
    given: () => setUp({ processorContract: false }),
    outcome: "hold",
    until: "event:dpa-signed",
    fires: ["eu.gdpr.processor-contract"],
  },
  {
    id: "eu-processor-2",
    what: "somebody outside the EEA asks for none",
    given: () => setUp({ processorContract: false }, { recipient: british }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "de-calls-1",
    what: "a consent typed into a form and confirmed by e-mail",
    given: () => salesCall({ confirmedBy: "email" }),
    outcome: "refuse",
    fires: ["de.doi.not-for-calls"],
  },
  {
    id: "de-calls-2",
    what: "confirmed by a text to that number",
    given: () => salesCall({ confirmedBy: "sms" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "de-calls-3",
    what: "written down in the shop",
    given: () => salesCall({ method: "in-person", confirmedBy: "email" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "de-proof-1",
    what: "a consent to calls of which nobody kept the wording",
    given: () => {
      const { wordingVersion: _lost, ...record } = optIn("sales-call", at("2026-08-10T10:00:00Z"), {
        channel: "phone",
      });
      return { ...salesCall(), facts: { consents: [record] } };
    },
    outcome: "refuse",
    fires: ["de.uwg7a.phone-proof-5y"],
  },
  {
    id: "de-proof-2",
    what: "proof kept for less than five years",
    given: () => salesCall({}, { law: { callProofKeptYears: 4.9 } }),
    outcome: "refuse",
    fires: ["de.uwg7a.phone-proof-5y"],
  },
  {
    id: "de-proof-3",
    what: "proof kept for five",
    given: () => salesCall({}, { law: { callProofKeptYears: 5 } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "de-proof-4",
    what: "a company is no consumer",
    given: () => salesCall({}, { law: { callProofKeptYears: 1 }, recipient: { ...german, kind: "legal" } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "de-calls-4",
    what: "an offer by phone, whatever it is called, to somebody who agreed to messages alone",
    given: (now) => offerByPhone(now, german, "marketing"),
    outcome: "refuse",
    fires: ["de.uwg7.phone-consent"],
  },
  {
    id: "de-calls-5",
    what: "to somebody who agreed to calls",
    given: (now) => offerByPhone(now, german, "sales-call"),
    outcome: "allow",
    fires: [],
  },
  {
    id: "de-calls-6",
    what: "somebody asked to be called about just that",
    given: (now) => {
      const { request, ...rest } = offerByPhone(now, german, "marketing");
      return { ...rest, request: { ...request, solicited: true } };
    },
    outcome: "allow",
    fires: [],
  },
  {
    id: "nl-calls-1",
    what: "an offer by phone without consent to calls",
    given: (now) => offerByPhone(now, {}, "marketing"),
    outcome: "refuse",
    fires: ["nl.tw117.phone-consent"],
  },
  {
    id: "nl-calls-2",
    what: "to a customer of three years ago less an hour, one of them a leap year, on the last day of the exception",
    at: "2026-06-30T11:00:00Z",
    given: (now) => ({
      ...offerByPhone(now, { lastPurchaseAt: at("2023-06-30T12:00:00Z") }, "marketing"),
    }),
    outcome: "allow",
    fires: [],
    reliesOn: ["nl.tw117.phone-customer-exception"],
  },
  {
    id: "de-dormancy-1",
    what: "a consent unused for two years less an hour, one of them a leap year",
    at: "2026-01-10T11:00:00Z",
    given: () => unusedSince("2024-01-10T12:00:00Z"),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "de-dormancy-2",
    what: "and for two years",
    at: "2026-01-10T12:00:00Z",
    given: () => unusedSince("2024-01-10T12:00:00Z"),
    outcome: "allow",
    fires: [],
    notes: ["de.consent.dormancy"],
  },
  {
    id: "de-doi-1",
    what: "a number typed into a form and never confirmed, asked once more whether it wants offers",
    given: (now) => unconfirmed(now, { kind: "opt-in-request", payload: "template", template: template("marketing") }),
    outcome: "hold",
    until: "event:doi-confirmed",
    fires: ["de.doi.practice"],
  },
  {
    id: "de-doi-2",
    what: "the message that asks to confirm it",
    given: (now) => unconfirmed(now, { kind: "doi-confirmation", payload: "template", template: template("utility") }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "nl-anonymous-1",
    what: "a sales call without a number",
    given: () => dutchCall({ call: { numberWithheld: true } }),
    outcome: "refuse",
    fires: ["nl.tw117.anonymous-call"],
  },
  {
    id: "nl-anonymous-2",
    what: "and with one",
    given: () => dutchCall({ call: { numberWithheld: false } }),
    outcome: "allow",
    fires: [],
  },
];

const turns: readonly Turn[] = [
  [
    "eu.eprivacy.terminal-access",
    "begins",
    "2009-12-19",
    () => ({
      request: { channel: "webchat", transport: "own", kind: "transactional" },
      webchat: { deviceStorage: ["marketing"] },
    }),
  ],
  [
    "eu.gdpr.consent-withdraw-easy",
    "begins",
    "2018-05-25",
    () => setUp({ signUp: { joinSteps: 1, leaveSteps: 2, leaveOnSameChannel: true } }),
  ],
  ["eu.gdpr.transparency", "begins", "2018-05-25", (moment) => firstMessage(moment, { privacyInformedAt: null })],
  ["eu.gdpr.retention", "begins", "2018-05-25", () => lastHeardOf(at("2015-01-01T00:00:00Z"))],
  [
    "eu.gdpr.children",
    "begins",
    "2018-05-25",
    () => ({ ...childFrom("DE", "2018-05-01T00:00:00Z", { guardianAgreed: false }) }),
  ],
  ["eu.gdpr.special-category", "begins", "2018-05-25", (moment) => revealing(moment)],
  ["eu.gdpr.processor-contract", "begins", "2018-05-25", () => setUp({ processorContract: false })],
  ["de.doi.not-for-calls", "begins", "2011-02-10", () => salesCallIn("2011-02-01T00:00:00Z")],
  [
    "de.uwg7a.phone-proof-5y",
    "begins",
    "2021-10-01",
    () => ({ ...salesCallIn("2021-09-01T00:00:00Z"), law: { callProofKeptYears: 1 } }),
  ],
  ["nl.tw117.anonymous-call", "begins", "2021-07-01", () => dutchCall({ call: { numberWithheld: true } })],
];

function salesCallIn(obtainedAt: string): Differences {
  return salesCall({ obtainedAt: at(obtainedAt), confirmedAt: at(obtainedAt), confirmedBy: "email" });
}

export const europe: Section = { examples, turns };

import { dayMs, hourMs, type Instant, plus } from "@loket/kit";
import type { Consent } from "../facts.ts";
import type { Content } from "../request.ts";
import { at, type Differences, optIn, ordinaryText, softOptIn, template } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";
import { bySms, offerBySms } from "./sms.ts";

type Request = NonNullable<Differences["request"]>;
type Recipient = NonNullable<Differences["recipient"]>;

const canadian = { region: "CA", phone: "+14165550100", timeZones: [] };
const frenchman = { region: "FR", phone: "+33612345678", timeZones: [] };
const indian = { region: "IN", phone: "+919812345678", timeZones: [] };
const brazilian = { region: "BR", phone: "+5511987654321" };
const austrian = { region: "AT", phone: "+436641234567" };
const belgian = { region: "BE", phone: "+32470123456" };
const spaniard = { region: "ES", phone: "+34612345678" };
const italian = { region: "IT", phone: "+393401234567" };
const pole = { region: "PL", phone: "+48512345678" };
const swiss = { region: "CH", phone: "+41791234567" };
const turk = { region: "TR", phone: "+905321234567" };

const byMail = (recipient: Recipient, request: Request = {}, differences: Differences = {}): Differences => ({
  recipient,
  ...differences,
  request: { channel: "email", transport: "smtp", kind: "marketing", ...request },
});
const saying = (content: Content): Request => ({ content: { stopPath: true, senderNamed: true, ...content } });
const agreedToMail = (now: Instant, consent: Partial<Consent> = {}) => ({
  consents: [optIn("marketing", now, { channel: "email", ...consent })],
});
const customer = (now: Instant, soft: Parameters<typeof softOptIn>[1] = {}) => ({ consents: [softOptIn(now, soft)] });
const stoppedMail = (moment: Instant) => ({
  suppressions: [{ purpose: "marketing", channel: "email", at: moment, source: "agent" } as const],
});
const overWhatsApp: Request = {
  channel: "whatsapp",
  transport: "cloud-api",
  payload: "template",
  template: template("marketing"),
};

const frenchOffer = (now: Instant, recipient: Recipient = {}): Differences =>
  offerBySms(now, { recipient: { ...frenchman, ...recipient } });
const indianOffer = (now: Instant, differences: Differences = {}, text = {}): Differences =>
  offerBySms(now, { recipient: indian, ...differences }, text);

const canada: readonly Example[] = [
  {
    id: "V94",
    what: "a purchase 25 months ago, a question 7 months ago",
    at: "2026-11-10T10:00:00-05:00",
    given: () =>
      byMail({ ...canadian, lastPurchaseAt: at("2024-10-10T15:00:00Z"), lastInquiryAt: at("2026-04-10T15:00:00Z") }),
    outcome: "refuse",
    fires: ["ca.casl.consent"],
  },
  {
    id: "ca-consent-1",
    what: "the last millisecond of 24 months",
    at: "2026-11-10T14:59:59.999Z",
    given: () => byMail({ ...canadian, lastPurchaseAt: at("2024-11-10T15:00:00Z") }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ca-consent-2",
    what: "24 months to the millisecond",
    at: "2026-11-10T15:00:00Z",
    given: () => byMail({ ...canadian, lastPurchaseAt: at("2024-11-10T15:00:00Z") }),
    outcome: "refuse",
    fires: ["ca.casl.consent"],
  },
  {
    id: "ca-consent-3",
    what: "a question on 31 August, on the last millisecond of February",
    at: "2026-02-28T14:59:59.999Z",
    given: () => byMail({ ...canadian, lastInquiryAt: at("2025-08-31T15:00:00Z") }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ca-consent-4",
    what: "and after it",
    at: "2026-02-28T15:00:00Z",
    given: () => byMail({ ...canadian, lastInquiryAt: at("2025-08-31T15:00:00Z") }),
    outcome: "refuse",
    fires: ["ca.casl.consent"],
  },
  {
    id: "ca-consent-5",
    what: "a record of an implied consent lasts as long as a question",
    given: (now) =>
      byMail(canadian, {}, { facts: agreedToMail(now, { kind: "implied", obtainedAt: plus(now, -185 * dayMs) }) }),
    outcome: "refuse",
    fires: ["ca.casl.consent"],
  },
  {
    id: "ca-consent-6",
    what: "an address published for such messages",
    given: () => byMail({ ...canadian, publishedForSuchMessages: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ca-consent-7",
    what: "a newsletter on WhatsApp nobody signed up for",
    given: (now) =>
      byMail(canadian, { ...overWhatsApp, kind: "newsletter" }, { facts: { consents: [optIn("transactional", now)] } }),
    outcome: "refuse",
    fires: ["ca.casl.consent", "whatsapp.policy.purpose-match"],
  },
  {
    id: "ca-request-identity",
    what: "a mail that asks a customer for consent, without a mailing address",
    given: (now) =>
      byMail({ ...canadian, lastPurchaseAt: plus(now, -hourMs) }, { kind: "opt-in-request", ...saying({}) }),
    outcome: "change",
    fires: ["ca.casl.identify-and-unsubscribe"],
    changes: ["add-postal-address"],
  },
  {
    id: "ca-request-1",
    what: "a mail that asks for consent",
    given: () => byMail(canadian, { kind: "opt-in-request" }),
    outcome: "refuse",
    fires: ["ca.casl.request-is-cem"],
  },
  {
    id: "ca-request-2",
    what: "while a question is young",
    given: (now) => byMail({ ...canadian, lastInquiryAt: plus(now, -30 * dayMs) }, { kind: "opt-in-request" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ca-identify-1",
    what: "no mailing address",
    given: (now) => byMail(canadian, saying({}), { facts: agreedToMail(now) }),
    outcome: "change",
    fires: ["ca.casl.identify-and-unsubscribe"],
    changes: ["add-postal-address"],
  },
  {
    id: "ca-identify-2",
    what: "a way to stop that works for 59 days",
    given: (now) => byMail(canadian, saying({ postalAddress: true, stopWorksDays: 59 }), { facts: agreedToMail(now) }),
    outcome: "change",
    fires: ["ca.casl.identify-and-unsubscribe"],
    changes: ["add-stop-path"],
  },
  {
    id: "ca-identify-3",
    what: "60 days",
    given: (now) => byMail(canadian, saying({ postalAddress: true, stopWorksDays: 60 }), { facts: agreedToMail(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "ca-unsubscribe-1",
    what: "unsubscribed an hour ago",
    given: (now) => byMail(canadian, {}, { facts: { ...agreedToMail(now), ...stoppedMail(plus(now, -hourMs)) } }),
    outcome: "refuse",
    fires: ["ca.casl.unsubscribe-10bd"],
  },
  {
    id: "ca-unsubscribe-3",
    what: "a customer who unsubscribed has bought all the same",
    given: (now) => byMail(canadian, {}, { facts: { ...customer(now), ...stoppedMail(plus(now, -hourMs)) } }),
    outcome: "refuse",
    fires: ["ca.casl.unsubscribe-10bd"],
  },
  {
    id: "ca-unsubscribe-2",
    what: "and signed up since",
    given: (now) => byMail(canadian, {}, { facts: { ...agreedToMail(now), ...stoppedMail(plus(now, -100 * dayMs)) } }),
    outcome: "allow",
    fires: [],
  },
];

const india: readonly Example[] = [
  {
    id: "V104",
    what: "a template that is not registered",
    at: "2026-11-10T12:00:00+05:30",
    given: (now) => indianOffer(now, { sms: { registered: ["sender", "header"] } }),
    outcome: "refuse",
    fires: ["in.tcccpr.dlt"],
  },
  {
    id: "in-dlt-1",
    what: "all registered",
    at: "2026-11-10T12:00:00+05:30",
    given: (now) => indianOffer(now),
    outcome: "allow",
    fires: [],
    notes: ["in.tcccpr.suffix", "eu.home-law"],
  },
  {
    id: "in-dlt-2",
    what: "other words than the template's",
    at: "2026-11-10T12:00:00+05:30",
    given: (now) => indianOffer(now, {}, { matchesRegisteredTemplate: false }),
    outcome: "refuse",
    fires: ["in.tcccpr.dlt"],
  },
  {
    id: "in-dlt-3",
    what: "an international route",
    at: "2026-11-10T12:00:00+05:30",
    given: (now) => indianOffer(now, { sms: { route: "international", registered: [] } }),
    outcome: "allow",
    fires: [],
    notes: ["eu.home-law"],
  },
  {
    id: "in-dlt-4",
    what: "a delivery update needs the register too",
    given: () => bySms({ kind: "transactional" }, { recipient: indian, sms: { registered: [] } }),
    outcome: "refuse",
    fires: ["in.tcccpr.dlt"],
  },
  {
    id: "in-hours-1",
    what: "a millisecond before ten",
    at: "2026-11-10T09:59:59.999+05:30",
    given: (now) => indianOffer(now),
    outcome: "hold",
    until: "2026-11-10T04:30:00.000Z",
    fires: ["in.tcccpr.promo-hours"],
  },
  {
    id: "in-hours-2",
    what: "nine in the evening",
    at: "2026-11-10T21:00:00+05:30",
    given: (now) => indianOffer(now),
    outcome: "hold",
    until: "2026-11-11T04:30:00.000Z",
    fires: ["in.tcccpr.promo-hours"],
  },
  {
    id: "in-hours-3",
    what: "Indian time counts, wherever the person says they are",
    at: "2026-11-10T22:00:00+05:30",
    given: (now) => indianOffer(now, { recipient: { ...indian, timeZones: ["Europe/London"] } }),
    outcome: "hold",
    until: "2026-11-11T04:30:00.000Z",
    fires: ["in.tcccpr.promo-hours"],
  },
  {
    id: "in-hours-4",
    what: "a delivery update in the evening",
    at: "2026-11-10T22:00:00+05:30",
    given: () => bySms({ kind: "transactional" }, { recipient: indian }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "in-dpdp-1",
    what: "a consent without an itemised notice, on the last day",
    at: "2027-05-12T23:59:59.999Z",
    given: (now) => byMail(indian, {}, { facts: agreedToMail(now, { itemisedNotice: false }) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "in-dpdp-2",
    what: "and on the first day of the Act",
    at: "2027-05-13T00:00:00Z",
    given: (now) => byMail(indian, {}, { facts: agreedToMail(now, { itemisedNotice: false }) }),
    outcome: "refuse",
    fires: ["in.dpdp.consent"],
  },
  {
    id: "in-dpdp-3",
    what: "leaving is harder than joining",
    at: "2027-06-01T10:00:00Z",
    given: (now) =>
      byMail(
        indian,
        {},
        { facts: agreedToMail(now), law: { signUp: { joinSteps: 1, leaveSteps: 2, leaveOnSameChannel: true } } },
      ),
    outcome: "refuse",
    fires: ["in.dpdp.consent"],
  },
  {
    id: "in-dpdp-4",
    what: "a notice, and a way back as short as the way in",
    at: "2027-06-01T10:00:00Z",
    given: (now) =>
      byMail(
        indian,
        {},
        { facts: agreedToMail(now), law: { signUp: { joinSteps: 1, leaveSteps: 1, leaveOnSameChannel: true } } },
      ),
    outcome: "allow",
    fires: [],
  },
];

const brazil: readonly Example[] = [
  {
    id: "br-basis-1",
    what: "neither consent nor a weighing of interests",
    given: () => byMail(brazilian, {}, { law: { interestsWeighed: false } }),
    outcome: "refuse",
    fires: ["br.lgpd.basis"],
  },
  {
    id: "br-basis-2",
    what: "a weighing on record, and a way to object",
    given: () => byMail(brazilian),
    outcome: "allow",
    fires: [],
  },
  {
    id: "br-basis-3",
    what: "no way to object",
    given: () => byMail(brazilian, { content: { senderNamed: true } }),
    outcome: "refuse",
    fires: ["br.lgpd.basis", "core.marketing-stop-hint"],
  },
  {
    id: "br-basis-4",
    what: "consent needs no weighing",
    given: (now) => byMail(brazilian, {}, { facts: agreedToMail(now), law: { interestsWeighed: false } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "br-revocation-1",
    what: "opposed an hour ago",
    given: (now) => byMail(brazilian, {}, { facts: stoppedMail(plus(now, -hourMs)) }),
    outcome: "refuse",
    fires: ["br.lgpd.revocation"],
  },
  {
    id: "br-revocation-2",
    what: "an invoice after that",
    given: (now) => byMail(brazilian, { kind: "transactional" }, { facts: stoppedMail(plus(now, -hourMs)) }),
    outcome: "allow",
    fires: [],
  },
];

const france: readonly Example[] = [
  {
    id: "V92",
    what: "a bare account, no purchase",
    given: (now) => byMail(frenchman, { kind: "newsletter" }, { facts: customer(now, { purchase: false }) }),
    outcome: "refuse",
    fires: ["fr.cpce.consent"],
    reliesOn: [],
  },
  {
    id: "fr-consent-bubble",
    what: "a newsletter by mail of which somebody also describes the bubble on the page",
    given: () => byMail(frenchman, { kind: "newsletter", webchat: { invite: {} } }),
    outcome: "refuse",
    fires: ["fr.cpce.consent"],
  },
  {
    id: "fr-consent-1",
    what: "a purchase of something similar",
    given: (now) => byMail(frenchman, { kind: "newsletter" }, { facts: customer(now) }),
    outcome: "allow",
    fires: [],
    reliesOn: ["eu.eprivacy.soft-opt-in"],
  },
  {
    id: "fr-consent-2",
    what: "a company",
    given: () => byMail({ ...frenchman, kind: "legal" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "fr-stop-1",
    what: "an offer without a STOP line",
    at: "2026-11-10T11:00:00+01:00",
    given: (now) => offerBySms(now, { recipient: frenchman }, { stopRoutes: ["link"] }),
    outcome: "change",
    fires: ["fr.sms.stop-mention"],
    changes: ["add-stop-line"],
  },
  {
    id: "fr-stop-2",
    what: "STOP and a short number",
    at: "2026-11-10T11:00:00+01:00",
    given: (now) => offerBySms(now, { recipient: frenchman }, { stopRoutes: ["number"] }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V103",
    what: "a Sunday morning",
    at: "2026-11-08T11:00:00+01:00",
    given: frenchOffer,
    outcome: "hold",
    until: "2026-11-09T07:00:00.000Z",
    fires: ["fr.sms.hours"],
  },
  {
    id: "fr-hours-1",
    what: "a millisecond before ten in the evening",
    at: "2026-11-09T21:59:59.999+01:00",
    given: frenchOffer,
    outcome: "allow",
    fires: [],
  },
  {
    id: "fr-hours-2",
    what: "ten in the evening, before a holiday",
    at: "2026-11-10T22:00:00+01:00",
    given: frenchOffer,
    outcome: "hold",
    until: "2026-11-12T07:00:00.000Z",
    fires: ["fr.sms.hours"],
  },
  {
    id: "fr-hours-3",
    what: "Easter Monday, after a Sunday on which the clocks had changed a week before",
    at: "2026-04-06T10:00:00+02:00",
    given: frenchOffer,
    outcome: "hold",
    until: "2026-04-07T06:00:00.000Z",
    fires: ["fr.sms.hours"],
  },
  {
    id: "fr-hours-4",
    what: "Saturday night before the clocks go back",
    at: "2026-10-24T23:00:00+02:00",
    given: frenchOffer,
    outcome: "hold",
    until: "2026-10-26T07:00:00.000Z",
    fires: ["fr.sms.hours"],
  },
  {
    id: "fr-hours-5",
    what: "Good Friday in Strasbourg",
    at: "2026-04-03T10:00:00+02:00",
    given: (now) => frenchOffer(now, { subdivision: "FR-67" }),
    outcome: "hold",
    until: "2026-04-04T06:00:00.000Z",
    fires: ["fr.sms.hours"],
  },
  {
    id: "fr-hours-6",
    what: "and in Paris",
    at: "2026-04-03T10:00:00+02:00",
    given: (now) => frenchOffer(now, { subdivision: "FR-75C" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "fr-hours-7",
    what: "ten in the evening in Paris is one in the night on Réunion",
    at: "2026-11-09T20:00:00+01:00",
    given: (now) => frenchOffer(now, { subdivision: "FR-974" }),
    outcome: "hold",
    until: "2026-11-10T04:00:00.000Z",
    fires: ["fr.sms.hours"],
  },
  {
    id: "fr-hours-8",
    what: "a delivery update on a Sunday",
    at: "2026-11-08T11:00:00+01:00",
    given: () => bySms({ kind: "transactional" }, { recipient: frenchman }),
    outcome: "allow",
    fires: [],
  },
];

const others: readonly Example[] = [
  {
    id: "at-consent-1",
    what: "an Austrian customer on the list of refusals",
    given: (now) => byMail({ ...austrian, onRefusalList: true }, {}, { facts: customer(now) }),
    outcome: "refuse",
    fires: ["at.tkg174.consent"],
  },
  {
    id: "at-consent-5",
    what: "the list before the law that names it, where the directive's exception holds alone",
    at: "2021-10-31T23:59:59.999Z",
    given: (now) => byMail({ ...austrian, onRefusalList: true }, {}, { facts: customer(now) }),
    outcome: "allow",
    fires: [],
    reliesOn: ["eu.eprivacy.soft-opt-in"],
  },
  {
    id: "at-consent-2",
    what: "one who is not",
    given: (now) => byMail(austrian, {}, { facts: customer(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "at-consent-3",
    what: "a consent of their own beats the list",
    given: (now) => byMail({ ...austrian, onRefusalList: true }, {}, { facts: agreedToMail(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "at-consent-4",
    what: "a company nobody sold to",
    given: () => byMail({ ...austrian, kind: "legal" }),
    outcome: "refuse",
    fires: ["at.tkg174.consent"],
  },
  {
    id: "be-consent-1",
    what: "a Belgian nobody sold to",
    given: () => byMail(belgian),
    outcome: "refuse",
    fires: ["be.wer.consent"],
  },
  {
    id: "be-consent-2",
    what: "a Belgian customer",
    given: (now) => byMail(belgian, {}, { facts: customer(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "es-consent-1",
    what: "a Spaniard nobody sold to",
    given: () => byMail(spaniard),
    outcome: "refuse",
    fires: ["es.lssi21.consent"],
  },
  {
    id: "es-consent-2",
    what: "a Spanish customer",
    given: (now) => byMail(spaniard, {}, { facts: customer(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "it-consent-1",
    what: "an Italian customer by text",
    given: (now) => bySms({ kind: "marketing" }, { recipient: italian, facts: customer(now) }),
    outcome: "refuse",
    fires: ["it.codice130.consent"],
    reliesOn: [],
  },
  {
    id: "it-consent-3",
    what: "by text before the code that grants it to e-mail alone",
    at: "2003-12-31T12:00:00Z",
    given: (now) => bySms({ kind: "marketing" }, { recipient: italian, facts: customer(now) }),
    outcome: "allow",
    fires: [],
    reliesOn: ["eu.eprivacy.soft-opt-in"],
  },
  {
    id: "it-consent-2",
    what: "and by e-mail",
    given: (now) => byMail(italian, {}, { facts: customer(now) }),
    outcome: "allow",
    fires: [],
    reliesOn: ["eu.eprivacy.soft-opt-in"],
  },
  {
    id: "pl-consent-1",
    what: "a Polish customer, on the last day of the exception",
    at: "2024-11-09T23:59:59.999Z",
    given: (now) => byMail(pole, {}, { facts: customer(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "pl-consent-2",
    what: "and the day after",
    at: "2024-11-10T00:00:00Z",
    given: (now) => byMail(pole, {}, { facts: customer(now) }),
    outcome: "refuse",
    fires: ["pl.pke398.consent"],
  },
  {
    id: "pl-consent-3",
    what: "a call to a Polish company",
    given: () => ({
      request: { channel: "phone", transport: "other", payload: "call", kind: "sales-call" },
      recipient: { ...pole, kind: "legal" },
    }),
    outcome: "refuse",
    fires: ["pl.pke398.consent"],
  },
  {
    id: "pl-consent-4",
    what: "a call somebody agreed to",
    given: (now) => ({
      request: { channel: "phone", transport: "other", payload: "call", kind: "sales-call" },
      recipient: pole,
      facts: { consents: [optIn("sales-call", now, { channel: "phone" })] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "pl-consent-5",
    what: "an offer in writing to a company that agreed to calls alone",
    given: (now) => ({
      request: { ...overWhatsApp, kind: "sales-call", promotional: true },
      recipient: { ...pole, kind: "legal" },
      facts: { consents: [optIn("sales-call", now)] },
    }),
    outcome: "refuse",
    fires: ["whatsapp.policy.purpose-match", "pl.pke398.consent"],
  },
  {
    id: "ch-consent-1",
    what: "a Swiss nobody sold to",
    given: () => byMail(swiss),
    outcome: "refuse",
    fires: ["ch.uwg3.consent"],
  },
  {
    id: "ch-consent-2",
    what: "a Swiss customer",
    given: (now) => byMail(swiss, {}, { facts: customer(now) }),
    outcome: "allow",
    fires: [],
    notes: ["eu.home-law"],
  },
  {
    id: "ch-consent-3",
    what: "who cannot see how to stop",
    given: (now) => byMail(swiss, { content: { senderNamed: true } }, { facts: customer(now) }),
    outcome: "refuse",
    fires: ["ch.uwg3.consent", "core.marketing-stop-hint"],
  },
  {
    id: "tr-registry-1",
    what: "a Turkish consent that is not registered",
    given: (now) => byMail(turk, {}, { facts: agreedToMail(now, { inRegistry: false }) }),
    outcome: "refuse",
    fires: ["tr.iys.registry"],
  },
  {
    id: "tr-registry-2",
    what: "one that is",
    given: (now) => byMail(turk, {}, { facts: agreedToMail(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "tr-registry-3",
    what: "a refusal",
    given: (now) => byMail(turk, {}, { facts: { ...agreedToMail(now), ...stoppedMail(plus(now, -dayMs)) } }),
    outcome: "refuse",
    fires: ["tr.iys.registry", "core.opt-out-wins"],
  },
  {
    id: "home-1",
    what: "an American sender and a Dutch reader",
    given: (now) => byMail({}, {}, { sender: { establishment: "US" }, facts: agreedToMail(now) }),
    outcome: "allow",
    fires: [],
    notes: ["us.home-law"],
  },
  {
    id: "home-2",
    what: "a Dutch sender and a German reader live under one regime",
    given: (now) => byMail({ region: "DE", phone: "+4915112345678" }, {}, { facts: agreedToMail(now) }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "home-3",
    what: "a Canadian sender and an Australian reader",
    given: () => byMail({ region: "AU", phone: "+61412345678" }, {}, { sender: { establishment: "CA" } }),
    outcome: "allow",
    fires: [],
    notes: ["ca.home-law"],
  },
  {
    id: "home-4",
    what: "a delivery update concerns no regime of advertising",
    given: () => bySms({ kind: "transactional" }, { recipient: brazilian }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  ...(
    [
      ["GB", "uk.home-law"],
      ["CH", "ch.home-law"],
      ["TR", "tr.home-law"],
      ["IN", "in.home-law"],
      ["BR", "br.home-law"],
    ] as const
  ).map(
    ([establishment, note]): Example => ({
      id: `home-${establishment.toLowerCase()}`,
      what: `a sender from ${establishment} and a Dutch reader`,
      given: (now) => byMail({}, {}, { sender: { establishment }, facts: agreedToMail(now) }),
      outcome: "allow",
      fires: [],
      notes: [note],
    }),
  ),
];

const turns: readonly Turn[] = [
  ["ca.casl.consent", "begins", "2014-07-01", () => byMail(canadian)],
  ["ca.casl.request-is-cem", "begins", "2014-07-01", () => byMail(canadian, { kind: "opt-in-request" })],
  ["ca.casl.identify-and-unsubscribe", "begins", "2014-07-01", () => byMail(canadian, saying({}))],
  [
    "ca.casl.unsubscribe-10bd",
    "begins",
    "2014-07-01",
    (moment) => byMail(canadian, {}, { facts: stoppedMail(plus(moment, -dayMs)) }),
  ],
  ["in.tcccpr.dlt", "begins", "2019-02-28", (moment) => indianOffer(moment, { sms: { registered: [] } })],
  ["in.tcccpr.promo-hours", "begins", "2010-01-01", (moment) => indianOffer(moment)], // 05:30 in India
  [
    "in.dpdp.consent",
    "begins",
    "2027-05-13",
    (moment) => byMail(indian, {}, { facts: agreedToMail(moment, { itemisedNotice: false }) }),
  ],
  ["br.lgpd.basis", "begins", "2020-09-18", () => byMail(brazilian, {}, { law: { interestsWeighed: false } })],
  [
    "br.lgpd.revocation",
    "begins",
    "2020-09-18",
    (moment) => byMail(brazilian, {}, { facts: stoppedMail(plus(moment, -dayMs)) }),
  ],
  ["fr.cpce.consent", "begins", "2004-06-22", () => byMail(frenchman)],
  [
    "fr.sms.stop-mention",
    "begins",
    "2004-06-22",
    () => bySms({ kind: "marketing", sms: { ...ordinaryText, stopRoutes: [] } }, { recipient: frenchman }),
  ],
  ["at.tkg174.consent", "begins", "2021-11-01", () => byMail(austrian)],
  ["es.lssi21.consent", "begins", "2002-10-12", () => byMail(spaniard)],
  ["it.codice130.consent", "begins", "2004-01-01", () => byMail(italian)],
  ["pl.pke398.consent", "begins", "2024-11-10", () => byMail(pole)],
  ["ch.uwg3.consent", "begins", "2007-04-01", () => byMail(swiss)],
  ["tr.iys.registry", "begins", "2020-01-01", () => byMail(turk)],
];

export const countries: Section = { examples: [...canada, ...india, ...brazil, ...france, ...others], turns };

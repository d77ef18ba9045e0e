import { dayMs, hourMs, type Instant, minuteMs, plus, toIso } from "@loket/kit";
import { describe, expect, it } from "vitest";
import { type Example, examplesOfSections } from "./cases/index.ts";
import type { Suppression } from "./facts.ts";
import type { SendRequest } from "./request.ts";
import { decide } from "./terms-book.ts";
import { at, type Differences, optIn, ordinarySend, softOptIn, template } from "./testing.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Worked examples: what the rules mean, one line each. Those of the Platform, its messaging policy and European law are
 * below; every other section has its table in `cases/`.
 */
const newsletter: Partial<SendRequest> = { kind: "newsletter", payload: "template", template: template("marketing") };
const offer: Partial<SendRequest> = { kind: "marketing", payload: "template", template: template("marketing") };
const utility: Partial<SendRequest> = { kind: "transactional", payload: "template", template: template("utility") };
const german = { region: "DE", phone: "+4915112345678" };
const american = { region: "US", phone: "+12125550100", subdivision: "US-NY" };
const brazilian = { region: "BR", phone: "+5511987654321" };
const british = { region: "GB", phone: "+447700900123" };

function stop(moment: Instant, differences: Partial<Suppression> = {}): Suppression {
  return {
    purpose: "all",
    channel: "whatsapp",
    at: moment,
    source: "keyword",
    confirmationSentAt: null,
    ...differences,
  };
}

const examples: readonly Example[] = [
  {
    id: "V01",
    what: "a reply two hours after the person wrote, without any opt-in",
    given: (now) => ({ facts: { lastInboundAt: plus(now, -2 * hourMs) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V02",
    what: "exactly 24 hours later",
    given: (now) => ({ facts: { lastInboundAt: plus(now, -24 * hourMs), consents: [optIn("transactional", now)] } }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.service-window-24h"],
  },
  {
    id: "V04",
    what: "late reply about an order, with an approved utility template to fall back on",
    given: (now) => ({
      request: { fallbackTemplate: template("utility") },
      facts: { lastInboundAt: plus(now, -30 * hourMs), consents: [optIn("transactional", now)] },
    }),
    outcome: "change",
    fires: ["whatsapp.cloud.service-window-24h"],
  },
  {
    id: "V05",
    what: "the same without an opt-in",
    given: (now) => ({
      request: { fallbackTemplate: template("utility") },
      facts: { lastInboundAt: plus(now, -30 * hourMs) },
    }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.service-window-24h", "whatsapp.policy.opt-in-required"],
  },
  {
    id: "V06",
    what: "a lawful newsletter",
    given: (now) => ({ request: newsletter, facts: { consents: [optIn("marketing", now)] } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V07",
    what: "a newsletter without opt-in breaks contract and law",
    given: () => ({ request: newsletter }),
    outcome: "refuse",
    fires: ["whatsapp.policy.opt-in-required", "nl.tw117.consent-electronic-messages"],
  },
  {
    id: "V09",
    what: "an offer in an open window in Germany",
    given: (now) => ({
      request: { kind: "marketing" },
      recipient: german,
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "refuse",
    fires: ["de.uwg7.consent-electronic-mail"],
  },
  {
    id: "V10",
    what: "an offer the person asked for",
    given: (now) => ({
      request: { kind: "marketing", solicited: true },
      recipient: german,
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V12",
    what: "opt-in by the word START in Germany",
    given: (now) => ({
      request: newsletter,
      recipient: german,
      facts: {
        lastInboundAt: plus(now, -40 * dayMs),
        consents: [
          withoutConfirmation(
            optIn("marketing", now, { method: "inbound-message", obtainedAt: plus(now, -40 * dayMs) }),
          ),
        ],
      },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V13",
    what: "a utility template with a discount in it",
    given: (now) => ({
      request: { ...utility, promotional: true },
      facts: { consents: [optIn("transactional", now)] },
    }),
    outcome: "refuse",
    fires: [
      "whatsapp.cloud.template-category-fit",
      "whatsapp.policy.purpose-match",
      "nl.tw117.consent-electronic-messages",
    ],
  },
  {
    id: "V15",
    what: "template under review",
    given: (now) => ({
      request: { ...newsletter, template: template("marketing", { status: "PENDING" }) },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "hold",
    until: "event:template-approved",
    fires: ["whatsapp.cloud.template-not-approved"],
  },
  {
    id: "V16",
    what: "template paused an hour ago for the first time",
    at: "2026-11-10T11:00:00Z",
    given: (now) => ({
      request: {
        ...newsletter,
        template: template("marketing", { status: "PAUSED", pausedAt: at("2026-11-10T10:00:00Z"), pauseCount: 1 }),
      },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "hold",
    until: "2026-11-10T13:00:00.000Z",
    fires: ["whatsapp.cloud.template-paused"],
  },
  {
    id: "V18",
    what: "template disabled",
    at: "2026-11-10T11:00:00Z",
    given: (now) => ({
      request: { ...newsletter, template: template("marketing", { status: "DISABLED" }) },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.template-rejected"],
  },
  {
    id: "V19",
    what: "marketing template to New York",
    at: "2026-11-10T14:00:00-05:00",
    given: (now) => ({ request: offer, recipient: american, facts: { consents: [optIn("marketing", now)] } }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.marketing-us-paused"],
  },
  {
    id: "V21",
    what: "shipping update to New York",
    at: "2026-11-10T14:00:00-05:00",
    given: (now) => ({ request: utility, recipient: american, facts: { consents: [optIn("transactional", now)] } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V22",
    what: "the day before the pause for the United States",
    at: "2025-03-31T14:00:00-04:00",
    given: (now) => ({ request: offer, recipient: american, facts: { consents: [optIn("marketing", now)] } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V24",
    what: "per-user limit hit, recipient in the EEA",
    at: "2026-11-10T15:00:00Z",
    given: (now) => ({
      request: offer,
      sender: { numberCountry: "BR" },
      history: { marketingLimitHitAt: plus(now, -6 * hourMs) },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V25",
    what: "per-user limit hit, sending number in the EEA",
    at: "2026-11-10T15:00:00-03:00",
    given: (now) => ({
      request: offer,
      recipient: brazilian,
      history: { marketingLimitHitAt: plus(now, -6 * hourMs) },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V25+",
    what: "per-user limit hit, neither side exempt",
    at: "2026-11-10T15:00:00-03:00",
    given: (now) => ({
      request: offer,
      recipient: brazilian,
      sender: { numberCountry: "BR" },
      history: { marketingLimitHitAt: plus(now, -6 * hourMs) },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "hold",
    until: "2026-11-11T12:00:00.000Z",
    fires: ["whatsapp.cloud.marketing-per-user-limit"],
  },
  {
    id: "V26",
    what: "offers switched off inside WhatsApp",
    given: (now) => ({
      request: offer,
      history: { marketingPreference: { value: "stop", at: plus(now, -dayMs) } },
      facts: {
        consents: [optIn("marketing", now)],
        suppressions: [stop(plus(now, -dayMs), { purpose: "marketing", source: "platform-preference" })],
      },
    }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.user-stopped-marketing"],
  },
  {
    id: "V27",
    what: "the same switch leaves a delivery update alone",
    given: (now) => ({
      request: utility,
      history: { marketingPreference: { value: "stop", at: plus(now, -dayMs) } },
      facts: {
        consents: [optIn("transactional", now)],
        suppressions: [stop(plus(now, -dayMs), { purpose: "marketing", source: "platform-preference" })],
      },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V28",
    what: "a bare STOP covers delivery updates",
    given: (now) => ({
      request: utility,
      facts: {
        lastInboundAt: plus(now, -20 * hourMs),
        consents: [optIn("transactional", now)],
        suppressions: [stop(plus(now, -20 * hourMs))],
      },
    }),
    outcome: "refuse",
    fires: ["whatsapp.policy.opt-out-honoured"],
  },
  {
    id: "V29",
    what: "a question after the STOP may be answered",
    given: (now) => ({
      facts: { lastInboundAt: plus(now, -10 * minuteMs), suppressions: [stop(plus(now, -20 * hourMs))] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V30a",
    what: "an offer as the answer to a STOP",
    at: "2026-11-10T10:10:00Z",
    given: (now) => ({
      request: { kind: "reply", promotional: true },
      facts: {
        lastInboundAt: plus(now, -10 * minuteMs),
        consents: [optIn("marketing", now)],
        suppressions: [stop(plus(now, -10 * minuteMs))],
      },
    }),
    outcome: "refuse",
    fires: ["whatsapp.policy.opt-out-honoured"],
  },
  {
    id: "V31−",
    what: "the one confirmation of a STOP",
    at: "2026-11-10T10:03:00Z",
    given: (now) => ({
      request: { kind: "opt-out-confirmation" },
      facts: { lastInboundAt: plus(now, -3 * minuteMs), suppressions: [stop(plus(now, -3 * minuteMs))] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V31",
    what: "a second confirmation of a STOP",
    at: "2026-11-10T10:03:00Z",
    given: (now) => ({
      request: { kind: "opt-out-confirmation" },
      facts: {
        lastInboundAt: plus(now, -3 * minuteMs),
        suppressions: [stop(plus(now, -3 * minuteMs), { confirmationSentAt: plus(now, -3 * minuteMs) })],
      },
    }),
    outcome: "refuse",
    fires: ["core.opt-out-confirmation-once"],
  },
  {
    id: "V32",
    what: "a narrow opt-out leaves a delivery update alone",
    given: (now) => ({
      request: utility,
      facts: {
        lastInboundAt: plus(now, -7 * dayMs),
        consents: [optIn("transactional", now)],
        suppressions: [stop(plus(now, -7 * dayMs), { purpose: "marketing" })],
      },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V33",
    what: "limit of the portfolio used up",
    at: "2026-11-10T09:00:00Z",
    given: (now) => ({
      request: newsletter,
      account: { portfolioLimit: { limit: 2_000, used: 2_000, oldestCountedAt: at("2026-11-09T14:30:00Z") } },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "hold",
    until: "2026-11-10T14:30:00.000Z",
    fires: ["whatsapp.cloud.portfolio-messaging-limit"],
  },
  {
    id: "V34",
    what: "replies do not count against the limit",
    at: "2026-11-10T09:00:00Z",
    given: (now) => ({
      account: { portfolioLimit: { limit: 2_000, used: 2_000, oldestCountedAt: at("2026-11-09T14:30:00Z") } },
      facts: { lastInboundAt: plus(now, -hourMs) },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V35",
    what: "limit of the number used up, before limits moved to the portfolio",
    at: "2025-09-30T09:00:00Z",
    given: (now) => ({
      request: newsletter,
      account: { numberLimit: { limit: 1_000, used: 1_000, oldestCountedAt: at("2025-09-29T12:00:00Z") } },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "hold",
    until: "2025-09-30T12:00:00.000Z",
    fires: ["whatsapp.cloud.number-messaging-limit"],
  },
  {
    id: "V37",
    what: "on-premises API on the first day of its end",
    at: "2025-10-23T09:00:00Z",
    given: (now) => ({
      request: { ...utility, transport: "on-premises-api" },
      facts: { consents: [optIn("transactional", now)] },
    }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.on-prem-sunset"],
  },
  {
    id: "V38",
    what: "a login code in a utility template",
    given: (now) => ({
      request: { ...utility, kind: "auth" },
      facts: { consents: [optIn("transactional", now)] },
    }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.auth-template-only-otp"],
  },
  {
    id: "V39",
    what: "a login code to somebody known by scoped id only",
    given: (now) => ({
      request: { kind: "auth", payload: "template", template: template("authentication") },
      recipient: { phone: null, bsuid: "NL.8a7b" },
      facts: { consents: [optIn("transactional", now)] },
    }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.auth-needs-phone-number"],
  },
  {
    id: "V40",
    what: "a newsletter to somebody known by scoped id only",
    given: (now) => ({
      request: newsletter,
      recipient: { region: "DE", phone: null, bsuid: "DE.8a7b" },
      facts: { lastInboundAt: plus(now, -3 * dayMs), consents: [optIn("marketing", now)] },
    }),
    outcome: "change",
    fires: ["whatsapp.cloud.bsuid-recipient"],
  },
  {
    id: "V41",
    what: "free service messages used up, no payment method",
    at: "2026-10-20T10:00:00Z",
    given: (now) => ({
      account: { paymentMethod: false, serviceMessagesThisMonth: 1_000 },
      facts: { lastInboundAt: plus(now, -5 * minuteMs) },
    }),
    outcome: "refuse",
    fires: ["whatsapp.cloud.no-payment-method"],
  },
  {
    id: "V42",
    what: "the same while service messages were free",
    at: "2026-09-20T10:00:00Z",
    given: (now) => ({
      account: { paymentMethod: false, serviceMessagesThisMonth: 1_000 },
      facts: { lastInboundAt: plus(now, -5 * minuteMs) },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V44",
    what: "a general assistant offered as the product, in the United States",
    at: "2026-11-10T10:00:00-05:00",
    given: (now) => ({
      request: { kind: "bot-reply", bot: { ...discreetBot, assistantIsTheProduct: true } },
      recipient: american,
      facts: { lastInboundAt: plus(now, -5 * minuteMs) },
    }),
    outcome: "refuse",
    fires: ["whatsapp.terms.ai-provider-primary"],
  },
  {
    id: "V45",
    what: "the same bot in the EEA",
    given: (now) => ({
      request: { kind: "bot-reply", bot: { ...discreetBot, assistantIsTheProduct: true } },
      facts: { lastInboundAt: plus(now, -5 * minuteMs) },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V46",
    what: "a newsletter to a Briton who once asked for help",
    given: (now) => ({
      request: newsletter,
      recipient: british,
      facts: { lastInboundAt: plus(now, -30 * hourMs) },
    }),
    outcome: "refuse",
    fires: ["whatsapp.policy.opt-in-required", "uk.pecr22.consent"],
  },
  {
    id: "V48",
    what: "asking for the full card number",
    given: (now) => ({
      request: { content: { stopPath: true, senderNamed: true, sensitiveIdentifiers: true } },
      facts: { lastInboundAt: plus(now, -5 * minuteMs) },
    }),
    outcome: "refuse",
    fires: ["whatsapp.policy.sensitive-identifiers"],
  },
  {
    id: "V49",
    what: "block on business-initiated messages",
    given: (now) => ({
      request: newsletter,
      account: { restrictions: [{ scope: "business-initiated", until: at("2026-11-15T10:00:00Z") }] },
      facts: { consents: [optIn("marketing", now)] },
    }),
    outcome: "hold",
    until: "2026-11-15T10:00:00.000Z",
    fires: ["whatsapp.cloud.account-restricted"],
  },
  {
    id: "V51",
    what: "a newsletter over the API in 2020",
    at: "2020-11-01T10:00:00Z",
    given: (now) => ({ request: newsletter, recipient: german, facts: { consents: [optIn("marketing", now)] } }),
    outcome: "refuse",
    fires: ["whatsapp.policy.transactional-only"],
  },
  {
    id: "V52",
    what: "the first day on which newsletters were open to all",
    at: "2021-09-15T10:00:00Z",
    given: (now) => ({ request: newsletter, recipient: german, facts: { consents: [optIn("marketing", now)] } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V53",
    what: "in 2023, an opt-in whose wording does not name WhatsApp",
    at: "2023-05-01T10:00:00Z",
    given: (now) => ({
      request: newsletter,
      facts: { consents: [optIn("marketing", now, { namesChannel: false })] },
    }),
    outcome: "refuse",
    fires: ["whatsapp.policy.opt-in-form-names-whatsapp"],
  },
  {
    id: "V54",
    what: "the same wording in 2026",
    at: "2026-05-01T10:00:00Z",
    given: (now) => ({
      request: newsletter,
      facts: { consents: [optIn("marketing", now, { namesChannel: false })] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V56",
    what: "consent that is only a flag",
    given: () => ({
      request: newsletter,
      facts: {
        consents: [
          {
            status: "granted",
            kind: "express",
            purposes: ["marketing"],
            channel: "whatsapp",
            namesBusiness: true,
            flaws: [],
          },
        ],
      },
    }),
    outcome: "refuse",
    fires: ["eu.gdpr.consent-proof"],
  },
  {
    id: "V57",
    what: "an imported list without evidence",
    given: () => ({ request: newsletter, recipient: { importedFrom: { evidenceAttached: false } } }),
    outcome: "refuse",
    fires: ["whatsapp.policy.opt-in-required", "nl.tw117.consent-electronic-messages", "core.imported-list-quarantine"],
  },
  {
    id: "V58",
    what: "a delivery update by Direct Send",
    given: (now) => ({
      request: { kind: "transactional", payload: "direct-send", directSendCategory: "utility" },
      account: { directSend: "enabled" },
      facts: { consents: [optIn("transactional", now)] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V60",
    what: "a sales call to a customer after the exception ended",
    at: "2026-07-02T11:00:00Z",
    given: salesCall,
    outcome: "refuse",
    fires: ["nl.tw117.phone-consent"],
  },
  {
    id: "V61",
    what: "a sales call to a customer on the last day of the exception",
    at: "2026-06-30T11:00:00Z",
    given: salesCall,
    outcome: "allow",
    fires: [],
  },
  {
    id: "V88",
    what: "an e-mail sign-up in Germany that was never confirmed",
    given: (now) => ({
      request: { ...newsletter, channel: "email", transport: "smtp", payload: "free-form" },
      recipient: german,
      facts: { consents: [withoutConfirmation(optIn("marketing", now, { channel: "email" }))] },
    }),
    outcome: "hold",
    until: "event:doi-confirmed",
    fires: ["de.doi.practice"],
  },
  {
    id: "V89",
    what: "a German customer and a newsletter on what they bought",
    given: (now) => ({
      request: { kind: "newsletter", channel: "email", transport: "smtp" },
      recipient: german,
      facts: { consents: [softOptIn(now)] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V91",
    what: "a free account in Romania that feeds a paid plan",
    given: (now) => ({
      request: { kind: "newsletter", channel: "email", transport: "smtp" },
      recipient: { region: "RO", phone: null },
      facts: { consents: [softOptIn(now)] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V97",
    what: "a British donor whose address was taken before the charity exception",
    at: "2026-03-10T10:00:00Z",
    given: (now) => ({
      request: { kind: "marketing", channel: "email", transport: "smtp" },
      recipient: british,
      sender: { establishment: "GB", kind: "charity" },
      facts: { consents: [supporter(now, "2025-12-20T00:00:00Z")] },
    }),
    outcome: "refuse",
    fires: ["uk.pecr22.consent"],
  },
  {
    id: "V97+",
    what: "a British donor whose address was taken after it",
    at: "2026-03-10T10:00:00Z",
    given: (now) => ({
      request: { kind: "marketing", channel: "email", transport: "smtp" },
      recipient: british,
      sender: { establishment: "GB", kind: "charity" },
      facts: { consents: [supporter(now, "2026-02-05T00:00:00Z")] },
    }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "V105",
    what: "an AI that does not say so, in the EU",
    at: "2026-08-02T10:00:00Z",
    given: (now) => ({
      request: { channel: "webchat", transport: "own", kind: "bot-reply", bot: { firstTurn: true } },
      facts: { lastInboundAt: plus(now, -minuteMs) },
    }),
    outcome: "change",
    fires: ["eu.aiact.art50-disclosure"],
  },
  {
    id: "V106",
    what: "the same on the day before",
    at: "2026-08-01T10:00:00Z",
    given: (now) => ({
      request: { channel: "webchat", transport: "own", kind: "bot-reply", bot: { firstTurn: true } },
      facts: { lastInboundAt: plus(now, -minuteMs) },
    }),
    outcome: "allow",
    fires: [],
  },
];

const discreetBot = { firstTurn: true, saysAutomated: true, ai: true, saysAi: true, escalationOffered: true };

function withoutConfirmation<Record extends { confirmedAt?: Instant }>(record: Record): Omit<Record, "confirmedAt"> {
  const { confirmedAt: _confirmed, ...rest } = record;
  return rest;
}

function salesCall(now: Instant): Differences {
  return {
    request: { kind: "sales-call", payload: "call" },
    recipient: { lastPurchaseAt: at("2025-06-01T00:00:00Z") },
    history: { callPermission: { kind: "permanent", grantedAt: plus(now, -30 * dayMs), revokedAt: null } },
    facts: { lastInboundAt: plus(now, -2 * dayMs), consents: [optIn("marketing", now)] },
  };
}

function supporter(now: Instant, obtainedAt: string) {
  const record = softOptIn(now, { obtainedInSale: false, ownSimilarProducts: false, charitableSupport: true });
  return { ...record, obtainedAt: at(obtainedAt) };
}

describe("worked examples", () => {
  it.each([...examples, ...examplesOfSections])("$id: $what", (example) => {
    const send = ordinarySend({ at: example.at ?? "2026-11-10T10:00:00Z" });
    const { request, facts, at: moment } = ordinarySend({ ...example.given(send.at), at: send.at });
    const verdict = decide(request, facts, moment);
    expect({
      outcome: verdict.outcome,
      fires: verdict.findings.map((finding) => finding.rule.id).sort(),
      until: typeof verdict.until === "number" ? toIso(verdict.until) : (verdict.until ?? undefined),
    }).toEqual({ outcome: example.outcome, fires: [...example.fires].sort(), until: example.until });
    const ids = (findings: Verdict["notes"]) => findings.map((finding) => finding.rule.id).sort();
    if (example.notes) expect(ids(verdict.notes)).toEqual([...example.notes].sort());
    if (example.reliesOn) expect(ids(verdict.reliedOn)).toEqual([...example.reliesOn].sort());
    if (example.changes) expect(verdict.changes.map(({ kind }) => kind).sort()).toEqual([...example.changes].sort());
  });

  it("names what to do with a swapped, re-addressed or disclosed message", () => {
    const changesOf = (id: string) => {
      const example = examples.find((one) => one.id === id);
      if (example === undefined) throw new Error(`No example ${id}`);
      const { at: now } = ordinarySend({ at: example.at ?? "2026-11-10T10:00:00Z" });
      const { request, facts } = ordinarySend({ ...example.given(now), at: now });
      return decide(request, facts, now).changes;
    };
    expect(changesOf("V04")).toEqual([{ kind: "use-fallback-template", auto: false, template: "ordinary_utility" }]);
    expect(changesOf("V40")).toEqual([{ kind: "address-by-bsuid", auto: true, bsuid: "DE.8a7b" }]);
    expect(changesOf("V105")).toEqual([{ kind: "add-ai-disclosure", auto: true }]);
  });

  it("tells which exception a message relies on", () => {
    const {
      request,
      facts,
      at: now,
    } = ordinarySend({
      request: { kind: "newsletter", channel: "email", transport: "smtp" },
      recipient: german,
      facts: { consents: [softOptIn()] },
    });
    expect(decide(request, facts, now).reliedOn.map((finding) => finding.rule.id)).toEqual([
      "de.uwg7.existing-customer",
    ]);
  });
});

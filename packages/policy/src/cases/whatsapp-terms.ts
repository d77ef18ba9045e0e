import { dayMs, type Instant, plus } from "@loket/kit";
import type { DataFlow, Practice } from "../facts/operator.ts";
import type { SendRequest } from "../request.ts";
import { at, type Differences } from "../testing.ts";
import type { Example, Section } from "./index.ts";

const setup: Partial<SendRequest> = { kind: "setup", payload: "none" };
const check = (more: Differences = {}): Differences => ({ request: setup, ...more });
const flowing = (flow: DataFlow): Differences => check({ operator: { dataFlows: [flow] } });
const doing = (...practices: readonly Practice[]): Differences => check({ operator: { practices } });
const asked = at("2026-10-20T09:00:00Z");

const examples: readonly Example[] = [
  { id: "wa-terms-1", what: "a set-up in order", given: () => check(), outcome: "allow", fires: [] },
  {
    id: "wa-terms-accept-1",
    what: "terms accepted by somebody else for the business",
    given: () => check({ contract: { termsAccepted: false } }),
    outcome: "refuse",
    fires: ["whatsapp.terms.accept-before-use"],
  },
  {
    id: "wa-terms-accept-2",
    what: "nobody knows who accepted them",
    given: () => check({ contract: { termsAccepted: undefined } as never }),
    outcome: "refuse",
    fires: ["whatsapp.terms.accept-before-use"],
  },
  {
    id: "wa-terms-accept-3",
    what: "a message says nothing about contracts",
    given: (now) => ({ contract: { termsAccepted: false }, facts: { lastInboundAt: plus(now, -dayMs + 1) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-terms-account-1",
    what: "two shops of different owners on one number",
    given: () => check({ contract: { accountShared: true } }),
    outcome: "refuse",
    fires: ["whatsapp.terms.own-account"],
  },
  {
    id: "wa-terms-account-2",
    what: "nobody looked whether the account is shared",
    given: () => check({ contract: { accountShared: undefined } as never }),
    outcome: "hold",
    fires: ["core.facts-missing"],
    until: "event:facts-known",
  },
  {
    id: "wa-terms-resale-1",
    what: "two cents for each WhatsApp message, without an agreement",
    given: () => check({ operator: { chargesForWhatsApp: true } }),
    outcome: "refuse",
    fires: ["whatsapp.terms.no-resale"],
  },
  {
    id: "wa-terms-resale-2",
    what: "the same with an agreement to resell",
    given: () => check({ operator: { chargesForWhatsApp: true, resaleAgreement: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-terms-training-1",
    what: "a model provider that may learn from messages, and is designated",
    given: () => flowing({ to: "a model provider", designated: true, mayTrain: true }),
    outcome: "refuse",
    fires: ["whatsapp.terms.no-training-on-platform-data"],
  },
  {
    id: "wa-terms-training-2",
    what: "a model kept for this business alone",
    given: () => flowing({ designated: true, mayTrain: false }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-terms-training-3",
    what: "nobody knows whether the provider trains",
    given: () => flowing({ designated: true }),
    outcome: "hold",
    fires: ["core.facts-missing"],
    until: "event:facts-known",
  },
  {
    id: "wa-terms-disclosure-1",
    what: "an analytics firm that is no designated processor",
    given: () => flowing({ to: "an analytics firm", mayTrain: false }),
    outcome: "refuse",
    fires: ["whatsapp.terms.no-third-party-disclosure"],
  },
  {
    id: "wa-terms-disclosure-2",
    what: "the same in the last millisecond before the terms of September 2026",
    at: "2026-09-22T23:59:59.999Z",
    given: () => flowing({ to: "an analytics firm", mayTrain: false }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-terms-profiling-1",
    what: "profiles of what people like",
    given: () => doing("profiling"),
    outcome: "refuse",
    fires: ["whatsapp.terms.no-profiling"],
  },
  {
    id: "wa-terms-profiling-2",
    what: "totals only",
    given: () => doing(),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wa-terms-report-1",
    what: "a report that was asked for and not sent",
    given: () => check({ contract: { usageReport: { askedAt: asked, sentAt: null } } }),
    outcome: "allow",
    fires: [],
    notes: ["whatsapp.terms.usage-report-30d"],
  },
  {
    id: "wa-terms-report-2",
    what: "a report that was sent",
    given: () => check({ contract: { usageReport: { askedAt: asked, sentAt: plus(asked, 20 * dayMs) } } }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "wa-terms-list-1",
    what: "a tech provider without a list of customers",
    given: () => check({ operator: { techProvider: true } }),
    outcome: "allow",
    fires: [],
    notes: ["whatsapp.terms.customer-list"],
  },
  {
    id: "wa-terms-list-2",
    what: "a tech provider who keeps one",
    given: () => check({ operator: { techProvider: true, customerListKept: true } }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "wa-terms-brand-1",
    what: "a domain with WhatsApp's name in it",
    given: () => check({ operator: { usesWhatsAppBrand: true } }),
    outcome: "refuse",
    fires: ["whatsapp.terms.brand-use"],
  },
  {
    id: "wa-terms-brand-2",
    what: "nobody looked at the names",
    given: () => check({ operator: { usesWhatsAppBrand: undefined } as never }),
    outcome: "hold",
    fires: ["core.facts-missing"],
    until: "event:facts-known",
  },
];

const always = (differences: Differences) => (_moment: Instant) => differences;

export const whatsappTerms: Section = {
  examples,
  turns: [
    ["whatsapp.terms.accept-before-use", "begins", "2018-08-01", always(check({ contract: { termsAccepted: false } }))],
    ["whatsapp.terms.own-account", "begins", "2018-08-01", always(check({ contract: { accountShared: true } }))],
    ["whatsapp.terms.no-resale", "begins", "2024-01-01", always(check({ operator: { chargesForWhatsApp: true } }))],
    ["whatsapp.terms.no-training-on-platform-data", "begins", "2025-10-15", always(flowing({ mayTrain: true }))],
    [
      "whatsapp.terms.no-third-party-disclosure",
      "begins",
      "2026-09-23",
      always(flowing({ designated: false, mayTrain: false })),
    ],
    ["whatsapp.terms.no-profiling", "begins", "2026-09-23", always(doing("profiling"))],
    ["whatsapp.terms.brand-use", "begins", "2016-01-01", always(check({ operator: { usesWhatsAppBrand: true } }))],
  ],
};

import { dayMs, hourMs, type Instant, instant, parseInstant, plus } from "@loket/kit";
import type { Account, Consent, Facts, History, Purpose, Recipient, Sender, SoftOptIn } from "./facts.ts";
import type { SendRequest, Template } from "./request.ts";

/**
 * Ordinary life, for tests: everything is in order unless a test says otherwise. The engine itself assumes none of this.
 */
export interface Ordinary {
  readonly request: SendRequest;
  readonly facts: Facts;
  readonly at: Instant;
}

export interface Differences {
  readonly at?: string | Instant;
  readonly request?: Partial<SendRequest>;
  readonly recipient?: Partial<Recipient>;
  readonly sender?: Partial<Sender>;
  readonly account?: Partial<Account>;
  readonly history?: Partial<History>;
  /** Everything of `facts` that is no group of its own. */
  readonly facts?: Pick<Facts, "lastInboundAt" | "consents" | "suppressions">;
}

export const ordinaryAt = at("2026-11-10T10:00:00Z");

/** A reply to a Dutch adult over the Cloud API, with whatever a test changes. */
export function ordinarySend(differences: Differences = {}): Ordinary {
  const moment = typeof differences.at === "string" ? at(differences.at) : (differences.at ?? ordinaryAt);
  return {
    at: moment,
    request: {
      channel: "whatsapp",
      transport: "cloud-api",
      payload: "free-form",
      kind: "reply",
      content: { stopPath: true, senderNamed: true, specific: true },
      bot: { firstTurn: true, saysAutomated: true, ai: true, saysAi: true, escalationOffered: true },
      ...differences.request,
    },
    facts: {
      recipient: { ...ordinaryRecipient, ...differences.recipient },
      sender: { ...ordinarySender, ...differences.sender },
      account: { ...ordinaryAccount, ...differences.account },
      history: { ...ordinaryHistory, ...differences.history },
      lastInboundAt: null,
      consents: [],
      suppressions: [],
      ...differences.facts,
    },
  };
}

const ordinaryRecipient: Recipient = {
  region: "NL",
  subdivision: null,
  kind: "natural",
  phone: "+31612345678",
  bsuid: null,
  birthDate: "1980-04-01",
  languages: ["nl", "en"],
  importedFrom: null,
  numberChangedAt: null,
  lastPurchaseAt: null,
};

const ordinarySender: Sender = {
  establishment: "NL",
  subdivision: null,
  numberCountry: "NL",
  kind: "business",
  profileHasContact: true,
  inBusinessApp: false,
};

const ordinaryAccount: Account = {
  disabled: false,
  restrictions: [],
  quality: "GREEN",
  paymentMethod: true,
  serviceMessagesThisMonth: 0,
  portfolioLimit: { limit: "unlimited", used: 0 },
  numberLimit: { limit: "unlimited", used: 0 },
  directSend: "disabled",
  joinedPlatformAt: at("2022-05-01T00:00:00Z"),
  spamRate7d: 0.0005,
};

const ordinaryHistory: History = {
  marketingSentAt: [],
  sameContentSentAt: null,
  lastSentAt: null,
  pairBackoffUntil: null,
  sentInLastSecond: 0,
  throughputPerSecond: 80,
  marketingLimitHitAt: null,
  marketingStoppedErrorAt: null,
  marketingPreference: null,
};

/** Express, proven, confirmed consent that names the business, 90 days old at `moment`. */
export function optIn(purpose: Purpose, moment: Instant = ordinaryAt, differences: Partial<Consent> = {}): Consent {
  const obtainedAt = plus(moment, -90 * dayMs);
  return {
    status: "granted",
    kind: "express",
    purposes: [purpose],
    channel: "whatsapp",
    method: "web-form",
    obtainedAt,
    confirmedAt: plus(obtainedAt, hourMs),
    wordingVersion: "2026-1",
    evidenceRef: "evidence:1",
    namesBusiness: true,
    namesChannel: true,
    thirdPartyForm: true,
    flaws: [],
    ...differences,
  };
}

/** An existing customer for whom every condition of the exception holds. */
export function softOptIn(moment: Instant = ordinaryAt, soft: Partial<SoftOptIn> = {}): Consent {
  return {
    status: "granted",
    kind: "soft",
    purposes: ["marketing"],
    channel: "all",
    method: "other",
    obtainedAt: plus(moment, -90 * dayMs),
    soft: {
      obtainedInSale: true,
      ownSimilarProducts: true,
      objectionOfferedAtCollection: true,
      objectionOfferedEachTime: true,
      ...soft,
    },
  };
}

export function template(category: Template["category"], differences: Partial<Template> = {}): Template {
  return {
    name: `ordinary_${category}`,
    category,
    status: "APPROVED",
    language: "nl",
    approvedLanguages: ["nl"],
    quality: "GREEN",
    parametersComplete: true,
    ...(category === "authentication" ? { otpButton: true, plainBody: true, longestParameter: 6 } : {}),
    ...differences,
  };
}

/** An instant from RFC 3339 text; throws where the text is not one, since a test that misspells a time is a mistake. */
export function at(text: string): Instant {
  const moment = parseInstant(text);
  if (moment === null) throw new RangeError(`Not RFC 3339 with an offset: ${text}`);
  return instant(moment);
}

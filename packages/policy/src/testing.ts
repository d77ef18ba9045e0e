import { dayMs, hourMs, type Instant, instant, parseInstant, plus } from "@loket/kit";
import type { BusinessApp } from "./facts/app.ts";
import type { AppleFacts } from "./facts/apple.ts";
import type { Contract } from "./facts/contract.ts";
import type { EmailFacts, EmailMessage } from "./facts/email.ts";
import type { Law } from "./facts/law.ts";
import type { MessengerFacts } from "./facts/messenger.ts";
import type { Operator } from "./facts/operator.ts";
import type { RcsFacts } from "./facts/rcs.ts";
import type { SmsFacts, SmsMessage } from "./facts/sms.ts";
import type { TelegramFacts } from "./facts/telegram.ts";
import type { Trade } from "./facts/trade.ts";
import type { ViberFacts } from "./facts/viber.ts";
import type { WebchatFacts } from "./facts/webchat.ts";
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
  readonly trade?: Partial<Trade>;
  readonly contract?: Partial<Contract>;
  readonly law?: Partial<Law>;
  readonly operator?: Partial<Operator>;
  readonly app?: Partial<BusinessApp>;
  readonly apple?: Partial<AppleFacts>;
  readonly email?: Partial<EmailFacts>;
  readonly messenger?: Partial<MessengerFacts>;
  readonly rcs?: Partial<RcsFacts>;
  readonly sms?: Partial<SmsFacts>;
  readonly telegram?: Partial<TelegramFacts>;
  readonly viber?: Partial<ViberFacts>;
  readonly webchat?: Partial<WebchatFacts>;
  /** Everything of `facts` that is no group of its own. */
  readonly facts?: Pick<Facts, "lastInboundAt" | "consents" | "suppressions" | "importedList" | "publicChannel">;
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
      content: { stopPath: true, senderNamed: true, specific: true, postalAddress: true },
      bot: { firstTurn: true, saysAutomated: true, ai: true, saysAi: true, escalationOffered: true },
      email: ordinaryEmail,
      sms: ordinaryText,
      ...differences.request,
    },
    facts: {
      recipient: { ...ordinaryRecipient, ...differences.recipient },
      sender: { ...ordinarySender, ...differences.sender },
      account: { ...ordinaryAccount, ...differences.account },
      history: { ...ordinaryHistory, ...differences.history },
      trade: { ...ordinaryTrade, ...differences.trade },
      contract: { ...ordinaryContract, ...differences.contract },
      law: { ...ordinaryLaw, ...differences.law },
      operator: { ...ordinaryOperator, ...differences.operator },
      app: { ...ordinaryApp, ...differences.app },
      apple: { ...ordinaryApple, ...differences.apple },
      email: { ...ordinaryMailing, ...differences.email },
      messenger: { ...ordinaryMessenger, ...differences.messenger },
      rcs: { ...ordinaryRcs, ...differences.rcs },
      sms: { ...ordinarySms, ...differences.sms },
      telegram: { ...ordinaryTelegram, ...differences.telegram },
      viber: { ...ordinaryViber, ...differences.viber },
      webchat: { ...ordinaryWebchat, ...differences.webchat },
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
  clarifyingSince: null,
  timeZones: ["Europe/Amsterdam"],
  lastPurchaseAt: null,
  lastInquiryAt: null,
  lastActivityAt: null,
  onRefusalList: false,
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
  stoppedHere: null,
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

const ordinaryTrade: Trade = { goods: [] };
const ordinaryContract: Contract = { termsAccepted: true, accountShared: false, usageReport: null };
const ordinaryLaw: Law = {
  informsAtCollection: true,
  processorContract: true,
  signUp: { joinSteps: 2, leaveSteps: 1, leaveOnSameChannel: true },
  recordedBases: ["marketing", "transactional", "service", "survey"],
  interestsWeighed: true,
  erasureKeepsOptOut: true,
  callProofKeptYears: null,
  optOutsKeptYears: null,
  optOutWays: ["keyword", "free-text", "link", "email"],
};
const ordinaryOperator: Operator = {
  techProvider: false,
  chargesForWhatsApp: false,
  resaleAgreement: false,
  usesWhatsAppBrand: false,
  dataFlows: [],
  practices: [],
};
const ordinaryApp: BusinessApp = { onPlatform: false, savedByRecipient: true };

/** As a sender of e-mail makes it. */
export const ordinaryEmail: EmailMessage = {
  fromDomain: "shop.example",
  listUnsubscribe: true,
  listUnsubscribePost: true,
  unsubscribeSigned: true,
  unsubscribeLink: true,
  tracksPerson: false,
};

const ordinaryMailing: EmailFacts = {
  spfPasses: true,
  dkimPasses: true,
  dmarcRecord: true,
  fromAlignedWith: ["spf", "dkim"],
  tls: true,
  reverseDnsMatches: true,
  bulkSenderTo: [],
  mailboxProvider: "other",
};

/** A bot the person once started, or one that the owner of a business account let answer. */
const ordinaryTelegram: TelegramFacts = {
  startedAt: at("2015-01-01T00:00:00Z"),
  retryAfterUntil: null,
  groupSentAt: [],
  paidBroadcasts: null,
  canPostMessages: true,
  canReply: true,
  privacyMode: false,
  commands: ["start", "stop", "privacy", "paysupport"],
  ownPrivacyPolicy: true,
  optOutWordsHonoured: true,
  encryptedAtRest: true,
  keyKeptApart: true,
  practices: [],
};

const ordinaryMessenger: MessengerFacts = {
  lastActionAt: null,
  windowEndsAt: null,
  comment: null,
  humanAgentGranted: true,
  utilityMessagesGranted: true,
  marketingToken: null,
  oneTimeToken: null,
  optInAskedAt: null,
  sameTitleAskedAt: null,
};

const ordinaryWebchat: WebchatFacts = {
  noticeShown: true,
  deviceStorage: ["session"],
  lastActivityAt: null,
  addressForTranscript: false,
  contactShown: true,
  transcript: null,
  keepTranscriptsMonths: null,
};

const ordinaryRcs: RcsFacts = { agentUse: "multi-use", unsubscribedAt: null, reachable: true };
/** A registered American number that answers in English and French, and an Indian header with its template. */
const ordinarySms: SmsFacts = {
  numberType: "long-code",
  campaignPurposes: ["marketing", "transactional", "service", "survey"],
  wiredWords: ["stop", "arret", "help", "info", "aide"],
  ageGatedGoods: [],
  route: "domestic",
  registered: ["sender", "header", "template"],
};
export const ordinaryText: SmsMessage = {
  stopRoutes: ["answer"],
  linkHosts: [],
  opensProgramme: false,
  matchesRegisteredTemplate: true,
};
const ordinaryViber: ViberFacts = { sessionMessagesSent: 0, unansweredInRow: 0 };
const ordinaryApple: AppleFacts = {
  conversation: null,
  subscribedAt: null,
  noticeShownAt: null,
  liveAgent: true,
  wiredWords: ["agent", "menu", "unsubscribe"],
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
    confirmedBy: differences.channel === undefined || differences.channel === "all" ? "sms" : differences.channel,
    wordingVersion: "2026-1",
    evidenceRef: "evidence:1",
    namesBusiness: true,
    namesChannel: true,
    thirdPartyForm: true,
    flaws: [],
    written: { signed: true, namesNumber: true, saysAutomated: true },
    guardianAgreed: true,
    itemisedNotice: true,
    inRegistry: true,
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
      purchase: true,
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

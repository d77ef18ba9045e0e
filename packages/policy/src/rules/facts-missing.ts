import type { Instant } from "@loket/kit";
import { type Case, coversChannel } from "../case.ts";
import type { Consent } from "../facts.ts";
import { isMessageKind } from "../request.ts";
import type { Effect } from "../rule.ts";
import { restsOnConsent } from "./unsolicited.ts";

/**
 * The facts that could stop a send, and when each matters. While one of them is unknown nobody can say that the send is
 * all right, so it waits. What could only *permit* a send is not listed: its rules count unknown as "no".
 */
const stoppers: readonly { readonly path: string; readonly isMissing: (send: Case) => boolean }[] = [
  { path: "recipient.region", isMissing: (send) => onWhatsApp(send) && send.region === null },
  {
    path: "recipient.subdivision",
    isMissing: (send) => onWhatsApp(send) && send.region === "UA" && send.facts.recipient?.subdivision === undefined,
  },
  {
    path: "recipient.phone",
    isMissing: (send) => onWhatsApp(send) && send.category === "marketing" && send.facts.recipient?.phone === undefined,
  },
  {
    path: "recipient.birthDate",
    isMissing: (send) => send.isMarketing && send.facts.recipient?.birthDate === undefined,
  },
  {
    path: "recipient.importedFrom",
    isMissing: (send) => send.isProactive && send.facts.recipient?.importedFrom === undefined,
  },
  {
    path: "recipient.numberChangedAt",
    isMissing: (send) =>
      onWhatsApp(send) && send.template !== undefined && send.facts.recipient?.numberChangedAt === undefined,
  },
  {
    path: "sender.establishment",
    isMissing: (send) => onWhatsApp(send) && send.facts.sender?.establishment === undefined,
  },
  {
    path: "sender.subdivision",
    isMissing: (send) =>
      onWhatsApp(send) && send.facts.sender?.establishment === "UA" && send.facts.sender.subdivision === undefined,
  },
  { path: "sender.kind", isMissing: (send) => underPolicy(send) && send.facts.sender?.kind === undefined },
  {
    path: "sender.profileHasContact",
    isMissing: (send) => underPolicy(send) && send.facts.sender?.profileHasContact === undefined,
  },
  // They decide even who began: a STOP as the latest message opens no conversation.
  { path: "suppressions", isMissing: (send) => send.facts.suppressions === undefined },
  {
    path: "suppressions[].confirmationSentAt",
    isMissing: (send) =>
      send.request.kind === "opt-out-confirmation" &&
      (send.facts.suppressions?.some((entry) => entry.confirmationSentAt === undefined) ?? false),
  },
  // Among them may be a withdrawal.
  {
    path: "consents",
    isMissing: (send) => (send.isProactive || send.isMarketing) && send.facts.consents === undefined,
  },
  {
    path: "consents[].obtainedAt",
    isMissing: (send) => (send.isProactive || send.isMarketing) && cannotOrder(send),
  },
  {
    path: "consents[].namesBusiness",
    isMissing: (send) =>
      (underPolicy(send) && send.isProactive && lacksName(send.anyConsent)) ||
      (send.inEea && restsOnConsent(send) && lacksName(send.consent)),
  },
  {
    path: "consents[].flaws",
    isMissing: (send) => send.inEea && restsOnConsent(send) && send.consent?.flaws === undefined,
  },
  { path: "account.disabled", isMissing: (send) => onWhatsApp(send) && send.facts.account?.disabled === undefined },
  {
    path: "account.restrictions",
    isMissing: (send) => onWhatsApp(send) && send.facts.account?.restrictions === undefined,
  },
  {
    path: "account.quality",
    isMissing: (send) =>
      send.request.channel === "whatsapp" && send.isMarketing && send.facts.account?.quality === undefined,
  },
  {
    path: "account.spamRate7d",
    isMissing: (send) =>
      send.request.channel === "email" && send.isMarketing && send.facts.account?.spamRate7d === undefined,
  },
  {
    path: "account.paymentMethod",
    isMissing: (send) =>
      isChargedService(send) &&
      send.facts.account?.paymentMethod === undefined &&
      (send.facts.account?.serviceMessagesThisMonth ?? freeServiceMessages) >= freeServiceMessages,
  },
  {
    path: "account.serviceMessagesThisMonth",
    isMissing: (send) =>
      isChargedService(send) &&
      send.facts.account?.paymentMethod !== true &&
      send.facts.account?.serviceMessagesThisMonth === undefined,
  },
  {
    path: "account.portfolioLimit",
    isMissing: (send) =>
      onWhatsApp(send) &&
      send.at >= portfolioLimitsBegin &&
      opensConversation(send) &&
      send.facts.account?.portfolioLimit === undefined,
  },
  {
    path: "account.numberLimit",
    isMissing: (send) =>
      onWhatsApp(send) &&
      send.at >= numberLimitsBegin &&
      send.at < portfolioLimitsBegin &&
      opensConversation(send) &&
      send.facts.account?.numberLimit === undefined,
  },
  {
    path: "history.marketingSentAt",
    isMissing: (send) => send.isMarketing && send.facts.history?.marketingSentAt === undefined,
  },
  {
    path: "history.sameContentSentAt",
    isMissing: (send) => send.isProactive && send.facts.history?.sameContentSentAt === undefined,
  },
  { path: "history.lastSentAt", isMissing: (send) => onWhatsApp(send) && send.facts.history?.lastSentAt === undefined },
  {
    path: "history.pairBackoffUntil",
    isMissing: (send) => onWhatsApp(send) && send.facts.history?.pairBackoffUntil === undefined,
  },
  {
    path: "history.sentInLastSecond",
    isMissing: (send) => onWhatsApp(send) && send.facts.history?.sentInLastSecond === undefined,
  },
  {
    path: "history.throughputPerSecond",
    isMissing: (send) =>
      onWhatsApp(send) &&
      (send.facts.history?.sentInLastSecond ?? 0) >= lowestThroughput &&
      send.facts.history?.throughputPerSecond === undefined,
  },
  {
    path: "history.marketingLimitHitAt",
    isMissing: (send) =>
      onWhatsApp(send) && isMarketingTemplate(send) && send.facts.history?.marketingLimitHitAt === undefined,
  },
  {
    path: "history.marketingStoppedErrorAt",
    isMissing: (send) =>
      onWhatsApp(send) && isMarketingTemplate(send) && send.facts.history?.marketingStoppedErrorAt === undefined,
  },
  {
    path: "history.marketingPreference",
    isMissing: (send) =>
      onWhatsApp(send) && isMarketingTemplate(send) && send.facts.history?.marketingPreference === undefined,
  },
  {
    path: "history.callPermission.revokedAt",
    isMissing: (send) =>
      onWhatsApp(send) &&
      send.at >= callPermissionsBegin &&
      send.request.payload === "call" &&
      send.facts.history?.callPermission != null &&
      send.facts.history.callPermission.revokedAt === undefined,
  },
];

export function missingFacts(send: Case): false | Effect {
  let missing: string[] | null = null;
  for (const stopper of isMessageKind(send.request.kind) ? stoppers : []) {
    if (!stopper.isMissing(send)) continue;
    missing ??= [];
    missing.push(stopper.path);
  }
  for (const watch of send.ruling.watches) {
    if (!watch.isUnknown(send)) continue;
    missing ??= [];
    if (!missing.includes(watch.path)) missing.push(watch.path);
  }
  if (missing === null) return false;
  return send.options.missingFacts === "note" ? { outcome: "note", missing } : { missing };
}

export const freeServiceMessages = 1_000;
/** The lowest pace a number can have: beside the Business App. */
const lowestThroughput = 20;
const platformBegan = Date.parse("2018-08-01T00:00:00Z") as Instant;
const numberLimitsBegin = Date.parse("2021-01-01T00:00:00Z") as Instant;
const callPermissionsBegin = Date.parse("2025-07-01T00:00:00Z") as Instant;
const portfolioLimitsBegin = Date.parse("2025-10-07T00:00:00Z") as Instant;
const serviceChargesBegin = Date.parse("2026-10-01T00:00:00Z") as Instant;

/** On the Platform, whose own rules ask for the most. */
function onWhatsApp({ request, at }: Case): boolean {
  return (
    request.channel === "whatsapp" &&
    at >= platformBegan &&
    (request.transport === "cloud-api" || request.transport === "on-premises-api")
  );
}

/** Under the messaging policy, which binds the Business App too. */
function underPolicy(send: Case): boolean {
  return onWhatsApp(send) || (send.request.channel === "whatsapp" && send.request.transport === "business-app");
}

function isMarketingTemplate(send: Case): boolean {
  return send.template?.category === "marketing";
}

function opensConversation(send: Case): boolean {
  return (send.initiated === "business" && !send.windowOpen) || send.request.payload === "call";
}

function isChargedService(send: Case): boolean {
  return onWhatsApp(send) && send.request.payload === "free-form" && send.windowOpen && send.at >= serviceChargesBegin;
}

function lacksName(consent: Consent | null): boolean {
  return consent !== null && consent.namesBusiness === undefined;
}

/** The latest of several records decides, which nobody can tell while one of them has no date. */
function cannotOrder({ facts, request }: Case): boolean {
  if (facts.consents === undefined || facts.consents.length < 2) return false;
  const here = facts.consents.filter((record) => coversChannel(record.channel, request.channel));
  return here.length > 1 && here.some((record) => record.status === "granted" && record.obtainedAt === undefined);
}

import { type Instant, instant } from "@loket/kit";
import type { Case } from "../case.ts";
import type { Consent, SoftOptIn } from "../facts.ts";
import type { Effect } from "../rule.ts";

/**
 * What rules on unsolicited messages share, above all the European ones. "Electronic mail" in them is any message stored until it is
 * fetched: e-mail, SMS and messengers alike.
 */

/** Advertising nobody asked for. Asking for consent by such a message is advertising too. */
export function isUnsolicited(send: Case): boolean {
  const { channel, kind, payload, solicited, webchat } = send.request;
  // What stands on one's own page was not sent to anybody.
  const isOnPage = channel === "webchat" && webchat?.invite !== undefined;
  if (payload === "call" || kind === "channel-post" || isOnPage) return false;
  return (send.isMarketing && solicited !== true) || (kind === "opt-in-request" && send.isProactive);
}

/** A call that sells, whatever its author calls it: neither an answer nor a message, so it has rules of its own. */
export function isSalesCall({ request: { kind, payload, solicited }, isMarketing }: Case): boolean {
  return kind === "sales-call" || (payload === "call" && isMarketing && solicited !== true);
}

/** The existing-customer exception where the person lives: all conditions, each known to hold, and no objection since. */
function isExistingCustomer(send: Case): boolean {
  const soft = send.softConsent?.soft;
  return (
    soft !== undefined &&
    soft.obtainedInSale === true &&
    soft.ownSimilarProducts === true &&
    soft.objectionOfferedAtCollection === true &&
    soft.objectionOfferedEachTime === true &&
    meetsNationalConditions(send, soft)
  );
}

/** The first days of the laws that narrow the exception; until then that of the directive stands as it is. */
const austrianActFrom = instant(Date.parse("2021-11-01T00:00:00Z"));
const italianCodeFrom = instant(Date.parse("2004-01-01T00:00:00Z"));
const polishActFrom = instant(Date.parse("2024-11-10T00:00:00Z"));

/** Some countries grant the exception to fewer senders than the European directive would let them. */
function meetsNationalConditions({ lawRegion, request, facts, at }: Case, soft: SoftOptIn): boolean {
  switch (lawRegion) {
    case "AT":
      return at < austrianActFrom || facts.recipient?.onRefusalList === false;
    case "FR":
      return soft.purchase === true; // a bare account is not enough
    case "IT":
      return at < italianCodeFrom || request.channel === "email";
    case "PL":
      return at < polishActFrom;
    default:
      return true;
  }
}

/** A charity and people who showed interest in its aims, from the day on which the exception began. */
export function isCharitySupporter(send: Case, beganAt: Instant): boolean {
  const record = send.softConsent;
  return (
    send.facts.sender?.kind === "charity" &&
    record?.obtainedAt !== undefined &&
    record.obtainedAt >= beganAt &&
    record.soft?.charitableSupport === true &&
    record.soft.objectionOfferedAtCollection === true &&
    record.soft.objectionOfferedEachTime === true
  );
}

/** Neither consent nor the exception carries the message. */
export function lacksBasis(send: Case): boolean {
  return isUnsolicited(send) && send.consent === null && !isExistingCustomer(send);
}

export function restsOnCustomerException(send: Case): boolean {
  return isUnsolicited(send) && send.consent === null && isExistingCustomer(send);
}

/** Marketing must show who writes and where to say stop. */
export function lacksIdentityOrStop({ isMarketing, request: { content } }: Case): false | Effect {
  if (!isMarketing) return false;
  if (content?.stopPath !== true) return { change: { kind: "add-stop-path", auto: true } };
  return content.senderNamed !== true && { change: { kind: "add-sender-name", auto: true } };
}

/** Marketing that nobody asked for, carried by an express consent rather than by the existing-customer exception. */
export function restsOnConsent(send: Case): boolean {
  return send.isMarketing && send.request.solicited !== true && send.consent !== null;
}

export function lacksProof(consent: Consent | null): boolean {
  return (
    consent !== null &&
    (consent.obtainedAt === undefined ||
      consent.method === undefined ||
      consent.wordingVersion === undefined ||
      consent.evidenceRef === undefined)
  );
}

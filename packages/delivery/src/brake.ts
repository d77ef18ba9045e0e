import type { Failure } from "@loket/channels";
import type { Instant } from "@loket/kit";
import type { Verdict } from "@loket/policy";
import { mayLeave } from "./judge.ts";

/**
 * What speaks against everybody of a campaign and not against one person. Going on would only gather the same answer a
 * hundred thousand times: it waits until an instant, or stands still until somebody has looked.
 */
export type Brake =
  | { readonly kind: "wait"; readonly until: Instant; readonly reason: string }
  | { readonly kind: "pause"; readonly brake: PauseReason; readonly reason: string };
export type PauseReason = "failures" | "template" | "quality" | "restriction" | "payment" | "sender";

/** Rules of the terms book that look at the sender, its account or the template. */
const rulesForEverybody: Readonly<Record<string, PauseReason | "wait">> = {
  "whatsapp.cloud.number-messaging-limit": "wait",
  "whatsapp.cloud.portfolio-messaging-limit": "wait",
  "own.quiet-hours": "wait",
  "whatsapp.cloud.template-not-approved": "template",
  "whatsapp.cloud.template-rejected": "template",
  "whatsapp.cloud.template-paused": "template",
  "whatsapp.cloud.template-pacing": "template",
  "whatsapp.cloud.template-misuse-block": "template",
  "core.quality-brake": "quality",
  "whatsapp.cloud.account-restricted": "restriction",
  "whatsapp.cloud.account-disabled": "restriction",
  "whatsapp.cloud.no-payment-method": "payment",
  "own.forbidden-words": "sender",
  "own.second-pair-of-eyes": "sender",
  "own.sender-stopped": "sender",
};

/** The platform's codes that mean the same ("Cloud API, Error codes"). */
const codesForEverybody: Readonly<Record<string, PauseReason>> = {
  "0": "sender",
  "3": "sender",
  "10": "sender",
  "190": "sender",
  "368": "restriction",
  "131031": "restriction",
  "131042": "payment",
  "131048": "quality",
  "132000": "template",
  "132001": "template",
  "132005": "template",
  "132007": "template",
  "132012": "template",
  "132015": "template",
  "132016": "template",
};

/** `null` where the message may leave, or where it is the person whom something speaks against. */
export function brakeOfVerdict(verdict: Verdict): Brake | null {
  if (mayLeave(verdict)) return null;
  const against = verdict.findings.filter((finding) => finding.outcome === verdict.outcome);
  const [first] = against;
  if (!first || against.some((finding) => rulesForEverybody[finding.rule.id] === undefined)) return null;
  const pausing = against.find((finding) => rulesForEverybody[finding.rule.id] !== "wait");
  if (pausing) {
    const brake = rulesForEverybody[pausing.rule.id] as PauseReason;
    return { kind: "pause", brake, reason: pausing.rule.id };
  }
  return typeof verdict.until === "number"
    ? { kind: "wait", until: verdict.until, reason: first.rule.id }
    : { kind: "pause", brake: "sender", reason: first.rule.id };
}

export function brakeOfFailure(failure: Failure): Brake | null {
  const brake = codesForEverybody[failure.code];
  return brake ? { kind: "pause", brake, reason: failure.code } : null;
}

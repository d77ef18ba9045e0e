import { createHash } from "node:crypto";
import type { Tx } from "@loket/database";
import type { DecisionId, Ids, Instant } from "@loket/kit";
import { bookVersion, decide, toWire, type Verdict } from "@loket/policy";
import type { SendIntent } from "./delivery.ts";
import { type Gathered, gatherFacts } from "./facts.ts";

export type Stage = "compose" | "enqueue" | "hand-over";

export interface Judgement extends Gathered {
  readonly verdict: Verdict;
}

/** What the terms book says about this send at this instant. Stores nothing. `null` where the contact is unknown. */
export async function judge(
  tx: Tx,
  intent: SendIntent,
  at: Instant,
  options?: { readonly lockConsent?: boolean; readonly deliveryId?: string },
): Promise<Judgement | null> {
  const gathered = await gatherFacts(tx, intent, at, options);
  return gathered && { ...gathered, verdict: decide(gathered.request, gathered.facts, at) };
}

/** Whether a hold is only a matter of pace: seconds, and nobody's decision. */
export function isPaced(verdict: Verdict): boolean {
  return (
    verdict.outcome === "hold" &&
    verdict.findings.every((finding) => finding.outcome !== "hold" || paceRules.has(finding.rule.id))
  );
}
const paceRules: ReadonlySet<string> = new Set(["whatsapp.cloud.pair-rate", "whatsapp.cloud.throughput"]);

/** Whether the message may leave: allowed as it is, or with changes that are made without asking anybody. */
export function mayLeave(verdict: Verdict): boolean {
  return (
    verdict.outcome === "allow" || (verdict.outcome === "change" && verdict.changes.every((change) => change.auto))
  );
}

/** Keeps a judgement. Every attempt names one. */
export async function keepDecision(
  tx: Tx,
  ids: Ids,
  stage: Stage,
  judgement: Judgement,
  at: Instant,
): Promise<DecisionId> {
  const id = ids.next<"decision">();
  const request = JSON.stringify(judgement.request);
  await tx.query(
    `insert into decision (organisation_id, id, stage, outcome, request, request_digest, facts, verdict, book_version, consent_epoch, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::float8 / 1000))`,
    [
      tx.organisationId,
      id,
      stage,
      judgement.verdict.outcome,
      request,
      createHash("sha256").update(request).digest(),
      JSON.stringify(judgement.facts),
      JSON.stringify(toWire(judgement.verdict)),
      bookVersion,
      judgement.consentEpoch,
      at,
    ],
  );
  return id;
}

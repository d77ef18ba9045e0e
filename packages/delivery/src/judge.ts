import { createHash } from "node:crypto";
import type { Tx } from "@loket/database";
import { type JsonObject, type LedgerPorts, record } from "@loket/evidence/ledger";
import type { DecisionId, Instant } from "@loket/kit";
import { bookVersion, decide, toWire, type Verdict } from "@loket/policy";
import type { SendIntent } from "./delivery.ts";
import type { Batch } from "./fact-rows.ts";
import { type Gathered, gatherFacts } from "./facts.ts";
import { type Edition, editionInForce } from "./shadow.ts";

export type Stage = "compose" | "enqueue" | "hand-over";

export interface Judgement extends Gathered {
  readonly verdict: Verdict;
  /** What rules that run in shadow would have made of it, where that is something else. Without effect. */
  readonly shadow: Verdict | null;
}

export interface JudgeOptions {
  readonly lockConsent?: boolean;
  /** Another edition of the book that watches. */
  readonly shadowEdition?: Edition | null | undefined;
}

/** What the terms book says about this send at this instant. Stores nothing. `null` where the contact is unknown. */
export async function judge(
  tx: Tx,
  intent: SendIntent,
  at: Instant,
  options?: JudgeOptions,
): Promise<Judgement | null> {
  const [judgement] = await judgeAll(tx, { senderId: intent.senderId, intents: [intent] }, at, options);
  return judgement ?? null;
}

/** The same for many sends of one sender, in their order, with what they are judged by read in one flight. */
export async function judgeAll(
  tx: Tx,
  batch: Batch,
  at: Instant,
  options?: JudgeOptions,
): Promise<(Judgement | null)[]> {
  return (await gatherFacts(tx, batch, at, options)).map((gathered) => {
    if (!gathered) return null;
    const { request, facts, strictness } = gathered;
    const verdict = decide(request, facts, at, strictness.inForce);
    const watches = options?.shadowEdition ?? (strictness.inShadow === null ? null : editionInForce);
    const shadow = watches?.decide(request, facts, at, strictness.inShadow ?? strictness.inForce) ?? null;
    return { ...gathered, verdict, shadow: shadow && isOther(shadow, verdict) ? shadow : null };
  });
}

function isOther(one: Verdict, other: Verdict): boolean {
  return (
    one.outcome !== other.outcome ||
    one.findings.map(({ rule }) => rule.id).join() !== other.findings.map(({ rule }) => rule.id).join()
  );
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

/**
 * Keeps a judgement. Every attempt names one, and the database takes no attempt without a yes of its last moment. A no
 * or not-now goes on record here; a yes does with the intent it allows.
 */
export async function keepDecision(
  tx: Tx,
  ports: LedgerPorts,
  stage: Stage,
  intent: SendIntent,
  judgement: Judgement,
  at: Instant,
): Promise<DecisionId> {
  const id = ports.ids.next<"decision">();
  const request = JSON.stringify(judgement.request);
  const { outcome } = judgement.verdict;
  await Promise.all([
    tx.query(
      `insert into decision (organisation_id, id, stage, outcome, request, request_digest, facts, verdict, book_version, consent_epoch, contact_id, sender_id, shadow, at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, to_timestamp($14::float8 / 1000))`,
      [
        tx.organisationId,
        id,
        stage,
        outcome,
        request,
        sha256(request),
        JSON.stringify(judgement.facts),
        JSON.stringify(toWire(judgement.verdict)),
        bookVersion,
        judgement.consentEpoch,
        intent.contactId,
        intent.senderId,
        judgement.shadow === null ? null : JSON.stringify(toWire(judgement.shadow)),
        at,
      ],
    ),
    mayLeave(judgement.verdict)
      ? undefined
      : record(tx, ports, {
          type: `decision.${outcome}`,
          contactId: intent.contactId,
          body: onRecord(id, stage, intent, judgement),
        }),
  ]);
  return id;
}

/** A judgement as the ledger keeps it: what was decided by which rules, and digests of what it was decided on. */
export function onRecord(id: DecisionId, stage: Stage, intent: SendIntent, judgement: Judgement): JsonObject {
  const { verdict, request, facts } = judgement;
  return {
    decision: id,
    stage,
    outcome: verdict.outcome,
    until: verdict.until === null ? null : String(verdict.until),
    rules: verdict.findings.map(({ rule }) => rule.id),
    reliedOn: verdict.reliedOn.map(({ rule }) => rule.id),
    book: bookVersion,
    sender: intent.senderId,
    ...(intent.campaignId ? { campaign: intent.campaignId } : {}),
    channel: request.channel,
    kind: request.kind,
    payload: request.payload,
    template: request.template?.name ?? null,
    category: request.template?.category ?? null,
    request: sha256(JSON.stringify(request)).toString("base64url"),
    facts: sha256(JSON.stringify(facts)).toString("base64url"),
    content: sha256(JSON.stringify(intent.content)).toString("base64url"),
    lastInbound: facts.lastInboundAt == null ? null : new Date(facts.lastInboundAt).toISOString(),
    businessInitiated: judgement.businessInitiated,
    consent: judgement.consent?.id ?? null,
    consentClass: judgement.consent?.evidenceClass ?? null,
  };
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

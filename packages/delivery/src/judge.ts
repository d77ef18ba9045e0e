import { createHash } from "node:crypto";
import type { Tx } from "@loket/database";
import { type JsonObject, type LedgerPorts, recordAll } from "@loket/evidence/ledger";
import type { DecisionId, Instant } from "@loket/kit";
import { bookVersion, decide, type Facts, toWire, type Verdict } from "@loket/policy";
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
  /** The sends of a batch leave together: whoever may leave takes a place under the portfolio's limit before the next is judged. */
  readonly takesPlaces?: boolean;
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
  const takenBy = new Set<string>();
  return (await gatherFacts(tx, batch, at, options)).map((gathered, place) => {
    if (!gathered) return null;
    const { request, strictness } = gathered;
    const facts = takenBy.size === 0 ? gathered.facts : withPlacesTaken(gathered.facts, takenBy.size);
    const verdict = decide(request, facts, at, strictness.inForce);
    const contactId = batch.intents[place]?.contactId;
    if (options?.takesPlaces && contactId && takesPlace(gathered) && mayLeave(verdict)) takenBy.add(contactId);
    const watches = options?.shadowEdition ?? (strictness.inShadow === null ? null : editionInForce);
    const shadow = watches?.decide(request, facts, at, strictness.inShadow ?? strictness.inForce) ?? null;
    return { ...gathered, facts, verdict, shadow: shadow && isOther(shadow, verdict) ? shadow : null };
  });
}

/** Whether this person would be one more under the portfolio's limit. */
function takesPlace({ facts, businessInitiated }: Gathered): boolean {
  const limit = facts.account?.portfolioLimit;
  return businessInitiated && limit !== undefined && limit.limit !== "unlimited" && !limit.includesRecipient;
}

function withPlacesTaken(facts: Facts, count: number): Facts {
  const limit = facts.account?.portfolioLimit;
  if (!limit) return facts;
  return { ...facts, account: { ...facts.account, portfolioLimit: { ...limit, used: limit.used + count } } };
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

/** A send and what was said about it. */
export interface Judged {
  readonly intent: SendIntent;
  readonly judgement: Judgement;
}

/** Keeps one judgement; see `keepDecisions`. */
export async function keepDecision(
  tx: Tx,
  ports: LedgerPorts,
  stage: Stage,
  intent: SendIntent,
  judgement: Judgement,
  at: Instant,
): Promise<DecisionId> {
  const [id] = await keepDecisions(tx, ports, stage, [{ intent, judgement }], at);
  return id as DecisionId;
}

/**
 * Keeps judgements, in their order. Every attempt names one, and the database takes no attempt without a yes of its last
 * moment. A no or not-now goes on record here; a yes does with the intent it allows.
 */
export async function keepDecisions(
  tx: Tx,
  ports: LedgerPorts,
  stage: Stage,
  judged: readonly Judged[],
  at: Instant,
): Promise<DecisionId[]> {
  if (judged.length === 0) return [];
  const rows = judged.map(({ intent, judgement }) => {
    const request = JSON.stringify(judgement.request);
    return {
      id: ports.ids.next<"decision">(),
      outcome: judgement.verdict.outcome,
      request: judgement.request,
      request_digest: `\\x${sha256(request).toString("hex")}`,
      facts: judgement.facts,
      verdict: toWire(judgement.verdict),
      consent_epoch: judgement.consentEpoch,
      contact_id: intent.contactId,
      sender_id: intent.senderId,
      shadow: judgement.shadow === null ? null : toWire(judgement.shadow),
    };
  });
  await Promise.all([
    tx.query(
      `insert into decision (organisation_id, id, stage, outcome, request, request_digest, facts, verdict, book_version, consent_epoch, contact_id, sender_id, shadow, at)
       select $1, d.id, $2, d.outcome, d.request, d.request_digest, d.facts, d.verdict, $3, d.consent_epoch, d.contact_id, d.sender_id, d.shadow, to_timestamp($4::float8 / 1000)
       from json_to_recordset($5::json) as d(id uuid, outcome text, request jsonb, request_digest bytea, facts jsonb, verdict jsonb, consent_epoch integer, contact_id uuid,
         sender_id uuid, shadow jsonb)`,
      [tx.organisationId, stage, bookVersion, at, JSON.stringify(rows)],
    ),
    recordAll(
      tx,
      ports,
      judged.flatMap(({ intent, judgement }, place) =>
        mayLeave(judgement.verdict)
          ? []
          : [
              {
                type: `decision.${judgement.verdict.outcome}` as const,
                contactId: intent.contactId,
                body: onRecord(rows[place]?.id as DecisionId, stage, intent, judgement),
              },
            ],
      ),
    ),
  ]);
  return rows.map((row) => row.id);
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

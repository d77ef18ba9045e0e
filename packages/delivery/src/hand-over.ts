import type { Failure, MessageContent, SendOutcome } from "@loket/channels";
import { noteConfirmation } from "@loket/contacts";
import type { Tx } from "@loket/database";
import { record } from "@loket/evidence/ledger";
import {
  type AttemptId,
  type CampaignId,
  type DecisionId,
  type DeliveryId,
  type Instant,
  instant,
  type MessageId,
  minuteMs,
  never,
  type Random,
  type SenderId,
  secondMs,
} from "@loket/kit";
import { toWire, type Verdict } from "@loket/policy";
import { type Brake, brakeOfFailure, brakeOfVerdict } from "./brake.ts";
import { expired, type Progress, refusedByBook, type SendIntent, unreachable } from "./delivery.ts";
import type { EnqueuePorts } from "./enqueue.ts";
import { isPaced, type Judgement, judge, keepDecision, mayLeave, onRecord } from "./judge.ts";

/** What the three steps of a hand-over need from outside. Each of them is put on record. */
export interface HandOverPorts extends EnqueuePorts {
  /** Told in the same transaction; conversations show it. */
  readonly progress: (tx: Tx, progress: Progress) => Promise<void>;
  /** Told in the same transaction: the campaign is to wait or to stand still. */
  readonly brake: (tx: Tx, campaignId: CampaignId, brake: Brake) => Promise<void>;
}

export interface DeliveryRow {
  id: DeliveryId;
  sender_id: SenderId;
  address_id: SendIntent["addressId"];
  contact_id: SendIntent["contactId"];
  message_id: MessageId | null;
  campaign_id: CampaignId | null;
  content: MessageContent;
  request: Pick<SendIntent, "kind" | "promotional" | "solicited" | "audience">;
  replies_to_provider_id: string | null;
  state: string;
  expires_at: number;
  attempt_count: number;
}

export const deliveryColumns =
  "id, sender_id, address_id, contact_id, message_id, campaign_id, content, request, replies_to_provider_id, state, expires_at, attempt_count";

/** A committed intent: from here the clock runs, and within `intentTtlMs` the first byte leaves or nothing does. */
export interface Intent {
  readonly attemptId: AttemptId;
  readonly deliveryId: DeliveryId;
  readonly messageId: MessageId | null;
  readonly decision: { readonly id: DecisionId; readonly outcome: "allow" | "change"; readonly decidedAt: Instant };
  readonly to: { readonly phone: string } | { readonly userId: string };
  readonly content: MessageContent;
  readonly repliesToProviderId: string | null;
}

export const intentTtlMs = 2 * secondMs;
const maxAttempts = 8;
const eventHoldMs = minuteMs;

/**
 * Step one, in one transaction: is the lane still ours, is the delivery still waiting, what does the book say now, with
 * the person's consent locked; if yes, the intent. `null` where nothing is to be handed over (the row says why).
 */
export async function intend(
  tx: Tx,
  ports: HandOverPorts,
  deliveryId: DeliveryId,
  fence: number,
): Promise<Intent | null> {
  const now = ports.clock.now();
  // KEY SHARE lets heartbeats of the lane through and stops a change of hands until we have committed.
  const [lane, row] = await Promise.all([
    tx.one<{ fence: number }>(
      "select l.fence from delivery d join lane l on l.organisation_id = d.organisation_id and l.sender_id = d.sender_id and l.direction = 'out' where d.organisation_id = $1 and d.id = $2 for key share of l",
      [tx.organisationId, deliveryId],
    ),
    tx.one<DeliveryRow>(
      `select ${deliveryColumns} from delivery where organisation_id = $1 and id = $2 and state in ('queued', 'held') for update`,
      [tx.organisationId, deliveryId],
    ),
  ]);
  if (!row || lane?.fence !== fence) return null;
  if (row.campaign_id && !(await isOpen(tx, row.campaign_id, now))) return null;

  if (row.expires_at <= now) {
    await settleDelivery(tx, row.id, "expired", now, expired);
    await ports.progress(tx, progressOf(row, "failed", now, expired, null));
    return null;
  }

  const judgement = await judge(tx, intentOf(row), now, {
    lockConsent: true,
    shadowEdition: ports.shadowEdition,
  });
  if (!judgement?.recipient && (await followMerge(tx, row, now))) return null;
  if (!judgement?.recipient) {
    await settleDelivery(tx, row.id, "refused", now, unreachable);
    await ports.progress(tx, progressOf(row, "failed", now, unreachable, null));
    return null;
  }
  const { verdict } = judgement;
  if (verdict.outcome === "hold" && isPaced(verdict)) {
    // Not worth a kept decision: the same message is asked about again within seconds.
    const until = typeof verdict.until === "number" ? verdict.until : now + secondMs;
    await tx.query(
      "update delivery set not_before = to_timestamp($3::float8 / 1000) where organisation_id = $1 and id = $2",
      [tx.organisationId, row.id, until],
    );
    return null;
  }
  const decisionId = await keepDecision(tx, ports, "hand-over", intentOf(row), judgement, now);
  const brake = row.campaign_id && brakeOfVerdict(verdict);
  if (row.campaign_id && brake) {
    // Nothing speaks against this person: they keep their place.
    await ports.brake(tx, row.campaign_id, brake);
    return null;
  }
  if (verdict.outcome === "hold") {
    const until = typeof verdict.until === "number" ? verdict.until : now + eventHoldMs;
    await tx.query(
      "update delivery set state = 'held', decision_id = $3, not_before = to_timestamp($4::float8 / 1000) where organisation_id = $1 and id = $2",
      [tx.organisationId, row.id, decisionId, until],
    );
    await ports.progress(tx, progressOf(row, "held", now, null, verdict));
    return null;
  }
  if (!mayLeave(verdict)) {
    const failure = refusedByBook(verdict);
    await tx.query("update delivery set decision_id = $3 where organisation_id = $1 and id = $2", [
      tx.organisationId,
      row.id,
      decisionId,
    ]);
    await settleDelivery(tx, row.id, "refused", now, failure);
    await ports.progress(tx, progressOf(row, "failed", now, failure, verdict));
    return null;
  }

  const attemptId = ports.ids.next<"attempt">();
  await Promise.all([
    useOverrides(tx, ports, judgement, row.contact_id, attemptId),
    tx.query(
      `insert into attempt (organisation_id, id, delivery_id, decision_id, sender_id, address_id, contact_id, fence, business_initiated, consent_class, intent_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::float8 / 1000))`,
      [
        tx.organisationId,
        attemptId,
        row.id,
        decisionId,
        row.sender_id,
        row.address_id,
        row.contact_id,
        fence,
        judgement.businessInitiated,
        judgement.consent?.evidenceClass ?? null,
        now,
      ],
    ),
    tx.query(
      "update delivery set state = 'handing-over', decision_id = $3, attempt_count = attempt_count + 1 where organisation_id = $1 and id = $2",
      [tx.organisationId, row.id, decisionId],
    ),
    record(tx, ports, {
      type: "attempt.intent",
      contactId: row.contact_id,
      body: { attempt: attemptId, delivery: row.id, ...onRecord(decisionId, "hand-over", intentOf(row), judgement) },
    }),
  ]);
  return {
    attemptId,
    deliveryId: row.id,
    messageId: row.message_id,
    decision: { id: decisionId, outcome: verdict.outcome === "change" ? "change" : "allow", decidedAt: now },
    to: judgement.recipient,
    content: row.content,
    repliesToProviderId: row.replies_to_provider_id,
  };
}

/** Where two people set a rule of their own aside and it mattered, that is counted and goes on record with the send. */
async function useOverrides(
  tx: Tx,
  ports: HandOverPorts,
  { overrides, verdict }: Judgement,
  contactId: SendIntent["contactId"],
  attemptId: AttemptId,
): Promise<void> {
  const setAside = new Set(verdict.notes.flatMap(({ rule }) => (rule.overridable ? [rule.id] : [])));
  for (const { id, rule_id } of overrides) {
    if (!setAside.has(rule_id)) continue;
    await tx.query("update override set used_count = used_count + 1 where organisation_id = $1 and id = $2", [
      tx.organisationId,
      id,
    ]);
    await record(tx, ports, {
      type: "override.used",
      contactId,
      body: { override: id, rule: rule_id, attempt: attemptId },
    });
  }
}

/** Step three: what came of it. Also right when meanwhile somebody else called it uncertain, or a status settled it. */
export async function settle(tx: Tx, ports: HandOverPorts, attemptId: AttemptId, outcome: SendOutcome): Promise<void> {
  const now = ports.clock.now();
  const attempt = await tx.one<OpenAttempt>(
    "select id, delivery_id, contact_id, outcome from attempt where organisation_id = $1 and id = $2 for update",
    [tx.organisationId, attemptId],
  );
  if (!attempt || (attempt.outcome !== null && attempt.outcome !== "uncertain")) return;
  const row = await tx.one<DeliveryRow>(
    `select ${deliveryColumns} from delivery where organisation_id = $1 and id = $2 for update`,
    [tx.organisationId, attempt.delivery_id],
  );
  if (!row || (row.state !== "handing-over" && row.state !== "uncertain")) return;

  switch (outcome.kind) {
    case "accepted":
      await closeAttempt(tx, ports, attempt, "accepted", now, outcome.providerId, null);
      await accept(tx, ports, row, outcome.providerId, now);
      return;
    case "refused": {
      await closeAttempt(tx, ports, attempt, "refused", now, null, outcome.failure);
      const brake = row.campaign_id && brakeOfFailure(outcome.failure);
      if (row.campaign_id && brake) {
        // The platform did not take it, and would take nobody's: it goes when the others do.
        await ports.brake(tx, row.campaign_id, brake);
        await queueAgain(tx, row.id, outcome.failure, now);
        return;
      }
      await settleDelivery(tx, row.id, "refused", now, outcome.failure);
      await ports.progress(tx, progressOf(row, "failed", now, outcome.failure, null));
      return;
    }
    case "retryable": {
      await closeAttempt(tx, ports, attempt, "retryable", now, null, outcome.failure);
      if (row.attempt_count >= maxAttempts) {
        await settleDelivery(tx, row.id, "refused", now, outcome.failure);
        await ports.progress(tx, progressOf(row, "failed", now, outcome.failure, null));
        return;
      }
      const brake = row.campaign_id && brakeOfFailure(outcome.failure);
      if (row.campaign_id && brake) await ports.brake(tx, row.campaign_id, brake);
      const waitMs = Math.max(outcome.notBeforeMs, backoffMs(row.attempt_count, ports.random));
      await queueAgain(tx, row.id, outcome.failure, now + waitMs);
      return;
    }
    case "unknown":
      await closeAttempt(tx, ports, attempt, "uncertain", now, null, null);
      await becomeUncertain(tx, ports, row, now);
      return;
    default:
      never(outcome);
  }
}

/** Whether its campaign may go on. Under KEY SHARE nobody stops it until the intent has committed. */
async function isOpen(tx: Tx, campaignId: CampaignId, now: Instant): Promise<boolean> {
  const campaign = await tx.one<{ open: boolean }>(
    `select state in ('freezing', 'running') and (starts_at is null or starts_at <= to_timestamp($3::float8 / 1000)) and (waits_until is null or waits_until <= to_timestamp($3::float8 / 1000)) as open
     from campaign where organisation_id = $1 and id = $2 for key share`,
    [tx.organisationId, campaignId, now],
  );
  return campaign?.open ?? false;
}

/**
 * The person was found to be somebody we know by another name: the delivery is theirs from here on, and is judged by
 * what they said. Whoever is in the campaign already does not get it twice. `false` where nobody was merged.
 */
async function followMerge(tx: Tx, row: DeliveryRow, now: Instant): Promise<boolean> {
  const heir = await tx.one<{ id: SendIntent["contactId"] }>(
    `with recursive same as (
       select id, merged_into from contact where organisation_id = $1 and id = $2
       union select c.id, c.merged_into from contact c join same s on c.organisation_id = $1 and c.id = s.merged_into)
     select id from same where merged_into is null`,
    [tx.organisationId, row.contact_id],
  );
  if (!heir || heir.id === row.contact_id) return false;
  const isTheirs = await tx.count(
    `update delivery set contact_id = $3 where organisation_id = $1 and id = $2
       and not exists (select 1 from delivery d where d.organisation_id = $1 and d.campaign_id = $4 and d.contact_id = $3)`,
    [tx.organisationId, row.id, heir.id, row.campaign_id],
  );
  if (isTheirs === 0)
    await tx.query(
      "update delivery set state = 'cancelled', settled_at = to_timestamp($3::float8 / 1000) where organisation_id = $1 and id = $2",
      [tx.organisationId, row.id, now],
    );
  return true;
}

async function queueAgain(tx: Tx, id: DeliveryId, failure: Failure, notBefore: number): Promise<void> {
  await tx.query(
    "update delivery set state = 'queued', failure = $3, not_before = to_timestamp($4::float8 / 1000) where organisation_id = $1 and id = $2",
    [tx.organisationId, id, JSON.stringify(failure), notBefore],
  );
}

/** Half a second doubled with every attempt, at most five minutes, at a random point of it: many never return at once. */
function backoffMs(attempts: number, random: Random): number {
  return Math.min(5 * minuteMs, 500 * 2 ** attempts) * (0.5 + random.fraction() / 2);
}

export async function accept(
  tx: Tx,
  ports: HandOverPorts,
  row: DeliveryRow,
  providerId: string,
  at: Instant,
): Promise<void> {
  await tx.query(
    "update delivery set state = 'accepted', provider_id = $3, failure = null, settled_at = to_timestamp($4::float8 / 1000) where organisation_id = $1 and id = $2",
    [tx.organisationId, row.id, providerId, at],
  );
  if (row.request.kind === "opt-out-confirmation") await noteConfirmation(tx, row.contact_id, "whatsapp", at);
  await ports.progress(tx, { ...progressOf(row, "accepted", at, null, null), providerId });
}

export async function becomeUncertain(tx: Tx, ports: HandOverPorts, row: DeliveryRow, at: Instant): Promise<void> {
  await tx.query("update delivery set state = 'uncertain' where organisation_id = $1 and id = $2", [
    tx.organisationId,
    row.id,
  ]);
  await ports.progress(tx, progressOf(row, "uncertain", at, null, null));
}

export interface OpenAttempt {
  id: AttemptId;
  delivery_id: DeliveryId;
  contact_id: SendIntent["contactId"];
  outcome: string | null;
}

/** What came of an attempt, on its row and on record. What was uncertain before is thereby resolved. */
export async function closeAttempt(
  tx: Tx,
  ports: HandOverPorts,
  attempt: OpenAttempt,
  outcome: "accepted" | "refused" | "retryable" | "uncertain",
  at: Instant,
  providerId: string | null,
  failure: Failure | null,
): Promise<void> {
  await Promise.all([
    tx.query(
      "update attempt set outcome = $3, answered_at = to_timestamp($4::float8 / 1000), provider_id = $5, failure = $6 where organisation_id = $1 and id = $2",
      [tx.organisationId, attempt.id, outcome, at, providerId, failure === null ? null : JSON.stringify(failure)],
    ),
    record(tx, ports, {
      type: attempt.outcome === "uncertain" ? "attempt.resolved" : entryOf[outcome],
      contactId: attempt.contact_id,
      body: {
        attempt: attempt.id,
        delivery: attempt.delivery_id,
        outcome,
        provider: providerId,
        ...(failure === null ? {} : { code: failure.code, title: failure.title }),
      },
    }),
  ]);
}
const entryOf = {
  accepted: "attempt.accepted",
  refused: "attempt.refused",
  retryable: "attempt.refused",
  uncertain: "attempt.uncertain",
} as const;

async function settleDelivery(
  tx: Tx,
  id: DeliveryId,
  state: "refused" | "expired",
  at: Instant,
  failure: Failure,
): Promise<void> {
  await tx.query(
    "update delivery set state = $3, failure = $4, settled_at = to_timestamp($5::float8 / 1000) where organisation_id = $1 and id = $2",
    [tx.organisationId, id, state, JSON.stringify(failure), at],
  );
}

function intentOf(row: DeliveryRow): SendIntent {
  return {
    senderId: row.sender_id,
    addressId: row.address_id,
    contactId: row.contact_id,
    content: row.content,
    repliesToProviderId: row.replies_to_provider_id,
    campaignId: row.campaign_id,
    ...row.request,
  };
}

function progressOf(
  row: DeliveryRow,
  status: Progress["status"],
  at: Instant,
  failure: Failure | null,
  verdict: Verdict | null,
): Progress {
  return {
    deliveryId: row.id,
    messageId: row.message_id,
    senderId: row.sender_id,
    campaignId: row.campaign_id,
    providerId: null,
    status,
    at: instant(at),
    failure,
    verdict: verdict && toWire(verdict),
  };
}

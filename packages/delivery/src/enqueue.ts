import type { Failure } from "@loket/channels";
import type { Tx } from "@loket/database";
import type { LedgerPorts } from "@loket/evidence/ledger";
import type { CampaignId, Clock, DecisionId, DeliveryId, Instant, MessageId, SenderId } from "@loket/kit";
import type { Verdict } from "@loket/policy";
import { brakeOfVerdict } from "./brake.ts";
import { expired, refusedByBook, type SendIntent, unreachable } from "./delivery.ts";
import { isPaced, judge, judgeAll, keepDecision, mayLeave } from "./judge.ts";
import type { Edition } from "./shadow.ts";

export interface NewDelivery extends SendIntent {
  readonly messageId: MessageId | null;
  /** Agents' answers are 0 and always go first. */
  readonly priority?: number;
  readonly expiresAt: Instant;
  /** True where media must reach the platform first; `release` then sets it free. */
  readonly preparing?: boolean;
}

/** Every judgement goes on record. */
export interface EnqueuePorts extends LedgerPorts {
  /** Another edition of the book, which watches what goes out. */
  readonly shadowEdition?: Edition | null | undefined;
}

export type Enqueued =
  | { readonly kind: "queued"; readonly deliveryId: DeliveryId; readonly verdict: Verdict }
  | { readonly kind: "refused" | "held"; readonly verdict: Verdict }
  | { readonly kind: "unreachable" };

/**
 * Judges, keeps the judgement and, where the book says yes, queues. A no or a not-now comes back to whoever asked, with
 * its reasons; nothing is queued then. The book is asked again at the moment of hand-over.
 */
export async function enqueue(tx: Tx, ports: EnqueuePorts, delivery: NewDelivery): Promise<Enqueued> {
  const now = ports.clock.now();
  const judgement = await judge(tx, delivery, now, { shadowEdition: ports.shadowEdition });
  if (!judgement?.recipient) return { kind: "unreachable" };
  const decisionId = await keepDecision(tx, ports, "enqueue", delivery, judgement, now);
  const { verdict } = judgement;
  if (!mayLeave(verdict) && !isPaced(verdict))
    return { kind: verdict.outcome === "hold" ? "held" : "refused", verdict };

  const deliveryId = ports.ids.next<"delivery">();
  await insertDeliveries(tx, now, [
    {
      ...delivery,
      id: deliveryId,
      kind: judgement.request.kind,
      request: requestOf(delivery),
      priority: delivery.priority ?? 5,
      state: delivery.preparing ? "preparing" : "queued",
      notBefore: now,
      decisionId,
      failure: null,
    },
  ]);
  if (!delivery.preparing) tx.wake("lane", `out:${delivery.senderId}`);
  return { kind: "queued", deliveryId, verdict };
}

/** Sends of one campaign to as many people, written down together. */
export interface NewBatch {
  readonly senderId: SenderId;
  readonly campaignId: CampaignId;
  readonly intents: readonly SendIntent[];
  readonly priority: number;
  readonly expiresAt: Instant;
}

/**
 * Writes down a delivery for each of them: queued where the book says yes, held until it may, or refused with the
 * reason. What speaks against everybody alike is left to the moment of hand-over, when it may have passed. Judgements
 * that say no are kept; every one is made anew before anything leaves.
 */
export async function enqueueBatch(tx: Tx, ports: EnqueuePorts, batch: NewBatch): Promise<void> {
  const now = ports.clock.now();
  const judgements = await judgeAll(tx, batch, now, { shadowEdition: ports.shadowEdition });
  const rows = await Promise.all(
    batch.intents.map(async (intent, place): Promise<InsertedDelivery | null> => {
      const judgement = judgements[place];
      if (!judgement) return null;
      const { verdict, recipient } = judgement;
      const isHeld = verdict.outcome === "hold" && !isPaced(verdict);
      const goes = recipient && (mayLeave(verdict) || isPaced(verdict) || brakeOfVerdict(verdict) !== null);
      return {
        ...intent,
        campaignId: batch.campaignId,
        messageId: null,
        id: ports.ids.next<"delivery">(),
        kind: judgement.request.kind,
        request: requestOf(intent),
        priority: batch.priority,
        expiresAt: batch.expiresAt,
        state: goes ? "queued" : isHeld && recipient ? "held" : "refused",
        notBefore: !goes && isHeld && typeof verdict.until === "number" ? verdict.until : now,
        decisionId: goes ? null : await keepDecision(tx, ports, "enqueue", intent, judgement, now),
        failure: goes || (isHeld && recipient) ? null : recipient ? refusedByBook(verdict) : unreachable,
      };
    }),
  );
  await insertDeliveries(
    tx,
    now,
    rows.filter((row) => row !== null),
  );
  tx.wake("lane", `out:${batch.senderId}`);
}

/** Writes them down as what did not go: the campaign was over before they were judged. */
export async function writeOff(
  tx: Tx,
  ports: EnqueuePorts,
  batch: NewBatch,
  state: "expired" | "cancelled",
): Promise<void> {
  const now = ports.clock.now();
  await insertDeliveries(
    tx,
    now,
    batch.intents.map((intent) => ({
      ...intent,
      campaignId: batch.campaignId,
      messageId: null,
      id: ports.ids.next<"delivery">(),
      kind: intent.kind ?? "marketing",
      request: requestOf(intent),
      priority: batch.priority,
      expiresAt: batch.expiresAt,
      state,
      notBefore: now,
      decisionId: null,
      failure: state === "expired" ? expired : null,
    })),
  );
}

interface InsertedDelivery extends Omit<NewDelivery, "kind" | "priority" | "preparing"> {
  readonly id: DeliveryId;
  readonly kind: string;
  readonly request: object;
  readonly priority: number;
  readonly state: "preparing" | "queued" | "held" | "refused" | "expired" | "cancelled";
  readonly notBefore: number;
  readonly decisionId: DecisionId | null;
  readonly failure: Failure | null;
}

/** The one statement that makes deliveries. Whoever is in the campaign already is passed over. */
async function insertDeliveries(tx: Tx, now: Instant, rows: readonly InsertedDelivery[]): Promise<void> {
  await tx.query(
    `insert into delivery (organisation_id, id, sender_id, address_id, contact_id, message_id, campaign_id, kind, content, request, replies_to_provider_id, priority, state,
       not_before, expires_at, decision_id, failure, created_at, settled_at)
     select $1, r.id, r.sender_id, r.address_id, r.contact_id, r.message_id, r.campaign_id, r.kind, r.content, r.request, r.replies_to, r.priority, r.state,
       to_timestamp(r.not_before / 1000), to_timestamp(r.expires_at / 1000), r.decision_id, r.failure, to_timestamp($2::float8 / 1000),
       case when r.state in ('refused', 'expired', 'cancelled') then to_timestamp($2::float8 / 1000) end
     from json_to_recordset($3::json) as r(id uuid, sender_id uuid, address_id uuid, contact_id uuid, message_id uuid, campaign_id uuid, kind text, content jsonb, request jsonb,
       replies_to text, priority smallint, state text, not_before float8, expires_at float8, decision_id uuid, failure jsonb)
     on conflict (organisation_id, campaign_id, contact_id) where campaign_id is not null do nothing`,
    [
      tx.organisationId,
      now,
      JSON.stringify(
        rows.map((row) => ({
          id: row.id,
          sender_id: row.senderId,
          address_id: row.addressId,
          contact_id: row.contactId,
          message_id: row.messageId,
          campaign_id: row.campaignId ?? null,
          kind: row.kind,
          content: row.content,
          request: row.request,
          replies_to: row.repliesToProviderId ?? null,
          priority: row.priority,
          state: row.state,
          not_before: row.notBefore,
          expires_at: row.expiresAt,
          decision_id: row.decisionId,
          failure: row.failure,
        })),
      ),
    ],
  );
}

function requestOf({ kind, promotional, solicited, audience }: SendIntent): object {
  return { kind, promotional, solicited, audience };
}

/** Its media are with the platform: off it goes, with the content that names them. */
export async function release(tx: Tx, deliveryId: string, content: unknown): Promise<boolean> {
  const row = await tx.one<{ sender_id: string }>(
    "update delivery set state = 'queued', content = $3 where organisation_id = $1 and id = $2 and state = 'preparing' returning sender_id",
    [tx.organisationId, deliveryId, JSON.stringify(content)],
  );
  if (row) tx.wake("lane", `out:${row.sender_id}`);
  return row !== undefined;
}

/**
 * What the book held back is looked at again at once: a sender was let go, or two people set a rule aside. It is judged
 * anew like everything that leaves. `senderId` `null`: over all senders of the organisation.
 */
export async function lookAgain(tx: Tx, clock: Clock, senderId: string | null): Promise<void> {
  const held = await tx.query<{ sender_id: string }>(
    `with looked as (
       update delivery set not_before = to_timestamp($3::float8 / 1000)
       where organisation_id = $1 and state = 'held' and ($2::uuid is null or sender_id = $2) and not_before > to_timestamp($3::float8 / 1000)
       returning sender_id)
     select distinct sender_id from looked`,
    [tx.organisationId, senderId, clock.now()],
  );
  for (const { sender_id } of held) tx.wake("lane", `out:${sender_id}`);
}

/** It will not go: its media could not be brought to the platform. */
export async function giveUp(tx: Tx, clock: Clock, deliveryId: string, failure: Failure): Promise<boolean> {
  return (
    (await tx.count(
      "update delivery set state = 'refused', failure = $3, settled_at = to_timestamp($4::float8 / 1000) where organisation_id = $1 and id = $2 and state = 'preparing'",
      [tx.organisationId, deliveryId, JSON.stringify(failure), clock.now()],
    )) > 0
  );
}

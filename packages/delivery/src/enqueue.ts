import type { Failure } from "@loket/channels";
import type { Tx } from "@loket/database";
import type { LedgerPorts } from "@loket/evidence/ledger";
import type { Clock, DeliveryId, Instant, MessageId } from "@loket/kit";
import type { Verdict } from "@loket/policy";
import type { SendIntent } from "./delivery.ts";
import { isPaced, judge, keepDecision, mayLeave } from "./judge.ts";
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
  await tx.query(
    `insert into delivery (organisation_id, id, sender_id, address_id, contact_id, message_id, kind, content, request, replies_to_provider_id, priority, state,
       not_before, expires_at, decision_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, to_timestamp($13::float8 / 1000), to_timestamp($14::float8 / 1000), $15, to_timestamp($13::float8 / 1000))`,
    [
      tx.organisationId,
      deliveryId,
      delivery.senderId,
      delivery.addressId,
      delivery.contactId,
      delivery.messageId,
      judgement.request.kind,
      JSON.stringify(delivery.content),
      JSON.stringify({ kind: delivery.kind, promotional: delivery.promotional, solicited: delivery.solicited }),
      delivery.repliesToProviderId ?? null,
      delivery.priority ?? 5,
      delivery.preparing ? "preparing" : "queued",
      now,
      delivery.expiresAt,
      decisionId,
    ],
  );
  if (!delivery.preparing) tx.wake("lane", `out:${delivery.senderId}`);
  return { kind: "queued", deliveryId, verdict };
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

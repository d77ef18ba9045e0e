import type { InboundEvent } from "@loket/channels";
import type { Tx } from "@loket/database";
import { type CampaignId, parseId, type SenderId } from "@loket/kit";
import { brakeOfFailure } from "./brake.ts";
import {
  accept,
  closeAttempt,
  type DeliveryRow,
  deliveryColumns,
  type HandOverPorts,
  type OpenAttempt,
} from "./hand-over.ts";

type StatusChanged = Extract<InboundEvent, { kind: "statusChanged" }>;

/**
 * A status came home. It may come before the answer to the send that caused it, instead of it, twice, or out of order.
 * Whatever it says, it proves that the platform has the message: an attempt that was open or uncertain is settled, and
 * a delivery that waits to be tried again is not tried again.
 */
export async function recordStatus(
  tx: Tx,
  ports: HandOverPorts,
  senderId: SenderId,
  event: StatusChanged,
): Promise<void> {
  const attemptId = parseId<"attempt">(event.callbackData);
  const attempt = await tx.one<OpenAttempt>(
    `select id, delivery_id, contact_id, outcome from attempt
     where organisation_id = $1 and (id = $2 or ($2::uuid is null and id = (
       select id from attempt where organisation_id = $1 and sender_id = $3 and provider_id = $4 limit 1))) for update`,
    [tx.organisationId, attemptId, senderId, event.providerId],
  );
  // Without an attempt it was not sent through here (the business's own app, another tool): the message may still be
  // known by its id.
  const row = attempt && (await settle(tx, ports, attempt, event));
  if (row?.campaign_id) await reach(tx, ports, row, row.campaign_id, event);
  await ports.progress(tx, {
    deliveryId: row?.id ?? null,
    messageId: row?.message_id ?? null,
    senderId,
    campaignId: row?.campaign_id ?? null,
    providerId: event.providerId,
    status: event.status,
    at: event.at,
    failure: event.failure ?? null,
    verdict: null,
  });
}

async function settle(
  tx: Tx,
  ports: HandOverPorts,
  attempt: OpenAttempt,
  event: StatusChanged,
): Promise<DeliveryRow | undefined> {
  const row = await tx.one<DeliveryRow>(
    `select ${deliveryColumns} from delivery where organisation_id = $1 and id = $2 for update`,
    [tx.organisationId, attempt.delivery_id],
  );
  if (row && ["handing-over", "uncertain", "queued", "held"].includes(row.state)) {
    await closeAttempt(tx, ports, attempt, "accepted", event.at, event.providerId, null);
    await accept(tx, ports, row, event.providerId, event.at);
  }
  // Kept on the attempt too: the terms book asks when the platform last said "too often" or "no more marketing".
  if (event.failure)
    await tx.query("update attempt set failure = $3 where organisation_id = $1 and id = $2", [
      tx.organisationId,
      attempt.id,
      JSON.stringify(event.failure),
    ]);
  return row;
}

/** How far a campaign's message came. It only ever moves forward, in whatever order the platform tells. */
async function reach(
  tx: Tx,
  ports: HandOverPorts,
  row: DeliveryRow,
  campaignId: CampaignId,
  event: StatusChanged,
): Promise<void> {
  const reached = event.status === "played" ? "read" : event.status;
  await tx.query(
    `update delivery set reached = $3, failure = case when $3 = 'failed' then $4::jsonb else failure end
     where organisation_id = $1 and id = $2 and coalesce(array_position($5::text[], reached), 0) < array_position($5::text[], $3)`,
    [
      tx.organisationId,
      row.id,
      reached,
      event.failure ? JSON.stringify(event.failure) : null,
      ["sent", "failed", "delivered", "read"],
    ],
  );
  const brake = event.failure && brakeOfFailure(event.failure);
  if (brake) await ports.brake(tx, campaignId, brake);
}

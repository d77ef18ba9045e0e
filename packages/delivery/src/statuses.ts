import type { Failure, InboundEvent } from "@loket/channels";
import type { Tx } from "@loket/database";
import { type AttemptId, type DeliveryId, parseId, type SenderId } from "@loket/kit";
import type { HandOverPorts } from "./hand-over.ts";
import { type DeliveryRow, lockDeliveries, type OpenAttempt, openAttemptColumns } from "./rows.ts";
import { createSteps } from "./settle.ts";

export type StatusChanged = Extract<InboundEvent, { kind: "statusChanged" }>;

/**
 * Statuses came home. One may come before the answer to the send that caused it, instead of it, twice, or out of order.
 * Whatever it says, it proves that the platform has the message: an attempt that was open or uncertain is settled, and
 * a delivery that waits to be tried again is not tried again.
 */
export async function recordStatuses(
  tx: Tx,
  ports: HandOverPorts,
  senderId: SenderId,
  events: readonly StatusChanged[],
): Promise<void> {
  const attempts = await attemptsOf(tx, senderId, events);
  const rows = new Map(
    (await lockDeliveries(tx, [...new Set([...attempts.values()].map((attempt) => attempt.delivery_id))])).map(
      (row) => [row.id, row],
    ),
  );
  const steps = createSteps();
  const reached: { readonly row: DeliveryRow; readonly event: StatusChanged }[] = [];
  const failed: { readonly attempt: OpenAttempt; readonly event: StatusChanged }[] = [];
  for (const event of events) {
    // Without an attempt it was not sent through here (the business's own app, another tool): the message may still be
    // known by its id.
    const attempt = attempts.get(event);
    const row = attempt && rows.get(attempt.delivery_id);
    if (attempt && row && ["handing-over", "uncertain", "queued", "held"].includes(row.state)) {
      steps.accept(attempt, row, event.providerId, event.at);
      row.state = "accepted";
    }
    // Kept on the attempt too: the terms book asks when the platform last said "too often" or "no more marketing".
    if (attempt && event.failure) failed.push({ attempt, event });
    if (row?.campaign_id) {
      reached.push({ row, event });
      if (event.failure) steps.brake(row.campaign_id, event.failure);
    }
    steps.told.push({
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
  await steps.write(tx, ports);
  await keepFailures(tx, failed);
  await reach(tx, reached);
  await steps.tell(tx, ports);
}

/** Which attempt each of them is about: by our id where the platform gives it back, by its own id otherwise. */
async function attemptsOf(
  tx: Tx,
  senderId: SenderId,
  events: readonly StatusChanged[],
): Promise<Map<StatusChanged, OpenAttempt>> {
  const ids = new Map(events.map((event) => [event, parseId<"attempt">(event.callbackData)]));
  const unnamed = events.filter((event) => ids.get(event) === null).map((event) => event.providerId);
  const named = [...ids.values()].filter((id) => id !== null);
  const besides =
    unnamed.length === 0
      ? []
      : await tx.query<{ id: AttemptId }>(
          `select a.id from delivery d join attempt a on a.organisation_id = d.organisation_id and a.delivery_id = d.id and a.provider_id = d.provider_id
           where d.organisation_id = $1 and d.sender_id = $2 and d.provider_id = any($3::text[])`,
          [tx.organisationId, senderId, unnamed],
        );
  const found = await tx.query<OpenAttempt & { provider_id: string | null }>(
    `select ${openAttemptColumns}, provider_id from attempt where organisation_id = $1 and id = any($2::uuid[]) order by id for update`,
    [tx.organisationId, [...named, ...besides.map((row) => row.id)]],
  );
  const byId = new Map(found.map((attempt) => [attempt.id, attempt]));
  const byProviderId = new Map(found.map((attempt) => [attempt.provider_id, attempt]));
  const pairs = events.flatMap((event): [StatusChanged, OpenAttempt][] => {
    const id = ids.get(event);
    const attempt = id ? byId.get(id) : byProviderId.get(event.providerId);
    return attempt ? [[event, attempt]] : [];
  });
  return new Map(pairs);
}

async function keepFailures(
  tx: Tx,
  failed: readonly { readonly attempt: OpenAttempt; readonly event: StatusChanged }[],
): Promise<void> {
  if (failed.length === 0) return;
  await tx.query(
    `update attempt a set failure = f.failure from json_to_recordset($2::json) as f(id uuid, failure jsonb) where a.organisation_id = $1 and a.id = f.id`,
    [
      tx.organisationId,
      JSON.stringify(failed.map(({ attempt, event }) => ({ id: attempt.id, failure: event.failure }))),
    ],
  );
}

const reaches = ["sent", "failed", "delivered", "read"] as const;

/** How far campaigns' messages came. Each only ever moves forward, in whatever order the platform tells. */
async function reach(
  tx: Tx,
  told: readonly { readonly row: DeliveryRow; readonly event: StatusChanged }[],
): Promise<void> {
  const furthest = new Map<DeliveryId, { reached: (typeof reaches)[number]; failure: Failure | null }>();
  for (const { row, event } of told) {
    const reached = event.status === "played" ? "read" : event.status;
    const before = furthest.get(row.id);
    if (before && reaches.indexOf(before.reached) >= reaches.indexOf(reached)) continue;
    furthest.set(row.id, { reached, failure: event.failure ?? before?.failure ?? null });
  }
  if (furthest.size === 0) return;
  await tx.query(
    `update delivery d set reached = r.reached, failure = coalesce(r.failure, d.failure)
     from json_to_recordset($2::json) as r(id uuid, reached text, failure jsonb)
     where d.organisation_id = $1 and d.id = any($4::uuid[]) and d.id = r.id and coalesce(array_position($3::text[], d.reached), 0) < array_position($3::text[], r.reached)`,
    [
      tx.organisationId,
      JSON.stringify([...furthest].map(([id, moved]) => ({ id, ...moved }))),
      reaches,
      [...furthest.keys()],
    ],
  );
}

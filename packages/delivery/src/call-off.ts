import type { Failure } from "@loket/channels";
import type { Tx } from "@loket/database";
import type { HandOverPorts } from "./hand-over.ts";
import { type DeliveryRow, deliveryColumns, moveDeliveries, progressOf } from "./rows.ts";

/** Nothing of it left, and nothing of it will. */
const calledOff: Failure = { reason: "other", code: "delivery.called-off", title: "Called off before it was sent" };

/**
 * Calls off what is no campaign's and has waited since before `before` (milliseconds, wall clock); a message among them
 * shows that it did not go. Returns how many. What a lane is handing over at this moment is waited for, and not called off.
 */
export async function callOffWaiting(
  tx: Tx,
  ports: Pick<HandOverPorts, "clock" | "progress">,
  before: number,
): Promise<number> {
  const now = ports.clock.now();
  const rows = await tx.query<DeliveryRow>(
    `select ${deliveryColumns} from delivery
     where organisation_id = $1 and campaign_id is null and state in ('preparing', 'queued', 'held') and created_at < to_timestamp($2::float8 / 1000)
     order by id for update`,
    [tx.organisationId, before],
  );
  await moveDeliveries(
    tx,
    rows.map(({ id }) => ({ id, state: "cancelled", at: now, failure: calledOff })),
  );
  if (rows.length > 0)
    await ports.progress(
      tx,
      rows.map((row) => progressOf(row, "failed", now, { failure: calledOff })),
    );
  return rows.length;
}

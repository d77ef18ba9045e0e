import type { Database } from "@loket/database";
import type { OrganisationId, SenderId } from "@loket/kit";

export interface Lane {
  readonly organisationId: OrganisationId;
  readonly senderId: SenderId;
  readonly direction: "in" | "out";
  readonly fence: number;
}

/** Leases by the database's clock, so that no machine's own clock, right or wrong, can stretch or cut one. */
export const leaseSeconds = 10;

interface LaneRow {
  organisation_id: OrganisationId;
  sender_id: SenderId;
  direction: "in" | "out";
  fence: number;
}
const toLane = (row: LaneRow): Lane => ({
  organisationId: row.organisation_id,
  senderId: row.sender_id,
  direction: row.direction,
  fence: row.fence,
});

/**
 * Takes lanes nobody holds, at most `limit`, each with a new fence. FOR UPDATE waits for hand-overs that are just
 * committing their intent under the old fence (they hold the row under KEY SHARE), so that none slips in afterwards.
 */
export async function takeLanes(worker: Database, holder: string, limit: number): Promise<Lane[]> {
  const rows = await worker.across<LaneRow>(
    `with free as (
       select organisation_id, sender_id, direction from lane
       where (leased_until is null or leased_until < now()) and (paused_until is null or paused_until < now())
       order by organisation_id, sender_id, direction limit $2 for update skip locked
     )
     update lane set holder = $1, fence = lane.fence + 1, leased_until = now() + make_interval(secs => ${leaseSeconds})
     from free where lane.organisation_id = free.organisation_id and lane.sender_id = free.sender_id and lane.direction = free.direction
     returning lane.organisation_id, lane.sender_id, lane.direction, lane.fence`,
    [holder, limit],
  );
  return rows.map(toLane);
}

/**
 * The heartbeat: the leases of these lanes, made new as far as they are still ours. Those that are no longer worked are
 * not among them, so that their leases end and somebody takes them up. A lane missing from the answer is lost.
 */
export async function keepLanes(worker: Database, holder: string, lanes: readonly Lane[]): Promise<Lane[]> {
  if (lanes.length === 0) return [];
  const rows = await worker.across<LaneRow>(
    `update lane l set leased_until = now() + make_interval(secs => ${leaseSeconds}) from unnest($2::uuid[], $3::uuid[], $4::text[], $5::bigint[]) as ours(organisation_id, sender_id, direction, fence)
     where l.holder = $1 and l.leased_until >= now() and l.organisation_id = ours.organisation_id and l.sender_id = ours.sender_id and l.direction = ours.direction and l.fence = ours.fence
     returning l.organisation_id, l.sender_id, l.direction, l.fence`,
    [
      holder,
      lanes.map((lane) => lane.organisationId),
      lanes.map((lane) => lane.senderId),
      lanes.map((lane) => lane.direction),
      lanes.map((lane) => lane.fence),
    ],
  );
  return rows.map(toLane);
}

/**
 * For a process that knows itself alone with its database, at its start: whoever held a lease is dead, and waiting for
 * it to run out would only keep customers waiting. Fences still grow with the next holder.
 */
export async function releaseDeadLanes(worker: Database): Promise<void> {
  await worker.across(
    "update lane set holder = null, leased_until = null where holder is not null returning sender_id",
  );
}

/** On the way out: others need not wait for the leases to end. */
export async function releaseLanes(worker: Database, holder: string): Promise<void> {
  await worker.across("update lane set holder = null, leased_until = null where holder = $1 returning sender_id", [
    holder,
  ]);
}

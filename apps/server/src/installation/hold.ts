import type { HandOverHold } from "@loket/contract";
import type { Tx } from "@loket/database";
import { callOffWaiting } from "@loket/delivery";
import { record } from "@loket/evidence/ledger";
import type { MemberId } from "@loket/kit";
import { cancelCampaign } from "@loket/newsletters";
import type { Ports } from "../ports.ts";
import { handOverPorts } from "../work.ts";

interface HoldRow {
  reason: HandOverHold["reason"];
  since: number;
  found_at: string;
}

/** What holds the organisation, and what waits behind it; `null` where nothing does. */
export async function readHold(tx: Tx): Promise<HandOverHold | null> {
  const row = await tx.one<HoldRow>("select reason, since, found_at from hand_over_hold where organisation_id = $1", [
    tx.organisationId,
  ]);
  if (!row) return null;
  const waiting = await tx.one<{ messages: number; people: number; oldest: number | null; campaigns: number }>(
    `select count(*) filter (where campaign_id is null) as messages, count(*) filter (where campaign_id is not null) as people,
       min(created_at) as oldest,
       (select count(*) from campaign where organisation_id = $1 and state in ('freezing', 'running', 'paused') and started_at < to_timestamp($2::float8 / 1000)) as campaigns
     from delivery where organisation_id = $1 and state in ('preparing', 'queued', 'held') and created_at < to_timestamp($2::float8 / 1000)`,
    [tx.organisationId, row.since],
  );
  return {
    reason: row.reason,
    since: new Date(row.since).toISOString(),
    foundAt: row.found_at,
    waiting: {
      messages: waiting?.messages ?? 0,
      campaigns: waiting?.campaigns ?? 0,
      people: waiting?.people ?? 0,
      oldestAt: waiting?.oldest == null ? null : new Date(waiting.oldest).toISOString(),
    },
  };
}

/**
 * Somebody confirms that this database may send. What has waited since before the hold goes as it is, or is called off
 * first, campaigns that were under way included; all in one transaction, and on record. `null` where the hold is not the
 * one of `since` (milliseconds): what they were told is not so any more.
 */
export async function confirmHold(
  tx: Tx,
  ports: Ports,
  confirm: { readonly since: number; readonly waiting: "hand-over" | "call-off"; readonly memberId: MemberId | null },
): Promise<{ messages: number; campaigns: number } | null> {
  const hold = await readHold(tx);
  if (!hold || Date.parse(hold.since) !== confirm.since) return null;
  const isOurs = await tx.count(
    "delete from hand_over_hold where organisation_id = $1 and since = to_timestamp($2::float8 / 1000)",
    [tx.organisationId, confirm.since],
  );
  if (isOurs === 0) return null;
  const { messages, campaigns } = confirm.waiting === "call-off" ? await callOff(tx, ports, confirm) : hold.waiting;
  await record(tx, ports, {
    type: "configuration.changed",
    body: {
      what: "hand-over confirmed",
      reason: hold.reason,
      since: hold.since,
      foundAt: hold.foundAt,
      waiting: confirm.waiting,
      messages,
      campaigns,
      by: confirm.memberId,
    },
  });
  tx.emit({
    type: "standing.changed",
    inboxId: null,
    subject: { what: "sender", subjectId: tx.organisationId },
    at: ports.clock.now(),
  });
  const senders = await tx.query<{ id: string }>("select id from sender where organisation_id = $1", [
    tx.organisationId,
  ]);
  for (const { id } of senders) tx.wake("lane", `out:${id}`);
  return { messages, campaigns };
}

async function callOff(
  tx: Tx,
  ports: Ports,
  { since, memberId }: { readonly since: number; readonly memberId: MemberId | null },
): Promise<{ messages: number; campaigns: number }> {
  const underWay = await tx.query<{ id: string }>(
    "select id from campaign where organisation_id = $1 and state in ('freezing', 'running', 'paused') and started_at < to_timestamp($2::float8 / 1000) order by id",
    [tx.organisationId, since],
  );
  for (const { id } of underWay) await cancelCampaign(tx, ports, id, memberId);
  return { messages: await callOffWaiting(tx, handOverPorts(ports), since), campaigns: underWay.length };
}

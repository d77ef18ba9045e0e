import type { Demand, Reachable } from "@loket/contract";
import type { Tx } from "@loket/database";
import { record } from "@loket/evidence/ledger";
import { instant, toIso } from "@loket/kit";
import { type Stop, stopSender } from "@loket/organisations";
import type { Ports } from "../ports.ts";

/**
 * A letter that demands to stop: what it names is stopped, what may be evidence is not deleted while it is open, and each
 * step of the answer is kept with who took it and when.
 */

interface DemandRow {
  id: string;
  from_name: string;
  received_at: number;
  answer_due_at: number | null;
  allegations: string[];
  sender_ids: string[];
  stopped: Stop | null;
  holds_evidence: boolean;
  steps: Demand["steps"];
  created_at: number;
  closed_at: number | null;
}

export async function listDemands(tx: Tx, id: string | null): Promise<Demand[]> {
  const rows = await tx.query<DemandRow>(
    `select id, from_name, received_at, answer_due_at, allegations, sender_ids, stopped, holds_evidence, steps, created_at, closed_at
     from demand where organisation_id = $1 and ($2::uuid is null or id = $2) order by closed_at is null desc, received_at desc limit 100`,
    [tx.organisationId, id],
  );
  const iso = (at: number | null) => (at === null ? null : toIso(instant(at)));
  return rows.map((row) => ({
    id: row.id,
    fromName: row.from_name,
    receivedAt: toIso(instant(row.received_at)),
    answerDueAt: iso(row.answer_due_at),
    allegations: row.allegations,
    senderIds: row.sender_ids,
    stopped: row.stopped,
    holdsEvidence: row.holds_evidence,
    steps: row.steps,
    createdAt: toIso(instant(row.created_at)),
    closedAt: iso(row.closed_at),
  }));
}

export interface NewDemand {
  readonly fromName: string;
  readonly receivedAt: number;
  readonly answerDueAt: number | null;
  readonly allegations: readonly string[];
  readonly senderIds: readonly string[];
  readonly stopped: Stop | null;
  readonly memberId: string | null;
}

/** Opens it, and stops what it names in the same transaction. */
export async function receiveDemand(tx: Tx, ports: Ports, demand: NewDemand): Promise<string> {
  const now = ports.clock.now();
  const id = ports.ids.next();
  await tx.query(
    `insert into demand (organisation_id, id, from_name, received_at, answer_due_at, allegations, sender_ids, stopped, created_by, created_at)
     values ($1, $2, $3, to_timestamp($4::float8 / 1000), to_timestamp($5::float8 / 1000), $6, $7, $8, $9, to_timestamp($10::float8 / 1000))`,
    [
      tx.organisationId,
      id,
      demand.fromName,
      demand.receivedAt,
      demand.answerDueAt,
      JSON.stringify(demand.allegations),
      demand.senderIds,
      demand.stopped,
      demand.memberId,
      now,
    ],
  );
  if (demand.stopped !== null)
    for (const senderId of demand.senderIds)
      await stopSender(tx, ports, {
        senderId,
        stopped: demand.stopped,
        reason: demand.fromName,
        memberId: demand.memberId,
      });
  await record(tx, ports, {
    type: "demand.received",
    body: {
      demand: id,
      from: demand.fromName,
      received: toIso(instant(demand.receivedAt)),
      due: demand.answerDueAt === null ? null : toIso(instant(demand.answerDueAt)),
      allegations: [...demand.allegations],
      senders: [...demand.senderIds],
      stopped: demand.stopped,
      by: demand.memberId,
    },
  });
  announce(tx, id, now);
  return id;
}

/** Marks a step as taken, or not taken after all. False where there is no such open demand. */
export async function markStep(tx: Tx, ports: Ports, id: string, step: string, by: string | null): Promise<boolean> {
  const now = ports.clock.now();
  const changed = await tx.count(
    `update demand set steps = case when $4::text is null then steps - $3 else steps || jsonb_build_object($3::text, jsonb_build_object('at', $5::text, 'by', $4::text)) end
     where organisation_id = $1 and id = $2 and closed_at is null`,
    [tx.organisationId, id, step, by, toIso(now)],
  );
  if (changed > 0) announce(tx, id, now);
  return changed > 0;
}

/** Answered and done with: deleting may go on. What was stopped stays stopped until somebody lets it go. */
export async function closeDemand(
  tx: Tx,
  ports: Ports,
  id: string,
  answer: string,
  by: string | null,
): Promise<boolean> {
  const now = ports.clock.now();
  const closed = await tx.count(
    "update demand set closed_at = to_timestamp($3::float8 / 1000), holds_evidence = false where organisation_id = $1 and id = $2 and closed_at is null",
    [tx.organisationId, id, now],
  );
  if (closed === 0) return false;
  await record(tx, ports, { type: "demand.answered", body: { demand: id, answer, by } });
  announce(tx, id, now);
  return true;
}

function announce(tx: Tx, id: string, at: number): void {
  tx.emit({ type: "standing.changed", inboxId: null, subject: { what: "demand", subjectId: id }, at });
}

const others = `
  select c.id, c.name, a.channel, a.value as address,
    exists (
      select 1 from consent g where g.organisation_id = $1 and g.contact_id = c.id and g.channel in (a.channel, 'all') and g.action in ('granted', 'confirmed')
        and not exists (select 1 from consent w where w.organisation_id = $1 and w.contact_id = c.id and w.channel in (a.channel, 'all') and w.purpose = g.purpose
          and w.action = 'withdrawn' and w.at >= g.at))
    and not exists (
      select 1 from suppression s where s.organisation_id = $1 and s.contact_id = c.id and s.channel in (a.channel, 'all') and s.lifted_at is null) as agreed
  from contact c join address a on a.organisation_id = c.organisation_id and a.contact_id = c.id and a.current and a.channel <> $2 and a.kind <> 'chat'
  where c.organisation_id = $1 and c.merged_into is null and c.erased_at is null`;

/** Who could be reached on other channels if this one were lost, and who of them agreed to that. */
export async function readReachable(tx: Tx, channel: string, limit: number): Promise<Reachable> {
  const [totals, byChannel, contacts] = await Promise.all([
    tx.one<{ people: number; elsewhere: number }>(
      `select count(distinct c.id)::int as people,
         count(distinct c.id) filter (where exists (
           select 1 from address o where o.organisation_id = $1 and o.contact_id = c.id and o.current and o.channel <> $2 and o.kind <> 'chat'))::int as elsewhere
       from contact c join address a on a.organisation_id = c.organisation_id and a.contact_id = c.id and a.current and a.channel = $2
       where c.organisation_id = $1 and c.merged_into is null and c.erased_at is null`,
      [tx.organisationId, channel],
    ),
    tx.query<{ channel: string; people: number; agreed: number }>(
      `select channel, count(distinct id)::int as people, count(distinct id) filter (where agreed)::int as agreed from (${others}) as reach group by 1 order by 2 desc`,
      [tx.organisationId, channel],
    ),
    tx.query<Reachable["contacts"][number]>(`${others} order by agreed desc, lower(c.name), c.id limit $3`, [
      tx.organisationId,
      channel,
      limit,
    ]),
  ]);
  const people = totals?.people ?? 0;
  return { people, byChannel, nowhereElse: people - (totals?.elsewhere ?? 0), contacts };
}

import type { Network, SendOutcome } from "@loket/channels";
import { clear, type SendingAccount, send } from "@loket/channels/sending";
import type { Database } from "@loket/database";
import { type DeliveryId, secondMs } from "@loket/kit";
import {
  becomeUncertain,
  closeAttempt,
  type DeliveryRow,
  deliveryColumns,
  type HandOverPorts,
  type Intent,
  intend,
  intentTtlMs,
  type OpenAttempt,
  settle,
} from "./hand-over.ts";
import type { Lane } from "./lanes.ts";
import { createPace, type Pace } from "./pace.ts";

export interface DispatchPorts extends HandOverPorts {
  readonly worker: Database;
  readonly network: Network;
  /** How to speak for the lane's sender, with its pace; `null` where it is disconnected. */
  readonly account: (
    lane: Lane,
  ) => Promise<{ readonly account: SendingAccount; readonly messagesPerSecond: number } | null>;
  /** What is to be looked after beside the hand-overs of a lane. Says how long until it wants to be called again. */
  readonly tend?: (lane: Lane) => Promise<number>;
  readonly log: (level: "info" | "warn" | "error", text: string, detail?: Record<string, unknown>) => void;
}

/** How many hand-overs of one lane are under way at most; within one address there is never more than one. */
const concurrency = 16;
const idleMs = 2 * secondMs;

/**
 * Works one sender's lane for as long as it is ours: in order per address, at the sender's pace, agents' answers first.
 *
 * Taking a lane over means that somebody else stopped, perhaps in the middle: what they had committed an intent for and
 * not settled is uncertain now. It is never queued again, because nobody knows whether it left.
 */
export async function workLane(
  ports: DispatchPorts,
  lane: Lane,
  signal: AbortSignal,
  woken: (waitMs: number) => Promise<void>,
): Promise<void> {
  await sweep(ports, lane);
  let pace: Pace | undefined;
  const underWay = new Map<DeliveryId, Promise<void>>();
  const tending = tendLane(ports, lane, signal, woken);
  while (!signal.aborted) {
    const sender = await ports.account(lane);
    if (!sender) {
      await woken(idleMs);
      continue;
    }
    pace ??= createPace(sender.messagesPerSecond, ports.clock.monotonicMs());
    pace.setRate(sender.messagesPerSecond);
    const due =
      underWay.size < concurrency
        ? await dueDeliveries(ports, lane, [...underWay.keys()], concurrency - underWay.size)
        : [];
    for (const deliveryId of due) {
      const token = pace.take(ports.clock.monotonicMs());
      if (!token.taken) {
        await ports.clock.sleep(token.waitMs, signal);
        break; // and look anew: something more urgent may have come
      }
      const currentPace = pace;
      const handOver = handOverOne(ports, lane, sender.account, currentPace, deliveryId, signal)
        .catch((error) => ports.log("error", "a hand-over broke off", { deliveryId, error: String(error) }))
        .finally(() => underWay.delete(deliveryId));
      underWay.set(deliveryId, handOver);
    }
    if (due.length === 0) {
      // Whichever comes first: an answer frees a place or lets an address's next message go, or something new is queued.
      await Promise.race([woken(idleMs), ...underWay.values()]);
    } else if (underWay.size >= concurrency) {
      await Promise.race(underWay.values());
    }
  }
  await Promise.allSettled([...underWay.values(), tending]);
}

async function tendLane(
  ports: DispatchPorts,
  lane: Lane,
  signal: AbortSignal,
  woken: (waitMs: number) => Promise<void>,
): Promise<void> {
  while (ports.tend && !signal.aborted) {
    const waitMs = await ports.tend(lane).catch((error) => {
      ports.log("error", "a lane's campaigns could not be looked after", { error: String(error) });
      return idleMs;
    });
    if (waitMs > 0) await woken(waitMs);
  }
}

async function handOverOne(
  ports: DispatchPorts,
  lane: Lane,
  account: SendingAccount,
  pace: Pace,
  deliveryId: DeliveryId,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return;
  const askedAtMs = ports.clock.monotonicMs();
  const intent = await ports.worker.inOrganisation(lane.organisationId, (tx) =>
    intend(tx, ports, deliveryId, lane.fence),
  );
  if (!intent) return;
  const outcome = await speak(ports, account, intent, askedAtMs);
  if (
    outcome.kind === "retryable" &&
    outcome.scope !== "pair" &&
    outcome.scope !== "recipient" &&
    outcome.notBeforeMs > 0
  ) {
    pace.pause(ports.clock.monotonicMs(), Math.min(outcome.notBeforeMs, 60 * secondMs));
  }
  await recordOutcome(ports, lane, intent, outcome);
}

/** Step two: the first byte. An intent older than its time is not used: the world it was judged in is gone. */
async function speak(
  ports: DispatchPorts,
  account: SendingAccount,
  intent: Intent,
  askedAtMs: number,
): Promise<SendOutcome> {
  if (ports.clock.monotonicMs() - askedAtMs > intentTtlMs) {
    return {
      kind: "retryable",
      notBeforeMs: 0,
      scope: "recipient",
      failure: { reason: "notConnected", code: "delivery.stale-intent", title: "The intent was too old to be used" },
    };
  }
  const cleared = clear(intent.decision, {
    to: intent.to,
    content: intent.content,
    callbackData: intent.attemptId,
    ...(intent.repliesToProviderId ? { repliesTo: { providerId: intent.repliesToProviderId } } : {}),
  });
  return send(cleared, account, { network: ports.network });
}

/**
 * The answer is known only here until it is written down, so it is written with patience: while the database is away,
 * again and again. If we die first, the next holder finds the attempt open and calls it uncertain.
 */
async function recordOutcome(ports: DispatchPorts, lane: Lane, intent: Intent, outcome: SendOutcome): Promise<void> {
  for (let round = 0; ; round++) {
    try {
      await ports.worker.inOrganisation(lane.organisationId, (tx) => settle(tx, ports, intent.attemptId, outcome));
      return;
    } catch (error) {
      if (round === 20) throw error;
      ports.log("warn", "an outcome could not be written yet", { attemptId: intent.attemptId, error: String(error) });
      await ports.clock.sleep(Math.min(5_000, 100 * 2 ** round));
    }
  }
}

/**
 * What may go now, most urgent first, oldest first: nothing whose address has an earlier one of the same urgency still
 * on its way, so that the second answer of an agent never overtakes the first. Campaigns come last, each as far as it
 * is open, and share what is left among them.
 */
async function dueDeliveries(
  ports: DispatchPorts,
  lane: Lane,
  underWay: readonly string[],
  limit: number,
): Promise<DeliveryId[]> {
  const rows = await ports.worker.inOrganisation(lane.organisationId, (tx) =>
    tx.query<{ id: DeliveryId }>(
      `(select d.id, d.priority, 0 as turn from delivery d
         where d.organisation_id = $1 and d.sender_id = $2 and d.campaign_id is null and ${isDue}
         order by d.priority, d.id limit $5)
       union all
       (select due.id, open.priority, due.turn from campaign c
         cross join (values (8::smallint), (9::smallint)) as open(priority)
         cross join lateral (
           select d.id, row_number() over (order by d.not_before, d.id) as turn from delivery d
           where d.organisation_id = $1 and d.campaign_id = c.id and d.priority = open.priority and ${isDue}
           order by d.not_before, d.id limit $5) due
         where c.organisation_id = $1 and c.sender_id = $2 and c.state in ('freezing', 'running') and open.priority <= c.open_priority
           and (c.starts_at is null or c.starts_at <= to_timestamp($3::float8 / 1000)) and (c.waits_until is null or c.waits_until <= to_timestamp($3::float8 / 1000)))
       order by priority, turn, id limit $5`,
      [lane.organisationId, lane.senderId, ports.clock.now(), underWay, limit],
    ),
  );
  return rows.map((row) => row.id);
}
const isDue = `d.state in ('queued', 'held') and d.not_before <= to_timestamp($3::float8 / 1000) and not (d.id = any($4::uuid[]))
  and not exists (
    select 1 from delivery earlier
    where earlier.organisation_id = d.organisation_id and earlier.sender_id = d.sender_id and earlier.address_id = d.address_id
      and earlier.state in ('preparing', 'queued', 'handing-over') and earlier.priority = d.priority and earlier.id < d.id)`;

async function sweep(ports: DispatchPorts, lane: Lane): Promise<void> {
  await ports.worker.inOrganisation(lane.organisationId, async (tx) => {
    const open = await tx.query<OpenAttempt>(
      "select id, delivery_id, contact_id, outcome from attempt where organisation_id = $1 and sender_id = $2 and outcome is null and fence < $3 order by id for update",
      [lane.organisationId, lane.senderId, lane.fence],
    );
    const now = ports.clock.now();
    for (const attempt of open) {
      await closeAttempt(tx, ports, attempt, "uncertain", now, null, null);
      const row = await tx.one<DeliveryRow>(
        `select ${deliveryColumns} from delivery where organisation_id = $1 and id = $2 and state = 'handing-over' for update`,
        [lane.organisationId, attempt.delivery_id],
      );
      if (row) await becomeUncertain(tx, ports, row, now);
    }
    if (open.length > 0)
      ports.log("warn", "found hand-overs whose outcome nobody knows; waiting for their statuses", {
        senderId: lane.senderId,
        count: open.length,
      });
  });
}

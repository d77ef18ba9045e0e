import type { Network, SendOutcome } from "@loket/channels";
import { clear, type SendingAccount, send } from "@loket/channels/sending";
import type { Database } from "@loket/database";
import { type DeliveryId, secondMs } from "@loket/kit";
import { type HandOverPorts, type Intent, intend, intentTtlMs } from "./hand-over.ts";
import type { Lane } from "./lanes.ts";
import { createPace, type Pace } from "./pace.ts";
import { type Answer, callUncertain, openAttemptsOf, settle } from "./settle.ts";

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

/**
 * How many hand-overs of one lane are under way at most; within one address there is never more than one. A number's
 * pace times a fifth of a second, the platform's usual answer time with room to spare, and some places that campaigns
 * leave to answers.
 */
const concurrencyAt = (messagesPerSecond: number): number => Math.min(256, Math.max(16, messagesPerSecond / 5));
const reservedForAnswers = 4;
/** How many go into one transaction: enough to share its costs, few enough that none waits long to be spoken. */
const batchSize = 64;
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
  const answers = createAnswerBook(ports, lane);
  const waiting = createDue(ports, lane);
  const tending = tendLane(ports, lane, signal, woken);
  while (!signal.aborted) {
    const sender = await ports.account(lane);
    if (!sender) {
      await woken(idleMs);
      continue;
    }
    pace ??= createPace(sender.messagesPerSecond, ports.clock.monotonicMs());
    pace.setRate(sender.messagesPerSecond);
    const free = Math.floor(concurrencyAt(sender.messagesPerSecond)) - underWay.size;
    if (free <= 0) {
      await Promise.race(underWay.values());
      continue;
    }
    const ready = pace.ready(ports.clock.monotonicMs());
    if (ready.count === 0) {
      await ports.clock.sleep(ready.waitMs, signal);
      continue; // and look anew: something more urgent may have come
    }
    const due = await waiting.next(underWay, {
      all: Math.min(free, ready.count, batchSize),
      campaigns: Math.max(0, free - reservedForAnswers),
    });
    if (due.length === 0) {
      // Whichever comes first: an answer frees a place or lets an address's next message go, or something new is queued.
      await Promise.race([woken(idleMs), ...underWay.values()]);
      continue;
    }
    pace.take(due.length);
    const spoken = intendTogether(ports, lane, due, signal);
    const currentPace = pace;
    void spoken.then((intents) => currentPace.giveBack(due.length - intents.size));
    for (const deliveryId of due)
      underWay.set(
        deliveryId,
        spoken
          .then(async (intents) => {
            const intent = intents.get(deliveryId);
            if (intent) await answers.keep(intent, await handOver(ports, sender.account, currentPace, intent));
          })
          .catch((error) => ports.log("error", "a hand-over broke off", { deliveryId, error: String(error) }))
          .finally(() => underWay.delete(deliveryId)),
      );
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

interface CommittedIntent extends Intent {
  readonly askedAtMs: number;
}

/**
 * Commits the intents of several deliveries in one transaction. Where that fails, each goes by itself, so that one that
 * cannot be judged stands in nobody's way.
 */
async function intendTogether(
  ports: DispatchPorts,
  lane: Lane,
  due: readonly DeliveryId[],
  signal: AbortSignal,
): Promise<ReadonlyMap<DeliveryId, CommittedIntent>> {
  if (signal.aborted) return new Map();
  const askedAtMs = ports.clock.monotonicMs();
  const commit = async (ids: readonly DeliveryId[]) =>
    (await ports.worker.inOrganisation(lane.organisationId, (tx) => intend(tx, ports, lane, ids))).map(
      (intent) => [intent.deliveryId, { ...intent, askedAtMs }] as const,
    );
  try {
    return new Map(await commit(due));
  } catch (error) {
    ports.log("warn", "intents could not be committed", { count: due.length, error: String(error) });
    // The commit may have been kept and only its answer lost: then there are intents that nobody will use.
    await takeBack(ports, lane, due);
    const singly: (readonly [DeliveryId, CommittedIntent])[] = [];
    if (due.length > 1) for (const id of due) singly.push(...(await commitAlone(id)));
    return new Map(singly);
  }
  async function commitAlone(id: DeliveryId) {
    try {
      return await commit([id]);
    } catch (error) {
      ports.log("warn", "an intent could not be committed", { deliveryId: id, error: String(error) });
      await takeBack(ports, lane, [id]);
      return [];
    }
  }
}

/** Intents of ours that we know we did not use: the deliveries wait again. */
async function takeBack(ports: DispatchPorts, lane: Lane, deliveryIds: readonly DeliveryId[]): Promise<void> {
  await patiently(ports, "unused intents could not be taken back yet", () =>
    ports.worker.inOrganisation(lane.organisationId, async (tx) => {
      const unused = await openAttemptsOf(tx, lane, deliveryIds);
      await settle(
        tx,
        ports,
        unused.map((attemptId) => ({ attemptId, outcome: neverSpoken })),
      );
    }),
  );
}

async function handOver(
  ports: DispatchPorts,
  account: SendingAccount,
  pace: Pace,
  intent: CommittedIntent,
): Promise<SendOutcome> {
  const outcome = await speak(ports, account, intent);
  if (
    outcome.kind === "retryable" &&
    outcome.scope !== "pair" &&
    outcome.scope !== "recipient" &&
    outcome.notBeforeMs > 0
  ) {
    pace.pause(ports.clock.monotonicMs(), Math.min(outcome.notBeforeMs, 60 * secondMs));
  }
  return outcome;
}

/** Step two: the first byte. An intent older than its time is not used: the world it was judged in is gone. */
async function speak(ports: DispatchPorts, account: SendingAccount, intent: CommittedIntent): Promise<SendOutcome> {
  if (ports.clock.monotonicMs() - intent.askedAtMs > intentTtlMs) return neverSpoken;
  const cleared = clear(intent.decision, {
    to: intent.to,
    content: intent.content,
    callbackData: intent.attemptId,
    ...(intent.repliesToProviderId ? { repliesTo: { providerId: intent.repliesToProviderId } } : {}),
  });
  return send(cleared, account, { network: ports.network });
}

const neverSpoken: SendOutcome = {
  kind: "retryable",
  notBeforeMs: 0,
  scope: "recipient",
  failure: { reason: "notConnected", code: "delivery.stale-intent", title: "The intent was too old to be used" },
};

interface AnswerBook {
  /** Resolves when the answer is written down, or cannot be. */
  keep(intent: Intent, outcome: SendOutcome): Promise<void>;
}

/**
 * Answers are known only here until they are written down. One transaction is in flight at a time, and whatever is
 * answered while it runs goes with the next one.
 */
function createAnswerBook(ports: DispatchPorts, lane: Lane): AnswerBook {
  const waiting: { readonly answer: Answer; readonly done: (error?: unknown) => void }[] = [];
  let isWriting = false;
  async function write(): Promise<void> {
    isWriting = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, batchSize);
      const error = await writeAnswers(
        ports,
        lane,
        group.map((each) => each.answer),
      ).then(
        () => undefined,
        (cause: unknown) => cause,
      );
      for (const { answer, done } of group)
        done(
          error === undefined || group.length === 1 ? error : await writeAnswers(ports, lane, [answer]).catch(String),
        );
    }
    isWriting = false;
  }
  return {
    keep: (intent, outcome) =>
      new Promise((resolve, reject) => {
        waiting.push({
          answer: { attemptId: intent.attemptId, outcome },
          done: (error) => (error === undefined ? resolve() : reject(error)),
        });
        if (!isWriting) void write();
      }),
  };
}

/** If we die first, the next holder finds the attempts open and calls them uncertain. */
function writeAnswers(ports: DispatchPorts, lane: Lane, answers: readonly Answer[]): Promise<void> {
  return patiently(ports, "outcomes could not be written yet", () =>
    ports.worker.inOrganisation(lane.organisationId, (tx) => settle(tx, ports, answers)),
  );
}

/** While the database is away, again and again, for somewhat more than a minute. */
async function patiently(ports: DispatchPorts, complaint: string, work: () => Promise<void>): Promise<void> {
  for (let round = 0; ; round++) {
    try {
      return await work();
    } catch (error) {
      if (round === 20) throw error;
      ports.log("warn", complaint, { error: String(error) });
      await ports.clock.sleep(Math.min(5_000, 100 * 2 ** round));
    }
  }
}

interface Due {
  /** What may go now, at most so many; fewer of campaigns than in all, so that answers find a place. */
  next(underWay: ReadonlyMap<DeliveryId, unknown>, limit: { all: number; campaigns: number }): Promise<DeliveryId[]>;
}

/**
 * What may go now, most urgent first, oldest first: nothing whose address has an earlier one of the same urgency still
 * on its way, so that the second answer of an agent never overtakes the first; between campaigns there is no such order,
 * and one that stands still holds up no other. Campaigns come last, each as far as it
 * is open, and share what is left among them. Answers are looked for each time; a campaign's next are read ahead, about
 * a second's worth, because every one is judged at its hand-over anyway.
 */
function createDue(ports: DispatchPorts, lane: Lane): Due {
  let ahead: DeliveryId[] = [];
  const ask = (text: string, underWay: ReadonlyMap<DeliveryId, unknown>, limit: number) =>
    ports.worker.inOrganisation(lane.organisationId, (tx) =>
      tx.query<{ id: DeliveryId }>(text, [
        lane.organisationId,
        lane.senderId,
        ports.clock.now(),
        [...underWay.keys()],
        limit,
      ]),
    );
  return {
    async next(underWay, limit) {
      const answers = (await ask(dueAnswers, underWay, limit.all)).map((row) => row.id);
      const places = Math.min(limit.all - answers.length, limit.campaigns);
      if (places <= 0) return answers;
      if (ahead.length === 0) ahead = (await ask(dueOfCampaigns, underWay, readAhead)).map((row) => row.id);
      return [...answers, ...ahead.splice(0, places)];
    },
  };
}
const readAhead = 500;

const isDue = `d.state in ('queued', 'held') and d.not_before <= to_timestamp($3::float8 / 1000) and not (d.id = any($4::uuid[]))`;
// The first of the line is asked for as such, and not whether there is any: as a join, and with statistics from before a
// campaign, the same question was answered by reading everybody else's for each (measured: 200 ms instead of 5 ms).
const firstInLine = (whose: string): string => `(
    select earlier.id from delivery earlier
    where earlier.organisation_id = d.organisation_id and earlier.sender_id = d.sender_id and earlier.address_id = d.address_id
      and earlier.state in ('preparing', 'queued', 'handing-over') and earlier.priority = d.priority and earlier.id < d.id and ${whose}
    order by earlier.id limit 1) is null`;
const dueAnswers = `select d.id from delivery d
  where d.organisation_id = $1 and d.sender_id = $2 and d.campaign_id is null and ${isDue} and ${firstInLine("earlier.campaign_id is null")}
  order by d.priority, d.id limit $5`;
// Each campaign's are limited before they are numbered: numbering first would read all of it.
const dueOfCampaigns = `select due.id from campaign c
  cross join (values (8::smallint), (9::smallint)) as open(priority)
  cross join lateral (
    select first.id, row_number() over (order by first.not_before, first.id) as turn from (
      select d.id, d.not_before from delivery d
      where d.organisation_id = $1 and d.campaign_id = c.id and d.priority = open.priority and ${isDue}
        and ${firstInLine("earlier.state = 'handing-over'")}
      order by d.not_before, d.id limit $5) first) due
  where c.organisation_id = $1 and c.sender_id = $2 and c.state in ('freezing', 'running') and open.priority <= c.open_priority
    and (c.starts_at is null or c.starts_at <= to_timestamp($3::float8 / 1000)) and (c.waits_until is null or c.waits_until <= to_timestamp($3::float8 / 1000))
  order by open.priority, due.turn, due.id limit $5`;

async function sweep(ports: DispatchPorts, lane: Lane): Promise<void> {
  const count = await ports.worker.inOrganisation(lane.organisationId, (tx) => callUncertain(tx, ports, lane));
  if (count > 0)
    ports.log("warn", "found hand-overs whose outcome nobody knows; waiting for their statuses", {
      senderId: lane.senderId,
      count,
    });
}

import type { Failure, SendOutcome } from "@loket/channels";
import { noteConfirmation } from "@loket/contacts";
import type { Tx } from "@loket/database";
import {
  type AttemptId,
  type CampaignId,
  type DeliveryId,
  type Instant,
  minuteMs,
  never,
  type Random,
} from "@loket/kit";
import { type Brake, brakeOfFailure } from "./brake.ts";
import type { Progress } from "./delivery.ts";
import type { HandOverPorts } from "./hand-over.ts";
import type { Lane } from "./lanes.ts";
import {
  type Closing,
  closeAttempts,
  type DeliveryRow,
  lockDeliveries,
  type Move,
  moveDeliveries,
  type OpenAttempt,
  openAttemptColumns,
  progressOf,
} from "./rows.ts";

const maxAttempts = 8;

/** What the platform answered to an attempt, or that nobody knows. */
export interface Answer {
  readonly attemptId: AttemptId;
  readonly outcome: SendOutcome;
}

/** Step three: what came of them. Also right when meanwhile somebody else called one uncertain, or a status settled it. */
export async function settle(tx: Tx, ports: HandOverPorts, answers: readonly Answer[]): Promise<void> {
  const now = ports.clock.now();
  const attempts = await tx.query<OpenAttempt>(
    `select ${openAttemptColumns} from attempt where organisation_id = $1 and id = any($2::uuid[]) and (outcome is null or outcome = 'uncertain') order by id for update`,
    [tx.organisationId, answers.map((answer) => answer.attemptId)],
  );
  const rows = new Map(
    (
      await lockDeliveries(
        tx,
        attempts.map((attempt) => attempt.delivery_id),
      )
    ).map((row) => [row.id, row]),
  );
  const outcomes = new Map(answers.map((answer) => [answer.attemptId, answer.outcome]));
  const isOver = await overCampaigns(tx, [...rows.values()]);
  const steps = createSteps();
  for (const attempt of attempts) {
    const row = rows.get(attempt.delivery_id);
    const outcome = outcomes.get(attempt.id);
    if (!row || !outcome) continue;
    if (row.state !== "handing-over" && row.state !== "uncertain") {
      // A status settled the delivery already; what the platform said of this attempt is kept all the same.
      steps.closings.push(closingOf(attempt, outcome, now));
      continue;
    }
    switch (outcome.kind) {
      case "accepted":
        steps.accept(attempt, row, outcome.providerId, now);
        break;
      case "refused": {
        const { failure } = outcome;
        steps.closings.push({ attempt, outcome: "refused", at: now, failure });
        if (row.campaign_id && brakeOfFailure(failure)) {
          // The platform did not take it, and would take nobody's: it goes when the others do.
          steps.brake(row.campaign_id, failure);
          steps.queueAgain(row, failure, now, now, isOver);
          break;
        }
        steps.moves.push({ id: row.id, state: "refused", at: now, failure });
        steps.told.push(progressOf(row, "failed", now, { failure }));
        break;
      }
      case "retryable": {
        const { failure } = outcome;
        steps.closings.push({ attempt, outcome: "retryable", at: now, failure });
        if (row.attempt_count >= maxAttempts) {
          steps.moves.push({ id: row.id, state: "refused", at: now, failure });
          steps.told.push(progressOf(row, "failed", now, { failure }));
          break;
        }
        if (row.campaign_id) steps.brake(row.campaign_id, failure);
        const waitMs = Math.max(outcome.notBeforeMs, backoffMs(row.attempt_count, ports.random));
        steps.queueAgain(row, failure, now, now + waitMs, isOver);
        break;
      }
      case "unknown":
        steps.becomeUncertain(attempt, row, now);
        break;
      default:
        never(outcome);
    }
  }
  await steps.write(tx, ports);
  await steps.tell(tx, ports);
}

function closingOf(attempt: OpenAttempt, outcome: SendOutcome, at: Instant): Closing {
  switch (outcome.kind) {
    case "accepted":
      return { attempt, outcome: "accepted", at, providerId: outcome.providerId };
    case "unknown":
      return { attempt, outcome: "uncertain", at };
    default:
      return { attempt, outcome: outcome.kind, at, failure: outcome.failure };
  }
}

/**
 * Taking a lane over means that somebody else stopped, perhaps in the middle: what they had committed an intent for and
 * not settled is uncertain now. Returns how many.
 */
export async function callUncertain(tx: Tx, ports: HandOverPorts, lane: Lane): Promise<number> {
  const now = ports.clock.now();
  const open = await tx.query<OpenAttempt>(
    `select ${openAttemptColumns} from attempt where organisation_id = $1 and sender_id = $2 and outcome is null and fence < $3 order by id for update`,
    [lane.organisationId, lane.senderId, lane.fence],
  );
  const rows = new Map(
    (
      await lockDeliveries(
        tx,
        open.map((attempt) => attempt.delivery_id),
      )
    ).map((row) => [row.id, row]),
  );
  const steps = createSteps();
  for (const attempt of open) {
    const row = rows.get(attempt.delivery_id);
    if (row?.state === "handing-over") steps.becomeUncertain(attempt, row, now);
    else steps.closings.push({ attempt, outcome: "uncertain", at: now });
  }
  await steps.write(tx, ports);
  await steps.tell(tx, ports);
  return open.length;
}

/** Attempts of these deliveries that were begun under this lane's fence and have no outcome. */
export async function openAttemptsOf(tx: Tx, lane: Lane, deliveryIds: readonly DeliveryId[]): Promise<AttemptId[]> {
  const rows = await tx.query<{ id: AttemptId }>(
    "select id from attempt where organisation_id = $1 and delivery_id = any($2::uuid[]) and fence = $3 and outcome is null order by id",
    [tx.organisationId, deliveryIds, lane.fence],
  );
  return rows.map((row) => row.id);
}

/** What is to be written of many deliveries: gathered while it is worked out, written in one go, then told. */
export interface Steps {
  readonly closings: Closing[];
  readonly moves: Move[];
  readonly told: Progress[];
  accept(attempt: OpenAttempt, row: DeliveryRow, providerId: string, at: Instant): void;
  becomeUncertain(attempt: OpenAttempt, row: DeliveryRow, at: Instant): void;
  /** Later, again; unless its campaign ended meanwhile, because it was thought to be uncertain. */
  queueAgain(row: DeliveryRow, failure: Failure, at: Instant, notBefore: number, isOver: ReadonlySet<CampaignId>): void;
  /** Stops the campaign, where this speaks against everybody. */
  brake(campaignId: CampaignId, failure: Failure): void;
  write(tx: Tx, ports: HandOverPorts): Promise<void>;
  tell(tx: Tx, ports: HandOverPorts): Promise<void>;
}

export function createSteps(): Steps {
  const confirmations: { readonly row: DeliveryRow; readonly at: Instant }[] = [];
  const brakes = new Map<CampaignId, Brake>();
  const steps: Steps = {
    closings: [],
    moves: [],
    told: [],
    accept(attempt, row, providerId, at) {
      steps.closings.push({ attempt, outcome: "accepted", at, providerId });
      steps.moves.push({ id: row.id, state: "accepted", at, providerId, failure: null });
      steps.told.push(progressOf(row, "accepted", at, { providerId }));
      if (row.request.kind === "opt-out-confirmation") confirmations.push({ row, at });
    },
    becomeUncertain(attempt, row, at) {
      steps.closings.push({ attempt, outcome: "uncertain", at });
      steps.moves.push({ id: row.id, state: "uncertain", at });
      steps.told.push(progressOf(row, "uncertain", at));
    },
    queueAgain(row, failure, at, notBefore, isOver) {
      const goesOn = row.campaign_id === null || !isOver.has(row.campaign_id);
      steps.moves.push({ id: row.id, state: goesOn ? "queued" : "cancelled", at, failure, notBefore });
    },
    brake(campaignId, failure) {
      const brake = brakeOfFailure(failure);
      if (brake) brakes.set(campaignId, brake);
    },
    async write(tx, ports) {
      await Promise.all([closeAttempts(tx, ports, steps.closings), moveDeliveries(tx, steps.moves)]);
      for (const { row, at } of confirmations) await noteConfirmation(tx, row.contact_id, "whatsapp", at);
    },
    async tell(tx, ports) {
      for (const [campaignId, brake] of brakes) await ports.brake(tx, campaignId, brake);
      if (steps.told.length > 0) await ports.progress(tx, steps.told);
    },
  };
  return steps;
}

/** Campaigns of theirs that have ended; none ends until the transaction does. */
async function overCampaigns(tx: Tx, rows: readonly DeliveryRow[]): Promise<ReadonlySet<CampaignId>> {
  const uncertain = rows.filter((row) => row.state === "uncertain").flatMap((row) => row.campaign_id ?? []);
  if (uncertain.length === 0) return new Set(); // what is being handed over keeps its campaign from ending
  const over = await tx.query<{ id: CampaignId; over: boolean }>(
    "select id, ended_at is not null as over from campaign where organisation_id = $1 and id = any($2::uuid[]) order by id for share",
    [tx.organisationId, [...new Set(uncertain)]],
  );
  return new Set(over.flatMap((campaign) => (campaign.over ? [campaign.id] : [])));
}

/** Half a second doubled with every attempt, at most five minutes, at a random point of it: many never return at once. */
function backoffMs(attempts: number, random: Random): number {
  return Math.min(5 * minuteMs, 500 * 2 ** attempts) * (0.5 + random.fraction() / 2);
}

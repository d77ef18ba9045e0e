import type { Failure, MessageContent } from "@loket/channels";
import type { Tx } from "@loket/database";
import { type LedgerPorts, recordAll } from "@loket/evidence/ledger";
import {
  type AttemptId,
  type CampaignId,
  type DecisionId,
  type DeliveryId,
  type Instant,
  instant,
  type MessageId,
} from "@loket/kit";
import { toWire, type Verdict } from "@loket/policy";
import type { DeliveryState, Progress, SendIntent } from "./delivery.ts";

/**
 * Deliveries and attempts as rows. Whoever changes several of them in one transaction takes attempts before deliveries
 * and each by id, so that no two such transactions wait for each other. Rows that come with a statement are joined to those
 * their ids name: a table that has just grown is never read whole for them, whatever its statistics say.
 */
export interface DeliveryRow {
  id: DeliveryId;
  sender_id: SendIntent["senderId"];
  address_id: SendIntent["addressId"];
  contact_id: SendIntent["contactId"];
  message_id: MessageId | null;
  campaign_id: CampaignId | null;
  content: MessageContent;
  request: Pick<SendIntent, "kind" | "promotional" | "solicited" | "audience">;
  replies_to_provider_id: string | null;
  state: DeliveryState;
  expires_at: number;
  attempt_count: number;
}

export const deliveryColumns =
  "id, sender_id, address_id, contact_id, message_id, campaign_id, content, request, replies_to_provider_id, state, expires_at, attempt_count";

export interface OpenAttempt {
  id: AttemptId;
  delivery_id: DeliveryId;
  contact_id: SendIntent["contactId"];
  outcome: "accepted" | "refused" | "retryable" | "uncertain" | null;
}

export const openAttemptColumns = "id, delivery_id, contact_id, outcome";

/** Deliveries, held until the transaction ends. */
export function lockDeliveries(tx: Tx, ids: readonly DeliveryId[]): Promise<DeliveryRow[]> {
  return tx.query<DeliveryRow>(
    `select ${deliveryColumns} from delivery where organisation_id = $1 and id = any($2::uuid[]) order by id for update`,
    [tx.organisationId, ids],
  );
}

/** A step of one delivery. What is not named stays as it is; an end settles it at `at`. */
export interface Move {
  readonly id: DeliveryId;
  readonly state: DeliveryState;
  readonly at: Instant;
  readonly decisionId?: DecisionId;
  readonly providerId?: string;
  /** `null`: nothing speaks against it any more. */
  readonly failure?: Failure | null;
  readonly notBefore?: number;
  readonly isAttempt?: boolean;
}

export async function moveDeliveries(tx: Tx, moves: readonly Move[]): Promise<void> {
  if (moves.length === 0) return;
  await tx.query(
    `update delivery d set state = m.state, decision_id = coalesce(m.decision, d.decision_id), provider_id = coalesce(m.provider, d.provider_id),
       failure = case when m.keeps_failure then d.failure else m.failure end, not_before = coalesce(to_timestamp(m.not_before / 1000), d.not_before),
       attempt_count = d.attempt_count + m.attempts,
       settled_at = case when m.state in ('accepted', 'refused', 'expired', 'cancelled') then to_timestamp(m.at / 1000) end
     from json_to_recordset($2::json) as m(id uuid, state text, at float8, decision uuid, provider text, keeps_failure boolean, failure jsonb, not_before float8, attempts integer)
     where d.organisation_id = $1 and d.id = any($3::uuid[]) and d.id = m.id`,
    [
      tx.organisationId,
      JSON.stringify(
        moves.map((move) => ({
          id: move.id,
          state: move.state,
          at: move.at,
          decision: move.decisionId ?? null,
          provider: move.providerId ?? null,
          keeps_failure: move.failure === undefined,
          failure: move.failure ?? null,
          not_before: move.notBefore ?? null,
          attempts: move.isAttempt ? 1 : 0,
        })),
      ),
      moves.map((move) => move.id),
    ],
  );
}

/** What came of an attempt. */
export interface Closing {
  readonly attempt: OpenAttempt;
  readonly outcome: "accepted" | "refused" | "retryable" | "uncertain";
  readonly at: Instant;
  readonly providerId?: string;
  readonly failure?: Failure;
}

/** What came of attempts, on their rows and on record. What was uncertain before is thereby resolved. */
export async function closeAttempts(tx: Tx, ports: LedgerPorts, closings: readonly Closing[]): Promise<void> {
  if (closings.length === 0) return;
  await Promise.all([
    tx.query(
      `update attempt a set outcome = c.outcome, answered_at = to_timestamp(c.at / 1000), provider_id = c.provider, failure = c.failure
       from json_to_recordset($2::json) as c(id uuid, outcome text, at float8, provider text, failure jsonb) where a.organisation_id = $1 and a.id = any($3::uuid[]) and a.id = c.id`,
      [
        tx.organisationId,
        JSON.stringify(
          closings.map(({ attempt, outcome, at, providerId, failure }) => ({
            id: attempt.id,
            outcome,
            at,
            provider: providerId ?? null,
            failure: failure ?? null,
          })),
        ),
        closings.map(({ attempt }) => attempt.id),
      ],
    ),
    recordAll(
      tx,
      ports,
      closings.map(({ attempt, outcome, providerId, failure }) => ({
        type: attempt.outcome === "uncertain" ? "attempt.resolved" : entryOf[outcome],
        contactId: attempt.contact_id,
        body: {
          attempt: attempt.id,
          delivery: attempt.delivery_id,
          outcome,
          provider: providerId ?? null,
          ...(failure === undefined ? {} : { code: failure.code, title: failure.title }),
        },
      })),
    ),
  ]);
}
const entryOf = {
  accepted: "attempt.accepted",
  refused: "attempt.refused",
  retryable: "attempt.refused",
  uncertain: "attempt.uncertain",
} as const;

export function intentOf(row: DeliveryRow): SendIntent {
  return {
    senderId: row.sender_id,
    addressId: row.address_id,
    contactId: row.contact_id,
    content: row.content,
    repliesToProviderId: row.replies_to_provider_id,
    campaignId: row.campaign_id,
    ...row.request,
  };
}

export function progressOf(
  row: DeliveryRow,
  status: Progress["status"],
  at: number,
  rest: { readonly failure?: Failure; readonly verdict?: Verdict; readonly providerId?: string } = {},
): Progress {
  return {
    deliveryId: row.id,
    messageId: row.message_id,
    senderId: row.sender_id,
    campaignId: row.campaign_id,
    providerId: rest.providerId ?? null,
    status,
    at: instant(at),
    failure: rest.failure ?? null,
    verdict: rest.verdict ? toWire(rest.verdict) : null,
  };
}

import type { MessageContent } from "@loket/channels";
import type { Tx } from "@loket/database";
import { recordAll } from "@loket/evidence/ledger";
import {
  type AttemptId,
  type CampaignId,
  type DecisionId,
  type DeliveryId,
  type Instant,
  type MessageId,
  minuteMs,
  secondMs,
} from "@loket/kit";
import { type Brake, brakeOfVerdict } from "./brake.ts";
import { expired, type Progress, refusedByBook, type SendIntent, unreachable } from "./delivery.ts";
import type { EnqueuePorts } from "./enqueue.ts";
import { isPaced, type Judgement, judgeAll, keepDecisions, mayLeave, onRecord } from "./judge.ts";
import type { Lane } from "./lanes.ts";
import { type DeliveryRow, deliveryColumns, intentOf, type Move, moveDeliveries, progressOf } from "./rows.ts";

/** What the steps of a hand-over need from outside. Each of them is put on record. */
export interface HandOverPorts extends EnqueuePorts {
  /** Told in the same transaction, in the order it happened; conversations show it. */
  readonly progress: (tx: Tx, progress: readonly Progress[]) => Promise<void>;
  /** Told in the same transaction: the campaign is to wait or to stand still. */
  readonly brake: (tx: Tx, campaignId: CampaignId, brake: Brake) => Promise<void>;
  /** Asked in the transaction of each intent. `false`: somebody has to confirm first that this database may send at all. */
  readonly mayHandOver?: (tx: Tx) => Promise<boolean>;
}

/** A committed intent: from here the clock runs, and within `intentTtlMs` the first byte leaves or nothing does. */
export interface Intent {
  readonly attemptId: AttemptId;
  readonly deliveryId: DeliveryId;
  readonly messageId: MessageId | null;
  readonly decision: { readonly id: DecisionId; readonly outcome: "allow" | "change"; readonly decidedAt: Instant };
  readonly to: { readonly phone: string } | { readonly userId: string };
  readonly content: MessageContent;
  readonly repliesToProviderId: string | null;
}

export const intentTtlMs = 2 * secondMs;
const eventHoldMs = minuteMs;

/**
 * Step one, in one transaction: is the lane still ours, are the deliveries still waiting, what does the book say of each
 * now, with the people's consent locked; where it says yes, the intent. What is missing in the answer is not handed over
 * now (its row says why), or somebody else is just at it. Of one person's only the first is taken at a time.
 */
export async function intend(
  tx: Tx,
  ports: HandOverPorts,
  lane: Lane,
  deliveryIds: readonly DeliveryId[],
): Promise<Intent[]> {
  const now = ports.clock.now();
  // KEY SHARE lets heartbeats of the lane through and stops a change of hands until we have committed.
  const [mayHandOver, held, found] = await Promise.all([
    ports.mayHandOver?.(tx) ?? true,
    tx.one<{ fence: number }>(
      "select fence from lane where organisation_id = $1 and sender_id = $2 and direction = 'out' for key share",
      [tx.organisationId, lane.senderId],
    ),
    tx.query<DeliveryRow>(
      `select ${deliveryColumns} from delivery where organisation_id = $1 and sender_id = $2 and id = any($3::uuid[]) and state in ('queued', 'held')
       order by priority, id for update skip locked`,
      [tx.organisationId, lane.senderId, deliveryIds],
    ),
  ]);
  if (!mayHandOver || held?.fence !== lane.fence) return [];
  const open = await openCampaigns(tx, found, now);
  const rows = onePerPerson(found.filter((row) => row.campaign_id === null || open.has(row.campaign_id)));

  const moves: Move[] = [];
  const told: Progress[] = [];
  for (const row of rows) {
    if (row.expires_at > now) continue;
    moves.push({ id: row.id, state: "expired", at: now, failure: expired });
    told.push(progressOf(row, "failed", now, { failure: expired }));
  }
  const fresh = rows.filter((row) => row.expires_at > now);
  const judgements = await judgeAll(tx, { senderId: lane.senderId, intents: fresh.map(intentOf) }, now, {
    lockConsent: true,
    shadowEdition: ports.shadowEdition,
    takesPlaces: true,
  });

  const judged: { row: DeliveryRow; intent: SendIntent; judgement: Judgement }[] = [];
  const braked = new Set<CampaignId>();
  for (const [place, row] of fresh.entries()) {
    const judgement = judgements[place];
    if (!judgement?.recipient) {
      if (await followMerge(tx, row, now)) continue;
      moves.push({ id: row.id, state: "refused", at: now, failure: unreachable });
      told.push(progressOf(row, "failed", now, { failure: unreachable }));
      continue;
    }
    const { verdict } = judgement;
    if (verdict.outcome === "hold" && isPaced(verdict)) {
      // Not worth a kept decision: the same message is asked about again within seconds.
      const until = typeof verdict.until === "number" ? verdict.until : now + secondMs;
      moves.push({ id: row.id, state: row.state, at: now, notBefore: until });
      continue;
    }
    // What was said against everybody once need not be said again of each.
    if (row.campaign_id !== null && brakeOfVerdict(verdict)) {
      if (braked.has(row.campaign_id)) continue;
      braked.add(row.campaign_id);
    }
    judged.push({ row, intent: intentOf(row), judgement });
  }

  const decisionIds = await keepDecisions(tx, ports, "hand-over", judged, now);
  const intents: { intent: Intent; row: DeliveryRow; send: SendIntent; judgement: Judgement }[] = [];
  for (const [place, { row, intent: send, judgement }] of judged.entries()) {
    const decisionId = decisionIds[place] as DecisionId;
    const { verdict, recipient } = judgement;
    const brake = row.campaign_id && brakeOfVerdict(verdict);
    if (row.campaign_id && brake) {
      // Nothing speaks against this person: they keep their place.
      await ports.brake(tx, row.campaign_id, brake);
    } else if (verdict.outcome === "hold") {
      const until = typeof verdict.until === "number" ? verdict.until : now + eventHoldMs;
      moves.push({ id: row.id, state: "held", at: now, decisionId, notBefore: until });
      told.push(progressOf(row, "held", now, { verdict }));
    } else if (!mayLeave(verdict) || !recipient) {
      const failure = refusedByBook(verdict);
      moves.push({ id: row.id, state: "refused", at: now, decisionId, failure });
      told.push(progressOf(row, "failed", now, { failure, verdict }));
    } else {
      moves.push({ id: row.id, state: "handing-over", at: now, decisionId, isAttempt: true });
      const intent: Intent = {
        attemptId: ports.ids.next<"attempt">(),
        deliveryId: row.id,
        messageId: row.message_id,
        decision: { id: decisionId, outcome: verdict.outcome === "change" ? "change" : "allow", decidedAt: now },
        to: recipient,
        content: row.content,
        repliesToProviderId: row.replies_to_provider_id,
      };
      intents.push({ intent, row, send, judgement });
    }
  }

  await Promise.all([
    moveDeliveries(tx, moves),
    insertAttempts(tx, lane, now, intents),
    recordAll(
      tx,
      ports,
      intents.flatMap(({ intent, row, send, judgement }) => [
        ...overridesUsed(judgement, row.contact_id, intent.attemptId),
        {
          type: "attempt.intent" as const,
          contactId: row.contact_id,
          body: {
            attempt: intent.attemptId,
            delivery: row.id,
            ...onRecord(intent.decision.id, "hand-over", send, judgement),
          },
        },
      ]),
    ),
    countOverrides(
      tx,
      intents.map(({ judgement }) => judgement),
    ),
  ]);
  if (told.length > 0) await ports.progress(tx, told);
  return intents.map(({ intent }) => intent);
}

async function insertAttempts(
  tx: Tx,
  lane: Lane,
  at: Instant,
  intents: readonly { intent: Intent; row: DeliveryRow; judgement: Judgement }[],
): Promise<void> {
  if (intents.length === 0) return;
  await tx.query(
    `insert into attempt (organisation_id, id, delivery_id, decision_id, sender_id, address_id, contact_id, fence, business_initiated, consent_class, intent_at)
     select $1, a.id, a.delivery, a.decision, $2, a.address, a.contact, $3, a.business_initiated, a.consent_class, to_timestamp($4::float8 / 1000)
     from json_to_recordset($5::json) as a(id uuid, delivery uuid, decision uuid, address uuid, contact uuid, business_initiated boolean, consent_class text)`,
    [
      tx.organisationId,
      lane.senderId,
      lane.fence,
      at,
      JSON.stringify(
        intents.map(({ intent, row, judgement }) => ({
          id: intent.attemptId,
          delivery: row.id,
          decision: intent.decision.id,
          address: row.address_id,
          contact: row.contact_id,
          business_initiated: judgement.businessInitiated,
          consent_class: judgement.consent?.evidenceClass ?? null,
        })),
      ),
    ],
  );
}

/** The agreements of two people to set a rule of their own aside that mattered for this send. */
function overridesThatMattered({ overrides, verdict }: Judgement): Judgement["overrides"] {
  if (overrides.length === 0) return overrides;
  const setAside = new Set(verdict.notes.flatMap(({ rule }) => (rule.overridable ? [rule.id] : [])));
  return overrides.filter((each) => setAside.has(each.rule_id));
}

function overridesUsed(judgement: Judgement, contactId: SendIntent["contactId"], attemptId: AttemptId) {
  return overridesThatMattered(judgement).map(({ id, rule_id }) => ({
    type: "override.used" as const,
    contactId,
    body: { override: id, rule: rule_id, attempt: attemptId },
  }));
}

async function countOverrides(tx: Tx, judgements: readonly Judgement[]): Promise<void> {
  for (const { id } of judgements.flatMap(overridesThatMattered))
    await tx.query("update override set used_count = used_count + 1 where organisation_id = $1 and id = $2", [
      tx.organisationId,
      id,
    ]);
}

/** Each is judged by what the person got before, so two to one person do not go in one transaction. */
function onePerPerson(rows: readonly DeliveryRow[]): DeliveryRow[] {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(row.contact_id) && seen.add(row.contact_id));
}

/** Which of their campaigns may go on. Under KEY SHARE nobody stops one until the intents have committed. */
async function openCampaigns(tx: Tx, rows: readonly DeliveryRow[], now: Instant): Promise<ReadonlySet<CampaignId>> {
  const ids = [...new Set(rows.flatMap((row) => row.campaign_id ?? []))];
  if (ids.length === 0) return new Set();
  const open = await tx.query<{ id: CampaignId; open: boolean }>(
    `select id, state in ('freezing', 'running') and (starts_at is null or starts_at <= to_timestamp($3::float8 / 1000)) and (waits_until is null or waits_until <= to_timestamp($3::float8 / 1000)) as open
     from campaign where organisation_id = $1 and id = any($2::uuid[]) order by id for key share`,
    [tx.organisationId, ids, now],
  );
  return new Set(open.flatMap((campaign) => (campaign.open ? [campaign.id] : [])));
}

/**
 * The person was found to be somebody we know by another name: the delivery is theirs from here on, and is judged by
 * what they said. Whoever is in the campaign already does not get it twice. `false` where nobody was merged.
 */
async function followMerge(tx: Tx, row: DeliveryRow, now: Instant): Promise<boolean> {
  const heir = await tx.one<{ id: SendIntent["contactId"] }>(
    `with recursive same as (
       select id, merged_into from contact where organisation_id = $1 and id = $2
       union select c.id, c.merged_into from contact c join same s on c.organisation_id = $1 and c.id = s.merged_into)
     select id from same where merged_into is null`,
    [tx.organisationId, row.contact_id],
  );
  if (!heir || heir.id === row.contact_id) return false;
  const isTheirs = await tx.count(
    `update delivery set contact_id = $3 where organisation_id = $1 and id = $2
       and not exists (select 1 from delivery d where d.organisation_id = $1 and d.campaign_id = $4 and d.contact_id = $3)`,
    [tx.organisationId, row.id, heir.id, row.campaign_id],
  );
  if (isTheirs === 0) await moveDeliveries(tx, [{ id: row.id, state: "cancelled", at: now }]);
  return true;
}

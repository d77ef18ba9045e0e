import type { MessageContent } from "@loket/channels";
import type { Tx } from "@loket/database";
import type { EnqueuePorts, PauseReason } from "@loket/delivery";
import type { CampaignId, Instant, MemberId, SenderId } from "@loket/kit";

/**
 * A campaign is one message to many. Its states:
 *
 *     draft ──► freezing ──► running ──► done
 *        │         ▲ │         ▲ │
 *        │         │ └► paused ┘ │        paused: by a member, or by a brake that says why
 *        └─────────┴──► cancelled ◄
 *
 * - `freezing`: the audience is being written down, person by person; the first may leave already.
 * - `running`: everybody is written down. A campaign that waits for a limit or an hour is running, with `waitsUntil`.
 * - `done`: nobody waits any more. What the platform tells later is still counted.
 *
 * Nothing here sends: rows are written by `enqueueBatch` and leave, judged anew each, by the lane of their sender.
 */
export type CampaignState = "draft" | "freezing" | "running" | "paused" | "done" | "cancelled";
export type CampaignKind = "newsletter" | "marketing" | "survey" | "transactional";
export type CampaignBrake = PauseReason | "member";
export type CampaignTemplate = Extract<MessageContent, { type: "template" }>["template"];

export type Audience =
  | {
      readonly kind: "filter";
      readonly language?: string | undefined;
      readonly region?: string | undefined;
      readonly importId?: string | undefined;
      readonly hasWritten?: boolean | undefined;
    }
  | { readonly kind: "contacts"; readonly contactIds: readonly string[] };

/** What somebody wants sent, and to whom. */
export interface CampaignPlan {
  readonly name: string;
  readonly senderId: SenderId;
  readonly kind: CampaignKind;
  readonly template: CampaignTemplate;
  readonly audience: Audience;
  readonly startsAt: Instant | null;
  readonly expiresAt: Instant;
  readonly canaryCount: number;
}

export interface Campaign extends CampaignPlan {
  readonly id: CampaignId;
  readonly state: CampaignState;
  readonly brake: CampaignBrake | null;
  /** A rule of the terms book, or a code of the platform. */
  readonly brakeReason: string | null;
  readonly waitsUntil: Instant | null;
  readonly waitsFor: string | null;
  readonly openPriority: number;
  readonly frozenTo: string | null;
  readonly frozenUntil: string | null;
  readonly isFrozen: boolean;
  readonly audienceCount: number | null;
  readonly approvedBy: readonly MemberId[];
  readonly createdBy: MemberId | null;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly resumedAt: Instant | null;
  readonly endedAt: Instant | null;
}

/** Writing down is judging, and judgements go on record. */
export type CampaignPorts = EnqueuePorts;

/** The first few of a campaign, and everybody else: agents' answers and single messages come before both. */
export const canaryPriority = 8;
export const crowdPriority = 9;

const columns = `id, name, sender_id as "senderId", kind, template, audience, state, brake, brake_detail as "brakeReason", waits_until as "waitsUntil", waits_for as "waitsFor",
  canary_count as "canaryCount", open_priority as "openPriority", starts_at as "startsAt", expires_at as "expiresAt",
  frozen_to as "frozenTo", frozen_until as "frozenUntil", is_frozen as "isFrozen", audience_count as "audienceCount", approved_by as "approvedBy", created_by as "createdBy",
  created_at as "createdAt", started_at as "startedAt", resumed_at as "resumedAt", ended_at as "endedAt"`;

/**
 * `to steer` waits for hand-overs that are just committing their intent (they hold the row under KEY SHARE), so that
 * nothing leaves after somebody stopped it; `to step` keeps out others who steer or step, and no hand-over.
 */
export function readCampaign(tx: Tx, id: string, lock?: "to steer" | "to step"): Promise<Campaign | undefined> {
  const locking = lock === undefined ? "" : lock === "to steer" ? " for update" : " for no key update";
  return tx.one<Campaign>(`select ${columns} from campaign where organisation_id = $1 and id = $2${locking}`, [
    tx.organisationId,
    id,
  ]);
}

/** Newest first. */
export function listCampaigns(
  tx: Tx,
  filter: {
    readonly state?: CampaignState | undefined;
    readonly before?: { readonly at: number; readonly id: string } | undefined;
    readonly limit: number;
  },
): Promise<Campaign[]> {
  return tx.query<Campaign>(
    `select ${columns} from campaign where organisation_id = $1 and ($2::text is null or state = $2)
       and ($3::float8 is null or (created_at, id) < (to_timestamp($3::float8 / 1000), $4::uuid))
     order by created_at desc, id desc limit $5`,
    [tx.organisationId, filter.state ?? null, filter.before?.at ?? null, filter.before?.id ?? null, filter.limit],
  );
}

/** Those of a sender that have something to be done for. */
export function campaignsAtWork(tx: Tx, senderId: SenderId): Promise<Campaign[]> {
  return tx.query<Campaign>(
    `select ${columns} from campaign where organisation_id = $1 and sender_id = $2
       and (state in ('freezing', 'running') or (state = 'cancelled' and ended_at is null)) order by id`,
    [tx.organisationId, senderId],
  );
}

export async function createCampaign(
  tx: Tx,
  ports: CampaignPorts,
  plan: CampaignPlan,
  memberId: MemberId | null,
): Promise<CampaignId> {
  const id = ports.ids.next<"campaign">();
  const now = ports.clock.now();
  await tx.query(
    `insert into campaign (organisation_id, id, name, sender_id, kind, template, audience, state, canary_count, starts_at, expires_at, created_by, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, 'draft', $8, to_timestamp($9::float8 / 1000), to_timestamp($10::float8 / 1000), $11, to_timestamp($12::float8 / 1000))`,
    [tx.organisationId, id, ...valuesOf(plan), memberId, now],
  );
  announceCampaign(tx, id, now);
  return id;
}

/** Only a draft changes; who approved the one before has to look again. `false` where it is none any more. */
export async function changeCampaign(
  tx: Tx,
  ports: CampaignPorts,
  id: CampaignId,
  change: Partial<CampaignPlan>,
): Promise<boolean> {
  const before = await readCampaign(tx, id, "to steer");
  if (before?.state !== "draft") return false;
  await tx.query(
    `update campaign set name = $3, sender_id = $4, kind = $5, template = $6, audience = $7, canary_count = $8, starts_at = to_timestamp($9::float8 / 1000),
       expires_at = to_timestamp($10::float8 / 1000), approved_by = '{}' where organisation_id = $1 and id = $2`,
    [tx.organisationId, id, ...valuesOf({ ...before, ...change })],
  );
  announceCampaign(tx, id, ports.clock.now());
  return true;
}

function valuesOf(plan: CampaignPlan): unknown[] {
  return [
    plan.name,
    plan.senderId,
    plan.kind,
    JSON.stringify(plan.template),
    JSON.stringify(plan.audience),
    plan.canaryCount,
    plan.startsAt,
    plan.expiresAt,
  ];
}

export function announceCampaign(tx: Tx, id: CampaignId, at: Instant): void {
  tx.emit({ type: "campaign.changed", inboxId: null, subject: { campaignId: id }, at });
}

import type { Failure } from "@loket/channels";
import type { Tx } from "@loket/database";
import { type Instant, instant, minuteMs, secondMs } from "@loket/kit";
import type { WireVerdict } from "@loket/policy";
import type { Campaign } from "./campaign.ts";

/** As the contract's `campaignProgress`. */
export interface CampaignProgress {
  readonly audience: number;
  readonly toFreeze: number;
  readonly waiting: number;
  readonly held: number;
  readonly underWay: number;
  readonly uncertain: number;
  readonly accepted: number;
  readonly delivered: number;
  readonly read: number;
  readonly failed: number;
  readonly refused: number;
  readonly expired: number;
  readonly cancelled: number;
  readonly excluded: number;
  readonly perMinute: number;
  readonly endsAt: Instant | null;
}

/** Counted from the rows, every time. */
export async function countCampaign(tx: Tx, campaign: Campaign, now: Instant): Promise<CampaignProgress> {
  const [rows, left, pace] = await Promise.all([
    tx.query<{ state: string; reached: string | null; count: number }>(
      "select state, reached, count(*) as count from delivery where organisation_id = $1 and campaign_id = $2 group by state, reached",
      [tx.organisationId, campaign.id],
    ),
    tx.one<{ count: number }>(
      "select count(*) as count from campaign_exclusion where organisation_id = $1 and campaign_id = $2",
      [tx.organisationId, campaign.id],
    ),
    tx.one<{ count: number }>(
      `select count(*) as count from delivery where organisation_id = $1 and campaign_id = $2 and settled_at > to_timestamp($3::float8 / 1000) and attempt_count > 0`,
      [tx.organisationId, campaign.id, now - minuteMs],
    ),
  ]);
  const count = (is: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(is).reduce((sum, row) => sum + row.count, 0);
  const inState = (state: string) => count((row) => row.state === state);
  const failed = count((row) => row.state === "accepted" && row.reached === "failed");
  const read = count((row) => row.reached === "read");
  const excluded = left?.count ?? 0;
  const written = count(() => true) + excluded;
  const isAtWork = campaign.state === "freezing" || campaign.state === "running";
  const toFreeze = campaign.isFrozen ? 0 : Math.max(0, (campaign.audienceCount ?? 0) - written);
  const waiting = inState("queued");
  const perMinute = pace?.count ?? 0;
  // What just began has no minute behind it yet.
  const countedMs = Math.min(minuteMs, Math.max(secondMs, now - (campaign.resumedAt ?? now)));
  const remaining = toFreeze + waiting + inState("handing-over");
  return {
    audience: Math.max(campaign.audienceCount ?? 0, written),
    toFreeze,
    waiting,
    held: inState("held"),
    underWay: inState("handing-over"),
    uncertain: inState("uncertain"),
    accepted: inState("accepted") - failed,
    delivered: count((row) => row.reached === "delivered") + read,
    read,
    failed,
    refused: inState("refused"),
    expired: inState("expired"),
    cancelled: inState("cancelled"),
    excluded,
    perMinute,
    endsAt:
      isAtWork && campaign.waitsUntil === null && perMinute > 0 && remaining > 0
        ? instant(Math.min(campaign.expiresAt, now + (remaining / perMinute) * countedMs))
        : null,
  };
}

export interface ReasonCount {
  /** A rule of the terms book, the platform's code, or a code of ours (`delivery.…`, `no-address`). */
  readonly reason: string;
  readonly title: string | null;
  readonly state: string;
  readonly count: number;
}

/** A rule where the terms book spoke, otherwise the code of the failure; nothing where nothing speaks against it. */
const reasonOf = `case when d.state = 'held' or d.failure->>'code' like 'policy.%' then coalesce(d.failure->>'detail', k.verdict->'rules'->0->>'id')
  when d.state = 'expired' then 'delivery.expired' else d.failure->>'code' end`;
const isAgainst = "(d.state in ('held', 'refused', 'expired') or d.reached = 'failed')";

/** Why people did not get it, most first. */
export async function countReasons(tx: Tx, campaignId: string): Promise<ReasonCount[]> {
  const [rows, left] = await Promise.all([
    tx.query<ReasonCount>(
      `select coalesce(${reasonOf}, 'unknown') as reason, min(d.failure->>'title') as title, d.state, count(*) as count
       from delivery d left join decision k on k.organisation_id = d.organisation_id and k.id = d.decision_id
       where d.organisation_id = $1 and d.campaign_id = $2 and ${isAgainst} group by 1, d.state`,
      [tx.organisationId, campaignId],
    ),
    tx.query<ReasonCount>(
      "select reason, null as title, 'excluded' as state, count(*) as count from campaign_exclusion where organisation_id = $1 and campaign_id = $2 group by reason",
      [tx.organisationId, campaignId],
    ),
  ]);
  return [...rows, ...left].sort((one, other) => other.count - one.count || one.reason.localeCompare(other.reason));
}

export interface CampaignDelivery {
  readonly id: string;
  readonly campaignId: string;
  readonly contactId: string;
  readonly contactName: string;
  readonly state: string;
  readonly reached: "sent" | "delivered" | "read" | "failed" | null;
  readonly notBefore: number | null;
  readonly failure: Failure | null;
  readonly verdict: WireVerdict | null;
  readonly providerId: string | null;
  readonly settledAt: number | null;
}

/** The people of a campaign and what became of each, in the order they were written down; filters choose whom the counts count. */
export async function listDeliveries(
  tx: Tx,
  filter: {
    readonly campaignId: string;
    readonly state?: string | undefined;
    readonly reached?: string | undefined;
    readonly reason?: string | undefined;
    readonly after?: string | undefined;
    readonly limit: number;
  },
): Promise<CampaignDelivery[]> {
  const values = [tx.organisationId, filter.campaignId, filter.after ?? null, filter.limit];
  if (filter.state === "excluded" || filter.reason === "no-address")
    return tx.query<CampaignDelivery>(
      `select c.id, x.campaign_id as "campaignId", c.id as "contactId", c.name as "contactName", 'excluded' as state, null as reached, null as "notBefore", null as failure,
         null as verdict, null as "providerId", null as "settledAt"
       from campaign_exclusion x join contact c on c.organisation_id = x.organisation_id and c.id = x.contact_id
       where x.organisation_id = $1 and x.campaign_id = $2 and ($3::uuid is null or c.id > $3) order by c.id limit $4`,
      values,
    );
  return tx.query<CampaignDelivery>(
    `select d.id, d.campaign_id as "campaignId", c.id as "contactId", c.name as "contactName", d.state, d.reached,
       case when d.state in ('queued', 'held') then d.not_before end as "notBefore", d.failure,
       case when d.state in ('held', 'refused') then k.verdict end as verdict, d.provider_id as "providerId", d.settled_at as "settledAt"
     from delivery d join contact c on c.organisation_id = d.organisation_id and c.id = d.contact_id
       left join decision k on k.organisation_id = d.organisation_id and k.id = d.decision_id
     where d.organisation_id = $1 and d.campaign_id = $2 and ($3::uuid is null or d.id > $3)
       and ($5::text is null or (d.state = $5 and ($5 <> 'accepted' or d.reached is distinct from 'failed')))
       and ($6::text is null or d.reached = $6 or ($6 = 'delivered' and d.reached = 'read')) and ($7::text is null or (${isAgainst} and ${reasonOf} = $7))
     order by d.id limit $4`,
    [...values, filter.state ?? null, filter.reached ?? null, filter.reason ?? null],
  );
}

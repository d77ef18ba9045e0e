import type { Tx } from "@loket/database";
import type { Progress } from "@loket/delivery";
import { type Campaign, type CampaignPorts, readCampaign } from "./campaign.ts";
import { brakeCampaign } from "./steer.ts";

/**
 * Codes by which the platform spares one person a message: its own limit per person, the person's stop, its experiment.
 * They say nothing about the list or the message ("Cloud API, Error codes").
 */
const personal = ["131049", "131050", "130472"];

export interface Failures {
  readonly count: number;
  readonly of: number;
  /** The commonest code among them. */
  readonly mostly: string | null;
}

/** Of the last hundred that were handed over since somebody last let it go on. */
export async function failuresSince(tx: Tx, campaign: Campaign, priority: number | null = null): Promise<Failures> {
  const row = await tx.one<{ count: number; total: number; mostly: string | null }>(
    `select count(*) filter (where has_failed) as count, count(*) as total, mode() within group (order by code) filter (where has_failed) as mostly
     from (
       select failure->>'code' as code, (state = 'refused' or reached = 'failed') and not (coalesce(failure->>'code', '') = any($5::text[])) as has_failed
       from delivery where organisation_id = $1 and campaign_id = $2 and settled_at is not null and attempt_count > 0
         and settled_at >= to_timestamp($3::float8 / 1000) and ($4::smallint is null or priority = $4)
       order by settled_at desc limit 100) latest`,
    [tx.organisationId, campaign.id, campaign.resumedAt ?? campaign.startedAt ?? 0, priority, personal],
  );
  return { count: row?.count ?? 0, of: row?.total ?? 0, mostly: row?.mostly ?? null };
}

/** A tenth of the first few, a quarter of a crowd of which at least twenty are known. */
export function tooMany({ count, of }: Failures, among: "canary" | "crowd"): boolean {
  return among === "canary" ? of > 0 && count / of >= 0.1 : of >= 20 && count / of >= 0.25;
}

/** Deliveries moved. A campaign of which too many of the latest went wrong stops by itself. */
export async function watchFailures(tx: Tx, ports: CampaignPorts, progress: readonly Progress[]): Promise<void> {
  const struck = progress.filter(({ status, failure }) => status === "failed" && failure !== null);
  for (const campaignId of new Set(struck.flatMap((each) => each.campaignId ?? []))) {
    const campaign = await readCampaign(tx, campaignId);
    if (!campaign || (campaign.state !== "freezing" && campaign.state !== "running")) continue;
    const failures = await failuresSince(tx, campaign);
    if (tooMany(failures, "crowd"))
      await brakeCampaign(tx, ports, campaign.id, { kind: "pause", brake: "failures", reason: failures.mostly ?? "" });
  }
}

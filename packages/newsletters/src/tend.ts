import type { Database, Tx } from "@loket/database";
import { enqueueBatch, type Lane, type NewBatch, writeOff } from "@loket/delivery";
import { record } from "@loket/evidence/ledger";
import { minuteMs, secondMs } from "@loket/kit";
import { audiencePage, intentFor } from "./audience.ts";
import {
  announceCampaign,
  type Campaign,
  type CampaignPorts,
  campaignsAtWork,
  canaryPriority,
  crowdPriority,
  readCampaign,
} from "./campaign.ts";
import { failuresSince, tooMany } from "./failures.ts";
import { countCampaign } from "./progress.ts";
import { brakeCampaign } from "./steer.ts";

/** People written down in one transaction: a crash costs one of these. */
const chunkSize = 200;
const sweepSize = 5_000;
/** How long the first few are watched before the rest follows. */
const canaryRestMs = minuteMs;

/**
 * Looks after the campaigns of a lane's sender, one step each: writes down the next of an audience, lets the rest follow
 * the first few, calls off what was cancelled or grew old, and ends what is through. Every step is one transaction under
 * the campaign's lock, so that it may die anywhere and be done by two at once. Says how long until it wants to look again.
 */
export async function tendCampaigns(worker: Database, ports: CampaignPorts, lane: Lane): Promise<number> {
  const campaigns = await worker.inOrganisation(lane.organisationId, (tx) => campaignsAtWork(tx, lane.senderId));
  let isBusy = false;
  for (const { id } of campaigns) {
    isBusy = (await worker.inOrganisation(lane.organisationId, (tx) => step(tx, ports, id))) || isBusy;
  }
  return isBusy ? 0 : campaigns.length > 0 ? secondMs : 3 * secondMs;
}

/** Whether there is more to do at once. */
async function step(tx: Tx, ports: CampaignPorts, id: string): Promise<boolean> {
  const campaign = await readCampaign(tx, id, "to step");
  if (!campaign) return false;
  if (campaign.state === "cancelled") return callOff(tx, ports, campaign, "cancelled");
  if (campaign.state !== "freezing" && campaign.state !== "running") return false;
  const now = ports.clock.now();
  if (campaign.expiresAt <= now) return callOff(tx, ports, campaign, "expired");
  if (!campaign.isFrozen) return freeze(tx, ports, campaign);
  if (campaign.startsAt !== null && campaign.startsAt > now) return false;
  if (campaign.openPriority === canaryPriority) return openUp(tx, ports, campaign);
  return finish(tx, ports, campaign);
}

/** The next of the audience, judged; or written off, where the campaign was over before everybody was written down. */
async function freeze(
  tx: Tx,
  ports: CampaignPorts,
  campaign: Campaign,
  writtenOff: "cancelled" | "expired" | null = null,
): Promise<boolean> {
  const { senderId, audience, frozenTo, frozenUntil, canaryCount } = campaign;
  const { written } = (await tx.one<{ written: number }>(
    "select count(*) as written from delivery where organisation_id = $1 and campaign_id = $2 and priority = $3",
    [tx.organisationId, campaign.id, canaryPriority],
  )) ?? { written: 0 };
  const isCanary = written < canaryCount;
  const limit = isCanary ? Math.min(chunkSize, canaryCount - written) : chunkSize;
  const members = await audiencePage(tx, senderId, audience, { after: frozenTo, until: frozenUntil, limit });
  const size = { recipients: campaign.audienceCount ?? 0, approvals: campaign.approvedBy.length };
  const excluded = members.filter((member) => member.addressId === null);
  const batch: NewBatch = {
    senderId,
    campaignId: campaign.id,
    intents: members.flatMap((member) =>
      member.addressId === null
        ? []
        : [
            intentFor(
              campaign,
              { ...member, addressId: member.addressId },
              { audience: size, campaignId: campaign.id },
            ),
          ],
    ),
    priority: isCanary ? canaryPriority : crowdPriority,
    expiresAt: campaign.expiresAt,
  };
  if (writtenOff === null) await enqueueBatch(tx, ports, batch);
  else await writeOff(tx, ports, batch, writtenOff);
  if (excluded.length > 0)
    await tx.query(
      `insert into campaign_exclusion (organisation_id, campaign_id, contact_id, reason) select $1, $2, id, 'no-address' from unnest($3::uuid[]) as left_out(id)
       on conflict do nothing`,
      [tx.organisationId, campaign.id, excluded.map((member) => member.contactId)],
    );
  const isThrough = members.length < limit;
  await tx.query(
    `update campaign set frozen_to = coalesce($3::uuid, frozen_to), is_frozen = $4, state = case when $4 and state = 'freezing' then 'running' else state end where organisation_id = $1 and id = $2`,
    [tx.organisationId, campaign.id, members.at(-1)?.contactId ?? null, isThrough],
  );
  if (isThrough) announceCampaign(tx, campaign.id, ports.clock.now());
  return true;
}

/** The first few are through and were watched for a while: where too many failed it stops, otherwise the rest follows. */
async function openUp(tx: Tx, ports: CampaignPorts, campaign: Campaign): Promise<boolean> {
  const now = ports.clock.now();
  if (await isWaiting(tx, campaign, canaryPriority)) return false;
  const { last } = (await tx.one<{ last: number | null }>(
    "select max(settled_at) as last from delivery where organisation_id = $1 and campaign_id = $2 and priority = $3",
    [tx.organisationId, campaign.id, canaryPriority],
  )) ?? { last: null };
  if (last !== null && now - last < canaryRestMs) return false;
  const failures = await failuresSince(tx, campaign, canaryPriority);
  if (tooMany(failures, "canary")) {
    await brakeCampaign(tx, ports, campaign.id, { kind: "pause", brake: "failures", reason: failures.mostly ?? "" });
    return false;
  }
  await tx.query("update campaign set open_priority = $3 where organisation_id = $1 and id = $2", [
    tx.organisationId,
    campaign.id,
    crowdPriority,
  ]);
  announceCampaign(tx, campaign.id, now);
  tx.wake("lane", `out:${campaign.senderId}`);
  return true;
}

/** What still waits does not go any more. */
async function callOff(
  tx: Tx,
  ports: CampaignPorts,
  campaign: Campaign,
  state: "cancelled" | "expired",
): Promise<boolean> {
  const swept = await tx.count(
    `update delivery set state = $3, settled_at = to_timestamp($4::float8 / 1000)
     where organisation_id = $1 and campaign_id = $2 and state in ('queued', 'held') and id in (
       select id from delivery where organisation_id = $1 and campaign_id = $2 and state in ('queued', 'held') limit ${sweepSize} for update skip locked)`,
    [tx.organisationId, campaign.id, state, ports.clock.now()],
  );
  if (swept > 0) return true;
  return campaign.isFrozen ? finish(tx, ports, campaign) : freeze(tx, ports, campaign, state);
}

async function finish(tx: Tx, ports: CampaignPorts, campaign: Campaign): Promise<boolean> {
  if (await isWaiting(tx, campaign, null)) return false;
  const now = ports.clock.now();
  await tx.query(
    `update campaign set state = case when state = 'cancelled' then state else 'done' end, is_frozen = true, waits_until = null, waits_for = null, ended_at = to_timestamp($3::float8 / 1000)
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, campaign.id, now],
  );
  const { accepted, failed, refused, expired, cancelled, uncertain, excluded } = await countCampaign(tx, campaign, now);
  await record(tx, ports, {
    type: "campaign.ended",
    body: {
      campaign: campaign.id,
      sender: campaign.senderId,
      outcome: campaign.state === "cancelled" ? "cancelled" : "done",
      recipients: campaign.audienceCount,
      counts: { accepted, failed, refused, expired, cancelled, uncertain, excluded },
    },
  });
  announceCampaign(tx, campaign.id, now);
  tx.addJob("evidence.checkpoint", {}, { key: `evidence.checkpoint ${tx.organisationId}` });
  return false;
}

/** Whether somebody of it has still to be written to, or is being written to. */
async function isWaiting(tx: Tx, campaign: Campaign, priority: number | null): Promise<boolean> {
  const row = await tx.one<{ waiting: boolean }>(
    `select exists (
       select 1 from delivery where organisation_id = $1 and campaign_id = $2 and ($3::smallint is null or priority = $3) and state in ('queued', 'held'))
     or exists (
       select 1 from delivery where organisation_id = $1 and sender_id = $4 and campaign_id = $2 and ($3::smallint is null or priority = $3) and state = 'handing-over') as waiting`,
    [tx.organisationId, campaign.id, priority, campaign.senderId],
  );
  return row?.waiting ?? false;
}

import type { Tx } from "@loket/database";
import { type Brake, type Judgement, judge } from "@loket/delivery";
import { record } from "@loket/evidence/ledger";
import { type CampaignId, type Instant, instant, type MemberId, toIso } from "@loket/kit";
import { audiencePage, countAudience, intentFor } from "./audience.ts";
import {
  announceCampaign,
  type Campaign,
  type CampaignBrake,
  type CampaignPorts,
  canaryPriority,
  crowdPriority,
  readCampaign,
} from "./campaign.ts";

export type Steered =
  | { readonly kind: "done" }
  | { readonly kind: "unknown" }
  /** It is in no state in which that can be done. */
  | { readonly kind: "not-now"; readonly state: Campaign["state"] }
  | { readonly kind: "empty" | "too-late" | "own-campaign" }
  /** What the terms book says against everybody alike. */
  | { readonly kind: "refused"; readonly verdict: Judgement["verdict"] };

/** Rules of the house and of the sender that are asked before anybody is written down. */
const askedAtStart: ReadonlySet<string> = new Set([
  "own.second-pair-of-eyes",
  "own.forbidden-words",
  "own.sender-stopped",
  "whatsapp.cloud.template-not-approved",
  "whatsapp.cloud.template-rejected",
  "whatsapp.cloud.template-paused",
  "whatsapp.cloud.template-parameters",
  "whatsapp.cloud.account-disabled",
  "whatsapp.cloud.no-payment-method",
]);

/**
 * Lets it go. From here the audience is who it is now: nobody who comes later is added. The first person that can be
 * reached is judged at once, for what would stop everybody.
 */
export async function startCampaign(
  tx: Tx,
  ports: CampaignPorts,
  id: string,
  memberId: MemberId | null,
): Promise<Steered> {
  const campaign = await readCampaign(tx, id, "to steer");
  if (!campaign) return { kind: "unknown" };
  if (campaign.state !== "draft") return { kind: "not-now", state: campaign.state };
  const now = ports.clock.now();
  if (campaign.expiresAt <= now) return { kind: "too-late" };
  const { count, last } = await countAudience(tx, campaign.senderId, campaign.audience);
  if (count === 0) return { kind: "empty" };

  const audience = { recipients: count, approvals: campaign.approvedBy.length };
  const reachable = (await audiencePage(tx, campaign.senderId, campaign.audience, { limit: 100 })).find(hasAddress);
  const judgement =
    reachable && (await judge(tx, intentFor(campaign, reachable, { audience, campaignId: campaign.id }), now));
  const against = judgement?.verdict.findings.filter(
    ({ rule, outcome }) => askedAtStart.has(rule.id) && (outcome === "hold" || outcome === "refuse"),
  );
  if (judgement && against?.length) {
    // What speaks against this one person besides is no reason for the others.
    const outcome = against.some((finding) => finding.outcome === "refuse") ? "refuse" : "hold";
    return { kind: "refused", verdict: { ...judgement.verdict, outcome, findings: against } };
  }

  await tx.query(
    `update campaign set state = 'freezing', started_at = to_timestamp($3::float8 / 1000), resumed_at = to_timestamp($3::float8 / 1000), audience_count = $4, frozen_until = $5, open_priority = $6
     where organisation_id = $1 and id = $2`,
    [tx.organisationId, id, now, count, last, campaign.canaryCount > 0 ? canaryPriority : crowdPriority],
  );
  await record(tx, ports, {
    type: "campaign.started",
    body: {
      campaign: id,
      sender: campaign.senderId,
      kind: campaign.kind,
      template: campaign.template.name,
      recipients: count,
      approvals: campaign.approvedBy,
      canary: campaign.canaryCount,
      expires: toIso(campaign.expiresAt),
      member: memberId,
    },
  });
  moved(tx, campaign, now);
  return { kind: "done" };
}

const hasAddress = (
  member: Awaited<ReturnType<typeof audiencePage>>[number],
): member is typeof member & {
  addressId: NonNullable<(typeof member)["addressId"]>;
} => member.addressId !== null;

export async function pauseCampaign(tx: Tx, ports: CampaignPorts, id: string, memberId: MemberId | null) {
  return steer(tx, id, ["freezing", "running"], (campaign) =>
    halt(tx, ports, campaign, { brake: "member", reason: null, memberId }),
  );
}

/** Goes on where it stood: who was written to is not written to again. */
export async function resumeCampaign(tx: Tx, ports: CampaignPorts, id: string, memberId: MemberId | null) {
  return steer(tx, id, ["paused"], async (campaign) => {
    const now = ports.clock.now();
    await tx.query(
      `update campaign set state = case when is_frozen then 'running' else 'freezing' end, brake = null, brake_detail = null, waits_until = null, waits_for = null,
         resumed_at = to_timestamp($3::float8 / 1000) where organisation_id = $1 and id = $2`,
      [tx.organisationId, id, now],
    );
    await record(tx, ports, {
      type: "campaign.resumed",
      body: { campaign: id, sender: campaign.senderId, member: memberId },
    });
    moved(tx, campaign, now);
  });
}

/** Nothing more leaves, at once; the rows that waited are called off by the lane. */
export async function cancelCampaign(tx: Tx, ports: CampaignPorts, id: string, memberId: MemberId | null) {
  return steer(tx, id, ["draft", "freezing", "running", "paused"], async (campaign) => {
    const now = ports.clock.now();
    await tx.query(
      `update campaign set state = 'cancelled', brake = null, brake_detail = null, waits_until = null, waits_for = null,
         ended_at = case when started_at is null then to_timestamp($3::float8 / 1000) end where organisation_id = $1 and id = $2`,
      [tx.organisationId, id, now],
    );
    if (campaign.startedAt !== null)
      await record(tx, ports, {
        type: "campaign.stopped",
        body: { campaign: id, sender: campaign.senderId, brake: "cancelled", reason: null, member: memberId },
      });
    moved(tx, campaign, now);
  });
}

/** Somebody other than the author says that it may go. */
export async function approveCampaign(tx: Tx, ports: CampaignPorts, id: string, memberId: MemberId): Promise<Steered> {
  const campaign = await readCampaign(tx, id, "to steer");
  if (!campaign) return { kind: "unknown" };
  if (campaign.state !== "draft") return { kind: "not-now", state: campaign.state };
  if (campaign.createdBy === memberId) return { kind: "own-campaign" };
  await tx.query(
    "update campaign set approved_by = array(select distinct unnest(approved_by || $3::uuid)) where organisation_id = $1 and id = $2",
    [tx.organisationId, id, memberId],
  );
  announceCampaign(tx, campaign.id, ports.clock.now());
  return { kind: "done" };
}

/**
 * What the hand-over found against everybody: it waits, or stands still and says why. Said from within hand-overs that
 * hold the campaign's row themselves, so nothing here waits for the others.
 */
export async function brakeCampaign(tx: Tx, ports: CampaignPorts, id: CampaignId, brake: Brake): Promise<void> {
  const campaign = await readCampaign(tx, id);
  if (!campaign || (campaign.state !== "freezing" && campaign.state !== "running")) return;
  if (brake.kind === "pause") {
    await halt(tx, ports, campaign, { brake: brake.brake, reason: brake.reason, memberId: null });
    return;
  }
  const waits = await tx.count(
    `update campaign set waits_until = to_timestamp($3::float8 / 1000), waits_for = $4
     where organisation_id = $1 and id = $2 and state in ('freezing', 'running') and (waits_until is null or waits_until < to_timestamp($3::float8 / 1000))`,
    [tx.organisationId, id, brake.until, brake.reason],
  );
  if (waits > 0) announceCampaign(tx, id, ports.clock.now());
}

async function steer(
  tx: Tx,
  id: string,
  from: readonly Campaign["state"][],
  work: (campaign: Campaign) => Promise<void>,
): Promise<Steered> {
  const campaign = await readCampaign(tx, id, "to steer");
  if (!campaign) return { kind: "unknown" };
  if (!from.includes(campaign.state)) return { kind: "not-now", state: campaign.state };
  await work(campaign);
  return { kind: "done" };
}

async function halt(
  tx: Tx,
  ports: CampaignPorts,
  campaign: Campaign,
  why: { readonly brake: CampaignBrake; readonly reason: string | null; readonly memberId: MemberId | null },
): Promise<void> {
  const halted = await tx.count(
    `update campaign set state = 'paused', brake = $3, brake_detail = $4, waits_until = null, waits_for = null
     where organisation_id = $1 and id = $2 and state in ('freezing', 'running')`,
    [tx.organisationId, campaign.id, why.brake, why.reason],
  );
  if (halted === 0) return; // another hand-over was quicker
  await record(tx, ports, {
    type: "campaign.stopped",
    body: {
      campaign: campaign.id,
      sender: campaign.senderId,
      brake: why.brake,
      reason: why.reason,
      member: why.memberId,
    },
  });
  moved(tx, campaign, ports.clock.now());
}

/** It began, stopped or went on: screens are told, the lane looks, and the log is sealed as it stands. */
function moved(tx: Tx, campaign: Campaign, at: Instant): void {
  announceCampaign(tx, campaign.id, instant(at));
  tx.wake("lane", `out:${campaign.senderId}`);
  tx.addJob("evidence.checkpoint", {}, { key: `evidence.checkpoint ${tx.organisationId}` });
}

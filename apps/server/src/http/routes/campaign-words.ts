import { explainError } from "@loket/channels";
import type * as contract from "@loket/contract";
import { failureInWords } from "@loket/conversations";
import type { Tx } from "@loket/database";
import { verdictInWords } from "@loket/delivery";
import { instant, toIso } from "@loket/kit";
import * as newsletters from "@loket/newsletters";
import { ruleById } from "@loket/policy";
import type { Ports } from "../../ports.ts";

type Locale = contract.Locale;

const iso = (time: number | null) => (time === null ? null : toIso(instant(time)));

/** Campaigns as they are told: counted, with names and reasons in the reader's language. */
export async function campaignsInWords(
  tx: Tx,
  ports: Ports,
  campaigns: readonly newsletters.Campaign[],
  locale: Locale,
): Promise<contract.Campaign[]> {
  const memberIds = campaigns.flatMap((one) => [...one.approvedBy, ...(one.createdBy ? [one.createdBy] : [])]);
  const members = await tx.query<{ id: string; name: string }>(
    'select m.id, u.name from member m join auth."user" u on u.id = m.person_id where m.organisation_id = $1 and m.id = any($2::uuid[])',
    [tx.organisationId, [...new Set(memberIds)]],
  );
  const nameOf = new Map(members.map((member) => [member.id, member.name]));
  const now = ports.clock.now();
  return Promise.all(
    campaigns.map(async (campaign) => {
      const progress = await newsletters.countCampaign(tx, campaign, now);
      return {
        id: campaign.id,
        name: campaign.name,
        senderId: campaign.senderId,
        kind: campaign.kind,
        template: campaign.template as unknown as contract.Campaign["template"],
        audience: campaign.audience as contract.Audience,
        state: campaign.state,
        brake: campaign.brake,
        brakeWords: campaign.brakeReason ? wordsOf(campaign.brakeReason, locale).explanation : null,
        waitsUntil: iso(campaign.waitsUntil),
        waitsWords: campaign.waitsFor ? wordsOf(campaign.waitsFor, locale).explanation : null,
        canaryCount: campaign.canaryCount,
        inCanary: campaign.openPriority === 8 && (campaign.state === "freezing" || campaign.state === "running"),
        startsAt: iso(campaign.startsAt),
        expiresAt: toIso(campaign.expiresAt),
        approvals: campaign.approvedBy.map((id) => ({ memberId: id, name: nameOf.get(id) ?? "" })),
        createdBy: { memberId: campaign.createdBy, name: nameOf.get(campaign.createdBy ?? "") ?? "API" },
        createdAt: toIso(campaign.createdAt),
        startedAt: iso(campaign.startedAt),
        endedAt: iso(campaign.endedAt),
        progress: { ...progress, endsAt: iso(progress.endsAt) },
      };
    }),
  );
}

/** A rule of the terms book, a code of the platform, or one of ours, for a reader. */
function wordsOf(
  reason: string,
  locale: Locale,
): { title: string; explanation: string; by: contract.CampaignReason["by"] } {
  const rule = ruleById(reason);
  if (rule) return { title: rule.title[locale], explanation: rule.explanation[locale], by: "terms-book" };
  const own = ownReasons[reason];
  if (own) return { title: own[locale], explanation: own[locale], by: "loket" };
  const explained = explainError(reason, locale);
  return { title: explained, explanation: explained, by: "platform" };
}

const ownReasons: Readonly<Record<string, Record<Locale, string>>> = {
  "no-address": {
    en: "Nothing to reach them by on this channel",
    nl: "Op dit kanaal niet te bereiken",
    de: "Auf diesem Kanal nicht zu erreichen",
  },
  "delivery.expired": {
    en: "Its time was over before it could leave",
    nl: "De tijd was om voordat het weg kon",
    de: "Die Zeit war um, bevor es hinausgehen konnte",
  },
  "delivery.unreachable": {
    en: "The address is not theirs any more",
    nl: "Het adres is niet meer van deze persoon",
    de: "Die Adresse gehört dieser Person nicht mehr",
  },
  unknown: { en: "No reason was given", nl: "Er is geen reden gegeven", de: "Es wurde kein Grund genannt" },
};

export function reasonInWords(
  reason: Awaited<ReturnType<typeof newsletters.countReasons>>[number],
  locale: Locale,
): contract.CampaignReason {
  const { title, explanation, by } = wordsOf(reason.reason, locale);
  return {
    reason: reason.reason,
    title,
    explanation,
    by,
    state: reason.state as contract.CampaignReason["state"],
    count: reason.count,
  };
}

export function deliveryInWords(one: newsletters.CampaignDelivery, locale: Locale): contract.Delivery {
  return {
    id: one.id,
    campaignId: one.campaignId,
    contact: { id: one.contactId, name: one.contactName },
    state: one.state as contract.Delivery["state"],
    reached: one.reached,
    notBefore: iso(one.notBefore),
    // What the terms book said is told by its verdict.
    failure: one.failure && !one.failure.code.startsWith("policy.") ? failureInWords(one.failure, locale) : null,
    verdict: one.verdict ? (verdictInWords(one.verdict, locale) as contract.Verdict) : null,
    providerId: one.providerId,
    settledAt: iso(one.settledAt),
  };
}

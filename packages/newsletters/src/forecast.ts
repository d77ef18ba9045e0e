import type { Tx } from "@loket/database";
import { isPaced, judgeAll, mayLeave } from "@loket/delivery";
import { dayMs, type Instant, instant, secondMs } from "@loket/kit";
import { audiencePage, countAudience, intentFor } from "./audience.ts";
import type { CampaignPlan } from "./campaign.ts";

/** As the contract's `campaignForecast`, before titles and template problems are added. */
export interface CampaignForecast {
  readonly audience: number;
  readonly judged: number;
  readonly willGo: number;
  readonly held: number;
  readonly refused: number;
  readonly unreachable: number;
  readonly reasons: readonly {
    readonly ruleId: string;
    readonly outcome: "change" | "hold" | "refuse";
    readonly count: number;
  }[];
  readonly durationSeconds: number;
  readonly pace: {
    readonly setBy: "throughput" | "portfolio-limit";
    readonly messagesPerSecond: number;
    readonly peoplePerDay: number | null;
  };
}

/** How many are judged one by one; of larger audiences these stand for the rest. */
const mostJudged = 2_000;
const pageSize = 500;

/**
 * What would become of it if it left at `at`: every person of the audience judged as at hand-over, up to two thousand of
 * them. Nothing is written. Limits that run out on the way are told as time, not as people held.
 */
export async function forecastCampaign(
  tx: Tx,
  plan: Pick<CampaignPlan, "senderId" | "kind" | "template" | "audience">,
  at: Instant,
  approvals: number,
): Promise<CampaignForecast> {
  const { count: audience } = await countAudience(tx, plan.senderId, plan.audience);
  const sender = await tx.one<{ rate: number; portfolio_limit: number | null }>(
    "select messages_per_second as rate, portfolio_limit from sender where organisation_id = $1 and id = $2",
    [tx.organisationId, plan.senderId],
  );
  const counts = { willGo: 0, held: 0, refused: 0, unreachable: 0 };
  const reasons = new Map<string, { outcome: "change" | "hold" | "refuse"; count: number }>();
  let judged = 0;
  for (let after: string | null = null; judged < mostJudged; ) {
    const members = await audiencePage(tx, plan.senderId, plan.audience, { after, limit: pageSize });
    const intents = members.flatMap((member) =>
      member.addressId === null
        ? []
        : [
            intentFor(
              plan,
              { ...member, addressId: member.addressId },
              { audience: { recipients: audience, approvals } },
            ),
          ],
    );
    const judgements = await judgeAll(tx, { senderId: plan.senderId, intents }, instant(at));
    judged += members.length;
    counts.unreachable += members.length - intents.length;
    for (const judgement of judgements) {
      if (!judgement?.recipient) {
        counts.unreachable += 1;
        continue;
      }
      const { verdict } = judgement;
      const goes = mayLeave(verdict) || isPaced(verdict);
      counts[goes ? "willGo" : verdict.outcome === "hold" ? "held" : "refused"] += 1;
      if (goes) continue;
      for (const { rule, outcome } of verdict.findings) {
        if (outcome === "allow" || outcome === "note") continue;
        const reason = reasons.get(rule.id) ?? { outcome, count: 0 };
        reasons.set(rule.id, { outcome, count: reason.count + 1 });
      }
    }
    after = members.at(-1)?.contactId ?? null;
    if (members.length < pageSize) break;
  }
  const scale = (count: number) => (judged === 0 ? 0 : Math.round((count / judged) * audience));
  const willGo = scale(counts.willGo);
  const rate = sender?.rate ?? 1;
  const perDay = sender?.portfolio_limit ?? null;
  const byThroughput = Math.ceil(willGo / rate);
  // A limit of people per moving day lets the first as many go at once, and as many again a day later.
  const byLimit = perDay === null ? 0 : (Math.max(0, Math.ceil(willGo / perDay) - 1) * dayMs) / secondMs;
  return {
    audience,
    judged,
    willGo,
    held: scale(counts.held),
    refused: scale(counts.refused),
    unreachable: scale(counts.unreachable),
    reasons: [...reasons]
      .map(([ruleId, { outcome, count }]) => ({ ruleId, outcome, count: scale(count) }))
      .sort((one, other) => other.count - one.count || one.ruleId.localeCompare(other.ruleId)),
    durationSeconds: Math.max(byThroughput, byLimit),
    pace: {
      setBy: byLimit > byThroughput ? "portfolio-limit" : "throughput",
      messagesPerSecond: rate,
      peoplePerDay: perDay,
    },
  };
}

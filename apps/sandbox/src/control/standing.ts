import { dayMs, toIso } from "@loket/kit";
import type { Platform } from "../platform/platform.ts";
import { newAccountRecord, nextStep, validStrikes } from "../platform/rules/enforcement.ts";
import { inForce } from "../platform/rules/eras.ts";
import { inWords } from "../platform/rules/ladder.ts";
import { limitUsed } from "../platform/rules/messaging-limit.ts";
import { newNumberRecord } from "../platform/rules/number-quality.ts";
import { countsOf, negativeShare, scoreOf, type Tally } from "../platform/rules/tally.ts";
import { newTemplateRecord, type TemplateRecord } from "../platform/rules/template-quality.ts";
import { nextTier, peopleOf } from "../platform/rules/tiers.ts";
import type { Account, Body, BusinessNumber, Template } from "../platform/state.ts";

/**
 * `GET standing`: how every account, number and template stands with the platform, over time, and in a sentence what comes next.
 * For a page to draw and for a person to read; nothing here is told to a business by the real platform in this form.
 */
export function showStanding(platform: Platform): Body {
  const { state } = platform;
  return {
    at: toIso(platform.now()),
    accounts: [...state.accounts.values()].map((account) => ({
      ...showAccount(platform, account),
      numbers: [...state.numbers.values()]
        .filter((number) => number.accountId === account.id)
        .map((number) => showNumber(platform, number)),
      templates: [...state.templates.values()]
        .filter((template) => template.accountId === account.id)
        .map((template) => showTemplate(platform, template)),
    })),
  };
}

function showAccount(platform: Platform, account: Account): Body {
  const record = platform.state.rules.accounts.get(account.id) ?? newAccountRecord();
  const now = platform.now();
  const { enforcement, quality } = platform.state.rules.thresholds;
  const sinceStrike = countsOf(record.tally, now, quality.days);
  return {
    id: account.id,
    name: account.name,
    banState: account.banState,
    paymentMethod: account.paymentMethod !== false,
    restrictions: account.restrictions.map(({ restriction_type, expiration }) => ({
      type: restriction_type,
      until: expiration === undefined ? null : new Date(expiration * 1000).toISOString(),
    })),
    strikes: record.strikes.map((strike) => ({
      ...strike,
      at: toIso(strike.at),
      counts: validStrikes(platform, record).includes(strike),
    })),
    appeal: record.appeal && { outcome: record.appeal.outcome, madeAt: toIso(record.appeal.at) },
    sinceStrike: { ...sinceStrike, share: negativeShare(sinceStrike, quality) },
    days: showDays(platform, record.tally),
    next: nextForAccount(platform, account, sinceStrike.delivered >= enforcement.judgedFrom),
  };
}

function nextForAccount(platform: Platform, account: Account, isJudged: boolean): string {
  const { enforcement } = platform.state.rules.thresholds;
  if (account.banState === "disabled") return "Disabled. Only an appeal can bring it back.";
  const { judgedFrom, strikeShare, reportsAtLeast } = enforcement;
  const from = isJudged ? "" : `, once ${judgedFrom} templates were delivered since the last`;
  return (
    `The next strike brings ${inWords(nextStep(platform, account))}. It comes when weighted blocks, reports and stops reach ` +
    `${percent(strikeShare)} of delivered templates with at least ${reportsAtLeast} reports${from}.`
  );
}

function showNumber(platform: Platform, number: BusinessNumber): Body {
  const record = platform.state.rules.numbers.get(number.id) ?? newNumberRecord();
  const { people, refused } = limitUsed(platform, number);
  const limit = peopleOf(number.messagingLimit);
  return {
    id: number.id,
    number: number.digits,
    status: number.status,
    quality: number.quality,
    changes: record.changes.map(({ at, quality }) => ({ at: toIso(at), quality })),
    throughputPerSecond: number.throughputPerSecond,
    limit: {
      tier: number.messagingLimit,
      people: Number.isFinite(limit) ? limit : null,
      of: inForce(platform, "portfolio-limit") ? "portfolio" : "number",
      used: people,
      refused,
      next: nextTier(platform, number.messagingLimit),
    },
    days: showDays(platform, record.tally),
    next: nextForQuality(platform, number.quality, record.tally, "number"),
  };
}

function showTemplate(platform: Platform, template: Template): Body {
  const record = platform.state.rules.templates.get(template.id) ?? newTemplateRecord();
  return {
    id: template.id,
    name: template.name,
    language: template.language,
    category: template.category,
    correctCategory: template.correctCategory ?? template.category,
    status: template.status,
    quality: template.quality,
    pauses: template.pauses,
    held: record.pacing.held.length,
    lastDeliveredAt: record.lastDeliveredAt === null ? null : toIso(record.lastDeliveredAt),
    days: showDays(platform, record.tally),
    next: nextForTemplate(platform, template, record),
  };
}

function nextForTemplate(platform: Platform, template: Template, { tally }: TemplateRecord): string {
  if (template.status === "DISABLED") return "Disabled for good. Make another one.";
  if (template.status === "PAUSED")
    return template.pauses === 0
      ? "Paused during pacing: it stays so until it is unpaused by hand."
      : `Paused for the ${template.pauses === 1 ? "first" : "second"} time; it is unpaused by itself.`;
  if (template.status !== "APPROVED") return `It is ${template.status.toLowerCase()} and cannot be sent.`;
  if (template.correctCategory !== undefined) return `It becomes ${template.correctCategory} within a day.`;
  const pause = ["a pause of 3 hours", "a pause of 6 hours"][template.pauses] ?? "being disabled";
  return `${nextForQuality(platform, template.quality, tally, "template")} RED means ${pause}.`;
}

function nextForQuality(platform: Platform, current: string, tally: Tally, what: string): string {
  const { quality } = platform.state.rules.thresholds;
  const counts = countsOf(tally, platform.now(), quality.days);
  if (scoreOf(counts, quality) === null)
    return `${counts.delivered} of ${quality.judgedFrom} templates delivered before this ${what} is judged.`;
  const share = percent(negativeShare(counts, quality));
  return `${current} at ${share}; YELLOW from ${percent(quality.yellowShare)}, RED from ${percent(quality.redShare)}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}

/** Day by day, with what would have been concluded from the week up to it. */
function showDays(platform: Platform, tally: Tally): Body[] {
  const { quality } = platform.state.rules.thresholds;
  return tally.map(({ day, ...counts }) => ({
    day: new Date(day * dayMs).toISOString().slice(0, 10),
    ...counts,
    score: scoreOf(
      countsOf(
        tally.filter((one) => one.day <= day),
        day * dayMs,
        quality.days,
      ),
      quality,
    ),
  }));
}

import { dayMs, toIso } from "@loket/kit";
import type { Platform } from "../platform/platform.ts";
import type { NextForAccount, NextForQuality, NextForTemplate } from "../platform/rules/codes.ts";
import { newAccountRecord, nextStep, validStrikes } from "../platform/rules/enforcement.ts";
import { inForce } from "../platform/rules/eras.ts";
import { limitUsed } from "../platform/rules/messaging-limit.ts";
import { newNumberRecord } from "../platform/rules/number-quality.ts";
import { countsOf, negativeShare, scoreOf, type Tally } from "../platform/rules/tally.ts";
import { newTemplateRecord, type TemplateRecord } from "../platform/rules/template-quality.ts";
import { nextTier, peopleOf } from "../platform/rules/tiers.ts";
import type { Account, Body, BusinessNumber, Template } from "../platform/state.ts";
import { accountInEnglish, numberInEnglish, templateInEnglish } from "./standing-english.ts";

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
    ...told(accountInEnglish, nextForAccount(platform, account, sinceStrike.delivered >= enforcement.judgedFrom)),
  };
}

/** What comes next in English, and as a code for whoever says it in another language. */
function told<Next>(inEnglish: (next: Next) => string, next: Next): { next: string; nextCode: Next } {
  return { next: inEnglish(next), nextCode: next };
}

function nextForAccount(platform: Platform, account: Account, isJudged: boolean): NextForAccount {
  const { judgedFrom, strikeShare, reportsAtLeast } = platform.state.rules.thresholds.enforcement;
  if (account.banState === "disabled") return { code: "account-disabled" };
  const brings = nextStep(platform, account);
  return { code: "next-strike", brings, strikeShare, reportsAtLeast, judgedFrom: isJudged ? null : judgedFrom };
}

function showNumber(platform: Platform, number: BusinessNumber): Body {
  const record = platform.state.rules.numbers.get(number.id) ?? newNumberRecord();
  const { people, refused, days } = limitUsed(platform, number);
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
      days: days.map(({ day, ...reach }) => ({ day: new Date(day * dayMs).toISOString().slice(0, 10), ...reach })),
    },
    days: showDays(platform, record.tally),
    ...told(numberInEnglish, nextForQuality(platform, number.quality, record.tally)),
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
    ...told(templateInEnglish, nextForTemplate(platform, template, record)),
  };
}

function nextForTemplate(platform: Platform, template: Template, { tally }: TemplateRecord): NextForTemplate {
  if (template.status === "DISABLED") return { code: "template-disabled" };
  if (template.status === "PAUSED")
    return template.pauses === 0
      ? { code: "paused-in-pacing" }
      : { code: "paused", time: template.pauses === 1 ? 1 : 2 };
  if (template.status !== "APPROVED") return { code: "not-approved", status: template.status };
  if (template.correctCategory !== undefined) return { code: "category-changes", to: template.correctCategory };
  const red = (["pause-3h", "pause-6h"] as const)[template.pauses] ?? "disabled";
  return { ...nextForQuality(platform, template.quality, tally), red };
}

function nextForQuality(platform: Platform, current: string, tally: Tally): NextForQuality {
  const { quality } = platform.state.rules.thresholds;
  const { judgedFrom, yellowShare, redShare } = quality;
  const counts = countsOf(tally, platform.now(), quality.days);
  if (scoreOf(counts, quality) === null) return { code: "not-judged", delivered: counts.delivered, judgedFrom };
  return { code: "judged", quality: current, share: negativeShare(counts, quality), yellowShare, redShare };
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

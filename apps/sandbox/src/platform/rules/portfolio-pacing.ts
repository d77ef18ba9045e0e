import { dayMs, type Instant } from "@loket/kit";
import { failureOf } from "../graph-error.ts";
import type { Platform } from "../platform.ts";
import type { BusinessNumber, Message } from "../state.ts";
import { accountRecord } from "./enforcement.ts";
import { inForce } from "./eras.ts";
import type { PacingEnd } from "./pacing.ts";
import { type Counts, countsOf, negativeShare } from "./tally.ts";

/** How far a portfolio's campaign is: many templates in a row, of all its numbers. */
export interface PortfolioRecord {
  /** Templates sent per day (whole days since 1970), oldest first, a year of them. */
  readonly days: { readonly day: number; sent: number }[];
  /** Of the campaign under way. */
  sent: number;
  lastAt: Instant | null;
  /** How many may go out before the rest waits. */
  allowed: number;
  /** Messages that were answered with `held_for_quality_assessment`, in the order they came. */
  held: string[];
}

/** Who has sent this many templates within a year is not paced, unless something speaks against it ("Portfolio pacing"). */
const knownFrom = { templates: 500_000, days: 365 } as const;

function recordOf(platform: Platform, portfolioId: string): PortfolioRecord {
  const { portfolios } = platform.state.rules;
  let record = portfolios.get(portfolioId);
  if (!record) {
    const allowed = platform.state.rules.thresholds.portfolio.firstBatch;
    record = { days: [], sent: 0, lastAt: null, allowed, held: [] };
    portfolios.set(portfolioId, record);
  }
  return record;
}

/**
 * Whether a template just accepted waits: a campaign of a portfolio that is not known yet, or against which something speaks,
 * goes out in batches, whatever its category and whichever its number. The platform publishes no sizes; those are ours.
 */
export function holdForPortfolio(platform: Platform, number: BusinessNumber, message: Message): boolean {
  const { portfolioId } = platform.accountOf(number);
  const record = recordOf(platform, portfolioId);
  const { firstBatch, campaignEndsAfterMs, judgedAfterMs } = platform.state.rules.thresholds.portfolio;
  const now = platform.now();
  const isOver = record.lastAt === null || now - record.lastAt > campaignEndsAfterMs;
  if (isOver && record.held.length === 0) Object.assign(record, { sent: 0, allowed: firstBatch });
  record.lastAt = now;
  countSent(record, now);
  record.sent += 1;
  if (record.sent <= record.allowed && record.held.length === 0) return false;
  if (!inForce(platform, "portfolio-pacing") || !isPaced(platform, portfolioId, record)) return false;
  if (record.held.length === 0)
    platform.agenda.plan(judgedAfterMs, { do: "rule", task: { rule: "judge-portfolio", portfolioId } });
  record.held.push(message.id);
  return true;
}

function countSent({ days }: PortfolioRecord, now: number): void {
  const day = Math.floor(now / dayMs);
  const last = days.at(-1);
  if (last?.day === day) last.sent += 1;
  else days.push({ day, sent: 1 });
  while ((days[0]?.day ?? day) <= day - knownFrom.days) days.shift();
}

function isPaced(platform: Platform, portfolioId: string, { days }: PortfolioRecord): boolean {
  const sent = days.reduce((sum, one) => sum + one.sent, 0);
  return sent < knownFrom.templates || isSuspicious(platform, portfolioId);
}

const isSuspicious = (platform: Platform, portfolioId: string): boolean =>
  shareOf(platform, portfolioId) >= platform.state.rules.thresholds.portfolio.watchedShare;

/** Weighted negative reactions per template delivered today and yesterday, over all accounts of a portfolio. */
function shareOf(platform: Platform, portfolioId: string): number {
  const sum: Counts = { delivered: 0, read: 0, blocked: 0, reported: 0, stopped: 0 };
  for (const account of platform.state.accounts.values()) {
    if (account.portfolioId !== portfolioId) continue;
    const counts = countsOf(accountRecord(platform, account.id).tally, platform.now(), 2);
    for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += counts[key];
  }
  return negativeShare(sum, platform.state.rules.thresholds.quality);
}

/** Lets the next batch go, twice as large as the one before, or drops all that waits with 132015. */
export function judgePortfolio(platform: Platform, portfolioId: string, end: PacingEnd): void {
  const record = recordOf(platform, portfolioId);
  const { dropShare, judgedAfterMs } = platform.state.rules.thresholds.portfolio;
  const messagesOf = (ids: readonly string[]): Message[] =>
    ids
      .map((id) => platform.state.messages.get(id))
      .filter((message): message is Message => message?.status === "accepted");
  if (shareOf(platform, portfolioId) >= dropShare) {
    for (const message of messagesOf(record.held.splice(0))) end.drop(message, failureOf(132015));
    return;
  }
  const batch = record.held.splice(0, record.allowed);
  record.allowed *= 2;
  for (const message of messagesOf(batch)) end.release(message);
  if (record.held.length > 0)
    platform.agenda.plan(judgedAfterMs, { do: "rule", task: { rule: "judge-portfolio", portfolioId } });
}

import { dayMs, type Instant } from "@loket/kit";
import { type Failure, failureOf } from "../graph-error.ts";
import type { Platform } from "../platform.ts";
import type { Account, BusinessNumber, Message, Thread } from "../state.ts";
import { tell } from "../webhooks.ts";
import { isFreeEntryOpen, isWindowOpen } from "../windows.ts";
import { inForce } from "./eras.ts";
import { isOfHighQuality } from "./standing-quality.ts";
import { nextTier, peopleOf } from "./tiers.ts";

/**
 * Whom a portfolio reached on its own initiative. Both maps are in the order of time and are emptied from the front, so that
 * a moving window costs nothing but its people; each is bounded by what a rule still asks about.
 */
export interface ReachRecord {
  /** The last message to each person in the last 24 hours. */
  readonly day: Map<string, Instant>;
  /** Unique people in the days the next raise looks at (7, or 30 for the first). */
  readonly growth: Map<string, Instant>;
  /** The limit whose raise is under way. */
  raising: string | null;
  /** The limit whose raise was put off because of low quality, so that it is said once. */
  deferred: string | null;
  /** Messages that failed over the limit, ever. */
  refused: number;
  /** Day by day, oldest first, for whoever draws it; earlier versions kept none. */
  days?: ReachDay[];
}

/** A day (UTC, whole days since 1970) on which somebody was written to on the business's initiative. */
interface ReachDay {
  readonly day: number;
  /** The most people reached in any 24 hours that ended on it. */
  people: number;
  /** The limit at the last of them; `null` where there is none. */
  limit: number | null;
  refused: number;
}

const reachDaysKept = 31;

function dayOf(record: ReachRecord, now: Instant, limit: number): ReachDay {
  record.days ??= [];
  const day = Math.floor(now / dayMs);
  let last = record.days.at(-1);
  if (last?.day !== day) {
    last = { day, people: 0, limit: null, refused: 0 };
    record.days.push(last);
    if (record.days.length > reachDaysKept) record.days.shift();
  }
  last.limit = Number.isFinite(limit) ? limit : null;
  return last;
}

/** Days and share of the limit after which it is raised ("Messaging limits", automatic scaling). */
const growthDays = 7;
const growthShare = 0.5;
/** The way out of 250 without verification: delivered to this many unique people in this many days. */
const firstRaise = { people: 2_000, days: 30 } as const;

/** Limits are per portfolio since 7 October 2025, before that per number. */
function reachKey(platform: Platform, number: BusinessNumber): string {
  return inForce(platform, "portfolio-limit") ? platform.accountOf(number).portfolioId : number.id;
}

function reachOf(platform: Platform, number: BusinessNumber): ReachRecord {
  const key = reachKey(platform, number);
  const { reach } = platform.state.rules;
  let record = reach.get(key);
  if (!record) {
    record = { day: new Map(), growth: new Map(), raising: null, deferred: null, refused: 0 };
    reach.set(key, record);
  }
  return record;
}

/** People reached in the last 24 hours, messages that failed over the limit, and both day by day. */
export function limitUsed(
  platform: Platform,
  number: BusinessNumber,
): { people: number; refused: number; days: readonly ReachDay[] } {
  const record = platform.state.rules.reach.get(reachKey(platform, number));
  let people = 0;
  for (const at of record?.day.values() ?? []) if (at > platform.now() - dayMs) people += 1;
  return { people, refused: record?.refused ?? 0, days: record?.days ?? [] };
}

/**
 * Takes a place within the limit for a message that opens a conversation, or says why there is none. The platform documents
 * no code of its own for this: the send is answered with 200 and fails with 131048, as its older pages have it. It counts
 * what was delivered; here the place is taken when the message is sent, or a thousand sent at once would all slip under.
 */
export function takePlace(platform: Platform, message: Message, thread: Thread): Failure | null {
  const number = platform.state.numbers.get(message.numberId);
  if (!number || !message.template || !isOnInitiative(platform, thread)) return null;
  if (!inForce(platform, "portfolio-limit") && !inForce(platform, "number-limit")) return null;
  const record = reachOf(platform, number);
  const now = platform.now();
  const people = peopleOf(number.messagingLimit);
  forget(record.day, now - dayMs);
  if (!record.day.has(message.phone)) {
    if (record.day.size >= people) {
      record.refused += 1;
      dayOf(record, now, people).refused += 1;
      const whose = inForce(platform, "portfolio-limit") ? "this business portfolio" : "this phone number";
      return failureOf(
        131048,
        `Message failed to send because ${whose} has reached its limit of ${people} people in 24 hours.`,
      );
    }
  }
  const { throughputFromPeople } = platform.state.rules.thresholds.limit;
  // Without a limit nobody needs to be counted beyond what the throughput upgrade asks for.
  if (Number.isFinite(people) || record.day.size < throughputFromPeople || record.day.has(message.phone)) {
    record.day.delete(message.phone);
    record.day.set(message.phone, now);
  }
  const today = dayOf(record, now, people);
  today.people = Math.max(today.people, record.day.size);
  upgradeThroughputWhenDue(platform, number, record);
  return null;
}

function isOnInitiative(platform: Platform, thread: Thread): boolean {
  return !isWindowOpen(thread, platform.now()) && !isFreeEntryOpen(thread, platform.now());
}

/** A message on the business's initiative arrived: it counts towards a higher limit. */
export function countTowardsRaise(platform: Platform, number: BusinessNumber, message: Message, thread: Thread): void {
  if (!message.template || !isOnInitiative(platform, thread)) return;
  const next = nextTier(platform, number.messagingLimit);
  const record = reachOf(platform, number);
  if (next === null || record.raising === number.messagingLimit) return;
  const first = number.messagingLimit === "TIER_250";
  const needed = first ? firstRaise.people : Math.ceil(peopleOf(number.messagingLimit) * growthShare);
  const now = platform.now();
  forget(record.growth, now - (first ? firstRaise.days : growthDays) * dayMs);
  record.growth.delete(message.phone);
  record.growth.set(message.phone, now);
  if (record.growth.size < needed) return;
  if (!isOfHighQuality(platform, number)) {
    defer(platform, number, record);
    return;
  }
  record.raising = number.messagingLimit;
  // Out of 250 the raise comes at once after the check, further up "within 6 hours".
  const delayMs = first ? 0 : platform.state.rules.thresholds.limit.raisedAfterMs;
  platform.agenda.plan(delayMs, {
    do: "rule",
    task: { rule: "raise-limit", numberId: number.id, from: number.messagingLimit },
  });
}

export function raiseLimit(platform: Platform, numberId: string, from: string): void {
  const number = platform.state.numbers.get(numberId);
  if (!number) return;
  const record = reachOf(platform, number);
  record.raising = null;
  const next = nextTier(platform, from);
  if (number.messagingLimit !== from || next === null) return;
  if (!isOfHighQuality(platform, number)) {
    defer(platform, number, record);
    return;
  }
  record.growth.clear();
  changeLimit(platform, number, next);
}

/** A raise that low quality stands in the way of is told in `account_alerts`, once for each limit. */
function defer(platform: Platform, number: BusinessNumber, record: ReachRecord): void {
  if (record.deferred === number.messagingLimit) return;
  record.deferred = number.messagingLimit;
  const account = platform.accountOf(number);
  tell(platform, account, "account_alerts", {
    entity_type: "BUSINESS",
    entity_id: account.portfolioId,
    alert_info: {
      alert_severity: "INFORMATIONAL",
      alert_status: "NONE",
      alert_type: "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED",
      alert_description: "The messaging limit is not raised while message quality is low.",
    },
  });
}

/** Verification of the business takes its portfolio out of 250 at once ("Messaging limits", scaling paths). */
export function raiseForVerification(platform: Platform, account: Account): void {
  for (const number of numbersOf(platform, account.portfolioId)) {
    const next = nextTier(platform, number.messagingLimit);
    if (next !== null && peopleOf(number.messagingLimit) <= 250) changeLimit(platform, number, next);
  }
}

/** Gives the number's portfolio (in older days, the number alone) another limit and tells it. */
export function changeLimit(platform: Platform, number: BusinessNumber, tier: string): void {
  const account = platform.accountOf(number);
  const old = number.messagingLimit;
  const up = peopleOf(tier) > peopleOf(old);
  if (!inForce(platform, "portfolio-limit")) {
    number.messagingLimit = tier;
    tell(platform, account, "phone_number_quality_update", {
      display_phone_number: number.digits,
      event: up ? "UPGRADE" : "DOWNGRADE",
      old_limit: old,
      current_limit: tier,
    });
  } else {
    setPortfolioLimit(platform, number, tier);
    for (const one of platform.state.accounts.values()) {
      if (one.portfolioId === account.portfolioId)
        tell(platform, one, "business_capability_update", {
          max_daily_conversations_per_business: tier,
          max_phone_numbers_per_business: 25,
        });
    }
  }
  platform.announce({ type: "number", id: number.id });
}

/** All numbers of a portfolio show one limit; before 7 October 2025 each has its own. Tells nobody. */
export function setPortfolioLimit(platform: Platform, number: BusinessNumber, tier: string): void {
  number.messagingLimit = tier;
  if (!inForce(platform, "portfolio-limit")) return;
  for (const one of numbersOf(platform, platform.accountOf(number).portfolioId)) one.messagingLimit = tier;
}

export function numbersOf(platform: Platform, portfolioId: string): BusinessNumber[] {
  return [...platform.state.numbers.values()].filter(
    (number) => platform.state.accounts.get(number.accountId)?.portfolioId === portfolioId,
  );
}

const upgradedThroughput = 1_000;

/**
 * Unlimited, enough people in 24 hours and a quality of YELLOW or better: a minute of 131057, then 1,000 a second. A number that is
 * also on the Business app stays as slow as it is.
 */
function upgradeThroughputWhenDue(platform: Platform, number: BusinessNumber, record: ReachRecord): void {
  const { throughputFromPeople, throughputUpgradeMs } = platform.state.rules.thresholds.limit;
  if (record.day.size < throughputFromPeople || number.throughputPerSecond >= upgradedThroughput) return;
  if (number.more?.businessApp) return;
  if (Number.isFinite(peopleOf(number.messagingLimit)) || number.quality === "RED" || isUpgrading(platform, number))
    return;
  platform.state.rules.maintenance.set(number.id, platform.now());
  platform.agenda.plan(throughputUpgradeMs, { do: "rule", task: { rule: "upgrade-throughput", numberId: number.id } });
}

/** While its throughput is raised a number answers 131057. */
export function isUpgrading(platform: Platform, number: BusinessNumber): boolean {
  return platform.state.rules.maintenance.has(number.id);
}

export function upgradeThroughput(platform: Platform, numberId: string): void {
  const number = platform.state.numbers.get(numberId);
  platform.state.rules.maintenance.delete(numberId);
  if (!number) return;
  number.throughputPerSecond = upgradedThroughput;
  tell(platform, platform.accountOf(number), "phone_number_quality_update", {
    display_phone_number: number.digits,
    event: "THROUGHPUT_UPGRADE",
    max_daily_conversations_per_business: number.messagingLimit,
  });
  platform.announce({ type: "number", id: number.id });
}

/** Drops what happened up to `until`; the maps are in the order of time. */
function forget(map: Map<string, Instant>, until: number): void {
  for (const [key, at] of map) {
    if (at > until) return;
    map.delete(key);
  }
}

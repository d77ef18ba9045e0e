import { dayMs, type Instant, plus, toIso } from "@loket/kit";
import { noteBySystem } from "../activities.ts";
import type { Platform } from "../platform.ts";
import type { Account } from "../state.ts";
import { tell } from "../webhooks.ts";
import type { Step, StrikeCause } from "./codes.ts";
import { inForce } from "./eras.ts";
import { inWords, ladder, restrictionTypes } from "./ladder.ts";
import { mail } from "./mails.ts";
import { countsOf, negativeShare, type Tally } from "./tally.ts";

export interface Strike {
  readonly at: Instant;
  /** Why, in words for whoever looks at the account. */
  readonly why: string;
  /** The same as a code; strikes of earlier versions have none. */
  readonly cause?: StrikeCause;
  /** Negative reactions per delivered template that earned it; `null` when it was given by hand. */
  readonly share: number | null;
  /** Its step on the ladder. */
  readonly rung: number;
}

export interface AccountRecord {
  /** What happened since the last strike. */
  readonly tally: Tally;
  strikes: Strike[];
  appeal: Appeal | null;
  /** When templates were moved from utility to marketing; see category.ts. */
  corrections: Instant[];
  cappedRetries: { day: number; count: number };
}

interface Appeal {
  readonly at: Instant;
  readonly strikeAt: Instant;
  readonly wanted: "granted" | "denied" | null;
  outcome: "granted" | "denied" | null;
}

export function accountRecord(platform: Platform, id: string): AccountRecord {
  const { accounts } = platform.state.rules;
  let record = accounts.get(id);
  if (!record) {
    record = newAccountRecord();
    accounts.set(id, record);
  }
  return record;
}

/** What is known of an account that did nothing yet. */
export const newAccountRecord = (): AccountRecord => ({
  tally: [],
  strikes: [],
  appeal: null,
  corrections: [],
  cappedRetries: { day: 0, count: 0 },
});

/** Gives a strike when people's reactions since the last one ask for it; called after each reaction. */
export function judgeAccount(platform: Platform, account: Account): void {
  const { enforcement, quality } = platform.state.rules.thresholds;
  const record = accountRecord(platform, account.id);
  const last = record.strikes.at(-1);
  if (account.banState === "disabled" || (last && platform.now() - last.at < enforcement.strikeAtMostEveryMs)) return;
  const counts = countsOf(record.tally, platform.now(), quality.days);
  const share = negativeShare(counts, quality);
  if (counts.delivered < enforcement.judgedFrom || counts.reported < enforcement.reportsAtLeast) return;
  if (share < enforcement.strikeShare) return;
  const { blocked, reported, delivered } = counts;
  const cause: StrikeCause = { code: "reactions", blocked, reported, delivered };
  strike(platform, account, { cause, share, steps: share >= enforcement.severeShare ? 2 : 1 });
}

/** Insisting within 24 hours of 131049, over and over, is punished at the account (since 30 April 2026). */
export function noteCappedRetry(platform: Platform, account: Account): void {
  if (!inForce(platform, "capped-retries")) return;
  const { cappedRetries } = accountRecord(platform, account.id);
  const day = Math.floor(platform.now() / dayMs);
  if (cappedRetries.day !== day) Object.assign(cappedRetries, { day, count: 0 });
  cappedRetries.count += 1;
  if (cappedRetries.count === platform.state.rules.thresholds.marketing.cappedRetriesADay)
    strike(platform, account, { cause: { code: "capped-retries", count: cappedRetries.count }, share: null });
}

interface NewStrike {
  readonly cause: StrikeCause;
  readonly share: number | null;
  /** Rungs to climb; 1 when left out. */
  readonly steps?: number;
  /** `violation_info.violation_type`; SPAM when left out. */
  readonly violationType?: string;
  /** The rung itself, for strikes given by hand: 0 is the warning. */
  readonly rung?: number;
}

/** Told in `account_update` as ACCOUNT_VIOLATION, then carried out; strikes older than a year no longer count. */
export function strike(platform: Platform, account: Account, wanted: NewStrike): Strike {
  const record = accountRecord(platform, account.id);
  const now = platform.now();
  const last = validStrikes(platform, record).at(-1);
  const rung = Math.min(wanted.rung ?? (last?.rung ?? -1) + (wanted.steps ?? 1), ladder.length - 1);
  const why = whyInEnglish(wanted.cause);
  const given: Strike = { at: now, why, cause: wanted.cause, share: wanted.share, rung };
  record.strikes.push(given);
  record.tally.length = 0;
  const step = ladder[rung] ?? { step: "ban" };
  tell(platform, account, "account_update", {
    event: "ACCOUNT_VIOLATION",
    violation_info: {
      violation_type: wanted.violationType ?? "SPAM",
      remediation: "Message only people who agreed to hear from you, and remove whoever asks to be left alone.",
    },
  });
  noteBySystem(platform, account.id, "COMPLIANCE_ACTION", `${why}. Now: ${inWords(step)}.`);
  mail(platform, account.id, "Your WhatsApp Business account violated a policy", `${why}. Now: ${inWords(step)}.`);
  carryOut(platform, account, given, step);
  return given;
}

function whyInEnglish(cause: StrikeCause): string {
  switch (cause.code) {
    case "reactions":
      return `${cause.blocked} blocks and ${cause.reported} reports on ${cause.delivered} templates`;
    case "capped-retries":
      return `${cause.count} retries within 24 hours of 131049`;
    case "claims":
      return "Public claims were not withdrawn";
    case "by-hand":
      return cause.words;
  }
}

export function validStrikes(platform: Platform, record: AccountRecord): Strike[] {
  const { strikesAgeOutMs } = platform.state.rules.thresholds.enforcement;
  return record.strikes.filter(({ at }) => platform.now() - at < strikesAgeOutMs);
}

/** What the next strike would bring. */
export function nextStep(platform: Platform, account: Account): Step {
  const record = platform.state.rules.accounts.get(account.id) ?? newAccountRecord();
  const last = validStrikes(platform, record).at(-1);
  return ladder[Math.min((last?.rung ?? -1) + 1, ladder.length - 1)] ?? { step: "ban" };
}

function carryOut(platform: Platform, account: Account, given: Strike, step: Step): void {
  if (step.step === "ban") disable(platform, account);
  if (step.step !== "restriction") return;
  const until = step.lastsMs === null ? null : plus(given.at, step.lastsMs);
  restrict(platform, account, restrictionTypes[step.of], until);
  if (until !== null) return;
  const { bannedAfterLockMs } = platform.state.rules.thresholds.enforcement;
  tellBan(platform, account, "SCHEDULE_FOR_DISABLE", plus(given.at, bannedAfterLockMs));
  platform.agenda.plan(bannedAfterLockMs, {
    do: "rule",
    task: { rule: "ban", accountId: account.id, strikeAt: given.at },
  });
}

/** Restrictions of other types that still run stay; one event tells all that are in force ("account_update"). */
export function restrict(platform: Platform, account: Account, types: readonly string[], until: Instant | null): void {
  const seconds = platform.now() / 1000;
  const others = account.restrictions.filter(
    ({ restriction_type, expiration }) =>
      !types.includes(restriction_type) && (expiration === undefined || expiration > seconds),
  );
  const added = types.map((restriction_type) => ({
    restriction_type,
    ...(until === null ? {} : { expiration: Math.floor(until / 1000) }),
  }));
  account.restrictions = [...added, ...others];
  tell(platform, account, "account_update", { event: "ACCOUNT_RESTRICTION", restriction_info: account.restrictions });
  liftWhenDue(platform, account);
  platform.announce({ type: "number", id: account.id });
}

/** Takes away what has expired. The platform tells nobody: the end was said at the beginning. */
export function liftRestrictions(platform: Platform, accountId: string): void {
  const account = platform.state.accounts.get(accountId);
  if (!account) return;
  const seconds = platform.now() / 1000;
  account.restrictions = account.restrictions.filter(
    ({ expiration }) => expiration === undefined || expiration > seconds,
  );
  platform.announce({ type: "number", id: account.id });
}

/** The ban that follows a lock nobody appealed against with success. */
export function banWhenDue(platform: Platform, accountId: string, strikeAt: Instant): void {
  const account = platform.state.accounts.get(accountId);
  if (!account || account.banState === "disabled") return;
  if (accountRecord(platform, accountId).strikes.some(({ at }) => at === strikeAt)) disable(platform, account);
}

function disable(platform: Platform, account: Account): void {
  account.banState = "disabled";
  for (const number of platform.state.numbers.values()) if (number.accountId === account.id) number.status = "BANNED";
  tellBan(platform, account, "DISABLE", platform.now());
  mail(platform, account.id, "Your WhatsApp Business account is disabled", "No message can be sent or received.");
  platform.announce({ type: "number", id: account.id });
}

function tellBan(platform: Platform, account: Account, state: string, at: Instant): void {
  const date = new Intl.DateTimeFormat("en-US", { dateStyle: "long", timeZone: "UTC" }).format(at);
  tell(platform, account, "account_update", {
    event: "DISABLED_UPDATE",
    ban_info: { waba_ban_state: state, waba_ban_date: date },
  });
}

/**
 * An appeal against the last strike, answered after a while. Granted where nothing measured speaks against the account (a strike
 * given by hand), denied where people's reactions do; `wanted` says otherwise. Answers `null` where there is nothing to appeal.
 */
export function appeal(
  platform: Platform,
  account: Account,
  wanted: "granted" | "denied" | null,
): { decidedAt: Instant } | null {
  const record = accountRecord(platform, account.id);
  const last = record.strikes.at(-1);
  if (!last || record.appeal?.strikeAt === last.at) return null;
  record.appeal = { at: platform.now(), strikeAt: last.at, wanted, outcome: null };
  const { appealTakesMs } = platform.state.rules.thresholds.enforcement;
  platform.agenda.plan(appealTakesMs, { do: "rule", task: { rule: "decide-appeal", accountId: account.id } });
  return { decidedAt: plus(platform.now(), appealTakesMs) };
}

export function decideAppeal(platform: Platform, accountId: string): void {
  const account = platform.state.accounts.get(accountId);
  const record = accountRecord(platform, accountId);
  const pending = record.appeal;
  if (!account || !pending || pending.outcome !== null) return;
  const against = record.strikes.find(({ at }) => at === pending.strikeAt);
  pending.outcome = pending.wanted ?? (against && against.share === null ? "granted" : "denied");
  const when = toIso(pending.strikeAt);
  if (pending.outcome === "denied") {
    mail(platform, account.id, "Your appeal was denied", `The decision of ${when} stands.`);
    return;
  }
  record.strikes = record.strikes.filter((one) => one !== against);
  mail(platform, account.id, "Your appeal was granted", `The decision of ${when} is taken back.`);
  reinstate(platform, account, against);
}

function reinstate(platform: Platform, account: Account, against: Strike | undefined): void {
  const step = ladder[against?.rung ?? 0];
  const wasLocked = step?.step === "ban" || (step?.step === "restriction" && step.lastsMs === null);
  const lifted: readonly string[] = restrictionTypes.everything;
  account.restrictions = account.restrictions.filter(({ restriction_type }) => !lifted.includes(restriction_type));
  unban(platform, account);
  if (wasLocked) tellBan(platform, account, "REINSTATE", platform.now());
  else if (step?.step === "restriction")
    tell(platform, account, "account_update", {
      event: "ACCOUNT_RESTRICTION",
      restriction_info: account.restrictions,
    });
  platform.announce({ type: "number", id: account.id });
}

/** The account and its numbers work again. Tells nobody. */
export function unban(platform: Platform, account: Account): void {
  account.banState = "none";
  for (const number of platform.state.numbers.values())
    if (number.accountId === account.id && number.status === "BANNED") number.status = "CONNECTED";
}

/** Has restrictions that were set by hand taken away when they expire. */
export function liftWhenDue(platform: Platform, account: Account): void {
  for (const { expiration } of account.restrictions)
    if (expiration !== undefined)
      platform.agenda.plan(expiration * 1000 - platform.now(), {
        do: "rule",
        task: { rule: "lift-restrictions", accountId: account.id },
      });
}

import { dayMs, type Instant } from "@loket/kit";
import type { Platform } from "../platform.ts";
import type { ConsumerState, SignalCode } from "./codes.ts";
import { type Activity, signals } from "./consumer-signals.ts";
import { mail } from "./mails.ts";

/**
 * An ordinary account of the app, which the rules forbid to businesses: no Graph API, no webhooks. It is here so that one can see
 * what becomes of a newsletter or a robot on it.
 */
export interface ConsumerAccount {
  /** Digits only. */
  readonly number: string;
  readonly operator: string;
  readonly registeredAt: Instant;
  state: ConsumerState;
  bannedAt: Instant | null;
  why: string | null;
  /** What spoke against it in the last thirty days. */
  points: {
    readonly at: Instant;
    readonly signal: string;
    readonly code?: SignalCode;
    readonly stage: string;
    readonly points: number;
  }[];
}

const pointsCountMs = 30 * dayMs;

export function registerConsumer(
  platform: Platform,
  wanted: { number: string; operator: string; registeredAt: Instant },
): ConsumerAccount {
  const account: ConsumerAccount = { ...wanted, state: "active", bannedAt: null, why: null, points: [] };
  platform.state.rules.consumers.set(account.number, account);
  return account;
}

/** Weighs what an account did. Enough points ban it at once, somewhat fewer after a review. */
export function noteActivity(platform: Platform, account: ConsumerAccount, activity: Activity): void {
  const now = platform.now();
  const shown = signals.filter((signal) => signal.shows(activity, now - account.registeredAt));
  account.points = account.points.filter(({ at }) => now - at < pointsCountMs);
  for (const { name, code, stage, points } of shown)
    account.points.push({ at: now, signal: name, code, stage, points });
  const { bannedAtOnce, bannedAfterReview, reviewTakesMs } = platform.state.rules.thresholds.consumer;
  if (sumOf(account) >= bannedAtOnce) banConsumer(platform, account, reasonOf(account));
  else if (sumOf(account) >= bannedAfterReview && account.state === "active") {
    account.state = "under review";
    platform.agenda.plan(reviewTakesMs, { do: "rule", task: { rule: "review-consumer", number: account.number } });
  }
}

function sumOf(account: ConsumerAccount): number {
  return account.points.reduce((sum, { points }) => sum + points, 0);
}

function reasonOf(account: ConsumerAccount): string {
  return [...new Set(account.points.map(({ signal }) => signal))].join("; ");
}

export function reviewConsumer(platform: Platform, number: string): void {
  const account = platform.state.rules.consumers.get(number);
  if (account?.state !== "under review") return;
  banConsumer(platform, account, reasonOf(account));
}

export function banConsumer(platform: Platform, account: ConsumerAccount, why: string): void {
  if (account.state === "banned") return;
  account.state = "banned";
  account.bannedAt = platform.now();
  account.why = why;
  mail(platform, account.number, "This account is not allowed to use WhatsApp", why);
}

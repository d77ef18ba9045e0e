import { hourMs } from "@loket/kit";
import { GraphError } from "../platform/graph-error.ts";
import type { Platform } from "../platform/platform.ts";
import type { Account } from "../platform/state.ts";

/**
 * Calls that manage an account: 5,000 an hour once it has a registered number, 200 before; 100 templates may be made in an hour
 * ("Rate limits"). Hours are counted from the first call in them. Sending is not counted here, it has its own limits.
 */
const perHour = { active: 5_000, new: 200, templates: 100 };

/** What has been used of an account's quota: percent, and minutes until it is free again. */
export interface Usage {
  readonly percent: number;
  readonly regainMinutes: number;
}

function quotaOf(platform: Platform, account: Account) {
  const now = platform.now();
  const known = platform.state.quotas.get(account.id);
  if (known && now - known.from < hourMs) return known;
  const fresh = { from: now, count: 0, templates: 0 };
  platform.state.quotas.set(account.id, fresh);
  return fresh;
}

function allowed(platform: Platform, account: Account): number {
  const active = [...platform.state.numbers.values()].some(
    ({ accountId, status }) => accountId === account.id && status === "CONNECTED",
  );
  return active ? perHour.active : perHour.new;
}

/** Counts one call. Error 80007 when the hour's are used up. */
export function countCall(platform: Platform, account: Account): void {
  const quota = quotaOf(platform, account);
  if (quota.count >= allowed(platform, account)) throw new GraphError(80007);
  quota.count += 1;
}

/** Counts one template made. Error 80007 beyond a hundred an hour. */
export function countTemplate(platform: Platform, account: Account): void {
  const quota = quotaOf(platform, account);
  if (quota.templates >= perHour.templates) throw new GraphError(80007);
  quota.templates += 1;
}

export function usageOf(platform: Platform, account: Account): Usage {
  const quota = quotaOf(platform, account);
  const share = Math.max(quota.count / allowed(platform, account), quota.templates / perHour.templates);
  const left = quota.from + hourMs - platform.now();
  return { percent: Math.max(1, Math.floor(share * 100)), regainMinutes: share >= 1 ? Math.ceil(left / 60_000) : 0 };
}

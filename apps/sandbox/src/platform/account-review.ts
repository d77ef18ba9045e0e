import type { Platform } from "./platform.ts";
import type { Account } from "./state.ts";
import { tell } from "./webhooks.ts";

/** How an account's review can stand; it can be used once it is approved ("account_review_update"). */
export type ReviewDecision = "APPROVED" | "REJECTED" | "PENDING" | "DEFERRED";

/** An account waits for its review, which the clock decides; until then it sends nothing (131031). */
export function startReview(platform: Platform, account: Account, outcome: ReviewDecision): void {
  decideReview(platform, account, "PENDING");
  const { takesMs } = platform.state.rules.thresholds.accountReview;
  platform.agenda.plan(takesMs, { do: "rule", task: { rule: "review-account", accountId: account.id, outcome } });
}

export function reviewWhenDue(platform: Platform, accountId: string, outcome: ReviewDecision): void {
  const account = platform.state.accounts.get(accountId);
  if (account?.decision === "PENDING") decideReview(platform, account, outcome);
}

/** Decides about an account and tells it. */
export function decideReview(platform: Platform, account: Account, decision: ReviewDecision): void {
  account.decision = decision;
  tell(platform, account, "account_review_update", { decision });
  platform.announce({ type: "number", id: account.id });
}

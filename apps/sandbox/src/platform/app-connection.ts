import { moreOf } from "./number-more.ts";
import type { Platform } from "./platform.ts";
import type { BusinessNumber } from "./state.ts";
import { tell } from "./webhooks.ts";

/** From now on the number is on the WhatsApp Business app as well (coexistence). */
export function joinBusinessApp(platform: Platform, number: BusinessNumber, sharesHistory: boolean): void {
  const since = platform.now();
  moreOf(number).businessApp = { since, openedAt: since, sharesHistory, synced: [] };
  planToLeave(platform, number, platform.state.rules.thresholds.coexistence.unusedAfterMs);
}

/** The business did something on its phone. */
export function openBusinessApp(platform: Platform, number: BusinessNumber): void {
  const { businessApp } = moreOf(number);
  if (businessApp) businessApp.openedAt = platform.now();
}

/** The account is taken from the partner, with the reason ("account_update", `disconnection_info`). */
export function leaveBusinessApp(platform: Platform, number: BusinessNumber, reason: unknown): void {
  const more = moreOf(number);
  if (more.businessApp === null) return;
  more.businessApp = null;
  const account = platform.accountOf(number);
  const said = typeof reason === "string" ? reason : "ACCOUNT_DISCONNECTED";
  tell(platform, account, "account_update", {
    event: "PARTNER_REMOVED",
    waba_info: { waba_id: account.id, owner_business_id: account.portfolioId },
    disconnection_info: { reason: said, initiated_by: said.endsWith("_INACTIVITY") ? "SYSTEM" : "USER" },
  });
}

/** The app must be opened every 14 days or so ("Onboarding WhatsApp Business app users"); else the number leaves it. */
export function leaveUnusedApp(platform: Platform, numberId: string, since: number): void {
  const number = platform.state.numbers.get(numberId);
  const businessApp = number?.more?.businessApp;
  // Another task sees to a number that left and came back.
  if (!number || !businessApp || businessApp.since !== since) return;
  const { unusedAfterMs } = platform.state.rules.thresholds.coexistence;
  const leftMs = (businessApp.openedAt ?? businessApp.since) + unusedAfterMs - platform.now();
  if (leftMs > 0) planToLeave(platform, number, leftMs);
  else {
    leaveBusinessApp(platform, number, "PRIMARY_INACTIVITY");
    platform.announce({ type: "number", id: number.id });
  }
}

function planToLeave(platform: Platform, number: BusinessNumber, afterMs: number): void {
  const since = moreOf(number).businessApp?.since;
  if (since === undefined) return;
  platform.agenda.plan(afterMs, { do: "rule", task: { rule: "leave-unused-app", numberId: number.id, since } });
}

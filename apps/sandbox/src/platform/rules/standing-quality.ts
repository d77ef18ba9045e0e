import type { Platform } from "../platform.ts";
import type { BusinessNumber } from "../state.ts";
import { countsOf } from "./tally.ts";

/**
 * "High quality" as the messaging limit asks for it: no number of the portfolio below GREEN (or not rated yet), and no template
 * sent in the last days YELLOW or RED.
 */
export function isOfHighQuality(platform: Platform, number: BusinessNumber): boolean {
  const { state } = platform;
  const { portfolioId } = platform.accountOf(number);
  const isOurs = (accountId: string) => state.accounts.get(accountId)?.portfolioId === portfolioId;
  const isLow = (quality: string) => quality === "YELLOW" || quality === "RED";
  for (const one of state.numbers.values()) if (isOurs(one.accountId) && isLow(one.quality)) return false;
  const { days } = state.rules.thresholds.quality;
  for (const [id, record] of state.rules.templates) {
    const template = state.templates.get(id);
    if (!template || !isOurs(template.accountId) || !isLow(template.quality)) continue;
    if (countsOf(record.tally, platform.now(), days).delivered > 0) return false;
  }
  return true;
}

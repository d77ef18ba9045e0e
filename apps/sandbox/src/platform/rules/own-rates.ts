import type { Platform } from "../platform.ts";
import type { Account } from "../state.ts";
import { tell } from "../webhooks.ts";
import { rulesAt } from "./eras.ts";
import type { BilledCategory, Market } from "./rate-card.ts";

/**
 * A rate card of one's own, set over the control face: in any currency, with the volume tiers of utility and authentication. The
 * card the sandbox comes with has neither, because no source of ours has the figures.
 */
export interface OwnCard {
  /** ISO 4217. */
  readonly currency: string;
  readonly rates: readonly OwnRate[];
}

export interface OwnRate {
  readonly market: Market;
  readonly category: BilledCategory;
  /** Unix milliseconds of the first moment it applies. */
  readonly from: number;
  /** In the order of volume; `upTo` is the last message of the month at this price, `null` for all others. */
  readonly tiers: readonly { readonly upTo: number | null; readonly price: number }[];
}

/** What a message costs, and the tier it fell in. */
export interface Cost {
  readonly amount: number;
  readonly currency: string;
  /** `1:100000`, as the platform writes it; `null` where there are no tiers. */
  readonly tier: string | null;
}

const tiered: readonly BilledCategory[] = ["utility", "authentication"];

/**
 * The price of one more message of a portfolio in a month ("Pricing": tiers count all messages of a market and category, over all
 * accounts of the portfolio). A new tier is told in `account_update`. `null` where the card says nothing.
 */
export function ownCost(
  platform: Platform,
  card: OwnCard,
  { account, market, category, month }: { account: Account; market: Market; category: BilledCategory; month: string },
): Cost | null {
  const at = rulesAt(platform);
  const rate = card.rates.findLast((one) => one.market === market && one.category === category && at >= one.from);
  if (!rate) return null;
  const { volumes } = platform.state.rules.ledger;
  const key = `${month}|${account.portfolioId}|${market}|${category}`;
  const count = (volumes.get(key) ?? 0) + 1;
  volumes.set(key, count);
  const index = tiered.includes(category) ? rate.tiers.findIndex(({ upTo }) => upTo === null || count <= upTo) : 0;
  const tier = rate.tiers[index] ?? rate.tiers.at(-1);
  if (!tier) return null;
  const first = (rate.tiers[index - 1]?.upTo ?? 0) + 1;
  const name = rate.tiers.length > 1 ? `${first}:${tier.upTo ?? ""}` : null;
  if (name !== null && index > 0 && count === first) tellTier(platform, account, { market, category, month, name });
  return { amount: tier.price, currency: card.currency, tier: name };
}

function tellTier(
  platform: Platform,
  account: Account,
  { market, category, month, name }: { market: Market; category: BilledCategory; month: string; name: string },
): void {
  tell(platform, account, "account_update", {
    event: "VOLUME_BASED_PRICING_TIER_UPDATE",
    volume_tier_info: {
      tier_update_time: Math.floor(platform.now() / 1000),
      pricing_category: category.toUpperCase(),
      tier: name,
      effective_month: month,
      region: market,
    },
  });
}

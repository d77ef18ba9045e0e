import { toIso } from "@loket/kit";
import { isBody } from "../platform/parameters.ts";
import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import type { OwnRate } from "../platform/rules/own-rates.ts";
import { type BilledCategory, type Market, marketNames, rateCard } from "../platform/rules/rate-card.ts";
import type { Body } from "../platform/state.ts";
import { readDay } from "./rules.ts";

const categories: readonly BilledCategory[] = ["marketing", "utility", "authentication", "service"];

/** `GET rate-card`: the card in force. */
export function showRateCard(platform: Platform): Body {
  const { ownCard } = platform.state.rules;
  if (!ownCard)
    return {
      own: false,
      currency: "USD",
      rates: rateCard.flatMap(({ market, from, usd }) =>
        Object.entries(usd).map(([category, price]) => ({
          market,
          category,
          from: new Date(from).toISOString().slice(0, 10),
          tiers: [{ upTo: null, price }],
        })),
      ),
    };
  const rates = ownCard.rates.map(({ from, ...rate }) => ({ ...rate, from: toIso(from as never).slice(0, 10) }));
  return { own: true, currency: ownCard.currency, rates };
}

/**
 * `PUT rate-card { currency, rates: [{ market, category, from?, price } or { …, tiers: [{ upTo, price }] }] }`: a card of one's own;
 * `{ rates: null }` takes it away. Volumes of tiers are counted from when it was set.
 */
export function changeRateCard(platform: Platform, body: Body): Body {
  const { rules } = platform.state;
  if (body.rates === null) rules.ownCard = null;
  else {
    if (typeof body.currency !== "string" || !/^[A-Z]{3}$/.test(body.currency))
      throw new ControlError("currency must be a code such as EUR.");
    if (!Array.isArray(body.rates) || !body.rates.every(isBody))
      throw new ControlError("rates must be a list of { market, category, from?, price or tiers }.");
    rules.ownCard = { currency: body.currency, rates: body.rates.map(readRate) };
  }
  rules.ledger.volumes.clear();
  platform.announce({ type: "faults" });
  return showRateCard(platform);
}

function readRate(rate: Body): OwnRate {
  const market: Market | undefined = marketNames.find((name) => name === rate.market);
  const category = categories.find((name) => name === rate.category);
  if (!market) throw new ControlError(`market must be one of ${marketNames.join(", ")}.`);
  if (!category) throw new ControlError(`category must be one of ${categories.join(", ")}.`);
  const from = rate.from === undefined ? 0 : readDay(rate.from);
  const tiers = Array.isArray(rate.tiers) ? rate.tiers.filter(isBody) : [{ upTo: null, price: rate.price }];
  if (tiers.length === 0) throw new ControlError("tiers must not be empty.");
  let last = 0;
  const read = tiers.map(({ upTo, price }) => {
    if (typeof price !== "number" || !Number.isFinite(price) || price < 0)
      throw new ControlError("price must be a number from 0.");
    if (upTo === null || upTo === undefined) return { upTo: null, price };
    if (typeof upTo !== "number" || !Number.isInteger(upTo) || upTo <= last)
      throw new ControlError("upTo must be whole numbers that rise, the last of them null.");
    last = upTo;
    return { upTo, price };
  });
  return { market, category, from, tiers: read };
}

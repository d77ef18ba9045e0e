import { dayMs, type Instant, plus, toIso } from "@loket/kit";
import type { Platform } from "../platform.ts";
import type { Body, BusinessNumber, Message, Thread } from "../state.ts";
import { billedCategory, freeServiceMessages, marketOf, priceOf, rateOf } from "./billing.ts";
import { inForce } from "./eras.ts";
import { ownCost } from "./own-rates.ts";
import type { BilledCategory, Market } from "./rate-card.ts";

/** What would have been billed: the newest rows, and totals of everything. */
export interface Ledger {
  rows: Row[];
  /** By month, account, market and category. */
  readonly totals: Map<string, Total>;
  /** Delivered service messages by number and month. */
  readonly serviceMessages: Map<string, number>;
  /** Billed messages by month, portfolio, market and category, for the tiers of a card of one's own. */
  readonly volumes: Map<string, number>;
  /** Until 1 July 2025: when an open conversation of number, person and category ends. */
  readonly conversations: Map<string, Instant>;
}

interface Row {
  readonly at: Instant;
  /** `2026-11`, in UTC. */
  readonly month: string;
  readonly accountId: string;
  readonly numberId: string;
  readonly messageId: string;
  readonly market: Market;
  readonly category: BilledCategory;
  readonly unit: "message" | "conversation";
  /** Why it costs nothing, else `null`. */
  readonly free: "window" | "entry point" | "allowance" | null;
  /** US dollars; `null` where the rate card says nothing, or is in another currency. */
  readonly usd: number | null;
  /** In the currency of the card; `null` where it says nothing. */
  readonly amount?: number | null;
  readonly currency?: string;
  readonly tier?: string | null;
}

interface Total {
  readonly month: string;
  readonly accountId: string;
  readonly market: Market;
  readonly category: BilledCategory;
  billed: number;
  free: number;
  unpriced: number;
  /** Millionths of a dollar: sums of a million messages must not drift. */
  usdMicros: number;
  /** The same in the currency of the card. */
  micros?: number;
  readonly currency?: string;
}

const rowsKept = 5_000;

/** A message was delivered: the moment at which the platform bills ("Pricing"). Failed and dropped ones never come here. */
export function bill(platform: Platform, message: Message, thread: Thread): void {
  const number = platform.state.numbers.get(message.numberId);
  if (!number || message.type === "reaction") return;
  const pricing = message.pricing ?? priceOf(platform, message, thread);
  const category = billedCategory(message);
  const conversation = pricing.pricing_model === "CBP" && inForce(platform, "conversation-prices");
  if (conversation && !opensConversation(platform, message, category)) return;
  // Before conversations were billed, every template was, and nothing else.
  if (pricing.pricing_model === "CBP" && !conversation && category === "service") return;
  const free = whyFree(platform, message, pricing, category);
  const market = marketOf(message.phone);
  const at = platform.now();
  const row: Row = {
    at,
    month: monthOf(at),
    accountId: number.accountId,
    numberId: number.id,
    messageId: message.id,
    market,
    category,
    unit: conversation ? "conversation" : "message",
    free,
    ...costOf(platform, { number, market, category, free }),
  };
  if (typeof row.amount === "number")
    message.cost = { amount: row.amount, currency: row.currency ?? "USD", tier: row.tier ?? null };
  write(platform.state.rules.ledger, row);
}

type Priced = Pick<Row, "usd" | "amount" | "currency" | "tier">;

function costOf(
  platform: Platform,
  { number, market, category, free }: Pick<Row, "market" | "category" | "free"> & { number: BusinessNumber },
): Priced {
  const { ownCard } = platform.state.rules;
  const currency = ownCard?.currency ?? "USD";
  if (free !== null) return { usd: 0, amount: 0, currency, tier: null };
  if (!ownCard) {
    const usd = rateOf(platform, market, category);
    return { usd, amount: usd, currency, tier: null };
  }
  const account = platform.accountOf(number);
  const cost = ownCost(platform, ownCard, { account, market, category, month: monthOf(platform.now()) });
  const amount = cost?.amount ?? null;
  return { usd: currency === "USD" ? amount : null, amount, currency, tier: cost?.tier ?? null };
}

function whyFree(platform: Platform, message: Message, pricing: Body, category: BilledCategory): Row["free"] {
  const used = category === "service" ? countServiceMessage(platform, message.numberId) : 0;
  if (pricing.type === "free_entry_point") return "entry point";
  if (pricing.type === "free_customer_service") return "window";
  return category === "service" && pricing.pricing_model === "PMP" && used <= freeServiceMessages ? "allowance" : null;
}

/** A conversation lasts 24 hours from the first message of its category; service ones need that none is open at all. */
function opensConversation(platform: Platform, message: Message, category: BilledCategory): boolean {
  const { conversations } = platform.state.rules.ledger;
  const now = platform.now();
  const key = (one: string) => `${message.numberId}:${message.phone}:${one}`;
  const isOpen = (one: string) => (conversations.get(key(one)) ?? 0) > now;
  const open = category === "service" ? Object.keys(columns).some(isOpen) : isOpen(category);
  if (open) return false;
  conversations.set(key(category), plus(now, dayMs));
  return true;
}

const columns: Record<BilledCategory, true> = { marketing: true, utility: true, authentication: true, service: true };

function countServiceMessage(platform: Platform, numberId: string): number {
  const { serviceMessages } = platform.state.rules.ledger;
  const key = `${numberId}:${monthOf(platform.now())}`;
  const used = (serviceMessages.get(key) ?? 0) + 1;
  serviceMessages.set(key, used);
  return used;
}

/** Service messages delivered by a number in this calendar month (UTC). */
export function serviceMessagesOf(platform: Platform, numberId: string): number {
  return platform.state.rules.ledger.serviceMessages.get(`${numberId}:${monthOf(platform.now())}`) ?? 0;
}

function write(ledger: Ledger, row: Row): void {
  ledger.rows.push(row);
  if (ledger.rows.length > 2 * rowsKept) ledger.rows = ledger.rows.slice(-rowsKept);
  const { currency = "USD" } = row;
  const key = `${row.month}|${row.accountId}|${row.market}|${row.category}|${currency}`;
  let total = ledger.totals.get(key);
  if (!total) {
    const { month, accountId, market, category } = row;
    total = { month, accountId, market, category, billed: 0, free: 0, unpriced: 0, usdMicros: 0, micros: 0, currency };
    ledger.totals.set(key, total);
  }
  if (row.free !== null) total.free += 1;
  else if (typeof row.amount !== "number") total.unpriced += 1;
  else {
    total.billed += 1;
    total.micros = (total.micros ?? 0) + Math.round(row.amount * 1e6);
    if (currency === "USD") total.usdMicros += Math.round(row.amount * 1e6);
  }
}

function monthOf(at: Instant): string {
  return toIso(at).slice(0, 7);
}

/** `GET ledger?month=&account=&limit=`: the newest rows and the totals, in the card's currency and in US dollars. */
export function showLedger(platform: Platform, query: URLSearchParams): Body {
  const { ledger } = platform.state.rules;
  const isAsked = (one: { month: string; accountId: string }) =>
    (query.get("month") ?? one.month) === one.month && (query.get("account") ?? one.accountId) === one.accountId;
  const limit = Math.min(Number(query.get("limit") ?? 1_000) || 1_000, rowsKept);
  const totals = [...ledger.totals.values()].filter(isAsked);
  return {
    currency: platform.state.rules.ownCard?.currency ?? "USD",
    usd: totals.reduce((sum, { usdMicros }) => sum + usdMicros, 0) / 1e6,
    totals: totals.map(({ usdMicros, micros = usdMicros, currency = "USD", ...total }) => ({
      ...total,
      usd: usdMicros / 1e6,
      amount: micros / 1e6,
      currency,
    })),
    rows: ledger.rows
      .filter(isAsked)
      .slice(-limit)
      .map((row) => ({ ...row, at: toIso(row.at) })),
  };
}

/**
 * What a delivered message costs, in US dollars, by market, category and first day. Transcribed by third parties from the card
 * Meta publishes (in force on 1 January 2026) and cross-checked where several agree; the service rates are those of utility, as
 * several providers report for 1 October 2026. **Not Meta's own figures**: before you plan a budget, read the card itself. There
 * are no rates of earlier days and none of markets not named here, and volume tiers are left out: such messages are counted
 * in the ledger as unpriced.
 */
export type BilledCategory = "marketing" | "utility" | "authentication" | "service";

interface Rate {
  readonly market: Market;
  /** Unix milliseconds of the first moment it applies. */
  readonly from: number;
  readonly usd: Partial<Record<BilledCategory, number>>;
}

export const marketNames = [
  "Netherlands",
  "Germany",
  "France",
  "United Kingdom",
  "Spain",
  "Italy",
  "Rest of Western Europe",
  "North America",
  "India",
  "Brazil",
  "Other",
] as const;

export type Market = (typeof marketNames)[number];

const newYear2026 = Date.UTC(2026, 0, 1);
const october2026 = Date.UTC(2026, 9, 1);

const templates: readonly [market: Market, marketing: number, utility: number, authentication: number][] = [
  ["Netherlands", 0.1597, 0.05, 0.05],
  ["Germany", 0.1365, 0.055, 0.055],
  ["France", 0.0859, 0.03, 0.03],
  ["United Kingdom", 0.0529, 0.022, 0.022],
  ["Spain", 0.0615, 0.02, 0.02],
  ["Italy", 0.0691, 0.03, 0.03],
  ["Rest of Western Europe", 0.0592, 0.0171, 0.0171],
  ["North America", 0.025, 0.0034, 0.0034],
  ["India", 0.0118, 0.0014, 0.0014],
  ["Brazil", 0.0625, 0.0068, 0.0068],
];

export const rateCard: readonly Rate[] = templates.flatMap(([market, marketing, utility, authentication]) => [
  { market, from: newYear2026, usd: { marketing, utility, authentication } },
  { market, from: october2026, usd: { service: utility } },
]);

/** The market of a calling code; the recipient's number decides, wherever the business is ("Pricing"). */
export const marketsByCallingCode: readonly (readonly [code: string, market: Market])[] = [
  ["31", "Netherlands"],
  ["49", "Germany"],
  ["33", "France"],
  ["44", "United Kingdom"],
  ["34", "Spain"],
  ["39", "Italy"],
  ["91", "India"],
  ["55", "Brazil"],
  ["32", "Rest of Western Europe"],
  ["41", "Rest of Western Europe"],
  ["43", "Rest of Western Europe"],
  ["45", "Rest of Western Europe"],
  ["46", "Rest of Western Europe"],
  ["47", "Rest of Western Europe"],
  ["351", "Rest of Western Europe"],
  ["353", "Rest of Western Europe"],
  ["358", "Rest of Western Europe"],
];

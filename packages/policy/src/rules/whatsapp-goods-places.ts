import type { Case } from "../case.ts";
import type { GoodsClass } from "../facts/trade.ts";

/**
 * On 27 August 2024 WhatsApp opened the Business Platform, and nothing else, to messages about three kinds of goods in
 * parts of Asia, the Pacific and Latin America. Its lists change; these hold the countries that public sources name, so
 * a country that is missing is refused. For alcohol the sources name the regions without India, and Brazil: listed are
 * the countries of those regions that are named for any of the three and do not forbid such advertising.
 */
export const openings = {
  reviewed: "2026-11-22",
  sources: [
    "WhatsApp Business Messaging Policy, regulated verticals",
    "Hubtype on WhatsApp's policy for gambling, OTC drugs and alcohol (2024)",
    "Best Media Info on WhatsApp's policy of August 2024",
  ],
  countries: {
    alcohol: "AR AU BR CO JP KR MX NZ PE".split(" "),
    // India was listed within limits and is said to have forbidden the games by law since.
    gambling: "AU CO JP MX PE".split(" "),
    "otc-medicine": "AR AU BD BR CN KR MX NZ".split(" "),
  },
} as const;

export type OpenedGoods = keyof typeof openings.countries;
export const openedGoods: readonly OpenedGoods[] = ["alcohol", "gambling", "otc-medicine"];

/** Neither messages nor shops, anywhere. */
const closedGoods: readonly GoodsClass[] = [
  "adult",
  "animals",
  "body-parts",
  "counterfeits",
  "criminal-groups",
  "currency",
  "dating",
  "deceptive",
  "digital-access",
  "drugs",
  "hazardous",
  "illegal",
  "lending",
  "medical-products",
  "multi-level-marketing",
  "tobacco",
  "unsafe-supplements",
  "weapons",
];
/** Messages, but nothing that is sold in them. */
const goodsOutsideShops: readonly GoodsClass[] = ["digital-subscriptions", "livestock"];

/** The words are about such goods, or the sender's own trade is. */
export function isAbout({ concernsGoods, request, facts }: Case, goods: GoodsClass): boolean {
  if (!concernsGoods) return false;
  return (request.content?.goods?.includes(goods) ?? false) || (facts.trade?.goods?.includes(goods) ?? false);
}

export function isAboutAny(send: Case, classes: readonly GoodsClass[]): boolean {
  return send.concernsGoods && classes.some((goods) => isAbout(send, goods));
}

/** To say where else to get these would be to help with them. */
const unlawfulGoods: readonly GoodsClass[] = [
  "counterfeits",
  "criminal-groups",
  "deceptive",
  "digital-access",
  "illegal",
];

/** The person began the talk, and the answer may say where else to ask. */
export function mayPointElsewhere(send: Case): boolean {
  return send.initiated === "user" && send.request.commerce !== true && !isAboutAny(send, unlawfulGoods);
}

/** It says that, and no more. */
export function isReferral(send: Case): boolean {
  return send.request.content?.onlyPointsElsewhere === true && mayPointElsewhere(send);
}

/** The opening of 2024 covers these goods here: on the Platform, where the reader lives, without a shop. */
export function isOpened({ request, region, facts }: Case, goods: OpenedGoods): boolean {
  const countries: readonly string[] = openings.countries[goods];
  return (
    (request.transport === "cloud-api" || request.transport === "on-premises-api") &&
    request.commerce !== true &&
    region !== null &&
    countries.includes(region) &&
    (goods !== "gambling" || facts.trade?.gamblingPermitted === true)
  );
}

/** About goods that may not be messaged about, or not sold, until the opening of 2024. */
export function isRefusedEverywhere(send: Case): boolean {
  return isAboutAny(send, openedGoods) || isRefusedStill(send);
}

/** The same since then. */
export function isRefusedHere(send: Case): boolean {
  if (!send.concernsGoods) return false;
  return openedGoods.some((goods) => isAbout(send, goods) && !isOpened(send, goods)) || isRefusedStill(send);
}

function isRefusedStill(send: Case): boolean {
  return isAboutAny(send, closedGoods) || (send.request.commerce === true && isAboutAny(send, goodsOutsideShops));
}

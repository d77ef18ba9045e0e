import { type Fields, flag, listOf, object, oneOf } from "../reading.ts";

/** Goods and trades with rules of their own. What is in none of these classes is ordinary. */
export const goodsClasses = [
  // Products, services and shows for adults, and anything offered in a sexual way; not contraceptives.
  "adult",
  "alcohol",
  // Live animals, and endangered species or parts of them; not pet food or vets.
  "animals",
  // Parts and fluids of the human body; not blood donation.
  "body-parts",
  "counterfeits",
  // Anything for organised crime or a designated group.
  "criminal-groups",
  // Money, coins and cards sold as money, and bets on their course; not a bank's messages about an account.
  "currency",
  "dating",
  // Models and offers that mislead, exploit or press people.
  "deceptive",
  // Devices and accounts that open media to those who did not pay.
  "digital-access",
  // Digital content, and subscriptions to it.
  "digital-subscriptions",
  // Prescription medicine, cannabis and CBD, anything recreational or illicit, and what is needed to take it.
  "drugs",
  // For real money.
  "gambling",
  "hazardous",
  // Unlawful where it is sent from or read.
  "illegal",
  // Payday and peer-to-peer loans, advances on wages, debt collection, bail; not a reminder of one's own invoice.
  "lending",
  "livestock",
  // Devices, lenses, tests and other health products, also those against smoking.
  "medical-products",
  "multi-level-marketing",
  // Medicine sold without a prescription.
  "otc-medicine",
  // Services, tickets, jobs, rentals.
  "services",
  // Ordinary vitamins and minerals.
  "supplements",
  "tobacco",
  // Steroids, ephedra, growth hormone and the like.
  "unsafe-supplements",
  // Also ammunition, explosives, pepper spray, tasers and parts; not training for a licence.
  "weapons",
] as const;
export type GoodsClass = (typeof goodsClasses)[number];

/** What the sender's business is, as far as goods with rules of their own go. */
export interface Trade {
  /**
   * What the business as such deals in: a wine merchant, a betting office. Empty: ordinary goods. A supermarket, a
   * pharmacy, a vet or a bank lists nothing: what its messages are about is said on each (`content.goods`).
   */
  readonly goods?: readonly GoodsClass[];
  /** Meta's written permission to message about gambling and the licence where the reader lives are both on file. */
  readonly gamblingPermitted?: boolean;
}

const fields: Fields<Trade> = {
  goods: listOf(oneOf(goodsClasses)),
  gamblingPermitted: flag,
};
export const readTrade = object<Trade>(fields);

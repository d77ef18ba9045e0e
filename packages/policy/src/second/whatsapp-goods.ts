import type { GoodsClass } from "../facts/trade.ts";
import { type Kind, kinds } from "../request.ts";
import { openings } from "../rules/whatsapp-goods-places.ts";
import { all, any, type Condition, holds, named, not, yes } from "./condition.ts";
import { need, type Row } from "./row.ts";
import type { Send } from "./send.ts";
import { platform, whatsapp } from "./whatsapp.ts";
import { business } from "./whatsapp-policy.ts";

/** Goods that may not be messaged about or sold, and those that some countries may hear of. */

export const toOnePerson: readonly Kind[] = kinds.filter(
  (kind) => kind !== "channel-post" && kind !== "setup" && kind !== "import",
);
export const toOnePersonOrSetup: readonly Kind[] = [...toOnePerson, "setup"];
const messages = { channel: whatsapp, transport: business, kind: toOnePersonOrSetup } as const;
const since = "2018-01-01";
const opening = "2024-08-27";

const shop = yes("request.commerce");
export const about = (...goods: GoodsClass[]): Condition =>
  any(holds("request.content.goods", ...goods), holds("facts.trade.goods", ...goods));
/** The person began, so an answer may go out. */
const personBegan = all(yes("send.windowOpen"), not(yes("send.begins")));
/** What has no lawful place anywhere: there is nowhere to point to. The text names no such exception; it is the narrower reading. */
const nowhere = about("illegal", "criminal-groups", "deceptive", "digital-access", "counterfeits");
export const pointsElsewhere = all(personBegan, yes("request.content.onlyPointsElsewhere"), not(nowhere), not(shop));

const openedGoods = ["alcohol", "gambling", "otc-medicine"] as const;
type Opened = (typeof openedGoods)[number];
const isOpen =
  (goods: Opened) =>
  ({ region, request, facts }: Send) =>
    region !== null &&
    (openings.countries[goods] as readonly string[]).includes(region) &&
    platform.includes(request.transport) &&
    request.commerce !== true &&
    (goods !== "gambling" || facts.trade?.gamblingPermitted === true);
const open = (goods: Opened) => named(`${goods} open here`, isOpen(goods));

const closed: readonly (readonly [rule: string, goods: GoodsClass])[] = [
  ["illegal", "illegal"],
  ["terror-crime-organisations", "criminal-groups"],
  ["weapons", "weapons"],
  ["tobacco", "tobacco"],
  ["drugs", "drugs"],
  ["medical-products", "medical-products"],
  ["body-parts", "body-parts"],
  ["adult", "adult"],
  ["dating", "dating"],
  ["currency", "currency"],
  ["lending-pressure", "lending"],
  ["mlm", "multi-level-marketing"],
  ["deceptive", "deceptive"],
  ["digital-access", "digital-access"],
  ["hazardous", "hazardous"],
  ["ip-infringing", "counterfeits"],
];

const row = (rule: string, when: Condition, rest: Partial<Row> = {}): Row => ({
  rule: `whatsapp.goods.${rule}`,
  since,
  outcome: "refuse",
  where: messages,
  when: all(when, not(pointsElsewhere)),
  instead: ["whatsapp.policy.restricted-goods"],
  ...rest,
});

/** Pointing elsewhere is what the answer rests on; otherwise it is a reminder. */
const elsewhere = ({ request }: Send) =>
  request.content?.onlyPointsElsewhere === true ? ("allow" as const) : ("note" as const);

/**
 * The general rule takes its verdict from the row on the goods. Ordinary vitamins in a shop rest on one weak source, and
 * what is only said there cannot be firmer here; unsafe supplements stand in the policy itself.
 */
const refusedAnywhere = any(
  about(...closed.map(([, goods]) => goods), "unsafe-supplements", "animals"),
  all(shop, about("livestock", "digital-subscriptions")),
);
const refusedBefore = any(refusedAnywhere, about(...openedGoods));
const refusedNow = any(refusedAnywhere, ...openedGoods.map((goods) => all(about(goods), not(open(goods)))));

export const goodsRows: readonly Row[] = [
  ...closed.map(([rule, goods]) => row(rule, about(goods))),
  row("supplements", any(about("unsafe-supplements"), all(about("supplements"), shop)), { weak: true }),
  row("animals", any(about("animals"), all(about("livestock"), shop))),
  ...openedGoods.flatMap((goods) => [
    row(goods, about(goods), { until: opening }),
    row(goods, all(about(goods), not(open(goods))), { since: opening }),
  ]),
  row("digital-subscriptions", all(about("digital-subscriptions"), shop)),
  { ...row("services-in-catalogue", all(about("services"), shop), { outcome: "note", weak: true }), instead: [] },
  {
    rule: "whatsapp.goods.age-limited-audience",
    since: opening,
    outcome: "refuse",
    where: { channel: whatsapp, transport: platform, kind: toOnePerson },
    when: all(
      any(...openedGoods.map((goods) => all(about(goods), open(goods)))),
      not(pointsElsewhere),
      named("not known to be 18", ({ ageYears }) => ageYears === null || ageYears < 18),
    ),
  },
  {
    rule: "whatsapp.goods.talk-moves-elsewhere",
    since,
    until: opening,
    outcome: "note",
    where: messages,
    when: all(refusedBefore, personBegan, not(nowhere), not(shop)),
    turns: elsewhere,
  },
  {
    rule: "whatsapp.goods.talk-moves-elsewhere",
    since: opening,
    outcome: "note",
    where: messages,
    when: all(refusedNow, personBegan, not(nowhere), not(shop)),
    turns: elsewhere,
  },
  {
    rule: "whatsapp.policy.restricted-goods",
    since,
    until: opening,
    outcome: "refuse",
    where: messages,
    when: all(refusedBefore, not(pointsElsewhere)),
    needs: [need("trade.goods")],
  },
  {
    rule: "whatsapp.policy.restricted-goods",
    since: opening,
    outcome: "refuse",
    where: messages,
    when: all(refusedNow, not(pointsElsewhere)),
    needs: [need("trade.goods")],
  },
];

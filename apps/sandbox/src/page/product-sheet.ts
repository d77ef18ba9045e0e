import { useState } from "preact/hooks";
import { useAnswer } from "./answer.ts";
import type { Content } from "./ask.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { list, text } from "./message-content.ts";
import { money } from "./money.ts";
import { Waiting } from "./part.ts";
import { phoneWords } from "./phone-words.ts";
import { Sheet } from "./sheet.ts";

/** What costs what where the account has no catalogue here: a receiver of orders wants a price to add up. */
const samplePrice = { price: 5, currency: "EUR" };

interface Product {
  readonly retailer_id: string;
  readonly name: string;
  readonly price: number;
  readonly currency: string;
}

interface ProductSheetProps {
  /** The business's number, whose account has the catalogue. */
  readonly numberId: string;
  /** The product, or the sections of products, a message offers. */
  readonly action: Content;
  close(): void;
  order(content: Content): void;
}

/** Products of a message, of which somebody orders some; all of the catalogue where it names none. */
export function ProductSheet({ numberId, action, close, order }: ProductSheetProps) {
  const [answer] = useAnswer<{ catalog: { id: string; products: readonly Product[] } | null }>(
    `/numbers/${numberId}/catalog`,
  );
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  if (!answer) return html`<${Sheet} title=${phoneWords.viewCatalog} close=${close}><${Waiting} rows=${3} /><//>`;
  const { catalog } = answer;
  const whole = catalog?.products.map(({ retailer_id }) => ({ product_retailer_id: retailer_id }));
  const sections = list(action.sections);
  const named = sections.length > 0 ? sections : [{ product_items: [action] }];
  const offered =
    sections.length > 0 || text(action.product_retailer_id) || !whole ? named : [{ product_items: whole }];
  const productOf = (id: string) => ({
    name: id,
    ...samplePrice,
    ...catalog?.products.find(({ retailer_id }) => retailer_id === id),
  });
  const items = Object.entries(counts)
    .filter(([, quantity]) => quantity > 0)
    .map(([id, quantity]) => ({ id, quantity, ...productOf(id) }));
  const total = items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  const change = (id: string, by: number) => setCounts({ ...counts, [id]: Math.max(0, (counts[id] ?? 0) + by) });
  const send = () =>
    order({
      type: "order",
      order: {
        catalog_id: text(action.catalog_id) || (catalog?.id ?? "0"),
        product_items: items.map(({ id, quantity, price, currency }) => ({
          product_retailer_id: id,
          quantity,
          item_price: price,
          currency,
        })),
      },
    });
  return html`
    <${Sheet} title=${phoneWords.viewCatalog} close=${close} kind="products">
      ${offered.map(
        (section) => html`
        ${text(section.title) && html`<h4 dir="auto">${text(section.title)}</h4>`}
        ${list(section.product_items).map((item) => {
          const id = text(item.product_retailer_id) || text(item.thumbnail_product_retailer_id) || phoneWords.product;
          const { name, price, currency } = productOf(id);
          return html`
          <div class="row" key=${id}>${icon("shop", 22)}<span><b dir="auto">${name}</b><small>${money(price, currency)}</small></span>
            <span class="steps"><button class="round" aria-label=${phoneWords.fewerOf(name)} disabled=${!counts[id]} onClick=${() => change(id, -1)}>−</button><output>${counts[id] ?? 0}</output><button class="round" aria-label=${phoneWords.moreOf(name)} onClick=${() => change(id, 1)}>+</button></span></div>`;
        })}`,
      )}
      ${catalog === null && html`<p class="foot">${phoneWords.samplePrices}</p>`}
      <button class="solid wide" disabled=${items.length === 0} onClick=${send}>${phoneWords.sendOrder(money(total, items[0]?.currency ?? productOf("").currency))}</button>
    <//>`;
}

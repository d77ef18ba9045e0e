import { useState } from "preact/hooks";
import type { Content, MessageView } from "./ask.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { content, inner, list, text } from "./message-content.ts";
import { phoneWords } from "./phone-words.ts";
import { Sheet } from "./sheet.ts";
import { language } from "./words.ts";

/** Prices of a catalogue are not shown here, everything costs the same; a receiver of orders wants a price to add up. */
const price = 5;
const currency = "EUR";
const money = new Intl.NumberFormat(language, { style: "currency", currency });

interface ProductSheetProps {
  readonly message: MessageView;
  close(): void;
  order(content: Content): void;
}

/** Products of a message, of which somebody orders some. */
export function ProductSheet({ message, close, order }: ProductSheetProps) {
  const action = inner(content(message).action);
  const sections = list(action.sections);
  const offered = sections.length > 0 ? sections : [{ product_items: [action] }];
  const [counts, setCounts] = useState<Readonly<Record<string, number>>>({});
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const change = (id: string, by: number) => setCounts({ ...counts, [id]: Math.max(0, (counts[id] ?? 0) + by) });
  const send = () =>
    order({
      type: "order",
      order: {
        catalog_id: text(action.catalog_id) || "0",
        product_items: Object.entries(counts)
          .filter(([, quantity]) => quantity > 0)
          .map(([product_retailer_id, quantity]) => ({ product_retailer_id, quantity, item_price: price, currency })),
      },
    });
  return html`
    <${Sheet} title=${phoneWords.viewCatalog} close=${close} kind="products">
      ${offered.map(
        (section) => html`
        ${text(section.title) && html`<h4 dir="auto">${text(section.title)}</h4>`}
        ${list(section.product_items).map((item) => {
          const id = text(item.product_retailer_id) || text(item.thumbnail_product_retailer_id) || phoneWords.product;
          return html`
          <div class="row" key=${id}>${icon("shop", 22)}<span><b>${id}</b><small>${money.format(price)}</small></span>
            <span class="steps"><button class="round" aria-label=${phoneWords.fewerOf(id)} disabled=${!counts[id]} onClick=${() => change(id, -1)}>−</button><output>${counts[id] ?? 0}</output><button class="round" aria-label=${phoneWords.moreOf(id)} onClick=${() => change(id, 1)}>+</button></span></div>`;
        })}`,
      )}
      <p class="foot">${phoneWords.samplePrices}</p>
      <button class="solid wide" disabled=${total === 0} onClick=${send}>${phoneWords.sendOrder(money.format(total * price))}</button>
    <//>`;
}

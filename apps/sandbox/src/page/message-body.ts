import type { Content, MessageView, Rendered } from "./ask.ts";
import { Avatar } from "./avatar.ts";
import type { Doing } from "./doing.ts";
import { formatText } from "./format-text.ts";
import { html, type Markup } from "./html.ts";
import { icon } from "./icons.ts";
import { Medium } from "./media.ts";
import { content, inner, list, summary, summaryIcon, text } from "./message-content.ts";
import { money } from "./money.ts";
import { phoneWords } from "./phone-words.ts";
import { formatMoment } from "./shell.ts";
import { Voice } from "./voice.ts";

export function Quote({ message, businessName }: { message: MessageView; businessName: string }) {
  const name = summaryIcon(message);
  return html`<blockquote><b>${message.from === "phone" ? phoneWords.you : businessName}</b><span>${name && icon(name, 13)}${summary(message)}</span></blockquote>`;
}

export function Body({ message, doing }: { message: MessageView; doing: Doing }): Markup {
  const what = content(message);
  switch (message.type) {
    case "text":
      return html`<p class="text">${formatText(text(what.body))}</p>`;
    case "template":
      return html`<${Filled} open=${doing.open} rendered=${message.rendered ?? { header: null, body: text(what.name), footer: null, buttons: [], cards: [] }} />`;
    case "interactive":
      return html`<${Interactive} what=${what} open=${doing.open} />`;
    case "button":
      return html`<p class="text">${text(what.text)}</p>`;
    case "image":
    case "video":
    case "document":
    case "sticker":
      return html`<${Medium} kind=${message.type} file=${what} open=${doing.open} />`;
    case "order":
      return html`<${Order} order=${what} />`;
    case "audio":
      return html`<${Voice} file=${what} played=${() => doing.played(message)} />`;
    case "location":
      return html`<${Place} place=${what} />`;
    case "contacts":
      return list(message.contacts).map((card) => html`<${Card} card=${card} />`);
    default:
      return html`<p class="text unknown">${phoneWords.unknownKind(message.type)}</p>`;
  }
}

/** A map of nowhere in particular: drawn, because nothing is fetched from outside. */
function Place({ place }: { place: Content }) {
  const latitude = Number(place.latitude);
  const longitude = Number(place.longitude);
  const isSomewhere = Number.isFinite(latitude) && Number.isFinite(longitude);
  const tilt = isSomewhere ? Math.round((latitude * 7 + longitude * 13) % 40) - 20 : 0;
  return html`
    <div class="place">
      <svg viewBox="0 0 240 110" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
        <rect width="240" height="110" class="land" />
        <g transform=${`rotate(${tilt} 120 55)`}>
          <path class="water" d="M-40 78 C 40 60 90 104 150 82 S 260 74 300 96 V160 H-40z" />
          <path class="street" d="M-40 38H300M-40 66H300M60 -60V200M128 -60V200M190 -60V200M-20 -20L260 130" />
        </g>
        <path class="needle" d="M120 66s14-13 14-24a14 14 0 10-28 0c0 11 14 24 14 24z" /><circle cx="120" cy="42" r="5" class="eye" />
      </svg>
      <p><b>${text(place.name) || phoneWords.locationLabel}</b>${text(place.address) && html`<span>${text(place.address)}</span>`}${isSomewhere && html`<small>${latitude.toFixed(4)}, ${longitude.toFixed(4)}</small>`}</p>
    </div>`;
}

function Card({ card }: { card: Content }) {
  const name = text(inner(card.name).formatted_name);
  const phone = text(list(card.phones)[0]?.phone);
  return html`<div class="card"><${Avatar} name=${name || "?"} /><span><b>${name}</b><small>${phone || text(inner(card.org).company)}</small></span></div>`;
}

function Header({ header, open }: { header: Content; open: Doing["open"] }): Markup {
  const kind = text(header.type);
  if (kind === "text") return html`<p class="heading">${text(header.text)}</p>`;
  if (kind === "location") return html`<${Place} place=${inner(header.location)} />`;
  if (kind === "product") return html`<${Product} product=${inner(header.product)} />`;
  return html`<${Medium} kind=${kind === "gif" ? "video" : kind} file=${inner(header[kind])} open=${open} />`;
}

export function Filled({ rendered, open }: { rendered: Rendered; open: Doing["open"] }): Markup {
  return html`
    ${rendered.header && html`<${Header} header=${rendered.header} open=${open} />`}
    ${rendered.offerHeading !== undefined && html`<p class="offer">${icon("clock", 16)}<span><b>${rendered.offerHeading}</b>${rendered.offerExpiresAt !== undefined && html`<small>${phoneWords.offerEnds(formatMoment(new Date(rendered.offerExpiresAt)))}</small>`}</span></p>`}
    <p class="text">${formatText(rendered.body)}</p>
    ${rendered.footer && html`<p class="foot">${rendered.footer}</p>`}`;
}

export function Product({ product }: { product: Content }) {
  return html`<div class="product">${icon("shop", 26)}<span><b>${phoneWords.product}</b><small>${text(product.product_retailer_id)}</small></span></div>`;
}

export function Interactive({ what, open }: { what: Content; open: Doing["open"] }): Markup {
  const reply = inner(what.button_reply).title ?? inner(what.list_reply).title;
  if (reply !== undefined) {
    const description = text(inner(what.list_reply).description);
    return html`<p class="text">${text(reply)}</p>${description && html`<p class="foot">${description}</p>`}`;
  }
  if (what.nfm_reply)
    return html`<p class="text">${icon("form", 16)} ${text(inner(what.nfm_reply).body) || phoneWords.sendForm}</p>`;
  const action = inner(what.action);
  const body = text(inner(what.body).text);
  const foot = text(inner(what.footer).text);
  return html`
    ${what.header ? html`<${Header} header=${inner(what.header)} open=${open} />` : null}
    ${what.type === "product" && html`<${Product} product=${action} />`}
    ${body && html`<p class="text">${formatText(body)}</p>`}
    ${foot && html`<p class="foot">${foot}</p>`}`;
}

/** What somebody wants to buy: how many of what, and what it comes to. */
function Order({ order }: { order: Content }): Markup {
  const items = list(order.product_items);
  const count = items.reduce((sum, item) => sum + Number(item.quantity ?? 0), 0);
  const total = items.reduce((sum, item) => sum + Number(item.quantity ?? 0) * Number(item.item_price ?? 0), 0);
  const currency = text(items[0]?.currency) || "EUR";
  return html`
    <div class="product">${icon("shop", 26)}<span><b>${phoneWords.itemsOrdered(count)}</b><small>${money(total, currency)}</small></span></div>
    <ul class="ordered">${items.map((item) => html`<li>${Number(item.quantity)} × ${text(item.product_retailer_id)}</li>`)}</ul>
    ${text(order.text) && html`<p class="text">${formatText(text(order.text))}</p>`}`;
}

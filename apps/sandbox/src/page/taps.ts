import { useRef, useState } from "preact/hooks";
import type { Content, MessageView } from "./ask.ts";
import { copyText } from "./copy.ts";
import type { Doing, FlowStart } from "./doing.ts";
import { html, type Markup } from "./html.ts";
import { type IconName, icon } from "./icons.ts";
import { Filled, Interactive } from "./message-body.ts";
import { content, inner, list, sampleLocation, text } from "./message-content.ts";
import { phoneWords } from "./phone-words.ts";
import { words } from "./words.ts";

interface Tap {
  readonly label: string;
  readonly icon: IconName;
  readonly hint?: string;
  readonly href?: string;
  /** What a tap puts on the clipboard. */
  readonly copies?: string;
  act?(): void;
}

/** The buttons under a bubble, as wide as it is, one under the other. */
export function Buttons({ message, doing }: { message: MessageView; doing: Doing }): Markup {
  if (message.from === "phone") return null;
  const cards = message.rendered?.cards ?? [];
  const carousel = message.type === "interactive" ? list(inner(content(message).action).cards) : [];
  return html`
    <${TapList} taps=${tapsOf(message, doing)} />
    ${cards.length > 0 && html`<${Carousel} slides=${cards.map((card) => html`<${Filled} rendered=${card} open=${doing.open} /><${TapList} taps=${templateTaps(message, card.buttons, doing)} />`)} />`}
    ${carousel.length > 0 && html`<${Carousel} slides=${carousel.map((card) => html`<${Interactive} what=${card} open=${doing.open} /><${TapList} taps=${cardTaps(message, inner(card.action), doing)} />`)} />`}`;
}

function TapList({ taps }: { taps: Tap[] }): Markup {
  if (taps.length === 0) return null;
  return html`<div class="taps">${taps.map((tap) => html`<${TapButton} tap=${tap} />`)}</div>`;
}

function TapButton({ tap }: { tap: Tap }) {
  const [copied, setCopied] = useState(false);
  if (tap.href)
    return html`<a href=${tap.href} target="_blank" rel="noopener noreferrer" title=${tap.hint}>${icon(tap.icon, 16)}<span>${tap.label}</span></a>`;
  const onClick = () => {
    tap.act?.();
    if (tap.copies === undefined) return;
    void copyText(tap.copies).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1_500);
    });
  };
  return html`<button onClick=${onClick} title=${tap.hint}>${icon(tap.icon, 16)}<span>${copied ? words.copied : tap.label}</span></button>`;
}

function tapsOf(message: MessageView, doing: Doing): Tap[] {
  if (message.type === "template") return templateTaps(message, message.rendered?.buttons ?? [], doing);
  if (message.type !== "interactive") return [];
  const what = content(message);
  const action = inner(what.action);
  const parameters = inner(action.parameters);
  switch (what.type) {
    case "button":
      return list(action.buttons).map(({ reply }) => ({
        label: text(inner(reply).title),
        icon: "reply",
        act: () =>
          doing.answer(message, { type: "interactive", interactive: { type: "button_reply", button_reply: reply } }),
      }));
    case "list":
      return [{ label: text(action.button), icon: "list", act: () => doing.open({ kind: "list", message }) }];
    case "cta_url":
      return [
        { label: text(parameters.display_text), icon: "link", hint: phoneWords.openLink, href: text(parameters.url) },
      ];
    case "location_request_message":
      return [{ label: phoneWords.sendLocation, icon: "pin", act: () => doing.answer(message, sampleLocation) }];
    case "flow": {
      const { screen, data } = inner(parameters.flow_action_payload);
      const start = startOf(parameters, { token: parameters.flow_token, screen, data });
      return [
        { label: text(parameters.flow_cta), icon: "form", act: () => doing.open({ kind: "flow", message, start }) },
      ];
    }
    case "request_contact_info":
      return [
        {
          label: phoneWords.shareContact,
          icon: "person",
          act: () => doing.answer(message, { type: "contacts", origin: "contact_request" }),
        },
      ];
    case "catalog_message":
    case "product_list":
      return [
        { label: phoneWords.viewCatalog, icon: "shop", act: () => doing.open({ kind: "products", message, action }) },
      ];
    case "product":
      return [
        { label: phoneWords.orderIt, icon: "shop", act: () => doing.open({ kind: "products", message, action }) },
      ];
    default:
      return [];
  }
}

/** `named` says which flow and how it begins; the rest stands elsewhere in messages than in templates. */
function startOf(named: Content, { token, screen, data }: Content): FlowStart {
  return {
    flow: text(named.flow_id) || text(named.flow_name),
    token: text(token) || "unused",
    asks: named.flow_action === "data_exchange",
    screen: text(screen),
    data: inner(data),
  };
}

function templateTaps(message: MessageView, buttons: readonly Content[], doing: Doing): Tap[] {
  return buttons.map((button): Tap => {
    const label = text(button.text);
    switch (button.type) {
      case "URL":
        return { label, icon: "link", hint: phoneWords.openLink, href: text(button.url) };
      case "PHONE_NUMBER":
        return { label, icon: "phone", hint: phoneWords.call };
      case "COPY_CODE":
        return {
          label: label || phoneWords.copyCode,
          icon: "copy",
          hint: text(button.code),
          copies: text(button.code),
        };
      case "FLOW": {
        const { flow_token: token, flow_action_data: data } = inner(button.action);
        const start = startOf(button, { token, screen: button.navigate_screen, data });
        return { label, icon: "form", act: () => doing.open({ kind: "flow", message, start }) };
      }
      case "CATALOG":
      case "MPM":
      case "SPM":
        return {
          label,
          icon: "shop",
          act: () => doing.open({ kind: "products", message, action: inner(button.action) }),
        };
      default:
        return {
          label,
          icon: "reply",
          act: () =>
            doing.answer(message, { type: "button", button: { payload: text(button.payload) || label, text: label } }),
        };
    }
  });
}

function cardTaps(message: MessageView, action: Content, doing: Doing): Tap[] {
  const parameters = inner(action.parameters);
  if (action.name === "cta_url")
    return [
      { label: text(parameters.display_text), icon: "link", hint: phoneWords.openLink, href: text(parameters.url) },
    ];
  return list(action.buttons).map(({ quick_reply: reply }) => ({
    label: text(inner(reply).title),
    icon: "reply",
    act: () =>
      doing.answer(message, { type: "interactive", interactive: { type: "button_reply", button_reply: reply } }),
  }));
}

/** Cards beside one another: swiped, moved by arrow keys, or by the buttons at its sides. */
function Carousel({ slides }: { slides: Markup[] }) {
  const row = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  const step = () => (row.current?.firstElementChild?.clientWidth ?? 216) + 6;
  const go = (by: number) => row.current?.scrollBy({ left: by * step(), behavior: "smooth" });
  const onScroll = () => setAt(Math.round((row.current?.scrollLeft ?? 0) / step()));
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    go(by);
  };
  return html`
    <div class="carousel">
      <div class="cards" tabindex="0" role="group" aria-label=${phoneWords.cards(slides.length)} ref=${row} onScroll=${onScroll} onKeyDown=${onKeyDown}>
        ${slides.map((slide) => html`<div class="bubble slide">${slide}</div>`)}
      </div>
      ${at > 0 && html`<button class="round turn before" aria-label=${phoneWords.cardBefore} onClick=${() => go(-1)}>${icon("back", 18)}</button>`}
      ${at < slides.length - 1 && html`<button class="round turn after" aria-label=${phoneWords.cardAfter} onClick=${() => go(1)}>${icon("back", 18)}</button>`}
    </div>`;
}

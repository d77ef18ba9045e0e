import { useRef, useState } from "preact/hooks";
import type { Content, MessageView, Rendered } from "./ask.ts";
import { formatText } from "./format-text.ts";
import { html, type Markup } from "./html.ts";
import { type IconName, icon, ticks } from "./icons.ts";
import { useMenu } from "./menu.ts";
import { phoneWords } from "./phone-words.ts";
import { dateOf, formatHour } from "./shell.ts";

/** What a person can do with a message on their phone. */
export interface Doing {
  reply(message: MessageView): void;
  react(message: MessageView, emoji: string): void;
  remove(message: MessageView): void;
  /** Answers a tap on a button or a row with the message the platform would send. */
  answer(message: MessageView, content: Content): void;
  openList(message: MessageView): void;
  played(message: MessageView): void;
}

interface BubbleProps {
  readonly message: MessageView;
  readonly quoted: MessageView | undefined;
  readonly businessName: string;
  readonly first: boolean;
  readonly doing: Doing;
}

const emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"];

export function Bubble({ message, quoted, businessName, first, doing }: BubbleProps) {
  const { open, menu, opener, toggle, close } = useMenu();
  const mine = message.from === "phone";
  const bare = message.type === "sticker" || isEmojiOnly(message);
  const own = message.reactions?.phone;
  const shown = [message.reactions?.business, own].filter((emoji) => emoji !== undefined);
  const classes = [
    "message",
    mine ? "mine" : "theirs",
    first ? "first" : "",
    bare ? "bare" : "",
    shown.length > 0 ? "reacted" : "",
  ];
  const pick = (act: () => void) => () => {
    close();
    act();
  };
  return html`
    <li class=${classes.join(" ")}>
      <div class="column">
        <div class="bubble" dir="auto">
          ${
            message.revoked
              ? html`<p class="gone">${icon("block", 15)} ${phoneWords.deleted}</p>`
              : html`
            ${quoted && html`<${Quote} message=${quoted} businessName=${businessName} />`}
            <${Body} message=${message} doing=${doing} />`
          }
          <span class="meta">${message.edited && html`<span>${phoneWords.edited}</span>`}<time>${formatHour(dateOf(message.timestamp))}</time>${mine && ticks(message.status, tickWord(message.status))}</span>
          ${!message.revoked && html`<button class="dots" aria-label=${phoneWords.messageOptions} aria-expanded=${open} ref=${opener} onClick=${toggle}>${icon("more", 16)}</button>`}
          ${
            open &&
            html`
            <div class="menu for-message" ref=${menu}>
              <div class="emojis">${emojis.map((emoji) => html`<button aria-label=${own === emoji ? phoneWords.removeReaction : phoneWords.react(emoji)} aria-pressed=${own === emoji} onClick=${pick(() => doing.react(message, own === emoji ? "" : emoji))}>${emoji}</button>`)}</div>
              <button onClick=${pick(() => doing.reply(message))}>${icon("reply")}${phoneWords.reply}</button>
              ${mine && html`<button onClick=${pick(() => doing.remove(message))}>${icon("trash")}${phoneWords.deleteMessage}</button>`}
            </div>`
          }
          ${shown.length > 0 && html`<span class="reactions">${shown.map((emoji) => html`<span>${emoji}</span>`)}</span>`}
        </div>
        ${!message.revoked && html`<${Buttons} message=${message} doing=${doing} />`}
      </div>
    </li>`;
}

function tickWord(status: string): string {
  if (status === "read" || status === "played") return phoneWords.statusRead;
  return status === "delivered" ? phoneWords.statusDelivered : phoneWords.statusSent;
}

function isEmojiOnly(message: MessageView): boolean {
  const body = message.type === "text" ? text(content(message).body) : "";
  return body.length <= 12 && /^(?:\p{Extended_Pictographic}|\p{Emoji_Component})+$/u.test(body) && !/\d/.test(body);
}

export function content(message: MessageView): Content {
  const value = message[message.type];
  return typeof value === "object" && value !== null ? (value as Content) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function inner(value: unknown): Content {
  return typeof value === "object" && value !== null ? (value as Content) : {};
}

function list(value: unknown): Content[] {
  return Array.isArray(value) ? value.map(inner) : [];
}

/** A message in one line, for the list of chats and for quotes. */
export function summary(message: MessageView): string {
  const what = content(message);
  if (message.revoked) return phoneWords.deleted;
  switch (message.type) {
    case "text":
      return text(what.body);
    case "template":
      return message.rendered?.body ?? text(what.name);
    case "interactive":
      return (
        text(inner(what.body).text) ||
        text(inner(what.button_reply).title) ||
        text(inner(what.list_reply).title) ||
        phoneWords.listLabel
      );
    case "button":
      return text(what.text);
    case "image":
      return text(what.caption) || phoneWords.photoLabel;
    case "video":
      return text(what.caption) || phoneWords.videoLabel;
    case "audio":
      return phoneWords.voiceLabel;
    case "document":
      return text(what.filename) || text(what.caption) || phoneWords.documentLabel;
    case "sticker":
      return phoneWords.stickerLabel;
    case "location":
      return text(what.name) || phoneWords.locationLabel;
    case "contacts":
      return text(inner(list(message.contacts)[0]?.name).formatted_name) || phoneWords.contactLabel;
    default:
      return phoneWords.unknownKind(message.type);
  }
}

export function summaryIcon(message: MessageView): IconName | null {
  const icons: Record<string, IconName> = {
    image: "camera",
    video: "video",
    audio: "voice",
    document: "file",
    location: "pin",
    contacts: "person",
    sticker: "sticker",
  };
  return icons[message.type] ?? null;
}

export function Quote({ message, businessName }: { message: MessageView; businessName: string }) {
  const name = summaryIcon(message);
  return html`<blockquote><b>${message.from === "phone" ? phoneWords.you : businessName}</b><span>${name && icon(name, 13)}${summary(message)}</span></blockquote>`;
}

function Body({ message, doing }: { message: MessageView; doing: Doing }): Markup {
  const what = content(message);
  switch (message.type) {
    case "text":
      return html`<p class="text">${formatText(text(what.body))}</p>`;
    case "template":
      return html`<${Filled} rendered=${message.rendered ?? { header: null, body: text(what.name), footer: null, buttons: [], cards: [] }} />`;
    case "interactive":
      return html`<${Interactive} what=${what} />`;
    case "button":
      return html`<p class="text">${text(what.text)}</p>`;
    case "image":
    case "video":
    case "document":
    case "sticker":
      return html`<${Medium} kind=${message.type} file=${what} />`;
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

export function sourceOf(file: Content): string {
  if (typeof file.id === "string") return `/_sandbox/media/${file.id}`;
  return text(file.link);
}

function Medium({ kind, file }: { kind: string; file: Content }): Markup {
  const [broken, setBroken] = useState(false);
  const source = sourceOf(file);
  const caption = text(file.caption);
  const below = caption && html`<p class="text caption">${formatText(caption)}</p>`;
  if (kind === "document") {
    const name = text(file.filename) || source.split("/").pop() || phoneWords.documentLabel;
    return html`<a class="file" href=${source} target="_blank" rel="noopener noreferrer">${icon("file", 24)}<span><b>${name}</b><small>${phoneWords.documentLabel}</small></span></a>${below}`;
  }
  if (broken || source === "") {
    return html`<div class="broken">${icon(kind === "video" ? "video" : "camera", 26)}<span>${kind === "video" ? phoneWords.videoLabel : phoneWords.photoLabel}</span><small>${text(file.link)}</small></div>${below}`;
  }
  if (kind === "video")
    return html`<video src=${source} controls preload="metadata" onError=${() => setBroken(true)}></video>${below}`;
  if (kind === "sticker") return html`<${StickerPicture} source=${source} />`;
  return html`<img src=${source} alt=${caption || phoneWords.photoLabel} referrerpolicy="no-referrer" loading="lazy" onError=${() => setBroken(true)} />${below}`;
}

/** The sample sticker is a single pixel; anything that small is shown as a sticker of our own drawing. */
function StickerPicture({ source }: { source: string }) {
  const [drawn, setDrawn] = useState(false);
  if (drawn) {
    return html`<svg class="sticker" viewBox="0 0 96 96" role="img" aria-label=${phoneWords.stickerLabel}><circle cx="48" cy="48" r="42" fill="#F2B04C" stroke="#fff" stroke-width="5" /><path d="M30 56a19 19 0 0036 0z" fill="#7A3E05" /><circle cx="36" cy="40" r="5" fill="#7A3E05" /><circle cx="60" cy="40" r="5" fill="#7A3E05" /></svg>`;
  }
  const measure = (event: Event) => {
    if ((event.currentTarget as HTMLImageElement).naturalWidth < 8) setDrawn(true);
  };
  return html`<img class="sticker" src=${source} alt=${phoneWords.stickerLabel} onLoad=${measure} onError=${() => setDrawn(true)} />`;
}

function Voice({ file, played }: { file: Content; played: () => void }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const toggle = () => {
    const player = audio.current;
    if (!player) return;
    if (playing) player.pause();
    else {
      played();
      void player.play().catch(() => setPlaying(false));
    }
  };
  const bars = [5, 9, 14, 8, 16, 11, 18, 13, 7, 12, 17, 10, 15, 8, 12, 6, 10, 14, 7, 5];
  return html`
    <div class=${playing ? "voice playing" : "voice"}>
      <button aria-label=${playing ? phoneWords.pause : phoneWords.play} onClick=${toggle}>${icon(playing ? "pause" : "play", 20)}</button>
      <svg viewBox="0 0 120 24" aria-hidden="true">${bars.map((height, index) => html`<rect x=${index * 6} y=${12 - height / 2} width="3" height=${height} rx="1.5" />`)}</svg>
      <audio ref=${audio} src=${sourceOf(file)} preload="none" onPlay=${() => setPlaying(true)} onPause=${() => setPlaying(false)} onEnded=${() => setPlaying(false)}></audio>
    </div>`;
}

/** A map of nowhere in particular: drawn, because nothing is fetched from outside. */
function Place({ place }: { place: Content }) {
  const latitude = Number(place.latitude);
  const longitude = Number(place.longitude);
  const tilt = Math.round((latitude * 7 + longitude * 13) % 40) - 20;
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
      <p><b>${text(place.name) || phoneWords.locationLabel}</b>${text(place.address) && html`<span>${text(place.address)}</span>`}<small>${latitude.toFixed(4)}, ${longitude.toFixed(4)}</small></p>
    </div>`;
}

function Card({ card }: { card: Content }) {
  const name = text(inner(card.name).formatted_name);
  const phone = text(list(card.phones)[0]?.phone);
  return html`<div class="card"><${Avatar} name=${name || "?"} /><span><b>${name}</b><small>${phone || text(inner(card.org).company)}</small></span></div>`;
}

export function Avatar({ name, size = 40 }: { name: string; size?: number }) {
  const letters = name
    .replace(/^\+/, "")
    .split(/\s+/)
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  const initials = (letters[0]?.[0] ?? "?") + (letters.length > 1 ? (letters.at(-1)?.[0] ?? "") : "");
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 6;
  return html`<span class=${`avatar tone-${sum}`} style=${{ width: `${size}px`, height: `${size}px`, fontSize: `${Math.round(size * 0.38)}px` }} aria-hidden="true">${initials.toUpperCase()}</span>`;
}

function Header({ header }: { header: Content }): Markup {
  const kind = text(header.type);
  if (kind === "text") return html`<p class="heading">${text(header.text)}</p>`;
  if (kind === "location") return html`<${Place} place=${inner(header.location)} />`;
  if (kind === "product") return html`<${Product} product=${inner(header.product)} />`;
  return html`<${Medium} kind=${kind === "gif" ? "video" : kind} file=${inner(header[kind])} />`;
}

function Filled({ rendered }: { rendered: Rendered }): Markup {
  return html`
    ${rendered.header && html`<${Header} header=${rendered.header} />`}
    <p class="text">${formatText(rendered.body)}</p>
    ${rendered.footer && html`<p class="foot">${rendered.footer}</p>`}`;
}

function Product({ product }: { product: Content }) {
  return html`<div class="product">${icon("shop", 26)}<span><b>${phoneWords.product}</b><small>${text(product.product_retailer_id)}</small></span></div>`;
}

function Interactive({ what }: { what: Content }): Markup {
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
    ${what.header ? html`<${Header} header=${inner(what.header)} />` : null}
    ${what.type === "product" && html`<${Product} product=${action} />`}
    ${body && html`<p class="text">${formatText(body)}</p>`}
    ${foot && html`<p class="foot">${foot}</p>`}`;
}

interface Tap {
  readonly label: string;
  readonly icon: IconName;
  readonly hint?: string;
  readonly href?: string;
  act?(): void;
}

/** The buttons under a bubble, as wide as it is, one under the other. */
function Buttons({ message, doing }: { message: MessageView; doing: Doing }): Markup {
  if (message.from === "phone") return null;
  const cards = message.rendered?.cards ?? [];
  const carousel = message.type === "interactive" ? list(inner(content(message).action).cards) : [];
  return html`
    <${TapList} taps=${tapsOf(message, doing)} />
    ${cards.length > 0 && html`<div class="cards" tabindex="0">${cards.map((card) => html`<div class="bubble slide"><${Filled} rendered=${card} /><${TapList} taps=${templateTaps(message, card.buttons, doing)} /></div>`)}</div>`}
    ${carousel.length > 0 && html`<div class="cards" tabindex="0">${carousel.map((card) => html`<div class="bubble slide"><${Interactive} what=${card} /><${TapList} taps=${cardTaps(message, inner(card.action), doing)} /></div>`)}</div>`}`;
}

function TapList({ taps }: { taps: Tap[] }): Markup {
  if (taps.length === 0) return null;
  return html`<div class="taps">${taps.map((tap) =>
    tap.href
      ? html`<a href=${tap.href} target="_blank" rel="noopener noreferrer" title=${tap.hint}>${icon(tap.icon, 16)}<span>${tap.label}</span></a>`
      : html`<button onClick=${() => tap.act?.()} title=${tap.hint}>${icon(tap.icon, 16)}<span>${tap.label}</span></button>`,
  )}</div>`;
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
      return [{ label: text(action.button), icon: "list", act: () => doing.openList(message) }];
    case "cta_url":
      return [
        { label: text(parameters.display_text), icon: "link", hint: phoneWords.openLink, href: text(parameters.url) },
      ];
    case "location_request_message":
      return [{ label: phoneWords.sendLocation, icon: "pin", act: () => doing.answer(message, sampleLocation) }];
    case "flow": {
      const reply = {
        name: "flow",
        body: "Sent",
        response_json: JSON.stringify({ flow_token: parameters.flow_token ?? "unused" }),
      };
      return [
        {
          label: text(parameters.flow_cta),
          icon: "form",
          hint: phoneWords.fillForm,
          act: () =>
            doing.answer(message, { type: "interactive", interactive: { type: "nfm_reply", nfm_reply: reply } }),
        },
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
      return [{ label: phoneWords.viewCatalog, icon: "shop" }];
    default:
      return [];
  }
}

export const sampleLocation: Content = {
  type: "location",
  location: { latitude: 51.9139, longitude: 4.4713, name: "Nieuwe Binnenweg", address: "Rotterdam" },
};

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
          act: () => void navigator.clipboard?.writeText(text(button.code)),
        };
      case "FLOW":
        return { label, icon: "form", hint: phoneWords.fillForm };
      case "CATALOG":
      case "MPM":
      case "SPM":
        return { label, icon: "shop" };
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

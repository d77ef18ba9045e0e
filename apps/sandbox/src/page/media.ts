import { useState } from "preact/hooks";
import type { Content } from "./ask.ts";
import type { Doing } from "./doing.ts";
import { formatText } from "./format-text.ts";
import { html, type Markup } from "./html.ts";
import { icon } from "./icons.ts";
import { text } from "./message-content.ts";
import { phoneWords } from "./phone-words.ts";

export function sourceOf(file: Content): string {
  if (typeof file.id === "string") return `/_sandbox/media/${file.id}`;
  return text(file.link);
}

export function Medium({ kind, file, open }: { kind: string; file: Content; open: Doing["open"] }): Markup {
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
  return html`<button class="picture" aria-label=${phoneWords.viewPicture} onClick=${() => open({ kind: "picture", source, caption })}><img src=${source} alt=${caption || phoneWords.photoLabel} referrerpolicy="no-referrer" loading="lazy" onError=${() => setBroken(true)} /></button>${below}`;
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

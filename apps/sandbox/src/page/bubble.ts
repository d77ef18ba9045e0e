import { useEffect, useState } from "preact/hooks";
import type { MessageView } from "./ask.ts";
import type { Doing } from "./doing.ts";
import { useGestures } from "./gestures.ts";
import { html } from "./html.ts";
import { icon, ticks } from "./icons.ts";
import { useMenu } from "./menu.ts";
import { Body, Quote } from "./message-body.ts";
import { isEmojiOnly } from "./message-content.ts";
import { phoneWords } from "./phone-words.ts";
import { dateOf, formatHour } from "./shell.ts";
import { Buttons } from "./taps.ts";

interface BubbleProps {
  readonly message: MessageView;
  readonly quoted: MessageView | undefined;
  readonly businessName: string;
  readonly first: boolean;
  readonly doing: Doing;
}

const emojis = ["👍", "❤️", "😂", "😮", "😢", "🙏"];
const moreEmojis = [..."😀😍🥳😎🤔😴😭😡👏🙌💪🤝👋👌🤞🔥🎉✅❌⭐🌹☕🍞🎂"];

export function Bubble({ message, quoted, businessName, first, doing }: BubbleProps) {
  const { open, menu, opener, toggle, close } = useMenu();
  const [showsMore, setShowsMore] = useState(false);
  const gestures = useGestures({ open: () => !open && toggle(), reply: () => doing.reply(message) });
  useEffect(() => menu.current?.scrollIntoView({ block: "nearest" }), [showsMore]);
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
  const emojiButton = (emoji: string) =>
    html`<button aria-label=${own === emoji ? phoneWords.removeReaction : phoneWords.react(emoji)} aria-pressed=${own === emoji} onClick=${pick(() => doing.react(message, own === emoji ? "" : emoji))}>${emoji}</button>`;
  return html`
    <li class=${classes.join(" ")} tabindex="-1" data-message=${message.id} ...${message.revoked ? {} : gestures}>
      <span class="swiped" aria-hidden="true">${icon("reply", 18)}</span>
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
              <div class="emojis">${emojis.map(emojiButton)}<button aria-label=${phoneWords.moreReactions} aria-expanded=${showsMore} onClick=${() => setShowsMore(!showsMore)}>${icon("plus", 18)}</button></div>
              ${showsMore && html`<div class="emojis all">${moreEmojis.map(emojiButton)}</div>`}
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

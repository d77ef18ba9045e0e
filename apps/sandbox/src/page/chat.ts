import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import {
  ask,
  type Content,
  listen,
  type MessageView,
  type NumberView,
  type PhoneView,
  type ThreadView,
} from "./ask.ts";
import { Avatar } from "./avatar.ts";
import { Bubble } from "./bubble.ts";
import { Composer } from "./composer.ts";
import type { Doing, Opened } from "./doing.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { useMenu } from "./menu.ts";
import { Quote } from "./message-body.ts";
import { Overlay } from "./overlays.ts";
import type { OpenedLink } from "./phone.ts";
import { phoneWords } from "./phone-words.ts";
import { Profile } from "./profile.ts";
import { dateOf, formatDay, sandboxNow } from "./shell.ts";
import { words } from "./words.ts";

interface ChatProps {
  readonly phone: PhoneView;
  readonly business: NumberView;
  readonly thread: ThreadView | undefined;
  readonly opened: OpenedLink;
  back(): void;
  act(body: Content): Promise<void>;
  send(body: Content): Promise<void>;
  say(notice: string): void;
}

export function Chat({ phone, business, thread, opened, back, act, send, say }: ChatProps) {
  const messages = useMessages(phone.number, business.id);
  const [quoting, setQuoting] = useState<MessageView | null>(null);
  const [over, setOver] = useState<Opened | null>(null);
  const [showsProfile, setShowsProfile] = useState(false);
  const pane = useRef<HTMLDivElement>(null);
  useReading(pane, messages, () => void act({ type: "read", to: business.id }));

  const to = business.id;
  const deliver = (body: Content) => {
    setQuoting(null);
    return send({ to, ...body, ...(quoting ? { context: { id: quoting.id } } : {}) });
  };
  const doing: Doing = {
    reply: setQuoting,
    react: (message, emoji) => void send({ to, type: "reaction", reaction: { message_id: message.id, emoji } }),
    remove: (message) => void send({ to, type: "revoke", revoke: { original_message_id: message.id } }),
    open: setOver,
    played: (message) => void act({ type: "play", messageId: message.id }),
    answer: (message, answer) => {
      const card = answer.origin === "contact_request" ? { contacts: [ownCard(phone)] } : {};
      void send({ to, ...answer, ...card, context: { id: message.id } });
    },
  };

  return html`
    <div class="pane chat" ref=${pane}>
      <${ChatHeader} business=${business} thread=${thread} back=${back} act=${act} say=${say} openProfile=${() => setShowsProfile(true)} />
      <${MessageList} messages=${messages} business=${business} typing=${thread?.typing ?? false} doing=${doing} />
      ${thread?.marketingStopped && html`<p class="strip">${icon("bell", 15)}<span>${phoneWords.offersStoppedNotice}</span></p>`}
      ${
        !phone.onWhatsApp
          ? html`<p class="strip">${icon("block", 15)}<span>${phoneWords.notOnWhatsApp}</span></p>`
          : thread?.blocked
            ? html`<p class="strip">${icon("block", 15)}<span>${phoneWords.blockedNotice}</span><button class="quiet small" onClick=${() => act({ type: "unblock", to })}>${phoneWords.unblock}</button></p>`
            : html`
            ${quoting && html`<div class="quoting"><${Quote} message=${quoting} businessName=${business.verifiedName} /><button class="round" aria-label=${words.cancel} onClick=${() => setQuoting(null)}>${icon("close", 16)}</button></div>`}
            ${opened.prompts.length > 0 && html`<div class="prompts">${opened.prompts.map((prompt) => html`<button class="quiet small" onClick=${() => deliver({ type: "text", text: { body: prompt } })}>${prompt}</button>`)}</div>`}
            <${Composer} send=${deliver} say=${say} card=${ownCard(phone)} prefilled=${opened.draft} focusOn=${quoting?.id ?? business.id} keptAs=${`sandbox.draft.${phone.number}.${business.id}`} />`
      }
      ${showsProfile && html`<${Profile} business=${business} close=${() => setShowsProfile(false)} />`}
      ${over && html`<${Overlay} opened=${over} doing=${doing} close=${() => setOver(null)} />`}
    </div>`;
}

function ownCard(phone: PhoneView): Content {
  const [first = phone.name] = phone.name.split(" ");
  return {
    name: { formatted_name: phone.name, first_name: first },
    phones: [{ phone: `+${phone.number}`, wa_id: phone.number, type: "CELL" }],
  };
}

function useMessages(number: string, businessId: string): MessageView[] | null {
  const [messages, setMessages] = useState<MessageView[] | null>(null);
  useEffect(() => {
    let timer: number | undefined;
    let gone = false;
    const load = () =>
      ask<{ items: MessageView[] }>("GET", `/phones/${number}/messages?with=${businessId}&limit=300`).then(
        ({ items }) => !gone && setMessages(items),
        () => {},
      );
    void load();
    const stop = listen((type, data) => {
      const mine = type === "thread" && data.phone === number && data.numberId === businessId;
      if (!mine && type !== "hello" && type !== "reset") return;
      clearTimeout(timer);
      timer = setTimeout(load, 15);
    });
    return () => {
      gone = true;
      clearTimeout(timer);
      stop();
    };
  }, [number, businessId]);
  return messages;
}

/** A chat counts as read while it is open on a screen somebody can see. */
function useReading(pane: { current: HTMLElement | null }, messages: MessageView[] | null, read: () => void): void {
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    if (!pane.current) return;
    const observer = new IntersectionObserver(([entry]) => setVisible(entry?.isIntersecting ?? false), {
      threshold: 0.3,
    });
    observer.observe(pane.current);
    return () => observer.disconnect();
  }, []);
  const unread = messages?.some(({ from, status }) => from === "business" && status === "delivered") ?? false;
  useEffect(() => {
    if (!unread || !visible) return;
    const tell = () => {
      if (document.visibilityState === "visible") read();
    };
    tell();
    document.addEventListener("visibilitychange", tell);
    return () => document.removeEventListener("visibilitychange", tell);
  }, [unread, visible, messages]);
}

interface HeaderProps {
  readonly business: NumberView;
  readonly thread: ThreadView | undefined;
  back(): void;
  act(body: Content): Promise<void>;
  say(notice: string): void;
  openProfile(): void;
}

function ChatHeader({ business, thread, back, act, say, openProfile }: HeaderProps) {
  const { open, menu, opener, toggle, close } = useMenu();
  const [moving, setMoving] = useState(false);
  const to = business.id;
  const pick = (body: Content, notice?: string) => () => {
    close();
    void act({ ...body, to }).then(() => notice && say(notice));
  };
  const move = (event: SubmitEvent) => {
    event.preventDefault();
    const number = String(new FormData(event.currentTarget as HTMLFormElement).get("number") ?? "");
    setMoving(false);
    close();
    void act({ type: "change-number", to: number });
  };
  return html`
    <header class="top">
      <button class="round" aria-label=${phoneWords.back} onClick=${back}>${icon("back", 20)}</button>
      <button class="profile-opener" title=${phoneWords.profile(business.verifiedName)} onClick=${openProfile}>
        <${Avatar} name=${business.verifiedName} size=${36} />
        <span class="title"><h2>${business.verifiedName}</h2><small aria-live="polite">${thread?.typing ? phoneWords.typing : phoneWords.businessAccount}</small></span>
      </button>
      <button class="round" aria-label=${phoneWords.options} aria-expanded=${open} ref=${opener} onClick=${toggle}>${icon("more", 20)}</button>
      ${
        open &&
        html`
        <div class="menu" ref=${menu}>
          <button onClick=${pick({ type: thread?.marketingStopped ? "resume-marketing" : "stop-marketing" })}>${icon("bell")}${thread?.marketingStopped ? phoneWords.resumeOffers : phoneWords.stopOffers}</button>
          <button onClick=${pick({ type: thread?.blocked ? "unblock" : "block" })}>${icon("block")}${thread?.blocked ? phoneWords.unblock : phoneWords.block}</button>
          <button class="danger" onClick=${pick({ type: "report", block: true }, phoneWords.reported)}>${icon("flag")}${phoneWords.report}</button>
          ${
            moving
              ? html`<form class="inline" onSubmit=${move}><label><span class="unseen">${phoneWords.newNumber}</span><input name="number" type="tel" required placeholder="+31 6 20000001" ref=${(input: HTMLInputElement | null) => input?.focus()} /></label><button class="solid">${phoneWords.changeNumber}</button></form>`
              : html`<button onClick=${() => setMoving(true)}>${icon("swap")}${phoneWords.changeNumber}</button>`
          }
        </div>`
      }
    </header>`;
}

interface ListProps {
  readonly messages: MessageView[] | null;
  readonly business: NumberView;
  readonly typing: boolean;
  readonly doing: Doing;
}

function MessageList({ messages, business, typing, doing }: ListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const count = messages?.length ?? 0;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && stuck.current) element.scrollTop = element.scrollHeight;
  }, [count, typing, messages]);
  const onScroll = () => {
    const element = scroller.current;
    if (element) stuck.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80;
  };
  const onLoad = () => {
    const element = scroller.current;
    if (element && stuck.current) element.scrollTop = element.scrollHeight;
  };
  /** Arrows walk through the messages; Enter opens a message's menu, R replies, Escape leads back to the field. */
  const onKeyDown = (event: KeyboardEvent) => {
    const target = event.target as HTMLElement;
    const own = target.closest<HTMLElement>("[data-message]");
    if (target !== scroller.current && target !== own) return;
    const all = [...(scroller.current?.querySelectorAll<HTMLElement>("[data-message]") ?? [])];
    const index = own ? all.indexOf(own) : all.length;
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const message = own?.dataset.message ? byId.get(own.dataset.message) : undefined;
    if (step) all[Math.max(0, Math.min(all.length - 1, index + step))]?.focus();
    else if (message && (event.key === "Enter" || event.key === " ")) own?.querySelector<HTMLElement>(".dots")?.click();
    else if (message && event.key === "r" && !message.revoked) doing.reply(message);
    else if (event.key === "Escape")
      scroller.current?.closest(".chat")?.querySelector<HTMLElement>(".composer textarea")?.focus();
    else return;
    event.preventDefault();
  };
  const byId = new Map((messages ?? []).map((message) => [message.id, message]));
  const now = sandboxNow();
  let lastDay = "";
  return html`
    <div class="scroll wall" ref=${scroller} onScroll=${onScroll} onLoadCapture=${onLoad} onKeyDown=${onKeyDown} tabindex="0" role="log" aria-label=${business.verifiedName} aria-description=${phoneWords.messageKeys}>
      ${messages === null && html`<div class="bones bubbles" role="status" aria-busy="true" aria-label=${words.loading}><i></i><i></i><i></i></div>`}
      ${messages?.length === 0 && html`<p class="hint">${phoneWords.emptyChat(business.verifiedName)}</p>`}
      <ol class="messages">
        ${(messages ?? []).map((message, index) => {
          const when = formatDay(dateOf(message.timestamp), now);
          const newDay = when !== lastDay;
          lastDay = when;
          const first = newDay || messages?.[index - 1]?.from !== message.from;
          const quoted = message.context?.id ? byId.get(message.context.id) : undefined;
          return [
            newDay && html`<li class="day" key=${`day ${when}`}><span>${when}</span></li>`,
            html`<${Bubble} key=${message.id} message=${message} quoted=${quoted} businessName=${business.verifiedName} first=${first} doing=${doing} />`,
          ];
        })}
        ${typing && html`<li class="message theirs first" key="typing"><div class="bubble dotted" role="status" aria-label=${phoneWords.typing}><i></i><i></i><i></i></div></li>`}
      </ol>
    </div>`;
}

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { ask, type Content, listen, type NumberView, type PhoneView, type ThreadView } from "./ask.ts";
import { Avatar } from "./avatar.ts";
import { Chat } from "./chat.ts";
import { html } from "./html.ts";
import { icon, ticks } from "./icons.ts";
import { chatLinkOf, openOn, opensLinks } from "./links.ts";
import { summary, summaryIcon } from "./message-content.ts";
import { Waiting } from "./part.ts";
import { phoneWords } from "./phone-words.ts";
import { dateOf, formatHour, formatShortDay, sandboxNow } from "./shell.ts";
import { words } from "./words.ts";

/** A chat as a link opened it: what stands in the field, and what the business offers to begin with. */
export interface OpenedLink {
  readonly draft: string;
  readonly prompts: readonly string[];
}

interface PhoneProps {
  readonly number: string;
  readonly businesses: readonly NumberView[];
  readonly front: boolean;
  moved(to: string): void;
}

/** One person's phone: the list of chats, or one chat. */
export function Phone({ number, businesses, front, moved }: PhoneProps) {
  const [phone, setPhone] = useState<PhoneView | null>(null);
  const [openId, setOpenId] = useState<string | null>(() => sessionStorage.getItem(`sandbox.open.${number}`));
  const [settings, setSettings] = useState(false);
  const [notice, setNotice] = useState("");
  const [opened, setOpened] = useState<OpenedLink>({ draft: "", prompts: [] });

  const [isGone, setGone] = useState(false);
  const load = useCallback(() => {
    const take = (read: PhoneView) => {
      setPhone(read);
      setGone(false);
    };
    return ask<PhoneView>("GET", `/phones/${number}`).then(take, () => setGone(true));
  }, [number]);
  useEffect(() => {
    let timer: number | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(load, 20);
    };
    soon();
    const stop = listen((type, data) => {
      const mine = (type === "thread" || type === "phone") && data.phone === number;
      if (mine || type === "hello" || type === "reset" || type === "clock") soon();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [number, load]);
  useEffect(() => {
    if (notice === "") return;
    const timer = setTimeout(() => setNotice(""), 5_000);
    return () => clearTimeout(timer);
  }, [notice]);

  const open = (id: string | null) => {
    if (id === null) sessionStorage.removeItem(`sandbox.open.${number}`);
    else sessionStorage.setItem(`sandbox.open.${number}`, id);
    setOpenId(id);
  };
  useEffect(
    () =>
      opensLinks(number, (link) => {
        ask<OpenedLink & { numberId: string }>("POST", `/phones/${number}/links`, { link }).then(
          ({ numberId, draft, prompts }) => {
            setSettings(false);
            setOpened({ draft, prompts });
            open(numberId);
          },
          () => setNotice(phoneWords.linkNowhere),
        );
      }),
    [number],
  );
  /** A link in a message that would open a chat opens it on this phone. */
  const onClick = (event: MouseEvent) => {
    const address = (event.target as HTMLElement).closest("a")?.href;
    const link = address ? chatLinkOf(address) : null;
    if (!link) return;
    event.preventDefault();
    openOn(number, link);
  };
  const act = async (body: Content) => {
    try {
      const answer = await ask<{ number?: string }>("POST", `/phones/${number}/actions`, body);
      if (body.type !== "change-number" || !answer.number) return;
      if (openId) sessionStorage.setItem(`sandbox.open.${answer.number}`, openId);
      moved(answer.number);
    } catch (error) {
      setNotice(words.failed(error instanceof Error ? error.message : ""));
    }
  };
  const send = async (body: Content) => {
    try {
      setOpened({ draft: "", prompts: [] });
      await ask("POST", `/phones/${number}/messages`, body);
    } catch (error) {
      setNotice(words.failed(error instanceof Error ? error.message : ""));
    }
  };

  if (!phone)
    return html`<section class=${front ? "phone front" : "phone"} aria-busy=${!isGone}><div class="screen">${isGone ? html`<p class="hint">${phoneWords.notThere}</p>` : html`<${Waiting} rows=${7} />`}</div></section>`;
  const power = (online: boolean) => void ask("PUT", `/phones/${number}`, { online });
  const business = businesses.find(({ id }) => id === openId);
  return html`
    <section class=${front ? "phone front" : "phone"} aria-label=${phoneWords.phoneOf(phone.name)} onClick=${onClick}>
      <div class="screen">
        <div class="owner"><b>${phone.name}</b><span>${whoseOf(phone)}</span><button class="power" aria-label=${phoneWords.switchOff(phone.name)} title=${phoneWords.switchOff(phone.name)} onClick=${() => power(false)}>${icon("power", 14)}</button></div>
        ${
          settings
            ? html`<${Settings} phone=${phone} close=${() => setSettings(false)} />`
            : business
              ? html`<${Chat} key=${business.id} phone=${phone} business=${business} thread=${phone.threads.find((thread) => thread.numberId === business.id)} opened=${opened} back=${() => open(null)} act=${act} send=${send} say=${setNotice} />`
              : html`<${ChatList} phone=${phone} businesses=${businesses} open=${open} openSettings=${() => setSettings(true)} />`
        }
        ${!phone.online && html`<div class="asleep"><span class="lamp-off" aria-hidden="true">${icon("power", 30)}</span><h3>${phoneWords.isOff}</h3><p>${phoneWords.isOffHint}</p><button class="solid" onClick=${() => power(true)}>${phoneWords.switchOn}</button></div>`}
        ${notice && html`<p class="toast" role="status">${notice}</p>`}
      </div>
    </section>`;
}

interface ChatListProps {
  readonly phone: PhoneView;
  readonly businesses: readonly NumberView[];
  open(id: string): void;
  openSettings(): void;
}

function ChatList({ phone, businesses, open, openSettings }: ChatListProps) {
  const threads = phone.threads
    .filter((thread) => thread.last !== null)
    .sort((one, other) => Number(other.last?.timestamp ?? 0) - Number(one.last?.timestamp ?? 0));
  const others = businesses.filter(({ id }) => !threads.some((thread) => thread.numberId === id));
  return html`
    <div class="pane">
      <header class="top plain"><h2>${phoneWords.chats}</h2><button class="round" aria-label=${phoneWords.settings} title=${phoneWords.settings} onClick=${openSettings}>${icon("settings", 20)}</button></header>
      <div class="scroll">
        ${phone.movedTo && html`<p class="banner">${phoneWords.movedNotice(phone.movedTo)}</p>`}
        ${!phone.onWhatsApp && html`<p class="banner">${phoneWords.notOnWhatsApp}</p>`}
        ${threads.length === 0 && html`<div class="hollow"><${EmptyPicture} /><h3>${phoneWords.noChats}</h3><p>${phoneWords.noChatsHint}</p></div>`}
        <ul class="chats">${threads.map((thread) => html`<${ChatRow} key=${thread.numberId} thread=${thread} business=${businesses.find(({ id }) => id === thread.numberId)} open=${open} />`)}</ul>
        ${others.length > 0 && html`<h3 class="label">${phoneWords.newChat}</h3>`}
        <ul class="chats">${others.map(
          (business) => html`
          <li key=${business.id}><button onClick=${() => open(business.id)}><${Avatar} name=${business.verifiedName} size=${44} /><span class="what"><b>${business.verifiedName}</b><span class="line">${business.displayNumber}</span></span></button></li>`,
        )}</ul>
      </div>
    </div>`;
}

function ChatRow({
  thread,
  business,
  open,
}: {
  thread: ThreadView;
  business: NumberView | undefined;
  open: (id: string) => void;
}) {
  const last = thread.last;
  if (!last || !business) return null;
  const name = summaryIcon(last);
  const when = dateOf(last.timestamp);
  const now = sandboxNow();
  const isToday = when.toDateString() === now.toDateString();
  return html`
    <li><button onClick=${() => open(business.id)}>
      <${Avatar} name=${business.verifiedName} size=${44} />
      <span class="what"><b>${business.verifiedName}</b>
        ${thread.typing ? html`<span class="line typing">${phoneWords.typing}</span>` : html`<span class="line">${last.from === "phone" && ticks(last.status, "")}${name && icon(name, 15)}<span dir="auto">${summary(last)}</span></span>`}
      </span>
      <span class="when"><time class=${thread.unread > 0 ? "fresh" : ""}>${isToday ? formatHour(when) : formatShortDay(when, now)}</time>${thread.unread > 0 && html`<span class="badge" aria-label=${phoneWords.unread(thread.unread)}>${thread.unread}</span>`}</span>
    </button></li>`;
}

/** What a business would know them by. */
function whoseOf({ hideNumber, username, number }: PhoneView): string {
  if (!hideNumber) return `+${number}`;
  return username ? `@${username}` : phoneWords.hiddenNumber;
}

function EmptyPicture() {
  return html`<svg width="84" height="72" viewBox="0 0 84 72" fill="none" aria-hidden="true"><path class="back" d="M14 12h44a8 8 0 018 8v18a8 8 0 01-8 8H34L22 56V46h-8a8 8 0 01-8-8V20a8 8 0 018-8z" /><path class="fore" d="M44 34h26a8 8 0 018 8v12a8 8 0 01-8 8v8l-10-8H44a8 8 0 01-8-8V42a8 8 0 018-8z" /></svg>`;
}

const switches = [
  ["online", phoneWords.settingOnline],
  ["autoRead", phoneWords.settingAutoRead],
  ["readReceipts", phoneWords.settingReceipts],
  ["hideNumber", phoneWords.settingHidden],
  ["onWhatsApp", phoneWords.settingOnPlatform],
] as const;

function Settings({ phone, close }: { phone: PhoneView; close: () => void }) {
  const set = (change: Content) => void ask("PUT", `/phones/${phone.number}`, change);
  const name = useRef<HTMLInputElement>(null);
  return html`
    <div class="pane">
      <header class="top plain"><button class="round" aria-label=${phoneWords.back} onClick=${close}>${icon("back", 20)}</button><h2>${phoneWords.settings}</h2></header>
      <div class="scroll settings">
        <label class="field"><span>${phoneWords.personName}</span><input ref=${name} value=${phone.name} onChange=${() => set({ name: name.current?.value ?? phone.name })} /></label>
        <label class="field"><span>${phoneWords.username}</span><input value=${phone.username ?? ""} autocomplete="off" autocapitalize="none" onChange=${(event: Event) => set({ username: (event.currentTarget as HTMLInputElement).value.trim().replace(/^@/, "") || null })} /></label>
        ${switches.map(
          ([key, label]) => html`
          <label class="switch"><span>${label}</span><input type="checkbox" role="switch" checked=${phone[key]} onChange=${(event: Event) => set({ [key]: (event.currentTarget as HTMLInputElement).checked })} /></label>`,
        )}
      </div>
    </div>`;
}

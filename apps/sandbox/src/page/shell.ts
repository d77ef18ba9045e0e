import { useEffect, useState } from "preact/hooks";
import { ask, listen, type World } from "./ask.ts";
import { html, type Markup } from "./html.ts";
import { icon, mark } from "./icons.ts";
import { spanMs, useTurning } from "./turning.ts";
import { chooseLanguage, type Language, language, languages, words } from "./words.ts";

/** How far the sandbox's clock is ahead of this browser's, in milliseconds. */
let aheadMs = 0;

/** The sandbox's hour, which is not this browser's. */
export const sandboxNow = (): Date => new Date(Date.now() + aheadMs);

/** The world and the sandbox's time, kept fresh. */
export function useWorld(): { world: World | null; lost: boolean } {
  const [world, setWorld] = useState<World | null>(null);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    let timer: number | undefined;
    const load = () => {
      // Not put off by what comes after it: while the clock runs through weeks there is always something.
      timer ??= setTimeout(() => {
        timer = undefined;
        ask<World>("GET", "").then(
          (read) => {
            aheadMs = Date.parse(read.now) - Date.now();
            setWorld(read);
          },
          () => setLost(true),
        );
      }, 30);
    };
    load();
    const stop = listen((type) => {
      if (type === "lost") return setLost(true);
      setLost(false);
      if (type !== "log" && type !== "thread") load();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return { world, lost };
}

/** The sandbox's hour now, from the last one heard and the time gone by since. */
export function useNow(heard: string | undefined): Date | null {
  const [now, setNow] = useState<Date | null>(null);
  useEffect(() => {
    if (!heard) return;
    const tell = () => setNow(sandboxNow());
    tell();
    const timer = setInterval(tell, 5_000);
    return () => clearInterval(timer);
  }, [heard]);
  return now;
}

export function Shell({
  page,
  world,
  lost,
  children,
}: {
  page: "phones" | "console" | "rules" | "coverage";
  world: World | null;
  lost: boolean;
  children?: Markup;
}) {
  return html`
    <header class="bar">
      <h1 class="unseen">${words[page]}</h1>
      <a class="brand" href="/" aria-label=${words.sandbox}>${mark(22)}<span>${words.sandbox}</span></a>
      <nav aria-label=${words.sandbox}>
        <a href="/" aria-current=${page === "phones" ? "page" : undefined}>${words.phones}</a>
        <a href="/console" aria-current=${page === "console" ? "page" : undefined}>${words.console}</a>
        <a href="/rules" aria-current=${page === "rules" ? "page" : undefined}>${words.rules}</a>
        <a href="/coverage" aria-current=${page === "coverage" ? "page" : undefined}>${words.coverage}</a>
      </nav>
      <${Clock} now=${world?.now} />
      <label class="language"><span class="unseen">${words.language}</span>
        <select onChange=${(event: Event) => chooseLanguage((event.currentTarget as HTMLSelectElement).value as Language)}>
          ${Object.entries(languages).map(([code, { lang }]) => html`<option value=${code} selected=${code === language}>${lang}</option>`)}
        </select>
      </label>
    </header>
    ${lost && html`<p class="lost" role="alert">${words.connectionLost}</p>`}
    ${children}`;
}

const spans = ["1h", "25h"];

function Clock({ now: heard }: { now: string | undefined }) {
  const now = useNow(heard);
  const { turning, advance } = useTurning();
  const shown = turning ? new Date(turning.at) : now;
  return html`
    <div class="clock" role="group" aria-label=${words.clock}>
      <span class="time" title=${words.now}>${icon("clock", 16)}<time>${shown ? formatMoment(shown) : ""}</time></span>
      ${spans.map((span) => html`<button class="quiet small" disabled=${turning !== null} title=${words.advance(span)} aria-label=${words.advance(span)} onClick=${() => advance(now, spanMs(span))}>+${span}</button>`)}
      ${turning && html`<progress class="thin" max="1" value=${(turning.at - turning.from) / Math.max(1, turning.to - turning.from)} aria-label=${words.turning}></progress>`}
    </div>`;
}

const moment = new Intl.DateTimeFormat(language, {
  weekday: "short",
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});
const hour = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" });

document.documentElement.lang = language;

export const formatMoment = (date: Date): string => moment.format(date);
export const formatHour = (date: Date): string => hour.format(date);

const shortDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "short" });

/** The day where there is little room. */
export function formatShortDay(date: Date, now: Date): string {
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  return days === 1 ? words.yesterday : shortDay.format(date);
}

export function formatDay(date: Date, now: Date): string {
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000);
  if (days === 0) return words.today;
  if (days === 1) return words.yesterday;
  return day.format(date);
}

function startOfDay(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

export function dateOf(timestamp: string): Date {
  return new Date(Number(timestamp) * 1000);
}

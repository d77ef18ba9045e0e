import { useEffect, useRef, useState } from "preact/hooks";
import { ask, listen, type World } from "./ask.ts";
import { consoleWords } from "./console-words.ts";
import { CopyButton, copyText } from "./copy.ts";
import { html } from "./html.ts";
import { asCurl, curl, type Entry, requestSummary, shortPath, summaryOf } from "./log-entry.ts";
import { Part } from "./part.ts";
import { words } from "./words.ts";

const shownAtMost = 300;
const filters = ["all", "requests", "webhooks", "problems"] as const;

/** Requests and webhooks as they happen, newest first. */
export function LogPart({ world }: { world: World }) {
  const [entries, setEntries] = useState<Entry[]>([]);
  const [filter, setFilter] = useState<(typeof filters)[number]>("all");
  useEffect(() => {
    const load = async () => {
      const { requests, webhooks } = await ask<{ requests: Entry[]; webhooks: Entry[] }>("GET", "/log?limit=10000");
      const all = [
        ...requests.map((one) => ({ ...one, kind: "request" as const })),
        ...webhooks.map((one) => ({ ...one, kind: "webhook" as const })),
      ];
      setEntries(all.sort((one, other) => other.id - one.id).slice(0, shownAtMost));
    };
    void load().catch(() => {});
    return listen((type, data) => {
      if (type === "log") setEntries((current) => [data as unknown as Entry, ...current].slice(0, shownAtMost));
      else if (type === "reset") void load().catch(() => {});
    });
  }, []);
  const [wanted, setWanted] = useState("");
  const [notice, setNotice] = useState("");
  const list = useRef<HTMLDivElement>(null);
  const shown = entries.filter((entry) => {
    if (!contains(entry, wanted.trim().toLowerCase())) return false;
    if (filter === "requests") return entry.kind === "request";
    if (filter === "webhooks") return entry.kind === "webhook";
    return filter === "all" || isProblem(entry);
  });
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = [...(list.current?.querySelectorAll("summary") ?? [])];
    const index = rows.indexOf(event.target as HTMLElement);
    if (index < 0 || event.metaKey || event.ctrlKey || event.altKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entry = shown[index];
    if (step) {
      event.preventDefault();
      rows[index + step]?.focus();
    } else if (event.key === "c" && entry)
      void copyText(asCurl(entry, world)).then(() => setNotice(`${words.copied}: ${nameOf(entry)}`));
  };
  const choice = html`<span class="filters" role="group" aria-label=${consoleWords.log}>${filters.map((one) => html`<button aria-pressed=${filter === one} onClick=${() => setFilter(one)}>${consoleWords[one]}</button>`)}</span>`;
  return html`
    <${Part} title=${consoleWords.log} hint=${consoleWords.logHint} action=${choice}>
      <div class="log-search"><label><span class="unseen">${consoleWords.searchLog}</span><input type="search" placeholder=${consoleWords.searchLog} value=${wanted} onInput=${(event: Event) => setWanted((event.currentTarget as HTMLInputElement).value)} /></label><small>${consoleWords.logKeys}</small><small role="status">${notice}</small></div>
      <div class="entries" ref=${list} onKeyDown=${onKeyDown}>
        ${entries.length > 0 && shown.length === 0 && html`<p class="start faint">${consoleWords.nothingFound}</p>`}
        ${entries.length === 0 && html`<${FirstSteps} world=${world} />`}
        ${shown.map((entry) => html`<${LogRow} key=${entry.id} entry=${entry} world=${world} />`)}
      </div>
    <//>`;
}

function contains(entry: Entry, wanted: string): boolean {
  return (
    wanted === "" || `${nameOf(entry)} ${JSON.stringify([entry.body, entry.answer])}`.toLowerCase().includes(wanted)
  );
}

/** What nobody subscribed to is no problem. */
function isProblem(entry: Entry): boolean {
  return entry.status !== 200 && (entry.kind === "request" || Boolean(entry.url));
}

function nameOf(entry: Entry): string {
  return entry.kind === "webhook" ? summaryOf(entry) : `${entry.method} ${shortPath(entry.path ?? "")}`;
}

function FirstSteps({ world }: { world: World }) {
  const account = world.accounts[0];
  const number = account?.numbers[0];
  if (!account || !number) return null;
  const line = curl(
    `${world.url}/v25.0/${number.id}/messages`,
    "POST",
    {
      messaging_product: "whatsapp",
      to: "31612345678",
      type: "template",
      template: {
        name: "order_update",
        language: { code: "nl" },
        components: [
          {
            type: "body",
            parameters: [
              { type: "text", text: "Sam" },
              { type: "text", text: "K-1042" },
            ],
          },
        ],
      },
    },
    account.tokens[0]?.token,
  );
  return html`<div class="start"><p>${consoleWords.emptyLog}</p><pre tabindex="0">${line}</pre><div class="buttons"><${CopyButton} text=${line} label="curl" /></div></div>`;
}

function LogRow({ entry, world }: { entry: Entry; world: World }) {
  const [open, setOpen] = useState(false);
  const webhook = entry.kind === "webhook";
  const good = entry.status === 200;
  const note =
    webhook && !entry.url ? consoleWords.nobody : entry.status === null ? consoleWords.noAnswer : String(entry.status);
  return html`
    <details class=${`entry ${entry.kind}`} open=${open} onToggle=${(event: Event) => setOpen((event.currentTarget as HTMLDetailsElement).open)}>
      <summary>
        <time title=${entry.at}>${entry.at.slice(11, 19)}</time>
        <span class="verb">${webhook ? "webhook" : entry.method}</span>
        <span class="what">${webhook ? summaryOf(entry) : shortPath(entry.path ?? "")}<small>${webhook ? (entry.attempt ?? 0) > 1 && consoleWords.attempt(entry.attempt ?? 0) : requestSummary(entry)}</small></span>
        <span class=${good ? "state go" : webhook && !entry.url ? "state rest" : "state stop"}>${note}</span>
      </summary>
      ${
        open &&
        html`
        <div class="detail">
          ${webhook && html`<h3>${entry.url ?? consoleWords.nobody}</h3>`}
          ${entry.problem && html`<p class="faint">${entry.problem}</p>`}
          ${entry.body !== null && html`<h3>${consoleWords.body}</h3><pre tabindex="0">${JSON.stringify(entry.body, null, 2)}</pre>`}
          ${!webhook && html`<h3>${consoleWords.answer}</h3><pre tabindex="0">${JSON.stringify(entry.answer, null, 2)}</pre>`}
          <div class="buttons"><${CopyButton} text=${asCurl(entry, world)} label=${consoleWords.copyCurl} shown /></div>
        </div>`
      }
    </details>`;
}

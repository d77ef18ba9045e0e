import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { type AccountView, ask, type Content, listen, type TemplateView, type World } from "./ask.ts";
import { consoleWords } from "./console-words.ts";
import { html } from "./html.ts";
import { icon } from "./icons.ts";
import { Part } from "./part.ts";
import { CopyButton, formatMoment, Shell, useNow, useWorld } from "./shell.ts";
import { words } from "./words.ts";

function Console() {
  const { world, lost } = useWorld();
  return html`
    <${Shell} page="console" world=${world} lost=${lost}>
      <main class="console-page">
        ${
          world &&
          html`
          <div><${Accounts} world=${world} /><${Templates} world=${world} /></div>
          <div><${Time} world=${world} /><${Faults} /><${LogPart} world=${world} /></div>`
        }
      </main>
    <//>`;
}

function Copyable({ label, text }: { label: string; text: string }) {
  return html`<dt>${label}</dt><dd><code title=${text}>${text}</code><${CopyButton} text=${text} label=${label} /></dd>`;
}

function Accounts({ world }: { world: World }) {
  const app = world.apps[0];
  return html`
    <${Part} title=${consoleWords.accounts} hint=${consoleWords.accountsHint}>
      <dl>
        <${Copyable} label=${consoleWords.baseUrl} text=${world.url} />
        ${app && html`<${Copyable} label=${consoleWords.appId} text=${app.id} /><${Copyable} label=${consoleWords.appSecret} text=${app.secret} /><${Copyable} label=${consoleWords.appToken} text=${app.accessToken} /><dt>${consoleWords.callback}</dt><dd><code class=${app.callbackUrl ? "" : "faint"}>${app.callbackUrl ?? consoleWords.noCallback}</code></dd>`}
      </dl>
      ${world.accounts.map((account) => html`<${Account} account=${account} />`)}
    <//>`;
}

function Account({ account }: { account: AccountView }) {
  const override = account.subscribedApps.find(({ overrideUrl }) => overrideUrl !== null)?.overrideUrl;
  return html`
    <div class="account">
      <h3>${account.name}</h3>
      <dl>
        <${Copyable} label=${consoleWords.accountId} text=${account.id} />
        ${account.tokens.map(({ token }) => html`<${Copyable} label=${consoleWords.token} text=${token} />`)}
        ${account.numbers.map(
          (number) => html`
          <dt>${consoleWords.number}</dt><dd><b>${number.displayNumber}</b><span class=${number.status === "CONNECTED" ? "state go" : "state stop"}>${number.status}</span><span class="faint">${consoleWords.messagesPerSecond(number.throughputPerSecond)}</span></dd>
          <${Copyable} label=${consoleWords.phoneNumberId} text=${number.id} />
          <dt>${consoleWords.callback}</dt><dd><code class=${number.callbackUrl ? "" : "faint"}>${number.callbackUrl ?? override ?? consoleWords.noCallback}</code></dd>`,
        )}
      </dl>
    </div>`;
}

const tones: Record<string, string> = {
  APPROVED: "go",
  PENDING: "wait",
  PAUSED: "wait",
  REJECTED: "stop",
  DISABLED: "stop",
};

function Templates({ world }: { world: World }) {
  const [templates, setTemplates] = useState<TemplateView[]>([]);
  useEffect(() => {
    const load = () =>
      void ask<{ items: TemplateView[] }>("GET", "/templates").then(
        ({ items }) => setTemplates(items),
        () => {},
      );
    load();
    return listen((type) => {
      if (type === "template" || type === "reset" || type === "hello") load();
    });
  }, []);
  return html`
    <${Part} title=${consoleWords.templates} hint=${consoleWords.templatesHint}>
      ${world.accounts.map(
        (account) => html`
        <table class="templates"><caption>${account.name}</caption><tbody>
          ${templates.filter((template) => template.account_id === account.id).map((template) => html`<${TemplateRow} key=${template.id} template=${template} />`)}
        </tbody></table>`,
      )}
    <//>`;
}

function TemplateRow({ template }: { template: TemplateView }) {
  const act = (type: string) => () => void ask("POST", `/templates/${template.id}/actions`, { type });
  const body = template.components.find(({ type }) => type === "BODY");
  const offers: Record<string, [string, string][]> = {
    PENDING: [
      ["approve", consoleWords.approve],
      ["reject", consoleWords.reject],
    ],
    APPROVED: [
      ["pause", consoleWords.pauseTemplate],
      ["disable", consoleWords.disable],
    ],
    PAUSED: [
      ["unpause", consoleWords.unpause],
      ["disable", consoleWords.disable],
    ],
    REJECTED: [["approve", consoleWords.approve]],
  };
  return html`
    <tr>
      <td class="name"><b>${template.name}</b><small>${template.language} · ${template.category.toLowerCase()}</small><small class="body" title=${String(body?.text ?? "")}>${String(body?.text ?? "")}</small></td>
      <td><span class=${`state ${tones[template.status] ?? "rest"}`}>${template.status}</span></td>
      <td class="acts">${(offers[template.status] ?? []).map(([type, label]) => html`<button class="quiet small" onClick=${act(type)} aria-label=${`${label}: ${template.name} (${template.language})`}>${label}</button>`)}</td>
    </tr>`;
}

const spans = ["1m", "1h", "6h", "25h", "7d"];

function Time({ world }: { world: World }) {
  const now = useNow(world.now);
  const [turning, setTurning] = useState(false);
  const advance = async (span: string) => {
    setTurning(true);
    await ask("POST", "/clock", { advance: span }).catch(() => {});
    setTurning(false);
  };
  const reset = () => {
    if (confirm(consoleWords.resetQuestion)) void ask("POST", "/reset", { keepSubscriptions: true });
  };
  const waiting = world.webhooks.reduce((sum, lane) => sum + (lane.waiting ? lane.queued : 0) + lane.setAside, 0);
  return html`
    <${Part} title=${words.clock} hint=${consoleWords.clockHint} action=${html`<button class="quiet small danger" onClick=${reset}>${consoleWords.reset}</button>`}>
      <p class="now"><time>${turning ? words.turning : now ? formatMoment(now) : ""}</time></p>
      <div class="buttons">${spans.map((span) => html`<button class="quiet small" disabled=${turning} aria-label=${words.advance(span)} onClick=${() => advance(span)}>+${span}</button>`)}
      ${waiting > 0 && html`<button class="quiet small" title=${consoleWords.waitingWebhooks(waiting)} onClick=${() => ask("POST", "/webhooks/retry")}>${consoleWords.retryNow}</button>`}</div>
    <//>`;
}

const presets: [() => string, Content][] = [
  [() => consoleWords.faultRate, { graph: [{ path: "/messages", method: "POST", code: 130429, next: 3 }] }],
  [() => consoleWords.faultServer, { graph: [{ html: true, status: 502, next: 1 }] }],
  [() => consoleWords.faultClose, { graph: [{ path: "/messages", method: "POST", close: "after", next: 1 }] }],
  [() => consoleWords.faultDuplicate, { webhooks: { duplicate: {} } }],
  [() => consoleWords.faultLost, { webhooks: { loseAnswers: { next: 2 } } }],
  [() => consoleWords.faultDelay, { webhooks: { delayMs: 2000 } }],
];

type FaultsView = { graph: Content[]; messages: Content[]; webhooks: Record<string, unknown> };

function Faults() {
  const [faults, setFaults] = useState<FaultsView | null>(null);
  useEffect(() => {
    const load = () => void ask<FaultsView>("GET", "/faults").then(setFaults, () => {});
    load();
    return listen((type, data) => {
      if (type === "hello" || type === "reset" || type === "faults" || (type === "log" && data.kind === "request"))
        load();
    });
  }, []);
  const live = faults ? inForce(faults) : [];
  const set = (change: Content) => () => void ask<FaultsView>("POST", "/faults", change).then(setFaults, () => {});
  const clear = () => void ask<FaultsView>("DELETE", "/faults").then(setFaults, () => {});
  return html`
    <${Part} title=${consoleWords.faults} hint=${consoleWords.faultsHint}>
      <div class="buttons">${presets.map(([label, change]) => html`<button class="quiet small" onClick=${set(change)}>${label()}</button>`)}${live.length > 0 && html`<button class="quiet small danger" onClick=${clear}>${consoleWords.clearFaults}</button>`}</div>
      <div class="faults-now">${live.length === 0 ? consoleWords.noFaults : html`${consoleWords.faultsInForce(live.length)}<pre tabindex="0">${live.map((one) => JSON.stringify(one)).join("\n")}</pre>`}</div>
    <//>`;
}

function inForce(faults: FaultsView): unknown[] {
  const left = (occasion: unknown) => (occasion as { next?: number } | null)?.next !== 0;
  const webhooks = Object.entries(faults.webhooks).filter(([, value]) => value !== 0 && left(value));
  return [
    ...faults.graph.filter(left),
    ...faults.messages.filter(left),
    ...webhooks.map(([key, value]) => ({ [key]: value })),
  ];
}

interface Entry {
  readonly kind: "request" | "webhook";
  readonly id: number;
  readonly at: string;
  readonly status: number | null;
  readonly body: unknown;
  readonly method?: string;
  readonly path?: string;
  readonly answer?: unknown;
  readonly url?: string | null;
  readonly field?: string;
  readonly attempt?: number;
  readonly signature?: string | null;
  readonly problem?: string | null;
}

const shownAtMost = 300;
const filters = ["all", "requests", "webhooks", "problems"] as const;

function LogPart({ world }: { world: World }) {
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
  const shown = entries.filter((entry) => {
    if (filter === "requests") return entry.kind === "request";
    if (filter === "webhooks") return entry.kind === "webhook";
    return filter === "all" || entry.status !== 200;
  });
  const choice = html`<span class="filters" role="group" aria-label=${consoleWords.log}>${filters.map((one) => html`<button aria-pressed=${filter === one} onClick=${() => setFilter(one)}>${consoleWords[one]}</button>`)}</span>`;
  return html`
    <${Part} title=${consoleWords.log} hint=${consoleWords.logHint} action=${choice}>
      <div class="entries">
        ${shown.length === 0 && filter === "all" && html`<${FirstSteps} world=${world} />`}
        ${shown.map((entry) => html`<${LogRow} key=${entry.id} entry=${entry} world=${world} />`)}
      </div>
    <//>`;
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
        <time>${entry.at.slice(11, 19)}</time>
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
          <div class="buttons"><${CurlButton} entry=${entry} world=${world} /></div>
        </div>`
      }
    </details>`;
}

function CurlButton({ entry, world }: { entry: Entry; world: World }) {
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard?.writeText(asCurl(entry, world)).then(() => {
      setCopied(true);
      setTimeout(() => setCopied(false), 1_500);
    });
  };
  return html`<button class="quiet small" onClick=${copy}>${icon("copy", 15)} ${copied ? words.copied : consoleWords.copyCurl}</button>`;
}

function shortPath(path: string): string {
  return path.replace(/^\/v\d+\.\d+/, "");
}

function requestSummary(entry: Entry): string {
  const body = entry.body as {
    to?: string;
    type?: string;
    text?: { body?: string };
    template?: { name?: string };
  } | null;
  const error = (entry.answer as { error?: { message?: string } } | null)?.error?.message;
  return error ?? [body?.to, body?.template?.name ?? body?.text?.body].filter(Boolean).join(" · ");
}

interface Change {
  readonly field?: string;
  readonly value?: {
    statuses?: { status: string; errors?: { code: number }[] }[];
    messages?: { type: string; text?: { body?: string } }[];
    event?: string;
  };
}

function summaryOf(entry: Entry): string {
  const body = entry.body as { entry?: { changes?: Change[] }[] } | null;
  const changes = body?.entry?.flatMap((one) => one.changes ?? []) ?? [];
  const parts = changes.slice(0, 4).map(({ field, value }) => {
    const status = value?.statuses?.[0];
    if (status) return status.errors?.[0] ? `${status.status} ${status.errors[0].code}` : status.status;
    const message = value?.messages?.[0];
    if (message) return message.text?.body ? `${message.type}: ${message.text.body}` : message.type;
    return [field, value?.event].filter(Boolean).join(" ");
  });
  return parts.join(", ") + (changes.length > 4 ? ` +${changes.length - 4}` : "") || (entry.field ?? "");
}

function asCurl(entry: Entry, world: World): string {
  if (entry.kind === "request") {
    const account = world.accounts.find(
      ({ id, numbers }) => entry.path?.includes(id) || numbers.some((number) => entry.path?.includes(number.id)),
    );
    return curl(
      world.url + (entry.path ?? ""),
      entry.method ?? "GET",
      entry.body,
      (account ?? world.accounts[0])?.tokens[0]?.token,
    );
  }
  const signature = entry.signature ? ` \\\n  -H 'x-hub-signature-256: ${entry.signature}'` : "";
  return `${curl(entry.url ?? "", "POST", entry.body, undefined)}${signature}`;
}

function curl(url: string, method: string, body: unknown, token: string | undefined): string {
  const lines = [`curl -X ${method} '${url}'`];
  if (token) lines.push(`-H 'authorization: Bearer ${token}'`);
  if (body !== null && body !== undefined && typeof body === "object") {
    lines.push("-H 'content-type: application/json'", `-d '${JSON.stringify(body).replace(/'/g, "'\\''")}'`);
  }
  return lines.join(" \\\n  ");
}

const root = document.getElementById("app");
if (root) render(html`<${Console} />`, root);

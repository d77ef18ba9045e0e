import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { ask } from "./ask.ts";
import { coverageWords as words } from "./coverage-words.ts";
import { html, type Markup } from "./html.ts";
import { Part, Waiting } from "./part.ts";
import { Shell, useWorld } from "./shell.ts";

/** What `GET /_sandbox/coverage` answers, as far as it is shown. */
interface CoverageView {
  readonly endpoints: readonly { method: string; path: string; imitated: Imitated; how: string }[];
  readonly webhooks: readonly { field: string; imitated: Imitated; how: string }[];
  readonly errors: readonly {
    code: number;
    subcodeOf: number | null;
    status: number;
    title: string;
    where: keyof typeof words.where;
    imitated: Imitated;
    how: string;
  }[];
}

type Imitated = "yes" | "part" | "no";

/** One row of a table: what is looked for, what names it, and what is told about it. */
interface Row {
  readonly key: string;
  readonly head: Markup;
  readonly imitated: Imitated;
  readonly how: string;
}

function CoveragePage() {
  const { world, lost } = useWorld();
  const [coverage, setCoverage] = useState<CoverageView | null>(null);
  const [wanted, setWanted] = useState("");
  const [problem, setProblem] = useState("");
  useEffect(() => {
    ask<CoverageView>("GET", "/coverage").then(setCoverage, (error: Error) => setProblem(error.message));
  }, []);
  return html`
    <${Shell} page="coverage" world=${world} lost=${lost}>
      <main class="coverage-page">
        <label class="field"><span>${words.search}</span>
          <input type="search" value=${wanted} onInput=${(event: Event) => setWanted((event.currentTarget as HTMLInputElement).value)} />
        </label>
        ${coverage ? html`<${Tables} coverage=${coverage} wanted=${wanted.trim().toLowerCase()} />` : html`<${Part} title=${words.calls}><${Waiting} rows=${9} problem=${problem} /><//>`}
      </main>
    <//>`;
}

function Tables({ coverage, wanted }: { coverage: CoverageView; wanted: string }) {
  const endpoints = coverage.endpoints.map(({ method, path, imitated, how }) => ({
    key: `${method} ${path}`,
    head: html`<code>${method} ${path}</code>`,
    imitated,
    how,
  }));
  const webhooks = coverage.webhooks.map(({ field, imitated, how }) => ({
    key: field,
    head: html`<code>${field}</code>`,
    imitated,
    how,
  }));
  const errors = coverage.errors.map(({ code, subcodeOf, status, title, where, imitated, how }) => ({
    key: `${subcodeOf ?? ""}/${code} ${title} ${where}`,
    head: html`<code>${subcodeOf === null ? code : `${subcodeOf}/${code}`}</code><small>${title}</small><small>${words.where[where]}${where === "answer" || where === "both" ? `, HTTP ${status}` : ""}</small>`,
    imitated,
    how,
  }));
  return html`
    <${Table} title=${words.calls} rows=${endpoints} wanted=${wanted} />
    <${Table} title=${words.webhooks} rows=${webhooks} wanted=${wanted} />
    <${Table} title=${words.errors} hint=${words.errorsHint} rows=${errors} wanted=${wanted} />`;
}

const tones: Record<Imitated, string> = { yes: "go", part: "wait", no: "stop" };

function Table({ title, hint, rows, wanted }: { title: string; hint?: string; rows: readonly Row[]; wanted: string }) {
  const shown = rows.filter(({ key, how }) => `${key} ${how}`.toLowerCase().includes(wanted));
  const whole = rows.filter(({ imitated }) => imitated === "yes").length;
  return html`
    <${Part} title=${title} hint=${`${words.count(whole, rows.length)}${hint ? ` ${hint}` : ""}`}>
      ${
        shown.length === 0
          ? html`<p class="faint">${words.nothing}</p>`
          : html`<table class="coverage"><tbody>${shown.map(
              ({ key, head, imitated, how }) => html`
          <tr key=${key}><th scope="row">${head}</th><td><span class=${`state ${tones[imitated]}`}>${words.imitated[imitated]}</span></td><td lang="en">${how}</td></tr>`,
            )}</tbody></table>`
      }
    <//>`;
}

const root = document.getElementById("app");
if (root) render(html`<${CoveragePage} />`, root);

import { render } from "preact";
import { useState } from "preact/hooks";
import type { RuleName } from "../platform/rules/era-table.ts";
import { useAnswer } from "./answer.ts";
import { ask } from "./ask.ts";
import { OutsideThePlatform } from "./demands.ts";
import { eraWords } from "./era-words.ts";
import { html } from "./html.ts";
import { money } from "./money.ts";
import { Part } from "./part.ts";
import { rulesWords as words } from "./rules-words.ts";
import { Shell, useWorld } from "./shell.ts";
import { Standing } from "./standing.ts";
import { words as common, language } from "./words.ts";

/** Rules, money and the crowd: what the platform goes by, and what came of it. */
function RulesPage() {
  const { world, lost } = useWorld();
  return html`
    <${Shell} page="rules" world=${world} lost=${lost}>
      <main class="console-page rules-page">
        ${world && html`<div><${Standing} /><${OutsideThePlatform} /></div><div><${Crowd} /><${Money} /><${Rules} /></div>`}
      </main>
    <//>`;
}

interface RulesView {
  readonly asOf: string | null;
  readonly at: string;
  readonly rules: readonly {
    readonly name: RuleName;
    readonly citation: string;
    readonly firstDayVerified: boolean;
    readonly from: string | null;
    readonly until: string | null;
    readonly inForce: boolean;
  }[];
}

/** Days on which much was different: newsletters forbidden, before today's prices. */
const famousDays = ["2019-12-08", "2021-09-14", "2025-03-31"];

function Rules() {
  const [view, reload] = useAnswer<RulesView>("/rules");
  const [problem, setProblem] = useState("");
  const choose = (asOf: string | null) =>
    ask("PUT", "/rules", { asOf }).then(
      () => {
        setProblem("");
        reload();
      },
      (error: Error) => setProblem(common.failed(error.message)),
    );
  if (!view) return null;
  const day = view.asOf?.slice(0, 10) ?? null;
  return html`
    <${Part} title=${words.rules} hint=${words.rulesHint}>
      <div class="buttons">
        <button class="quiet small" aria-pressed=${day === null} onClick=${() => choose(null)}>${words.today}</button>
        ${famousDays.map((one) => html`<button class="quiet small" aria-pressed=${day === one} onClick=${() => choose(one)}>${one}</button>`)}
        <label class="as-of"><span>${words.asOf}</span><input type="date" value=${view.at.slice(0, 10)} onChange=${(event: Event) => choose((event.currentTarget as HTMLInputElement).value || null)} /></label>
      </div>
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
      <div class="scroll-x" tabindex="0" role="region" aria-label=${words.rules}>
      <table class="figures-table rules-table">
        <thead><tr><th>${words.rule}</th><th>${words.since}</th><th>${words.until}</th><th><span class="unseen">${words.holds}</span></th></tr></thead>
        <tbody>
          ${view.rules.map(
            (rule) => html`
            <tr key=${rule.name}><th scope="row">${eraWords[rule.name]}<small><span lang="en">${rule.citation}</span>${!rule.firstDayVerified && ` ${words.firstDayUnverified}`}</small></th><td>${rule.from ?? words.always}</td><td>${rule.until ?? "…"}</td>
              <td><span class=${rule.inForce ? "state go" : "state rest"}>${rule.inForce ? words.holds : words.holdsNot}</span></td></tr>`,
          )}
        </tbody>
      </table>
      </div>
    <//>`;
}

interface LedgerView {
  readonly totals: readonly {
    readonly month: string;
    readonly market: string;
    readonly category: string;
    readonly billed: number;
    readonly free: number;
    readonly unpriced: number;
    readonly amount: number;
    readonly currency: string;
  }[];
}

const count = new Intl.NumberFormat(language);
/** Rates are told to a hundredth of a cent. */
const digits = 4;

function Money() {
  const [view] = useAnswer<LedgerView>("/ledger?limit=1");
  if (!view) return null;
  const currencies = [...new Set(view.totals.map(({ currency }) => currency))];
  const sumIn = (currency: string) =>
    view.totals.reduce((sum, total) => sum + (total.currency === currency ? total.amount : 0), 0);
  const hasUnpriced = view.totals.some(({ unpriced }) => unpriced > 0);
  return html`
    <${Part} title=${words.money} hint=${words.moneyHint}>
      ${
        view.totals.length === 0
          ? html`<p class="hint">${words.noMoney}</p>`
          : html`
          <div class="scroll-x" tabindex="0" role="region" aria-label=${words.money}>
          <table class="figures-table">
            <thead><tr><th>${words.month}</th><th>${words.market}</th><th>${words.category}</th><th class="n">${words.billed}</th><th class="n">${words.free}</th>${hasUnpriced && html`<th class="n">${words.unpriced}</th>`}<th class="n">${words.amount}</th></tr></thead>
            <tbody>
              ${view.totals.map(
                (total) => html`
                <tr><td>${total.month}</td><td lang="en">${total.market}</td><td>${total.category}</td><td class="n">${count.format(total.billed)}</td><td class="n">${count.format(total.free)}</td>${hasUnpriced && html`<td class="n">${count.format(total.unpriced)}</td>`}<td class="n">${money(total.amount, total.currency, digits)}</td></tr>`,
              )}
            </tbody>
            <tfoot>${currencies.map((currency) => html`<tr><th colspan=${hasUnpriced ? 6 : 5}>${words.total}</th><td class="n">${money(sumIn(currency), currency, digits)}</td></tr>`)}</tfoot>
          </table>
          </div>`
      }
    <//>`;
}

interface CrowdView {
  readonly size: number;
  readonly first?: string;
  readonly last?: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly profiles: readonly string[];
}

const mostPeople = 1_000_000;

function Crowd() {
  const [view, reload] = useAnswer<CrowdView>("/crowd");
  const [problem, setProblem] = useState("");
  const send = (method: string, body?: object) =>
    ask(method, "/crowd", body).then(
      () => {
        setProblem("");
        reload();
      },
      (error: Error) => setProblem(common.failed(error.message)),
    );
  const gather = (event: SubmitEvent) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    void send("POST", { size: Number(form.get("size")), profile: String(form.get("profile")) });
  };
  if (!view) return null;
  const most = Math.max(1, view.counts.received ?? 0);
  const dismiss = html`<button class="quiet small danger" onClick=${() => send("DELETE")}>${words.dismiss}</button>`;
  return html`
    <${Part} id="crowd" title=${words.crowd} hint=${words.crowdHint} action=${view.size > 0 && dismiss}>
      ${
        view.size === 0
          ? html`
          <form class="crowd-form" onSubmit=${gather}>
            <label><span>${words.size}</span><input name="size" type="number" min="1" max=${mostPeople} value="10000" required /></label>
            <label><span>${words.profile}</span><select name="profile">${view.profiles.map((one) => html`<option value=${one}>${words.profiles[one] ?? one}</option>`)}</select></label>
            <button class="solid">${words.gather}</button>
          </form>`
          : html`
          <p class="crowd-now">${words.crowdNow(count.format(view.size), view.first ?? "", view.last ?? "")} <a href=${`/?phones=${view.first}`}>${words.openOne}</a></p>
          <table class="figures-table">
            <tbody>
              ${Object.entries(view.counts).map(
                ([name, value]) => html`
                <tr key=${name}><th scope="row">${words.counts[name] ?? name}</th><td class="share"><i style=${{ width: `${Math.min(100, (100 * value) / most)}%` }}></i></td><td class="n">${count.format(value)}</td></tr>`,
              )}
            </tbody>
          </table>`
      }
      ${problem && html`<p class="problem" role="alert">${problem}</p>`}
    <//>`;
}

const root = document.getElementById("app");
if (root) render(html`<${RulesPage} />`, root);

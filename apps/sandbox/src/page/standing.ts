import { useAnswer } from "./answer.ts";
import { html } from "./html.ts";
import { Part } from "./part.ts";
import { formatMoment } from "./shell.ts";
import { standingWords as words } from "./standing-words.ts";
import { language } from "./words.ts";

interface DayView {
  readonly day: string;
  readonly delivered: number;
  readonly blocked: number;
  readonly reported: number;
  readonly stopped: number;
  readonly score: string | null;
}
interface StandingView {
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly banState: string;
    readonly paymentMethod: boolean;
    readonly restrictions: readonly { readonly type: string; readonly until: string | null }[];
    readonly strikes: readonly { readonly counts: boolean }[];
    readonly next: string;
    readonly numbers: readonly {
      readonly id: string;
      readonly number: string;
      readonly quality: string;
      readonly limit: { readonly people: number | null; readonly used: number };
      readonly days: readonly DayView[];
      readonly next: string;
    }[];
    readonly templates: readonly {
      readonly id: string;
      readonly name: string;
      readonly language: string;
      readonly status: string;
      readonly quality: string;
      readonly days: readonly DayView[];
      readonly next: string;
    }[];
  }[];
}
type AccountStanding = StandingView["accounts"][number];

const count = new Intl.NumberFormat(language);
const tones: Record<string, string> = { GREEN: "go", YELLOW: "wait", RED: "stop" };

/** How every account stands with the platform: quality, limits, strikes, and in a sentence what comes next. */
export function Standing() {
  const [view] = useAnswer<StandingView>("/standing");
  if (!view) return null;
  return html`
    <${Part} title=${words.standing} hint=${words.standingHint}>
      ${view.accounts.map((account) => html`<${Account} key=${account.id} account=${account} />`)}
    <//>`;
}

function Account({ account }: { account: AccountStanding }) {
  const strikes = account.strikes.filter(({ counts }) => counts).length;
  const marks = [
    ...(account.banState === "none"
      ? []
      : [["stop", account.banState === "disabled" ? words.disabled : words.scheduled]]),
    ...account.restrictions.map(({ type, until }) => [
      "stop",
      words.restricted(type.toLowerCase().replaceAll("_", " "), until ? formatMoment(new Date(until)) : ""),
    ]),
    ...(strikes > 0 ? [["wait", words.strikes(strikes)]] : []),
    ...(account.paymentMethod ? [] : [["wait", words.noPayment]]),
  ];
  const judged = account.templates.filter(({ days }) => days.length > 0);
  return html`
    <div class="account">
      <h3>${account.name}</h3>
      ${marks.length > 0 && html`<p class="marks">${marks.map(([tone, label]) => html`<span class=${`state ${tone}`}>${label}</span>`)}</p>`}
      <p class="next">${account.next}</p>
      ${account.numbers.map((number) => html`<${NumberPart} key=${number.id} number=${number} />`)}
      ${
        judged.length > 0 &&
        html`
        <table class="figures-table">
          <thead><tr><th>${words.template}</th><th>${words.quality}</th></tr></thead>
          <tbody>${judged.map(
            (template) => html`
            <tr key=${template.id}><th scope="row">${template.name} (${template.language})<small>${template.next}</small></th>
              <td><span class=${`state ${tones[template.quality] ?? "rest"}`}>${template.status === "APPROVED" ? template.quality : template.status}</span></td></tr>`,
          )}</tbody>
        </table>`
      }
    </div>`;
}

function NumberPart({ number }: { number: AccountStanding["numbers"][number] }) {
  const { people, used } = number.limit;
  return html`
    <div class="number">
      <p class="marks"><b>+${number.number}</b><span class=${`state ${tones[number.quality] ?? "rest"}`}>${number.quality}</span><span class="faint">${people === null ? words.noLimit(count.format(used)) : words.limit(count.format(used), count.format(people))}</span></p>
      ${people !== null && html`<div class="meter" aria-hidden="true"><i style=${{ width: `${Math.min(100, (100 * used) / people)}%` }}></i></div>`}
      ${number.days.length === 0 ? html`<p class="faint">${words.nothingYet}</p>` : html`<${Days} days=${number.days} />`}
      <p class="next">${number.next}</p>
    </div>`;
}

const shownDays = 14;
const barHeight = 72;

/** Columns of what was delivered; the part of it that people minded stands on top, with the same figures as a table. */
function Days({ days }: { days: readonly DayView[] }) {
  const shown = days.slice(-shownDays);
  const most = Math.max(1, ...shown.map(({ delivered }) => delivered));
  const minded = ({ blocked, reported, stopped }: DayView) => blocked + reported + stopped;
  return html`
    <figure class="days">
      <svg viewBox=${`0 0 ${shown.length * 24} ${barHeight}`} height=${barHeight} role="img" aria-label=${words.days}>
        ${shown.map((day, index) => {
          const height = Math.max(1, (barHeight * day.delivered) / most);
          const bad = Math.min(height, (barHeight * minded(day)) / most);
          return html`<g><rect class="good" x=${index * 24 + 3} y=${barHeight - height} width="18" height=${height} rx="2" /><rect class="bad" x=${index * 24 + 3} y=${barHeight - height} width="18" height=${bad} rx="2" /></g>`;
        })}
      </svg>
      <details><summary>${words.days}</summary>
        <div class="scroll-x" tabindex="0" role="region" aria-label=${words.days}>
        <table class="figures-table">
          <thead><tr><th>${words.day}</th><th class="n">${words.delivered}</th><th class="n">${words.blocked}</th><th class="n">${words.reported}</th><th class="n">${words.stopped}</th><th class="n">${words.quality}</th></tr></thead>
          <tbody>${shown.map((day) => html`<tr key=${day.day}><td>${day.day}</td><td class="n">${count.format(day.delivered)}</td><td class="n">${count.format(day.blocked)}</td><td class="n">${count.format(day.reported)}</td><td class="n">${count.format(day.stopped)}</td><td class="n">${day.score ?? "–"}</td></tr>`)}</tbody>
        </table>
        </div>
      </details>
    </figure>`;
}

import type { NextForAccount, NextForQuality, NextForTemplate, StrikeCause } from "../platform/rules/codes.ts";
import { useAnswer } from "./answer.ts";
import { Chart, type ChartDay, everyDay, FiguresTable, formatDate } from "./chart.ts";
import { html } from "./html.ts";
import { causeOfStrike, nextForAccount, nextForNumber, nextForTemplate } from "./next-words.ts";
import { Part, Waiting } from "./part.ts";
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
interface ReachDayView {
  readonly day: string;
  readonly people: number;
  readonly limit: number | null;
  readonly refused: number;
}
interface StandingView {
  readonly at: string;
  readonly accounts: readonly {
    readonly id: string;
    readonly name: string;
    readonly banState: string;
    readonly paymentMethod: boolean;
    readonly restrictions: readonly { readonly type: string; readonly until: string | null }[];
    readonly strikes: readonly {
      readonly at: string;
      readonly counts: boolean;
      readonly why: string;
      readonly cause?: StrikeCause;
    }[];
    readonly nextCode: NextForAccount;
    readonly numbers: readonly {
      readonly id: string;
      readonly number: string;
      readonly quality: string;
      readonly limit: {
        readonly people: number | null;
        readonly used: number;
        readonly refused: number;
        readonly days: readonly ReachDayView[];
      };
      readonly days: readonly DayView[];
      readonly nextCode: NextForQuality;
    }[];
    readonly templates: readonly {
      readonly id: string;
      readonly name: string;
      readonly language: string;
      readonly status: string;
      readonly quality: string;
      readonly days: readonly DayView[];
      readonly nextCode: NextForTemplate;
    }[];
  }[];
}
type AccountStanding = StandingView["accounts"][number];
type NumberStanding = AccountStanding["numbers"][number];

const count = new Intl.NumberFormat(language);
const tones: Record<string, string> = { GREEN: "go", YELLOW: "wait", RED: "stop" };

/** How every account stands with the platform: quality, limits, strikes, and in a sentence what comes next. */
export function Standing() {
  const [view, , problem] = useAnswer<StandingView>("/standing");
  return html`
    <${Part} title=${words.standing} hint=${words.standingHint}>
      ${view ? view.accounts.map((account) => html`<${Account} key=${account.id} account=${account} today=${view.at} />`) : html`<${Waiting} rows=${6} problem=${problem} />`}
    <//>`;
}

function Account({ account, today }: { account: AccountStanding; today: string }) {
  const strikes = account.strikes.filter(({ counts }) => counts).length;
  const marks = [
    ...(account.banState === "none"
      ? []
      : [["stop", account.banState === "disabled" ? words.disabled : words.scheduled]]),
    ...account.restrictions.map(({ type, until }) => [
      "stop",
      words.restricted(words.restrictions[type] ?? type, until ? formatMoment(new Date(until)) : ""),
    ]),
    ...(strikes > 0 ? [["wait", words.strikes(strikes)]] : []),
    ...(account.paymentMethod ? [] : [["wait", words.noPayment]]),
  ];
  const judged = account.templates.filter(({ days }) => days.length > 0);
  return html`
    <div class="account">
      <h3>${account.name}</h3>
      ${marks.length > 0 && html`<p class="marks">${marks.map(([tone, label]) => html`<span class=${`state ${tone}`}>${label}</span>`)}</p>`}
      <p class="next">${nextForAccount(account.nextCode)}</p>
      ${
        account.strikes.length > 0 &&
        html`<ul class="strikes">${account.strikes.map(
          ({ at, counts, why, cause }) =>
            html`<li key=${at} class=${counts ? "" : "faint"}><time>${formatMoment(new Date(at))}</time> ${cause ? causeOfStrike(cause) : why}${!counts && ` (${words.agedOut})`}</li>`,
        )}</ul>`
      }
      ${account.numbers.map((number) => html`<${NumberPart} key=${number.id} number=${number} today=${today} />`)}
      ${
        judged.length > 0 &&
        html`
        <table class="figures-table">
          <thead><tr><th>${words.template}</th><th>${words.quality}</th></tr></thead>
          <tbody>${judged.map(
            (template) => html`
            <tr key=${template.id}><th scope="row">${template.name} (${template.language})<small>${nextForTemplate(template.nextCode)}</small></th>
              <td><span class=${`state ${tones[template.quality] ?? "rest"}`}>${template.status === "APPROVED" ? template.quality : template.status}</span></td></tr>`,
          )}</tbody>
        </table>`
      }
    </div>`;
}

function NumberPart({ number, today }: { number: NumberStanding; today: string }) {
  const { people, used } = number.limit;
  return html`
    <div class="number">
      <p class="marks"><b>+${number.number}</b><span class=${`state ${tones[number.quality] ?? "rest"}`}>${number.quality}</span><span class="faint">${people === null ? words.noLimit(count.format(used)) : words.limit(count.format(used), count.format(people))}</span></p>
      ${number.days.length === 0 ? html`<p class="faint">${words.nothingYet}</p>` : html`<${QualityChart} days=${number.days} today=${today} />`}
      <p class="next">${nextForNumber(number.nextCode)}</p>
      ${number.limit.days.length > 0 && html`<${LimitChart} days=${number.limit.days} today=${today} />`}
    </div>`;
}

function QualityChart({ days, today }: { days: readonly DayView[]; today: string }) {
  const shown = everyDay(days, today).map(({ day, known }): ChartDay => {
    if (!known) return { day, bar: 0, bad: 0, told: words.quietDay(formatDate(day)) };
    const { delivered, blocked, reported, stopped, score } = known;
    const bad = blocked + reported + stopped;
    const told = words.toldDay(formatDate(day), count.format(delivered), count.format(bad), score);
    return { day, bar: delivered, bad, mark: score ? { tone: tones[score] ?? "", label: score } : undefined, told };
  });
  const head = [words.day, words.delivered, words.blocked, words.reported, words.stopped, words.quality];
  const rows = days.map(({ day, delivered, blocked, reported, stopped, score }) => [
    day,
    ...[delivered, blocked, reported, stopped].map((figure) => count.format(figure)),
    score ?? "–",
  ]);
  return html`<${Chart} label=${words.qualityChart} days=${shown} /><${FiguresTable} label=${words.qualityChart} head=${head} rows=${rows} />`;
}

function LimitChart({ days, today }: { days: readonly ReachDayView[]; today: string }) {
  let level: number | null = null;
  const shown = everyDay(days, today).map(({ day, known }): ChartDay => {
    if (known) level = known.limit;
    const { people, refused } = known ?? { people: 0, refused: 0 };
    const most = level === null ? null : count.format(level);
    const told = words.toldReach(formatDate(day), count.format(people), most, count.format(refused));
    return { day, bar: people + refused, bad: refused, level, told };
  });
  const head = [words.day, words.people, words.limitHead, words.refused];
  const rows = days.map(({ day, people, limit, refused }) => [
    day,
    count.format(people),
    limit === null ? "–" : count.format(limit),
    count.format(refused),
  ]);
  return html`<${Chart} label=${words.limitChart} days=${shown} /><${FiguresTable} label=${words.limitChart} head=${head} rows=${rows} />`;
}

import { useState } from "preact/hooks";
import { html } from "./html.ts";
import { standingWords as words } from "./standing-words.ts";
import { language } from "./words.ts";

/** One day of a chart. `level` is a line across the column, `null` where there is none. */
export interface ChartDay {
  readonly day: string;
  readonly bar: number;
  /** The part of the bar that people minded, or that was refused: drawn on top in the colour of trouble. */
  readonly bad: number;
  readonly level?: number | null;
  /** A word below the column, with its tone. */
  readonly mark?: { readonly tone: string; readonly label: string } | undefined;
  /** The day in words: what is read out, and what the line below the chart says of the day pointed at. */
  readonly told: string;
}

interface ChartProps {
  readonly label: string;
  readonly days: readonly ChartDay[];
}

const dayMs = 86_400_000;
const shownDays = 21;
/** Fewer than this would not look like time passing. */
const fewestDays = 14;
const shortDay = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" });
export const formatDate = (day: string): string => shortDay.format(Date.parse(day));

/**
 * Columns over the sandbox's days, days without anything included. Arrow keys or the mouse point at a day; the line below says
 * its figures, the table beside it all of them.
 */
export function Chart({ label, days }: ChartProps) {
  const [pointed, setPointed] = useState<number | null>(null);
  const most = Math.max(1, ...days.map(({ bar, level }) => Math.max(bar, level ?? 0)));
  const index = Math.min(pointed ?? days.length - 1, days.length - 1);
  const share = (value: number) => `${Math.min(100, (100 * value) / most)}%`;
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, Home: 0, End: days.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    setPointed(Math.max(0, Math.min(days.length - 1, to)));
  };
  return html`
    <figure class="chart">
      <figcaption>${label}</figcaption>
      <div class="columns" tabindex="0" role="slider" aria-label=${label} aria-orientation="horizontal" aria-valuemin="0" aria-valuemax=${days.length - 1} aria-valuenow=${index} aria-valuetext=${days[index]?.told} onKeyDown=${onKeyDown} onMouseLeave=${() => setPointed(null)}>
        ${days.map(
          ({ day, bar, bad, level, mark }, at) => html`
          <div key=${day} class=${at === index ? "column-of-day here" : "column-of-day"} onMouseEnter=${() => setPointed(at)}>
            <div class="well">
              ${level !== undefined && level !== null && html`<i class="level" style=${{ bottom: share(level) }}></i>`}
              <i class="good" style=${{ height: bar === 0 ? 0 : `max(2px, ${share(bar)})` }}>${bad > 0 && html`<i class="bad" style=${{ height: `max(2px, ${Math.min(100, (100 * bad) / Math.max(bar, bad))}%)` }}></i>`}</i>
            </div>
            <span class=${`tile ${mark?.tone ?? ""}`}></span>
          </div>`,
        )}
      </div>
      <p class="axis" aria-hidden="true"><span>${days[0] && formatDate(days[0].day)}</span><span>${days.length > 1 && formatDate(days.at(-1)?.day ?? "")}</span></p>
      <p class="pointed" aria-hidden="true">${days[index]?.told}</p>
    </figure>`;
}

/** Every day up to today, two to three weeks of them, back to the first known one; what is known of none is `null`. */
export function everyDay<Known extends { readonly day: string }>(
  known: readonly Known[],
  today: string,
): readonly { readonly day: string; readonly known: Known | null }[] {
  const first = Date.parse(known[0]?.day ?? today);
  const last = Math.max(Date.parse(today.slice(0, 10)), Date.parse(known.at(-1)?.day ?? today));
  const from = Math.min(Math.max(first, last - (shownDays - 1) * dayMs), last - (fewestDays - 1) * dayMs);
  const days: { day: string; known: Known | null }[] = [];
  for (let at = from; at <= last; at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    days.push({ day, known: known.find((one) => one.day === day) ?? null });
  }
  return days;
}

/** The same figures as a table, folded. */
export function FiguresTable({
  label,
  head,
  rows,
}: {
  label: string;
  head: readonly string[];
  rows: readonly (readonly (string | number)[])[];
}) {
  return html`
    <details class="figures"><summary>${words.asTable}<span class="unseen">: ${label}</span></summary>
      <div class="scroll-x" tabindex="0" role="region" aria-label=${label}>
        <table class="figures-table">
          <thead><tr>${head.map((one, index) => html`<th class=${index === 0 ? "" : "n"}>${one}</th>`)}</tr></thead>
          <tbody>${rows.map((row) => html`<tr key=${String(row[0])}>${row.map((cell, index) => html`<td class=${index === 0 ? "" : "n"}>${cell}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
    </details>`;
}

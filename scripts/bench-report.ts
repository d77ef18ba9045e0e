import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import { join } from "node:path";

/** What a run of the benchmark leaves behind: a table, a chart and a line of history. */
export interface Figure {
  /** Its name in the history: `intake.ratio`. */
  readonly key: string;
  readonly what: string;
  /** As it stands in the table. */
  readonly text: string;
  /** In the unit of `wanted`. */
  readonly value: number;
  readonly wanted?: Wanted;
}

interface Wanted {
  readonly limit: number;
  readonly is: "at least" | "at most";
  readonly unit: string;
}

export interface Section {
  readonly title: string;
  readonly figures: readonly Figure[];
}

export const count = (value: number, digits = 0): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits });

export const atLeast = (limit: number, unit: string): Wanted => ({ limit, is: "at least", unit });
export const atMost = (limit: number, unit: string): Wanted => ({ limit, is: "at most", unit });

const inWords = ({ is, limit, unit }: Wanted): string =>
  `${is === "at least" ? "≥" : "≤"} ${count(limit)}${unit.startsWith("/") ? "" : " "}${unit}`;

/** How far a figure is on the good side: 1 is exactly as wanted, 2 twice as good, 0.5 half. */
const goodness = (value: number, { is, limit }: Wanted): number =>
  limit === 0 ? Number(value <= 0) : is === "at least" ? value / limit : limit / Math.max(value, limit / 1_000);

export const isReached = ({ value, wanted }: Figure): boolean => wanted === undefined || goodness(value, wanted) >= 1;

export function tableOf(sections: readonly Section[]): string {
  return sections
    .map(
      ({ title, figures }) =>
        `### ${title}\n\n| what | figure | wanted |\n|---|---|---|\n${figures
          .map(
            (figure) =>
              `| ${figure.what} | ${figure.text} | ${figure.wanted ? `${inWords(figure.wanted)}${isReached(figure) ? "" : " (not reached)"}` : "–"} |`,
          )
          .join("\n")}`,
    )
    .join("\n\n");
}

const row = 24;
const left = 330;
const wide = 900;
const decades = { from: -1, to: 2 };

/**
 * Every figure that has one beside it (other than none at all), as a bar from what is wanted: to the right it is better, to the left worse, by
 * powers of ten. Its colours are chosen to be read on white and on black, and follow the reader's choice where they can.
 */
export function chartOf(sections: readonly Section[]): string {
  const lines = sections.flatMap(({ figures }) =>
    figures.flatMap((figure) => (figure.wanted ? [{ ...figure, wanted: figure.wanted }] : [])),
  );
  const x = (ratio: number) =>
    left +
    ((Math.min(decades.to, Math.max(decades.from, Math.log10(ratio))) - decades.from) / (decades.to - decades.from)) *
      (wide - left - 20);
  const high = lines.length * row + 60;
  const ticks = [0.1, 1, 10, 100].map(
    (ratio) =>
      `<line class="${ratio === 1 ? "wanted" : "tick"}" x1="${x(ratio)}" x2="${x(ratio)}" y1="30" y2="${high - 22}"/><text class="small" x="${x(ratio)}" y="${high - 6}" text-anchor="${ratio === 100 ? "end" : "middle"}">${ratio === 1 ? "as wanted" : ratio < 1 ? `${1 / ratio} × worse` : `${ratio} × better`}</text>`,
  );
  const bars = lines.map(({ what, value, wanted, text }, place) => {
    const end = x(goodness(value, wanted));
    const start = x(1);
    const y = 34 + place * row;
    const good = goodness(value, wanted) >= 1;
    return `<g><title>${escaped(`${what}: ${text}; wanted ${inWords(wanted)}`)}</title><text x="${left - 10}" y="${y + 12}" text-anchor="end">${escaped(shortened(what))}</text><rect class="${good ? "good" : "short"}" x="${Math.min(start, end)}" y="${y}" width="${Math.max(2, Math.abs(end - start))}" height="${row - 8}" rx="2"/><text class="small" x="${good ? start - 6 : start + 6}" y="${y + 12}" text-anchor="${good ? "end" : "start"}">${count(value, value < 10 ? 1 : 0)} ${escaped(wanted.unit)}</text></g>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${high}" role="img" aria-label="Figures of the benchmark beside those wanted">
<style>
  text { font: 12px system-ui, sans-serif; fill: #24292f } .small { font-size: 11px; fill: #57606a }
  .tick { stroke: #8c959f; stroke-opacity: .35 } .wanted { stroke: #57606a; stroke-width: 1.5 } .good { fill: #2da44e } .short { fill: #d4751b } .page { fill: #ffffff }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .small { fill: #9da7b3 } .wanted { stroke: #9da7b3 } .good { fill: #3fb950 } .short { fill: #e3893b } .page { fill: #0d1117 } }
</style>
<rect class="page" width="${wide}" height="${high}" rx="6"/>
<text x="${left - 10}" y="20" text-anchor="end">what</text><text x="${x(1)}" y="20" text-anchor="middle">wanted</text>
${[...ticks, ...bars].join("\n")}
</svg>
`;
}

const shortened = (text: string): string => (text.length > 52 ? `${text.slice(0, 50).trimEnd()} …` : text);
const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

export const machine = (): string =>
  `${cpus().length} × ${cpus()[0]?.model ?? "processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;

interface Report {
  readonly sections: readonly Section[];
  readonly command: string;
  readonly startedAt: Date;
  readonly loadBefore: number;
}

/** Writes `benchmarks.md`, `benchmarks/chart.svg` and a line of `benchmarks/history.jsonl` below `directory`. */
export function writeReport(directory: string, { sections, command, startedAt, loadBefore }: Report): void {
  mkdirSync(join(directory, "benchmarks"), { recursive: true });
  writeFileSync(join(directory, "benchmarks/chart.svg"), chartOf(sections));
  const file = join(directory, "benchmarks.md");
  const title = "\n## What these say\n";
  // Written by hand, below the figures; a new run leaves it where it is.
  const reading = existsSync(file) ? readFileSync(file, "utf8").split(title)[1] : undefined;
  const minutes = Math.round((Date.now() - startedAt.getTime()) / 60_000);
  writeFileSync(
    file,
    `# Benchmarks

Made by \`${command}\`, which measures everything in one run on one machine: the load generator, Loket, PostgreSQL and the
sandbox share its processors. Read the ratios; absolute figures move with the machine and with what else it does. Earlier
runs are in [benchmarks/history.jsonl](benchmarks/history.jsonl).

${startedAt.toISOString().slice(0, 10)}, ${machine()}; ${minutes} minutes, load ${loadBefore.toFixed(1)} before it began.

![Figures beside those wanted](benchmarks/chart.svg)

${tableOf(sections)}
${reading === undefined ? "" : `${title}${reading}`}`,
  );
  appendFileSync(
    join(directory, "benchmarks/history.jsonl"),
    `${JSON.stringify({
      date: startedAt.toISOString(),
      commit: commitNow(),
      machine: machine(),
      command,
      load: [loadBefore, loadavg()[0]],
      figures: Object.fromEntries(
        sections.flatMap(({ figures }) => figures.map(({ key, value }) => [key, Number(value.toPrecision(4))])),
      ),
    })}\n`,
  );
}

/** The commit the tree stands on; with `+` where something in it is not committed. */
function commitNow(): string {
  const git = (...words: string[]) => execFileSync("git", words, { encoding: "utf8" }).trim();
  try {
    return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain", "--untracked-files=no") === "" ? "" : "+"}`;
  } catch {
    return "unknown";
  }
}

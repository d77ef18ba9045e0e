import { type Instant, instant } from "@loket/kit";
import type { DecideOptions } from "../case.ts";
import type { Facts } from "../facts.ts";
import { coversRegion } from "../regions.ts";
import type { SendRequest } from "../request.ts";
import type { Outcome, Until } from "../verdict.ts";
import { prepare, reader, type Test } from "./condition.ts";
import type { Row, RowOutcome } from "./row.ts";
import { type Send, sendOf } from "./send.ts";

/** A second reading of the rules, made from their texts alone, to be held against the first on random sends. */
export interface SecondVerdict {
  readonly outcome: Outcome;
  readonly until: Until | null;
  readonly fired: readonly { readonly rule: string; readonly outcome: RowOutcome; readonly until: Until | null }[];
  readonly missing: readonly string[];
  /** Every row that spoke, also those another is told instead of. */
  readonly spoken: ReadonlySet<string>;
}

interface Ready {
  readonly row: Row;
  readonly from: number;
  readonly to: number;
  readonly when: Test;
  readonly needs: readonly { readonly path: string; readonly isOpen: Test }[];
}

export const factsMissing = "core.facts-missing";
const rank: Readonly<Record<RowOutcome, number>> = { note: 0, allow: 0, change: 1, hold: 2, refuse: 3 };

export type Evaluate = (request: SendRequest, facts: Facts, at: Instant, options?: DecideOptions) => SecondVerdict;

/** Rows are asked in the order of the table; those that speak of other rows stand behind them. */
export function createEvaluator(rows: readonly Row[]): Evaluate {
  const ready = rows.map(
    (row): Ready => ({
      row,
      from: row.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(`${row.since}T00:00:00Z`),
      to: row.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(`${row.until}T00:00:00Z`),
      when: prepare(row.when),
      needs: [
        ...(row.needs ?? []).map(({ path, when }) => {
          const value = reader(`facts.${path}`);
          const matters = when === undefined ? null : prepare(when);
          return { path, isOpen: (send: Send) => value(send) === undefined && (matters === null || matters(send)) };
        }),
        ...(row.asks ?? []).map(([path, isUnknown]) => ({ path, isOpen: prepare(isUnknown) })),
      ],
    }),
  );

  const evaluate: Evaluate = (request, facts, at, options = {}) => {
    const send = sendOf(request, facts, at, options);
    const fired: { row: Row; rule: string; outcome: RowOutcome; until: Until | null }[] = [];
    const foundOnSwap: SecondVerdict["fired"][number][] = [];
    const missing = new Set<string>();
    for (const { row, from, to, when, needs } of ready) {
      if (at < from || at >= to || !isWithin(row, send)) continue;
      for (const { path, isOpen } of needs) if (isOpen(send)) missing.add(path);
      if (!when(send)) continue;
      send.spoken.add(row.rule);
      const swapped = row.swap?.(send) ?? null;
      if (swapped === null) {
        fired.push(spoken(row, send));
        continue;
      }
      const other = evaluate(swapped, facts, at, options);
      const found = other.fired.filter(({ rule, outcome }) => rule !== factsMissing && rank[outcome] > 0);
      // "Its own rules pass": what a rule for that form holds has not passed; what holds any message is told beside it.
      const passes = found.every(
        ({ rule, outcome }) =>
          outcome !== "refuse" && !(outcome === "hold" && rowOf(rule).where?.payload?.includes(swapped.payload)),
      );
      const outcome = passes && row.fits?.(send) === true ? "change" : row.outcome;
      fired.push(spoken({ ...row, turns: () => outcome }, send));
      // Whoever is asked for facts is asked for those about both forms.
      for (const path of other.missing) missing.add(path);
      foundOnSwap.push(...found);
    }
    for (const one of foundOnSwap) {
      const index = fired.findIndex(({ rule }) => rule === one.rule);
      const present = fired[index];
      if (present === undefined) fired.push({ row: rowOf(one.rule), ...one });
      else if (rank[one.outcome] > rank[present.outcome]) fired[index] = { row: present.row, ...one };
    }
    if (missing.size > 0) {
      const outcome = options.missingFacts === "note" ? "note" : "hold";
      fired.push({
        row: { rule: factsMissing, outcome, when: { all: [] } },
        rule: factsMissing,
        outcome,
        until: outcome === "hold" ? "event:facts-known" : null,
      });
    }
    const told = fired.filter(
      (one) =>
        !fired.some(
          (other) => other.row.instead?.includes(one.rule) === true && rank[other.outcome] >= rank[one.outcome],
        ),
    );
    return { ...fold(told), fired: told, missing: [...missing], spoken: send.spoken };
  };
  const rowOf = (rule: string): Row =>
    rows.find((row) => row.rule === rule) ?? { rule, outcome: "note", when: { all: [] } };
  return evaluate;
}

function isWithin({ where = {} }: Row, { request, region, isMessage }: Send): boolean {
  return (
    (where.kind === undefined ? isMessage : where.kind.includes(request.kind)) &&
    (where.channel === undefined || where.channel.includes(request.channel)) &&
    (where.transport === undefined || where.transport.includes(request.transport)) &&
    (where.payload === undefined || where.payload.includes(request.payload)) &&
    (where.region === undefined || coversRegion(where.region, region))
  );
}

function spoken(row: Row, send: Send) {
  const written = row.turns?.(send) ?? row.outcome;
  const isReviewed = written === "refuse" && row.weak === true && send.options.lowConfidence === "hold-for-review";
  const isSetAside =
    row.rule !== "" && overridable.has(row.rule) && send.request.overrides?.includes(row.rule) === true;
  const outcome: RowOutcome = isSetAside ? "note" : isReviewed ? "hold" : written;
  const until: Until | null = outcome !== "hold" ? null : isReviewed ? "event:reviewed" : (row.waits?.(send) ?? null);
  return { row, rule: row.rule, outcome, until };
}

const overridable: ReadonlySet<string> = new Set([
  "core.frequency-cap",
  "core.duplicate-send",
  "own.quiet-hours",
  "own.frequency-cap",
  "own.forbidden-words",
]);

function fold(told: readonly { readonly outcome: RowOutcome; readonly until: Until | null }[]) {
  let outcome: Outcome = "allow";
  for (const one of told) {
    if (one.outcome !== "note" && rank[one.outcome] > rank[outcome]) outcome = one.outcome;
  }
  if (outcome !== "hold") return { outcome, until: null };
  let until: Until | null = null;
  let latest = Number.NEGATIVE_INFINITY;
  for (const one of told) {
    if (one.outcome !== "hold" || one.until === null) continue;
    if (typeof one.until === "string") return { outcome, until: one.until };
    latest = Math.max(latest, one.until);
    until = instant(latest);
  }
  return { outcome, until };
}

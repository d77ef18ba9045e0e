import { decide } from "../terms-book.ts";
import type { Until, Verdict } from "../verdict.ts";
import type { Evaluate } from "./evaluate.ts";
import type { Drawn } from "./sends.ts";

/** What one reading says of a send: every rule with its word and its end, what it misses, and what comes of it all. */
interface Said {
  readonly told: readonly string[];
  readonly missing: readonly string[];
  readonly outcome: string;
  readonly until: unknown;
}

type Finding = readonly [rule: string, outcome: string, until: Until | null];

/** Both readings of one send, to be found equal; and which rows spoke, also those another was told instead of. */
export function compare(evaluate: Evaluate, { request, facts, at, options }: Drawn) {
  const book = decide(request, facts, at, options);
  const second = evaluate(request, facts, at, options);
  const findings = [...book.findings, ...book.notes, ...book.reliedOn];
  return {
    book: said(
      book,
      findings.map(({ rule, outcome, until }) => [rule.id, outcome, until]),
      findings.flatMap(({ missing }) => missing),
    ),
    second: said(
      second,
      second.fired.map(({ rule, outcome, until }) => [rule, outcome, until]),
      second.missing,
    ),
    spoken: second.spoken,
  };
}

function said(
  { outcome, until }: Pick<Verdict, "outcome" | "until">,
  findings: readonly Finding[],
  missing: readonly string[],
): Said {
  return {
    told: findings.map(([rule, word, end]) => `${rule}: ${word} ${end ?? ""}`.trim()).sort(),
    missing: missing.toSorted(),
    outcome,
    // Which of several events is told first is the book's own order and no reading of a rule.
    until: typeof until === "string" ? "event" : until,
  };
}

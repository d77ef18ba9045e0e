import type { Instant } from "@loket/kit";
import type { Book } from "./book.ts";
import type { DecideOptions } from "./case.ts";
import type { Facts } from "./facts.ts";
import type { SendRequest } from "./request.ts";
import type { RuleId } from "./rule.ts";
import type { Outcome, Until } from "./verdict.ts";

/** What would become of one message to many people, before anything is promised. */
export interface Forecast {
  readonly total: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Per rule how many people it decides for, and for how many it speaks at all; most decisive first. */
  readonly rules: readonly { readonly id: RuleId; readonly decides: number; readonly speaks: number }[];
  /** Until when those who are held are held, and how many; instants to the hour. */
  readonly heldUntil: readonly { readonly until: Until; readonly count: number }[];
  readonly bookVersion: string;
}

export interface ForecastSend {
  readonly request: SendRequest;
  readonly facts: Facts;
}

const hourMs = 3_600_000;

/**
 * Judges the same instant for everybody, one after the other: nothing is kept of a person, so a million of them need no
 * more memory than one. Iterables may be lazy.
 */
export function forecast(
  book: Pick<Book, "decide" | "version">,
  sends: Iterable<ForecastSend>,
  at: Instant,
  options: DecideOptions = {},
): Forecast {
  const outcomes: Record<Outcome, number> = { allow: 0, change: 0, hold: 0, refuse: 0 };
  const rules = new Map<RuleId, { decides: number; speaks: number }>();
  const held = new Map<Until, number>();
  let total = 0;
  for (const { request, facts } of sends) {
    const verdict = book.decide(request, facts, at, options);
    total += 1;
    outcomes[verdict.outcome] += 1;
    for (let index = 0; index < verdict.findings.length; index++) {
      const id = verdict.findings[index]?.rule.id ?? "";
      const counts = rules.get(id) ?? { decides: 0, speaks: 0 };
      counts.speaks += 1;
      if (index === 0) counts.decides += 1;
      rules.set(id, counts);
    }
    if (verdict.until !== null) {
      const until =
        typeof verdict.until === "number" ? ((Math.ceil(verdict.until / hourMs) * hourMs) as Instant) : verdict.until;
      held.set(until, (held.get(until) ?? 0) + 1);
    }
  }
  return {
    total,
    outcomes,
    rules: [...rules]
      .map(([id, counts]) => ({ id, ...counts }))
      .sort((a, b) => b.decides - a.decides || b.speaks - a.speaks || a.id.localeCompare(b.id)),
    heldUntil: [...held].map(([until, count]) => ({ until, count })).sort((a, b) => b.count - a.count),
    bookVersion: book.version,
  };
}

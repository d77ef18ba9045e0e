import type { Tx } from "@loket/database";
import type { Instant } from "@loket/kit";
import { type DecideOptions, decide, type Facts, type SendRequest, type Verdict } from "@loket/policy";

/** A book as it judges: the one that is in force, or another edition of it that only watches. */
export interface Edition {
  readonly bookVersion: string;
  readonly decide: (request: SendRequest, facts: Facts, at: Instant, options?: DecideOptions) => Verdict;
}

export const editionInForce: Pick<Edition, "decide"> = { decide };

/** One judgement of the past, made again. */
export interface Rejudged {
  readonly decisionId: string;
  readonly at: number;
  readonly contactId: string | null;
  readonly before: Verdict["outcome"];
  readonly after: Verdict["outcome"];
  /** The rules that speak now. */
  readonly rules: readonly string[];
}

interface PastRow {
  id: string;
  at: number;
  contact_id: string | null;
  outcome: Verdict["outcome"];
  request: SendRequest;
  facts: Facts;
}

export async function countDecisions(tx: Tx, since: Instant, until: Instant): Promise<number> {
  const row = await tx.one<{ count: number }>(
    "select count(*) as count from decision where organisation_id = $1 and at >= to_timestamp($2::float8 / 1000) and at < to_timestamp($3::float8 / 1000) and facts <> '{}'",
    [tx.organisationId, since, until],
  );
  return row?.count ?? 0;
}

/**
 * The next judgements of a span, made again with the facts of their instant and other rules. Without effect. `after` is
 * where the last page ended; an empty page is the end.
 */
export async function rejudge(
  tx: Tx,
  span: { readonly since: Instant; readonly until: Instant; readonly after: string | null; readonly limit: number },
  other: {
    readonly edition: Pick<Edition, "decide">;
    readonly options: DecideOptions;
    /** Compare with how the book of today would judge under these; absent: with how it was judged then. */
    readonly against?: DecideOptions;
  },
): Promise<{ readonly judged: number; readonly after: string | null; readonly changed: readonly Rejudged[] }> {
  const rows = await tx.query<PastRow>(
    `select id, at, contact_id, outcome, request, facts from decision
     where organisation_id = $1 and at >= to_timestamp($2::float8 / 1000) and at < to_timestamp($3::float8 / 1000) and ($4::uuid is null or id > $4)
       and facts <> '{}' -- of erased people nothing is known any more
     order by id limit $5`,
    [tx.organisationId, span.since, span.until, span.after, span.limit],
  );
  const changed = rows.flatMap((row): Rejudged[] => {
    const verdict = other.edition.decide(row.request, row.facts, row.at as Instant, other.options);
    const before = other.against
      ? decide(row.request, row.facts, row.at as Instant, other.against).outcome
      : row.outcome;
    if (verdict.outcome === before) return [];
    return [
      {
        decisionId: row.id,
        at: row.at,
        contactId: row.contact_id,
        before,
        after: verdict.outcome,
        rules: verdict.findings.map(({ rule }) => rule.id),
      },
    ];
  });
  return { judged: rows.length, after: rows.at(-1)?.id ?? null, changed };
}

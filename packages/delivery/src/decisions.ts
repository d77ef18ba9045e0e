import type { Tx } from "@loket/database";
import { type Instant, instant, toIso } from "@loket/kit";
import type { Facts, SendRequest, WireVerdict } from "@loket/policy";

/** A kept judgement, for whoever looks back. */
export interface Decision {
  readonly id: string;
  readonly at: string;
  readonly stage: "compose" | "enqueue" | "hand-over" | "import";
  readonly verdict: WireVerdict;
  readonly contact: { readonly id: string; readonly name: string } | null;
  readonly senderId: string | null;
  readonly bookVersion: string;
  /** SHA-256 of the request, in hex. */
  readonly requestDigest: string;
  readonly shadow: WireVerdict | null;
  readonly request: SendRequest;
  readonly facts: Facts;
}

interface DecisionRow {
  id: string;
  at: number;
  stage: Decision["stage"];
  verdict: WireVerdict;
  contact_id: string | null;
  contact_name: string | null;
  sender_id: string | null;
  book_version: string;
  digest: string;
  shadow: WireVerdict | null;
  request: SendRequest;
  facts: Facts;
}

const columns = `d.id, d.at, d.stage, d.verdict, d.contact_id, c.name as contact_name, d.sender_id, d.book_version, encode(d.request_digest, 'hex') as digest, d.shadow, d.request, d.facts`;
const joined = "decision d left join contact c on c.organisation_id = d.organisation_id and c.id = d.contact_id";

export interface DecisionQuery {
  readonly ruleId?: string | undefined;
  readonly contactId?: string | undefined;
  readonly outcome?: "allow" | "change" | "hold" | "refuse" | undefined;
  /** Only those that rules in shadow would have decided otherwise. */
  readonly differing?: boolean | undefined;
  readonly since?: Instant | undefined;
  readonly until?: Instant | undefined;
  readonly before?: { readonly at: number; readonly id: string } | undefined;
  readonly limit: number;
}

/** Newest first. */
export async function listDecisions(tx: Tx, query: DecisionQuery): Promise<Decision[]> {
  const rows = await tx.query<DecisionRow>(
    `select ${columns} from ${joined}
     where d.organisation_id = $1 and ($2::text is null or (d.outcome <> 'allow' and d.verdict->'rules' @> jsonb_build_array(jsonb_build_object('id', $2::text))))
       and ($3::uuid is null or d.contact_id = $3) and ($4::text is null or d.outcome = $4) and ($5::boolean is not true or d.shadow is not null)
       and ($6::float8 is null or d.at >= to_timestamp($6 / 1000)) and ($7::float8 is null or d.at < to_timestamp($7 / 1000))
       and ($8::float8 is null or (d.at, d.id) < (to_timestamp($8 / 1000), $9::uuid))
     order by d.at desc, d.id desc limit $10`,
    [
      tx.organisationId,
      query.ruleId ?? null,
      query.contactId ?? null,
      query.outcome ?? null,
      query.differing ?? null,
      query.since ?? null,
      query.until ?? null,
      query.before?.at ?? null,
      query.before?.id ?? null,
      query.limit,
    ],
  );
  return rows.map(toDecision);
}

export async function readDecision(tx: Tx, id: string): Promise<Decision | null> {
  const row = await tx.one<DecisionRow>(`select ${columns} from ${joined} where d.organisation_id = $1 and d.id = $2`, [
    tx.organisationId,
    id,
  ]);
  return row ? toDecision(row) : null;
}

function toDecision(row: DecisionRow): Decision {
  return {
    id: row.id,
    at: toIso(instant(row.at)),
    stage: row.stage,
    verdict: row.verdict,
    contact: row.contact_id === null ? null : { id: row.contact_id, name: row.contact_name ?? "" },
    senderId: row.sender_id,
    bookVersion: row.book_version,
    requestDigest: row.digest,
    shadow: row.shadow,
    request: row.request,
    facts: row.facts,
  };
}

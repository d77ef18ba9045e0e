import type { Database, Tx } from "@loket/database";
import { type Instant, instant, type OrganisationId } from "@loket/kit";
import type { LedgerPorts } from "./record.ts";

/** Of whom or what a pack is. */
export interface PackSubject {
  readonly kind: "person" | "message" | "campaign" | "sender" | "organisation";
  /** Absent for the organisation itself. */
  readonly id?: string | undefined;
}

export interface PackRow {
  readonly id: string;
  readonly subject: PackSubject;
  readonly locale: "en" | "nl" | "de";
  readonly since: Instant | null;
  readonly until: Instant | null;
  readonly state: "waiting" | "working" | "ready" | "failed" | "deleted";
  readonly step: string | null;
  readonly done: number;
  readonly total: number;
  readonly madeAt: Instant | null;
  readonly storageKey: string | null;
  readonly sizeBytes: number | null;
  readonly sha256: Uint8Array | null;
  readonly failure: string | null;
  readonly requestedBy: string | null;
  readonly demandId: string | null;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
}

const columns = `id, subject, locale, since, until, state, step, done, total, made_at as "madeAt", storage_key as "storageKey",
  size_bytes as "sizeBytes", sha256, failure, requested_by as "requestedBy", demand_id as "demandId", created_at as "createdAt", finished_at as "finishedAt"`;

/** Asks for a pack; it is made by the job the caller adds in the same transaction. Returns its id. */
export async function requestPack(
  tx: Tx,
  ports: LedgerPorts,
  pack: {
    subject: PackSubject;
    locale: PackRow["locale"];
    since: Instant | null;
    until: Instant | null;
    requestedBy: string | null;
    demandId?: string | null;
  },
): Promise<string> {
  const id = ports.ids.next();
  await tx.query(
    `insert into evidence_pack (organisation_id, id, subject, locale, since, until, state, requested_by, demand_id, created_at)
     values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000), to_timestamp($6::float8 / 1000), 'waiting', $7, $8, to_timestamp($9::float8 / 1000))`,
    [
      tx.organisationId,
      id,
      JSON.stringify(pack.subject),
      pack.locale,
      pack.since,
      pack.until,
      pack.requestedBy,
      pack.demandId ?? null,
      ports.clock.now(),
    ],
  );
  return id;
}

export async function readPack(tx: Tx, id: string): Promise<PackRow | null> {
  return (
    (await tx.one<PackRow>(`select ${columns} from evidence_pack where organisation_id = $1 and id = $2`, [
      tx.organisationId,
      id,
    ])) ?? null
  );
}

/** Newest first. */
export async function readPacks(
  tx: Tx,
  query: { readonly before?: { readonly at: number; readonly id: string } | undefined; readonly limit: number },
): Promise<PackRow[]> {
  return tx.query<PackRow>(
    `select ${columns} from evidence_pack where organisation_id = $1
       and ($2::float8 is null or (created_at, id) < (to_timestamp($2 / 1000), $3::uuid)) order by created_at desc, id desc limit $4`,
    [tx.organisationId, query.before?.at ?? null, query.before?.id ?? null, query.limit],
  );
}

/** Takes the pack up, or up again: from the beginning, as of the time it was first taken up. `null` where it is done or gone. */
export async function takePack(tx: Tx, ports: LedgerPorts, id: string): Promise<PackRow | null> {
  return (
    (await tx.one<PackRow>(
      `update evidence_pack set state = 'working', done = 0, failure = null, made_at = coalesce(made_at, to_timestamp($3::float8 / 1000))
       where organisation_id = $1 and id = $2 and state in ('waiting', 'working') returning ${columns}`,
      [tx.organisationId, id, ports.clock.now()],
    )) ?? null
  );
}

/** Says how far it is: a step by name, and how much of it is done. */
export async function tellPack(
  tx: Tx,
  id: string,
  progress: { readonly step: string; readonly done?: number; readonly total?: number },
): Promise<void> {
  await tx.query(
    "update evidence_pack set step = $3, done = $4, total = $5 where organisation_id = $1 and id = $2 and state in ('waiting', 'working')",
    [tx.organisationId, id, progress.step, progress.done ?? 0, progress.total ?? 0],
  );
}

export async function finishPack(
  tx: Tx,
  ports: LedgerPorts,
  id: string,
  made: { storageKey: string; sizeBytes: number; sha256: Uint8Array; manifestSha256: Uint8Array },
): Promise<boolean> {
  return (
    (await tx.count(
      `update evidence_pack set state = 'ready', step = null, storage_key = $3, size_bytes = $4, sha256 = $5, manifest_sha256 = $6,
         finished_at = to_timestamp($7::float8 / 1000) where organisation_id = $1 and id = $2 and state = 'working'`,
      [
        tx.organisationId,
        id,
        made.storageKey,
        made.sizeBytes,
        Buffer.from(made.sha256),
        Buffer.from(made.manifestSha256),
        ports.clock.now(),
      ],
    )) > 0
  );
}

export async function failPack(tx: Tx, ports: LedgerPorts, id: string, failure: string): Promise<void> {
  await tx.query(
    `update evidence_pack set state = 'failed', failure = $3, finished_at = to_timestamp($4::float8 / 1000)
     where organisation_id = $1 and id = $2 and state in ('waiting', 'working')`,
    [tx.organisationId, id, failure, ports.clock.now()],
  );
}

/** The file is gone; that it was made stays. Returns where it lay. */
export async function dropPack(tx: Tx, id: string): Promise<string | null> {
  const row = await tx.one<{ key: string | null }>(
    `with old as (select storage_key as key from evidence_pack where organisation_id = $1 and id = $2 for update)
     update evidence_pack set state = 'deleted', storage_key = null from old
     where organisation_id = $1 and id = $2 and state in ('ready', 'failed') returning old.key`,
    [tx.organisationId, id],
  );
  return row?.key ?? null;
}

/** Packs that were finished before `before`, of all organisations. */
export async function packsFinishedBefore(
  worker: Database,
  before: Instant,
): Promise<{ organisationId: OrganisationId; id: string; finishedAt: Instant }[]> {
  const rows = await worker.across<{ organisation_id: OrganisationId; id: string; finished_at: number }>(
    "select organisation_id, id, finished_at from evidence_pack where state = 'ready' and finished_at < to_timestamp($1::float8 / 1000) order by finished_at limit 5000",
    [before],
  );
  return rows.map((row) => ({ organisationId: row.organisation_id, id: row.id, finishedAt: instant(row.finished_at) }));
}

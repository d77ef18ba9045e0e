import type { Tx } from "@loket/database";
import { instant, toIso } from "@loket/kit";
import type { ContactPorts } from "../consent.ts";
import {
  type ImportMapping,
  type ImportReason,
  type ReadingRules,
  type ReadRow,
  type RowValues,
  readRow,
} from "./row.ts";
import { readKnown, type SettledRow, settleRows, takeIn } from "./settle.ts";

/** A list of people and what they agreed to elsewhere, taken over on somebody's word. */
export interface ConsentImport {
  readonly id: string;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly state: "mapping" | "reading" | "done" | "failed";
  readonly attestedBy: string | null;
  readonly attestation: string | null;
  readonly totalCount: number;
  readonly rowCount: number;
  readonly acceptedCount: number;
  readonly quarantinedCount: number;
  readonly suppressedCount: number;
  readonly discardedCount: number;
  readonly failure: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
}

export interface ImportRow {
  readonly line: number;
  readonly state: "accepted" | "quarantined" | "suppressed" | "discarded";
  readonly reasons: readonly ImportReason[];
  readonly values: RowValues;
  readonly contactId: string | null;
}

export async function createImport(
  tx: Tx,
  ports: ContactPorts,
  file: { name: string; sha256: Buffer; storageKey: string; rows: number; id: string; memberId: string | null },
): Promise<void> {
  const now = ports.clock.now();
  await tx.query(
    `insert into consent_import (organisation_id, id, file_name, file_sha256, storage_key, state, total_count, created_by, created_at)
     values ($1, $2, $3, $4, $5, 'mapping', $6, $7, to_timestamp($8::float8 / 1000))`,
    [tx.organisationId, file.id, file.name, file.sha256, file.storageKey, file.rows, file.memberId, now],
  );
  announceImport(tx, file.id, now);
}

const columns = `i.id, i.file_name as "fileName", encode(i.file_sha256, 'hex') as "fileSha256", i.state, i.attestation, i.total_count as "totalCount", i.row_count as "rowCount",
  i.accepted_count as "acceptedCount", i.quarantined_count as "quarantinedCount", i.suppressed_count as "suppressedCount",
  (select count(*)::int from consent_import_row r where r.organisation_id = i.organisation_id and r.import_id = i.id and r.state = 'discarded') as "discardedCount", i.failure,
  (select u.name from member m join auth."user" u on u.id = m.person_id where m.organisation_id = i.organisation_id and m.id = i.attested_by) as "attestedBy",
  i.created_at, i.finished_at, i.storage_key, i.mapping, i.attested_by as attester`;
interface Row extends Omit<ConsentImport, "createdAt" | "finishedAt"> {
  created_at: number;
  finished_at: number | null;
  storage_key: string | null;
  mapping: ImportMapping | null;
  attester: string | null;
}

function toImport({ created_at, finished_at, storage_key, mapping, attester, ...row }: Row) {
  return {
    ...row,
    createdAt: toIso(instant(created_at)),
    finishedAt: finished_at === null ? null : toIso(instant(finished_at)),
  };
}

/** Newest first. */
export async function listImports(tx: Tx): Promise<ConsentImport[]> {
  const rows = await tx.query<Row>(
    `select ${columns} from consent_import i where organisation_id = $1 order by created_at desc, id desc limit 200`,
    [tx.organisationId],
  );
  return rows.map(toImport);
}

export interface ImportInWork extends ConsentImport {
  readonly storageKey: string | null;
  readonly mapping: ImportMapping | null;
  readonly attesterId: string | null;
}

export async function readImport(tx: Tx, id: string): Promise<ImportInWork | null> {
  const row = await tx.one<Row>(`select ${columns} from consent_import i where organisation_id = $1 and id = $2`, [
    tx.organisationId,
    id,
  ]);
  return row ? { ...toImport(row), storageKey: row.storage_key, mapping: row.mapping, attesterId: row.attester } : null;
}

/** Somebody vouches for the list and says what its columns are: from here on it is read. False where it was begun before. */
export async function beginImport(
  tx: Tx,
  ports: ContactPorts,
  begun: { id: string; mapping: ImportMapping; attestation: string; memberId: string },
): Promise<boolean> {
  const changed = await tx.count(
    "update consent_import set state = 'reading', mapping = $3, attestation = $4, attested_by = $5 where organisation_id = $1 and id = $2 and state = 'mapping'",
    [tx.organisationId, begun.id, JSON.stringify(begun.mapping), begun.attestation, begun.memberId],
  );
  if (changed === 0) return false;
  tx.addJob("consent.import", { importId: begun.id }, { key: `consent.import ${begun.id}`, maxAttempts: 5 });
  announceImport(tx, begun.id, ports.clock.now());
  return true;
}

/** How rows of this organisation are read. */
export async function readingRules(tx: Tx, ports: ContactPorts, dateOrder: "dmy" | "mdy"): Promise<ReadingRules> {
  const row = await tx.one<{ home_country: string; time_zone: string }>(
    "select home_country, time_zone from organisation where organisation_id = $1",
    [tx.organisationId],
  );
  return {
    homeCountry: row?.home_country ?? "NL",
    timeZone: row?.time_zone ?? "UTC",
    dateOrder,
    now: ports.clock.now(),
  };
}

/** The last line that was settled: another attempt goes on after it. */
export async function lastSettledLine(tx: Tx, importId: string): Promise<number> {
  const row = await tx.one<{ line: number | null }>(
    "select max(line) as line from consent_import_row where organisation_id = $1 and import_id = $2",
    [tx.organisationId, importId],
  );
  return row?.line ?? 0;
}

/** Counts anew what came of the rows, and says so to whoever looks. */
export async function countImport(tx: Tx, ports: ContactPorts, id: string, isDone: boolean): Promise<void> {
  const now = ports.clock.now();
  await tx.query(
    `update consent_import i set row_count = c.total, accepted_count = c.accepted, quarantined_count = c.quarantined, suppressed_count = c.suppressed,
       state = case when $3 then 'done' else i.state end, storage_key = case when $3 then null else storage_key end,
       finished_at = case when $3 then coalesce(finished_at, to_timestamp($4::float8 / 1000)) else finished_at end
     from (select count(*)::int as total, (count(*) filter (where state = 'accepted'))::int as accepted, (count(*) filter (where state = 'quarantined'))::int as quarantined,
         (count(*) filter (where state = 'suppressed'))::int as suppressed from consent_import_row where organisation_id = $1 and import_id = $2) c
     where i.organisation_id = $1 and i.id = $2`,
    [tx.organisationId, id, isDone, now],
  );
  announceImport(tx, id, now);
}

export async function failImport(tx: Tx, ports: ContactPorts, id: string, failure: string): Promise<void> {
  const now = ports.clock.now();
  await tx.query(
    "update consent_import set state = 'failed', failure = $3, storage_key = null, finished_at = to_timestamp($4::float8 / 1000) where organisation_id = $1 and id = $2",
    [tx.organisationId, id, failure, now],
  );
  announceImport(tx, id, now);
}

export interface RowQuery {
  readonly state?: ImportRow["state"] | undefined;
  readonly reason?: ImportReason | undefined;
  readonly lines?: readonly number[] | undefined;
  readonly after?: number | undefined;
  readonly limit: number;
}

export async function listImportRows(tx: Tx, importId: string, query: RowQuery): Promise<ImportRow[]> {
  return tx.query<ImportRow>(
    `select line, state, reasons, coalesce(fields->'values', '{}') as values, contact_id as "contactId" from consent_import_row
     where organisation_id = $1 and import_id = $2 and ($3::text is null or state = $3) and ($4::text is null or $4 = any(reasons))
       and ($5::int[] is null or line = any($5)) and line > $6 order by line limit $7`,
    [
      tx.organisationId,
      importId,
      query.state ?? null,
      query.reason ?? null,
      query.lines ?? null,
      query.after ?? 0,
      query.limit,
    ],
  );
}

export async function countReasons(tx: Tx, importId: string): Promise<{ reason: ImportReason; count: number }[]> {
  return tx.query(
    `select reason, count(*)::int as count from consent_import_row, unnest(reasons) reason
     where organisation_id = $1 and import_id = $2 and state = 'quarantined' group by reason order by count desc, reason`,
    [tx.organisationId, importId],
  );
}

/** Rows in quarantine get what they lacked and are looked at again. A generated list stays what it is. Returns how many are accepted now. */
export async function fixRows(
  tx: Tx,
  ports: ContactPorts,
  list: ImportInWork,
  rows: readonly ImportRow[],
  values: RowValues,
): Promise<number> {
  const rules = await readingRules(tx, ports, list.mapping?.dateOrder ?? "dmy");
  const fixed = rows.map((row): SettledRow => {
    const all = { ...row.values, ...values };
    const stays = row.reasons.filter((reason) => reason === "generated-numbers" && values.phone === undefined);
    return { line: row.line, values: all, read: readRow(all, rules), moreReasons: stays };
  });
  const outcomes = await settleRows(tx, ports, { importId: list.id, attestedBy: list.attesterId ?? "" }, fixed);
  await countImport(tx, ports, list.id, false);
  return outcomes.filter(({ state }) => state === "accepted").length;
}

export async function discardRows(
  tx: Tx,
  ports: ContactPorts,
  importId: string,
  rows: readonly ImportRow[],
): Promise<void> {
  // What was dropped is not kept: the line says that there was a row, and why it was not taken.
  await tx.query(
    "update consent_import_row set state = 'discarded', fields = '{}' where organisation_id = $1 and import_id = $2 and line = any($3::int[]) and state = 'quarantined'",
    [tx.organisationId, importId, rows.map((row) => row.line)],
  );
  await countImport(tx, ports, importId, false);
}

/** The people of these rows as contacts that must not be written to first before there is proof. Returns how many. */
export async function admitRows(
  tx: Tx,
  ports: ContactPorts,
  list: ImportInWork,
  rows: readonly ImportRow[],
): Promise<number> {
  const rules = await readingRules(tx, ports, list.mapping?.dateOrder ?? "dmy");
  let admitted = 0;
  for (const row of rows) {
    if (row.contactId !== null) continue;
    const read: ReadRow = readRow(row.values, rules);
    if (!read.phone && !read.email) continue;
    const known = await readKnown(tx, ports, [{ line: row.line, values: row.values, read }]);
    const contactId = await takeIn(tx, ports, list.id, read, known, true);
    await tx.query(
      "update consent_import_row set contact_id = $4 where organisation_id = $1 and import_id = $2 and line = $3",
      [tx.organisationId, list.id, row.line, contactId],
    );
    admitted += 1;
  }
  announceImport(tx, list.id, ports.clock.now());
  return admitted;
}

function announceImport(tx: Tx, id: string, at: number): void {
  tx.emit({ type: "standing.changed", inboxId: null, subject: { what: "import", subjectId: id }, at });
}

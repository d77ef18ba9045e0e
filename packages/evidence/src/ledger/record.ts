import type { Tx } from "@loket/database";
import { type Clock, type Ids, type Instant, instant, type Keys, type Random } from "@loket/kit";
import type { JsonObject } from "../canonical.ts";
import { commitBody, newSubject } from "../entry.ts";
import type { EntryType } from "../entry-types.ts";
import { newKey, openBody, type SealedBody, sealBody, unwrapKey, wrapKey } from "../sealed.ts";

/** What keeping the ledger needs from outside. */
export interface LedgerPorts {
  readonly ids: Ids;
  readonly clock: Clock;
  readonly random: Random;
  /** Organisations' keys are made from it, and never stored. */
  readonly keys: Keys;
}

export interface NewEntry {
  readonly type: EntryType;
  /** Whom it is about; absent where it is about nobody. */
  readonly contactId?: string | null;
  /** When it is put on record: now, unless it follows from something that carries its own clock. */
  readonly at?: Instant;
  readonly body: JsonObject;
  /** Ids of entries this one rests on. */
  readonly refs?: readonly string[];
}

/** The name of an organisation's log, the same for ever. */
export function logOf(organisationId: string): string {
  return `loket/${organisationId}`;
}

export const tenantKeyPurpose = "evidence";

/**
 * Puts something on record in the transaction of its cause: either both are kept or neither. The entry takes its place
 * in the tree within a second of the commit (see `sequence`), so that no two transactions wait for each other here.
 * Returns the entry's id.
 */
export async function record(tx: Tx, ports: LedgerPorts, entry: NewEntry): Promise<string> {
  const [id] = await recordAll(tx, ports, [entry]);
  return id as string;
}

/** The same for what happens together, in its order. Returns the entries' ids. */
export async function recordAll(tx: Tx, ports: LedgerPorts, entries: readonly NewEntry[]): Promise<string[]> {
  if (entries.length === 0) return [];
  const log = logOf(tx.organisationId);
  const tenantKey = ports.keys.derive(tenantKeyPurpose, tx.organisationId);
  // In one order everywhere, so that two transactions with the same new people never wait for each other.
  const contactIds = new Set(entries.flatMap((entry) => (entry.contactId == null ? [] : [entry.contactId])));
  const subjects = await subjectsOf(tx, ports, tenantKey, [...contactIds].sort());
  const rows = entries.map((entry) => {
    const id: string = ports.ids.next();
    const subject = entry.contactId == null ? null : (subjects.get(entry.contactId) as Subject);
    const salt = ports.random.fill(new Uint8Array(32));
    const sealed = sealBody({ salt, body: entry.body }, subject?.key ?? tenantKey, { log, entry: id }, ports.random);
    return {
      id,
      type: entry.type,
      at: entry.at ?? ports.clock.now(),
      subject: subject?.handle ?? null,
      refs: entry.refs ?? [],
      commitment: hex(commitBody(salt, entry.body)),
      sealed_body: hex(sealed),
    };
  });
  await tx.query(
    `insert into evidence_entry (organisation_id, id, type, at, subject, refs, commitment, sealed_body)
     select $1, e.id, e.type, to_timestamp(e.at / 1000), e.subject, e.refs, e.commitment, e.sealed_body
     from json_to_recordset($2::json) as e(id uuid, type text, at float8, subject text, refs text[], commitment bytea, sealed_body bytea)`,
    [tx.organisationId, JSON.stringify(rows)],
  );
  return rows.map((row) => row.id);
}

/** Bytes as PostgreSQL reads them from JSON. */
const hex = (bytes: Uint8Array): string => `\\x${Buffer.from(bytes).toString("hex")}`;

interface Subject {
  readonly handle: string;
  readonly key: Uint8Array;
}

/** People's handles and keys, made at their first entry. An erased person who comes back is somebody new to the log. */
async function subjectsOf(
  tx: Tx,
  ports: LedgerPorts,
  tenantKey: Uint8Array,
  contactIds: readonly string[],
): Promise<Map<string, Subject>> {
  const log = logOf(tx.organisationId);
  const known = new Map<string, Subject>();
  if (contactIds.length === 0) return known;
  const read = async (ids: readonly string[]): Promise<void> => {
    const rows = await tx.query<{ contact_id: string; handle: string; sealed_key: Buffer }>(
      "select contact_id, handle, sealed_key from evidence_subject where organisation_id = $1 and contact_id = any($2::uuid[])",
      [tx.organisationId, ids],
    );
    for (const { contact_id, handle, sealed_key } of rows)
      known.set(contact_id, { handle, key: unwrapKey(sealed_key, tenantKey, { log, subject: handle }) });
  };
  await read(contactIds);
  const made = contactIds
    .filter((id) => !known.has(id))
    .map((id) => ({ id, handle: newSubject(ports.random), key: newKey(ports.random) }));
  if (made.length === 0) return known;
  const added = await tx.query<{ contact_id: string }>(
    `insert into evidence_subject (organisation_id, handle, contact_id, sealed_key, created_at)
     select $1, s.handle, s.contact_id, s.sealed_key, to_timestamp($2::float8 / 1000)
     from json_to_recordset($3::json) as s(handle text, contact_id uuid, sealed_key bytea)
     on conflict (organisation_id, contact_id) where contact_id is not null do nothing returning contact_id`,
    [
      tx.organisationId,
      ports.clock.now(),
      JSON.stringify(
        made.map(({ id, handle, key }) => ({
          handle,
          contact_id: id,
          sealed_key: hex(wrapKey(key, tenantKey, { log, subject: handle }, ports.random)),
        })),
      ),
    ],
  );
  const ours = new Set(added.map((row) => row.contact_id));
  for (const { id, handle, key } of made) if (ours.has(id)) known.set(id, { handle, key });
  if (ours.size < made.length) {
    await read(made.flatMap(({ id }) => (ours.has(id) ? [] : [id]))); // somebody else wrote their first entry at the same moment
    const missing = contactIds.find((id) => !known.has(id));
    if (missing !== undefined) throw new Error(`The ledger has no subject for contact ${missing}.`);
  }
  return known;
}

/** The handle under which a person is in the log; `null` where nothing is on record. */
export async function subjectHandle(tx: Tx, contactId: string): Promise<string | null> {
  const row = await tx.one<{ handle: string }>(
    "select handle from evidence_subject where organisation_id = $1 and contact_id = $2",
    [tx.organisationId, contactId],
  );
  return row?.handle ?? null;
}

/**
 * Destroys the person's key and every body written about them. What they committed to stays in the tree, so all proofs
 * hold; nobody can tell any more what it was or about whom. Worker's role only. Returns how many bodies went.
 */
export async function eraseSubject(tx: Tx, ports: LedgerPorts, contactId: string): Promise<number> {
  const handle = await subjectHandle(tx, contactId);
  if (handle === null) return 0;
  const bodies = await tx.count(
    "update evidence_entry set sealed_body = null where organisation_id = $1 and subject = $2 and sealed_body is not null",
    [tx.organisationId, handle],
  );
  await tx.query(
    "update evidence_subject set sealed_key = null, contact_id = null, erased_at = to_timestamp($3::float8 / 1000) where organisation_id = $1 and handle = $2",
    [tx.organisationId, handle, ports.clock.now()],
  );
  return bodies;
}

/** One entry as it is kept. `contents` is `null` where they were erased. */
export interface KeptEntry {
  readonly id: string;
  readonly type: EntryType;
  readonly at: Instant;
  readonly subject: string | null;
  /** `null` for the second until it has its place in the tree. */
  readonly position: number | null;
  readonly leaf: string | null;
  readonly leafHash: Uint8Array | null;
  readonly contents: SealedBody | null;
}

export interface EntryQuery {
  readonly subjects?: readonly string[];
  readonly types?: readonly EntryType[];
  readonly since?: Instant;
  readonly until?: Instant;
  /** Only entries with a place in the tree, after this one. */
  readonly afterPosition?: number;
  /** Before this place, the newest first. */
  readonly beforePosition?: number;
  readonly limit: number;
}

interface EntryRow {
  id: string;
  type: EntryType;
  at: number;
  subject: string | null;
  position: number | null;
  leaf: string | null;
  leaf_hash: Buffer | null;
  sealed_body: Buffer | null;
  sealed_key: Buffer | null;
}

/** Entries in the order of the log, or newest first where `beforePosition` is given, opened as far as they can be. */
export async function readEntries(tx: Tx, keys: Keys, query: EntryQuery): Promise<KeptEntry[]> {
  const rows = await tx.query<EntryRow>(
    `select e.id, e.type, e.at, e.subject, e.position, e.leaf, e.leaf_hash, e.sealed_body, s.sealed_key
     from evidence_entry e left join evidence_subject s on s.organisation_id = e.organisation_id and s.handle = e.subject
     where e.organisation_id = $1 and e.position > $2 and e.position < $8
       and ($3::text[] is null or e.subject = any($3)) and ($4::text[] is null or e.type = any($4))
       and ($5::float8 is null or e.at >= to_timestamp($5 / 1000)) and ($6::float8 is null or e.at < to_timestamp($6 / 1000))
     order by e.position ${query.beforePosition === undefined ? "" : "desc"} limit $7`,
    [
      tx.organisationId,
      query.afterPosition ?? -1,
      query.subjects ?? null,
      query.types ?? null,
      query.since ?? null,
      query.until ?? null,
      query.limit,
      query.beforePosition ?? Number.MAX_SAFE_INTEGER,
    ],
  );
  const tenantKey = keys.derive(tenantKeyPurpose, tx.organisationId);
  const log = logOf(tx.organisationId);
  const opened = new Map<string, Uint8Array>();
  const keyFor = (row: EntryRow): Uint8Array | null => {
    if (row.subject === null) return tenantKey;
    if (row.sealed_key === null) return null;
    const known = opened.get(row.subject) ?? unwrapKey(row.sealed_key, tenantKey, { log, subject: row.subject });
    opened.set(row.subject, known);
    return known;
  };
  return rows.map((row) => {
    const key = keyFor(row);
    return {
      id: row.id,
      type: row.type,
      at: instant(row.at),
      subject: row.subject,
      position: row.position,
      leaf: row.leaf,
      leafHash: row.leaf_hash,
      contents:
        row.sealed_body === null || key === null ? null : openBody(row.sealed_body, key, { log, entry: row.id }),
    };
  });
}

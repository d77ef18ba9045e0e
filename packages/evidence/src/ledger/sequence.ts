import type { Database, Tx } from "@loket/database";
import { instant, type OrganisationId, toIso } from "@loket/kit";
import { toBase64url } from "../bytes.ts";
import { canonical } from "../canonical.ts";
import { commitBody, hashOfLeaf, type Leaf } from "../entry.ts";
import type { EntryType } from "../entry-types.ts";
import { clockSlackMs } from "../pack.ts";
import { sealBody } from "../sealed.ts";
import { append, loadTree, type ReadTile, rememberTiles, rootOf } from "../tiles.ts";
import { type LedgerPorts, logOf, tenantKeyPurpose } from "./record.ts";

/**
 * Entries are committed with their cause and take their places in the tree here, one organisation at a time under the
 * lock of its log: in the order of their ids, which is the order in which they were made, as far as they have been
 * committed. What commits later comes later. Places have no gaps, and none changes hands. Before an entry that lies far
 * before another in time (a clock set back, a very long transaction) stands a `clock.anomaly`, so that readers know.
 */

const batchSize = 2_000;

interface WaitingRow {
  id: string;
  type: EntryType;
  at: number;
  subject: string | null;
  refs: string[];
  commitment: Buffer;
}

/** Organisations with entries that wait for their place. */
export async function organisationsWithWaitingEntries(worker: Database): Promise<OrganisationId[]> {
  const rows = await worker.across<{ organisation_id: OrganisationId }>(
    "select distinct organisation_id from evidence_entry where position is null",
  );
  return rows.map((row) => row.organisation_id);
}

/** Gives up to 2,000 waiting entries their places. Returns how many; fewer than that means none is left for now. */
export async function sequence(worker: Database, ports: LedgerPorts, organisationId: OrganisationId): Promise<number> {
  return worker.inOrganisation(organisationId, async (tx) => {
    const log = logOf(organisationId);
    await tx.query("insert into evidence_log (organisation_id, origin) values ($1, $2) on conflict do nothing", [
      organisationId,
      log,
    ]);
    const head = await tx.one<{ size: number; latest_at: number | null }>(
      "select size, latest_at from evidence_log where organisation_id = $1 for update",
      [organisationId],
    );
    const waiting = await tx.query<WaitingRow>(
      "select id, type, at, subject, refs, commitment from evidence_entry where organisation_id = $1 and position is null order by id limit $2",
      [organisationId, batchSize],
    );
    if (!head || waiting.length === 0) return 0;

    const heads = await subjectHeads(tx, waiting);
    const placed = await placedRefs(tx, waiting);
    const leaves: Placed[] = [];
    const jumps: Promise<unknown>[] = [];
    let latest = head.latest_at ?? Number.NEGATIVE_INFINITY;
    const place = (row: WaitingRow): void => {
      const leaf = leafOf(row, log, heads, placed);
      const leafHash = hashOfLeaf(leaf);
      if (row.subject !== null) heads.set(row.subject, leafHash);
      placed.set(row.id, leafHash);
      leaves.push({ id: row.id, leaf: canonical(leaf), leafHash });
    };
    for (const row of waiting) {
      if (row.at < latest - clockSlackMs) {
        const jump = makeJump(tx, ports, latest, row.at);
        jumps.push(jump.written);
        place(jump.row);
        latest = row.at;
      }
      place(row);
      latest = Math.max(latest, row.at);
    }

    const before = await loadTree(head.size, tileReader(tx));
    const { state, tiles } = append(
      before,
      leaves.map((entry) => entry.leafHash),
    );
    await Promise.all([
      ...jumps,
      tx.query(
        `update evidence_entry e set position = v.position, leaf = v.leaf, leaf_hash = v.leaf_hash
         from unnest($2::uuid[], $3::bigint[], $4::text[], $5::bytea[]) v(id, position, leaf, leaf_hash)
         where e.organisation_id = $1 and e.id = any($2::uuid[]) and e.id = v.id`,
        [
          organisationId,
          leaves.map((entry) => entry.id),
          leaves.map((_entry, index) => head.size + index),
          leaves.map((entry) => entry.leaf),
          leaves.map((entry) => Buffer.from(entry.leafHash)),
        ],
      ),
      tx.query(
        `update evidence_subject s set head = v.head from unnest($2::text[], $3::bytea[]) v(handle, head)
         where s.organisation_id = $1 and s.handle = any($2::text[]) and s.handle = v.handle`,
        [
          organisationId,
          [...heads.keys()],
          [...heads.values()].map((hash) => (hash === null ? null : Buffer.from(hash))),
        ],
      ),
      tx.query(
        `insert into evidence_tile (organisation_id, level, number, hashes)
         select $1, * from unnest($2::smallint[], $3::bigint[], $4::bytea[])
         on conflict (organisation_id, level, number) do update set hashes = excluded.hashes`,
        [
          organisationId,
          tiles.map((tile) => tile.level),
          tiles.map((tile) => tile.index),
          tiles.map((tile) => Buffer.from(tile.hashes)),
        ],
      ),
      tx.query(
        "update evidence_log set size = $2, latest_at = to_timestamp($3::float8 / 1000) where organisation_id = $1",
        [organisationId, state.size, latest],
      ),
    ]);
    return waiting.length;
  });
}

interface Placed {
  readonly id: string;
  readonly leaf: string;
  readonly leafHash: Uint8Array;
}

function leafOf(
  row: WaitingRow,
  log: string,
  heads: ReadonlyMap<string, Uint8Array | null>,
  placed: ReadonlyMap<string, Uint8Array>,
): Leaf {
  return {
    v: 1,
    type: row.type,
    at: toIso(instant(row.at)),
    log,
    subject: row.subject,
    previous: textOf(row.subject === null ? null : heads.get(row.subject)),
    commitment: toBase64url(row.commitment),
    refs: row.refs.flatMap((ref) => {
      const hash = placed.get(ref);
      return hash ? [toBase64url(hash)] : [];
    }),
  };
}

/** Says that times before and after do not compare. It is itself of the time after. */
function makeJump(
  tx: Tx,
  ports: LedgerPorts,
  before: number,
  after: number,
): { readonly row: WaitingRow; readonly written: Promise<unknown> } {
  const id = ports.ids.next();
  const body = { before: toIso(instant(before)), after: toIso(instant(after)) };
  const salt = ports.random.fill(new Uint8Array(32));
  const commitment = Buffer.from(commitBody(salt, body));
  const key = ports.keys.derive(tenantKeyPurpose, tx.organisationId);
  const sealed = sealBody({ salt, body }, key, { log: logOf(tx.organisationId), entry: id }, ports.random);
  const written = tx.query(
    "insert into evidence_entry (organisation_id, id, type, at, commitment, sealed_body) values ($1, $2, 'clock.anomaly', to_timestamp($3::float8 / 1000), $4, $5)",
    [tx.organisationId, id, after, commitment, Buffer.from(sealed)],
  );
  return { row: { id, type: "clock.anomaly", at: after, subject: null, refs: [], commitment }, written };
}

function textOf(hash: Uint8Array | null | undefined): string | null {
  return hash == null ? null : toBase64url(hash);
}

async function subjectHeads(tx: Tx, rows: readonly WaitingRow[]): Promise<Map<string, Uint8Array | null>> {
  const handles = [...new Set(rows.flatMap((row) => (row.subject === null ? [] : [row.subject])))];
  const heads = await tx.query<{ handle: string; head: Buffer | null }>(
    "select handle, head from evidence_subject where organisation_id = $1 and handle = any($2::text[]) for no key update",
    [tx.organisationId, handles],
  );
  return new Map(heads.map((row) => [row.handle, row.head]));
}

async function placedRefs(tx: Tx, rows: readonly WaitingRow[]): Promise<Map<string, Uint8Array>> {
  const refs = [...new Set(rows.flatMap((row) => row.refs))];
  if (refs.length === 0) return new Map();
  const placed = await tx.query<{ id: string; leaf_hash: Buffer }>(
    "select id, leaf_hash from evidence_entry where organisation_id = $1 and id = any($2::uuid[]) and leaf_hash is not null",
    [tx.organisationId, refs],
  );
  return new Map(placed.map((row) => [row.id, row.leaf_hash]));
}

/** Tiles of the organisation's tree as they are stored, each read once. */
export function tileReader(tx: Tx): ReadTile {
  return rememberTiles(async (level, index) => {
    const row = await tx.one<{ hashes: Buffer }>(
      "select hashes from evidence_tile where organisation_id = $1 and level = $2 and number = $3",
      [tx.organisationId, level, index],
    );
    return row?.hashes ?? null;
  });
}

/** Size and root of the tree as it stands, or as it stood at `size`. */
export async function treeHead(
  tx: Tx,
  size?: number,
): Promise<{ readonly origin: string; readonly size: number; readonly root: Uint8Array } | null> {
  const log = await tx.one<{ origin: string; size: number }>(
    "select origin, size from evidence_log where organisation_id = $1",
    [tx.organisationId],
  );
  if (!log) return null;
  const upTo = size ?? log.size;
  return { origin: log.origin, size: upTo, root: rootOf(await loadTree(upTo, tileReader(tx))) };
}

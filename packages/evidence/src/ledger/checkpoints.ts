import type { Database, Tx } from "@loket/database";
import { type Instant, instant, minuteMs, type OrganisationId, type Result, toIso } from "@loket/kit";
import { sameBytes } from "../bytes.ts";
import { parseCheckpoint, type TreeHead } from "../checkpoint.ts";
import { fingerprintOf, parseKey } from "../note.ts";
import type { Refusal } from "../signer/sign-core.ts";
import { BrokenTree, consistencyProof, rootAt } from "../tiles.ts";
import { type LedgerPorts, record } from "./record.ts";
import { tileReader, treeHead } from "./sequence.ts";

/**
 * Heads of logs are signed by a program that remembers what it signed before. Where it says no, the tables are not the
 * ones it knows: an older copy was put in their place, or somebody changed them. Then nothing more is signed until a
 * person has looked, and everything else goes on.
 */

/** How long an entry with a place waits for a signature. */
export const checkpointEveryMs = minuteMs;

/** What signing needs of the signer. */
export interface CheckpointSigner {
  logKey(origin: string): Promise<Result<string, Refusal>>;
  last(origin: string): Promise<string | null>;
  checkpoint(head: TreeHead, proof: readonly Uint8Array[]): Promise<Result<string, Refusal>>;
}

/** Why a log is not signed any more. `reason` is the signer's, or `broken-tree` where its tiles do not add up. */
export interface LogRefusal {
  readonly reason: string;
  readonly words: string;
  /** How many entries the log was said to have. */
  readonly size: number;
  readonly at: string;
}

export interface SignedCheckpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Uint8Array;
  readonly note: string;
  readonly at: Instant;
}

export type CheckpointOutcome =
  | { readonly kind: "signed"; readonly checkpoint: SignedCheckpoint; readonly isNew: boolean }
  /** Said no just now, or has not been looked at since it did. */
  | { readonly kind: "refused"; readonly refusal: LogRefusal; readonly isNew: boolean }
  | { readonly kind: "empty" };

/** Organisations whose logs have grown since they were last signed, a minute ago or more. */
export async function logsToSign(worker: Database, now: Instant): Promise<OrganisationId[]> {
  const rows = await worker.across<{ organisation_id: OrganisationId }>(
    // A clock that was set back does not keep a log from being signed.
    `select organisation_id from evidence_log where size > signed_size and refusal is null
       and (signed_at is null or signed_at <= to_timestamp($1::float8 / 1000) or signed_at > to_timestamp($2::float8 / 1000))`,
    [now - checkpointEveryMs, now],
  );
  return rows.map((row) => row.organisation_id);
}

/** Every log, to be compared with what the signer remembers of it. */
export async function allLogs(worker: Database): Promise<OrganisationId[]> {
  const rows = await worker.across<{ organisation_id: OrganisationId }>(
    "select organisation_id from evidence_log where size > 0 and refusal is null",
  );
  return rows.map((row) => row.organisation_id);
}

/** How many logs the signer refuses, of all organisations. */
export async function countRefusals(worker: Database): Promise<number> {
  const [row] = await worker.across<{ count: number }>(
    "select count(*) as count from evidence_log where refusal is not null",
  );
  return row?.count ?? 0;
}

interface LogRow {
  origin: string;
  size: number;
  keys: string[];
  refusal: LogRefusal | null;
}

/**
 * Has the head of an organisation's log signed and keeps the checkpoint. Not to be called twice at once for the same
 * organisation: a proof is made from what the signer signed last. `follow` is called in the transaction that keeps a
 * new checkpoint or a new refusal.
 */
export async function signCheckpoint(
  worker: Database,
  ports: LedgerPorts,
  signer: CheckpointSigner,
  organisationId: OrganisationId,
  follow: (tx: Tx, outcome: CheckpointOutcome) => void = () => {},
): Promise<CheckpointOutcome> {
  const within = <T>(work: (tx: Tx) => Promise<T>) => worker.inOrganisation(organisationId, work);
  const log = await within((tx) =>
    tx.one<LogRow>("select origin, size, keys, refusal from evidence_log where organisation_id = $1", [organisationId]),
  );
  if (!log || log.size === 0) return { kind: "empty" };
  if (log.refusal) return { kind: "refused", refusal: log.refusal, isNew: false };
  const key = await signer.logKey(log.origin);
  if (!key.ok) throw new Error(key.failure.words);
  const last = readOwn(await signer.last(log.origin));

  const refuse = (reason: string, words: string) =>
    within(async (tx): Promise<CheckpointOutcome> => {
      const refusal: LogRefusal = { reason, words, size: log.size, at: toIso(ports.clock.now()) };
      const outcome = { kind: "refused", refusal, isNew: true } as const;
      await tx.query("update evidence_log set refusal = $2 where organisation_id = $1", [
        organisationId,
        JSON.stringify(refusal),
      ]);
      await record(tx, ports, { type: "signer.refused", body: { ...refusal } });
      follow(tx, outcome);
      return outcome;
    });

  let proved: { head: TreeHead; proof: Uint8Array[] } | string;
  try {
    proved = await within((tx) => prove(tx, log, last?.size ?? 0));
  } catch (error) {
    if (!(error instanceof BrokenTree)) throw error;
    return refuse("broken-tree", error.message);
  }
  if (typeof proved === "string") return refuse("inconsistent", proved);
  const signed = await signer.checkpoint(proved.head, proved.proof);
  if (!signed.ok) {
    const { reason, words } = signed.failure;
    if (reason === "malformed" || reason === "not-mine") throw new Error(words);
    return refuse(reason, words);
  }
  const { head } = proved;
  return within(async (tx) => {
    const at = ports.clock.now();
    const added = await tx.count(
      "insert into evidence_checkpoint (organisation_id, size, root, note, at) values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000)) on conflict do nothing",
      [organisationId, head.size, Buffer.from(head.root), signed.value, at],
    );
    const checkpoint = { ...head, note: signed.value, at };
    const outcome = { kind: "signed", checkpoint, isNew: added > 0 } as const;
    const rotated = log.keys[0] !== undefined && log.keys[0] !== key.value;
    await tx.query(
      `update evidence_log set signed_size = $2, signed_at = to_timestamp($3::float8 / 1000),
         keys = array_prepend($4::text, array_remove(keys, $4::text)) where organisation_id = $1`,
      [organisationId, head.size, at, key.value],
    );
    if (rotated)
      await record(tx, ports, {
        type: "key.rotated",
        body: { before: fingerprintOfLine(log.keys[0] ?? ""), after: fingerprintOfLine(key.value) },
      });
    // The signer was made to forget: an older copy goes on, and everybody who reads the log is to know.
    if (last === null && log.keys[0] === key.value)
      await record(tx, ports, {
        type: "correction.noted",
        body: { what: "signer.forgot", size: head.size },
      });
    if (added > 0) follow(tx, outcome);
    return outcome;
  });
}

/** Head and proof for the signer; words where the tables contradict what they themselves keep. */
async function prove(tx: Tx, log: LogRow, from: number): Promise<{ head: TreeHead; proof: Uint8Array[] } | string> {
  const head = await treeHead(tx, log.size);
  if (!head) return `${log.origin} is gone.`;
  const readTile = tileReader(tx);
  const kept = await newestCheckpoint(tx);
  // The signer may be new and remember nothing; what we keep ourselves has to fit all the same.
  if (
    kept !== null &&
    (kept.size > head.size || !sameBytes(await rootAt(kept.size, readTile), new Uint8Array(kept.root)))
  )
    return `The entries of ${log.origin} are not those that were signed when it had ${kept.size}.`;
  return { head, proof: from > head.size ? [] : await consistencyProof(from, head.size, readTile) };
}

function readOwn(note: string | null): TreeHead | null {
  if (note === null) return null;
  const read = parseCheckpoint(note);
  if (!read.ok) throw new Error(`What the signer signed last cannot be read: ${read.failure}`);
  return read.value;
}

/** The fingerprint of a key given as a line `name+id+key`. */
export function fingerprintOfLine(line: string): string {
  const key = parseKey(line);
  return key === null ? "" : fingerprintOf(key.publicKey);
}

export async function newestCheckpoint(tx: Tx): Promise<SignedCheckpoint | null> {
  return (await readCheckpoints(tx, { limit: 1 }))[0] ?? null;
}

/** Newest first. */
export async function readCheckpoints(
  tx: Tx,
  query: { readonly limit: number; readonly sizes?: readonly number[] },
): Promise<SignedCheckpoint[]> {
  const rows = await tx.query<{ origin: string; size: number; root: Buffer; note: string; at: number }>(
    `select l.origin, c.size, c.root, c.note, c.at from evidence_checkpoint c join evidence_log l using (organisation_id)
     where c.organisation_id = $1 and ($3::bigint[] is null or c.size = any($3)) order by c.size desc limit $2`,
    [tx.organisationId, query.limit, query.sizes ?? null],
  );
  return rows.map((row) => ({ ...row, root: new Uint8Array(row.root), at: instant(row.at) }));
}

/** A log as it stands, for whoever looks after it. `null` where nothing was put on record yet. */
export interface LogState {
  readonly origin: string;
  readonly size: number;
  readonly waiting: number;
  readonly keys: readonly string[];
  readonly refusal: LogRefusal | null;
}

export async function readLog(tx: Tx): Promise<LogState | null> {
  const row = await tx.one<LogRow & { waiting: number }>(
    `select origin, size, keys, refusal,
       (select count(*) from evidence_entry e where e.organisation_id = l.organisation_id and e.position is null) as waiting
     from evidence_log l where organisation_id = $1`,
    [tx.organisationId],
  );
  return row ?? null;
}

/** A person has looked: the signer may be asked again. False where there was no refusal. Worker's role only. */
export async function lookAgain(tx: Tx, ports: LedgerPorts, memberId: string | null): Promise<boolean> {
  const log = await readLog(tx);
  if (!log?.refusal) return false;
  await tx.query("update evidence_log set refusal = null where organisation_id = $1", [tx.organisationId]);
  await record(tx, ports, {
    type: "configuration.changed",
    body: { what: "signer.looked-at", reason: log.refusal.reason, refusedAt: log.refusal.at, member: memberId },
  });
  return true;
}

import type { PoolClient } from "pg";
import type { Database } from "./database.ts";

/**
 * Whose database this is, and whether it is as far as it was.
 *
 * The database keeps an epoch that grows with every start and every beat, and the places its installation runs at. A
 * place remembers outside the database how far it had come. Whoever joins is one of these:
 *
 *     at one       the place is known, the database is no older than the place remembers: work goes on
 *     new place    unknown, but a known place is seen at work on this very database: another worker, let in
 *     disagreeing  anything else: restored, copied, or another installation's. The database is taken over as it is, every
 *                  organisation is held until one of its people confirms, and other places have to be seen anew
 *
 * A copy finds nobody at work in it, because whoever was at work is at work in the original.
 */
export interface Place {
  /** Tells this place from every other, a copy of it included. */
  readonly place: string;
  /** In words for people: which machine, which directory. */
  readonly name: string;
  /** A mark of the installation's keys. */
  readonly keysMark: string;
  /** The highest epoch this place has seen, by installation. */
  readonly seen: Readonly<Record<string, number>>;
}

export type Disagreement = "older" | "copied" | "foreign";

export interface Joined {
  readonly id: string;
  readonly epoch: number;
}

export type Joining =
  | ({ readonly kind: "joined"; readonly held: Disagreement | null } & Joined)
  /** Others seem to have been at work until just now: ask again when they should have beaten once more. */
  | { readonly kind: "watching"; readonly beats: Readonly<Record<string, number>> }
  /** Others are at work here with other keys. */
  | { readonly kind: "other-keys" };

/** How lately a place must have been seen, by the database's clock, for it to be worth waiting for its next beat. */
const livingSeconds = 20;
/** A take-over jumps ahead of whatever the other places of the installation may have seen meanwhile. */
const leap = 1_000;
const lockKey = 0x10_4e_8;

interface Identity {
  id: string;
  epoch: number;
  keys_mark: string;
  server: string;
}

/**
 * Joins the installation at its start, or anew after a beat was refused. `before` holds the beats of an earlier
 * `watching`; without new ones since, nobody is at work here. `lastAsk` ends the watching.
 */
export function joinInstallation(
  worker: Database,
  me: Place,
  now: { readonly at: number; readonly newId: string },
  before: Readonly<Record<string, number>> | null,
  lastAsk: boolean,
): Promise<Joining> {
  return alone(worker, async (client) => {
    const [server, [identity], places] = await Promise.all([
      readServer(client),
      rowsOf<Identity>(client, "select id, epoch, keys_mark, server from installation.identity"),
      rowsOf<{ place: string; beat: number; living: boolean }>(
        client,
        `select place, beat, seen_at > now() - make_interval(secs => ${livingSeconds}) as living from installation.place`,
      ),
    ]);
    if (!identity) return begin(client, me, server, now);
    const seen = me.seen[identity.id] ?? 0;
    const isKnown = places.some(({ place }) => place === me.place);
    const hasOurKeys = identity.keys_mark === me.keysMark;
    const reason = disagreement();
    if (reason === null) return settle(client, me, { ...identity, epoch: identity.epoch + 1 }, null);

    const living = places.filter(({ place, living }) => place !== me.place && living);
    // Whoever has seen a later database, or knows it under another server, has no use for others who are content.
    if (living.length > 0 && identity.epoch >= seen && identity.server === server) {
      const beating = before !== null && living.some(({ place, beat }) => beat > (before[place] ?? beat));
      if (beating && !hasOurKeys) return { kind: "other-keys" };
      if (beating) return settle(client, me, { ...identity, epoch: identity.epoch + 1 }, null);
      if (!lastAsk) return { kind: "watching", beats: before ?? beatsOf(living) };
    }
    await client.query("delete from installation.place where place <> $1", [me.place]);
    await holdAll(client, reason, me, now.at);
    const epoch = Math.max(identity.epoch, seen) + leap;
    return settle(client, me, { id: identity.id, epoch, keys_mark: me.keysMark, server }, reason);

    function disagreement(): Disagreement | null {
      if (!identity) return null;
      if (identity.epoch < seen) return "older";
      if (!hasOurKeys) return "foreign";
      return isKnown && identity.server === server ? null : "copied";
    }
  });
}

/**
 * The heartbeat: the epoch grows, and this place is seen. `null`: the database is older than `epoch`, or the place is not
 * known in it any more. Then join anew.
 */
export async function beatInstallation(worker: Database, place: string, { id, epoch }: Joined): Promise<number | null> {
  const rows = await worker.across<{ beat: number }>(
    `with grown as (
       update installation.identity set epoch = epoch + 1
       where id = $2 and epoch >= $3 and exists (select 1 from installation.place where place = $1) returning epoch)
     update installation.place set beat = grown.epoch, seen_at = now() from grown where place = $1 returning beat`,
    [place, id, epoch],
  );
  return rows[0]?.beat ?? null;
}

/** In the transaction of a hand-over: the database is no older than what was seen, and nobody has to confirm anything. */
export const mayHandOver = `select not exists (select 1 from hand_over_hold where organisation_id = $1)
  and exists (select 1 from installation.identity where id = $2 and epoch >= $3) as yes`;

/** The first start on this database. Somebody who remembers another one is told that this one is older than 0009. */
async function begin(
  client: PoolClient,
  me: Place,
  server: string,
  now: { readonly at: number; readonly newId: string },
): Promise<Joining> {
  const [found] = await rowsOf<{ yes: boolean }>(client, "select exists (select 1 from organisation) as yes");
  const reason = found?.yes === true && Object.keys(me.seen).length > 0 ? "older" : null;
  if (reason) await holdAll(client, reason, me, now.at);
  await client.query("insert into installation.identity (id, epoch, keys_mark, server) values ($1, 1, $2, $3)", [
    now.newId,
    me.keysMark,
    server,
  ]);
  return settle(client, me, { id: now.newId, epoch: 1, keys_mark: me.keysMark, server }, reason);
}

async function settle(client: PoolClient, me: Place, to: Identity, held: Disagreement | null): Promise<Joining> {
  await client.query("update installation.identity set epoch = $1, keys_mark = $2, server = $3", [
    to.epoch,
    to.keys_mark,
    to.server,
  ]);
  await client.query(
    `insert into installation.place (place, beat) values ($1, $2)
     on conflict (place) do update set beat = excluded.beat, seen_at = now()`,
    [me.place, to.epoch],
  );
  return { kind: "joined", id: to.id, epoch: to.epoch, held };
}

/** An earlier hold stays as it was: what waits since then has not been looked at yet. */
async function holdAll(client: PoolClient, reason: Disagreement, me: Place, at: number): Promise<void> {
  await client.query(
    `insert into hand_over_hold (organisation_id, reason, since, found_at)
     select organisation_id, $1, to_timestamp($2::float8 / 1000), $3 from organisation on conflict do nothing`,
    [reason, at, me.name],
  );
}

const beatsOf = (places: readonly { place: string; beat: number }[]): Record<string, number> =>
  Object.fromEntries(places.map(({ place, beat }) => [place, beat]));

async function readServer(client: PoolClient): Promise<string> {
  const [row] = await rowsOf<{ server: string }>(
    client,
    `select (select system_identifier from pg_control_system()) || '/' || oid as server
     from pg_database where datname = current_database()`,
  );
  return row?.server ?? "";
}

async function rowsOf<Row>(client: PoolClient, text: string): Promise<Row[]> {
  return (await client.query(text)).rows as Row[];
}

/** One joins at a time, however many processes start together. */
async function alone<T>(worker: Database, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await worker.pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin");
    await client.query("select pg_advisory_xact_lock($1)", [lockKey]);
    await client.query("select set_config('loket.organisation_id', '00000000-0000-0000-0000-000000000000', true)");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

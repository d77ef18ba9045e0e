import { createHash } from "node:crypto";
import type { OrganisationId, PersonId } from "@loket/kit";
import pg from "pg";
import type { DatabaseAddress } from "./migrate.ts";

/** Timestamps come back as milliseconds, 64-bit counts as numbers: nothing in Loket counts beyond 2^53. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => Date.parse(text));
types.setTypeParser(pg.types.builtins.INT8, Number);

/** What happened, for the organisation's ordered record. `subject` holds ids only: readers fetch what is true now. */
export interface NewEvent {
  readonly type: string;
  /** Whose members may see it; `null` for what concerns the whole organisation. */
  readonly inboxId: string | null;
  readonly subject: Readonly<Record<string, string>>;
  readonly at: number;
}

/** One transaction, as one organisation. */
export interface Tx {
  readonly organisationId: OrganisationId;
  /** Rows of one statement. Statements given in one go travel in one flight; each text is prepared once per connection. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** The first row, or `undefined`. */
  one<Row>(text: string, values?: readonly unknown[]): Promise<Row | undefined>;
  /** How many rows the statement touched. */
  count(text: string, values?: readonly unknown[]): Promise<number>;
  /** Written to the organisation's event record as the transaction's last act, so the counter is locked but briefly. */
  emit(event: NewEvent): void;
  /** A job, written in the transaction of its cause. See `createJobs`. */
  addJob(
    task: string,
    payload: Readonly<Record<string, unknown>>,
    options?: { runAt?: number; key?: string; maxAttempts?: number; queue?: string },
  ): void;
  /** Wakes whoever waits for `topic` (see `Bus`) once this transaction has committed. */
  wake(topic: Topic, key: string): void;
}

export type Topic = "event" | "lane";

export interface Database {
  /** Runs `work` in one transaction that sees this organisation alone. Commits when it returns, rolls back when it throws. */
  inOrganisation<T>(organisationId: OrganisationId, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction that sees this person's memberships and their organisations, and nothing else. */
  asPerson<T>(personId: PersonId, work: (query: Query) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction that sees the one API token whose SHA-256 this is. */
  byTokenHash<T>(tokenHash: Buffer, work: (query: Query) => Promise<T>): Promise<T>;
  /** Runs one statement through the doors that are open to this role across organisations (lanes, receipts, senders). */
  across<Row>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Opens a connection that hears `wake`s. */
  listen(hear: (topic: Topic, key: string) => void): Promise<{ close(): Promise<void> }>;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

export type Query = <Row>(text: string, values?: readonly unknown[]) => Promise<Row[]>;

export interface ConnectOptions {
  /** Connections at most. Default 10. */
  readonly max?: number;
  /** Where names are looked for. Default `public`; a simulation puts a clock of its own before PostgreSQL's. */
  readonly searchPath?: string;
}

/**
 * A worker's statements find rows by their keys, a few hundred at a time, in tables that grow by a hundred thousand within
 * a minute. Statistics are older than that: a plan that was right for the table an hour ago reads all of it today, for
 * every batch and every foreign key (measured: 0.3 ms instead of 0.01 ms for a key). By index and in nested loops they are
 * right at every size.
 */
const plansOfWorkers =
  " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_sort=off -c jit=off";

/** Connects as `loket_app` or `loket_worker`. Neither owns a table nor may bypass row-level security. */
export function connect(
  address: DatabaseAddress,
  role: "loket_app" | "loket_worker",
  options: ConnectOptions = {},
): Database {
  const pool = new pg.Pool({
    ...address,
    options: `-c role=${role} -c search_path=${options.searchPath ?? "public"} -c timezone=UTC${role === "loket_worker" ? plansOfWorkers : ""}`,
    max: options.max ?? 10,
    pipeline: true,
    types,
    application_name: role,
  });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {})); // an idle connection broke; the next query opens another and reports what it meets

  async function transaction<T>(
    settings: readonly (readonly [string, string])[],
    work: (client: pg.PoolClient) => Promise<T>,
    last: (client: pg.PoolClient) => Promise<unknown>[],
  ): Promise<T> {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      // Sent at once, ahead of the first statement of `work`, and awaited with it: pipelined they cost nothing.
      const opening = [client.query("begin"), ...settings.map(([name, value]) => client.query(setting(name, value)))];
      const opened = Promise.all(opening);
      opened.catch(() => {});
      try {
        const result = await work(client);
        await opened;
        const final = last(client);
        const commit = client.query("commit");
        const closing = [...final, commit];
        const failed = (await Promise.allSettled(closing)).find((outcome) => outcome.status === "rejected");
        if (failed) throw failed.reason;
        // PostgreSQL answers a commit of a failed transaction with ROLLBACK and no error: whoever caught that failure
        // inside `work` must not be told that the rest was kept.
        if ((await commit).command === "ROLLBACK")
          throw new Error("The transaction had failed before its commit, and was rolled back.");
        return result;
      } catch (error) {
        await client.query("rollback").catch((cause: Error) => {
          broken = cause;
        });
        throw error;
      }
    } finally {
      client.release(broken);
    }
  }

  return {
    pool,
    inOrganisation(organisationId, work) {
      const events: NewEvent[] = [];
      const jobs: Parameters<Tx["addJob"]>[] = [];
      const wakes = new Map<string, readonly [Topic, string]>();
      const flush = (client: pg.PoolClient): Promise<unknown>[] => {
        const sent: Promise<unknown>[] = [];
        for (const [task, payload, options] of jobs) {
          sent.push(
            client.query({
              name: "add_job",
              text: "select graphile_worker.add_job($1, $2::json, $3, to_timestamp($4::float8 / 1000), $5, $6)",
              values: [
                task,
                JSON.stringify({ organisationId, ...payload }),
                options?.queue ?? null,
                options?.runAt ?? null,
                options?.maxAttempts ?? 12,
                options?.key ?? null,
              ],
            }),
          );
        }
        if (events.length > 0) {
          sent.push(
            client.query({
              name: "append_events",
              text: appendEvents,
              values: [organisationId, JSON.stringify(events)],
            }),
          );
          wakes.set("event", ["event", organisationId]);
        }
        for (const [topic, key] of wakes.values())
          sent.push(client.query({ name: "wake", text: "select pg_notify('loket', $1)", values: [`${topic} ${key}`] }));
        return sent;
      };
      return transaction(
        [["loket.organisation_id", organisationId]],
        (client) => {
          // Of several statements in one flight the first failure is the one that is heard. The others' must not end the
          // process: the transaction has failed, and its commit says so even to those who listened to none.
          const run = <T>(
            text: string,
            values: readonly unknown[] = [],
            read: (result: pg.QueryResult) => T,
          ): Promise<T> => {
            const answer = client.query({ name: statementName(text), text, values: [...values] }).then(read);
            answer.catch(() => {});
            return answer;
          };
          return work({
            organisationId,
            query: <Row>(text: string, values?: readonly unknown[]) => run(text, values, ({ rows }) => rows as Row[]),
            one: <Row>(text: string, values?: readonly unknown[]) =>
              run(text, values, ({ rows }) => rows[0] as Row | undefined),
            count: (text, values) => run(text, values, ({ rowCount }) => rowCount ?? 0),
            emit: (event) => void events.push(event),
            addJob: (...job) => void jobs.push(job),
            wake: (topic, key) => void wakes.set(`${topic} ${key}`, [topic, key]),
          });
        },
        flush,
      );
    },
    asPerson(personId, work) {
      return transaction(
        [
          ["loket.organisation_id", nobody],
          ["loket.person_id", personId],
        ],
        (client) => work(queryOf(client)),
        () => [],
      );
    },
    byTokenHash(tokenHash, work) {
      return transaction(
        [
          ["loket.organisation_id", nobody],
          ["loket.token_hash", tokenHash.toString("hex")],
        ],
        (client) => work(queryOf(client)),
        () => [],
      );
    },
    async across<Row>(text: string, values: readonly unknown[] = []) {
      // One statement needs nothing back in between, so all of it travels in one flight.
      const client = await pool.connect();
      let broken: Error | undefined;
      try {
        const flight = [
          client.query("begin"),
          client.query(setting("loket.organisation_id", nobody)),
          client.query({ name: statementName(text), text, values: [...values] }),
          client.query("commit"),
        ] as const;
        const outcomes = await Promise.allSettled(flight);
        const failed = outcomes.find((outcome) => outcome.status === "rejected");
        if (failed) {
          broken = (failed.reason as { code?: string }).code === undefined ? (failed.reason as Error) : undefined;
          throw failed.reason;
        }
        return (await flight[2]).rows as Row[];
      } finally {
        client.release(broken);
      }
    },
    async listen(hear) {
      let closed = false;
      let current: pg.Client | undefined;
      const open = async (): Promise<void> => {
        const client = new pg.Client({ ...address, options: `-c role=${role}`, application_name: `${role} listening` });
        client.on("error", () => {});
        client.on("notification", ({ payload = "" }) => {
          const [topic, key] = payload.split(" ");
          if ((topic === "event" || topic === "lane") && key) hear(topic, key);
        });
        try {
          await client.connect();
          await client.query("listen loket");
        } catch (error) {
          await client.end().catch(() => {});
          throw error;
        }
        client.on("end", () => void reopen());
        current = client;
      };
      // A lost connection loses wake-ups, never data: whoever listens also looks by itself from time to time.
      const reopen = async (): Promise<void> => {
        for (let pauseMs = 250; !closed; pauseMs = Math.min(pauseMs * 2, 5_000)) {
          await new Promise((resolve) => setTimeout(resolve, pauseMs));
          if (
            !closed &&
            (await open().then(
              () => true,
              () => false,
            ))
          )
            return;
        }
      };
      await open();
      return {
        async close() {
          closed = true;
          await current?.end().catch(() => {});
        },
      };
    },
    close: () => pool.end(),
  };
}

/** No organisation: what a transaction is opened with that may only use the named doors. */
const nobody = "00000000-0000-0000-0000-000000000000";

function setting(name: string, value: string) {
  return { name: "set_local", text: "select set_config($1, $2, true)", values: [name, value] };
}

function queryOf(client: pg.PoolClient): Query {
  return async <Row>(text: string, values: readonly unknown[] = []) =>
    (await client.query({ name: statementName(text), text, values: [...values] })).rows as Row[];
}

const statementNames = new Map<string, string>();
function statementName(text: string): string {
  let name = statementNames.get(text);
  if (name === undefined) {
    name = createHash("sha256").update(text).digest("hex").slice(0, 20);
    if (statementNames.size < 2_000) statementNames.set(text, name);
  }
  return name;
}

/** Takes as many numbers as there are events, and writes them under these numbers. Two organisations never wait for each other. */
const appendEvents = `
  with new as (select ordinality, value from jsonb_array_elements($2::jsonb) with ordinality),
  taken as (
    insert into event_sequence (organisation_id, last) values ($1, jsonb_array_length($2::jsonb))
    on conflict (organisation_id) do update set last = event_sequence.last + excluded.last
    returning last
  )
  insert into event (organisation_id, sequence, type, inbox_id, subject, at)
  select $1, taken.last - jsonb_array_length($2::jsonb) + new.ordinality, value->>'type', (value->>'inboxId')::uuid, value->'subject',
    to_timestamp((value->>'at')::float8 / 1000)
  from new, taken`;

import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { runMigrations as migrateJobs } from "graphile-worker";
import pg from "pg";

/** How to reach a database: as its administrator (who may create roles), for setting it up. */
export interface DatabaseAddress {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly connectionString?: string;
  readonly database?: string;
}

const migrationsDir = new URL("../migrations/", import.meta.url);
const lockKey = 0x10_4e_7; // one migrator at a time, per database

/** Numbered files, forward only. A file that was applied is never edited: its digest is kept and compared. */
export function migrationFiles(): { number: number; name: string; sql: string; digest: string }[] {
  return readdirSync(migrationsDir)
    .filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, migrationsDir), "utf8");
      return { number: Number(name.slice(0, 4)), name, sql, digest: createHash("sha256").update(sql).digest("hex") };
    });
}

/**
 * Brings the database to the newest schema: roles, migrations, job tables. Runs under an advisory lock, so any number of
 * starting processes may call it. Returns the names of the migrations it applied.
 */
export async function migrate(address: DatabaseAddress): Promise<string[]> {
  const client = new pg.Client({ ...address });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await assertDurable(client);
    await createRoles(client);
    await client.query("set role loket_owner");
    await client.query(
      "create table if not exists migration (number integer primary key, name text not null, digest text not null, applied_at timestamptz not null default now())",
    );
    const applied = new Map(
      (await client.query<{ number: number; digest: string }>("select number, digest from migration")).rows.map(
        (row) => [row.number, row.digest],
      ),
    );
    const fresh: string[] = [];
    for (const file of migrationFiles()) {
      const digest = applied.get(file.number);
      if (digest === file.digest) continue;
      if (digest !== undefined)
        throw new Error(
          `Migration ${file.name} was changed after it was applied. Undo the change and write a new migration.`,
        );
      await client.query("begin");
      try {
        await client.query(file.sql);
        await client.query("insert into migration (number, name, digest) values ($1, $2, $3)", [
          file.number,
          file.name,
          file.digest,
        ]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(`Migration ${file.name} failed: ${error instanceof Error ? error.message : error}`, {
          cause: error,
        });
      }
      fresh.push(file.name);
    }
    await migrateJobTables(address, client);
    return fresh;
  } finally {
    await client.end();
  }
}

/** A database that may forget what it acknowledged is refused: every promise of Loket rests on commits. */
async function assertDurable(client: pg.Client): Promise<void> {
  if (process.env.LOKET_TEST_DATABASE === "1") return; // throw-away servers of the tests
  for (const [setting, weak] of [
    ["fsync", ["off"]],
    ["full_page_writes", ["off"]],
    ["synchronous_commit", ["off"]],
  ] as const) {
    const value = (await client.query<Record<string, string>>(`show ${setting}`)).rows[0]?.[setting] ?? "";
    if ((weak as readonly string[]).includes(value)) {
      throw new Error(
        `The database has ${setting} = ${value}, so it may lose what it confirmed. Set ${setting} = on and start again.`,
      );
    }
  }
  const version =
    (await client.query<{ server_version_num: string }>("show server_version_num")).rows[0]?.server_version_num ?? "0";
  if (Number(version) < 150_000) throw new Error(`PostgreSQL 15 or newer is needed; this one says ${version}.`);
}

/** owner: owns the schema, used by migrations alone. app: answers requests. worker: works lanes and jobs. */
async function createRoles(client: pg.Client): Promise<void> {
  const version = Number(
    (await client.query<{ server_version_num: string }>("show server_version_num")).rows[0]?.server_version_num ?? 0,
  );
  const isSuperuser =
    (await client.query<{ yes: boolean }>("select rolsuper as yes from pg_roles where rolname = current_user")).rows[0]
      ?.yes === true;
  for (const role of ["loket_owner", "loket_app", "loket_worker"]) {
    const exists = (await client.query("select 1 from pg_roles where rolname = $1", [role])).rowCount;
    if (!exists) await client.query(`create role ${role} login nosuperuser nobypassrls`);
    const isMember = (await client.query("select pg_has_role(current_user, $1, 'member') as yes", [role])).rows[0]?.yes;
    // From PostgreSQL 16 on, whoever creates a role may grant it, but not act as it before granting that too.
    if (version >= 160_000 && !isSuperuser)
      await client.query(`grant ${role} to current_user with set true, inherit true`);
    else if (!isMember) await client.query(`grant ${role} to current_user`);
  }
  const database = pg.escapeIdentifier(
    (await client.query<{ name: string }>("select current_database() as name")).rows[0]?.name ?? "",
  );
  await client.query(`grant all on database ${database} to loket_owner`);
  await client.query("grant all on schema public to loket_owner");
  await client.query("grant usage on schema public to loket_app, loket_worker");
}

async function migrateJobTables(address: DatabaseAddress, client: pg.Client): Promise<void> {
  const pool = new pg.Pool({ ...address, max: 1, options: "-c role=loket_owner" });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  try {
    await migrateJobs({ pgPool: pool });
  } finally {
    await pool.end();
  }
  // The library closes its tables to all but their owner; our two roles are let in, by policies of their own.
  await client.query(`do $$ declare name text; begin
    for name in select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'graphile_worker' and c.relkind = 'r' and c.relrowsecurity loop
      if not exists (select 1 from pg_policies where schemaname = 'graphile_worker' and tablename = name and policyname = 'loket') then
        execute format('create policy loket on graphile_worker.%I to loket_app, loket_worker using (true) with check (true)', name);
      end if;
    end loop; end $$`);
  await client.query("grant usage on schema graphile_worker to loket_app, loket_worker");
  await client.query("grant all on all tables in schema graphile_worker to loket_app, loket_worker");
  await client.query("grant all on all sequences in schema graphile_worker to loket_app, loket_worker");
  await client.query("grant execute on all functions in schema graphile_worker to loket_app, loket_worker");
}

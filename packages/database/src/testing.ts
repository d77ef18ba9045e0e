import { createIds, systemClock, systemRandom } from "@loket/kit";
import pg from "pg";
import { inject } from "vitest";
import { connect, type Database } from "./database.ts";
import type { DatabaseAddress } from "./migrate.ts";

export interface TestDatabase {
  readonly address: DatabaseAddress;
  /** As the web role. */
  readonly app: Database;
  /** As the worker role. */
  readonly worker: Database;
  /** Past all policies, for looking at what is really there. */
  readonly admin: pg.Pool;
  drop(): Promise<void>;
}

/**
 * A database of its own, cloned from the migrated template: fast, and nobody else's rows in it. Or from another one, whose
 * connections are cut for it.
 */
export async function createTestDatabase(template = "loket_template"): Promise<TestDatabase> {
  const server = inject("databaseServer");
  const name = `t_${createIds(systemClock, systemRandom).next().replaceAll("-", "")}`;
  const root = new pg.Client({ ...server, database: "postgres" });
  await root.connect();
  // Cloning wants the template to itself; test files that start together take turns.
  await root.query("select pg_advisory_lock(1)");
  await root.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [template]);
  await root.query(`create database ${name} template ${template}`);
  await root.end();
  const address = { ...server, database: name };
  const app = connect(address, "loket_app", { max: 6 });
  const worker = connect(address, "loket_worker", { max: 10 });
  const admin = new pg.Pool({ ...address, max: 2 });
  // A connection that is just saying good-bye may be cut off by the drop: nobody waits for anything on it.
  admin.on("error", () => {});
  return {
    address,
    app,
    worker,
    admin,
    async drop() {
      await Promise.all([app.close(), worker.close(), admin.end()]);
      const again = new pg.Client({ ...server, database: "postgres" });
      await again.connect();
      await again.query(`drop database ${name} with (force)`);
      await again.end();
    },
  };
}

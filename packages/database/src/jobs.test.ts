import { createIds, type OrganisationId, systemClock, systemRandom } from "@loket/kit";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { runJobs } from "./jobs.ts";
import { createTestDatabase, type TestDatabase } from "./testing.ts";

let database: TestDatabase;
const outside = new pg.Pool({ ...inject("databaseServer"), database: "postgres", max: 1 });
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.drop();
  await outside.end();
});

describe("jobs", () => {
  it("go on when the database is back that was away while a job ended", async () => {
    const name = pg.escapeIdentifier(database.address.database ?? "");
    const organisationId = createIds(systemClock, systemRandom).next<"organisation">() as OrganisationId;
    const add = (task: string) => database.app.inOrganisation(organisationId, async (tx) => tx.addJob(task, {}));
    const broke = Promise.withResolvers<string>();
    const done = Promise.withResolvers<void>();
    const jobs = await runJobs(
      database.address,
      {
        // The database goes away before it can be told that the job failed.
        breaks: async () => {
          await outside.query(`alter database ${name} allow_connections false`);
          await outside.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
            database.address.database,
          ]);
          throw new Error("the job failed too");
        },
        follows: async () => done.resolve(),
      },
      { log: (_, text) => text.startsWith("jobs broke off") && broke.resolve(text) },
    );
    await add("breaks");
    await broke.promise;
    await outside.query(`alter database ${name} allow_connections true`);
    // A connection that was cut off may not know it yet; then the next try gets another.
    while (
      !(await add("follows").then(
        () => true,
        () => false,
      ))
    );
    await done.promise;
    await jobs.stop();
    expect(await broke.promise).toMatch(/broke off/);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { startEmbedded } from "./embedded.ts";
import { migrate } from "./migrate.ts";

declare module "vitest" {
  export interface ProvidedContext {
    databaseServer: { host: string; port: number; user: string };
  }
}

/** One throw-away server for a whole test run, with one migrated database that every test file clones. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  process.env.LOKET_TEST_DATABASE = "1";
  const dir = mkdtempSync(join(tmpdir(), "loket-test-"));
  const server = await startEmbedded({
    dataDir: dir,
    settings: { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: "300" },
  });
  const admin = new pg.Client({ ...server.admin, database: "postgres" });
  await admin.connect();
  await admin.query("create database loket_template");
  await admin.end();
  await migrate({ ...server.admin, database: "loket_template" });
  project.provide("databaseServer", { ...server.admin });
  return async () => {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  };
}

import type { OrganisationId } from "@loket/kit";
import { type Runner, run } from "graphile-worker";
import pg from "pg";
import type { DatabaseAddress } from "./migrate.ts";

/** What a job is given: its organisation, and what it was added with. */
export type JobPayload = { readonly organisationId: OrganisationId } & Readonly<Record<string, unknown>>;
export type JobTask = (
  payload: JobPayload,
  attempt: { readonly number: number; readonly last: boolean },
) => Promise<void>;

/** Works background jobs until stopped. A job that throws is tried again, later each time, up to its maximum. */
export async function runJobs(
  address: DatabaseAddress,
  tasks: Readonly<Record<string, JobTask>>,
  options: { readonly concurrency?: number; readonly log: (level: "info" | "error", text: string) => void },
): Promise<{ stop(): Promise<void> }> {
  const pool = new pg.Pool({ ...address, options: "-c role=loket_worker", max: (options.concurrency ?? 4) + 2 });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const runner: Runner = await run({
    pgPool: pool,
    concurrency: options.concurrency ?? 4,
    pollInterval: 1_000,
    noHandleSignals: true,
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [
        name,
        (payload, helpers) =>
          task(payload as JobPayload, {
            number: helpers.job.attempts,
            last: helpers.job.attempts >= helpers.job.max_attempts,
          }),
      ]),
    ),
    logger: new (await import("graphile-worker")).Logger(() => (level, message) => {
      if (level === "error") options.log("error", message);
    }),
  });
  return {
    async stop() {
      await runner.stop();
      await pool.end();
    },
  };
}

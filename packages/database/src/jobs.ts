import { setTimeout as wait } from "node:timers/promises";
import type { OrganisationId } from "@loket/kit";
import { type Runner, run } from "graphile-worker";
import pg from "pg";
import type { DatabaseAddress } from "./migrate.ts";

/** What a job is given: its organisation, and what it was added with. */
export type JobPayload = { readonly organisationId: OrganisationId } & Readonly<Record<string, unknown>>;
/** How long after the database was away jobs are begun anew, again and again. */
const againMs = 1_000;

export type JobTask = (
  payload: JobPayload,
  attempt: { readonly number: number; readonly last: boolean },
) => Promise<void>;

/**
 * Works background jobs until stopped. A job that throws is tried again, later each time, up to its maximum.
 *
 * The library gives up as a whole where it cannot write down what became of a job, because the database is away at that
 * moment: it is begun anew then. The job it could not write of stays locked, and is taken up when the library thinks its
 * worker dead, after hours. Without a delay for what is written down, which may be none, nobody in the library hears that
 * it failed, and the process ends.
 */
export async function runJobs(
  address: DatabaseAddress,
  tasks: Readonly<Record<string, JobTask>>,
  options: { readonly concurrency?: number; readonly log: (level: "info" | "error", text: string) => void },
): Promise<{ stop(): Promise<void> }> {
  const pool = new pg.Pool({ ...address, options: "-c role=loket_worker", max: (options.concurrency ?? 4) + 2 });
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const begin = async (): Promise<Runner> => {
    const begun = await run({
      pgPool: pool,
      concurrency: options.concurrency ?? 4,
      pollInterval: 1_000,
      noHandleSignals: true,
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
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
    begun.promise.catch(() => {}); // looked at below
    return begun;
  };
  let runner = await begin();
  const stopping = new AbortController();
  const staying = (async () => {
    while (!stopping.signal.aborted) {
      const how = await runner.promise.then(
        () => "it ended",
        (error) => String(error),
      );
      if (stopping.signal.aborted) return;
      options.log("error", `jobs broke off, and are begun anew: ${how}`);
      for (let isBack = false; !isBack && !stopping.signal.aborted; ) {
        await wait(againMs, undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        isBack = await begin().then(
          (begun) => {
            runner = begun;
            return true;
          },
          () => false,
        );
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await runner.stop().catch(() => {});
      await staying;
      await pool.end();
    },
  };
}

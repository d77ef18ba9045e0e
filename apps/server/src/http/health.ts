import { countRefusals } from "@loket/evidence/ledger";
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { LedgerKeeper } from "../evidence/keeper.ts";
import type { Installation } from "../installation/keep.ts";
import type { Ports } from "../ports.ts";
import type { Worker } from "../work.ts";
import { forbidden } from "./problem.ts";
import { findPrincipal, headersOf } from "./server.ts";

/** `/healthz`: the process answers. `/readyz`: it can also do its work. `/metrics`: how it does, for this machine or with a token. */
export function registerHealth(
  server: FastifyInstance,
  ports: Ports,
  parts: {
    worker: () => Worker | null;
    ledger: () => LedgerKeeper | null;
    installation: () => Installation;
    clients: () => number;
    isSetUp: () => boolean;
  },
): void {
  const access = { public: "says whether we are well, and nothing else" };
  server.get("/healthz", { config: { access } }, (_request, reply) => reply.send({ alive: true }));
  server.get("/readyz", { config: { access } }, async (_request, reply) => {
    const worker = parts.worker();
    const database = await ports.app.across("select 1 as one").then(
      () => true,
      () => false,
    );
    const workers = worker === null || worker.isWell();
    const ready = database && workers && parts.isSetUp();
    // A log the signer refuses asks for a person; messages go on meanwhile, so it does not make us unready.
    const refused = await countRefusals(ports.worker).catch(() => null);
    const ledger = parts.ledger();
    const evidence = {
      signer: ledger === null ? null : ledger.signer.current() !== null,
      refused,
    };
    // Nor does a database that somebody has to confirm: the desk is where they do so.
    const installation = {
      joined: parts.installation().hasJoined,
      held: await parts
        .installation()
        .countHeld()
        .catch(() => null),
    };
    return reply
      .code(ready ? 200 : 503)
      .send({ ready, database, workers, setUp: parts.isSetUp(), evidence, installation });
  });

  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauges: readonly [string, string, () => number | Promise<number>][] = [
    [
      "loket_organisations_held",
      "Organisations for which nothing is handed over until somebody confirms",
      () => parts.installation().countHeld(),
    ],
    ["loket_event_streams", "Screens that follow events", parts.clients],
    ["loket_lanes", "Lanes this process works", () => parts.worker()?.lanes ?? 0],
    [
      "loket_evidence_signer",
      "Whether the signer of the evidence ledger runs here",
      () => (parts.ledger()?.signer.current() ? 1 : 0),
    ],
    [
      "loket_database_waiting",
      "Requests waiting for a database connection",
      () => ports.app.pool.waitingCount + ports.worker.pool.waitingCount,
    ],
  ];
  for (const [name, help, read] of gauges) {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        this.set(await read());
      },
    });
  }
  server.get(
    "/metrics",
    { config: { access: { public: "answers this machine alone, or a valid token" } } },
    async (request, reply) => {
      const isLocal = ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(request.ip);
      if (!isLocal && !(await findPrincipal(ports, headersOf(request), null))) throw forbidden("metrics");
      return reply.type(registry.contentType).send(await registry.metrics());
    },
  );
}

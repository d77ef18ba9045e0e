import { join } from "node:path";
import { createSafeFetch } from "@loket/channels";
import { connect, type DatabaseAddress, migrate, runJobs } from "@loket/database";
import { releaseDeadLanes } from "@loket/delivery";
import { type Clock, createIds, createKeys, systemClock, systemRandom } from "@loket/kit";
import { createVault } from "@loket/organisations";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { createAuth } from "./auth.ts";
import type { Config } from "./config.ts";
import { keepLedger, type LedgerKeeper } from "./evidence/keeper.ts";
import { registerHealth } from "./http/health.ts";
import type { Route } from "./http/route.ts";
import { campaignRoutes } from "./http/routes/campaigns.ts";
import { claimRoutes } from "./http/routes/claims.ts";
import { consentRoutes } from "./http/routes/consents.ts";
import { contactRoutes } from "./http/routes/contacts.ts";
import { conversationRoutes } from "./http/routes/conversations.ts";
import { decisionRoutes } from "./http/routes/decisions.ts";
import { evidenceRoutes } from "./http/routes/evidence.ts";
import { importRoutes } from "./http/routes/imports.ts";
import { installationRoutes } from "./http/routes/installation.ts";
import { mediaRoutes } from "./http/routes/media.ts";
import { type DemoAccount, organisationRoutes } from "./http/routes/organisations.ts";
import { ruleRoutes } from "./http/routes/rules.ts";
import { senderRoutes } from "./http/routes/senders.ts";
import { standingRoutes } from "./http/routes/standing.ts";
import { verdictRoutes } from "./http/routes/verdicts.ts";
import { witnessRoutes } from "./http/routes/witness.ts";
import { createHttp } from "./http/server.ts";
import { registerWebhooks } from "./http/webhooks.ts";
import { holdJobs, keepInstallation } from "./installation/keep.ts";
import { keepPlace } from "./installation/place.ts";
import { jobTasks } from "./jobs.ts";
import { installationKeys } from "./keys.ts";
import { createMail } from "./mail.ts";
import { createBucketStore, createDiskStore } from "./media-store.ts";
import { personLinkRoutes, registerPersonPages } from "./person/routes.ts";
import type { Ports } from "./ports.ts";
import { createHub } from "./realtime/hub.ts";
import { registerEvents } from "./realtime/stream.ts";
import { loadEdition } from "./shadow-book.ts";
import { watchAllSenders } from "./standing/watch.ts";
import { startWorker, type Worker } from "./work.ts";

export interface Loket {
  readonly ports: Ports;
  readonly url: string;
  readonly http: FastifyInstance | null;
  readonly worker: Worker | null;
  readonly ledger: LedgerKeeper | null;
  readonly routes: readonly Route[];
  setUpDone(): void;
  close(): Promise<void>;
}

export interface LoketOptions {
  readonly config: Config;
  readonly address: DatabaseAddress;
  /** Origins that may be called although they are private: the sandbox's. */
  readonly allow?: readonly string[];
  readonly webDir?: string | null;
  readonly checkAnswers?: boolean;
  readonly logLevel?: string;
  /** True: not ready before `setUpDone` is called (the first start's demo is still being made). */
  readonly setsUp?: boolean;
  /** Nobody else can use this database: it is the built-in one, and lives and dies with us. */
  readonly isAlone?: boolean;
  /** Shown to whoever has not signed in: only in a demo. */
  readonly demoAccounts?: readonly DemoAccount[];
  /** Another clock than the system's. */
  readonly clock?: Clock;
  /** Where the log goes instead of the standard output. */
  readonly logTo?: { write(line: string): void };
}

/** Joins the parts. Web, worker or both, by the configured role. */
export async function startLoket(options: LoketOptions): Promise<Loket> {
  const { config, address } = options;
  const log = pino(
    {
      level: options.logLevel ?? process.env.LOKET_LOG ?? "info",
      base: null,
      redact: ["*.authorization", "*.cookie", "*.accessToken", "*.appSecret"],
    },
    options.logTo ?? pino.destination(1),
  );
  await migrate(address);
  const keys = installationKeys(config.dataDir);
  const clock = options.clock ?? systemClock;
  const random = systemRandom;
  const ids = createIds(clock, random);
  const ports: Ports = {
    clock,
    ids,
    random,
    address,
    app: connect(address, "loket_app", { max: 12 }),
    worker: connect(address, "loket_worker", { max: 32 }),
    auth: createAuth({ address, secret: keys.auth, publicUrl: config.publicUrl }),
    vault: createVault(keys.vault, random),
    keys: createKeys(keys.vault),
    network: createSafeFetch({
      allow: [...(options.allow ?? []), ...(config.timestampUrl ? [config.timestampUrl] : [])],
    }),
    store: config.mediaBucket ? createBucketStore(config.mediaBucket) : createDiskStore(join(config.dataDir, "media")),
    publicUrl: config.publicUrl,
    log,
    mail: config.smtpUrl === null ? null : createMail(config.smtpUrl, config.mailFrom),
    timestampUrl: config.timestampUrl,
    shadowEdition: await loadEdition(config.shadowBook),
  };
  const installation = await keepInstallation(ports, keepPlace(config, keys.vault));
  const hub = createHub(ports);
  if (options.isAlone) await releaseDeadLanes(ports.worker);
  const worker = config.role === "web" ? null : startWorker(ports, installation);
  if (worker !== null) await watchAllSenders(ports);
  const ledger = config.role === "web" ? null : keepLedger(ports, config.signerDir);
  const listener = await ports.worker.listen((topic, key) => {
    if (topic === "event") hub.wake(key);
    else worker?.wake(key);
  });
  const jobs =
    config.role === "web"
      ? null
      : await runJobs(address, holdJobs(installation, ports.worker, jobTasks(ports, ledger)), {
          concurrency: 4,
          log: (level, text) => log[level]({ job: true }, text),
        });

  const routes = [
    ...organisationRoutes(ports, options.demoAccounts ?? []),
    ...senderRoutes(ports),
    ...contactRoutes(ports),
    ...consentRoutes(ports),
    ...campaignRoutes(ports),
    ...importRoutes(ports),
    ...personLinkRoutes(ports),
    ...conversationRoutes(ports, hub),
    ...mediaRoutes(ports),
    ...verdictRoutes(ports),
    ...ruleRoutes(ports),
    ...decisionRoutes(ports),
    ...evidenceRoutes(ports, ledger),
    ...witnessRoutes(ports, ledger),
    ...standingRoutes(ports),
    ...claimRoutes(ports),
    ...installationRoutes(ports),
  ];
  let http: FastifyInstance | null = null;
  let isSetUp = options.setsUp !== true;
  let url = config.publicUrl;
  if (config.role !== "worker") {
    http = await createHttp({
      ports,
      routes,
      webDir: options.webDir ?? null,
      checkAnswers: options.checkAnswers ?? false,
    });
    await registerWebhooks(http, ports);
    await registerPersonPages(http, ports);
    registerEvents(http, ports, hub);
    registerHealth(http, ports, {
      worker: () => worker,
      ledger: () => ledger,
      installation: () => installation,
      clients: () => hub.clients,
      isSetUp: () => isSetUp,
    });
    url = await http.listen({ host: config.host, port: config.port });
  }

  return {
    ports,
    url,
    http,
    worker,
    ledger,
    routes,
    setUpDone() {
      isSetUp = true;
    },
    async close() {
      hub.close();
      http?.server.closeAllConnections();
      await http?.close();
      await worker?.stop();
      await installation.stop();
      await jobs?.stop();
      await ledger?.stop();
      await listener.close();
      await Promise.all([ports.app.close(), ports.worker.close(), ports.auth.close()]);
      ports.mail?.close();
      await ports.network.close();
    },
  };
}

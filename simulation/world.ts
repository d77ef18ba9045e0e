import type { SafeFetch } from "@loket/channels";
import * as conversations from "@loket/conversations";
import type { Tx } from "@loket/database";
import {
  createIds,
  createKeys,
  type Ids,
  minuteMs,
  type OrganisationId,
  type SenderId,
  seededRandom,
  systemRandom,
} from "@loket/kit";
import { addSender, createVault, type WebhookIdentity, webhookIdentity } from "@loket/organisations";
import { answerGraph } from "../apps/sandbox/src/graph/graph.ts";
import type { Network as PlatformNetwork } from "../apps/sandbox/src/platform/callbacks.ts";
import { personPrefers, personWrites } from "../apps/sandbox/src/platform/people.ts";
import { createPlatform, type Platform } from "../apps/sandbox/src/platform/platform.ts";
import { decideTemplate } from "../apps/sandbox/src/platform/templates.ts";
import { defaultWorld } from "../apps/sandbox/src/platform/world.ts";
import { createIntake, type Intake, takeWebhook } from "../apps/server/src/intake.ts";
import type { Ports } from "../apps/server/src/ports.ts";
import { startWorker, type Worker } from "../apps/server/src/work.ts";
import { createStore, type Server, type Store } from "./database.ts";
import { drawFaults, type Faults, noFaults } from "./faults.ts";
import { beginning, createKernel, createNode, type Kernel, type Node } from "./kernel.ts";

type NetworkRequest = Parameters<SafeFetch["request"]>[0];
type NetworkAnswer = Awaited<ReturnType<SafeFetch["request"]>>;

/** What the platform was handed, whether it took it or not: the record of one who sees everything. */
export interface HandedOver {
  readonly atMs: number;
  readonly attemptId: string;
  readonly to: string;
  readonly type: string;
  readonly isTaken: boolean;
  /** The platform's code where it said no; `null` where it took the message. */
  readonly code: number | null;
  readonly providerId: string | null;
}

export interface Person {
  readonly contactId: string;
  readonly addressId: string;
  readonly phone: string;
}

/** Two workers, a web node, PostgreSQL and the platform, with everything between them under the seed's control. */
export interface World {
  readonly kernel: Kernel;
  readonly store: Store;
  readonly platform: Platform;
  readonly organisationId: OrganisationId;
  readonly senderId: SenderId;
  readonly people: readonly Person[];
  readonly web: Node;
  readonly workers: readonly Node[];
  readonly handedOver: readonly HandedOver[];
  /** Text of every message the platform was answered 200 for. */
  readonly errors: string[];
  readonly faults: Faults;
  /** Whether a node's clock was wrong at any time. */
  readonly hadClockJumps: boolean;
  readonly messagesPerSecond: number;
  readonly portfolioLimit: number | null;
  readonly ports: Ports;
  says(person: Person, text: string): void;
  prefers(person: Person, value: "stop" | "resume"): void;
  pauseTemplate(): void;
  /** Something a member does on the web node; done again after a lost answer, as a browser does. */
  act(label: string, work: (tx: Tx, ports: Ports) => Promise<void>): void;
  /** No more faults, and everybody is up. */
  heal(): void;
  cleanUp(): Promise<void>;
}

const graphUrl = "https://graph.simulation";
const webhookUrl = "https://loket.simulation/webhooks/whatsapp";
export const templateName = "weekend_offer";

export async function createWorld(
  server: Server,
  seed: number,
  options: { readonly trace?: boolean; readonly without?: readonly (keyof Faults)[]; readonly calm?: boolean } = {},
): Promise<World> {
  const kernel = createKernel(seed, { trace: options.trace ?? false });
  let faults = options.calm ? noFaults : drawFaults(kernel);
  for (const kind of options.without ?? []) faults = { ...faults, [kind]: noFaults[kind] };
  const hadClockJumps = faults.clockJumps > 0;
  const store = createStore(server, kernel, () => faults);
  const errors: string[] = [];
  const handedOver: HandedOver[] = [];

  // Whose ids must differ between two runs of one seed, because runs share a database.
  const setUpIds = createIds({ now: () => beginning }, systemRandom);
  const organisationId = setUpIds.next<"organisation">();
  const senderId = setUpIds.next<"sender">();
  const keys = createKeys(new Uint8Array(32));
  const vault = createVault(Buffer.alloc(32), seededRandom(seed));

  let inletClosedUntilMs = 0;
  let platformClosedUntilMs = 0;

  /** From the platform to us. */
  const inlet: PlatformNetwork = {
    post: (_url, headers, body, timeoutMs) =>
      new Promise((resolve, reject) => {
        kernel.at(timeoutMs, "a webhook has waited", () => reject(new Error("timeout")));
        kernel.at(kernel.between(1, faults.webhookDelayMs), "a webhook arrives", () => {
          if (!web.isUp || kernel.nowMs < inletClosedUntilMs) return reject(new Error("ECONNREFUSED"));
          const took = webNode.take(headers["x-hub-signature-256"], Buffer.from(body));
          void took.then((status) => {
            if (kernel.chance(faults.webhookLostAnswer)) return;
            resolve({ status });
          });
          if (kernel.chance(faults.webhookTwice)) void webNode.take(headers["x-hub-signature-256"], Buffer.from(body));
        });
      }),
    get: () => Promise.reject(new Error("Nobody asks for a page here.")),
    exchange: () => Promise.reject(new Error("Nobody has a flow here.")),
    download: () => Promise.reject(new Error("Nobody downloads here.")),
  };
  const platform = createPlatform({
    clock: {
      now: () => kernel.now(),
      monotonicMs: () => kernel.nowMs,
      sleep: (ms, signal) =>
        new Promise((resolve) => {
          if (signal?.aborted) return resolve();
          signal?.addEventListener("abort", () => resolve(), { once: true });
          kernel.at(ms, "the platform", resolve);
        }),
    },
    network: inlet,
    seed,
    logLimit: 10,
    oneAtATime: false,
  });
  platform.replace(defaultWorld(1, kernel.now()));
  const { app, number } = firstOf(platform);
  platform.state.faults.webhooks.reorder = { share: faults.webhookDisorder };
  const account = platform.accountOf(number);
  app.callbackUrl = `${webhookUrl}/${senderId}`;
  // In some runs a campaign takes long, and in the middle of it a worker is away for longer than its lease.
  const isLong = !options.calm && kernel.chance(0.2);
  number.throughputPerSecond = isLong ? kernel.between(2, 4) : kernel.chance(0.5) ? 80 : kernel.between(4, 12);
  const portfolioLimit = kernel.chance(0.3) ? kernel.between(2, 12) : null;
  const token = [...platform.state.tokens.values()].find(({ accountIds }) => accountIds.includes(account.id));

  /** From us to the platform. */
  const lineOf = (node: Node): SafeFetch => ({
    close: () => Promise.resolve(),
    async request(request) {
      const failed = (
        reason: "connectionRefused" | "timedOut" | "connectionLost",
        mayHaveLeft: boolean,
      ): NetworkAnswer => ({
        kind: "failed",
        reason,
        mayHaveLeft,
        detail: "simulated",
      });
      const timeoutMs = request.timeoutMs ?? 30_000;
      const answer = await node.ask("speaks", kernel.between(1, 20), async (): Promise<NetworkAnswer | "late"> => {
        if (kernel.nowMs < platformClosedUntilMs || kernel.chance(faults.refused))
          return failed("connectionRefused", false);
        if (kernel.chance(faults.throttled)) return throttled(request.url);
        if (kernel.chance(faults.brokenAnswer / 2)) return failed("connectionLost", true);
        const given = await ask(request);
        if (kernel.chance(faults.answerLost)) return kernel.chance(0.5) ? "late" : failed("connectionLost", true);
        if (kernel.chance(faults.brokenAnswer / 2))
          return { ...given, status: 502, body: Buffer.from("<html>") } as NetworkAnswer;
        return given;
      });
      if (answer === "late") return node.ask("has waited for an answer", timeoutMs, () => failed("timedOut", true));
      const delayMs = kernel.chance(faults.slowAnswer) ? kernel.between(1_000, 20_000) : kernel.between(5, 60);
      return node.ask("hears", delayMs, () => answer);
    },
  });

  async function ask(request: NetworkRequest): Promise<NetworkAnswer> {
    const url = new URL(request.url);
    const body = Buffer.from(request.body ?? "");
    const answer = await answerGraph(platform, {
      method: request.method,
      path: url.pathname,
      query: url.searchParams,
      headers: { ...request.headers },
      body,
    });
    const said = JSON.parse(String(answer.body)) as { error?: { code: number }; messages?: { id: string }[] };
    if (url.pathname.endsWith("/messages")) {
      const sent = JSON.parse(body.toString()) as { to?: string; type?: string; biz_opaque_callback_data?: string };
      if (sent.to && sent.biz_opaque_callback_data)
        handedOver.push({
          atMs: kernel.nowMs,
          attemptId: sent.biz_opaque_callback_data,
          to: sent.to.replace("+", ""),
          type: sent.type ?? "",
          isTaken: answer.status === 200,
          code: said.error?.code ?? null,
          providerId: said.messages?.[0]?.id ?? null,
        });
    }
    return {
      kind: "answered",
      status: answer.status,
      headers: answer.headers ?? {},
      body: Buffer.from(answer.body),
      url: request.url,
    };
  }

  const log = {
    info: () => {},
    warn: (detail: unknown, text: string) => kernel.note(`warn ${text} ${JSON.stringify(detail)}`),
    error(detail: unknown, text: string) {
      kernel.note(`error ${text} ${JSON.stringify(detail)}`);
      if (!/connection (lost|refused)/.test(JSON.stringify(detail))) errors.push(`${text} ${JSON.stringify(detail)}`);
    },
  };
  const portsOf = (node: Node): Ports =>
    ({
      clock: node.clock,
      ids: node.ids,
      random: node.random,
      app: store.of(node, "loket_app"),
      worker: store.of(node, "loket_worker"),
      vault,
      keys,
      network: lineOf(node),
      log,
      shadowEdition: null,
    }) as unknown as Ports;

  const running = new Map<string, Worker>();
  const workers = ["one", "two"].map((name, place) => {
    const node: Node = createNode(kernel, name, {
      faults: () => faults,
      seed: seed * 31 + place + 1,
      main: () => void running.set(name, startWorker(portsOf(node))),
    });
    return node;
  });
  store.onWake = (key) => {
    for (const node of workers) {
      if (!node.isUp) continue;
      if (key === "in:") running.get(node.name)?.wake(`in:${senderId}`);
      else running.get(node.name)?.wake(key);
    }
  };

  const webNode = createWebNode();
  const web = webNode.node;
  function createWebNode() {
    let intake: Intake | undefined;
    let identity: WebhookIdentity | null = null;
    let ports: Ports | undefined;
    const node: Node = createNode(kernel, "web", {
      faults: () => faults,
      seed: seed * 31 + 7,
      main() {
        identity = null;
        ports = portsOf(node);
        intake = createIntake(ports);
      },
    });
    return {
      node,
      get ports() {
        return ports as Ports;
      },
      async take(signature: string | undefined, body: Buffer): Promise<number> {
        const mine = { ports: ports as Ports, intake: intake as Intake };
        try {
          identity ??= await webhookIdentity(mine.ports.worker, vault, senderId);
        } catch {
          return 503;
        }
        if (!identity) return 404;
        return takeWebhook(mine.ports, mine.intake, identity, { signature, userAgent: "" }, body);
      },
    };
  }

  const people = await setUp();
  kernel.note("the world is set up");
  for (const node of [web, ...workers]) node.start();
  planTroubles();

  async function setUp(): Promise<Person[]> {
    const { admin } = server;
    const setUpTx = server.app;
    const ids: Ids = createIds({ now: () => kernel.now() }, seededRandom(seed * 31 + 3));
    await admin.query("update simulation.clock set ms = $1", [kernel.now()]);
    return setUpTx.inOrganisation(organisationId, async (tx) => {
      const inboxId = ids.next();
      await tx.query(
        "insert into organisation (organisation_id, kind, name, locale, time_zone, home_country, created_at) values ($1, 'business', 'x', 'nl', 'Europe/Amsterdam', 'NL', now())",
        [organisationId],
      );
      await tx.query("insert into inbox (organisation_id, id, name, created_at) values ($1, $2, 'x', now())", [
        organisationId,
        inboxId,
      ]);
      await addSender(
        tx,
        { ids, clock: web.clock, vault },
        {
          id: senderId,
          inboxId,
          name: "x",
          address: `+${number.digits}`,
          country: "NL",
          accountId: account.id,
          numberId: number.id,
          portfolioId: account.portfolioId,
          baseUrl: graphUrl,
          accessToken: token?.token ?? "",
          appSecret: app.secret,
          verifyToken: "x",
          quality: "GREEN",
          messagesPerSecond: number.throughputPerSecond,
          portfolioLimit,
        },
      );
      await conversations.storeTemplates(
        tx,
        { ids, clock: web.clock },
        senderId,
        [...platform.state.templates.values()]
          .filter((template) => template.accountId === account.id)
          .map((template) => ({
            id: template.id,
            name: template.name,
            language: template.language,
            category: template.category,
            status: template.status,
            quality: "GREEN",
            parameterFormat: template.parameterFormat,
            components: template.components,
          })),
      );
      const made: Person[] = [];
      const count = isLong ? kernel.between(16, 28) : kernel.between(4, 14);
      for (let place = 0; place < count; place++) made.push(await addPerson(tx, ids, place));
      return made;
    });
  }

  async function addPerson(tx: Tx, ids: Ids, place: number): Promise<Person> {
    const person = { contactId: ids.next(), addressId: ids.next(), phone: `3162000${String(1_000 + place)}` };
    await tx.query(
      "insert into contact (organisation_id, id, name, region, locale, created_at) values ($1, $2, $3, 'NL', 'nl', now())",
      [organisationId, person.contactId, `Person ${place}`],
    );
    await tx.query(
      "insert into address (organisation_id, id, contact_id, channel, kind, value, created_at) values ($1, $2, $3, 'whatsapp', 'phone', $4, now())",
      [organisationId, person.addressId, person.contactId, `+${person.phone}`],
    );
    if (kernel.chance(0.85))
      await tx.query(
        `insert into consent (organisation_id, id, contact_id, purpose, channel, action, method, kind, evidence_class, names_business, names_channel, wording_version, evidence, at, recorded_at)
         values ($1, $2, $3, 'marketing', 'whatsapp', 'granted', 'inbound-message', 'express', 'A', true, true, '1', 'message', now() - interval '1 day', now())`,
        [organisationId, ids.next(), person.contactId],
      );
    return person;
  }

  function planTroubles(): void {
    const sometime = (label: string, run: () => void) =>
      kernel.at(kernel.between(1_000, troubledMs - 1_000), label, run);
    for (let count = 0; count < faults.inletOutages; count++)
      sometime("nothing comes in", () => {
        inletClosedUntilMs = kernel.nowMs + kernel.between(500, 20_000);
      });
    for (let count = 0; count < faults.platformOutages; count++)
      sometime("the platform is away", () => {
        platformClosedUntilMs = kernel.nowMs + kernel.between(500, 20_000);
      });
    for (let count = 0; count < faults.databaseOutages; count++)
      sometime("the database is away", () => store.outage(kernel.nowMs + kernel.between(200, 15_000)));
    for (const node of isLong ? workers : [])
      kernel.at(kernel.between(3_000, 25_000), `${node.name} is away`, () => {
        const awayMs = kernel.between(10_500, 20_000);
        node.stall(awayMs);
        if (kernel.chance(0.5)) return;
        kernel.at(awayMs + kernel.between(3, 60), `${node.name} dies as it comes back`, () => {
          node.kill();
          kernel.at(kernel.between(200, 15_000), `${node.name} starts again`, () => node.start());
        });
      });
    for (let count = 0; count < faults.clockJumps; count++)
      sometime("a clock jumps", () => {
        const node = kernel.chance(0.5) ? workers[0] : workers[1];
        node?.jump((kernel.chance(0.5) ? 1 : -1) * kernel.between(100, 90_000));
      });
  }

  const phoneOf = (person: Person) => platform.phone(person.phone);
  return {
    kernel,
    store,
    platform,
    organisationId,
    senderId,
    people,
    web,
    workers,
    handedOver,
    errors,
    hadClockJumps,
    messagesPerSecond: number.throughputPerSecond,
    portfolioLimit,
    get faults() {
      return faults;
    },
    get ports() {
      return webNode.ports;
    },
    says: (person, text) =>
      void personWrites(platform, phoneOf(person), number, { type: "text", text: { body: text } }),
    prefers: (person, value) => personPrefers(platform, phoneOf(person), number, value),
    pauseTemplate() {
      const template = [...platform.state.templates.values()].find(
        ({ name, language, accountId }) => name === templateName && language === "nl" && accountId === account.id,
      );
      if (template?.status === "APPROVED") decideTemplate(platform, template, "pause");
    },
    act(label, work) {
      const attempt = (round: number): void => {
        const again = () => kernel.at(1_000, `${label} again`, () => attempt(round + 1));
        if (round > 40) errors.push(`${label} was given up`);
        if (round > 40) return;
        if (!web.isUp) {
          again();
          return;
        }
        const ports = webNode.ports;
        let isOver = false;
        // A browser waits so long for its answer, then it asks again.
        kernel.at(5_000, `${label} has waited`, () => {
          if (isOver) return;
          isOver = true;
          again();
        });
        ports.app
          .inOrganisation(organisationId, (tx) => work(tx, ports))
          .then(
            () => {
              isOver = true;
            },
            (error: unknown) => {
              if (isOver) return;
              isOver = true;
              kernel.note(`${label} failed: ${String(error)}`);
              again();
            },
          );
      };
      attempt(0);
    },
    heal() {
      faults = noFaults;
      store.heal();
      delete platform.state.faults.webhooks.reorder;
      inletClosedUntilMs = 0;
      platformClosedUntilMs = 0;
      for (const node of [web, ...workers]) if (!node.isUp) node.start();
    },
    async cleanUp() {
      platform.close();
      for (const node of [web, ...workers]) node.kill();
      await server.admin.query("delete from lane where organisation_id = $1", [organisationId]);
      await server.admin.query("delete from simulation.note where organisation_id = $1", [organisationId]);
      await server.admin.query(
        "update sender set provider_account_id = null, provider_sender_id = null, portfolio_id = null where organisation_id = $1",
        [organisationId],
      );
    },
  };
}

function firstOf({ state }: Platform) {
  const [app] = state.apps.values();
  const [number] = state.numbers.values();
  if (!app || !number) throw new Error("The platform's world is empty.");
  return { app, number };
}

/** How long things go wrong before they heal. */
export const troubledMs = minuteMs;

function throttled(url: string): NetworkAnswer {
  return {
    kind: "answered",
    status: 400,
    headers: { "content-type": "application/json" },
    body: Buffer.from(
      JSON.stringify({ error: { message: "(#130429) too fast", type: "OAuthException", code: 130429 } }),
    ),
    url,
  };
}

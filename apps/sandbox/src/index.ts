import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type Clock, type Instant, systemClock } from "@loket/kit";
import { answerControl } from "./control/control.ts";
import { streamEvents } from "./control/events.ts";
import { numberFor } from "./control/find.ts";
import { readDay } from "./control/rules.ts";
import { answerGraph, answerMediaDownload } from "./graph/graph.ts";
import type { HttpAnswer, HttpRequest } from "./graph/request.ts";
import { createNetwork } from "./network.ts";
import { answerPage } from "./pages/pages.ts";
import type { Download } from "./platform/media-links.ts";
import { createPlatform } from "./platform/platform.ts";
import type { SeenMessage } from "./platform/seen.ts";
import { defaultWorld } from "./platform/world.ts";
import { type Matcher, type Patience, type TestPhone, testPhone, waitForMessage } from "./test-phone.ts";

/** A clock that stands still until it is moved, and the instants it shows: `manualClock(instant(Date.UTC(2026, 10, 22)))`. */
export { instant, type ManualClock, manualClock } from "@loket/kit";
export type { Download, Matcher, Patience, SeenMessage, TestPhone };

export interface SandboxOptions {
  /** Ids, tokens and chance follow from it; the same seed gives the same sandbox. Default 1. */
  readonly seed?: number;
  /**
   * The clock underneath; with a clock that stands still, only `advance` lets time pass. Default: the system's. With a clock of
   * your own, webhooks to several URLs are delivered one after another, so that the same script gives the same log.
   */
  readonly clock?: Clock;
  /** Default 0: any free port. */
  readonly port?: number;
  readonly host?: string;
  /** Log entries kept. Default 5,000. */
  readonly logLimit?: number;
  /** A snapshot to begin with, instead of the default world. */
  readonly snapshot?: string;
  /** The day whose rules apply, such as `"2019-12-08"`, whatever the clock says. Default: the clock's. */
  readonly rulesAsOf?: string;
  /** Whether links in messages are downloaded, as the platform does, or judged by their names. Default: `"trust"`. */
  readonly mediaLinks?: "trust" | "fetch";
  /** What downloads them; default: the network. Rejects when no answer came. */
  readonly download?: (url: string, bounds: { maxBytes: number; timeoutMs: number }) => Promise<Download>;
  /** Sets the app's callback from the start, without the handshake. */
  readonly callbackUrl?: string;
  readonly verifyToken?: string;
}

export interface Sandbox {
  readonly url: string;
  readonly app: { readonly id: string; readonly secret: string };
  readonly accounts: readonly SandboxAccount[];
  now(): Instant;
  /** Lets time pass; resolves when every webhook due by then was delivered. */
  advance(ms: number): Promise<void>;
  /** Resolves when no webhook is under way. */
  quiet(): Promise<void>;
  /** Called whenever anything changes. Answers a function that ends it. */
  listen(listener: () => void): () => void;
  /** A person's phone, by number, with or without `+`; it need not exist yet. */
  phone(number: string): TestPhone;
  /**
   * Resolves with the newest message that is on a phone and fits: at once when it is there already. Rejects after `timeoutMs`
   * of real time (default 5,000) with an error that says what is there instead.
   */
  waitForMessage(wanted?: Matcher & { readonly to?: string }, patience?: Patience): Promise<SeenMessage>;
  snapshot(): string;
  restore(snapshot: string): void;
  close(): Promise<void>;
}

export interface SandboxAccount {
  readonly id: string;
  readonly name: string;
  readonly portfolioId: string;
  readonly token: string;
  readonly numbers: readonly { readonly id: string; readonly number: string; readonly displayNumber: string }[];
}

/** Starts a sandbox of its own, in this process, on a free port. Many may run at once; they share nothing. */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { seed = 1, clock = systemClock, port = 0, host = "127.0.0.1", logLimit = 5_000 } = options;
  const ownNetwork = createNetwork();
  const network = options.download === undefined ? ownNetwork : { ...ownNetwork, download: options.download };
  const platform = createPlatform({ clock, network, seed, logLimit, oneAtATime: options.clock !== undefined });
  if (options.snapshot === undefined) platform.replace(defaultWorld(seed, clock.now()));
  else platform.restore(options.snapshot);
  if (options.rulesAsOf !== undefined) platform.state.rules.asOf = readDay(options.rulesAsOf);
  if (options.mediaLinks !== undefined) platform.state.records.mediaLinks.mode = options.mediaLinks;
  const app = platform.state.apps.values().next().value;
  if (app && options.callbackUrl !== undefined) {
    app.callbackUrl = options.callbackUrl;
    app.verifyToken = options.verifyToken ?? null;
  }

  const server = createServer((incoming, response) => {
    if (incoming.method === "GET" && incoming.url?.startsWith("/_sandbox/events"))
      return streamEvents(platform, response);
    void answer(incoming, response);
  });
  server.keepAliveTimeout = 60_000;

  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const request = await readRequest(incoming);
      send(response, request.method, await route(request));
    } catch (error) {
      if (response.headersSent || response.destroyed) return;
      if (error instanceof TooLarge) {
        const headers = { "content-type": "application/json; charset=utf-8", connection: "close" };
        return send(response, "POST", {
          status: 413,
          headers,
          body: JSON.stringify({ error: { message: error.message } }),
        });
      }
      console.error(error);
      send(response, "GET", { status: 500, headers: { "content-type": "text/plain" }, body: String(error) });
    }
  }

  async function route(request: HttpRequest): Promise<HttpAnswer> {
    const { path, method } = request;
    if (path === "/_sandbox" || path.startsWith("/_sandbox/")) return answerControl(platform, request);
    if (method === "GET" || method === "HEAD") {
      const page = await answerPage(path);
      if (page) return page;
    }
    if (path.replace(/\/$/, "").endsWith("/whatsapp_business/attachments"))
      return answerMediaDownload(platform, request);
    return answerGraph(platform, request);
  }

  await listen(server, port, host);
  const { port: boundPort } = server.address() as AddressInfo;
  const url = `http://${host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host}:${boundPort}`;
  platform.baseUrl = url;

  return {
    url,
    app: { id: app?.id ?? "", secret: app?.secret ?? "" },
    accounts: [...platform.state.accounts.values()].map((account) => ({
      id: account.id,
      name: account.name,
      portfolioId: account.portfolioId,
      token: [...platform.state.tokens.values()].find((token) => token.accountIds.includes(account.id))?.token ?? "",
      numbers: [...platform.state.numbers.values()]
        .filter((number) => number.accountId === account.id)
        .map(({ id, digits, displayNumber }) => ({ id, number: digits, displayNumber })),
    })),
    now: () => platform.now(),
    advance: (ms) => platform.turn(ms),
    quiet: () => platform.quiet(),
    listen: (listener) => platform.listen(listener),
    phone: (number) => testPhone(platform, number),
    waitForMessage({ to, ...matcher } = {}, patience) {
      if (to !== undefined) return testPhone(platform, to).sees(matcher, patience);
      const { from, ...wanted } = matcher;
      const numberId = from === undefined ? {} : { numberId: numberFor(platform, from).id };
      return waitForMessage(platform, { ...wanted, ...numberId }, patience);
    },
    snapshot: () => platform.snapshot(),
    restore: (snapshot) => platform.restore(snapshot),
    async close() {
      platform.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, ownNetwork.close()]);
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

const bodyBytesAtMost = 128 * 1024 * 1024;

class TooLarge extends Error {
  constructor() {
    super(`The body is larger than ${bodyBytesAtMost} bytes.`);
  }
}

function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    if (Number(incoming.headers["content-length"] ?? 0) > bodyBytesAtMost) return reject(new TooLarge());
    incoming.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= bodyBytesAtMost) chunks.push(chunk);
      else reject(new TooLarge());
    });
    incoming.on("error", reject);
    incoming.on("end", () => {
      const target = incoming.url ?? "/";
      const mark = target.indexOf("?");
      resolve({
        method: incoming.method ?? "GET",
        path: mark < 0 ? target : target.slice(0, mark),
        query: new URLSearchParams(mark < 0 ? "" : target.slice(mark + 1)),
        headers: incoming.headers,
        body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks),
      });
    });
  });
}

function send(response: ServerResponse, method: string, answer: HttpAnswer): void {
  if (answer.close) {
    response.destroy();
    return;
  }
  // Text goes out as text: Node then writes head and body at once.
  response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
  response.end(method === "HEAD" ? undefined : answer.body);
}

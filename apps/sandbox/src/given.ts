import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { instant, type ManualClock, manualClock } from "@loket/kit";
import { createSandbox, type Sandbox, type SandboxOptions } from "./index.ts";
import type { Body } from "./platform/state.ts";

// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes; a wrong guess fails the test.
type Loose = any;

/** What tests begin with: a sandbox whose clock stands still, and somebody who listens to its webhooks. */
export interface Given {
  readonly sandbox: Sandbox;
  readonly clock: ManualClock;
  readonly subscriber: Subscriber;
  /** The bakery's number, whose webhooks the subscriber gets. */
  readonly number: { readonly id: string; readonly number: string };
  readonly accountId: string;
  readonly token: string;
  graph(method: string, path: string, body?: unknown, token?: string | null): Promise<Answer>;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Sends to Sam and answers the message's id. */
  send(content: Body, to?: string): Promise<string>;
  /** Somebody writes first, so that the window is open. */
  personWrites(content?: Body, phone?: string): Promise<string>;
  /** The statuses told about a message, in the order they arrived. */
  statusesOf(id: string): Body[];
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, Loose>;
}

interface Delivery {
  readonly raw: string;
  readonly body: Record<string, Loose>;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly answered: number;
}

export interface Subscriber {
  readonly url: string;
  readonly deliveries: Delivery[];
  /** The value of every change received with status 200, in order. */
  values(field?: string): Record<string, Loose>[];
  /** Decides the next answers; 200 when it says nothing. `"hang up"` closes the connection. */
  answer: (delivery: Omit<Delivery, "answered">, count: number) => number | "hang up";
  verifyToken: string;
  close(): Promise<void>;
}

const toClose: { close(): Promise<void> }[] = [];

export async function closeAll(): Promise<void> {
  await Promise.all(toClose.splice(0).map((one) => one.close()));
}

/** A Sunday morning in November 2026. */
export const morning = instant(Date.UTC(2026, 10, 22, 8));

export async function givenSandbox(options: SandboxOptions = {}): Promise<Given> {
  const clock = manualClock(morning);
  const sandbox = await createSandbox({ clock, ...options });
  toClose.push(sandbox);
  const subscriber = await givenSubscriber();
  const account = sandbox.accounts[0];
  const number = account?.numbers[0];
  if (!account || !number) throw new Error("The default world has an account with a number.");

  const ask = async (url: string, method: string, body: unknown, headers: Record<string, string>): Promise<Answer> => {
    const encoded =
      body === undefined || body instanceof FormData || body instanceof URLSearchParams || typeof body === "string"
        ? body
        : JSON.stringify(body);
    const type =
      body === undefined || body instanceof FormData || body instanceof URLSearchParams
        ? {}
        : { "content-type": "application/json" };
    const response = await fetch(url, {
      method,
      headers: { ...type, ...headers },
      ...(encoded === undefined ? {} : { body: encoded }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text.startsWith("{") ? JSON.parse(text) : { text },
    };
  };
  const given: Given = {
    sandbox,
    clock,
    subscriber,
    number,
    accountId: account.id,
    token: account.token,
    graph: (method, path, body, token = account.token) =>
      ask(sandbox.url + path, method, body, token === null ? {} : { authorization: `Bearer ${token}` }),
    control: (method, path, body) => ask(`${sandbox.url}/_sandbox${path}`, method, body, {}),
    async send(content, to = "31612345678") {
      const answer = await given.graph("POST", `/v25.0/${number.id}/messages`, {
        messaging_product: "whatsapp",
        to,
        ...content,
      });
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      return answer.body.messages[0].id;
    },
    async personWrites(content = { type: "text", text: { body: "Hallo" } }, phone = "31612345678") {
      const answer = await given.control("POST", `/phones/${phone}/messages`, content);
      if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
      await sandbox.quiet();
      return answer.body.id;
    },
    statusesOf: (id) =>
      subscriber
        .values("messages")
        .flatMap((value) => value.statuses ?? [])
        .filter((status) => status.id === id),
  };
  await given.graph("POST", `/v25.0/${number.id}`, {
    webhook_configuration: { override_callback_uri: subscriber.url, verify_token: subscriber.verifyToken },
  });
  return given;
}

export async function givenSubscriber(): Promise<Subscriber> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (request.method === "GET") {
      const known =
        url.searchParams.get("hub.verify_token") === subscriber.verifyToken &&
        url.searchParams.get("hub.mode") === "subscribe";
      response.writeHead(known ? 200 : 403).end(known ? url.searchParams.get("hub.challenge") : "Forbidden");
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const delivery = { raw, body: parse(raw), headers: request.headers };
      const status = subscriber.answer(delivery, deliveries.length);
      if (status === "hang up") {
        deliveries.push({ ...delivery, answered: 0 });
        response.destroy();
        return;
      }
      deliveries.push({ ...delivery, answered: status });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const subscriber: Subscriber = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    deliveries,
    values: (field) =>
      deliveries
        .filter(({ answered }) => answered === 200)
        .flatMap(({ body }) => (body.entry ?? []).flatMap((entry: Record<string, Loose>) => entry.changes ?? []))
        .filter((change) => field === undefined || change.field === field)
        .map((change) => change.value),
    answer: () => 200,
    verifyToken: "a token of ours",
    close: () => closeServer(server),
  };
  toClose.push(subscriber);
  return subscriber;
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function parse(text: string): Record<string, Loose> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export function signatureOf(raw: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`;
}

/** A form with the head of a JPEG of this size, as groups take it for their picture. */
export function jpegOf(width: number, height: number): FormData {
  const frame = [0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0];
  const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, ...frame, 0xff, 0xd9]);
  const form = new FormData();
  form.set("messaging_product", "whatsapp");
  form.set("file", new Blob([bytes], { type: "image/jpeg" }), "groep.jpg");
  return form;
}

export const text = (body: string): Body => ({ type: "text", text: { body } });

export const orderUpdate: Body = {
  type: "template",
  template: {
    name: "order_update",
    language: { code: "nl" },
    components: [
      {
        type: "body",
        parameters: [
          { type: "text", text: "Sam" },
          { type: "text", text: "K-1042" },
        ],
      },
    ],
  },
};

export const weekendOffer: Body = {
  type: "template",
  template: {
    name: "weekend_offer",
    language: { code: "nl" },
    components: [
      {
        type: "body",
        parameters: [
          { type: "text", text: "Sam" },
          { type: "text", text: "amandelstaven" },
        ],
      },
    ],
  },
};

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createMemoryState } from "@chat-adapter/state-memory";
import { createWhatsAppAdapter, type WhatsAppAdapter } from "@chat-adapter/whatsapp";
import { WhatsAppClient } from "@kapso/whatsapp-cloud-api";
import { normalizeWebhook, verifySignature } from "@kapso/whatsapp-cloud-api/server";
import {
  Actions,
  type Adapter,
  Card,
  Button as CardButton,
  type CardElement,
  CardText,
  Chat,
  ConsoleLogger,
} from "chat";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  ActionButtons,
  Body,
  BodyComponent,
  BodyParameter,
  Button,
  Image,
  Interactive,
  Template,
  Text,
} from "whatsapp-api-js/messages";
import { WhatsAppAPI } from "whatsapp-api-js/middleware/node-http";
import { freePort } from "../scripts/programs.ts";
import { type Call, callerOf, type Program, run, until } from "./support.ts";

/*
 * Software that others wrote for the WhatsApp Business Platform, pointed at the sandbox as its own documentation says.
 * None of the clients knows of the sandbox: what works here was learned from the platform.
 */

interface World {
  readonly url: string;
  readonly app: { readonly id: string; readonly secret: string; readonly accessToken: string };
  readonly accountId: string;
  readonly token: string;
  readonly numberId: string;
}

let program: Program;
let control: Call;
let world: World;

beforeAll(async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  program = run("apps/sandbox/src/main.ts", { SANDBOX_PORT: String(port) });
  await until(() => program.said().includes(url), "the sandbox");
  control = callerOf(`${url}/_sandbox/`);
  const { apps, accounts } = (await control("GET", "")).body;
  world = {
    url,
    app: apps[0],
    accountId: accounts[0].id,
    token: accounts[0].tokens[0].token,
    numberId: accounts[0].numbers[0].id,
  };
});
afterAll(async () => {
  expect(await program?.end()).toEqual({ code: 0, signal: null });
});

const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Somebody writes first, so that the window is open; answers the id of what was written. */
async function writes(phone: string, body: string): Promise<string> {
  return (await control("POST", `phones/${phone}/messages`, { type: "text", text: { body } })).body.id;
}

interface Shown {
  readonly from: string;
  readonly type: string;
  readonly status: string;
  readonly text?: { readonly body: string };
  readonly image?: { readonly caption: string };
  readonly interactive?: { readonly body: { readonly text: string } };
  readonly rendered?: { readonly body: string };
}
async function fromBusiness(phone: string): Promise<Shown[]> {
  const { items } = (await control("GET", `phones/${phone}/messages`)).body as { items: Shown[] };
  return items.filter(({ from }) => from === "business");
}

/** The same four things each client sends, as the phone shows them; then they are read. */
async function arrived(phone: string): Promise<void> {
  await until(async () => (await fromBusiness(phone)).length === 4, "all four on the phone");
  const [text, image, template, buttons] = await fromBusiness(phone);
  expect(text).toMatchObject({ type: "text", text: { body: "Good morning" } });
  expect(image).toMatchObject({ type: "image", image: { caption: "Fresh" } });
  expect(template).toMatchObject({
    type: "template",
    rendered: { body: "Hello Sam, your order 1042 is ready to collect. See you soon!" },
  });
  expect(buttons).toMatchObject({ type: "interactive", interactive: { body: { text: "Shall we keep it?" } } });
  await control("POST", `phones/${phone}/actions`, { type: "read" });
}

async function isRead(messageId: string): Promise<boolean> {
  return (await control("GET", `messages/${messageId}`)).body.status === "read";
}

/** Listens as a business does, and subscribes to its account's webhooks through the Graph API. */
async function listening(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  verifyToken: string,
): Promise<Server> {
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const graph = callerOf(`${world.url}/v24.0/`, { authorization: `Bearer ${world.token}` });
  const asApp = callerOf(`${world.url}/v24.0/`, { authorization: `Bearer ${world.app.accessToken}` });
  const subscribed = await asApp("POST", `${world.app.id}/subscriptions`, {
    object: "whatsapp_business_account",
    callback_url: `http://127.0.0.1:${port}/webhook`,
    verify_token: verifyToken,
    fields: "messages",
  });
  expect(subscribed).toMatchObject({ status: 200, body: { success: true } });
  expect(await graph("POST", `${world.accountId}/subscribed_apps`)).toMatchObject({
    status: 200,
    body: { success: true },
  });
  return server;
}

async function stop(server: Server | undefined): Promise<void> {
  server?.closeAllConnections();
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
}

describe("@kapso/whatsapp-cloud-api, by its baseUrl", () => {
  const phone = "31655530001";
  let client: WhatsAppClient;
  let server: Server | undefined;
  const events: ReturnType<typeof normalizeWebhook>[] = [];
  const refused: string[] = [];

  beforeAll(async () => {
    client = new WhatsAppClient({ accessToken: world.token, baseUrl: world.url });
    server = await listening(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const rawBody = Buffer.concat(chunks);
      if (request.method === "GET") {
        const query = new URL(request.url ?? "", "http://listener").searchParams;
        response.end(query.get("hub.verify_token") === "kapso token" ? query.get("hub.challenge") : "no");
        return;
      }
      const signatureHeader = String(request.headers["x-hub-signature-256"]);
      if (!verifySignature({ appSecret: world.app.secret, rawBody, signatureHeader })) {
        refused.push(rawBody.toString());
        response.writeHead(401).end();
        return;
      }
      events.push(normalizeWebhook(JSON.parse(rawBody.toString())));
      response.end();
    }, "kapso token");
  });
  afterAll(() => stop(server));

  it("sends a text, a picture it uploads, a template and buttons, and marks as read", async () => {
    const asked = await writes(phone, "Is my order ready?");
    await client.messages.markRead({ phoneNumberId: world.numberId, messageId: asked });
    expect(await isRead(asked)).toBe(true);

    const sent = await client.messages.sendText({
      phoneNumberId: world.numberId,
      to: `+${phone}`,
      body: "Good morning",
    });
    expect(sent).toMatchObject({
      contacts: [{ input: `+${phone}`, waId: phone }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
    const { id } = await client.media.upload({
      phoneNumberId: world.numberId,
      type: "image",
      file: new Blob([png], { type: "image/png" }),
      fileName: "cake.png",
    });
    expect(await client.media.get({ mediaId: id })).toMatchObject({ mimeType: "image/png" });
    const bytes = (await client.media.download({ mediaId: id, auth: "always" })) as ArrayBuffer;
    expect(Buffer.from(bytes)).toEqual(png);
    await client.messages.sendImage({ phoneNumberId: world.numberId, to: phone, image: { id, caption: "Fresh" } });
    await client.messages.sendTemplate({
      phoneNumberId: world.numberId,
      to: phone,
      template: {
        name: "order_update",
        language: { code: "en" },
        components: [
          {
            type: "body",
            parameters: [
              { type: "text", text: "Sam" },
              { type: "text", text: "1042" },
            ],
          },
        ],
      },
    });
    await client.messages.sendInteractiveButtons({
      phoneNumberId: world.numberId,
      to: phone,
      bodyText: "Shall we keep it?",
      buttons: [
        { id: "yes", title: "Yes" },
        { id: "no", title: "No" },
      ],
    });
    await arrived(phone);
  });

  it("lists the account's templates", async () => {
    const { data } = await client.templates.list({ businessAccountId: world.accountId, limit: 100 });
    expect(data.map(({ name }) => name)).toContain("order_update");
  });

  it("is told what people write and what became of its messages, signed", async () => {
    const written = await writes(phone, "Thank you, on my way");
    const message = await until(
      () => events.flatMap(({ messages }) => messages).find(({ id }) => id === written),
      "the webhook",
    );
    expect(message).toMatchObject({ from: phone, type: "text", text: { body: "Thank you, on my way" } });
    expect(events.find(({ messages }) => messages.includes(message))).toMatchObject({
      object: "whatsapp_business_account",
      phoneNumberId: world.numberId,
      contacts: [{ waId: phone }],
    });
    const sent = await client.messages.sendText({ phoneNumberId: world.numberId, to: phone, body: "See you" });
    const id = sent.messages[0]?.id ?? "";
    const told = () =>
      events.flatMap(({ statuses }) => statuses).flatMap((status) => (status.id === id ? [status.status] : []));
    await until(() => told().includes("delivered"), "two ticks");
    await control("POST", `phones/${phone}/actions`, { type: "read" });
    await until(() => told().includes("read"), "the read receipt");
    expect(told().sort()).toEqual(["delivered", "read", "sent"]);
    expect(refused).toEqual([]);
  });

  it("gets the platform's own error for what the platform refuses", async () => {
    const wrong = client.messages.sendTemplate({
      phoneNumberId: world.numberId,
      to: phone,
      template: { name: "no_such_template", language: { code: "en" } },
    });
    await expect(wrong).rejects.toThrow(/132001/);
    const stranger = new WhatsAppClient({ accessToken: "EAAGwrong", baseUrl: world.url });
    await expect(
      stranger.messages.sendText({ phoneNumberId: world.numberId, to: phone, body: "Hello" }),
    ).rejects.toThrow(/Invalid OAuth access token/);
  });
});

describe("whatsapp-api-js, by an injected fetch", () => {
  const phone = "31655530002";
  let client: WhatsAppAPI;
  let server: Server | undefined;
  const heard: { from: string; name: string | undefined; text: string }[] = [];
  const statuses: { id: string; status: string }[] = [];
  const answers: number[] = [];

  beforeAll(async () => {
    client = new WhatsAppAPI({
      token: world.token,
      appSecret: world.app.secret,
      webhookVerifyToken: "second token",
      v: "v24.0",
      ponyfill: {
        fetch: (input, init) => fetch(String(input).replace("https://graph.facebook.com", world.url), init),
      },
    });
    client.on.message = ({ from, name, message }) => {
      heard.push({ from, name, text: message.type === "text" ? message.text.body : message.type });
    };
    client.on.status = ({ id, status }) => {
      statuses.push({ id, status });
    };
    server = await listening(async (request, response) => {
      if (request.method === "GET") {
        response.end(client.handle_get(request));
        return;
      }
      response.statusCode = await client.handle_post(request);
      answers.push(response.statusCode);
      response.end();
    }, "second token");
  });
  afterAll(() => stop(server));

  it("sends a text, a picture it uploads, a template and buttons, and marks as read", async () => {
    const asked = await writes(phone, "Is my order ready?");
    expect(await client.markAsRead(world.numberId, asked)).toEqual({ success: true });
    expect(await isRead(asked)).toBe(true);

    const sent = await client.sendMessage(world.numberId, phone, new Text("Good morning"));
    expect(sent).toMatchObject({ messages: [{ id: expect.stringMatching(/^wamid\./) }] });
    const form = new FormData();
    form.set("file", new Blob([png], { type: "image/png" }), "cake.png");
    const uploaded = await client.uploadMedia(world.numberId, form);
    if (!("id" in uploaded)) throw new Error(JSON.stringify(uploaded));
    const stored = await client.retrieveMedia(uploaded.id);
    if (!("url" in stored)) throw new Error(JSON.stringify(stored));
    const bytes = await (await client.fetchMedia(stored.url)).arrayBuffer();
    expect(Buffer.from(bytes)).toEqual(png);
    await client.sendMessage(world.numberId, phone, new Image(uploaded.id, true, "Fresh"));
    await client.sendMessage(
      world.numberId,
      phone,
      new Template("order_update", "en", new BodyComponent(new BodyParameter("Sam"), new BodyParameter("1042"))),
    );
    await client.sendMessage(
      world.numberId,
      phone,
      new Interactive(
        new ActionButtons(new Button("yes", "Yes"), new Button("no", "No")),
        new Body("Shall we keep it?"),
      ),
    );
    await arrived(phone);
  });

  it("answers the handshake, checks the signature, and hears messages and statuses", async () => {
    await control("PUT", `phones/${phone}`, { name: "Sam Second" });
    await writes(phone, "Thank you, on my way");
    await until(() => heard.some(({ text }) => text === "Thank you, on my way"), "the webhook");
    expect(heard.at(-1)).toEqual({ from: phone, name: "Sam Second", text: "Thank you, on my way" });
    const sent = await client.sendMessage(world.numberId, phone, new Text("See you"));
    if (!("messages" in sent)) throw new Error(JSON.stringify(sent));
    const { id } = sent.messages[0];
    const told = () => statuses.flatMap((status) => (status.id === id ? [status.status] : []));
    await until(() => told().includes("delivered"), "two ticks");
    await control("POST", `phones/${phone}/actions`, { type: "read" });
    await until(() => told().includes("read"), "the read receipt");
    expect(told().sort()).toEqual(["delivered", "read", "sent"]);
    expect(new Set(answers)).toEqual(new Set([200]));
  });

  it("refuses a webhook somebody else signed", async () => {
    const address = server?.address();
    const port = typeof address === "object" && address ? address.port : 0;
    const answer = await fetch(`http://127.0.0.1:${port}/webhook`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${"0".repeat(64)}` },
      body: JSON.stringify({ object: "whatsapp_business_account", entry: [] }),
    });
    expect(answer.status).toBe(401);
    answers.pop();
  });
});

describe("@chat-adapter/whatsapp, by the environment", () => {
  const phone = "31655530003";
  const before = { ...process.env };
  let adapter: WhatsAppAdapter;
  let bot: Chat<{ whatsapp: Adapter }>;
  let server: Server | undefined;
  const heard: { id: string; name: string; text: string; attachments: string[]; threadId: string }[] = [];
  const taps: { action: string; value: string | undefined }[] = [];
  const answers: number[] = [];

  beforeAll(async () => {
    Object.assign(process.env, {
      WHATSAPP_ACCESS_TOKEN: world.token,
      WHATSAPP_APP_SECRET: world.app.secret,
      WHATSAPP_PHONE_NUMBER_ID: world.numberId,
      WHATSAPP_VERIFY_TOKEN: "third token",
      WHATSAPP_API_URL: world.url,
    });
    adapter = createWhatsAppAdapter({ logger: new ConsoleLogger("silent") });
    bot = new Chat({
      userName: "mybot",
      // Its types were checked less strictly than ours.
      adapters: { whatsapp: adapter as Adapter },
      state: createMemoryState(),
      logger: "silent",
    });
    bot.onDirectMessage(async (thread, message) => {
      heard.push({
        id: message.id,
        name: message.author.fullName,
        text: message.text,
        attachments: message.attachments.map(({ type }) => type),
        threadId: thread.id,
      });
    });
    bot.onAction(async ({ actionId, value }) => {
      taps.push({ action: actionId, value });
    });
    server = await listening(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const answer = await bot.webhooks.whatsapp(
        new Request(new URL(request.url ?? "/", "http://listener"), {
          method: request.method ?? "GET",
          headers: request.headers as Record<string, string>,
          ...(request.method === "POST" ? { body: Buffer.concat(chunks) } : {}),
        }),
      );
      if (request.method === "POST") answers.push(answer.status);
      response.writeHead(answer.status).end(await answer.text());
    }, "third token");
  });
  afterAll(async () => {
    await stop(server);
    await bot?.shutdown();
    for (const key of Object.keys(process.env)) if (!(key in before)) delete process.env[key];
    Object.assign(process.env, before);
  });

  it("hears what people write, and sends a text, a picture, a template and buttons, and marks as read", async () => {
    await control("PUT", `phones/${phone}`, { name: "Sam Third" });
    const asked = await writes(phone, "Is my order ready?");
    const message = await until(() => heard.find(({ id }) => id === asked), "the webhook");
    expect(message).toMatchObject({ name: "Sam Third", text: "Is my order ready?" });
    const { threadId } = message;
    await adapter.markAsRead(threadId, asked);
    expect(await isRead(asked)).toBe(true);

    const sent = await adapter.postMessage(threadId, "Good morning");
    expect(sent.id).toMatch(/^wamid\./);
    await adapter.postMessage(threadId, {
      markdown: "Fresh",
      files: [{ data: png, filename: "cake.png", mimeType: "image/png" }],
    });
    await adapter.sendTemplate(threadId, {
      name: "order_update",
      language: "en",
      components: [
        {
          type: "body",
          parameters: [
            { type: "text", text: "Sam" },
            { type: "text", text: "1042" },
          ],
        },
      ],
    });
    await adapter.postMessage(
      threadId,
      Card({
        children: [
          CardText("Shall we keep it?"),
          Actions([CardButton({ id: "keep", label: "Yes", value: "yes" }), CardButton({ id: "no", label: "No" })]),
        ],
      }) as CardElement,
    );
    await arrived(phone);
  });

  it("knows its own buttons when they are tapped, and the kinds of what it gets", async () => {
    await control("POST", `phones/${phone}/actions`, { type: "tap", title: "Yes" });
    await until(() => taps.length > 0, "the tap");
    expect(taps).toEqual([{ action: "keep", value: "yes" }]);
    await control("POST", `phones/${phone}/messages`, { type: "image", image: { caption: "This one" } });
    await until(() => heard.some(({ attachments }) => attachments.length > 0), "the picture");
    expect(heard.at(-1)).toMatchObject({ text: "This one", attachments: ["image"] });
    expect(new Set(answers)).toEqual(new Set([200]));
  });

  it("refuses a webhook somebody else signed", async () => {
    const body = JSON.stringify({ object: "whatsapp_business_account", entry: [] });
    const forged = await bot.webhooks.whatsapp(
      new Request("http://listener/webhook", {
        method: "POST",
        headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${"0".repeat(64)}` },
        body,
      }),
    );
    expect(forged.status).toBe(401);
  });
});

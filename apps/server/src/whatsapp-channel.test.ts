import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSafeFetch, type InboundEvent, type MessageContent } from "@loket/channels";
import { createWhatsAppClient, receive, verify, type WhatsAppClient } from "@loket/channels/whatsapp";
import { instant } from "@loket/kit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningSandbox, startSandbox, until } from "./testing.ts";

/*
 * The channel by itself against the sandbox's real HTTP, both ways: what it sends is what a phone shows, what is posted
 * back is signed, understood to the last element, and nothing of it is set aside.
 */

interface World {
  apps: { secret: string }[];
  accounts: { id: string; tokens: { token: string }[]; numbers: { id: string }[] }[];
}
let sandbox: RunningSandbox;
let listener: Server;
let client: WhatsAppClient;
let numberId = "";
let accountId = "";
let secret = "";
const events: InboundEvent[] = [];
const setAside: unknown[] = [];
const forged: string[] = [];

beforeAll(async () => {
  sandbox = await startSandbox();
  const world = await sandbox.call<World>("GET", "");
  const [account] = world.accounts;
  accountId = account?.id ?? "";
  numberId = account?.numbers[0]?.id ?? "";
  secret = world.apps[0]?.secret ?? "";
  listener = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      if (!verify(body, request.headers["x-hub-signature-256"] as string | undefined, secret))
        forged.push(body.toString());
      const received = receive(body, instant(Date.now()));
      events.push(...received.events);
      setAside.push(...received.setAside);
      response.end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const { port } = listener.address() as AddressInfo;
  await sandbox.call("PUT", "apps/first", { callbackUrl: `http://127.0.0.1:${port}/` });
  const network = createSafeFetch({ allow: [sandbox.url] });
  client = createWhatsAppClient({
    baseUrl: sandbox.url,
    accessToken: account?.tokens[0]?.token ?? "",
    network,
  });
});
afterAll(async () => {
  expect(forged).toEqual([]);
  expect(setAside).toEqual([]);
  await new Promise((resolve) => listener?.close(resolve));
  await sandbox?.close();
});
beforeEach(() => {
  events.length = 0;
});

const sam = "+31612345678";
const to = { phone: sam };
const heard = <Kind extends InboundEvent["kind"]>(
  kind: Kind,
  is: (event: Extract<InboundEvent, { kind: Kind }>) => boolean = () => true,
) =>
  until(
    async () =>
      events.find(
        (event): event is Extract<InboundEvent, { kind: Kind }> =>
          event.kind === kind && is(event as Extract<InboundEvent, { kind: Kind }>),
      ),
    kind,
  );
const says = (message: object) => sandbox.call<{ id: string }>("POST", "phones/31612345678/messages", message);
const shown = async () =>
  (await sandbox.call<{ items: { id: string; type: string }[] }>("GET", "phones/31612345678/messages")).items;
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

describe("what it sends", () => {
  const contents: [string, MessageContent][] = [
    ["text", { type: "text", text: { body: "Hallo Sam, é 🍞 / 'x'", preview_url: false } }],
    ["location", { type: "location", location: { latitude: 51.91, longitude: 4.46, name: "Winkel" } }],
    ["contacts", { type: "contacts", contacts: [{ name: { formatted_name: "Eva", first_name: "Eva" } }] }],
    [
      "buttons",
      {
        type: "interactive",
        interactive: {
          type: "button",
          body: { text: "Tot hoe laat?" },
          action: { buttons: [{ type: "reply", reply: { id: "five", title: "Vijf uur" } }] },
        },
      },
    ],
    [
      "template",
      {
        type: "template",
        template: {
          name: "weekend_offer",
          language: { code: "nl" },
          components: [
            {
              type: "body",
              parameters: [
                { type: "text", text: "Sam" },
                { type: "text", text: "stol" },
              ],
            },
          ],
        },
      },
    ],
  ];

  it.each(contents)("%s reaches the phone, and its statuses come home with our own id", async (name, content) => {
    await says({ type: "text", text: { body: "open the window" } });
    const outcome = await client.sendMessage(numberId, { to, content, callbackData: `ours ${name}` });
    expect(outcome).toMatchObject({ kind: "accepted" });
    const providerId = outcome.kind === "accepted" ? outcome.providerId : "";
    const delivered = await heard(
      "statusChanged",
      (event) => event.providerId === providerId && event.status === "delivered",
    );
    expect(delivered).toMatchObject({ callbackData: `ours ${name}` });
    expect((await shown()).some(({ id, type }) => id === providerId && type === content.type)).toBe(true);
  });

  it("files go up, arrive, and come down as the same bytes", async () => {
    await says({ type: "text", text: { body: "open the window" } });
    const uploaded = await client.uploadMedia(numberId, { bytes: png, mimeType: "image/png", filename: "brood.png" });
    const id = uploaded.ok ? uploaded.value.id : "";
    expect(await client.fetchMedia(id, { numberId, maxBytes: 1_000_000 })).toMatchObject({
      ok: true,
      value: { mimeType: "image/png" },
    });
    const outcome = await client.sendMessage(numberId, { to, content: { type: "image", image: { id } } });
    await heard(
      "statusChanged",
      (event) => outcome.kind === "accepted" && event.providerId === outcome.providerId && event.status === "delivered",
    );
    expect(await client.deleteMedia(id, numberId)).toMatchObject({ ok: true });
    expect(await client.fetchMedia(id, { numberId, maxBytes: 1_000_000 })).toMatchObject({ ok: false });
  });

  it("what the platform refuses is a refusal with its code, what comes too fast is tried again later", async () => {
    const gone = await client.sendMessage(numberId, {
      to,
      content: { type: "template", template: { name: "nowhere", language: { code: "nl" } } },
    });
    expect(gone).toMatchObject({ kind: "refused", failure: { code: "132001", reason: "templateMissing" } });
    await sandbox.call("POST", "faults", { graph: [{ path: "/messages", code: 130429, next: 1 }] });
    const fast = await client.sendMessage(numberId, { to, content: { type: "text", text: { body: "x" } } });
    expect(fast).toMatchObject({ kind: "retryable", failure: { code: "130429" } });
    await sandbox.call("POST", "faults", { graph: [{ path: "/messages", close: "after", next: 1 }] });
    const lost = await client.sendMessage(numberId, { to, content: { type: "text", text: { body: "x" } } });
    expect(lost).toMatchObject({ kind: "unknown" });
  });
});

describe("what it hears", () => {
  it.each([
    ["text", { type: "text", text: { body: "Is er nog brood?" } }],
    ["image", { type: "image" }],
    ["audio", { type: "audio", audio: { voice: true } }],
    ["document", { type: "document" }],
    ["location", { type: "location", location: { latitude: 52, longitude: 4 } }],
    ["sticker", { type: "sticker" }],
  ] as const)("%s is understood", async (type, message) => {
    const { id } = await says(message);
    const event = await heard("messageReceived", ({ providerId }) => providerId === id);
    expect(event).toMatchObject({ content: { type }, from: { phone: sam } });
  });

  it("reactions, reads, edits of the address book and wishes about offers are told apart", async () => {
    const outcome = await client.sendMessage(numberId, { to, content: { type: "text", text: { body: "Lekker?" } } });
    const providerId = outcome.kind === "accepted" ? outcome.providerId : "";
    await heard("statusChanged", (event) => event.providerId === providerId && event.status === "delivered");
    await says({ type: "reaction", reaction: { message_id: providerId, emoji: "😋" } });
    expect(await heard("reactionChanged")).toMatchObject({ emoji: "😋" });
    await sandbox.call("POST", "phones/31612345678/actions", { type: "read" });
    await heard("statusChanged", (event) => event.providerId === providerId && event.status === "read");
    await sandbox.call("POST", "phones/31612345678/actions", { type: "stop-marketing" });
    await heard("preferenceChanged");
    await sandbox.call("POST", "phones/31612345678/actions", { type: "resume-marketing" });
  });
});

describe("what it asks", () => {
  it("the number, its account, profile and templates are read page by page", async () => {
    expect(await client.getNumber(numberId)).toMatchObject({
      ok: true,
      value: { id: numberId, phone: "+31108080101" },
    });
    expect(await client.getAccount(accountId)).toMatchObject({ ok: true, value: { id: accountId } });
    expect(await client.getProfile(numberId)).toMatchObject({ ok: true, value: { email: "winkel@korenaar.example" } });
    const names: string[] = [];
    for (let after: string | undefined; ; ) {
      const page = await client.listTemplates(accountId, { limit: 3, ...(after === undefined ? {} : { after }) });
      if (!page.ok) throw new Error(page.failure.title);
      names.push(...page.value.items.map(({ name }) => name));
      after = page.value.next;
      if (after === undefined) break;
    }
    expect(names).toContain("weekend_offer");
    expect(names.length).toBeGreaterThan(6);
  });

  it("people are blocked and let in again", async () => {
    expect(await client.block(numberId, [{ phone: sam }])).toMatchObject({ ok: true });
    expect(await client.listBlocked(numberId)).toMatchObject({ ok: true, value: { items: [{ phone: sam }] } });
    expect(await client.unblock(numberId, [{ phone: sam }])).toMatchObject({ ok: true });
    expect(await client.listBlocked(numberId)).toMatchObject({ ok: true, value: { items: [] } });
  });
});

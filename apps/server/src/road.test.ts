import { createHmac } from "node:crypto";
import type { OrganisationId, PersonId, SenderId } from "@loket/kit";
import { addMember, createOrganisation, createToken, saveInbox } from "@loket/organisations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSender } from "./http/routes/senders.ts";
import {
  type Api,
  apiOf,
  type RunningSandbox,
  signIn,
  startSandbox,
  startTestLoket,
  type TestLoket,
  until,
} from "./testing.ts";

/** The whole road over real HTTP: a phone of the sandbox, signed webhooks, PostgreSQL, the terms book, and back. */
let sandbox: RunningSandbox;
let at: TestLoket;
let api: Api;
let organisationId: OrganisationId;
let senderId: SenderId;
let agent: Record<string, string>;
let appSecret: string;
let numberId: string;

interface Conversation {
  id: string;
  state: string;
  version: number;
  windowEndsAt: string | null;
  unreadCount: number;
  assigneeId: string | null;
  contact: { id: string; name: string; addresses: { channel: string; value: string }[] };
}
interface Message {
  id: string;
  direction: "in" | "out";
  type: string;
  text: string | null;
  status: string;
  providerId: string | null;
  failure: { code: string; nextStep: string } | null;
  media: { id: string; state: string; url: string | null; mimeType: string } | null;
  content: Record<string, unknown>;
  reactions: { direction: string; emoji: string }[];
  editedAt: string | null;
  deletedAt: string | null;
  statusTimes: Record<string, string>;
}
interface Page<Item> {
  items: Item[];
  next: string | null;
}

beforeAll(async () => {
  sandbox = await startSandbox();
  at = await startTestLoket({ sandboxUrl: sandbox.url });
  const { ports } = at.loket;
  organisationId = ports.ids.next<"organisation">();
  await createOrganisation(ports.app, ports.clock, {
    id: organisationId,
    name: "Bakery",
    kind: "business",
    locale: "nl",
    timeZone: "Europe/Amsterdam",
    homeCountry: "NL",
  });
  const personId = (await ports.auth.ensurePerson({
    name: "Bram",
    email: "bram@bakery.example",
    password: "correct horse",
  })) as PersonId;
  const inbox = await ports.app.inOrganisation(organisationId, async (tx) => {
    await addMember(tx, ports, { personId, role: "agent" });
    await createToken(tx, ports, { name: "test", scopes: ["*"], secret: "loket_test", createdBy: null });
    return saveInbox(tx, ports, { name: "Shop", teamIds: [] });
  });
  const world = await sandbox.call<{
    apps: { secret: string }[];
    accounts: { id: string; portfolioId: string; tokens: { token: string }[]; numbers: { id: string }[] }[];
  }>("GET", "");
  const account = world.accounts[0];
  appSecret = world.apps[0]?.secret ?? "";
  numberId = account?.numbers[0]?.id ?? "";
  const sender = await connectSender(ports, organisationId, {
    inboxId: inbox?.id ?? "",
    phoneNumberId: numberId,
    accountId: account?.id ?? "",
    accessToken: account?.tokens[0]?.token ?? "",
    appSecret,
    graphUrl: sandbox.url,
    portfolioId: account?.portfolioId,
  });
  senderId = sender.id;
  api = apiOf(at.url, { authorization: "Bearer loket_test" });
  agent = await signIn(at.url, { email: "bram@bakery.example", password: "correct horse" }, organisationId);
});
afterAll(async () => {
  await at?.close();
  await sandbox?.close();
});

let phones = 0;
/** A person nobody wrote with yet. */
function newPhone(): string {
  phones += 1;
  return `316555${String(10_000 + phones)}`;
}
const says = (phone: string, body: string) =>
  sandbox.call<{ id: string }>("POST", `phones/${phone}/messages`, { type: "text", text: { body } });
const conversationOf = (phone: string) =>
  until(
    async () =>
      (await api<Page<Conversation>>("GET", `conversations?q=${phone}`)).body.items.find((item) =>
        item.contact.addresses.some(({ value }) => value === `+${phone}`),
      ),
    `a conversation with ${phone}`,
  );
const messagesOf = async (conversation: { id: string }) =>
  (await api<Page<Message>>("GET", `conversations/${conversation.id}/messages?limit=200`)).body.items;
const messageWith = (conversation: { id: string }, wanted: (message: Message) => boolean, what: string) =>
  until(async () => (await messagesOf(conversation)).find(wanted), what);
const shown = (phone: string) =>
  sandbox.call<{ items: { id: string; from: string; type: string; status?: string; text?: { body: string } }[] }>(
    "GET",
    `phones/${phone}/messages`,
  );

/** Posts a body as the platform would, signed, without the sandbox: for bodies the sandbox never makes. */
async function post(body: unknown, secret = appSecret): Promise<number> {
  const raw = typeof body === "string" ? body : JSON.stringify(body);
  const signature = `sha256=${createHmac("sha256", secret).update(raw).digest("hex")}`;
  const answer = await fetch(`${at.url}/webhooks/whatsapp/${senderId}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-hub-signature-256": signature },
    body: raw,
  });
  return answer.status;
}
const messagesBody = (messages: unknown[], statuses?: unknown[]) => ({
  object: "whatsapp_business_account",
  entry: [
    {
      id: "1",
      changes: [
        {
          field: "messages",
          value: {
            messaging_product: "whatsapp",
            metadata: { display_phone_number: "31108080101", phone_number_id: numberId },
            ...(statuses ? { statuses } : { messages }),
          },
        },
      ],
    },
  ],
});
const nowSeconds = () => String(Math.floor(at.loket.ports.clock.now() / 1000));

describe("an inbound message", () => {
  it("arrives, is answered, and the answer's ticks come home", async () => {
    const phone = newPhone();
    await says(phone, "Hebben jullie nog tompoucen? 🍰 a/b é");
    const conversation = await conversationOf(phone);
    expect(conversation).toMatchObject({ state: "needs-us", unreadCount: 1 });
    const answered = await api<Message>("POST", `conversations/${conversation.id}/messages`, {
      clientId: `c-${phone}`,
      type: "text",
      text: "Ja, nog zes.",
    });
    expect(answered.status).toBe(201);
    await messageWith(conversation, (message) => message.status === "delivered", "two ticks");
    await sandbox.call("POST", `phones/${phone}/actions`, { type: "read" });
    await messageWith(conversation, (message) => message.status === "read", "blue ticks");
    expect((await shown(phone)).items.map(({ from, text }) => [from, text?.body])).toEqual([
      ["phone", "Hebben jullie nog tompoucen? 🍰 a/b é"],
      ["business", "Ja, nog zes."],
    ]);
    expect((await conversationOf(phone)).state).toBe("waiting");
  });

  it("makes one conversation, however many arrive at once", async () => {
    const phone = newPhone();
    await Promise.all(Array.from({ length: 10 }, (_, index) => says(phone, `photo ${index}`)));
    const conversation = await conversationOf(phone);
    await until(async () => (await messagesOf(conversation)).length === 10, "all ten");
    expect(
      (await api<Page<Conversation>>("GET", `conversations?contactId=${conversation.contact.id}`)).body.items,
    ).toHaveLength(1);
  });

  it("is stored once, however often and in whatever company it is posted", async () => {
    const phone = newPhone();
    const message = {
      from: phone,
      id: `wamid.dup-${phone}`,
      timestamp: nowSeconds(),
      type: "text",
      text: { body: "twice" },
    };
    const other = { ...message, id: `wamid.dup2-${phone}`, text: { body: "once" } };
    const bodies = [messagesBody([message]), messagesBody([message, other]), messagesBody([other, message, message])];
    expect(await Promise.all(bodies.map((body) => post(body)))).toEqual([200, 200, 200]);
    const conversation = await conversationOf(phone);
    await messageWith(conversation, ({ text }) => text === "once", "the second");
    expect((await messagesOf(conversation)).map(({ text }) => text).sort()).toEqual(["once", "twice"]);
  });

  it("is not believed without its signature, and leaves nothing", async () => {
    const before = await at.database.admin.query("select count(*)::int as n from inbound_receipt");
    const body = messagesBody([
      { from: "31600000001", id: "wamid.forged", timestamp: nowSeconds(), type: "text", text: { body: "forged" } },
    ]);
    expect(await post(body, "another secret")).toBe(401);
    expect(
      (await fetch(`${at.url}/webhooks/whatsapp/${senderId}`, { method: "POST", body: JSON.stringify(body) })).status,
    ).toBe(401);
    expect((await at.database.admin.query("select count(*)::int as n from inbound_receipt")).rows).toEqual(before.rows);
  });

  it("that cannot be read is set aside, and its neighbours are not", async () => {
    const phone = newPhone();
    const good = (id: number) => ({
      from: phone,
      id: `wamid.good${id}-${phone}`,
      timestamp: nowSeconds(),
      type: "text",
      text: { body: `good ${id}` },
    });
    expect(await post(messagesBody([good(1), null, "nonsense", { from: phone }, good(2)]))).toBe(200);
    expect(await post("{ this is no JSON")).toBe(200);
    const conversation = await conversationOf(phone);
    await messageWith(conversation, ({ text }) => text === "good 2", "the neighbours");
    expect((await messagesOf(conversation)).map(({ text }) => text)).toEqual(["good 1", "good 2"]);
    const aside = await until(async () => {
      const { items } = (await api<Page<{ reason: string; path: string }>>("GET", "quarantine")).body;
      return items.length >= 2 && items;
    }, "what was set aside");
    for (const element of aside) expect(element.reason).not.toBe("");
  });

  it("of a kind nobody knows yet is kept whole", async () => {
    const phone = newPhone();
    await post(
      messagesBody([
        { from: phone, id: `wamid.new-${phone}`, timestamp: nowSeconds(), type: "hologram", hologram: { depth: 3 } },
      ]),
    );
    const conversation = await conversationOf(phone);
    const message = await messageWith(conversation, ({ type }) => type === "unrecognised", "the hologram");
    expect(JSON.stringify(message.content)).toContain("hologram");
  });

  it("from somebody known only by a user id is answered to that id", async () => {
    const from = {
      from_user_id: "NL.55512345",
      id: "wamid.bsuid-1",
      timestamp: nowSeconds(),
      type: "text",
      text: { body: "no number" },
    };
    const body = messagesBody([from]);
    const value = body.entry[0]?.changes[0]?.value as Record<string, unknown>;
    value.contacts = [{ profile: { name: "Kit", username: "@kit" }, user_id: "NL.55512345" }];
    await post(body);
    const conversation = await until(
      async () => (await api<Page<Conversation>>("GET", "conversations?q=Kit")).body.items[0],
      "Kit",
    );
    expect(conversation.contact.addresses).toEqual([{ channel: "whatsapp", value: "NL.55512345" }]);
    await api("POST", `conversations/${conversation.id}/messages`, {
      clientId: "kit-1",
      type: "text",
      text: "Hello Kit",
    });
    const request = await until(async () => {
      const log = await sandbox.call<{ requests: { path: string; body: { recipient?: string } }[] }>("GET", "log");
      return log.requests.find((entry) => entry.body?.recipient === "NL.55512345");
    }, "the send by user id");
    expect(request.path).toContain("/messages");
  });

  it("moves with the person to a new number, conversation and all", async () => {
    const phone = newPhone();
    await says(phone, "before");
    const conversation = await conversationOf(phone);
    const next = newPhone();
    await sandbox.call("POST", `phones/${phone}/actions`, { type: "change-number", to: next });
    const moved = await conversationOf(next);
    expect(moved.id).toBe(conversation.id);
    await says(next, "after");
    await messageWith(conversation, ({ text }) => text === "after", "the message from the new number");
  });

  it("can be edited, deleted and reacted to", async () => {
    const phone = newPhone();
    const send = (message: Record<string, unknown>) =>
      post(messagesBody([{ from: phone, timestamp: nowSeconds(), ...message }]));
    await send({ id: `wamid.e1-${phone}`, type: "text", text: { body: "first words" } });
    const conversation = await conversationOf(phone);
    await send({
      id: `wamid.e2-${phone}`,
      type: "edit",
      edit: { original_message_id: `wamid.e1-${phone}`, message: { type: "text", text: { body: "better words" } } },
    });
    await messageWith(conversation, ({ text, editedAt }) => text === "better words" && editedAt !== null, "the edit");
    await send({
      id: `wamid.e3-${phone}`,
      type: "reaction",
      reaction: { message_id: `wamid.e1-${phone}`, emoji: "👍" },
    });
    await messageWith(conversation, ({ reactions }) => reactions.some(({ emoji }) => emoji === "👍"), "the reaction");
    await send({ id: `wamid.e4-${phone}`, type: "revoke", revoke: { original_message_id: `wamid.e1-${phone}` } });
    const gone = await messageWith(conversation, ({ deletedAt }) => deletedAt !== null, "the deletion");
    expect(gone.text).toBeNull();
    expect(await messagesOf(conversation)).toHaveLength(1);
  });

  it("reopens what was closed lately, and begins anew after long", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    await api("POST", `conversations/${conversation.id}/close`, { version: conversation.version });
    await says(phone, "one more thing");
    await until(async () => (await conversationOf(phone)).state === "needs-us", "the reopened conversation");
    expect((await conversationOf(phone)).id).toBe(conversation.id);
    const open = await conversationOf(phone);
    await api("POST", `conversations/${conversation.id}/close`, { version: open.version });
    await sandbox.call("POST", "clock", { advance: "4d" });
    await says(phone, "months later");
    const fresh = await until(
      async () =>
        (await api<Page<Conversation>>("GET", `conversations?contactId=${conversation.contact.id}&state=needs-us`)).body
          .items[0],
      "a new conversation",
    );
    expect(fresh.id).not.toBe(conversation.id);
  });
});

describe("an answer", () => {
  it("after the window is refused with the rule and a way out, and by the same words when asked before", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    await sandbox.call("POST", "clock", { advance: "25h" });
    const refused = await until(async () => {
      const answer = await api<{
        code: string;
        verdict: { outcome: string; rules: { id: string; remedies: { id: string; label: string }[] }[] };
      }>("POST", `conversations/${conversation.id}/messages`, {
        clientId: `late-${phone}`,
        type: "text",
        text: "Too late",
      });
      return answer.status === 422 && answer;
    }, "a refusal");
    expect(refused.body.code).toBe("policy.refused");
    expect(refused.body.verdict.rules[0]).toMatchObject({ id: "whatsapp.cloud.service-window-24h" });
    expect(refused.body.verdict.rules[0]?.remedies.map(({ id }) => id)).toContain("use-template");
    const asked = await api<{ rules: unknown[] }>("POST", "verdicts", {
      request: { contactId: conversation.contact.id, senderId },
    });
    expect(asked.body.rules).toEqual(refused.body.verdict.rules);
    expect(await messagesOf(conversation)).toHaveLength(1);

    const template = await api<Message>("POST", `conversations/${conversation.id}/messages`, {
      clientId: `t-${phone}`,
      type: "template",
      template: { name: "order_update", language: { code: "nl" }, components: [] },
    });
    expect(template.status).toBe(422); // nobody agreed to hear about orders, and the template wants its values
    await api("POST", `contacts/${conversation.contact.id}/consents`, {
      purpose: "transactional",
      channel: "whatsapp",
      action: "granted",
      method: "web-form",
      wordingVersion: "2026-01",
      evidence: "form 12",
    });
    const stored = (
      await api<
        Page<{ name: string; language: string; status: string; components: { type: string; text?: string }[] }>
      >("GET", `templates?senderId=${senderId}`)
    ).body.items;
    const utility = stored.find(
      ({ name, status, language }) => name === "order_update" && status === "APPROVED" && language === "nl",
    );
    const count = new Set(utility?.components.find(({ type }) => type === "BODY")?.text?.match(/\{\{\w+\}\}/g)).size;
    const sent = await api<Message>("POST", `conversations/${conversation.id}/messages`, {
      clientId: `t2-${phone}`,
      type: "template",
      template: {
        name: "order_update",
        language: { code: "nl" },
        components: [
          {
            type: "body",
            parameters: Array.from({ length: count }, (_, index) => ({ type: "text", text: `value ${index}` })),
          },
        ],
      },
    });
    expect(sent.body).toMatchObject({ type: "template", status: "queued" });
    await messageWith(
      conversation,
      ({ type, status }) => type === "template" && status === "delivered",
      "the delivered template",
    );
  });

  it("is one message however often its client id comes", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    const answers = await Promise.all(
      Array.from({ length: 12 }, () =>
        api<Message>("POST", `conversations/${conversation.id}/messages`, {
          clientId: `same-${phone}`,
          type: "text",
          text: "once",
        }),
      ),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
    await messageWith(conversation, ({ status }) => status === "delivered", "the delivery");
    expect((await shown(phone)).items.filter(({ from }) => from === "business")).toHaveLength(1);
  });

  it("is handed over in the order it was written", async () => {
    const phone = newPhone();
    await says(phone, "count for me");
    const conversation = await conversationOf(phone);
    for (let index = 0; index < 8; index++)
      await api("POST", `conversations/${conversation.id}/messages`, {
        clientId: `o-${phone}-${index}`,
        type: "text",
        text: String(index),
      });
    await until(async () => (await shown(phone)).items.length === 9, "all eight on the phone");
    expect((await shown(phone)).items.slice(1).map(({ text }) => text?.body)).toEqual([
      "0",
      "1",
      "2",
      "3",
      "4",
      "5",
      "6",
      "7",
    ]);
  });

  it("whose outcome got lost stays uncertain until a status settles it, and is never sent again", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    await sandbox.call("POST", "faults", faultLosingTheAnswer);
    await api("POST", `conversations/${conversation.id}/messages`, {
      clientId: `lost-${phone}`,
      type: "text",
      text: "did it arrive?",
    });
    const settled = await messageWith(
      conversation,
      ({ status, direction }) => direction === "out" && ["delivered", "read"].includes(status),
      "the settled message",
    );
    expect(settled.statusTimes.uncertain).toBeDefined();
    expect((await shown(phone)).items.filter(({ from }) => from === "business")).toHaveLength(1);
    const { rows } = await at.database.admin.query(
      "select a.outcome from attempt a join delivery d on d.id = a.delivery_id join message m on m.delivery_id = d.id where m.client_id = $1",
      [`lost-${phone}`],
    );
    expect(rows).toEqual([{ outcome: "accepted" }]);
  });

  it("that the platform refuses later says why and what to do", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    await sandbox.call("POST", `phones/${phone}/actions`, { type: "block" });
    await api("POST", `conversations/${conversation.id}/messages`, {
      clientId: `b-${phone}`,
      type: "text",
      text: "are you there?",
    });
    const failed = await messageWith(conversation, ({ status }) => status === "failed", "the failure");
    expect(failed.failure).toMatchObject({ code: "131026", nextStep: "check-number" });
  });

  it("that the channel would not take is refused before anything is stored", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    const tooMany = {
      type: "button",
      body: { text: "Pick" },
      action: {
        buttons: Array.from({ length: 4 }, (_, index) => ({
          type: "reply",
          reply: { id: String(index), title: `Choice ${index}` },
        })),
      },
    };
    const answer = await api<{ code: string; errors: { path: string }[] }>(
      "POST",
      `conversations/${conversation.id}/messages`,
      { clientId: `x-${phone}`, type: "interactive", interactive: tooMany },
    );
    expect(answer).toMatchObject({ status: 400, body: { code: "invalid-content" } });
    expect(answer.body.errors[0]?.path).toContain("buttons");
    expect(await messagesOf(conversation)).toHaveLength(1);
  });

  it("typed against an older state of the conversation is answered with the newer one", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const seen = await conversationOf(phone);
    await says(phone, "wait, I mean something else");
    await until(async () => (await messagesOf(seen)).length === 2, "the second message");
    const answer = await api<{ code: string; conversation: Conversation }>(
      "POST",
      `conversations/${seen.id}/messages`,
      { clientId: `st-${phone}`, type: "text", text: "to the first", version: seen.version },
    );
    expect(answer).toMatchObject({ status: 409, body: { code: "conversation.changed" } });
    expect(answer.body.conversation.version).toBeGreaterThan(seen.version);
  });
});

/** The platform takes the next message, and the connection breaks before its answer. */
const faultLosingTheAnswer = { graph: [{ path: "/messages", close: "after", next: 1 }] };

describe("what people want", () => {
  it.each([
    ["STOP", 422],
    ["Stop aub", 422],
    ["niet meer bellen maar wel appen", 201],
  ])("%j, and then a template: %i", async (text, expected) => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    for (const purpose of ["transactional", "marketing"]) {
      await api("POST", `contacts/${conversation.contact.id}/consents`, {
        purpose,
        channel: "whatsapp",
        action: "confirmed",
        method: "inbound-message",
        wordingVersion: "1",
        evidence: "wamid.x",
        at: new Date(at.loket.ports.clock.now() - 3_600_000).toISOString(),
      });
    }
    await says(phone, text);
    await messageWith(conversation, (message) => message.text === text, text);
    const stored = (
      await api<
        Page<{ name: string; language: string; status: string; components: { type: string; text?: string }[] }>
      >("GET", `templates?senderId=${senderId}`)
    ).body.items;
    const utility = stored.find(({ name, language }) => name === "order_update" && language === "nl");
    const count = new Set(utility?.components.find(({ type }) => type === "BODY")?.text?.match(/\{\{\w+\}\}/g)).size;
    const answer = await api<{ code: string; verdict: { rules: { id: string }[] } }>(
      "POST",
      `conversations/${conversation.id}/messages`,
      {
        clientId: `stop-${phone}`,
        type: "template",
        template: {
          name: "order_update",
          language: { code: "nl" },
          components: [
            { type: "body", parameters: Array.from({ length: count }, () => ({ type: "text", text: "x" })) },
          ],
        },
      },
    );
    expect(answer.status).toBe(expected);
    if (expected === 422)
      expect(answer.body.verdict.rules.map(({ id }) => id)).toContain("whatsapp.policy.opt-out-honoured");
  });

  it("said inside WhatsApp stops marketing and nothing else", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    await sandbox.call("POST", `phones/${phone}/actions`, { type: "stop-marketing" });
    const detail = await until(async () => {
      const { body } = await api<{ suppressions: { scope: string; source: string }[] }>(
        "GET",
        `contacts/${conversation.contact.id}`,
      );
      return body.suppressions.length > 0 && body;
    }, "the suppression");
    expect(detail.suppressions).toMatchObject([{ scope: "marketing", source: "platform-preference" }]);
    expect(
      (
        await api("POST", `conversations/${conversation.id}/messages`, {
          clientId: `pm-${phone}`,
          type: "text",
          text: "still here",
        })
      ).status,
    ).toBe(201);
  });
});

describe("files", () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );

  it("go out through our store and the platform's", async () => {
    const phone = newPhone();
    await says(phone, "a picture please");
    const conversation = await conversationOf(phone);
    const form = new FormData();
    form.append("file", new Blob([png], { type: "image/png" }), "cake.png");
    const uploaded = await fetch(`${at.url}/api/v1/media`, {
      method: "POST",
      headers: { authorization: "Bearer loket_test" },
      body: form,
    });
    expect(uploaded.status).toBe(201);
    const media = (await uploaded.json()) as { id: string };
    await api("POST", `conversations/${conversation.id}/messages`, {
      clientId: `img-${phone}`,
      type: "image",
      image: { id: media.id, caption: "Fresh" },
    });
    await messageWith(conversation, ({ type, status }) => type === "image" && status === "delivered", "the picture");
    expect((await shown(phone)).items.at(-1)).toMatchObject({ from: "business", type: "image" });
  });

  it("come in behind a placeholder and stay", async () => {
    const phone = newPhone();
    const given = await sandbox.call<{ id: string }>("POST", "media", {
      mime_type: "image/png",
      data: png.toString("base64"),
    });
    await sandbox.call("POST", `phones/${phone}/messages`, { type: "image", image: { id: given.id, caption: "look" } });
    const conversation = await conversationOf(phone);
    const message = await messageWith(conversation, ({ media }) => media?.state === "ready", "the file");
    const bytes = await fetch(`${at.url}${message.media?.url}`, { headers: { authorization: "Bearer loket_test" } });
    expect(bytes.headers.get("content-type")).toBe("image/png");
    expect(bytes.headers.get("content-security-policy")).toContain("sandbox");
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(png);
  });

  it("that are not what they claim, or too large, are refused with what to do", async () => {
    const form = new FormData();
    form.append("file", new Blob(["<script>alert(1)</script>"], { type: "image/png" }), "x.png");
    const answer = await fetch(`${at.url}/api/v1/media`, {
      method: "POST",
      headers: { authorization: "Bearer loket_test" },
      body: form,
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "media.invalid" });
  });
});

describe("care", () => {
  it("lets exactly one of many claim a conversation", async () => {
    const phone = newPhone();
    const { ports } = at.loket;
    const agents = await Promise.all(
      Array.from({ length: 8 }, async (_, index) => {
        const email = `claimer${index}-${phone}@bakery.example`;
        const personId = (await ports.auth.ensurePerson({
          name: `Claimer ${index}`,
          email,
          password: "correct horse",
        })) as PersonId;
        await ports.app.inOrganisation(organisationId, (tx) => addMember(tx, ports, { personId, role: "agent" }));
        return apiOf(at.url, await signIn(at.url, { email, password: "correct horse" }, organisationId));
      }),
    );
    await says(phone, "who takes me?");
    const conversation = await conversationOf(phone);
    const answers = await Promise.all(
      agents.map((call) =>
        call<{ code?: string; assigneeId?: string; member?: { name: string } }>(
          "POST",
          `conversations/${conversation.id}/claim`,
          { version: conversation.version },
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status === 409);
    expect(losers).toHaveLength(7);
    expect(new Set(losers.map(({ body }) => body.member?.name)).size).toBe(1);
  });

  it("snoozes until the person writes", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    const until_ = new Date(at.loket.ports.clock.now() + 3_600_000).toISOString();
    expect(
      (
        await api<Conversation>("POST", `conversations/${conversation.id}/snooze`, {
          version: conversation.version,
          until: until_,
        })
      ).body.state,
    ).toBe("snoozed");
    await says(phone, "hello again");
    await until(async () => (await conversationOf(phone)).state === "needs-us", "the waking");
  });

  it("keeps notes from the customer and from nobody else", async () => {
    const phone = newPhone();
    await says(phone, "hello");
    const conversation = await conversationOf(phone);
    const asAgent = apiOf(at.url, agent);
    expect(
      (
        await asAgent("POST", `conversations/${conversation.id}/notes`, {
          clientId: `n-${phone}`,
          text: "Likes raisins",
        })
      ).status,
    ).toBe(201);
    expect(
      (
        await asAgent("POST", `conversations/${conversation.id}/notes`, {
          clientId: `n-${phone}`,
          text: "Likes raisins",
        })
      ).status,
    ).toBe(201);
    const { body } = await asAgent<Page<{ kind: string }>>("GET", `conversations/${conversation.id}/timeline`);
    expect(body.items.filter(({ kind }) => kind === "note")).toHaveLength(1);
    expect((await shown(phone)).items).toHaveLength(1);
  });
});

describe("programs", () => {
  it("may repeat a write with the same Idempotency-Key, and get the first answer", async () => {
    const key = { "idempotency-key": "label-1" };
    const first = await api<{ id: string }>("POST", "labels", { name: "Repeated" }, key);
    const second = await api<{ id: string }>("POST", "labels", { name: "Repeated" }, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(await api("POST", "labels", { name: "Another" }, key)).toMatchObject({
      status: 422,
      body: { code: "idempotency.mismatch" },
    });
  });

  it("read the record of events from any point, as pages or as a stream, and miss nothing", async () => {
    const phone = newPhone();
    await says(phone, "an event");
    const conversation = await conversationOf(phone);
    const page = (await api<Page<{ id: string; type: string; message?: Message }>>("GET", "events?after=0&limit=500"))
      .body;
    expect(page.items.some(({ type, message }) => type === "message.changed" && message?.text === "an event")).toBe(
      true,
    );
    const after = page.items.at(-1)?.id ?? "0";

    const stop = new AbortController();
    const stream = await fetch(`${at.url}/api/v1/events`, {
      headers: { authorization: "Bearer loket_test", accept: "text/event-stream", "last-event-id": after },
      signal: stop.signal,
    });
    expect(stream.headers.get("content-type")).toContain("text/event-stream");
    const reader = stream.body?.getReader();
    await says(phone, "while streaming");
    let text = "";
    while (!text.includes("while streaming")) text += new TextDecoder().decode((await reader?.read())?.value);
    expect(text).toContain("event: ready");
    stop.abort();
    expect(conversation.id).not.toBe("");
  });

  it("ask the terms book with facts of their own, at any date", async () => {
    const ask = (at_: string) =>
      api<{ outcome: string; rules: { id: string }[] }>("POST", "verdicts", {
        request: { channel: "whatsapp", transport: "cloud-api", payload: "free-form", kind: "reply" },
        facts: { recipient: { region: "NL", phone: "+31612345678" }, lastInboundAt: "2026-11-09T10:00:00Z" },
        at: at_,
      });
    expect((await ask("2026-11-10T09:59:59.999Z")).body.rules.map(({ id }) => id)).not.toContain(
      "whatsapp.cloud.service-window-24h",
    );
    expect((await ask("2026-11-10T10:00:00Z")).body.rules.map(({ id }) => id)).toContain(
      "whatsapp.cloud.service-window-24h",
    );
  });

  it("find every route in the API's description", async () => {
    const description = (
      await api<{ openapi: string; paths: Record<string, Record<string, unknown>> }>("GET", "openapi.json")
    ).body;
    expect(description.openapi).toBe("3.1.0");
    for (const route of at.loket.routes)
      expect(
        description.paths[`/api/v1/${route.path}`]?.[route.method.toLowerCase()],
        `${route.method} ${route.path}`,
      ).toBeDefined();
    expect((await fetch(`${at.url}/docs/api`)).status).toBe(200);
  });

  it("get a clear problem for a bad request", async () => {
    expect(await api("GET", "conversations?limit=many")).toMatchObject({
      status: 400,
      body: { code: "invalid-request", errors: [{ path: "query.limit" }] },
    });
    const misspelt = { name: "Kassa", teamids: [] };
    expect(await api("POST", "inboxes", misspelt)).toMatchObject({ status: 400, body: { code: "invalid-request" } });
    expect(await api("GET", "nothing/here")).toMatchObject({ status: 404, body: { code: "not-found" } });
    expect(await api("GET", "conversations?cursor=nonsense")).toMatchObject({ status: 400 });
  });
});

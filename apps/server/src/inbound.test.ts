import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "./testing.ts";
import { type Conversation, type Message, type Page, type Road, startRoad } from "./testing-road.ts";

/** What comes in, and files both ways. */
let road: Road;
beforeAll(async () => {
  road = await startRoad();
});
afterAll(() => road?.close());

describe("an inbound message", () => {
  it("arrives, is answered, and the answer's ticks come home", async () => {
    const phone = road.newPhone();
    await road.says(phone, "Hebben jullie nog tompoucen? 🍰 a/b é");
    const conversation = await road.conversationOf(phone);
    expect(conversation).toMatchObject({ state: "needs-us", unreadCount: 1 });
    const answered = await road.api<Message>("POST", `conversations/${conversation.id}/messages`, {
      clientId: `c-${phone}`,
      type: "text",
      text: "Ja, nog zes.",
    });
    expect(answered.status).toBe(201);
    await road.messageWith(conversation, (message) => message.status === "delivered", "two ticks");
    await road.sandbox.call("POST", `phones/${phone}/actions`, { type: "read" });
    await road.messageWith(conversation, (message) => message.status === "read", "blue ticks");
    expect((await road.shown(phone)).items.map(({ from, text }) => [from, text?.body])).toEqual([
      ["phone", "Hebben jullie nog tompoucen? 🍰 a/b é"],
      ["business", "Ja, nog zes."],
    ]);
    expect((await road.conversationOf(phone)).state).toBe("waiting");
  });

  it("makes one conversation, however many arrive at once", async () => {
    const phone = road.newPhone();
    await Promise.all(Array.from({ length: 10 }, (_, index) => road.says(phone, `photo ${index}`)));
    const conversation = await road.conversationOf(phone);
    await until(async () => (await road.messagesOf(conversation)).length === 10, "all ten");
    expect(
      (await road.api<Page<Conversation>>("GET", `conversations?contactId=${conversation.contact.id}`)).body.items,
    ).toHaveLength(1);
  });

  it("is stored once, however often and in whatever company it is posted", async () => {
    const phone = road.newPhone();
    const message = {
      from: phone,
      id: `wamid.dup-${phone}`,
      timestamp: road.nowSeconds(),
      type: "text",
      text: { body: "twice" },
    };
    const other = { ...message, id: `wamid.dup2-${phone}`, text: { body: "once" } };
    const bodies = [
      road.messagesBody([message]),
      road.messagesBody([message, other]),
      road.messagesBody([other, message, message]),
    ];
    expect(await Promise.all(bodies.map((body) => road.post(body)))).toEqual([200, 200, 200]);
    const conversation = await road.conversationOf(phone);
    await road.messageWith(conversation, ({ text }) => text === "once", "the second");
    expect((await road.messagesOf(conversation)).map(({ text }) => text).sort()).toEqual(["once", "twice"]);
  });

  it("is not believed without its signature, and leaves nothing", async () => {
    const before = await road.at.database.admin.query("select count(*)::int as n from inbound_receipt");
    const body = road.messagesBody([
      { from: "31600000001", id: "wamid.forged", timestamp: road.nowSeconds(), type: "text", text: { body: "forged" } },
    ]);
    expect(await road.post(body, "another secret")).toBe(401);
    expect(
      (await fetch(`${road.at.url}/webhooks/whatsapp/${road.senderId}`, { method: "POST", body: JSON.stringify(body) }))
        .status,
    ).toBe(401);
    expect((await road.at.database.admin.query("select count(*)::int as n from inbound_receipt")).rows).toEqual(
      before.rows,
    );
  });

  it("that cannot be read is set aside, and its neighbours are not", async () => {
    const phone = road.newPhone();
    const good = (id: number) => ({
      from: phone,
      id: `wamid.good${id}-${phone}`,
      timestamp: road.nowSeconds(),
      type: "text",
      text: { body: `good ${id}` },
    });
    expect(await road.post(road.messagesBody([good(1), null, "nonsense", { from: phone }, good(2)]))).toBe(200);
    expect(await road.post("{ this is no JSON")).toBe(200);
    const conversation = await road.conversationOf(phone);
    await road.messageWith(conversation, ({ text }) => text === "good 2", "the neighbours");
    expect((await road.messagesOf(conversation)).map(({ text }) => text)).toEqual(["good 1", "good 2"]);
    const aside = await until(async () => {
      const { items } = (await road.api<Page<{ reason: string; path: string }>>("GET", "quarantine")).body;
      return items.length >= 2 && items;
    }, "what was set aside");
    for (const element of aside) expect(element.reason).not.toBe("");
  });

  it("of a kind nobody knows yet is kept whole", async () => {
    const phone = road.newPhone();
    await road.post(
      road.messagesBody([
        {
          from: phone,
          id: `wamid.new-${phone}`,
          timestamp: road.nowSeconds(),
          type: "hologram",
          hologram: { depth: 3 },
        },
      ]),
    );
    const conversation = await road.conversationOf(phone);
    const message = await road.messageWith(conversation, ({ type }) => type === "unrecognised", "the hologram");
    expect(JSON.stringify(message.content)).toContain("hologram");
  });

  it("from somebody known only by a user id is answered to that id", async () => {
    const from = {
      from_user_id: "NL.55512345",
      id: "wamid.bsuid-1",
      timestamp: road.nowSeconds(),
      type: "text",
      text: { body: "no number" },
    };
    const body = road.messagesBody([from]);
    const value = body.entry[0]?.changes[0]?.value as Record<string, unknown>;
    value.contacts = [{ profile: { name: "Kit", username: "@kit" }, user_id: "NL.55512345" }];
    await road.post(body);
    const conversation = await until(
      async () => (await road.api<Page<Conversation>>("GET", "conversations?q=Kit")).body.items[0],
      "Kit",
    );
    expect(conversation.contact.addresses).toEqual([{ channel: "whatsapp", value: "NL.55512345" }]);
    await road.api("POST", `conversations/${conversation.id}/messages`, {
      clientId: "kit-1",
      type: "text",
      text: "Hello Kit",
    });
    const request = await until(async () => {
      const log = await road.sandbox.call<{ requests: { path: string; body: { recipient?: string } }[] }>("GET", "log");
      return log.requests.find((entry) => entry.body?.recipient === "NL.55512345");
    }, "the send by user id");
    expect(request.path).toContain("/messages");
  });

  it("moves with the person to a new number, conversation and all", async () => {
    const phone = road.newPhone();
    await road.says(phone, "before");
    const conversation = await road.conversationOf(phone);
    const next = road.newPhone();
    await road.sandbox.call("POST", `phones/${phone}/actions`, { type: "change-number", to: next });
    const moved = await road.conversationOf(next);
    expect(moved.id).toBe(conversation.id);
    await road.says(next, "after");
    await road.messageWith(conversation, ({ text }) => text === "after", "the message from the new number");
  });

  it("can be edited, deleted and reacted to", async () => {
    const phone = road.newPhone();
    const send = (message: Record<string, unknown>) =>
      road.post(road.messagesBody([{ from: phone, timestamp: road.nowSeconds(), ...message }]));
    await send({ id: `wamid.e1-${phone}`, type: "text", text: { body: "first words" } });
    const conversation = await road.conversationOf(phone);
    await send({
      id: `wamid.e2-${phone}`,
      type: "edit",
      edit: { original_message_id: `wamid.e1-${phone}`, message: { type: "text", text: { body: "better words" } } },
    });
    await road.messageWith(
      conversation,
      ({ text, editedAt }) => text === "better words" && editedAt !== null,
      "the edit",
    );
    await send({
      id: `wamid.e3-${phone}`,
      type: "reaction",
      reaction: { message_id: `wamid.e1-${phone}`, emoji: "👍" },
    });
    await road.messageWith(
      conversation,
      ({ reactions }) => reactions.some(({ emoji }) => emoji === "👍"),
      "the reaction",
    );
    await send({ id: `wamid.e4-${phone}`, type: "revoke", revoke: { original_message_id: `wamid.e1-${phone}` } });
    const gone = await road.messageWith(conversation, ({ deletedAt }) => deletedAt !== null, "the deletion");
    expect(gone.text).toBeNull();
    expect(await road.messagesOf(conversation)).toHaveLength(1);
  });

  it("reopens what was closed lately, and begins anew after long", async () => {
    const phone = road.newPhone();
    await road.says(phone, "hello");
    const conversation = await road.conversationOf(phone);
    await road.api("POST", `conversations/${conversation.id}/close`, { version: conversation.version });
    await road.says(phone, "one more thing");
    await until(async () => (await road.conversationOf(phone)).state === "needs-us", "the reopened conversation");
    expect((await road.conversationOf(phone)).id).toBe(conversation.id);
    const open = await road.conversationOf(phone);
    await road.api("POST", `conversations/${conversation.id}/close`, { version: open.version });
    await road.sandbox.call("POST", "clock", { advance: "4d" });
    await road.says(phone, "months later");
    const fresh = await until(
      async () =>
        (await road.api<Page<Conversation>>("GET", `conversations?contactId=${conversation.contact.id}&state=needs-us`))
          .body.items[0],
      "a new conversation",
    );
    expect(fresh.id).not.toBe(conversation.id);
  });
});

describe("files", () => {
  const png = Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  );

  it("go out through our store and the platform's", async () => {
    const phone = road.newPhone();
    await road.says(phone, "a picture please");
    const conversation = await road.conversationOf(phone);
    const form = new FormData();
    form.append("file", new Blob([png], { type: "image/png" }), "cake.png");
    const uploaded = await fetch(`${road.at.url}/api/v1/media`, {
      method: "POST",
      headers: { authorization: "Bearer loket_test" },
      body: form,
    });
    expect(uploaded.status).toBe(201);
    const media = (await uploaded.json()) as { id: string };
    await road.api("POST", `conversations/${conversation.id}/messages`, {
      clientId: `img-${phone}`,
      type: "image",
      image: { id: media.id, caption: "Fresh" },
    });
    await road.messageWith(
      conversation,
      ({ type, status }) => type === "image" && status === "delivered",
      "the picture",
    );
    expect((await road.shown(phone)).items.at(-1)).toMatchObject({ from: "business", type: "image" });
  });

  it("come in behind a placeholder and stay", async () => {
    const phone = road.newPhone();
    const given = await road.sandbox.call<{ id: string }>("POST", "media", {
      mime_type: "image/png",
      data: png.toString("base64"),
    });
    await road.sandbox.call("POST", `phones/${phone}/messages`, {
      type: "image",
      image: { id: given.id, caption: "look" },
    });
    const conversation = await road.conversationOf(phone);
    const message = await road.messageWith(conversation, ({ media }) => media?.state === "ready", "the file");
    const bytes = await fetch(`${road.at.url}${message.media?.url}`, {
      headers: { authorization: "Bearer loket_test" },
    });
    expect(bytes.headers.get("content-type")).toBe("image/png");
    expect(bytes.headers.get("content-security-policy")).toContain("sandbox");
    expect(Buffer.from(await bytes.arrayBuffer())).toEqual(png);
  });

  it("that are not what they claim, or too large, are refused with what to do", async () => {
    const form = new FormData();
    form.append("file", new Blob(["<script>alert(1)</script>"], { type: "image/png" }), "x.png");
    const answer = await fetch(`${road.at.url}/api/v1/media`, {
      method: "POST",
      headers: { authorization: "Bearer loket_test" },
      body: form,
    });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ code: "media.invalid" });
  });
});

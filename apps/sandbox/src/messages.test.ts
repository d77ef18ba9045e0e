import { hourMs, minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text, weekendOffer } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const failureOf = (given: Given, id: string): number | undefined => {
  const errors = given.statusesOf(id).at(-1)?.errors as { code: number }[] | undefined;
  return errors?.[0]?.code;
};

describe("a message of a business", () => {
  it("is accepted with an id, then told to be sent and delivered, and read once the phone reads it", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const answer = await given.graph("POST", `/v25.0/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: "+31 6 1234-5678",
      ...text("Dag Sam"),
      biz_opaque_callback_data: "delivery-7",
    });
    expect(answer.body).toEqual({
      messaging_product: "whatsapp",
      contacts: [{ input: "+31 6 1234-5678", wa_id: "31612345678" }],
      messages: [{ id: expect.stringMatching(/^wamid\.HBgL/) }],
    });
    const id = answer.body.messages[0].id;
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(id)).toMatchObject([
      {
        status: "sent",
        recipient_id: "31612345678",
        biz_opaque_callback_data: "delivery-7",
        pricing: { pricing_model: "PMP", category: "service" },
      },
      {
        status: "delivered",
        timestamp: expect.stringMatching(/^\d{10}$/),
        recipient_user_id: expect.stringMatching(/^NL\.\d+$/),
      },
    ]);
    await given.control("POST", "/phones/+31612345678/actions", { type: "read", to: given.number.id });
    await given.sandbox.quiet();
    const last = given.statusesOf(id).at(-1);
    expect(last).toMatchObject({ status: "read" });
    expect(last).not.toHaveProperty("pricing");
  });

  it("is read at once by a phone that reads everything, and never said to be read without receipts", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/phones/31612345678", { autoRead: true });
    await given.control("PUT", "/phones/31687654321", { autoRead: true, readReceipts: false });
    const toSam = await given.send(orderUpdate);
    const toNoor = await given.send(orderUpdate, "31687654321");
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(toSam).map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
    expect(given.statusesOf(toNoor).map(({ status }) => status)).toEqual(["sent", "delivered"]);
  });

  it("waits for a phone that is off, and is dropped in silence when it becomes too old", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/phones/31612345678", { online: false });
    const id = await given.send(orderUpdate);
    await given.sandbox.advance(hourMs);
    expect(given.statusesOf(id).map(({ status }) => status)).toEqual(["sent"]);
    await given.control("PUT", "/phones/31612345678", { online: true });
    await given.sandbox.quiet();
    expect(given.statusesOf(id).map(({ status }) => status)).toEqual(["sent", "delivered"]);

    await given.control("PUT", "/phones/31612345678", { online: false });
    const old = await given.send(orderUpdate);
    await given.sandbox.advance(31 * 24 * hourMs);
    await given.control("PUT", "/phones/31612345678", { online: true });
    await given.sandbox.advance(hourMs);
    expect(given.statusesOf(old).map(({ status }) => status)).toEqual(["sent"]);
  });

  it("shows on the phone with its template filled in, and not before it was delivered", async () => {
    const given = await givenSandbox();
    await given.send(orderUpdate);
    expect((await given.control("GET", "/phones/31612345678/messages")).body.items).toEqual([]);
    await given.sandbox.advance(secondMs);
    const { items } = (await given.control("GET", "/phones/31612345678/messages")).body;
    expect(items).toMatchObject([
      {
        from: "business",
        type: "template",
        status: "delivered",
        rendered: { body: "Dag Sam, uw bestelling K-1042 ligt klaar in de winkel. Tot straks!" },
      },
    ]);
  });
});

describe("the 24-hour window", () => {
  it("is judged when a message is processed, per number and person", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    await given.sandbox.advance(24 * hourMs - secondMs);
    const inTime = await given.send(text("net op tijd"));
    await given.sandbox.advance(2 * secondMs);
    expect(given.statusesOf(inTime).at(-1)).toMatchObject({ status: "delivered" });

    const late = await given.send(text("te laat"));
    const template = await given.send(orderUpdate);
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(late)).toMatchObject([
      { status: "failed", errors: [{ code: 131047, title: "Re-engagement message" }] },
    ]);
    expect(given.statusesOf(late)[0]).not.toHaveProperty("pricing");
    expect(given.statusesOf(template).at(-1)).toMatchObject({ status: "delivered" });

    const stranger = await given.send(text("wie bent u"), "31687654321");
    await given.sandbox.advance(secondMs);
    expect(failureOf(given, stranger)).toBe(131047);
  });

  it("closes between acceptance and processing", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    await given.sandbox.advance(24 * hourMs - 20);
    const id = await given.send(text("op de grens"));
    await given.sandbox.advance(secondMs);
    expect(failureOf(given, id)).toBe(131047);
  });

  it("belongs to the number, not to the account", async () => {
    const given = await givenSandbox();
    const other = (
      await given.control("POST", `/accounts/${given.accountId}/numbers`, { displayNumber: "+31 10 808 0102" })
    ).body;
    await given.personWrites();
    const answer = await given.graph("POST", `/${other.id}/messages`, {
      messaging_product: "whatsapp",
      to: "31612345678",
      ...text("hoi"),
    });
    await given.sandbox.advance(secondMs);
    const message = await given.control("GET", `/messages/${encodeURIComponent(answer.body.messages[0].id)}`);
    expect(message.body).toMatchObject({ status: "failed", failure: { code: 131047 } });
  });
});

describe("what a person wants is obeyed", () => {
  it.each([
    [
      "blocked the business",
      (given: Given) => given.control("POST", "/phones/31612345678/actions", { type: "block", to: given.number.id }),
      131026,
    ],
    [
      "is not on the platform",
      (given: Given) => given.control("PUT", "/phones/31612345678", { onWhatsApp: false }),
      131026,
    ],
    [
      "moved to another number",
      (given: Given) =>
        given.control("POST", "/phones/31612345678/actions", { type: "change-number", to: "+31600000099" }),
      131026,
    ],
    [
      "stopped marketing",
      (given: Given) => given.control("POST", "/phones/31612345678/actions", { action: "stop-marketing" }),
      131050,
    ],
  ])("who %s", async (_what, act, code) => {
    const given = await givenSandbox();
    expect((await act(given)).status).toBe(200);
    const offer = await given.send(weekendOffer);
    const update = await given.send(orderUpdate);
    await given.sandbox.advance(secondMs);
    expect(failureOf(given, offer)).toBe(code);
    expect(failureOf(given, update)).toBe(code === 131050 ? undefined : code);
  });

  it("also when they change their mind", async () => {
    const given = await givenSandbox({ callbackUrl: "" });
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    for (const type of ["stop-marketing", "resume-marketing"])
      await given.control("POST", "/phones/31612345678/actions", { type });
    await given.sandbox.quiet();
    expect(given.subscriber.values("user_preferences").flatMap((value) => value.user_preferences)).toMatchObject([
      {
        wa_id: "31612345678",
        category: "marketing_messages",
        value: "stop",
        detail: "User requested to stop marketing messages",
        timestamp: expect.any(Number),
      },
      { value: "resume" },
    ]);
    const offer = await given.send(weekendOffer);
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(offer).at(-1)).toMatchObject({ status: "delivered" });
  });
});

describe("paces", () => {
  it("let 45 messages go to one person at once and refuse the 46th until 6 seconds have passed", async () => {
    const given = await givenSandbox();
    const ask = () =>
      given.graph("POST", `/v25.0/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...orderUpdate,
      });
    for (let count = 0; count < 45; count++) expect((await ask()).status).toBe(200);
    const refused = await ask();
    expect(refused.status).toBe(400);
    expect(refused.body.error).toMatchObject({
      code: 131056,
      error_subcode: 2494071,
      message: "(#131056) (Business Account, Consumer Account) pair rate limit hit",
    });
    await given.sandbox.advance(6 * secondMs);
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(400);
  });

  it("hold a number at its messages per second", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/numbers/${given.number.id}`, { throughputPerSecond: 5 });
    const ask = (index: number) =>
      given.graph("POST", `/v25.0/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: `3162000000${index}`,
        ...orderUpdate,
      });
    for (let count = 0; count < 5; count++) expect((await ask(count)).status).toBe(200);
    expect((await ask(5)).body.error).toMatchObject({ code: 130429, error_subcode: 2494055 });
    await given.sandbox.advance(200);
    expect((await ask(5)).status).toBe(200);
    expect((await ask(6)).status).toBe(400);
  });
});

describe("prices", () => {
  const statusAfter = async (given: Given, content: Body) => {
    const id = await given.send(content);
    await given.sandbox.advance(secondMs);
    return given.statusesOf(id)[0];
  };

  it("follow the rules of the day the message is processed", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    expect(await statusAfter(given, text("vandaag"))).toMatchObject({
      pricing: { billable: true, type: "regular", category: "service" },
    });
    expect(await statusAfter(given, orderUpdate)).toMatchObject({
      pricing: { billable: true, type: "regular", category: "utility" },
    });
    expect(await statusAfter(given, weekendOffer)).toMatchObject({
      pricing: { billable: true, category: "marketing" },
    });
  });

  it("are nil inside a free entry point, which alone shows a conversation", async () => {
    const given = await givenSandbox();
    await given.personWrites({
      ...text("Ik zag uw advertentie"),
      referral: { source_url: "https://fb.me/x", source_id: "1", source_type: "ad", ctwa_clid: "AR1" },
    });
    expect(given.subscriber.values()[0]?.messages[0]).toMatchObject({ referral: { ctwa_clid: "AR1" } });
    const status = await statusAfter(given, weekendOffer);
    expect(status).toMatchObject({
      pricing: { billable: false, type: "free_entry_point", category: "referral_conversion" },
      conversation: { origin: { type: "referral_conversion" }, expiration_timestamp: expect.any(String) },
    });
    await given.sandbox.advance(73 * hourMs);
    expect(await statusAfter(given, weekendOffer)).not.toHaveProperty("conversation");
  });
});

describe("a person with a hidden number", () => {
  it("is known by user id alone, can be answered by it, and not be sent a code", async () => {
    const given = await givenSandbox();
    await given.personWrites(text("Hi, Kit here"), "31600000007");
    const value = given.subscriber.values()[0];
    const userId = value?.contacts[0].user_id;
    expect(value?.contacts[0]).toEqual({
      profile: { name: "Kit", username: "@kit.reads" },
      user_id: expect.stringMatching(/^NL\./),
    });
    expect(value?.messages[0]).not.toHaveProperty("from");
    expect(value?.messages[0]).toMatchObject({ from_user_id: userId });

    const path = `/v25.0/${given.number.id}/messages`;
    const answer = await given.graph("POST", path, {
      messaging_product: "whatsapp",
      recipient: userId,
      ...text("Hello Kit"),
    });
    expect(answer.body.contacts).toEqual([{ input: userId, user_id: userId }]);
    await given.sandbox.advance(secondMs);
    const status = given.statusesOf(answer.body.messages[0].id).at(-1);
    expect(status).toMatchObject({ status: "delivered", recipient_user_id: userId });
    expect(status).not.toHaveProperty("recipient_id");

    const code = {
      type: "template",
      template: {
        name: "login_code",
        language: { code: "nl" },
        components: [
          { type: "body", parameters: [{ type: "text", text: "482913" }] },
          { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "482913" }] },
        ],
      },
    };
    const refused = await given.graph("POST", path, { messaging_product: "whatsapp", recipient: userId, ...code });
    expect(refused.body.error).toMatchObject({ code: 131062 });
    expect(
      (await given.graph("POST", path, { messaging_product: "whatsapp", to: "31612345678", ...code })).status,
    ).toBe(200);
  });
});

describe("marking as read", () => {
  it("turns the person's ticks blue, for that message and those before it, and shows typing for 25 seconds", async () => {
    const given = await givenSandbox();
    await given.personWrites(text("een"));
    const second = await given.personWrites(text("twee"));
    await given.personWrites(text("drie"));
    const path = `/v25.0/${given.number.id}/messages`;
    const body = {
      messaging_product: "whatsapp",
      status: "read",
      message_id: second,
      typing_indicator: { type: "text" },
    };
    expect((await given.graph("POST", path, body)).body).toEqual({ success: true });
    const { items } = (await given.control("GET", "/phones/31612345678/messages")).body;
    expect(items.map((item: Body) => item.status)).toEqual(["read", "read", "delivered"]);
    const typing = async () => (await given.control("GET", "/phones/31612345678")).body.threads[0].typing;
    expect(await typing()).toBe(true);
    await given.sandbox.advance(25 * secondMs);
    expect(await typing()).toBe(false);
    const unknown = await given.graph("POST", path, { ...body, message_id: "wamid.none" });
    expect(unknown.body.error.code).toBe(131009);
  });
});

describe("reactions", () => {
  it("go both ways and have no further life", async () => {
    const given = await givenSandbox();
    const inbound = await given.personWrites(text("Dank u"));
    const reaction = await given.send({ type: "reaction", reaction: { message_id: inbound, emoji: "❤️" } });
    await given.sandbox.advance(minuteMs);
    expect(given.statusesOf(reaction).map(({ status }) => status)).toEqual(["sent"]);
    expect((await given.control("GET", "/phones/31612345678/messages")).body.items[0].reactions).toEqual({
      business: "❤️",
    });

    const wrong = await given.send({ type: "reaction", reaction: { message_id: "wamid.none", emoji: "👍" } });
    await given.sandbox.advance(minuteMs);
    expect(failureOf(given, wrong)).toBe(131009);

    const outbound = await given.send(text("Graag gedaan"));
    await given.personWrites({ type: "reaction", reaction: { message_id: outbound, emoji: "" } });
    expect(given.subscriber.values().at(-1)?.messages[0].reaction).toEqual({ message_id: outbound });
  });
});

describe("what a phone sends", () => {
  it.each<[string, Body, Body]>([
    ["text", { text: { body: "é/👍" } }, { text: { body: "é/👍" } }],
    [
      "image",
      { image: { caption: "deze" } },
      {
        image: {
          id: expect.any(String),
          mime_type: "image/png",
          sha256: expect.any(String),
          caption: "deze",
          url: expect.stringContaining("source=webhook"),
        },
      },
    ],
    ["audio", {}, { audio: { voice: true, mime_type: "audio/ogg; codecs=opus" } }],
    [
      "document",
      { document: { filename: "plan.pdf" } },
      { document: { filename: "plan.pdf", mime_type: "application/pdf" } },
    ],
    ["sticker", {}, { sticker: { animated: false, mime_type: "image/webp" } }],
    [
      "location",
      { location: { latitude: 52.3731, longitude: 4.8922, name: "Dam" } },
      { location: { latitude: 52.3731, longitude: 4.8922, name: "Dam" } },
    ],
    [
      "contacts",
      { contacts: [{ name: { formatted_name: "Kim" } }], origin: "other" },
      { contacts: [{ name: { formatted_name: "Kim" } }], origin: "other" },
    ],
    [
      "button",
      { button: { payload: "STOP", text: "Stop" }, context: { id: "wamid.x" } },
      { button: { payload: "STOP", text: "Stop" }, context: { id: "wamid.x", from: "31108080101" } },
    ],
    [
      "interactive",
      { interactive: { type: "list_reply", list_reply: { id: "f-14", title: "14:00" } } },
      { interactive: { type: "list_reply" } },
    ],
    ["order", { order: { catalog_id: "1", product_items: [] } }, { order: { catalog_id: "1" } }],
    ["unsupported", { unsupported: { type: "poll" } }, { unsupported: { type: "poll" }, errors: [{ code: 131051 }] }],
    ["hologram", { hologram: { depth: 3 } }, { hologram: { depth: 3 } }],
  ])("of type %s reaches the business", async (type, content, expected) => {
    const given = await givenSandbox();
    const id = await given.personWrites({ type, ...content });
    const value = given.subscriber.values("messages")[0];
    expect(value).toMatchObject({
      messaging_product: "whatsapp",
      metadata: { display_phone_number: "31108080101", phone_number_id: given.number.id },
      contacts: [{ profile: { name: "Sam de Vries" }, wa_id: "31612345678", user_id: expect.stringMatching(/^NL\./) }],
      messages: [
        { id, from: "31612345678", from_user_id: expect.any(String), timestamp: "1795334400", type, ...expected },
      ],
    });
  });

  it("may be repeated under the same id, is edited and deleted", async () => {
    const given = await givenSandbox();
    for (let count = 0; count < 2; count++) await given.personWrites({ ...text("eens"), id: "wamid.TWICE" });
    expect(given.subscriber.values("messages").map((value) => value.messages[0].id)).toEqual([
      "wamid.TWICE",
      "wamid.TWICE",
    ]);
    const shown = async () => (await given.control("GET", "/phones/31612345678/messages")).body.items;
    expect(await shown()).toHaveLength(1);
    await given.personWrites({
      type: "edit",
      edit: { original_message_id: "wamid.TWICE", message: { type: "text", text: { body: "toch anders" } } },
    });
    expect(await shown()).toMatchObject([{ text: { body: "toch anders" }, edited: true }]);
    await given.personWrites({ type: "revoke", revoke: { original_message_id: "wamid.TWICE" } });
    expect(await shown()).toMatchObject([{ revoked: true }]);
  });

  it("says so when the person takes another number, keeping the chat", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const before = given.subscriber.values()[0]?.contacts[0].user_id;
    await given.control("POST", "/phones/31612345678/actions", { type: "change-number", to: "+31687650000" });
    await given.sandbox.quiet();
    const value = given.subscriber.values().at(-1);
    expect(value).not.toHaveProperty("contacts");
    expect(value?.messages[0]).toMatchObject({
      from: "31612345678",
      type: "system",
      system: {
        type: "user_changed_number",
        wa_id: "31687650000",
        body: "User Sam de Vries changed from 31612345678 to 31687650000",
        previous_user_id: before,
      },
    });
    expect(value?.messages[0].system.user_id).not.toBe(before);
    expect((await given.control("GET", "/phones/31687650000/messages")).body.items).toHaveLength(1);
    const id = await given.send(text("Nog steeds open"), "31687650000");
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(id).at(-1)).toMatchObject({ status: "delivered" });
  });
});

import { describe, expect, it } from "vitest";
import type { InteractiveMessage, MessageContent, TemplateSendComponent } from "./content.ts";
import { checkOutbound, type Outbound, toGraphBody } from "./outbound.ts";

const to = { phone: "+31612345678" };
const x = (length: number) => "x".repeat(length);
const body = { text: "Body" };
const link = "https://cdn.cedar.example/a.jpg";

function found(content: MessageContent, more: Partial<Outbound> = {}): string[] {
  return checkOutbound({ to, content, ...more }).map(({ path, code, message, remedy }) => {
    expect(message).not.toBe("");
    expect(remedy).not.toBe("");
    return `${path} ${code}`;
  });
}

const text = (value: string): MessageContent => ({ type: "text", text: { body: value } });
const ask = (interactive: InteractiveMessage): MessageContent => ({ type: "interactive", interactive });
const reply = (id: string, title: string) => ({ type: "reply", reply: { id, title } }) as const;
const buttons = (...all: readonly ReturnType<typeof reply>[]) =>
  ask({ type: "button", body, action: { buttons: all } });
const rows = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ id: `r${from + index}`, title: `T${index}` }));
const list = (...sections: Extract<InteractiveMessage, { type: "list" }>["action"]["sections"]) =>
  ask({ type: "list", body, action: { button: "Slots", sections } });
const cta = (display_text: string, url: string) =>
  ask({ type: "cta_url", body, action: { name: "cta_url", parameters: { display_text, url } } });
const flow = (parameters: Partial<Extract<InteractiveMessage, { type: "flow" }>["action"]["parameters"]>) =>
  ask({
    type: "flow",
    body,
    action: { name: "flow", parameters: { flow_message_version: "3", flow_cta: "Book", ...parameters } },
  });
const card = (card_index: number, more: object = {}) =>
  ({
    card_index,
    type: "cta_url",
    header: { type: "image", image: { link } },
    action: { name: "cta_url", parameters: { display_text: "View", url: link } },
    ...more,
  }) as const;
const carousel = (...cards: Extract<InteractiveMessage, { type: "carousel" }>["action"]["cards"]) =>
  ask({ type: "carousel", body, action: { cards } });
const template = (components: readonly TemplateSendComponent[], name = "order_eta", code = "nl"): MessageContent => ({
  type: "template",
  template: { name, language: { code }, components },
});
const words = (...values: readonly string[]) => values.map((value) => ({ type: "text", text: value }) as const);
const products = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ product_retailer_id: `SKU-${index}` }));
const productList = (...sections: readonly { title?: string; product_items: ReturnType<typeof products> }[]) =>
  ask({ type: "product_list", header: { type: "text", text: "Tables" }, body, action: { catalog_id: "82", sections } });

const table: readonly [name: string, content: MessageContent, ...problems: string[]][] = [
  ["text at its limit", text(x(4096))],
  ["text over its limit", text(x(4097)), "text.body tooLong"],
  ["text that is empty", text(""), "text.body empty"],
  ["text of spaces", text(" \n"), "text.body empty"],
  ["image by id", { type: "image", image: { id: "5", caption: x(1024) } }],
  ["image by link", { type: "image", image: { link } }],
  ["image by both", { type: "image", image: { id: "5", link } }, "image conflict"],
  ["image by nothing", { type: "image", image: {} }, "image missing"],
  ["image by a link that is none", { type: "image", image: { link: "cdn/a.jpg" } }, "image.link invalid"],
  ["image by another scheme", { type: "image", image: { link: "file:///a.jpg" } }, "image.link invalid"],
  ["caption too long", { type: "video", video: { id: "5", caption: x(1025) } }, "video.caption tooLong"],
  ["image of a wrong type", { type: "image", image: { id: "5", mime_type: "image/gif" } }, "image.mime_type invalid"],
  ["document", { type: "document", document: { id: "5", filename: "a.pdf", mime_type: "application/pdf" } }],
  ["voice note", { type: "audio", audio: { id: "5", voice: true, mime_type: "audio/ogg; codecs=opus" } }],
  [
    "voice note in mp3",
    { type: "audio", audio: { id: "5", voice: true, mime_type: "audio/mpeg" } },
    "audio.voice mismatch",
  ],
  ["sticker in png", { type: "sticker", sticker: { id: "5", mime_type: "image/png" } }, "sticker.mime_type invalid"],
  ["location", { type: "location", location: { latitude: 52.3, longitude: 4.9 } }],
  [
    "location off the earth",
    { type: "location", location: { latitude: 91, longitude: Number.NaN } },
    "location.latitude outOfRange",
    "location.longitude outOfRange",
  ],
  ["card", { type: "contacts", contacts: [{ name: { formatted_name: "Kim", first_name: "Kim" } }] }],
  [
    "card with the full name alone",
    { type: "contacts", contacts: [{ name: { formatted_name: "Kim" } }] },
    "contacts[0].name missing",
  ],
  ["no cards", { type: "contacts", contacts: [] }, "contacts tooFew"],
  ["reaction", { type: "reaction", reaction: { message_id: "wamid.1", emoji: "👍🏽" } }],
  ["reaction with a family", { type: "reaction", reaction: { message_id: "wamid.1", emoji: "👨‍👩‍👧" } }],
  ["reaction with a flag", { type: "reaction", reaction: { message_id: "wamid.1", emoji: "🇳🇱" } }],
  ["reaction taken away", { type: "reaction", reaction: { message_id: "wamid.1", emoji: "" } }],
  [
    "reaction in words",
    { type: "reaction", reaction: { message_id: "", emoji: "ok" } },
    "reaction.message_id empty",
    "reaction.emoji invalid",
  ],
  ["three buttons", buttons(reply("a", x(20)), reply(x(256), "B"), reply("c", "C"))],
  [
    "four buttons",
    buttons(reply("a", "A"), reply("b", "B"), reply("c", "C"), reply("d", "D")),
    "interactive.action.buttons tooMany",
  ],
  ["no buttons", buttons(), "interactive.action.buttons tooFew"],
  [
    "button too long",
    buttons(reply(x(257), x(21))),
    "interactive.action.buttons[0].reply.id tooLong",
    "interactive.action.buttons[0].reply.title tooLong",
  ],
  [
    "the same button twice",
    buttons(reply("a", "A"), reply("a", "A")),
    "interactive.action.buttons[1].reply.id duplicate",
    "interactive.action.buttons[1].reply.title duplicate",
  ],
  ["button id with a space", buttons(reply(" a", "A")), "interactive.action.buttons[0].reply.id invalid"],
  [
    "button body too long",
    ask({ type: "button", body: { text: x(1025) }, action: { buttons: [reply("a", "A")] } }),
    "interactive.body.text tooLong",
  ],
  [
    "footer too long",
    ask({ type: "button", body, footer: { text: x(61) }, action: { buttons: [reply("a", "A")] } }),
    "interactive.footer.text tooLong",
  ],
  [
    "header too long",
    ask({ type: "button", header: { type: "text", text: x(61) }, body, action: { buttons: [reply("a", "A")] } }),
    "interactive.header.text tooLong",
  ],
  [
    "header without its file",
    ask({ type: "button", header: { type: "image", image: {} }, body, action: { buttons: [reply("a", "A")] } }),
    "interactive.header.image missing",
  ],
  ["ten rows", list({ rows: rows(10) })],
  [
    "list with a long body",
    ask({ type: "list", body: { text: x(4096) }, action: { button: "Slots", sections: [{ rows: rows(1) }] } }),
  ],
  [
    "eleven rows over two sections",
    list({ title: "A", rows: rows(6) }, { title: "B", rows: rows(5, 6) }),
    "interactive.action.sections tooMany",
  ],
  [
    "two sections without titles",
    list({ rows: rows(1) }, { rows: rows(1, 1) }),
    "interactive.action.sections[0].title missing",
    "interactive.action.sections[1].title missing",
  ],
  [
    "the same row twice",
    list({ rows: [...rows(1), ...rows(1)] }),
    "interactive.action.sections[0].rows[1].id duplicate",
  ],
  [
    "row too long",
    list({ rows: [{ id: x(201), title: x(25), description: x(73) }] }),
    "interactive.action.sections[0].rows[0].id tooLong",
    "interactive.action.sections[0].rows[0].title tooLong",
    "interactive.action.sections[0].rows[0].description tooLong",
  ],
  ["section without rows", list({ rows: [] }), "interactive.action.sections[0].rows tooFew"],
  ["no sections", list(), "interactive.action.sections tooFew"],
  [
    "list button too long",
    ask({ type: "list", body, action: { button: x(21), sections: [{ rows: rows(1) }] } }),
    "interactive.action.button tooLong",
  ],
  ["link button", cta("Open", "https://cedar.example/oak")],
  [
    "link button that leads nowhere",
    cta(x(21), "oak"),
    "interactive.action.parameters.display_text tooLong",
    "interactive.action.parameters.url invalid",
  ],
  ["location request", ask({ type: "location_request_message", body, action: { name: "send_location" } })],
  [
    "location request without a body",
    ask({ type: "location_request_message", body: { text: "" }, action: { name: "send_location" } }),
    "interactive.body.text empty",
  ],
  [
    "call permission without a body",
    ask({ type: "call_permission_request", action: { name: "call_permission_request" } }),
  ],
  [
    "call button that lasts too long",
    ask({ type: "voice_call", body, action: { name: "voice_call", parameters: { ttl_minutes: 43_201 } } }),
    "interactive.action.parameters.ttl_minutes outOfRange",
  ],
  ["form", flow({ flow_id: "81" })],
  ["form without a name", flow({}), "interactive.action.parameters.flow_id missing"],
  [
    "form with two names",
    flow({ flow_id: "81", flow_name: "visit" }),
    "interactive.action.parameters.flow_id conflict",
  ],
  [
    "form with emoji and empty data",
    flow({ flow_id: "81", flow_cta: "Book 🪑", flow_action_payload: { data: {} } }),
    "interactive.action.parameters.flow_cta invalid",
    "interactive.action.parameters.flow_action_payload.data empty",
  ],
  ["products", productList({ product_items: products(30) })],
  [
    "31 products",
    productList({ title: "A", product_items: products(16) }, { title: "B", product_items: products(15) }),
    "interactive.action.sections tooMany",
  ],
  ["two cards", carousel(card(0), card(1))],
  ["one card", carousel(card(0)), "interactive.action.cards tooFew"],
  [
    "cards out of order",
    carousel(card(1), card(0)),
    "interactive.action.cards[0].card_index invalid",
    "interactive.action.cards[1].card_index invalid",
  ],
  [
    "card with a file by id",
    carousel(card(0), card(1, { header: { type: "image", image: { id: "5" } } })),
    "interactive.action.cards[1].header invalid",
  ],
  [
    "card with three line breaks",
    carousel(card(0), card(1, { body: { text: "a\nb\nc\nd" } })),
    "interactive.action.cards[1].body.text invalid",
  ],
  [
    "cards with unlike buttons",
    carousel(
      card(0),
      card(1, { action: { buttons: [{ type: "quick_reply", quick_reply: { id: "a", title: "A" } }] } }),
    ),
    "interactive.action.cards mismatch",
  ],
  ["template", template([{ type: "body", parameters: words("Sam") }])],
  ["template with a wrong name", template([], "Order ETA"), "template.name invalid"],
  ["template in a wrong language", template([], "order_eta", "dutch"), "template.language.code invalid"],
  [
    "template with a line break",
    template([{ type: "body", parameters: words("a\nb") }]),
    "template.components[0].parameters[0].text invalid",
  ],
  [
    "template with five spaces",
    template([{ type: "body", parameters: words("a     b") }]),
    "template.components[0].parameters[0].text invalid",
  ],
  ["template with four spaces", template([{ type: "body", parameters: words("a    b") }])],
  [
    "template with an empty value",
    template([{ type: "body", parameters: words("") }]),
    "template.components[0].parameters[0].text empty",
  ],
  [
    "template with two bodies",
    template([
      { type: "body", parameters: words("a") },
      { type: "body", parameters: words("a") },
    ]),
    "template.components[1] duplicate",
  ],
  [
    "template with an eleventh button",
    template([{ type: "button", sub_type: "url", index: 10, parameters: words("a") }]),
    "template.components[0].index outOfRange",
  ],
  [
    "template with a button by text index",
    template([
      { type: "button", sub_type: "quick_reply", index: "9", parameters: [{ type: "payload", payload: "P" }] },
    ]),
  ],
  [
    "template with a long code",
    template([
      { type: "button", sub_type: "copy_code", index: 0, parameters: [{ type: "coupon_code", coupon_code: x(21) }] },
    ]),
    "template.components[0].parameters[0].coupon_code tooLong",
  ],
  [
    "template with a picture of nothing",
    template([{ type: "header", parameters: [{ type: "image", image: {} }] }]),
    "template.components[0].parameters[0].image missing",
  ],
  [
    "template with one card",
    template([{ type: "carousel", cards: [{ card_index: 0, components: [] }] }]),
    "template.components[0].cards tooFew",
  ],
  ["a tap on a button", { type: "button", button: { text: "Track" } }, "type notSendable"],
  [
    "a reply to a button",
    { type: "interactive", interactive: { type: "button_reply", button_reply: { id: "a", title: "A" } } },
    "type notSendable",
  ],
  ["an order", { type: "order", order: { catalog_id: "8", product_items: [] } }, "type notSendable"],
  ["something unrecognised", { type: "unrecognised", raw: {} }, "type notSendable"],
];

describe("what the platform would refuse", () => {
  it.each(table)("%s", (_name, content, ...problems) => expect(found(content)).toEqual(problems));

  it("names a file that is not at the platform yet", () => {
    const image = { mediaId: "0198c0de-0000-7000-8000-000000000000" } as Extract<
      MessageContent,
      { type: "image" }
    >["image"];
    expect(found({ type: "image", image })).toEqual(["image notUploaded"]);
  });

  it("looks at what stands around the content too", () => {
    expect(found(text("x"), { to: { phone: "soon" } })).toEqual(["to.phone invalid"]);
    expect(found(text("x"), { to: { userId: "31612345678" } })).toEqual(["to.userId invalid"]);
    expect(found(text("x"), { to: { groupId: "" } })).toEqual(["to.groupId empty"]);
    expect(found(text("x"), { callbackData: x(513) })).toEqual(["callbackData tooLong"]);
    expect(found(text("x"), { callbackData: x(512), repliesTo: { providerId: "wamid.1" } })).toEqual([]);
    const reaction: MessageContent = { type: "reaction", reaction: { message_id: "wamid.1", emoji: "" } };
    expect(found(reaction, { repliesTo: { providerId: "wamid.2" } })).toEqual(["repliesTo conflict"]);
  });
});

describe("the body of the call", () => {
  it("names the recipient as the platform wants it", () => {
    expect(toGraphBody({ to: { phone: "+31 6 1234-5678" }, content: text("x") })).toMatchObject({
      recipient_type: "individual",
      to: "31612345678",
    });
    const byId = toGraphBody({ to: { userId: "NL.1" }, content: text("x") });
    expect(byId).toMatchObject({ recipient: "NL.1" });
    expect(byId).not.toHaveProperty("to");
    expect(toGraphBody({ to: { groupId: "R1" }, content: text("x") })).toMatchObject({
      recipient_type: "group",
      to: "R1",
    });
  });
  it("carries the quote, the callback data and the identity", () => {
    const outbound: Outbound = {
      to,
      content: text("x"),
      repliesTo: { providerId: "wamid.1" },
      callbackData: "d",
      identityKeyHash: "h",
    };
    expect(toGraphBody(outbound)).toMatchObject({
      context: { message_id: "wamid.1" },
      biz_opaque_callback_data: "d",
      recipient_identity_key_hash: "h",
    });
  });
  it("leaves out what only we, or only inbound messages, know", () => {
    const image = { id: "5", mime_type: "image/png", sha256: "x", url: "https://lookaside.fbsbx.com/x", caption: "c" };
    expect(toGraphBody({ to, content: { type: "image", image } })).toMatchObject({ image: { id: "5", caption: "c" } });
    expect(toGraphBody({ to, content: { type: "image", image } }).image).toEqual({ id: "5", caption: "c" });
    const location = { latitude: 1, longitude: 2, url: "https://maps.example" };
    expect(toGraphBody({ to, content: { type: "location", location } }).location).toEqual({
      latitude: 1,
      longitude: 2,
    });
    // An address that is part of the message stays.
    expect(JSON.stringify(toGraphBody({ to, content: cta("Open", "https://cedar.example/oak") }))).toContain("/oak");
  });
});

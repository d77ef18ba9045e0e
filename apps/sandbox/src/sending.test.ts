import { secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox, text } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const reply = (id: string, title: string): Body => ({ type: "reply", reply: { id, title } });
const buttons = (...list: Body[]): Body => ({
  type: "interactive",
  interactive: { type: "button", body: { text: "Kies" }, action: { buttons: list } },
});
const list = (sections: Body[]): Body => ({
  type: "interactive",
  interactive: { type: "list", body: { text: "Kies" }, action: { button: "Open", sections } },
});
const rows = (count: number): Body[] =>
  Array.from({ length: count }, (_, index) => ({ id: `r${index}`, title: `Rij ${index}` }));
const template = (name: string, components: Body[] = [], code = "nl"): Body => ({
  type: "template",
  template: { name, language: { code }, components },
});
const texts = (...values: string[]): Body => ({
  type: "body",
  parameters: values.map((value) => ({ type: "text", text: value })),
});
const interactive = (content: Body): Body => ({ type: "interactive", interactive: content });

describe("a bad message is refused with the platform's own error", () => {
  const cases: [string, Body, { status?: number; code: number; message?: string; details?: string | RegExp }][] = [
    [
      "no messaging_product",
      { messaging_product: null, ...text("x") },
      { code: 100, message: "(#100) The parameter messaging_product is required." },
    ],
    ["no recipient", { to: null, ...text("x") }, { code: 100, message: "(#100) The parameter to is required." }],
    ["a recipient that is no number", { to: "Sam", ...text("x") }, { code: 131009 }],
    ["itself as recipient", { to: "+31 10 808 0101", ...text("x") }, { code: 131021 }],
    ["an unknown type", { type: "poll" }, { code: 100, message: expect.stringContaining('got "poll"') }],
    ["no text", { type: "text" }, { code: 100, message: "(#100) The parameter text is required." }],
    [
      "a body that is no string",
      { text: { body: 7 } },
      { code: 100, message: "(#100) Param text['body'] must be a string." },
    ],
    ["an empty body", text(" "), { code: 131009 }],
    ["a body too long", text("x".repeat(4097)), { code: 131009, details: /text\['body'\].*4096/ }],
    ["an image from nowhere", { type: "image", image: {} }, { code: 100 }],
    [
      "an image by id and link",
      { type: "image", image: { id: "1", link: "https://a.example/b.jpg" } },
      { code: 131009 },
    ],
    ["an image with an unknown id", { type: "image", image: { id: "123" } }, { code: 131009, details: /123/ }],
    ["a link that is none", { type: "image", image: { link: "ftp://a.example/b.jpg" } }, { code: 100 }],
    [
      "a caption too long",
      { type: "image", image: { link: "https://a.example/b.jpg", caption: "x".repeat(1025) } },
      { code: 131009 },
    ],
    [
      "a captioned audio",
      { type: "audio", audio: { link: "https://a.example/b.ogg", caption: "x" } },
      { code: 100, message: '(#100) Unexpected key "caption" on param "audio".' },
    ],
    ["a location without longitude", { type: "location", location: { latitude: 1 } }, { code: 100 }],
    [
      "a contact without name",
      { type: "contacts", contacts: [{ phones: [] }] },
      { code: 100, message: "(#100) The parameter contacts[0]['name'] is required." },
    ],
    [
      "a contact with a formatted name only",
      { type: "contacts", contacts: [{ name: { formatted_name: "Kim" } }] },
      { code: 131008 },
    ],
    [
      "a reaction of two emoji",
      { type: "reaction", reaction: { message_id: "wamid.x", emoji: "👍👍" } },
      { code: 131009 },
    ],
    [
      "a reaction with context",
      { type: "reaction", context: { message_id: "wamid.x" }, reaction: { message_id: "wamid.x", emoji: "👍" } },
      { code: 131009 },
    ],
    ["no buttons", buttons(), { code: 131009, details: /buttons count/ }],
    [
      "four buttons",
      buttons(reply("a", "A"), reply("b", "B"), reply("c", "C"), reply("d", "D")),
      { code: 131009, details: /buttons count/ },
    ],
    ["two buttons alike", buttons(reply("a", "A"), reply("b", "A")), { code: 131009, details: /title/ }],
    ["a button title too long", buttons(reply("a", "x".repeat(21))), { code: 131009, details: /title/ }],
    ["eleven rows", list([{ rows: rows(11) }]), { code: 131009, details: /row count/ }],
    ["sections without title", list([{ rows: rows(1) }, { rows: [{ id: "z", title: "Z" }] }]), { code: 100 }],
    [
      "a list with an image header",
      interactive({ type: "list", header: { type: "image" }, body: { text: "x" }, action: {} }),
      { code: 131009 },
    ],
    [
      "a link button without url",
      interactive({
        type: "cta_url",
        body: { text: "x" },
        action: { name: "cta_url", parameters: { display_text: "Open" } },
      }),
      { code: 100 },
    ],
    [
      "a location request of another name",
      interactive({ type: "location_request_message", body: { text: "x" }, action: { name: "get_location" } }),
      { code: 100 },
    ],
    [
      "a flow with id and name",
      interactive({
        type: "flow",
        body: { text: "x" },
        action: {
          name: "flow",
          parameters: { flow_message_version: "3", flow_id: "1", flow_name: "a", flow_cta: "Open" },
        },
      }),
      { code: 131009 },
    ],
    [
      "a product list without header",
      interactive({ type: "product_list", body: { text: "x" }, action: { catalog_id: "1", sections: [] } }),
      { code: 100 },
    ],
    [
      "a carousel of one card",
      interactive({ type: "carousel", body: { text: "x" }, action: { cards: [{}] } }),
      { code: 131009, details: /cards count/ },
    ],
    ["callback data too long", { ...text("x"), biz_opaque_callback_data: "x".repeat(513) }, { code: 131009 }],
    [
      "a template without language",
      { type: "template", template: { name: "order_update" } },
      { code: 100, message: "(#100) The parameter template['language'] is required." },
    ],
    [
      "a template without language code",
      { type: "template", template: { name: "order_update", language: {} } },
      { code: 100, message: "(#100) The parameter template['language']['code'] is required." },
    ],
    [
      "an unknown template",
      template("order_eta"),
      {
        status: 404,
        code: 132001,
        message: "(#132001) Template name does not exist in the translation",
        details: "template name (order_eta) does not exist in nl",
      },
    ],
    ["a language the template has not", template("order_update", [], "nl_NL"), { status: 404, code: 132001 }],
    ["a pending template", template("easter_preorder", [texts("Sam")]), { status: 404, code: 132001 }],
    ["a rejected template", template("flash_sale"), { status: 404, code: 132001 }],
    ["a paused template", template("loyalty_points", [texts("Sam", "120")]), { code: 132015 }],
    [
      "too few parameters",
      template("order_update", [texts("Sam")]),
      {
        code: 132000,
        details: "body: number of localizable_params (1) does not match the expected number of params (2)",
      },
    ],
    ["no components at all", template("order_update"), { code: 132000 }],
    [
      "a parameter that is no string",
      template("order_update", [
        {
          type: "body",
          parameters: [
            { type: "text", text: "a" },
            { type: "text", text: 1042 },
          ],
        },
      ]),
      { code: 100, message: "(#100) Param template['components'][0]['parameters'][1]['text'] must be a string." },
    ],
    [
      "an empty parameter",
      template("order_update", [texts("Sam", "")]),
      { code: 100, details: "Parameter 'text' is mandatory for component parameter type 'text'" },
    ],
    ["a parameter with a line break", template("order_update", [texts("Sam", "a\nb")]), { code: 132018 }],
    ["a parameter too long", template("order_update", [texts("Sam", "x".repeat(1100))]), { code: 132005 }],
    [
      "a picture where text belongs",
      template("order_update", [
        {
          type: "body",
          parameters: [
            { type: "image", image: {} },
            { type: "text", text: "b" },
          ],
        },
      ]),
      { code: 132012 },
    ],
    [
      "a header the template has not",
      template("order_update", [{ type: "header", parameters: [{ type: "text", text: "x" }] }, texts("a", "b")]),
      { code: 132000 },
    ],
    [
      "a dynamic link left out",
      template("track_order", [texts("Sam")]),
      { code: 131008, details: "buttons: Button at index 0 of type Url requires a parameter" },
    ],
    [
      "parameters for a call button",
      template("appointment_reminder", [
        texts("a", "b", "c"),
        { type: "button", sub_type: "voice_call", index: 2, parameters: [{ type: "text", text: "x" }] },
      ]),
      { code: 100, details: "buttons: Button at index 2 is of type Call and does not support parameters" },
    ],
    [
      "a button the template has not",
      template("track_order", [texts("Sam"), { type: "button", sub_type: "url", index: 4, parameters: [] }]),
      { code: 132000 },
    ],
    ["a footer component", template("order_update", [texts("a", "b"), { type: "footer" }]), { code: 100 }],
    [
      "components that are no list",
      { type: "template", template: { name: "order_update", language: { code: "nl" }, components: {} } },
      { code: 100, message: "(#100) Param template['components'] must be an array." },
    ],
    [
      "a code too long",
      template("login_code", [
        texts("x".repeat(16)),
        { type: "button", sub_type: "url", index: 0, parameters: [{ type: "text", text: "x".repeat(16) }] },
      ]),
      { code: 132005 },
    ],
    ["a group", { recipient_type: "group", ...text("x") }, { code: 131041 }],
    [
      "direct send",
      { ...text("x"), category: "utility" },
      { code: 100, message: "(#100) Direct Send isn't enabled for this account" },
    ],
  ];

  it("whatever is wrong with it", async () => {
    const given = await givenSandbox();
    for (const [what, body, { status = 400, code, message, details }] of cases) {
      const answer = await given.graph("POST", `/v25.0/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...body,
      });
      const { error } = answer.body;
      expect([what, answer.status, error?.code]).toEqual([what, status, code]);
      expect(error).toMatchObject({
        type: "OAuthException",
        fbtrace_id: expect.stringMatching(/^A/),
        ...(message ? { message } : {}),
      });
      if (details)
        expect(error.error_data, what).toMatchObject({
          messaging_product: "whatsapp",
          details: typeof details === "string" ? details : expect.stringMatching(details),
        });
      expect(answer.headers.get("www-authenticate"), what).toContain("invalid_request");
    }
    expect((await given.control("GET", "")).body.webhooks).toEqual([]);
  });
});

describe("good messages of every type", () => {
  const carousel = (index: number): Body => ({
    card_index: index,
    type: "cta_url",
    header: { type: "image", image: { link: `https://a.example/${index}.jpg` } },
    body: { text: "Eik" },
    action: { name: "cta_url", parameters: { display_text: "Bekijk", url: "https://a.example/" } },
  });
  it.each<[string, Body]>([
    ["text", { text: { body: "x".repeat(4096), preview_url: true } }],
    ["image", { type: "image", image: { link: "https://a.example/b.jpg", caption: "Staal" } }],
    ["document", { type: "document", document: { link: "https://a.example/b.pdf", filename: "b.pdf" } }],
    [
      "location with text for numbers",
      { type: "location", location: { latitude: "52.3", longitude: "4.8", name: "Dam" } },
    ],
    [
      "contacts",
      {
        type: "contacts",
        contacts: [{ name: { formatted_name: "Kim", first_name: "Kim" }, phones: [{ phone: "+31 6 1" }] }],
      },
    ],
    ["buttons", buttons(reply("a", "A"), reply("b", "B"))],
    [
      "list",
      list([
        { title: "Een", rows: rows(9) },
        { title: "Twee", rows: [{ id: "z", title: "Z" }] },
      ]),
    ],
    [
      "link",
      interactive({
        type: "cta_url",
        body: { text: "x" },
        footer: null,
        action: { name: "cta_url", parameters: { display_text: "Open", url: "https://a.example" } },
      }),
    ],
    [
      "location request",
      interactive({ type: "location_request_message", body: { text: "x" }, action: { name: "send_location" } }),
    ],
    [
      "flow",
      interactive({
        type: "flow",
        body: { text: "x" },
        action: { name: "flow", parameters: { flow_message_version: "3", flow_id: "1", flow_cta: "Open" } },
      }),
    ],
    ["product", interactive({ type: "product", action: { catalog_id: "1", product_retailer_id: "SKU" } })],
    ["carousel", interactive({ type: "carousel", body: { text: "x" }, action: { cards: [carousel(0), carousel(1)] } })],
    [
      "contact request",
      interactive({ type: "request_contact_info", body: { text: "x" }, action: { name: "request_contact_info" } }),
    ],
    [
      "template with a call button",
      template("appointment_reminder", [
        texts("a", "b", "c"),
        { type: "BUTTON", sub_type: "quick_reply", index: 1, parameters: [{ type: "payload", payload: "P" }] },
      ]),
    ],
    [
      "template with a dynamic link",
      template("track_order", [
        texts("Sam"),
        { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "K-1" }] },
      ]),
    ],
    [
      "template with currency",
      template("order_update", [
        {
          type: "body",
          parameters: [
            { type: "text", text: "a" },
            { type: "currency", currency: { fallback_value: "€12", code: "EUR", amount_1000: 12000 } },
          ],
        },
      ]),
    ],
    ["text with a stale context", { ...text("x"), context: { message_id: "wamid.gone" } }],
    ["text with a null context", { ...text("x"), context: null, recipient_type: "individual" }],
  ])("%s reach the phone", async (_what, body) => {
    const given = await givenSandbox();
    await given.personWrites();
    const id = await given.send(body);
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(id).map(({ status }) => status)).toEqual(["sent", "delivered"]);
    expect((await given.control("GET", "/phones/31612345678/messages")).body.items.at(-1)).toMatchObject({
      id,
      from: "business",
    });
  });

  it("named parameters stand where their names are", async () => {
    const given = await givenSandbox();
    const [, newsroom] = given.sandbox.accounts;
    const send = (parameters: Body[]) =>
      given.graph(
        "POST",
        `/${newsroom?.numbers[0]?.id}/messages`,
        {
          messaging_product: "whatsapp",
          to: "4915112345678",
          ...template("traffic_alert", [{ type: "body", parameters }], "de"),
        },
        newsroom?.token,
      );
    const named = (name: string, value: string): Body => ({ type: "text", parameter_name: name, text: value });
    await send([named("place", "Holzkirchen"), named("road", "A8"), named("event", "Stau")]);
    await given.sandbox.advance(secondMs);
    const { items } = (await given.control("GET", "/phones/4915112345678/messages")).body;
    expect(items[0].rendered.body).toBe("Achtung auf der A8: Stau bei Holzkirchen. Bitte planen Sie mehr Zeit ein.");
    expect((await send([named("place", "a"), named("road", "b"), named("wrong", "c")])).body.error.code).toBe(132000);
    expect((await send([{ type: "text", text: "a" }, named("road", "b"), named("event", "c")])).body.error.code).toBe(
      100,
    );
  });
});

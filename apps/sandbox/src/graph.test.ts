import { dayMs, hourMs, minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text } from "./given.ts";
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

describe("what clients do and must be let do", () => {
  it("any version or none, trailing slashes, tokens in query or form, forms instead of JSON", async () => {
    const given = await givenSandbox();
    const { id } = given.number;
    const body = { messaging_product: "whatsapp", to: "31612345678", ...orderUpdate };
    const form = new URLSearchParams({
      messaging_product: "whatsapp",
      to: "31612345678",
      type: "template",
      template: JSON.stringify(orderUpdate.template),
    });
    const withToken = new URLSearchParams([...form, ["access_token", given.token]]);
    const answers = [
      await given.graph("POST", `/v13.0/${id}/messages`, body),
      await given.graph("POST", `/${id}/messages/`, body),
      await given.graph("POST", `/v25.0/${id}/messages?access_token=${given.token}`, body, null),
      await given.graph("POST", `/v25.0/${id}/messages`, form),
      await given.graph("POST", `/v25.0/${id}/messages`, withToken, null),
      await given.graph("POST", `/v25.0/${id}/messages`, { ...body, template: JSON.stringify(orderUpdate.template) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    // Version 13 is long gone: the oldest that is left answers.
    expect(answers[0]?.headers.get("facebook-api-version")).toBe("v21.0");
    expect(answers[0]?.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    for (const header of ["x-fb-trace-id", "x-fb-request-id", "x-fb-rev", "x-app-usage"])
      expect(answers[0]?.headers.get(header)).toBeTruthy();
  });

  it("but not everything: paths, tokens and objects are judged in this order", async () => {
    const given = await givenSandbox();
    const [, newsroom] = given.sandbox.accounts;
    const path = `/v25.0/${given.number.id}/messages`;
    const expected: [string, string, string | null | undefined, number, Body][] = [
      ["GET", "/v25.0/foo", undefined, 400, { code: 2500, message: "Unknown path components: /foo" }],
      ["POST", path, null, 401, { code: 104, message: "An access token is required to request this resource." }],
      ["POST", path, "garbage", 401, { code: 190, message: "Invalid OAuth access token - Cannot parse access token" }],
      [
        "POST",
        path,
        newsroom?.token,
        400,
        {
          code: 100,
          error_subcode: 33,
          type: "GraphMethodException",
          message: expect.stringMatching(/^Unsupported post request\. Object with ID '\d+' does not exist/),
        },
      ],
      [
        "GET",
        "/v25.0/1234567890123456",
        undefined,
        400,
        { code: 100, error_subcode: 33, message: expect.stringMatching(/^Unsupported get request/) },
      ],
      ["DELETE", "/v25.0/1234567890123456", undefined, 400, { code: 100, error_subcode: 33 }],
      [
        "GET",
        `/v25.0/${given.accountId}?fields=foo`,
        undefined,
        400,
        { code: 100, message: "(#100) Tried accessing nonexisting field (foo) on node type (WhatsAppBusinessAccount)" },
      ],
      [
        "GET",
        `/v25.0/${given.number.id}/foo`,
        undefined,
        400,
        {
          code: 100,
          message: "(#100) Tried accessing nonexisting field (foo) on node type (WhatsAppBusinessPhoneNumber)",
        },
      ],
      ["POST", `/v25.0/${given.number.id}/foo`, undefined, 400, { code: 100, error_subcode: 33 }],
    ];
    for (const [method, url, token, status, error] of expected) {
      const answer = await given.graph(
        method,
        url,
        method === "POST" ? {} : undefined,
        token === undefined ? given.token : token,
      );
      expect([url, answer.status]).toEqual([url, status]);
      expect(answer.body.error).toMatchObject(error);
    }
    expect((await given.graph("POST", path, "{broken")).body.error).toMatchObject({ code: 100 });
  });

  it("a token that has run out says when", async () => {
    const given = await givenSandbox();
    const { token } = (await given.control("POST", `/accounts/${given.accountId}/tokens`, { expiresIn: "1h" })).body;
    const path = `/v25.0/${given.accountId}`;
    expect((await given.graph("GET", path, undefined, token)).status).toBe(200);
    expect((await given.graph("GET", `/debug_token?input_token=${token}`)).body.data).toMatchObject({
      is_valid: true,
      granular_scopes: expect.arrayContaining([
        { scope: "whatsapp_business_management", target_ids: [given.accountId] },
      ]),
    });
    await given.sandbox.advance(hourMs);
    const late = await given.graph("GET", path, undefined, token);
    expect(late.status).toBe(401);
    expect(late.body.error).toMatchObject({
      code: 190,
      error_subcode: 463,
      message: expect.stringContaining("Session has expired on"),
    });
  });
});

describe("a token that was not given everything", () => {
  it("may not do the rest", async () => {
    const given = await givenSandbox();
    const make = async (scopes: string[]) =>
      (await given.control("POST", `/accounts/${given.accountId}/tokens`, { scopes })).body.token;
    const [messaging, management] = [
      await make(["whatsapp_business_messaging"]),
      await make(["whatsapp_business_management"]),
    ];
    const send = (token: string) =>
      given.graph(
        "POST",
        `/${given.number.id}/messages`,
        { messaging_product: "whatsapp", to: "31612345678", ...orderUpdate },
        token,
      );
    const list = (token: string) => given.graph("GET", `/${given.accountId}/message_templates`, undefined, token);
    expect([(await send(messaging)).status, (await list(management)).status]).toEqual([200, 200]);
    expect((await send(management)).body.error).toMatchObject({
      code: 10,
      message: "(#10) Application does not have permission for this action",
    });
    expect((await list(messaging)).body.error).toMatchObject({ code: 200 });
    expect((await list(messaging)).status).toBe(403);
    expect((await list(management)).headers.get("x-business-use-case-usage")).toContain(
      `"${given.accountId}":[{"type":"whatsapp_business_management"`,
    );
  });
});

describe("numbers and accounts", () => {
  it("show the fields they are asked for", async () => {
    const given = await givenSandbox();
    const listed = await given.graph("GET", `/v25.0/${given.accountId}/phone_numbers`);
    expect(listed.body.data).toMatchObject([
      {
        id: given.number.id,
        verified_name: "Bakkerij De Korenaar",
        display_phone_number: "+31 10 808 0101",
        quality_rating: "GREEN",
        throughput: { level: "STANDARD" },
      },
    ]);
    expect(listed.body.paging.cursors).toMatchObject({ before: expect.any(String), after: expect.any(String) });
    const node = await given.graph(
      "GET",
      `/v25.0/${given.number.id}?fields=status,name_status,health_status{entities}`,
    );
    expect(node.body).toMatchObject({
      id: given.number.id,
      status: "CONNECTED",
      name_status: "APPROVED",
      health_status: { can_send_message: "AVAILABLE" },
    });
    const account = await given.graph("GET", `/v25.0/${given.accountId}?fields=name,currency,owner_business_info`);
    expect(account.body).toMatchObject({ id: given.accountId, name: "Bakkerij De Korenaar", currency: "EUR" });
    const portfolio = await given.graph(
      "GET",
      `/v25.0/${account.body.owner_business_info.id}/owned_whatsapp_business_accounts`,
    );
    expect(portfolio.body.data).toMatchObject([{ id: given.accountId }]);
  });

  it("keep a profile within its limits", async () => {
    const given = await givenSandbox();
    const path = `/v25.0/${given.number.id}/whatsapp_business_profile`;
    const set = (body: Body) => given.graph("POST", path, { messaging_product: "whatsapp", ...body });
    expect(
      (await set({ about: "Nu ook op zondag", websites: ["https://korenaar.example"], vertical: "RETAIL" })).body,
    ).toEqual({ success: true });
    expect((await given.graph("GET", `${path}?fields=about,websites,vertical`)).body).toEqual({
      data: [
        {
          messaging_product: "whatsapp",
          about: "Nu ook op zondag",
          websites: ["https://korenaar.example"],
          vertical: "RETAIL",
        },
      ],
    });
    for (const wrong of [
      { about: "" },
      { about: "x".repeat(140) },
      { email: "nobody" },
      { vertical: "BAKERY" },
      { websites: ["a", "b", "c"] },
    ]) {
      expect((await set(wrong)).status).toBe(400);
    }
  });

  it("block people who wrote lately, and answer both lists when some could not be", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const path = `/v25.0/${given.number.id}/block_users`;
    const body = { messaging_product: "whatsapp", block_users: [{ user: "+31612345678" }, { user: "31687654321" }] };
    const answer = await given.graph("POST", path, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      block_users: {
        added_users: [{ input: "+31612345678", wa_id: "31612345678" }],
        failed_users: [{ wa_id: "31687654321", errors: [{ code: 131047 }] }],
      },
      error: { code: 139100 },
    });
    expect((await given.graph("GET", path)).body.data).toEqual([
      { messaging_product: "whatsapp", wa_id: "31612345678" },
    ]);
    await given.personWrites(text("Hoort u mij?"));
    expect(given.subscriber.deliveries).toHaveLength(1);
    await given.graph("DELETE", path, { messaging_product: "whatsapp", block_users: [{ user: "31612345678" }] });
    await given.personWrites(text("En nu?"));
    expect(given.subscriber.deliveries).toHaveLength(2);
  });

  it("restricted or banned, they do not send", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const ask = (content: Body) =>
      given.graph("POST", `/v25.0/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...content,
      });
    const expiration = Math.floor(given.sandbox.now() / 1000) + 3600;
    await given.control("POST", `/accounts/${given.accountId}/events`, {
      event: "ACCOUNT_RESTRICTION",
      restriction_info: [{ restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration }],
    });
    expect([(await ask(orderUpdate)).body.error.code, (await ask(text("x"))).status]).toEqual([368, 200]);
    await given.sandbox.advance(hourMs);
    expect((await ask(orderUpdate)).status).toBe(200);
    await given.control("POST", `/accounts/${given.accountId}/events`, {
      event: "DISABLED_UPDATE",
      ban_info: { waba_ban_state: "DISABLE" },
    });
    expect((await ask(text("x"))).status).toBe(403);
    await given.control("PUT", `/numbers/${given.number.id}`, { status: "DISCONNECTED" });
    await given.control("POST", `/accounts/${given.accountId}/events`, {
      event: "DISABLED_UPDATE",
      ban_info: { waba_ban_state: "REINSTATE" },
    });
    expect((await ask(text("x"))).body.error.code).toBe(133010);
  });
});

describe("media", () => {
  const upload = (given: Given, bytes: Uint8Array<ArrayBuffer>, type: string) => {
    const form = new FormData();
    form.set("messaging_product", "whatsapp");
    form.set("type", type);
    form.set("file", new Blob([bytes], { type }), "file");
    return given.graph("POST", `/v25.0/${given.number.id}/media`, form);
  };
  const get = (url: string, token: string | null) =>
    fetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});

  it("is uploaded, looked up, fetched for five minutes with a token, sent and deleted", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
    const { id } = (await upload(given, bytes, "image/jpeg")).body;
    const node = await given.graph("GET", `/v25.0/${id}?phone_number_id=${given.number.id}`);
    expect(node.body).toMatchObject({
      messaging_product: "whatsapp",
      id,
      mime_type: "image/jpeg",
      file_size: 7,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const file = await get(node.body.url, given.token);
    expect(file.headers.get("content-type")).toBe("image/jpeg");
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(bytes);
    expect((await get(node.body.url, null)).status).toBe(401);
    expect((await get(node.body.url, given.sandbox.accounts[1]?.token ?? "")).status).toBe(404);
    await given.sandbox.advance(5 * minuteMs + secondMs);
    expect((await get(node.body.url, given.token)).status).toBe(404);

    await given.send({ type: "image", image: { id, caption: "Vers" } });
    const asSticker = await given.graph("POST", `/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: "31612345678",
      type: "sticker",
      sticker: { id },
    });
    expect(asSticker.body.error.error_data.details).toBe("Sticker must be webp");
    expect((await given.graph("DELETE", `/v25.0/${id}`)).body).toEqual({ success: true });
    expect((await given.graph("GET", `/v25.0/${id}`)).body.error).toMatchObject({ code: 100, error_subcode: 33 });
  });

  it("lives 30 days when uploaded and 7 when received", async () => {
    const given = await givenSandbox();
    const { id } = (await upload(given, new Uint8Array([1]), "image/png")).body;
    await given.personWrites({
      type: "image",
      image: { data: Buffer.from("a picture").toString("base64"), mime_type: "image/jpeg" },
    });
    const { image } = given.subscriber.values()[0]?.messages[0] ?? {};
    expect(await (await get(image.url, given.token)).text()).toBe("a picture");
    await given.sandbox.advance(7 * dayMs + secondMs);
    expect([(await given.graph("GET", `/${image.id}`)).status, (await given.graph("GET", `/${id}`)).status]).toEqual([
      400, 200,
    ]);
    await given.sandbox.advance(23 * dayMs);
    expect((await given.graph("GET", `/${id}`)).status).toBe(400);
  });

  it("is refused when of a wrong type, empty or too large", async () => {
    const given = await givenSandbox();
    expect((await upload(given, new Uint8Array([1]), "image/gif")).body.error).toMatchObject({ code: 100 });
    expect((await upload(given, new Uint8Array(0), "image/png")).status).toBe(400);
    expect((await upload(given, new Uint8Array(5 * 1024 * 1024 + 1), "image/png")).status).toBe(400);
  });
});

describe("templates", () => {
  const good = {
    name: "delivery_moment",
    language: "nl",
    category: "UTILITY",
    components: [
      {
        type: "body",
        text: "Dag {{1}}, we komen om {{2}} bij u langs met het brood.",
        example: { body_text: [["Sam", "14.00"]] },
      },
      { type: "buttons", buttons: [{ type: "quick_reply", text: "Prima" }] },
    ],
  };

  it("are created pending, decided by hand and announced, edited and deleted", async () => {
    const given = await givenSandbox({ callbackUrl: "" });
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    const path = `/v25.0/${given.accountId}/message_templates`;
    const { id, ...created } = (await given.graph("POST", path, good)).body;
    expect(created).toEqual({ status: "PENDING", category: "UTILITY" });
    const send = () =>
      given.graph("POST", `/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...template("delivery_moment", [texts("Sam", "14.00")]),
      });
    expect((await send()).body.error.code).toBe(132001);

    await given.control("POST", `/templates/${id}/actions`, { type: "reject", reason: "INVALID_FORMAT" });
    expect((await given.graph("GET", `/v25.0/${id}?fields=status,rejected_reason`)).body).toEqual({
      id,
      status: "REJECTED",
      rejected_reason: "INVALID_FORMAT",
    });
    await given.graph("POST", `/v25.0/${id}`, { components: good.components });
    await given.control("POST", `/templates/${id}/actions`, { type: "approve" });
    expect((await send()).body.messages[0].message_status).toBe("accepted");
    expect((await given.graph("POST", `/v25.0/${id}`, { components: good.components })).body.error).toMatchObject({
      code: 100,
      error_user_title: "Too many edits",
    });
    expect((await given.graph("DELETE", `${path}?name=delivery_moment`)).body).toEqual({ success: true });
    await given.sandbox.quiet();
    expect(
      given.subscriber.values("message_template_status_update").map(({ event, reason }) => [event, reason]),
    ).toEqual([
      ["REJECTED", "INVALID_FORMAT"],
      ["APPROVED", "NONE"],
      ["DELETED", "NONE"],
    ]);
    expect(given.subscriber.values("message_template_status_update")[0]).toMatchObject({
      message_template_id: Number(id),
      message_template_name: "delivery_moment",
      message_template_language: "nl",
      rejection_info: { reason: expect.any(String) },
    });
  });

  it("pause for 3 hours, then 6, and are disabled the third time", async () => {
    const given = await givenSandbox();
    const status = async () =>
      (await given.control("GET", "/templates")).body.items.find((one: Body) => one.name === "track_order").status;
    const pause = () => given.control("POST", "/templates/track_order/actions", { type: "pause" });
    await pause();
    await given.sandbox.advance(3 * hourMs - 1);
    expect(await status()).toBe("PAUSED");
    await given.sandbox.advance(1);
    expect(await status()).toBe("APPROVED");
    await pause();
    await given.sandbox.advance(5 * hourMs);
    expect(await status()).toBe("PAUSED");
    await given.sandbox.advance(hourMs);
    expect(await status()).toBe("APPROVED");
    await pause();
    expect(await status()).toBe("DISABLED");
    const answer = await given.graph("POST", `/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: "31612345678",
      ...template("track_order", [texts("Sam")]),
    });
    expect(answer.body.error.code).toBe(132016);
  });

  it("are listed with filters, page by page", async () => {
    const given = await givenSandbox();
    const path = `/v25.0/${given.accountId}/message_templates`;
    const names = async (query: string) =>
      (await given.graph("GET", `${path}?${query}`)).body.data.map((one: Body) => `${one.name} ${one.language}`);
    expect(await names("name=order_update&language=de")).toEqual(["order_update de"]);
    expect(await names("status=PAUSED")).toEqual(["loyalty_points nl"]);
    const seen: string[] = [];
    let next: string | undefined = `${given.sandbox.url}${path}?limit=4&fields=name,language`;
    while (next) {
      const page = await given.graph("GET", next.slice(given.sandbox.url.length));
      expect(Object.keys(page.body.data[0]).sort()).toEqual(["id", "language", "name"]);
      seen.push(...page.body.data.map((one: Body) => `${one.name} ${one.language}`));
      next = page.body.paging.next;
    }
    expect(new Set(seen).size).toBe(11);
    expect((await given.graph("GET", `${path}?after=rubbish`)).body.error.code).toBe(131059);
    expect((await given.graph("GET", `${path}?summary=total_count&limit=1`)).body.summary).toMatchObject({
      total_count: 11,
    });
  });

  it.each<[string, Body, number | undefined]>([
    ["a name in capitals", { name: "Delivery" }, 2388072],
    ["a name that exists in this language", { name: "order_update" }, 2388024],
    [
      "a variable at the start",
      { components: [{ type: "BODY", text: "{{1}}, dag en welkom bij ons", example: { body_text: [["a"]] } }] },
      2388299,
    ],
    [
      "a variable at the end",
      { components: [{ type: "BODY", text: "We zien u graag om {{1}}", example: { body_text: [["a"]] } }] },
      2388299,
    ],
    [
      "variables with a gap",
      {
        components: [
          { type: "BODY", text: "Dag {{1}} en ook {{3}} van ons allemaal", example: { body_text: [["a", "b"]] } },
        ],
      },
      2388072,
    ],
    [
      "adjacent variables",
      {
        components: [
          { type: "BODY", text: "Dag {{1}} {{2}} van ons allemaal hier samen", example: { body_text: [["a", "b"]] } },
        ],
      },
      2388072,
    ],
    [
      "too many variables",
      {
        components: [
          { type: "BODY", text: "Dag {{1}}, {{2}}, {{3}} groet", example: { body_text: [["a", "b", "c"]] } },
        ],
      },
      2388293,
    ],
    ["no example", { components: [{ type: "BODY", text: "Dag {{1}}, we komen bij u langs" }] }, 2388072],
    ["no body", { components: [{ type: "FOOTER", text: "x" }] }, 2388072],
    ["a body too long", { components: [{ type: "BODY", text: "x".repeat(1025) }] }, 2388040],
    [
      "emoji in the header",
      {
        components: [
          { type: "HEADER", format: "TEXT", text: "Dag 👋" },
          { type: "BODY", text: "Dag allemaal" },
        ],
      },
      2388047,
    ],
    [
      "a variable in the footer",
      {
        components: [
          { type: "BODY", text: "Dag allemaal" },
          { type: "FOOTER", text: "{{1}}" },
        ],
      },
      2388073,
    ],
    [
      "scattered quick replies",
      {
        components: [
          { type: "BODY", text: "Dag allemaal" },
          {
            type: "BUTTONS",
            buttons: [
              { type: "QUICK_REPLY", text: "A" },
              { type: "URL", text: "B", url: "https://a.example" },
              { type: "QUICK_REPLY", text: "C" },
            ],
          },
        ],
      },
      2388072,
    ],
    [
      "a link with a variable in the middle",
      {
        components: [
          { type: "BODY", text: "Dag allemaal" },
          { type: "BUTTONS", buttons: [{ type: "URL", text: "B", url: "https://a.example/{{1}}/x", example: ["x"] }] },
        ],
      },
      2388072,
    ],
    ["a language that does not exist", { language: "nl_NL" }, undefined],
    ["an unknown category", { category: "NEWS" }, undefined],
  ])("with %s are refused", async (_what, change, subcode) => {
    const given = await givenSandbox();
    const answer = await given.graph("POST", `/v25.0/${given.accountId}/message_templates`, { ...good, ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe(100);
    expect(answer.body.error.error_subcode).toBe(subcode);
    if (subcode)
      expect(answer.body.error).toMatchObject({
        error_user_title: expect.any(String),
        error_user_msg: expect.any(String),
      });
  });

  it("with a picture take a sample uploaded in pieces", async () => {
    const given = await givenSandbox();
    const opened = await given.graph(
      "POST",
      `/v25.0/${given.sandbox.app.id}/uploads?file_name=a.png&file_length=6&file_type=image/png`,
    );
    const url = `${given.sandbox.url}/v25.0/${opened.body.id}`;
    const piece = async (offset: number, bytes: string) => {
      const headers = { authorization: `OAuth ${given.token}`, file_offset: String(offset) };
      return (await (await fetch(url, { method: "POST", headers, body: bytes })).json()) as Body;
    };
    expect(await piece(0, "abc")).toMatchObject({ file_offset: 3 });
    expect((await given.graph("GET", `/v25.0/${opened.body.id}`)).body.file_offset).toBe(3);
    expect(await piece(0, "abc")).toMatchObject({ error: { code: 100 } });
    const { h } = await piece(3, "def");
    expect(h).toMatch(/^4::/);
    const components = [
      { type: "HEADER", format: "IMAGE", example: { header_handle: [h] } },
      { type: "BODY", text: "Vers uit de oven" },
    ];
    const created = await given.graph("POST", `/v25.0/${given.accountId}/message_templates`, {
      name: "fresh",
      language: "nl",
      category: "MARKETING",
      components,
    });
    expect(created.body.status).toBe("PENDING");
    await given.control("POST", "/templates/fresh/actions", { type: "approve" });
    const send = (header: Body[]) =>
      given.graph("POST", `/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...template("fresh", header),
      });
    expect((await send([])).body.error).toMatchObject({
      code: 132012,
      error_data: { details: "header: Format mismatch, expected IMAGE, received UNKNOWN" },
    });
    const picture = { type: "image", image: { link: "https://korenaar.example/brood.jpg" } };
    expect((await send([{ type: "header", parameters: [picture] }])).status).toBe(200);
  });

  it("marketing ones alone go over marketing_messages", async () => {
    const given = await givenSandbox();
    const send = (content: Body) =>
      given.graph("POST", `/v25.0/${given.number.id}/marketing_messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...content,
      });
    const offer = await send(template("weekend_offer", [texts("Sam", "staven")]));
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(offer.body.messages[0].id)[0]).toMatchObject({ pricing: { category: "marketing_lite" } });
    expect((await send(orderUpdate)).body.error.code).toBe(134100);
  });
});

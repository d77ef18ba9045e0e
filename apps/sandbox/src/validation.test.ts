import { dayMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const body = (text: string, ...samples: string[]): Body => ({
  type: "BODY",
  text,
  ...(samples.length > 0 ? { example: { body_text: [samples] } } : {}),
});
const buttons = (...list: Body[]): Body => ({ type: "BUTTONS", buttons: list });
const picture: Body = { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::aW1hZ2U="] } };
const reply: Body = { type: "QUICK_REPLY", text: "Meer" };
const link: Body = {
  type: "URL",
  text: "Bestel",
  url: "https://korenaar.example/{{1}}",
  example: ["https://korenaar.example/a"],
};
const coupon: Body = { type: "COPY_CODE", example: "BROOD20" };
const otp = (more: Body = {}): Body => ({ type: "OTP", otp_type: "COPY_CODE", text: "Kopieer", ...more });
const app: Body = { package_name: "nl.korenaar.app", signature_hash: "K8a/AINcGX7" };
const offer = (text = "Nog heel even", expires = true): Body => ({
  type: "LIMITED_TIME_OFFER",
  limited_time_offer: { text, has_expiration: expires },
});
const card = (...components: Body[]): Body => ({ components });
const carousel = (...cards: Body[]): Body => ({ type: "CAROUSEL", cards });
const cards = (...list: Body[]): Body[] => [body("Nieuw deze week in de winkel:"), carousel(...list)];
const whole = card(picture, body("Amandelstaaf"), buttons(reply));

const marketing = (...components: Body[]): Body => ({ category: "MARKETING", components });
const authentication = (...components: Body[]): Body => ({ category: "AUTHENTICATION", components });
const advised: Body = { type: "BODY", add_security_recommendation: true };
const oneTap = { otp_type: "ONE_TAP", autofill_text: "Vul in" };

async function create(given: Given, template: Body): Promise<Body> {
  const whole = { name: "proef", language: "nl", ...template };
  return (await given.graph("POST", `/${given.accountId}/message_templates`, whole)).body;
}

describe("a template of a kind of its own", () => {
  it.each<[string, Body]>([
    ["an offer that ends", marketing(picture, body("Vandaag alles voor de helft."), offer(), buttons(coupon, link))],
    [
      "an offer without an end",
      marketing(body("Vandaag alles voor de helft."), offer("Op is op", false), buttons(link)),
    ],
    ["a carousel", marketing(...cards(whole, whole))],
    ["a code to copy in an app", authentication(advised, buttons(otp({ ...oneTap, supported_apps: [app] })))],
    [
      "a code that fills itself in",
      authentication(
        advised,
        { type: "FOOTER", code_expiration_minutes: 90 },
        buttons(otp({ otp_type: "zero_tap", zero_tap_terms_accepted: true, supported_apps: [app] })),
      ),
    ],
    ["a catalogue", marketing(body("Bekijk wat we bakken."), buttons({ type: "CATALOG", text: "Bekijk" }))],
    ["a flow", marketing(body("Kies een dag."), buttons({ type: "FLOW", text: "Kies", flow_id: "1" }))],
    ["a moving picture", marketing({ ...picture, format: "GIF" }, body("Kijk eens."))],
  ])("is taken: %s", async (_, template) => {
    expect(await create(await givenSandbox(), template)).toMatchObject({ status: "PENDING" });
  });

  it.each<[string, Body, number]>([
    [
      "an offer in a utility template",
      { ...marketing(body("x y"), offer(), buttons(link)), category: "UTILITY" },
      2388072,
    ],
    ["an offer of 17 characters", marketing(body("x y"), offer("x".repeat(17)), buttons(link)), 2388040],
    ["an offer with a footer", marketing(body("x y"), offer(), { type: "FOOTER", text: "z" }, buttons(link)), 2388073],
    ["an offer with a body of 601", marketing(body("x".repeat(601)), offer(), buttons(link)), 2388040],
    [
      "an offer under a document",
      marketing({ ...picture, format: "DOCUMENT" }, body("x y"), offer(), buttons(link)),
      2388047,
    ],
    ["an offer without a link", marketing(body("x y"), offer()), 2388072],
    ["an offer whose code comes second", marketing(body("x y"), offer(), buttons(link, coupon)), 2388072],
    ["a code of 21 characters", marketing(body("x y"), buttons({ ...coupon, example: "x".repeat(21) })), 2388040],
    ["a code without an example", marketing(body("x y"), buttons({ type: "COPY_CODE" })), 2388072],
    ["a carousel of one", marketing(...cards(whole)), 2388072],
    ["cards that differ", marketing(...cards(whole, card(picture, buttons(reply)))), 2388072],
    ["a card without a picture", marketing(...cards(card(body("a")), card(body("b")))), 2388047],
    [
      "a card of 161 characters",
      marketing(...cards(whole, card(picture, body("x".repeat(161)), buttons(reply)))),
      2388040,
    ],
    ["a card with three buttons", marketing(...cards(card(picture, buttons(reply, reply, reply)), whole)), 2388072],
    ["a carousel under a header", marketing(picture, ...cards(whole, whole)), 2388072],
    [
      "words of one's own beside a code",
      authentication(body("Uw code is {{1}} en blijft dat.", "1"), buttons(otp())),
      2388072,
    ],
    ["a code without a button", authentication(advised), 2388072],
    ["a code with a reply", authentication(advised, buttons(reply)), 2388072],
    ["a code under a picture", authentication(picture, advised, buttons(otp())), 2388072],
    [
      "a footer of 91 minutes",
      authentication(advised, { type: "FOOTER", code_expiration_minutes: 91 }, buttons(otp())),
      2388073,
    ],
    ["six apps", authentication(advised, buttons(otp({ ...oneTap, supported_apps: Array(6).fill(app) }))), 2388072],
    [
      "a hash of ten characters",
      authentication(advised, buttons(otp({ ...oneTap, supported_apps: [{ ...app, signature_hash: "0123456789" }] }))),
      2388072,
    ],
    ["a code that fills itself in, unasked", authentication(advised, buttons(otp({ otp_type: "ZERO_TAP" }))), 2388072],
    ["a code's button elsewhere", marketing(body("x y"), buttons(otp())), 2388072],
    [
      "a moving picture in a utility template",
      { category: "UTILITY", components: [{ ...picture, format: "GIF" }, body("x y")] },
      2388047,
    ],
    ["a catalogue with a reply", marketing(body("x y"), buttons({ type: "CATALOG", text: "Bekijk" }, reply)), 2388072],
    ["a flow of no name", marketing(body("x y"), buttons({ type: "FLOW", text: "Kies" })), 2388072],
    [
      "a shortened link",
      marketing(body("x y"), buttons({ type: "URL", text: "Zie", url: "https://bit.ly/x" })),
      2388072,
    ],
  ])("is refused: %s", async (_, template, subcode) => {
    expect((await create(await givenSandbox(), template)).error).toMatchObject({ code: 100, error_subcode: subcode });
  });

  it("that was edited tells its new text once it is approved", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    const { id } = await create(given, marketing(body("Kijk eens.")));
    await given.control("POST", `/templates/${id}/actions`, { type: "approve" });
    await given.graph("POST", `/${id}`, { components: [body("Kom eens kijken."), buttons(reply)] });
    await given.control("POST", `/templates/${id}/actions`, { type: "approve" });
    await given.sandbox.quiet();
    expect(given.subscriber.values("message_template_components_update")).toEqual([
      {
        message_template_id: Number(id),
        message_template_name: "proef",
        message_template_language: "nl",
        message_template_element: "Kom eens kijken.",
        message_template_buttons: [
          { message_template_button_type: "QUICK_REPLY", message_template_button_text: "Meer" },
        ],
      },
    ]);
  });
});

const parameter = (type: string, value: unknown): Body => ({ type, [type]: value });
const offerEnds = (at: unknown): Body => ({
  type: "limited_time_offer",
  parameters: [parameter("limited_time_offer", { expiration_time_ms: at })],
});
const button = (subType: string, index: number, ...parameters: Body[]): Body => ({
  type: "button",
  sub_type: subType,
  index,
  parameters,
});
const image = (): Body => ({
  type: "header",
  parameters: [parameter("image", { link: "https://korenaar.example/a.jpg" })],
});
const code = (value: string): Body => button("copy_code", 0, parameter("coupon_code", value));
const suffix = button("url", 1, parameter("text", "brood"));
const sentCard = (index: number, ...components: Body[]): Body => ({ card_index: index, components });
const sentCards = (...list: Body[]): Body => ({ type: "carousel", cards: list });

describe("sending a template of a kind of its own", () => {
  const kinds: Record<string, Body> = {
    offer: marketing(picture, body("Vandaag alles voor de helft."), offer(), buttons(coupon, link)),
    carousel: marketing(...cards(whole, whole)),
    products: marketing(body("Onze keuze."), buttons({ type: "MPM", text: "Bekijk" })),
    named: {
      category: "UTILITY",
      parameter_format: "NAMED",
      components: [
        {
          type: "HEADER",
          format: "TEXT",
          text: "Bestelling {{order_no}}",
          example: { header_text_named_params: [{ param_name: "order_no", example: "K-1" }] },
        },
        {
          type: "BODY",
          text: "Dag {{first_name}}, we komen om {{time}} langs.",
          example: { body_text_named_params: [{ param_name: "first_name", example: "Sam" }] },
        },
      ],
    },
  };
  const ends = offerEnds(1_800_000_000_000);
  const named = (...values: [string, string][]): Body[] =>
    values.map(([parameter_name, text]) => ({ type: "text", parameter_name, text }));
  const header = { type: "header", parameters: named(["order_no", "K-1"]) };

  it.each<[string, string, Body[], number]>([
    ["an offer with everything", "offer", [image(), ends, code("BROOD20"), suffix], 200],
    ["an offer without its end", "offer", [image(), code("BROOD20"), suffix], 131008],
    ["an offer that ends in words", "offer", [image(), offerEnds("morgen"), code("BROOD20"), suffix], 100],
    ["an offer that ends in seconds", "offer", [image(), offerEnds(1_800_000_000), code("BROOD20"), suffix], 131009],
    ["an offer without its code", "offer", [image(), ends, suffix], 131008],
    ["a code with spaces", "offer", [image(), ends, code("BROOD 20"), suffix], 131009],
    ["a code of 21", "offer", [image(), ends, code("x".repeat(21)), suffix], 131009],
    ["an offer without its picture", "offer", [ends, code("BROOD20"), suffix], 132012],
    ["both cards", "carousel", [sentCards(sentCard(0, image()), sentCard(1, image()))], 200],
    ["one card of two", "carousel", [sentCards(sentCard(0, image()))], 132012],
    ["cards out of order", "carousel", [sentCards(sentCard(1, image()), sentCard(0, image()))], 132012],
    ["a card without its picture", "carousel", [sentCards(sentCard(0, image()), sentCard(1))], 132012],
    ["no cards at all", "carousel", [], 132012],
    ["products without sections", "products", [button("mpm", 0, parameter("action", {}))], 131008],
    [
      "products in sections",
      "products",
      [button("mpm", 0, parameter("action", { sections: [{ title: "Brood", product_items: [] }] }))],
      200,
    ],
    [
      "named values",
      "named",
      [header, { type: "body", parameters: named(["time", "14.00"], ["first_name", "Sam"]) }],
      200,
    ],
    [
      "a name twice",
      "named",
      [header, { type: "body", parameters: named(["time", "14.00"], ["time", "15.00"]) }],
      132000,
    ],
    [
      "an unknown name",
      "named",
      [header, { type: "body", parameters: named(["time", "14.00"], ["hour", "15"]) }],
      132000,
    ],
    [
      "values without names",
      "named",
      [header, { type: "body", parameters: [parameter("text", "a"), parameter("text", "b")] }],
      100,
    ],
  ])("%s", async (_, kind, components, expected) => {
    const given = await givenSandbox();
    const { id } = await create(given, { ...kinds[kind], name: kind });
    await given.control("POST", `/templates/${id}/actions`, { type: "approve" });
    const answer = await given.graph("POST", `/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: "31612345678",
      type: "template",
      template: { name: kind, language: { code: "nl" }, components },
    });
    expect(answer.body.error?.code ?? 200).toBe(expected);
  });
});

describe("files", () => {
  const upload = async (given: Given, type: string, bytes: number, content = "x") => {
    const form = new FormData();
    form.set("messaging_product", "whatsapp");
    form.set("file", new Blob([content.padEnd(bytes, "x")], { type }), "file");
    return (await given.graph("POST", `/${given.number.id}/media`, form)).body.error?.code ?? 200;
  };

  it.each<[string, string, number, number, string?]>([
    ["a picture of 5 MB", "image/jpeg", 5 * 1024 * 1024, 200],
    ["a larger one", "image/jpeg", 5 * 1024 * 1024 + 1, 100],
    ["sound of 16 MB", "audio/ogg; codecs=opus", 16 * 1024 * 1024, 200],
    ["more sound", "audio/ogg", 16 * 1024 * 1024 + 1, 100],
    ["a sticker of 100 KB", "image/webp", 100 * 1024, 200],
    ["a larger one that stands still", "image/webp", 100 * 1024 + 1, 100],
    ["a larger one that moves", "image/webp", 100 * 1024 + 1, 200, "RIFF----WEBPVP8X----ANIM"],
    ["one that moves too much", "image/webp", 500 * 1024 + 1, 100, "RIFF----WEBPVP8X----ANIM"],
    ["a web page", "text/html", 10, 100],
  ])("%s", async (_, type, bytes, expected, content) => {
    expect(await upload(await givenSandbox(), type, bytes, content)).toBe(expected);
  });

  it("sent in pieces make a profile's picture, and no more than was announced", async () => {
    const given = await givenSandbox();
    const open = (length: number | string) =>
      given.graph("POST", `/${given.sandbox.app.id}/uploads?file_name=a.png&file_length=${length}&file_type=image/png`);
    expect((await open(0)).body.error.code).toBe(100);
    const { id } = (await open(6)).body;
    const piece = async (bytes: string, offset: number) => {
      const response = await fetch(`${given.sandbox.url}/${id}`, {
        method: "POST",
        headers: { authorization: `OAuth ${given.token}`, file_offset: String(offset) },
        body: bytes,
      });
      return (await response.json()) as { h?: string; file_offset?: number; error?: { code: number } };
    };
    expect((await piece("abc", 0)).file_offset).toBe(3);
    expect((await piece("def", 0)).error?.code).toBe(100);
    expect((await piece("defg", 3)).error?.code).toBe(100);
    const { h } = await piece("def", 3);
    const profile = `/${given.number.id}/whatsapp_business_profile`;
    const change = (profile_picture_handle: unknown) =>
      given.graph("POST", profile, { messaging_product: "whatsapp", profile_picture_handle });
    expect((await change("4::nothing")).body.error.code).toBe(100);
    expect((await change(h)).body).toEqual({ success: true });
    const { profile_picture_url } = (await given.graph("GET", `${profile}?fields=profile_picture_url`)).body.data[0];
    await given.sandbox.advance(8 * dayMs);
    expect(await (await fetch(profile_picture_url)).text()).toBe("abcdef");
  });
});

describe("an interactive message", () => {
  const parameters = (name: string, values: Body): Body => ({ action: { name, parameters: values } });
  const media = { type: "image", image: { link: "https://korenaar.example/a.jpg" } };
  const open = { name: "cta_url", parameters: { display_text: "Zie", url: "https://korenaar.example" } };
  const flow = { flow_message_version: "3", flow_id: "1", flow_cta: "Kies" };
  const shown = (...indexes: number[]): Body => ({
    action: { cards: indexes.map((card_index) => ({ card_index, type: "cta_url", header: media, action: open })) },
  });

  it.each<[string, string, Body, number]>([
    ["a carousel in order", "carousel", shown(0, 1), 200],
    ["a carousel out of order", "carousel", shown(1, 0), 131009],
    ["a flow", "flow", parameters("flow", flow), 200],
    ["a flow with an emoji", "flow", parameters("flow", { ...flow, flow_cta: "Kies 🍞" }), 131009],
    [
      "a flow that asks its endpoint and says where to begin",
      "flow",
      parameters("flow", { ...flow, flow_action: "data_exchange", flow_action_payload: { screen: "A" } }),
      131009,
    ],
    ["a call for a month", "voice_call", parameters("voice_call", { display_text: "Bel", ttl_minutes: 43_200 }), 200],
    ["a call for longer", "voice_call", parameters("voice_call", { ttl_minutes: 43_201 }), 131009],
    ["a call of 21 characters", "voice_call", parameters("voice_call", { display_text: "x".repeat(21) }), 131009],
    ["an address in India", "address_message", parameters("address_message", { country: "IN" }), 200],
    ["an address elsewhere", "address_message", parameters("address_message", { country: "NL" }), 100],
  ])("%s", async (_, type, content, expected) => {
    const given = await givenSandbox();
    await given.personWrites();
    const answer = await given.graph("POST", `/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: "31612345678",
      type: "interactive",
      interactive: { type, body: { text: "Kies" }, ...content },
    });
    expect(answer.body.error?.code ?? 200).toBe(expected);
  });
});

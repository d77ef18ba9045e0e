import { describe, expect, it } from "vitest";
import type { TemplateSendComponent } from "./content.ts";
import {
  checkTemplateDraft,
  checkTemplateSend,
  fillTemplate,
  parseTemplate,
  renderTemplate,
  type Template,
  type TemplateDraft,
  templateVariables,
  toTemplateBody,
} from "./templates.ts";

function given(components: readonly unknown[], more: object = {}): Template {
  const node = {
    id: "1690001112223334",
    name: "order_eta",
    language: "nl",
    status: "APPROVED",
    category: "UTILITY",
    parameter_format: "POSITIONAL",
    components,
    ...more,
  };
  const template = parseTemplate(node);
  if (!template) throw new Error("not a template");
  return template;
}

const positional = given([
  { type: "HEADER", format: "TEXT", text: "Order {{1}}", example: { header_text: ["A-1042"] } },
  { type: "BODY", text: "Hi {{1}}, we come at {{2}}. Bye {{1}}.", example: { body_text: [["Sam", "14:00"]] } },
  { type: "FOOTER", text: "Cedar Workshop" },
  {
    type: "BUTTONS",
    buttons: [
      { type: "PHONE_NUMBER", text: "Call", phone_number: "+15550100200" },
      { type: "URL", text: "Track", url: "https://cedar.example/t/{{1}}", example: ["https://cedar.example/t/A-1042"] },
      { type: "QUICK_REPLY", text: "Move" },
    ],
  },
]);
const named = given(
  [
    { type: "HEADER", format: "IMAGE", example: { header_handle: ["4::x"] } },
    {
      type: "BODY",
      text: "Hi {{first_name}}, at {{time}}.",
      example: {
        body_text_named_params: [
          { param_name: "first_name", example: "Sam" },
          { param_name: "time", example: "14:00" },
        ],
      },
    },
  ],
  { parameter_format: "NAMED" },
);
const offer = given([
  { type: "LIMITED_TIME_OFFER", limited_time_offer: { text: "Ends soon", has_expiration: true } },
  { type: "BODY", text: "Only today." },
  {
    type: "BUTTONS",
    buttons: [
      { type: "COPY_CODE", text: "Copy", example: "OAK20" },
      { type: "URL", text: "Shop", url: "https://cedar.example/{{1}}" },
    ],
  },
]);
const code = given(
  [
    { type: "BODY", text: "*{{1}}* is your code." },
    {
      type: "BUTTONS",
      buttons: [
        { type: "URL", text: "Copy", url: "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}" },
      ],
    },
  ],
  { category: "AUTHENTICATION" },
);
const card = {
  components: [
    { type: "HEADER", format: "IMAGE" },
    { type: "BODY", text: "Oak {{1}}" },
    { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "More" }] },
  ],
};
const carousel = given([
  { type: "BODY", text: "New for {{1}}" },
  { type: "CAROUSEL", cards: [card, card] },
]);

const values = {
  positional: { "header.1": "A-1042", "body.1": "Sam", "body.2": "14:00", "buttons[1].1": "A-1042" },
  named: { "header.image": "https://cdn.cedar.example/a.jpg", first_name: "Sam", time: "14:00" },
  offer: { "limitedTimeOffer.expiration": "1780000000000", "buttons[0].code": "OAK20", "buttons[1].1": "oak" },
  code: { "body.1": "482913" },
  carousel: {
    "1": "Sam",
    "cards[0].header.image": "5",
    "cards[0].body.1": "table",
    "cards[1].header.image": "6",
    "cards[1].body.1": "chair",
  },
};
const all = { positional, named, offer, code, carousel };

describe("variables", () => {
  it.each([
    ["positional", ["header 1 A-1042", "body 1 Sam", "body 2 14:00", "buttons[1] 1 https://cedar.example/t/A-1042"]],
    ["named", ["header image ", "body first_name Sam", "body time 14:00"]],
    ["offer", ["limitedTimeOffer expiration ", "buttons[0] code OAK20", "buttons[1] 1 "]],
    ["code", ["body 1 ", "buttons[0] 1 "]],
    [
      "carousel",
      ["body 1 ", "cards[0].header image ", "cards[0].body 1 ", "cards[1].header image ", "cards[1].body 1 "],
    ],
  ] as const)("are counted, named and shown by sample: %s", (name, expected) => {
    expect(templateVariables(all[name]).map(({ place, name, example }) => `${place} ${name} ${example ?? ""}`)).toEqual(
      expected,
    );
  });
});

describe("filling", () => {
  it.each(["positional", "named", "offer", "code", "carousel"] as const)(
    "makes a send the template accepts: %s",
    (name) => {
      expect(checkTemplateSend(all[name], fillTemplate(all[name], values[name]))).toEqual([]);
    },
  );

  it("puts every value in its place", () => {
    expect(fillTemplate(positional, values.positional).template).toEqual({
      name: "order_eta",
      language: { code: "nl" },
      components: [
        { type: "header", parameters: [{ type: "text", text: "A-1042" }] },
        {
          type: "body",
          parameters: [
            { type: "text", text: "Sam" },
            { type: "text", text: "14:00" },
          ],
        },
        { type: "button", sub_type: "url", index: 1, parameters: [{ type: "text", text: "A-1042" }] },
      ],
    });
    expect(fillTemplate(named, values.named).template.components).toEqual([
      { type: "header", parameters: [{ type: "image", image: { link: "https://cdn.cedar.example/a.jpg" } }] },
      {
        type: "body",
        parameters: [
          { type: "text", text: "Sam", parameter_name: "first_name" },
          { type: "text", text: "14:00", parameter_name: "time" },
        ],
      },
    ]);
    // The code is sent twice: in the text, and behind the button.
    expect(JSON.stringify(fillTemplate(code, values.code)).match(/482913/g)).toHaveLength(2);
  });

  it("takes no value from where objects keep theirs", () => {
    const odd = given([{ type: "BODY", text: "Hi {{constructor}}." }], { parameter_format: "NAMED" });
    expect(fillTemplate(odd, {}).template.components).toEqual([
      { type: "body", parameters: [{ type: "text", text: "", parameter_name: "constructor" }] },
    ]);
  });
});

describe("a send the template does not accept", () => {
  const problemsOf = (
    template: Template,
    components: readonly TemplateSendComponent[],
    name = "order_eta",
    language = "nl",
  ) =>
    checkTemplateSend(template, { type: "template", template: { name, language: { code: language }, components } }).map(
      ({ path, code }) => `${path.replace("template.components.", "")} ${code}`,
    );
  const full = fillTemplate(positional, values.positional).template.components ?? [];
  const [header, body, button] = full as [TemplateSendComponent, TemplateSendComponent, TemplateSendComponent];
  const words = (...texts: readonly string[]) => texts.map((text) => ({ type: "text", text }) as const);

  it.each([
    ["a value too few", [header, { type: "body", parameters: words("Sam") }, button], ["body tooFew"]],
    ["a value too many", [header, { type: "body", parameters: words("a", "b", "c") }, button], ["body tooMany"]],
    ["no button", [header, body], ["buttons[1] tooFew"]],
    [
      "the button counted without the static one",
      [header, body, { type: "button", sub_type: "url", index: 0, parameters: words("x") }],
      ["buttons[0] tooMany", "buttons[1] tooFew"],
    ],
    [
      "a button that is not there",
      [...full, { type: "button", sub_type: "url", index: 7, parameters: words("x") }],
      ["buttons[7] mismatch"],
    ],
    [
      "another kind of button",
      [header, body, button, { type: "button", sub_type: "url", index: 2, parameters: words("x") }],
      ["buttons[2] mismatch"],
    ],
    ["an empty value", [header, { type: "body", parameters: words("Sam", " ") }, button], ["body empty"]],
    [
      "a picture for text",
      [{ type: "header", parameters: [{ type: "image", image: { id: "5" } }] }, body, button],
      ["header mismatch"],
    ],
    [
      "a header filled too long",
      [{ type: "header", parameters: words("x".repeat(55)) }, body, button],
      ["header tooLong"],
    ],
    [
      "a body filled too long",
      [header, { type: "body", parameters: words("x".repeat(1024), "b") }, button],
      ["body tooLong"],
    ],
    [
      "cards where there are none",
      [...full, { type: "carousel", cards: [{ card_index: 0, components: [] }] }],
      ["carousel tooMany"],
    ],
  ] as const)("%s", (_name, components, expected) => expect(problemsOf(positional, components)).toEqual(expected));

  it("names of another template, in another language, not approved", () => {
    expect(problemsOf(positional, full, "other", "nl_NL")).toEqual([
      "template.name mismatch",
      "template.language.code mismatch",
    ]);
    expect(problemsOf({ ...positional, status: "paused" }, full)).toEqual(["template notSendable"]);
  });
  it("names: missing, unknown, twice, none", () => {
    const image = { type: "header", parameters: [{ type: "image", image: { id: "5" } }] } as const;
    const namedBody = (...names: readonly string[]) =>
      ({
        type: "body",
        parameters: names.map((name) => ({ type: "text" as const, text: "x", parameter_name: name })),
      }) as const;
    expect(problemsOf(named, [image, namedBody("first_name")])).toEqual(["body missing"]);
    expect(problemsOf(named, [image, namedBody("first_name", "time", "last_name")])).toEqual(["body mismatch"]);
    expect(problemsOf(named, [image, namedBody("first_name", "time", "time")])).toEqual(["body duplicate"]);
    expect(problemsOf(named, [namedBody("first_name", "time")])).toEqual(["header missing"]);
    expect(
      problemsOf(named, [
        { type: "header", parameters: [{ type: "video", video: { id: "5" } }] },
        namedBody("first_name", "time"),
      ]),
    ).toEqual(["header mismatch"]);
  });
  it("a code too long, an offer without its end, a card too few", () => {
    expect(checkTemplateSend(code, fillTemplate(code, { "body.1": "x".repeat(16) }))).toMatchObject([
      { code: "tooLong" },
    ]);
    expect(problemsOf(offer, [])).toEqual(["limited_time_offer missing", "buttons[0] missing", "buttons[1] tooFew"]);
    expect(problemsOf(carousel, [{ type: "body", parameters: words("Sam") }])).toEqual(["carousel tooFew"]);
  });
});

describe("how it reads", () => {
  it("with its values", () => {
    expect(renderTemplate(positional, fillTemplate(positional, values.positional))).toEqual({
      header: { format: "text", text: "Order A-1042" },
      body: "Hi Sam, we come at 14:00. Bye Sam.",
      footer: "Cedar Workshop",
      buttons: [
        { type: "phone_number", text: "Call" },
        { type: "url", text: "Track", url: "https://cedar.example/t/A-1042" },
        { type: "quick_reply", text: "Move" },
      ],
      cards: [],
      text: "Order A-1042\nHi Sam, we come at 14:00. Bye Sam.\nCedar Workshop\n[Call]\n[Track]\n[Move]",
    });
  });
  it("with names, cards, and what is still missing", () => {
    expect(renderTemplate(named, fillTemplate(named, values.named))).toMatchObject({
      header: { format: "image" },
      body: "Hi Sam, at 14:00.",
    });
    expect(renderTemplate(carousel, fillTemplate(carousel, values.carousel)).cards.map(({ body }) => body)).toEqual([
      "Oak table",
      "Oak chair",
    ]);
    expect(
      renderTemplate(positional, { type: "template", template: { name: "order_eta", language: { code: "nl" } } }).body,
    ).toContain("{{1}}");
  });
  it("and a value that looks like a variable stays a value", () => {
    const send = fillTemplate(positional, { ...values.positional, "body.1": "{{2}} $& $1" });
    expect(renderTemplate(positional, send).body).toBe("Hi {{2}} $& $1, we come at 14:00. Bye {{2}} $& $1.");
  });
});

describe("asking for a template", () => {
  const draft: TemplateDraft = {
    name: "order_eta",
    language: "nl",
    category: "utility",
    parameterFormat: "positional",
    ttlSeconds: 3600,
    components: positional.components,
  };
  it("is written as the platform wants it and read back the same", () => {
    const body = toTemplateBody(draft);
    expect(body).toMatchObject({ category: "UTILITY", parameter_format: "POSITIONAL", message_send_ttl_seconds: 3600 });
    expect(given(body.components as unknown[]).components).toEqual(positional.components);
    for (const template of [named, offer, carousel]) {
      const { parameterFormat, components } = template;
      const again = toTemplateBody({ ...draft, parameterFormat, components });
      expect(templateVariables(given(again.components as unknown[]))).toEqual(templateVariables(template));
    }
  });
  it("finds nothing wrong with a good one", () => expect(checkTemplateDraft(draft)).toEqual([]));

  const body = (text: string, ...samples: readonly string[]) =>
    ({ type: "body", text, example: { body_text: [samples] } }) as const;
  const quick = (text: string) => ({ type: "quick_reply", text }) as const;
  const url = (address: string, example?: string) => ({
    type: "url",
    text: "Open",
    url: address,
    ...(example ? { example } : {}),
  });
  it.each([
    ["a name in capitals", { ...draft, name: "Order" }, ["name invalid"]],
    ["no body", { ...draft, components: [] }, ["components missing"]],
    ["a variable at the end", { ...draft, components: [body("Hi {{1}}", "Sam")] }, ["components[0].text invalid"]],
    [
      "variables side by side",
      { ...draft, components: [body("Hi {{1}} {{2}}.", "a", "b")] },
      ["components[0].text invalid"],
    ],
    [
      "a gap in the numbers",
      { ...draft, components: [body("Hi {{1}} and {{3}}.", "a", "b")] },
      ["components[0].text invalid"],
    ],
    ["a missing sample", { ...draft, components: [body("Hi {{1}}.")] }, ["components[0].text missing"]],
    ["a broken variable", { ...draft, components: [body("Hi {{na-me}}.")] }, ["components[0].text invalid"]],
    [
      "a footer with a variable",
      { ...draft, components: [body("Hi."), { type: "footer", text: "a {{1}}" }] },
      ["components[1].text tooMany"],
    ],
    [
      "a header in bold",
      { ...draft, components: [body("Hi."), { type: "header", format: "text", text: "*Hi*" }] },
      ["components[1].text invalid"],
    ],
    [
      "mixed buttons",
      {
        ...draft,
        components: [body("Hi."), { type: "buttons", buttons: [quick("a"), url("https://a.example/"), quick("b")] }],
      },
      ["components[1].buttons invalid"],
    ],
    [
      "a variable in the middle of an address",
      {
        ...draft,
        components: [
          body("Hi."),
          { type: "buttons", buttons: [url("https://a.example/{{1}}/x", "https://a.example/b/x")] },
        ],
      },
      ["components[1].buttons[0].url invalid"],
    ],
    [
      "a button to WhatsApp",
      { ...draft, components: [body("Hi."), { type: "buttons", buttons: [url("https://wa.me/31612345678")] }] },
      ["components[1].buttons[0].url invalid"],
    ],
    [
      "three addresses",
      {
        ...draft,
        components: [
          body("Hi."),
          { type: "buttons", buttons: [url("https://a.example"), url("https://b.example"), url("https://c.example")] },
        ],
      },
      ["components[1].buttons tooMany"],
    ],
  ] satisfies readonly (readonly [string, TemplateDraft, readonly string[]])[])(
    "finds %s",
    (_name, wrong, expected) => {
      expect(checkTemplateDraft(wrong).map(({ path, code }) => `${path} ${code}`)).toEqual(expected);
    },
  );
});

describe("reading the platform's description", () => {
  it.each([null, 7, {}, { id: "1", name: "x" }, []])("of %j is none", (raw) => expect(parseTemplate(raw)).toBeNull());
  it("keeps what it does not know", () => {
    const odd = given([{ type: "HOLOGRAM", depth: 3 }, { type: "HEADER", format: "SMELL" }, null], {
      quality_score: { score: "GREEN" },
      rejected_reason: "NONE",
    });
    expect(odd.components.map(({ type }) => type)).toEqual(["unrecognised", "unrecognised", "unrecognised"]);
    expect(odd).toMatchObject({ quality: "green", category: "utility", status: "approved" });
    expect(odd.rejectedReason).toBeUndefined();
  });
});

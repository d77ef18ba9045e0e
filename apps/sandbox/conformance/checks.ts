import type { Pattern } from "./match.ts";

/**
 * - `reads`: changes nothing and sends nothing; requests made to be refused are among them.
 * - `sends`: sends a message to `--to`.
 * - `changes`: changes something of the account and puts it back.
 */
export type Kind = "reads" | "sends" | "changes";

/** One request and what must come of it. `{number}`, `{account}`, `{to}` and what earlier steps kept stand in path and body. */
export interface Step {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
  /** Sent as a form with a file, as media are. */
  readonly file?: { readonly name: string; readonly type: string; readonly text: string };
  /** `none`: without a token; a text: that token instead of the one given. */
  readonly token?: string;
  readonly status: number;
  readonly answer?: Pattern;
  readonly headers?: Readonly<Record<string, string>>;
  /** What later steps use: a name, and where in the answer it stands (`messages.0.id`). */
  readonly keep?: Readonly<Record<string, string>>;
}

export interface Check {
  readonly name: string;
  readonly kind: Kind;
  readonly steps: readonly Step[];
}

const error = (code: number, more: { readonly [member: string]: Pattern } = {}): Pattern => ({
  error: { message: "string", type: "string", code: `=${code}`, fbtrace_id: "string", ...more },
});
const details = { error_data: { messaging_product: "=whatsapp", details: "string" } };

const message = (content: object) => ({
  messaging_product: "whatsapp",
  recipient_type: "individual",
  to: "{to}",
  ...content,
});
const text = (body: string) => message({ type: "text", text: { body } });
const accepted: Pattern = {
  messaging_product: "=whatsapp",
  contacts: [{ input: "string", wa_id: "/^\\d+$/" }],
  messages: [{ id: "/^wamid\\./" }],
};

const refuse = (name: string, body: unknown, status: number, answer: Pattern): Check => ({
  name: `refuses ${name}`,
  kind: "reads",
  steps: [{ method: "POST", path: "/{number}/messages", body, status, answer }],
});
const send = (name: string, content: object): Check => ({
  name: `accepts ${name}`,
  kind: "sends",
  steps: [{ method: "POST", path: "/{number}/messages", body: message(content), status: 200, answer: accepted }],
});
const interactive = (content: object) => ({ type: "interactive", interactive: content });
const reply = (id: string, title: string) => ({ type: "reply", reply: { id, title } });
const buttons = (...list: object[]) =>
  interactive({ type: "button", body: { text: "Pick one" }, action: { buttons: list } });

export const checks: readonly Check[] = [
  {
    name: "asks for a token",
    kind: "reads",
    steps: [{ method: "GET", path: "/{number}", token: "none", status: 401, answer: error(104) }],
  },
  {
    name: "does not know a token that is none",
    kind: "reads",
    steps: [
      {
        method: "GET",
        path: "/{number}",
        token: "nonsense",
        status: 401,
        answer: error(190, { type: "=OAuthException" }),
        headers: { "www-authenticate": "OAuth" },
      },
    ],
  },
  {
    name: "does not show an object that is not there",
    kind: "reads",
    steps: [
      {
        method: "GET",
        path: "/999999999999999",
        status: 400,
        answer: error(100, { error_subcode: "=33", type: "=GraphMethodException" }),
      },
    ],
  },
  {
    name: "shows the default fields of a number",
    kind: "reads",
    steps: [
      {
        method: "GET",
        path: "/{number}",
        status: 200,
        answer: { id: "={number}", display_phone_number: "string", verified_name: "string", quality_rating: "string" },
        headers: { "content-type": "application/json", "facebook-api-version": "^v\\d+\\.0$" },
      },
    ],
  },
  {
    name: "shows the fields of a number it is asked for",
    kind: "reads",
    steps: [
      {
        method: "GET",
        path: "/{number}?fields=status,platform_type,throughput,is_official_business_account,account_mode",
        status: 200,
        answer: {
          id: "={number}",
          status: "string",
          platform_type: "string",
          throughput: { level: "string" },
          is_official_business_account: "boolean",
          account_mode: "string",
        },
      },
    ],
  },
  {
    name: "refuses a field that does not exist",
    kind: "reads",
    steps: [{ method: "GET", path: "/{number}?fields=colour", status: 400, answer: error(100) }],
  },
  {
    name: "shows a business profile",
    kind: "reads",
    steps: [
      {
        method: "GET",
        path: "/{number}/whatsapp_business_profile?fields=about,description,email,websites,vertical",
        status: 200,
        answer: { data: [{ messaging_product: "=whatsapp" }] },
      },
    ],
  },
  {
    name: "lists the numbers of an account",
    kind: "reads",
    steps: [
      {
        method: "GET",
        path: "/{account}/phone_numbers",
        status: 200,
        answer: {
          data: [{ id: "string", verified_name: "string", display_phone_number: "string", quality_rating: "string" }],
          paging: { cursors: { before: "string", after: "string" } },
        },
      },
    ],
  },
  {
    name: "lists templates in pages",
    kind: "reads",
    steps: [
      {
        method: "GET",
        path: "/{account}/message_templates?limit=1",
        status: 200,
        answer: {
          data: [
            {
              id: "string",
              name: "string",
              language: "string",
              status: "string",
              category: "string",
              components: "list",
            },
          ],
          paging: { cursors: { before: "string", after: "string" } },
        },
      },
    ],
  },
  {
    name: "refuses a cursor of one's own making",
    kind: "reads",
    steps: [{ method: "GET", path: "/{account}/message_templates?after=mine", status: 400, answer: error(131059) }],
  },
  {
    name: "lists the apps that listen",
    kind: "reads",
    steps: [{ method: "GET", path: "/{account}/subscribed_apps", status: 200, answer: { data: "list" } }],
  },
  {
    name: "lists flows and QR codes",
    kind: "reads",
    steps: [
      { method: "GET", path: "/{account}/flows", status: 200, answer: { data: "list" } },
      { method: "GET", path: "/{number}/message_qrdls", status: 200, answer: { data: "list" } },
    ],
  },
  {
    name: "lists who is blocked",
    kind: "reads",
    steps: [{ method: "GET", path: "/{number}/block_users", status: 200, answer: { data: "list" } }],
  },
  refuse("a message without messaging_product", { to: "{to}", text: { body: "x" } }, 400, error(100)),
  refuse("a message to nobody", { messaging_product: "whatsapp", text: { body: "x" } }, 400, error(100)),
  refuse("an unknown type", message({ type: "poll", poll: {} }), 400, error(100)),
  refuse("a text without a body", message({ type: "text", text: {} }), 400, error(100)),
  refuse("a body that is no string", message({ type: "text", text: { body: 7 } }), 400, error(100)),
  refuse("an image from nowhere", message({ type: "image", image: {} }), 400, error(100)),
  refuse("media that does not exist", message({ type: "image", image: { id: "1" } }), 400, error(131009, details)),
  refuse(
    "four buttons",
    message(buttons(reply("a", "A"), reply("b", "B"), reply("c", "C"), reply("d", "D"))),
    400,
    error(131009, details),
  ),
  refuse("two buttons alike", message(buttons(reply("a", "A"), reply("a", "A"))), 400, error(131009, details)),
  refuse(
    "a template that does not exist",
    message({ type: "template", template: { name: "there_is_no_such_template", language: { code: "en" } } }),
    404,
    error(132001, details),
  ),
  refuse(
    "a template without a language",
    message({ type: "template", template: { name: "there_is_no_such_template" } }),
    400,
    error(100),
  ),
  {
    name: "refuses a template with a wrong name",
    kind: "reads",
    steps: [
      {
        method: "POST",
        path: "/{account}/message_templates",
        body: {
          name: "Not a name!",
          language: "en",
          category: "UTILITY",
          components: [{ type: "BODY", text: "Hello." }],
        },
        status: 400,
        answer: error(100, { error_subcode: "number" }),
      },
    ],
  },
  {
    name: "refuses a file of a kind it does not take",
    kind: "reads",
    steps: [
      {
        method: "POST",
        path: "/{number}/media",
        body: { messaging_product: "whatsapp" },
        file: { name: "a.html", type: "text/html", text: "<p>no</p>" },
        status: 400,
        answer: error(100),
      },
    ],
  },
  send("a text", { type: "text", text: { body: "Conformance: a text", preview_url: false } }),
  {
    name: "accepts a recipient written with a plus and spaces",
    kind: "sends",
    steps: [
      {
        method: "POST",
        path: "/{number}/messages",
        body: { ...text("Conformance: a number with a plus"), to: "+{to}" },
        status: 200,
        answer: accepted,
      },
    ],
  },
  send("a location", { type: "location", location: { latitude: 52.3731, longitude: 4.8922, name: "Dam" } }),
  send("a contact", {
    type: "contacts",
    contacts: [
      {
        name: { formatted_name: "Noor de Wit", first_name: "Noor" },
        phones: [{ phone: "+31201234567", type: "WORK" }],
      },
    ],
  }),
  send("reply buttons", buttons(reply("yes", "Yes"), reply("no", "No"))),
  send(
    "a list",
    interactive({
      type: "list",
      body: { text: "Pick a slot" },
      action: { button: "Slots", sections: [{ title: "Friday", rows: [{ id: "f-14", title: "14:00" }] }] },
    }),
  ),
  send(
    "a link button",
    interactive({
      type: "cta_url",
      body: { text: "See more" },
      action: { name: "cta_url", parameters: { display_text: "Open", url: "https://example.com/" } },
    }),
  ),
  send(
    "a request for a location",
    interactive({ type: "location_request_message", body: { text: "Where?" }, action: { name: "send_location" } }),
  ),
  {
    name: "takes a file, tells where it is, sends it and deletes it",
    kind: "sends",
    steps: [
      {
        method: "POST",
        path: "/{number}/media",
        body: { messaging_product: "whatsapp" },
        file: { name: "a.txt", type: "text/plain", text: "Conformance" },
        status: 200,
        answer: { id: "/^\\d+$/" },
        keep: { media: "id" },
      },
      {
        method: "GET",
        path: "/{media}",
        status: 200,
        answer: {
          messaging_product: "=whatsapp",
          url: "/^https?:/",
          mime_type: "/^text\\/plain/",
          sha256: "string",
          id: "={media}",
        },
      },
      {
        method: "POST",
        path: "/{number}/messages",
        body: message({ type: "document", document: { id: "{media}", filename: "a.txt" } }),
        status: 200,
        answer: accepted,
      },
      { method: "DELETE", path: "/{media}", status: 200, answer: { success: "=true" } },
      { method: "GET", path: "/{media}", status: 400, answer: error(100, { error_subcode: "=33" }) },
    ],
  },
  {
    name: "makes, changes and deletes a QR code",
    kind: "changes",
    steps: [
      {
        method: "POST",
        path: "/{number}/message_qrdls",
        body: { prefilled_message: "Conformance" },
        status: 200,
        answer: {
          code: "string",
          prefilled_message: "=Conformance",
          deep_link_url: "/^https:\\/\\/wa\\.me\\/message\\//",
        },
        keep: { code: "code" },
      },
      {
        method: "POST",
        path: "/{number}/message_qrdls",
        body: { code: "{code}", prefilled_message: "Changed" },
        status: 200,
        answer: { prefilled_message: "=Changed" },
      },
      { method: "GET", path: "/{number}/message_qrdls/{code}", status: 200, answer: { data: [{ code: "={code}" }] } },
      { method: "DELETE", path: "/{number}/message_qrdls/{code}", status: 200, answer: { success: "=true" } },
    ],
  },
  {
    name: "makes, shows and deletes a template",
    kind: "changes",
    steps: [
      {
        method: "POST",
        path: "/{account}/message_templates",
        body: {
          name: "conformance_{run}",
          language: "en_US",
          category: "UTILITY",
          components: [
            {
              type: "BODY",
              text: "Hello {{1}}, your order {{2}} is ready to be collected.",
              example: { body_text: [["Sam", "A-1042"]] },
            },
          ],
        },
        status: 200,
        answer: { id: "/^\\d+$/", status: "/^(PENDING|APPROVED|REJECTED)$/", category: "string" },
        keep: { template: "id" },
      },
      {
        method: "GET",
        path: "/{template}?fields=name,language,components",
        status: 200,
        answer: { id: "={template}", name: "=conformance_{run}", language: "=en_US", components: "list" },
      },
      {
        method: "DELETE",
        path: "/{account}/message_templates?name=conformance_{run}",
        status: 200,
        answer: { success: "=true" },
      },
    ],
  },
  {
    name: "makes, fills, and deletes a flow",
    kind: "changes",
    steps: [
      {
        method: "POST",
        path: "/{account}/flows",
        body: { name: "conformance {run}", categories: ["OTHER"] },
        status: 200,
        answer: { id: "/^\\d+$/" },
        keep: { flow: "id" },
      },
      {
        method: "POST",
        path: "/{flow}/assets",
        body: { name: "flow.json", asset_type: "FLOW_JSON" },
        file: { name: "flow.json", type: "application/json", text: "{}" },
        status: 200,
        answer: { validation_errors: [{ message: "string" }] },
      },
      { method: "POST", path: "/{flow}/publish", body: {}, status: 400, answer: error(139002) },
      { method: "DELETE", path: "/{flow}", status: 200, answer: { success: "=true" } },
    ],
  },
];

import { dayMs, hourMs, secondMs } from "@loket/kit";
import { type Given, orderUpdate, text, weekendOffer } from "./given.ts";
import type { Body } from "./platform/state.ts";
import { onboardingProvocations } from "./provocations-onboarding.ts";
import { type Answer, fill, type Provocation, type Provoked, readAnswer, refused } from "./provoking.ts";

const sam = "31612345678";
const noor = "31687654321";
const unknownPerson = "31600000001";

const sends = (content: Body, prepare?: (given: Given) => Promise<unknown>, version = "v25.0"): Provocation =>
  refused("POST", `/${version}/{number}/messages`, { messaging_product: "whatsapp", to: sam, ...content }, prepare);

const offers = (content: Body, prepare?: (given: Given) => Promise<unknown>, version = "v25.0"): Provocation =>
  refused(
    "POST",
    `/${version}/{number}/marketing_messages`,
    { messaging_product: "whatsapp", to: sam, ...content },
    prepare,
  );

/** A message that is accepted and fails later. */
const fails =
  (content: Body, prepare?: (given: Given) => Promise<unknown>, to = sam): Provocation =>
  async (given) => {
    await prepare?.(given);
    const id = await given.send(content, to);
    await given.sandbox.advance(secondMs);
    const failed = given.statusesOf(id).find(({ status }) => status === "failed");
    return { code: (failed?.errors as { code: number }[] | undefined)?.[0]?.code ?? 0 };
  };

const creates = (template: Body, prepare?: (given: Given) => Promise<unknown>): Provocation =>
  refused(
    "POST",
    "/{account}/message_templates",
    { name: "proef", language: "nl", category: "UTILITY", components: [body("Uw brood ligt klaar.")], ...template },
    prepare,
  );

const body = (text: string, ...samples: string[]): Body => ({
  type: "BODY",
  text,
  ...(samples.length > 0 ? { example: { body_text: [samples] } } : {}),
});
const template = (name: string, values: string[] = [], language = "nl"): Body => ({
  type: "template",
  template: {
    name,
    language: { code: language },
    components: [{ type: "body", parameters: values.map((value) => ({ type: "text", text: value })) }],
  },
});
const interactive = (content: Body): Body => ({ type: "interactive", interactive: content });

const control = (method: string, path: string, change?: Body) => (given: Given) =>
  given.control(method, fill(given, path), change);
const restricts = (type: string) =>
  control("POST", "/accounts/{account}/events", {
    event: "ACCOUNT_RESTRICTION",
    restriction_info: [{ restriction_type: type }],
  });
const decides = (name: string, type: string) => control("POST", `/templates/${name}/actions`, { type });
const all =
  (...steps: ((given: Given) => Promise<unknown>)[]) =>
  async (given: Given) => {
    for (const step of steps) await step(given);
  };
const writes = (given: Given) => given.personWrites();
const graph = (method: string, path: string, change?: Body) => (given: Given) =>
  given.graph(method, fill(given, path), change);

async function scoped(given: Given, scopes: string[]): Promise<string> {
  return (await given.control("POST", `/accounts/${given.accountId}/tokens`, { name: "little", scopes })).body.token;
}

const revokes =
  (subcode: number): Provocation =>
  async (given) => {
    await given.control("PUT", `/tokens/${given.token}`, { revoked: subcode });
    return readAnswer(await given.graph("GET", `/${given.number.id}`));
  };

// Calls.
const calling = graph("POST", "/{number}/settings", { calling: { status: "ENABLED" } });
const permits = control("POST", `/phones/${sam}/calls`, { type: "permit" });
const connect = {
  messaging_product: "whatsapp",
  action: "connect",
  to: sam,
  session: { sdp_type: "offer", sdp: "v=0" },
};
const calls = (prepare: (given: Given) => Promise<unknown>, change: Body = {}): Provocation =>
  refused("POST", "/{number}/calls", { ...connect, ...change }, prepare);
const asksToCall = interactive({
  type: "call_permission_request",
  body: { text: "Mogen we bellen?" },
  action: { name: "call_permission_request" },
});

// Groups.
async function givenGroup(given: Given, ...people: string[]): Promise<string> {
  await given.control("PUT", `/numbers/${given.number.id}`, { officialBusinessAccount: true });
  await given.graph("POST", `/${given.number.id}/groups`, { messaging_product: "whatsapp", subject: "Bakclub" });
  const [{ id }] = (await given.control("GET", "/groups")).body.items;
  for (const person of people) await given.control("POST", `/phones/${person}/groups`, { type: "join", link: id });
  return id;
}

const toGroup =
  (people: string[], prepare?: (given: Given, id: string) => Promise<unknown>): Provocation =>
  async (given) => {
    const id = await givenGroup(given, ...people);
    await prepare?.(given, id);
    return readAnswer(
      await given.graph("POST", `/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        recipient_type: "group",
        to: id,
        ...text("Hallo"),
      }),
    );
  };

const removes =
  (...users: string[]): Provocation =>
  async (given) => {
    const id = await givenGroup(given, sam);
    const participants = users.map((user) => ({ user }));
    return readAnswer(
      await given.graph("DELETE", `/${id}/participants`, { messaging_product: "whatsapp", participants }),
    );
  };

// Flows.
async function givenFlow(given: Given, status?: string): Promise<string> {
  const json = { version: "7.3", screens: [{ id: "A", terminal: true, layout: {} }] };
  const create = { name: "taart", categories: ["OTHER"], flow_json: JSON.stringify(json) };
  const { id } = (await given.graph("POST", `/${given.accountId}/flows`, create)).body;
  if (status) await given.control("PUT", `/flows/${id}`, { status });
  return id;
}

const flowMessage = interactive({
  type: "flow",
  body: { text: "Wanneer?" },
  action: { name: "flow", parameters: { flow_message_version: "3", flow_name: "taart", flow_cta: "Kies" } },
});

// Registration and coexistence.
const registers = (pin: string, prepare?: (given: Given) => Promise<unknown>): Provocation =>
  refused("POST", "/{number}/register", { messaging_product: "whatsapp", pin }, prepare);
const wrongPin = graph("POST", "/{number}/register", { pin: "222222" });
const hasPin = graph("POST", "/{number}/register", { pin: "111111" });
const waits = (ms: number) => (given: Given) => given.sandbox.advance(ms);
const synchronizes = (prepare: (given: Given) => Promise<unknown>): Provocation =>
  refused("POST", "/{number}/smb_app_data", { messaging_product: "whatsapp", sync_type: "history" }, prepare);
const onApp = control("PUT", "/numbers/{number}", { businessApp: {} });

const times =
  (count: number, step: (given: Given) => Promise<unknown>) =>
  async (given: Given): Promise<void> => {
    for (let done = 0; done < count; done++) await step(given);
  };

/** The codes told in a webhook. */
const told =
  (
    field: string,
    pick: (value: Record<string, unknown>) => number,
    prepare: (given: Given) => Promise<unknown>,
  ): Provocation =>
  async (given) => {
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    await prepare(given);
    await given.sandbox.quiet();
    const value = given.subscriber.values(field).at(-1);
    return { code: value ? pick(value) : 0 };
  };
const ofMessage = (value: Record<string, unknown>) =>
  (value.messages as { errors: { code: number }[] }[])[0]?.errors[0]?.code ?? 0;

/** How each error that the sandbox's own rules bring about is brought about; by code, or `code/subcode`. */
export const provocations: Readonly<Record<string, Provocation>> = {
  "1": refused("GET", "/oauth/access_token?client_id={app}&client_secret=wrong&grant_type=client_credentials"),
  "10": async (given) => {
    const token = await scoped(given, ["whatsapp_business_management"]);
    return readAnswer(await given.graph("POST", `/${given.number.id}/messages`, {}, token));
  },
  "100": refused("POST", "/{number}/messages", { to: sam, ...text("x") }),
  "104": async (given) => readAnswer(await given.graph("GET", `/${given.number.id}`, undefined, null)),
  "190": async (given) => readAnswer(await given.graph("GET", `/${given.number.id}`, undefined, "nonsense")),
  "200": async (given) => {
    const token = await scoped(given, ["whatsapp_business_messaging"]);
    return readAnswer(await given.graph("GET", `/${given.accountId}`, undefined, token));
  },
  "368": sends(orderUpdate, restricts("RESTRICTED_BIZ_INITIATED_MESSAGING")),
  "613": refused("GET", `/{number}/call_permissions?user_wa_id=${sam}`, undefined, (given) =>
    times(5, graph("GET", `/{number}/call_permissions?user_wa_id=${sam}`))(given),
  ),
  "2200": async (given) => {
    given.subscriber.verifyToken = "another";
    return readAnswer(
      await given.graph("POST", `/${given.number.id}`, {
        webhook_configuration: { override_callback_uri: given.subscriber.url, verify_token: "wrong" },
      }),
    );
  },
  "2500": refused("GET", "/nowhere"),
  "80007": creates({ name: "laatste" }, async (given) => {
    for (let count = 0; count < 100; count++) await creates({ name: `proef_${count}` })(given);
  }),
  "130429": sends(
    text("x"),
    all(writes, waits(secondMs), control("PUT", "/numbers/{number}", { throughputPerSecond: 1 }), (given) =>
      given.send(text("een")),
    ),
  ),
  "130472": fails(weekendOffer, control("PUT", "/rules", { thresholds: { marketing: { heldOutShare: 1 } } })),
  "130501": told("messages", ofMessage, async (given) => {
    const id = await givenGroup(given, sam);
    await given.control("POST", `/phones/${sam}/groups`, {
      type: "write",
      group: id,
      message: { type: "unsupported" },
    });
  }),
  "131008": sends({ type: "contacts", contacts: [{ name: { formatted_name: "Kim" } }] }),
  "131009": sends(text("x".repeat(4097))),
  "131020": toGroup([]),
  "131021": sends({ ...text("x"), to: "+31 10 808 0101" }),
  "131026": fails(orderUpdate, control("PUT", `/phones/${sam}`, { onWhatsApp: false })),
  "131030": sends(orderUpdate, control("PUT", "/numbers/{number}", { allowedRecipients: [noor] })),
  "131031": sends(
    orderUpdate,
    control("POST", "/accounts/{account}/events", {
      event: "DISABLED_UPDATE",
      ban_info: { waba_ban_state: "DISABLE", waba_ban_date: "November 22, 2026" },
    }),
  ),
  "131037": async (given) => {
    const path = `/accounts/${given.accountId}/numbers`;
    const { id } = (await given.control("POST", path, { displayNumber: "+1 555 010 0200" })).body;
    await given.control("PUT", `/numbers/${id}`, { nameStatus: "PENDING_REVIEW" });
    const message = { messaging_product: "whatsapp", to: sam, ...orderUpdate };
    return readAnswer(await given.graph("POST", `/${id}/messages`, message));
  },
  "131041": sends({ recipient_type: "group", to: "nothing", ...text("x") }),
  "131042": fails(orderUpdate, control("PUT", "/accounts/{account}", { paymentMethod: false })),
  "131047": fails(text("Te laat")),
  "131048": fails(orderUpdate, async (given) => {
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_50" });
    for (let person = 0; person < 50; person++) await given.send(orderUpdate, `316500000${person + 10}`);
    await given.sandbox.advance(secondMs);
  }),
  "131049": fails(weekendOffer, undefined, "12125550100"),
  "131050": fails(weekendOffer, control("POST", `/phones/${sam}/actions`, { type: "stop-marketing" })),
  "131051": sends({ type: "pin", pin: {} }),
  "131052": told("messages", ofMessage, (given) =>
    given.personWrites({ type: "image", errors: [{ code: 131052, title: "Media download error" }] }),
  ),
  "131053": fails({ type: "image", image: { link: "https://a.example/b.gif" } }, writes),
  "131055": offers(orderUpdate, undefined, "v22.0"),
  "131056": sends(
    text("x"),
    all(writes, control("PUT", "/numbers/{number}", { pairBurst: 1 }), (given) => given.send(text("een"))),
  ),
  "131057": async (given) => {
    await given.control("PUT", "/rules", { thresholds: { limit: { throughputFromPeople: 1 } } });
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_UNLIMITED" });
    await given.send(orderUpdate, noor);
    await given.sandbox.advance(secondMs);
    return sends(orderUpdate)(given);
  },
  "131059": refused("GET", "/{account}/message_templates?after=mine"),
  "131062": async (given) => {
    await given.personWrites();
    const user = given.subscriber.values("messages")[0]?.contacts[0].user_id;
    const code = { type: "text", text: "123456" };
    const components = [
      { type: "body", parameters: [code] },
      { type: "button", sub_type: "url", index: 0, parameters: [code] },
    ];
    const login = { name: "login_code", language: { code: "nl" }, components };
    return sends({ type: "template", template: login, to: null, recipient: user })(given);
  },
  "131063": sends(weekendOffer, graph("POST", "/{account}", { disable_marketing_messages_on_cloud_api: true })),
  "131064": sends(orderUpdate, restricts("RESTRICTED_UTILITY_TEMPLATES")),
  "131201": removes(sam, noor),
  "131202": removes(sam, sam),
  "131204": removes(...Array.from({ length: 9 }, (_, index) => `3160000001${index}`)),
  "131207": toGroup([sam], (given, id) => given.control("PUT", `/groups/${id}`, { suspended: true })),
  "131212": removes(noor),
  "131213": async (given) => {
    const id = await givenGroup(given);
    return readAnswer(await given.graph("POST", `/${id}/join_requests`, { join_requests: ["none"] }));
  },
  "131215": refused("POST", "/{number}/groups", { messaging_product: "whatsapp", subject: "Bakclub" }),
  "132000": sends(template("order_update", ["Sam"])),
  "132001": sends(template("order_update", ["Sam", "K-1"], "nl_NL")),
  "132005": sends(template("order_update", ["Sam", "x".repeat(1100)])),
  "132007": sends(template("order_update", ["Sam", "a\nb"]), undefined, "v22.0"),
  "132012": sends({
    type: "template",
    template: {
      name: "order_update",
      language: { code: "nl" },
      components: [
        {
          type: "body",
          parameters: [
            { type: "image", image: {} },
            { type: "text", text: "b" },
          ],
        },
      ],
    },
  }),
  "132015": sends(orderUpdate, decides("order_update", "pause")),
  "132016": sends(orderUpdate, decides("order_update", "disable")),
  "132018": sends(template("order_update", ["Sam", "a\nb"])),
  "132068": sends(
    flowMessage,
    all(writes, (given) => givenFlow(given, "BLOCKED")),
  ),
  "132069": sends(
    flowMessage,
    all(
      writes,
      (given) => givenFlow(given, "THROTTLED"),
      times(10, (given) => given.send(flowMessage)),
    ),
  ),
  "133005": registers("222222", hasPin),
  "133006": async (given) => {
    const number = { cc: "31", phone_number: "612340000", verified_name: "Zuid" };
    const { id } = (await given.graph("POST", `/${given.accountId}/phone_numbers`, number)).body;
    return readAnswer(await given.graph("POST", `/${id}/register`, { pin: "111111" }));
  },
  "133008": registers("222222", all(hasPin, times(3, all(waits(6_000), wrongPin)))),
  "133009": registers("222222", all(hasPin, wrongPin)),
  "133010": sends(orderUpdate, graph("POST", "/{number}/deregister")),
  "133016": refused("POST", "/{number}/deregister", {}, times(10, graph("POST", "/{number}/deregister", {}))),
  "134011": sends(interactive({ type: "order_details", body: { text: "x" }, action: {} })),
  "134100": offers(orderUpdate),
  "134102": offers(weekendOffer, control("PUT", "/accounts/{account}", { marketingMessages: "ELIGIBLE" })),
  "137000": sends(
    { ...orderUpdate, recipient_identity_key_hash: "another" },
    graph("POST", "/{number}/settings", { user_identity_change: { enable_identity_key_check: true } }),
  ),
  "138000": calls(writes),
  "138001": calls(all(calling, writes), { to: unknownPerson }),
  "138003": calls(all(calling, writes, permits, graph("POST", "/{number}/calls", connect))),
  "138006": calls(all(calling, writes)),
  "138009": sends(
    asksToCall,
    all(calling, writes, (given) => given.send(asksToCall)),
  ),
  "138012": calls(
    all(calling, writes, permits, async (given) => {
      for (let count = 0; count < 10; count++) {
        const { id } = (await given.graph("POST", `/${given.number.id}/calls`, connect)).body.calls[0];
        for (const type of ["accept", "end"]) await given.control("POST", `/phones/${sam}/calls`, { type, id });
      }
    }),
  ),
  "139001": async (given) => {
    const id = await givenFlow(given, "PUBLISHED");
    const form = new FormData();
    for (const [name, value] of Object.entries({ name: "flow.json", asset_type: "FLOW_JSON" })) form.set(name, value);
    form.set("file", new Blob(["{}"]), "flow.json");
    return readAnswer(await given.graph("POST", `/${id}/assets`, form));
  },
  "139002": async (given) => {
    const create = { name: "leeg", categories: ["OTHER"], flow_json: "{}" };
    const { id } = (await given.graph("POST", `/${given.accountId}/flows`, create)).body;
    return readAnswer(await given.graph("POST", `/${id}/publish`));
  },
  "139003": async (given) => readAnswer(await given.graph("POST", `/${await givenFlow(given)}/deprecate`)),
  "139004": async (given) => readAnswer(await given.graph("DELETE", `/${await givenFlow(given, "PUBLISHED")}`)),
  "139100": refused("POST", "/{number}/block_users", { messaging_product: "whatsapp", block_users: [{ user: noor }] }),
  "139200": sends({ ...text("x"), category: "utility" }, restricts("RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES")),
  "147001": async (given) => {
    const [, other] = given.sandbox.accounts;
    await given.graph("POST", `/${other?.numbers[0]?.id}/username`, { username: "brood" }, other?.token);
    return readAnswer(await given.graph("POST", `/${given.number.id}/username`, { username: "brood" }));
  },
  "147002": refused(
    "POST",
    "/{number}/username",
    { username: "brood" },
    control("PUT", "/numbers/{number}", { messagingLimit: "TIER_250" }),
  ),
  "147005": async (given) => {
    await given.graph("POST", `/${given.number.id}/username`, { username: "brood" });
    const path = `/accounts/${given.accountId}/numbers`;
    const { id } = (await given.control("POST", path, { displayNumber: "+31 10 808 0102" })).body;
    return readAnswer(await given.graph("POST", `/${id}/username`, { username: "brood" }));
  },
  "200005": refused("GET", "/{account}/template_analytics"),
  "200006": insights(async (given, id, token) => {
    await given.graph("POST", `/${id}?is_enabled_for_insights=true`, undefined, token);
    return given.graph("POST", `/${id}?is_enabled_for_insights=false`, undefined, token);
  }),
  "200007": insights((given, id, token) => given.graph("GET", `/${id}/template_analytics`, undefined, token)),
  ...onboardingProvocations,
  "2388012": refused("POST", "/{account}/phone_numbers", {
    cc: "31",
    phone_number: "108080101",
    verified_name: "De Korenaar",
  }),
  "2494191": refused(
    "POST",
    "/{number}/thread_control",
    { messaging_product: "whatsapp", to: sam, action: "take" },
    async (given) => {
      const routing = { apps: { [given.sandbox.app.id]: "customer_service" } };
      await given.control("PUT", `/numbers/${given.number.id}`, { routing });
      await given.personWrites();
    },
  ),
  "2593107": synchronizes(
    all(onApp, graph("POST", "/{number}/smb_app_data", { messaging_product: "whatsapp", sync_type: "history" })),
  ),
  "2593108": synchronizes(all(onApp, waits(25 * hourMs))),
  "2593109": told(
    "history",
    (value) => (value.history as { errors: { code: number }[] }[])[0]?.errors[0]?.code ?? 0,
    all(
      control("PUT", "/numbers/{number}", { businessApp: { sharesHistory: false } }),
      graph("POST", "/{number}/smb_app_data", { messaging_product: "whatsapp", sync_type: "history" }),
    ),
  ),
  "100/33": refused("GET", "/999999999999999"),
  "190/458": revokes(458),
  "190/460": revokes(460),
  "190/463": async (given) => {
    const path = `/accounts/${given.accountId}/tokens`;
    const { token } = (await given.control("POST", path, { name: "short", expiresIn: "1h" })).body;
    await given.sandbox.advance(2 * hourMs);
    return readAnswer(await given.graph("GET", `/${given.number.id}`, undefined, token));
  },
  "190/467": revokes(467),
  "130429/2494055": (given) => provoke(given, "130429"),
  "131056/2494071": (given) => provoke(given, "131056"),
  "100/2388019": async (given) => {
    await given.control("PUT", `/accounts/${given.accountId}`, { verified: false });
    const template = { language: "nl", category: "UTILITY", components: [body("Uw brood ligt klaar.")] };
    for (let count = 0; count < 250; count++)
      await given.control("POST", `/accounts/${given.accountId}/templates`, { ...template, name: `proef_${count}` });
    return creates({ name: "laatste" })(given);
  },
  "100/2388023": creates({ name: "order_update" }, async (given) => {
    await given.graph("DELETE", `/${given.accountId}/message_templates?name=order_update`);
    await given.sandbox.advance(29 * dayMs);
  }),
  "100/2388024": creates({ name: "order_update" }),
  "100/2388040": creates({
    components: [{ type: "HEADER", format: "TEXT", text: "x".repeat(61) }, body("Uw brood ligt klaar.")],
  }),
  "100/2388047": creates({
    components: [{ type: "HEADER", format: "TEXT", text: "Bij {{1}} in {{2}}" }, body("Uw brood ligt klaar.")],
  }),
  "100/2388072": creates({ components: [{ type: "FOOTER", text: "De Korenaar" }] }),
  "100/2388073": creates({ components: [body("Uw brood ligt klaar."), { type: "FOOTER", text: "Dag {{1}}" }] }),
  "100/2388293": creates({ components: [body("Dag {{1}} en {{2}} dag", "a", "b")] }),
  "100/2388299": creates({ components: [body("{{1}}, uw brood ligt klaar in de winkel.", "Sam")] }),
};

function provoke(given: Given, key: string): Promise<Provoked> {
  const provocation = provocations[key];
  if (!provocation) throw new Error(`Nothing provokes ${key}.`);
  return provocation(given);
}

/** An account outside the European Union, where template insights exist. */
function insights(ask: (given: Given, id: string, token: string) => Promise<Answer>): Provocation {
  return async (given) => {
    const { id, token } = (await given.control("POST", "/accounts", { name: "Crumb & Co", country: "US" })).body;
    return readAnswer(await ask(given, id, token));
  };
}

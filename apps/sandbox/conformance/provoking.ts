import { dayMs, minuteMs, secondMs } from "@loket/kit";
import { type Given, orderUpdate, text, weekendOffer } from "../src/given.ts";

/** What somebody does, over HTTP alone, so that a webhook is told. */
export type Step = (given: Given) => Promise<unknown>;

type Value = Record<string, unknown>;

export const sam = "31612345678";

const fill = (given: Given, path: string) =>
  path
    .replace("{number}", given.number.id)
    .replace("{account}", given.accountId)
    .replace("{app}", given.sandbox.app.id);
export const control =
  (method: string, path: string, body: Value): Step =>
  (given) =>
    given.control(method, fill(given, path), body);
export const graph =
  (method: string, path: string, body: Value): Step =>
  (given) =>
    given.graph(method, fill(given, path), body);
export const all =
  (...steps: Step[]): Step =>
  async (given) => {
    for (const step of steps) await step(given);
  };
export const waits =
  (ms: number): Step =>
  (given) =>
    given.sandbox.advance(ms);
export const writes =
  (content: Value = text("Hallo")): Step =>
  (given) =>
    given.personWrites(content);

/** A call of the business that Sam takes and ends; `more` stands in its request. */
export const calls =
  (more: Value = {}, isTaken = true): Step =>
  async (given) => {
    await given.personWrites();
    await given.graph("POST", `/${given.number.id}/settings`, { calling: { status: "ENABLED" } });
    await given.control("POST", `/phones/${sam}/calls`, { type: "permit" });
    const session = { sdp_type: "offer", sdp: "v=0" };
    const call = { messaging_product: "whatsapp", action: "connect", to: sam, session, ...more };
    const { id } = (await given.graph("POST", `/${given.number.id}/calls`, call)).body.calls[0];
    if (!isTaken) return;
    await given.control("POST", `/phones/${sam}/calls`, { type: "accept", id });
    await given.sandbox.advance(minuteMs);
    await given.control("POST", `/phones/${sam}/calls`, { type: "end", id });
    await given.sandbox.advance(minuteMs);
  };

/** A message that reaches Sam, and what Sam does with it. */
export const sends =
  (content: Value = text("Dag"), actions: string[] = []): Step =>
  async (given) => {
    await given.personWrites();
    const id = await given.send({ ...content, biz_opaque_callback_data: "kenmerk" });
    await given.sandbox.advance(secondMs);
    for (const type of actions) await given.control("POST", `/phones/${sam}/actions`, { type, messageId: id });
  };

/** Sam answers a message of the business by tapping on it. */
export const answers =
  (content: Value, sent: Value = orderUpdate): Step =>
  async (given) => {
    await given.personWrites({ ...content, context: { id: await given.send(sent) } });
  };

const groupOf = async (given: Given) => (await given.control("GET", "/groups")).body.items[0];
export const makesGroup: Step = all(
  control("PUT", "/numbers/{number}", { officialBusinessAccount: true }),
  graph("POST", "/{number}/groups", { messaging_product: "whatsapp", subject: "Bakclub" }),
);
export const inGroup =
  (step: (given: Given, group: { id: string; inviteLink: string }) => Promise<unknown>): Step =>
  async (given) => {
    await makesGroup(given);
    await step(given, await groupOf(given));
  };

/** Sam is in a group, is written to there and reads it. */
export const readsGroup: Step = inGroup(async (given, { id, inviteLink }) => {
  await given.control("POST", `/phones/${sam}/groups`, { type: "join", link: inviteLink });
  await given.control("POST", `/phones/${sam}/groups`, { type: "write", group: id, message: text("Dag") });
  const message = { messaging_product: "whatsapp", recipient_type: "group", to: id, ...text("Dag allemaal") };
  await given.graph("POST", `/${given.number.id}/messages`, message);
  await given.sandbox.advance(secondMs);
  await given.control("POST", `/phones/${sam}/groups`, { type: "read", group: id });
});

export const onApp = control("PUT", "/numbers/{number}", { businessApp: {} });
export const synchronizes = (sync_type: string): Step =>
  graph("POST", "/{number}/smb_app_data", { messaging_product: "whatsapp", sync_type });

/** A flow with an endpoint, and what is measured of it. */
export const measuresFlow =
  (measures: Value): Step =>
  async (given) => {
    const flow = { name: "taart", categories: ["OTHER"] };
    const { id } = (await given.graph("POST", `/${given.accountId}/flows`, flow)).body;
    await given.control("PUT", `/flows/${id}`, { status: "PUBLISHED" });
    await given.control("POST", `/flows/${id}/health`, measures);
  };

/** In an account outside the European Union Sam comes by an advertisement and says something. */
export const saysAfterAd =
  (words: string): Step =>
  async (given) => {
    const shop = { name: "Crumb & Co", country: "US", displayNumber: "+1 415 555 0100", automaticEvents: true };
    const { numbers } = (await given.control("POST", "/accounts", shop)).body;
    const referral = { source_type: "ad", source_id: "1", source_url: "https://fb.me/x", ctwa_clid: "click" };
    const to = numbers[0].id;
    await given.control("POST", `/phones/${sam}/messages`, { to, ...text("The cake of 25 USD"), referral });
    await given.control("POST", `/phones/${sam}/messages`, { to, ...text(words) });
  };

const agentFirst = control("PUT", "/numbers/{number}", { routing: {} });
/** Meta's own agent holds a conversation and answers in it. */
export const agentAnswers: Step = all(
  agentFirst,
  writes(),
  control("POST", "/numbers/{number}/agent", { to: sam, ...text("Om negen uur gaan we open.") }),
  waits(secondMs),
);
export const agentPasses: Step = all(
  agentFirst,
  writes(),
  control("POST", "/numbers/{number}/handover", { to: sam, metadata: "asks for a person", summary: "About cake" }),
);

/** Two apps: one answers customers, and is taken the conversation by the other, the escalation partner. */
export const escalationTakes: Step = async (given) => {
  const [appId, token] = await secondApp(given);
  const apps = { [given.sandbox.app.id]: "customer_service", [appId]: "escalation" };
  await given.control("PUT", `/numbers/${given.number.id}`, { routing: { primary: "customer_service", apps } });
  await given.personWrites();
  const take = { messaging_product: "whatsapp", to: sam, action: "take", metadata: "I know them" };
  await given.graph("POST", `/${given.number.id}/thread_control`, take, token);
};

/** One more app, attached to the account; answers its id and a token of it. */
export async function secondApp(given: Given): Promise<[id: string, token: string]> {
  const { id } = (await given.control("POST", "/apps", { name: "Escalation desk" })).body;
  const made = { name: "desk", appId: id };
  const { token } = (await given.control("POST", `/accounts/${given.accountId}/tokens`, made)).body;
  await given.graph("POST", `/${given.accountId}/subscribed_apps`, {}, token);
  return [id, token];
}

export const advertisingTemplate: Value = {
  name: "taartdag",
  language: "nl",
  category: "UTILITY",
  components: [{ type: "BODY", text: "Vandaag 20% korting op alle taarten, bestel nu en profiteer van de actie." }],
};
export const advertises: Step = all(
  graph("POST", "/{account}/message_templates", advertisingTemplate),
  control("POST", "/templates/taartdag/actions", { type: "approve", category: "UTILITY" }),
  waits(3 * dayMs),
);
export const editsTemplate: Step = all(
  graph("POST", "/{account}/message_templates", { ...advertisingTemplate, name: "proef" }),
  control("POST", "/templates/proef/actions", { type: "approve" }),
  async (given) => {
    const { data } = (await given.graph("GET", `/${given.accountId}/message_templates?name=proef`)).body;
    await given.graph("POST", `/${data[0].id}`, { components: [{ type: "BODY", text: "Uw taart staat klaar." }] });
  },
  control("POST", "/templates/proef/actions", { type: "approve" }),
);
export const tapsOffer = answers({ type: "button", button: { text: "Stop", payload: "Stop" } }, weekendOffer);

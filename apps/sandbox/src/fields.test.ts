import { dayMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text } from "./given.ts";
import { webhookFields } from "./imitation/fields.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const sam = "31612345678";
type Step = (given: Given) => Promise<unknown>;

const fill = (given: Given, path: string) =>
  path.replace("{number}", given.number.id).replace("{account}", given.accountId);
const control =
  (method: string, path: string, body: Body): Step =>
  (given) =>
    given.control(method, fill(given, path), body);
const graph =
  (method: string, path: string, body: Body): Step =>
  (given) =>
    given.graph(method, fill(given, path), body);
const all =
  (...steps: Step[]): Step =>
  async (given) => {
    for (const step of steps) await step(given);
  };

const told = (field: string): Step => control("POST", "/accounts/{account}/events", { field });
const onApp = control("PUT", "/numbers/{number}", { businessApp: {} });
const synchronizes = (sync_type: string): Step =>
  all(onApp, graph("POST", "/{number}/smb_app_data", { messaging_product: "whatsapp", sync_type }));
const makesGroup = all(
  control("PUT", "/numbers/{number}", { officialBusinessAccount: true }),
  graph("POST", "/{number}/groups", { messaging_product: "whatsapp", subject: "Bakclub" }),
);
const inGroup =
  (step: (given: Given, group: string) => Promise<unknown>): Step =>
  async (given) => {
    await makesGroup(given);
    await step(given, (await given.control("GET", "/groups")).body.items[0].id);
  };
const advertises: Body = {
  name: "taartdag",
  language: "nl",
  category: "UTILITY",
  components: [{ type: "BODY", text: "Vandaag 20% korting op alle taarten, bestel nu en profiteer van de actie." }],
};

/** What brings each field about; together they are the fields the coverage says are imitated. */
const occasions: Readonly<Record<string, Step>> = {
  account_alerts: told("account_alerts"),
  account_review_update: control("POST", "/accounts", { name: "Fietsenmaker", accountReview: "APPROVED" }),
  account_settings_update: graph("POST", "/{number}/settings", { calling: { status: "ENABLED" } }),
  account_update: control("POST", "/accounts/{account}/events", {
    event: "DISABLED_UPDATE",
    ban_info: { waba_ban_state: "DISABLE", waba_ban_date: "November 22, 2026" },
  }),
  automatic_events: async (given) => {
    const shop = await control("POST", "/accounts", {
      name: "Crumb & Co",
      country: "US",
      displayNumber: "+1 415 555 0100",
      automaticEvents: true,
    })(given);
    const { numbers } = (shop as { body: { numbers: { id: string }[] } }).body;
    const referral = { source_type: "ad", source_id: "1", source_url: "https://fb.me/x", ctwa_clid: "click" };
    await given.control("POST", `/phones/${sam}/messages`, { to: numbers[0]?.id, ...text("I'm interested"), referral });
  },
  business_capability_update: async (given) => {
    const body = { name: "Fietsenmaker", displayNumber: "+31 20 808 0103", verified: false };
    const { id } = (await given.control("POST", "/accounts", body)).body;
    await given.control("PUT", `/accounts/${id}`, { verified: true });
  },
  business_username_update: graph("POST", "/{number}/username", { username: "korenaar" }),
  calls: control("POST", `/phones/${sam}/calls`, { type: "call" }),
  flows: async (given) => {
    const body = { name: "taart", categories: ["OTHER"] };
    const { id } = (await given.graph("POST", `/${given.accountId}/flows`, body)).body;
    await given.control("PUT", `/flows/${id}`, { status: "PUBLISHED" });
  },
  group_lifecycle_update: makesGroup,
  group_participants_update: inGroup((given, link) =>
    given.control("POST", `/phones/${sam}/groups`, { type: "join", link }),
  ),
  group_settings_update: inGroup((given, id) => given.graph("POST", `/${id}`, { subject: "Broodclub" })),
  group_status_update: inGroup((given, id) => given.control("PUT", `/groups/${id}`, { suspended: true })),
  history: all((given) => given.personWrites(), synchronizes("history")),
  message_template_components_update: all(
    graph("POST", "/{account}/message_templates", { ...advertises, name: "proef" }),
    control("POST", "/templates/proef/actions", { type: "approve" }),
    async (given) => {
      const { data } = (await given.graph("GET", `/${given.accountId}/message_templates?name=proef`)).body;
      await given.graph("POST", `/${data[0].id}`, { components: [{ type: "BODY", text: "Uw taart staat klaar." }] });
    },
    control("POST", "/templates/proef/actions", { type: "approve" }),
  ),
  message_template_quality_update: all(
    control("PUT", "/rules", { thresholds: { quality: { judgedFrom: 1 } } }),
    (given) => given.send(orderUpdate),
    (given) => given.sandbox.advance(secondMs),
    control("POST", `/phones/${sam}/actions`, { type: "report" }),
    (given) => given.sandbox.advance(dayMs),
  ),
  message_template_status_update: control("POST", "/templates/easter_preorder/actions", { type: "approve" }),
  messages: (given) => given.personWrites(),
  messaging_handovers: all(
    control("PUT", "/numbers/{number}", { routing: {} }),
    (given) => given.personWrites(),
    control("POST", "/numbers/{number}/handover", { to: sam }),
  ),
  partner_solutions: told("partner_solutions"),
  payment_configuration_update: told("payment_configuration_update"),
  phone_number_name_update: all(
    graph("POST", "/{number}", { new_display_name: "De Korenaar Zuid" }),
    control("POST", "/numbers/{number}/name", { type: "approve" }),
  ),
  phone_number_quality_update: control("POST", "/numbers/{number}/events", { event: "THROUGHPUT_UPGRADE" }),
  security: graph("POST", "/{number}", { pin: "123456" }),
  smb_app_state_sync: synchronizes("smb_app_state_sync"),
  smb_message_echoes: all(onApp, control("POST", "/numbers/{number}/echoes", { to: sam, ...text("Tot zo!") })),
  standby: all(control("PUT", "/numbers/{number}", { routing: {} }), (given) => given.personWrites()),
  template_category_update: all(
    graph("POST", "/{account}/message_templates", advertises),
    control("POST", "/templates/taartdag/actions", { type: "approve", category: "UTILITY" }),
    (given) => given.sandbox.advance(3 * dayMs),
  ),
  template_correct_category_detection: control("POST", "/templates/order_update/detections", {}),
  user_preferences: control("POST", `/phones/${sam}/actions`, { type: "stop-marketing" }),
};

describe("the webhook fields", () => {
  it("that the coverage says are imitated are these", () => {
    const imitated = webhookFields.filter(([, how]) => how !== "no").map(([field]) => field);
    expect(imitated.sort()).toEqual(Object.keys(occasions).sort());
  });

  it.each(Object.entries(occasions))(
    "%s is told to an app that subscribed to nothing in particular",
    async (field, step) => {
      const given = await givenSandbox();
      await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
      await step(given);
      await given.sandbox.quiet();
      expect(given.subscriber.values(field)).not.toEqual([]);
    },
  );
});

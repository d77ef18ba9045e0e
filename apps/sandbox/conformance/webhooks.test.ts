import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text } from "../src/given.ts";
import { type Documented, documented, type Occasion } from "./documented-shapes.ts";
import {
  advertises,
  agentAnswers,
  agentPasses,
  all,
  answers,
  calls,
  control,
  editsTemplate,
  escalationTakes,
  graph,
  inGroup,
  makesGroup,
  measuresFlow,
  onApp,
  readsGroup,
  type Step,
  sam,
  saysAfterAd,
  sends,
  synchronizes,
  tapsOffer,
  writes,
} from "./provoking.ts";
import { lacks } from "./shapes.ts";

afterEach(closeAll);

type Value = Record<string, unknown>;

const told = (field: string, more: Value = {}): Step =>
  control("POST", "/accounts/{account}/events", { field, ...more });
const accountUpdate = (event: string, more: Value = {}): Step => told("account_update", { event, ...more });

/** What brings each of the real bodies about here, and what may differ, with the reason. */
interface Case {
  readonly by: Step;
  readonly except?: Readonly<Record<string, string>>;
}

const once = "prices are told once, with delivered";
const oldPrices = { "statuses[].pricing": once, ...pricing(once) };
function pricing(why: string): Record<string, string> {
  const members = ["billable", "pricing_model", "category"];
  return Object.fromEntries(members.map((member) => [`statuses[].pricing.${member}`, why]));
}
const ad = {
  source_url: "https://fb.me/x",
  source_id: "1",
  source_type: "ad",
  headline: "Taart",
  body: "Vers",
  media_type: "image",
  image_url: "https://example.com/a.png",
  video_url: "https://example.com/a.mp4",
  thumbnail_url: "https://example.com/b.png",
  ctwa_clid: "click",
};
const flowReply = (reply: Value): Step =>
  answers({
    type: "interactive",
    interactive: {
      type: "nfm_reply",
      nfm_reply: { response_json: JSON.stringify(reply), body: "Sent", name: "flow" },
    },
  });

const real: Readonly<Record<string, Case>> = {
  "account_update account_deleted": { by: accountUpdate("ACCOUNT_DELETED") },
  "account_update account_offboarded": { by: accountUpdate("ACCOUNT_OFFBOARDED") },
  "account_update account_reconnected": { by: accountUpdate("ACCOUNT_RECONNECTED") },
  "account_update account_restriction": {
    by: accountUpdate("ACCOUNT_RESTRICTION", {
      restriction_info: [{ restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration: 1_795_000_000 }],
    }),
  },
  "account_update ad_account_linked": { by: accountUpdate("AD_ACCOUNT_LINKED") },
  "account_update authentication_international_eligibility": {
    by: accountUpdate("AUTH_INTL_PRICE_ELIGIBILITY_UPDATE"),
  },
  "account_update mm_api_for_wa_terms_of_service": { by: accountUpdate("MM_LITE_TERMS_SIGNED") },
  "account_update partner_added": {
    by: accountUpdate("PARTNER_ADDED", {
      waba_info: { solution_id: "1715120619246906", solution_partner_business_ids: ["2949482758682047"] },
    }),
  },
  "account_update partner_app_uninstalled": { by: accountUpdate("PARTNER_APP_UNINSTALLED") },
  "account_update partner_led_business_verification_status": {
    by: accountUpdate("PARTNER_CLIENT_CERTIFICATION_STATUS_UPDATE"),
  },
  "account_update partner_removed_wa_app_disconnection": {
    by: accountUpdate("PARTNER_REMOVED", {
      disconnection_info: { reason: "PRIMARY_INACTIVITY", initiated_by: "SYSTEM" },
    }),
  },
  "account_update primary_business_location_set": { by: accountUpdate("BUSINESS_PRIMARY_LOCATION_COUNTRY_UPDATE") },
  "call_connect user_initiated": { by: control("POST", `/phones/${sam}/calls`, { type: "call" }) },
  "call_permission_update accept": {
    by: async (given) => {
      const context = { id: await given.send(orderUpdate) };
      await given.control("POST", `/phones/${sam}/calls`, { type: "permit", context });
    },
  },
  "call_status call_status": { by: calls({ biz_opaque_callback_data: "bel" }, false) },
  "call_terminate call_terminate": {
    by: calls({ biz_opaque_callback_data: "bel" }),
    except: Object.fromEntries(
      ["errors", "errors[]", "errors[].code", "errors[].message", "errors[].href", "errors[].error_data"]
        .concat("errors[].error_data.details")
        .map((path) => [path, "only where something went wrong"]),
    ),
  },
  "callback_button quick_reply": { by: tapsOffer },
  "callback_button quick_reply_without_context": {
    by: writes({ type: "button", button: { text: "Stop", payload: "Stop" } }),
  },
  "callback_selection description": {
    by: answers({
      type: "interactive",
      interactive: { type: "list_reply", list_reply: { id: "f-14", title: "14.00", description: "bij Noor" } },
    }),
  },
  "deleted_message revoke": { by: writes({ type: "revoke", revoke: { original_message_id: "wamid.x" } }) },
  "flow_completion completion": { by: flowReply({ flow_token: "taart-7", slot: "14" }) },
  "flow_completion without_flow_token": { by: flowReply({ slot: "14" }) },
  "message image": { by: writes({ type: "image", image: { caption: "Deze" } }) },
  "message media_with_url": { by: writes({ type: "image", image: { caption: "Deze" } }) },
  "message document": { by: writes({ type: "document", document: { caption: "Plan" }, context: { forwarded: true } }) },
  "message audio": { by: writes({ type: "audio", context: { forwarded: true } }) },
  "message static_sticker": { by: writes({ type: "sticker" }) },
  "message animated_sticker": { by: writes({ type: "sticker", sticker: { animated: true } }) },
  "message unreaction_empty": {
    by: writes({ type: "reaction", reaction: { message_id: "wamid.x", emoji: "" } }),
    except: { "messages[].reaction.emoji": "today it is left out where a reaction is taken back" },
  },
  "message unreaction_no_emoji": { by: writes({ type: "reaction", reaction: { message_id: "wamid.x", emoji: "" } }) },
  "message chosen_location": {
    by: writes({
      type: "location",
      location: { latitude: 52.37, longitude: 4.89, name: "Dam", address: "Amsterdam", url: "https://example.com" },
      context: { forwarded: true },
    }),
  },
  "message contacts": {
    by: writes({
      type: "contacts",
      contacts: [
        {
          name: { formatted_name: "Kim Bakker", first_name: "Kim", last_name: "Bakker" },
          phones: [{ phone: "+31 6 11112222", wa_id: "31611112222", type: "CELL" }],
        },
      ],
    }),
  },
  "message unsupported": { by: writes({ type: "unsupported" }) },
  "message unsupported_with_type": { by: writes({ type: "unsupported", unsupported: { type: "poll" } }) },
  "message forwarded": { by: writes({ ...text("x"), context: { forwarded: true } }) },
  "message forwarded_many_times": { by: writes({ ...text("x"), context: { frequently_forwarded: true } }) },
  "message referral": { by: writes({ ...text("Ik zag de advertentie"), referral: ad }) },
  "message_status sent": { by: sends() },
  "message_status read": { by: sends(text("Dag"), ["read"]), except: oldPrices },
  "message_status played": {
    by: sends({ type: "audio", audio: { link: "https://example.com/a.ogg" } }, ["play"]),
    except: oldPrices,
  },
  "message_status with_tracker": { by: sends() },
  "message_status group": {
    by: readsGroup,
    except: { "contacts[].profile.username": "Sam has none" },
  },
  "outgoing_message delete": {
    by: all(
      onApp,
      control("POST", "/numbers/{number}/echoes", {
        to: sam,
        type: "revoke",
        revoke: { original_message_id: "wamid.x" },
      }),
    ),
  },
  "outgoing_message edit": {
    by: all(
      onApp,
      control("POST", "/numbers/{number}/echoes", {
        to: sam,
        type: "edit",
        edit: { original_message_id: "wamid.x", message: text("Tot zo") },
      }),
    ),
  },
  "system identity_change": {
    by: writes({
      type: "system",
      system: { body: "Identity changed", type: "customer_identity_changed" },
      identity: { acknowledged: true, created_timestamp: "1697044706", hash: "abc" },
    }),
  },
  "template_category_update marketing": { by: advertises },
  "template_quality_update yellow": {
    by: control("POST", "/templates/order_update/actions", { type: "rate", quality: "YELLOW" }),
  },
  "template_status_update approved": { by: control("POST", "/templates/easter_preorder/actions", { type: "approve" }) },
  "user_marketing_preferences resume": {
    by: all(
      control("POST", `/phones/${sam}/actions`, { type: "stop-marketing" }),
      control("POST", `/phones/${sam}/actions`, { type: "resume-marketing" }),
    ),
  },
};

const byOccasion: Readonly<Record<Occasion, Step>> = {
  "an alert": control("PUT", "/numbers/{number}", { officialBusinessAccount: true }),
  "a violation": control("POST", "/accounts/{account}/strikes", {}),
  "a ban": accountUpdate("DISABLED_UPDATE", { ban_info: { waba_ban_state: "SCHEDULE_FOR_DISABLE" } }),
  "a volume tier": accountUpdate("VOLUME_BASED_PRICING_TIER_UPDATE"),
  "a shared account": control("PUT", "/accounts/{account}", { clientOf: "7000" }),
  "a number that left the app": all(onApp, control("PUT", "/numbers/{number}", { businessApp: null })),
  "a new identity": all(
    graph("POST", "/{number}/settings", { user_identity_change: { enable_identity_key_check: true } }),
    writes(),
    control("POST", `/phones/${sam}/actions`, { type: "change-identity" }),
  ),
  "a review": control("POST", "/accounts", { name: "Fietsenmaker", accountReview: "APPROVED" }),
  "calling settings": graph("POST", "/{number}/settings", { calling: { status: "ENABLED" } }),
  "a lead": saysAfterAd("I'm interested"),
  "a purchase": saysAfterAd("I'll take it"),
  "a capability": told("business_capability_update"),
  "a username": graph("POST", "/{number}/username", { username: "korenaar" }),
  "a recording": calls({ recording: { status: "ENABLED", purpose: "training", announcement_language: "nl" } }),
  "a transcript": calls({ transcription: { status: "ENABLED", purpose: "training", announcement_language: "nl" } }),
  "a new flow": graph("POST", "/{account}/flows", { name: "taart", categories: ["OTHER"] }),
  "errors of a flow": measuresFlow({ endpointErrorRate: 12, errors: { TIMEOUT: 2, CAPABILITY_ERROR: 1 } }),
  "a slow flow": measuresFlow({ p90LatencyMs: 5_500, p50LatencyMs: 500, requests: 34 }),
  "an endpoint out of reach": measuresFlow({ availability: 75 }),
  "a version that ends": measuresFlow({ expiresInDays: 21 }),
  "a new group": makesGroup,
  "settings of a group": inGroup((given, { id }) => given.graph("POST", `/${id}`, { subject: "Broodclub" })),
  "a suspended group": inGroup((given, { id }) => given.control("PUT", `/groups/${id}`, { suspended: true })),
  "a piece of history": all(writes(), onApp, synchronizes("history")),
  "a file of the history": all(writes({ type: "image" }), onApp, synchronizes("history")),
  "history not shared": all(
    control("PUT", "/numbers/{number}", { businessApp: { sharesHistory: false } }),
    synchronizes("history"),
  ),
  "components of a template": editsTemplate,
  "a rejected template": control("POST", "/templates/easter_preorder/actions", { type: "reject", reason: "SCAM" }),
  "a paused template": control("POST", "/templates/order_update/actions", { type: "pause" }),
  "control passed": agentPasses,
  "control taken": escalationTakes,
  "a partners' solution": told("partner_solutions"),
  "a payment configuration": told("payment_configuration_update"),
  "a decided name": all(
    graph("POST", "/{number}", { new_display_name: "De Korenaar Zuid" }),
    control("POST", "/numbers/{number}/name", { type: "approve" }),
  ),
  "more throughput": control("POST", "/numbers/{number}/events", {}),
  "a changed PIN": graph("POST", "/{number}", { pin: "123456" }),
  "a PIN to be reset": all(
    graph("POST", "/{number}", { pin: "123456" }),
    control("POST", "/numbers/{number}/pin", { type: "ask-reset" }),
  ),
  "a contact": all(
    onApp,
    control("POST", "/numbers/{number}/contacts", { type: "add", phone: sam, name: "Sam van de taart" }),
  ),
  "somebody else's message": all(control("PUT", "/numbers/{number}", { routing: {} }), writes()),
  "somebody else's answer": agentAnswers,
  "somebody else's status": agentAnswers,
  "a category that will change": advertises,
  "a category found wrong": control("POST", "/templates/order_update/detections", {}),
};

/** Listens to everything, provokes, and answers every change of the field with whether its entry had a time. */
async function provoked(given: Given, by: Step, field: string): Promise<{ time: boolean; value: unknown }[]> {
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
  await by(given);
  for (const { id } of (await given.control("GET", "")).body.apps)
    await given.control("PUT", `/apps/${id}`, { callbackUrl: given.subscriber.url });
  await given.sandbox.quiet();
  return given.subscriber.deliveries.flatMap(({ body }) =>
    body.entry.flatMap((entry: { time?: number; changes: { field: string; value: unknown }[] }) =>
      entry.changes
        .filter((change) => change.field === field)
        .map(({ value }) => ({ time: entry.time !== undefined, value })),
    ),
  );
}

/** What the change that comes nearest to the shape lacks. */
function nearest(wanted: Documented, changes: { time: boolean; value: unknown }[]): string[] {
  const all = changes.map(({ time, value }) => [
    ...(time === wanted.time ? [] : [`time is ${time ? "there" : "missing"}`]),
    ...lacks(wanted.shape, value),
  ]);
  return all.sort((one, other) => one.length - other.length)[0] ?? ["nothing was told"];
}

describe("webhooks beside real ones", async () => {
  const shapes = JSON.parse(await readFile(new URL("webhook-shapes.json", import.meta.url), "utf8")) as Record<
    string,
    Documented
  >;

  it("are compared with every one there is", () => {
    // Signing up by a link is told by signup-links; it has a test of its own.
    const others = ["user_marketing_preferences signup"];
    expect([...Object.keys(real), ...others].sort()).toEqual(Object.keys(shapes).sort());
  });

  it.each(Object.entries(real))("%s: has everything the real one has", async (name, { by, except = {} }) => {
    const wanted = shapes[name];
    if (!wanted) throw new Error(`No shape of ${name}.`);
    const given = await givenSandbox();
    // The bodies are of linked portfolios, and of a time when every status named its conversation.
    await given.control("PUT", `/accounts/${given.accountId}`, { parentPortfolio: "7000" });
    await given.control("POST", "/faults", { webhookVersion: 23 });
    const lacking = nearest(wanted, await provoked(given, by, wanted.field));
    expect(lacking.filter((problem) => !((problem.split(" ")[0] ?? "") in except))).toEqual([]);
  });
});

describe("webhooks beside the reference", () => {
  it.each(Object.entries(documented))("%s: has what the reference names", async (name, wanted) => {
    const given = await givenSandbox();
    expect(nearest(wanted, await provoked(given, byOccasion[name as Occasion], wanted.field))).toEqual([]);
  });
});

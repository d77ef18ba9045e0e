import { dayMs, hourMs, minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const sam = "31612345678";

/** Everything the app is told, whatever the field. */
async function givenListener(): Promise<Given> {
  const given = await givenSandbox();
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
  return given;
}

describe("an account's review", () => {
  it.each([
    ["APPROVED", 200],
    ["REJECTED", 131031],
    ["DEFERRED", 131031],
  ])("ends with %s after a day of the clock; until then nothing is sent", async (outcome, after) => {
    const given = await givenListener();
    const wanted = {
      name: "Fietsenmaker",
      displayNumber: "+31 20 808 0103",
      review: "instant",
      accountReview: outcome,
    };
    const { id, token, numbers } = (await given.control("POST", "/accounts", wanted)).body;
    const template = { name: "klaar", language: "nl", category: "UTILITY" };
    const components = [{ type: "BODY", text: "Uw fiets staat klaar in de winkel." }];
    await given.graph("POST", `/${id}/message_templates`, { ...template, components }, token);
    const send = async () => {
      const message = { type: "template", template: { name: "klaar", language: { code: "nl" } } };
      const body = { messaging_product: "whatsapp", to: sam, ...message };
      const answer = await given.graph("POST", `/${numbers[0].id}/messages`, body, token);
      return answer.body.error?.code ?? answer.status;
    };
    const status = async () =>
      (await given.graph("GET", `/${id}?fields=account_review_status`, undefined, token)).body.account_review_status;
    expect([await send(), await status()]).toEqual([131031, "PENDING"]);
    await given.sandbox.advance(dayMs);
    expect([await send(), await status()]).toEqual([after, outcome]);
    expect(given.subscriber.values("account_review_update")).toEqual([{ decision: "PENDING" }, { decision: outcome }]);
  });
});

describe("automatic events", () => {
  const referral = { source_type: "ad", source_id: "1", source_url: "https://fb.me/x", ctwa_clid: "click" };

  async function givenShop(): Promise<{ given: Given; says(content: Body): Promise<unknown>; events(): Body[] }> {
    const given = await givenListener();
    const shop = { name: "Crumb & Co", country: "US", currency: "USD", displayNumber: "+1 415 555 0100" };
    const { numbers } = (await given.control("POST", "/accounts", { ...shop, automaticEvents: true })).body;
    return {
      given,
      says: (content) => given.control("POST", `/phones/${sam}/messages`, { to: numbers[0].id, ...content }),
      events: () =>
        given.subscriber.values("automatic_events").flatMap(({ automatic_events }) => automatic_events as Body[]),
    };
  }

  it("tell a lead and a purchase once each, with the click and the last price said", async () => {
    const { given, says, events } = await givenShop();
    await says({ ...text("Hello"), referral });
    for (const words of ["I'm interested", "Call me", "The one of $ 24.50", "I'll take it", "I have paid"])
      await says(text(words));
    await given.sandbox.quiet();
    expect(events()).toMatchObject([
      { event_name: "LeadSubmitted", ctwa_clid: "click" },
      { event_name: "Purchase", ctwa_clid: "click", custom_data: { currency: "USD", value: 24_500 } },
    ]);
    expect(events()[0]).not.toHaveProperty("custom_data");
  });

  it("take an order for a purchase, of what it comes to", async () => {
    const { given, says, events } = await givenShop();
    const items = [
      { product_retailer_id: "cake", quantity: 2, item_price: 12.5, currency: "USD" },
      { product_retailer_id: "bread", quantity: 1, item_price: 3, currency: "USD" },
    ];
    await says({ ...text("Hello"), referral: { ...referral, ctwa_clid: undefined } });
    await says({ type: "order", order: { catalog_id: "1", product_items: items } });
    await given.sandbox.quiet();
    expect(events()).toMatchObject([{ event_name: "Purchase", custom_data: { currency: "USD", value: 28_000 } }]);
    expect(events()[0]).not.toHaveProperty("ctwa_clid");
  });

  it.each([
    ["without an advertisement", {}, "I'm interested"],
    ["of ordinary words", { referral }, "Is it vegan?"],
    ["of a post that is no advertisement", { referral: { ...referral, source_type: "post" } }, "I'm interested"],
  ])("tell nothing %s", async (_, first, words) => {
    const { given, says, events } = await givenShop();
    await says({ ...text("Hello"), ...first });
    await says(text(words));
    await given.sandbox.quiet();
    expect(events()).toEqual([]);
  });

  it("do not exist in the European Union", async () => {
    const given = await givenSandbox();
    const answer = await given.control("PUT", `/accounts/${given.accountId}`, { automaticEvents: true });
    expect(answer.status).toBe(409);
  });
});

describe("what a call leaves behind", () => {
  const wanted = { status: "ENABLED", purpose: "training", announcement_language: "nl" };

  async function calls(given: Given, more: Body): Promise<{ code: number }> {
    await given.personWrites();
    await given.graph("POST", `/${given.number.id}/settings`, { calling: { status: "ENABLED" } });
    await given.control("POST", `/phones/${sam}/calls`, { type: "permit" });
    const session = { sdp_type: "offer", sdp: "v=0" };
    const call = { messaging_product: "whatsapp", action: "connect", to: sam, session, ...more };
    const { status, body } = await given.graph("POST", `/${given.number.id}/calls`, call);
    if (status === 200) {
      const { id } = body.calls[0];
      await given.control("POST", `/phones/${sam}/calls`, { type: "accept", id });
      await given.sandbox.advance(minuteMs);
      await given.control("POST", `/phones/${sam}/calls`, { type: "end", id });
    }
    return { code: body.error?.code ?? status };
  }

  it("comes within a minute of its end, as files the platform keeps for a week", async () => {
    const given = await givenListener();
    await calls(given, { recording: wanted, transcription: wanted });
    const events = () => given.subscriber.values("calls").flatMap((value) => value.calls ?? []);
    expect(events().map(({ event }) => event)).not.toContain("call_recording_available");
    await given.sandbox.advance(minuteMs);
    const [recording, transcript] = events().slice(-2);
    expect([recording.event, transcript.event]).toEqual(["call_recording_available", "call_transcription_available"]);
    const files = [recording.call_recording.audio, transcript.call_transcript.document];
    expect(files.map(({ mime_type }) => mime_type)).toEqual(["audio/ogg; codecs=opus", "application/json"]);
    const states = async () => Promise.all(files.map(async ({ id }) => (await given.graph("GET", `/${id}`)).status));
    expect(await states()).toEqual([200, 200]);
    await given.sandbox.advance(8 * dayMs);
    expect(await states()).not.toContain(200);
  });

  it.each([
    ["without a purpose", { ...wanted, purpose: "" }],
    ["with a purpose too long", { ...wanted, purpose: "x".repeat(251) }],
    ["in a language it is not announced in", { ...wanted, announcement_language: "tlh" }],
    ["with a status there is not", { ...wanted, status: "MAYBE" }],
  ])("is refused %s", async (_, recording) => {
    const given = await givenListener();
    expect(await calls(given, { recording })).toEqual({ code: 100 });
  });

  it("is nothing where nobody asked", async () => {
    const given = await givenListener();
    await calls(given, { recording: { status: "DISABLED" } });
    await given.sandbox.advance(minuteMs);
    const events = given.subscriber.values("calls").flatMap((value) => value.calls ?? []);
    expect(events.at(-1)).toMatchObject({ event: "terminate" });
  });
});

describe("the health of a flow", () => {
  it("is told at every threshold reached and left; at its worst the flow is throttled, then blocked", async () => {
    const given = await givenListener();
    const { id } = (await given.graph("POST", `/${given.accountId}/flows`, { name: "taart", categories: ["OTHER"] }))
      .body;
    await given.control("PUT", `/flows/${id}`, { status: "PUBLISHED" });
    const measure = async (measures: Body) =>
      (await given.control("POST", `/flows/${id}/health`, measures)).body.status;
    const states = [
      await measure({ endpointErrorRate: 12, p90LatencyMs: 900, availability: 100 }),
      await measure({ endpointErrorRate: 60, p90LatencyMs: 900, availability: 100 }),
      await measure({ endpointErrorRate: 60, p90LatencyMs: 900, availability: 80 }),
      await measure({ endpointErrorRate: 1, p90LatencyMs: 900, availability: 100 }),
      await measure({ endpointErrorRate: 1, p90LatencyMs: 900, availability: 100 }),
    ];
    expect(states).toEqual(["PUBLISHED", "THROTTLED", "BLOCKED", "THROTTLED", "PUBLISHED"]);
    await given.sandbox.quiet();
    const alerts = given.subscriber.values("flows").filter(({ alert_state }) => alert_state !== undefined);
    expect(alerts.map(({ event, threshold, alert_state }) => [event, threshold, alert_state])).toEqual([
      ["ENDPOINT_ERROR_RATE", 5, "ACTIVATED"],
      ["ENDPOINT_ERROR_RATE", 10, "ACTIVATED"],
      ["ENDPOINT_ERROR_RATE", 50, "ACTIVATED"],
      ["ENDPOINT_AVAILABILITY", 90, "ACTIVATED"],
      ["ENDPOINT_ERROR_RATE", 5, "DEACTIVATED"],
      ["ENDPOINT_ERROR_RATE", 10, "DEACTIVATED"],
      ["ENDPOINT_ERROR_RATE", 50, "DEACTIVATED"],
      ["ENDPOINT_AVAILABILITY", 90, "DEACTIVATED"],
    ]);
  });
});

describe("a PIN", () => {
  it("is reset by mail: asked for by somebody, then gone", async () => {
    const given = await givenListener();
    const pin = (type: string) => given.control("POST", `/numbers/${given.number.id}/pin`, { type });
    expect((await pin("ask-reset")).status).toBe(409);
    await given.graph("POST", `/${given.number.id}`, { pin: "123456" });
    await pin("ask-reset");
    expect((await pin("reset")).body).toEqual({ pin: null });
    await given.sandbox.quiet();
    expect(given.subscriber.values("security")).toEqual([
      { display_phone_number: given.number.number, event: "PIN_CHANGED" },
      {
        display_phone_number: given.number.number,
        event: "PIN_RESET_REQUEST",
        requester: expect.stringMatching(/^\d+$/),
      },
      { display_phone_number: given.number.number, event: "PIN_REQUEST_SUCCESS" },
    ]);
  });
});

describe("a person's identity", () => {
  it("is named by numbers that check it, and told when it changes; the old one is refused from then on", async () => {
    const given = await givenListener();
    await given.graph("POST", `/${given.number.id}/settings`, {
      user_identity_change: { enable_identity_key_check: true },
    });
    await given.personWrites();
    const hash = given.subscriber.values("messages").at(-1)?.contacts[0].identity_key_hash;
    const id = await given.send({ ...text("Dag"), recipient_identity_key_hash: hash });
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(id)[0]).toMatchObject({ recipient_identity_key_hash: hash });
    await given.control("POST", `/phones/${sam}/actions`, { type: "change-identity" });
    await given.sandbox.quiet();
    const [told] = given.subscriber.values("messages").at(-1)?.messages ?? [];
    expect(told).toMatchObject({ type: "system", system: { type: "customer_identity_changed" } });
    expect(told.identity.hash).not.toBe(hash);
    const message = { messaging_product: "whatsapp", to: sam, ...text("Dag"), recipient_identity_key_hash: hash };
    const refused = await given.graph("POST", `/${given.number.id}/messages`, message);
    expect(refused.body.error.code).toBe(137000);
  });

  it("is nobody's business on a number that does not check it", async () => {
    const given = await givenListener();
    await given.personWrites();
    await given.control("POST", `/phones/${sam}/actions`, { type: "change-identity" });
    await given.sandbox.quiet();
    expect(given.subscriber.values("messages")).toHaveLength(1);
  });
});

describe("an account", () => {
  it("is shared and taken back, signs terms and loses the app, each told once", async () => {
    const given = await givenListener();
    const account = (body: Body) => given.control("PUT", `/accounts/${given.accountId}`, body);
    for (const clientOf of ["7000", "7000", null]) await account({ clientOf });
    for (const marketingMessages of ["ELIGIBLE", "ONBOARDED", "ONBOARDED"]) await account({ marketingMessages });
    await given.control("PUT", `/numbers/${given.number.id}`, { businessApp: {} });
    for (const businessApp of [null, null])
      await given.control("PUT", `/numbers/${given.number.id}`, { businessApp, disconnectionReason: "CHANGE_NUMBER" });
    await given.sandbox.quiet();
    const told = given.subscriber.values("account_update");
    expect(told.map(({ event, disconnection_info }) => [event, disconnection_info?.reason])).toEqual([
      ["PARTNER_ADDED", undefined],
      ["PARTNER_REMOVED", undefined],
      ["MM_LITE_TERMS_SIGNED", undefined],
      ["PARTNER_REMOVED", "CHANGE_NUMBER"],
    ]);
  });
});

describe("calling settings", () => {
  it("are told whole when they change, and only they", async () => {
    const given = await givenListener();
    const change = (body: Body) => given.graph("POST", `/${given.number.id}/settings`, body);
    await change({ user_identity_change: { enable_identity_key_check: true } });
    await change({ calling: { status: "ENABLED" } });
    await change({ calling: { call_icon_visibility: "DISABLE_ALL" } });
    await given.sandbox.quiet();
    const told = given.subscriber.values("account_settings_update").map((value) => value.phone_number_settings);
    expect(told).toMatchObject([
      { phone_number_id: given.number.id, calling: { status: "ENABLED", call_icon_visibility: "DEFAULT" } },
      { phone_number_id: given.number.id, calling: { status: "ENABLED", call_icon_visibility: "DISABLE_ALL" } },
    ]);
  });
});

describe("received messages", () => {
  it("count towards a number's throughput, and are never refused", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/numbers/${given.number.id}`, { throughputPerSecond: 5 });
    for (let count = 0; count < 4; count++) await given.personWrites();
    await given.send(orderUpdate);
    const message = { messaging_product: "whatsapp", to: sam, ...orderUpdate };
    const refused = async () => (await given.graph("POST", `/${given.number.id}/messages`, message)).body.error?.code;
    expect(await refused()).toBe(130429);
    for (let count = 0; count < 20; count++) await given.personWrites();
    expect(given.subscriber.values("messages").filter(({ messages }) => messages)).toHaveLength(24);
    // However many came, the number is late by a second and no more.
    await given.sandbox.advance(secondMs);
    expect(await refused()).toBeUndefined();
  });
});

describe("events told by hand", () => {
  const account = (field: string | undefined, body: Body) => (given: Given) =>
    given.control("POST", `/accounts/${given.accountId}/events`, { ...(field ? { field } : {}), ...body });
  const number = (field: string, body: Body) => (given: Given) =>
    given.control("POST", `/numbers/${given.number.id}/events`, { field, ...body });

  it.each([
    ["an event there is not", account(undefined, { event: "ACCOUNT_LOST" }), "event"],
    ["no event", account(undefined, {}), "event"],
    [
      "a state of a ban there is not",
      account(undefined, { event: "DISABLED_UPDATE", ban_info: { waba_ban_state: "MAYBE" } }),
      "ban_info.waba_ban_state",
    ],
    [
      "a list that is none",
      account(undefined, { event: "ACCOUNT_RESTRICTION", restriction_info: {} }),
      "restriction_info",
    ],
    [
      "a time that is none",
      account(undefined, { event: "ACCOUNT_RESTRICTION", restriction_info: [{ expiration: "soon" }] }),
      "restriction_info[0].expiration",
    ],
    ["an alert there is not", account("account_alerts", { alert_info: { alert_type: "X" } }), "alert_info.alert_type"],
    ["a decision there is not", account("account_review_update", { decision: "MAYBE" }), "decision"],
    ["a provider there is not", account("payment_configuration_update", { provider_name: "bank" }), "provider_name"],
    ["a security event there is not", number("security", { event: "PIN_LOST" }), "event"],
    ["a username's state there is not", number("business_username_update", { status: "lost" }), "status"],
  ])("refuse %s, naming the member", async (_, step, path) => {
    const given = await givenSandbox();
    const { status, body } = await step(given);
    expect([status, body.error.message]).toEqual([400, expect.stringContaining(`${path} must be`)]);
  });

  it("fill in what is not given, and answer with what was told", async () => {
    const given = await givenListener();
    const { body } = await account(undefined, { event: "PARTNER_APP_INSTALLED" })(given);
    await given.sandbox.quiet();
    expect(given.subscriber.values("account_update")).toEqual([body.value]);
    expect(body.value.waba_info).toMatchObject({ waba_id: given.accountId, partner_app_id: given.sandbox.app.id });
  });

  it("have the portfolio's id in the entry where they are about a solution of partners", async () => {
    const given = await givenListener();
    await account("partner_solutions", { solution_status: "ACTIVE" })(given);
    await given.sandbox.advance(hourMs);
    const world = (await given.control("GET", "")).body;
    expect(given.subscriber.deliveries.at(-1)?.body.entry[0].id).toBe(world.accounts[0].portfolioId);
  });
});

import { dayMs, minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text } from "./given.ts";

afterEach(closeAll);

const code = (answer: { body: Record<string, { code?: number }> }) => answer.body.error?.code ?? 200;

async function secondAccount(given: Given): Promise<{ id: string; portfolioId: string; token: string }> {
  const { accounts } = (await given.control("GET", "")).body;
  return { id: accounts[1].id, portfolioId: accounts[1].portfolioId, token: accounts[1].tokens[0].token };
}

describe("the history of a message", () => {
  it("tells its events, and whether their webhooks arrived", async () => {
    const given = await givenSandbox();
    const id = await given.send(orderUpdate);
    await given.sandbox.advance(secondMs);
    const path = `/${given.number.id}/message_history`;
    const { data } = (await given.graph("GET", `${path}?fields=id,message_id,events{delivery_status}`)).body;
    expect(data).toMatchObject([{ message_id: id }]);
    expect(data[0].events.data).toMatchObject(
      ["SENT", "DELIVERED"].map((delivery_status) => ({
        delivery_status,
        webhook_update_state: "DELIVERED",
        webhook_uri: given.subscriber.url,
      })),
    );
    const events = await given.graph("GET", `/${data[0].id}/events?status_filter=DELIVERED`);
    expect(events.body.data).toMatchObject([
      { node: { delivery_status: "DELIVERED", application: { id: given.sandbox.app.id } } },
    ]);
    expect(code(await given.graph("GET", `${path}?message_id=wamid.none`))).toBe(100);
    const stranger = await secondAccount(given);
    expect((await given.graph("GET", `/${data[0].id}/events`, undefined, stranger.token)).body.error).toMatchObject({
      code: 100,
      error_subcode: 33,
    });
  });

  it("says that a webhook is being retried", async () => {
    const given = await givenSandbox();
    given.subscriber.answer = () => 500;
    const id = await given.send(orderUpdate);
    await given.sandbox.advance(secondMs);
    const { data } = (await given.graph("GET", `/${given.number.id}/message_history?message_id=${id}&fields=events`))
      .body;
    expect(data[0].events.data[0]).toMatchObject({ delivery_status: "SENT", webhook_update_state: "RETRYING" });
  });
});

describe("the comparison of two templates", () => {
  it("puts the one that is blocked less first, from a thousand sends on", async () => {
    const given = await givenSandbox();
    const { items } = (await given.control("GET", "/templates")).body;
    const idOf = (language: string) =>
      items.find((one: { name: string; language: string }) => one.name === "order_update" && one.language === language)
        .id;
    const end = Math.floor(given.sandbox.now() / 1000);
    const compare = (days: number) =>
      given.graph("GET", `/${idOf("nl")}/compare?template_ids=[${idOf("en")}]&start=${end - days * 86_400}&end=${end}`);
    expect(code(await compare(7))).toBe(100);
    await given.control("PUT", `/numbers/${given.number.id}`, {
      throughputPerSecond: 10_000,
      messagingLimit: "TIER_UNLIMITED",
    });
    await given.control("PUT", "/rules", {
      thresholds: { quality: { judgedFrom: 1e9 }, enforcement: { judgedFrom: 1e9 } },
    });
    const send = async (language: string, index: number) => {
      const template = { ...(orderUpdate.template as object), language: { code: language } };
      await given.send(
        { ...orderUpdate, template },
        `3161${language === "nl" ? 1 : 2}${String(index).padStart(6, "0")}`,
      );
    };
    for (let index = 0; index < 1_000; index += 1) {
      await send("nl", index);
      await send("en", index);
    }
    await given.sandbox.advance(secondMs);
    await given.control("POST", "/phones/31611000001/actions", { type: "block" });
    expect((await compare(7)).body.data).toMatchObject([
      { metric: "BLOCK_RATE", order_by_relative_metric: [idOf("en"), idOf("nl")] },
      { metric: "MESSAGE_SENDS", number_values: [{ value: 1_000 }, { value: 1_000 }] },
      { metric: "TOP_BLOCK_REASON" },
    ]);
    expect(code(await compare(8))).toBe(100);
  });
});

describe("flows of another account", () => {
  it("are copied within a portfolio, by name", async () => {
    const given = await givenSandbox();
    const flow = { name: "taart", categories: ["OTHER"] };
    const source = (await given.graph("POST", `/${given.accountId}/flows`, flow)).body.id;
    const stranger = await secondAccount(given);
    const migrate = (id: string, token: string) =>
      given.graph(
        "POST",
        `/${id}/migrate_flows`,
        { source_waba_id: given.accountId, source_flow_names: '["taart","weg"]' },
        token,
      );
    expect(code(await migrate(stranger.id, stranger.token))).toBe(100);
    const { portfolioId } = (await given.control("GET", "")).body.accounts[0];
    const sibling = (await given.control("POST", "/accounts", { name: "Tweede winkel", portfolioId })).body;
    const both = { name: "both", accountIds: [given.accountId, sibling.id] };
    const { token } = (await given.control("POST", `/accounts/${sibling.id}/tokens`, both)).body;
    expect((await migrate(sibling.id, token)).body).toEqual({
      migrated_flows: [{ source_name: "taart", source_id: source, migrated_id: expect.any(String) }],
      failed_flows: [{ source_name: "weg", error_code: "4233041", error_message: expect.any(String) }],
    });
    expect((await migrate(sibling.id, token)).body.failed_flows).toHaveLength(2);
    expect((await given.graph("GET", `/${sibling.id}/flows`, undefined, token)).body.data).toMatchObject([
      { name: "taart", status: "DRAFT" },
    ]);
  });
});

describe("the log of an account", () => {
  it("tells who changed what, newest first, by kind and time", async () => {
    const given = await givenSandbox();
    const path = `/${given.accountId}/activities`;
    await given.graph("POST", `/${given.accountId}`, { name: "De Korenaar" });
    await given.sandbox.advance(minuteMs);
    await given.graph("DELETE", `/${given.accountId}/message_templates?name=track_order`);
    await given.control("POST", `/accounts/${given.accountId}/strikes`, {});
    expect((await given.graph("GET", path)).body.data).toMatchObject([
      { activity_type: "COMPLIANCE_ACTION", actor_type: "SYSTEM" },
      { activity_type: "TEMPLATE_DELETED", actor_type: "API" },
      { activity_type: "ACCOUNT_UPDATED", actor_type: "API" },
    ]);
    const updated = `${path}?activity_type=ACCOUNT_UPDATED&fields=details,actor_name`;
    expect((await given.graph("GET", updated)).body.data).toMatchObject([{ details: { name: "De Korenaar" } }]);
    const since = Math.floor(given.sandbox.now() / 1000) - 30;
    expect((await given.graph("GET", `${path}?since=${since}`)).body.data).toHaveLength(2);
    expect(code(await given.graph("GET", `${path}?since=2026-01-01`))).toBe(100);
    expect(code(await given.graph("GET", `${path}?activity_type=BAKING`))).toBe(100);
  });
});

describe("schedules", () => {
  const hours = { name: "Winkel", schedule_type: "BUSINESS_HOURS", start_time: "09:00", end_time: "17:00" };

  it("are kept and listed, filtered and sorted", async () => {
    const given = await givenSandbox();
    const path = `/${given.accountId}/schedules`;
    const { id } = (await given.graph("POST", path, { ...hours, days_of_week: ["MONDAY"], is_active: false })).body;
    await given.graph("POST", path, {
      ...hours,
      schedule_type: "AUTOMATED_RESPONSE",
      start_time: "18:00",
      end_time: "08:00",
    });
    expect((await given.graph("GET", `${path}?sort=created_time.desc`)).body.data).toMatchObject([
      { status: "ACTIVE" },
      { id, status: "INACTIVE", is_active: false },
    ]);
    const inactive = encodeURIComponent('[{"field":"status","operator":"EQUAL","value":"INACTIVE"}]');
    expect((await given.graph("GET", `${path}?filtering=${inactive}`)).body.data).toMatchObject([{ id }]);
  });

  it.each([
    ["a wrong kind", { schedule_type: "SIESTA" }],
    ["an end before the start", { end_time: "08:00" }],
    ["no time", { start_time: "nine" }],
    ["no time zone", { timezone: "Rotterdam" }],
    ["no day", { days_of_week: ["ZATERDAG"] }],
  ])("with %s are refused", async (_, change) => {
    const given = await givenSandbox();
    expect(code(await given.graph("POST", `/${given.accountId}/schedules`, { ...hours, ...change }))).toBe(100);
  });
});

describe("sign-up links", () => {
  it("subscribe a person, until they are disabled", async () => {
    const given = await givenSandbox();
    const wanted = { name: "Crumb & Co", country: "US", displayNumber: "+1 212 555 0101" };
    const { id, token, numbers } = (await given.control("POST", "/accounts", wanted)).body;
    const link = {
      display_name: "Buns",
      signup_message: "Fresh buns, once a week.",
      confirmation_message: "Welcome! Your code: {{promo_code}}",
      privacy_policy_url: "https://crumb.example/privacy",
      promo_code: "BUN5",
      policy: { tos: "https://www.facebook.com/legal/ads-manager-marketing-messages-terms", accepted: true },
    };
    const signup = (await given.graph("POST", `/${id}/signups`, link, token)).body.id;
    expect((await given.graph("GET", `/${id}/signups`, undefined, token)).body.data).toMatchObject([
      { id: signup, display_name: "Buns", status: "ACTIVE" },
    ]);
    const follow = (phone: string) =>
      given.control("POST", `/phones/${phone}/links`, { link: `https://wa.me/${numbers[0].number}/signup/${signup}` });
    await follow("12125550199");
    expect((await given.control("GET", `/phones/12125550199/messages?with=${numbers[0].id}`)).body.items).toMatchObject(
      [{ from: "business", text: { body: "Welcome! Your code: BUN5" } }],
    );
    expect((await follow("31612345678")).status).toBe(409);
    await given.graph("POST", `/signups/${signup}`, { status: "DISABLED" }, token);
    expect((await given.graph("GET", `/signups/${signup}`, undefined, token)).body).toMatchObject({
      status: "DISABLED",
    });
    expect((await follow("12125550198")).status).toBe(404);
  });
});

describe("numbers verified beforehand", () => {
  it("are verified, listed, run out, and are given to an account without a code", async () => {
    const given = await givenSandbox();
    const { portfolioId } = (await given.control("GET", "")).body.accounts[0];
    const pool = `/${portfolioId}/add_phone_numbers`;
    const { id } = (await given.graph("POST", pool, { phone_number: "+31 20 555 0101" })).body;
    expect(code(await given.graph("POST", pool, { phone_number: "+31205550101" }))).toBe(2388012);
    const list = async () => (await given.graph("GET", `/${portfolioId}/preverified_numbers`)).body.data;
    expect(await list()).toEqual([{ id, display_phone_number: "+31205550101", verification_status: "PENDING" }]);

    const claim = () =>
      given.graph("POST", `/${given.accountId}/phone_numbers`, { preverified_id: id, verified_name: "De Korenaar" });
    expect(code(await claim())).toBe(100);
    const ask = () => given.graph("POST", `/${id}/request_code`, { code_method: "SMS", language: "nl" });
    const verify = async () => {
      await ask();
      const [{ code: digits }] = (await given.control("GET", "/preverified")).body.items;
      return given.graph("POST", `/${id}/verify_code`, { code: digits });
    };
    expect((await given.graph("POST", `/${id}/verify_code`, { code: "1" })).body.error.error_subcode).toBe(136025);
    expect((await verify()).body).toEqual({ success: true, id });
    expect((await ask()).body.error.error_subcode).toBe(136024);
    await given.sandbox.advance(91 * dayMs);
    expect(await list()).toMatchObject([{ verification_status: "EXPIRED" }]);
    await verify();
    const number = (await claim()).body.id;
    expect(await list()).toEqual([]);
    const register = await given.graph("POST", `/${number}/register`, { messaging_product: "whatsapp", pin: "123456" });
    expect(register.body).toEqual({ success: true });
  });

  it("that are never verified leave the pool after 90 days", async () => {
    const given = await givenSandbox();
    const { portfolioId } = (await given.control("GET", "")).body.accounts[0];
    await given.graph("POST", `/${portfolioId}/add_phone_numbers`, { phone_number: "+31205550101" });
    await given.sandbox.advance(90 * dayMs);
    expect((await given.graph("GET", `/${portfolioId}/preverified_numbers`)).body.data).toEqual([]);
  });
});

describe("a number of another account", () => {
  it("goes over with its name, quality and best templates, and is silent in the old one", async () => {
    const given = await givenSandbox();
    const target = await secondAccount(given);
    await given.control("PUT", `/numbers/${given.number.id}`, { quality: "GREEN" });
    await given.control("POST", "/templates/track_order/actions", { type: "rate", quality: "GREEN" });
    const body = { cc: "31", phone_number: given.number.number, migrate_phone_number: true };
    const { id } = (await given.graph("POST", `/${target.id}/phone_numbers`, body, target.token)).body;
    await given.personWrites();
    await given.send(text("Nog hier."));
    await given.graph("POST", `/${id}/request_code`, { code_method: "SMS", language: "nl" }, target.token);
    const { code: digits } = (await given.control("GET", `/numbers/${id}`)).body;
    await given.graph("POST", `/${id}/verify_code`, { code: digits }, target.token);
    await given.graph("POST", `/${id}/register`, { messaging_product: "whatsapp", pin: "123456" }, target.token);
    const old = await given.graph("GET", `/${given.number.id}?fields=status,verified_name`);
    expect(old.body.status).toBe("MIGRATED");
    const fields = "status,verified_name,quality_rating";
    expect((await given.graph("GET", `/${id}?fields=${fields}`, undefined, target.token)).body).toEqual({
      id,
      status: "CONNECTED",
      verified_name: old.body.verified_name,
      quality_rating: "GREEN",
    });
    const path = `/${target.id}/message_templates?name=track_order`;
    expect((await given.graph("GET", path, undefined, target.token)).body.data).toHaveLength(1);
    await expect(given.send(text("Weg."))).rejects.toThrow("133010");
  });
});

describe("a code of the embedded sign-up", () => {
  const exchange = (given: Given, text: string) => {
    const app = `client_id=${given.sandbox.app.id}&client_secret=${given.sandbox.app.secret}`;
    return given.graph("GET", `/v25.0/oauth/access_token?${app}&code=${text}`, undefined, null);
  };

  it("is exchanged once for a token that sees the new account alone", async () => {
    const given = await givenSandbox();
    const wanted = { name: "Fietsen Jansen", displayNumber: "+31 10 808 0199" };
    const signup = (await given.control("POST", "/signups", wanted)).body;
    const { access_token: token } = (await exchange(given, signup.code)).body;
    const numbers = await given.graph("GET", `/${signup.wabaId}/phone_numbers`, undefined, token);
    expect(numbers.body.data).toMatchObject([{ id: signup.phoneNumberId }]);
    expect((await given.graph("GET", `/${given.accountId}`, undefined, token)).status).toBe(400);
    expect((await exchange(given, signup.code)).body.error).toMatchObject({ code: 100, error_subcode: 36009 });
  });

  it("that nobody gave, or that is ten minutes old, is refused", async () => {
    const given = await givenSandbox();
    expect((await exchange(given, "AQ")).body.error).toMatchObject({ code: 100, type: "OAuthException" });
    const signup = (await given.control("POST", "/signups", { accountId: given.accountId })).body;
    await given.sandbox.advance(10 * minuteMs);
    expect((await exchange(given, signup.code)).body.error).toMatchObject({ code: 100, error_subcode: 36007 });
  });
});

describe("the users of an account", () => {
  it("are kept on the control face, given tasks, and removed", async () => {
    const given = await givenSandbox();
    const path = `/${given.accountId}/assigned_users`;
    expect((await given.graph("GET", path)).body.data).toMatchObject([{ tasks: ["MANAGE"] }]);
    const items = [
      { id: "122000123", name: "Noor" },
      { id: "122000124", name: "Sam" },
    ];
    await given.control("PUT", `/accounts/${given.accountId}/users`, { items });
    await given.graph("POST", path, { user: "122000123", tasks: ["MANAGE_TEMPLATES", "MESSAGING"] });
    await given.graph("DELETE", `${path}?user=122000124`);
    const { data, summary } = (await given.graph("GET", `${path}?fields=name,tasks,business&summary=total_count`)).body;
    expect(data).toMatchObject([{ name: "Noor", tasks: ["MANAGE_TEMPLATES", "MESSAGING"] }]);
    expect(summary).toEqual({ total_count: 1 });
    expect(code(await given.graph("POST", path, { user: "122000123", tasks: ["BAKE"] }))).toBe(100);
    expect(code(await given.graph("POST", path, { user: "999", tasks: ["MANAGE"] }))).toBe(100);
  });
});

describe("the catalogue of an account", () => {
  const product = (id: string, catalogId = "8200000000000001") => ({
    type: "interactive",
    interactive: { type: "product", action: { catalog_id: catalogId, product_retailer_id: id } },
  });

  it("is what product messages are held against, where there is one", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    await given.send(product("BROOD-1"));
    const products = [{ retailer_id: "BROOD-1", name: "Desembrood", price: 4.5 }];
    const kept = await given.control("PUT", `/accounts/${given.accountId}/catalog`, {
      id: "8200000000000001",
      products,
    });
    expect(kept.body.catalog.products).toMatchObject([{ name: "Desembrood", price: 4.5, currency: "EUR" }]);
    await given.send(product("BROOD-1"));
    await expect(given.send(product("TAART-9"))).rejects.toThrow("131009");
    await expect(given.send(product("BROOD-1", "777"))).rejects.toThrow("131009");
    const list = {
      type: "interactive",
      interactive: {
        type: "product_list",
        header: { type: "text", text: "Brood" },
        body: { text: "Vandaag" },
        action: {
          catalog_id: "8200000000000001",
          sections: [{ product_items: [{ product_retailer_id: "BROOD-1" }, { product_retailer_id: "TAART-9" }] }],
        },
      },
    };
    await expect(given.send(list)).rejects.toThrow("TAART-9");
    await given.control("PUT", `/accounts/${given.accountId}/catalog`, { products: null });
    await given.send(product("TAART-9"));
  });
});

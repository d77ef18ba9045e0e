import { dayMs, hourMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, morning, orderUpdate, text, weekendOffer } from "./given.ts";

afterEach(closeAll);

const code = (answer: { body: Record<string, { code?: number }> }) => answer.body.error?.code ?? 200;
const seconds = (ms: number) => Math.floor(ms / 1000);
const screen = { id: "WHEN", terminal: true, layout: { type: "SingleColumnLayout", children: [] } };

describe("flows", () => {
  it("are drafted, filled, published, sent, throttled, blocked and deprecated", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    const create = { name: "taart", categories: ["APPOINTMENT_BOOKING"] };
    const { id } = (await given.graph("POST", `/${given.accountId}/flows`, create)).body;
    expect(code(await given.graph("POST", `/${given.accountId}/flows`, create))).toBe(100);
    const upload = async (json: string) => {
      const form = new FormData();
      form.set("name", "flow.json");
      form.set("asset_type", "FLOW_JSON");
      form.set("file", new Blob([json], { type: "application/json" }), "flow.json");
      return given.graph("POST", `/${id}/assets`, form);
    };
    expect((await upload('{"version":"7.3","screens":[]}')).body.validation_errors).toHaveLength(1);
    expect(code(await given.graph("POST", `/${id}/publish`))).toBe(139002);
    const json = JSON.stringify({ version: "7.3", screens: [screen] });
    expect((await upload(json)).body).toEqual({ success: true, validation_errors: [] });
    const [asset] = (await given.graph("GET", `/${id}/assets`)).body.data;
    const file = await fetch(asset.download_url, { headers: { authorization: `Bearer ${given.token}` } });
    expect(await file.text()).toBe(json);

    await given.personWrites();
    const send = (mode = "published") =>
      given.graph("POST", `/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        type: "interactive",
        interactive: {
          type: "flow",
          body: { text: "Wanneer?" },
          action: {
            name: "flow",
            parameters: { flow_message_version: "3", flow_id: id, flow_cta: "Kies", flow_token: "t", mode },
          },
        },
      });
    expect([code(await send()), code(await send("draft"))]).toEqual([100, 200]);
    expect((await given.graph("POST", `/${id}/publish`)).body).toEqual({ success: true });
    expect([code(await send()), code(await upload(json)), code(await given.graph("DELETE", `/${id}`))]).toEqual([
      200, 139001, 139004,
    ]);
    await given.control("PUT", `/flows/${id}`, { status: "THROTTLED" });
    const codes = [];
    for (let count = 0; count < 11; count++) codes.push(code(await send()));
    expect(codes).toEqual([...Array(10).fill(200), 132069]);
    await given.control("PUT", `/flows/${id}`, { status: "BLOCKED" });
    expect(code(await send())).toBe(132068);
    expect((await given.graph("POST", `/${id}/deprecate`)).body).toEqual({ success: true });
    expect((await given.graph("GET", `/${given.accountId}/flows`)).body.data).toEqual([
      { id, name: "taart", status: "DEPRECATED", categories: ["APPOINTMENT_BOOKING"], validation_errors: [] },
    ]);
    await given.sandbox.quiet();
    expect(given.subscriber.values("flows").map(({ new_status }) => new_status)).toEqual([
      "DRAFT",
      "PUBLISHED",
      "THROTTLED",
      "BLOCKED",
      "DEPRECATED",
    ]);
  });
});

describe("templates", () => {
  it("from the library are approved at once", async () => {
    const given = await givenSandbox();
    const { data } = (await given.graph("GET", "/message_template_library?search=collected")).body;
    expect(data).toMatchObject([{ name: "order_ready_1", body_param_types: ["TEXT", "TEXT", "ADDRESS"] }]);
    const made = await given.graph("POST", `/${given.accountId}/message_templates`, {
      name: "klaar",
      language: "en_US",
      category: "UTILITY",
      library_template_name: "order_ready_1",
    });
    expect(made.body).toMatchObject({ status: "APPROVED", category: "UTILITY" });
    const node = await given.graph("GET", `/${made.body.id}?fields=library_template_name`);
    expect(node.body.library_template_name).toBe("order_ready_1");
  });

  it("from the library are there in three languages, every one of them good enough to be approved", async () => {
    const given = await givenSandbox();
    const { data } = (await given.graph("GET", "/message_template_library?limit=100")).body;
    expect(data).toHaveLength(93);
    expect((await given.graph("GET", "/message_template_library?language=fr")).body.data).toEqual([]);
    expect(
      (await given.graph("GET", "/message_template_library?language=de&topic=EVENT_REMINDER")).body.data,
    ).toHaveLength(6);
    const url = [{ type: "URL", url: { base_url: "https://korenaar.example/{{1}}", url_suffix_example: "K-1" } }];
    const outcomes = new Set<string>();
    for (const { name, language, buttons } of data) {
      const made = await given.graph("POST", `/${given.accountId}/message_templates`, {
        name,
        language,
        category: "UTILITY",
        library_template_name: name,
        ...(buttons ? { library_template_button_inputs: url } : {}),
      });
      outcomes.add(made.body.status ?? `${name} ${language}: ${made.body.error.error_user_msg}`);
    }
    expect([...outcomes]).toEqual(["APPROVED"]);
    const french = { name: "x", language: "fr", category: "UTILITY", library_template_name: "order_ready_1" };
    expect(code(await given.graph("POST", `/${given.accountId}/message_templates`, french))).toBe(100);
  });

  it("for authentication come in many languages at once, with a preview", async () => {
    const given = await givenSandbox();
    const upsert = {
      name: "inlogcode",
      languages: ["nl", "de", "en"],
      category: "AUTHENTICATION",
      components: [
        { type: "BODY", add_security_recommendation: true },
        { type: "FOOTER", code_expiration_minutes: 5 },
        { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE", text: "Kopieer" }] },
      ],
    };
    const first = (await given.graph("POST", `/${given.accountId}/upsert_message_templates`, upsert)).body.data;
    expect(first.map(({ language, status }: { language: string; status: string }) => [language, status])).toEqual([
      ["nl", "PENDING"],
      ["de", "PENDING"],
      ["en", "PENDING"],
    ]);
    const again = (await given.graph("POST", `/${given.accountId}/upsert_message_templates`, upsert)).body.data;
    expect(again.map(({ id }: { id: string }) => id)).toEqual(first.map(({ id }: { id: string }) => id));
    const query = "category=AUTHENTICATION&languages=nl,de&code_expiration_minutes=5";
    const { data } = (await given.graph("GET", `/${given.accountId}/message_template_previews?${query}`)).body;
    expect(data.map(({ body }: { body: string }) => body)).toEqual([
      "*{{1}}* is je verificatiecode.",
      "*{{1}}* ist dein Verifizierungscode.",
    ]);
  });

  it("deleted keep their name taken for 30 days", async () => {
    const given = await givenSandbox();
    const again = () =>
      given.graph("POST", `/${given.accountId}/message_templates`, {
        name: "weekend_offer",
        language: "nl",
        category: "MARKETING",
        components: [{ type: "BODY", text: "Dit weekend bakken we weer amandelstaven." }],
      });
    await given.graph("DELETE", `/${given.accountId}/message_templates?name=weekend_offer`);
    expect((await again()).body.error).toMatchObject({ code: 100, error_subcode: 2388023 });
    await given.sandbox.advance(30 * dayMs);
    expect((await again()).status).toBe(200);
  });
});

describe("templates put away", () => {
  it("are archived, taken out again, or deleted after 28 days", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    const { items } = (await given.control("GET", "/templates")).body;
    const [first, second] = items.filter(({ name }: { name: string }) => name === "order_update");
    const put = async (verb: string, ...ids: string[]) =>
      (await given.graph("POST", `/${given.accountId}/message_templates/${verb}`, { hsm_ids: ids.join(",") })).body;
    expect(await put("archive", first.id, second.id, "1")).toEqual({
      archived_templates: [first.id, second.id],
      failed_templates: { "1": expect.any(String) },
    });
    await expect(given.send(orderUpdate)).rejects.toThrow("132001");
    expect(await put("unarchive", first.id)).toEqual({ unarchived_templates: [first.id], failed_templates: {} });
    await expect(given.send(orderUpdate)).resolves.toMatch(/^wamid/);
    await given.sandbox.advance(28 * dayMs);
    expect((await given.graph("GET", `/${second.id}`)).body.error.error_subcode).toBe(33);
    expect((await given.graph("GET", `/${first.id}`)).status).toBe(200);
    const events = given.subscriber.values("message_template_status_update").map(({ event }) => event);
    expect(events).toEqual(["ARCHIVED", "ARCHIVED", "UNARCHIVED", "DELETED"]);
  });

  it("or taken to another account of the same holder", async () => {
    const given = await givenSandbox();
    const { id } = (await given.control("POST", "/accounts", { name: "De Korenaar Zuid" })).body;
    const migrate = (token?: string) =>
      given.graph("POST", `/${id}/migrate_message_templates`, { source_waba_id: given.accountId }, token);
    const body = { name: "both", accountIds: [id, given.accountId] };
    const both = (await given.control("POST", `/accounts/${id}/tokens`, body)).body.token;
    const { migrated_templates, failed_templates } = (await migrate(both)).body;
    expect([migrated_templates.length, Object.keys(failed_templates).length]).toEqual([8, 3]);
    expect(Object.keys((await migrate(both)).body.failed_templates)).toHaveLength(11);
    expect(code(await migrate())).toBe(100);
  });
});

async function givenSent(given: Given): Promise<void> {
  await given.personWrites();
  for (const content of [orderUpdate, weekendOffer, text("Dag")]) await given.send(content);
  await given.sandbox.advance(hourMs);
  await given.control("POST", "/phones/31612345678/actions", { type: "read" });
}

describe("analytics", () => {
  const span = `.start(${seconds(morning) - 86_400}).end(${seconds(morning) + 86_400})`;

  it("count messages, conversations and prices from the sandbox's own history", async () => {
    const given = await givenSandbox();
    await givenSent(given);
    const of = async (field: string) =>
      (await given.graph("GET", `/${given.accountId}?fields=${encodeURIComponent(field)}`)).body;
    const { analytics } = await of(`analytics${span}.granularity(DAY).phone_numbers([]).country_codes(["NL","DE"])`);
    const start = seconds(Date.UTC(2026, 10, 22));
    expect(analytics).toMatchObject({
      granularity: "DAY",
      data_points: [{ start, end: start + 86_400, sent: 3, delivered: 3 }],
    });
    const { conversation_analytics } = await of(`conversation_analytics${span}.granularity(DAILY)`);
    expect(conversation_analytics.data[0].data_points).toEqual([
      { start, end: start + 86_400, conversation: 3, cost: 0.2097 },
    ]);
    const prices = await of(
      `name,pricing_analytics${span}.granularity(MONTHLY).dimensions(["COUNTRY","PRICING_CATEGORY"])`,
    );
    const month = { start: seconds(Date.UTC(2026, 10)), end: seconds(Date.UTC(2026, 11)), country: "NL", volume: 1 };
    expect(prices.name).toBe("Bakkerij De Korenaar");
    expect(prices.pricing_analytics.data[0].data_points).toMatchObject([
      { ...month, pricing_category: "UTILITY" },
      { ...month, pricing_category: "MARKETING" },
      { ...month, pricing_category: "SERVICE" },
    ]);
    const path = `/${given.accountId}?fields=analytics${span}.granularity(WEEK)`;
    expect(code(await given.graph("GET", path))).toBe(100);
  });

  it("of templates are for accounts outside the European Union that switched them on", async () => {
    const given = await givenSandbox();
    const ask = (id: string, token: string, templateIds = "[1]") =>
      given.graph(
        "GET",
        `/${id}/template_analytics?start=${seconds(morning) - 86_400}&end=${seconds(morning) + 86_400}&granularity=DAILY&template_ids=${templateIds}`,
        undefined,
        token,
      );
    expect(code(await ask(given.accountId, given.token))).toBe(200005);
    const account = (
      await given.control("POST", "/accounts", {
        name: "Crumb & Co",
        country: "US",
        displayNumber: "+1 212 555 0100",
        review: "instant",
      })
    ).body;
    const [number] = account.numbers;
    expect(code(await ask(account.id, account.token))).toBe(200007);
    await given.graph("POST", `/${account.id}?is_enabled_for_insights=true`, undefined, account.token);
    const { id } = (
      await given.graph(
        "POST",
        `/${account.id}/message_templates`,
        {
          name: "ready",
          language: "en_US",
          category: "UTILITY",
          components: [
            { type: "BODY", text: "Your bread is ready to be collected." },
            { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Thanks" }] },
          ],
        },
        account.token,
      )
    ).body;
    const send = await given.graph(
      "POST",
      `/${number.id}/messages`,
      {
        messaging_product: "whatsapp",
        to: "31612345678",
        type: "template",
        template: { name: "ready", language: { code: "en_US" } },
      },
      account.token,
    );
    await given.sandbox.advance(hourMs);
    await given.control("POST", "/phones/31612345678/actions", { type: "read" });
    await given.control("POST", "/phones/31612345678/messages", {
      to: number.id,
      type: "button",
      button: { payload: "Thanks", text: "Thanks" },
      context: { id: send.body.messages[0].id },
    });
    const start = seconds(Date.UTC(2026, 10, 22));
    expect((await ask(account.id, account.token, `[${id}]`)).body.data[0].data_points).toEqual([
      { template_id: id, start, end: start + 86_400, sent: 1, delivered: 1, read: 1, clicked: 1 },
    ]);
    const off = await given.graph("POST", `/${account.id}?is_enabled_for_insights=false`, undefined, account.token);
    expect(code(off)).toBe(200006);
  });
});

describe("lists", () => {
  it("of numbers are sorted and filtered, of accounts know clients", async () => {
    const given = await givenSandbox();
    const body = { displayNumber: "+31 10 808 0102" };
    const { id } = (await given.control("POST", `/accounts/${given.accountId}/numbers`, body)).body;
    await given.control("PUT", `/numbers/${id}`, { allowedRecipients: [] });
    const list = async (query: string) =>
      (await given.graph("GET", `/${given.accountId}/phone_numbers?${query}`)).body.data?.map(
        (one: { id: string }) => one.id,
      );
    const mode = (value: string) =>
      `filtering=${encodeURIComponent(JSON.stringify([{ field: "account_mode", operator: "EQUAL", value }]))}`;
    expect(await list(mode("LIVE"))).toEqual([given.number.id]);
    expect(await list(mode("SANDBOX"))).toEqual([id]);
    expect(await list("sort=creation_time.desc")).toEqual([id, given.number.id]);
    expect(await list("sort=%5B'last_onboarded_time_ascending'%5D")).toEqual([given.number.id, id]);
    expect(await list("sort=colour")).toBeUndefined();

    const { accounts } = (await given.control("GET", "")).body;
    const partner = accounts[1].portfolioId;
    await given.control("PUT", `/accounts/${given.accountId}`, { clientOf: partner });
    const clients = await given.graph("GET", `/${partner}/client_whatsapp_business_accounts`);
    expect(clients.body.data).toMatchObject([{ id: given.accountId }]);
  });

  it("tell how much of the hour's calls is used, and end at them", async () => {
    const given = await givenSandbox();
    const body = { name: "Nieuw", displayNumber: "+31 10 808 0199" };
    const account = (await given.control("POST", "/accounts", body)).body;
    await given.control("PUT", `/numbers/${account.numbers[0].id}`, { status: "PENDING" });
    const ask = () => given.graph("GET", `/${account.id}`, undefined, account.token);
    for (let count = 0; count < 150; count++) await ask();
    const used = async () => JSON.parse((await ask()).headers.get("x-business-use-case-usage") ?? "{}")[account.id][0];
    expect((await used()).call_count).toBe(75);
    for (let count = 0; count < 49; count++) await ask();
    const last = await ask();
    expect([last.status, last.body.error.code]).toEqual([400, 80007]);
    expect(await used()).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 60 });
    await given.sandbox.advance(hourMs);
    expect((await ask()).status).toBe(200);
  });
});

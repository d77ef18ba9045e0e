import { hourMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox, orderUpdate, text } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

describe("what clients do and must be let do", () => {
  it("any version or none, trailing slashes, tokens in query or form, forms instead of JSON", async () => {
    const given = await givenSandbox();
    const { id } = given.number;
    const body = { messaging_product: "whatsapp", to: "31612345678", ...orderUpdate };
    const form = new URLSearchParams({
      messaging_product: "whatsapp",
      to: "31612345678",
      type: "template",
      template: JSON.stringify(orderUpdate.template),
    });
    const withToken = new URLSearchParams([...form, ["access_token", given.token]]);
    const answers = [
      await given.graph("POST", `/v13.0/${id}/messages`, body),
      await given.graph("POST", `/${id}/messages/`, body),
      await given.graph("POST", `/v25.0/${id}/messages?access_token=${given.token}`, body, null),
      await given.graph("POST", `/v25.0/${id}/messages`, form),
      await given.graph("POST", `/v25.0/${id}/messages`, withToken, null),
      await given.graph("POST", `/v25.0/${id}/messages`, { ...body, template: JSON.stringify(orderUpdate.template) }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
    // Version 13 is long gone: the oldest that is left answers.
    expect(answers[0]?.headers.get("facebook-api-version")).toBe("v21.0");
    expect(answers[0]?.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    for (const header of ["x-fb-trace-id", "x-fb-request-id", "x-fb-rev", "x-app-usage"])
      expect(answers[0]?.headers.get(header)).toBeTruthy();
  });

  it("but not everything: paths, tokens and objects are judged in this order", async () => {
    const given = await givenSandbox();
    const [, newsroom] = given.sandbox.accounts;
    const path = `/v25.0/${given.number.id}/messages`;
    const expected: [string, string, string | null | undefined, number, Body][] = [
      ["GET", "/v25.0/foo", undefined, 400, { code: 2500, message: "Unknown path components: /foo" }],
      ["POST", path, null, 401, { code: 104, message: "An access token is required to request this resource." }],
      ["POST", path, "garbage", 401, { code: 190, message: "Invalid OAuth access token - Cannot parse access token" }],
      [
        "POST",
        path,
        newsroom?.token,
        400,
        {
          code: 100,
          error_subcode: 33,
          type: "GraphMethodException",
          message: expect.stringMatching(/^Unsupported post request\. Object with ID '\d+' does not exist/),
        },
      ],
      [
        "GET",
        "/v25.0/1234567890123456",
        undefined,
        400,
        { code: 100, error_subcode: 33, message: expect.stringMatching(/^Unsupported get request/) },
      ],
      ["DELETE", "/v25.0/1234567890123456", undefined, 400, { code: 100, error_subcode: 33 }],
      [
        "GET",
        `/v25.0/${given.accountId}?fields=foo`,
        undefined,
        400,
        { code: 100, message: "(#100) Tried accessing nonexisting field (foo) on node type (WhatsAppBusinessAccount)" },
      ],
      [
        "GET",
        `/v25.0/${given.number.id}/foo`,
        undefined,
        400,
        {
          code: 100,
          message: "(#100) Tried accessing nonexisting field (foo) on node type (WhatsAppBusinessPhoneNumber)",
        },
      ],
      ["POST", `/v25.0/${given.number.id}/foo`, undefined, 400, { code: 100, error_subcode: 33 }],
    ];
    for (const [method, url, token, status, error] of expected) {
      const answer = await given.graph(
        method,
        url,
        method === "POST" ? {} : undefined,
        token === undefined ? given.token : token,
      );
      expect([url, answer.status]).toEqual([url, status]);
      expect(answer.body.error).toMatchObject(error);
    }
    expect((await given.graph("POST", path, "{broken")).body.error).toMatchObject({ code: 100 });
  });

  it("a token that has run out says when", async () => {
    const given = await givenSandbox();
    const { token } = (await given.control("POST", `/accounts/${given.accountId}/tokens`, { expiresIn: "1h" })).body;
    const path = `/v25.0/${given.accountId}`;
    expect((await given.graph("GET", path, undefined, token)).status).toBe(200);
    expect((await given.graph("GET", `/debug_token?input_token=${token}`)).body.data).toMatchObject({
      is_valid: true,
      granular_scopes: expect.arrayContaining([
        { scope: "whatsapp_business_management", target_ids: [given.accountId] },
      ]),
    });
    await given.sandbox.advance(hourMs);
    const late = await given.graph("GET", path, undefined, token);
    expect(late.status).toBe(401);
    expect(late.body.error).toMatchObject({
      code: 190,
      error_subcode: 463,
      message: expect.stringContaining("Session has expired on"),
    });
  });
});

describe("a token that was not given everything", () => {
  it("may not do the rest", async () => {
    const given = await givenSandbox();
    const make = async (scopes: string[]) =>
      (await given.control("POST", `/accounts/${given.accountId}/tokens`, { scopes })).body.token;
    const [messaging, management] = [
      await make(["whatsapp_business_messaging"]),
      await make(["whatsapp_business_management"]),
    ];
    const send = (token: string) =>
      given.graph(
        "POST",
        `/${given.number.id}/messages`,
        { messaging_product: "whatsapp", to: "31612345678", ...orderUpdate },
        token,
      );
    const list = (token: string) => given.graph("GET", `/${given.accountId}/message_templates`, undefined, token);
    expect([(await send(messaging)).status, (await list(management)).status]).toEqual([200, 200]);
    expect((await send(management)).body.error).toMatchObject({
      code: 10,
      message: "(#10) Application does not have permission for this action",
    });
    expect((await list(messaging)).body.error).toMatchObject({ code: 200 });
    expect((await list(messaging)).status).toBe(403);
    expect((await list(management)).headers.get("x-business-use-case-usage")).toContain(
      `"${given.accountId}":[{"type":"whatsapp_business_management"`,
    );
  });
});

describe("numbers and accounts", () => {
  it("show the fields they are asked for", async () => {
    const given = await givenSandbox();
    const listed = await given.graph("GET", `/v25.0/${given.accountId}/phone_numbers`);
    expect(listed.body.data).toMatchObject([
      {
        id: given.number.id,
        verified_name: "Bakkerij De Korenaar",
        display_phone_number: "+31 10 808 0101",
        quality_rating: "GREEN",
        throughput: { level: "STANDARD" },
      },
    ]);
    expect(listed.body.paging.cursors).toMatchObject({ before: expect.any(String), after: expect.any(String) });
    const node = await given.graph(
      "GET",
      `/v25.0/${given.number.id}?fields=status,name_status,health_status{entities}`,
    );
    expect(node.body).toMatchObject({
      id: given.number.id,
      status: "CONNECTED",
      name_status: "APPROVED",
      health_status: { can_send_message: "AVAILABLE" },
    });
    const account = await given.graph("GET", `/v25.0/${given.accountId}?fields=name,currency,owner_business_info`);
    expect(account.body).toMatchObject({ id: given.accountId, name: "Bakkerij De Korenaar", currency: "EUR" });
    const portfolio = await given.graph(
      "GET",
      `/v25.0/${account.body.owner_business_info.id}/owned_whatsapp_business_accounts`,
    );
    expect(portfolio.body.data).toMatchObject([{ id: given.accountId }]);
  });

  it("keep a profile within its limits", async () => {
    const given = await givenSandbox();
    const path = `/v25.0/${given.number.id}/whatsapp_business_profile`;
    const set = (body: Body) => given.graph("POST", path, { messaging_product: "whatsapp", ...body });
    expect(
      (await set({ about: "Nu ook op zondag", websites: ["https://korenaar.example"], vertical: "RETAIL" })).body,
    ).toEqual({ success: true });
    expect((await given.graph("GET", `${path}?fields=about,websites,vertical`)).body).toEqual({
      data: [
        {
          messaging_product: "whatsapp",
          about: "Nu ook op zondag",
          websites: ["https://korenaar.example"],
          vertical: "RETAIL",
        },
      ],
    });
    for (const wrong of [
      { about: "" },
      { about: "x".repeat(140) },
      { email: "nobody" },
      { vertical: "BAKERY" },
      { websites: ["a", "b", "c"] },
    ]) {
      expect((await set(wrong)).status).toBe(400);
    }
  });

  it("block people who wrote lately, and answer both lists when some could not be", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const path = `/v25.0/${given.number.id}/block_users`;
    const body = { messaging_product: "whatsapp", block_users: [{ user: "+31612345678" }, { user: "31687654321" }] };
    const answer = await given.graph("POST", path, body);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({
      block_users: {
        added_users: [{ input: "+31612345678", wa_id: "31612345678" }],
        failed_users: [{ wa_id: "31687654321", errors: [{ code: 131047 }] }],
      },
      error: { code: 139100 },
    });
    expect((await given.graph("GET", path)).body.data).toEqual([
      { messaging_product: "whatsapp", wa_id: "31612345678" },
    ]);
    await given.personWrites(text("Hoort u mij?"));
    expect(given.subscriber.deliveries).toHaveLength(1);
    await given.graph("DELETE", path, { messaging_product: "whatsapp", block_users: [{ user: "31612345678" }] });
    await given.personWrites(text("En nu?"));
    expect(given.subscriber.deliveries).toHaveLength(2);
  });

  it("restricted or banned, they do not send", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    const ask = (content: Body) =>
      given.graph("POST", `/v25.0/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...content,
      });
    const expiration = Math.floor(given.sandbox.now() / 1000) + 3600;
    await given.control("POST", `/accounts/${given.accountId}/events`, {
      event: "ACCOUNT_RESTRICTION",
      restriction_info: [{ restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration }],
    });
    expect([(await ask(orderUpdate)).body.error.code, (await ask(text("x"))).status]).toEqual([368, 200]);
    await given.sandbox.advance(hourMs);
    expect((await ask(orderUpdate)).status).toBe(200);
    await given.control("POST", `/accounts/${given.accountId}/events`, {
      event: "DISABLED_UPDATE",
      ban_info: { waba_ban_state: "DISABLE" },
    });
    expect((await ask(text("x"))).status).toBe(403);
    await given.control("PUT", `/numbers/${given.number.id}`, { status: "DISCONNECTED" });
    await given.control("POST", `/accounts/${given.accountId}/events`, {
      event: "DISABLED_UPDATE",
      ban_info: { waba_ban_state: "REINSTATE" },
    });
    expect((await ask(text("x"))).body.error.code).toBe(133010);
  });
});

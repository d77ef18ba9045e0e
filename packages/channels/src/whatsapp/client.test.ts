import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createWhatsAppClient, type WhatsAppClient } from "./client.ts";
import type { Network, NetworkAnswer, NetworkRequest } from "./network.ts";

const utf8 = new TextEncoder();

function answered(status: number, body: unknown, headers: Record<string, string> = {}): NetworkAnswer {
  const bytes = body instanceof Uint8Array ? body : utf8.encode(typeof body === "string" ? body : JSON.stringify(body));
  return { kind: "answered", status, headers, body: bytes, url: "https://graph.facebook.com/" };
}

/** A client on a line where every request is kept, and answered in turn; the last answer stands for the rest. */
function given(...answers: readonly NetworkAnswer[]): { client: WhatsAppClient; requests: NetworkRequest[] } {
  const requests: NetworkRequest[] = [];
  const network: Network = {
    request: async (request) => {
      requests.push(request);
      return answers[Math.min(requests.length, answers.length) - 1] ?? answered(200, { success: true });
    },
  };
  return { client: createWhatsAppClient({ accessToken: "t0ken", network }), requests };
}

function bodyOf(request: NetworkRequest | undefined): unknown {
  return typeof request?.body === "string" ? JSON.parse(request.body) : undefined;
}

const root = "https://graph.facebook.com/v25.0";

describe("calls", () => {
  const cases: [string, (client: WhatsAppClient) => Promise<unknown>, string, string, unknown?][] = [
    [
      "read",
      (c) => c.markRead("1", "wamid.1"),
      "POST",
      "/1/messages",
      { messaging_product: "whatsapp", status: "read", message_id: "wamid.1" },
    ],
    [
      "typing",
      (c) => c.markRead("1", "wamid.1", { typing: true }),
      "POST",
      "/1/messages",
      { messaging_product: "whatsapp", status: "read", message_id: "wamid.1", typing_indicator: { type: "text" } },
    ],
    ["delete media", (c) => c.deleteMedia("5", "1"), "DELETE", "/5?phone_number_id=1"],
    ["delete a template", (c) => c.deleteTemplate("9", "eta"), "DELETE", "/9/message_templates?name=eta"],
    [
      "delete one language",
      (c) => c.deleteTemplate("9", "eta", "77"),
      "DELETE",
      "/9/message_templates?name=eta&hsm_id=77",
    ],
    ["subscribe", (c) => c.subscribe("9"), "POST", "/9/subscribed_apps", {}],
    [
      "subscribe elsewhere",
      (c) => c.subscribe("9", { callbackUrl: "https://h.example/w", verifyToken: "v" }),
      "POST",
      "/9/subscribed_apps",
      { override_callback_uri: "https://h.example/w", verify_token: "v" },
    ],
    ["unsubscribe", (c) => c.unsubscribe("9"), "DELETE", "/9/subscribed_apps"],
    [
      "a number's webhook",
      (c) => c.setNumberWebhook("1", { callbackUrl: "https://h.example/w", verifyToken: "v" }),
      "POST",
      "/1",
      { webhook_configuration: { override_callback_uri: "https://h.example/w", verify_token: "v" } },
    ],
    [
      "no webhook of its own",
      (c) => c.setNumberWebhook("1", null),
      "POST",
      "/1",
      { webhook_configuration: { override_callback_uri: "" } },
    ],
    [
      "profile",
      (c) => c.updateProfile("1", { about: "Oak", websites: ["https://cedar.example"] }),
      "POST",
      "/1/whatsapp_business_profile",
      { messaging_product: "whatsapp", about: "Oak", websites: ["https://cedar.example"] },
    ],
    ["an id that is a path", (c) => c.deleteMedia("../5?x=1"), "DELETE", "/..%2F5%3Fx%3D1"],
  ];
  it.each(cases)("%s", async (_name, call, method, path, body) => {
    const { client, requests } = given();
    expect(await call(client)).toEqual({ ok: true, value: null });
    expect(requests).toMatchObject([{ method, url: root + path, headers: { authorization: "Bearer t0ken" } }]);
    expect(bodyOf(requests[0])).toEqual(body);
  });

  it("go to the configured base and version", async () => {
    const requests: NetworkRequest[] = [];
    const network: Network = {
      request: async (request) => {
        requests.push(request);
        return answered(200, { success: true });
      },
    };
    const client = createWhatsAppClient({
      accessToken: "t",
      network,
      baseUrl: "http://127.0.0.1:4401/",
      version: "v24.0",
    });
    await client.unsubscribe("9");
    expect(requests[0]?.url).toBe("http://127.0.0.1:4401/v24.0/9/subscribed_apps");
  });

  it.each([
    [
      "a refusal",
      answered(400, { error: { code: 100, message: "No", error_data: { details: "Why" } } }),
      { reason: "invalid", code: "100", detail: "Why" },
    ],
    ["HTML", answered(502, "<html>"), { reason: "platformTrouble", code: "http.502" }],
    ["401 without a word", answered(401, ""), { reason: "unauthorised", code: "http.401" }],
    ["success that is none", answered(200, { success: false }), { code: "answer.incomplete" }],
    ["200 with an error", answered(200, { error: { code: 190, message: "x" } }), { reason: "unauthorised" }],
    [
      "no line",
      { kind: "failed", reason: "nameNotFound", mayHaveLeft: false, detail: "d" } as const,
      { reason: "notConnected", code: "line.nameNotFound" },
    ],
  ] as const)("fail with %s", async (_name, answer, failure) => {
    const { client } = given(answer);
    expect(await client.subscribe("9")).toMatchObject({ ok: false, failure });
    expect(JSON.stringify(await client.getAccount("9"))).not.toContain("t0ken");
  });
});

describe("lists", () => {
  const node = { id: "77", name: "eta", language: "nl", status: "APPROVED", category: "UTILITY", components: [] };
  it("are read page by page, by cursor", async () => {
    const { client, requests } = given(
      answered(200, {
        data: [node, "noise"],
        paging: { cursors: { after: "CUR" }, next: "https://graph.facebook.com/?access_token=t0ken" },
      }),
      answered(200, { data: [], paging: { cursors: { after: "CUR2" } } }),
    );
    const first = await client.listTemplates("9", { limit: 2, status: "approved" });
    expect(first).toMatchObject({ ok: true, value: { items: [{ id: "77", status: "approved" }], next: "CUR" } });
    expect(requests[0]?.url).toContain("&limit=2&status=APPROVED");
    const last = await client.listTemplates("9", { after: "CUR" });
    expect(last).toEqual({ ok: true, value: { items: [] } });
    expect(requests[1]?.url).toContain("after=CUR");
  });
  it("of numbers, and a number and account by themselves", async () => {
    const number = {
      id: "100200300400500",
      display_phone_number: "+1 555-010-0200",
      verified_name: "Cedar",
      quality_rating: "GREEN",
      status: "CONNECTED",
      throughput: { level: "STANDARD" },
      whatsapp_business_manager_messaging_limit: "TIER_2K",
      is_on_biz_app: false,
    };
    const read = {
      id: "100200300400500",
      phone: "+15550100200",
      displayPhone: "+1 555-010-0200",
      quality: "green",
      status: "connected",
      throughput: "standard",
      messagingLimit: 2000,
      isOnBusinessApp: false,
    };
    expect(await given(answered(200, { data: [number] })).client.listNumbers("9")).toMatchObject({
      value: { items: [read] },
    });
    expect(await given(answered(200, number)).client.getNumber("1")).toMatchObject({ value: read });
    const account = {
      id: "9",
      name: "Cedar",
      account_review_status: "APPROVED",
      health_status: { can_send_message: "LIMITED" },
    };
    expect(await given(answered(200, account)).client.getAccount("9")).toMatchObject({
      value: { reviewStatus: "approved", canSend: "limited" },
    });
    const profile = answered(200, {
      data: [{ messaging_product: "whatsapp", about: "Oak", websites: ["https://a.example"] }],
    });
    expect(await given(profile).client.getProfile("1")).toEqual({
      ok: true,
      value: { about: "Oak", websites: ["https://a.example"] },
    });
  });
  it("a template asked for answers its id, status and the category it was given", async () => {
    const { client, requests } = given(answered(200, { id: "77", status: "PENDING", category: "MARKETING" }));
    const draft = {
      name: "eta",
      language: "nl",
      category: "utility",
      parameterFormat: "positional",
      components: [{ type: "body", text: "Hi." }],
    } as const;
    expect(await client.createTemplate("9", draft)).toEqual({
      ok: true,
      value: { id: "77", status: "pending", category: "marketing" },
    });
    expect(bodyOf(requests[0])).toMatchObject({
      name: "eta",
      category: "UTILITY",
      components: [{ type: "BODY", text: "Hi." }],
    });
  });
});

describe("media", () => {
  const file = utf8.encode("file");
  const url = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=5";
  const sha256 = createHash("sha256").update(file).digest();

  it("go up as a form that a file name cannot break out of", async () => {
    const { client, requests } = given(answered(200, { id: "5" }));
    const uploaded = await client.uploadMedia("1", { bytes: file, mimeType: "image/png", filename: 'a"\r\nx: y.png' });
    expect(uploaded).toEqual({ ok: true, value: { id: "5" } });
    const type = requests[0]?.headers?.["content-type"] ?? "";
    const form = await new Response(requests[0]?.body as Uint8Array<ArrayBuffer>, {
      headers: { "content-type": type },
    }).formData();
    expect(form.get("messaging_product")).toBe("whatsapp");
    expect(form.get("type")).toBe("image/png");
    const sent = form.get("file");
    expect(sent instanceof File && [sent.name, sent.type, await sent.text()]).toEqual([
      "a___x: y.png",
      "image/png",
      "file",
    ]);
  });

  it.each([
    ["https://evil.example/x"],
    ["https://lookaside.fbsbx.com.evil.example/"],
    ["https://lookaside.fbsbx.com:8443/"],
    ["http://lookaside.fbsbx.com/"],
    ["https://graph.facebook.com@evil.example/"],
    ["not an address"],
    [""],
  ])("the token does not go to %j", async (address) => {
    const { client, requests } = given(answered(200, file));
    expect(await client.downloadMedia(address)).toMatchObject({ ok: false, failure: { code: "media.foreignHost" } });
    expect(requests).toEqual([]);
  });

  it.each([[url], ["https://graph.facebook.com/v25.0/media"]])("come down with the token from %s", async (address) => {
    const { client, requests } = given(answered(200, file, { "content-type": "image/png" }));
    expect(await client.downloadMedia(address)).toEqual({ ok: true, value: { bytes: file, mimeType: "image/png" } });
    expect(requests[0]?.headers).toEqual({ authorization: "Bearer t0ken" });
    expect(requests[0]?.redirects).toBeUndefined();
  });

  it.each([["hex"], ["base64"]] as const)("are the ones announced, by a hash in %s", async (form) => {
    const { client } = given(answered(200, file));
    expect(await client.downloadMedia(url, { sha256: sha256.toString(form) })).toMatchObject({ ok: true });
    const other = createHash("sha256").update("other").digest(form);
    expect(await client.downloadMedia(url, { sha256: other })).toMatchObject({ failure: { code: "media.altered" } });
  });

  it("are asked for anew, once, where the address has expired", async () => {
    const node = answered(200, {
      url,
      mime_type: "image/png",
      sha256: sha256.toString("hex"),
      file_size: "4",
      id: "5",
    });
    const late = given(node, answered(404, ""), node, answered(200, file));
    expect(await late.client.fetchMedia("5")).toMatchObject({ ok: true, value: { bytes: file } });
    expect(late.requests).toHaveLength(4);
    const gone = given(node, answered(404, ""), node, answered(404, ""));
    expect(await gone.client.fetchMedia("5")).toMatchObject({ ok: false, failure: { code: "media.expired" } });
    expect(await given(node).client.getMedia("5")).toMatchObject({ ok: true, value: { bytes: 4 } });
  });
});

describe("blocking", () => {
  it("tells who was and who was not, also where the platform calls that an error", async () => {
    const { client, requests } = given(
      answered(400, {
        block_users: {
          added_users: [{ input: "31612345678", wa_id: "31612345678" }],
          failed_users: [{ input: "31600000000", wa_id: "31600000000", errors: [{ code: 131047, message: "x" }] }],
        },
        error: { code: 139100, message: "Failed" },
      }),
    );
    expect(await client.block("1", [{ phone: "+31612345678" }, { userId: "NL.1" }])).toMatchObject({
      ok: true,
      value: {
        done: [{ phone: "+31612345678" }],
        failed: [{ input: "31600000000", failures: [{ reason: "windowClosed" }] }],
      },
    });
    expect(bodyOf(requests[0])).toEqual({
      messaging_product: "whatsapp",
      block_users: [{ user: "31612345678" }, { user_id: "NL.1" }],
    });
  });
  it("lifts a block, lists the blocked, and fails where nothing was done", async () => {
    const lifted = given(answered(200, { block_users: { removed_users: [{ input: "1", wa_id: "31612345678" }] } }));
    expect(await lifted.client.unblock("1", [{ phone: "+31612345678" }])).toMatchObject({
      value: { done: [{ phone: "+31612345678" }] },
    });
    expect(lifted.requests[0]?.method).toBe("DELETE");
    const list = given(answered(200, { data: [{ wa_id: "31612345678" }, {}] }));
    expect(await list.client.listBlocked("1")).toEqual({ ok: true, value: { items: [{ phone: "+31612345678" }] } });
    const full = given(answered(400, { error: { code: 139101, message: "Full" } }));
    expect(await full.client.block("1", [{ phone: "+31612345678" }])).toMatchObject({
      ok: false,
      failure: { code: "139101" },
    });
  });
});

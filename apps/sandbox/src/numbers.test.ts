import { dayMs, hourMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text } from "./given.ts";
import { qrModules } from "./platform/qr-picture.ts";

afterEach(closeAll);

/** A number just added to the bakery's account, not verified yet. */
async function givenNewNumber(given: Given): Promise<string> {
  const answer = await given.graph("POST", `/${given.accountId}/phone_numbers`, {
    cc: "31",
    phone_number: "612340000",
    verified_name: "De Korenaar Zuid",
  });
  expect(answer.status).toBe(200);
  return answer.body.id;
}

const code = (answer: { body: Record<string, { code?: number }> }) => answer.body.error?.code ?? 200;

/** An app of the test's own that hears every field. */
async function hearEverything(given: Given): Promise<void> {
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
}

describe("a new number", () => {
  it("is verified with the code the control face tells, registered with a PIN, and named after a review", async () => {
    const given = await givenSandbox();
    await hearEverything(given);
    const id = await givenNewNumber(given);
    const twice = { cc: "31", phone_number: "612340000", verified_name: "Nog eens" };
    expect(code(await given.graph("POST", `/${given.accountId}/phone_numbers`, twice))).toBe(2388012);

    const pin = { messaging_product: "whatsapp", pin: "123456" };
    const hello = { messaging_product: "whatsapp", to: "31612345678", ...text("Hallo") };
    expect(code(await given.graph("POST", `/${id}/messages`, hello))).toBe(133010);
    expect(code(await given.graph("POST", `/${id}/register`, pin))).toBe(133006);
    await given.graph("POST", `/${id}/request_code`, { code_method: "SMS", language: "nl_NL" });
    const { code: secret } = (await given.control("GET", `/numbers/${id}`)).body;
    expect(secret).toMatch(/^\d{6}$/);
    const wrong = await given.graph("POST", `/${id}/verify_code`, { code: secret === "000000" ? "1" : "000000" });
    expect(wrong.body.error).toMatchObject({ code: 100, error_subcode: 136025 });
    expect(code(await given.graph("POST", `/${id}/verify_code`, { code: secret }))).toBe(200);
    expect(code(await given.graph("POST", `/${id}/register`, pin))).toBe(200);
    expect(code(await given.graph("POST", `/${id}/messages`, { ...hello, ...orderUpdate }))).toBe(200);

    await given.control("POST", `/numbers/${id}/name`, { type: "approve" });
    await given.graph("POST", `/${id}`, { new_display_name: "De Korenaar Kralingen" });
    await given.control("POST", `/numbers/${id}/name`, { type: "reject", reason: "NAME_NOT_CONSISTENT" });
    const node = await given.graph("GET", `/${id}?fields=status,name_status,code_verification_status,verified_name`);
    expect(node.body).toEqual({
      id,
      status: "CONNECTED",
      name_status: "APPROVED",
      code_verification_status: "VERIFIED",
      verified_name: "De Korenaar Zuid",
    });
    await given.sandbox.quiet();
    expect(given.subscriber.values("phone_number_name_update")).toEqual([
      {
        display_phone_number: "31612340000",
        decision: "APPROVED",
        requested_verified_name: "De Korenaar Zuid",
        rejection_reason: null,
      },
      {
        display_phone_number: "31612340000",
        decision: "REJECTED",
        requested_verified_name: "De Korenaar Kralingen",
        rejection_reason: "NAME_NOT_CONSISTENT",
      },
    ]);
  });

  it("guessing PINs is slowed, stopped for a day, and registering is counted over 72 hours", async () => {
    const given = await givenSandbox();
    const { id } = given.number;
    const register = async (pin: string) => code(await given.graph("POST", `/${id}/register`, { pin }));
    expect(await register("111111")).toBe(200);
    expect(await register("222222")).toBe(133005);
    expect(await register("111111")).toBe(133009);
    for (const _ of [2, 3]) {
      await given.sandbox.advance(6_000);
      expect(await register("222222")).toBe(133005);
    }
    await given.sandbox.advance(6_000);
    expect(await register("111111")).toBe(133008);
    await given.sandbox.advance(dayMs);
    for (let count = 2; count <= 10; count++) expect([count, await register("111111")]).toEqual([count, 200]);
    expect(await register("111111")).toBe(133016);
    await given.sandbox.advance(3 * dayMs);
    expect(await register("111111")).toBe(200);
  });
});

describe("a link to a number", () => {
  it("opens the chat on a phone with its text filled in, until the person writes", async () => {
    const given = await givenSandbox();
    const { id, number } = given.number;
    const made = await given.graph("POST", `/${id}/message_qrdls`, {
      prefilled_message: "Ik wil een taart bestellen",
      generate_qr_image: "SVG",
    });
    expect(made.body).toMatchObject({
      code: expect.stringMatching(/^[A-Z2-7]{14}$/),
      deep_link_url: `https://wa.me/message/${made.body.code}`,
    });
    await given.graph("POST", `/${id}/conversational_automation`, {
      prompts: ["Openingstijden?"],
      commands: [{ command_name: "taart", command_description: "Bestel een taart" }],
    });
    const opened = await given.control("POST", "/phones/31612345678/links", { link: made.body.deep_link_url });
    expect(opened.body).toEqual({
      numberId: id,
      draft: "Ik wil een taart bestellen",
      prompts: ["Openingstijden?"],
      commands: [{ command_name: "taart", command_description: "Bestel een taart" }],
    });
    const draft = async () => (await given.control("GET", "/phones/31612345678")).body.threads[0].draft;
    expect(await draft()).toBe("Ik wil een taart bestellen");
    await given.personWrites(text("Ik wil een taart bestellen"));
    expect(await draft()).toBeNull();
    const short = { link: `https://wa.me/${number}?text=Hoi%20daar` };
    expect((await given.control("POST", "/phones/31687654321/links", short)).body.draft).toBe("Hoi daar");
    const nowhere = { link: "https://wa.me/message/AAAAAAAAAAAAAA" };
    expect((await given.control("POST", "/phones/31687654321/links", nowhere)).status).toBe(404);
  });

  it("has a picture that a camera reads", async () => {
    const given = await givenSandbox();
    const edge = `/${given.number.id}/message_qrdls`;
    const made = await given.graph("POST", edge, { prefilled_message: "Hallo", generate_qr_image: "PNG" });
    const png = await fetch(made.body.qr_image_url);
    const bytes = Buffer.from(await png.arrayBuffer());
    expect([png.headers.get("content-type"), bytes.readUInt32BE(16)]).toEqual(["image/png", 296]);
    const path = `${edge}?fields=${encodeURIComponent("code,qr_image_url.format(SVG)")}`;
    const [listed] = (await given.graph("GET", path)).body.data;
    const svg = await fetch(listed.qr_image_url);
    expect(svg.headers.get("content-type")).toBe("image/svg+xml");
    expect(await svg.text()).toContain("<path");
    expect((await fetch(`${given.sandbox.url}/_sandbox/qr/NONE.svg`)).status).toBe(404);
  });

  it("is drawn as the standard has it", () => {
    // Read back by an independent decoder when it was written; three rows suffice to notice a change.
    const rows = qrModules("https://wa.me/message/ABCDEFGHIJK234").map((row) =>
      row.map((isDark) => (isDark ? "1" : "0")).join(""),
    );
    expect([rows[0], rows[8], rows[28]]).toEqual([
      "11111110001101101010001111111",
      "10101010000000100000100010010",
      "11111110110011011001111111011",
    ]);
    expect(() => qrModules("x".repeat(43))).toThrow(RangeError);
  });

  it("is listed, changed and taken away", async () => {
    const given = await givenSandbox();
    const edge = `/${given.number.id}/message_qrdls`;
    const [first, second] = [
      (await given.graph("POST", edge, { prefilled_message: "een" })).body.code,
      (await given.graph("POST", edge, { prefilled_message: "twee" })).body.code,
    ];
    await given.graph("POST", edge, { code: first, prefilled_message: "drie" });
    const listed = await given.graph("GET", edge);
    expect(listed.body.data.map((one: { prefilled_message: string }) => one.prefilled_message)).toEqual([
      "drie",
      "twee",
    ]);
    expect((await given.graph("GET", `${edge}/${second}`)).body.data[0].prefilled_message).toBe("twee");
    expect((await given.graph("DELETE", `${edge}/${second}`)).body).toEqual({ success: true });
    expect((await given.graph("GET", `${edge}/${second}`)).status).toBe(400);
    expect(code(await given.graph("POST", edge, { prefilled_message: "x".repeat(141) }))).toBe(131009);
  });
});

describe("conversational components", () => {
  it.each<[string, object]>([
    ["five prompts", { prompts: ["a", "b", "c", "d", "e"] }],
    ["a prompt too long", { prompts: ["x".repeat(81)] }],
    ["a prompt with an emoji", { prompts: ["Taart 🍰"] }],
    ["a command name too long", { commands: [{ command_name: "x".repeat(33), command_description: "y" }] }],
    ["31 commands", { commands: Array(31).fill({ command_name: "x", command_description: "y" }) }],
  ])("refuse %s", async (_, body) => {
    const given = await givenSandbox();
    expect(code(await given.graph("POST", `/${given.number.id}/conversational_automation`, body))).toBe(131009);
    const node = await given.graph("GET", `/${given.number.id}?fields=conversational_automation`);
    expect(node.body.conversational_automation).toMatchObject({ prompts: [], commands: [] });
  });
});

describe("a username", () => {
  it("belongs to one number, is told, and moves within the portfolio when asked to", async () => {
    const given = await givenSandbox();
    await hearEverything(given);
    const [, other] = given.sandbox.accounts;
    const theirs = other?.numbers[0]?.id;
    const take = async (id: string | undefined, body: object, token = given.token) =>
      code(await given.graph("POST", `/${id}/username`, body, token));
    expect(await take(given.number.id, { username: "@korenaar" })).toBe(200);
    expect(await take(theirs, { username: "korenaar" }, other?.token)).toBe(147001);
    const { id: sister } = (
      await given.control("POST", `/accounts/${given.accountId}/numbers`, { displayNumber: "+31 10 808 0102" })
    ).body;
    expect(await take(sister, { username: "korenaar" })).toBe(147005);
    expect(await take(sister, { username: "korenaar", transfer_action: "TRANSFER" })).toBe(200);
    expect((await given.graph("GET", `/${given.number.id}/username`)).body).toEqual({ status: "none" });
    expect(await take(given.number.id, { username: "ab" })).toBe(100);
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_250" });
    expect(await take(given.number.id, { username: "brood.enzo" })).toBe(147002);
    expect((await given.graph("DELETE", `/${sister}/username`)).body).toEqual({ success: true });
    const { data } = (await given.graph("GET", `/${sister}/username_suggestions`)).body;
    expect(data).toContain("bakkerij.de.korenaar");
    await given.sandbox.quiet();
    const told = given.subscriber.values("business_username_update").map(({ status }) => status);
    expect(told).toEqual(["approved", "deleted", "approved", "deleted"]);
  });
});

describe("settings of a number", () => {
  it("check a person's identity when they say so", async () => {
    const given = await givenSandbox();
    const edge = `/${given.number.id}/settings`;
    const identity = { user_identity_change: { enable_identity_key_check: true } };
    expect((await given.graph("POST", edge, identity)).body).toEqual({ success: true });
    expect((await given.graph("GET", edge)).body).toMatchObject(identity);
    await given.personWrites();
    const hash = given.subscriber.values("messages")[0]?.contacts[0].identity_key_hash;
    const send = async (recipient_identity_key_hash: string) =>
      code(
        await given.graph("POST", `/${given.number.id}/messages`, {
          messaging_product: "whatsapp",
          to: "31612345678",
          recipient_identity_key_hash,
          ...text("Dag"),
        }),
      );
    expect(await send(hash)).toBe(200);
    expect(await send("another")).toBe(137000);
    expect(code(await given.graph("POST", edge, {}))).toBe(100);
  });

  it("of a test number let it write to its list alone", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/numbers/${given.number.id}`, { allowedRecipients: ["+31 6 12345678"] });
    await expect(given.send(orderUpdate)).resolves.toMatch(/^wamid/);
    await expect(given.send(orderUpdate, "31687654321")).rejects.toThrow("131030");
  });
});

describe("a number that is on the business app too", () => {
  it("synchronizes contacts and history once each, within a day", async () => {
    const given = await givenSandbox();
    await hearEverything(given);
    const { id } = given.number;
    const sync = async (sync_type: string) =>
      code(await given.graph("POST", `/${id}/smb_app_data`, { messaging_product: "whatsapp", sync_type }));
    await given.control("POST", "/phones/31612345678/history", {
      messages: [
        { from: "phone", type: "text", text: { body: "Goedemorgen" }, timestamp: "2026-11-20T09:00:00Z" },
        { from: "business", type: "image", image: {}, timestamp: "2026-11-22T07:00:00Z", status: "read" },
      ],
    });
    expect(await sync("history")).toBe(100);
    await given.control("PUT", `/numbers/${id}`, { businessApp: {} });
    expect([await sync("smb_app_state_sync"), await sync("history"), await sync("history")]).toEqual([
      200, 200, 2593107,
    ]);
    await given.sandbox.quiet();
    const [state] = given.subscriber.values("smb_app_state_sync");
    expect(state?.state_sync).toEqual([
      expect.objectContaining({ action: "add", contact: expect.objectContaining({ phone_number: "31612345678" }) }),
    ]);
    const history = given.subscriber.values("history").flatMap((value) => value.history ?? []);
    expect(history.map(({ metadata, threads }) => [metadata.phase, threads[0].messages[0].type])).toEqual([
      [0, "media_placeholder"],
      [1, "text"],
    ]);

    await given.control("POST", `/numbers/${id}/echoes`, { to: "31612345678", ...text("Tot zo!") });
    await given.sandbox.quiet();
    expect(given.subscriber.values("smb_message_echoes")[0]?.message_echoes[0]).toMatchObject({
      to: "31612345678",
      text: { body: "Tot zo!" },
    });
    await given.control("PUT", `/numbers/${id}`, { businessApp: { sharesHistory: false } });
    await sync("history");
    await given.sandbox.quiet();
    expect(given.subscriber.values("history").at(-1)?.history[0].errors[0].code).toBe(2593109);
    await given.sandbox.advance(25 * hourMs);
    expect(await sync("smb_app_state_sync")).toBe(2593108);
    expect(code(await given.graph("POST", `/${id}/deregister`))).toBe(100);
  });
});

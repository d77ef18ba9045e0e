import { hourMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox, orderUpdate } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const template = (name: string, components: Body[] = [], code = "nl"): Body => ({
  type: "template",
  template: { name, language: { code }, components },
});
const texts = (...values: string[]): Body => ({
  type: "body",
  parameters: values.map((value) => ({ type: "text", text: value })),
});

describe("templates", () => {
  const good = {
    name: "delivery_moment",
    language: "nl",
    category: "UTILITY",
    components: [
      {
        type: "body",
        text: "Dag {{1}}, we komen om {{2}} bij u langs met het brood.",
        example: { body_text: [["Sam", "14.00"]] },
      },
      { type: "buttons", buttons: [{ type: "quick_reply", text: "Prima" }] },
    ],
  };

  it("are created pending, decided by hand and announced, edited and deleted", async () => {
    const given = await givenSandbox({ callbackUrl: "" });
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    const path = `/v25.0/${given.accountId}/message_templates`;
    const { id, ...created } = (await given.graph("POST", path, good)).body;
    expect(created).toEqual({ status: "PENDING", category: "UTILITY" });
    const send = () =>
      given.graph("POST", `/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...template("delivery_moment", [texts("Sam", "14.00")]),
      });
    expect((await send()).body.error.code).toBe(132001);

    await given.control("POST", `/templates/${id}/actions`, { type: "reject", reason: "INVALID_FORMAT" });
    expect((await given.graph("GET", `/v25.0/${id}?fields=status,rejected_reason`)).body).toEqual({
      id,
      status: "REJECTED",
      rejected_reason: "INVALID_FORMAT",
    });
    await given.graph("POST", `/v25.0/${id}`, { components: good.components });
    await given.control("POST", `/templates/${id}/actions`, { type: "approve" });
    expect((await send()).body.messages[0].message_status).toBe("accepted");
    expect((await given.graph("POST", `/v25.0/${id}`, { components: good.components })).body.error).toMatchObject({
      code: 100,
      error_user_title: "Too many edits",
    });
    expect((await given.graph("DELETE", `${path}?name=delivery_moment`)).body).toEqual({ success: true });
    await given.sandbox.quiet();
    expect(
      given.subscriber.values("message_template_status_update").map(({ event, reason }) => [event, reason]),
    ).toEqual([
      ["REJECTED", "INVALID_FORMAT"],
      ["APPROVED", "NONE"],
      ["DELETED", "NONE"],
    ]);
    expect(given.subscriber.values("message_template_status_update")[0]).toMatchObject({
      message_template_id: Number(id),
      message_template_name: "delivery_moment",
      message_template_language: "nl",
      rejection_info: { reason: expect.any(String) },
    });
  });

  it("pause for 3 hours, then 6, and are disabled the third time", async () => {
    const given = await givenSandbox();
    const status = async () =>
      (await given.control("GET", "/templates")).body.items.find((one: Body) => one.name === "track_order").status;
    const pause = () => given.control("POST", "/templates/track_order/actions", { type: "pause" });
    await pause();
    await given.sandbox.advance(3 * hourMs - 1);
    expect(await status()).toBe("PAUSED");
    await given.sandbox.advance(1);
    expect(await status()).toBe("APPROVED");
    await pause();
    await given.sandbox.advance(5 * hourMs);
    expect(await status()).toBe("PAUSED");
    await given.sandbox.advance(hourMs);
    expect(await status()).toBe("APPROVED");
    await pause();
    expect(await status()).toBe("DISABLED");
    const answer = await given.graph("POST", `/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: "31612345678",
      ...template("track_order", [texts("Sam")]),
    });
    expect(answer.body.error.code).toBe(132016);
  });

  it("are listed with filters, page by page", async () => {
    const given = await givenSandbox();
    const path = `/v25.0/${given.accountId}/message_templates`;
    const names = async (query: string) =>
      (await given.graph("GET", `${path}?${query}`)).body.data.map((one: Body) => `${one.name} ${one.language}`);
    expect(await names("name=order_update&language=de")).toEqual(["order_update de"]);
    expect(await names("status=PAUSED")).toEqual(["loyalty_points nl"]);
    const seen: string[] = [];
    let next: string | undefined = `${given.sandbox.url}${path}?limit=4&fields=name,language`;
    while (next) {
      const page = await given.graph("GET", next.slice(given.sandbox.url.length));
      expect(Object.keys(page.body.data[0]).sort()).toEqual(["id", "language", "name"]);
      seen.push(...page.body.data.map((one: Body) => `${one.name} ${one.language}`));
      next = page.body.paging.next;
    }
    expect(new Set(seen).size).toBe(11);
    expect((await given.graph("GET", `${path}?after=rubbish`)).body.error.code).toBe(131059);
    expect((await given.graph("GET", `${path}?summary=total_count&limit=1`)).body.summary).toMatchObject({
      total_count: 11,
    });
  });

  it.each<[string, Body, number | undefined]>([
    ["a name in capitals", { name: "Delivery" }, 2388072],
    ["a name that exists in this language", { name: "order_update" }, 2388024],
    [
      "a variable at the start",
      { components: [{ type: "BODY", text: "{{1}}, dag en welkom bij ons", example: { body_text: [["a"]] } }] },
      2388299,
    ],
    [
      "a variable at the end",
      { components: [{ type: "BODY", text: "We zien u graag om {{1}}", example: { body_text: [["a"]] } }] },
      2388299,
    ],
    [
      "variables with a gap",
      {
        components: [
          { type: "BODY", text: "Dag {{1}} en ook {{3}} van ons allemaal", example: { body_text: [["a", "b"]] } },
        ],
      },
      2388072,
    ],
    [
      "adjacent variables",
      {
        components: [
          { type: "BODY", text: "Dag {{1}} {{2}} van ons allemaal hier samen", example: { body_text: [["a", "b"]] } },
        ],
      },
      2388072,
    ],
    [
      "too many variables",
      {
        components: [
          { type: "BODY", text: "Dag {{1}}, {{2}}, {{3}} groet", example: { body_text: [["a", "b", "c"]] } },
        ],
      },
      2388293,
    ],
    ["no example", { components: [{ type: "BODY", text: "Dag {{1}}, we komen bij u langs" }] }, 2388072],
    ["no body", { components: [{ type: "FOOTER", text: "x" }] }, 2388072],
    ["a body too long", { components: [{ type: "BODY", text: "x".repeat(1025) }] }, 2388040],
    [
      "emoji in the header",
      {
        components: [
          { type: "HEADER", format: "TEXT", text: "Dag 👋" },
          { type: "BODY", text: "Dag allemaal" },
        ],
      },
      2388047,
    ],
    [
      "a variable in the footer",
      {
        components: [
          { type: "BODY", text: "Dag allemaal" },
          { type: "FOOTER", text: "{{1}}" },
        ],
      },
      2388073,
    ],
    [
      "scattered quick replies",
      {
        components: [
          { type: "BODY", text: "Dag allemaal" },
          {
            type: "BUTTONS",
            buttons: [
              { type: "QUICK_REPLY", text: "A" },
              { type: "URL", text: "B", url: "https://a.example" },
              { type: "QUICK_REPLY", text: "C" },
            ],
          },
        ],
      },
      2388072,
    ],
    [
      "a link with a variable in the middle",
      {
        components: [
          { type: "BODY", text: "Dag allemaal" },
          { type: "BUTTONS", buttons: [{ type: "URL", text: "B", url: "https://a.example/{{1}}/x", example: ["x"] }] },
        ],
      },
      2388072,
    ],
    ["a language that does not exist", { language: "nl_NL" }, undefined],
    ["an unknown category", { category: "NEWS" }, undefined],
  ])("with %s are refused", async (_what, change, subcode) => {
    const given = await givenSandbox();
    const answer = await given.graph("POST", `/v25.0/${given.accountId}/message_templates`, { ...good, ...change });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe(100);
    expect(answer.body.error.error_subcode).toBe(subcode);
    if (subcode)
      expect(answer.body.error).toMatchObject({
        error_user_title: expect.any(String),
        error_user_msg: expect.any(String),
      });
  });

  it("with a picture take a sample uploaded in pieces", async () => {
    const given = await givenSandbox();
    const opened = await given.graph(
      "POST",
      `/v25.0/${given.sandbox.app.id}/uploads?file_name=a.png&file_length=6&file_type=image/png`,
    );
    const url = `${given.sandbox.url}/v25.0/${opened.body.id}`;
    const piece = async (offset: number, bytes: string) => {
      const headers = { authorization: `OAuth ${given.token}`, file_offset: String(offset) };
      return (await (await fetch(url, { method: "POST", headers, body: bytes })).json()) as Body;
    };
    expect(await piece(0, "abc")).toMatchObject({ file_offset: 3 });
    expect((await given.graph("GET", `/v25.0/${opened.body.id}`)).body.file_offset).toBe(3);
    expect(await piece(0, "abc")).toMatchObject({ error: { code: 100 } });
    const { h } = await piece(3, "def");
    expect(h).toMatch(/^4::/);
    const components = [
      { type: "HEADER", format: "IMAGE", example: { header_handle: [h] } },
      { type: "BODY", text: "Vers uit de oven" },
    ];
    const created = await given.graph("POST", `/v25.0/${given.accountId}/message_templates`, {
      name: "fresh",
      language: "nl",
      category: "MARKETING",
      components,
    });
    expect(created.body.status).toBe("PENDING");
    await given.control("POST", "/templates/fresh/actions", { type: "approve" });
    const send = (header: Body[]) =>
      given.graph("POST", `/${given.number.id}/messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...template("fresh", header),
      });
    expect((await send([])).body.error).toMatchObject({
      code: 132012,
      error_data: { details: "header: Format mismatch, expected IMAGE, received UNKNOWN" },
    });
    const picture = { type: "image", image: { link: "https://korenaar.example/brood.jpg" } };
    expect((await send([{ type: "header", parameters: [picture] }])).status).toBe(200);
  });

  it("marketing ones alone go over marketing_messages", async () => {
    const given = await givenSandbox();
    const send = (content: Body) =>
      given.graph("POST", `/v25.0/${given.number.id}/marketing_messages`, {
        messaging_product: "whatsapp",
        to: "31612345678",
        ...content,
      });
    const offer = await send(template("weekend_offer", [texts("Sam", "staven")]));
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(offer.body.messages[0].id)[0]).toMatchObject({ pricing: { category: "marketing_lite" } });
    expect((await send(orderUpdate)).body.error.code).toBe(134100);
  });
});

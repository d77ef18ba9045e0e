import { createHmac } from "node:crypto";
import { dayMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox, orderUpdate } from "./given.ts";

afterEach(closeAll);

describe("a path", () => {
  it.each<[string, string, number, string]>([
    ["GET", "/nowhere", 2500, "Unknown path components: /nowhere"],
    ["GET", "/{number}/messages/more", 2500, "Unknown path components: /more"],
    ["POST", "/{number}/messages/more", 2500, "Unknown path components: /more"],
    ["GET", "/{number}/message_qrdls/CODE/more", 2500, "Unknown path components: /more"],
    [
      "GET",
      "/{number}/colours",
      100,
      "(#100) Tried accessing nonexisting field (colours) on node type (WhatsAppBusinessPhoneNumber)",
    ],
    [
      "GET",
      "/{account}/colours",
      100,
      "(#100) Tried accessing nonexisting field (colours) on node type (WhatsAppBusinessAccount)",
    ],
    ["POST", "/{number}/colours", 100, "Unsupported post request."],
    ["DELETE", "/{number}", 100, "Unsupported delete request."],
    ["POST", "/{account}/template_analytics", 100, "Unsupported post request."],
    ["PUT", "/{account}/message_templates", 100, "Unsupported put request."],
  ])("%s %s is refused with %d", async (method, path, code, message) => {
    const given = await givenSandbox();
    const url = path.replace("{number}", given.number.id).replace("{account}", given.accountId);
    const answer = await given.graph(method, `/v25.0${url}`, method === "GET" ? undefined : {});
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code, message: expect.stringContaining(message) });
  });
});

describe("a version", () => {
  it.each<[string, string]>([
    ["v25.0", "v25.0"],
    ["v22.0", "v22.0"],
    ["v20.0", "v21.0"],
    ["v2.0", "v21.0"],
    ["v99.0", "v99.0"],
  ])("%s is answered by %s on 22 November 2026", async (asked, served) => {
    const given = await givenSandbox();
    const answer = await given.graph("GET", `/${asked}/${given.number.id}`);
    expect([answer.status, answer.headers.get("facebook-api-version")]).toEqual([200, served]);
  });

  it("goes on its day", async () => {
    const given = await givenSandbox();
    const served = async () =>
      (await given.graph("GET", `/v21.0/${given.number.id}`)).headers.get("facebook-api-version");
    expect(await served()).toBe("v21.0");
    await given.sandbox.advance(60 * dayMs);
    expect(await served()).toBe("v22.0");
  });

  it("tells errors in the codes it knows", async () => {
    const given = await givenSandbox();
    const code = async (version: string) => {
      const message = { messaging_product: "whatsapp", to: "31612345678", ...orderUpdate };
      const answer = await given.graph("POST", `/${version}/${given.number.id}/marketing_messages`, message);
      return answer.body.error.code;
    };
    expect([await code("v23.0"), await code("v22.0")]).toEqual([134100, 131055]);
  });
});

describe("a proof of the app's secret", () => {
  it("must be the token's when it is given", async () => {
    const given = await givenSandbox();
    const proof = createHmac("sha256", given.sandbox.app.secret).update(given.token).digest("hex");
    const ask = (appsecret_proof: string) =>
      given.graph("GET", `/${given.number.id}?appsecret_proof=${appsecret_proof}`);
    expect((await ask(proof)).status).toBe(200);
    expect((await ask("f00")).body.error).toMatchObject({ code: 100, type: "GraphMethodException" });
  });
});

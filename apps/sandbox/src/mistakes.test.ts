import { type IncomingMessage, request } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate } from "./given.ts";

afterEach(closeAll);

/** The sandbox goes on: it sends, delivers, shows itself and can be kept. */
async function expectAlive(given: Given): Promise<void> {
  await given.send(orderUpdate);
  await given.sandbox.advance(60_000);
  for (const path of ["", "/clock", "/standing", "/log"]) expect((await given.control("GET", path)).status).toBe(200);
  given.sandbox.restore(given.sandbox.snapshot());
}

describe("whoever asks for what makes no sense", () => {
  const mistakes: [method: string, path: string, body: object | string, said: RegExp][] = [
    ["POST", "/clock", { advance: "999999999d" }, /no further than 9999/],
    ["POST", "/clock", { advance: 1e300 }, /no further than 9999/],
    ["POST", "/clock", { to: "+200000-01-01T00:00:00Z" }, /no further than 9999/],
    ["POST", "/reset", { seed: "seven" }, /seed must be a whole number/],
    ["PUT", "/snapshot", { state: { serial: 1, messages: {} } }, /messages is no map/],
    ["PUT", "/snapshot", '{"clockOffsetMs":1e300,"state":{"serial":1,"messages":{"$map":[]}}}', /shows no time/],
    ["POST", "/faults", { graph: [5] }, /graph\[0\] must be an object/],
    ["POST", "/faults", { graph: [{ times: 2 }] }, /no graph\[0\]\.times\. There are next, every, share/],
    ["POST", "/faults", { graph: [{ status: 42 }] }, /status must be a whole number from 200 to 599/],
    ["POST", "/faults", { graph: [{ headers: { "no name": "x" } }] }, /headers must be/],
    ["POST", "/faults", { graph: [{ close: "now" }] }, /close must be one of before, after/],
    ["POST", "/faults", { messages: [null] }, /messages\[0\] must be an object/],
    ["POST", "/faults", { messages: [{ next: 1 }] }, /messages\[0\]\.code must be a whole number/],
    ["POST", "/faults", { webhooks: { duplicate: { every: 0 } } }, /every must be a whole number of at least 1/],
    ["POST", "/faults", { webhooks: { duplicate: { share: 2 } } }, /share must be a number from 0 to 1/],
    ["POST", "/faults", { latency: { sentMs: "soon" } }, /latency\.sentMs must be a number/],
    ["POST", "/faults", { retry: { delaysMs: [] } }, /delaysMs must be a list with something in it/],
    ["POST", "/faults", { batch: { max: 0 } }, /batch\.max must be a whole number from 1 to 1000/],
    ["POST", "/faults", { gremlins: 1 }, /no gremlins\. There are graph/],
    ["PUT", "/phones/31612345678", { onWhatsapp: false }, /no onWhatsapp\. There are name, .*onWhatsApp/],
    ["PUT", "/accounts/{account}", { review: "never" }, /review must be one of hand, instant/],
    ["PUT", "/accounts/{account}", { paymentmethod: false }, /no paymentmethod\. There are .*paymentMethod/],
    ["POST", "/accounts", { name: "Slager", displayNumber: "soon" }, /displayNumber must be a phone number/],
    ["POST", "/accounts", { name: "Slager", displayNumber: "+31 10 808 0101" }, /De Korenaar's already/],
    ["PUT", "/numbers/{number}", { quality: "PURPLE" }, /quality must be one of GREEN/],
    ["PUT", "/numbers/{number}", { messagingLimit: "1000" }, /messagingLimit must be one of TIER_50/],
    ["PUT", "/numbers/{number}", { pairBurst: 0 }, /pairBurst must be/],
    ["PUT", "/numbers/{number}", { callbackUrl: "localhost:8080" }, /callbackUrl must be an http\(s\) URL/],
    ["PUT", "/apps/first", { callbackUrl: "/webhook" }, /callbackUrl must be an http\(s\) URL/],
    ["PUT", "/apps/first", { fields: "messages" }, /fields must be a list/],
    ["PUT", "/tokens/{token}", { expiresIn: "soon" }, /expiresIn must be a duration/],
    ["PUT", "/accounts/{account}/catalog", { products: 5 }, /products must be a list/],
    [
      "PUT",
      "/accounts/{account}/catalog",
      { products: [{ retailer_id: "rye", price: "x" }] },
      /price must be a number/,
    ],
    ["POST", "/accounts/{account}/tokens", { expiresIn: "soon" }, /expiresIn must be a duration/],
  ];
  it.each(mistakes)("hears what is wrong, and nothing else happens: %s %s %j", async (method, path, body, said) => {
    const given = await givenSandbox();
    const at = path
      .replace("{account}", given.accountId)
      .replace("{number}", given.number.id)
      .replace("{token}", given.token);
    const { url: _url, ...before } = (await given.control("GET", "")).body;
    const answer = await given.control(method, at, body);
    expect([answer.status, answer.body.error?.message]).toEqual([
      answer.status === 409 ? 409 : 400,
      expect.stringMatching(said),
    ]);
    expect((await given.control("GET", "")).body).toMatchObject(before);
    await expectAlive(given);
  });

  it("hears that a body is too large before sending it", async () => {
    const given = await givenSandbox();
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = { "content-length": 200_000_000 };
      const asking = request(`${given.sandbox.url}/_sandbox/media`, { method: "POST", headers }, resolve);
      asking.on("error", reject).flushHeaders();
    });
    expect(answer.statusCode).toBe(413);
    answer.destroy();
    await expectAlive(given);
  });

  it("puts a fault's member back with null", async () => {
    const given = await givenSandbox();
    const usual = (await given.control("GET", "/faults")).body;
    await given.control("POST", "/faults", { latency: { sentMs: 5_000 }, batch: { max: 1 }, webhooks: { delayMs: 5 } });
    await given.control("POST", "/faults", { latency: { sentMs: null }, batch: null, webhooks: { delayMs: null } });
    expect((await given.control("GET", "/faults")).body).toEqual(usual);
    await expectAlive(given);
  });

  it.each(["application/x-www-form-urlencoded", "text/plain;charset=UTF-8", "application/json"])(
    "may tell of a file in JSON whatever it is sent as: %s",
    async (type) => {
      const { sandbox } = await givenSandbox();
      const post = async (body: string) =>
        (
          await fetch(`${sandbox.url}/_sandbox/media`, { method: "POST", headers: { "content-type": type }, body })
        ).json();
      expect(await post('{"sample":"image"}')).toMatchObject({ mime_type: "image/png" });
      const data = Buffer.from("rye").toString("base64");
      expect(await post(JSON.stringify({ data, mime_type: "text/plain", filename: "rye.txt" }))).toMatchObject({
        file_size: 3,
        filename: "rye.txt",
      });
    },
  );

  it("can not turn the clock to nowhere in the same process either", async () => {
    const { sandbox } = await givenSandbox();
    for (const ms of [Number.NaN, -1, 1e300]) await expect(sandbox.advance(ms)).rejects.toThrow(RangeError);
  });
});

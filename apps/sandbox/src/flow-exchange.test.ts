import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  generateKeyPairSync,
  privateDecrypt,
} from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "./given.ts";
import type { Body } from "./platform/state.ts";

const servers: { close(): void }[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await closeAll();
});

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** What a business's endpoint does: opens the question, and seals what `answer` says to it. */
type Answer = (question: Body) => Body | number | "garbage";

async function givenEndpoint(given: Given, answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const expected = `sha256=${createHmac("sha256", given.sandbox.app.secret).update(raw).digest("hex")}`;
      if (request.headers["x-hub-signature-256"] !== expected) return response.writeHead(432).end();
      const sealed = JSON.parse(raw) as Record<"encrypted_aes_key" | "encrypted_flow_data" | "initial_vector", string>;
      const bytes = (name: keyof typeof sealed) => Buffer.from(sealed[name], "base64");
      const padding = constants.RSA_PKCS1_OAEP_PADDING;
      const key = privateDecrypt({ key: privateKey, padding, oaepHash: "sha256" }, bytes("encrypted_aes_key"));
      const vector = bytes("initial_vector");
      const decipher = createDecipheriv("aes-128-gcm", key, vector);
      const data = bytes("encrypted_flow_data");
      decipher.setAuthTag(data.subarray(-16));
      const text = Buffer.concat([decipher.update(data.subarray(0, -16)), decipher.final()]).toString("utf8");
      const said = answer(JSON.parse(text) as Body);
      if (typeof said === "number") return response.writeHead(said).end();
      if (said === "garbage") return response.end("bm90IHdoYXQgd2FzIGFza2VkIGZvcg==");
      const cipher = createCipheriv("aes-128-gcm", key, Buffer.from(vector.map((byte) => ~byte & 0xff)));
      const answered = Buffer.concat([cipher.update(JSON.stringify(said)), cipher.final(), cipher.getAuthTag()]);
      return response.end(answered.toString("base64"));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/flow`;
}

const json = {
  version: "7.3",
  data_api_version: "3.0",
  routing_model: { FIRST: ["LAST"], LAST: [] },
  screens: ["FIRST", "LAST"].map((id) => ({
    id,
    terminal: id === "LAST",
    layout: { type: "SingleColumnLayout", children: [] },
  })),
};

async function givenFlow(answer: Answer, key: string | null = publicKey) {
  const given = await givenSandbox();
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
  if (key !== null)
    await given.graph("POST", `/${given.number.id}/whatsapp_business_encryption`, { business_public_key: key });
  const made = await given.graph("POST", `/${given.accountId}/flows`, {
    name: "taart",
    categories: ["OTHER"],
    flow_json: JSON.stringify(json),
    endpoint_uri: await givenEndpoint(given, answer),
    publish: true,
  });
  const ask = async (question: Body) => (await given.control("POST", `/flows/${made.body.id}/exchange`, question)).body;
  return { given, id: made.body.id as string, ask };
}

const ping = { action: "ping" };
const goOn = { action: "data_exchange", screen: "FIRST", data: { smaak: "citroen" }, flowToken: "t-1" };

describe("the endpoint of a flow", () => {
  it("is asked in cipher, and its answer read", async () => {
    const asked: Body[] = [];
    const { ask } = await givenFlow((question) => {
      asked.push(question);
      return question.action === "ping" ? { data: { status: "active" } } : { screen: "LAST", data: { prijs: 20 } };
    });
    expect(await ask(ping)).toEqual({ status: 200, answer: { data: { status: "active" } }, error: null });
    expect(await ask(goOn)).toMatchObject({
      status: 200,
      answer: { screen: "LAST", data: { prijs: 20 } },
      error: null,
    });
    expect(asked).toEqual([
      { version: "3.0", action: "ping" },
      { version: "3.0", action: "data_exchange", screen: "FIRST", data: { smaak: "citroen" }, flow_token: "t-1" },
    ]);
  });

  it.each<[string, Answer, Body, string]>([
    ["answers 500", () => 500, goOn, "unexpected_http_status_code"],
    ["does not know the key, twice", () => 421, goOn, "business-decryption-error"],
    ["does not know the token", () => 427, goOn, "status 427"],
    ["answers in another cipher", () => "garbage", goOn, "response-decryption-error"],
    ["leads where no route goes", () => ({ screen: "MOON", data: {} }), goOn, "invalid-screen-transition"],
    ["names no screen", () => ({ data: {} }), goOn, "payload-schema-error"],
    ["is not well", () => ({ data: { status: "tired" } }), ping, "payload-schema-error"],
  ])("that %s is an error", async (_, answer, question, error) => {
    const { ask } = await givenFlow(answer);
    expect((await ask(question)).error).toBe(error);
  });

  it("is asked again once when it says that the key has changed", async () => {
    let count = 0;
    const { ask } = await givenFlow(() => {
      count += 1;
      return count === 1 ? 421 : { screen: "LAST", data: {} };
    });
    expect((await ask(goOn)).error).toBeNull();
  });

  it.each([
    ["no key", null],
    ["a key that is none", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"],
  ])("is not asked with %s", async (_, key) => {
    const { ask } = await givenFlow(() => 500, key);
    expect(await ask(ping)).toEqual({ status: null, answer: null, error: "public-key-missing" });
  });

  it("that fails again and again is told in flows, and throttles the flow", async () => {
    const { given, id, ask } = await givenFlow(() => 500);
    for (let count = 0; count < 10; count++) await ask(goOn);
    await given.sandbox.quiet();
    expect(given.subscriber.values("flows")).toContainEqual(
      expect.objectContaining({ event: "ENDPOINT_ERROR_RATE", alert_state: "ACTIVATED", threshold: 50 }),
    );
    expect((await given.graph("GET", `/${id}?fields=status`)).body.status).toBe("THROTTLED");
  });
});

import { dayMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox } from "./given.ts";

afterEach(closeAll);

interface Entity {
  readonly entity_type: string;
  readonly can_send_message: string;
  readonly errors?: { readonly error_code: number }[];
  readonly additional_info?: string[];
}

async function healthOf(given: Given, id: string): Promise<{ can_send_message: string; entities: Entity[] }> {
  return (await given.graph("GET", `/${id}?fields=health_status`)).body.health_status;
}

const ids = (given: Given) => ({ number: given.number.id, account: given.accountId });

const causes: readonly (readonly [
  string,
  (given: Given) => Promise<unknown>,
  "number" | "account",
  string,
  string,
  number | null,
])[] = [
  [
    "no payment method",
    (given) => given.control("PUT", `/accounts/${given.accountId}`, { paymentMethod: false }),
    "account",
    "WABA",
    "BLOCKED",
    141006,
  ],
  [
    "a business that is not verified",
    (given) => given.control("PUT", `/accounts/${given.accountId}`, { verified: false }),
    "account",
    "BUSINESS",
    "LIMITED",
    141010,
  ],
  [
    "an account that may not begin conversations",
    (given) => given.control("POST", `/accounts/${given.accountId}/strikes`, { rung: 1 }),
    "number",
    "WABA",
    "LIMITED",
    null,
  ],
  [
    "an account that may not answer either",
    (given) => given.control("POST", `/accounts/${given.accountId}/strikes`, { rung: 3 }),
    "number",
    "WABA",
    "BLOCKED",
    131031,
  ],
  [
    "a number that is not registered",
    (given) => given.control("PUT", `/numbers/${given.number.id}`, { status: "DISCONNECTED" }),
    "number",
    "PHONE_NUMBER",
    "BLOCKED",
    141000,
  ],
  [
    "a banned number",
    (given) => given.control("PUT", `/numbers/${given.number.id}`, { status: "BANNED" }),
    "number",
    "PHONE_NUMBER",
    "BLOCKED",
    131031,
  ],
  [
    "a number of low quality",
    (given) => given.control("PUT", `/numbers/${given.number.id}`, { quality: "RED" }),
    "number",
    "PHONE_NUMBER",
    "LIMITED",
    null,
  ],
  [
    "a name under review",
    (given) => given.control("PUT", `/numbers/${given.number.id}`, { nameStatus: "PENDING_REVIEW" }),
    "number",
    "PHONE_NUMBER",
    "LIMITED",
    null,
  ],
  [
    "an app nobody told where to call",
    (given) => given.control("PUT", `/numbers/${given.number.id}`, { callbackUrl: null }),
    "number",
    "APP",
    "LIMITED",
    null,
  ],
];

describe("health_status", () => {
  it("is available where nothing stands in the way, from the number to the app", async () => {
    const given = await givenSandbox();
    const health = await healthOf(given, given.number.id);
    expect(health.can_send_message).toBe("AVAILABLE");
    expect(health.entities.map(({ entity_type }) => entity_type)).toEqual(["PHONE_NUMBER", "WABA", "BUSINESS", "APP"]);
  });

  it.each(causes)("tells of %s", async (_, cause, node, type, ability, code) => {
    const given = await givenSandbox();
    await cause(given);
    const health = await healthOf(given, ids(given)[node]);
    expect(health.can_send_message).toBe(ability);
    const entity = health.entities.find(({ entity_type }) => entity_type === type);
    expect(entity).toMatchObject({ can_send_message: ability });
    expect(entity?.errors?.[0]?.error_code ?? null).toBe(code);
    if (code === null) expect(entity?.additional_info?.length).toBeGreaterThan(0);
  });

  it("tells of a restriction until it has run out", async () => {
    const given = await givenSandbox();
    await given.control("POST", `/accounts/${given.accountId}/strikes`, { rung: 1 });
    await given.sandbox.advance(2 * dayMs);
    expect((await healthOf(given, given.accountId)).can_send_message).toBe("AVAILABLE");
  });

  it.each([
    ["easter_preorder", "BLOCKED", 141002],
    ["loyalty_points", "BLOCKED", 141002],
    ["order_update", "AVAILABLE", null],
  ])("of the template %s is %s", async (name, ability, code) => {
    const given = await givenSandbox();
    const list = await given.graph("GET", `/${given.accountId}/message_templates?name=${name}&fields=health_status`);
    const [{ health_status: health }] = list.body.data;
    expect(health.can_send_message).toBe(ability);
    expect(health.entities[0].errors?.[0].error_code ?? null).toBe(code);
  });

  it("of an app is that of the accounts it is attached to", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    const health = await healthOf(given, given.sandbox.app.id);
    expect(health.can_send_message).toBe("AVAILABLE");
    expect(health.entities.map(({ entity_type }) => entity_type)).toEqual([
      "WABA",
      "BUSINESS",
      "WABA",
      "BUSINESS",
      "APP",
    ]);
    await given.control("PUT", `/accounts/${given.accountId}`, { paymentMethod: false });
    expect((await healthOf(given, given.sandbox.app.id)).can_send_message).toBe("BLOCKED");
  });

  it("of a portfolio is that of its worst account", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/accounts/${given.accountId}`, { paymentMethod: false });
    const { portfolioId } = (await given.control("GET", "")).body.accounts[0];
    expect((await healthOf(given, portfolioId)).can_send_message).toBe("BLOCKED");
  });
});

import { hourMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, givenSubscriber, orderUpdate, text } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const sam = "31612345678";
const kit = "31600000007";

/** Somebody writes and is answered; what the webhooks of it say. */
async function exchange(
  given: Given,
  person = sam,
): Promise<{ message: Body; contact: Body; sent: Body; named: boolean }> {
  await given.personWrites(text("Hallo"), person);
  const inbound = given.subscriber.values("messages").at(-1);
  const to = inbound?.contacts[0].wa_id ? { to: person } : { to: undefined, recipient: inbound?.contacts[0].user_id };
  const answer = { messaging_product: "whatsapp", ...to, ...text("Dag") };
  await given.graph("POST", `/v25.0/${given.number.id}/messages`, answer);
  await given.sandbox.advance(secondMs);
  const value = given.subscriber.values("messages").find(({ statuses }) => statuses?.[0].status === "sent");
  return {
    message: inbound?.messages[0],
    contact: inbound?.contacts[0],
    sent: value?.statuses[0],
    named: value?.contacts !== undefined,
  };
}

const has = (body: Body, ...members: string[]) => members.filter((member) => member in body);
const ids = ["user_id", "parent_user_id", "wa_id", "from", "from_user_id", "from_parent_user_id"];
const recipients = ["recipient_id", "recipient_user_id", "parent_recipient_user_id"];

describe("how a webhook names a person", () => {
  const both = { message: ["from", "from_user_id"], contact: ["user_id", "wa_id"], named: true };
  const numbers = { message: ["from"], contact: ["wa_id"], sent: ["recipient_id"], named: false };
  const idOnly = { message: ["from_user_id"], contact: ["user_id"], sent: ["recipient_user_id"], named: true };
  const linked = {
    message: ["from", "from_user_id", "from_parent_user_id"],
    contact: ["user_id", "parent_user_id", "wa_id"],
    sent: recipients,
    named: true,
  };
  const cases: [what: string, prepare: (given: Given) => Promise<unknown>, person: string, expected: object][] = [
    ["number and user id", async () => {}, sam, { ...both, sent: ["recipient_id", "recipient_user_id"] }],
    [
      "the number alone, by the rules of a day before April 2026",
      (given) => given.control("PUT", "/rules", { asOf: "2026-03-31" }),
      sam,
      numbers,
    ],
    [
      "the number alone, where asked for",
      (given) => given.control("POST", "/faults", { userIds: false }),
      sam,
      numbers,
    ],
    [
      "user ids on an early day, where asked for",
      async (given) => {
        await given.control("PUT", "/rules", { asOf: "2025-11-30" });
        await given.control("POST", "/faults", { userIds: true });
      },
      sam,
      { ...both, sent: ["recipient_id", "recipient_user_id"] },
    ],
    ["the user id alone, of who hides their number", async () => {}, kit, idOnly],
    [
      "the number, of who hides it, in the days before user ids",
      (given) => given.control("POST", "/faults", { userIds: false }),
      kit,
      numbers,
    ],
    [
      "the parent's user id, too, in linked portfolios",
      (given) => given.control("PUT", `/accounts/${given.accountId}`, { parentPortfolio: "7000" }),
      sam,
      linked,
    ],
    [
      "the two user ids alone, in linked portfolios, of who hides their number",
      (given) => given.control("PUT", `/accounts/${given.accountId}`, { parentPortfolio: "7000" }),
      kit,
      {
        message: ["from_user_id", "from_parent_user_id"],
        contact: ["user_id", "parent_user_id"],
        sent: ["recipient_user_id", "parent_recipient_user_id"],
        named: true,
      },
    ],
  ];

  it.each(cases)("%s", async (_, prepare, person, expected) => {
    const given = await givenSandbox();
    await prepare(given);
    const { message, contact, sent, named } = await exchange(given, person);
    expect({
      message: has(message, ...ids),
      contact: has(contact, ...ids),
      sent: has(sent, ...recipients),
      named,
    }).toEqual(expected);
  });

  it("by an id that linked portfolios share, and others do not, and that can be written to", async () => {
    const given = await givenSandbox();
    const [bakery, newsroom] = given.sandbox.accounts;
    for (const account of [bakery, newsroom])
      await given.control("PUT", `/accounts/${account?.id}`, { parentPortfolio: "7000" });
    await given.control("PUT", `/numbers/${newsroom?.numbers[0]?.id}`, { callbackUrl: given.subscriber.url });
    await given.personWrites();
    await given.personWrites({ ...text("Hallo"), to: newsroom?.numbers[0]?.id });
    const [one, other] = given.subscriber.values("messages").map(({ contacts }) => contacts[0]);
    expect(one.parent_user_id).toMatch(/^NL\.ENT\.\d+$/);
    expect(other.parent_user_id).toBe(one.parent_user_id);
    expect(other.user_id).not.toBe(one.user_id);
    const message = { messaging_product: "whatsapp", recipient: one.parent_user_id, ...text("Dag") };
    expect((await given.graph("POST", `/${given.number.id}/messages`, message)).status).toBe(200);
  });
});

describe("the conversation on a status", () => {
  const referral = { source_type: "ad", source_id: "1", source_url: "https://fb.me/x", ctwa_clid: "click" };

  it.each([
    ["of an ordinary message, up to version 23", 23, false, "service"],
    ["of an ordinary message, from version 24", 24, false, null],
    ["of one in a free entry point, up to version 23", 23, true, "referral_conversion"],
    ["of one in a free entry point, from version 24", 25, true, "referral_conversion"],
  ] as const)("%s", async (_, version, byAd, origin) => {
    const given = await givenSandbox();
    const { app } = given.sandbox;
    const subscription = { object: "whatsapp_business_account", callback_url: given.subscriber.url };
    const fields = { verify_token: given.subscriber.verifyToken, fields: "messages" };
    const path = `/v${version}.0/${app.id}/subscriptions`;
    await given.graph("POST", path, { ...subscription, ...fields }, `${app.id}|${app.secret}`);
    const listed = await given.graph("GET", `/${app.id}/subscriptions`, undefined, `${app.id}|${app.secret}`);
    expect(listed.body.data[0].fields).toEqual([{ name: "messages", version: `v${version}.0` }]);
    await given.personWrites({ ...text("Hallo"), ...(byAd ? { referral } : {}) });
    const id = await given.send(text("Dag"));
    await given.sandbox.advance(secondMs);
    const [sent, delivered] = given.statusesOf(id) as Record<string, { origin: Body; expiration_timestamp?: string }>[];
    expect(sent?.conversation?.origin.type ?? null).toBe(origin);
    expect(delivered?.conversation?.origin.type ?? null).toBe(origin);
    if (origin === null) return;
    expect([sent?.conversation?.expiration_timestamp, delivered?.conversation?.expiration_timestamp]).toEqual([
      expect.stringMatching(/^\d+$/),
      undefined,
    ]);
  });

  it("follows the version asked for by a fault, whatever each app subscribed with", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/apps/first", { webhookVersion: 23 });
    await given.control("POST", "/faults", { webhookVersion: 24 });
    const id = await given.send(orderUpdate);
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(id).some((status) => "conversation" in status)).toBe(false);
  });

  it("has prices of the day: by conversation until July 2025, by message since", async () => {
    const given = await givenSandbox();
    const models: unknown[] = [];
    for (const asOf of ["2025-06-30", "2025-07-01"]) {
      await given.control("PUT", "/rules", { asOf });
      const id = await given.send(orderUpdate);
      await given.sandbox.advance(25 * hourMs);
      const [sent] = given.statusesOf(id) as { pricing: Body }[];
      models.push(sent?.pricing.pricing_model);
    }
    expect(models).toEqual(["CBP", "PMP"]);
  });
});

describe("where a field goes", () => {
  it.each([
    ["calls", true, (given: Given) => given.control("POST", `/phones/${sam}/calls`, { type: "call" })],
    [
      "account_settings_update",
      true,
      (given: Given) => given.graph("POST", `/${given.number.id}/settings`, { calling: { status: "ENABLED" } }),
    ],
    [
      "smb_message_echoes",
      true,
      async (given: Given) => {
        await given.control("PUT", `/numbers/${given.number.id}`, { businessApp: {} });
        await given.control("POST", `/numbers/${given.number.id}/echoes`, { to: sam, ...text("Tot zo") });
      },
    ],
    [
      "user_preferences",
      false,
      (given: Given) => given.control("POST", `/phones/${sam}/actions`, { type: "stop-marketing" }),
    ],
    [
      "account_update",
      false,
      (given: Given) => given.control("POST", `/accounts/${given.accountId}/events`, { event: "ACCOUNT_VIOLATION" }),
    ],
  ] as const)("%s: to the number's own callback? %s", async (field, isNumbers, step) => {
    const given = await givenSandbox();
    const app = await givenSubscriber();
    await given.control("PUT", "/apps/first", { callbackUrl: app.url });
    await step(given);
    await given.sandbox.quiet();
    expect([given.subscriber, app].map((one) => one.values(field).length)).toEqual(isNumbers ? [1, 0] : [0, 1]);
  });
});

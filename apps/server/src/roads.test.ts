import * as contract from "@loket/contract";
import { reply } from "@loket/conversations";
import { stopSender } from "@loket/organisations";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, until } from "./testing.ts";
import { type Shop, startShop } from "./testing-shop.ts";

/**
 * The terms book stands in every road out. Each is tried while the sender is stopped: nothing leaves, a judgement says
 * why, and the same words come back whichever road was taken.
 */
let shop: Shop;
let owner: Api;

beforeAll(async () => {
  shop = await startShop();
  owner = await shop.as("owner");
});
afterAll(() => shop?.close());

const stop = () => owner("POST", `senders/${shop.senderId}/stop`, { stopped: "all", reason: "A letter came" });
const letGo = () => owner("POST", `senders/${shop.senderId}/release`);
const fromUs = async (phone: string) =>
  (await shop.sees(phone)).filter(({ from }) => from === "business").map(({ text }) => text);
const attemptsTo = (contactId: string) =>
  shop.at.loket.ports.app.inOrganisation(shop.organisationId, (tx) =>
    tx.query<{ count: number }>(
      "select count(*)::int as count from attempt where organisation_id = $1 and contact_id = $2",
      [tx.organisationId, contactId],
    ),
  );

async function newCustomer() {
  const phone = shop.newPhone();
  await shop.says(phone, "Hallo");
  const { id, contact } = await shop.conversationOf(phone);
  return { phone, id, contactId: contact.id };
}

let sends = 0;
type Customer = Awaited<ReturnType<typeof newCustomer>>;
/** What a colleague or a program can ask for, by the route that takes it. */
const roads: Record<string, (customer: Customer) => Promise<{ status: number; body: unknown }>> = {
  "conversations/{id}/messages": async ({ id }) =>
    owner("POST", `conversations/${id}/messages`, { clientId: `road-${++sends}`, type: "text", text: "Hallo" }),
  "conversations/{id}/consent-question": async ({ id }) => {
    const { body } = await owner<contract.Wording>("POST", "wordings", {
      version: "2026-01",
      language: "nl",
      text: "Mogen wij u onze aanbiedingen via WhatsApp sturen?",
      purpose: "marketing",
      channels: ["whatsapp"],
      namesBusiness: true,
      namesChannel: true,
    });
    return owner("POST", `conversations/${id}/consent-question`, {
      clientId: `road-${++sends}`,
      wordingId: body.id,
    });
  },
  "messages/{id}/retry": async ({ phone, id }) => {
    await letGo();
    await shop.sandbox.call("PUT", `phones/${phone}`, { onWhatsApp: false });
    const sent = await owner<{ id: string }>("POST", `conversations/${id}/messages`, {
      clientId: `road-${++sends}`,
      type: "text",
      text: "Komt niet aan",
    });
    const failed = async () =>
      (await owner<{ items: { id: string; status: string }[] }>("GET", `conversations/${id}/messages`)).body.items.some(
        (message) => message.id === sent.body.id && message.status === "failed",
      );
    await until(failed, "the failure");
    await shop.sandbox.call("PUT", `phones/${phone}`, { onWhatsApp: true });
    await stop();
    return owner("POST", `messages/${sent.body.id}/retry`, {});
  },
};

describe("the roads out", () => {
  it("are these, of all that the API offers", () => {
    const sending = shop.at.loket.routes.filter(
      ({ method, answer }) => method !== "GET" && (answer as unknown) === contract.message,
    );
    expect(sending.map(({ path }) => path).sort()).toEqual(Object.keys(roads).sort());
  });

  it.each(Object.keys(roads))("%s asks the book, and keeps its answer", async (path) => {
    const customer = await newCustomer();
    await stop();
    const answer = await roads[path]?.(customer);
    expect(answer).toMatchObject({ status: 422, body: { code: "policy.held" } });
    const kept = (await owner<{ items: unknown[] }>("GET", `decisions?contactId=${customer.contactId}&outcome=hold`))
      .body.items;
    expect(kept).toMatchObject([{ stage: "enqueue" }]);
    expect(await fromUs(customer.phone)).toEqual([]);
    await letGo();
  });

  it("include what answers by itself: after an opt-out, no confirmation leaves a stopped sender", async () => {
    const customer = await newCustomer();
    await stop();
    await shop.says(customer.phone, "STOP");
    const heard = async () =>
      (await owner<{ items: unknown[] }>("GET", `decisions?contactId=${customer.contactId}&outcome=hold`)).body.items
        .length === 1;
    await until(heard, "the judgement of the confirmation");
    expect(await attemptsTo(customer.contactId)).toEqual([{ count: 0 }]);
    await letGo();
  });

  it("include campaigns: none begins while the sender is stopped, by the same words", async () => {
    const customer = await newCustomer();
    await stop();
    const { body: campaign } = await owner<contract.Campaign>("POST", "campaigns", {
      name: "Pickup",
      senderId: shop.senderId,
      kind: "transactional",
      template: {
        name: "track_order",
        language: { code: "nl" },
        components: [
          { type: "body", parameters: [{ type: "text", text: "{{name|klant}}" }] },
          { type: "button", sub_type: "url", index: "0", parameters: [{ type: "text", text: "K-1" }] },
        ],
      },
      audience: { kind: "contacts", contactIds: [customer.contactId] },
      expiresAt: new Date(shop.at.loket.ports.clock.now() + 3_600_000).toISOString(),
    });
    const answer = await owner<contract.Problem>("POST", `campaigns/${campaign.id}/start`);
    expect(answer).toMatchObject({ status: 422, body: { code: "policy.held" } });
    expect(answer.body.verdict?.rules.map(({ id }) => id)).toContain("own.sender-stopped");
    expect(await attemptsTo(customer.contactId)).toEqual([{ count: 0 }]);
    await letGo();
  });

  it("ask again at the last moment, and what that held back goes at once when the sender is let go", async () => {
    const customer = await newCustomer();
    const { ports } = shop.at.loket;
    // Queued, and stopped before anybody could hand it over: in one transaction.
    await ports.app.inOrganisation(shop.organisationId, async (tx) => {
      const queued = await reply(tx, ports, { memberId: null, name: "test" }, customer.id, {
        clientId: "held-1",
        content: { type: "text", text: { body: "Het brood is klaar" } },
      });
      expect(queued.kind).toBe("queued");
      await stopSender(tx, ports, {
        senderId: shop.senderId,
        memberId: null,
        stopped: "all",
        reason: "A letter came",
      });
    });
    const isHeld = async () =>
      (await owner<{ items: unknown[] }>("GET", `decisions?contactId=${customer.contactId}&outcome=hold`)).body.items
        .length === 1;
    await until(isHeld, "the judgement at the last moment");
    expect(await attemptsTo(customer.contactId)).toEqual([{ count: 0 }]);
    await letGo();
    await until(async () => (await fromUs(customer.phone)).includes("Het brood is klaar"), "the message on the phone");
  });
});

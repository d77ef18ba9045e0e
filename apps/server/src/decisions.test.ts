import type { Decision, Override, OwnRule, ShadowRun } from "@loket/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, until } from "./testing.ts";
import { type Shop, startShop } from "./testing-shop.ts";

/** Judgements are kept; house rules only tighten; two people may set one aside; what only watches changes nothing. */
let shop: Shop;
let owner: Api;
let supervisor: Api;
let agent: Api;

beforeAll(async () => {
  shop = await startShop();
  [owner, supervisor, agent] = [await shop.as("owner"), await shop.as("supervisor"), await shop.as("agent")];
});
afterAll(() => shop?.close());

interface Page<Item> {
  items: Item[];
}
const decisions = async (query: string) => (await owner<Page<Decision>>("GET", `decisions?${query}`)).body.items;

let replies = 0;
async function writesTo(phone: string, text: string, by: Api = owner) {
  const { id, contact } = await shop.conversationOf(phone);
  replies += 1;
  const sent = await by<{ id: string; code?: string }>("POST", `conversations/${id}/messages`, {
    clientId: `decisions-${replies}`,
    type: "text",
    text,
  });
  return { ...sent, contactId: contact.id };
}
async function newCustomer(): Promise<string> {
  const phone = shop.newPhone();
  await shop.says(phone, "Hallo");
  await shop.conversationOf(phone);
  return phone;
}
const forbid = (word: string, state: "active" | "shadow") =>
  owner<OwnRule>("POST", "own-rules", { kind: "forbidden-words", settings: { words: [word] }, state });

describe("kept judgements", () => {
  it("are there for a yes and for a no, with request, facts and the version of the book", async () => {
    const phone = await newCustomer();
    const { contactId } = await writesTo(phone, "Goedemorgen");
    await until(async () => (await decisions(`contactId=${contactId}`)).length >= 2, "both judgements of a send");
    const kept = await decisions(`contactId=${contactId}`);
    expect(kept.map(({ stage, outcome }) => [stage, outcome])).toEqual([
      ["hand-over", "allow"],
      ["enqueue", "allow"],
    ]);
    const one = await owner<Record<string, unknown>>("GET", `decisions/${kept[0]?.id}`);
    expect(one.body).toMatchObject({
      kind: "reply",
      request: { channel: "whatsapp", kind: "reply" },
      facts: { recipient: { phone: `+${phone}` } },
      bookVersion: expect.stringMatching(/^\d{4}-\d{2}-\d{2}\./),
      requestDigest: expect.stringMatching(/^[0-9a-f]{64}$/),
    });

    await shop.sandbox.call("POST", "clock", { advance: "25h" });
    expect((await writesTo(phone, "Te laat")).body).toMatchObject({ code: "policy.refused" });
    const refused = await decisions(`contactId=${contactId}&ruleId=whatsapp.cloud.service-window-24h`);
    expect(refused).toMatchObject([{ outcome: "refuse", stage: "enqueue", contact: { id: contactId } }]);
    const rules = (await owner<Page<{ id: string; firedCount: number }>>("GET", "rules")).body.items;
    expect(rules.find(({ id }) => id === "whatsapp.cloud.service-window-24h")?.firedCount).toBe(1);
  });

  it("say the same in the API's three languages", async () => {
    for (const [locale, title] of [
      ["en", "Free text only within 24 hours"],
      ["nl", "Vrije tekst alleen binnen 24 uur"],
      ["de", "Freier Text nur innerhalb von 24 Stunden"],
    ] as const) {
      const answer = await shop.api<Page<Decision>>(
        "GET",
        "decisions?ruleId=whatsapp.cloud.service-window-24h",
        undefined,
        { "accept-language": locale },
      );
      expect(answer.body.items[0]?.rules[0]?.title).toBe(title);
    }
  });
});

describe("the road to a send", () => {
  it("has no gate beside the judgement: the database takes no attempt without a yes of this very send", async () => {
    const phone = await newCustomer();
    const { contactId } = await writesTo(phone, "Een bericht");
    const { at, organisationId, senderId } = shop;
    const rows = await until(async () => {
      const found = await at.database.admin.query<{ delivery_id: string; address_id: string; decision_id: string }>(
        "select delivery_id, address_id, decision_id from attempt where contact_id = $1",
        [contactId],
      );
      return found.rows[0];
    }, "the attempt");
    const insert = (decisionId: string | null, contact = contactId) =>
      at.database.worker.inOrganisation(organisationId, (tx) =>
        tx.query(
          `insert into attempt (organisation_id, id, delivery_id, decision_id, sender_id, address_id, contact_id, fence, business_initiated, intent_at)
           values ($1, $2, $3, $4, $5, $6, $7, 1, false, to_timestamp($8::float8 / 1000))`,
          [
            organisationId,
            at.loket.ports.ids.next(),
            rows.delivery_id,
            decisionId,
            senderId,
            rows.address_id,
            contact,
            at.loket.ports.clock.now(),
          ],
        ),
      );
    const [enqueued] = (await decisions(`contactId=${contactId}`)).filter(({ stage }) => stage === "enqueue");
    const [refused] = await decisions("outcome=refuse");
    await expect(insert(null)).rejects.toThrow();
    await expect(insert("01990000-0000-7000-8000-000000000000")).rejects.toThrow();
    await expect(insert(enqueued?.id ?? "")).rejects.toThrow(/no judgement/);
    await expect(insert(refused?.id ?? "")).rejects.toThrow(/no judgement/);
    await expect(insert(rows.decision_id, refused?.contact?.id)).rejects.toThrow(/no judgement/);
  });
});

describe("house rules", () => {
  it("tighten from the next send on, and end", async () => {
    const phone = await newCustomer();
    const made = await forbid("gratis", "active");
    expect(made).toMatchObject({ status: 201, body: { state: "active", createdBy: "The owner" } });
    expect((await writesTo(phone, "Nu GRATIS brood")).body).toMatchObject({ code: "policy.refused" });
    expect((await writesTo(phone, "Vers brood")).status).toBe(201);
    expect((await owner("DELETE", `own-rules/${made.body.id}`)).status).toBe(204);
    expect((await writesTo(phone, "Nu gratis brood")).status).toBe(201);
    const { items } = (await owner<Page<OwnRule>>("GET", "own-rules")).body;
    expect(items.find(({ id }) => id === made.body.id)).toMatchObject({ state: "ended" });
    expect((await owner("DELETE", `own-rules/${made.body.id}`)).status).toBe(404);
  });

  it("of one kind replace each other, and are not for everybody to make", async () => {
    const first = await forbid("een", "active");
    const second = await forbid("twee", "active");
    const { items } = (await owner<Page<OwnRule>>("GET", "own-rules")).body;
    expect(items.filter(({ state }) => state === "active").map(({ id }) => id)).toEqual([second.body.id]);
    expect(items.map(({ id }) => id)).toContain(first.body.id);
    const byAgent = { kind: "second-pair-of-eyes", settings: { above: 1 }, state: "active" };
    expect((await agent("POST", "own-rules", byAgent)).status).toBe(403);
    await owner("DELETE", `own-rules/${second.body.id}`);
  });

  it.each([
    [{ kind: "quiet-hours", settings: { permittedFrom: 1_200, permittedTo: 480 }, state: "active" }],
    [{ kind: "forbidden-words", settings: { words: [] }, state: "active" }],
    [{ kind: "frequency-cap", settings: { messages: 0, days: 7 }, state: "active" }],
    [{ kind: "looser-rules", settings: {}, state: "active" }],
  ])("are refused where they make no sense: %j", async (rule) => {
    expect((await owner("POST", "own-rules", rule)).status).toBe(400);
  });

  it("that only watch let everything through, and say what they would have done", async () => {
    const phone = await newCustomer();
    const watching = await forbid("korting", "shadow");
    const { status, contactId } = await writesTo(phone, "Vandaag korting");
    expect(status).toBe(201);
    await until(
      async () =>
        (await decisions(`contactId=${contactId}&differing=true`)).some(
          ({ shadow }) => shadow?.outcome === "refuse" && shadow.rules.includes("own.forbidden-words"),
        ),
      "what the watching rule says",
    );
    await owner("DELETE", `own-rules/${watching.body.id}`);
  });

  it("are tried on the past without effect", async () => {
    const rule = { kind: "forbidden-words", settings: { words: ["korting"] } };
    const { body } = await owner<ShadowRun>("POST", "shadow-runs", { rule, days: 7 });
    const done = await until(async () => {
      const run = (await owner<ShadowRun>("GET", `shadow-runs/${body.id}`)).body;
      return run.state === "done" && run;
    }, "the end of the run");
    expect(done.judged).toBe(done.total);
    expect(done.changed).toBeGreaterThanOrEqual(1);
    expect(done.findings[0]).toMatchObject({ after: "refuse", rules: expect.arrayContaining(["own.forbidden-words"]) });
  });
});

describe("setting a rule aside", () => {
  it("takes a second person, a reason and an end, and is counted where it mattered", async () => {
    const rule = await forbid("gratis", "active");
    const phone = await newCustomer();
    const { contactId } = await writesTo(phone, "Eén gratis brood");
    const asked = await agent<{ id: string }>("POST", "overrides", {
      ruleId: "own.forbidden-words",
      contactId,
      reason: "The customer asked what is free of charge",
      hours: 1,
    });
    expect(asked.status).toBe(201);
    const { id } = asked.body;
    expect((await writesTo(phone, "Eén gratis brood")).body).toMatchObject({ code: "policy.refused" });
    expect((await agent("POST", `overrides/${id}/grant`)).status).toBe(403);
    const listed = (await supervisor<Page<Override>>("GET", "overrides")).body.items.find((one) => one.id === id);
    expect(listed).toMatchObject({ mayDecide: true, requestedBy: "The agent", granted: null });
    expect((await supervisor("POST", `overrides/${id}/grant`)).status).toBe(204);
    expect((await supervisor("POST", `overrides/${id}/decline`)).body).toMatchObject({
      code: "override.decided-already",
    });
    expect((await writesTo(phone, "Eén gratis brood")).status).toBe(201);
    const other = await newCustomer();
    expect((await writesTo(other, "Eén gratis brood")).body).toMatchObject({ code: "policy.refused" });
    await until(
      async () =>
        (await owner<Page<Override>>("GET", "overrides")).body.items.find((one) => one.id === id)?.usedCount === 1,
      "the use being counted",
    );
    await owner("DELETE", `own-rules/${rule.body.id}`);
  });

  it("cannot be granted by whoever asked, nor for a rule of a channel or the law, nor by a token", async () => {
    const reason = "It would be so convenient";
    const own = await supervisor<{ id: string }>("POST", "overrides", { ruleId: "own.quiet-hours", reason });
    expect((await supervisor("POST", `overrides/${own.body.id}/grant`)).body).toMatchObject({
      code: "override.own-request",
    });
    for (const ruleId of [
      "whatsapp.policy.opt-in-required",
      "nl.tw117.consent-electronic-messages",
      "core.opt-out-wins",
    ])
      expect((await supervisor("POST", "overrides", { ruleId, reason })).body).toMatchObject({
        code: "override.not-possible",
      });
    expect((await shop.api("POST", "overrides", { ruleId: "own.quiet-hours", reason })).body).toMatchObject({
      code: "override.people-only",
    });
    expect((await agent("POST", "overrides", { ruleId: "own.quiet-hours", reason: "short" })).status).toBe(400);
  });
});

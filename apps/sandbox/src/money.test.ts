import { dayMs, hourMs, instant, manualClock, secondMs } from "@loket/kit";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text, weekendOffer } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const sam = "31612345678";

async function send(given: Given, content: Body, to = sam): Promise<string> {
  const id = await given.send(content, to);
  await given.sandbox.advance(secondMs);
  const last = given.statusesOf(id).at(-1);
  return last?.status === "failed" ? String((last.errors as { code: number }[])[0]?.code) : String(last?.status);
}

const ledgerOf = async (given: Given, query = ""): Promise<Record<string, Body[]> & { usd: number }> =>
  (await given.control("GET", `/ledger${query}`)).body as Record<string, Body[]> & { usd: number };

describe("the ledger", () => {
  it.each([
    [
      "a marketing template to the Netherlands",
      weekendOffer,
      sam,
      { market: "Netherlands", category: "marketing", usd: 0.1597 },
    ],
    [
      "a utility template to Germany",
      orderUpdate,
      "4915112345678",
      { market: "Germany", category: "utility", usd: 0.055 },
    ],
    ["one to Portugal", orderUpdate, "351912345678", { market: "Rest of Western Europe", usd: 0.0171 }],
    ["one to Canada", orderUpdate, "14165550100", { market: "North America", usd: 0.0034 }],
    ["one to a market without a rate", orderUpdate, "254712345678", { market: "Other", usd: null }],
  ])("prices %s by the card", async (_, content, to, row) => {
    const given = await givenSandbox();
    expect(await send(given, content, to)).toBe("delivered");
    expect((await ledgerOf(given)).rows).toMatchObject([{ month: "2026-11", unit: "message", free: null, ...row }]);
  });

  it("bills what was delivered, nothing else", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/phones/${sam}`, { online: false });
    expect(await send(given, orderUpdate)).toBe("sent");
    expect(await send(given, text("buiten het venster"))).toBe("131047");
    expect((await ledgerOf(given)).rows).toEqual([]);
    await given.control("PUT", `/phones/${sam}`, { online: true });
    expect((await ledgerOf(given)).rows).toHaveLength(1);
  });

  it("counts 1,000 service messages of a number and month as free", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/numbers/${given.number.id}`, { pairIntervalMs: 0, throughputPerSecond: 100_000 });
    await given.personWrites();
    for (let count = 0; count < 1_002; count++) await given.send(text("Dag"));
    await given.sandbox.advance(secondMs);
    const { totals, usd } = await ledgerOf(given);
    expect(totals).toMatchObject([{ market: "Netherlands", category: "service", billed: 2, free: 1_000, usd: 0.1 }]);
    expect(usd).toBe(0.1);
    // The count starts again on the first of the month.
    await given.sandbox.advance(10 * dayMs);
    await given.personWrites();
    await send(given, text("Dag"));
    expect((await ledgerOf(given, "?month=2026-12")).totals).toMatchObject([{ billed: 0, free: 1 }]);
  });

  it("has nothing to say of a free entry point but that it was free", async () => {
    const given = await givenSandbox();
    await given.personWrites({ ...text("Advertentie"), referral: { source_id: "1", source_type: "ad" } });
    await send(given, weekendOffer);
    expect((await ledgerOf(given)).rows).toMatchObject([{ category: "marketing", free: "entry point", usd: 0 }]);
  });

  it("adds up: the totals are the rows, whatever is sent", async () => {
    const people = [sam, "4915112345678", "14165550100", "254712345678"];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...people), fc.constantFrom(weekendOffer, orderUpdate)), { maxLength: 12 }),
        async (sends) => {
          const given = await givenSandbox();
          for (const [to, content] of sends) await send(given, content, to);
          const { rows = [], totals = [], usd } = await ledgerOf(given);
          expect(rows).toHaveLength(sends.length);
          const sum = rows.reduce((total, row) => total + Number(row.usd ?? 0), 0);
          expect(usd).toBeCloseTo(sum, 6);
          const counted = totals.reduce(
            (all, one) => all + Number(one.billed) + Number(one.free) + Number(one.unpriced),
            0,
          );
          expect(counted).toBe(rows.length);
          await closeAll();
        },
      ),
      { numRuns: 6, seed: 3 },
    );
  });
});

describe("the price of a day", () => {
  it.each([
    ["2026-10-01", { billable: true, type: "regular", category: "utility" }, { free: null, usd: 0.05 }],
    ["2026-09-30", { billable: false, type: "free_customer_service", category: "utility" }, { free: "window", usd: 0 }],
    ["2025-06-30", { billable: true, pricing_model: "CBP", category: "utility" }, { unit: "conversation", usd: null }],
    ["2021-06-30", { billable: true, pricing_model: "CBP", category: "utility" }, { unit: "message", usd: null }],
  ])("%s for a utility template within the window: %j", async (asOf, pricing, row) => {
    const given = await givenSandbox();
    await given.control("PUT", "/rules", { asOf });
    await given.personWrites();
    const id = await given.send(orderUpdate);
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(id)[0]).toMatchObject({ pricing });
    expect((await ledgerOf(given)).rows).toMatchObject([row]);
  });

  it("before July 2025 is that of a conversation: one of each category in 24 hours", async () => {
    const given = await givenSandbox({ clock: manualClock(instant(Date.UTC(2025, 2, 31, 8))) });
    await send(given, orderUpdate);
    await send(given, orderUpdate);
    await send(given, weekendOffer);
    await given.sandbox.advance(25 * hourMs);
    await send(given, orderUpdate);
    expect((await ledgerOf(given)).totals).toMatchObject([
      { month: "2025-03", category: "utility", unpriced: 1 },
      { month: "2025-03", category: "marketing", unpriced: 1 },
      { month: "2025-04", category: "utility", unpriced: 1 },
    ]);
  });
});

describe("without a payment method", () => {
  it("what is free still goes out: the first answer to an advertisement, and what follows it", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/accounts/${given.accountId}`, { paymentMethod: false });
    await given.personWrites({ ...text("Advertentie"), referral: { source_id: "1", source_type: "ad" } });
    expect(await send(given, weekendOffer)).toBe("delivered");
    expect(await send(given, orderUpdate)).toBe("delivered");
    await given.sandbox.advance(73 * hourMs);
    expect(await send(given, orderUpdate)).toBe("131042");
  });

  it("what would be billed fails, and service messages only past the allowance", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/accounts/${given.accountId}`, { paymentMethod: false });
    await given.control("PUT", `/numbers/${given.number.id}`, { pairIntervalMs: 0, throughputPerSecond: 100_000 });
    expect(await send(given, orderUpdate)).toBe("131042");
    await given.personWrites();
    for (let count = 0; count < 1_000; count++) await given.send(text("Dag"));
    await given.sandbox.advance(secondMs);
    expect(await send(given, text("Nog een"))).toBe("131042");
    await given.control("PUT", `/accounts/${given.accountId}`, { paymentMethod: true });
    expect(await send(given, text("Nog een"))).toBe("delivered");
  });
});

describe("a rate card of one's own", () => {
  const card = {
    currency: "EUR",
    rates: [
      { market: "Netherlands", category: "marketing", price: 0.1 },
      {
        market: "Netherlands",
        category: "utility",
        tiers: [
          { upTo: 2, price: 0.05 },
          { upTo: null, price: 0.04 },
        ],
      },
      { market: "Germany", category: "utility", from: "2027-01-01", price: 0.06 },
    ],
  };

  async function givenCard(): Promise<Given> {
    const given = await givenSandbox();
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    expect((await given.control("PUT", "/rate-card", card)).body).toMatchObject({ own: true, currency: "EUR" });
    return given;
  }

  it("prices by its tiers, says where one begins, and leaves unpriced what it does not name", async () => {
    const given = await givenCard();
    for (const to of ["31612345671", "31612345672", "31612345673"]) await send(given, orderUpdate, to);
    await send(given, orderUpdate, "4915112345678");
    const { rows, totals, currency } = (await given.control("GET", "/ledger")).body;
    expect(rows.map(({ amount, tier, usd }: Body) => [amount, tier, usd])).toEqual([
      [0.05, "1:2", null],
      [0.05, "1:2", null],
      [0.04, "3:", null],
      [null, null, null],
    ]);
    expect([currency, totals[0]]).toMatchObject(["EUR", { billed: 3, amount: 0.14, usd: 0 }]);
    expect(given.subscriber.values("account_update")).toMatchObject([
      {
        event: "VOLUME_BASED_PRICING_TIER_UPDATE",
        volume_tier_info: {
          pricing_category: "UTILITY",
          tier: "3:",
          effective_month: "2026-11",
          region: "Netherlands",
        },
      },
    ]);
  });

  it("is what analytics count costs by", async () => {
    const given = await givenCard();
    for (const to of ["31612345671", "31612345672", "31612345673"]) await send(given, orderUpdate, to);
    const end = Math.floor(given.sandbox.now() / 1000) + 1;
    const span = `start(${end - 86_400}).end(${end}).granularity(MONTHLY)`;
    const ask = async (field: string) => (await given.graph("GET", `/${given.accountId}?fields=${field}`)).body;
    const pricing = await ask(`pricing_analytics.${span}.dimensions([TIER]).metric_types([COST,VOLUME])`);
    expect(pricing.pricing_analytics.data[0].data_points).toMatchObject([
      { tier: "1:2", volume: 2, cost: 0.1 },
      { tier: "3:", volume: 1, cost: 0.04 },
    ]);
    const conversations = await ask(`conversation_analytics.${span}`);
    expect(conversations.conversation_analytics.data[0].data_points).toMatchObject([{ conversation: 3, cost: 0.14 }]);
  });

  it("counts the volume of a portfolio anew each month, and goes with a snapshot", async () => {
    const given = await givenCard();
    for (const to of ["31612345671", "31612345672", "31612345673"]) await send(given, orderUpdate, to);
    given.sandbox.restore(given.sandbox.snapshot());
    await given.sandbox.advance(10 * dayMs);
    await send(given, orderUpdate, "31612345674");
    expect((await ledgerOf(given, "?month=2026-12")).rows).toMatchObject([{ amount: 0.05, tier: "1:2" }]);
    await given.control("PUT", "/rate-card", { rates: null });
    await send(given, orderUpdate, "31612345675");
    expect((await ledgerOf(given)).rows?.at(-1)).toMatchObject({ usd: 0.05, currency: "USD", tier: null });
  });

  it.each([
    [{ currency: "euro", rates: [] }],
    [{ currency: "EUR", rates: [{ market: "Atlantis", category: "utility", price: 1 }] }],
    [{ currency: "EUR", rates: [{ market: "Germany", category: "gossip", price: 1 }] }],
    [{ currency: "EUR", rates: [{ market: "Germany", category: "utility", price: -1 }] }],
    [{ currency: "EUR", rates: [{ market: "Germany", category: "utility", tiers: [] }] }],
  ])("refuses %j", async (wrong) => {
    const given = await givenSandbox();
    expect((await given.control("PUT", "/rate-card", wrong)).status).toBe(400);
  });
});

describe("template analytics", () => {
  it("tell what a template has cost", async () => {
    const given = await givenSandbox();
    const wanted = { name: "Crumb & Co", country: "US", displayNumber: "+1 212 555 0101" };
    const { id, token, numbers } = (await given.control("POST", "/accounts", wanted)).body;
    await given.graph("POST", `/${id}?is_enabled_for_insights=true`, undefined, token);
    const template = await given.control("POST", `/accounts/${id}/templates`, {
      name: "ready",
      language: "en",
      category: "UTILITY",
      status: "APPROVED",
      components: [{ type: "BODY", text: "Your bread is ready." }],
    });
    const message = {
      messaging_product: "whatsapp",
      type: "template",
      template: { name: "ready", language: { code: "en" } },
    };
    for (const to of ["12125550111", "12125550112"])
      await given.graph("POST", `/${numbers[0].id}/messages`, { ...message, to }, token);
    await given.sandbox.advance(secondMs);
    const end = Math.floor(given.sandbox.now() / 1000) + 1;
    const query = `start=${end - 86_400}&end=${end}&granularity=DAILY&template_ids=[${template.body.id}]&metric_types=["DELIVERED","COST"]`;
    const { data } = (await given.graph("GET", `/${id}/template_analytics?${encodeURI(query)}`, undefined, token)).body;
    expect(data[0].data_points).toMatchObject([
      {
        delivered: 2,
        cost: [
          { type: "amount_spent", value: 0.0068 },
          { type: "cost_per_delivered", value: 0.0034 },
        ],
      },
    ]);
  });
});

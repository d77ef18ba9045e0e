import { dayMs, hourMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, text, weekendOffer } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const brazil = "5521987654321";
const india = "919812345678";

/** A business outside Europe, where people's share of marketing is limited. */
async function givenShopInBrazil(): Promise<{ given: Given; offer: (to: string) => Promise<string> }> {
  const given = await givenSandbox();
  const shop = (
    await given.control("POST", "/accounts", { name: "Padaria", displayNumber: "+55 21 2555 0100", review: "instant" })
  ).body;
  await given.control("PUT", `/numbers/${shop.numbers[0].id}`, { callbackUrl: given.subscriber.url });
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
  await given.graph(
    "POST",
    `/${shop.id}/message_templates`,
    {
      name: "offer",
      language: "en",
      category: "MARKETING",
      components: [{ type: "BODY", text: "Fresh bread at noon." }],
    },
    shop.token,
  );
  const offer = async (to: string): Promise<string> => {
    const answer = await given.graph(
      "POST",
      `/v25.0/${shop.numbers[0].id}/messages`,
      { messaging_product: "whatsapp", to, type: "template", template: { name: "offer", language: { code: "en" } } },
      shop.token,
    );
    await given.sandbox.advance(secondMs);
    return ending(given, answer.body.messages[0].id);
  };
  return { given, offer };
}

function ending(given: Given, id: string): string {
  const last = given.statusesOf(id).at(-1);
  return last?.status === "failed" ? String((last.errors as { code: number }[])[0]?.code) : String(last?.status);
}

async function send(given: Given, content: Body, to: string): Promise<string> {
  const id = await given.send(content, to);
  await given.sandbox.advance(secondMs);
  return ending(given, id);
}

describe("one person's share of marketing", () => {
  it("is two a day from all businesses together, and insisting makes the wait longer", async () => {
    const { given, offer } = await givenShopInBrazil();
    expect([await offer(india), await offer(india), await offer(india)]).toEqual(["delivered", "delivered", "131049"]);
    // Another person is another matter.
    expect(await offer(brazil)).toBe("delivered");
    await given.sandbox.advance(20 * hourMs);
    expect(await offer(india)).toBe("131049");
    await given.sandbox.advance(20 * hourMs);
    expect(await offer(india)).toBe("131049");
    await given.sandbox.advance(dayMs);
    expect(await offer(india)).toBe("delivered");
  });

  it("is larger for somebody who reads, and is not used up within the window", async () => {
    const { given, offer } = await givenShopInBrazil();
    await given.control("PUT", `/phones/${india}`, { autoRead: true });
    const outcomes: string[] = [];
    for (let count = 0; count < 5; count++) outcomes.push(await offer(india));
    expect(outcomes).toEqual(["read", "read", "read", "read", "131049"]);
    await given.control("POST", `/phones/${india}/messages`, { ...text("Hello"), to: "+552125550100" });
    expect(await offer(india)).toBe("read");
  });

  it("is not limited where business or person is in Europe, the United Kingdom, Japan or South Korea", async () => {
    const { offer } = await givenShopInBrazil();
    for (const to of ["31612345678", "306912345678", "447700900123", "819012345678", "821012345678"]) {
      const outcomes = [await offer(to), await offer(to), await offer(to)];
      expect([to, ...outcomes]).toEqual([to, "delivered", "delivered", "delivered"]);
    }
    const european = await givenSandbox();
    for (let count = 0; count < 3; count++) expect(await send(european, weekendOffer, india)).toBe("delivered");
  });

  it("did not exist before 23 May 2024", async () => {
    const { given, offer } = await givenShopInBrazil();
    await given.control("PUT", "/rules", { asOf: "2024-05-22" });
    expect([await offer(india), await offer(india), await offer(india)]).toEqual(Array(3).fill("delivered"));
  });

  it("is defended: hundreds of retries in a day are a violation", async () => {
    const { given, offer } = await givenShopInBrazil();
    await given.control("PUT", "/rules", { thresholds: { marketing: { cappedRetriesADay: 3 } } });
    for (let count = 0; count < 6; count++) await offer(india);
    expect(given.subscriber.values("account_update")).toMatchObject([{ event: "ACCOUNT_VIOLATION" }]);
  });
});

describe("marketing to the United States", () => {
  it.each([
    ["12125550100", "2025-03-31", "delivered"],
    ["12125550100", "2025-04-01", "131049"],
    ["14165550100", null, "delivered"],
    ["18765550100", null, "delivered"],
    ["12125550100", null, "131049"],
  ])("to %s under the rules of %s: %s", async (to, asOf, outcome) => {
    const given = await givenSandbox();
    await given.control("PUT", "/rules", { asOf });
    expect(await send(given, weekendOffer, to)).toBe(outcome);
  });
});

describe("experiments", () => {
  it("hold out a share of people from marketing, always the same ones", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/rules", { thresholds: { marketing: { heldOutShare: 0.5 } } });
    const people = Array.from({ length: 20 }, (_, index) => `3162000${String(index).padStart(4, "0")}`);
    const round = async () => {
      const outcomes: string[] = [];
      for (const to of people) outcomes.push(await send(given, weekendOffer, to));
      return outcomes;
    };
    const first = await round();
    expect(new Set(first)).toEqual(new Set(["delivered", "130472"]));
    expect(await round()).toEqual(first);
  });
});

describe("the rules of a day", () => {
  it("of 2019 know no template that advertises", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/rules", { asOf: "2019-12-08" });
    const answer = await given.graph("POST", `/v25.0/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: "31612345678",
      ...weekendOffer,
    });
    expect(answer.body.error.code).toBe(132001);
    const { rules } = (await given.control("GET", "/rules")).body;
    expect(rules.filter((rule: Body) => rule.inForce).map((rule: Body) => rule.name)).toEqual([
      "marketing-forbidden",
      "off-platform-evidence",
    ]);
  });

  it.each([
    [{ asOf: "yesterday" }, "asOf must be a day"],
    [{ thresholds: { luck: {} } }, "Unknown thresholds: luck"],
    [{ thresholds: { quality: { redShare: "much" } } }, "quality.redShare must be"],
  ])("refuse %j", async (body, words) => {
    const given = await givenSandbox();
    const answer = await given.control("PUT", "/rules", body);
    expect([answer.status, answer.body.error.message]).toEqual([400, expect.stringContaining(words)]);
  });
});

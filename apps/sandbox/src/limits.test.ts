import { dayMs, hourMs, minuteMs, secondMs } from "@loket/kit";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text } from "./given.ts";

afterEach(closeAll);

const person = (index: number): string => `316${String(20_000_000 + index)}`;

/** Sends a template to people nobody wrote with before; answers the last status of each. */
async function reach(given: Given, from: number, to: number, numberId = given.number.id): Promise<string[]> {
  const ids: string[] = [];
  for (let index = from; index < to; index++) {
    const answer = await given.graph("POST", `/v25.0/${numberId}/messages`, {
      messaging_product: "whatsapp",
      to: person(index),
      ...orderUpdate,
    });
    expect(answer.status).toBe(200);
    ids.push(answer.body.messages[0].id);
  }
  await given.sandbox.advance(secondMs);
  return ids.map((id) => {
    const last = given.statusesOf(id).at(-1);
    return last?.status === "failed" ? `failed ${(last.errors as { code: number }[])[0]?.code}` : String(last?.status);
  });
}

const limitOf = async (given: Given, numberId = given.number.id): Promise<string> =>
  (await given.graph("GET", `/v25.0/${numberId}?fields=whatsapp_business_manager_messaging_limit`)).body
    .whatsapp_business_manager_messaging_limit;

/** Everything but `messages` goes to the app's callback. */
async function listenToAll(given: Given): Promise<void> {
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
}

describe("the messaging limit", () => {
  it("counts unique people outside the window in a moving 24 hours, over all numbers of the portfolio", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_50" });
    const second = (
      await given.control("POST", `/accounts/${given.accountId}/numbers`, { displayNumber: "+31 10 808 0199" })
    ).body.id;
    await given.control("PUT", `/numbers/${second}`, { callbackUrl: given.subscriber.url });
    expect(await limitOf(given, second)).toBe("TIER_50");

    expect(await reach(given, 0, 30)).toEqual(Array(30).fill("delivered"));
    expect(await reach(given, 30, 50, second)).toEqual(Array(20).fill("delivered"));
    // The same people again cost nothing; somebody new does not get it, from whichever number.
    expect(await reach(given, 0, 2)).toEqual(["delivered", "delivered"]);
    expect(await reach(given, 50, 51)).toEqual(["failed 131048"]);
    expect(await reach(given, 51, 52, second)).toEqual(["failed 131048"]);
    // Who wrote is not reached on the business's initiative.
    await given.personWrites(text("Hallo"), person(60));
    expect(await reach(given, 60, 61)).toEqual(["delivered"]);

    await given.sandbox.advance(dayMs + minuteMs);
    expect(await reach(given, 50, 51)).toEqual(["delivered"]);
  });

  it("was each number's own before 7 October 2025", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/rules", { asOf: "2025-03-31" });
    const second = (
      await given.control("POST", `/accounts/${given.accountId}/numbers`, { displayNumber: "+31 10 808 0199" })
    ).body.id;
    await given.control("PUT", `/numbers/${second}`, { callbackUrl: given.subscriber.url });
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_50" });
    expect(await limitOf(given, second)).toBe("TIER_2K");
    expect((await reach(given, 0, 51)).at(-1)).toBe("failed 131048");
    expect(await reach(given, 50, 51, second)).toEqual(["delivered"]);
  });

  it("is raised within six hours once half of it was used with high quality, and says so", async () => {
    const given = await givenSandbox();
    await listenToAll(given);
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_50" });
    await reach(given, 0, 24);
    await given.sandbox.advance(7 * hourMs);
    expect(await limitOf(given)).toBe("TIER_50");
    await reach(given, 24, 25);
    await given.sandbox.advance(5 * hourMs);
    expect(await limitOf(given)).toBe("TIER_50");
    await given.sandbox.advance(hourMs);
    expect(await limitOf(given)).toBe("TIER_250");
    expect(given.subscriber.values("business_capability_update")).toEqual([
      expect.objectContaining({ max_daily_conversations_per_business: "TIER_250" }),
    ]);
  });

  it("of 250 goes to 2,000 without verification, after 2,000 people within thirty days", async () => {
    const given = await givenSandbox();
    await listenToAll(given);
    await given.control("PUT", `/numbers/${given.number.id}`, {
      messagingLimit: "TIER_250",
      throughputPerSecond: 1_000,
    });
    for (let day = 0; day < 8; day++) {
      expect(await limitOf(given)).toBe("TIER_250");
      await reach(given, day * 250, day * 250 + 250);
      await given.sandbox.advance(dayMs);
    }
    expect(await limitOf(given)).toBe("TIER_2K");
  });

  it("is not raised while quality is low, and says so once", async () => {
    const given = await givenSandbox();
    await listenToAll(given);
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_50", quality: "YELLOW" });
    await reach(given, 0, 30);
    await given.sandbox.advance(7 * hourMs);
    expect(await limitOf(given)).toBe("TIER_50");
    expect(given.subscriber.values("account_alerts")).toMatchObject([
      { entity_type: "BUSINESS", alert_info: { alert_type: "INCREASED_CAPABILITIES_ELIGIBILITY_DEFERRED" } },
    ]);
  });

  it("of a new portfolio is 250, and 2,000 once the business is verified", async () => {
    const given = await givenSandbox();
    await listenToAll(given);
    const { id, token, numbers } = (
      await given.control("POST", "/accounts", {
        name: "Fietsenmaker",
        displayNumber: "+31 20 808 0103",
        verified: false,
      })
    ).body;
    const node = async () =>
      (
        await given.graph(
          "GET",
          `/v25.0/${id}?fields=business_verification_status,whatsapp_business_manager_messaging_limit`,
          undefined,
          token,
        )
      ).body;
    expect(numbers[0].messagingLimit).toBe("TIER_250");
    expect(await node()).toMatchObject({
      business_verification_status: "not_verified",
      whatsapp_business_manager_messaging_limit: "TIER_250",
    });
    await given.control("PUT", `/accounts/${id}`, { verified: true });
    await given.sandbox.quiet();
    expect(await node()).toMatchObject({
      business_verification_status: "verified",
      whatsapp_business_manager_messaging_limit: "TIER_2K",
    });
    expect(given.subscriber.values("business_capability_update")).toHaveLength(1);
  });

  it("never lets more people through in any 24 hours, whoever is written to when", async () => {
    const step = fc.record({ people: fc.integer({ min: 1, max: 30 }), from: fc.nat(90), hours: fc.nat(14) });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
        const given = await givenSandbox();
        await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_50" });
        await given.control("PUT", "/rules", { thresholds: { limit: { raisedAfterMs: 365 * dayMs } } });
        const arrived: { at: number; to: number }[] = [];
        for (const { people, from, hours } of steps) {
          const at = given.sandbox.now();
          const outcomes = await reach(given, from, from + people);
          const reached = (since: number) =>
            new Set(arrived.filter(({ at: when }) => when > since).map(({ to }) => to));
          for (const [index, outcome] of outcomes.entries()) {
            const before = reached(at - dayMs);
            const isNew = !before.has(from + index);
            expect(outcome).toBe(isNew && before.size >= 50 ? "failed 131048" : "delivered");
            if (outcome === "delivered") arrived.push({ at, to: from + index });
          }
          await given.sandbox.advance(hours * hourMs);
        }
        await closeAll();
      }),
      { numRuns: 6, seed: 2 },
    );
  });
});

describe("throughput", () => {
  it.each([
    ["80 messages a second", {}, 80],
    ["20 of a number that is also on the Business app", { businessApp: {} }, 20],
    ["1,000 after the upgrade", { throughputPerSecond: 1_000 }, 1_000],
  ])("is %s, the next is refused with 130429", async (_, change, most) => {
    const given = await givenSandbox();
    await given.control("PUT", `/numbers/${given.number.id}`, { ...change, pairBurst: 10_000 });
    await given.personWrites();
    await given.sandbox.advance(minuteMs);
    for (let count = 0; count < most; count++) await given.send(text("Dag"));
    await expect(given.send(text("Dag"))).rejects.toThrow("130429");
    await given.sandbox.advance(secondMs);
    await given.send(text("Dag"));
  });

  it("goes to 1,000 a second after a minute of 131057, at an unlimited number that reached enough people", async () => {
    const given = await givenSandbox();
    await listenToAll(given);
    await given.control("PUT", "/rules", { thresholds: { limit: { throughputFromPeople: 20 } } });
    await reach(given, 0, 25);
    const throughput = async () =>
      (await given.graph("GET", `/v25.0/${given.number.id}?fields=throughput`)).body.throughput.level;
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_UNLIMITED" });
    expect(await reach(given, 25, 26)).toEqual(["delivered"]);
    const busy = await given.graph("POST", `/v25.0/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      to: person(26),
      ...orderUpdate,
    });
    expect([busy.status, busy.body.error.code]).toEqual([500, 131057]);
    await given.sandbox.advance(minuteMs);
    expect(await throughput()).toBe("HIGH");
    expect(await reach(given, 26, 27)).toEqual(["delivered"]);
    expect(given.subscriber.values("phone_number_quality_update")).toEqual([
      {
        display_phone_number: given.number.number,
        event: "THROUGHPUT_UPGRADE",
        max_daily_conversations_per_business: "TIER_UNLIMITED",
      },
    ]);
  });
});

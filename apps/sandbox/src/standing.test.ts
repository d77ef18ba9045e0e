import { dayMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, givenSandbox, weekendOffer } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

describe("standing", () => {
  it("shows what people did day by day, the limit used, and what comes next in a sentence", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/rules", {
      thresholds: { quality: { judgedFrom: 10 }, enforcement: { judgedFrom: 10, severeShare: 5 } },
    });
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_50" });
    const people = Array.from({ length: 10 }, (_, index) => `3165000000${index}`);
    for (const to of people) await given.send(weekendOffer, to);
    await given.sandbox.advance(secondMs);
    const standing = async () => (await given.control("GET", "/standing")).body.accounts[0];
    const before = await standing();
    expect(before).toMatchObject({
      strikes: [],
      appeal: null,
      sinceStrike: { delivered: 10, share: 0 },
      next: "The next strike brings a warning. It comes when weighted blocks, reports and stops reach 8 % of delivered templates with at least 3 reports.",
      nextCode: { code: "next-strike", brings: { step: "warning" }, reportsAtLeast: 3, judgedFrom: null },
    });
    expect(before.numbers[0]).toMatchObject({
      quality: "GREEN",
      limit: { tier: "TIER_50", people: 50, of: "portfolio", used: 10, refused: 0, next: "TIER_250" },
      nextCode: { code: "judged", quality: "GREEN", share: 0 },
      days: [{ day: "2026-11-22", delivered: 10, score: "GREEN" }],
    });
    for (const to of people.slice(0, 3)) await given.control("POST", `/phones/${to}/actions`, { type: "report" });
    const after = await standing();
    expect(after).toMatchObject({
      strikes: [{ rung: 0, counts: true, cause: { code: "reactions", reported: 3, delivered: 10 } }],
      sinceStrike: { delivered: 0 },
    });
    expect(after.next).toMatch(/^The next strike brings no templates and no new numbers for 1 day\./);
    const template = after.templates.find(({ name }: Body) => name === "weekend_offer");
    expect(template).toMatchObject({
      status: "PAUSED",
      pauses: 1,
      next: "Paused for the first time; it is unpaused by itself.",
      nextCode: { code: "paused", time: 1 },
    });
  });

  it("remembers how much of the limit was used on each day, and what was refused over it", async () => {
    const given = await givenSandbox();
    await given.control("PUT", `/numbers/${given.number.id}`, { messagingLimit: "TIER_50" });
    for (let person = 0; person < 52; person++) await given.send(weekendOffer, `316500000${10 + person}`);
    await given.sandbox.advance(2 * dayMs);
    await given.send(weekendOffer, "31650000099");
    await given.sandbox.advance(secondMs);
    const { limit } = (await given.control("GET", "/standing")).body.accounts[0].numbers[0];
    expect(limit.days).toEqual([
      { day: "2026-11-22", people: 50, limit: 50, refused: 2 },
      // Half of it used: raised to the next step meanwhile.
      { day: "2026-11-24", people: 1, limit: 250, refused: 0 },
    ]);
  });

  it("is in the snapshot: what was counted goes on counting", async () => {
    const given = await givenSandbox();
    await given.send(weekendOffer);
    await given.sandbox.advance(secondMs);
    const before = (await given.control("GET", "/standing")).body;
    const snapshot = given.sandbox.snapshot();
    await given.control("POST", "/reset", {});
    expect((await given.control("GET", "/standing")).body).not.toEqual(before);
    given.sandbox.restore(snapshot);
    await given.control("GET", "/standing");
    expect(given.sandbox.snapshot()).toBe(snapshot);
    expect((await given.control("GET", "/standing")).body).toEqual(before);
    expect((await given.control("GET", "/ledger")).body.rows).toHaveLength(1);
  });
});

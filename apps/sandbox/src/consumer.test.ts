import { dayMs, hourMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, weekendOffer } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const number = "+31612340000";

async function givenConsumer(ageMs = 400 * dayMs): Promise<{ given: Given; acts: (activity: Body) => Promise<Body> }> {
  const given = await givenSandbox({ rulesAsOf: "2019-12-08" });
  await given.control("POST", "/consumers", { number, operator: "Dagblad", ageMs });
  return {
    given,
    acts: async (activity) => (await given.control("POST", `/consumers/${number}/activity`, activity)).body,
  };
}

describe("an ordinary account of the app", () => {
  it.each<[string, number, Body, string]>([
    ["somebody who writes to friends", 400 * dayMs, { messages: 80 }, "active"],
    [
      "a hundred messages in 15 seconds, minutes after registering",
      300_000,
      { messages: 100, overMs: 15_000 },
      "banned",
    ],
    ["the same pace from an old account", 400 * dayMs, { messages: 100, overMs: 15_000 }, "under review"],
    ["dozens of groups", 400 * dayMs, { groupsCreated: 30 }, "banned"],
    [
      "a protocol library that shows no typing",
      400 * dayMs,
      { messages: 50, client: "library", typing: false, business: true },
      "banned",
    ],
    ["a newsletter by hand to people who know it", 400 * dayMs, { messages: 200, business: true }, "active"],
    [
      "a newsletter by hand that several report",
      400 * dayMs,
      { messages: 200, strangers: 150, business: true, reports: 4 },
      "under review",
    ],
  ])("%s", async (_, ageMs, activity, state) => {
    const { acts } = await givenConsumer(ageMs);
    expect(await acts(activity)).toMatchObject({ state });
  });

  it("under review is banned half a day later, says why by mail, and does nothing more", async () => {
    const { given, acts } = await givenConsumer();
    await acts({ messages: 60, client: "browser" });
    await given.sandbox.advance(12 * hourMs);
    const { items } = (await given.control("GET", "/consumers")).body;
    expect(items).toMatchObject([{ state: "banned", why: "sent by something that is not the app" }]);
    expect((await given.control("GET", `/mails?to=31612340000`)).body.items).toMatchObject([
      { subject: "This account is not allowed to use WhatsApp" },
    ]);
    const { webhooks } = (await given.control("GET", "/log")).body;
    expect(webhooks.filter(({ field }: Body) => field === "mail")).toHaveLength(1);
    expect(await acts({ messages: 1 })).toMatchObject({ error: { message: "+31612340000 is banned." } });
  });

  it("forgives after thirty days", async () => {
    const { given, acts } = await givenConsumer();
    await acts({ messages: 200, strangers: 200 });
    await given.sandbox.advance(31 * dayMs);
    expect(await acts({ messages: 200, strangers: 200 })).toMatchObject({ state: "active" });
  });
});

describe("public claims", () => {
  const claim = (given: Given, text: string) =>
    given.control("POST", "/claims", { operator: "Dagblad", text, url: "https://dagblad.example/" });

  it.each([
    ["Send bulk WhatsApp messages without the API!", 1],
    ["Unlimited WhatsApp blasts. Ban-proof.", 2],
    ["Geen opt-in nodig.", 1],
    ["Wij zijn een krant uit Rotterdam.", 0],
    ["We never send bulk messages without the API.", 0],
    ["Nooit meer geblokkeerd!", 1],
    ["We never sell anti-ban tricks.", 0],
    ["Wij halen nummers uit WhatsApp-groepen voor u.", 1],
    ["Onze lezers komen uit drie groepen.", 0],
  ])("%s: %i", async (text, findings) => {
    const given = await givenSandbox();
    const { found, demand } = (await claim(given, text)).body;
    expect(found).toHaveLength(findings);
    expect(demand === null).toBe(findings === 0);
  });

  it("lead to a demand with a date, and to bans when it passes without an answer", async () => {
    const { given } = await givenConsumer();
    const { demand } = (await claim(given, "Nieuwsbrief via WhatsApp zonder API: onbeperkte WhatsApp-berichten.")).body;
    expect(demand).toMatchObject({ state: "open", operator: "Dagblad", until: "2026-12-06T08:00:00.000Z" });
    await given.sandbox.advance(14 * dayMs);
    expect((await given.control("GET", "/claims")).body.items).toMatchObject([{ state: "legal action" }]);
    expect((await given.control("GET", "/consumers")).body.items).toMatchObject([{ state: "banned" }]);
    const { items } = (await given.control("GET", "/mails?to=Dagblad")).body;
    expect(items.map(({ subject }: Body) => subject)).toEqual(["Demand to stop", "Legal action"]);
  });

  it("rest once they are withdrawn in time", async () => {
    const { given } = await givenConsumer();
    const { demand } = (await claim(given, "Ban-proof sender.")).body;
    await given.control("POST", `/claims/${demand.id}/answer`);
    await given.sandbox.advance(15 * dayMs);
    expect((await given.control("GET", "/claims")).body.items).toMatchObject([{ state: "answered" }]);
    expect((await given.control("GET", "/consumers")).body.items).toMatchObject([{ state: "active" }]);
  });

  it("were no evidence by themselves before 7 December 2019", async () => {
    const given = await givenSandbox({ rulesAsOf: "2019-12-06" });
    expect((await claim(given, "Ban-proof sender.")).body).toMatchObject({ found: [{}], demand: null });
  });
});

describe("the day whose rules apply", () => {
  it("is set at the start, whatever the clock says, and survives a reset", async () => {
    const given = await givenSandbox({ rulesAsOf: "2025-03-31" });
    expect((await given.control("GET", "/rules")).body.asOf).toBe("2025-03-31T00:00:00.000Z");
    await given.control("POST", "/reset", { keepSubscriptions: true });
    const id = await given.send(weekendOffer, "12125550100");
    await given.sandbox.advance(1_000);
    expect(given.statusesOf(id).at(-1)).toMatchObject({ status: "delivered", pricing: { pricing_model: "CBP" } });
  });
});

import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text, weekendOffer } from "./given.ts";

afterEach(closeAll);

const nobodyActs = {
  reads: { share: 1, afterMs: [60_000, 60_000] },
  replies: { share: 0 },
  blocks: 0,
  reports: 0,
  stops: 0,
  notOnWhatsApp: 0,
  numberChanged: 0,
};

async function givenCrowd(size: number, profile: object = {}, more: object = {}): Promise<Given> {
  const given = await givenSandbox();
  await given.control("PUT", `/numbers/${given.number.id}`, {
    throughputPerSecond: 100_000,
    messagingLimit: "TIER_UNLIMITED",
  });
  const answer = await given.control("POST", "/crowd", { size, profile: { ...nobodyActs, ...profile }, ...more });
  expect(answer.status).toBe(200);
  return given;
}

async function numbersOf(given: Given): Promise<string[]> {
  return (await given.control("GET", "/crowd/numbers?limit=10000")).body.items;
}

async function sendToAll(given: Given, content = orderUpdate): Promise<string[]> {
  const ids: string[] = [];
  for (const number of await numbersOf(given)) ids.push(await given.send(content, number));
  return ids;
}

async function countsOf(given: Given): Promise<Record<string, number>> {
  return (await given.control("GET", "/crowd")).body.counts;
}

describe("a crowd", () => {
  it("tells who has which number, and leaves them as they are when their phone is looked at", async () => {
    const given = await givenSandbox();
    await given.control("POST", "/crowd", { size: 12, prefix: "+3197" });
    const { items, people, next, more } = (await given.control("GET", "/crowd/numbers?people=1&after=4&limit=2")).body;
    expect({ items, next, more }).toEqual({ items: ["+31970000004", "+31970000005"], next: 6, more: true });
    const phone = (await given.control("GET", "/phones/31970000004")).body;
    const { number, name, language, onWhatsApp } = phone;
    expect(people[0]).toEqual({ number, name, language, onWhatsApp });
    const kept = (await given.control("GET", "")).body.phones.map((one: { number: string }) => one.number);
    expect(kept).not.toContain(number);
  });

  it("receives and reads, with a webhook for each step", async () => {
    const given = await givenCrowd(30);
    const ids = await sendToAll(given);
    await given.sandbox.advance(1_000);
    expect(await countsOf(given)).toMatchObject({ received: 30, read: 0 });
    await given.sandbox.advance(120_000);
    expect(await countsOf(given)).toMatchObject({ received: 30, read: 30 });
    for (const id of ids)
      expect(given.statusesOf(id).map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
  });

  it.each([
    { act: "replies", profile: { replies: { share: 1, texts: ["Dank je"] } }, count: "replied" },
    { act: "stops", profile: { stops: 1 }, count: "stopped" },
    { act: "blocks", profile: { blocks: 1 }, count: "blocked" },
    { act: "reports", profile: { reports: 1 }, count: "reported" },
    { act: "changes numbers", profile: { numberChanged: 1 }, count: "numberChanged" },
    { act: "is not there", profile: { notOnWhatsApp: 1 }, count: "unreachable" },
  ])("$act", async ({ profile, count }) => {
    const given = await givenCrowd(5, profile);
    await sendToAll(given, weekendOffer);
    await given.sandbox.advance(3_600_000);
    expect((await countsOf(given))[count]).toBe(5);
  });

  it("answers as the phones do, opens the window, and taps what is offered", async () => {
    const given = await givenCrowd(20, { replies: { share: 1 } });
    await sendToAll(given, weekendOffer);
    await given.sandbox.advance(3_600_000);
    const heard = given.subscriber.values("messages").flatMap((value) => value.messages ?? []);
    expect(new Set(heard.map(({ type }) => type))).toEqual(new Set(["text", "button"]));
    expect(heard).toHaveLength(20);
    const tap = heard.find(({ type }) => type === "button");
    expect(["Reserveren", "Stop"]).toContain(tap.button.text);
    const answer = await given.send(text("Tot zaterdag"), tap.from);
    await given.sandbox.advance(1_000);
    expect(given.statusesOf(answer).map(({ status }) => status)).toEqual(["sent", "delivered"]);
  });

  it("that blocked or stopped is out of reach afterwards", async () => {
    const given = await givenCrowd(2, { blocks: 1 });
    await sendToAll(given);
    await given.sandbox.advance(3_600_000);
    const [again = ""] = await sendToAll(given);
    await given.sandbox.advance(1_000);
    expect(given.statusesOf(again)[0]).toMatchObject({ status: "failed", errors: [{ code: 131026 }] });
  });

  it("acts by its shares, and reads half of what it reads by the median", async () => {
    const given = await givenCrowd(2_000, { reads: { share: 0.6, afterMs: [600_000, 7_200_000] }, blocks: 0.1 });
    await sendToAll(given);
    await given.sandbox.advance(600_000);
    const early = (await countsOf(given)).read ?? 0;
    await given.sandbox.advance(72 * 3_600_000);
    const { read = 0, blocked = 0 } = await countsOf(given);
    expect(read / 2_000).toBeCloseTo(0.6, 1);
    expect(blocked / 2_000).toBeCloseTo(0.1, 1);
    expect(early / read).toBeCloseTo(0.5, 1);
  });

  it("is the same people for the same seed, and others for another", async () => {
    const one = await givenCrowd(200, { countries: { NL: 1, DE: 1 } }, { seed: 5 });
    const other = await givenCrowd(200, { countries: { NL: 1, DE: 1 } }, { seed: 5 });
    const third = await givenCrowd(200, { countries: { NL: 1, DE: 1 } }, { seed: 6 });
    expect(await numbersOf(one)).toEqual(await numbersOf(other));
    expect(await numbersOf(one)).not.toEqual(await numbersOf(third));
    const heads = new Set((await numbersOf(one)).map((number) => number.slice(0, 3)));
    expect(heads).toEqual(new Set(["+31", "+49"]));
  });

  it("can be spoken to one by one, like any phone", async () => {
    const given = await givenCrowd(3, {}, { prefix: "+3197" });
    const id = await given.send(orderUpdate, "+31970000001");
    await given.sandbox.advance(1_000);
    const shown = await given.control("GET", "/phones/31970000001/messages");
    expect(shown.body.items).toMatchObject([{ id, status: "delivered" }]);
    await given.control("PUT", "/phones/31970000001", { name: "Somebody special" });
    await given.personWrites(text("Hallo"), "31970000001");
    const [message] = given.subscriber.values("messages").filter((value) => value.messages);
    expect(message?.contacts[0].profile.name).toBe("Somebody special");
    const byId = message?.contacts[0].user_id;
    await given.control("POST", "/phones/31970000002/messages", text("Ook hallo"));
    await given.sandbox.quiet();
    const other = given.subscriber.values("messages").filter((value) => value.messages)[1]?.contacts[0].user_id;
    const answer = await given.graph("POST", `/v25.0/${given.number.id}/messages`, {
      messaging_product: "whatsapp",
      recipient: other,
      ...text("Dag"),
    });
    expect([answer.status, byId === other]).toEqual([200, false]);
  });

  it("leaves a phone alone that was set up by itself, also when it was off in between", async () => {
    const given = await givenCrowd(2, {}, { prefix: "+3197" });
    await given.control("PUT", "/phones/31970000001", { online: false, autoRead: true });
    const [, id = ""] = await sendToAll(given);
    await given.sandbox.advance(3_600_000);
    expect(given.statusesOf(id).map(({ status }) => status)).toEqual(["sent"]);
    await given.control("PUT", "/phones/31970000001", { online: true });
    await given.sandbox.advance(1_000);
    expect(given.statusesOf(id).map(({ status }) => status)).toEqual(["sent", "delivered", "read"]);
    expect(await countsOf(given)).toMatchObject({ received: 1, read: 1 });
  });

  it("forgets the wishes of somebody who is not there any more", async () => {
    const given = await givenCrowd(2, { replies: { share: 1 } }, { prefix: "+3197" });
    await sendToAll(given);
    await given.sandbox.advance(1_000);
    await given.control("PUT", "/phones/31970000001", { onWhatsApp: false });
    await given.sandbox.advance(3_600_000);
    expect((await countsOf(given)).replied).toBe(1);
  });

  it("keeps the last four messages of each, and forgets nothing else when its threads are packed", async () => {
    const given = await givenCrowd(9_000, nobodyActs, { prefix: "+3197" });
    const first = "31970000000";
    for (let count = 0; count < 6; count++) {
      await given.send(orderUpdate, first);
      await given.sandbox.advance(1_000);
    }
    await given.control("POST", `/phones/${first}/actions`, { type: "stop-marketing" });
    const before = (await given.control("GET", `/phones/${first}/messages`)).body;
    expect(before.items).toHaveLength(4);
    // More people than threads are kept as objects.
    for (const number of await numbersOf(given))
      await given.control("POST", `/phones/${number}/actions`, { type: "unblock" });
    expect((await given.control("GET", `/phones/${first}/messages`)).body).toEqual(before);
    expect((await given.control("GET", `/phones/${first}`)).body.threads).toMatchObject([{ marketingStopped: true }]);
  });

  it("goes on where it stood after a restore, and is gone when it is dismissed", async () => {
    const given = await givenCrowd(10);
    await sendToAll(given);
    await given.sandbox.advance(1_000);
    given.sandbox.restore(given.sandbox.snapshot());
    await given.sandbox.advance(120_000);
    expect(await countsOf(given)).toMatchObject({ received: 10, read: 10 });
    const { body } = await given.control("DELETE", "/crowd");
    expect(body.size).toBe(0);
  });

  it.each([
    { body: {}, says: /size/ },
    { body: { size: 1_000_001 }, says: /size/ },
    { body: { size: 1, profile: "nobody" }, says: /There are news/ },
    { body: { size: 1, profile: { reeds: 1 } }, says: /Unknown member/ },
    { body: { size: 1, profile: { reads: { share: 0.1 }, blocks: 0.2 } }, says: /at most reads.share/ },
    { body: { size: 1, profile: { countries: ["XX"] } }, says: /XX/ },
    { body: { size: 1, prefix: "06" }, says: /prefix/ },
    { body: { size: 1, prefix: "+31970000" }, says: /prefix/ },
    { body: { size: 1, prefix: "+521555" }, says: /another form/ },
  ])("is refused when asked for wrongly: $body", async ({ body, says }) => {
    const given = await givenSandbox();
    const answer = await given.control("POST", "/crowd", body);
    expect([answer.status, answer.body.error.message]).toEqual([400, expect.stringMatching(says)]);
  });
});

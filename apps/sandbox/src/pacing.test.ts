import { dayMs, hourMs, minuteMs, secondMs } from "@loket/kit";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const person = (index: number): string => `316${String(40_000_000 + index)}`;

async function givenCampaign(thresholds: Body = {}): Promise<Given> {
  const given = await givenSandbox();
  await given.control("PUT", "/rules", {
    thresholds: { portfolio: { firstBatch: 10 }, quality: { judgedFrom: 1_000 }, ...thresholds },
  });
  return given;
}

interface Sent {
  readonly id: string;
  readonly status: string;
}

async function sendTo(given: Given, from: number, to: number, content: Body = orderUpdate): Promise<Sent[]> {
  const sent: Sent[] = [];
  for (let index = from; index < to; index++) {
    const path = `/v25.0/${given.number.id}/messages`;
    const { body } = await given.graph("POST", path, { messaging_product: "whatsapp", to: person(index), ...content });
    sent.push({ id: body.messages[0].id, status: body.messages[0].message_status });
  }
  await given.sandbox.advance(secondMs);
  return sent;
}

const waiting = (sent: readonly Sent[]) => sent.filter(({ status }) => status === "held_for_quality_assessment").length;
const delivered = (given: Given, sent: readonly Sent[]) =>
  sent.filter(({ id }) => given.statusesOf(id).some(({ status }) => status === "delivered")).length;

describe("a campaign of a portfolio", () => {
  it("goes out in batches, each twice as large as the one before", async () => {
    const given = await givenCampaign();
    const sent = await sendTo(given, 0, 50);
    expect([waiting(sent), delivered(given, sent)]).toEqual([40, 10]);
    for (const out of [20, 40, 50]) {
      await given.sandbox.advance(30 * minuteMs);
      expect(delivered(given, sent)).toBe(out);
    }
  });

  it("is dropped with what waits when people take it badly", async () => {
    const given = await givenCampaign();
    const sent = await sendTo(given, 0, 20);
    await given.control("POST", `/phones/${person(0)}/actions`, { type: "block" });
    await given.sandbox.advance(hourMs);
    expect(delivered(given, sent)).toBe(10);
    expect(given.statusesOf(sent[15]?.id ?? "")).toMatchObject([{ status: "failed", errors: [{ code: 132015 }] }]);
  });

  it("ends with a pause; the next one begins with a first batch again", async () => {
    const given = await givenCampaign();
    expect(waiting(await sendTo(given, 0, 8))).toBe(0);
    await given.sandbox.advance(7 * hourMs);
    expect(waiting(await sendTo(given, 8, 16))).toBe(0);
    expect(waiting(await sendTo(given, 16, 20))).toBe(2);
  });

  it("is not held by the rules of a day before there were batches", async () => {
    const given = await givenCampaign();
    await given.control("PUT", "/rules", { asOf: "2025-12-07" });
    expect(waiting(await sendTo(given, 0, 20))).toBe(0);
  });

  it("that waits survives a snapshot", async () => {
    const given = await givenCampaign();
    const sent = await sendTo(given, 0, 15);
    given.sandbox.restore(given.sandbox.snapshot());
    await given.sandbox.advance(30 * minuteMs);
    expect(delivered(given, sent)).toBe(15);
  });
});

describe("a number of low quality", () => {
  it("sends so many templates an hour, and no more (131048)", async () => {
    const given = await givenCampaign({ spam: { templatesAnHour: 5 }, portfolio: { firstBatch: 1_000 } });
    await given.control("PUT", `/numbers/${given.number.id}`, { quality: "RED" });
    const sent = await sendTo(given, 0, 8);
    expect(delivered(given, sent)).toBe(5);
    expect(given.statusesOf(sent[7]?.id ?? "")).toMatchObject([{ status: "failed", errors: [{ code: 131048 }] }]);
    await given.sandbox.advance(hourMs);
    expect(delivered(given, await sendTo(given, 8, 12))).toBe(4);
    await given.control("PUT", `/numbers/${given.number.id}`, { quality: "GREEN" });
    await given.sandbox.advance(dayMs);
    expect(delivered(given, await sendTo(given, 12, 20))).toBe(8);
  });
});

import { dayMs, secondMs } from "@loket/kit";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, morning, text } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const sam = "31612345678";
const kit = "31600000007";
const ago = (ms: number) => new Date(morning - ms).toISOString();

async function synchronize(given: Given, sync_type = "history"): Promise<void> {
  await given.control("PUT", `/numbers/${given.number.id}`, { businessApp: {} });
  await given.graph("POST", `/${given.number.id}/smb_app_data`, { messaging_product: "whatsapp", sync_type });
  await given.sandbox.quiet();
}

interface Chunk {
  readonly metadata: { phase: number; chunk_order: number; progress: number };
  readonly threads: { id: string; context: Body; messages: Body[] }[];
}

const chunksOf = (given: Given): Chunk[] =>
  given.subscriber.values("history").flatMap(({ history = [] }) => history as Chunk[]);
const idsOf = ({ threads }: Chunk) => threads.flatMap(({ messages }) => messages.map(({ id }) => id));

describe("the history of a number that comes from the business app", () => {
  it("comes in three phases by age, with the older ones left out", async () => {
    const given = await givenSandbox();
    const messages = [
      { id: "hour", from: "phone", ...text("uur"), timestamp: ago(3_600_000) },
      { id: "month", from: "business", ...text("maand"), timestamp: ago(30 * dayMs), status: "read" },
      { id: "spring", from: "phone", ...text("lente"), timestamp: ago(120 * dayMs) },
      { id: "year", from: "phone", ...text("jaar"), timestamp: ago(365 * dayMs) },
    ];
    await given.control("POST", `/phones/${sam}/history`, { messages });
    await synchronize(given);
    expect(chunksOf(given).map((chunk) => [chunk.metadata, idsOf(chunk)])).toEqual([
      [{ phase: 0, chunk_order: 1, progress: 33 }, ["hour"]],
      [{ phase: 1, chunk_order: 1, progress: 66 }, ["month"]],
      [{ phase: 2, chunk_order: 1, progress: 100 }, ["spring"]],
    ]);
    expect(chunksOf(given)[1]?.threads[0]).toMatchObject({
      id: sam,
      context: { wa_id: sam, user_id: expect.stringMatching(/^NL\./) },
      messages: [{ from: given.number.number, to: sam, history_context: { status: "READ" } }],
    });
  });

  it("is told once each, in order, up to a hundred percent, however it is cut", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 170 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        async (ages, messagesPerChunk) => {
          const given = await givenSandbox();
          await given.control("PUT", "/rules", { thresholds: { coexistence: { messagesPerChunk } } });
          const messages = ages.map((days, index) => ({
            id: `m${index}`,
            from: "phone",
            ...text("x"),
            timestamp: ago(days * dayMs + secondMs),
          }));
          await given.control("POST", `/phones/${sam}/history`, { messages });
          await synchronize(given);
          const chunks = chunksOf(given);
          expect(chunks.flatMap(idsOf).sort()).toEqual(messages.map(({ id }) => id).sort());
          const progress = chunks.map(({ metadata }) => metadata.progress);
          expect([progress, progress.at(-1)]).toEqual([[...progress].sort((one, other) => one - other), 100]);
          for (const phase of [0, 1, 2]) {
            const orders = chunks
              .filter(({ metadata }) => metadata.phase === phase)
              .map((one) => one.metadata.chunk_order);
            expect(orders).toEqual(orders.map((_, index) => index + 1));
          }
          expect(Math.max(...chunks.map((chunk) => idsOf(chunk).length))).toBeLessThanOrEqual(messagesPerChunk);
          await closeAll();
        },
      ),
      { numRuns: 15 },
    );
  });

  it("holds the place of files, and names those of fourteen days afterwards", async () => {
    const given = await givenSandbox();
    const messages = [
      { id: "new", from: "phone", type: "image", image: { caption: "Deze" }, timestamp: ago(2 * dayMs) },
      { id: "old", from: "phone", type: "image", timestamp: ago(20 * dayMs) },
    ];
    await given.control("POST", `/phones/${sam}/history`, { messages });
    await synchronize(given);
    const types = chunksOf(given).flatMap(({ threads }) =>
      threads.flatMap((one) => one.messages.map(({ type }) => type)),
    );
    expect(types).toEqual(["media_placeholder", "media_placeholder"]);
    const files = given.subscriber.values("history").flatMap(({ messages: told = [] }) => told);
    expect(files).toMatchObject([{ id: "new", from: sam, image: { caption: "Deze", id: expect.any(String) } }]);
    expect((await given.graph("GET", `/${files[0].image.id}`)).status).toBe(200);
  });
});

describe("the address book of the business app", () => {
  it("is told whole when asked for, and at every change after", async () => {
    const given = await givenSandbox();
    await given.personWrites();
    await synchronize(given, "smb_app_state_sync");
    const change = (body: Body) => given.control("POST", `/numbers/${given.number.id}/contacts`, body);
    await change({ type: "add", phone: kit, name: "Kit van de krant" });
    await change({ type: "edit", phone: sam, name: "Sam Taart" });
    await change({ type: "remove", phone: sam });
    await given.sandbox.quiet();
    const told = given.subscriber.values("smb_app_state_sync").map(({ state_sync }) => state_sync);
    expect(told.map((list) => list.map(({ action, contact }: Body) => [action, (contact as Body).full_name]))).toEqual([
      [["add", "Sam de Vries"]],
      [["add", "Kit van de krant"]],
      [["add", "Sam Taart"]],
      [["remove", undefined]],
    ]);
    // Who hides the number is named by user id alone.
    expect(told[1]?.[0].contact).not.toHaveProperty("phone_number");
    expect(told[1]?.[0].contact.user_id).toMatch(/^NL\./);
    expect(told[3]?.[0].contact).toMatchObject({ phone_number: sam });
  });

  it("is there only on a number that is on the app", async () => {
    const given = await givenSandbox();
    const answer = await given.control("POST", `/numbers/${given.number.id}/contacts`, { type: "add", phone: sam });
    expect(answer.status).toBe(409);
  });
});

describe("a business app nobody opens", () => {
  const connection = async (given: Given) =>
    (await given.control("GET", `/numbers/${given.number.id}`)).body.businessApp;
  const gone = (given: Given) =>
    given.subscriber.values("account_update").map(({ event, disconnection_info }) => [event, disconnection_info]);

  it("is left after fourteen days, and says so", async () => {
    const given = await givenSandbox();
    await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
    await synchronize(given);
    await given.sandbox.advance(13 * dayMs);
    await given.control("POST", `/numbers/${given.number.id}/echoes`, { to: sam, ...text("Tot zo!") });
    await given.sandbox.advance(13 * dayMs);
    expect([await connection(given), gone(given)]).toEqual([expect.objectContaining({ sharesHistory: true }), []]);
    given.sandbox.restore(given.sandbox.snapshot());
    await given.sandbox.advance(dayMs);
    const told = [["PARTNER_REMOVED", { reason: "PRIMARY_INACTIVITY", initiated_by: "SYSTEM" }]];
    expect([await connection(given), gone(given)]).toEqual([null, told]);
    await given.sandbox.advance(30 * dayMs);
    expect(gone(given)).toEqual(told);
  });

  it("begins anew when the number comes back to it", async () => {
    const given = await givenSandbox();
    await synchronize(given);
    await given.sandbox.advance(10 * dayMs);
    await given.control("PUT", `/numbers/${given.number.id}`, { businessApp: null });
    await given.control("PUT", `/numbers/${given.number.id}`, { businessApp: {} });
    await given.sandbox.advance(13 * dayMs);
    expect(await connection(given)).not.toBeNull();
    await given.sandbox.advance(dayMs);
    expect(await connection(given)).toBeNull();
  });
});

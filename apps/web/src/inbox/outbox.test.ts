import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createOutbox, type OutboxEntry, type OutboxStore, pauseMs, type SendOutcome } from "./outbox.ts";
import { aMessage, iso, startMs } from "./testing.ts";

function memoryStore(kept = new Map<string, OutboxEntry>()): OutboxStore & { kept: Map<string, OutboxEntry> } {
  return {
    kept,
    load: async () => [...kept.values()],
    save: async (entry) => void kept.set(entry.clientId, entry),
    remove: async (clientId) => void kept.delete(clientId),
  };
}

function anEntry(clientId: string, conversationId = "one") {
  return {
    clientId,
    conversationId,
    body: { kind: "message" as const, send: { clientId, type: "text" as const, text: clientId } },
    file: null,
    createdAt: iso(startMs),
    seen: { version: 1, ids: [] },
  };
}

const sent: SendOutcome = { kind: "sent", message: aMessage(1) };
const no: SendOutcome = {
  kind: "parked",
  problem: { type: "about:blank", title: "Refused", status: 422, code: "policy.refused" },
};

/** An outbox whose server answers what the test says, in the order asked, and whose pauses end when the test says. */
function given(
  answers: (entry: OutboxEntry, time: number) => SendOutcome | Promise<SendOutcome>,
  store = memoryStore(),
) {
  const asked: string[] = [];
  const arrived: string[] = [];
  const pauses: { ms: number; act: () => void }[] = [];
  let inFlight = 0;
  let mostInFlight = 0;
  const outbox = createOutbox({
    store,
    async send(entry) {
      asked.push(entry.clientId);
      inFlight += 1;
      mostInFlight = Math.max(mostInFlight, inFlight);
      await Promise.resolve();
      try {
        return await answers(entry, asked.filter((id) => id === entry.clientId).length);
      } finally {
        inFlight -= 1;
      }
    },
    later(ms, act) {
      const pause = { ms, act };
      pauses.push(pause);
      return () => void pauses.splice(pauses.indexOf(pause), 1);
    },
    arrived: (entry) => void arrived.push(entry.clientId),
  });
  const settle = async () => {
    for (let turn = 0; turn < 50; turn++) await Promise.resolve();
  };
  const wakeAll = async () => {
    for (const pause of pauses.splice(0)) pause.act();
    await settle();
  };
  return { outbox, store, asked, arrived, pauses, settle, wakeAll, mostInFlight: () => mostInFlight };
}

describe("the outbox", () => {
  test("shows an entry at once, and lets it go when the real message is there", async () => {
    const { outbox, settle, arrived, store } = given(() => sent);
    outbox.add(anEntry("a"));
    expect(outbox.entries().map((entry) => entry.clientId)).toEqual(["a"]);
    await settle();
    expect(outbox.entries()).toEqual([]);
    expect(arrived).toEqual(["a"]);
    expect(store.kept.size).toBe(0);
  });

  test("keeps the order of writing within a conversation, whatever the line does", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 8 }), async (breaks) => {
        const ids = breaks.map((_, index) => `m${index}`);
        const { outbox, settle, wakeAll, arrived, mostInFlight } = given((entry, time) =>
          time <= (breaks[ids.indexOf(entry.clientId)] ?? 0) ? { kind: "again" } : sent,
        );
        for (const clientId of ids) outbox.add(anEntry(clientId));
        await settle();
        for (let turn = 0; turn < 40; turn++) await wakeAll();
        expect(arrived).toEqual(ids);
        expect(mostInFlight()).toBe(1);
      }),
      { numRuns: 60 },
    );
  });

  test("does not let one conversation wait for another", async () => {
    const { outbox, settle, arrived } = given((entry) => (entry.conversationId === "one" ? { kind: "again" } : sent));
    outbox.add(anEntry("a", "one"));
    outbox.add(anEntry("b", "two"));
    await settle();
    expect(arrived).toEqual(["b"]);
  });

  test("tries again under the same id, with growing pauses", async () => {
    const { outbox, settle, wakeAll, asked, pauses } = given((_, time) => (time < 4 ? { kind: "again" } : sent));
    outbox.add(anEntry("a"));
    await settle();
    const waited: (number | undefined)[] = [];
    while (pauses.length > 0) {
      waited.push(pauses[0]?.ms);
      await wakeAll();
    }
    expect(waited).toEqual([1_000, 2_000, 4_000]);
    expect(asked).toEqual(["a", "a", "a", "a"]);
    expect(pauseMs(20)).toBe(30_000);
  });

  test("goes on at once when the line is back", async () => {
    let online = false;
    const { outbox, settle, arrived } = given(() => (online ? sent : { kind: "again" }));
    outbox.add(anEntry("a"));
    await settle();
    online = true;
    outbox.kick();
    await settle();
    expect(arrived).toEqual(["a"]);
  });

  test("parks what was refused with its reason, and lets the next pass", async () => {
    const { outbox, settle, arrived, store } = given((entry) => (entry.clientId === "a" ? no : sent));
    outbox.add(anEntry("a"));
    outbox.add(anEntry("b"));
    await settle();
    expect(arrived).toEqual(["b"]);
    expect(outbox.entries()).toMatchObject([{ clientId: "a", state: "parked", problem: { code: "policy.refused" } }]);
    expect(store.kept.get("a")?.state).toBe("parked");
  });

  test("sends a parked one again with what its writer knows now", async () => {
    let allowed = false;
    const { outbox, settle, arrived } = given(() => (allowed ? sent : no));
    outbox.add(anEntry("a"));
    await settle();
    allowed = true;
    outbox.resend("a", { version: 7, ids: [] });
    expect(outbox.entries()[0]?.seen?.version).toBe(7);
    await settle();
    expect(arrived).toEqual(["a"]);
  });

  test("takes up after a reload what was left, in order and under the same ids", async () => {
    const store = memoryStore();
    const first = given(() => new Promise<SendOutcome>(() => {}), store);
    first.outbox.add(anEntry("1"));
    first.outbox.add(anEntry("2"));
    await first.settle();
    first.outbox.stop();
    const second = given(() => sent, store);
    await second.outbox.restore();
    await second.settle();
    expect(second.arrived).toEqual(["1", "2"]);
    expect(store.kept.size).toBe(0);
  });

  test("lets go of an entry whose message came by another road", async () => {
    const { outbox, settle, arrived } = given(() => ({ kind: "again" }));
    outbox.add(anEntry("a"));
    await settle();
    outbox.settle("a");
    expect(outbox.entries()).toEqual([]);
    expect(arrived).toEqual([]);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { standingConsents, standingNow } from "./agreement.ts";
import type { ConsentEntry, SuppressionEntry } from "./contact.ts";

const iso = (day: number) => new Date(Date.UTC(2026, 0, 1 + day)).toISOString();
const at = (day: number) => Date.parse(iso(day));
let next = 0;
const id = () => `id-${String(next++).padStart(6, "0")}`;
const said = (entry: Partial<ConsentEntry> & { day: number }): ConsentEntry => ({
  id: id(),
  purpose: "marketing",
  channel: "whatsapp",
  topic: null,
  action: "granted",
  method: "web-form",
  kind: "express",
  evidenceClass: entry.action === "withdrawn" || entry.action === "requested" ? null : "C",
  wordingId: null,
  wordingVersion: "v1",
  landingUrl: null,
  landingVersion: null,
  evidence: null,
  importId: null,
  ...entry,
  at: iso(entry.day),
});
const stopped = (entry: Partial<SuppressionEntry> & { day: number }): SuppressionEntry => ({
  id: id(),
  scope: "all",
  channel: "whatsapp",
  topic: null,
  source: "keyword",
  liftedAt: null,
  ...entry,
  at: iso(entry.day),
});
const states = (entries: ConsentEntry[], stops: SuppressionEntry[] = [], day = 100) =>
  Object.fromEntries(
    standingConsents(entries, stops, at(day)).map(({ purpose, channel, topic, state }) => [
      [purpose, channel, ...(topic === null ? [] : [topic])].join(" "),
      state,
    ]),
  );

describe("what a person agreed to, today", () => {
  it("is the last word on each purpose and channel", () => {
    expect(states([said({ day: 1 })])).toEqual({ "marketing whatsapp": "agreed" });
    expect(states([said({ day: 1 }), said({ day: 2, action: "confirmed" })])).toEqual({
      "marketing whatsapp": "confirmed",
    });
    expect(states([said({ day: 1 }), said({ day: 2, action: "withdrawn" })])).toEqual({
      "marketing whatsapp": "withdrawn",
    });
    expect(states([said({ day: 1, action: "requested" })])).toEqual({ "marketing whatsapp": "asked" });
  });

  it("is stopped by an opt-out until the person agrees anew, and their switch in the messenger outlasts that", () => {
    const yes = said({ day: 1 });
    expect(states([yes], [stopped({ day: 2 })])["marketing whatsapp"]).toBe("stopped");
    expect(states([yes, said({ day: 3 })], [stopped({ day: 2 })])["marketing whatsapp"]).toBe("agreed");
    const bySwitch = stopped({ day: 2, scope: "marketing", source: "platform-preference" });
    expect(states([yes, said({ day: 3 })], [bySwitch])["marketing whatsapp"]).toBe("stopped");
    expect(states([yes], [{ ...bySwitch, liftedAt: iso(4) }])).toEqual({ "marketing whatsapp": "agreed" });
  });

  it("counts a stop of this very second, which the platform tells as its last instant", () => {
    const stop = stopped({ day: 1 });
    const history = {
      consents: [said({ day: 0 })],
      suppressions: [{ ...stop, at: new Date(at(1) + 999).toISOString() }],
    };
    expect(standingNow(history, at(1) + 20).find(({ purpose }) => purpose === "marketing")?.state).toBe("stopped");
  });

  it("keeps apart what was stopped on one channel only, and what was taken back for one topic only", () => {
    expect(states([said({ day: 1, channel: "all" })], [stopped({ day: 2 })])).toMatchObject({
      "marketing all": "agreed",
      "marketing whatsapp": "stopped",
      "all whatsapp": "stopped",
    });
    expect(states([said({ day: 1 }), said({ day: 2, topic: "recipes", action: "withdrawn" })])).toEqual({
      "marketing whatsapp": "agreed",
      "marketing whatsapp recipes": "withdrawn",
    });
  });

  it("shows the best proof since the last stop, and since when", () => {
    const own = said({ day: 5, action: "confirmed", evidenceClass: "A", method: "inbound-message" });
    const [answer] = standingConsents(
      [said({ day: 1 }), own, said({ day: 6, evidenceClass: "D", method: "import" })],
      [stopped({ day: 4, liftedAt: iso(5) })],
      at(9),
    );
    expect(answer).toMatchObject({ state: "confirmed", evidenceClass: "A", consentId: own.id, since: iso(5) });
  });
});

const channel = fc.constantFrom("all", "whatsapp", "email");
const topic = fc.constantFrom(null, "recipes");
const day = fc.integer({ min: 0, max: 30 });
const anEntry = fc
  .record({
    day,
    channel,
    topic,
    purpose: fc.constantFrom("marketing" as const, "transactional" as const),
    action: fc.constantFrom("requested" as const, "granted" as const, "confirmed" as const, "withdrawn" as const),
    kind: fc.constantFrom("express" as const, "soft" as const),
  })
  .map(said);
const aStop = fc
  .record({
    day,
    channel,
    topic: fc.constant(null),
    scope: fc.constantFrom("all" as const, "marketing" as const),
    source: fc.constantFrom("keyword", "agent", "platform-preference"),
  })
  .map(stopped);
const histories = [fc.array(anEntry, { maxLength: 12 }), fc.array(aStop, { maxLength: 5 })] as const;
const isYes = (state: string) => state === "agreed" || state === "confirmed";

describe("for any history", () => {
  it("does not depend on the order in which entries are read, nor on what comes later", () => {
    fc.assert(
      fc.property(...histories, day, (entries, stops, now) => {
        const known = standingConsents(entries, stops, at(now));
        expect(standingConsents(entries.toReversed(), stops.toReversed(), at(now))).toEqual(known);
        const past = <Item extends { at: string }>(items: Item[]) =>
          items.filter((item) => Date.parse(item.at) <= at(now));
        expect(standingConsents(past(entries), past(stops), at(now))).toEqual(known);
      }),
    );
  });

  it("never says yes without an agreement that nobody took back or stopped since", () => {
    fc.assert(
      fc.property(...histories, (entries, stops) => {
        for (const answer of standingConsents(entries, stops, at(31))) {
          if (!isYes(answer.state)) continue;
          const deciding = entries.find((entry) => entry.id === answer.consentId);
          expect(deciding?.action).toMatch(/granted|confirmed/);
          const laterNo = entries.filter(
            (entry) =>
              entry.action === "withdrawn" &&
              entry.purpose === answer.purpose &&
              (entry.channel === "all" || entry.channel === answer.channel) &&
              (entry.topic === null || entry.topic === answer.topic) &&
              (entry.at > (deciding?.at ?? "") || (entry.at === deciding?.at && entry.id > deciding.id)),
          );
          expect(laterNo).toEqual([]);
        }
      }),
    );
  });

  it("is never loosened by one more stop or withdrawal at the end", () => {
    fc.assert(
      fc.property(...histories, aStop, anEntry, (entries, stops, stop, entry) => {
        const before = new Set(
          standingConsents(entries, stops, at(31))
            .filter(({ state }) => isYes(state))
            .map(({ purpose, channel: where, topic: about }) => `${purpose} ${where} ${about}`),
        );
        const withdrawal = { ...entry, action: "withdrawn" as const, at: iso(31) };
        const after = standingConsents([...entries, withdrawal], [...stops, { ...stop, at: iso(31) }], at(31));
        for (const { purpose, channel: where, topic: about, state } of after) {
          const wasYes = before.has(`${purpose} ${where} ${about}`);
          const fromAll = before.has(`${purpose} all ${about}`) || before.has(`${purpose} all null`);
          const fromWhole = before.has(`${purpose} ${where} null`);
          if (isYes(state)) expect(wasYes || fromAll || fromWhole).toBe(true);
        }
      }),
    );
  });
});

import type { Conversation, LoketEvent } from "@loket/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  appendPage,
  applyToList,
  type ConversationList,
  compareConversations,
  type ListFilter,
  matches,
  mergeFirstPage,
  place,
  steady,
} from "./list.ts";
import { aConversation, id, iso, startMs } from "./testing.ts";

const me = id("f0", 1);
const everything: ListFilter = { state: null, assignee: null, inboxId: null, labelId: null, q: "" };

/** What the server would answer: all that match, newest word first. */
function fetched(world: readonly Conversation[], filter: ListFilter, limit = Number.POSITIVE_INFINITY) {
  const all = world.filter((one) => matches(filter, one, me)).sort(compareConversations);
  return { items: all.slice(0, limit), next: all.length > limit ? "more" : null };
}

function changed(conversation: Conversation): LoketEvent {
  return { id: "1", at: iso(startMs), type: "conversation.changed", conversation };
}

const filters = fc.record<ListFilter>({
  state: fc.constantFrom(null, "needs-us", "waiting", "done"),
  assignee: fc.constantFrom(null, "me", "none"),
  inboxId: fc.constantFrom(null, id("b0", 1)),
  labelId: fc.constantFrom(null, id("ab", 1)),
  q: fc.constant(""),
});

const steps = fc.array(
  fc.record({
    index: fc.integer({ min: 1, max: 8 }),
    state: fc.constantFrom<Conversation["state"]>("needs-us", "waiting", "done"),
    assigneeId: fc.constantFrom(null, me, id("f0", 2)),
    labelIds: fc.constantFrom<string[]>([], [id("ab", 1)]),
    spoke: fc.integer({ min: 0, max: 5_000 }),
  }),
  { maxLength: 30 },
);

/** A life of eight conversations: every state each of them was ever in, in order. */
function live(script: typeof steps extends fc.Arbitrary<infer Steps> ? Steps : never) {
  const world = new Map(Array.from({ length: 8 }, (_, index) => [index + 1, aConversation(index + 1)]));
  const before = [...world.values()];
  const events = script.map((step) => {
    const held = world.get(step.index) ?? aConversation(step.index);
    const { state, assigneeId, labelIds } = step;
    const next = {
      ...held,
      state,
      assigneeId,
      labelIds,
      lastMessageAt: iso(startMs + step.spoke),
      version: held.version + 1,
    };
    world.set(step.index, next);
    return changed(next);
  });
  return { before, events, after: [...world.values()] };
}

describe("a list brought up to date by events", () => {
  test("equals the list fetched anew, whatever the order and however often events come", () => {
    fc.assert(
      fc.property(filters, steps, fc.infiniteStream(fc.nat()), (filter, script, dice) => {
        const { before, events, after } = live(script);
        const roll = dice[Symbol.iterator]();
        // Each event twice, then all of them shuffled.
        const shuffled = [...events, ...events]
          .map((event) => ({ event, key: Number(roll.next().value) }))
          .sort((a, b) => a.key - b.key)
          .map(({ event }) => event);
        const end = shuffled.reduce<ConversationList>(
          (list, event) => applyToList(list, filter, event, me),
          fetched(before, filter),
        );
        // A list forgets who left it, so an older state may come back in; the newest state of each settles it.
        const settled = after.reduce<ConversationList>((list, one) => applyToList(list, filter, changed(one), me), end);
        expect(settled.items).toEqual(fetched(after, filter).items);
      }),
    );
  });

  test("in the order the server tells them needs no settling", () => {
    fc.assert(
      fc.property(filters, steps, (filter, script) => {
        const { before, events, after } = live(script);
        const twice = events.flatMap((event) => [event, event]);
        const end = twice.reduce<ConversationList>(
          (list, event) => applyToList(list, filter, event, me),
          fetched(before, filter),
        );
        expect(end.items).toEqual(fetched(after, filter).items);
      }),
    );
  });

  test("of which only the first page is loaded never shows a gap", () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 6 }), (script, limit) => {
        const { before, events, after } = live(script);
        const end = events.reduce<ConversationList>(
          (list, event) => applyToList(list, everything, event, me),
          fetched(before, everything, limit),
        );
        const all = fetched(after, everything).items;
        expect(end.items).toEqual(all.slice(0, end.items.length));
      }),
    );
  });

  test("keeps the newer state where the refetch was overtaken by an event", () => {
    const newer = aConversation(1, { version: 5, unreadCount: 3 });
    const held: ConversationList = { items: [newer], next: null };
    expect(mergeFirstPage(held, { items: [aConversation(1, { version: 4 })], next: null }).items).toEqual([newer]);
  });

  test("found by words changes rows in place, as only the server knows what matches", () => {
    const filter = { ...everything, q: "bread" };
    const list: ConversationList = { items: [aConversation(2), aConversation(1)], next: null };
    const spoken = aConversation(1, { version: 2, lastMessageAt: iso(startMs + 9_000) });
    expect(place(list, filter, spoken, me).items).toEqual([aConversation(2), spoken]);
    expect(place(list, filter, aConversation(3), me)).toBe(list);
  });

  test("follows a contact's new name", () => {
    const list: ConversationList = { items: [aConversation(1), aConversation(2)], next: null };
    const contact = { ...aConversation(1).contact, name: "Noor", locale: null, region: null, addresses: [] };
    const event: LoketEvent = { id: "1", at: iso(startMs), type: "contact.changed", contact };
    expect(applyToList(list, everything, event, me).items.map((item) => item.contact.name)).toEqual([
      "Noor",
      "Contact 2",
    ]);
  });

  test("shows no row twice when a page brings one that moved up", () => {
    const list: ConversationList = { items: [aConversation(3), aConversation(2)], next: "more" };
    const page = { items: [aConversation(2), aConversation(1)], next: null };
    expect(appendPage(list, page)).toEqual({
      items: [aConversation(3), aConversation(2), aConversation(1)],
      next: null,
    });
  });
});

describe("the order under the pointer", () => {
  const shown = [aConversation(3), aConversation(2), aConversation(1)];

  test("stays, and what is new is counted", () => {
    const { rows, fresh } = steady(
      shown,
      [aConversation(4), aConversation(1), aConversation(3), aConversation(2)],
      new Set(),
    );
    expect(rows.map((row) => row.id)).toEqual(shown.map((row) => row.id));
    expect(fresh).toBe(1);
  });

  test("shows changes in place", () => {
    const renamed = aConversation(2, { unreadCount: 4, version: 2 });
    expect(steady(shown, [renamed, aConversation(3), aConversation(1)], new Set()).rows[1]).toBe(renamed);
  });

  test("keeps a row another took away, and lets go of one that left by one's own act", () => {
    const left = [aConversation(3), aConversation(1)];
    expect(steady(shown, left, new Set()).rows).toHaveLength(3);
    expect(steady(shown, left, new Set([aConversation(2).id])).rows.map((row) => row.id)).toEqual(
      left.map((row) => row.id),
    );
  });

  test("grows at the end by scrolling", () => {
    const { rows, fresh } = steady(shown, [...shown, aConversation(0)], new Set());
    expect(rows).toHaveLength(4);
    expect(fresh).toBe(0);
  });
});

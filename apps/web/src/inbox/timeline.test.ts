import type { Activity, LoketEvent, Message, MessageStatus, TimelineItem } from "@loket/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aMessage, id, iso, startMs } from "./testing.ts";
import {
  applyToTimeline,
  changedSince,
  itemId,
  mergeItems,
  mergeNewest,
  mergeOlder,
  messageItem,
  newerMessage,
  noteItem,
  seenIds,
  type Timeline,
} from "./timeline.ts";

const road: MessageStatus[] = ["queued", "accepted", "sent", "delivered", "read"];

/** A message of ours at a point of its road, as the server would show it then. */
function ours(index: number, step: number): Message {
  const times = Object.fromEntries(
    road.slice(0, step + 1).map((status, at) => [status, iso(startMs + index * 1_000 + at)]),
  );
  return aMessage(index, { direction: "out", status: road[step] ?? "read", receivedAt: null, statusTimes: times });
}

const said = (message: Message): LoketEvent => ({
  id: "1",
  at: iso(startMs),
  type: "message.changed",
  conversationId: message.conversationId,
  message,
});

describe("a thread brought up to date by events", () => {
  test("equals the thread fetched anew, whatever the order and however often they come", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
        (ends, dice) => {
          const roll = dice[Symbol.iterator]();
          const all = ends.flatMap((end, index) => road.slice(0, end + 1).map((_, step) => ours(index, step)));
          const events = [...all, ...all]
            .map((message) => ({ message, key: Number(roll.next().value) }))
            .sort((a, b) => a.key - b.key)
            .map(({ message }) => said(message));
          // A refetch somewhere in between is one more thing that may come early or late.
          const middle = Number(roll.next().value) % (events.length + 1);
          const snapshot = { items: ends.map((_, index) => messageItem(ours(index, 0))), next: null };
          let held: Timeline = { items: [], older: null };
          for (const [at, event] of events.entries()) {
            if (at === middle) held = mergeNewest(held, snapshot);
            held = applyToTimeline(held, event);
          }
          const fresh = ends.map((end, index) => messageItem(ours(index, end)));
          expect(held.items).toEqual(mergeItems([], fresh));
        },
      ),
    );
  });

  test("joins pages in any cut into one thread, oldest first, each item once", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 15 }), (count, size) => {
        const all = Array.from({ length: count }, (_, index) => messageItem(aMessage(index)));
        const page = (end: number) => ({
          items: all.slice(Math.max(0, end - size), end),
          next: end - size > 0 ? String(end - size) : null,
        });
        let held = mergeNewest(undefined, page(count));
        while (held.older !== null) held = mergeOlder(held, page(Number(held.older)));
        expect(held).toEqual({ items: all, older: null });
      }),
    );
  });

  test("drops what lies beyond a gap instead of hiding the gap", () => {
    const held: Timeline = { items: [messageItem(aMessage(1)), messageItem(aMessage(2))], older: "before 1" };
    const page = { items: [messageItem(aMessage(8)), messageItem(aMessage(9))], next: "before 8" };
    expect(mergeNewest(held, page)).toEqual({ items: page.items, older: "before 8" });
  });

  test("keeps older pages when the newest one reaches back to them", () => {
    const held: Timeline = { items: [messageItem(aMessage(1)), messageItem(aMessage(2))], older: "before 1" };
    const page = { items: [messageItem(aMessage(2)), messageItem(aMessage(3))], next: "before 2" };
    const merged = mergeNewest(held, page);
    expect(merged.items.map(itemId)).toEqual([1, 2, 3].map((index) => aMessage(index).id));
    expect(merged.older).toBe("before 1");
  });

  test("leaves a change of something older than the loaded stretch to its page", () => {
    const held: Timeline = { items: [messageItem(aMessage(5))], older: "before 5" };
    expect(applyToTimeline(held, said(aMessage(1, { editedAt: iso(startMs) })))).toEqual(held);
  });
});

describe("two states of one message", () => {
  test("a tick never goes back", () => {
    expect(newerMessage(ours(1, 4), ours(1, 2)).status).toBe("read");
    expect(newerMessage(ours(1, 2), ours(1, 4)).status).toBe("read");
  });

  test("a failure follows sending, and a delivery may still follow a failure", () => {
    const failed = { ...ours(1, 2), status: "failed" as const };
    expect(newerMessage(ours(1, 2), failed)).toBe(failed);
    expect(newerMessage(failed, ours(1, 3)).status).toBe("delivered");
  });

  test("an edit and a deletion stay", () => {
    const edited = aMessage(1, { text: "New words", editedAt: iso(startMs + 5) });
    expect(newerMessage(edited, aMessage(1))).toBe(edited);
    const deleted = aMessage(1, { text: null, deletedAt: iso(startMs + 9) });
    expect(newerMessage(deleted, aMessage(1))).toBe(deleted);
  });

  test("of equals the last told wins, as with a reaction", () => {
    const liked = aMessage(1, { reactions: [{ direction: "in", emoji: "👍" }] });
    expect(newerMessage(aMessage(1), liked)).toBe(liked);
    expect(newerMessage(liked, aMessage(1)).reactions).toEqual([]);
  });
});

describe("what changed while someone wrote", () => {
  const me = id("f0", 1);
  const colleague = { memberId: id("f0", 2), name: "Bram" };
  const own = { memberId: me, name: "Ana" };
  const before: TimelineItem[] = [messageItem(aMessage(1)), messageItem(aMessage(2))];
  const seen = seenIds(before);
  const activity = (kind: Activity["kind"], by: Activity["by"]): TimelineItem => ({
    kind: "activity",
    at: iso(startMs + 9_000),
    activity: { id: id("ac", 1), conversationId: id("c0", 1), kind, by, detail: {}, createdAt: iso(startMs + 9_000) },
  });

  test.each([
    ["nothing", [], 0],
    ["a word of the customer", [messageItem(aMessage(3))], 1],
    ["a word of the customer that came late", [messageItem(aMessage(0))], 1],
    ["a colleague's answer", [messageItem(aMessage(3, { direction: "out", author: colleague }))], 1],
    ["one's own earlier message", [messageItem(aMessage(3, { direction: "out", author: own }))], 0],
    ["a colleague's closing", [activity("closed", colleague)], 1],
    ["one's own claim", [activity("claimed", own)], 0],
    ["a label", [activity("labelled", colleague)], 0],
    [
      "a colleague's note",
      [
        noteItem({
          id: id("ad", 1),
          conversationId: id("c0", 1),
          text: "Careful",
          author: colleague,
          createdAt: iso(startMs),
        }),
      ],
      1,
    ],
  ] as const)("%s", (_, after, count) => {
    expect(changedSince(mergeItems(before, [...after]), seen, me)).toHaveLength(count);
  });
});

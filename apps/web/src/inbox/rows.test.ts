import { describe, expect, test } from "vitest";
import { echoOf } from "./echo.ts";
import { threadRows } from "./rows.ts";
import { aMessage, iso, startMs } from "./testing.ts";
import { messageItem } from "./timeline.ts";

const author = { memberId: "me", name: "Ana" };
const entry = {
  clientId: "c1",
  conversationId: "one",
  body: { kind: "message" as const, send: { clientId: "c1", type: "text" as const, text: "Hello" } },
  file: null,
  createdAt: iso(startMs + 9_000),
  seen: null,
  state: "waiting" as const,
  problem: null,
  tries: 0,
};
const echo = { entry, item: echoOf(entry, author, "whatsapp") };

describe("a thread as rows", () => {
  test("keeps the key when the real message takes the echo's place, so that nothing jumps", () => {
    const waiting = threadRows([], [echo]);
    const arrived = threadRows([messageItem(aMessage(9, { direction: "out", clientId: "c1", receivedAt: null }))], []);
    expect(waiting.map((row) => row.key).slice(2)).toEqual(arrived.map((row) => row.key).slice(2));
  });

  test("never shows a message and its echo together", () => {
    const real = messageItem(aMessage(9, { direction: "out", clientId: "c1" }));
    expect(threadRows([real], [echo]).filter((row) => row.kind === "message")).toHaveLength(1);
  });

  test("groups one side's words of five minutes, and starts anew with each day", () => {
    const hour = 3_600_000;
    const items = [
      aMessage(1),
      aMessage(2),
      aMessage(3, { receivedAt: iso(startMs + hour) }),
      aMessage(4, { receivedAt: iso(startMs + 40 * hour) }),
    ].map(messageItem);
    const rows = threadRows(items, []);
    expect(rows.map((row) => row.kind)).toEqual([
      "edge",
      "day",
      "message",
      "message",
      "message",
      "day",
      "message",
      "end",
    ]);
    expect(rows.flatMap((row) => (row.kind === "message" ? [row.joined] : []))).toEqual([false, true, false, false]);
  });

  test("shows a reaction on its message and not as one", () => {
    expect(threadRows([messageItem(aMessage(1, { type: "reaction" }))], []).some((row) => row.kind === "message")).toBe(
      false,
    );
  });
});

import type { Activity, Message, TimelineItem } from "@loket/contract";
import { dayKey } from "../ui/time.ts";
import type { OutboxEntry } from "./outbox.ts";
import { itemId } from "./timeline.ts";

/** A thread as rows to draw: days, bubbles in groups, notes, and events folded to one line each stretch. */
export type ThreadRow =
  | { kind: "edge"; key: string }
  | { kind: "end"; key: string }
  | { kind: "day"; key: string; day: string }
  | { kind: "message"; key: string; message: Message; entry: OutboxEntry | null; joined: boolean }
  | { kind: "note"; key: string; item: Extract<TimelineItem, { kind: "note" }>; entry: OutboxEntry | null }
  | { kind: "activity"; key: string; activities: Activity[] };

export interface Echo {
  entry: OutboxEntry;
  item: TimelineItem;
}

const groupMs = 5 * 60_000;

/** The client's own id stays the key when the real message replaces its echo, so that nothing is drawn anew. */
export function rowKey(item: TimelineItem): string {
  return item.kind === "message" ? (item.message.clientId ?? item.message.id) : itemId(item);
}

export function threadRows(items: readonly TimelineItem[], echoes: readonly Echo[]): ThreadRow[] {
  const arrived = new Set(items.map(rowKey));
  const all: { item: TimelineItem; entry: OutboxEntry | null }[] = [
    ...items.map((item) => ({ item, entry: null })),
    ...echoes.filter(({ entry }) => !arrived.has(entry.clientId)),
  ];
  const rows: ThreadRow[] = [{ kind: "edge", key: "edge" }];
  let day = "";
  let before: TimelineItem | null = null;
  for (const { item, entry } of all) {
    // A reaction is shown on the message it belongs to.
    if (item.kind === "message" && item.message.type === "reaction") continue;
    const itemDay = dayKey(item.at);
    if (itemDay !== day) {
      rows.push({ kind: "day", key: `day-${itemDay}`, day: itemDay });
      day = itemDay;
      before = null;
    }
    const key = rowKey(item);
    if (item.kind === "message")
      rows.push({ kind: "message", key, message: item.message, entry, joined: joins(before, item) });
    else if (item.kind === "note") rows.push({ kind: "note", key, item, entry });
    else {
      const last = rows.at(-1);
      if (last?.kind === "activity") last.activities.push(item.activity);
      else rows.push({ kind: "activity", key, activities: [item.activity] });
    }
    before = item;
  }
  if (rows.length > 1) rows.push({ kind: "end", key: "end" }); // air between the last word and the composer
  return rows;
}

/** Messages of one side within five minutes stand together. */
function joins(before: TimelineItem | null, item: Extract<TimelineItem, { kind: "message" }>): boolean {
  return (
    before?.kind === "message" &&
    before.message.direction === item.message.direction &&
    before.message.author?.memberId === item.message.author?.memberId &&
    Date.parse(item.at) - Date.parse(before.at) < groupMs
  );
}

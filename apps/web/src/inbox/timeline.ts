import type { Activity, LoketEvent, Message, MessageStatus, Note, TimelineItem } from "@loket/contract";

/*
 * A thread as it is held: one stretch of items without gaps, from `older` (the cursor of what lies before) to the
 * present. Pages and events flow into the same merge, so it does not matter which of them comes first or twice.
 */

export interface Timeline {
  items: readonly TimelineItem[];
  /** The cursor of what came before; `null` at the beginning of the conversation. */
  older: string | null;
}

const rank: Record<MessageStatus, number> = {
  received: 0,
  held: 1,
  queued: 2,
  uncertain: 3,
  accepted: 4,
  sent: 5,
  failed: 6, // may still be followed by a delivery, on another of the person's devices
  delivered: 7,
  read: 8,
  played: 9,
};

/** How much a state of a message knows: statuses move forward, an edit and a deletion come on top. */
function knowledge(message: Message): [number, number, string, string] {
  return [
    rank[message.status],
    Object.keys(message.statusTimes).length,
    message.editedAt ?? "",
    message.deletedAt ?? "",
  ];
}

/** Of two states of one message the one that knows more; between equals the one that came last. */
export function newerMessage(held: Message | undefined, incoming: Message): Message {
  if (!held) return incoming;
  const [left, right] = [knowledge(held), knowledge(incoming)];
  for (let index = 0; index < left.length; index++) {
    const [a, b] = [left[index] ?? 0, right[index] ?? 0];
    if (a !== b) return a > b ? held : incoming;
  }
  return incoming;
}

export function itemId(item: TimelineItem): string {
  if (item.kind === "message") return item.message.id;
  return item.kind === "note" ? item.note.id : item.activity.id;
}

export function messageItem(message: Message): TimelineItem {
  return { kind: "message", at: message.receivedAt ?? message.createdAt, message };
}
export function noteItem(note: Note): TimelineItem {
  return { kind: "note", at: note.createdAt, note };
}
export function activityItem(activity: Activity): TimelineItem {
  return { kind: "activity", at: activity.createdAt, activity };
}

function compareItems(a: TimelineItem, b: TimelineItem): number {
  const [left, right] = [Date.parse(a.at), Date.parse(b.at)];
  if (left !== right) return left - right;
  const [leftId, rightId] = [itemId(a), itemId(b)];
  return leftId < rightId ? -1 : leftId > rightId ? 1 : 0;
}

/** One set of both, each item once, oldest first. */
export function mergeItems(held: readonly TimelineItem[], incoming: readonly TimelineItem[]): TimelineItem[] {
  const byId = new Map(held.map((item) => [itemId(item), item]));
  for (const item of incoming) {
    const known = byId.get(itemId(item));
    if (known?.kind === "message" && item.kind === "message") {
      const message = newerMessage(known.message, item.message);
      byId.set(itemId(item), message === known.message ? known : item);
    } else byId.set(itemId(item), item);
  }
  return [...byId.values()].sort(compareItems);
}

interface TimelinePage {
  items: TimelineItem[];
  next: string | null;
}

/** The newest page, fetched anew. Where it does not reach back to what is held, there is a gap, and the held part goes. */
export function mergeNewest(held: Timeline | undefined, page: TimelinePage): Timeline {
  const fresh = { items: mergeItems([], page.items), older: page.next };
  if (!held || held.items.length === 0) return fresh;
  const heldIds = new Set(held.items.map(itemId));
  const meets = page.next === null || page.items.some((item) => heldIds.has(itemId(item)));
  return meets ? { items: mergeItems(held.items, page.items), older: page.next === null ? null : held.older } : fresh;
}

export function mergeOlder(held: Timeline, page: TimelinePage): Timeline {
  return { items: mergeItems(page.items, held.items), older: page.next };
}

/** Adds one item, unless it belongs before the loaded stretch: then its page brings it. */
export function addItem(timeline: Timeline, item: TimelineItem): Timeline {
  const oldest = timeline.items[0];
  const known = timeline.items.some((held) => itemId(held) === itemId(item));
  if (!known && timeline.older !== null && oldest && compareItems(item, oldest) < 0) return timeline;
  return { ...timeline, items: mergeItems(timeline.items, [item]) };
}

export function applyToTimeline(timeline: Timeline, event: LoketEvent): Timeline {
  if (event.type === "message.changed") return addItem(timeline, messageItem(event.message));
  if (event.type === "note.added") return addItem(timeline, noteItem(event.note));
  if (event.type === "activity.added") return addItem(timeline, activityItem(event.activity));
  return timeline;
}

/** The ids a writer had before them: the last ones, as many as a check fetches and a few more. */
export function seenIds(items: readonly TimelineItem[]): string[] {
  return items.slice(-40).map(itemId);
}

/**
 * What someone who saw `seen` does not know yet: others' words and acts, not this member's own. By id and not by time,
 * because a customer's word may arrive late and carry the time it was spoken.
 */
export function changedSince(
  items: readonly TimelineItem[],
  seen: readonly string[],
  memberId: string | null,
): TimelineItem[] {
  const known = new Set(seen);
  return items.slice(-20).filter((item) => {
    if (known.has(itemId(item))) return false;
    if (item.kind === "message") return item.message.direction === "in" || item.message.author?.memberId !== memberId;
    if (item.kind === "note") return item.note.author.memberId !== memberId;
    const { kind, by } = item.activity;
    const matters =
      kind === "closed" ||
      kind === "claimed" ||
      kind === "assigned" ||
      kind === "opted-out" ||
      kind === "maybe-opted-out";
    return matters && by?.memberId !== memberId;
  });
}

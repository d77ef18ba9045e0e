import type { Conversation, ConversationState, LoketEvent } from "@loket/contract";

/* What a list holds, and what an event does to it. Plain values in, plain values out: the view only draws. */

export interface ListFilter {
  state: ConversationState | null;
  assignee: "me" | "none" | null;
  inboxId: string | null;
  labelId: string | null;
  q: string;
}

export interface ConversationList {
  items: readonly Conversation[];
  /** The cursor of what was not loaded yet; `null` when all of it is here. */
  next: string | null;
}

/** Of two states of one conversation the one to keep. The version only grows, so a late arrival never turns time back. */
export function newerConversation(held: Conversation | undefined, incoming: Conversation): Conversation {
  return held && held.version > incoming.version ? held : incoming;
}

export function matches(filter: ListFilter, conversation: Conversation, memberId: string | null): boolean {
  if (filter.state && conversation.state !== filter.state) return false;
  if (filter.inboxId && conversation.inboxId !== filter.inboxId) return false;
  if (filter.labelId && !conversation.labelIds.includes(filter.labelId)) return false;
  if (filter.assignee === "me" && conversation.assigneeId !== memberId) return false;
  if (filter.assignee === "none" && conversation.assigneeId !== null) return false;
  return true;
}

/** Newest word first, as the server orders; conversations without a word last. */
export function compareConversations(a: Conversation, b: Conversation): number {
  const [left, right] = [a.lastMessageAt ?? "", b.lastMessageAt ?? ""];
  if (left !== right) return left < right ? 1 : -1;
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

/** Puts a changed conversation where it belongs: in, out, or in another place. */
export function place(
  list: ConversationList,
  filter: ListFilter,
  incoming: Conversation,
  memberId: string | null,
): ConversationList {
  const index = list.items.findIndex((item) => item.id === incoming.id);
  const held = list.items[index];
  const conversation = newerConversation(held, incoming);
  if (held === conversation) return list;
  const others = index < 0 ? list.items : list.items.toSpliced(index, 1);
  // Whether it matches searched words only the server knows: such a list changes in place and gains nothing by itself.
  if (filter.q) return held ? { ...list, items: list.items.with(index, conversation) } : list;
  if (!matches(filter, conversation, memberId)) return index < 0 ? list : { ...list, items: others };
  const before = others.findIndex((item) => compareConversations(conversation, item) < 0);
  // Behind the last loaded row of a list that goes on: the next page brings it.
  if (before < 0 && list.next !== null) return index < 0 ? list : { ...list, items: others };
  return { ...list, items: before < 0 ? [...others, conversation] : others.toSpliced(before, 0, conversation) };
}

/** Appends a further page; rows that moved up meanwhile are not shown twice. */
export function appendPage(
  list: ConversationList,
  page: { items: Conversation[]; next: string | null },
): ConversationList {
  const known = new Map(list.items.map((item) => [item.id, item]));
  const added = page.items.filter((item) => !known.has(item.id));
  return { items: [...list.items, ...added], next: page.next };
}

/** A first page fetched anew keeps what an event has told since; the rest of the list is fetched again on scrolling. */
export function mergeFirstPage(
  held: ConversationList | undefined,
  page: { items: Conversation[]; next: string | null },
): ConversationList {
  const known = new Map(held?.items.map((item) => [item.id, item]));
  return { items: page.items.map((item) => newerConversation(known.get(item.id), item)), next: page.next };
}

export function applyToList(
  list: ConversationList,
  filter: ListFilter,
  event: LoketEvent,
  memberId: string | null,
): ConversationList {
  if (event.type === "conversation.changed") return place(list, filter, event.conversation, memberId);
  if (event.type !== "contact.changed") return list;
  const { contact } = event;
  if (!list.items.some((item) => item.contact.id === contact.id && item.contact.name !== contact.name)) return list;
  const rename = (item: Conversation): Conversation =>
    item.contact.id === contact.id ? { ...item, contact: { ...item.contact, name: contact.name } } : item;
  return { ...list, items: list.items.map(rename) };
}

/**
 * The rows to show while a pointer rests on the list: the order it had, with what is new kept back and counted. Rows
 * that left the list stay as they were, except those that left by this person's own act (`gone`).
 */
export function steady(
  shown: readonly Conversation[],
  items: readonly Conversation[],
  gone: ReadonlySet<string>,
): { rows: Conversation[]; fresh: number } {
  const current = new Map(items.map((item) => [item.id, item]));
  const shownIds = new Set(shown.map((item) => item.id));
  const rows = shown.filter((item) => current.has(item.id) || !gone.has(item.id));
  const lastShown = items.findLastIndex((item) => shownIds.has(item.id));
  const below = items.slice(lastShown + 1); // appended by scrolling: nothing moves under the pointer
  const fresh = items.slice(0, lastShown + 1).filter((item) => !shownIds.has(item.id)).length;
  return { rows: [...rows.map((item) => current.get(item.id) ?? item), ...below], fresh };
}

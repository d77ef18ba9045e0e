import type { Conversation, Message } from "@loket/contract";

/* Whole things in few words: a test states what matters, the rest is ordinary. */

export const startMs = Date.parse("2026-11-22T09:00:00.000Z");
export const iso = (ms: number) => new Date(ms).toISOString();
export const id = (kind: string, index: number) =>
  `0193${kind}-${String(index).padStart(4, "0")}-7000-8000-000000000000`;

export function aConversation(index: number, change: Partial<Conversation> = {}): Conversation {
  return {
    id: id("c0", index),
    state: "needs-us",
    inboxId: id("b0", 1),
    senderId: id("d0", 1),
    channel: "whatsapp",
    contact: { id: id("e0", index), name: `Contact ${index}`, addresses: [] },
    windowEndsAt: null,
    assigneeId: null,
    lastMessageAt: iso(startMs + index),
    waitingSince: null,
    snoozedUntil: null,
    unreadCount: 0,
    labelIds: [],
    preview: null,
    version: 1,
    ...change,
  };
}

export function aMessage(index: number, change: Partial<Message> = {}): Message {
  const at = iso(startMs + index * 1_000);
  return {
    id: id("a0", index),
    conversationId: id("c0", 1),
    direction: "in",
    type: "text",
    text: `Message ${index}`,
    status: "received",
    channel: "whatsapp",
    sentAt: null,
    receivedAt: at,
    createdAt: at,
    providerId: `wamid.${index}`,
    failure: null,
    clientId: null,
    author: null,
    content: { type: "text", text: { body: `Message ${index}` } },
    media: null,
    repliesTo: null,
    reactions: [],
    editedAt: null,
    deletedAt: null,
    statusTimes: {},
    verdict: null,
    ...change,
  };
}

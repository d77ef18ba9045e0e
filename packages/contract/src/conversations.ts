import { z } from "zod";
import { channel, id, instant, pageQuery, verdict } from "./common.ts";

export const conversationState = z.enum(["needs-us", "waiting", "snoozed", "done"]);
export type ConversationState = z.infer<typeof conversationState>;

/** Queued here → handed over and accepted → sent → delivered → read; `uncertain`: the line broke after we spoke. */
export const messageStatus = z.enum([
  "received",
  "held",
  "queued",
  "uncertain",
  "accepted",
  "sent",
  "delivered",
  "read",
  "played",
  "failed",
]);
export type MessageStatus = z.infer<typeof messageStatus>;

export const label = z.object({ id, name: z.string(), colour: z.string() });
export type Label = z.infer<typeof label>;
export const labelCreate = z.object({
  name: z.string().trim().min(1).max(40),
  colour: z.enum(["green", "blue", "amber", "red", "grey"]).default("grey"),
});

export const conversation = z.object({
  id,
  state: conversationState,
  inboxId: id,
  senderId: id,
  channel,
  contact: z.object({
    id,
    name: z.string(),
    addresses: z.array(z.object({ channel, value: z.string() })),
  }),
  /** End of the service window, from the customer's own timestamps; `null` where the customer never wrote. */
  windowEndsAt: instant.nullable(),
  assigneeId: id.nullable(),
  lastMessageAt: instant.nullable(),
  /** Since when the customer waits for us; `null` when we do not owe an answer. */
  waitingSince: instant.nullable(),
  snoozedUntil: instant.nullable(),
  unreadCount: z.number().int(),
  labelIds: z.array(id),
  preview: z
    .object({ direction: z.enum(["in", "out"]), type: z.string(), text: z.string(), status: messageStatus })
    .nullable(),
  /** Grows with every change; sent back with acts that must not overwrite a colleague's. */
  version: z.number().int(),
});
export type Conversation = z.infer<typeof conversation>;

export const conversationQuery = pageQuery.extend({
  state: conversationState.optional(),
  inboxId: id.optional(),
  senderId: id.optional(),
  contactId: id.optional(),
  assignee: z.union([z.literal("me"), z.literal("none"), id]).optional(),
  labelId: id.optional(),
  q: z.string().max(200).optional(),
});
export const conversationCounts = z.object({
  needsUs: z.number().int(),
  unassigned: z.number().int(),
  waiting: z.number().int(),
  snoozed: z.number().int(),
  unread: z.number().int(),
});
export type ConversationCounts = z.infer<typeof conversationCounts>;
export const conversationStart = z.object({ contactId: id, senderId: id });

export const failure = z.object({
  /** The platform's code, where it gave one. */
  code: z.string(),
  title: z.string(),
  /** The cause in plain words. */
  cause: z.string(),
  /** What the agent can do now. */
  nextStep: z.enum(["none", "use-template", "retry", "retry-later", "fix-content", "ask-admin", "check-number"]),
  advice: z.string(),
});
export type Failure = z.infer<typeof failure>;

export const mediaState = z.enum(["waiting", "working", "ready", "failed"]);
export const media = z.object({
  id,
  kind: z.enum(["image", "video", "audio", "document", "sticker"]),
  mimeType: z.string(),
  sizeBytes: z.number().int().nullable(),
  filename: z.string().nullable(),
  state: mediaState,
  reason: z.string().nullable(),
  /** Where the bytes are, once `state` is `ready`. */
  url: z.string().nullable(),
});
export type Media = z.infer<typeof media>;

export const message = z.object({
  id,
  conversationId: id,
  direction: z.enum(["in", "out"]),
  type: z.string(),
  /** What can be read in one line: body, caption, title of the tapped button. */
  text: z.string().nullable(),
  status: messageStatus,
  channel,
  sentAt: instant.nullable(),
  receivedAt: instant.nullable(),
  createdAt: instant,
  providerId: z.string().nullable(),
  failure: failure.nullable(),
  clientId: z.string().nullable(),
  author: z.object({ memberId: id.nullable(), name: z.string() }).nullable(),
  /** The message's content under the Cloud API's own field names, e.g. `{ type: "image", image: { caption } }`. */
  content: z.record(z.string(), z.unknown()),
  media: media.nullable(),
  repliesTo: z
    .object({ messageId: id.nullable(), text: z.string().nullable(), direction: z.enum(["in", "out"]).nullable() })
    .nullable(),
  reactions: z.array(z.object({ direction: z.enum(["in", "out"]), emoji: z.string() })),
  editedAt: instant.nullable(),
  deletedAt: instant.nullable(),
  statusTimes: z.partialRecord(messageStatus, instant),
  verdict: verdict.nullable(),
});
export type Message = z.infer<typeof message>;

const mediaRef = z.object({
  id,
  caption: z.string().max(1024).optional(),
  filename: z.string().max(240).optional(),
  voice: z.boolean().optional(),
});

/** What every send carries. `clientId` is made by the client: the same one twice is one message. */
const sendBase = {
  clientId: z.string().min(1).max(100),
  context: z.object({ message_id: z.string().min(1).max(300) }).optional(),
  /** The conversation's version the writer saw; a send typed against an older one is answered 409. */
  version: z.number().int().optional(),
};
const textBody = z.string().min(1).max(4096);
const coordinates = {
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  name: z.string().max(1000).optional(),
  address: z.string().max(1000).optional(),
};
const loose = z.record(z.string(), z.unknown());

/** The body of a send; field names are the Cloud API's. Media ids are Loket's own (`POST /api/v1/media`). */
export const messageSend = z.discriminatedUnion("type", [
  z.object({
    ...sendBase,
    type: z.literal("text"),
    text: z.union([textBody, z.object({ body: textBody, preview_url: z.boolean().optional() })]),
  }),
  z.object({ ...sendBase, type: z.literal("image"), image: mediaRef }),
  z.object({ ...sendBase, type: z.literal("video"), video: mediaRef }),
  z.object({ ...sendBase, type: z.literal("audio"), audio: mediaRef }),
  z.object({ ...sendBase, type: z.literal("document"), document: mediaRef }),
  z.object({ ...sendBase, type: z.literal("sticker"), sticker: mediaRef }),
  z.object({ ...sendBase, type: z.literal("location"), location: z.object(coordinates) }),
  z.object({ ...sendBase, type: z.literal("contacts"), contacts: z.array(loose).min(1).max(257) }),
  z.object({
    ...sendBase,
    type: z.literal("reaction"),
    reaction: z.object({ message_id: z.string().min(1).max(300), emoji: z.string().max(40) }),
  }),
  z.object({ ...sendBase, type: z.literal("interactive"), interactive: loose }),
  z.object({
    ...sendBase,
    type: z.literal("template"),
    template: z.object({
      name: z.string().min(1).max(512),
      language: z.object({ code: z.string().min(2).max(20) }),
      components: z.array(loose).max(20).optional(),
    }),
  }),
]);
export type MessageSend = z.infer<typeof messageSend>;

export const note = z.object({
  id,
  conversationId: id,
  text: z.string(),
  author: z.object({ memberId: id, name: z.string() }),
  createdAt: instant,
});
export type Note = z.infer<typeof note>;
export const noteCreate = z.object({
  clientId: z.string().min(1).max(100),
  text: z.string().trim().min(1).max(10_000),
});

/** What happened around a conversation, folded to one line in the thread. */
export const activity = z.object({
  id,
  conversationId: id,
  kind: z.enum([
    "opened",
    "reopened",
    "claimed",
    "assigned",
    "unassigned",
    "closed",
    "snoozed",
    "woke",
    "labelled",
    "unlabelled",
    "opted-out",
    "maybe-opted-out",
    "opted-in",
    "asked-consent",
    "wants-back",
    "clarified",
    "number-changed",
    "identity-changed",
  ]),
  by: z.object({ memberId: id.nullable(), name: z.string() }).nullable(),
  detail: z.record(z.string(), z.string()),
  createdAt: instant,
});
export type Activity = z.infer<typeof activity>;

export const timelineItem = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("message"), at: instant, message }),
  z.object({ kind: z.literal("note"), at: instant, note }),
  z.object({ kind: z.literal("activity"), at: instant, activity }),
]);
export type TimelineItem = z.infer<typeof timelineItem>;

const changed = { version: z.number().int() };
export const claim = z.object(changed);
export const assign = z.object({ ...changed, assigneeId: id.nullable() });
export const closeConversation = z.object(changed);
export const snooze = z.object({ ...changed, until: instant });
export const setLabels = z.object({ labelIds: z.array(id).max(30) });

export const template = z.object({
  id,
  senderId: id,
  name: z.string(),
  language: z.string(),
  category: z.enum(["MARKETING", "UTILITY", "AUTHENTICATION"]),
  status: z.string(),
  quality: z.string(),
  components: z.array(z.record(z.string(), z.unknown())),
  parameterFormat: z.enum(["POSITIONAL", "NAMED"]),
  syncedAt: instant,
});
export type Template = z.infer<typeof template>;

import { hourMs, type Instant, instant, plus } from "@loket/kit";
import { noteAutomaticEvent, noteReferral } from "./automatic-events.ts";
import { existingThread } from "./crowd/crowd.ts";
import { nextMessageId, readNumber, whatsappIdOf } from "./identifiers.ts";
import { mediaUrl, receiveMedia } from "./media.ts";
import { keepMessage, newMessage } from "./messages.ts";
import { isBody } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import { deliverWaiting, play, readUpTo } from "./progress.ts";
import { noteReceived } from "./rates.ts";
import type { Refusal } from "./refusals.ts";
import { assignHolder } from "./routing.ts";
import { noteReaction } from "./rules/reactions.ts";
import { sampleFile } from "./sample-files.ts";
import { scopedIds, showsNumber } from "./scoped-ids.ts";
import {
  type Body,
  type BusinessNumber,
  type Message,
  type MessageStatus,
  type Phone,
  type PhoneSettings,
  threadKey,
} from "./state.ts";
import { fillTemplate } from "./template-parameters.ts";
import { contactOf, numberValue, seconds, tell, tellMessage } from "./webhooks.ts";

/** What the person in front of a phone does. Said wrongly, it is a mistake of whoever drives the sandbox: a `ControlError`. */
export class ControlError extends Error {
  readonly status: number;
  /** What a page says in its own language. */
  readonly code: Refusal | null;
  constructor(message: string, status = 400, code: Refusal | null = null) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const messageMembers = new Set([
  "to",
  "id",
  "type",
  "timestamp",
  "context",
  "from",
  "status",
  "messaging_product",
  "recipient_type",
]);
const mediaTypes = new Set(["image", "video", "audio", "document", "sticker"]);

/**
 * The person writes. `body` is the content of an inbound message in the platform's own field names; whatever kind of message
 * it names is passed on, also kinds the sandbox does not know, because a receiver must survive those.
 */
export function personWrites(platform: Platform, phone: Phone, number: BusinessNumber, body: Body): Message | null {
  const type = typeof body.type === "string" && body.type !== "" ? body.type : "text";
  const thread = platform.thread(number.id, phone.number);
  if (phone.movedTo !== null) throw new ControlError(`+${phone.number} has moved to +${phone.movedTo}.`, 409, "moved");
  if (!phone.onWhatsApp) throw new ControlError(`+${phone.number} is not on WhatsApp.`, 409, "not-on-platform");
  if (thread.blockedByPerson)
    throw new ControlError(`+${phone.number} has blocked this business; unblock first.`, 409, "blocked");
  const now = platform.now();
  const message = newMessage(platform, number, phone, {
    ...(typeof body.id === "string" && body.id !== "" ? { id: body.id } : {}),
    from: "phone",
    type,
    content: inboundContent(platform, number, type, body[type]),
    extra: extraMembers(type, body),
    status: "delivered",
    context: inboundContext(platform, number, body.context),
  });
  // A blocked person's messages stay on their phone; the business hears nothing (Cloud API, "Block users").
  const heard = !number.blockedUsers.has(phone.number);
  // The same id twice is how a test asks for a repeated message: it is told again and kept once.
  if (!platform.state.messages.has(message.id)) {
    applyToThread(platform, message);
    keepMessage(platform, message);
  }
  delete thread.draft;
  if (heard) {
    const { referral } = message.extra;
    assignHolder(number, thread, now, isBody(referral));
    thread.lastInboundAt = now;
    thread.freeEntryUntil =
      thread.freeEntryUntil !== null && thread.freeEntryUntil > now ? thread.freeEntryUntil : null;
    if (isBody(referral)) {
      thread.entryOfferUntil = plus(now, 24 * hourMs);
      noteReferral(thread, referral);
    }
    noteReceived(number, now);
    tellMessage(platform, number, phone, message, !isAboutNumber(message));
    noteAutomaticEvent(platform, number, thread, message);
  }
  platform.announce({ type: "thread", numberId: number.id, phone: phone.number });
  return message;
}

/** System messages about a new number or user id are the only ones without `contacts` (Webhooks, "System messages"). */
function isAboutNumber({ type, content }: Message): boolean {
  return type === "system" && isBody(content) && String(content.type).startsWith("user_changed");
}

/** Members beside the content: referral, errors, origin, identity and whatever a test wants to see handled. */
function extraMembers(type: string, body: Body): Body {
  const extra: Body = {};
  for (const [key, value] of Object.entries(body)) if (key !== type && !messageMembers.has(key)) extra[key] = value;
  if (type === "unsupported" && extra.errors === undefined) {
    extra.errors = [
      {
        code: 131051,
        title: "Message type unknown",
        message: "Message type unknown",
        error_data: { details: "Message type is currently not supported." },
      },
    ];
  }
  return extra;
}

function inboundContent(platform: Platform, number: BusinessNumber, type: string, content: unknown): unknown {
  if (mediaTypes.has(type)) return inboundMedia(platform, number, type, isBody(content) ? content : {});
  if (content === undefined) return type === "text" ? { body: "" } : null;
  if (type === "reaction" && isBody(content) && content.emoji === "") {
    const { emoji: _removed, ...rest } = content;
    return rest;
  }
  return content;
}

/** A picture may be given by id (`POST /_sandbox/media`), as `data` in base64, or not at all: then a sample is sent. */
function inboundMedia(platform: Platform, number: BusinessNumber, type: string, content: Body): Body {
  const { data, id, mime_type: mimeType, filename, url: _url, sha256: _sha256, ...rest } = content;
  const known = typeof id === "string" ? platform.state.media.get(id) : undefined;
  if (typeof id === "string" && !known) return content;
  const given = typeof data === "string" ? new Uint8Array(Buffer.from(data, "base64")) : null;
  const sample = sampleFile(type);
  const file = known ?? {
    bytes: given ?? sample.bytes,
    mimeType: typeof mimeType === "string" ? mimeType : sample.mimeType,
    filename: typeof filename === "string" ? filename : type === "document" ? sample.filename : null,
  };
  const media = receiveMedia(
    platform,
    { ...file, filename: typeof filename === "string" ? filename : file.filename },
    number,
  );
  return {
    ...(type === "audio" ? { voice: true } : {}),
    ...(type === "sticker" ? { animated: false } : {}),
    ...rest,
    ...(type === "document" && media.filename ? { filename: media.filename } : {}),
    mime_type: media.mimeType,
    sha256: media.sha256,
    id: media.id,
    url: mediaUrl(platform, media, "webhook"),
  };
}

/** `context` in a webhook names the author of the quoted message; a test may leave that to us. */
function inboundContext(platform: Platform, number: BusinessNumber, context: unknown): Body | null {
  if (!isBody(context)) return null;
  const id = context.id ?? context.message_id;
  if (typeof id !== "string") return context;
  const quoted = platform.state.messages.get(id);
  const { message_id: _alias, ...rest } = context;
  const author = quoted?.from === "phone" ? quoted.phone : number.digits;
  return { from: author, ...rest, id };
}

/** Reactions, edits and deletions change what an earlier message looks like on the phone. */
function applyToThread(platform: Platform, message: Message): void {
  const content = isBody(message.content) ? message.content : {};
  if (message.type === "reaction") {
    const target = platform.state.messages.get(String(content.message_id));
    if (target && typeof content.emoji === "string" && content.emoji !== "")
      target.reactions[message.from] = content.emoji;
    else if (target) delete target.reactions[message.from];
  }
  const original = platform.state.messages.get(String(content.original_message_id));
  if (message.type === "revoke" && original) original.revoked = true;
  if (message.type === "edit" && original && isBody(content.message)) {
    original.edited = true;
    original.content = content.message[original.type] ?? original.content;
  }
}

/** The chat is opened, or read up to one message. */
export function personReads(platform: Platform, phone: Phone, number: BusinessNumber, messageId?: string): number {
  return readUpTo(platform, platform.thread(number.id, phone.number), messageId);
}

export function personPlays(platform: Platform, messageId: string): void {
  const message = platform.state.messages.get(messageId);
  if (!message) throw new ControlError(`No message ${messageId}.`, 404);
  play(platform, message);
}

export function personBlocks(platform: Platform, phone: Phone, number: BusinessNumber, blocked: boolean): void {
  const thread = platform.thread(number.id, phone.number);
  if (blocked && !thread.blockedByPerson) noteReaction(platform, number, phone.number, "blocked");
  thread.blockedByPerson = blocked;
  platform.announce({ type: "thread", numberId: number.id, phone: phone.number });
}

/** A report counts once per person, towards the quality of number and template and against the account (rules/). */
export function personReports(platform: Platform, phone: Phone, number: BusinessNumber): void {
  const thread = platform.thread(number.id, phone.number);
  if (!thread.reported) noteReaction(platform, number, phone.number, "reported");
  thread.reported = true;
  platform.announce({ type: "thread", numberId: number.id, phone: phone.number });
}

/** "Offers and announcements" on or off, told in `user_preferences` (Webhooks, "user_preferences"). */
export function personPrefers(
  platform: Platform,
  phone: Phone,
  number: BusinessNumber,
  value: "stop" | "resume",
): void {
  const thread = platform.thread(number.id, phone.number);
  const account = platform.accountOf(number);
  if (value === "stop" && !thread.marketingStopped) noteReaction(platform, number, phone.number, "stopped");
  thread.marketingStopped = value === "stop";
  const preference = {
    ...(showsNumber(platform, phone) ? { wa_id: phone.number } : {}),
    ...scopedIds(platform, phone, account, "user_id"),
    detail: `User requested to ${value} marketing messages`,
    category: "marketing_messages",
    value,
    timestamp: seconds(platform),
  };
  const said = { contacts: [contactOf(platform, phone, account)], user_preferences: [preference] };
  tell(platform, account, "user_preferences", numberValue(number, said));
  platform.announce({ type: "thread", numberId: number.id, phone: phone.number });
}

/**
 * The person takes a new number: the chats move along, the user id changes with the number, and every business they had a
 * chat with gets a `system` message, which alone has no `contacts` (Webhooks, "System messages").
 */
export function personChangesNumber(platform: Platform, phone: Phone, to: string): Phone {
  const digits = readNumber(to);
  if (digits === null) throw new ControlError(`${to} is not a phone number.`, 400, "not-a-number");
  const { state } = platform;
  const oldNumber = phone.number;
  if (digits === oldNumber) throw new ControlError("That is the number they already have.", 400, "same-number");
  const moved: Phone = { ...phone, number: whatsappIdOf(digits), movedTo: null, userId: null };
  state.phones.set(moved.number, moved);
  // One of a crowd is kept only from now on.
  state.phones.set(oldNumber, phone);
  phone.movedTo = moved.number;
  for (const id of state.numbers.keys()) existingThread(state, id, oldNumber);
  for (const thread of [...state.threads.values()]) {
    if (thread.phone !== oldNumber) continue;
    const number = state.numbers.get(thread.numberId);
    if (!number) continue;
    const next = platform.thread(number.id, moved.number);
    Object.assign(next, { ...thread, phone: moved.number, messageIds: [...thread.messageIds] });
    for (const id of thread.messageIds) {
      const message = state.messages.get(id);
      if (message) state.messages.set(id, { ...message, phone: moved.number });
    }
    state.threads.delete(threadKey(number.id, oldNumber));
    tellNumberChange(platform, number, phone, moved);
  }
  platform.announce({ type: "phone", phone: oldNumber });
  platform.announce({ type: "phone", phone: moved.number });
  return moved;
}

function tellNumberChange(platform: Platform, number: BusinessNumber, phone: Phone, moved: Phone): void {
  const account = platform.accountOf(number);
  const userIds = {
    ...scopedIds(platform, moved, account, "user_id"),
    ...scopedIds(platform, phone, account, "previous_user_id"),
  };
  const hidden = !showsNumber(platform, phone);
  const message = newMessage(platform, number, moved, {
    id: nextMessageId(platform.state, phone.number, "phone"),
    from: "phone",
    type: "system",
    content: {
      body: hidden
        ? `User ${phone.name} changed their user id`
        : `User ${phone.name} changed from ${phone.number} to ${moved.number}`,
      ...(hidden ? {} : { wa_id: moved.number }),
      type: hidden ? "user_changed_user_id" : "user_changed_number",
      ...userIds,
    },
    status: "delivered",
    byUserId: hidden,
  });
  keepMessage(platform, message);
  tellMessage(platform, number, phone, message, false);
}

const phoneSettings: Record<keyof PhoneSettings, "text" | "text or null" | "flag"> = {
  name: "text",
  language: "text",
  username: "text or null",
  userId: "text or null",
  hideNumber: "flag",
  onWhatsApp: "flag",
  online: "flag",
  autoRead: "flag",
  readReceipts: "flag",
};

/** What a phone is shown with beside its settings: it may come back with them. */
const shownOnly = ["number", "movedTo", "userIds", "threads"];

/** The settings among the members of `settings`, each of the right type. Throws a `ControlError` where there is none of that name. */
export function readPhoneSettings(settings: Body): PhoneSettings {
  const changed: Body = {};
  for (const key of Object.keys(settings))
    if (!Object.hasOwn(phoneSettings, key) && !shownOnly.includes(key))
      throw new ControlError(`There is no ${key}. There are ${Object.keys(phoneSettings).join(", ")}.`);
  for (const [key, expected] of Object.entries(phoneSettings)) {
    const value = settings[key];
    if (value === undefined) continue;
    const fits =
      expected === "flag"
        ? typeof value === "boolean"
        : typeof value === "string" || (expected === "text or null" && value === null);
    if (!fits) throw new ControlError(`${key} must be ${expected === "flag" ? "true or false" : expected}.`);
    changed[key] = value;
  }
  return changed;
}

export function setUpPhone(platform: Platform, phone: Phone, settings: Body): Phone {
  const changed = readPhoneSettings(settings);
  const wasOnline = phone.online;
  Object.assign(phone, changed);
  platform.state.phones.set(phone.number, phone);
  if (!wasOnline && phone.online) deliverWaiting(platform, phone);
  platform.announce({ type: "phone", phone: phone.number });
  return phone;
}

const importedStatuses: readonly MessageStatus[] = ["sent", "delivered", "read", "played", "failed"];

/** Puts past messages between a person and a number in place, in order and without telling anyone; the window follows. */
export function importHistory(
  platform: Platform,
  phone: Phone,
  number: BusinessNumber,
  list: readonly unknown[],
): string[] {
  const thread = platform.thread(number.id, phone.number);
  const messages = list
    .map((item) => historicMessage(platform, phone, number, item))
    .sort((one, other) => one.at - other.at);
  for (const message of messages) {
    if (platform.state.messages.has(message.id)) continue;
    applyToThread(platform, message);
    keepMessage(platform, message);
    if (message.from === "phone" && message.at > (thread.lastInboundAt ?? 0)) thread.lastInboundAt = message.at;
    if (message.from === "business" && message.at > (thread.lastOutboundAt ?? 0)) thread.lastOutboundAt = message.at;
  }
  const at = (id: string) => platform.state.messages.get(id)?.at ?? 0;
  thread.messageIds.sort((one, other) => at(one) - at(other));
  platform.announce({ type: "thread", numberId: number.id, phone: phone.number });
  return messages.map(({ id }) => id);
}

function historicMessage(platform: Platform, phone: Phone, number: BusinessNumber, item: unknown): Message {
  if (!isBody(item)) throw new ControlError("Each message of a history must be an object.");
  const from = item.from === "business" ? "business" : "phone";
  const type = typeof item.type === "string" ? item.type : "text";
  const at = readTime(item.timestamp) ?? platform.now();
  const wanted = importedStatuses.find((status) => status === item.status);
  const status = wanted ?? (from === "phone" ? "read" : "delivered");
  const content = item[type];
  return newMessage(platform, number, phone, {
    ...(typeof item.id === "string" ? { id: item.id } : {}),
    from,
    type,
    content: from === "phone" ? inboundContent(platform, number, type, content) : (content ?? null),
    extra: extraMembers(type, item),
    at,
    status,
    context:
      from === "phone" ? inboundContext(platform, number, item.context) : isBody(item.context) ? item.context : null,
    via: "history",
    template: from === "business" && type === "template" ? historicTemplate(platform, number, content) : null,
  });
}

/** A template sent in the past, as it reads with today's template; unknown ones show their name. */
function historicTemplate(platform: Platform, number: BusinessNumber, content: unknown): Message["template"] {
  if (!isBody(content)) return null;
  const { name, language, components } = content;
  const code = isBody(language) ? language.code : language;
  for (const template of platform.state.templates.values()) {
    if (template.accountId !== number.accountId || template.name !== name || template.language !== code) continue;
    try {
      const rendered = fillTemplate(template, Array.isArray(components) ? components : [], () => {});
      return { id: template.id, category: template.category, ttlSeconds: null, rendered: { ...rendered } };
    } catch {
      return null;
    }
  }
  return null;
}

/** Unix seconds (as the platform writes them, also as text), milliseconds, or RFC 3339. */
function readTime(value: unknown): Instant | null {
  const number = typeof value === "string" && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof number === "number") return instant(number > 100_000_000_000 ? number : number * 1000);
  if (typeof value !== "string") return null;
  const ms = Date.parse(value);
  if (Number.isNaN(ms)) throw new ControlError(`${value} is not a time.`);
  return instant(ms);
}

export function endTyping(platform: Platform, key: string): void {
  const thread = platform.state.threads.get(key);
  if (!thread || thread.typingUntil === null || thread.typingUntil > platform.now()) return;
  thread.typingUntil = null;
  platform.announce({ type: "thread", numberId: thread.numberId, phone: thread.phone });
}

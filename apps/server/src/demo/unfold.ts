import { createHash } from "node:crypto";
import { contentText, type MessageContent } from "@loket/channels";
import { errorEntry } from "@loket/channels/whatsapp";
import { regionOfPhone } from "@loket/contacts";
import {
  hourMs,
  type Ids,
  type InboxId,
  type Instant,
  instant,
  minuteMs,
  type OrganisationId,
  plus,
  type SenderId,
  secondMs,
  toIso,
} from "@loket/kit";
import { instantOf, nameDays } from "./moments.ts";
import type { MessageStep, Moment, Person, Picture, Step, Told } from "./story.ts";

/** What a telling is unfolded with: the day, the place, and what the other side calls things. */
export interface Circumstances {
  readonly now: Instant;
  readonly timeZone: string;
  readonly ids: Ids;
  readonly organisationId: OrganisationId;
  readonly senderId: SenderId;
  readonly inboxId: InboxId;
  memberId(name: string): string;
  labelId(name: string): string;
  /** The business-scoped user id the platform gives the person behind a number. */
  userId(phone: string): string;
  file(picture: Picture): PlatformFile;
  render(content: Extract<MessageContent, { type: "template" }>): RenderedForBoth;
}
export interface PlatformFile {
  readonly id: string;
  readonly bytes: Uint8Array;
}
export interface RenderedForBoth {
  readonly text: string;
  /** As a phone shows it. */
  readonly rendered: Readonly<Record<string, unknown>>;
}

/** In the order in which rows may refer to each other. */
export const tables = [
  "contact",
  "address",
  "consent",
  "suppression",
  "conversation",
  "leg",
  "message",
  "media",
  "reaction",
  "note",
  "activity",
  "conversation_label",
] as const;
export type Table = (typeof tables)[number];
export type Row = Record<string, unknown>;

export interface Unfolded {
  readonly rows: Readonly<Record<Table, Row[]>>;
  /** What each person's phone has of it. */
  readonly phones: PhoneHistory[];
  readonly files: { readonly key: string; readonly bytes: Uint8Array }[];
  readonly wakes: { readonly conversationId: string; readonly at: Instant }[];
}
export interface PhoneHistory {
  readonly phone: string;
  readonly messages: readonly Row[];
  readonly marketingStopped: boolean;
}

/** The rows and phone messages a telling amounts to. Both carry the same message ids, times and statuses. */
export function unfold(told: Told, around: Circumstances): Unfolded {
  const rows = Object.fromEntries(tables.map((table) => [table, [] as Row[]])) as Record<Table, Row[]>;
  const unfolded: Unfolded = { rows, phones: [], files: [], wakes: [] };
  for (const person of told.people) unfoldPerson(person, around, unfolded);
  return unfolded;
}

/** What is kept while one person's story is told. */
interface Telling {
  readonly person: Person;
  readonly around: Circumstances;
  readonly unfolded: Unfolded;
  readonly contactId: string;
  readonly addressId: string;
  /** Messages other steps may point to, by the name they were given. */
  readonly said: Map<string, Said>;
  readonly onPhone: Row[];
  earliest: Instant;
  lastInbound: { readonly at: Instant; readonly isOptOut: boolean } | null;
  lastOutboundAt: Instant | null;
}
interface Said {
  readonly row: Row;
  readonly providerId: string;
  readonly at: Instant;
}

function unfoldPerson(person: Person, around: Circumstances, unfolded: Unfolded): void {
  const telling: Telling = {
    person,
    around,
    unfolded,
    contactId: around.ids.next<"contact">(),
    addressId: around.ids.next<"address">(),
    said: new Map(),
    onPhone: [],
    earliest: around.now,
    lastInbound: null,
    lastOutboundAt: null,
  };
  for (const steps of person.conversations) unfoldConversation(telling, steps);
  for (const consent of person.consents ?? []) writeConsent(telling, consent);
  for (const suppression of person.suppressions ?? []) writeSuppression(telling, suppression);
  const stop = person.suppressions?.find(({ source }) => source === "platform-preference");
  writeContact(telling);
  if (telling.lastInbound || telling.lastOutboundAt !== null || stop)
    unfolded.rows.leg.push({
      organisation_id: around.organisationId,
      sender_id: around.senderId,
      address_id: telling.addressId,
      last_inbound_at: isoOrNull(telling.lastInbound?.at),
      last_outbound_at: isoOrNull(telling.lastOutboundAt),
      marketing_stopped_at: isoOrNull(stop && when(telling, stop.at)),
      last_inbound_was_opt_out: telling.lastInbound?.isOptOut ?? false,
    });
  unfolded.phones.push({ phone: person.phone, messages: telling.onPhone, marketingStopped: stop !== undefined });
}

// ---- a conversation ----

interface Course {
  readonly id: string;
  state: "needs-us" | "waiting" | "snoozed" | "done";
  assignee: string | null;
  waitingSince: Instant | null;
  snoozedUntil: Instant | null;
  closedAt: Instant | null;
  last: { readonly at: Instant; readonly id: string } | null;
  unread: Row[];
  version: number;
}
interface Timed {
  readonly step: Step;
  readonly at: Instant;
}

/** Walks the steps as the product itself would have lived them, and writes down where that ends. */
function unfoldConversation(telling: Telling, told: readonly Step[]): void {
  const { around, unfolded } = telling;
  const steps = timed(telling, told);
  const [first] = steps;
  if (!first) return;
  if (first.at < telling.earliest) telling.earliest = first.at;
  const course: Course = {
    id: around.ids.next<"conversation">(),
    state: "needs-us",
    assignee: null,
    waitingSince: null,
    snoozedUntil: null,
    closedAt: null,
    last: null,
    unread: [],
    version: 1,
  };
  happen(telling, course, "opened", first.at, "by" in first.step ? first.step.by : undefined);
  for (const [index, { step, at }] of steps.entries()) {
    if ("by" in step) course.unread = [];
    if (step.kind === "message") {
      const isAnswered = (later: Timed) => later.step.kind === "message" && later.step.direction === "in";
      speak(telling, course, step, at, steps.slice(index + 1).find(isAnswered)?.at ?? null);
    } else if (step.kind === "reaction" || step.kind === "edit" || step.kind === "deletion") {
      touch(telling, step, at);
    } else {
      act(telling, course, step, at);
    }
  }
  for (const onPhone of course.unread) onPhone.status = "delivered";
  if (course.snoozedUntil !== null) unfolded.wakes.push({ conversationId: course.id, at: course.snoozedUntil });
  unfolded.rows.conversation.push({
    organisation_id: around.organisationId,
    id: course.id,
    inbox_id: around.inboxId,
    contact_id: telling.contactId,
    sender_id: around.senderId,
    address_id: telling.addressId,
    state: course.state,
    assignee_id: course.assignee === null ? null : around.memberId(course.assignee),
    snoozed_until: isoOrNull(course.snoozedUntil),
    waiting_since: isoOrNull(course.waitingSince),
    last_message_at: isoOrNull(course.last?.at),
    last_message_id: course.last?.id ?? null,
    unread_count: course.unread.length,
    version: course.version,
    opened_at: toIso(first.at),
    closed_at: isoOrNull(course.closedAt),
  });
}

function speak(telling: Telling, course: Course, step: MessageStep, at: Instant, answeredAt: Instant | null): void {
  const { around } = telling;
  if (course.state === "done") {
    course.closedAt = null;
    happen(telling, course, "reopened", at, step.by);
  }
  if (step.by !== undefined && course.assignee === null) {
    course.assignee = step.by;
    happen(telling, course, "claimed", at, step.by, { memberId: around.memberId(step.by) });
  }
  course.snoozedUntil = null;
  const { id, onPhone } = writeMessage(telling, course.id, step, at, answeredAt);
  course.last = { at, id };
  if (step.direction === "out") {
    course.state = "waiting";
    course.waitingSince = null;
    telling.lastOutboundAt = at;
    return;
  }
  course.state = "needs-us";
  course.waitingSince ??= at;
  course.unread.push(onPhone);
  course.version += 1;
  const { suppressions = [], consents = [] } = telling.person;
  const optOut = suppressions.find(({ said }) => said !== undefined && said === step.ref);
  telling.lastInbound = { at, isOptOut: optOut !== undefined };
  if (optOut) happen(telling, course, "opted-out", at, undefined, { scope: optOut.scope, source: optOut.source });
  if (consents.some(({ said, action }) => said !== undefined && said === step.ref && action !== "withdrawn"))
    happen(telling, course, "opted-in", at, undefined, { lifted: "0" });
}

/** Reactions, edits and deletions change a message that is there; they open no window and reopen nothing. */
function touch(telling: Telling, step: Extract<Step, { kind: "reaction" | "edit" | "deletion" }>, at: Instant): void {
  const { around, onPhone, person, unfolded } = telling;
  const tell = (type: string, content: Row) =>
    onPhone.push({ id: nextWamid(telling), from: "phone", type, [type]: content, timestamp: at });
  if (step.kind === "reaction") {
    const { providerId } = refer(telling, step.to);
    unfolded.rows.reaction.push({
      organisation_id: around.organisationId,
      sender_id: around.senderId,
      target_provider_id: providerId,
      direction: "in",
      emoji: step.emoji,
      at: toIso(at),
    });
    tell("reaction", { message_id: providerId, emoji: step.emoji });
    return;
  }
  const { row, providerId } = refer(telling, step.of);
  if (step.kind === "deletion") {
    row.deleted_at = toIso(at);
    tell("revoke", { original_message_id: providerId });
    return;
  }
  const body = nameDays(step.body, at, around.timeZone, person.language);
  row.raw = { before: [row.content] };
  row.content = { type: "text", text: { body } };
  row.text = body;
  row.edited_at = toIso(at);
  tell("edit", { original_message_id: providerId, message: { type: "text", text: { body } } });
}

function act(
  telling: Telling,
  course: Course,
  step: Exclude<Step, { kind: "message" | "reaction" | "edit" | "deletion" }>,
  at: Instant,
): void {
  const { around, person, unfolded } = telling;
  const here = { organisation_id: around.organisationId, conversation_id: course.id };
  if (step.kind !== "note" && step.kind !== "label") course.version += 1;
  switch (step.kind) {
    case "note": {
      const id = around.ids.next<"note">();
      unfolded.rows.note.push({
        ...here,
        id,
        member_id: around.memberId(step.by),
        client_id: `demo ${id}`,
        text: nameDays(step.text, at, around.timeZone, person.language),
        created_at: toIso(at),
      });
      break;
    }
    case "claim":
      course.assignee = step.by;
      happen(telling, course, "claimed", at, step.by, { memberId: around.memberId(step.by) });
      break;
    case "assign":
      course.assignee = step.to;
      happen(telling, course, "assigned", at, step.by, { memberId: around.memberId(step.to) });
      break;
    case "label":
      unfolded.rows.conversation_label.push({ ...here, label_id: around.labelId(step.label) });
      happen(telling, course, "labelled", at, step.by, { label: step.label });
      break;
    case "snooze":
      course.state = "snoozed";
      course.snoozedUntil = plus(around.now, step.forHours * hourMs);
      happen(telling, course, "snoozed", at, step.by, { until: toIso(course.snoozedUntil) });
      break;
    case "wake":
      course.state = "needs-us";
      course.snoozedUntil = null;
      happen(telling, course, "woke", at);
      break;
    case "close":
      course.state = "done";
      course.closedAt = at;
      course.snoozedUntil = null;
      course.waitingSince = null;
      happen(telling, course, "closed", at, step.by);
      break;
  }
}

function happen(
  { around, unfolded }: Telling,
  course: Course,
  kind: string,
  at: Instant,
  by?: string,
  detail: Readonly<Record<string, string>> = {},
): void {
  unfolded.rows.activity.push({
    organisation_id: around.organisationId,
    id: around.ids.next(),
    conversation_id: course.id,
    kind,
    member_id: by === undefined ? null : around.memberId(by),
    detail,
    created_at: toIso(at),
  });
}

// ---- a message ----

const pictureType = "image/png";

function writeMessage(
  telling: Telling,
  conversationId: string,
  step: MessageStep,
  at: Instant,
  answeredAt: Instant | null,
): { id: string; onPhone: Row } {
  const { around, person, unfolded } = telling;
  const id = around.ids.next<"message">();
  const providerId = nextWamid(telling);
  const file = step.picture === undefined ? null : around.file(step.picture);
  const content = fill(step.content, (text) => nameDays(text, at, around.timeZone, person.language), file);
  const template = content.type === "template" ? around.render(content) : null;
  const repliesTo = step.repliesTo === undefined ? null : refer(telling, step.repliesTo).providerId;
  const progress = progressOf(step, at, answeredAt ?? around.now);
  const row: Row = {
    organisation_id: around.organisationId,
    id,
    conversation_id: conversationId,
    sender_id: around.senderId,
    channel: "whatsapp",
    direction: step.direction,
    type: content.type,
    content,
    text: (template?.text ?? contentText(content)) || null,
    status: progress.status,
    status_times: progress.times,
    provider_id: providerId,
    author_member_id: step.by === undefined ? null : around.memberId(step.by),
    author_name: step.by ?? null,
    replies_to_provider_id: repliesTo,
    failure: step.failure === undefined ? null : failureOf(step.failure),
    raw: null,
    sent_at: toIso(at),
    received_at: step.direction === "in" ? toIso(plus(at, secondMs)) : null,
    edited_at: null,
    deleted_at: null,
    created_at: toIso(at),
  };
  unfolded.rows.message.push(row);
  if (step.ref !== undefined) telling.said.set(step.ref, { row, providerId, at });
  if (file) writeMedia(telling, id, file, at);
  const onPhone: Row = {
    id: providerId,
    from: step.direction === "in" ? "phone" : "business",
    type: content.type,
    [content.type]: (content as unknown as Row)[content.type],
    timestamp: at,
    status: step.direction === "in" ? "read" : progress.status,
    ...(repliesTo === null ? {} : { context: { id: repliesTo } }),
    ...(template ? { rendered: template.rendered } : {}),
  };
  telling.onPhone.push(onPhone);
  return { id, onPhone };
}

function writeMedia({ around, unfolded }: Telling, messageId: string, file: PlatformFile, at: Instant): void {
  const id = around.ids.next<"media">();
  const key = `${around.organisationId}/${id}`;
  unfolded.files.push({ key, bytes: file.bytes });
  unfolded.rows.media.push({
    organisation_id: around.organisationId,
    id,
    message_id: messageId,
    sender_id: around.senderId,
    kind: "image",
    mime_type: pictureType,
    size_bytes: file.bytes.length,
    sha256: `\\x${createHash("sha256").update(file.bytes).digest("hex")}`,
    storage_key: key,
    provider_media_id: file.id,
    state: "ready",
    attempts: 1,
    created_at: toIso(at),
  });
}

/** How far a message came and when. Whoever answers has read what they answer. */
function progressOf(step: MessageStep, at: Instant, until: Instant): { status: string; times: Row } {
  if (step.direction === "in") return { status: "received", times: {} };
  const status = step.status ?? "read";
  const handedOver = { queued: at, accepted: at };
  if (status === "failed") return { status, times: { ...handedOver, failed: plus(at, secondMs) } };
  const sent = { ...handedOver, sent: plus(at, secondMs) };
  if (status === "sent") return { status, times: sent };
  const delivered = { ...sent, delivered: plus(at, 2 * secondMs) };
  if (status === "delivered") return { status, times: delivered };
  return { status, times: { ...delivered, read: instant(Math.min(at + 3 * minuteMs, until - 5 * secondMs)) } };
}

function failureOf(code: NonNullable<MessageStep["failure"]>): Row {
  const entry = errorEntry(code);
  return { reason: entry?.reason ?? "other", code, title: entry?.title ?? `Error ${code}` };
}

/** The content with its placeholders filled and its file named. */
function fill(content: MessageContent, words: (text: string) => string, file: PlatformFile | null): MessageContent {
  const filled = JSON.parse(
    JSON.stringify(content, (_key, value: unknown) => (typeof value === "string" ? words(value) : value)),
  ) as MessageContent;
  if (filled.type !== "image" || file === null) return filled;
  return { type: "image", image: { ...filled.image, id: file.id, mime_type: pictureType } };
}

/** An id like the platform's: `wamid.` and base64 of marker bytes, the person's number and a part that is unique. */
function nextWamid({ around, onPhone, person }: Telling): string {
  const digits = person.phone.replace(/\D/g, "");
  const unique = createHash("sha256")
    .update(`${around.organisationId} ${around.now} ${digits} ${onPhone.length}`)
    .digest("hex")
    .slice(0, 18)
    .toUpperCase();
  const raw = `\x1c\x18${String.fromCharCode(digits.length)}${digits}\x15\x02\x00\x12\x18\x12${unique}\x00`;
  return `wamid.${Buffer.from(raw, "latin1").toString("base64")}`;
}

// ---- a person ----

function writeContact({ person, around, unfolded, contactId, addressId, earliest }: Telling): void {
  const userId = around.userId(person.phone);
  const hasOurLocale = person.language === "nl" || person.language === "en" || person.language === "de";
  const here = { organisation_id: around.organisationId, created_at: toIso(earliest) };
  unfolded.rows.contact.push({
    ...here,
    id: contactId,
    name: person.name,
    name_source: person.enteredByHand ? "agent" : "profile",
    locale: hasOurLocale ? person.language : null,
    region: (person.hidden ? null : regionOfPhone(person.phone)) ?? userId.slice(0, 2),
    consent_epoch: (person.consents?.length ?? 0) + (person.suppressions?.length ?? 0),
  });
  const address = { ...here, contact_id: contactId, channel: "whatsapp", current: true };
  const phone = { ...address, id: addressId, kind: "phone", value: person.phone };
  // The platform names a user id with all it tells of a person; of somebody who is not there it tells nothing.
  if (person.unreachable) unfolded.rows.address.push(phone);
  else if (person.hidden) unfolded.rows.address.push({ ...address, id: addressId, kind: "user-id", value: userId });
  else
    unfolded.rows.address.push(phone, { ...address, id: around.ids.next<"address">(), kind: "user-id", value: userId });
}

function writeConsent(telling: Telling, entry: NonNullable<Person["consents"]>[number]): void {
  const said = entry.said === undefined ? null : refer(telling, entry.said);
  telling.unfolded.rows.consent.push({
    ...wish(telling, said, entry.at),
    purpose: entry.purpose,
    action: entry.action,
    method: entry.method,
    kind: "express",
    express: true,
    evidence_class:
      entry.action === "withdrawn"
        ? null
        : entry.method === "inbound-message"
          ? "A"
          : entry.action === "confirmed"
            ? "B"
            : "C",
    names_business: true,
    names_channel: true,
    flaws: [],
    wording_version: entry.wordingVersion ?? null,
    evidence: said?.providerId ?? entry.evidence ?? null,
  });
}

function writeSuppression(telling: Telling, entry: NonNullable<Person["suppressions"]>[number]): void {
  const said = entry.said === undefined ? null : refer(telling, entry.said);
  telling.unfolded.rows.suppression.push({
    ...wish(telling, said, entry.at),
    scope: entry.scope,
    source: entry.source,
    sender_id: entry.source === "agent" ? null : telling.around.senderId,
  });
}

/** What an agreement and a stop have in common: whose, when, and in which message they said so. */
function wish(telling: Telling, said: Said | null, moment: Moment): Row {
  const at = said?.at ?? when(telling, moment);
  if (at < telling.earliest) telling.earliest = at;
  return {
    organisation_id: telling.around.organisationId,
    id: telling.around.ids.next(),
    contact_id: telling.contactId,
    channel: "whatsapp",
    source_message_id: said?.row.id ?? null,
    at: toIso(at),
    recorded_at: toIso(plus(at, secondMs)),
  };
}

// ---- when, and which ----

function when({ around }: Telling, moment: Moment, before: Instant | null = null): Instant {
  return instantOf(moment, around.now, around.timeZone, before);
}

function timed(telling: Telling, steps: readonly Step[]): Timed[] {
  let before: Instant | null = null;
  return steps.map((step) => {
    const at = when(telling, step.at, before);
    before = at;
    return { step, at };
  });
}

function refer({ person, said }: Telling, ref: string): Said {
  const found = said.get(ref);
  if (!found) throw new Error(`${person.name} points to "${ref}", which was not said.`);
  return found;
}

function isoOrNull(at: Instant | null | undefined): string | null {
  return at === null || at === undefined ? null : toIso(at);
}

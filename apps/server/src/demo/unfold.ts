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
  readonly phones: readonly PhoneHistory[];
  readonly files: readonly { readonly key: string; readonly bytes: Uint8Array }[];
  readonly wakes: readonly { readonly conversationId: string; readonly at: Instant }[];
}
export interface PhoneHistory {
  readonly phone: string;
  readonly messages: readonly Row[];
  readonly marketingStopped: boolean;
}

const mimeType = "image/png";

/** The rows and phone messages a telling amounts to. Both carry the same message ids, times and statuses. */
export function unfold(told: Told, circumstances: Circumstances): Unfolded {
  const rows = Object.fromEntries(tables.map((table) => [table, [] as Row[]])) as Record<Table, Row[]>;
  const files: { key: string; bytes: Uint8Array }[] = [];
  const wakes: { conversationId: string; at: Instant }[] = [];
  const phones = told.people.map((person) => unfoldPerson(person, circumstances, rows, files, wakes));
  return { rows, phones, files, wakes };
}

interface Known {
  readonly row: Row;
  readonly providerId: string;
  readonly at: Instant;
}

function unfoldPerson(
  person: Person,
  { now, timeZone, ids, organisationId, senderId, ...around }: Circumstances,
  rows: Record<Table, Row[]>,
  files: { key: string; bytes: Uint8Array }[],
  wakes: { conversationId: string; at: Instant }[],
): PhoneHistory {
  const here = { organisation_id: organisationId };
  const when = (moment: Moment, before: Instant | null = null) => instantOf(moment, now, timeZone, before);
  const userId = around.userId(person.phone);
  const contactId = ids.next<"contact">();
  const addressId = ids.next<"address">();
  const known = new Map<string, Known>();
  const refer = (ref: string): Known => {
    const found = known.get(ref);
    if (!found) throw new Error(`${person.name} points to "${ref}", which was not said.`);
    return found;
  };
  const optOuts = new Map(
    (person.suppressions ?? []).flatMap((entry) => (entry.said === undefined ? [] : [[entry.said, entry] as const])),
  );
  const optIns = new Set((person.consents ?? []).flatMap((entry) => (entry.said === undefined ? [] : [entry.said])));

  const history: Row[] = [];
  const conversations: Row[] = [];
  const messages: Row[] = [];
  let serial = 0;
  let earliest: Instant = now;
  let lastInbound: { at: Instant; isOptOut: boolean } | null = null;
  let lastOutboundAt: Instant | null = null;

  for (const told of person.conversations) {
    const steps = timed(told, when);
    const id = ids.next<"conversation">();
    const openedAt = steps[0]?.at ?? now;
    if (openedAt < earliest) earliest = openedAt;
    const happened = (kind: string, at: Instant, by: string | null, detail: Record<string, string> = {}) =>
      rows.activity.push({
        ...here,
        id: ids.next<"activity">(),
        conversation_id: id,
        kind,
        member_id: by === null ? null : around.memberId(by),
        detail,
        created_at: toIso(at),
      });
    const words = (text: string, at: Instant) => nameDays(text, at, timeZone, person.language);

    let state: "needs-us" | "waiting" | "snoozed" | "done" = "needs-us";
    let assignee: string | null = null;
    let waitingSince: Instant | null = null;
    let snoozedUntil: Instant | null = null;
    let closedAt: Instant | null = null;
    let last: { at: Instant; id: string } | null = null;
    let unread = 0;
    let version = 1;

    for (const [index, { step, at }] of steps.entries()) {
      if (index === 0) happened("opened", at, step.kind === "message" && step.by ? step.by : null);
      if (step.kind !== "message" && step.kind !== "wake" && "by" in step) unread = 0;
      switch (step.kind) {
        case "message": {
          if (state === "done" && closedAt !== null) {
            happened("reopened", at, step.by ?? null);
            closedAt = null;
          }
          if (step.by !== undefined && assignee === null) {
            assignee = step.by;
            happened("claimed", at, step.by, { memberId: around.memberId(step.by) });
          }
          const messageId = ids.next<"message">();
          const providerId = wamid(person.phone, `${organisationId} ${now} ${person.phone} ${serial++}`);
          const file = step.picture === undefined ? null : around.file(step.picture);
          const content = fill(step.content, (text) => words(text, at), file);
          const rendered = content.type === "template" ? around.render(content) : null;
          const progress = progressOf(step, at, nextInboundAt(steps, index), now);
          const row: Row = {
            ...here,
            id: messageId,
            conversation_id: id,
            sender_id: senderId,
            channel: "whatsapp",
            direction: step.direction,
            type: content.type,
            content,
            text: (rendered?.text ?? contentText(content)) || null,
            status: progress.status,
            status_times: progress.times,
            provider_id: providerId,
            client_id: null,
            author_member_id: step.by === undefined ? null : around.memberId(step.by),
            author_name: step.by ?? null,
            replies_to_provider_id: step.repliesTo === undefined ? null : refer(step.repliesTo).providerId,
            failure: step.failure === undefined ? null : failureOf(step.failure),
            raw: null,
            sent_at: toIso(at),
            received_at: step.direction === "in" ? toIso(plus(at, secondMs)) : null,
            edited_at: null,
            deleted_at: null,
            created_at: toIso(at),
          };
          messages.push(row);
          if (step.ref !== undefined) known.set(step.ref, { row, providerId, at });
          if (file !== null) {
            const mediaId = ids.next<"media">();
            const key = `${organisationId}/${mediaId}`;
            files.push({ key, bytes: file.bytes });
            rows.media.push({
              ...here,
              id: mediaId,
              message_id: messageId,
              sender_id: senderId,
              kind: "image",
              mime_type: mimeType,
              size_bytes: file.bytes.length,
              sha256: `\\x${createHash("sha256").update(file.bytes).digest("hex")}`,
              storage_key: key,
              provider_media_id: file.id,
              state: "ready",
              attempts: 1,
              created_at: toIso(at),
            });
          }
          if (step.direction === "in") {
            const optOut = step.ref === undefined ? undefined : optOuts.get(step.ref);
            if (optOut) happened("opted-out", at, null, { scope: optOut.scope, source: optOut.source });
            if (step.ref !== undefined && optIns.has(step.ref)) happened("opted-in", at, null, { lifted: "0" });
            lastInbound = { at, isOptOut: optOut !== undefined };
            state = "needs-us";
            snoozedUntil = null;
            waitingSince ??= at;
            unread += 1;
            version += 1;
          } else {
            lastOutboundAt = at;
            state = "waiting";
            snoozedUntil = null;
            waitingSince = null;
            unread = 0;
          }
          last = { at, id: messageId };
          history.push({
            id: providerId,
            from: step.direction === "in" ? "phone" : "business",
            type: content.type,
            [content.type]: bodyOf(content),
            timestamp: at,
            ...(step.direction === "in" ? {} : { status: progress.status }),
            ...(step.repliesTo === undefined ? {} : { context: { id: refer(step.repliesTo).providerId } }),
            ...(rendered ? { rendered: rendered.rendered } : {}),
          });
          break;
        }
        case "reaction":
          rows.reaction.push({
            ...here,
            sender_id: senderId,
            target_provider_id: refer(step.to).providerId,
            direction: "in",
            emoji: step.emoji,
            at: toIso(at),
          });
          history.push({
            id: wamid(person.phone, `${organisationId} ${now} ${person.phone} ${serial++}`),
            from: "phone",
            type: "reaction",
            reaction: { message_id: refer(step.to).providerId, emoji: step.emoji },
            timestamp: at,
          });
          break;
        case "edit": {
          const { row, providerId } = refer(step.of);
          const body = words(step.body, at);
          row.raw = { before: [row.content] };
          row.content = { type: "text", text: { body } };
          row.text = body;
          row.edited_at = toIso(at);
          history.push({
            id: wamid(person.phone, `${organisationId} ${now} ${person.phone} ${serial++}`),
            from: "phone",
            type: "edit",
            edit: { original_message_id: providerId, message: { type: "text", text: { body } } },
            timestamp: at,
          });
          break;
        }
        case "deletion": {
          const { row, providerId } = refer(step.of);
          row.deleted_at = toIso(at);
          history.push({
            id: wamid(person.phone, `${organisationId} ${now} ${person.phone} ${serial++}`),
            from: "phone",
            type: "revoke",
            revoke: { original_message_id: providerId },
            timestamp: at,
          });
          break;
        }
        case "note": {
          const noteId = ids.next<"note">();
          rows.note.push({
            ...here,
            id: noteId,
            conversation_id: id,
            member_id: around.memberId(step.by),
            client_id: `demo ${noteId}`,
            text: words(step.text, at),
            created_at: toIso(at),
          });
          break;
        }
        case "claim":
        case "assign": {
          const to = step.kind === "claim" ? step.by : step.to;
          assignee = to;
          version += 1;
          happened(to === step.by ? "claimed" : "assigned", at, step.by, { memberId: around.memberId(to) });
          break;
        }
        case "label":
          rows.conversation_label.push({ ...here, conversation_id: id, label_id: around.labelId(step.label) });
          happened("labelled", at, step.by, { label: step.label });
          break;
        case "snooze":
          state = "snoozed";
          snoozedUntil = plus(now, step.forHours * hourMs);
          version += 1;
          happened("snoozed", at, step.by, { until: toIso(snoozedUntil) });
          break;
        case "wake":
          state = "needs-us";
          snoozedUntil = null;
          version += 1;
          happened("woke", at, null);
          break;
        case "close":
          state = "done";
          closedAt = at;
          snoozedUntil = null;
          waitingSince = null;
          version += 1;
          happened("closed", at, step.by);
          break;
      }
    }
    if (snoozedUntil !== null) wakes.push({ conversationId: id, at: snoozedUntil });
    conversations.push({
      ...here,
      id,
      inbox_id: around.inboxId,
      contact_id: contactId,
      sender_id: senderId,
      address_id: addressId,
      state,
      assignee_id: assignee === null ? null : around.memberId(assignee),
      snoozed_until: snoozedUntil === null ? null : toIso(snoozedUntil),
      waiting_since: waitingSince === null ? null : toIso(waitingSince),
      last_message_at: last === null ? null : toIso(last.at),
      last_message_id: last?.id ?? null,
      unread_count: unread,
      version,
      opened_at: toIso(openedAt),
      closed_at: closedAt === null ? null : toIso(closedAt),
    });
  }

  let wishes = 0;
  let stoppedAt: Instant | null = null;
  for (const entry of person.consents ?? []) {
    const said = entry.said === undefined ? null : refer(entry.said);
    const at = said?.at ?? when(entry.at);
    if (at < earliest) earliest = at;
    wishes += 1;
    rows.consent.push({
      ...here,
      id: ids.next(),
      contact_id: contactId,
      purpose: entry.purpose,
      channel: "whatsapp",
      action: entry.action,
      method: entry.method,
      express: true,
      names_business: true,
      wording_version: entry.wordingVersion ?? null,
      evidence: said?.providerId ?? entry.evidence ?? null,
      source_message_id: said?.row.id ?? null,
      at: toIso(at),
      recorded_at: toIso(plus(at, secondMs)),
    });
  }
  for (const entry of person.suppressions ?? []) {
    const said = entry.said === undefined ? null : refer(entry.said);
    const at = said?.at ?? when(entry.at);
    if (at < earliest) earliest = at;
    wishes += 1;
    if (entry.source === "platform-preference") stoppedAt = at;
    rows.suppression.push({
      ...here,
      id: ids.next(),
      contact_id: contactId,
      scope: entry.scope,
      channel: "whatsapp",
      source: entry.source,
      sender_id: entry.source === "agent" ? null : senderId,
      source_message_id: said?.row.id ?? null,
      at: toIso(at),
      recorded_at: toIso(plus(at, secondMs)),
      lifted_at: null,
      lifted_by: null,
    });
  }

  const hasLocale = person.language === "nl" || person.language === "en" || person.language === "de";
  rows.contact.push({
    ...here,
    id: contactId,
    name: person.name,
    name_source: person.enteredByHand ? "agent" : "profile",
    locale: hasLocale ? person.language : null,
    region: (person.hidden ? null : regionOfPhone(person.phone)) ?? userId.slice(0, 2),
    consent_epoch: wishes,
    created_at: toIso(earliest),
  });
  const address = { ...here, contact_id: contactId, channel: "whatsapp", current: true, created_at: toIso(earliest) };
  if (person.hidden) {
    rows.address.push({ ...address, id: addressId, kind: "user-id", value: userId });
  } else {
    rows.address.push({ ...address, id: addressId, kind: "phone", value: person.phone });
    // The platform names a user id with everything it tells of a person; of somebody who is not there it tells nothing.
    if (!person.unreachable)
      rows.address.push({ ...address, id: ids.next<"address">(), kind: "user-id", value: userId });
  }
  rows.conversation.push(...conversations);
  rows.message.push(...messages);
  if (conversations.length > 0 || stoppedAt !== null)
    rows.leg.push({
      ...here,
      sender_id: senderId,
      address_id: addressId,
      last_inbound_at: lastInbound === null ? null : toIso(lastInbound.at),
      last_outbound_at: lastOutboundAt === null ? null : toIso(lastOutboundAt),
      marketing_stopped_at: stoppedAt === null ? null : toIso(stoppedAt),
      last_inbound_was_opt_out: lastInbound?.isOptOut ?? false,
    });
  return { phone: person.phone, messages: history, marketingStopped: stoppedAt !== null };
}

interface Timed {
  readonly step: Step;
  readonly at: Instant;
}

function timed(steps: readonly Step[], when: (moment: Moment, before: Instant | null) => Instant): Timed[] {
  let before: Instant | null = null;
  return steps.map((step) => {
    const at = when(step.at, before);
    before = at;
    return { step, at };
  });
}

function nextInboundAt(steps: readonly Timed[], index: number): Instant | null {
  return steps.slice(index + 1).find(({ step }) => step.kind === "message" && step.direction === "in")?.at ?? null;
}

/** How far a message came and when. Whoever answers has read what they answer. */
function progressOf(
  step: MessageStep,
  at: Instant,
  answeredAt: Instant | null,
  now: Instant,
): { status: string; times: Record<string, Instant> } {
  if (step.direction === "in") return { status: "received", times: {} };
  const status = step.status ?? "read";
  const times: Record<string, Instant> = { queued: at, accepted: at };
  if (status === "failed") return { status, times: { ...times, failed: plus(at, secondMs) } };
  times.sent = plus(at, secondMs);
  if (status === "sent") return { status, times };
  times.delivered = plus(at, 2 * secondMs);
  if (status === "delivered") return { status, times };
  times.read = instant(Math.min(at + 3 * minuteMs, (answeredAt ?? now) - 5 * secondMs));
  return { status, times };
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
  return { type: "image", image: { ...filled.image, id: file.id, mime_type: mimeType } };
}

/** What stands under the key named by the type. */
function bodyOf(content: MessageContent): unknown {
  return (content as unknown as Row)[content.type];
}

/** An id like the platform's: `wamid.` and base64 of marker bytes, the person's number and a part that is unique. */
function wamid(phone: string, seed: string): string {
  const digits = phone.replace(/\D/g, "");
  const unique = createHash("sha256").update(seed).digest("hex").slice(0, 18).toUpperCase();
  const raw = `\x1c\x18${String.fromCharCode(digits.length)}${digits}\x15\x02\x00\x12\x18\x12${unique}\x00`;
  return `wamid.${Buffer.from(raw, "latin1").toString("base64")}`;
}

import type { ContactPorts } from "@loket/contacts";
import type { Tx } from "@loket/database";
import { type ConversationId, type InboxId, instant, type MemberId, toIso } from "@loket/kit";
import { findConversations } from "./find.ts";

/**
 * A conversation with one person in one inbox. Its states:
 *
 *     needs-us ──(we answer)──► waiting ──(they write)──► needs-us
 *        │  ▲                      │
 *        │  └──(time, or they write)── snoozed
 *        └──────────────(closed)──────────────► done ──(they write within three days: reopened; later: a new one)
 *
 * At most one per person and inbox is not done, under any concurrency (a unique index says so). `version` grows with
 * every change that another person's act should not overwrite unseen: what the customer writes, who holds it, its state.
 */
export type ConversationState = "needs-us" | "waiting" | "snoozed" | "done";

export interface Conversation {
  readonly id: ConversationId;
  readonly state: ConversationState;
  readonly inboxId: InboxId;
  readonly senderId: string;
  readonly channel: "whatsapp";
  readonly contact: {
    readonly id: string;
    readonly name: string;
    readonly addresses: readonly { channel: string; value: string }[];
  };
  readonly windowEndsAt: string | null;
  readonly assigneeId: MemberId | null;
  readonly lastMessageAt: string | null;
  readonly waitingSince: string | null;
  readonly snoozedUntil: string | null;
  readonly unreadCount: number;
  readonly labelIds: readonly string[];
  readonly preview: {
    readonly direction: "in" | "out";
    readonly type: string;
    readonly text: string;
    readonly status: string;
  } | null;
  readonly version: number;
}

/** Contacts put what they hear on record, so conversations need what the ledger needs. */
export type Ports = ContactPorts;

/** Who does something: a member, or a program speaking for the organisation. */
export interface Actor {
  readonly memberId: MemberId | null;
  readonly name: string;
}

interface ConversationRow {
  id: ConversationId;
  state: ConversationState;
  inbox_id: InboxId;
  sender_id: string;
  channel: "whatsapp";
  contact_id: string;
  contact_name: string;
  addresses: { channel: string; value: string }[] | null;
  last_inbound_at: number | null;
  assignee_id: MemberId | null;
  last_message_at: number | null;
  waiting_since: number | null;
  snoozed_until: number | null;
  unread_count: number;
  label_ids: string[];
  preview: Conversation["preview"];
  version: number;
}

const columns = `v.id, v.state, v.inbox_id, v.sender_id, s.channel, v.contact_id, c.name as contact_name, v.assignee_id, v.last_message_at, v.waiting_since,
  v.snoozed_until, v.unread_count, v.version,
  (select jsonb_agg(jsonb_build_object('channel', a.channel, 'value', a.value) order by (a.id = v.address_id) desc, a.kind) from address a
    where a.organisation_id = v.organisation_id and a.contact_id = v.contact_id and a.current) as addresses,
  (select max(l.last_inbound_at) from leg l join address a on a.organisation_id = l.organisation_id and a.id = l.address_id
    where l.organisation_id = v.organisation_id and l.sender_id = v.sender_id and a.contact_id = v.contact_id) as last_inbound_at,
  array(select label_id from conversation_label t where t.organisation_id = v.organisation_id and t.conversation_id = v.id) as label_ids,
  (select jsonb_build_object('direction', m.direction, 'type', m.type, 'text', case when m.deleted_at is null then left(coalesce(m.text, ''), 200) else '' end, 'status', m.status)
    from message m where m.organisation_id = v.organisation_id and m.id = v.last_message_id) as preview`;
const from = `conversation v join contact c on c.organisation_id = v.organisation_id and c.id = v.contact_id
  join sender s on s.organisation_id = v.organisation_id and s.id = v.sender_id`;

/** The platform's rule, and ours: 24 hours from the person's own last message. */
export const serviceWindowMs = 24 * 60 * 60 * 1_000;

const isoOrNull = (ms: number | null): string | null => (ms === null ? null : toIso(instant(ms)));

function toConversation(row: ConversationRow): Conversation {
  return {
    id: row.id,
    state: row.state,
    inboxId: row.inbox_id,
    senderId: row.sender_id,
    channel: row.channel,
    contact: { id: row.contact_id, name: row.contact_name, addresses: row.addresses ?? [] },
    windowEndsAt: row.last_inbound_at === null ? null : toIso(instant(row.last_inbound_at + serviceWindowMs)),
    assigneeId: row.assignee_id,
    lastMessageAt: isoOrNull(row.last_message_at),
    waitingSince: isoOrNull(row.waiting_since),
    snoozedUntil: isoOrNull(row.snoozed_until),
    unreadCount: row.unread_count,
    labelIds: row.label_ids,
    preview: row.preview,
    version: row.version,
  };
}

export async function readConversation(tx: Tx, id: string): Promise<Conversation | null> {
  const row = await tx.one<ConversationRow>(
    `select ${columns} from ${from} where v.organisation_id = $1 and v.id = $2`,
    [tx.organisationId, id],
  );
  return row ? toConversation(row) : null;
}

export async function readConversations(tx: Tx, ids: readonly string[]): Promise<Conversation[]> {
  return (
    await tx.query<ConversationRow>(
      `select ${columns} from ${from} where v.organisation_id = $1 and v.id = any($2::uuid[])`,
      [tx.organisationId, ids],
    )
  ).map(toConversation);
}

export interface ConversationFilter {
  readonly state?: ConversationState | undefined;
  readonly inboxId?: string | undefined;
  readonly senderId?: string | undefined;
  readonly contactId?: string | undefined;
  /** A member's id, or `"none"`. */
  readonly assignee?: string | undefined;
  readonly labelId?: string | undefined;
  readonly q?: string | undefined;
  /** Inboxes the asker sees; `null` for all. */
  readonly inboxIds: readonly string[] | null;
}

/** Newest first. `after` is the last row of the page before. */
export async function listConversations(
  tx: Tx,
  filter: ConversationFilter,
  page: { after?: { at: number; id: string } | undefined; limit: number },
): Promise<Conversation[]> {
  const values: unknown[] = [tx.organisationId];
  const where = ["v.organisation_id = $1"];
  const add = (condition: (place: string) => string, value: unknown) => {
    values.push(value);
    where.push(condition(`$${values.length}`));
  };
  if (filter.state) add((at) => `v.state = ${at}`, filter.state);
  if (filter.inboxId) add((at) => `v.inbox_id = ${at}`, filter.inboxId);
  if (filter.senderId) add((at) => `v.sender_id = ${at}`, filter.senderId);
  if (filter.contactId) add((at) => `v.contact_id = ${at}`, filter.contactId);
  if (filter.assignee === "none") where.push("v.assignee_id is null");
  else if (filter.assignee) add((at) => `v.assignee_id = ${at}`, filter.assignee);
  if (filter.labelId)
    add(
      (at) =>
        `exists (select 1 from conversation_label t where t.organisation_id = v.organisation_id and t.conversation_id = v.id and t.label_id = ${at})`,
      filter.labelId,
    );
  if (filter.inboxIds) add((at) => `v.inbox_id = any(${at}::uuid[])`, filter.inboxIds);
  const words = filter.q?.trim();
  if (words) {
    const found = await findConversations(tx, words);
    values.push(...found.values);
    where.push(found.condition(values.length));
  }
  if (page.after) {
    values.push(page.after.at, page.after.id);
    where.push(
      `(v.last_message_at, v.id) < (to_timestamp($${values.length - 1}::float8 / 1000), $${values.length}::uuid)`,
    );
  }
  values.push(page.limit);
  const newestFirst = "order by v.last_message_at desc, v.id desc";
  const chosen = `(select v.* from conversation v where ${where.join(" and ")} ${newestFirst} limit $${values.length}) v`;
  const rows = await tx.query<ConversationRow>(
    `select ${columns} from ${from.replace("conversation v", chosen)} ${newestFirst}`,
    values,
  );
  return rows.map(toConversation);
}

export async function countConversations(
  tx: Tx,
  inboxIds: readonly string[] | null,
): Promise<{ needsUs: number; unassigned: number; waiting: number; snoozed: number; unread: number }> {
  const row = await tx.one<{ needs_us: number; unassigned: number; waiting: number; snoozed: number; unread: number }>(
    `select count(*) filter (where state = 'needs-us') as needs_us, count(*) filter (where state = 'needs-us' and assignee_id is null) as unassigned,
       count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'snoozed') as snoozed, count(*) filter (where unread_count > 0) as unread
     from conversation where organisation_id = $1 and state <> 'done' and ($2::uuid[] is null or inbox_id = any($2))`,
    [tx.organisationId, inboxIds],
  );
  return {
    needsUs: row?.needs_us ?? 0,
    unassigned: row?.unassigned ?? 0,
    waiting: row?.waiting ?? 0,
    snoozed: row?.snoozed ?? 0,
    unread: row?.unread ?? 0,
  };
}

export function announceConversation(tx: Tx, conversation: { id: string; inboxId: string }, at: number): void {
  tx.emit({
    type: "conversation.changed",
    inboxId: conversation.inboxId,
    subject: { conversationId: conversation.id },
    at,
  });
}

export type ActivityKind =
  | "opened"
  | "reopened"
  | "claimed"
  | "assigned"
  | "unassigned"
  | "closed"
  | "snoozed"
  | "woke"
  | "labelled"
  | "unlabelled"
  | "opted-out"
  | "maybe-opted-out"
  | "opted-in"
  | "asked-consent"
  | "wants-back"
  | "clarified"
  | "number-changed"
  | "identity-changed";

export async function recordActivity(
  tx: Tx,
  ports: Ports,
  conversation: { id: string; inboxId: string },
  kind: ActivityKind,
  by: MemberId | null,
  detail: Readonly<Record<string, string>> = {},
): Promise<void> {
  const id = ports.ids.next<"activity">();
  const now = ports.clock.now();
  await tx.query(
    "insert into activity (organisation_id, id, conversation_id, kind, member_id, detail, created_at) values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))",
    [tx.organisationId, id, conversation.id, kind, by, JSON.stringify(detail), now],
  );
  tx.emit({
    type: "activity.added",
    inboxId: conversation.inboxId,
    subject: { conversationId: conversation.id, activityId: id },
    at: now,
  });
}

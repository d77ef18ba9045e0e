import type { Tx } from "@loket/database";
import { instant, toIso } from "@loket/kit";
import type { Note } from "./acts.ts";
import { campaignRows } from "./from-campaigns.ts";
import { type Locale, type Message, type MessageRow, messageColumns, toMessage } from "./message.ts";

export interface Activity {
  readonly id: string;
  readonly conversationId: string;
  readonly kind: string;
  readonly by: { readonly memberId: string | null; readonly name: string } | null;
  readonly detail: Readonly<Record<string, string>>;
  readonly createdAt: string;
}

export type TimelineItem =
  | { readonly kind: "message"; readonly at: string; readonly message: Message }
  | { readonly kind: "note"; readonly at: string; readonly note: Note }
  | { readonly kind: "activity"; readonly at: string; readonly activity: Activity };

interface Position {
  readonly at: number;
  readonly id: string;
}
export interface Page<Item> {
  readonly items: Item[];
  readonly next: Position | null;
}

/** Messages of a conversation, newest page first, each page oldest first. */
export async function listMessages(
  tx: Tx,
  conversationId: string,
  page: { before?: Position | undefined; limit: number },
  locale: Locale,
): Promise<Page<Message>> {
  const rows = await tx.query<MessageRow>(
    `select ${messageColumns} from message m where m.organisation_id = $1 and m.conversation_id = $2
       and ($3::float8 is null or (m.created_at, m.id) < (to_timestamp($3::float8 / 1000), $4::uuid))
     order by m.created_at desc, m.id desc limit $5`,
    [tx.organisationId, conversationId, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
  const last = rows.at(-1);
  return {
    items: rows.reverse().map((row) => toMessage(row, locale)),
    next: rows.length === page.limit && last ? { at: last.created_at, id: last.id } : null,
  };
}

/** Messages, what campaigns sent, notes and what happened around them, in one order. */
export async function readTimeline(
  tx: Tx,
  conversationId: string,
  page: { before?: Position | undefined; limit: number },
  locale: Locale,
): Promise<Page<TimelineItem>> {
  const values = [tx.organisationId, conversationId, page.before?.at ?? null, page.before?.id ?? null, page.limit];
  const before = (name: string) =>
    `($3::float8 is null or (${name}.created_at, ${name}.id) < (to_timestamp($3::float8 / 1000), $4::uuid)) order by ${name}.created_at desc, ${name}.id desc limit $5`;
  const [messages, sentToMany, notes, activities] = await Promise.all([
    tx.query<MessageRow>(
      `select ${messageColumns} from message m where m.organisation_id = $1 and m.conversation_id = $2 and ${before("m")}`,
      values,
    ),
    campaignRows(tx, conversationId, page),
    tx.query<NoteRow>(
      `select ${noteColumns} where n.organisation_id = $1 and n.conversation_id = $2 and ${before("n")}`,
      values,
    ),
    tx.query<ActivityRow>(
      `select ${activityColumns} where y.organisation_id = $1 and y.conversation_id = $2 and ${before("y")}`,
      values,
    ),
  ]);
  const all: { position: Position; item: TimelineItem }[] = [
    ...[...messages, ...sentToMany].map((row) => ({
      position: { at: row.created_at, id: row.id },
      item: { kind: "message" as const, at: toIso(instant(row.created_at)), message: toMessage(row, locale) },
    })),
    ...notes.map((row) => ({
      position: { at: row.created_at, id: row.id },
      item: { kind: "note" as const, at: toIso(instant(row.created_at)), note: toNote(row) },
    })),
    ...activities.map((row) => ({
      position: { at: row.created_at, id: row.id },
      item: { kind: "activity" as const, at: toIso(instant(row.created_at)), activity: toActivity(row) },
    })),
  ].sort((a, b) => b.position.at - a.position.at || (a.position.id < b.position.id ? 1 : -1));
  const taken = all.slice(0, page.limit);
  return {
    items: taken.map(({ item }) => item).reverse(),
    next: all.length >= page.limit ? (taken.at(-1)?.position ?? null) : null,
  };
}

interface NoteRow {
  id: string;
  conversation_id: string;
  text: string;
  member_id: string;
  name: string;
  created_at: number;
}
const noteColumns = `n.id, n.conversation_id, n.text, n.member_id, u.name, n.created_at from note n
  join member b on b.organisation_id = n.organisation_id and b.id = n.member_id join auth."user" u on u.id = b.person_id`;
const toNote = (row: NoteRow): Note => ({
  id: row.id,
  conversationId: row.conversation_id,
  text: row.text,
  author: { memberId: row.member_id, name: row.name },
  createdAt: toIso(instant(row.created_at)),
});

interface ActivityRow {
  id: string;
  conversation_id: string;
  kind: string;
  member_id: string | null;
  name: string | null;
  detail: Record<string, string>;
  created_at: number;
}
const activityColumns = `y.id, y.conversation_id, y.kind, y.member_id, u.name,
  case when y.detail ? 'memberId' then y.detail || jsonb_build_object('member', coalesce((select w.name from member x join auth."user" w on w.id = x.person_id
    where x.organisation_id = y.organisation_id and x.id = (y.detail->>'memberId')::uuid), '')) else y.detail end as detail, y.created_at from activity y
  left join member b on b.organisation_id = y.organisation_id and b.id = y.member_id left join auth."user" u on u.id = b.person_id`;
const toActivity = (row: ActivityRow): Activity => ({
  id: row.id,
  conversationId: row.conversation_id,
  kind: row.kind,
  by: row.name === null ? null : { memberId: row.member_id, name: row.name },
  detail: row.detail,
  createdAt: toIso(instant(row.created_at)),
});

export async function readNotes(tx: Tx, ids: readonly string[]): Promise<Note[]> {
  return (
    await tx.query<NoteRow>(`select ${noteColumns} where n.organisation_id = $1 and n.id = any($2::uuid[])`, [
      tx.organisationId,
      ids,
    ])
  ).map(toNote);
}
export async function listNotes(tx: Tx, conversationId: string): Promise<Note[]> {
  return (
    await tx.query<NoteRow>(
      `select ${noteColumns} where n.organisation_id = $1 and n.conversation_id = $2 order by n.created_at, n.id`,
      [tx.organisationId, conversationId],
    )
  ).map(toNote);
}
export async function readActivities(tx: Tx, ids: readonly string[]): Promise<Activity[]> {
  return (
    await tx.query<ActivityRow>(`select ${activityColumns} where y.organisation_id = $1 and y.id = any($2::uuid[])`, [
      tx.organisationId,
      ids,
    ])
  ).map(toActivity);
}

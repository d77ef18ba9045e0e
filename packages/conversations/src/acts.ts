import type { Tx } from "@loket/database";
import { type Instant, type MemberId, toIso } from "@loket/kit";
import {
  type Actor,
  announceConversation,
  type ConversationState,
  type Ports,
  recordActivity,
} from "./conversation.ts";

/** What came of an act on a conversation. `stale`: somebody or something changed it since the version named. */
export type ActOutcome = "done" | "stale" | "unknown";

interface Locked {
  id: string;
  inbox_id: string;
  state: ConversationState;
  assignee_id: MemberId | null;
  version: number;
}

async function lock(tx: Tx, id: string): Promise<Locked | undefined> {
  return tx.one<Locked>(
    "select id, inbox_id, state, assignee_id, version from conversation where organisation_id = $1 and id = $2 for update",
    [tx.organisationId, id],
  );
}

/** Takes a conversation nobody holds. Of many who try at once exactly one is `done`; the others are `stale` and see who won. */
export async function claim(tx: Tx, ports: Ports, actor: Actor, id: string, version: number): Promise<ActOutcome> {
  const row = await lock(tx, id);
  if (!row) return "unknown";
  if (row.assignee_id !== null && row.assignee_id === actor.memberId) return "done";
  if (row.version !== version || row.assignee_id !== null || actor.memberId === null) return "stale";
  await setAssignee(tx, ports, row, actor, actor.memberId, "claimed");
  return "done";
}

/** Gives a conversation to a member, or to nobody. */
export async function assign(
  tx: Tx,
  ports: Ports,
  actor: Actor,
  id: string,
  version: number,
  assigneeId: MemberId | null,
): Promise<ActOutcome> {
  const row = await lock(tx, id);
  if (!row) return "unknown";
  if (row.version !== version) return "stale";
  if (assigneeId !== null) {
    const member = await tx.one("select 1 from member where organisation_id = $1 and id = $2 and active", [
      tx.organisationId,
      assigneeId,
    ]);
    if (!member) return "unknown";
  }
  if (row.assignee_id !== assigneeId)
    await setAssignee(
      tx,
      ports,
      row,
      actor,
      assigneeId,
      assigneeId === null ? "unassigned" : assigneeId === actor.memberId ? "claimed" : "assigned",
    );
  return "done";
}

async function setAssignee(
  tx: Tx,
  ports: Ports,
  row: Locked,
  actor: Actor,
  assigneeId: MemberId | null,
  kind: "claimed" | "assigned" | "unassigned",
): Promise<void> {
  await tx.query(
    "update conversation set assignee_id = $3, version = version + 1 where organisation_id = $1 and id = $2",
    [tx.organisationId, row.id, assigneeId],
  );
  await recordActivity(
    tx,
    ports,
    { id: row.id, inboxId: row.inbox_id },
    kind,
    actor.memberId,
    assigneeId === null ? {} : { memberId: assigneeId },
  );
  announceConversation(tx, { id: row.id, inboxId: row.inbox_id }, ports.clock.now());
}

export async function close(tx: Tx, ports: Ports, actor: Actor, id: string, version: number): Promise<ActOutcome> {
  const row = await lock(tx, id);
  if (!row) return "unknown";
  if (row.state === "done") return "done";
  if (row.version !== version) return "stale";
  const now = ports.clock.now();
  await tx.query(
    "update conversation set state = 'done', closed_at = to_timestamp($3::float8 / 1000), snoozed_until = null, waiting_since = null, unread_count = 0, version = version + 1 where organisation_id = $1 and id = $2",
    [tx.organisationId, id, now],
  );
  await recordActivity(tx, ports, { id, inboxId: row.inbox_id }, "closed", actor.memberId);
  announceConversation(tx, { id, inboxId: row.inbox_id }, now);
  return "done";
}

/** Undoes closing or snoozing. `stale` where the person has another open conversation in this inbox by now. */
export async function reopen(tx: Tx, ports: Ports, actor: Actor, id: string): Promise<ActOutcome> {
  const row = await lock(tx, id);
  if (!row) return "unknown";
  if (row.state === "needs-us" || row.state === "waiting") return "done";
  const other = await tx.one(
    "select 1 from conversation o join conversation v on v.organisation_id = o.organisation_id and v.inbox_id = o.inbox_id and v.contact_id = o.contact_id where v.organisation_id = $1 and v.id = $2 and o.id <> v.id and o.state <> 'done'",
    [tx.organisationId, id],
  );
  if (other) return "stale";
  const now = ports.clock.now();
  await tx.query(
    "update conversation set state = 'needs-us', closed_at = null, snoozed_until = null, version = version + 1 where organisation_id = $1 and id = $2",
    [tx.organisationId, id],
  );
  await recordActivity(tx, ports, { id, inboxId: row.inbox_id }, "reopened", actor.memberId);
  announceConversation(tx, { id, inboxId: row.inbox_id }, now);
  return "done";
}

/** Out of sight until `until`, or until the person writes. */
export async function snooze(
  tx: Tx,
  ports: Ports,
  actor: Actor,
  id: string,
  version: number,
  until: Instant,
): Promise<ActOutcome> {
  const row = await lock(tx, id);
  if (!row || row.state === "done") return "unknown";
  if (row.version !== version) return "stale";
  const now = ports.clock.now();
  await tx.query(
    "update conversation set state = 'snoozed', snoozed_until = to_timestamp($3::float8 / 1000), version = version + 1 where organisation_id = $1 and id = $2",
    [tx.organisationId, id, until],
  );
  tx.addJob("conversation.wake", { conversationId: id }, { runAt: until, key: `wake ${id}` });
  await recordActivity(tx, ports, { id, inboxId: row.inbox_id }, "snoozed", actor.memberId, { until: toIso(until) });
  announceConversation(tx, { id, inboxId: row.inbox_id }, now);
  return "done";
}

/** The snooze is over, if it still is one and its time has come. */
export async function wake(tx: Tx, ports: Ports, id: string): Promise<void> {
  const row = await lock(tx, id);
  if (row?.state !== "snoozed") return;
  const now = ports.clock.now();
  const woke = await tx.count(
    "update conversation set state = 'needs-us', snoozed_until = null, version = version + 1 where organisation_id = $1 and id = $2 and snoozed_until <= to_timestamp($3::float8 / 1000)",
    [tx.organisationId, id, now],
  );
  if (woke === 0) return;
  await recordActivity(tx, ports, { id, inboxId: row.inbox_id }, "woke", null);
  announceConversation(tx, { id, inboxId: row.inbox_id }, now);
}

/** Somebody here has read it. Returns the newest inbound message, for the receipt the customer gets; `null` where nothing was new. */
export async function markRead(
  tx: Tx,
  ports: Ports,
  id: string,
): Promise<{ readonly senderId: string; readonly providerId: string } | null> {
  const row = await tx.one<{ inbox_id: string; sender_id: string; provider_id: string | null }>(
    `update conversation v set unread_count = 0 where organisation_id = $1 and id = $2 and unread_count > 0
     returning inbox_id, sender_id, (select provider_id from message m where m.organisation_id = v.organisation_id and m.conversation_id = v.id and m.direction = 'in'
       and m.sender_id = v.sender_id order by m.created_at desc, m.id desc limit 1) as provider_id`,
    [tx.organisationId, id],
  );
  if (!row) return null;
  announceConversation(tx, { id, inboxId: row.inbox_id }, ports.clock.now());
  return row.provider_id === null ? null : { senderId: row.sender_id, providerId: row.provider_id };
}

/** Somebody wants to come back to it: unread again, for everybody here. */
export async function markUnread(tx: Tx, ports: Ports, id: string): Promise<void> {
  const row = await tx.one<{ inbox_id: string }>(
    "update conversation set unread_count = 1 where organisation_id = $1 and id = $2 and unread_count = 0 returning inbox_id",
    [tx.organisationId, id],
  );
  if (row) announceConversation(tx, { id, inboxId: row.inbox_id }, ports.clock.now());
}

export interface Label {
  readonly id: string;
  readonly name: string;
  readonly colour: string;
}
export function listLabels(tx: Tx): Promise<Label[]> {
  return tx.query<Label>("select id, name, colour from label where organisation_id = $1 order by name", [
    tx.organisationId,
  ]);
}
/** `null` where the name is taken. */
export async function createLabel(
  tx: Tx,
  ports: Ports,
  label: { name: string; colour: string },
): Promise<Label | null> {
  const row = await tx.one<Label>(
    "insert into label (organisation_id, id, name, colour) values ($1, $2, $3, $4) on conflict (organisation_id, name) do nothing returning id, name, colour",
    [tx.organisationId, ports.ids.next(), label.name, label.colour],
  );
  return row ?? null;
}

export async function setLabels(
  tx: Tx,
  ports: Ports,
  actor: Actor,
  id: string,
  labelIds: readonly string[],
): Promise<ActOutcome> {
  const row = await lock(tx, id);
  if (!row) return "unknown";
  const before = new Set(
    (
      await tx.query<{ label_id: string }>(
        "select label_id from conversation_label where organisation_id = $1 and conversation_id = $2",
        [tx.organisationId, id],
      )
    ).map((label) => label.label_id),
  );
  await tx.query(
    "delete from conversation_label where organisation_id = $1 and conversation_id = $2 and not (label_id = any($3::uuid[]))",
    [tx.organisationId, id, labelIds],
  );
  await tx.query(
    "insert into conversation_label (organisation_id, conversation_id, label_id) select $1, $2, id from label where organisation_id = $1 and id = any($3::uuid[]) on conflict do nothing",
    [tx.organisationId, id, labelIds],
  );
  const names = new Map((await listLabels(tx)).map((label) => [label.id, label.name]));
  for (const labelId of labelIds)
    if (!before.has(labelId))
      await recordActivity(tx, ports, { id, inboxId: row.inbox_id }, "labelled", actor.memberId, {
        label: names.get(labelId) ?? "",
      });
  for (const labelId of before)
    if (!labelIds.includes(labelId))
      await recordActivity(tx, ports, { id, inboxId: row.inbox_id }, "unlabelled", actor.memberId, {
        label: names.get(labelId) ?? "",
      });
  announceConversation(tx, { id, inboxId: row.inbox_id }, ports.clock.now());
  return "done";
}

export interface Note {
  readonly id: string;
  readonly conversationId: string;
  readonly text: string;
  readonly author: { readonly memberId: string; readonly name: string };
  readonly createdAt: string;
}

/** For colleagues' eyes. The same `clientId` twice is one note. */
export async function addNote(
  tx: Tx,
  ports: Ports,
  actor: { memberId: MemberId },
  conversation: { id: string; inboxId: string },
  note: { clientId: string; text: string },
): Promise<string> {
  const now = ports.clock.now();
  const id = ports.ids.next<"note">();
  const [row] = await tx.query<{ id: string }>(
    `insert into note (organisation_id, id, conversation_id, member_id, client_id, text, created_at) values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))
     on conflict (organisation_id, client_id) do nothing returning id`,
    [tx.organisationId, id, conversation.id, actor.memberId, note.clientId, note.text, now],
  );
  if (!row) {
    const existing = await tx.one<{ id: string }>("select id from note where organisation_id = $1 and client_id = $2", [
      tx.organisationId,
      note.clientId,
    ]);
    return existing?.id ?? id;
  }
  tx.emit({
    type: "note.added",
    inboxId: conversation.inboxId,
    subject: { conversationId: conversation.id, noteId: id },
    at: now,
  });
  return id;
}

import type { Tx } from "@loket/database";

export interface ForgottenConversations {
  readonly messages: number;
  readonly notes: number;
  readonly files: number;
  /** The platform's ids of the messages: they hold the person's number in other letters. */
  readonly providerIds: readonly string[];
}

const messagesOf =
  "from message m join conversation v on v.organisation_id = m.organisation_id and v.id = m.conversation_id where m.organisation_id = $1 and v.contact_id = any($2::uuid[])";

/** Where the files of these people's conversations lie. They go first: rows can be read again, keys cannot be guessed. */
export async function filesOf(tx: Tx, contactIds: readonly string[]): Promise<string[]> {
  const rows = await tx.query<{ storage_key: string }>(
    `select d.storage_key ${messagesOf.replace("from message m", "from media d join message m on m.organisation_id = d.organisation_id and m.id = d.message_id")} and d.storage_key is not null`,
    [tx.organisationId, contactIds],
  );
  return rows.map((row) => row.storage_key);
}

/**
 * Takes everything that was said out of these people's conversations. What stays is a skeleton: that there was a
 * conversation, when, in which direction and who here cared for it. Worker's role only.
 */
export async function forgetConversations(
  tx: Tx,
  contactIds: readonly string[],
  at: number,
): Promise<ForgottenConversations> {
  const ids = [tx.organisationId, contactIds];
  const known = await tx.query<{ id: string; provider_id: string | null }>(
    `select m.id, m.provider_id ${messagesOf}`,
    ids,
  );
  const messageIds = known.map((row) => row.id);
  const providerIds = known.flatMap((row) => row.provider_id ?? []);
  const files = await tx.count("delete from media where organisation_id = $1 and message_id = any($2::uuid[])", [
    tx.organisationId,
    messageIds,
  ]);
  await tx.query("delete from reaction where organisation_id = $1 and target_provider_id = any($2::text[])", [
    tx.organisationId,
    providerIds,
  ]);
  await tx.query(
    `update message set content = jsonb_build_object('type', type), text = null, provider_id = null, client_id = null, replies_to_provider_id = null, verdict = null,
       failure = null, origin = null, raw = null, deleted_at = coalesce(deleted_at, to_timestamp($3::float8 / 1000)),
       status = case when status in ('queued', 'held') then 'failed' else status end
     where organisation_id = $1 and id = any($2::uuid[])`,
    [tx.organisationId, messageIds, at],
  );
  const inConversations =
    "organisation_id = $1 and conversation_id in (select id from conversation where organisation_id = $1 and contact_id = any($2::uuid[]))";
  const notes = await tx.count(`delete from note where ${inConversations}`, ids);
  await tx.query(`delete from conversation_label where ${inConversations}`, ids);
  // What happened stays; of its details only those that say nothing about the person.
  await tx.query(
    `update activity set detail = (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(detail) where key in ('memberId', 'assigneeId', 'scope', 'source', 'purpose'))
     where ${inConversations}`,
    ids,
  );
  const open = await tx.query<{ id: string; inbox_id: string }>(
    `update conversation set state = 'done', closed_at = coalesce(closed_at, to_timestamp($3::float8 / 1000)), snoozed_until = null, waiting_since = null, unread_count = 0, version = version + 1
     where organisation_id = $1 and contact_id = any($2::uuid[]) returning id, inbox_id`,
    [...ids, at],
  );
  for (const { id, inbox_id } of open)
    tx.emit({ type: "conversation.changed", inboxId: inbox_id, subject: { conversationId: id }, at });
  return { messages: messageIds.length, notes, files, providerIds };
}

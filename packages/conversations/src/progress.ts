import type { Tx } from "@loket/database";
import type { Progress } from "@loket/delivery";
import { announceMessage, type OutboundStatus, strongerStatus } from "./message.ts";

/**
 * A delivery moved; the message that shows it follows. The strongest status ever said holds; every status keeps its own
 * time, also one that came too late to count.
 */
export async function recordProgress(tx: Tx, progress: Progress): Promise<void> {
  const row = await tx.one<{
    id: string;
    conversation_id: string;
    inbox_id: string;
    status: OutboundStatus;
    last_message_id: string | null;
  }>(
    `select m.id, m.conversation_id, v.inbox_id, m.status, v.last_message_id from message m join conversation v on v.organisation_id = m.organisation_id and v.id = m.conversation_id
     where m.organisation_id = $1 and m.direction = 'out' and (m.id = $2 or ($2::uuid is null and m.sender_id = $3 and m.provider_id = $4)) for update of m`,
    [tx.organisationId, progress.messageId, progress.senderId, progress.providerId],
  );
  if (!row) return;
  // "Uncertain" and "held" describe now, not a claim about the past: leaving them for a real answer is moving forward.
  const status = strongerStatus(row.status, progress.status);
  const isHeld = progress.status === "held" && row.status === "queued";
  await tx.query(
    `update message set status = $3, provider_id = coalesce(provider_id, $4), status_times = jsonb_build_object($5::text, $6::float8) || status_times,
       failure = case when $3 = 'failed' then coalesce($7::jsonb, failure) else failure end, verdict = coalesce($8::jsonb, verdict)
     where organisation_id = $1 and id = $2`,
    [
      tx.organisationId,
      row.id,
      isHeld ? "held" : status,
      progress.providerId,
      progress.status,
      progress.at,
      progress.failure === null ? null : JSON.stringify(progress.failure),
      progress.verdict === null ? null : JSON.stringify(progress.verdict),
    ],
  );
  announceMessage(tx, { id: row.id, conversationId: row.conversation_id, inboxId: row.inbox_id }, progress.at);
  if (row.last_message_id === row.id)
    tx.emit({
      type: "conversation.changed",
      inboxId: row.inbox_id,
      subject: { conversationId: row.conversation_id },
      at: progress.at,
    });
}

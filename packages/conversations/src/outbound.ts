import type { MessageContent } from "@loket/channels";
import type { Tx } from "@loket/database";
import type { DeliveryId, Instant, MemberId, MessageId } from "@loket/kit";

export interface OutboundMessage {
  readonly id: MessageId;
  readonly conversationId: string;
  readonly senderId: string;
  readonly content: MessageContent;
  readonly text: string | null;
  /** Made by whoever wrote it; the same twice is one message. */
  readonly clientId: string | null;
  readonly author: { readonly memberId: MemberId | null; readonly name: string };
  readonly repliesToProviderId: string | null;
  readonly deliveryId: DeliveryId;
  readonly at: Instant;
}

/** A message on its way, as the thread shows it. */
export async function storeOutbound(tx: Tx, message: OutboundMessage): Promise<void> {
  await tx.query(
    `insert into message (organisation_id, id, conversation_id, sender_id, channel, direction, type, content, text, status, status_times, client_id, author_member_id, author_name,
       replies_to_provider_id, delivery_id, sent_at, created_at)
     values ($1, $2, $3, $4, 'whatsapp', 'out', $5, $6, $7, 'queued', $8, $9, $10, $11, $12, $13, to_timestamp($14::float8 / 1000), to_timestamp($14::float8 / 1000))`,
    [
      tx.organisationId,
      message.id,
      message.conversationId,
      message.senderId,
      message.content.type,
      JSON.stringify(message.content),
      message.text,
      JSON.stringify({ queued: message.at }),
      message.clientId,
      message.author.memberId,
      message.author.name,
      message.repliesToProviderId,
      message.deliveryId,
      message.at,
    ],
  );
}

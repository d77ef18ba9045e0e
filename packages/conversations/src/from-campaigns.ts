import type { Tx } from "@loket/database";
import type { MessageRow } from "./message.ts";

/**
 * What the person of a conversation got from campaigns of its sender: shown in its place in the thread, so that whoever
 * answers knows what is being answered. It is no message of the conversation, and opens none.
 */
export function campaignRows(
  tx: Tx,
  conversationId: string,
  page: { readonly before?: { readonly at: number; readonly id: string } | undefined; readonly limit: number },
): Promise<MessageRow[]> {
  return tx.query<MessageRow>(
    `select d.id, v.id as conversation_id, 'out' as direction, d.content->>'type' as type, null as text, coalesce(d.reached, 'accepted') as status, 'whatsapp' as channel,
       d.settled_at as sent_at, null as received_at, d.settled_at as created_at, d.provider_id, d.failure, null as client_id, null as author_member_id, c.name as author_name,
       d.content, null as media, null as replies_to, null as edited_at, null as deleted_at, '{}'::jsonb as status_times, null as verdict,
       (select jsonb_agg(jsonb_build_object('direction', r.direction, 'emoji', r.emoji) order by r.direction) from reaction r
         where r.organisation_id = d.organisation_id and r.sender_id = d.sender_id and r.target_provider_id = d.provider_id and r.emoji is not null) as reactions
     from conversation v
     join delivery d on d.organisation_id = v.organisation_id and d.contact_id = v.contact_id and d.sender_id = v.sender_id and d.campaign_id is not null and d.state = 'accepted'
     join campaign c on c.organisation_id = d.organisation_id and c.id = d.campaign_id
     where v.organisation_id = $1 and v.id = $2 and ($3::float8 is null or (d.settled_at, d.id) < (to_timestamp($3::float8 / 1000), $4::uuid))
     order by d.settled_at desc, d.id desc limit $5`,
    [tx.organisationId, conversationId, page.before?.at ?? null, page.before?.id ?? null, page.limit],
  );
}

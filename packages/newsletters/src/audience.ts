import type { Tx } from "@loket/database";
import type { SendIntent } from "@loket/delivery";
import type { AddressId, ContactId, SenderId } from "@loket/kit";
import type { Audience, CampaignKind, CampaignTemplate } from "./campaign.ts";
import { personalise } from "./personal.ts";

/** Somebody of an audience. Without an address they cannot be written to over this channel. */
export interface AudienceMember {
  readonly contactId: ContactId;
  readonly name: string;
  readonly addressId: AddressId | null;
}

interface Span {
  readonly after?: string | null;
  readonly until?: string | null;
}

/** The condition of an audience over contact `c`; `$2` is the sender, `$3` to `$7` what was chosen, `$8` and `$9` the span. */
const isInAudience = `c.organisation_id = $1 and c.merged_into is null and c.erased_at is null
  and ($3::uuid[] is null or c.id = any($3))
  and ($4::text is null or split_part(replace(lower(c.locale), '-', '_'), '_', 1) = $4)
  and ($5::text is null or c.region = $5)
  and ($6::uuid is null or c.import_id = $6 or exists (
    select 1 from consent_import_row r where r.organisation_id = $1 and r.import_id = $6 and r.contact_id = c.id))
  and (not $7::boolean or exists (
    select 1 from leg l join address a on a.organisation_id = l.organisation_id and a.id = l.address_id
    where l.organisation_id = $1 and l.sender_id = $2 and a.contact_id = c.id and l.last_inbound_at is not null))
  and ($8::uuid is null or c.id > $8) and ($9::uuid is null or c.id <= $9)`;

function values(tx: Tx, senderId: SenderId, audience: Audience, span: Span): unknown[] {
  const chosen = audience.kind === "contacts" ? audience : null;
  const filter = audience.kind === "filter" ? audience : null;
  return [
    tx.organisationId,
    senderId,
    chosen?.contactIds ?? null,
    filter?.language ?? null,
    filter?.region ?? null,
    filter?.importId ?? null,
    filter?.hasWritten ?? false,
    span.after ?? null,
    span.until ?? null,
  ];
}

/** How many they are, and the last of them in the order they are written down in. */
export async function countAudience(
  tx: Tx,
  senderId: SenderId,
  audience: Audience,
): Promise<{ readonly count: number; readonly last: string | null }> {
  const row = await tx.one<{ count: number; last: string | null }>(
    `select count(*) as count, (array_agg(c.id order by c.id desc))[1] as last from contact c where ${isInAudience}`,
    values(tx, senderId, audience, {}),
  );
  return { count: row?.count ?? 0, last: row?.last ?? null };
}

/** The next of an audience, in the order of their ids. */
export function audiencePage(
  tx: Tx,
  senderId: SenderId,
  audience: Audience,
  span: Span & { readonly limit: number },
): Promise<AudienceMember[]> {
  return tx.query<AudienceMember>(
    `select c.id as "contactId", case when c.name_source = 'profile' and c.name ~ '^\\+?[0-9 ]+$' then '' else c.name end as name,
       (select p.id from address p where p.organisation_id = $1 and p.contact_id = c.id and p.channel = s.channel and p.kind in ('phone', 'user-id') and p.current
        order by (p.kind = 'phone') desc, p.created_at desc limit 1) as "addressId"
     from contact c join sender s on s.organisation_id = $1 and s.id = $2
     where ${isInAudience} order by c.id limit $10`,
    [...values(tx, senderId, audience, span), span.limit],
  );
}

/** The message as this person gets it. */
export function intentFor(
  message: { readonly senderId: SenderId; readonly kind: CampaignKind; readonly template: CampaignTemplate },
  member: AudienceMember & { readonly addressId: AddressId },
  rest: Pick<SendIntent, "audience" | "campaignId">,
): SendIntent {
  return {
    senderId: message.senderId,
    addressId: member.addressId,
    contactId: member.contactId,
    content: { type: "template", template: personalise(message.template, member) },
    kind: message.kind,
    ...rest,
  };
}

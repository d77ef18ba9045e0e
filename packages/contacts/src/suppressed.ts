import { createHmac } from "node:crypto";
import type { Tx } from "@loket/database";
import type { Keys } from "@loket/kit";
import { phoneVariants } from "./phone.ts";

/**
 * An opt-out binds the person, not the string. Beside the contact's own suppressions, each of their addresses is kept as
 * a keyed digest, by which the person is known again when a list, a form or a message brings the address back: under
 * another spelling, as another contact, or after an erasure.
 */

/** Digests of every spelling of one address. Without the installation's secret they say nothing about it. */
export function identityDigests(keys: Keys, organisationId: string, kind: string, value: string): Buffer[] {
  const key = keys.derive("suppressed identities", organisationId);
  return spellings(kind, value).map((text) => createHmac("sha256", key).update(text).digest());
}

function spellings(kind: string, value: string): string[] {
  if (kind === "phone") return phoneVariants(value).map((phone) => `phone:${phone}`);
  if (kind === "email") return [`email:${value.trim().toLowerCase()}`];
  return [`${kind}:${value}`];
}

const addressesOf =
  "select kind, value from address where organisation_id = $1 and contact_id = $2 and current and kind <> 'chat'";

/** All digests under which this contact is known today. */
export async function digestsOf(tx: Tx, keys: Keys, contactId: string): Promise<Buffer[]> {
  const addresses = await tx.query<{ kind: string; value: string }>(addressesOf, [tx.organisationId, contactId]);
  return addresses.flatMap(({ kind, value }) => identityDigests(keys, tx.organisationId, kind, value));
}

/** What is in force for the contact is remembered for these addresses as well. */
export async function rememberSuppressions(tx: Tx, contactId: string, digests: readonly Buffer[]): Promise<void> {
  if (digests.length === 0) return;
  await tx.query(
    `insert into suppressed_identity (organisation_id, identity, scope, channel, source, topic, sender_id, at)
     select $1, i.identity, s.scope, s.channel, s.source, case when count(*) = count(s.topic) and count(distinct s.topic) = 1 then max(s.topic) end, (array_agg(s.sender_id))[1], max(s.at)
     from suppression s cross join unnest($3::bytea[]) i(identity)
     where s.organisation_id = $1 and s.contact_id = $2 and s.lifted_at is null
     group by i.identity, s.scope, s.channel, s.source
     on conflict (organisation_id, identity, scope, channel, source) do update
       set at = greatest(suppressed_identity.at, excluded.at), lifted_at = null, sender_id = excluded.sender_id,
           -- One row stands for several topics only as a stop of all of them.
           topic = case when suppressed_identity.lifted_at is not null or suppressed_identity.topic = excluded.topic then excluded.topic end`,
    [tx.organisationId, contactId, digests],
  );
}

/** What is remembered for these addresses is in force for the contact as well. Returns how many entries came. */
export async function adoptSuppressions(
  tx: Tx,
  ports: { ids: { next(): string }; clock: { now(): number } },
  contactId: string,
  digests: readonly Buffer[],
): Promise<number> {
  const remembered = await tx.query<{
    scope: string;
    channel: string;
    source: string;
    topic: string | null;
    sender_id: string | null;
    at: number;
  }>(
    `select distinct on (scope, channel, source) scope, channel, source, topic, sender_id, at from suppressed_identity r
     where organisation_id = $1 and identity = any($2::bytea[]) and lifted_at is null and not exists (
       select 1 from suppression s where s.organisation_id = $1 and s.contact_id = $3 and s.scope = r.scope and s.channel = r.channel
         and s.source = r.source and s.lifted_at is null)
     order by scope, channel, source, at desc`,
    [tx.organisationId, digests, contactId],
  );
  for (const entry of remembered) {
    await tx.query(
      `insert into suppression (organisation_id, id, contact_id, scope, channel, source, topic, sender_id, at, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000), to_timestamp($10::float8 / 1000))`,
      [
        tx.organisationId,
        ports.ids.next(),
        contactId,
        entry.scope,
        entry.channel,
        entry.source,
        entry.topic,
        entry.sender_id,
        entry.at,
        ports.clock.now(),
      ],
    );
  }
  if (remembered.length > 0)
    await tx.query("update contact set consent_epoch = consent_epoch + 1 where organisation_id = $1 and id = $2", [
      tx.organisationId,
      contactId,
    ]);
  return remembered.length;
}

/** The person has these addresses no longer: whoever gets them next is somebody else. */
export async function retireIdentities(tx: Tx, digests: readonly Buffer[], at: number): Promise<void> {
  await tx.query(
    "update suppressed_identity set lifted_at = to_timestamp($3::float8 / 1000) where organisation_id = $1 and identity = any($2::bytea[]) and lifted_at is null",
    [tx.organisationId, digests, at],
  );
}

/** The person came back: what these addresses were remembered for on this channel is over. */
export async function forgetSuppressions(
  tx: Tx,
  digests: readonly Buffer[],
  change: {
    readonly channel: string;
    readonly sources: readonly string[];
    readonly scope?: string | undefined;
    readonly at: number;
  },
): Promise<void> {
  await tx.query(
    `update suppressed_identity set lifted_at = to_timestamp($5::float8 / 1000)
     where organisation_id = $1 and identity = any($2::bytea[]) and channel in ($3, 'all') and source = any($4::text[])
       and lifted_at is null and at <= to_timestamp($5::float8 / 1000) and ($6::text is null or scope = $6)`,
    [
      tx.organisationId,
      digests,
      change.channel,
      change.sources,
      change.at,
      change.scope === undefined || change.scope === "all" ? null : change.scope,
    ],
  );
}

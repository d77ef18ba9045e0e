import type { Tx } from "@loket/database";
import type { Clock, Ids } from "@loket/kit";
import { announceContact } from "./contact.ts";

export interface ConsentChange {
  readonly contactId: string;
  readonly purpose: "marketing" | "transactional";
  readonly channel: string;
  readonly action: "granted" | "confirmed" | "withdrawn";
  readonly method: string;
  readonly wordingVersion?: string | undefined;
  readonly evidence?: string | undefined;
  readonly sourceMessageId?: string | undefined;
  readonly at?: number | undefined;
}

/** Adds one entry to what a person agreed to. Nothing is overwritten: the latest entry for purpose and channel counts. */
export async function recordConsent(tx: Tx, ports: { ids: Ids; clock: Clock }, change: ConsentChange): Promise<void> {
  const now = ports.clock.now();
  await turnEpoch(tx, change.contactId);
  await tx.query(
    `insert into consent (organisation_id, id, contact_id, purpose, channel, action, method, wording_version, evidence, source_message_id, at, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::float8 / 1000), to_timestamp($12::float8 / 1000))`,
    [
      tx.organisationId,
      ports.ids.next(),
      change.contactId,
      change.purpose,
      change.channel,
      change.action,
      change.method,
      change.wordingVersion ?? null,
      change.evidence ?? null,
      change.sourceMessageId ?? null,
      change.at ?? now,
      now,
    ],
  );
  announceContact(tx, change.contactId, now);
}

export interface SuppressionChange {
  readonly contactId: string;
  readonly scope: "all" | "marketing";
  readonly channel: string;
  readonly source:
    | "keyword"
    | "button"
    | "link"
    | "agent"
    | "complaint"
    | "bounce"
    | "platform-preference"
    | "law-request";
  readonly senderId?: string | undefined;
  readonly sourceMessageId?: string | undefined;
  readonly at?: number | undefined;
}

/**
 * "Not this, not here." Binds the person, not the string they wrote from. False where the same is in force already.
 *
 * It takes the contact's row for itself, and every send reads that row under a share lock in the transaction that
 * commits its intent: so a send either committed its intent before this, or sees it.
 */
export async function suppress(tx: Tx, ports: { ids: Ids; clock: Clock }, change: SuppressionChange): Promise<boolean> {
  const now = ports.clock.now();
  await turnEpoch(tx, change.contactId);
  const added = await tx.count(
    `insert into suppression (organisation_id, id, contact_id, scope, channel, source, sender_id, source_message_id, at, recorded_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, to_timestamp($9::float8 / 1000), to_timestamp($10::float8 / 1000)
     where not exists (
       select 1 from suppression where organisation_id = $1 and contact_id = $3 and scope = $4 and channel = $5 and source = $6
         and sender_id is not distinct from $7 and lifted_at is null)`,
    [
      tx.organisationId,
      ports.ids.next(),
      change.contactId,
      change.scope,
      change.channel,
      change.source,
      change.senderId ?? null,
      change.sourceMessageId ?? null,
      change.at ?? now,
      now,
    ],
  );
  announceContact(tx, change.contactId, now);
  return added > 0;
}

/** The person came back: ends the suppressions that came from these sources on this channel. Returns how many. */
export async function liftSuppressions(
  tx: Tx,
  clock: Clock,
  change: {
    contactId: string;
    channel: string;
    sources: readonly string[];
    senderId?: string | undefined;
    by: string;
    at: number;
  },
): Promise<number> {
  await turnEpoch(tx, change.contactId);
  const lifted = await tx.count(
    `update suppression set lifted_at = to_timestamp($5::float8 / 1000), lifted_by = $6
     where organisation_id = $1 and contact_id = $2 and channel in ($3, 'all') and source = any($4::text[]) and lifted_at is null
       and at <= to_timestamp($5::float8 / 1000) and ($7::uuid is null or sender_id = $7)`,
    [
      tx.organisationId,
      change.contactId,
      change.channel,
      change.sources,
      change.at,
      change.by,
      change.senderId ?? null,
    ],
  );
  if (lifted > 0) announceContact(tx, change.contactId, clock.now());
  return lifted;
}

async function turnEpoch(tx: Tx, contactId: string): Promise<void> {
  await tx.query("update contact set consent_epoch = consent_epoch + 1 where organisation_id = $1 and id = $2", [
    tx.organisationId,
    contactId,
  ]);
}

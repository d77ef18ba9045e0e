import type { Tx } from "@loket/database";
import { type EntryType, type EvidenceClass, type JsonObject, type LedgerPorts, record } from "@loket/evidence/ledger";
import { announceContact } from "./contact.ts";
import { digestsOf, forgetSuppressions, rememberSuppressions } from "./suppressed.ts";

/** What changing consent needs from outside: every change goes into the ledger in the same transaction. */
export type ContactPorts = LedgerPorts;

export const purposes = ["marketing", "transactional", "service", "survey", "sales-call"] as const;
export type Purpose = (typeof purposes)[number];

export interface ConsentChange {
  readonly contactId: string;
  readonly purpose: Purpose;
  /** A channel, or `all`. */
  readonly channel: string;
  /** Only this topic of the purpose (a newsletter's, say); the purpose as a whole where absent. */
  readonly topic?: string | undefined;
  /** `confirmed` is the second step of a double opt-in, or one step that proves both (a message of the person). */
  readonly action: "requested" | "granted" | "confirmed" | "withdrawn";
  readonly method: string;
  /** `soft`: an existing customer, with the conditions in `soft`. */
  readonly kind?: "express" | "soft" | "implied" | undefined;
  readonly soft?: Readonly<Record<string, boolean>> | undefined;
  readonly wordingId?: string | undefined;
  /** For words kept elsewhere; with `wordingId` it is the wording's own. */
  readonly wordingVersion?: string | undefined;
  readonly landingUrl?: string | undefined;
  /** Digest or number of the page as it stood then. */
  readonly landingVersion?: string | undefined;
  readonly namesBusiness?: boolean | undefined;
  readonly namesChannel?: boolean | undefined;
  readonly flaws?: readonly string[] | undefined;
  /** Where the proof is: the platform's message id, a document, a log line. */
  readonly evidence?: string | undefined;
  readonly sourceMessageId?: string | undefined;
  /** The webhook as it came. */
  readonly receiptId?: string | undefined;
  readonly importId?: string | undefined;
  readonly byMemberId?: string | undefined;
  readonly at?: number | undefined;
}

/**
 * How good the proof is. A: a message of the person on that very channel. B: two steps elsewhere. C: one step, with the
 * page or paper on record. D: taken from a list on somebody's word.
 */
export function evidenceClassOf(change: ConsentChange): EvidenceClass {
  if (change.importId !== undefined) return "D";
  // Only a message we hold proves itself; that somebody says there was one is a record like any other.
  if (change.method === "inbound-message" && change.sourceMessageId !== undefined) return "A";
  return change.action === "confirmed" ? "B" : "C";
}

/** Adds one entry to what a person agreed to. Nothing is overwritten: the latest entry for purpose, channel and topic counts. */
export async function recordConsent(tx: Tx, ports: ContactPorts, change: ConsentChange): Promise<void> {
  const now = ports.clock.now();
  const id = ports.ids.next();
  const wording = change.wordingId === undefined ? undefined : await readWordingRef(tx, change.wordingId);
  const agrees = change.action === "granted" || change.action === "confirmed";
  const evidenceClass = agrees ? evidenceClassOf(change) : null;
  const kept = {
    version: wording?.version ?? change.wordingVersion ?? null,
    landingUrl: change.landingUrl ?? wording?.landing_url ?? null,
    landingVersion: change.landingVersion ?? wording?.landing_version ?? null,
    namesBusiness: change.namesBusiness ?? wording?.names_business ?? true,
    namesChannel: change.namesChannel ?? wording?.names_channel ?? change.channel !== "all",
  };
  await turnEpoch(tx, change.contactId);
  await Promise.all([
    tx.query(
      `insert into consent (organisation_id, id, contact_id, purpose, channel, topic, action, method, kind, express, evidence_class, wording_id, wording_version,
         landing_url, landing_version, names_business, names_channel, flaws, soft, evidence, source_message_id, receipt_id, import_id, by_member_id, at, recorded_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, to_timestamp($25::float8 / 1000), to_timestamp($26::float8 / 1000))`,
      [
        tx.organisationId,
        id,
        change.contactId,
        change.purpose,
        change.channel,
        change.topic ?? null,
        change.action,
        change.method,
        change.kind ?? "express",
        (change.kind ?? "express") === "express",
        evidenceClass,
        change.wordingId ?? null,
        kept.version,
        kept.landingUrl,
        kept.landingVersion,
        kept.namesBusiness,
        kept.namesChannel,
        change.flaws ?? [],
        change.soft === undefined ? null : JSON.stringify(change.soft),
        change.evidence ?? null,
        change.sourceMessageId ?? null,
        change.receiptId ?? null,
        change.importId ?? null,
        change.byMemberId ?? null,
        change.at ?? now,
        now,
      ],
    ),
    record(tx, ports, {
      type: change.importId !== undefined && agrees ? "consent.imported" : `consent.${change.action}`,
      contactId: change.contactId,
      body: {
        consent: id,
        purpose: change.purpose,
        channel: change.channel,
        topic: change.topic ?? null,
        kind: change.kind ?? "express",
        method: change.method,
        happened: new Date(change.at ?? now).toISOString(),
        ...(evidenceClass === null ? {} : { evidence: evidenceClass }),
        wording: kept.version,
        landing: kept.landingUrl,
        landingVersion: kept.landingVersion,
        namesBusiness: kept.namesBusiness,
        namesChannel: kept.namesChannel,
        proof: change.evidence ?? null,
        receipt: change.receiptId ?? null,
        import: change.importId ?? null,
        member: change.byMemberId ?? null,
      },
    }),
  ]);
  announceContact(tx, change.contactId, now);
}

interface WordingRef {
  version: string;
  landing_url: string | null;
  landing_version: string | null;
  names_business: boolean;
  names_channel: boolean;
}
async function readWordingRef(tx: Tx, id: string): Promise<WordingRef> {
  const row = await tx.one<WordingRef>(
    "select version, landing_url, landing_version, names_business, names_channel from wording where organisation_id = $1 and id = $2",
    [tx.organisationId, id],
  );
  if (!row) throw new Error(`There is no wording ${id}.`);
  return row;
}

export interface SuppressionChange {
  readonly contactId: string;
  readonly scope: "all" | Purpose;
  readonly channel: string;
  readonly topic?: string | undefined;
  readonly source:
    | "keyword"
    | "button"
    | "link"
    | "agent"
    | "complaint"
    | "bounce"
    | "block"
    | "platform-preference"
    | "law-request";
  readonly senderId?: string | undefined;
  readonly sourceMessageId?: string | undefined;
  readonly byMemberId?: string | undefined;
  readonly at?: number | undefined;
}

/**
 * "Not this, not here." Binds the person, not the string they wrote from. False where the same is in force already.
 *
 * It takes the contact's row for itself, and every send reads that row under a share lock in the transaction that
 * commits its intent: so a send either committed its intent before this, or sees it.
 */
export async function suppress(tx: Tx, ports: ContactPorts, change: SuppressionChange): Promise<boolean> {
  const now = ports.clock.now();
  const id = ports.ids.next();
  await turnEpoch(tx, change.contactId);
  const added = await tx.count(
    `insert into suppression (organisation_id, id, contact_id, scope, channel, topic, source, sender_id, source_message_id, by_member_id, at, recorded_at)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, to_timestamp($11::float8 / 1000), to_timestamp($12::float8 / 1000)
     where not exists (
       select 1 from suppression where organisation_id = $1 and contact_id = $3 and scope = $4 and channel = $5 and source = $7
         and topic is not distinct from $6 and sender_id is not distinct from $8 and lifted_at is null)`,
    [
      tx.organisationId,
      id,
      change.contactId,
      change.scope,
      change.channel,
      change.topic ?? null,
      change.source,
      change.senderId ?? null,
      change.sourceMessageId ?? null,
      change.byMemberId ?? null,
      change.at ?? now,
      now,
    ],
  );
  await rememberSuppressions(tx, change.contactId, await digestsOf(tx, ports.keys, change.contactId));
  if (added > 0)
    await record(tx, ports, {
      type: change.source === "platform-preference" ? "preference.changed" : "suppression.added",
      contactId: change.contactId,
      body: {
        suppression: id,
        scope: change.scope,
        channel: change.channel,
        topic: change.topic ?? null,
        source: change.source,
        happened: new Date(change.at ?? now).toISOString(),
        effective: new Date(now).toISOString(),
        message: change.sourceMessageId ?? null,
        member: change.byMemberId ?? null,
      },
    });
  announceContact(tx, change.contactId, now);
  return added > 0;
}

/** Their opt-outs on this channel were confirmed to them: once is enough. */
export async function noteConfirmation(tx: Tx, contactId: string, channel: string, at: number): Promise<void> {
  await tx.query(
    `update suppression set confirmation_sent_at = to_timestamp($4::float8 / 1000)
     where organisation_id = $1 and contact_id = $2 and channel in ($3, 'all') and lifted_at is null and confirmation_sent_at is null`,
    [tx.organisationId, contactId, channel, at],
  );
}

/** The person came back: ends the suppressions that came from these sources on this channel. Returns how many. */
export async function liftSuppressions(
  tx: Tx,
  ports: ContactPorts,
  change: {
    contactId: string;
    channel: string;
    sources: readonly string[];
    senderId?: string | undefined;
    /** Only what was stopped within this purpose; everything where absent or `all`. */
    scope?: "all" | Purpose | undefined;
    by: string;
    at: number;
  },
): Promise<number> {
  await turnEpoch(tx, change.contactId);
  const lifted = await tx.query<{ id: string }>(
    `update suppression set lifted_at = to_timestamp($5::float8 / 1000), lifted_by = $6
     where organisation_id = $1 and contact_id = $2 and channel in ($3, 'all') and source = any($4::text[]) and lifted_at is null
       and at <= to_timestamp($5::float8 / 1000) and ($7::uuid is null or sender_id = $7) and ($8::text is null or scope = $8) returning id`,
    [
      tx.organisationId,
      change.contactId,
      change.channel,
      change.sources,
      change.at,
      change.by,
      change.senderId ?? null,
      change.scope === undefined || change.scope === "all" ? null : change.scope,
    ],
  );
  if (lifted.length === 0) return 0;
  await forgetSuppressions(tx, await digestsOf(tx, ports.keys, change.contactId), change);
  await record(tx, ports, {
    type: "suppression.lifted",
    contactId: change.contactId,
    body: {
      suppressions: lifted.map((row) => row.id),
      channel: change.channel,
      sources: [...change.sources],
      happened: new Date(change.at).toISOString(),
      by: change.by,
    },
  });
  announceContact(tx, change.contactId, ports.clock.now());
  return lifted.length;
}

/** Every change of what may be sent to a person takes their row, so that no send passes it unseen. */
export async function turnEpoch(tx: Tx, contactId: string): Promise<void> {
  await tx.query("update contact set consent_epoch = consent_epoch + 1 where organisation_id = $1 and id = $2", [
    tx.organisationId,
    contactId,
  ]);
}

/**
 * Puts on record what is in the tables already: of people whose history came in at once, and not step by step through
 * the functions above. Their stops are remembered for their addresses as well.
 */
export async function putHistoryOnRecord(tx: Tx, ports: ContactPorts, contactIds: readonly string[]): Promise<void> {
  const past = await tx.query<{ contact_id: string; type: EntryType; body: JsonObject }>(
    `select contact_id, type, body from (
       select contact_id, at, 'consent.' || action as type, jsonb_build_object('consent', id, 'purpose', purpose, 'channel', channel, 'topic', topic, 'kind', kind, 'method', method,
         'happened', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'wording', wording_version, 'proof', evidence)
         || case when evidence_class is null then '{}'::jsonb else jsonb_build_object('evidence', evidence_class) end as body
       from consent where organisation_id = $1 and contact_id = any($2::uuid[])
       union all
       select contact_id, at, 'suppression.added', jsonb_build_object('suppression', id, 'scope', scope, 'channel', channel, 'topic', topic, 'source', source,
         'happened', to_char(at, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'message', source_message_id)
       from suppression where organisation_id = $1 and contact_id = any($2::uuid[])) as history
     order by at`,
    [tx.organisationId, contactIds],
  );
  for (const { contact_id, type, body } of past) await record(tx, ports, { type, contactId: contact_id, body });
  for (const contactId of contactIds)
    await rememberSuppressions(tx, contactId, await digestsOf(tx, ports.keys, contactId));
}

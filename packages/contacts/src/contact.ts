import type { Tx } from "@loket/database";
import { type AddressId, type Clock, type ContactId, instant, toIso } from "@loket/kit";
import { contactsCalled, patternsOf } from "./called.ts";
import type { ContactPorts, Purpose } from "./consent.ts";
import { readPhone } from "./phone.ts";
import { adoptSuppressions, identityDigests, rememberSuppressions } from "./suppressed.ts";

export interface Address {
  readonly id: AddressId;
  readonly channel: string;
  readonly kind: "phone" | "user-id" | "username" | "email" | "chat";
  readonly value: string;
  readonly current: boolean;
}
export interface Contact {
  readonly id: ContactId;
  readonly name: string;
  readonly locale: "en" | "nl" | "de" | null;
  readonly region: string | null;
  readonly addresses: readonly Address[];
}

interface ContactRow {
  id: ContactId;
  name: string;
  locale: Contact["locale"];
  region: string | null;
  addresses: Address[];
}
const columns = `c.id, c.name, c.locale, c.region, coalesce((
    select jsonb_agg(jsonb_build_object('id', a.id, 'channel', a.channel, 'kind', a.kind, 'value', a.value, 'current', a.current) order by a.current desc, a.created_at)
    from address a where a.organisation_id = c.organisation_id and a.contact_id = c.id), '[]') as addresses`;

export async function readContact(tx: Tx, id: string): Promise<Contact | null> {
  return (
    (await tx.one<ContactRow>(`select ${columns} from contact c where c.organisation_id = $1 and c.id = $2`, [
      tx.organisationId,
      id,
    ])) ?? null
  );
}

export async function readContacts(tx: Tx, ids: readonly string[]): Promise<Contact[]> {
  return tx.query<ContactRow>(
    `select ${columns} from contact c where c.organisation_id = $1 and c.id = any($2::uuid[])`,
    [tx.organisationId, ids],
  );
}

/** By name, then id. `q` finds names, and numbers or addresses that hold it. */
export async function listContacts(
  tx: Tx,
  query: { q?: string | undefined; after?: { name: string; id: string } | undefined; limit: number },
): Promise<Contact[]> {
  const called = query.q ? await contactsCalled(tx, query.q) : null;
  return tx.query<ContactRow>(
    `select ${columns} from contact c
     where c.organisation_id = $1 and c.merged_into is null and c.erased_at is null
       and ${
         called
           ? "c.id = any($2::uuid[])"
           : `($2::text[] is null or c.name ilike any (($2::text[])[:1]) or exists (
         select 1 from address a where a.organisation_id = c.organisation_id and a.contact_id = c.id and a.value ilike any ($2)))`
       }
       and ($3::text is null or (lower(c.name), c.id) > (lower($3), $4::uuid))
     order by lower(c.name), c.id limit $5`,
    [
      tx.organisationId,
      called ?? (query.q ? patternsOf(query.q) : null),
      query.after?.name ?? null,
      query.after?.id ?? null,
      query.limit,
    ],
  );
}

export type CreateOutcome =
  | { readonly kind: "created"; readonly id: ContactId }
  | { readonly kind: "exists"; readonly id: ContactId }
  | { readonly kind: "bad-phone" };

/** A contact entered by hand. A number somebody already has leads to that somebody instead of a second contact. */
export async function createContact(
  tx: Tx,
  ports: ContactPorts,
  contact: {
    name: string;
    locale?: string | undefined;
    phone?: string | undefined;
    email?: string | undefined;
    homeCountry: string;
  },
): Promise<CreateOutcome> {
  const phone = contact.phone === undefined ? null : readPhone(contact.phone, contact.homeCountry);
  if (contact.phone !== undefined && !phone) return { kind: "bad-phone" };
  const addresses = [
    ...(phone ? [{ channel: "whatsapp", kind: "phone", value: phone.e164 }] : []),
    ...(contact.email ? [{ channel: "email", kind: "email", value: contact.email.toLowerCase() }] : []),
  ];
  for (const address of addresses) {
    const known = await tx.one<{ contact_id: ContactId }>(
      "select contact_id from address where organisation_id = $1 and channel = $2 and kind = $3 and value = $4 and current",
      [tx.organisationId, address.channel, address.kind, address.value],
    );
    if (known) return { kind: "exists", id: known.contact_id };
  }
  const id = ports.ids.next<"contact">();
  const now = ports.clock.now();
  await tx.query(
    "insert into contact (organisation_id, id, name, name_source, locale, region, created_at) values ($1, $2, $3, 'agent', $4, $5, to_timestamp($6::float8 / 1000))",
    [tx.organisationId, id, contact.name, contact.locale ?? null, phone?.region ?? null, now],
  );
  for (const address of addresses) await insertAddress(tx, ports, id, address.channel, address.kind, address.value);
  announceContact(tx, id, now);
  return { kind: "created", id };
}

export async function changeContact(
  tx: Tx,
  clock: Clock,
  id: string,
  change: { name?: string | undefined; locale?: string | null | undefined },
): Promise<boolean> {
  const changed = await tx.count(
    "update contact set name = coalesce($3, name), name_source = case when $3::text is null then name_source else 'agent' end, locale = case when $4 then $5 else locale end where organisation_id = $1 and id = $2",
    [tx.organisationId, id, change.name ?? null, change.locale !== undefined, change.locale ?? null],
  );
  if (changed > 0) announceContact(tx, id, clock.now());
  return changed > 0;
}

export function announceContact(tx: Tx, contactId: string, at: number): void {
  tx.emit({ type: "contact.changed", inboxId: null, subject: { contactId }, at });
}

/**
 * Adds an address unless somebody has it at this moment. True when it was added. What was once stopped for this address
 * is in force for its contact from here on, and what the contact stopped is remembered for the address.
 */
export async function insertAddress(
  tx: Tx,
  ports: ContactPorts,
  contactId: string,
  channel: string,
  kind: string,
  value: string,
): Promise<boolean> {
  const added = await tx.count(
    `insert into address (organisation_id, id, contact_id, channel, kind, value, created_at) values ($1, $2, $3, $4, $5, $6, to_timestamp($7::float8 / 1000))
     on conflict (organisation_id, channel, kind, value) where current do nothing`,
    [tx.organisationId, ports.ids.next<"address">(), contactId, channel, kind, value, ports.clock.now()],
  );
  if (added === 0) return false;
  if (kind !== "chat") {
    const digests = identityDigests(ports.keys, tx.organisationId, kind, value);
    await adoptSuppressions(tx, ports, contactId, digests);
    await rememberSuppressions(tx, contactId, digests);
  }
  return true;
}

export interface ConsentEntry {
  readonly id: string;
  readonly purpose: Purpose;
  readonly channel: string;
  readonly topic: string | null;
  readonly action: "requested" | "granted" | "confirmed" | "withdrawn";
  readonly method: string;
  readonly kind: "express" | "soft" | "implied";
  readonly evidenceClass: "A" | "B" | "C" | "D" | null;
  readonly wordingId: string | null;
  readonly wordingVersion: string | null;
  readonly landingUrl: string | null;
  readonly landingVersion: string | null;
  readonly evidence: string | null;
  readonly importId: string | null;
  readonly at: string;
}
export interface SuppressionEntry {
  readonly id: string;
  readonly scope: "all" | Purpose;
  readonly channel: string;
  readonly topic: string | null;
  readonly source: string;
  readonly at: string;
  readonly liftedAt: string | null;
}

/** What a person agreed to and what they stopped, newest first. */
export async function agreements(
  tx: Tx,
  contactId: string,
): Promise<{
  consents: ConsentEntry[];
  suppressions: SuppressionEntry[];
  clarifyingSince: string | null;
  import: { id: string; fileName: string; evidenceMissing: boolean } | null;
  createdAt: string | null;
}> {
  const ids = [tx.organisationId, contactId];
  const [consents, suppressions, contact] = await Promise.all([
    tx.query<Omit<ConsentEntry, "at"> & { at: number }>(
      `select id, purpose, channel, topic, action, method, kind, evidence_class as "evidenceClass", wording_id as "wordingId", wording_version as "wordingVersion",
         landing_url as "landingUrl", landing_version as "landingVersion", evidence, import_id as "importId", at
       from consent where organisation_id = $1 and contact_id = $2 order by at desc, id desc`,
      ids,
    ),
    tx.query<Omit<SuppressionEntry, "at" | "liftedAt"> & { at: number; lifted_at: number | null }>(
      "select id, scope, channel, topic, source, at, lifted_at from suppression where organisation_id = $1 and contact_id = $2 order by at desc, id desc",
      ids,
    ),
    tx.one<{
      created_at: number;
      clarifying_since: number | null;
      import_id: string | null;
      file_name: string | null;
      evidence_missing: boolean;
    }>(
      `select c.created_at, c.clarifying_since, c.import_id, i.file_name, c.evidence_missing from contact c
       left join consent_import i on i.organisation_id = c.organisation_id and i.id = c.import_id where c.organisation_id = $1 and c.id = $2`,
      ids,
    ),
  ]);
  return {
    consents: consents.map((entry) => ({ ...entry, at: toIso(instant(entry.at)) })),
    suppressions: suppressions.map(({ at, lifted_at, ...row }) => ({
      ...row,
      at: toIso(instant(at)),
      liftedAt: lifted_at === null ? null : toIso(instant(lifted_at)),
    })),
    clarifyingSince: contact?.clarifying_since == null ? null : toIso(instant(contact.clarifying_since)),
    import:
      contact?.import_id == null
        ? null
        : {
            id: contact.import_id,
            fileName: contact.file_name ?? "",
            evidenceMissing: contact.evidence_missing,
          },
    createdAt: contact ? toIso(instant(contact.created_at)) : null,
  };
}

import type { Tx } from "@loket/database";
import { eraseSubject, record } from "@loket/evidence/ledger";
import type { ContactPorts } from "./consent.ts";
import { announceContact } from "./contact.ts";
import { phoneVariants } from "./phone.ts";
import { digestsOf, rememberSuppressions } from "./suppressed.ts";

/** Everybody this contact turned out to be, and every spelling of every address they ever had. */
export interface WholePerson {
  readonly contactIds: readonly string[];
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  /** Ids by which platforms name them. */
  readonly platformIds: readonly string[];
}

/** Holds the person's row and the door by which they would come in again, so that nothing is added while they are erased. */
export async function holdWholePerson(tx: Tx, contactId: string): Promise<WholePerson> {
  const contacts = await tx.query<{ id: string }>(
    `with recursive person as (
       select id from contact where organisation_id = $1 and id = $2
       union select c.id from contact c join person p on c.merged_into = p.id where c.organisation_id = $1)
     select c.id from contact c where c.organisation_id = $1 and c.id in (select id from person) order by c.id for update`,
    [tx.organisationId, contactId],
  );
  const contactIds = contacts.map((row) => row.id);
  const addresses = await tx.query<{ kind: string; value: string }>(
    "select kind, value from address where organisation_id = $1 and contact_id = any($2::uuid[]) order by value",
    [tx.organisationId, contactIds],
  );
  for (const { value } of addresses)
    await tx.query("select pg_advisory_xact_lock(hashtextextended($1 || $2, 0))", [tx.organisationId, value]);
  const of = (kind: string) => addresses.filter((address) => address.kind === kind).map((address) => address.value);
  return {
    contactIds,
    phones: of("phone").flatMap(phoneVariants),
    emails: of("email").map((email) => email.toLowerCase()),
    platformIds: [...of("user-id"), ...of("chat")],
  };
}

const erasedName = { en: "Erased person", nl: "Gewiste persoon", de: "Gelöschte Person" } as const;

/**
 * Takes the person out of what is kept about them. What stays: that they must not be written to (as digests of their
 * addresses), and the bare proof of what was agreed, by when, how and with which wording. Worker's role only.
 */
export async function forgetPerson(
  tx: Tx,
  ports: ContactPorts,
  { contactIds, phones, emails }: WholePerson,
): Promise<{ readonly addresses: number; readonly importRows: number; readonly entries: number }> {
  const ids = [tx.organisationId, contactIds];
  const now = ports.clock.now();
  for (const contactId of contactIds)
    await rememberSuppressions(tx, contactId, await digestsOf(tx, ports.keys, contactId));
  const addresses = await tx.count(
    "update address set value = 'erased ' || id, current = false, identity_hash = null where organisation_id = $1 and contact_id = any($2::uuid[])",
    ids,
  );
  await tx.query(
    "update consent set evidence = null, landing_url = null where organisation_id = $1 and contact_id = any($2::uuid[])",
    ids,
  );
  const importRows = await tx.count(
    `update consent_import_row set fields = '{}' where organisation_id = $1
       and (contact_id = any($2::uuid[]) or fields->>'phone' = any($3::text[]) or fields->>'email' = any($4::text[]))`,
    [...ids, phones, emails],
  );
  const organisation = await tx.one<{ locale: keyof typeof erasedName }>(
    "select locale from organisation where organisation_id = $1",
    [tx.organisationId],
  );
  await tx.query(
    `update contact set name = $3, name_source = 'agent', locale = null, region = null, birth_date = null, time_zone = null, clarifying_since = null,
       erased_at = to_timestamp($4::float8 / 1000), consent_epoch = consent_epoch + 1 where organisation_id = $1 and id = any($2::uuid[])`,
    [...ids, erasedName[organisation?.locale ?? "en"], now],
  );
  let entries = 0;
  for (const contactId of contactIds) {
    entries += await eraseSubject(tx, ports, contactId);
    announceContact(tx, contactId, now);
  }
  return { addresses, importRows, entries };
}

/** That it happened, without saying to whom. */
export async function finishErasure(
  tx: Tx,
  ports: ContactPorts,
  erasure: { readonly id: string; readonly requestedBy: string; readonly removed: Readonly<Record<string, number>> },
): Promise<void> {
  const now = ports.clock.now();
  await tx.query(
    "update erasure set state = 'done', removed = $3, executed_at = to_timestamp($4::float8 / 1000) where organisation_id = $1 and id = $2",
    [tx.organisationId, erasure.id, JSON.stringify(erasure.removed), now],
  );
  await record(tx, ports, {
    type: "erasure.executed",
    body: { erasure: erasure.id, requestedBy: erasure.requestedBy, removed: { ...erasure.removed } },
  });
  tx.emit({ type: "standing.changed", inboxId: null, subject: { what: "erasure", subjectId: erasure.id }, at: now });
}

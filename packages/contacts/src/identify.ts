import type { Tx } from "@loket/database";
import { record } from "@loket/evidence/ledger";
import type { AddressId, Clock, ContactId } from "@loket/kit";
import type { ContactPorts } from "./consent.ts";
import { announceContact, insertAddress } from "./contact.ts";
import { phoneVariants, regionOfPhone } from "./phone.ts";
import { digestsOf, identityDigests, rememberSuppressions, retireIdentities } from "./suppressed.ts";

/** Who a platform says someone is. `userId` is firmer than `phone`: it survives a hidden number. */
export interface PlatformIdentity {
  readonly phone?: string;
  readonly userId?: string;
  readonly username?: string;
  readonly name?: string;
}

export interface Identified {
  readonly contactId: ContactId;
  /** The address to answer to. */
  readonly addressId: AddressId;
  readonly isNew: boolean;
  /** Set where two contacts turned out to be one person: the other's id. */
  readonly joined?: ContactId;
}

interface Known {
  id: AddressId;
  contact_id: ContactId;
  kind: string;
  value: string;
}

/**
 * Finds or creates the person behind a message. Never fails for want of clarity: where number and user id point to two
 * contacts, they are one person from now on, under the user id's contact; where there is neither, `fallback` (the
 * message's own id) becomes an address that only says "this conversation".
 */
export async function identify(
  tx: Tx,
  ports: ContactPorts,
  channel: string,
  identity: PlatformIdentity,
  fallback: string,
): Promise<Identified> {
  const phones = identity.phone ? phoneVariants(identity.phone) : [];
  const keys: (readonly [string, string])[] = [
    ...phones.map((value) => ["phone", value] as const),
    ...(identity.userId ? [["user-id", identity.userId] as const] : []),
  ];
  if (keys.length === 0) keys.push(["chat", fallback]);

  // Two first messages of one person at the same time must not make two contacts.
  const lockOn = identity.userId ?? phones[0] ?? fallback;
  const [, known] = await Promise.all([
    tx.query("select pg_advisory_xact_lock(hashtextextended($1 || $2, 0))", [tx.organisationId, lockOn]),
    tx.query<Known & { name: string; name_source: string }>(
      `select a.id, a.contact_id, a.kind, a.value, c.name, c.name_source from address a join contact c on c.organisation_id = a.organisation_id and c.id = a.contact_id
       where a.organisation_id = $1 and a.channel = $2 and a.current and (a.kind, a.value) in (select * from unnest($3::text[], $4::text[])) order by a.created_at, a.id`,
      [tx.organisationId, channel, keys.map(([kind]) => kind), keys.map(([, value]) => value)],
    ),
  ]);
  const byUserId = known.find((address) => address.kind === "user-id");
  const byPhone = known.find((address) => address.kind === "phone") ?? known.find((address) => address.kind === "chat");

  if (byUserId && byPhone && byUserId.contact_id !== byPhone.contact_id) {
    await joinContacts(tx, ports, { from: byPhone.contact_id, into: byUserId.contact_id });
    await refreshName(tx, ports, byUserId.contact_id, identity);
    return { contactId: byUserId.contact_id, addressId: byPhone.id, isNew: false, joined: byPhone.contact_id };
  }

  const found = byUserId ?? byPhone;
  if (found) {
    if (identity.phone && !byPhone) await insertAddress(tx, ports, found.contact_id, channel, "phone", identity.phone);
    if (identity.userId && !byUserId)
      await insertAddress(tx, ports, found.contact_id, channel, "user-id", identity.userId);
    if (found.name_source === "profile" && identity.name?.trim() !== found.name)
      await refreshName(tx, ports, found.contact_id, identity);
    const addressId =
      identity.phone && !byPhone ? await addressOf(tx, channel, "phone", identity.phone) : (byPhone ?? found).id;
    return { contactId: found.contact_id, addressId: addressId ?? found.id, isNew: false };
  }

  const contactId = ports.ids.next<"contact">();
  const now = ports.clock.now();
  await tx.query(
    "insert into contact (organisation_id, id, name, region, created_at) values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))",
    [
      tx.organisationId,
      contactId,
      displayName(identity),
      (identity.phone && regionOfPhone(identity.phone)) || identity.userId?.slice(0, 2) || null,
      now,
    ],
  );
  const addresses: (readonly [string, string])[] = [];
  if (identity.phone) addresses.push(["phone", identity.phone]);
  if (identity.userId) addresses.push(["user-id", identity.userId]);
  if (addresses.length === 0) addresses.push(["chat", fallback]);
  for (const [kind, value] of addresses) await insertAddress(tx, ports, contactId, channel, kind, value);
  announceContact(tx, contactId, now);
  const [first] = addresses;
  const addressId = first && (await addressOf(tx, channel, first[0], first[1]));
  if (!addressId) throw new Error("The new contact's address was not stored.");
  return { contactId, addressId, isNew: true };
}

function displayName(identity: PlatformIdentity): string {
  return identity.name?.trim() || identity.username || identity.phone || "Unknown person";
}

async function addressOf(tx: Tx, channel: string, kind: string, value: string): Promise<AddressId | undefined> {
  return (
    await tx.one<{ id: AddressId }>(
      "select id from address where organisation_id = $1 and channel = $2 and kind = $3 and value = $4 and current",
      [tx.organisationId, channel, kind, value],
    )
  )?.id;
}

/** The profile name follows the person, unless somebody here gave them another. */
async function refreshName(
  tx: Tx,
  ports: { clock: Clock },
  contactId: string,
  identity: PlatformIdentity,
): Promise<void> {
  if (!identity.name?.trim()) return;
  const changed = await tx.count(
    "update contact set name = $3 where organisation_id = $1 and id = $2 and name_source = 'profile' and name <> $3",
    [tx.organisationId, contactId, identity.name.trim()],
  );
  if (changed > 0) announceContact(tx, contactId, ports.clock.now());
}

/**
 * One person after all: addresses move, what was stopped or agreed stays in force for the whole person, and the emptied
 * contact points to the other.
 */
async function joinContacts(
  tx: Tx,
  ports: ContactPorts,
  { from, into }: { from: ContactId; into: ContactId },
): Promise<void> {
  const rows = [tx.organisationId, from, into];
  await tx.query("select 1 from contact where organisation_id = $1 and id in ($2, $3) order by id for update", rows);
  await tx.query("update address set contact_id = $3 where organisation_id = $1 and contact_id = $2", rows);
  for (const entry of await tx.query<{ id: string }>(
    "select id from consent where organisation_id = $1 and contact_id = $2",
    [tx.organisationId, from],
  )) {
    await tx.query(
      `insert into consent (organisation_id, id, contact_id, purpose, channel, topic, action, method, kind, express, evidence_class, wording_id, wording_version, landing_url,
         landing_version, names_business, names_channel, flaws, soft, evidence, source_message_id, receipt_id, import_id, by_member_id, at, recorded_at)
       select organisation_id, $3, $4, purpose, channel, topic, action, method, kind, express, evidence_class, wording_id, wording_version, landing_url,
         landing_version, names_business, names_channel, flaws, soft, evidence, source_message_id, receipt_id, import_id, by_member_id, at, recorded_at
       from consent where organisation_id = $1 and id = $2`,
      [tx.organisationId, entry.id, ports.ids.next(), into],
    );
  }
  for (const entry of await tx.query<{ id: string }>(
    "select id from suppression where organisation_id = $1 and contact_id = $2 and lifted_at is null",
    [tx.organisationId, from],
  )) {
    await tx.query(
      `insert into suppression (organisation_id, id, contact_id, scope, channel, topic, source, sender_id, source_message_id, by_member_id, at, recorded_at)
       select organisation_id, $3, $4, scope, channel, topic, source, sender_id, source_message_id, by_member_id, at, recorded_at
       from suppression where organisation_id = $1 and id = $2`,
      [tx.organisationId, entry.id, ports.ids.next(), into],
    );
  }
  await tx.query(
    "update contact set merged_into = $3, consent_epoch = consent_epoch + 1 where organisation_id = $1 and id = $2",
    rows,
  );
  await tx.query(
    `update contact c set consent_epoch = c.consent_epoch + 1, clarifying_since = least(c.clarifying_since, f.clarifying_since),
       evidence_missing = c.evidence_missing or f.evidence_missing, import_id = coalesce(c.import_id, f.import_id), birth_date = coalesce(c.birth_date, f.birth_date)
     from contact f where c.organisation_id = $1 and c.id = $3 and f.organisation_id = $1 and f.id = $2`,
    rows,
  );
  await rememberSuppressions(tx, into, await digestsOf(tx, ports.keys, into));
  for (const contactId of [from, into])
    await record(tx, ports, { type: "identity.merged", contactId, body: { from, into } });
  announceContact(tx, into, ports.clock.now());
}

/**
 * The platform says that a person moved to another number or user id. The old address stays on file as a former one,
 * and the person keeps their conversation. Returns the contact, or `null` where nobody is known by the old identity.
 */
export async function moveIdentity(
  tx: Tx,
  ports: ContactPorts,
  channel: string,
  before: PlatformIdentity,
  after: PlatformIdentity,
): Promise<ContactId | null> {
  const phones = before.phone ? phoneVariants(before.phone) : [];
  const old = await tx.query<Known>(
    `select id, contact_id, kind, value from address where organisation_id = $1 and channel = $2 and current
       and ((kind = 'phone' and value = any($3::text[])) or (kind = 'user-id' and value = $4)) for update`,
    [tx.organisationId, channel, phones, before.userId ?? ""],
  );
  const contactId = old[0]?.contact_id;
  if (!contactId) return null;
  const replaced = old.filter(
    (address) =>
      (address.kind === "phone" && after.phone && !phoneVariants(after.phone).includes(address.value)) ||
      (address.kind === "user-id" && after.userId && after.userId !== address.value),
  );
  for (const [kind, value] of [
    ["phone", after.phone],
    ["user-id", after.userId],
  ] as const) {
    if (value === undefined) continue;
    // Whoever had the new number before does not have it any more.
    await tx.query(
      "update address set current = false where organisation_id = $1 and channel = $2 and kind = $3 and value = $4 and current and contact_id <> $5",
      [tx.organisationId, channel, kind, value, contactId],
    );
    await insertAddress(tx, ports, contactId, channel, kind, value);
  }
  if (replaced.length > 0) {
    const given = replaced.flatMap((address) =>
      identityDigests(ports.keys, tx.organisationId, address.kind, address.value),
    );
    await retireIdentities(tx, given, ports.clock.now());
    await tx.query("update address set current = false where organisation_id = $1 and id = any($2::uuid[])", [
      tx.organisationId,
      replaced.map((address) => address.id),
    ]);
  }
  announceContact(tx, contactId, ports.clock.now());
  return contactId;
}

import type { Tx } from "@loket/database";
import { type ContactPorts, recordConsent } from "../consent.ts";
import { insertAddress } from "../contact.ts";
import { phoneVariants } from "../phone.ts";
import { identityDigests } from "../suppressed.ts";
import type { ImportReason, ReadRow, RowValues } from "./row.ts";

export interface SettledRow {
  readonly line: number;
  readonly values: RowValues;
  readonly read: ReadRow;
  /** Besides those the row itself gives: what only the whole list shows. */
  readonly moreReasons?: readonly ImportReason[];
}

export interface RowOutcome {
  readonly state: "accepted" | "quarantined" | "suppressed";
  readonly reasons: readonly ImportReason[];
  readonly contactId: string | null;
}

/** What is known of the people of one batch before any of its rows is settled. */
interface Known {
  /** Grows with the people a batch takes in. */
  readonly contacts: Map<string, string>;
  readonly stops: ReadonlyMap<string, readonly { scope: string; channel: string }[]>;
  readonly wordings: ReadonlyMap<string, string>;
}

/**
 * Settles rows: the person opted out, so they stay opted out whatever the list says; something is missing, so the row
 * waits; or it is complete, and becomes an agreement of the lowest class with the list as its proof. Keeps each row with
 * what came of it.
 */
export async function settleRows(
  tx: Tx,
  ports: ContactPorts,
  list: { readonly importId: string; readonly attestedBy: string },
  rows: readonly SettledRow[],
): Promise<RowOutcome[]> {
  const known = await readKnown(tx, ports, rows);
  // Rows of different people travel in one flight; those of one person follow each other.
  const latest = new Map<string, Promise<RowOutcome>>();
  const outcomes = await Promise.all(
    rows.map((row) => {
      const keys = keysOf(row.read);
      const before = keys.flatMap((key) => latest.get(key) ?? []);
      const settled = Promise.all(before).then(async () => {
        const outcome = await settleRow(tx, ports, list, row, known);
        if (outcome.contactId !== null) for (const key of keys) known.contacts.set(key, outcome.contactId);
        return outcome;
      });
      for (const key of keys) latest.set(key, settled);
      return settled;
    }),
  );
  await keepRows(tx, list.importId, rows, outcomes);
  return outcomes;
}

async function settleRow(
  tx: Tx,
  ports: ContactPorts,
  list: { readonly importId: string; readonly attestedBy: string },
  { read, moreReasons = [] }: SettledRow,
  known: Known,
): Promise<RowOutcome> {
  if (isStopped(tx, ports, read, known)) return { state: "suppressed", reasons: ["opted-out"], contactId: null };
  const reasons = [...read.reasons, ...moreReasons];
  const { purpose, channel, method, evidence, obtainedAt } = read;
  if (reasons.length > 0 || !purpose || !channel || !method || !evidence || obtainedAt === null)
    return { state: "quarantined", reasons, contactId: null };
  const contactId = await takeIn(tx, ports, list.importId, read, known, false);
  const wordingId =
    known.wordings.get(`${read.wordingVersion} ${read.language ?? ""}`) ??
    known.wordings.get(read.wordingVersion ?? "");
  await recordConsent(tx, ports, {
    contactId,
    purpose,
    channel,
    topic: read.topic ?? undefined,
    action: "granted",
    method,
    wordingId,
    wordingVersion: read.wordingVersion ?? undefined,
    landingUrl: read.landingUrl ?? undefined,
    landingVersion: read.landingVersion ?? undefined,
    evidence,
    importId: list.importId,
    byMemberId: list.attestedBy,
    at: obtainedAt,
  });
  return { state: "accepted", reasons: [], contactId };
}

/**
 * The person of a row as a contact: found by their addresses, or made. Without proof they are marked, and the book holds
 * whatever we would begin with them until somebody attaches it.
 */
export async function takeIn(
  tx: Tx,
  ports: ContactPorts,
  importId: string,
  read: ReadRow,
  known: Pick<Known, "contacts">,
  evidenceMissing: boolean,
): Promise<string> {
  const found = keysOf(read).flatMap((key) => known.contacts.get(key) ?? [])[0];
  if (found !== undefined) {
    if (!evidenceMissing)
      await tx.query(
        "update contact set evidence_missing = false, consent_epoch = consent_epoch + 1 where organisation_id = $1 and id = $2 and evidence_missing",
        [tx.organisationId, found],
      );
    return found;
  }
  const id = ports.ids.next<"contact">();
  const language = read.language === "en" || read.language === "nl" || read.language === "de" ? read.language : null;
  await tx.query(
    `insert into contact (organisation_id, id, name, name_source, locale, region, birth_date, import_id, evidence_missing, created_at)
     values ($1, $2, $3, 'import', $4, $5, $6::date, $7, $8, to_timestamp($9::float8 / 1000))`,
    [
      tx.organisationId,
      id,
      read.name ?? read.phone?.e164 ?? read.email ?? "?",
      language,
      read.country ?? read.phone?.region ?? null,
      read.birthDate,
      importId,
      evidenceMissing,
      ports.clock.now(),
    ],
  );
  if (read.phone) await insertAddress(tx, ports, id, "whatsapp", "phone", read.phone.e164);
  if (read.email) await insertAddress(tx, ports, id, "email", "email", read.email);
  return id;
}

function keysOf(read: ReadRow): string[] {
  return [
    ...(read.phone ? phoneVariants(read.phone.e164).map((phone) => `phone ${phone}`) : []),
    ...(read.email ? [`email ${read.email}`] : []),
  ];
}

function digestsOfRow(tx: Tx, ports: ContactPorts, read: ReadRow): string[] {
  const digests = [
    ...(read.phone ? identityDigests(ports.keys, tx.organisationId, "phone", read.phone.e164) : []),
    ...(read.email ? identityDigests(ports.keys, tx.organisationId, "email", read.email) : []),
  ];
  return digests.map((digest) => digest.toString("hex"));
}

function isStopped(tx: Tx, ports: ContactPorts, read: ReadRow, { stops }: Known): boolean {
  return digestsOfRow(tx, ports, read).some((digest) =>
    stops
      .get(digest)
      ?.some(
        ({ scope, channel }) =>
          (scope === "all" || read.purpose === null || scope === read.purpose) &&
          (channel === "all" || read.channel === null || read.channel === "all" || channel === read.channel),
      ),
  );
}

export async function readKnown(tx: Tx, ports: ContactPorts, rows: readonly SettledRow[]): Promise<Known> {
  const values = rows.flatMap(({ read }) => keysOf(read).map((key) => key.slice(key.indexOf(" ") + 1)));
  const digests = rows.flatMap(({ read }) => digestsOfRow(tx, ports, read));
  const [addresses, stopped, wordings] = await Promise.all([
    tx.query<{ kind: string; value: string; contact_id: string }>(
      "select kind, value, contact_id from address where organisation_id = $1 and kind in ('phone', 'email') and value = any($2::text[]) and current",
      [tx.organisationId, values],
    ),
    tx.query<{ identity: Buffer; scope: string; channel: string }>(
      "select identity, scope, channel from suppressed_identity where organisation_id = $1 and identity = any($2::bytea[]) and lifted_at is null",
      [tx.organisationId, digests.map((digest) => Buffer.from(digest, "hex"))],
    ),
    tx.query<{ id: string; version: string; language: string }>(
      "select id, version, language from wording where organisation_id = $1 order by published_at",
      [tx.organisationId],
    ),
  ]);
  const stops = new Map<string, { scope: string; channel: string }[]>();
  for (const { identity, ...stop } of stopped) {
    const digest = identity.toString("hex");
    stops.set(digest, [...(stops.get(digest) ?? []), stop]);
  }
  return {
    contacts: new Map(addresses.map(({ kind, value, contact_id }) => [`${kind} ${value}`, contact_id])),
    stops,
    wordings: new Map(
      wordings.flatMap(({ id, version, language }) => [
        [version, id],
        [`${version} ${language}`, id],
      ]),
    ),
  };
}

async function keepRows(
  tx: Tx,
  importId: string,
  rows: readonly SettledRow[],
  outcomes: readonly RowOutcome[],
): Promise<void> {
  await tx.query(
    `insert into consent_import_row (organisation_id, import_id, line, state, reasons, fields, contact_id)
     select $1, $2, r.line, r.state, array(select jsonb_array_elements_text(r.reasons)), r.fields, r."contactId"
     from jsonb_to_recordset($3::jsonb) r(line integer, state text, reasons jsonb, fields jsonb, "contactId" uuid)
     on conflict (organisation_id, import_id, line) do update set state = excluded.state, reasons = excluded.reasons, fields = excluded.fields, contact_id = coalesce(excluded.contact_id, consent_import_row.contact_id)`,
    [
      tx.organisationId,
      importId,
      JSON.stringify(
        rows.map(({ line, values, read }, index) => ({
          line,
          ...outcomes[index],
          // The addresses as we write them: by them the row is found again when its person is to be erased.
          fields: { values, phone: read.phone?.e164 ?? null, email: read.email },
        })),
      ),
    ],
  );
}

import { agreements, readContact, standingNow } from "@loket/contacts";
import type { Tx } from "@loket/database";
import { readEntries, subjectHandle } from "@loket/evidence/ledger";
import { instant, toIso } from "@loket/kit";
import type { Ports } from "../ports.ts";

const mostMessages = 100_000;
const mostEntries = 100_000;

/**
 * Everything that is kept about one person, for them (Art. 15 and 20 GDPR). Ledger entries come with their salts: whoever
 * holds them can show later, even after an erasure here, that an entry was about them.
 */
export async function personData(tx: Tx, ports: Ports, contactId: string): Promise<unknown> {
  const ids = [tx.organisationId, contactId];
  const [contact, history, about, messages, files, notes, imports, campaigns, handle] = await Promise.all([
    readContact(tx, contactId),
    agreements(tx, contactId),
    tx.one<{ business: string; birth_date: string | null; time_zone: string | null }>(
      `select o.name as business, to_char(c.birth_date, 'YYYY-MM-DD') as birth_date, c.time_zone from contact c join organisation o on o.organisation_id = c.organisation_id
       where c.organisation_id = $1 and c.id = $2`,
      ids,
    ),
    tx.query<{
      created_at: number;
      direction: string;
      channel: string;
      type: string;
      text: string | null;
      content: unknown;
      status: string;
    }>(
      `select m.created_at, m.direction, m.channel, m.type, m.text, m.content, m.status from message m join conversation v on v.organisation_id = m.organisation_id and v.id = m.conversation_id
       where m.organisation_id = $1 and v.contact_id = $2 order by m.created_at, m.id limit ${mostMessages}`,
      ids,
    ),
    tx.query<{
      kind: string;
      mime_type: string;
      filename: string | null;
      size_bytes: number | null;
      created_at: number;
    }>(
      `select d.kind, d.mime_type, d.filename, d.size_bytes, d.created_at from media d join message m on m.organisation_id = d.organisation_id and m.id = d.message_id
       join conversation v on v.organisation_id = m.organisation_id and v.id = m.conversation_id where d.organisation_id = $1 and v.contact_id = $2 order by d.created_at`,
      ids,
    ),
    tx.query<{ text: string; created_at: number }>(
      "select n.text, n.created_at from note n join conversation v on v.organisation_id = n.organisation_id and v.id = n.conversation_id where n.organisation_id = $1 and v.contact_id = $2 order by n.created_at",
      ids,
    ),
    tx.query<{ file_name: string; line: number; state: string; fields: unknown }>(
      "select i.file_name, r.line, r.state, r.fields from consent_import_row r join consent_import i on i.organisation_id = r.organisation_id and i.id = r.import_id where r.organisation_id = $1 and r.contact_id = $2",
      ids,
    ),
    tx.query<{ name: string; content: unknown; state: string; reached: string | null; at: number }>(
      `select c.name, d.content, d.state, d.reached, coalesce(d.settled_at, d.created_at) as at from delivery d
       join campaign c on c.organisation_id = d.organisation_id and c.id = d.campaign_id where d.organisation_id = $1 and d.contact_id = $2 order by d.created_at, d.id`,
      ids,
    ),
    subjectHandle(tx, contactId),
  ]);
  const entries = handle === null ? [] : await readEntries(tx, ports.keys, { subjects: [handle], limit: mostEntries });
  const time = (at: number) => toIso(instant(at));
  return {
    keptBy: about?.business ?? null,
    madeAt: toIso(ports.clock.now()),
    person: {
      ...contact,
      birthDate: about?.birth_date ?? null,
      timeZone: about?.time_zone ?? null,
      since: history.createdAt,
    },
    agreements: standingNow(history, ports.clock.now()),
    consents: history.consents,
    suppressions: history.suppressions,
    messages: messages.map(({ created_at, ...message }) => ({ at: time(created_at), ...message })),
    files: files.map(({ created_at, mime_type, size_bytes, ...file }) => ({
      at: time(created_at),
      ...file,
      mimeType: mime_type,
      sizeBytes: size_bytes,
    })),
    notes: notes.map(({ created_at, text }) => ({ at: time(created_at), text })),
    imports: imports.map(({ file_name, ...row }) => ({ fileName: file_name, ...row })),
    campaigns: campaigns.map(({ at, ...campaign }) => ({ at: time(at), ...campaign })),
    ledger: {
      subject: handle,
      entries: entries.map((entry) => ({
        position: entry.position,
        type: entry.type,
        at: toIso(entry.at),
        leaf: entry.leaf,
        salt: entry.contents ? Buffer.from(entry.contents.salt).toString("base64url") : null,
        body: entry.contents?.body ?? null,
      })),
    },
  };
}

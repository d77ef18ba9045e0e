import type { Locale } from "@loket/contract";
import type { Tx } from "@loket/database";
import type { PackSubject } from "@loket/evidence/ledger";
import { instant, toIso } from "@loket/kit";
import { sayIn } from "./document.ts";

/** Of whom or what a pack is, looked up. */
export interface Subject {
  readonly kind: PackSubject["kind"];
  /** Whose data go in; `null`: everybody's, without their names. */
  readonly contactIds: readonly string[] | null;
  /** The same people, as the log knows them. */
  readonly handles: readonly string[];
  readonly senderId: string | null;
  readonly message: PackedMessage | null;
  readonly campaign: PackedCampaign | null;
  /** The person's own: they are named in it, and everything about them stands open. */
  readonly isOwn: boolean;
  /** In the pack's language. */
  readonly words: string;
  /** The name for a file. */
  readonly slug: string;
}

export interface PackedMessage {
  readonly id: string;
  readonly direction: "in" | "out";
  readonly at: number;
  readonly deliveryId: string | null;
  readonly providerId: string | null;
}

export interface PackedCampaign {
  readonly id: string;
  readonly name: string;
}

/** `null` where there is no such thing here. */
export async function findSubject(tx: Tx, subject: PackSubject, locale: Locale): Promise<Subject | null> {
  const say = sayIn(locale);
  const none = { contactIds: null, handles: [], senderId: null, message: null, campaign: null, isOwn: false };
  switch (subject.kind) {
    case "organisation":
      return {
        ...none,
        kind: subject.kind,
        words: say(
          "Answer to a demand to stop: the whole organisation",
          "Antwoord op een sommatie: de hele organisatie",
          "Antwort auf eine Aufforderung zur Unterlassung: die ganze Organisation",
        ),
        slug: "organisation",
      };
    case "sender": {
      const row = await tx.one<{ id: string; name: string; address: string }>(
        "select id, name, address from sender where organisation_id = $1 and id = $2",
        [tx.organisationId, subject.id],
      );
      if (!row) return null;
      return {
        ...none,
        kind: subject.kind,
        senderId: row.id,
        words: `${row.name} (${row.address})`,
        slug: `sender-${row.id.slice(-6)}`,
      };
    }
    case "person": {
      const person = await findPerson(tx, subject.id ?? "");
      if (!person) return null;
      return {
        ...none,
        ...person,
        kind: subject.kind,
        isOwn: true,
        words: say(`Everything about ${person.name}`, `Alles over ${person.name}`, `Alles über ${person.name}`),
        slug: `person-${(subject.id ?? "").slice(-6)}`,
      };
    }
    case "message": {
      const row = await tx.one<PackedMessage & { contact_id: string }>(
        `select m.id, m.direction, coalesce(m.sent_at, m.received_at, m.created_at) as at, m.delivery_id as "deliveryId", m.provider_id as "providerId", c.contact_id
         from message m join conversation c on c.organisation_id = m.organisation_id and c.id = m.conversation_id
         where m.organisation_id = $1 and m.id = $2`,
        [tx.organisationId, subject.id],
      );
      const person = row && (await findPerson(tx, row.contact_id));
      if (!row || !person) return null;
      const { contact_id: _, ...message } = row;
      const when = toIso(instant(message.at));
      return {
        ...none,
        kind: subject.kind,
        contactIds: person.contactIds,
        handles: person.handles,
        message,
        words: say(`One message of ${when}`, `Eén bericht van ${when}`, `Eine Nachricht vom ${when}`),
        slug: `message-${message.id.slice(-6)}`,
      };
    }
    case "campaign": {
      const row = await tx.one<PackedCampaign & { sender_id: string }>(
        "select id, name, sender_id from campaign where organisation_id = $1 and id = $2",
        [tx.organisationId, subject.id],
      );
      if (!row) return null;
      return {
        ...none,
        kind: subject.kind,
        senderId: row.sender_id,
        campaign: { id: row.id, name: row.name },
        words: say(`The campaign ${row.name}`, `De campagne ${row.name}`, `Die Kampagne ${row.name}`),
        slug: `campaign-${row.id.slice(-6)}`,
      };
    }
  }
}

/** The person with everybody they were found to be, and their names in the log. */
async function findPerson(
  tx: Tx,
  id: string,
): Promise<{ contactIds: string[]; handles: string[]; name: string } | null> {
  const rows = await tx.query<{ id: string; name: string; merged_into: string | null }>(
    `with recursive same as (
       select id, name, merged_into from contact where organisation_id = $1 and id = $2
       union select c.id, c.name, c.merged_into from contact c join same s on c.organisation_id = $1 and c.merged_into = s.id)
     select * from same`,
    [tx.organisationId, id],
  );
  const person = rows.find((row) => row.id === id);
  if (!person) return null;
  const contactIds = rows.map((row) => row.id);
  const handles = await tx.query<{ handle: string }>(
    "select handle from evidence_subject where organisation_id = $1 and contact_id = any($2::uuid[]) order by handle",
    [tx.organisationId, contactIds],
  );
  return { contactIds, handles: handles.map((row) => row.handle), name: person.name };
}

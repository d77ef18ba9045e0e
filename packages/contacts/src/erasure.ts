import type { Tx } from "@loket/database";
import { instant, toIso } from "@loket/kit";
import { type ContactPorts, suppress } from "./consent.ts";
import { announceContact } from "./contact.ts";

/** A wish to be forgotten (Art. 17 GDPR), and what became of it. */
export interface Erasure {
  readonly id: string;
  readonly contactId: string;
  readonly requestedBy: "person" | "member";
  /** `held`: a letter that demands to keep evidence is open. */
  readonly state: "waiting" | "held" | "done";
  readonly removed: Readonly<Record<string, number>> | null;
  readonly createdAt: string;
  readonly executedAt: string | null;
}

const columns = `id, contact_id as "contactId", requested_by as "requestedBy", state, removed, created_at, executed_at`;
type Row = Omit<Erasure, "createdAt" | "executedAt"> & { created_at: number; executed_at: number | null };
const toErasure = ({ created_at, executed_at, ...row }: Row): Erasure => ({
  ...row,
  createdAt: toIso(instant(created_at)),
  executedAt: executed_at === null ? null : toIso(instant(executed_at)),
});

export async function latestErasure(tx: Tx, contactId: string): Promise<Erasure | null> {
  const row = await tx.one<Row>(
    `select ${columns} from erasure where organisation_id = $1 and contact_id = $2 order by created_at desc limit 1`,
    [tx.organisationId, contactId],
  );
  return row ? toErasure(row) : null;
}

/**
 * Asks for it, once. From here on nothing is sent on our initiative: the objection is kept for the person's addresses,
 * and outlives everything else.
 */
export async function requestErasure(
  tx: Tx,
  ports: ContactPorts,
  asked: { readonly contactId: string; readonly requestedBy: "person" | "member"; readonly memberId: string | null },
): Promise<Erasure | null> {
  const contact = await tx.one(
    "select 1 from contact where organisation_id = $1 and id = $2 and merged_into is null and erased_at is null for update",
    [tx.organisationId, asked.contactId],
  );
  if (!contact) return null;
  const pending = await latestErasure(tx, asked.contactId);
  if (pending && pending.state !== "done") return pending;
  const now = ports.clock.now();
  const id = ports.ids.next();
  await tx.query(
    `insert into erasure (organisation_id, id, contact_id, requested_by, member_id, state, created_at)
     values ($1, $2, $3, $4, $5, 'waiting', to_timestamp($6::float8 / 1000))`,
    [tx.organisationId, id, asked.contactId, asked.requestedBy, asked.memberId, now],
  );
  await suppress(tx, ports, {
    contactId: asked.contactId,
    scope: "all",
    channel: "all",
    source: "law-request",
    byMemberId: asked.memberId ?? undefined,
  });
  tx.addJob("erasure.run", { erasureId: id }, { key: `erasure.run ${id}` });
  tx.emit({ type: "standing.changed", inboxId: null, subject: { what: "erasure", subjectId: id }, at: now });
  announceContact(tx, asked.contactId, now);
  return latestErasure(tx, asked.contactId);
}

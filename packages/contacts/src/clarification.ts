import type { Tx } from "@loket/database";
import { record } from "@loket/evidence/ledger";
import { type ContactPorts, turnEpoch } from "./consent.ts";
import { announceContact } from "./contact.ts";

/** A word that may have been an opt-out: marketing waits until the person, or somebody who asked them, has made it clear. */
export async function awaitClarification(
  tx: Tx,
  ports: ContactPorts,
  unclear: { readonly contactId: string; readonly sourceMessageId: string; readonly at: number },
): Promise<void> {
  await turnEpoch(tx, unclear.contactId);
  const began = await tx.count(
    "update contact set clarifying_since = to_timestamp($3::float8 / 1000) where organisation_id = $1 and id = $2 and clarifying_since is null",
    [tx.organisationId, unclear.contactId, unclear.at],
  );
  if (began > 0)
    await record(tx, ports, {
      type: "restriction.set",
      contactId: unclear.contactId,
      body: { purpose: "marketing", why: "a word that may have been an opt-out", message: unclear.sourceMessageId },
    });
  announceContact(tx, unclear.contactId, unclear.at);
}

/** It is clear now: by what the person wrote since, or by the member who asked them. False where nothing was unclear. */
export async function clarify(
  tx: Tx,
  ports: ContactPorts,
  clear: { readonly contactId: string; readonly wasOptOut: boolean; readonly byMemberId?: string | null },
): Promise<boolean> {
  const cleared = await tx.count(
    "update contact set clarifying_since = null, consent_epoch = consent_epoch + 1 where organisation_id = $1 and id = $2 and clarifying_since is not null",
    [tx.organisationId, clear.contactId],
  );
  if (cleared === 0) return false;
  await record(tx, ports, {
    type: "restriction.lifted",
    contactId: clear.contactId,
    body: { purpose: "marketing", wasOptOut: clear.wasOptOut, member: clear.byMemberId ?? null },
  });
  announceContact(tx, clear.contactId, ports.clock.now());
  return true;
}

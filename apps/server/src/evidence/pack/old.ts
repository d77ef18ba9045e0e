import type { Tx } from "@loket/database";
import { dropPack, packsFinishedBefore } from "@loket/evidence/ledger";
import { dayMs, minuteMs, plus } from "@loket/kit";
import type { Ports } from "../../ports.ts";
import { announcePack } from "./make.ts";

/** How long packs are kept where the organisation has not said. */
const defaultPackDays = 30;

/** How many days the organisation keeps packs (`settings.evidencePackDays`). */
export async function packDays(tx: Tx): Promise<number> {
  const row = await tx.one<{ days: number | null }>(
    "select (settings->>'evidencePackDays')::int as days from organisation where organisation_id = $1",
    [tx.organisationId],
  );
  return row?.days ?? defaultPackDays;
}

/** Deletes the files of packs whose days are over; that they were made stays. Run every hour or so. */
export async function dropOldPacks(ports: Ports): Promise<void> {
  const now = ports.clock.now();
  for (const { organisationId, id, finishedAt } of await packsFinishedBefore(ports.worker, plus(now, -dayMs))) {
    const key = await ports.worker.inOrganisation(organisationId, async (tx) => {
      if (finishedAt > now - (await packDays(tx)) * dayMs) return null;
      // While a letter demands that evidence be kept, nothing goes.
      const isHeld = await tx.one(
        "select 1 from demand where organisation_id = $1 and holds_evidence and closed_at is null limit 1",
        [organisationId],
      );
      if (isHeld) return null;
      announcePack(ports, tx, id);
      return dropPack(tx, id);
    });
    if (key) await ports.store.remove(key);
  }
}

export const dropEveryMs = 30 * minuteMs;

import { organisationsWithWaitingEntries, sequence } from "@loket/evidence/ledger";
import type { OrganisationId } from "@loket/kit";
import type { Ports } from "./ports.ts";

/** How long an entry waits for its place in the tree. */
const lookMs = 500;
const batchSize = 2_000;

export interface LedgerKeeper {
  /** Gives everything that waits in one organisation its place, now. */
  settle(organisationId: OrganisationId): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Gives entries their places in the tree, until stopped. Any number of processes may do so at once: the log of an
 * organisation is locked while one of them works on it.
 */
export function keepLedger(ports: Ports): LedgerKeeper {
  const stopping = new AbortController();

  async function settle(organisationId: OrganisationId): Promise<void> {
    for (let placed = batchSize; placed === batchSize; ) placed = await sequence(ports.worker, organisationId);
  }

  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        for (const organisationId of await organisationsWithWaitingEntries(ports.worker)) await settle(organisationId);
      } catch (error) {
        if (!stopping.signal.aborted)
          ports.log.warn({ error: String(error) }, "the ledger could not be kept; trying again");
      }
      await ports.clock.sleep(lookMs, stopping.signal);
    }
  })();

  return {
    settle,
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

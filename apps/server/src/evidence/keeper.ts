import type { Tx } from "@loket/database";
import {
  allLogs,
  type CheckpointOutcome,
  logsToSign,
  organisationsWithWaitingEntries,
  sequence,
  signCheckpoint,
} from "@loket/evidence/ledger";
import { hourMs, type OrganisationId } from "@loket/kit";
import type { Ports } from "../ports.ts";
import { addAnchorJobs, anchorLookMs } from "./anchor.ts";
import { dropEveryMs, dropOldPacks } from "./pack/old.ts";
import { keepSigner, type SignerKeeper } from "./signer.ts";

/** How long an entry waits for its place in the tree. */
const lookMs = 500;
const batchSize = 2_000;
/** How often every log is compared with what the signer remembers, whether it has grown or not. */
const compareEveryMs = hourMs;

export interface LedgerKeeper {
  readonly signer: SignerKeeper;
  /** Gives everything that waits in one organisation its place, now. */
  settle(organisationId: OrganisationId): Promise<void>;
  /** Gives places, and has the head of the log signed, now. `null` where no signer runs in this process. */
  checkpoint(organisationId: OrganisationId): Promise<CheckpointOutcome | null>;
  stop(): Promise<void>;
}

/**
 * Gives entries their places in the tree and has its head signed every minute in which it has grown, until stopped. Any
 * number of processes may give places at once: the log of an organisation is locked while one of them works on it. Only
 * one of them has the signer.
 */
export function keepLedger(ports: Ports, signerDir: string): LedgerKeeper {
  const stopping = new AbortController();
  const signer = keepSigner(ports, signerDir);
  const signing = new Map<OrganisationId, Promise<unknown>>();
  let compareDueMs = 0;
  signer.onStart(() => {
    compareDueMs = 0;
  });
  let dropDueMs = 0;
  let anchorDueMs = 0;

  async function settle(organisationId: OrganisationId): Promise<void> {
    for (let placed = batchSize; placed === batchSize; ) placed = await sequence(ports.worker, ports, organisationId);
  }

  /** One at a time per log: a proof starts from what was signed last. */
  function inTurn<T>(organisationId: OrganisationId, work: () => Promise<T>): Promise<T> {
    const mine = (signing.get(organisationId) ?? Promise.resolve()).then(work, work);
    signing.set(organisationId, mine);
    const forget = () => {
      if (signing.get(organisationId) === mine) signing.delete(organisationId);
    };
    mine.then(forget, forget);
    return mine;
  }

  function sign(organisationId: OrganisationId): Promise<CheckpointOutcome | null> {
    return inTurn(organisationId, async () => {
      const current = signer.current();
      if (current === null) return null;
      const outcome = await signCheckpoint(ports.worker, ports, current, organisationId, (tx, one) =>
        follow(ports, tx, one),
      );
      if (outcome.kind === "refused" && outcome.isNew)
        ports.log.error(
          { organisationId, ...outcome.refusal },
          "the evidence ledger is not the one that was signed: the database was rolled back or altered. Nothing is signed until somebody has looked",
        );
      return outcome;
    });
  }

  async function keep(): Promise<void> {
    if (ports.clock.monotonicMs() >= dropDueMs) {
      dropDueMs = ports.clock.monotonicMs() + dropEveryMs;
      await dropOldPacks(ports);
    }
    if (ports.clock.monotonicMs() >= anchorDueMs) {
      anchorDueMs = ports.clock.monotonicMs() + anchorLookMs;
      await addAnchorJobs(ports);
    }
    for (const organisationId of await organisationsWithWaitingEntries(ports.worker)) await settle(organisationId);
    if (signer.current() === null) return;
    const isTimeToCompare = ports.clock.monotonicMs() >= compareDueMs;
    if (isTimeToCompare) compareDueMs = ports.clock.monotonicMs() + compareEveryMs;
    const due = isTimeToCompare ? await allLogs(ports.worker) : await logsToSign(ports.worker, ports.clock.now());
    for (const organisationId of due) {
      if (stopping.signal.aborted) return;
      await sign(organisationId);
    }
  }

  const loop = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await keep();
      } catch (error) {
        if (!stopping.signal.aborted)
          ports.log.warn({ error: String(error) }, "the ledger could not be kept; trying again");
      }
      await ports.clock.sleep(lookMs, stopping.signal);
    }
  })();

  return {
    signer,
    settle,
    async checkpoint(organisationId) {
      await settle(organisationId);
      return sign(organisationId);
    },
    async stop() {
      stopping.abort();
      await loop;
      await Promise.allSettled(signing.values());
      await signer.stop();
    },
  };
}

/** What follows a new checkpoint or refusal, in its transaction: pages show it, and witnesses are asked. */
function follow(ports: Ports, tx: Tx, outcome: CheckpointOutcome): void {
  tx.emit({
    type: "standing.changed",
    inboxId: null,
    subject: { what: "checkpoint", subjectId: tx.organisationId },
    at: ports.clock.now(),
  });
  if (outcome.kind === "signed")
    tx.addJob("evidence.witness", {}, { key: `evidence.witness ${tx.organisationId}`, maxAttempts: 3 });
}

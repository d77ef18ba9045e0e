/**
 * The ledger in PostgreSQL: what happened is put on record in the transaction in which it happens.
 *
 *   write      record, recordAll            in the transaction of the cause
 *   order      sequence, organisationsWithWaitingEntries
 *   sign       signCheckpoint, logsToSign, allLogs, lookAgain
 *   lay down   addAnchor, readAnchors, withCosignatures, witnessedAt
 *   read       readEntries, subjectHandle, readLog, newestCheckpoint, readCheckpoints, tileReader, treeHead
 *   hand out   requestPack, takePack, tellPack, finishPack, failPack, dropPack, readPack, readPacks
 *   forget     eraseSubject                 contents go, proofs stay
 */
export type { JsonObject } from "../canonical.ts";
export type { EntryType, EvidenceClass } from "../entry-types.ts";
export { type Anchor, type AnchorKind, addAnchor, readAnchors, withCosignatures, witnessedAt } from "./anchors.ts";
export {
  allLogs,
  type CheckpointOutcome,
  type CheckpointSigner,
  countRefusals,
  fingerprintOfLine,
  type LogRefusal,
  type LogState,
  logsToSign,
  lookAgain,
  newestCheckpoint,
  readCheckpoints,
  readLog,
  type SignedCheckpoint,
  signCheckpoint,
} from "./checkpoints.ts";
export {
  dropPack,
  failPack,
  finishPack,
  type PackRow,
  type PackSubject,
  packsFinishedBefore,
  readPack,
  readPacks,
  requestPack,
  takePack,
  tellPack,
} from "./packs.ts";
export {
  type EntryQuery,
  eraseSubject,
  type KeptEntry,
  type LedgerPorts,
  logOf,
  type NewEntry,
  readEntries,
  record,
  recordAll,
  subjectHandle,
} from "./record.ts";
export { organisationsWithWaitingEntries, sequence, tileReader, treeHead } from "./sequence.ts";

/**
 * The ledger in PostgreSQL: what happened is put on record in the transaction in which it happens.
 *
 *   write      record                       in the transaction of the cause
 *   order      sequence, organisationsWithWaitingEntries
 *   read       readEntries, subjectHandle, tileReader, treeHead
 *   forget     eraseSubject                 contents go, proofs stay
 */
export type { JsonObject } from "../canonical.ts";
export type { EntryType, EvidenceClass } from "../entry-types.ts";
export {
  type EntryQuery,
  eraseSubject,
  type KeptEntry,
  type LedgerPorts,
  logOf,
  type NewEntry,
  readEntries,
  record,
  subjectHandle,
} from "./record.ts";
export { organisationsWithWaitingEntries, sequence, tileReader, treeHead } from "./sequence.ts";

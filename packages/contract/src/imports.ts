import { z } from "zod";
import { id, instant } from "./common.ts";

/** What a column of a list can say about a person and what they agreed to. */
export const importField = z.enum([
  "phone",
  "email",
  "name",
  "purpose",
  "channel",
  "topic",
  "obtainedAt",
  "method",
  "wordingVersion",
  "landingUrl",
  "landingVersion",
  "evidence",
  "language",
  "country",
  "birthDate",
]);
export type ImportField = z.infer<typeof importField>;

/** Which column (counted from 0) says what, and what holds for rows that do not say it. */
export const importMapping = z.object({
  columns: z.partialRecord(importField, z.number().int().min(0).max(500)),
  defaults: z.partialRecord(importField, z.string().trim().max(500)),
  /** How dates like 03/04/2026 are written. */
  dateOrder: z.enum(["dmy", "mdy"]).default("dmy"),
});
export type ImportMapping = z.infer<typeof importMapping>;

export const importReason = z.enum([
  "no-address",
  "unreadable-number",
  "unreadable-email",
  "no-instant",
  "unreadable-instant",
  "future-instant",
  "no-method",
  "no-wording",
  "no-proof",
  "unknown-purpose",
  "unknown-channel",
  "generated-numbers",
  "opted-out",
]);
export type ImportReason = z.infer<typeof importReason>;

export const consentImport = z.object({
  id,
  fileName: z.string(),
  /** SHA-256 of the file, in hex. */
  fileSha256: z.string(),
  state: z.enum(["mapping", "reading", "done", "failed"]),
  attestedBy: z.string().nullable(),
  attestation: z.string().nullable(),
  totalCount: z.number().int(),
  rowCount: z.number().int(),
  acceptedCount: z.number().int(),
  quarantinedCount: z.number().int(),
  suppressedCount: z.number().int(),
  discardedCount: z.number().int(),
  failure: z.string().nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});
export type ConsentImport = z.infer<typeof consentImport>;

/** While it waits for somebody to say which column is what. */
export const importDraft = z.object({
  columns: z.array(z.string()),
  guess: importMapping,
  /** The first rows, as they stand in the file. */
  preview: z.array(z.array(z.string())),
});
export const consentImportDetail = consentImport.extend({
  draft: importDraft.nullable(),
  mapping: importMapping.nullable(),
  /** How many rows wait for which reason. */
  reasons: z.array(z.object({ reason: importReason, count: z.number().int() })),
});
export type ConsentImportDetail = z.infer<typeof consentImportDetail>;

export const importStart = z.object({
  mapping: importMapping,
  /** In the member's own words: where the list comes from, and that these people agreed. */
  attestation: z.string().trim().min(20).max(2_000),
});

export const importRow = z.object({
  line: z.number().int(),
  state: z.enum(["accepted", "quarantined", "suppressed", "discarded"]),
  reasons: z.array(importReason),
  /** As it was read: per field what the row says. Empty where the person was erased. */
  values: z.partialRecord(importField, z.string()),
  contactId: id.nullable(),
});
export type ImportRow = z.infer<typeof importRow>;

/**
 * What is done about rows in quarantine: `fix` attaches what was missing and looks again, `discard` drops them, `admit`
 * takes the people in as contacts that must not be written to before there is proof.
 */
export const importRowsChange = z.object({
  act: z.enum(["fix", "discard", "admit"]),
  /** All rows in quarantine where absent. */
  lines: z.array(z.number().int()).min(1).max(500).optional(),
  /** Only those that wait for this reason. */
  reason: importReason.optional(),
  values: z.partialRecord(importField, z.string().trim().max(500)).optional(),
});
export const importRowsChanged = z.object({ changed: z.number().int(), accepted: z.number().int() });

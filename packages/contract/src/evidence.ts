import { z } from "zod";
import { id, instant, locale } from "./common.ts";

/** What can be in a pack. The organisation as a whole answers a demand to stop. */
export const packSubject = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("person"), id }),
  z.object({ kind: z.literal("message"), id }),
  z.object({ kind: z.literal("campaign"), id }),
  z.object({ kind: z.literal("sender"), id }),
  z.object({ kind: z.literal("organisation") }),
]);
export type PackSubject = z.infer<typeof packSubject>;

export const evidencePackCreate = z.object({
  subject: packSubject,
  since: instant.nullable().default(null),
  until: instant.nullable().default(null),
  locale,
  /** The letter it answers. */
  demandId: id.optional(),
});

export const packStep = z.enum(["waiting-for-signer", "sealing", "gathering", "writing", "packing", "checking"]);

export const evidencePack = z.object({
  id,
  subject: packSubject,
  /** Of whom or what, as it is called today; `null` where that is gone. */
  about: z.string().nullable(),
  locale,
  since: instant.nullable(),
  until: instant.nullable(),
  state: z.enum(["waiting", "working", "ready", "failed", "deleted"]),
  step: packStep.nullable(),
  done: z.number().int(),
  total: z.number().int(),
  sizeBytes: z.number().int().nullable(),
  /** Of the file, in hex. */
  sha256: z.string().nullable(),
  fileName: z.string(),
  failure: z.string().nullable(),
  requestedBy: z.string().nullable(),
  demandId: id.nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  /** When the file goes. */
  deletedAfter: instant.nullable(),
});
export type EvidencePack = z.infer<typeof evidencePack>;

export const evidenceEntry = z.object({
  id,
  type: z.string(),
  at: instant,
  position: z.number().int(),
  /** How the log calls the person. */
  subject: z.string().nullable(),
  contact: z.object({ id, name: z.string() }).nullable(),
  /** `null` where they were erased. */
  contents: z.record(z.string(), z.unknown()).nullable(),
  /** In base64url. */
  leafHash: z.string(),
});
export type EvidenceEntry = z.infer<typeof evidenceEntry>;

export const evidenceAnchor = z.object({
  id,
  kind: z.enum(["mail", "witness", "timestamp"]),
  place: z.string(),
  size: z.number().int(),
  at: instant,
});

export const evidenceWitness = z.object({
  id,
  url: z.string(),
  name: z.string(),
  fingerprint: z.string(),
  witnessedSize: z.number().int(),
  witnessedAt: instant.nullable(),
  failure: z.string().nullable(),
});
export type EvidenceWitness = z.infer<typeof evidenceWitness>;

/** Somebody else's log that this installation witnesses. */
export const witnessedLog = z.object({ origin: z.string(), fingerprint: z.string(), createdAt: instant });

/** What the ledger of an organisation holds, and how far it is out of reach of whoever runs the machine. */
export const evidenceSummary = z.object({
  origin: z.string(),
  entries: z.number().int(),
  /** On record, and not in the tree yet. */
  waiting: z.number().int(),
  /** Of today's key; `null` before the first signature. */
  fingerprint: z.string().nullable(),
  earlierFingerprints: z.array(z.string()),
  /** Today's key as a line, for others who are to witness this log. */
  logKey: z.string().nullable(),
  checkpoint: z.object({ size: z.number().int(), root: z.string(), at: instant, note: z.string() }).nullable(),
  refusal: z.object({ reason: z.string(), words: z.string(), size: z.number().int(), at: instant }).nullable(),
  /** Whether the signer runs; `null` where this process does not know. */
  signerRuns: z.boolean().nullable(),
  /** Entries that nobody outside has a checkpoint over yet could be rewritten: since when, and how many. */
  rewritable: z.object({ since: instant.nullable(), entries: z.number().int() }),
  anchors: z.array(evidenceAnchor),
  mail: z.object({ configured: z.boolean(), lastAt: instant.nullable(), failure: z.string().nullable() }),
  timestamp: z.object({ configured: z.boolean(), lastAt: instant.nullable(), failure: z.string().nullable() }),
  witnesses: z.array(evidenceWitness),
  witnessed: z.array(witnessedLog),
  packDays: z.number().int(),
  /** Our own key as a witness, for others to trust; `null` where no signer runs. */
  witnessKey: z.string().nullable(),
});
export type EvidenceSummary = z.infer<typeof evidenceSummary>;

export const witnessLook = z.object({ url: z.url({ protocol: /^https?$/ }).max(300) });
export const witnessOffer = z.object({ url: z.string(), name: z.string(), key: z.string(), fingerprint: z.string() });
export type WitnessOffer = z.infer<typeof witnessOffer>;
export const witnessAdd = witnessLook.extend({ key: z.string().max(400) });
export const witnessTrust = z.object({ key: z.string().trim().max(400) });

/** Between two installations. `checkpoint` comes back cosigned, or `null` with the size to prove from. */
export const cosignAsk = z.object({
  checkpoint: z.string().max(20_000),
  oldSize: z.number().int().min(0),
  proof: z.array(z.string().max(60)).max(64),
});
export const cosignAnswer = z.object({ checkpoint: z.string().nullable(), size: z.number().int() });
export const witnessSelf = z.object({ name: z.string(), key: z.string(), fingerprint: z.string() });

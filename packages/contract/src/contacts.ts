import { z } from "zod";
import { channel, id, instant, locale } from "./common.ts";
import { agreement, anyChannel, erasure, evidenceClass, purpose } from "./consents.ts";

export const address = z.object({
  id,
  channel,
  kind: z.enum(["phone", "user-id", "username", "email", "chat"]),
  value: z.string(),
  /** False for a number the person no longer has. */
  current: z.boolean(),
});

/** One entry of the history. */
export const consent = z.object({
  id,
  purpose,
  channel: anyChannel,
  topic: z.string().nullable(),
  action: z.enum(["requested", "granted", "confirmed", "withdrawn"]),
  method: z.string(),
  kind: z.enum(["express", "soft", "implied"]),
  /** A: the person's own message. B: two steps. C: one step, on record. D: from a list. */
  evidenceClass: evidenceClass.nullable(),
  wordingId: id.nullable(),
  wordingVersion: z.string().nullable(),
  landingUrl: z.string().nullable(),
  landingVersion: z.string().nullable(),
  evidence: z.string().nullable(),
  importId: id.nullable(),
  at: instant,
});
export const consentChange = z.object({
  purpose,
  channel: anyChannel,
  topic: z.string().trim().min(1).max(80).optional(),
  action: z.enum(["granted", "confirmed", "withdrawn"]),
  method: z.string().trim().min(1).max(80),
  /** A published wording; its version and page are then its own. */
  wordingId: id.optional(),
  wordingVersion: z.string().max(80).optional(),
  landingUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  landingVersion: z.string().max(120).optional(),
  evidence: z.string().max(500).optional(),
  at: instant.optional(),
});

export const suppression = z.object({
  id,
  scope: purpose.or(z.literal("all")),
  channel: z.string(),
  topic: z.string().nullable(),
  source: z.enum([
    "keyword",
    "button",
    "link",
    "agent",
    "complaint",
    "bounce",
    "block",
    "platform-preference",
    "law-request",
  ]),
  at: instant,
  liftedAt: instant.nullable(),
});
export const suppressionCreate = z.object({
  scope: purpose.or(z.literal("all")),
  channel: anyChannel,
  topic: z.string().trim().min(1).max(80).optional(),
  source: z.enum(["agent", "complaint", "block", "law-request"]).default("agent"),
});

export const contact = z.object({
  id,
  name: z.string(),
  locale: locale.nullable(),
  region: z.string().nullable(),
  addresses: z.array(address),
});
export type Contact = z.infer<typeof contact>;

export const contactDetail = contact.extend({
  consents: z.array(consent),
  suppressions: z.array(suppression),
  /** What holds today, worked out from both. */
  agreements: z.array(agreement),
  /** Since when it is unclear whether a word was an opt-out: marketing waits. */
  clarifyingSince: instant.nullable(),
  import: z.object({ id, fileName: z.string(), evidenceMissing: z.boolean() }).nullable(),
  erasure: erasure.nullable(),
  createdAt: instant,
  conversations: z.array(z.object({ id, state: z.string(), inboxId: id, lastMessageAt: instant.nullable() })),
});
export type ContactDetail = z.infer<typeof contactDetail>;

export const contactCreate = z.object({
  name: z.string().trim().min(1).max(120),
  locale: locale.optional(),
  phone: z.string().min(5).max(40).optional(),
  email: z.email().optional(),
});
export const contactChange = z.object({
  name: z.string().trim().min(1).max(120).optional(),
  locale: locale.nullable().optional(),
});

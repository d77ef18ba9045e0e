import { z } from "zod";
import { channel, id, instant, locale } from "./common.ts";

export const address = z.object({
  id,
  channel,
  kind: z.enum(["phone", "user-id", "username", "email", "chat"]),
  value: z.string(),
  /** False for a number the person no longer has. */
  current: z.boolean(),
});

export const consent = z.object({
  id,
  purpose: z.enum(["marketing", "transactional"]),
  channel: channel.or(z.literal("all")),
  action: z.enum(["granted", "confirmed", "withdrawn"]),
  method: z.string(),
  wordingVersion: z.string().nullable(),
  evidence: z.string().nullable(),
  at: instant,
});
export const consentChange = z.object({
  purpose: z.enum(["marketing", "transactional"]),
  channel: channel.or(z.literal("all")),
  action: z.enum(["granted", "confirmed", "withdrawn"]),
  method: z.string().trim().min(1).max(80),
  wordingVersion: z.string().max(80).optional(),
  evidence: z.string().max(500).optional(),
  at: instant.optional(),
});

export const suppression = z.object({
  id,
  scope: z.enum(["all", "marketing"]),
  channel: channel.or(z.literal("all")),
  source: z.enum(["keyword", "button", "link", "agent", "complaint", "bounce", "platform-preference", "law-request"]),
  at: instant,
  liftedAt: instant.nullable(),
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

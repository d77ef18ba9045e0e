import { z } from "zod";
import { channel, id, instant, locale } from "./common.ts";

export const role = z.enum(["owner", "admin", "supervisor", "agent", "editor", "auditor"]);
export type Role = z.infer<typeof role>;

export const organisation = z.object({
  id,
  name: z.string(),
  kind: z.enum(["business", "agency"]),
  locale,
  timeZone: z.string(),
});

/** Who is signed in, and where they may work. `organisation` is the one this request spoke for. */
export const me = z.object({
  person: z.object({ id, name: z.string(), email: z.string(), twoFactorEnabled: z.boolean() }).nullable(),
  memberships: z.array(z.object({ memberId: id, role, organisation })),
  organisation: organisation.nullable(),
  memberId: id.nullable(),
  role: role.nullable(),
  permissions: z.array(z.string()),
});
export type Me = z.infer<typeof me>;

export const member = z.object({
  id,
  name: z.string(),
  email: z.string(),
  role,
  teamIds: z.array(id),
  active: z.boolean(),
});
export type Member = z.infer<typeof member>;
export const memberInvite = z.object({
  name: z.string().trim().min(1).max(120),
  email: z.email(),
  role,
  password: z.string().min(8).max(256),
});
export const memberChange = z.object({
  role: role.optional(),
  active: z.boolean().optional(),
  name: z.string().trim().min(1).max(120).optional(),
});

export const team = z.object({ id, name: z.string(), memberIds: z.array(id) });
export const teamChange = z.object({
  name: z.string().trim().min(1).max(80),
  memberIds: z.array(id).max(500).default([]),
});

export const inbox = z.object({ id, name: z.string(), teamIds: z.array(id) });
export type Inbox = z.infer<typeof inbox>;
export const inboxChange = z.object({
  name: z.string().trim().min(1).max(80),
  teamIds: z.array(id).max(100).default([]),
});

export const sender = z.object({
  id,
  channel,
  inboxId: id,
  name: z.string(),
  /** What the customer sees: a phone number in international form, a mailbox. */
  address: z.string(),
  state: z.enum(["connected", "attention", "disconnected"]),
  stateReason: z.string().nullable(),
  quality: z.enum(["GREEN", "YELLOW", "RED", "UNKNOWN"]),
  messagesPerSecond: z.number(),
  webhookUrl: z.string(),
  /** People a day outside their windows; `null` is unlimited. */
  limit: z.number().nullable(),
  restrictions: z.array(z.object({ restriction: z.string(), until: instant.nullable() })),
  disabled: z.boolean(),
  /** What people here stopped this sender from doing, and why. */
  stopped: z.enum(["marketing", "business-initiated", "all"]).nullable(),
  stopReason: z.string().nullable(),
});
export type Sender = z.infer<typeof sender>;

/** Connects a WhatsApp Business number: what is asked for is on the app's page in the platform's dashboard. */
export const senderConnect = z.object({
  channel: z.literal("whatsapp"),
  inboxId: id,
  phoneNumberId: z.string().regex(/^\d{5,20}$/, "The phone number id is the long number in the platform's dashboard."),
  accountId: z
    .string()
    .regex(/^\d{5,20}$/, "The WhatsApp Business Account id is the long number in the platform's dashboard."),
  accessToken: z.string().min(8).max(2_000),
  appSecret: z.string().min(8).max(200),
  graphUrl: z.url().optional(),
});

export const apiToken = z.object({
  id,
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  expiresAt: instant.nullable(),
});
export const apiTokenCreate = z.object({
  name: z.string().trim().min(1).max(80),
  scopes: z.array(z.string().max(60)).min(1).max(40),
  expiresAt: instant.optional(),
});
/** The secret is shown once, here; only its hash is kept. */
export const apiTokenCreated = apiToken.extend({ secret: z.string() });

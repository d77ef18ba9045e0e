import { z } from "zod";
import { channel, id, instant, locale } from "./common.ts";

export const purpose = z.enum(["marketing", "transactional", "service", "survey", "sales-call"]);
export type Purpose = z.infer<typeof purpose>;
export const anyChannel = channel.or(z.literal("all"));
export const evidenceClass = z.enum(["A", "B", "C", "D"]);
const sentence = (most: number) => z.string().trim().min(1).max(most);

/** Words people agree to. Never edited: other words are another version. */
export const wording = z.object({
  id,
  version: z.string(),
  language: z.string(),
  text: z.string(),
  purpose,
  channels: z.array(z.string()),
  namesBusiness: z.boolean(),
  namesChannel: z.boolean(),
  landingUrl: z.string().nullable(),
  /** Digest of the page as it stood when this was published. */
  landingVersion: z.string().nullable(),
  publishedAt: instant,
});
export type Wording = z.infer<typeof wording>;

export const wordingCreate = z.object({
  version: sentence(80),
  language: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]+)*$/),
  text: sentence(1_000),
  purpose,
  channels: z.array(anyChannel).min(1).max(5),
  namesBusiness: z.boolean(),
  namesChannel: z.boolean(),
  landingUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  /** Without it the page is fetched and its digest taken. */
  landingVersion: sentence(120).optional(),
});

/** What holds today for one purpose, channel and topic; worked out from the history. */
export const agreement = z.object({
  purpose: purpose.or(z.literal("all")),
  channel: z.string(),
  topic: z.string().nullable(),
  state: z.enum(["asked", "agreed", "confirmed", "withdrawn", "stopped"]),
  since: instant,
  /** How it was said; for `stopped` where the stop came from. */
  method: z.string(),
  kind: z.enum(["express", "soft", "implied"]).nullable(),
  evidenceClass: evidenceClass.nullable(),
  wordingId: id.nullable(),
  wordingVersion: z.string().nullable(),
  consentId: id.nullable(),
  suppressionId: id.nullable(),
});
export type Agreement = z.infer<typeof agreement>;

/** The question for consent, put to the person in a conversation. */
export const consentQuestion = z.object({
  clientId: sentence(80),
  wordingId: id,
  topic: sentence(80).optional(),
  version: z.number().int().optional(),
});

/** A word that may have been an opt-out: was it one? */
export const clarification = z.discriminatedUnion("meant", [
  z.object({ meant: z.literal("no-opt-out") }),
  z.object({ meant: z.literal("opt-out"), scope: z.enum(["all", "marketing"]), channel: anyChannel }),
]);

export const consentSettings = z.object({
  /** One short message after an opt-out that it was heard, and how to come back. */
  confirmOptOuts: z.boolean(),
});

/** A page for one person, without account. Whoever has the address can use it, until it ends. */
export const personLink = z.object({ url: z.string(), expiresAt: instant });
export const personLinkCreate = z.object({
  days: z.number().int().min(1).max(90).default(30),
  locale: locale.optional(),
});

export const erasure = z.object({
  id,
  contactId: id,
  requestedBy: z.enum(["person", "member"]),
  /** `held` while a demand keeps evidence from being deleted. */
  state: z.enum(["waiting", "held", "done"]),
  /** What went, as counts per kind; known once it is done. */
  removed: z.record(z.string(), z.number()).nullable(),
  createdAt: instant,
  executedAt: instant.nullable(),
});
export type Erasure = z.infer<typeof erasure>;

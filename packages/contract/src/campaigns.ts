import { z } from "zod";
import { id, instant, pageQuery, verdict } from "./common.ts";
import { failure } from "./conversations.ts";

/**
 * draft → freezing → running ⇄ paused → done, or cancelled from anywhere before the end. While `freezing` the audience is
 * written down, one row per person; the first rows may already leave.
 */
export const campaignState = z.enum(["draft", "freezing", "running", "paused", "done", "cancelled"]);
export type CampaignState = z.infer<typeof campaignState>;

/** Why a campaign stands still. All but `member` are brakes that Loket pulls by itself. */
export const campaignBrake = z.enum([
  "member",
  /** Too many of the last messages failed or were refused. */
  "failures",
  "template",
  "quality",
  "restriction",
  "payment",
  "sender",
]);
export type CampaignBrake = z.infer<typeof campaignBrake>;

export const campaignKind = z.enum(["newsletter", "marketing", "survey", "transactional"]);

/** Who is to get it. Consent is no part of the choice: it is judged for every person, here and again at hand-over. */
export const audience = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("filter"),
    /** Two-letter codes (ISO 639-1, ISO 3166-1); a person whose language or country is not known is left out by them. */
    language: z
      .string()
      .regex(/^[a-z]{2}$/)
      .optional(),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    /** Who came with this list. */
    importId: id.optional(),
    /** Who wrote to this sender at least once. */
    hasWritten: z.boolean().optional(),
  }),
  z.object({ kind: z.literal("contacts"), contactIds: z.array(id).min(1).max(10_000) }),
]);
export type Audience = z.infer<typeof audience>;

/**
 * An approved template. A text parameter may hold `{{name}}` (the person's name as it is known) with words for where it
 * is not: `{{name|dear reader}}`.
 */
export const campaignTemplate = z.object({
  name: z.string().min(1).max(512),
  language: z.object({ code: z.string().min(2).max(20) }),
  components: z.array(z.record(z.string(), z.unknown())).max(20).optional(),
});

const campaignFields = {
  name: z.string().trim().min(1).max(120),
  senderId: id,
  kind: campaignKind,
  template: campaignTemplate,
  audience,
  /** Nothing leaves before this; `null`: when it is started. */
  startsAt: instant.nullable(),
  /** Nothing leaves after this, whatever remains: old news is no news. */
  expiresAt: instant,
  /** How many go first; the rest follows when nothing speaks against it. 0: all at once. */
  canaryCount: z.number().int().min(0).max(10_000),
};
export const campaignCreate = z.object({
  ...campaignFields,
  startsAt: campaignFields.startsAt.default(null),
  canaryCount: campaignFields.canaryCount.default(0),
});
export const campaignChange = z.object(campaignFields).partial();

/** Counted from the rows, never kept apart. Every person of the audience is in exactly one of these, except `delivered` and `read`, which are parts of `accepted`. */
export const campaignProgress = z.object({
  /** Of the audience when it was started; estimated before. */
  audience: z.number().int(),
  /** Not written down yet. */
  toFreeze: z.number().int(),
  waiting: z.number().int(),
  held: z.number().int(),
  underWay: z.number().int(),
  uncertain: z.number().int(),
  accepted: z.number().int(),
  delivered: z.number().int(),
  read: z.number().int(),
  /** Taken by the platform, and then not brought to the person. */
  failed: z.number().int(),
  /** The terms book or the platform said no. */
  refused: z.number().int(),
  expired: z.number().int(),
  cancelled: z.number().int(),
  /** There was no way to reach them over this channel. */
  excluded: z.number().int(),
  /** Hand-overs in the last minute. */
  perMinute: z.number().int(),
  /** When it will be through at the pace of the last minute; `null` where that cannot be said. */
  endsAt: instant.nullable(),
});
export type CampaignProgress = z.infer<typeof campaignProgress>;

export const campaign = z.object({
  id,
  name: campaignFields.name,
  senderId: id,
  kind: campaignKind,
  template: campaignTemplate,
  audience,
  state: campaignState,
  /** Why it is paused, and in a sentence what has to happen; `null` where it is not. */
  brake: campaignBrake.nullable(),
  brakeWords: z.string().nullable(),
  /** It goes on by itself then: a limit of the platform is used up. */
  waitsUntil: instant.nullable(),
  waitsWords: z.string().nullable(),
  canaryCount: z.number().int(),
  /** The first few are out, and the rest waits for what becomes of them. */
  inCanary: z.boolean(),
  startsAt: instant.nullable(),
  expiresAt: instant,
  /** Members besides the author who said that it may go. */
  approvals: z.array(z.object({ memberId: id, name: z.string() })),
  createdBy: z.object({ memberId: id.nullable(), name: z.string() }),
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  progress: campaignProgress,
});
export type Campaign = z.infer<typeof campaign>;

export const campaignForecast = z.object({
  /** People the audience holds. */
  audience: z.number().int(),
  /** How many of them were judged. Where that is fewer, the counts below are scaled to the whole. */
  judged: z.number().int(),
  willGo: z.number().int(),
  held: z.number().int(),
  refused: z.number().int(),
  /** Without an address on this channel. */
  unreachable: z.number().int(),
  /** What speaks against sending, most people first. One person may be under several. */
  reasons: z.array(
    z.object({
      ruleId: z.string(),
      title: z.string(),
      explanation: z.string(),
      outcome: z.enum(["change", "hold", "refuse"]),
      count: z.number().int(),
    }),
  ),
  /** How long it takes from start to end, by what sets the pace. */
  durationSeconds: z.number().int(),
  pace: z.object({
    setBy: z.enum(["throughput", "portfolio-limit"]),
    messagesPerSecond: z.number().int(),
    /** New people per moving 24 hours; `null` where there is no limit. */
    peoplePerDay: z.number().int().nullable(),
  }),
  /** What is wrong with the template itself, whoever it goes to; an empty list where nothing is. */
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
});
export type CampaignForecast = z.infer<typeof campaignForecast>;

export const deliveryState = z.enum([
  "queued",
  "held",
  "handing-over",
  "uncertain",
  "accepted",
  "refused",
  "expired",
  "cancelled",
]);

/** One message to one person, with what became of it and why. */
export const delivery = z.object({
  id,
  campaignId: id.nullable(),
  contact: z.object({ id, name: z.string() }),
  /** `excluded`: there was nowhere to send it. */
  state: deliveryState.or(z.literal("excluded")),
  /** What the platform said after it took it. */
  reached: z.enum(["sent", "delivered", "read", "failed"]).nullable(),
  notBefore: instant.nullable(),
  failure: failure.nullable(),
  /** Of the terms book, where that said no or not yet. */
  verdict: verdict.nullable(),
  providerId: z.string().nullable(),
  settledAt: instant.nullable(),
});
export type Delivery = z.infer<typeof delivery>;

export const campaignQuery = pageQuery.extend({ state: campaignState.optional() });
export const deliveryQuery = pageQuery.extend({
  state: delivery.shape.state.optional(),
  reached: z.enum(["sent", "delivered", "read", "failed"]).optional(),
  /** A rule of the terms book, or the code of a failure. */
  reason: z.string().max(120).optional(),
});

/** Why people of a campaign did not get it, most first. */
export const campaignReason = z.object({
  /** A rule of the terms book, or the platform's code. */
  reason: z.string(),
  title: z.string(),
  /** The same in a sentence, with what can be done. */
  explanation: z.string(),
  /** Whose no it was. */
  by: z.enum(["terms-book", "platform", "loket"]),
  state: delivery.shape.state,
  count: z.number().int(),
});
export type CampaignReason = z.infer<typeof campaignReason>;

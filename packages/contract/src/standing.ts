import { z } from "zod";
import { id, instant } from "./common.ts";
import { sender } from "./organisations.ts";

/** What to do next, as a code screens have words for; `value` is shown in them. */
export const standingStep = z.object({
  code: z.enum([
    "sender-disabled",
    "sender-restricted",
    "sender-stopped",
    "sender-disconnected",
    "quality-red",
    "quality-yellow",
    "limit-nearly-used",
    "templates-paused",
    "templates-rejected",
    "fields-missing",
    "fields-elsewhere",
    "stops-high",
    "stops-rising",
    "undeliverable-high",
    "replies-low",
    "evidence-weak",
    "sent-after-opt-out",
    "opt-out-slow",
    "contract-open",
    "rules-stale",
    "claims-block",
    "claims-unchecked",
    "demand-open",
    "consent-unclear",
  ]),
  level: z.enum(["act", "watch"]),
  value: z.string().nullable(),
});
export type StandingStep = z.infer<typeof standingStep>;

const perDay = z.array(z.object({ day: z.string(), count: z.number().int() }));

export const senderStanding = z.object({
  sender,
  level: z.enum(["good", "watch", "act"]),
  steps: z.array(standingStep),
  /** Changes of the last 90 days, newest first. */
  changes: z.array(
    z.object({
      subject: z.string(),
      field: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      reason: z.string().nullable(),
      at: instant,
    }),
  ),
  limit: z.object({ used: z.number().int(), limit: z.number().int().nullable(), freesAt: instant.nullable() }),
  templates: z.object({
    approved: z.number().int(),
    pending: z.number().int(),
    paused: z.number().int(),
    rejected: z.number().int(),
    worst: z.array(z.object({ name: z.string(), language: z.string(), status: z.string(), quality: z.string() })),
  }),
  /** Messages we began, per day. */
  sent: perDay,
  /** Stops by word, button, link, complaint, block or in the app, per day. */
  stops: perDay,
  stopSources: z.array(z.object({ source: z.string(), count: z.number().int() })),
  /** Shares of the last seven days; `null` where too few messages went to say. */
  stopShare: z.number().nullable(),
  replyShare: z.number().nullable(),
  undeliverableShare: z.number().nullable(),
  /** From what the person did to when it held here. */
  optOutMs: z.object({ count: z.number().int(), median: z.number().nullable(), worst: z.number().nullable() }),
  sentAfterOptOut: z.number().int(),
  /** Of the messages we began in 30 days, by the class of the consent they rested on. */
  evidence: z.object({
    A: z.number().int(),
    B: z.number().int(),
    C: z.number().int(),
    D: z.number().int(),
    none: z.number().int(),
  }),
  fieldsMissing: z.array(z.string()).nullable(),
  fieldsCheckedAt: instant.nullable(),
});
export type SenderStanding = z.infer<typeof senderStanding>;

export const standingReport = z.object({
  asOf: instant,
  level: z.enum(["good", "watch", "act"]),
  steps: z.array(standingStep),
  senders: z.array(senderStanding),
  rules: z.object({
    inForce: z.number().int(),
    stale: z.number().int(),
    goingStale: z.number().int(),
    newest: z.string(),
  }),
  /** What the terms book says of contracts and practices, as the organisation describes them. */
  setup: z.array(
    z.object({
      id: z.string(),
      outcome: z.enum(["change", "hold", "refuse"]),
      title: z.string(),
      explanation: z.string(),
    }),
  ),
  claims: z.object({ checkedAt: instant.nullable(), block: z.number().int(), warn: z.number().int() }),
  openDemands: z.number().int(),
  unclear: z.number().int(),
  refusedThisWeek: z.number().int(),
  heldNow: z.number().int(),
});
export type StandingReport = z.infer<typeof standingReport>;

/** What an organisation says about itself, which the terms book asks. */
export const profile = z.object({
  goods: z.array(z.string().max(60)).max(40),
  gamblingPermitted: z.boolean(),
  lowConfidence: z.enum(["as-written", "hold-for-review"]),
  termsAccepted: z.boolean(),
  accountShared: z.boolean(),
  techProvider: z.boolean(),
  chargesForWhatsApp: z.boolean(),
  resaleAgreement: z.boolean(),
  usesWhatsAppBrand: z.boolean(),
  /** An agreement with the platform about processing personal data is on file. */
  processorContract: z.boolean(),
  /** People are told what becomes of their data where they give them. */
  informsAtCollection: z.boolean(),
  practices: z.array(z.string().max(60)).max(40),
});
export type StandingProfile = z.infer<typeof profile>;

export const claimHit = z.object({
  ruleId: z.string(),
  severity: z.enum(["block", "warn", "note"]),
  sentence: z.string(),
  title: z.string(),
  explanation: z.string(),
  sayInstead: z.string(),
  clause: z.string(),
  since: z.string().nullable(),
  /** Why it does not count: negated, quoted, or in a page that forbids it. */
  ignored: z.string().nullable(),
  firstSeen: instant,
});
export const claimsCheck = z.object({
  id,
  source: z.string(),
  at: instant,
  by: z.string().nullable(),
  block: z.number().int(),
  warn: z.number().int(),
  hits: z.array(claimHit),
});
export type ClaimsCheck = z.infer<typeof claimsCheck>;
export const claimsCheckCreate = z.object({
  /** What the text is from: an address or a name. */
  source: z.string().trim().min(1).max(300),
  text: z.string().min(1).max(500_000),
  html: z.boolean().default(false),
  /** `legal`: terms that name what they forbid; `comparison`: a table about others. */
  kind: z.enum(["legal", "comparison", "other"]).default("other"),
});

export const demandSteps = ["stop", "inventory", "claims", "pack", "answer", "migrate"] as const;
export const demand = z.object({
  id,
  fromName: z.string(),
  receivedAt: instant,
  answerDueAt: instant.nullable(),
  allegations: z.array(z.string()),
  senderIds: z.array(id),
  stopped: z.enum(["marketing", "business-initiated", "all"]).nullable(),
  holdsEvidence: z.boolean(),
  /** Done when, by whom. */
  steps: z.partialRecord(z.enum(demandSteps), z.object({ at: instant, by: z.string() })),
  createdAt: instant,
  closedAt: instant.nullable(),
});
export type Demand = z.infer<typeof demand>;
export const demandCreate = z.object({
  fromName: z.string().trim().min(1).max(200),
  receivedAt: instant,
  answerDueAt: instant.nullable().default(null),
  allegations: z.array(z.string().trim().min(1).max(2_000)).max(50).default([]),
  senderIds: z.array(id).max(200).default([]),
  stopped: z.enum(["marketing", "business-initiated", "all"]).nullable().default(null),
});

/** Who could still be reached if this channel were lost tomorrow. */
export const reachable = z.object({
  people: z.number().int(),
  byChannel: z.array(z.object({ channel: z.string(), people: z.number().int(), agreed: z.number().int() })),
  nowhereElse: z.number().int(),
  contacts: z.array(z.object({ id, name: z.string(), channel: z.string(), address: z.string(), agreed: z.boolean() })),
});
export type Reachable = z.infer<typeof reachable>;

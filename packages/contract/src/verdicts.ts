import { z } from "zod";
import { id, instant } from "./common.ts";

/** Ask before sending. Without `facts` they are gathered for `request.contactId`; with them the judgement is pure. */
export const verdictAsk = z.object({
  request: z.looseObject({ contactId: id.optional(), senderId: id.optional() }),
  facts: z.record(z.string(), z.unknown()).optional(),
  at: instant.optional(),
});

const outcome = z.enum(["allow", "change", "hold", "refuse"]);

const ruleVersion = z.object({
  /** `YYYY-MM-DD`, or `always`. */
  from: z.string(),
  to: z.string().nullable(),
  /** What it does when it speaks; `allow` is an exception others rest on, `note` never stops anything. */
  verdict: outcome.or(z.literal("note")),
  clause: z.string(),
  sources: z.array(z.string()),
  confidence: z.enum(["high", "low"]),
  /** When somebody last compared it with its sources. */
  reviewed: z.string(),
});

export const rule = z.object({
  id: z.string(),
  title: z.string(),
  explanation: z.string(),
  /** First two parts of the id: `whatsapp.cloud`, `nl.tw117`. */
  section: z.string(),
  clause: z.string(),
  source: z.array(z.string()),
  confidence: z.enum(["high", "medium", "low"]),
  verdict: outcome.or(z.literal("note")),
  inForce: z.boolean(),
  /** Two people of the organisation may set it aside. */
  overridable: z.boolean(),
  reviewed: z.string(),
  isStale: z.boolean(),
  appliesTo: z.object({
    channel: z.array(z.string()).nullable(),
    transport: z.array(z.string()).nullable(),
    payload: z.array(z.string()).nullable(),
    kind: z.array(z.string()).nullable(),
    /** Where the person may live: ISO 3166 codes, EEA, or unknown. */
    region: z.array(z.string()).nullable(),
  }),
  specialises: z.array(z.string()),
  remedies: z.array(z.object({ id: z.string(), label: z.string() })),
  versions: z.array(ruleVersion),
  /** How often it decided or held something here in the last 30 days. */
  firedCount: z.number().int().nullable(),
});
export type RuleDescribed = z.infer<typeof rule>;

/** One kept judgement: what was asked, what was known, what the book said. */
export const decision = z.object({
  id,
  at: instant,
  stage: z.enum(["compose", "enqueue", "hand-over", "import"]),
  outcome,
  until: z.string().nullable(),
  contact: z.object({ id, name: z.string() }).nullable(),
  senderId: id.nullable(),
  kind: z.string(),
  rules: z.array(z.object({ id: z.string(), outcome, title: z.string(), explanation: z.string() })),
  bookVersion: z.string(),
  /** SHA-256 of the request as it was judged, in hex. */
  requestDigest: z.string(),
  /** What rules that only watch would have made of it, where that is something else. */
  shadow: z.object({ outcome, rules: z.array(z.string()) }).nullable(),
});
export type Decision = z.infer<typeof decision>;

export const decisionDetail = decision.extend({
  request: z.record(z.string(), z.unknown()),
  facts: z.record(z.string(), z.unknown()),
});

const minutes = z.number().int().min(0).max(1_440);
export const ownRuleSettings = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("quiet-hours"),
    settings: z.object({
      /** Minutes since midnight where the person is, between which we may write first. */
      permittedFrom: minutes,
      permittedTo: minutes,
      days: z
        .array(z.enum(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]))
        .min(1)
        .optional(),
    }),
  }),
  z.object({
    kind: z.literal("frequency-cap"),
    settings: z.object({ messages: z.number().int().min(1).max(100), days: z.number().int().min(1).max(365) }),
  }),
  z.object({
    kind: z.literal("forbidden-words"),
    settings: z.object({ words: z.array(z.string().trim().min(1).max(80)).min(1).max(500) }),
  }),
  z.object({
    kind: z.literal("second-pair-of-eyes"),
    settings: z.object({ above: z.number().int().min(0).max(10_000_000) }),
  }),
]);

const ownRuleFacts = {
  id,
  state: z.enum(["shadow", "active", "ended"]),
  createdAt: instant,
  createdBy: z.string().nullable(),
  endedAt: instant.nullable(),
};
export const ownRule = z.intersection(ownRuleSettings, z.object(ownRuleFacts));
export type OwnRule = z.infer<typeof ownRule>;
export const ownRuleCreate = z.intersection(ownRuleSettings, z.object({ state: z.enum(["shadow", "active"]) }));

export const override = z.object({
  id,
  ruleId: z.string(),
  ruleTitle: z.string(),
  contact: z.object({ id, name: z.string() }).nullable(),
  reason: z.string(),
  requestedBy: z.string(),
  requestedAt: instant,
  /** `null` while nobody has decided. */
  granted: z.boolean().nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: instant.nullable(),
  expiresAt: instant,
  usedCount: z.number().int(),
  /** Whether whoever reads this may decide it: never the one who asked. */
  mayDecide: z.boolean(),
});
export type Override = z.infer<typeof override>;
export const overrideRequest = z.object({
  ruleId: z.string().max(120),
  contactId: id.optional(),
  reason: z.string().trim().min(10).max(1_000),
  hours: z.number().int().min(1).max(168).default(24),
});

/** Judgements of a time made again with other rules, to see what would have changed. Without effect. */
export const shadowRun = z.object({
  id,
  what: z.record(z.string(), z.unknown()),
  since: instant,
  until: instant,
  state: z.enum(["waiting", "running", "done", "failed"]),
  judged: z.number().int(),
  total: z.number().int(),
  changed: z.number().int(),
  findings: z.array(
    z.object({
      decisionId: id,
      at: instant,
      contact: z.object({ id, name: z.string() }).nullable(),
      before: outcome,
      after: outcome,
      rules: z.array(z.string()),
    }),
  ),
  failure: z.string().nullable(),
  createdAt: instant,
  finishedAt: instant.nullable(),
});
export type ShadowRun = z.infer<typeof shadowRun>;
/** An own rule to try, or the terms book that is installed now against the one of that time. */
export const shadowRunCreate = z.object({
  rule: ownRuleSettings.optional(),
  days: z.number().int().min(1).max(92).default(30),
});

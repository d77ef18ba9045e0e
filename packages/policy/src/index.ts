export * from "./facts.ts";
export * from "./request.ts";
export type { AppliesTo, Effect, Locale, RemedyId, Rule, RuleId, RuleVersion } from "./rule.ts";
export type * from "./verdict.ts";

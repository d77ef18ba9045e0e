export type { Book, RuleInForce } from "./book.ts";
export { createBook } from "./book.ts";
export type { DecideOptions } from "./case.ts";
export type * from "./facts.ts";
export * from "./request.ts";
export type { AppliesTo, Effect, Locale, RemedyId, Rule, RuleId, RuleVersion, Words } from "./rule.ts";
export { bookVersion, decide, ruleById, rulesInForce } from "./terms-book.ts";
export type * from "./verdict.ts";

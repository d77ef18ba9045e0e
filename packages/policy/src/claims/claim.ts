import type { Instant } from "@loket/kit";
import type { Locale, Words } from "../rule.ts";

/** `block`: has to go before sending is switched on. `warn`: better rewritten. `note`: may stay, marked for what it is. */
export type ClaimSeverity = "block" | "warn" | "note";

/** Stable for ever, as ids of rules are. */
export type ClaimRuleId = string;

/**
 * Key parts that stand in one sentence, in any order. A part lists phrases with `|` between them. In a phrase `*` stands
 * for the rest of a word, `~` for up to three words and `~~` for up to eight. Case, accents and hyphens do not count.
 */
export type ClaimPattern = readonly string[];

/** Something a business should not say about itself in public, since others may rely on it. */
export interface ClaimRule {
  readonly id: ClaimRuleId;
  readonly severity: ClaimSeverity;
  /** For whom it is worse: then it has to go. */
  readonly blocksFor?: (claimant: Claimant) => boolean;
  readonly title: Words;
  /** One sentence: what the claim shows, and why that matters. */
  readonly explanation: Words;
  readonly sayInstead: Words;
  readonly patterns: { readonly [locale in Locale]: readonly ClaimPattern[] };
  /** With one of these in the sentence it says something else, which is fine. */
  readonly unless?: readonly ClaimPattern[];
  /** Phrases that hold a key part and mean something else; what is in them is not counted. */
  readonly harmless?: string;
  /** Names that folding would take apart, looked for in the sentence as it is written. */
  readonly names?: readonly RegExp[];
  /** `YYYY-MM-DD`, 00:00 UTC, inclusive. `null`: always. */
  readonly since: string | null;
  readonly clause: string;
  readonly sources: readonly string[];
  /** `YYYY-MM-DD`: when a person last compared the rule with its sources. */
  readonly reviewed: string;
  readonly confidence: "high" | "low";
}

/** Who makes the claims. Absent: nobody knows. */
export interface Claimant {
  readonly isTechProvider?: boolean;
  readonly hasResaleRight?: boolean;
  /** Stands in Meta's public list of partners. */
  readonly isListedPartner?: boolean;
}

export interface ClaimOptions extends Claimant {
  readonly at: Instant;
  /** Language of the suggested wording. Absent: the one in which the claim was made. All languages are always read. */
  readonly locale?: Locale;
  /** Address or name of the page, handed back with each hit. */
  readonly page?: string;
  /** `legal`: terms and rules of use, which name what they forbid. `comparison`: a table about others. */
  readonly pageKind?: "legal" | "comparison" | "other";
}

/**
 * Why a hit does not count. `negated`: the sentence says that it is not so. `quoted`: other people's words, held up or
 * warned of. `forbidden`: the page forbids it to its readers.
 */
export type IgnoredBecause = "negated" | "quoted" | "forbidden";

export interface ClaimHit {
  readonly rule: ClaimRuleId;
  readonly severity: ClaimSeverity;
  readonly page: string | null;
  /** As it stands in the text, which holds it at `offset` (in UTF-16 units). */
  readonly sentence: string;
  readonly offset: number;
  readonly clause: string;
  /** From which day the rule holds; `null`: always. */
  readonly since: string | null;
  readonly sayInstead: string;
  /** An ignored hit stays in the list, so that a person can see what was passed over and why. */
  readonly ignored: IgnoredBecause | null;
}

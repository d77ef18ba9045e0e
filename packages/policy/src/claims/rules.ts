import type { ClaimRule, ClaimRuleId } from "./claim.ts";
import { consentClaims } from "./consent-claims.ts";
import { promiseClaims } from "./promise-claims.ts";
import { roadClaims } from "./road-claims.ts";
import { statusClaims } from "./status-claims.ts";

/** Stands beside claims in other people's words; by itself it looks for nothing. */
export const quotationRule: ClaimRule = {
  id: "claims.competitor-quote",
  severity: "note",
  title: { en: "Somebody else's words", nl: "Woorden van een ander", de: "Fremde Worte" },
  explanation: {
    en: "The claim stands in a quotation or a comparison and so is somebody else's; it may stay if everybody can see that.",
    nl: "De bewering staat in een citaat of een vergelijking en is dus van een ander; die mag blijven als iedereen dat kan zien.",
    de: "Die Aussage steht in einem Zitat oder Vergleich und stammt also von anderen; sie darf bleiben, wenn das alle sehen können.",
  },
  sayInstead: {
    en: "Keep it, and mark it as a quotation with its source.",
    nl: "Laat het staan, en maak het herkenbaar als citaat met bron.",
    de: "Lassen Sie es stehen, und kennzeichnen Sie es als Zitat mit Quelle.",
  },
  patterns: { en: [], nl: [], de: [] },
  since: null,
  clause: "product choice",
  sources: ["Product choice"],
  reviewed: "2026-11-22",
  confidence: "high",
};

/** Everything that is looked for, in the order in which hits of one sentence are told. */
export const claimRules: readonly ClaimRule[] = [
  ...roadClaims,
  ...consentClaims,
  ...statusClaims,
  ...promiseClaims,
  quotationRule,
];

const byId: ReadonlyMap<string, ClaimRule> = new Map(claimRules.map((rule) => [rule.id, rule]));

export function claimRuleById(id: ClaimRuleId): ClaimRule | null {
  return byId.get(id) ?? null;
}

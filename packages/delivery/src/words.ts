import { type RemedyId, remedyWords, ruleById, type WireVerdict } from "@loket/policy";

/** A verdict as people and programs outside get it: titles, sentences and remedies in one language. */
export interface VerdictInWords {
  readonly outcome: "allow" | "change" | "hold" | "refuse";
  readonly until: string | null;
  readonly rules: readonly {
    readonly id: string;
    readonly outcome: "allow" | "change" | "hold" | "refuse";
    readonly title: string;
    readonly explanation: string;
    readonly clause: string;
    /** First day of the rule as applied, or `always`. */
    readonly since: string;
    readonly remedies: readonly { readonly id: string; readonly label: string }[];
  }[];
  readonly notes: readonly string[];
}

/** A kept verdict holds ids and what was decided; its words are looked up when somebody reads it. */
export function verdictInWords(verdict: WireVerdict, locale: "en" | "nl" | "de"): VerdictInWords {
  return {
    outcome: verdict.outcome,
    until: verdict.until,
    rules: verdict.rules.map((finding) => {
      const rule = ruleById(finding.id);
      return {
        id: finding.id,
        outcome: finding.outcome,
        title: rule?.title[locale] ?? finding.title,
        explanation: rule?.explanation[locale] ?? finding.explanation,
        clause: finding.clause,
        since: finding.since ?? "always",
        remedies: finding.remedies.map((id: RemedyId) => ({ id, label: remedyWords[id]?.[locale] ?? id })),
      };
    }),
    notes: verdict.notes,
  };
}

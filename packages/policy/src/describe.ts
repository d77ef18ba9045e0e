import { type Instant, toIso } from "@loket/kit";
import { remedyWords } from "./remedy-words.ts";
import type { Locale, RemedyId, RuleId } from "./rule.ts";
import type { Change, Finding, Outcome, Until, Verdict } from "./verdict.ts";
import { allowedSentence, changeWords, eventWords, outcomeWords } from "./words.ts";

/** A verdict in words a person can read, for screens. Times stay instants: only a screen knows its reader's zone. */
export interface DescribedVerdict {
  readonly outcome: Outcome;
  /** "Not sent", "Held". */
  readonly label: string;
  /** What happens and why, and what to do instead: the decisive rule's own sentence. */
  readonly sentence: string;
  readonly until: Instant | null;
  /** What is awaited, where that is no instant: "until WhatsApp approves the template". */
  readonly awaits: string | null;
  readonly rules: readonly DescribedFinding[];
  readonly changes: readonly { readonly change: Change; readonly label: string }[];
  readonly notes: readonly DescribedFinding[];
  readonly reliedOn: readonly DescribedFinding[];
  /** Facts nobody supplied that could change the answer. */
  readonly missing: readonly string[];
}

export interface DescribedFinding {
  readonly id: RuleId;
  readonly outcome: Outcome | "note";
  readonly label: string;
  readonly title: string;
  readonly explanation: string;
  readonly clause: string;
  readonly sources: readonly string[];
  /** First day of the version of the rule that was applied; `null` where it always held. */
  readonly since: string | null;
  readonly remedies: readonly { readonly id: RemedyId; readonly label: string }[];
}

export function describe(verdict: Verdict, locale: Locale): DescribedVerdict {
  const inWords = (finding: Finding): DescribedFinding => describeFinding(finding, locale);
  const rules = verdict.findings.map(inWords);
  return {
    outcome: verdict.outcome,
    label: outcomeWords[verdict.outcome][locale],
    sentence: rules[0]?.explanation ?? allowedSentence[locale],
    until: typeof verdict.until === "number" ? verdict.until : null,
    awaits: awaitedIn(verdict.until, locale),
    rules,
    changes: verdict.changes.map((change) => ({ change, label: changeWords[change.kind][locale] })),
    notes: verdict.notes.map(inWords),
    reliedOn: verdict.reliedOn.map(inWords),
    missing: missingFrom(verdict),
  };
}

function describeFinding({ rule, version, outcome }: Finding, locale: Locale): DescribedFinding {
  return {
    id: rule.id,
    outcome,
    label: outcomeWords[outcome][locale],
    title: rule.title[locale],
    explanation: rule.explanation[locale],
    clause: version.clause,
    sources: version.sources,
    since: version.from,
    remedies: version.remedies.map((id) => ({ id, label: remedyWords[id][locale] })),
  };
}

const wordsByEvent = Object.fromEntries(Object.entries(eventWords).map(([name, words]) => [`event:${name}`, words]));

function awaitedIn(until: Until | null, locale: Locale): string | null {
  if (until === null || typeof until === "number") return null;
  return wordsByEvent[until]?.[locale] ?? null;
}

/** A verdict as it travels. Names in it are relied on outside: fields may be added, never renamed. */
export interface WireVerdict {
  readonly outcome: Outcome;
  /** RFC 3339, or `event:<name>`. */
  readonly until: string | null;
  readonly rules: readonly WireFinding[];
  readonly notes: readonly RuleId[];
  readonly reliedOn: readonly RuleId[];
  readonly changes: readonly Change[];
  readonly missing: readonly string[];
  readonly at: string;
  readonly bookVersion: string;
}

export interface WireFinding {
  readonly id: RuleId;
  readonly outcome: Outcome;
  readonly title: string;
  readonly explanation: string;
  readonly clause: string;
  readonly since: string | null;
  readonly remedies: readonly RemedyId[];
  readonly until: string | null;
}

export function toWire(verdict: Verdict, locale: Locale = "en"): WireVerdict {
  return {
    outcome: verdict.outcome,
    until: untilText(verdict.until),
    rules: verdict.findings.flatMap((finding) => wireFinding(finding, locale)),
    notes: verdict.notes.map((finding) => finding.rule.id),
    reliedOn: verdict.reliedOn.map((finding) => finding.rule.id),
    changes: verdict.changes,
    missing: missingFrom(verdict),
    at: toIso(verdict.at),
    bookVersion: verdict.bookVersion,
  };
}

function wireFinding({ rule, version, outcome, until }: Finding, locale: Locale): WireFinding[] {
  if (outcome === "note") return [];
  return [
    {
      id: rule.id,
      outcome,
      title: rule.title[locale],
      explanation: rule.explanation[locale],
      clause: version.clause,
      since: version.from,
      remedies: version.remedies,
      until: untilText(until),
    },
  ];
}

function untilText(until: Until | null): string | null {
  return typeof until === "number" ? toIso(until) : until;
}

/** Whether it held the message or only earned a note, there is one rule that names missing facts. */
function missingFrom({ findings, notes }: Verdict): readonly string[] {
  return [...findings, ...notes].flatMap((finding) => finding.missing);
}

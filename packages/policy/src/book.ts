import type { Instant } from "@loket/kit";
import { Case, type DecideOptions, type Ruling, regionOf } from "./case.ts";
import type { Facts } from "./facts.ts";
import { coversRegion, isInEea } from "./regions.ts";
import { channels, isMessageKind, kinds, payloads, type SendRequest, transports } from "./request.ts";
import type { Effect, Rule, RuleId, RuleVersion } from "./rule.ts";
import type { Change, Finding, Outcome, Until, Verdict } from "./verdict.ts";

export interface RuleInForce {
  readonly rule: Rule;
  readonly version: RuleVersion;
}

/** A terms book made ready for use: rules by date and by what they apply to. */
export interface Book {
  /** Newest review date and a digest of every rule's data: the same text means the same rules. */
  readonly version: string;
  readonly rules: readonly Rule[];
  decide(request: SendRequest, facts: Facts, at: Instant, options?: DecideOptions): Verdict;
  rulesInForce(at: Instant): readonly RuleInForce[];
  ruleById(id: RuleId): Rule | null;
}

interface Entry extends RuleInForce {
  readonly fromMs: number;
  readonly toMs: number;
  readonly isLowConfidence: boolean;
}

/** The rules for one combination of place, era, channel, transport, payload and kind. */
interface Selection extends Ruling {
  readonly entries: readonly Entry[];
}

const strength: Readonly<Record<Outcome | "note", number>> = { note: 0, allow: 1, change: 2, hold: 3, refuse: 4 };
const noFindings: readonly Finding[] = [];
const noChanges: readonly Change[] = [];
const noPaths: readonly string[] = [];
const noOptions: DecideOptions = {};
/** Sending today needs a few dozen for each place with laws in the book. */
const mostSelections = 5_000;

/**
 * Most of a book never concerns a given message, so rules are sorted out once per combination they can be asked for and
 * kept: what remains per verdict is a run over some twenty conditions and, when all is well, no allocation but the case
 * and the verdict.
 */
export function createBook(rules: readonly Rule[]): Book {
  const entries = rules.flatMap(entriesOf);
  const boundaries = [...new Set(entries.flatMap((entry) => [entry.fromMs, entry.toMs]))]
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const selections = new Map<number, Selection>();
  const version = versionOf(rules);
  const places = placesIn(entries);

  /** Places that no rule names are judged alike, and so are those that rules know as members of the EEA alone. */
  function placeIndex(region: string | null): number {
    if (region === null) return places.get("unknown") ?? 0;
    return places.get(region) ?? places.get(isInEea(region) ? "EEA" : "elsewhere") ?? 0;
  }

  function selectionFor(request: SendRequest, region: string | null, at: Instant): Selection {
    let key = eraOf(boundaries, at);
    key = key * places.size + placeIndex(region);
    // One is added so that a word the book does not know has a place of its own and never another word's rules.
    key = key * (channels.length + 1) + channels.indexOf(request.channel) + 1;
    key = key * (transports.length + 1) + transports.indexOf(request.transport) + 1;
    key = key * (payloads.length + 1) + payloads.indexOf(request.payload) + 1;
    key = key * (kinds.length + 1) + kinds.indexOf(request.kind) + 1;
    let selection = selections.get(key);
    if (selection === undefined) {
      if (selections.size >= mostSelections) selections.clear(); // whoever asks about every past day fills no memory
      selection = select(entries, request, region, at);
      selections.set(key, selection);
    }
    return selection;
  }

  function decide(request: SendRequest, facts: Facts, at: Instant, options: DecideOptions = noOptions): Verdict {
    const region = regionOf(facts);
    const selection = selectionFor(request, region, at);
    const send = new Case(request, facts, at, options, selection, decide, region);
    let fired: Finding[] | null = null;
    let foundOnSwap: readonly Finding[] = noFindings;
    for (const entry of selection.entries) {
      const effect = entry.version.fires(send);
      if (effect === false) continue;
      fired ??= [];
      fired.push(findingOf(entry, effect === true ? null : effect, options, request.overrides));
      if (effect !== true && effect.found !== undefined) foundOnSwap = effect.found;
    }
    if (fired !== null && foundOnSwap.length > 0) adopt(fired, foundOnSwap);
    return verdictOf(fired, at, version);
  }

  return {
    version,
    rules,
    decide,
    rulesInForce: (at) => entries.filter((entry) => isInForce(entry, at)),
    ruleById: (id) => byId.get(id) ?? null,
  };
}

function entriesOf(rule: Rule): Entry[] {
  return rule.versions.map((version) => ({
    rule,
    version,
    fromMs: version.from === null ? Number.NEGATIVE_INFINITY : startOfDay(version.from),
    toMs: version.to === null ? Number.POSITIVE_INFINITY : startOfDay(version.to),
    isLowConfidence: version.confidence === "low",
  }));
}

function placesIn(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const named = entries.flatMap((entry) => entry.version.appliesTo.region ?? []);
  return new Map([...new Set([...named, "EEA", "unknown", "elsewhere"])].map((place, index) => [place, index]));
}

/** Dates in the book have day precision and begin at 00:00 UTC. */
function startOfDay(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

function isInForce(entry: Entry, at: Instant): boolean {
  return entry.fromMs <= at && at < entry.toMs;
}

/** How many boundaries lie at or before `at`: between two boundaries the set of rules in force does not change. */
function eraOf(boundaries: readonly number[], at: Instant): number {
  let low = 0;
  let high = boundaries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((boundaries[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function select(entries: readonly Entry[], request: SendRequest, region: string | null, at: Instant): Selection {
  const selected = entries.filter((entry) => isInForce(entry, at) && applies(entry.version, request, region));
  const newestReviewAt = Math.max(...selected.map((entry) => startOfDay(entry.version.reviewed)));
  const watches = [...new Set(selected.flatMap((entry) => entry.version.watches ?? []))];
  return { entries: selected, newestReviewAt, watches };
}

function applies({ appliesTo }: RuleVersion, request: SendRequest, region: string | null): boolean {
  return (
    (appliesTo.region === undefined || coversRegion(appliesTo.region, region)) &&
    (appliesTo.kind !== undefined || isMessageKind(request.kind)) &&
    (appliesTo.channel?.includes(request.channel) ?? true) &&
    (appliesTo.transport?.includes(request.transport) ?? true) &&
    (appliesTo.payload?.includes(request.payload) ?? true) &&
    (appliesTo.kind?.includes(request.kind) ?? true)
  );
}

function findingOf(
  entry: Entry,
  effect: Effect | null,
  options: DecideOptions,
  overrides: readonly string[] | undefined,
): Finding {
  const { rule, version } = entry;
  if (rule.overridable && overrides?.includes(rule.id))
    return { rule, version, outcome: "note", until: null, change: null, missing: noPaths };
  const outcome = effect?.outcome ?? version.verdict;
  if (outcome === "refuse" && entry.isLowConfidence && options.lowConfidence === "hold-for-review") {
    return { rule, version, outcome: "hold", until: "event:reviewed", change: null, missing: noPaths };
  }
  return {
    rule,
    version,
    outcome,
    until: outcome === "hold" ? (effect?.until ?? (version.event ? `event:${version.event}` : null)) : null,
    change: outcome === "change" ? (effect?.change ?? version.change ?? null) : null,
    missing: effect?.missing ?? noPaths,
  };
}

/**
 * Takes over what was found about the form a message would be swapped to, each rule once, the stronger finding kept.
 * What is missed about either form is asked for at once.
 */
function adopt(fired: Finding[], found: readonly Finding[]): void {
  for (const finding of found) {
    const index = fired.findIndex((other) => other.rule.id === finding.rule.id);
    const present = fired[index];
    if (present === undefined) fired.push(finding);
    else if (strength[present.outcome] < strength[finding.outcome]) fired[index] = finding;
    else if (finding.missing.length > 0) {
      fired[index] = { ...present, missing: [...new Set([...present.missing, ...finding.missing])] };
    }
  }
}

function verdictOf(fired: Finding[] | null, at: Instant, bookVersion: string): Verdict {
  if (fired === null) {
    return {
      outcome: "allow",
      until: null,
      findings: noFindings,
      notes: noFindings,
      reliedOn: noFindings,
      changes: noChanges,
      at,
      bookVersion,
    };
  }
  const reported = fired.length > 1 ? fired.filter((finding) => !isToldByAnother(finding, fired)) : fired;
  const findings = reported.filter((finding) => strength[finding.outcome] > strength.allow);
  if (findings.length > 1) findings.sort(byDecisiveness);
  const decisive = findings[0];
  const outcome = decisive === undefined || decisive.outcome === "note" ? "allow" : decisive.outcome;
  return {
    outcome,
    until: outcome === "hold" ? (decisive?.until ?? null) : null,
    findings,
    notes: reported.filter((finding) => finding.outcome === "note"),
    reliedOn: reported.filter((finding) => finding.outcome === "allow"),
    changes: changesOf(findings),
    at,
    bookVersion,
  };
}

/** Two rules may ask for the same change (a stop line, say); it is applied once. */
function changesOf(findings: readonly Finding[]): readonly Change[] {
  let changes: Change[] | null = null;
  for (const { change } of findings) {
    if (change === null || changes?.some((other) => other.kind === change.kind)) continue;
    changes ??= [];
    changes.push(change);
  }
  return changes ?? noChanges;
}

/**
 * A specific rule speaks for the general one, but only with a voice at least as strong: a refusal never disappears
 * behind a milder finding.
 */
function isToldByAnother(finding: Finding, fired: readonly Finding[]): boolean {
  return fired.some(
    (other) =>
      other !== finding &&
      strength[other.outcome] >= strength[finding.outcome] &&
      (other.rule.specialises?.includes(finding.rule.id) ?? false),
  );
}

/** Stronger first; of two holds the one that lasts longer. Equal ones stay in the order of the book. */
function byDecisiveness(a: Finding, b: Finding): number {
  return strength[b.outcome] - strength[a.outcome] || compareUntil(b.until, a.until);
}

/** An event has no known end and so outlasts every instant. */
function compareUntil(a: Until | null, b: Until | null): number {
  const aMs = typeof a === "number" ? a : a === null ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const bMs = typeof b === "number" ? b : b === null ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return aMs === bMs ? 0 : aMs - bMs;
}

function versionOf(rules: readonly Rule[]): string {
  const reviewed = rules.flatMap((rule) => rule.versions.map((version) => version.reviewed)).sort();
  return `${reviewed.at(-1) ?? "empty"}.${digest(JSON.stringify(rules.map(dataOf)))}`;
}

/** Everything of a rule but its words on screen and its condition, which `revision` stands for. */
function dataOf(rule: Rule): unknown {
  const versions = rule.versions.map(({ fires: _condition, watches: _watched, ...data }) => data);
  return { id: rule.id, specialises: rule.specialises ?? [], versions };
}

/** FNV-1a over 64 bits: tells books apart, guards against nothing. */
function digest(text: string): string {
  let hash = 0xcbf29ce484222325n;
  for (let index = 0; index < text.length; index++) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(text.charCodeAt(index))) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, "0");
}

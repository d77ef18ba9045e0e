import { type Locale, locales } from "../rule.ts";
import type { ClaimHit, ClaimOptions, ClaimRule, IgnoredBecause } from "./claim.ts";
import { forbids, isAnsweredNo, isAtDistance, isDenied, isWarning } from "./contexts.ts";
import {
  compilePattern,
  findPart,
  findPattern,
  type LazyPart,
  lazyPart,
  type Places,
  type Reading,
  read,
} from "./matching.ts";
import { type Quoted, quotationsIn, quotedIn } from "./quotations.ts";
import { claimRules, quotationRule } from "./rules.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";

interface Prepared {
  readonly rule: ClaimRule;
  readonly sinceMs: number;
  readonly patterns: readonly { readonly locale: Locale; readonly parts: readonly LazyPart[] }[];
  readonly unless: readonly (readonly LazyPart[])[];
  readonly harmless: LazyPart | null;
}

const prepared: readonly Prepared[] = claimRules.map((rule) => ({
  rule,
  sinceMs: rule.since === null ? Number.NEGATIVE_INFINITY : Date.parse(`${rule.since}T00:00:00Z`),
  patterns: locales.flatMap((locale) =>
    rule.patterns[locale].map((pattern) => ({ locale, parts: compilePattern(pattern) })),
  ),
  unless: (rule.unless ?? []).map(compilePattern),
  harmless: rule.harmless === undefined ? null : lazyPart(rule.harmless),
}));

/** A list in terms of use may be this long and still be led by "you may not". */
const reachOfProhibition = 10;

/** A sentence with what its surroundings say about it. */
interface Context {
  readonly sentence: Sentence;
  readonly reading: Reading;
  readonly quoted: Quoted | null;
  /** Somebody else's words, by what stands around the quotation. */
  readonly isAtDistance: boolean;
  /** Rules of use that lead to this sentence forbid something. */
  readonly isForbidden: boolean;
  /** A question that the next sentence answers with no. */
  readonly isAnsweredNo: boolean;
  readonly isCompared: boolean;
}

/**
 * What a text says in public that it should not: unofficial ways, evasion, missing consent, false status. Since December
 * 2019 WhatsApp takes such claims as evidence by themselves. Reads plain text; for a page, give it `textOfHtml(page)`.
 * One hit per rule and sentence, in the order of the text.
 */
export function checkClaims(text: string, options: ClaimOptions): readonly ClaimHit[] {
  const hits: ClaimHit[] = [];
  for (const context of contextsOf(text, options)) {
    let isOthersWord = false;
    for (const one of prepared) {
      if (options.at < one.sinceMs) continue;
      const found = findClaim(one, context);
      if (found === null) continue;
      hits.push(hitOf(one.rule, context, options, found.locale, found.ignored));
      isOthersWord ||= found.isQuoted || context.isCompared;
    }
    if (isOthersWord) hits.push(hitOf(quotationRule, context, options, options.locale ?? "en", null));
  }
  return hits;
}

function contextsOf(text: string, { pageKind }: ClaimOptions): readonly Context[] {
  const sentences = sentencesOf(text);
  const quotations = quotationsIn(text);
  const readings = sentences.map((sentence) => read(sentence.text));
  let forbiddenUntil = -1;
  return sentences.map((sentence, index): Context => {
    const reading = readings[index] ?? read(sentence.text);
    const next = readings[index + 1];
    if (pageKind === "legal" && forbids(reading)) forbiddenUntil = index + reachOfProhibition;
    const quoted = quotedIn(sentence, quotations);
    return {
      sentence,
      reading,
      quoted,
      isAtDistance: quoted !== null && isOthersWord(quoted, sentences, index),
      isForbidden: index <= forbiddenUntil,
      isAnsweredNo: next !== undefined && isAnsweredNo(sentence.text, next),
      isCompared: pageKind === "comparison",
    };
  });
}

/** The words around the quotation tell, or those of the sentence in which it began. */
function isOthersWord(quoted: Quoted, sentences: readonly Sentence[], index: number): boolean {
  if (isAtDistance(read(quoted.rest))) return true;
  for (let earlier = index - 1; earlier >= 0; earlier--) {
    const sentence = sentences[earlier];
    if (sentence === undefined || quoted.opensAt > sentence.offset + sentence.text.length) return false;
    if (quoted.opensAt > sentence.offset) {
      return isAtDistance(read(sentence.text.slice(0, quoted.opensAt - sentence.offset)));
    }
  }
  return false;
}

interface Found {
  readonly locale: Locale;
  readonly ignored: IgnoredBecause | null;
  readonly isQuoted: boolean;
}

/** The claim in this sentence. Where one of several readings counts, it counts. */
function findClaim({ rule, patterns, unless, harmless }: Prepared, context: Context): Found | null {
  const { reading, sentence } = context;
  let ignored: Found | null = null;
  for (const { locale, parts } of patterns) {
    const places = withoutHarmless(findPattern(parts, reading), harmless, reading);
    if (places === null) continue;
    if (unless.some((exception) => findPattern(exception, reading) !== null)) return null;
    const isQuoted = standsInQuotation(parts, context.quoted);
    const because = ignoredBecause(context, places, isQuoted);
    const found = { locale, ignored: because, isQuoted };
    if (because === null) return found;
    ignored ??= found;
  }
  if (rule.names?.some((name) => name.test(sentence.text))) {
    return { locale: "en", ignored: ignoredBecause(context, [], false), isQuoted: false };
  }
  return ignored;
}

function withoutHarmless(places: Places | null, harmless: LazyPart | null, reading: Reading): Places | null {
  if (places === null || harmless === null) return places;
  const passed = new Set(findPart(harmless(), reading).flatMap((span) => span.asked));
  const left = places.map((spans) => spans.filter((span) => !span.asked.some((word) => passed.has(word))));
  return left.some((spans) => spans.length === 0) ? null : left;
}

function ignoredBecause(context: Context, places: Places, isQuoted: boolean): IgnoredBecause | null {
  if (isWarning(context.reading) || (isQuoted && context.isAtDistance) || context.isCompared) return "quoted";
  if (context.isAnsweredNo || isDenied(context.reading, places)) return "negated";
  return context.isForbidden ? "forbidden" : null;
}

/** All of the claim stands in quotation marks, and it does not stand outside them as well. */
function standsInQuotation(parts: readonly LazyPart[], quoted: Quoted | null): boolean {
  if (quoted === null) return false;
  return (
    quoted.pieces.some((piece) => findPattern(parts, read(piece)) !== null) &&
    findPattern(parts, read(quoted.rest)) === null
  );
}

function hitOf(
  rule: ClaimRule,
  { sentence }: Context,
  options: ClaimOptions,
  locale: Locale,
  ignored: IgnoredBecause | null,
): ClaimHit {
  return {
    rule: rule.id,
    severity: rule.blocksFor?.(options) ? "block" : rule.severity,
    page: options.page ?? null,
    sentence: sentence.text,
    offset: sentence.offset,
    clause: rule.clause,
    since: rule.since,
    sayInstead: rule.sayInstead[options.locale ?? locale],
    ignored,
  };
}

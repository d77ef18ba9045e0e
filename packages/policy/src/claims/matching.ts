import { spellingsOf, wordsOf } from "../fold.ts";
import type { ClaimPattern } from "./claim.ts";

/** A sentence as it is compared: folded words, and the clause each stands in. */
export interface Reading {
  readonly words: readonly string[];
  readonly clauses: readonly number[];
  /** The words in one string, to rule out quickly what is not there. */
  readonly joined: string;
}

/** Where a phrase stands in a sentence, from its first word to before `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
  /** The words that were asked for, without those that only filled a gap. */
  readonly asked: readonly number[];
}

const signs: Readonly<Record<string, string>> = { "€": " euro ", $: " dollar ", "£": " pound ", "%": " percent " };

export function read(sentence: string): Reading {
  const words: string[] = [];
  const clauses: number[] = [];
  const spelled = sentence.replace(/[€$£%]/g, (sign) => signs[sign] ?? sign);
  spelled.split(/[;:()[\]|•·–—!?]|,(?!\d)|\s[-/]\s|\.(?=\s)/).forEach((clause, index) => {
    for (const word of wordsOf(clause).flatMap((one) => one.split("-"))) {
      if (word === "") continue;
      words.push(word);
      clauses.push(index);
    }
  });
  return { words, clauses, joined: ` ${words.join(" ")} ` };
}

type Token = { readonly gap: number } | { readonly isMatch: (word: string) => boolean };

interface Phrase {
  readonly tokens: readonly Token[];
  /** Where none of these stands in the sentence, the phrase does not either. */
  readonly cores: readonly string[];
}

/** One part of a pattern, ready to be looked for. */
export type Part = readonly Phrase[];

/** Made ready on first use: there are thousands of phrases, and most programs never check a claim. */
export type LazyPart = () => Part;

export function lazyPart(part: string): LazyPart {
  let compiled: Part | undefined;
  return () => {
    compiled ??= part.split("|").map(compilePhrase);
    return compiled;
  };
}

export function compilePattern(pattern: ClaimPattern): readonly LazyPart[] {
  return pattern.map(lazyPart);
}

function compilePhrase(phrase: string): Phrase {
  const tokens: Token[] = [];
  let cores: readonly string[] = [];
  for (const token of phrase.split(" ")) {
    if (token === "~" || token === "~~") {
      tokens.push({ gap: token === "~" ? 3 : 8 });
      continue;
    }
    const spellings = spellingsOf(token.replaceAll("*", ""));
    tokens.push({ isMatch: matcherOf(token, spellings) });
    if ((spellings[0]?.length ?? 0) > (cores[0]?.length ?? 0)) cores = spellings;
  }
  return { tokens, cores };
}

function matcherOf(token: string, spellings: readonly string[]): (word: string) => boolean {
  const startsOpen = token.startsWith("*");
  const endsOpen = token.endsWith("*");
  if (startsOpen && endsOpen) return (word) => spellings.some((one) => word.includes(one));
  if (startsOpen) return (word) => spellings.some((one) => word.endsWith(one));
  if (endsOpen) return (word) => spellings.some((one) => word.startsWith(one));
  return (word) => spellings.includes(word);
}

/** Every place where the part stands in the sentence. */
export function findPart(part: Part, reading: Reading): readonly Span[] {
  const spans: Span[] = [];
  for (const { tokens, cores } of part) {
    if (!cores.some((core) => reading.joined.includes(core))) continue;
    for (let from = 0; from < reading.words.length; from++) {
      const asked = matchFrom(tokens, 0, reading.words, from);
      const last = asked?.at(-1);
      // A phrase does not run on from one clause into the next.
      if (asked !== null && last !== undefined && reading.clauses[from] === reading.clauses[last]) {
        spans.push({ from, to: last + 1, asked });
      }
    }
  }
  return spans;
}

/** The words of a phrase that begins at `at`, or `null`. A gap is as short as it can be. */
function matchFrom(tokens: readonly Token[], index: number, words: readonly string[], at: number): number[] | null {
  const token = tokens[index];
  if (token === undefined) return [];
  if ("gap" in token) {
    for (let skipped = 0; skipped <= token.gap; skipped++) {
      const rest = matchFrom(tokens, index + 1, words, at + skipped);
      if (rest !== null) return rest;
    }
    return null;
  }
  const word = words[at];
  if (word === undefined || !token.isMatch(word)) return null;
  const rest = matchFrom(tokens, index + 1, words, at + 1);
  return rest === null ? null : [at, ...rest];
}

/** Where each part of a pattern stands. */
export type Places = readonly (readonly Span[])[];

/** The places of all parts of a pattern, or `null` where one of them is missing. */
export function findPattern(pattern: readonly LazyPart[], reading: Reading): Places | null {
  const places: (readonly Span[])[] = [];
  for (const part of pattern) {
    const spans = findPart(part(), reading);
    if (spans.length === 0) return null;
    places.push(spans);
  }
  return places;
}

import { hourMs, type Instant } from "@loket/kit";
import type { Purpose } from "./facts.ts";
import { spellingsOf, wordsOf } from "./fold.ts";
import {
  channelWords,
  courtesyWords,
  endingWords,
  everythingWords,
  fillerWords,
  insults,
  marketingWords,
  northAmericanSmsWords,
  otherThings,
  stopSentences,
  stopSigns,
  wordsByLanguage,
  yesWords,
} from "./keyword-lists.ts";
import type { Channel } from "./request.ts";

/**
 * How an inbound message is to be taken:
 *
 * - `certain`, `certain-narrow`, `probable`: suppress `scope` at once and confirm once. After a probable one the
 *   confirmation asks "all, or only offers?" and a person looks at it: whoever was stopped by mistake can start again,
 *   whoever was not stopped has been annoyed for good.
 * - `ambiguous`: marketing waits 72 hours and one neutral question is asked; without an answer marketing stays off.
 * - `opt-in`: `scope` is what may be lifted, `null` where the earlier opt-out was not made by a keyword.
 * - `help`: who we are and how to stop, never marketing.
 * - `none`: an ordinary message.
 */
export type KeywordClass = "certain" | "certain-narrow" | "probable" | "ambiguous" | "opt-in" | "help" | "none";

export interface KeywordScope {
  readonly purpose: Purpose | "all";
  readonly channel: Channel | "all";
}

export interface KeywordReading {
  readonly class: KeywordClass;
  readonly scope: KeywordScope | null;
  /** The words that decided, folded; `null` where none did. */
  readonly matched: string | null;
}

export interface KeywordContext {
  readonly channel: Channel;
  /** Language of the conversation, e.g. `nl`, `pt-BR`. */
  readonly language?: string | null;
  /** Country of the person. */
  readonly region?: string | null;
  readonly now: Instant;
  /** When our question for consent went out, if it is the message before this one in the thread. */
  readonly openConsentQuestionAt?: Instant | null;
  /** The opt-out in force, if any. */
  readonly previousOptOut?: (KeywordScope & { readonly source: string }) | null;
}

/** How long marketing waits for the answer to "did you mean the messages?". */
export const clarificationMs = 72 * hourMs;

/** Reads one inbound message: its new text without what it quotes. Pure and total. */
export function readKeyword(text: string, context: KeywordContext): KeywordReading {
  const own = context.channel === "email" ? firstOwnLine(text) : text;
  if (isStopSign(own)) return stopping("probable", everythingHere(context), own.trim());

  const words = withoutCourtesy(wordsOf(own));
  const phrase = words.join(" ");
  if (phrase === "") return nothing;

  const listed = columnOf(phrase, context);
  if (listed === "optOut") {
    const isEverywhere = everythings.has(words.at(-1) ?? "") || phrase === "stopall";
    return stopping("certain", isEverywhere ? everywhere : everythingHere(context), phrase);
  }
  const narrowed = narrowedOptOut(words, context);
  if (narrowed !== null) return narrowed;
  if (isOnlyListWords(words, context)) return stopping("certain", everythingHere(context), phrase);
  if (yeses.has(phrase)) return isAnswerToConsentQuestion(context) ? optingIn(phrase, context) : nothing;
  if (listed === "optIn") return optingIn(phrase, context);
  if (listed === "help") return { class: "help", scope: null, matched: phrase };
  if (listed === "ambiguous") return { class: "ambiguous", scope: null, matched: phrase };
  return readSentence(words, phrase, context);
}

const nothing: KeywordReading = { class: "none", scope: null, matched: null };
const everywhere: KeywordScope = { purpose: "all", channel: "all" };
const longestSentence = 12;
const consentQuestionMs = 24 * hourMs;

function everythingHere(context: KeywordContext): KeywordScope {
  return { purpose: "all", channel: context.channel };
}

function stopping(
  cls: "certain" | "certain-narrow" | "probable",
  scope: KeywordScope,
  matched: string,
): KeywordReading {
  return { class: cls, scope, matched };
}

/** A start lifts what a keyword stopped, no more; complaints and objections by letter are for a person to settle. */
function optingIn(matched: string, { previousOptOut, channel }: KeywordContext): KeywordReading {
  if (previousOptOut == null) return { class: "opt-in", scope: { purpose: "marketing", channel }, matched };
  const { purpose, channel: stoppedChannel, source } = previousOptOut;
  return { class: "opt-in", scope: source === "keyword" ? { purpose, channel: stoppedChannel } : null, matched };
}

function isAnswerToConsentQuestion({ openConsentQuestionAt, now }: KeywordContext): boolean {
  return (
    openConsentQuestionAt != null && openConsentQuestionAt <= now && now - openConsentQuestionAt < consentQuestionMs
  );
}

/** A short sentence that is no list word: about being written to, about ending something, or about anything else. */
function readSentence(words: readonly string[], phrase: string, context: KeywordContext): KeywordReading {
  if (words.length > longestSentence) return nothing;
  const isAboutOtherThing = otherThings.some((pattern) => pattern.test(phrase));
  if (!isAboutOtherThing) {
    const sentence = stopSentences.find((pattern) => pattern.test(phrase));
    if (sentence !== undefined)
      return stopping("probable", everythingHere(context), sentence.exec(phrase)?.[0] ?? phrase);
    const optOut = words.find((word) => columnOf(word, context) === "optOut");
    if (optOut !== undefined && insults.some((pattern) => pattern.test(phrase))) {
      return stopping("probable", everythingHere(context), optOut);
    }
  }
  const ending = endingWords.find((pattern) => pattern.test(phrase));
  if (ending === undefined) return nothing;
  return { class: "ambiguous", scope: null, matched: ending.exec(phrase)?.[0].trim() ?? phrase };
}

/** An opt-out word with what it is about: "afmelden nieuwsbrief", "STOP SMS", "STOP ALL". */
function narrowedOptOut(words: readonly string[], context: KeywordContext): KeywordReading | null {
  let purpose: KeywordScope["purpose"] = "all";
  let channel: KeywordScope["channel"] | null = null;
  let isEverywhere = false;
  const rest: string[] = [];
  for (const word of words) {
    if (marketings.has(word)) purpose = "marketing";
    else if (Object.hasOwn(channelWords, word)) channel = channelWords[word as keyof typeof channelWords];
    else if (everythings.has(word)) isEverywhere = true;
    else rest.push(word);
  }
  if (rest.length === words.length) return null;
  const bare = rest.join(" ");
  const core = columnOf(bare, context) === "optOut" ? bare : rest.filter((word) => !fillers.has(word)).join(" ");
  if (columnOf(core, context) !== "optOut") return null;
  if (purpose === "all" && channel === null && isEverywhere) return stopping("certain", everywhere, core);
  return stopping("certain-narrow", { purpose, channel: channel ?? context.channel }, words.join(" "));
}

/** "stop stop", "start stop": every word is on a list and one says stop, which wins. */
function isOnlyListWords(words: readonly string[], context: KeywordContext): boolean {
  const columns = words.map((word) => columnOf(word, context));
  return (
    words.length > 1 &&
    columns.includes("optOut") &&
    columns.every((column) => column === "optOut" || column === "optIn")
  );
}

type Column = "optOut" | "optIn" | "help" | "ambiguous";
const columnNames: readonly Column[] = ["optOut", "optIn", "help", "ambiguous"];

/** Folded word to the columns it stands in, by language. */
const columnsByWord = new Map<string, Map<string, Column>>();
for (const [language, columns] of Object.entries(wordsByLanguage)) {
  for (const column of columnNames) {
    for (const word of columns[column]) {
      for (const folded of spellingsOf(word)) {
        const byLanguage = columnsByWord.get(folded) ?? new Map<string, Column>();
        if (!byLanguage.has(language)) byLanguage.set(language, column);
        columnsByWord.set(folded, byLanguage);
      }
    }
  }
}

/** The language of the conversation decides, then English, then any language in which the word means one thing only. */
function columnOf(phrase: string, { language, channel, region }: KeywordContext): Column | null {
  if (channel === "sms" && (region === "US" || region === "CA") && northAmericanSms.has(phrase)) return "optOut";
  const byLanguage = columnsByWord.get(phrase);
  if (byLanguage === undefined) return null;
  const own = byLanguage.get(primaryLanguage(language)) ?? byLanguage.get("en");
  if (own !== undefined) return own;
  const meanings = new Set(byLanguage.values());
  if (meanings.size === 1) return [...meanings][0] ?? null;
  return meanings.has("optOut") || meanings.has("ambiguous") ? "ambiguous" : null;
}

function primaryLanguage(language: string | null | undefined): string {
  const primary = (language ?? "").toLowerCase().split(/[-_]/)[0] ?? "";
  return primary === "no" || primary === "nn" ? "nb" : primary;
}

const foldedSet = (words: readonly string[]): ReadonlySet<string> => new Set(words.flatMap(spellingsOf));
const yeses = foldedSet(yesWords);
const marketings = foldedSet(marketingWords);
const everythings = foldedSet(everythingWords);
const fillers = foldedSet(fillerWords);
const northAmericanSms = foldedSet(northAmericanSmsWords);
const courtesies = courtesyWords.map((word) => wordsOf(word)).sort((a, b) => b.length - a.length);

/** Drops courtesy at either end, as long as something is left. */
function withoutCourtesy(words: readonly string[]): readonly string[] {
  let rest = words;
  for (;;) {
    const courtesy = courtesies.find(
      (one) => rest.length > one.length && (endsWith(rest, one) || one.every((word, index) => rest[index] === word)),
    );
    if (courtesy === undefined) return rest;
    rest = endsWith(rest, courtesy) ? rest.slice(0, -courtesy.length) : rest.slice(courtesy.length);
  }
}

function endsWith(words: readonly string[], ending: readonly string[]): boolean {
  return ending.every((word, index) => words[words.length - ending.length + index] === word);
}

/** Nothing but stop signs and hands, in any skin tone. */
function isStopSign(text: string): boolean {
  let rest = text.replace(/\s|\p{Cf}|\p{Variation_Selector}|\p{Emoji_Modifier}|[!.]/gu, "");
  const hasSign = stopSigns.some((sign) => rest.includes(sign));
  for (const sign of stopSigns) rest = rest.replaceAll(sign, "");
  return hasSign && rest === "";
}

/** In a mail the first line that is its writer's own. */
function firstOwnLine(text: string): string {
  return text.split(/\r?\n/).find((line) => line.trim() !== "" && !line.trimStart().startsWith(">")) ?? "";
}

import type { en } from "./en.ts";

/*
 * Messages are ICU text. Their argument names are read from the text by the type checker, so a translation that lacks a
 * key, or asks for an argument English does not have, fails `tsc`. Branches of a plural hold a `#` or a space: that is
 * how a branch is told from an argument here. A test reads every message with the real ICU parser as well.
 */

type Space = " " | "\n" | "#" | "<";
type IsName<Text extends string> = Text extends "" ? false : Text extends `${string}${Space}${string}` ? false : true;
type UpToComma<Text extends string> = Text extends `${infer Name},${string}` ? Name : Text;

/** The argument names in ICU text: `"{count, plural, …} of {name}"` has `count` and `name`. */
export type ArgumentNames<Text extends string> = Text extends `${string}{${infer After}`
  ? After extends `${infer Inside}}${infer Rest}`
    ? IsName<UpToComma<Inside>> extends true
      ? UpToComma<Inside> | ArgumentNames<AfterName<After, UpToComma<Inside>, Rest>>
      : ArgumentNames<AfterBranch<After, Rest>>
    : never
  : never;

/** Behind a plural's head its branches follow; behind a plain argument, the rest of the text. */
type AfterName<
  After extends string,
  Name extends string,
  Rest extends string,
> = After extends `${Name},${infer Branches}` ? Branches : Rest;
/** A branch may hold arguments of its own. */
type AfterBranch<After extends string, Rest extends string> = After extends `${infer Head}{${infer Tail}`
  ? Head extends `${string}}${string}`
    ? Rest
    : `{${Tail}`
  : Rest;

export type English = typeof en;
export type MessageKey = keyof English;
export type Arguments<Key extends MessageKey> = ArgumentNames<English[Key]>;

/** What a translation must be: every key of English, each with arguments English has too. */
export type Translation<Messages extends Record<MessageKey, string>> = {
  [Key in MessageKey]: [ArgumentNames<Messages[Key]>] extends [Arguments<Key>]
    ? [Arguments<Key>] extends [ArgumentNames<Messages[Key]>]
      ? string
      : `lacks the argument ${Arguments<Key>}`
    : `has an argument English lacks: ${Exclude<ArgumentNames<Messages[Key]>, Arguments<Key>>}`;
};

/** Keys of messages without arguments: the ones a table of words may hold. */
export type PlainKey = { [Key in MessageKey]: [Arguments<Key>] extends [never] ? Key : never }[MessageKey];

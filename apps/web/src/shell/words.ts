import { useMemo } from "react";
import { createTranslate, useLanguage } from "./i18n.tsx";
import type { ArgumentNames } from "./messages/catalogue.ts";

type Texts = Readonly<Record<string, string>>;
type Value = string | number;
type Arguments<En extends Texts, Key extends keyof En> = [ArgumentNames<En[Key]>] extends [never]
  ? []
  : [{ [Name in ArgumentNames<En[Key]>]: Value }];
export type TranslateOf<En extends Texts> = <Key extends keyof En & string>(
  key: Key,
  ...values: Arguments<En, Key>
) => string;

/** Every key of English, each with the arguments English has. */
export type TranslationOf<En extends Texts, Messages extends Record<keyof En, string>> = {
  readonly [Key in keyof En]: [ArgumentNames<Messages[Key]>] extends [ArgumentNames<En[Key]>]
    ? [ArgumentNames<En[Key]>] extends [ArgumentNames<Messages[Key]>]
      ? string
      : `lacks the argument ${ArgumentNames<En[Key]>}`
    : `has an argument English lacks: ${Exclude<ArgumentNames<Messages[Key]>, ArgumentNames<En[Key]>>}`;
};

/** Of one feature, in three languages. `En` is what the keys and arguments are checked against. */
export interface Words<En extends Texts> {
  readonly catalogues: { readonly en: En; readonly nl: Texts; readonly de: Texts };
}

/**
 * Words of pages that are fetched when they are first opened: they come with their page in all three languages, and the
 * desk does not wait for them. Everything the desk needs from its first paint is in `messages/`.
 */
export function createWords<
  const En extends Texts,
  const Nl extends Record<keyof En, string>,
  const De extends Record<keyof En, string>,
>(en: En, nl: Nl & TranslationOf<En, Nl>, de: De & TranslationOf<En, De>): Words<En> {
  return { catalogues: { en, nl: nl as Texts, de: de as Texts } };
}

/** The words of a feature in the reader's language. */
export function useWords<En extends Texts>({ catalogues }: Words<En>): TranslateOf<En> {
  const { locale } = useLanguage();
  return useMemo(
    () => createTranslate(locale, catalogues[locale] as never) as unknown as TranslateOf<En>,
    [locale, catalogues],
  );
}

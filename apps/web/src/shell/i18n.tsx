import type { Locale } from "@loket/contract";
import { IntlMessageFormat } from "intl-messageformat";
import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { Arguments, MessageKey } from "./messages/catalogue.ts";

type Value = string | number;
type Rest<Key extends MessageKey> = [Arguments<Key>] extends [never] ? [] : [{ [Name in Arguments<Key>]: Value }];
export type Translate = <Key extends MessageKey>(key: Key, ...values: Rest<Key>) => string;
export type Messages = Record<MessageKey, string>;

export const locales: readonly Locale[] = ["en", "nl", "de"];
export const localeNames: Record<Locale, string> = { en: "English", nl: "Nederlands", de: "Deutsch" };

/** One language is loaded, not three. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  if (locale === "nl") return (await import("./messages/nl.ts")).nl;
  if (locale === "de") return (await import("./messages/de.ts")).de;
  return (await import("./messages/en.ts")).en;
}

/** The person's own choice, else the organisation's language, else the browser's, else English. */
export function chooseLocale(own: Locale | null, organisation: Locale | null, browser: readonly string[]): Locale {
  if (own) return own;
  if (organisation) return organisation;
  for (const tag of browser) {
    const found = locales.find((locale) => tag.toLowerCase().startsWith(locale));
    if (found) return found;
  }
  return "en";
}

export function createTranslate(locale: Locale, messages: Messages): Translate {
  const parsed = new Map<string, IntlMessageFormat>();
  return (key, ...rest) => {
    const text = messages[key];
    const values = rest[0];
    if (!values) return text;
    let format = parsed.get(key);
    if (!format) {
      format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
      parsed.set(key, format);
    }
    return String(format.format(values));
  };
}

interface Language {
  locale: Locale;
  t: Translate;
}

const LanguageContext = createContext<Language | null>(null);

export function LanguageProvider(props: { locale: Locale; messages: Messages; children: ReactNode }) {
  const { locale, messages, children } = props;
  const value = useMemo(() => ({ locale, t: createTranslate(locale, messages) }), [locale, messages]);
  return <LanguageContext value={value}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  const language = useContext(LanguageContext);
  if (!language) throw new Error("useLanguage is called outside of LanguageProvider.");
  return language;
}

export function useT(): Translate {
  return useLanguage().t;
}

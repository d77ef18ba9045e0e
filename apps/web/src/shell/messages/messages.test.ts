import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, expectTypeOf, test } from "vitest";
import { chooseLocale, createTranslate } from "../i18n.tsx";
import type { Words } from "../words.ts";
import type { ArgumentNames } from "./catalogue.ts";
import { de } from "./de.ts";
import { en } from "./en.ts";
import { nl } from "./nl.ts";

/** Words of pages that bring their own, by file: each `words.ts` shows one `words`. */
const brought = import.meta.glob<{ words: Words<Record<string, string>> }>("../../**/words.ts", { eager: true });
const sets: [string, Record<"en" | "nl" | "de", Readonly<Record<string, string>>>][] = [
  ["the desk", { en, nl, de }],
  ...Object.entries(brought).flatMap(([path, file]) =>
    file.words ? [[path, file.words.catalogues] satisfies [string, unknown]] : [],
  ),
];
const catalogues = sets.flatMap(([name, { en, nl, de }]) =>
  Object.entries({ en, nl, de }).map(([locale, messages]) => [`${name} in ${locale}`, messages, en] as const),
);

type Ast = ReturnType<IntlMessageFormat["getAst"]>;

/** The arguments a message really asks for, by the ICU parser itself. Literal text, `#` and tags ask for none. */
function argumentsOf(elements: Ast): Set<string> {
  const names = new Set<string>();
  for (const element of elements) {
    if (!("value" in element) || element.type === 0 || element.type === 8) continue;
    names.add(element.value);
    if (!("options" in element)) continue;
    for (const option of Object.values(element.options)) for (const name of argumentsOf(option.value)) names.add(name);
  }
  return names;
}

function parse(text: string): Ast {
  return new IntlMessageFormat(text, "en", undefined, { ignoreTag: true }).getAst();
}

describe.each(catalogues)("the words of %s", (_, messages, english) => {
  test("are the same ones as in English", () => {
    expect(Object.keys(messages).sort()).toEqual(Object.keys(english).sort());
  });

  test("are all ICU text, with the arguments English has", () => {
    for (const [key, text] of Object.entries(messages)) {
      const names = argumentsOf(parse(text));
      expect(names, key).toEqual(argumentsOf(parse(english[key] ?? "")));
    }
  });

  test("say something, and do not shout", () => {
    for (const [key, text] of Object.entries(messages)) {
      expect(text.trim(), key).toBe(text);
      expect(text, key).not.toBe("");
      expect(text, key).not.toMatch(/!/);
    }
  });
});

test("argument names are read from the text by the type checker as by the parser", () => {
  expectTypeOf<ArgumentNames<"Plain words">>().toEqualTypeOf<never>();
  expectTypeOf<ArgumentNames<"{name}: {text}">>().toEqualTypeOf<"name" | "text">();
  expectTypeOf<ArgumentNames<"{count, plural, one {# day} other {# days}} of {name}">>().toEqualTypeOf<
    "count" | "name"
  >();
  expectTypeOf<ArgumentNames<"{count, plural, =0 {none yet} one {# in {box}} other {# in {box}}}">>().toEqualTypeOf<
    "count" | "box"
  >();
});

test("a message is spoken with its values, plural by the language's own rules", () => {
  const t = createTranslate("nl", nl);
  expect(t("list.unread", { count: 1 })).toBe("1 ongelezen bericht");
  expect(t("list.unread", { count: 12 })).toBe("12 ongelezen berichten");
  expect(t("act.lost", { name: "<b>Bram</b>" })).toBe("<b>Bram</b> was eerst en heeft dit gesprek.");
});

test("the person's own language goes first, then the organisation's, then the browser's", () => {
  expect(chooseLocale("de", "nl", ["fr"])).toBe("de");
  expect(chooseLocale(null, "nl", ["de"])).toBe("nl");
  expect(chooseLocale(null, null, ["fr-FR", "de-AT"])).toBe("de");
  expect(chooseLocale(null, null, ["fr"])).toBe("en");
});

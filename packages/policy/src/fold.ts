const foldedLetters: Readonly<Record<string, string>> = {
  ı: "i",
  ł: "l",
  ø: "o",
  œ: "oe",
  æ: "ae",
  ß: "ss",
  đ: "d",
  ð: "d",
  ς: "σ",
  ة: "ه",
  ى: "ي",
  ٱ: "ا",
};

/**
 * The words of a text in the one form in which they are compared: compatibility forms (full-width letters), case, the
 * two Turkish i's, accents, Arabic letter forms and vowel signs, quotes, invisible marks. Devanagari vowel signs stay:
 * they are letters.
 */
export function wordsOf(text: string): string[] {
  const folded = text
    .normalize("NFKC")
    .replace(/\p{Cf}|\p{Variation_Selector}/gu, "")
    .replace(/[‘’‚‛`´ʼ]/g, "'")
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u0640]/g, "")
    .replace(/[ıłøœæßđðςةىٱ]/g, (letter) => foldedLetters[letter] ?? letter)
    .normalize("NFC")
    .replace(/(?<!\p{L})\p{L}(?:\.\p{L}){2,}(?!\p{L})/gu, (initials) => initials.replaceAll(".", "")); // a.u.b.
  const words = folded
    .split(/[^\p{L}\p{N}\p{M}'-]+/u)
    .map((word) => word.replace(/^['-]+|['-]+$/g, ""))
    .filter((word) => word !== "");
  return isSpelledOut(words, folded) ? [words.join("").replaceAll("-", "")] : words;
}

/** `S T O P`, `S.T.O.P`, `s-t-o-p`: three or more letters, each by itself. */
function isSpelledOut(words: readonly string[], folded: string): boolean {
  if (/^\P{L}*\p{L}(-\p{L}){2,}\P{L}*$/u.test(folded)) return true;
  return words.length >= 3 && words.every((word) => word.length === 1 && /\p{L}/u.test(word));
}

/** Umlauts are written with and without their e. */
export function spellingsOf(word: string): readonly string[] {
  const spelledOut = word
    .toLowerCase()
    .replace(/[äöüæøå]/g, (letter) => ({ ä: "ae", ö: "oe", ü: "ue", æ: "ae", ø: "oe", å: "aa" })[letter] ?? letter);
  return [...new Set([wordsOf(word).join(" "), wordsOf(spelledOut).join(" ")])];
}

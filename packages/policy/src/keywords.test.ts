import { minuteMs, plus } from "@loket/kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { wordsByLanguage } from "./keyword-lists.ts";
import { type KeywordContext, readKeyword } from "./keywords.ts";
import { ordinaryAt } from "./testing.ts";

function read(text: string, language: string | null, context: Partial<KeywordContext> = {}) {
  return readKeyword(text, { channel: "whatsapp", language, now: ordinaryAt, ...context });
}

const sms = { channel: "sms", region: "US" } as const;
const asked = { openConsentQuestionAt: plus(ordinaryAt, -10 * minuteMs) };

describe("keywords, line by line", () => {
  const lines: readonly [string, string, string | null, string, Partial<KeywordContext>?][] = [
    ["K01", "STOP", "nl", "certain"],
    ["K02", "stop.", "en", "certain"],
    ["K03", "Stop 🙏", "de", "certain"],
    ["K04", "please stop", "en", "certain"],
    ["K06", "STOPP!!!", "de", "certain"],
    ["K08", "afmelden nieuwsbrief", "nl", "certain-narrow"],
    ["K10", "Ik wil mijn abonnement opzeggen", "nl", "ambiguous"],
    ["K11", "Kündigen", "de", "ambiguous"],
    ["K12", "KEINE NACHRICHTEN MEHR", "de", "certain"],
    ["K14", "non-stop flight to Rome", "en", "none"],
    ["K15", "CANCEL", "en", "certain", sms],
    ["K15 elsewhere", "CANCEL", "en", "ambiguous"],
    ["K17", "s t o p", "en", "certain"],
    ["K19", "arrêt", "fr", "certain"],
    ["K20", "BAJA", "es", "certain"],
    ["K22", "DUR", "tr", "certain"],
    ["K24", "İPTAL", "tr", "ambiguous"],
    ["K25", "إلغاء الاشتراك", "ar", "certain"],
    ["K26", "बंद करो", "hi", "certain"],
    ["K27", "🛑", null, "probable"],
    ["K29", "JA", "nl", "opt-in", asked],
    ["K30", "JA", "nl", "none"],
    ["K33", "HELP", "en", "help"],
    ["K35", "END", "en", "certain", sms],
    ["K36", "ende", "de", "ambiguous"],
    ["K37", "quit it you spammers", "en", "probable"],
    ["dots", "S.T.O.P", "en", "certain"],
    ["dashes", "s-t-o-p!", "en", "certain"],
    ["full width", "ＳＴＯＰ", "en", "certain"],
    ["zero width", "ST\u200bOP", "en", "certain"],
    ["right-to-left mark", "\u200fتوقف", "ar", "certain"],
    ["umlaut spelled out", "LOESCHEN SIE MICH", "de", "certain"],
    ["umlaut left out", "LOSCHEN SIE MICH", "de", "certain"],
    ["Turkish i, lower case", "çık", "tr", "certain"],
    ["Turkish i, upper case", "LİSTEDEN ÇIKAR", "tr", "certain"],
    ["Turkish without dots", "LISTEDEN CIKAR", "tr", "certain"],
    ["Arabic letter forms", "أَوْقِفْ", "ar", "certain"],
    ["a word of another language, unique to opt-out", "BAJA", "nl", "certain"],
    ["English in any thread", "unsubscribe", "pl", "certain"],
    ["Polish courtesy", "stop, proszę", "pl", "certain"],
    ["Dutch courtesy", "stop a.u.b.", "nl", "certain"],
    ["French courtesy", "STOP s'il vous plaît", "fr", "certain"],
    ["one sign and a skin tone", "✋🏽", "en", "probable"],
    ["stop and start together", "start stop", "en", "certain"],
    ["stop, stop", "stop stop STOP", "nl", "certain"],
    ["with small words", "afmelden van de nieuwsbrief", "nl", "certain-narrow"],
    ["the other way round", "Newsletter abbestellen", "de", "certain-narrow"],
    ["one channel", "STOP SMS", "en", "certain-narrow"],
    ["everything", "STOP ALLES", "nl", "certain"],
    ["being written to, en", "stop sending me this", "en", "probable"],
    ["being written to, nl", "geen reclame meer", "nl", "probable"],
    ["off the list, nl", "haal me van de lijst", "nl", "probable"],
    ["off the list, de", "nehmt mich aus dem Verteiler", "de", "probable"],
    ["being written to, fr", "ne m'envoyez plus", "fr", "probable"],
    ["being written to, es", "no me escriban más", "es", "probable"],
    ["a question first", "why do you text me? unsubscribe me", "en", "probable"],
    ["being written to, ru", "не присылайте мне это", "ru", "probable"],
    ["wanting no more, en", "I don't want any more of your messages", "en", "probable"],
    ["wanting no more, fr", "je ne veux plus recevoir vos messages", "fr", "probable"],
    ["wanting no more, it", "non voglio più ricevere messaggi", "it", "probable"],
    ["wanting no more, pt", "não me mande mais mensagens", "pt", "probable"],
    ["wanting no more, de", "Bitte keine Werbung mehr schicken", "de", "probable"],
    ["a visit", "Can I stop by tomorrow?", "en", "none"],
    ["a class", "Afmelden voor de les van morgen", "nl", "ambiguous"],
    ["an order", "stop my order", "en", "ambiguous"],
    ["an appointment", "cancel appointment", "en", "ambiguous"],
    ["a bus stop", "bus stop", "en", "ambiguous"],
    ["a contract", "Kündigung Vertrag", "de", "ambiguous"],
    ["storno", "storno", "de", "ambiguous"],
    ["the weekend", "fin de semana", "es", "ambiguous"],
    ["non-stop alone", "non-stop", "en", "ambiguous"],
    ["no", "no thanks", "en", "ambiguous"],
    ["an ordinary no", "No, the blue one is fine", "en", "none"],
    ["an ordinary question", "Wanneer komt mijn pakket aan?", "nl", "none"],
    ["nothing", "", "en", "none"],
    ["only courtesy", "thanks", "en", "none"],
  ];

  it.each(lines)("%s: %s (%s) is %s", (_id, text, language, expected, context) => {
    expect(read(text, language, context).class).toBe(expected);
  });
});

describe("what a keyword covers", () => {
  it("is every proactive message on the channel after a bare word", () => {
    expect(read("STOP", "nl").scope).toEqual({ purpose: "all", channel: "whatsapp" });
  });

  it("is narrowed by a purpose or a channel, and widened by ALL", () => {
    expect(read("afmelden nieuwsbrief", "nl").scope).toEqual({ purpose: "marketing", channel: "whatsapp" });
    expect(read("STOP SMS", "en").scope).toEqual({ purpose: "all", channel: "sms" });
    expect(read("stop all", "en").scope).toEqual({ purpose: "all", channel: "all" });
  });

  it("is, for a START, what the keyword before it stopped and no more", () => {
    const previousOptOut = { purpose: "all", channel: "whatsapp", source: "keyword" } as const;
    expect(read("START", "en", { previousOptOut })).toMatchObject({
      class: "opt-in",
      scope: { purpose: "all", channel: "whatsapp" },
    });
    expect(read("START", "en", { previousOptOut: { ...previousOptOut, source: "complaint" } })).toMatchObject({
      class: "opt-in",
      scope: null,
    });
  });

  it("is nothing for a yes once the question is a day old", () => {
    const openConsentQuestionAt = plus(ordinaryAt, -24 * 60 * minuteMs);
    expect(read("ja", "nl", { openConsentQuestionAt }).class).toBe("none");
    expect(read("ja", "nl", { openConsentQuestionAt: plus(openConsentQuestionAt, 1) }).class).toBe("opt-in");
  });
});

describe("every word of every list", () => {
  const expectedClass = { optOut: "certain", optIn: "opt-in", help: "help", ambiguous: "ambiguous" } as const;
  const words = Object.entries(wordsByLanguage).flatMap(([language, columns]) =>
    Object.entries(columns).flatMap(([column, list]) =>
      list.map((word: string) => [language, word, expectedClass[column as keyof typeof expectedClass]] as const),
    ),
  );

  it.each(words)("%s: %s is %s, however it is written", (language, word, expected) => {
    for (const written of [word, word.toUpperCase(), `  ${word}! `, word.normalize("NFD"), `"${word}"`]) {
      expect(read(written, language).class, written).toBe(expected);
    }
  });
});

it("reads any text at all, the same each time", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      fc.constantFrom("nl", "tr", "ar", "xx", "", null),
      (text, language) => {
        expect(read(text, language)).toEqual(read(text, language));
      },
    ),
  );
});

it("takes the first own line of a mail", () => {
  const mail = "> Our offers of this week\n\nSTOP\n\n> Reply STOP to leave";
  expect(readKeyword(mail, { channel: "email", language: "en", now: ordinaryAt }).class).toBe("certain");
});

import type { Refusal } from "../platform/refusals.ts";
import { language } from "./words.ts";

/** Why the control face refused, by its code; a refusal without a code comes in English. */
type Words = Record<Refusal, string>;

const en: Words = {
  moved: "This person has taken another number.",
  "not-on-platform": "This person does not have the messenger.",
  blocked: "This person has blocked the business. Unblock it first.",
  "not-a-number": "That is not a phone number.",
  "same-number": "They already have that number.",
  "crowd-size": "A crowd has from 1 to 1,000,000 people.",
  "not-a-day": "That is not a day.",
  "clock-backward": "The clock only goes forward.",
  "link-nowhere": "No business here has the number of that link.",
  "nothing-to-appeal": "There is no decision to appeal against.",
};

const nl: Words = {
  moved: "Deze persoon heeft een ander nummer genomen.",
  "not-on-platform": "Deze persoon heeft de app niet.",
  blocked: "Deze persoon heeft het bedrijf geblokkeerd. Hef dat eerst op.",
  "not-a-number": "Dat is geen telefoonnummer.",
  "same-number": "Dat nummer is al van deze persoon.",
  "crowd-size": "Een menigte heeft 1 tot 1.000.000 mensen.",
  "not-a-day": "Dat is geen dag.",
  "clock-backward": "De klok gaat alleen vooruit.",
  "link-nowhere": "Geen bedrijf hier heeft het nummer van die link.",
  "nothing-to-appeal": "Er is geen besluit om bezwaar tegen te maken.",
};

const de: Words = {
  moved: "Diese Person hat eine andere Nummer genommen.",
  "not-on-platform": "Diese Person hat die App nicht.",
  blocked: "Diese Person hat das Unternehmen blockiert. Heben Sie das zuerst auf.",
  "not-a-number": "Das ist keine Telefonnummer.",
  "same-number": "Diese Nummer hat die Person schon.",
  "crowd-size": "Eine Menge hat 1 bis 1.000.000 Menschen.",
  "not-a-day": "Das ist kein Tag.",
  "clock-backward": "Die Uhr geht nur vorwärts.",
  "link-nowhere": "Kein Unternehmen hier hat die Nummer dieses Links.",
  "nothing-to-appeal": "Es gibt keine Entscheidung, gegen die man Einspruch erheben könnte.",
};

const words: Readonly<Record<string, string>> = { en, nl, de }[language];

/** The refusal in the page's language, or `null` where it has no words for it. */
export function refusalInWords(code: unknown): string | null {
  return typeof code === "string" ? (words[code] ?? null) : null;
}

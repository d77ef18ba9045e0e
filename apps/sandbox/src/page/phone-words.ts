import { language } from "./words.ts";

/** The words of what a phone does beyond writing: recording, the business's profile, links that open a chat. */
const en = {
  record: "Record a voice note",
  recording: (time: string) => `Recording, ${time}`,
  discard: "Throw the recording away",
  sendRecording: "Send the voice note",
  noMicrophone: "There is no microphone, or this page may not use it. A sample voice note is under Attach.",
  profile: (business: string) => `About ${business}`,
  about: "About",
  description: "Description",
  address: "Address",
  email: "E-mail",
  websites: "Websites",
  trade: "Trade",
  nothingTold: "This business tells nothing about itself.",
  linkNowhere: "No business here has the number of that link.",
};

type Words = typeof en;

const nl: Words = {
  record: "Spraakbericht opnemen",
  recording: (time) => `Opname, ${time}`,
  discard: "Opname weggooien",
  sendRecording: "Spraakbericht versturen",
  noMicrophone: "Er is geen microfoon, of deze pagina mag hem niet gebruiken. Een voorbeeld staat onder Bijvoegen.",
  profile: (business) => `Over ${business}`,
  about: "Over",
  description: "Beschrijving",
  address: "Adres",
  email: "E-mail",
  websites: "Websites",
  trade: "Branche",
  nothingTold: "Dit bedrijf vertelt niets over zichzelf.",
  linkNowhere: "Geen bedrijf hier heeft het nummer van die link.",
};

const de: Words = {
  record: "Sprachnachricht aufnehmen",
  recording: (time) => `Aufnahme, ${time}`,
  discard: "Aufnahme verwerfen",
  sendRecording: "Sprachnachricht senden",
  noMicrophone: "Es gibt kein Mikrofon, oder diese Seite darf es nicht benutzen. Ein Beispiel steht unter Anhängen.",
  profile: (business) => `Über ${business}`,
  about: "Info",
  description: "Beschreibung",
  address: "Adresse",
  email: "E-Mail",
  websites: "Websites",
  trade: "Branche",
  nothingTold: "Dieses Unternehmen sagt nichts über sich.",
  linkNowhere: "Kein Unternehmen hier hat die Nummer dieses Links.",
};

export const phoneWords: Words = { en, nl, de }[language];

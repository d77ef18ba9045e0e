/** The words all pages share; each page has a file of its own beside. A key that one language lacks fails the type check. */
const en = {
  lang: "English",
  loading: "Loading",
  phones: "Phones",
  console: "Console",
  rules: "Rules",
  coverage: "Coverage",
  language: "Language",
  sandbox: "Sandbox",
  add: "Add",
  cancel: "Cancel",
  stop: "Stop",
  close: "Close",
  today: "Today",
  yesterday: "Yesterday",
  copied: "Copied",
  failed: (what: string) => `That did not work: ${what}`,
  now: "Time in the sandbox",
  advance: (span: string) => `Turn the clock ${span} forward`,
  turning: "Turning the clock…",
  copy: "Copy",
  clock: "Clock",
  connectionLost: "The sandbox does not answer. Trying again…",
  noAnswer: "The sandbox does not answer.",
};

export type Words = {
  [Key in keyof typeof en]: (typeof en)[Key] extends (...input: infer Input) => string
    ? (...input: Input) => string
    : string;
};

const nl: Words = {
  lang: "Nederlands",
  loading: "Laden",
  phones: "Telefoons",
  console: "Console",
  rules: "Regels",
  coverage: "Dekking",
  language: "Taal",
  sandbox: "Zandbak",
  add: "Toevoegen",
  cancel: "Annuleren",
  stop: "Stoppen",
  close: "Sluiten",
  today: "Vandaag",
  yesterday: "Gisteren",
  copied: "Gekopieerd",
  failed: (what) => `Dat ging niet: ${what}`,
  now: "Tijd in de zandbak",
  advance: (span) => `Zet de klok ${span} vooruit`,
  turning: "De klok draait…",
  copy: "Kopiëren",
  clock: "Klok",
  connectionLost: "De zandbak antwoordt niet. We proberen het opnieuw…",
  noAnswer: "De zandbak antwoordt niet.",
};

const de: Words = {
  lang: "Deutsch",
  loading: "Lädt",
  phones: "Telefone",
  console: "Konsole",
  rules: "Regeln",
  coverage: "Abdeckung",
  language: "Sprache",
  sandbox: "Sandkasten",
  add: "Hinzufügen",
  cancel: "Abbrechen",
  stop: "Anhalten",
  close: "Schließen",
  today: "Heute",
  yesterday: "Gestern",
  copied: "Kopiert",
  failed: (what) => `Das ging nicht: ${what}`,
  now: "Zeit im Sandkasten",
  advance: (span) => `Uhr um ${span} vorstellen`,
  turning: "Die Uhr läuft vor…",
  copy: "Kopieren",
  clock: "Uhr",
  connectionLost: "Der Sandkasten antwortet nicht. Neuer Versuch…",
  noAnswer: "Der Sandkasten antwortet nicht.",
};

export const languages = { en, nl, de } satisfies Record<string, Words>;
export type Language = keyof typeof languages;

const storageKey = "sandbox.language";

function isLanguage(text: string | null | undefined): text is Language {
  return text === "en" || text === "nl" || text === "de";
}

/** The language chosen by hand, else the first of the browser's that we speak. */
export function currentLanguage(): Language {
  const asked = new URLSearchParams(location.search).get("lang") ?? localStorage.getItem(storageKey);
  if (isLanguage(asked)) return asked;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? "en";
}

export function chooseLanguage(language: Language): void {
  localStorage.setItem(storageKey, language);
  const url = new URL(location.href);
  url.searchParams.delete("lang");
  location.replace(url);
}

export const language: Language = currentLanguage();
export const words: Words = languages[language];

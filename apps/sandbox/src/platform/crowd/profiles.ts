/**
 * How people of a crowd behave. Shares are between 0 and 1. Those of `reads`, `replies`, `blocks`, `reports`, `stops` and
 * `numberChanged` are of the messages delivered (a person blocks, stops or moves once); whoever does more than read has read
 * first, so each is at most `reads.share`. `notOnWhatsApp` is a share of the people.
 */
export interface Profile {
  readonly reads: {
    readonly share: number;
    /** From delivery to reading: half have read after the first figure, 95 of 100 after the second. */
    readonly afterMs: readonly [medianMs: number, p95Ms: number];
  };
  readonly replies: {
    readonly share: number;
    /** What they write; without it, words in their language. With quick replies in the message, half of them tap one. */
    readonly texts?: readonly string[];
  };
  readonly blocks: number;
  readonly reports: number;
  /** "Stop" under offers and announcements; after marketing templates only. */
  readonly stops: number;
  readonly notOnWhatsApp: number;
  readonly numberChanged: number;
  /** Shares by language code; what they add up to is the whole. */
  readonly languages: Readonly<Record<string, number>>;
  /** Shares by country; without a prefix, numbers begin with the country's calling code. */
  readonly countries: Readonly<Record<string, number>>;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** From reading to whatever somebody does about it: writing, tapping, blocking. Ours, not measured. */
export const actsAfterMs = [20_000, 180_000] as const;

/**
 * Crowds by name. The figures are ours: of the size one hears from publishers and shops, and meant to be replaced by one's
 * own.
 */
export const profiles = {
  /** Subscribers of a news service. */
  news: {
    reads: { share: 0.82, afterMs: [12 * minuteMs, 9 * hourMs] },
    replies: { share: 0.015 },
    blocks: 0.001,
    reports: 0.0002,
    stops: 0.002,
    notOnWhatsApp: 0.01,
    numberChanged: 0.0003,
    languages: { de: 0.85, en: 0.15 },
    countries: { DE: 0.93, AT: 0.05, CH: 0.02 },
  },
  /** Customers of a shop who get an offer now and then. */
  shop: {
    reads: { share: 0.7, afterMs: [40 * minuteMs, 20 * hourMs] },
    replies: { share: 0.04 },
    blocks: 0.004,
    reports: 0.001,
    stops: 0.01,
    notOnWhatsApp: 0.03,
    numberChanged: 0.0005,
    languages: { nl: 0.9, en: 0.1 },
    countries: { NL: 0.9, BE: 0.1 },
  },
  /** Everybody reads within seconds and does nothing else: for measuring. */
  eager: {
    reads: { share: 1, afterMs: [400, 400] },
    replies: { share: 0 },
    blocks: 0,
    reports: 0,
    stops: 0,
    notOnWhatsApp: 0,
    numberChanged: 0,
    languages: { en: 1 },
    countries: { NL: 1 },
  },
  /** A bought list: strangers who never asked for anything. */
  strangers: {
    reads: { share: 0.55, afterMs: [60 * minuteMs, 24 * hourMs] },
    replies: { share: 0.03 },
    blocks: 0.08,
    reports: 0.03,
    stops: 0.05,
    notOnWhatsApp: 0.25,
    numberChanged: 0.001,
    languages: { nl: 0.6, de: 0.2, en: 0.2 },
    countries: { NL: 0.6, DE: 0.2, GB: 0.2 },
  },
} as const satisfies Record<string, Profile>;

/** Calling codes of the countries a crowd may live in. */
export const callingCodes: Readonly<Record<string, string>> = {
  AT: "43",
  BE: "32",
  BR: "55",
  CH: "41",
  DE: "49",
  DK: "45",
  ES: "34",
  FR: "33",
  GB: "44",
  IN: "91",
  IT: "39",
  MX: "52",
  NL: "31",
  NO: "47",
  PL: "48",
  PT: "351",
  SE: "46",
  TR: "90",
  US: "1",
};

export const firstNames = [
  "Alex",
  "Anna",
  "Bo",
  "Dana",
  "Emre",
  "Fatima",
  "Finn",
  "Ida",
  "Jan",
  "Jonas",
  "Kim",
  "Lena",
  "Luca",
  "Mara",
  "Mia",
  "Milan",
  "Nils",
  "Noor",
  "Olga",
  "Ravi",
  "Robin",
  "Sofia",
  "Tess",
  "Yara",
]; // prettier-ignore
export const lastNames = [
  "Aydin",
  "Bakker",
  "Berg",
  "Costa",
  "Dijk",
  "Fischer",
  "Garcia",
  "Haas",
  "Jansen",
  "Keller",
  "Kowalski",
  "Lang",
  "Maier",
  "Meyer",
  "Moreau",
  "Novak",
  "Peters",
  "Rossi",
  "Schmidt",
  "Silva",
  "Smit",
  "Visser",
  "Weber",
  "Yilmaz",
]; // prettier-ignore

/** What somebody writes back, by language; English where there is none. */
export const replyTexts: Readonly<Record<string, readonly string[]>> = {
  de: ["Danke!", "Interessant, mehr davon", "Wann genau?", "👍", "Wer ist das?"],
  en: ["Thanks!", "More of this, please", "When exactly?", "👍", "Who is this?"],
  nl: ["Dank je!", "Leuk, meer hiervan", "Hoe laat precies?", "👍", "Wie is dit?"],
};

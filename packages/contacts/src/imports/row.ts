import type { Purpose } from "../consent.ts";
import { type PhoneNumber, readPhone } from "../phone.ts";

/**
 * One row of a list, read: who it is about, what they are said to have agreed to, and what is missing before anybody may
 * rely on it. Pure: the same row, rules and instant give the same answer.
 */
export const importFields = [
  "phone",
  "email",
  "name",
  "purpose",
  "channel",
  "topic",
  "obtainedAt",
  "method",
  "wordingVersion",
  "landingUrl",
  "landingVersion",
  "evidence",
  "language",
  "country",
  "birthDate",
] as const;
export type ImportField = (typeof importFields)[number];
export type RowValues = Readonly<Partial<Record<ImportField, string>>>;

export interface ImportMapping {
  readonly columns: Readonly<Partial<Record<ImportField, number>>>;
  readonly defaults: RowValues;
  readonly dateOrder: "dmy" | "mdy";
}

export type ImportReason =
  | "no-address"
  | "unreadable-number"
  | "unreadable-email"
  | "no-instant"
  | "unreadable-instant"
  | "future-instant"
  | "no-method"
  | "no-wording"
  | "no-proof"
  | "unknown-purpose"
  | "unknown-channel"
  | "generated-numbers"
  | "opted-out";

export interface ReadRow {
  readonly phone: PhoneNumber | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly purpose: Purpose | null;
  readonly channel: string | null;
  readonly topic: string | null;
  readonly obtainedAt: number | null;
  readonly method: string | null;
  readonly wordingVersion: string | null;
  readonly landingUrl: string | null;
  readonly landingVersion: string | null;
  readonly evidence: string | null;
  readonly language: string | null;
  readonly country: string | null;
  readonly birthDate: string | null;
  readonly reasons: readonly ImportReason[];
}

export interface ReadingRules {
  readonly homeCountry: string;
  readonly timeZone: string;
  readonly dateOrder: "dmy" | "mdy";
  readonly now: number;
}

/** What the columns of one row say, with the defaults where they say nothing. */
export function valuesOf(cells: readonly string[], { columns, defaults }: ImportMapping): RowValues {
  const values: Partial<Record<ImportField, string>> = {};
  for (const field of importFields) {
    const column = columns[field];
    const text = (column === undefined ? "" : (cells[column] ?? "")).trim() || (defaults[field] ?? "").trim();
    if (text !== "") values[field] = text;
  }
  return values;
}

export function readRow(values: RowValues, rules: ReadingRules): ReadRow {
  const reasons: ImportReason[] = [];
  const country = values.country?.length === 2 ? values.country.toUpperCase() : null;
  const phone = values.phone === undefined ? null : readPhone(spelledOut(values.phone), country ?? rules.homeCountry);
  const email = values.email === undefined ? null : readEmail(values.email);
  if (values.phone !== undefined && !phone) reasons.push("unreadable-number");
  else if (values.email !== undefined && !email) reasons.push("unreadable-email");
  else if (!phone && !email) reasons.push("no-address");

  const purpose = lookUp(purposeWords, values.purpose);
  if (!purpose) reasons.push("unknown-purpose");
  const channel = lookUp(channelWords, values.channel);
  const isReachable = channel === "email" ? email !== null : channel === "whatsapp" ? phone !== null : true;
  if (!channel) reasons.push("unknown-channel");
  else if (!isReachable && reasons.length === 0) reasons.push("no-address");

  const obtainedAt = values.obtainedAt === undefined ? null : readInstant(values.obtainedAt, rules);
  if (values.obtainedAt === undefined) reasons.push("no-instant");
  else if (obtainedAt === null) reasons.push("unreadable-instant");
  else if (obtainedAt > rules.now) reasons.push("future-instant");
  if (values.method === undefined) reasons.push("no-method");
  if (values.wordingVersion === undefined) reasons.push("no-wording");
  // A reference to paper, a log or a recording; or the page on which it happened, as it stood then.
  const evidence = values.evidence ?? (values.landingVersion === undefined ? null : (values.landingUrl ?? null));
  if (!evidence) reasons.push("no-proof");

  return {
    phone,
    email,
    name: values.name?.slice(0, 120) ?? null,
    purpose,
    channel,
    topic: values.topic?.slice(0, 80) ?? null,
    obtainedAt,
    method: values.method?.slice(0, 80) ?? null,
    wordingVersion: values.wordingVersion?.slice(0, 80) ?? null,
    landingUrl: values.landingUrl ?? null,
    landingVersion: values.landingVersion ?? null,
    evidence,
    language: values.language?.slice(0, 2).toLowerCase() ?? null,
    country,
    birthDate: values.birthDate === undefined ? null : readDate(values.birthDate, rules.dateOrder),
    reasons,
  };
}

/** Spreadsheets write 00 for the plus, and drop the leading zero or turn the number into 3.16E+10. */
function spelledOut(text: string): string {
  return text.replace(/^00/, "+").replace(/^'/, "");
}

function readEmail(text: string): string | null {
  const email = text.toLowerCase();
  return /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]{2,}$/.test(email) ? email : null;
}

function lookUp<Value>(words: Readonly<Record<string, Value>>, text: string | undefined): Value | null {
  const word = (text ?? "").toLowerCase().replace(/[^\p{L}]/gu, "");
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}

const purposeWords: Readonly<Record<string, Purpose>> = {
  marketing: "marketing",
  newsletter: "marketing",
  nieuwsbrief: "marketing",
  reclame: "marketing",
  aanbiedingen: "marketing",
  offers: "marketing",
  advertising: "marketing",
  werbung: "marketing",
  angebote: "marketing",
  transactional: "transactional",
  orders: "transactional",
  bestellingen: "transactional",
  bestellungen: "transactional",
  service: "service",
  survey: "survey",
  enquête: "survey",
  enquete: "survey",
  umfrage: "survey",
  salescall: "sales-call",
  call: "sales-call",
};
const channelWords: Readonly<Record<string, string>> = {
  whatsapp: "whatsapp",
  wa: "whatsapp",
  email: "email",
  mail: "email",
  telegram: "telegram",
  webchat: "webchat",
  all: "all",
  alle: "all",
  alles: "all",
};

/** A date, or a date and a time; without an offset as clocks show it where the organisation is. */
function readInstant(text: string, rules: ReadingRules): number | null {
  if (/^\d{4}-\d{2}-\d{2}T.*(Z|[+-]\d{2}:?\d{2})$/i.test(text)) {
    const at = Date.parse(text);
    return Number.isNaN(at) ? null : at;
  }
  const [, day = "", , hours = "0", minutes = "0", seconds = "0"] =
    /^([\d./-]+)([T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?)?$/.exec(text.trim()) ?? [];
  const date = readDate(day, rules.dateOrder);
  if (date === null || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  const asUtc =
    Date.parse(`${date}T00:00:00Z`) + ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000;
  return asUtc - offsetMs(rules.timeZone, asUtc - offsetMs(rules.timeZone, asUtc));
}

/** As `YYYY-MM-DD`; `null` where there is no such day. */
function readDate(text: string, order: "dmy" | "mdy"): string | null {
  const iso = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  const other = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(text);
  const parts = iso
    ? [iso[1], iso[2], iso[3]]
    : other
      ? order === "dmy"
        ? [other[3], other[2], other[1]]
        : [other[3], other[1], other[2]]
      : null;
  if (!parts) return null;
  const date = parts.map((part) => (part ?? "").padStart(2, "0")).join("-");
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date) ? date : null;
}

/** How far clocks there were ahead of UTC at an instant. */
function offsetMs(timeZone: string, at: number): number {
  const parts = Object.fromEntries(
    clockOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1_000) * 1_000;
}

const clocks = new Map<string, Intl.DateTimeFormat>();
function clockOf(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  clocks.set(timeZone, clock);
  return clock;
}

const headerWords: readonly (readonly [ImportField, RegExp])[] = [
  ["landingVersion", /(landing|page|pagina|seite).*(version|versie|digest|hash)/],
  ["landingUrl", /landing|url|page|pagina|seite|website/],
  ["wordingVersion", /wording|versie|version|tekst|wortlaut|text/],
  [
    "obtainedAt",
    /obtained|consentdate|optin(at|date|datum)?$|verkregen|toestemmingsdatum|datum|date|zeitpunkt|einwilligungam|timestamp|tijdstip/,
  ],
  ["birthDate", /birth|geboorte|geburt|dob/],
  ["method", /method|methode|source|bron|quelle|how|via|art$/],
  ["evidence", /evidence|proof|bewijs|nachweis|beleg|reference|referentie|referenz/],
  ["phone", /phone|mobile|mobiel|telefoon|telefon|handy|nummer|number|whatsapp(nr|number|nummer)?$|gsm|tel$/],
  ["email", /mail/],
  ["purpose", /purpose|doel|zweck/],
  ["channel", /channel|kanaal|kanal/],
  ["topic", /topic|onderwerp|thema|newsletter|nieuwsbrief/],
  ["language", /language|taal|sprache|locale/],
  ["country", /country|land/],
  ["name", /name|naam/],
];

/** Which column is likely what, by its heading in English, Dutch or German. */
export function guessMapping(headers: readonly string[]): ImportMapping {
  const columns: Partial<Record<ImportField, number>> = {};
  headers.forEach((header, index) => {
    const word = header.toLowerCase().replace(/[^\p{L}]/gu, "");
    const isTaken = (field: ImportField) => columns[field] !== undefined;
    const found =
      // Before "date" and "datum" are taken for when they agreed.
      /birth|geboorte|geburt|dob/.test(word)
        ? ("birthDate" as const)
        : headerWords.find(([field, pattern]) => !isTaken(field) && pattern.test(word))?.[0];
    if (found && !isTaken(found)) columns[found] = index;
  });
  return { columns, defaults: {}, dateOrder: "dmy" };
}

const runLength = 5;
const runGap = 10;

/** Numbers that follow each other too closely to be people who agreed one by one: five or more with gaps of at most ten. */
export function generatedNumbers(e164: readonly string[]): Set<string> {
  const sorted = [...new Set(e164)]
    .map((text) => ({ text, value: Number(text.slice(1)) }))
    .sort((a, b) => a.value - b.value);
  const generated = new Set<string>();
  for (let start = 0; start < sorted.length; ) {
    let end = start + 1;
    while (end < sorted.length && (sorted[end]?.value ?? 0) - (sorted[end - 1]?.value ?? 0) <= runGap) end += 1;
    if (end - start >= runLength) for (const { text } of sorted.slice(start, end)) generated.add(text);
    start = end;
  }
  return generated;
}

import type { ClaimCode, ConsumerState, DemandState, SignalCode } from "../platform/rules/codes.ts";
import { language } from "./words.ts";

/** The words of what the platform does outside the Cloud API: ordinary accounts, and demands because of public claims. */
interface Words {
  readonly title: string;
  readonly hint: string;
  readonly demands: string;
  readonly accounts: string;
  readonly answerBy: (day: string) => string;
  readonly answer: string;
  readonly operator: string;
  readonly publicText: string;
  readonly check: string;
  readonly nothingFound: string;
  readonly noDemand: string;
  readonly points: (points: number) => string;
  readonly states: Record<DemandState, string>;
  readonly claims: Record<ClaimCode, string>;
  readonly consumerStates: Record<ConsumerState, string>;
  readonly signals: Record<SignalCode, string>;
}

const en: Words = {
  title: "Outside the platform",
  hint: "What a company says in public, and what it does with ordinary accounts.",
  demands: "Demands to stop",
  accounts: "Ordinary accounts",
  answerBy: (day) => `To be answered by ${day}`,
  answer: "It is removed and has stopped",
  operator: "Who says it",
  publicText: "Public text",
  check: "Have it read",
  nothingFound: "Nothing found that counts as evidence.",
  noDemand: "Found, but under the rules of this day it leads to no demand.",
  points: (points) => `${points} points`,
  states: { open: "open", answered: "answered", "legal action": "legal action" },
  claims: {
    "bulk-without-platform": "Bulk messages without the platform",
    "around-bans": "Ways around a ban",
    "without-limits": "Sending without limits",
    "no-consent": "No consent needed",
    "harvested-numbers": "Harvested numbers",
    "newsletter-without-platform": "A newsletter without the platform",
    "rotating-numbers": "Numbers in rotation",
    "modified-app": "A modified app",
  },
  consumerStates: { active: "active", "under review": "under review", banned: "banned" },
  signals: {
    "registered-and-sends": "Registered minutes ago and sends a hundred messages in seconds",
    groups: "Dozens of groups, or thousands of people added to groups",
    pace: "A pace no hand keeps",
    "no-typing": "No typing shown before messages",
    "not-the-app": "Sent by something that is not the app",
    strangers: "Mostly to people who do not know the number",
    "young-and-busy": "A young account that sends a lot",
    business: "Not personal: a business writes",
    reported: "Blocked or reported by several",
  },
};

const nl: Words = {
  title: "Buiten het platform",
  hint: "Wat een bedrijf in het openbaar zegt, en wat het met gewone accounts doet.",
  demands: "Eisen om te stoppen",
  accounts: "Gewone accounts",
  answerBy: (day) => `Te beantwoorden voor ${day}`,
  answer: "Het is verwijderd en gestopt",
  operator: "Wie het zegt",
  publicText: "Openbare tekst",
  check: "Laten lezen",
  nothingFound: "Niets gevonden dat als bewijs telt.",
  noDemand: "Gevonden, maar volgens de regels van deze dag volgt er geen eis.",
  points: (points) => `${points} punten`,
  states: { open: "open", answered: "beantwoord", "legal action": "rechtszaak" },
  claims: {
    "bulk-without-platform": "Massaberichten zonder het platform",
    "around-bans": "Manieren om een blokkade te ontlopen",
    "without-limits": "Versturen zonder limiet",
    "no-consent": "Geen toestemming nodig",
    "harvested-numbers": "Verzamelde nummers",
    "newsletter-without-platform": "Een nieuwsbrief zonder het platform",
    "rotating-numbers": "Wisselende nummers",
    "modified-app": "Een aangepaste app",
  },
  consumerStates: { active: "actief", "under review": "wordt bekeken", banned: "verbannen" },
  signals: {
    "registered-and-sends": "Minuten geleden aangemeld en honderd berichten in seconden",
    groups: "Tientallen groepen, of duizenden mensen aan groepen toegevoegd",
    pace: "Een tempo dat geen hand volhoudt",
    "no-typing": "Geen typen te zien voor de berichten",
    "not-the-app": "Verstuurd door iets anders dan de app",
    strangers: "Vooral aan mensen die het nummer niet kennen",
    "young-and-busy": "Een jong account dat veel verstuurt",
    business: "Niet persoonlijk: er schrijft een bedrijf",
    reported: "Door meerderen geblokkeerd of gemeld",
  },
};

const de: Words = {
  title: "Außerhalb der Plattform",
  hint: "Was ein Unternehmen öffentlich sagt, und was es mit gewöhnlichen Konten tut.",
  demands: "Aufforderungen zur Unterlassung",
  accounts: "Gewöhnliche Konten",
  answerBy: (day) => `Zu beantworten bis ${day}`,
  answer: "Es ist entfernt und beendet",
  operator: "Wer es sagt",
  publicText: "Öffentlicher Text",
  check: "Lesen lassen",
  nothingFound: "Nichts gefunden, das als Beleg zählt.",
  noDemand: "Gefunden, doch nach den Regeln dieses Tages folgt keine Aufforderung.",
  points: (points) => `${points} Punkte`,
  states: { open: "offen", answered: "beantwortet", "legal action": "Klage" },
  claims: {
    "bulk-without-platform": "Massennachrichten ohne die Plattform",
    "around-bans": "Wege um eine Sperre herum",
    "without-limits": "Senden ohne Grenzen",
    "no-consent": "Keine Einwilligung nötig",
    "harvested-numbers": "Gesammelte Nummern",
    "newsletter-without-platform": "Ein Newsletter ohne die Plattform",
    "rotating-numbers": "Wechselnde Nummern",
    "modified-app": "Eine veränderte App",
  },
  consumerStates: { active: "aktiv", "under review": "wird geprüft", banned: "gesperrt" },
  signals: {
    "registered-and-sends": "Vor Minuten angemeldet und hundert Nachrichten in Sekunden",
    groups: "Dutzende Gruppen, oder Tausende zu Gruppen hinzugefügt",
    pace: "Ein Tempo, das keine Hand hält",
    "no-typing": "Kein Tippen vor den Nachrichten zu sehen",
    "not-the-app": "Von etwas anderem als der App gesendet",
    strangers: "Meist an Menschen, die die Nummer nicht kennen",
    "young-and-busy": "Ein junges Konto, das viel sendet",
    business: "Nicht persönlich: Es schreibt ein Unternehmen",
    reported: "Von mehreren blockiert oder gemeldet",
  },
};

export const demandWords: Words = { en, nl, de }[language];

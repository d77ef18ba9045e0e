import { language } from "./words.ts";

/** The words of how accounts, numbers and templates stand with the platform. */
const en = {
  standing: "Standing",
  standingHint: "What the platform thinks of every account, and what comes next. Real businesses are told less.",
  limit: (used: string, most: string) => `${used} of ${most} people in 24 hours`,
  noLimit: (used: string) => `${used} people in 24 hours, without a limit`,
  days: "Delivered templates, day by day, and what people did about them",
  day: "Day",
  delivered: "Delivered",
  blocked: "Blocked",
  reported: "Reported",
  stopped: "Stopped",
  quality: "Quality",
  strikes: (count: number) => (count === 1 ? "1 strike" : `${count} strikes`),
  restricted: (what: string, until: string) => (until ? `${what} until ${until}` : what),
  disabled: "Disabled",
  scheduled: "To be disabled",
  noPayment: "No payment method",
  template: "Template",
  nothingYet: "Nothing was sent yet that could be judged.",
};

type Words = typeof en;

const nl: Words = {
  standing: "Reputatie",
  standingHint: "Wat het platform van elk account vindt, en wat er komt. Echte bedrijven krijgen minder te horen.",
  limit: (used, most) => `${used} van ${most} mensen in 24 uur`,
  noLimit: (used) => `${used} mensen in 24 uur, zonder limiet`,
  days: "Afgeleverde sjablonen, dag voor dag, en wat mensen ermee deden",
  day: "Dag",
  delivered: "Afgeleverd",
  blocked: "Geblokkeerd",
  reported: "Gemeld",
  stopped: "Gestopt",
  quality: "Kwaliteit",
  strikes: (count) => (count === 1 ? "1 overtreding" : `${count} overtredingen`),
  restricted: (what, until) => (until ? `${what} tot ${until}` : what),
  disabled: "Uitgeschakeld",
  scheduled: "Wordt uitgeschakeld",
  noPayment: "Geen betaalwijze",
  template: "Sjabloon",
  nothingYet: "Er is nog niets verstuurd dat beoordeeld kan worden.",
};

const de: Words = {
  standing: "Ansehen",
  standingHint: "Was die Plattform von jedem Konto hält, und was kommt. Echten Unternehmen wird weniger gesagt.",
  limit: (used, most) => `${used} von ${most} Menschen in 24 Stunden`,
  noLimit: (used) => `${used} Menschen in 24 Stunden, ohne Grenze`,
  days: "Zugestellte Vorlagen, Tag für Tag, und was Menschen damit taten",
  day: "Tag",
  delivered: "Zugestellt",
  blocked: "Blockiert",
  reported: "Gemeldet",
  stopped: "Abbestellt",
  quality: "Qualität",
  strikes: (count) => (count === 1 ? "1 Verstoß" : `${count} Verstöße`),
  restricted: (what, until) => (until ? `${what} bis ${until}` : what),
  disabled: "Gesperrt",
  scheduled: "Wird gesperrt",
  noPayment: "Kein Zahlungsmittel",
  template: "Vorlage",
  nothingYet: "Noch wurde nichts gesendet, das beurteilt werden könnte.",
};

export const standingWords: Words = { en, nl, de }[language];

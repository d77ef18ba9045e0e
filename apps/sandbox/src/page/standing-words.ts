import { language } from "./words.ts";

/** The words of how accounts, numbers and templates stand with the platform. */
const en = {
  standing: "Standing",
  standingHint: "What the platform thinks of every account, and what comes next. Real businesses are told less.",
  limit: (used: string, most: string) => `${used} of ${most} people in 24 hours`,
  noLimit: (used: string) => `${used} people in 24 hours, without a limit`,
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
  agedOut: "too long ago to count",
  asTable: "As a table",
  qualityChart: "Templates delivered per day, what people minded in red, quality below",
  limitChart: "People reached on your initiative in 24 hours, against the limit",
  people: "People",
  limitHead: "Limit",
  refused: "Refused",
  quietDay: (day: string) => `${day}: nothing delivered`,
  toldDay: (day: string, delivered: string, minded: string, score: string | null) =>
    `${day}: ${delivered} delivered, ${minded} blocks, reports and stops${score ? `, ${score}` : ", not judged"}`,
  toldReach: (day: string, people: string, limit: string | null, refused: string) =>
    `${day}: ${people} ${limit === null ? "people, no limit" : `of ${limit} people`}${refused === "0" ? "" : `, ${refused} refused`}`,
  restrictions: {
    RESTRICTED_BIZ_INITIATED_MESSAGING: "May not write first",
    RESTRICTED_CUSTOMER_INITIATED_MESSAGING: "May not answer",
    RESTRICTED_ADD_PHONE_NUMBER_ACTION: "May not add numbers",
  } as Record<string, string>,
};

type Words = typeof en;

const nl: Words = {
  standing: "Reputatie",
  standingHint: "Wat het platform van elk account vindt, en wat er komt. Echte bedrijven krijgen minder te horen.",
  limit: (used, most) => `${used} van ${most} mensen in 24 uur`,
  noLimit: (used) => `${used} mensen in 24 uur, zonder limiet`,
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
  agedOut: "te lang geleden om te tellen",
  asTable: "Als tabel",
  qualityChart: "Afgeleverde sjablonen per dag, in het rood wat mensen stoorde, eronder de kwaliteit",
  limitChart: "Mensen die u in 24 uur als eerste schreef, naast de limiet",
  people: "Mensen",
  limitHead: "Limiet",
  refused: "Geweigerd",
  quietDay: (day) => `${day}: niets afgeleverd`,
  toldDay: (day, delivered, minded, score) =>
    `${day}: ${delivered} afgeleverd, ${minded} blokkades, meldingen en stops${score ? `, ${score}` : ", niet beoordeeld"}`,
  toldReach: (day, people, limit, refused) =>
    `${day}: ${people} ${limit === null ? "mensen, geen limiet" : `van ${limit} mensen`}${refused === "0" ? "" : `, ${refused} geweigerd`}`,
  restrictions: {
    RESTRICTED_BIZ_INITIATED_MESSAGING: "Mag niet als eerste schrijven",
    RESTRICTED_CUSTOMER_INITIATED_MESSAGING: "Mag niet antwoorden",
    RESTRICTED_ADD_PHONE_NUMBER_ACTION: "Mag geen nummers toevoegen",
  },
};

const de: Words = {
  standing: "Ansehen",
  standingHint: "Was die Plattform von jedem Konto hält, und was kommt. Echten Unternehmen wird weniger gesagt.",
  limit: (used, most) => `${used} von ${most} Menschen in 24 Stunden`,
  noLimit: (used) => `${used} Menschen in 24 Stunden, ohne Grenze`,
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
  agedOut: "zu lange her, um zu zählen",
  asTable: "Als Tabelle",
  qualityChart: "Zugestellte Vorlagen je Tag, in Rot, was Menschen störte, darunter die Qualität",
  limitChart: "Menschen, denen Sie binnen 24 Stunden zuerst schrieben, neben der Grenze",
  people: "Menschen",
  limitHead: "Grenze",
  refused: "Abgelehnt",
  quietDay: (day) => `${day}: nichts zugestellt`,
  toldDay: (day, delivered, minded, score) =>
    `${day}: ${delivered} zugestellt, ${minded} Blockierungen, Meldungen und Abbestellungen${score ? `, ${score}` : ", nicht beurteilt"}`,
  toldReach: (day, people, limit, refused) =>
    `${day}: ${people} ${limit === null ? "Menschen, keine Grenze" : `von ${limit} Menschen`}${refused === "0" ? "" : `, ${refused} abgelehnt`}`,
  restrictions: {
    RESTRICTED_BIZ_INITIATED_MESSAGING: "Darf nicht zuerst schreiben",
    RESTRICTED_CUSTOMER_INITIATED_MESSAGING: "Darf nicht antworten",
    RESTRICTED_ADD_PHONE_NUMBER_ACTION: "Darf keine Nummern hinzufügen",
  },
};

export const standingWords: Words = { en, nl, de }[language];

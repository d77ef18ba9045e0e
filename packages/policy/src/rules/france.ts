import type { Case } from "../case.ts";
import { always, type Rule, since } from "../rule.ts";
import type { DayHours } from "../zone.ts";
import { isFrenchHoliday } from "./french-holidays.ts";
import { between, isSolicitation, waitForHours } from "./hours.ts";
import { lacksBasis } from "./unsolicited.ts";

const reviewed = "2026-11-22";
const france = { region: ["FR"] } as const;

/** France: Code des postes et des communications électroniques (CPCE), and the charter of the mobile operators. */
export const frenchRules: readonly Rule[] = [
  {
    id: "fr.cpce.consent",
    title: {
      en: "Advertising needs consent (France)",
      nl: "Reclame vraagt toestemming (Frankrijk)",
      de: "Werbung braucht Einwilligung (Frankreich)",
    },
    explanation: {
      en: "In France advertising to a person needs consent, or a purchase of something similar and not just an account, and there is neither; ask with a separate box that is not ticked.",
      nl: "In Frankrijk vraagt reclame aan een persoon toestemming, of een aankoop van iets soortgelijks en niet alleen een account, en beide ontbreken; vraag het met een apart vakje dat niet is aangevinkt.",
      de: "In Frankreich braucht Werbung an eine Person eine Einwilligung oder einen Kauf von Ähnlichem und nicht nur ein Konto, und beides fehlt; fragen Sie mit einem eigenen, nicht angekreuzten Kästchen.",
    },
    specialises: ["eu.eprivacy.consent-electronic-mail"],
    versions: [
      {
        ...since("2004-06-22"),
        confidence: "high",
        appliesTo: france,
        fires: (send) => send.facts.recipient?.kind !== "legal" && lacksBasis(send),
        verdict: "refuse",
        remedies: ["separate-marketing-opt-in", "ask-consent", "wait-for-inbound"],
        clause: "Art. L34-5 CPCE",
        sources: ["Code des postes et des communications électroniques Art. L34-5", "CNIL, prospection commerciale"],
        reviewed,
      },
    ],
  },
  {
    id: "fr.sms.stop-mention",
    title: {
      en: "A free STOP line (France)",
      nl: "Een gratis STOP-regel (Frankrijk)",
      de: "Eine kostenlose STOP-Zeile (Frankreich)",
    },
    explanation: {
      en: "Advertising by text in France ends with STOP and a number to which it can be sent for nothing, so that line is added.",
      nl: "Reclame per sms eindigt in Frankrijk met STOP en een nummer waar dat gratis heen kan, dus die regel komt erbij.",
      de: "Werbung per SMS endet in Frankreich mit STOP und einer Nummer, an die man es kostenlos sendet, deshalb kommt diese Zeile hinzu.",
    },
    versions: [
      {
        ...since("2004-06-22"),
        confidence: "low",
        appliesTo: { ...france, channel: ["sms"] },
        fires: ({ isMarketing, request }) =>
          isMarketing && !request.sms?.stopRoutes?.some((route) => route === "answer" || route === "number"),
        verdict: "change",
        change: { kind: "add-stop-line", auto: true },
        remedies: [],
        clause: "STOP by text",
        sources: ["CNIL, la prospection commerciale par SMS-MMS"],
        reviewed,
      },
    ],
  },
  {
    id: "fr.sms.hours",
    title: {
      en: "No advertising texts at night or on Sundays (France)",
      nl: "Geen reclame-sms 's nachts en op zondag (Frankrijk)",
      de: "Keine Werbe-SMS nachts und sonntags (Frankreich)",
    },
    explanation: {
      en: "French operators want no advertising texts from 22:00 to 8:00, on Sundays and on public holidays, so it waits until the next permitted 8:00.",
      nl: "Franse netwerken willen geen reclame-sms van 22 tot 8 uur, op zondag en op feestdagen, dus die wacht tot de volgende toegestane 8 uur.",
      de: "Französische Netze wollen keine Werbe-SMS von 22 bis 8 Uhr, sonntags und an Feiertagen, deshalb wartet sie bis zum nächsten erlaubten 8 Uhr.",
    },
    versions: [
      {
        ...always,
        confidence: "low",
        appliesTo: { ...france, channel: ["sms", "rcs"] },
        fires: (send) =>
          isSolicitation(send) &&
          waitForHours(
            send,
            (weekday, date): DayHours =>
              weekday === "sun" || isFrenchHoliday(date, mayKeepMoreHolidays(send)) ? null : fromEightToTen,
          ),
        verdict: "hold",
        event: "time-zone-known",
        remedies: ["wait-until"],
        clause: "hours of advertising texts",
        sources: ["Charter of the French mobile operators (AF2M)"],
        reviewed,
      },
    ],
  },
];

const fromEightToTen = between(8, 22);
/** Moselle, Bas-Rhin, Haut-Rhin, and the two together. */
const alsaceMoselle = ["FR-57", "FR-67", "FR-68", "FR-6AE"];

function mayKeepMoreHolidays(send: Case): boolean {
  return alsaceMoselle.some((department) => send.mayLiveIn(department));
}

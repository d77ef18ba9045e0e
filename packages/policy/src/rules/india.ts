import type { Case } from "../case.ts";
import { type Rule, since } from "../rule.ts";
import { between, isSolicitation, waitForHours } from "./hours.ts";
import { restsOnConsent } from "./unsolicited.ts";

const reviewed = "2026-11-22";
const india = { region: ["IN"] } as const;
const texts = { ...india, channel: ["sms"] } as const;

/** India: commercial communications (TCCCPR 2018) and the Digital Personal Data Protection Act 2023. */
export const indianRules: readonly Rule[] = [
  {
    id: "in.tcccpr.dlt",
    title: {
      en: "Sender and template are registered (India)",
      nl: "Afzender en sjabloon zijn geregistreerd (India)",
      de: "Absender und Vorlage sind registriert (Indien)",
    },
    explanation: {
      en: "Indian operators deliver business texts only if sender, header and template stand in their register and the words are those of the template, and that is not known here; register them first.",
      nl: "Indiase netwerken bezorgen zakelijke sms'en alleen als afzender, kop en sjabloon in hun register staan en de tekst die van het sjabloon is, en dat is hier niet bekend; registreer ze eerst.",
      de: "Indische Netze stellen geschäftliche SMS nur zu, wenn Absender, Kennung und Vorlage in ihrem Register stehen und der Text der Vorlage entspricht, und das ist hier nicht bekannt; registrieren Sie sie zuerst.",
    },
    versions: [
      {
        ...since("2019-02-28"),
        confidence: "high",
        appliesTo: texts,
        fires: (send) => isDomestic(send) && !isRegistered(send),
        verdict: "refuse",
        remedies: ["register-template"],
        clause: "distributed ledger registration",
        sources: ["Telecom Commercial Communications Customer Preference Regulations, 2018"],
        reviewed,
      },
    ],
  },
  {
    id: "in.tcccpr.suffix",
    title: {
      en: "A letter is added to the header (India)",
      nl: "De kop krijgt er een letter bij (India)",
      de: "Die Kennung erhält einen Buchstaben (Indien)",
    },
    explanation: {
      en: "Indian operators add -P, -S, -T or -G to the header, so that people see whether a text advertises, serves, pays or governs.",
      nl: "Indiase netwerken voegen -P, -S, -T of -G aan de kop toe, zodat mensen zien of een sms reclame, dienst, transactie of overheid is.",
      de: "Indische Netze hängen -P, -S, -T oder -G an die Kennung, damit man Werbung, Service, Transaktion und Behörde unterscheidet.",
    },
    versions: [
      {
        ...since("2025-05-06"),
        confidence: "high",
        appliesTo: texts,
        fires: isDomestic,
        verdict: "note",
        remedies: [],
        clause: "header suffixes",
        sources: ["TCCCPR (Second Amendment) Regulations, 2025"],
        reviewed,
      },
    ],
  },
  {
    id: "in.tcccpr.promo-hours",
    title: {
      en: "Advertising between 10 and 21 hours (India)",
      nl: "Reclame tussen 10 en 21 uur (India)",
      de: "Werbung zwischen 10 und 21 Uhr (Indien)",
    },
    explanation: {
      en: "In India advertising by text is delivered only from 10:00 to 21:00, so it waits until 10:00 Indian time.",
      nl: "In India wordt reclame per sms alleen van 10 tot 21 uur bezorgd, dus die wacht tot 10 uur Indiase tijd.",
      de: "In Indien wird Werbung per SMS nur von 10 bis 21 Uhr zugestellt, deshalb wartet sie bis 10 Uhr indischer Zeit.",
    },
    versions: [
      {
        ...since("2010-01-01"),
        confidence: "low",
        appliesTo: { ...india, channel: ["sms", "rcs"] },
        // The operators' clock counts, wherever the person is.
        fires: (send) => isSolicitation(send) && waitForHours(send, () => between(10, 21), indianZone),
        verdict: "hold",
        remedies: ["wait-until"],
        clause: "hours of promotional messages",
        sources: ["Telecom Commercial Communications Customer Preference Regulations"],
        reviewed,
      },
    ],
  },
  {
    id: "in.dpdp.consent",
    title: {
      en: "A clear notice, and an easy way back (India)",
      nl: "Een duidelijke melding, en makkelijk terug (India)",
      de: "Ein klarer Hinweis, und leicht zurück (Indien)",
    },
    explanation: {
      en: "Indian law counts a consent only if a clear notice listed the data and what for, and leaving is as easy as joining, and that is not known here; ask again with such a notice.",
      nl: "De Indiase wet telt toestemming alleen als een duidelijke melding de gegevens en het doel opsomde en weggaan even makkelijk is als beginnen, en dat is hier niet bekend; vraag het opnieuw met zo'n melding.",
      de: "Nach indischem Recht zählt eine Einwilligung nur, wenn ein klarer Hinweis Daten und Zweck aufzählte und Aufhören so leicht ist wie Anfangen, und das ist hier nicht bekannt; fragen Sie mit einem solchen Hinweis neu.",
    },
    versions: [
      {
        ...since("2027-05-13"),
        confidence: "high",
        appliesTo: india,
        fires: (send) => restsOnConsent(send) && (send.consent?.itemisedNotice !== true || !isLeavingEasy(send)),
        verdict: "refuse",
        remedies: ["new-wording", "ease-leaving"],
        clause: "s. 5 and 6",
        sources: ["Digital Personal Data Protection Act 2023 s. 5 and 6", "DPDP Rules 2025"],
        reviewed,
      },
    ],
  },
];

const indianZone = ["Asia/Kolkata"];

/** A route nobody has named is taken for the usual one. */
function isDomestic({ facts }: Case): boolean {
  return facts.sms?.route !== "international";
}

function isRegistered({ request, facts }: Case): boolean {
  const registered = facts.sms?.registered ?? [];
  return (
    registered.includes("sender") &&
    registered.includes("header") &&
    registered.includes("template") &&
    request.sms?.matchesRegisteredTemplate === true
  );
}

function isLeavingEasy({ facts: { law } }: Case): boolean {
  const { joinSteps, leaveSteps, leaveOnSameChannel } = law?.signUp ?? {};
  return joinSteps !== undefined && leaveSteps !== undefined && leaveSteps <= joinSteps && leaveOnSameChannel === true;
}

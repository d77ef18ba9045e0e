import type { Instant } from "@loket/kit";
import type { Case } from "../case.ts";
import { between, type Rule, since } from "../rule.ts";
import {
  isCharitySupporter,
  isUnsolicited,
  lacksBasis,
  lacksIdentityOrStop,
  restsOnCustomerException,
} from "./unsolicited.ts";

const reviewed = "2026-11-22";
const britain = { region: ["GB"] } as const;
const isIndividual = ({ facts: { recipient } }: Case): boolean => recipient?.kind !== "legal";

const charityExceptionFrom = "2026-02-05";
const charityExceptionBeganAt = Date.parse(`${charityExceptionFrom}T00:00:00Z`) as Instant;

/** United Kingdom: Privacy and Electronic Communications Regulations 2003 (PECR). */
export const britishRules: readonly Rule[] = [
  {
    id: "uk.pecr22.consent",
    title: {
      en: "Advertising needs consent (UK)",
      nl: "Reclame vraagt toestemming (VK)",
      de: "Werbung braucht Einwilligung (UK)",
    },
    explanation: {
      en: "In the United Kingdom advertising by e-mail, text or direct message to a person needs consent or a sale, and there is neither; let the person sign up.",
      nl: "In het Verenigd Koninkrijk vraagt reclame per e-mail, sms of direct bericht aan een persoon toestemming of een aankoop, en beide ontbreken; laat de persoon zich aanmelden.",
      de: "Im Vereinigten Königreich braucht Werbung per E-Mail, SMS oder Direktnachricht an eine Person eine Einwilligung oder einen Kauf, und beides fehlt; lassen Sie die Person sich anmelden.",
    },
    versions: [
      {
        ...between("2003-12-11", charityExceptionFrom),
        confidence: "high",
        appliesTo: britain,
        fires: (send) => isIndividual(send) && lacksBasis(send),
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound"],
        clause: "reg. 22",
        sources: ["PECR 2003 reg. 22"],
        reviewed,
      },
      {
        ...since(charityExceptionFrom),
        confidence: "high",
        appliesTo: britain,
        fires: (send) => isIndividual(send) && lacksBasis(send) && !isCharitySupporter(send, charityExceptionBeganAt),
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound"],
        clause: "reg. 22 as amended in 2026",
        sources: ["PECR 2003 reg. 22", "Data (Use and Access) Act 2025 s. 114"],
        reviewed,
      },
    ],
  },
  {
    id: "uk.pecr22.soft-opt-in",
    title: {
      en: "Existing customer (UK)",
      nl: "Bestaande klant (VK)",
      de: "Bestandskunde (UK)",
    },
    explanation: {
      en: "You got this address in a sale, write about your own similar products, and offer to stop each time, so no separate consent is needed.",
      nl: "U kreeg dit adres bij een verkoop, schrijft over eigen soortgelijke producten en biedt steeds aan te stoppen, dus aparte toestemming is niet nodig.",
      de: "Sie erhielten diese Adresse bei einem Verkauf, schreiben über eigene ähnliche Waren und bieten stets das Abmelden an, deshalb ist keine eigene Einwilligung nötig.",
    },
    versions: [
      {
        ...since("2003-12-11"),
        confidence: "high",
        appliesTo: britain,
        fires: restsOnCustomerException,
        verdict: "allow",
        remedies: [],
        clause: "reg. 22(3)",
        sources: ["PECR 2003 reg. 22(3)"],
        reviewed,
      },
    ],
  },
  {
    id: "uk.pecr22.charity-soft-opt-in",
    title: {
      en: "Supporter of a charity (UK)",
      nl: "Steuner van een goed doel (VK)",
      de: "Unterstützer einer Hilfsorganisation (UK)",
    },
    explanation: {
      en: "This person showed support for your charity after 5 February 2026 and can stop each time, so no separate consent is needed for its aims.",
      nl: "Deze persoon toonde na 5 februari 2026 steun voor uw goede doel en kan steeds stoppen, dus aparte toestemming is voor dat doel niet nodig.",
      de: "Diese Person zeigte nach dem 5. Februar 2026 Unterstützung für Ihre Organisation und kann sich stets abmelden, deshalb ist für deren Zwecke keine eigene Einwilligung nötig.",
    },
    versions: [
      {
        ...since(charityExceptionFrom),
        confidence: "low",
        appliesTo: britain,
        fires: (send) => lacksBasis(send) && isCharitySupporter(send, charityExceptionBeganAt),
        verdict: "allow",
        remedies: [],
        clause: "s. 114 Data (Use and Access) Act 2025",
        sources: ["Data (Use and Access) Act 2025 s. 114"],
        reviewed,
      },
    ],
  },
  {
    id: "uk.pecr23.identity",
    title: {
      en: "Who writes, and where to say stop (UK)",
      nl: "Wie schrijft, en waar men stopt (VK)",
      de: "Wer schreibt, und wo man widerspricht (UK)",
    },
    explanation: {
      en: "Advertising must show who sends it and an address for opting out, so what is missing is added.",
      nl: "Reclame moet tonen van wie die komt en een adres om te stoppen, dus wat ontbreekt komt erbij.",
      de: "Werbung muss zeigen, von wem sie kommt, und eine Adresse zum Abmelden, deshalb wird ergänzt, was fehlt.",
    },
    specialises: ["core.marketing-stop-hint"],
    versions: [
      {
        ...since("2003-12-11"),
        confidence: "high",
        appliesTo: britain,
        fires: lacksIdentityOrStop,
        verdict: "change",
        remedies: [],
        clause: "reg. 23",
        sources: ["PECR 2003 reg. 23"],
        reviewed,
      },
    ],
  },
  {
    id: "uk.pecr.corporate",
    title: {
      en: "Companies need no consent (UK)",
      nl: "Bedrijven: geen toestemming nodig (VK)",
      de: "Firmen: keine Einwilligung nötig (UK)",
    },
    explanation: {
      en: "In the United Kingdom advertising to a company needs no consent by law, but an objection binds you.",
      nl: "In het Verenigd Koninkrijk vraagt reclame aan een bedrijf wettelijk geen toestemming, maar een bezwaar bindt u.",
      de: "Im Vereinigten Königreich braucht Werbung an eine Firma gesetzlich keine Einwilligung, doch ein Widerspruch bindet Sie.",
    },
    versions: [
      {
        ...since("2003-12-11"),
        confidence: "low",
        appliesTo: britain,
        fires: (send) => !isIndividual(send) && isUnsolicited(send),
        verdict: "note",
        remedies: [],
        clause: "reg. 22, individual subscribers",
        sources: ["PECR 2003 reg. 22"],
        reviewed,
      },
    ],
  },
  {
    id: "uk.pecr.fines",
    title: {
      en: "Higher fines (UK)",
      nl: "Hogere boetes (VK)",
      de: "Höhere Bußgelder (UK)",
    },
    explanation: {
      en: "Unlawful advertising in the United Kingdom can cost up to 17.5 million pounds or 4 % of turnover since February 2026.",
      nl: "Onrechtmatige reclame in het Verenigd Koninkrijk kan sinds februari 2026 tot 17,5 miljoen pond of 4 % van de omzet kosten.",
      de: "Rechtswidrige Werbung im Vereinigten Königreich kann seit Februar 2026 bis zu 17,5 Millionen Pfund oder 4 % des Umsatzes kosten.",
    },
    versions: [
      {
        ...since("2026-02-05"),
        confidence: "high",
        appliesTo: britain,
        fires: isUnsolicited,
        verdict: "note",
        remedies: [],
        clause: "fines under PECR",
        sources: ["Data (Use and Access) Act 2025"],
        reviewed,
      },
    ],
  },
];

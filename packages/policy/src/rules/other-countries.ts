import type { Case } from "../case.ts";
import { always, type Rule, type RuleVersion, since, type Words } from "../rule.ts";
import { isSalesCall, isUnsolicited, lacksBasis } from "./unsolicited.ts";

const reviewed = "2026-11-22";

/** European countries whose law says what the directive says, but for a condition or two. */
interface NationalConsent {
  readonly id: string;
  readonly region: string;
  /** `YYYY-MM-DD`; `null`: nobody knows since when. */
  readonly from: string | null;
  readonly country: Words;
  readonly explanation: Words;
  readonly fires: RuleVersion["fires"];
  readonly revision?: number;
  readonly clause: string;
  readonly sources: readonly string[];
}

const consents: readonly NationalConsent[] = [
  {
    id: "at.tkg174.consent",
    region: "AT",
    from: "2021-11-01",
    country: { en: "Austria", nl: "Oostenrijk", de: "Österreich" },
    explanation: {
      en: "In Austria advertising by e-mail, text or messenger needs consent, or a sale and no entry in the national list of refusals, and that is not known here; let the person sign up.",
      nl: "In Oostenrijk vraagt reclame per e-mail, sms of messenger toestemming, of een verkoop en geen vermelding op de nationale weigerlijst, en dat is hier niet bekend; laat de persoon zich aanmelden.",
      de: "In Österreich braucht Werbung per E-Mail, SMS oder Messenger eine Einwilligung, oder einen Verkauf ohne Eintrag in der nationalen Sperrliste, und das ist hier nicht bekannt; lassen Sie die Person sich anmelden.",
    },
    fires: lacksBasis,
    clause: "§ 174 TKG 2021",
    sources: ["Telekommunikationsgesetz 2021 § 174"],
  },
  {
    id: "be.wer.consent",
    region: "BE",
    from: null,
    country: { en: "Belgium", nl: "België", de: "Belgien" },
    explanation: {
      en: "In Belgium advertising by electronic mail needs the person's consent or an earlier sale, and there is neither; let the person sign up.",
      nl: "In België vraagt reclame per elektronische post toestemming van de persoon of een eerdere verkoop, en beide ontbreken; laat de persoon zich aanmelden.",
      de: "In Belgien braucht Werbung per elektronischer Post die Einwilligung der Person oder einen früheren Verkauf, und beides fehlt; lassen Sie die Person sich anmelden.",
    },
    fires: (send) => send.facts.recipient?.kind !== "legal" && lacksBasis(send),
    clause: "Art. XII.13 WER",
    sources: ["Wetboek van economisch recht Art. XII.13"],
  },
  {
    id: "es.lssi21.consent",
    region: "ES",
    from: "2002-10-12",
    country: { en: "Spain", nl: "Spanje", de: "Spanien" },
    explanation: {
      en: "In Spain advertising by e-mail and the like needs express consent or an earlier sale of something similar, and there is neither; let the person sign up.",
      nl: "In Spanje vraagt reclame per e-mail en dergelijke uitdrukkelijke toestemming of een eerdere verkoop van iets soortgelijks, en beide ontbreken; laat de persoon zich aanmelden.",
      de: "In Spanien braucht Werbung per E-Mail und Ähnlichem eine ausdrückliche Einwilligung oder einen früheren Verkauf von Ähnlichem, und beides fehlt; lassen Sie die Person sich anmelden.",
    },
    fires: lacksBasis,
    clause: "Art. 21 LSSI",
    sources: ["Ley 34/2002 (LSSI) Art. 21"],
  },
  {
    id: "it.codice130.consent",
    region: "IT",
    from: "2004-01-01",
    country: { en: "Italy", nl: "Italië", de: "Italien" },
    explanation: {
      en: "In Italy advertising needs consent, and only by e-mail an earlier sale will do, and neither holds here; let the person sign up.",
      nl: "In Italië vraagt reclame toestemming, en alleen per e-mail volstaat een eerdere verkoop, en geen van beide is er; laat de persoon zich aanmelden.",
      de: "In Italien braucht Werbung eine Einwilligung, und nur per E-Mail genügt ein früherer Verkauf, und beides fehlt hier; lassen Sie die Person sich anmelden.",
    },
    fires: lacksBasis,
    clause: "Art. 130 Codice Privacy",
    sources: ["Codice in materia di protezione dei dati personali Art. 130"],
  },
  {
    id: "pl.pke398.consent",
    region: "PL",
    from: "2024-11-10",
    country: { en: "Poland", nl: "Polen", de: "Polen" },
    explanation: {
      en: "In Poland advertising by message or call needs consent beforehand, also to businesses and to customers, and there is none; let the person sign up.",
      nl: "In Polen vraagt reclame per bericht of telefoon vooraf toestemming, ook aan bedrijven en klanten, en die is er niet; laat de persoon zich aanmelden.",
      de: "In Polen braucht Werbung per Nachricht oder Anruf vorher eine Einwilligung, auch bei Unternehmen und Kunden, und die fehlt; lassen Sie die Person sich anmelden.",
    },
    fires: (send) =>
      (isSalesCall(send) && send.consentFor("sales-call", "express") === null) ||
      (isUnsolicited(send) && send.consent === null),
    revision: 2,
    clause: "Art. 398 PKE",
    sources: ["Prawo komunikacji elektronicznej Art. 398"],
  },
];

/** Austria, Belgium, Spain, Italy, Poland, Switzerland and Turkey. */
export const otherCountriesRules: readonly Rule[] = [
  ...consents.map(consentRule),
  {
    id: "ch.uwg3.consent",
    title: {
      en: "Advertising needs consent (Switzerland)",
      nl: "Reclame vraagt toestemming (Zwitserland)",
      de: "Werbung braucht Einwilligung (Schweiz)",
    },
    explanation: {
      en: "In Switzerland mass advertising needs consent or an earlier sale, the right sender and a free way to stop, and not all of that is here; let the person sign up, and show who writes and how to stop.",
      nl: "In Zwitserland vraagt massareclame toestemming of een eerdere verkoop, de juiste afzender en een gratis manier om te stoppen, en dat is er niet allemaal; laat de persoon zich aanmelden, en toon wie schrijft en hoe men stopt.",
      de: "In der Schweiz braucht Massenwerbung eine Einwilligung oder einen früheren Verkauf, den richtigen Absender und einen kostenlosen Weg zum Abmelden, und das liegt nicht alles vor; lassen Sie die Person sich anmelden, und zeigen Sie Absender und Abmeldung.",
    },
    versions: [
      {
        ...since("2007-04-01"),
        confidence: "low",
        appliesTo: { region: ["CH"] },
        fires: (send) => isUnsolicited(send) && (lacksBasis(send) || !showsSenderAndStop(send)),
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound"],
        clause: "Art. 3(1)(o) UWG",
        sources: ["Bundesgesetz gegen den unlauteren Wettbewerb Art. 3(1)(o)"],
        reviewed,
      },
    ],
  },
  {
    id: "tr.iys.registry",
    title: {
      en: "The consent stands in the registry (Turkey)",
      nl: "De toestemming staat in het register (Turkije)",
      de: "Die Einwilligung steht im Register (Türkei)",
    },
    explanation: {
      en: "In Turkey advertising needs a consent that stands in the national registry, and a refusal there is carried out within three business days, and this person's consent is not known to stand there; register it first.",
      nl: "In Turkije vraagt reclame een toestemming die in het nationale register staat, en een weigering daarin gaat binnen drie werkdagen in, en van deze persoon is niet bekend dat die er staat; registreer die eerst.",
      de: "In der Türkei braucht Werbung eine Einwilligung im nationalen Register, und eine Ablehnung dort wird binnen drei Werktagen umgesetzt, und für diese Person ist kein Eintrag bekannt; tragen Sie die Einwilligung zuerst ein.",
    },
    versions: [
      {
        ...since("2020-01-01"),
        confidence: "low",
        appliesTo: { region: ["TR"] },
        // Nobody waits three days here: a refusal counts at once.
        fires: (send) => isUnsolicited(send) && (send.consent?.inRegistry !== true || send.hasOptedOut),
        verdict: "refuse",
        remedies: ["register-consent", "ask-consent"],
        clause: "registry of electronic commercial messages (İYS)",
        sources: ["Law No. 6563 on the Regulation of Electronic Commerce"],
        reviewed,
      },
    ],
  },
];

function consentRule({ id, region, from, country, explanation, sources, clause, ...version }: NationalConsent): Rule {
  return {
    id,
    title: {
      en: `Advertising needs consent (${country.en})`,
      nl: `Reclame vraagt toestemming (${country.nl})`,
      de: `Werbung braucht Einwilligung (${country.de})`,
    },
    explanation,
    specialises: ["eu.eprivacy.consent-electronic-mail"],
    versions: [
      {
        ...(from === null ? always : since(from)),
        confidence: "low",
        appliesTo: { region: [region] },
        ...version,
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound"],
        clause,
        sources,
        reviewed,
      },
    ],
  };
}

function showsSenderAndStop({ request: { content } }: Case): boolean {
  return content?.senderNamed === true && content.stopPath === true;
}

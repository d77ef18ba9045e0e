import { type Rule, since, type Watch } from "../rule.ts";
import {
  lacksBasis,
  lacksIdentityOrStop,
  lacksProof,
  restsOnConsent,
  restsOnCustomerException,
} from "./unsolicited.ts";

const reviewed = "2026-11-22";
const eea = { region: ["EEA"] } as const;

const flaws: Watch = {
  path: "consents[].flaws",
  isUnknown: (send) => restsOnConsent(send) && send.consent?.flaws === undefined,
};

/** European Union and EEA: ePrivacy Directive, GDPR, AI Act. */
export const euRules: readonly Rule[] = [
  {
    id: "eu.eprivacy.consent-electronic-mail",
    title: {
      en: "Advertising needs consent (EU)",
      nl: "Reclame vraagt toestemming (EU)",
      de: "Werbung braucht Einwilligung (EU)",
    },
    explanation: {
      en: "In the EU advertising by e-mail, SMS or messenger needs the person's consent beforehand, and there is none; let the person sign up, and do not ask by such a message.",
      nl: "In de EU vraagt reclame per e-mail, sms of messenger vooraf toestemming van de persoon, en die is er niet; laat de persoon zich aanmelden, en vraag het niet met zo'n bericht.",
      de: "In der EU braucht Werbung per E-Mail, SMS oder Messenger vorher die Einwilligung der Person, und die fehlt; lassen Sie die Person sich anmelden, und fragen Sie nicht per Werbenachricht.",
    },
    versions: [
      {
        ...since("2003-10-31"),
        confidence: "high",
        appliesTo: eea,
        fires: (send) => send.facts.recipient?.kind !== "legal" && lacksBasis(send),
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound"],
        clause: "Art. 13(1)",
        sources: ["Directive 2002/58/EC Art. 13(1)"],
        reviewed,
      },
    ],
  },
  {
    id: "eu.eprivacy.soft-opt-in",
    title: {
      en: "Existing customer (EU)",
      nl: "Bestaande klant (EU)",
      de: "Bestandskunde (EU)",
    },
    explanation: {
      en: "This person bought from you, gets offers of your own similar products, and could object at every step, so no separate consent is needed.",
      nl: "Deze persoon kocht bij u, krijgt aanbod van uw eigen soortgelijke producten en kon steeds bezwaar maken, dus aparte toestemming is niet nodig.",
      de: "Diese Person hat bei Ihnen gekauft, erhält Angebote eigener ähnlicher Waren und konnte stets widersprechen, deshalb ist keine eigene Einwilligung nötig.",
    },
    versions: [
      {
        ...since("2003-10-31"),
        confidence: "high",
        appliesTo: eea,
        fires: restsOnCustomerException,
        verdict: "allow",
        remedies: [],
        clause: "Art. 13(2)",
        sources: ["Directive 2002/58/EC Art. 13(2)", "CJEU 13 November 2025, C-654/23"],
        reviewed,
      },
    ],
  },
  {
    id: "eu.eprivacy.identity-and-stop-address",
    title: {
      en: "Who writes, and where to say stop (EU)",
      nl: "Wie schrijft, en waar men stopt (EU)",
      de: "Wer schreibt, und wo man widerspricht (EU)",
    },
    explanation: {
      en: "Advertising must show its sender and an address for objections, so what is missing is added.",
      nl: "Reclame moet de afzender tonen en een adres voor bezwaar, dus wat ontbreekt komt erbij.",
      de: "Werbung muss den Absender und eine Adresse für Widersprüche zeigen, deshalb wird ergänzt, was fehlt.",
    },
    specialises: ["core.marketing-stop-hint"],
    versions: [
      {
        ...since("2003-10-31"),
        confidence: "high",
        appliesTo: eea,
        fires: lacksIdentityOrStop,
        verdict: "change",
        remedies: [],
        clause: "Art. 13(4)",
        sources: ["Directive 2002/58/EC Art. 13(4)"],
        reviewed,
      },
    ],
  },
  {
    id: "eu.gdpr.consent-proof",
    title: {
      en: "Consent must be provable (GDPR)",
      nl: "Toestemming moet bewijsbaar zijn (AVG)",
      de: "Einwilligung muss nachweisbar sein (DSGVO)",
    },
    explanation: {
      en: "You cannot show when, how and to which wording this person agreed, so the consent does not count; attach the evidence or get a new opt-in.",
      nl: "U kunt niet laten zien wanneer, hoe en met welke tekst deze persoon instemde, dus de toestemming telt niet; voeg het bewijs toe of vraag een nieuwe aanmelding.",
      de: "Sie können nicht zeigen, wann, wie und mit welchem Wortlaut diese Person zugestimmt hat, deshalb zählt die Einwilligung nicht; fügen Sie den Nachweis an oder holen Sie eine neue Anmeldung ein.",
    },
    specialises: ["core.consent-evidence-required"],
    versions: [
      {
        ...since("2018-05-25"),
        confidence: "high",
        appliesTo: eea,
        fires: (send) => restsOnConsent(send) && lacksProof(send.consent),
        verdict: "refuse",
        remedies: ["attach-evidence", "ask-consent"],
        clause: "Art. 7(1)",
        sources: ["GDPR Art. 7(1)"],
        reviewed,
      },
    ],
  },
  {
    id: "eu.gdpr.consent-informed",
    title: {
      en: "Consent must be informed (GDPR)",
      nl: "Toestemming moet geïnformeerd zijn (AVG)",
      de: "Einwilligung muss informiert sein (DSGVO)",
    },
    explanation: {
      en: "The wording did not name you, was hidden in the terms, or the box was ticked beforehand, so the consent is void; write a new wording and ask again on your own site.",
      nl: "De tekst noemde u niet, zat verstopt in de voorwaarden, of het vakje stond al aan, dus de toestemming geldt niet; maak een nieuwe tekst en vraag het opnieuw op uw eigen site.",
      de: "Der Wortlaut nannte Sie nicht, stand versteckt in den Bedingungen, oder das Kästchen war vorab angekreuzt, deshalb gilt die Einwilligung nicht; formulieren Sie neu und fragen Sie auf Ihrer eigenen Website.",
    },
    versions: [
      {
        ...since("2018-05-25"),
        confidence: "high",
        appliesTo: eea,
        fires: (send) =>
          restsOnConsent(send) &&
          (send.consent?.namesBusiness === false ||
            hasFlaw(send.consent?.flaws, "pre-ticked") ||
            hasFlaw(send.consent?.flaws, "hidden-in-terms")),
        verdict: "refuse",
        watches: [
          {
            path: "consents[].namesBusiness",
            isUnknown: (send) => restsOnConsent(send) && send.consent?.namesBusiness === undefined,
          },
          flaws,
        ],
        remedies: ["new-wording", "ask-consent"],
        clause: "Art. 4(11), 7(2)",
        sources: ["GDPR Art. 4(11) and 7(2)"],
        reviewed,
      },
    ],
  },
  {
    id: "eu.gdpr.consent-not-conditional",
    title: {
      en: "Consent must be free (GDPR)",
      nl: "Toestemming moet vrij zijn (AVG)",
      de: "Einwilligung muss freiwillig sein (DSGVO)",
    },
    explanation: {
      en: "The person could get the service only by accepting marketing, so the consent is not free; offer marketing as a choice of its own.",
      nl: "De persoon kreeg de dienst alleen door reclame te accepteren, dus de toestemming is niet vrij; bied reclame als aparte keuze aan.",
      de: "Die Person erhielt die Leistung nur gegen Annahme von Werbung, deshalb ist die Einwilligung nicht freiwillig; bieten Sie Werbung als eigene Wahl an.",
    },
    versions: [
      {
        ...since("2018-05-25"),
        confidence: "high",
        appliesTo: eea,
        fires: (send) => restsOnConsent(send) && hasFlaw(send.consent?.flaws, "condition-of-service"),
        verdict: "refuse",
        watches: [flaws],
        remedies: ["ask-consent", "new-wording"],
        clause: "Art. 7(4)",
        sources: ["GDPR Art. 7(4)"],
        reviewed,
      },
    ],
  },
  {
    id: "eu.gdpr.object-direct-marketing",
    title: {
      en: "Objection to advertising (GDPR)",
      nl: "Bezwaar tegen reclame (AVG)",
      de: "Widerspruch gegen Werbung (DSGVO)",
    },
    explanation: {
      en: "This person objected to advertising, so no basis carries it any more, also not while they are talking with you; stop at once and keep the objection.",
      nl: "Deze persoon maakte bezwaar tegen reclame, dus geen enkele grondslag draagt die nog, ook niet tijdens een gesprek; stop meteen en bewaar het bezwaar.",
      de: "Diese Person hat Werbung widersprochen, deshalb trägt sie keine Grundlage mehr, auch nicht im laufenden Gespräch; hören Sie sofort auf und bewahren Sie den Widerspruch.",
    },
    specialises: ["core.no-offers-after-opt-out"],
    versions: [
      {
        ...since("2018-05-25"),
        confidence: "high",
        appliesTo: eea,
        fires: (send) => send.isMarketing && send.request.solicited !== true && send.hasOptedOut,
        verdict: "refuse",
        remedies: ["wait-for-inbound"],
        clause: "Art. 21(2)-(3)",
        sources: ["GDPR Art. 21(2) and (3)"],
        reviewed,
      },
    ],
  },
  {
    id: "eu.aiact.art50-disclosure",
    title: {
      en: "An AI says that it is one (EU)",
      nl: "Een AI zegt dat die een AI is (EU)",
      de: "Eine KI sagt, dass sie eine ist (EU)",
    },
    explanation: {
      en: "The first answer of an AI does not say that it is one, so a line that does is added.",
      nl: "Het eerste antwoord van een AI zegt niet dat het een AI is, dus er komt een regel bij die dat doet.",
      de: "Die erste Antwort einer KI sagt nicht, dass sie eine ist, deshalb kommt eine Zeile hinzu, die das tut.",
    },
    specialises: ["core.bot-disclosure"],
    versions: [
      {
        ...since("2026-08-02"),
        confidence: "high",
        appliesTo: { ...eea, kind: ["bot-reply"] },
        fires: ({ request: { bot } }) => bot?.ai !== false && bot?.firstTurn !== false && bot?.saysAi !== true,
        verdict: "change",
        change: { kind: "add-ai-disclosure", auto: true },
        remedies: ["disclose-bot"],
        clause: "Art. 50(1)",
        sources: ["Regulation (EU) 2024/1689 Art. 50(1)"],
        reviewed,
      },
    ],
  },
];

function hasFlaw(flaws: readonly string[] | undefined, flaw: string): boolean {
  return flaws?.includes(flaw) ?? false;
}

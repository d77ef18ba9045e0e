import { instant } from "@loket/kit";
import type { Case } from "../case.ts";
import type { Consent } from "../facts.ts";
import { always, type Rule, since } from "../rule.ts";
import { havePassed } from "./months.ts";
import {
  isSalesCall,
  lacksBasis,
  lacksIdentityOrStop,
  lacksProof,
  restsOnConsent,
  restsOnCustomerException,
} from "./unsolicited.ts";

const reviewed = "2026-11-22";
const germany = { region: ["DE"] } as const;

/** Germany: Gesetz gegen den unlauteren Wettbewerb (UWG) and what courts ask for as proof. */
export const germanRules: readonly Rule[] = [
  {
    id: "de.uwg7.consent-electronic-mail",
    title: {
      en: "Advertising needs express consent (Germany)",
      nl: "Reclame vraagt uitdrukkelijke toestemming (Duitsland)",
      de: "Werbung braucht ausdrückliche Einwilligung (Deutschland)",
    },
    explanation: {
      en: "In Germany advertising by e-mail or messenger needs express consent beforehand, also to businesses and also in an open conversation, and there is none; get a sign-up with double opt-in.",
      nl: "In Duitsland vraagt reclame per e-mail of messenger vooraf uitdrukkelijke toestemming, ook aan bedrijven en ook in een lopend gesprek, en die is er niet; zorg voor een aanmelding met dubbele bevestiging.",
      de: "In Deutschland braucht Werbung per E-Mail oder Messenger vorher eine ausdrückliche Einwilligung, auch gegenüber Unternehmen und im laufenden Gespräch, und die fehlt; holen Sie eine Anmeldung mit Double-Opt-in ein.",
    },
    specialises: ["eu.eprivacy.consent-electronic-mail"],
    versions: [
      {
        ...since("2004-07-08"),
        confidence: "high",
        appliesTo: germany,
        fires: lacksBasis,
        verdict: "refuse",
        remedies: ["ask-consent", "double-opt-in", "wait-for-inbound"],
        clause: "§ 7(2) no. 2 UWG",
        sources: ["UWG § 7(2) no. 2 (no. 3 before 2022)", "OLG Hamm 3 May 2023, 18 U 154/22"],
        reviewed,
      },
    ],
  },
  {
    id: "de.uwg7.existing-customer",
    title: {
      en: "Existing customer (Germany)",
      nl: "Bestaande klant (Duitsland)",
      de: "Bestandskunde (Deutschland)",
    },
    explanation: {
      en: "All four conditions for advertising to existing customers hold: address from a sale, own similar goods, no objection, and a clear notice each time.",
      nl: "Aan alle vier voorwaarden voor reclame aan bestaande klanten is voldaan: adres uit een verkoop, eigen soortgelijke producten, geen bezwaar, en telkens een duidelijke melding.",
      de: "Alle vier Bedingungen für Werbung an Bestandskunden sind erfüllt: Adresse aus einem Verkauf, eigene ähnliche Waren, kein Widerspruch und jedes Mal ein klarer Hinweis.",
    },
    specialises: ["eu.eprivacy.soft-opt-in"],
    versions: [
      {
        ...since("2004-07-08"),
        confidence: "high",
        appliesTo: germany,
        fires: restsOnCustomerException,
        verdict: "allow",
        remedies: [],
        clause: "§ 7(3) UWG",
        sources: ["UWG § 7(3) nos. 1 to 4"],
        reviewed,
      },
    ],
  },
  {
    id: "de.uwg7.identity",
    title: {
      en: "Who writes, and where to say stop (Germany)",
      nl: "Wie schrijft, en waar men stopt (Duitsland)",
      de: "Wer schreibt, und wo man widerspricht (Deutschland)",
    },
    explanation: {
      en: "Advertising must not hide its sender and must show an address for objections, so what is missing is added.",
      nl: "Reclame mag de afzender niet verbergen en moet een adres voor bezwaar tonen, dus wat ontbreekt komt erbij.",
      de: "Werbung darf den Absender nicht verschleiern und muss eine Adresse für Widersprüche zeigen, deshalb wird ergänzt, was fehlt.",
    },
    specialises: ["eu.eprivacy.identity-and-stop-address", "core.marketing-stop-hint"],
    versions: [
      {
        ...since("2004-07-08"),
        confidence: "low",
        appliesTo: germany,
        fires: lacksIdentityOrStop,
        verdict: "change",
        remedies: [],
        clause: "§ 7(2) no. 3 UWG",
        sources: ["UWG § 7(2) no. 3"],
        reviewed,
      },
    ],
  },
  {
    id: "de.doi.practice",
    title: {
      en: "Sign-up not confirmed yet (Germany)",
      nl: "Aanmelding nog niet bevestigd (Duitsland)",
      de: "Anmeldung noch nicht bestätigt (Deutschland)",
    },
    explanation: {
      en: "Somebody typed this address into a form, but its owner has not confirmed it, so marketing waits; send one neutral confirmation message.",
      nl: "Iemand vulde dit adres in een formulier in, maar de eigenaar heeft het niet bevestigd, dus reclame wacht; stuur één neutraal bericht ter bevestiging.",
      de: "Jemand hat diese Adresse in ein Formular eingetragen, doch ihr Inhaber hat nicht bestätigt, deshalb wartet die Werbung; senden Sie eine neutrale Bestätigungsnachricht.",
    },
    versions: [
      {
        ...since("2011-02-10"),
        confidence: "low",
        appliesTo: germany,
        fires: (send) => (restsOnConsent(send) || asksForConsent(send)) && isUnconfirmed(send),
        verdict: "hold",
        event: "doi-confirmed",
        remedies: ["double-opt-in"],
        clause: "proof that the owner of the address consented",
        sources: ["BGH 10 February 2011, I ZR 164/09"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "de.uwg7.phone-consent",
    title: {
      en: "Sales calls need consent (Germany)",
      nl: "Verkooptelefoontjes vragen toestemming (Duitsland)",
      de: "Werbeanrufe brauchen Einwilligung (Deutschland)",
    },
    explanation: {
      en: "In Germany a sales call to a consumer, also over WhatsApp, needs express consent for calls, and there is none; ask for it in a conversation the person began.",
      nl: "In Duitsland vraagt een verkooptelefoontje aan een consument, ook via WhatsApp, uitdrukkelijke toestemming voor bellen, en die is er niet; vraag erom in een gesprek dat de persoon begon.",
      de: "In Deutschland braucht ein Werbeanruf bei Verbrauchern, auch über WhatsApp, eine ausdrückliche Einwilligung in Anrufe, und die fehlt; fragen Sie in einem Gespräch, das die Person begonnen hat.",
    },
    versions: [
      {
        ...since("2009-08-04"),
        confidence: "low",
        appliesTo: germany,
        fires: (send) => isSalesCall(send) && isConsumer(send) && send.consentFor("sales-call", "express") === null,
        verdict: "refuse",
        remedies: ["ask-consent"],
        clause: "§ 7(2) no. 1 UWG",
        sources: ["UWG § 7(2) no. 1"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "de.doi.not-for-calls",
    title: {
      en: "A confirmed e-mail proves no number (Germany)",
      nl: "Een bevestigde mail bewijst geen nummer (Duitsland)",
      de: "Bestätigte E-Mail belegt keine Nummer (Deutschland)",
    },
    explanation: {
      en: "The consent to calls was confirmed at most by e-mail, which does not show that the number belongs to the same person, so no sales call is made; get a consent tied to the number.",
      nl: "De toestemming voor bellen is hooguit per e-mail bevestigd, wat niet toont dat het nummer van dezelfde persoon is, dus er wordt niet gebeld; vraag een toestemming die aan het nummer vastzit.",
      de: "Die Einwilligung in Anrufe wurde höchstens per E-Mail bestätigt, was nicht zeigt, dass die Nummer derselben Person gehört, deshalb wird nicht angerufen; holen Sie eine Einwilligung ein, die an der Nummer hängt.",
    },
    versions: [
      {
        ...since("2011-02-10"),
        confidence: "low",
        appliesTo: germany,
        fires: (send) => isSalesCall(send) && isLooseFromNumber(send.consentFor("sales-call", "express")),
        verdict: "refuse",
        remedies: ["tie-consent-to-number"],
        clause: "proof that the owner of the number consented",
        sources: ["BGH 10 February 2011, I ZR 164/09"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "de.uwg7a.phone-proof-5y",
    title: {
      en: "Proof of consent to calls, five years (Germany)",
      nl: "Bewijs voor bellen, vijf jaar (Duitsland)",
      de: "Nachweis für Anrufe, fünf Jahre (Deutschland)",
    },
    explanation: {
      en: "In Germany the consent to a sales call has to be documented when it is given and the proof kept for five years from then and from each call, and that is not so here; document it and keep it.",
      nl: "In Duitsland moet toestemming voor een verkooptelefoontje bij het geven worden vastgelegd en het bewijs vijf jaar vanaf dan en vanaf elk telefoontje bewaard, en dat is hier niet zo; leg het vast en bewaar het.",
      de: "In Deutschland ist die Einwilligung in einen Werbeanruf bei Erteilung zu dokumentieren und der Nachweis fünf Jahre ab dann und ab jedem Anruf aufzubewahren, und das ist hier nicht so; dokumentieren Sie sie und bewahren Sie sie auf.",
    },
    versions: [
      {
        ...since("2021-10-01"),
        confidence: "high",
        appliesTo: germany,
        fires: (send) =>
          isSalesCall(send) &&
          isConsumer(send) &&
          (lacksProof(send.consentFor("sales-call", "express")) ||
            (send.facts.law?.callProofKeptYears != null && send.facts.law.callProofKeptYears < 5)),
        verdict: "refuse",
        watches: [
          {
            path: "law.callProofKeptYears",
            isUnknown: (send) =>
              isSalesCall(send) && isConsumer(send) && send.facts.law?.callProofKeptYears === undefined,
          },
        ],
        remedies: ["attach-evidence", "keep-proof"],
        clause: "§ 7a UWG",
        sources: ["UWG § 7a"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "de.consent.dormancy",
    title: {
      en: "Consent unused for two years (Germany)",
      nl: "Toestemming twee jaar ongebruikt (Duitsland)",
      de: "Einwilligung zwei Jahre ungenutzt (Deutschland)",
    },
    explanation: {
      en: "Nothing was sent for over two years, and some courts treat such a consent as lapsed; have it confirmed when the person is in contact.",
      nl: "Er ging ruim twee jaar niets uit, en sommige rechters zien zo'n toestemming als vervallen; laat die bevestigen als de persoon contact heeft.",
      de: "Seit über zwei Jahren ging nichts hinaus, und manche Gerichte sehen eine solche Einwilligung als erloschen; lassen Sie sie bestätigen, wenn die Person in Kontakt ist.",
    },
    versions: [
      {
        ...always,
        confidence: "low",
        appliesTo: germany,
        fires: (send) => restsOnConsent(send) && isDormant(send),
        verdict: "note",
        remedies: ["reconfirm"],
        clause: "lapse of unused consent",
        sources: ["German case law on the lapse of consent"],
        reviewed,
        revision: 1,
      },
    ],
  },
];

const isConsumer = ({ facts: { recipient } }: Case): boolean => recipient?.kind !== "legal";

/** Taken down together with the number, so that both come from one hand. */
const tiesNumber: readonly Consent["method"][] = ["inbound-message", "in-person", "paper", "phone", "sms"];

/** A number typed into a form shows nothing about its owner until something comes back from that very number. */
function isLooseFromNumber(consent: Consent | null): boolean {
  if (consent === null || tiesNumber.includes(consent.method)) return false;
  return consent.confirmedAt === undefined || consent.confirmedBy === undefined || consent.confirmedBy === "email";
}

/** To ask for consent is to advertise, and rests on the consent there is. */
const asksForConsent = (send: Case): boolean => send.request.kind === "opt-in-request" && send.isProactive;

/** A typed address proves nothing about its owner until they confirm it, or write from that very account. */
function isUnconfirmed({ consent, facts: { lastInboundAt } }: Case): boolean {
  if (consent?.method !== "web-form" || consent.confirmedAt !== undefined) return false;
  return lastInboundAt == null || consent.obtainedAt === undefined || lastInboundAt <= consent.obtainedAt;
}

function isDormant({ consent, facts: { history }, at }: Case): boolean {
  if (consent?.obtainedAt === undefined) return false;
  const { obtainedAt } = consent;
  return havePassed(24, instant(Math.max(obtainedAt, history?.lastSentAt ?? obtainedAt)), at);
}

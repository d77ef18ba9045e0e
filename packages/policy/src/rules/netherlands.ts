import type { Case } from "../case.ts";
import { between, type Rule, since } from "../rule.ts";
import { havePassed } from "./months.ts";
import { isSalesCall, lacksBasis, lacksIdentityOrStop, restsOnCustomerException } from "./unsolicited.ts";

const reviewed = "2026-11-22";
const netherlands = { region: ["NL"] } as const;

/** The Netherlands: Telecommunicatiewet (Tw), article 11.7. */
export const dutchRules: readonly Rule[] = [
  {
    id: "nl.tw117.consent-electronic-messages",
    title: {
      en: "Advertising needs consent (Netherlands)",
      nl: "Reclame vraagt toestemming (Nederland)",
      de: "Werbung braucht Einwilligung (Niederlande)",
    },
    explanation: {
      en: "In the Netherlands you must be able to show consent before advertising by e-mail, SMS or messenger, to people and to businesses, and there is none; let them sign up on your site, on a form or in a chat they began.",
      nl: "In Nederland moet u toestemming kunnen tonen vóór reclame per e-mail, sms of messenger, aan mensen en aan bedrijven, en die is er niet; laat ze zich aanmelden op uw site, een formulier of in een chat die zij begonnen.",
      de: "In den Niederlanden müssen Sie vor Werbung per E-Mail, SMS oder Messenger eine Einwilligung zeigen können, bei Personen wie Unternehmen, und die fehlt; lassen Sie sie sich auf Ihrer Website, per Formular oder in einem von ihnen begonnenen Chat anmelden.",
    },
    specialises: ["eu.eprivacy.consent-electronic-mail"],
    versions: [
      {
        ...between("2004-05-19", "2009-10-01"),
        confidence: "low",
        appliesTo: netherlands,
        fires: lacksBasis,
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound"],
        clause: "Art. 11.7(1) Tw",
        sources: ["Telecommunicatiewet Art. 11.7(1)"],
        reviewed,
      },
      {
        ...since("2009-10-01"),
        confidence: "low",
        appliesTo: netherlands,
        fires: (send) => lacksBasis(send) && !isPublishedByBusiness(send),
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound"],
        clause: "Art. 11.7(1) Tw",
        sources: ["Telecommunicatiewet Art. 11.7(1)"],
        reviewed,
      },
    ],
  },
  {
    id: "nl.tw117.customer-exception",
    title: {
      en: "Existing customer (Netherlands)",
      nl: "Bestaande klant (Nederland)",
      de: "Bestandskunde (Niederlande)",
    },
    explanation: {
      en: "This person bought from or gave to you, hears about your own similar products, and can object freely each time, so no separate consent is needed.",
      nl: "Deze persoon kocht bij u of gaf aan u, hoort over uw eigen soortgelijke producten en kan steeds kosteloos bezwaar maken, dus aparte toestemming is niet nodig.",
      de: "Diese Person hat bei Ihnen gekauft oder gespendet, hört von eigenen ähnlichen Waren und kann stets kostenlos widersprechen, deshalb ist keine eigene Einwilligung nötig.",
    },
    specialises: ["eu.eprivacy.soft-opt-in"],
    versions: [
      {
        ...since("2004-05-19"),
        confidence: "low",
        appliesTo: netherlands,
        fires: restsOnCustomerException,
        verdict: "allow",
        remedies: [],
        clause: "Art. 11.7(3)-(4) Tw",
        sources: ["Telecommunicatiewet Art. 11.7(3) and (4)"],
        reviewed,
      },
    ],
  },
  {
    id: "nl.tw117.business-published-address",
    title: {
      en: "Address published for such messages (Netherlands)",
      nl: "Adres bekendgemaakt voor zulke berichten (Nederland)",
      de: "Adresse für solche Nachrichten veröffentlicht (Niederlande)",
    },
    explanation: {
      en: "This business published the address for exactly such messages, so no separate consent is needed.",
      nl: "Dit bedrijf maakte het adres juist voor zulke berichten bekend, dus aparte toestemming is niet nodig.",
      de: "Dieses Unternehmen hat die Adresse eben für solche Nachrichten veröffentlicht, deshalb ist keine eigene Einwilligung nötig.",
    },
    versions: [
      {
        ...since("2009-10-01"),
        confidence: "low",
        appliesTo: netherlands,
        fires: (send) => lacksBasis(send) && isPublishedByBusiness(send),
        verdict: "allow",
        remedies: [],
        clause: "Art. 11.7 Tw, published addresses",
        sources: ["Telecommunicatiewet Art. 11.7"],
        reviewed,
      },
    ],
  },
  {
    id: "nl.tw117.stop-in-each-message",
    title: {
      en: "Who writes, and where to say stop (Netherlands)",
      nl: "Wie schrijft, en waar men stopt (Nederland)",
      de: "Wer schreibt, und wo man widerspricht (Niederlande)",
    },
    explanation: {
      en: "Each advertising message must show who sends it and where to object, so what is missing is added.",
      nl: "Elk reclamebericht moet tonen van wie het komt en waar men bezwaar maakt, dus wat ontbreekt komt erbij.",
      de: "Jede Werbenachricht muss zeigen, von wem sie kommt und wo man widerspricht, deshalb wird ergänzt, was fehlt.",
    },
    specialises: ["eu.eprivacy.identity-and-stop-address", "core.marketing-stop-hint"],
    versions: [
      {
        ...since("2004-05-19"),
        confidence: "low",
        appliesTo: netherlands,
        fires: lacksIdentityOrStop,
        verdict: "change",
        remedies: [],
        clause: "Art. 11.7(4) Tw",
        sources: ["Telecommunicatiewet Art. 11.7(4)"],
        reviewed,
      },
    ],
  },
  {
    id: "nl.tw117.phone-consent",
    title: {
      en: "Sales calls need consent (Netherlands)",
      nl: "Verkooptelefoontjes vragen toestemming (Nederland)",
      de: "Werbeanrufe brauchen Einwilligung (Niederlande)",
    },
    explanation: {
      en: "In the Netherlands a sales call to a person, also over WhatsApp, needs consent for calls, and there is none; ask for it in a chat the person began.",
      nl: "In Nederland vraagt een verkooptelefoontje aan een persoon, ook via WhatsApp, toestemming voor bellen, en die is er niet; vraag erom in een chat die de persoon begon.",
      de: "In den Niederlanden braucht ein Werbeanruf bei einer Person, auch über WhatsApp, eine Einwilligung in Anrufe, und die fehlt; fragen Sie in einem Chat, den die Person begonnen hat.",
    },
    versions: [
      {
        ...between("2021-07-01", "2026-07-01"),
        confidence: "high",
        appliesTo: netherlands,
        fires: (send) => lacksCallConsent(send) && !isRecentCustomer(send),
        verdict: "refuse",
        remedies: ["ask-consent"],
        clause: "Art. 11.7(2) Tw",
        sources: ["Telecommunicatiewet Art. 11.7(2)"],
        reviewed,
        revision: 1,
      },
      {
        ...since("2026-07-01"),
        confidence: "high",
        appliesTo: netherlands,
        fires: (send) => lacksCallConsent(send) && !(isRecentCustomer(send) && keepsCustomerCalls(send)),
        verdict: "refuse",
        remedies: ["ask-consent"],
        clause: "Art. 11.7(2) Tw, without the customer exception",
        sources: ["Telecommunicatiewet Art. 11.7(2) as of 1 July 2026"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "nl.tw117.phone-customer-exception",
    title: {
      en: "Call to a customer (Netherlands)",
      nl: "Telefoontje naar een klant (Nederland)",
      de: "Anruf bei einem Kunden (Niederlande)",
    },
    explanation: {
      en: "This person was your customer in the last three years, so the call needs no separate consent; since July 2026 only charities, their lotteries and publishers may rely on this.",
      nl: "Deze persoon was in de afgelopen drie jaar klant, dus het telefoontje vraagt geen aparte toestemming; sinds juli 2026 geldt dit alleen voor goede doelen, hun loterijen en uitgevers.",
      de: "Diese Person war in den letzten drei Jahren Kunde, deshalb braucht der Anruf keine eigene Einwilligung; seit Juli 2026 gilt das nur für gemeinnützige Organisationen, ihre Lotterien und Verlage.",
    },
    versions: [
      {
        ...between("2021-07-01", "2026-07-01"),
        confidence: "high",
        appliesTo: netherlands,
        fires: (send) => lacksCallConsent(send) && isRecentCustomer(send),
        verdict: "allow",
        remedies: [],
        clause: "Art. 11.7 Tw, customer exception for calls",
        sources: ["Telecommunicatiewet Art. 11.7"],
        reviewed,
        revision: 1,
      },
      {
        ...since("2026-07-01"),
        confidence: "high",
        appliesTo: netherlands,
        fires: (send) => lacksCallConsent(send) && isRecentCustomer(send) && keepsCustomerCalls(send),
        verdict: "allow",
        remedies: [],
        clause: "Art. 11.7 Tw, customer exception for charities and publishers",
        sources: ["Telecommunicatiewet Art. 11.7 as of 1 July 2026"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "nl.tw117.anonymous-call",
    title: {
      en: "A sales call shows its number (Netherlands)",
      nl: "Een verkooptelefoontje toont zijn nummer (Nederland)",
      de: "Ein Werbeanruf zeigt seine Nummer (Niederlande)",
    },
    explanation: {
      en: "In the Netherlands nobody may make a sales call with a withheld number, so this one is not made; show the number.",
      nl: "In Nederland mag niemand met een afgeschermd nummer een verkooptelefoontje doen, dus dit wordt niet gedaan; toon het nummer.",
      de: "In den Niederlanden darf niemand mit unterdrückter Nummer einen Werbeanruf tätigen, deshalb wird nicht angerufen; zeigen Sie die Nummer.",
    },
    versions: [
      {
        ...since("2021-07-01"),
        confidence: "high",
        appliesTo: netherlands,
        fires: (send) => isSalesCall(send) && send.request.call?.numberWithheld === true,
        verdict: "refuse",
        remedies: ["show-number"],
        clause: "Art. 11.7 Tw, number of the caller",
        sources: ["Telecommunicatiewet Art. 11.7"],
        reviewed,
        revision: 1,
      },
    ],
  },
];

function isPublishedByBusiness({ facts: { recipient } }: Case): boolean {
  return recipient?.kind === "legal" && recipient.publishedForSuchMessages === true;
}

function lacksCallConsent(send: Case): boolean {
  return (
    isSalesCall(send) && send.facts.recipient?.kind !== "legal" && send.consentFor("sales-call", "express") === null
  );
}

/** A customer of something similar, now or less than three years ago, who has not objected. */
function isRecentCustomer(send: Case): boolean {
  const boughtAt = send.facts.recipient?.lastPurchaseAt;
  return boughtAt != null && boughtAt <= send.at && !havePassed(36, boughtAt, send.at) && !send.hasOptedOut;
}

function keepsCustomerCalls({ facts: { sender } }: Case): boolean {
  return sender?.kind === "charity" || sender?.kind === "charity-lottery" || sender?.kind === "publisher";
}

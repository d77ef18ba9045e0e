import type { Instant } from "@loket/kit";
import type { Case } from "../case.ts";
import { type Effect, type Rule, since } from "../rule.ts";
import { havePassed } from "./months.ts";
import { isUnsolicited } from "./unsolicited.ts";

const reviewed = "2026-11-22";
const inForce = {
  ...since("2014-07-01"),
  confidence: "high",
  // A call between two people is no electronic message.
  appliesTo: { region: ["CA"], payload: ["free-form", "template", "direct-send", "native"] },
  reviewed,
} as const;

/** Canada: anti-spam legislation (CASL), for every electronic message that sells. */
export const canadianRules: readonly Rule[] = [
  {
    id: "ca.casl.consent",
    title: {
      en: "Advertising needs consent (Canada)",
      nl: "Reclame vraagt toestemming (Canada)",
      de: "Werbung braucht Einwilligung (Kanada)",
    },
    explanation: {
      en: "In Canada advertising by electronic message needs consent, a purchase in the last 24 months, a question in the last 6, or an address published for it, and there is none; ask for consent while one of these lasts.",
      nl: "In Canada vraagt reclame per elektronisch bericht toestemming, een aankoop in de laatste 24 maanden, een vraag in de laatste 6, of een daarvoor bekendgemaakt adres, en dat is er niet; vraag toestemming zolang zoiets loopt.",
      de: "In Kanada braucht Werbung per elektronischer Nachricht eine Einwilligung, einen Kauf in den letzten 24 Monaten, eine Anfrage in den letzten 6 oder eine dafür veröffentlichte Adresse, und nichts davon liegt vor; bitten Sie um Einwilligung, solange eines davon gilt.",
    },
    versions: [
      {
        ...inForce,
        revision: 1,
        fires: (send) =>
          send.request.kind !== "opt-in-request" &&
          isUnsolicited(send) &&
          send.consent === null &&
          !hasImpliedConsent(send),
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound"],
        clause: "s. 6 and 10",
        sources: ["Canada's anti-spam legislation, S.C. 2010, c. 23, s. 6 and 10", "CRTC guidance on implied consent"],
      },
    ],
  },
  {
    id: "ca.casl.request-is-cem",
    title: {
      en: "To ask for consent is to advertise (Canada)",
      nl: "Om toestemming vragen is reclame (Canada)",
      de: "Um Einwilligung zu bitten ist Werbung (Kanada)",
    },
    explanation: {
      en: "In Canada an electronic message that asks for consent is itself advertising, and nothing allows it here; ask on your site or in person.",
      nl: "In Canada is een elektronisch bericht dat toestemming vraagt zelf reclame, en niets staat die hier toe; vraag het op uw site of persoonlijk.",
      de: "In Kanada ist eine elektronische Nachricht, die um Einwilligung bittet, selbst Werbung, und nichts erlaubt sie hier; fragen Sie auf Ihrer Website oder persönlich.",
    },
    versions: [
      {
        ...inForce,
        appliesTo: { ...inForce.appliesTo, kind: ["opt-in-request"] },
        revision: 1,
        fires: (send) => isUnsolicited(send) && send.consent === null && !hasImpliedConsent(send),
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound"],
        clause: "s. 1(3)",
        sources: ["Canada's anti-spam legislation, S.C. 2010, c. 23, s. 1(3)"],
      },
    ],
  },
  {
    id: "ca.casl.identify-and-unsubscribe",
    title: {
      en: "Who writes, where, and how to stop (Canada)",
      nl: "Wie schrijft, waarvandaan, en hoe men stopt (Canada)",
      de: "Wer schreibt, woher, und wie man aufhört (Kanada)",
    },
    explanation: {
      en: "Advertising in Canada shows the sender with a mailing address, and a free way to stop that works for 60 days, so what is missing is added.",
      nl: "Reclame in Canada toont de afzender met een postadres, en een gratis manier om te stoppen die 60 dagen werkt, dus wat ontbreekt komt erbij.",
      de: "Werbung in Kanada zeigt den Absender mit Postanschrift und einen kostenlosen Weg zum Abmelden, der 60 Tage gilt, deshalb wird ergänzt, was fehlt.",
    },
    versions: [
      {
        ...inForce,
        revision: 1,
        fires: lacksIdentityAddressOrStop,
        verdict: "change",
        remedies: [],
        clause: "s. 6(2) and 11",
        sources: ["Canada's anti-spam legislation, S.C. 2010, c. 23, s. 6(2) and 11"],
      },
    ],
  },
  {
    id: "ca.casl.unsubscribe-10bd",
    title: {
      en: "An unsubscribe binds (Canada)",
      nl: "Een afmelding bindt (Canada)",
      de: "Eine Abmeldung bindet (Kanada)",
    },
    explanation: {
      en: "This person unsubscribed, so no more advertising goes out; the law gives ten business days, we stop at once.",
      nl: "Deze persoon meldde zich af, dus er gaat geen reclame meer uit; de wet geeft tien werkdagen, wij stoppen meteen.",
      de: "Diese Person hat sich abgemeldet, deshalb geht keine Werbung mehr hinaus; das Gesetz lässt zehn Werktage, wir hören sofort auf.",
    },
    specialises: ["core.opt-out-wins"],
    versions: [
      {
        ...inForce,
        fires: (send) => send.isMarketing && send.isProactive && send.hasOptedOut,
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "s. 11(3)",
        sources: ["Canada's anti-spam legislation, S.C. 2010, c. 23, s. 11(3)"],
      },
    ],
  },
];

const purchaseMonths = 24;
const inquiryMonths = 6;

/**
 * A record of kind `implied` does not say what it rests on, so it lasts as long as the shorter of the two. Whoever
 * unsubscribed has bought or asked all the same: that they left is told by a rule of its own.
 */
function hasImpliedConsent(send: Case): boolean {
  const { recipient } = send.facts;
  const soft = send.consentFor("marketing", "soft");
  return (
    recipient?.publishedForSuchMessages === true ||
    isWithin(purchaseMonths, recipient?.lastPurchaseAt, send.at) ||
    isWithin(inquiryMonths, recipient?.lastInquiryAt, send.at) ||
    isWithin(inquiryMonths, send.consentFor("marketing", "implied")?.obtainedAt, send.at) ||
    (soft?.soft?.obtainedInSale === true && isWithin(purchaseMonths, soft.obtainedAt, send.at))
  );
}

function isWithin(months: number, moment: Instant | null | undefined, at: Instant): boolean {
  return moment != null && moment <= at && !havePassed(months, moment, at);
}

const workingDays = 60;

/** A message that asks for consent is a commercial one too. */
function lacksIdentityAddressOrStop({ isMarketing, request: { content, kind } }: Case): false | Effect {
  if (!isMarketing && kind !== "opt-in-request") return false;
  if (content?.postalAddress !== true) return { change: { kind: "add-postal-address", auto: true } };
  if (content.stopPath !== true || (content.stopWorksDays !== undefined && content.stopWorksDays < workingDays))
    return { change: { kind: "add-stop-path", auto: true } };
  return content.senderNamed !== true && { change: { kind: "add-sender-name", auto: true } };
}

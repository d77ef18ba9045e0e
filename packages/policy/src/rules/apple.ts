import type { Case } from "../case.ts";
import { always, type Rule } from "../rule.ts";

const reviewed = "2026-11-22";
const apple = { channel: ["apple"] } as const;
const policies = "Apple Messages for Business, policies";

/** Apple Messages for Business. */
export const appleRules: readonly Rule[] = [
  {
    id: "apple.customer-starts",
    title: {
      en: "On Apple Messages the customer begins",
      nl: "Bij Apple Berichten begint de klant",
      de: "Bei Apple Nachrichten beginnt der Kunde",
    },
    explanation: {
      en: "This person has neither an open conversation with you nor a subscription, so you cannot write; show a button on your site, in Maps or in your mail, or a QR code.",
      nl: "Deze persoon heeft geen open gesprek met u en geen abonnement, dus u kunt niet schrijven; toon een knop op uw site, in Kaarten of in uw mail, of een QR-code.",
      de: "Diese Person hat weder ein offenes Gespräch mit Ihnen noch ein Abonnement, deshalb können Sie nicht schreiben; zeigen Sie einen Knopf auf Ihrer Website, in Karten oder in Ihrer E-Mail, oder einen QR-Code.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: apple,
        fires: (send) => send.facts.apple?.conversation !== "active" && !hasSubscribed(send),
        verdict: "refuse",
        remedies: ["send-start-link", "other-consented-channel"],
        clause: "conversations are begun by customers",
        sources: [policies],
        reviewed,
      },
    ],
  },
  {
    id: "apple.no-marketing-without-subscribe",
    title: {
      en: "Offers only after subscribe",
      nl: "Aanbod alleen na abonneren",
      de: "Angebote nur nach einem Abonnement",
    },
    explanation: {
      en: "This person has not sent subscribe and agreed to such messages, so no offer goes out; show a list of the kinds of messages to choose from.",
      nl: "Deze persoon heeft zich niet geabonneerd en niet met zulke berichten ingestemd, dus er gaat geen aanbod uit; toon een keuzelijst met soorten berichten.",
      de: "Diese Person hat nicht abonniert und solchen Nachrichten nicht zugestimmt, deshalb geht kein Angebot hinaus; zeigen Sie eine Auswahlliste mit Arten von Nachrichten.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: apple,
        fires: (send) => send.isMarketing && send.request.solicited !== true && !hasSubscribed(send),
        verdict: "refuse",
        remedies: ["ask-subscription"],
        clause: "notifications and subscriptions",
        sources: [policies],
        reviewed,
      },
    ],
  },
  {
    id: "apple.account-notice",
    title: {
      en: "Explain notifications before the first one",
      nl: "Leg meldingen uit vóór de eerste",
      de: "Mitteilungen vor der ersten erklären",
    },
    explanation: {
      en: "This person was never told that notifications may come and that Unsubscribe ends them, so Apple's fixed words about that go out first.",
      nl: "Deze persoon kreeg nooit te horen dat er meldingen kunnen komen en dat Unsubscribe ze beëindigt, dus eerst gaat de vaste tekst van Apple daarover uit.",
      de: "Diese Person hat nie erfahren, dass Mitteilungen kommen können und Unsubscribe sie beendet, deshalb geht zuerst Apples fester Wortlaut dazu hinaus.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...apple, kind: ["transactional", "auth"] },
        fires: ({ facts }) => facts.apple?.noticeShownAt == null,
        verdict: "change",
        change: { kind: "send-notice-first", auto: true },
        remedies: [],
        clause: "account and order notifications",
        sources: [policies],
        reviewed,
      },
    ],
  },
  {
    id: "apple.deleted-conversation",
    title: {
      en: "This person deleted the conversation",
      nl: "Deze persoon heeft het gesprek verwijderd",
      de: "Diese Person hat das Gespräch gelöscht",
    },
    explanation: {
      en: "Who deletes a conversation in Apple Messages ends it, so nothing goes out until this person writes again.",
      nl: "Wie in Apple Berichten een gesprek verwijdert, beëindigt het, dus er gaat niets uit tot deze persoon weer schrijft.",
      de: "Wer in Apple Nachrichten ein Gespräch löscht, beendet es, deshalb geht nichts hinaus, bis diese Person wieder schreibt.",
    },
    specialises: [
      "core.opt-out-wins",
      "eu.gdpr.object-direct-marketing",
      "core.no-offers-after-opt-out",
      "apple.customer-starts",
    ],
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: apple,
        fires: ({ facts }) => facts.apple?.conversation === "deleted",
        verdict: "refuse",
        watches: [{ path: "apple.conversation", isUnknown: ({ facts }) => facts.apple?.conversation === undefined }],
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "deleted conversations",
        sources: [policies],
        reviewed,
      },
    ],
  },
  {
    id: "apple.live-agent",
    title: {
      en: "A person is there in business hours",
      nl: "Tijdens openingstijden is er een mens",
      de: "Zu Geschäftszeiten ist ein Mensch da",
    },
    explanation: {
      en: "Apple lets no account go live with a bot alone, and no live agent is known to be there in business hours; have people there.",
      nl: "Apple laat geen account live gaan met alleen een bot, en van een medewerker tijdens openingstijden is niets bekend; zorg dat er mensen zijn.",
      de: "Apple lässt kein Konto nur mit einem Bot live gehen, und von einem Mitarbeiter zu Geschäftszeiten ist nichts bekannt; sorgen Sie für Menschen.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...apple, kind: ["setup"] },
        fires: ({ facts }) => facts.apple?.liveAgent !== true,
        verdict: "refuse",
        remedies: ["staff-chat"],
        clause: "live agents",
        sources: [policies],
        reviewed,
      },
    ],
  },
  {
    id: "apple.trigger-words",
    title: {
      en: "Words for help, menu and stop work",
      nl: "Woorden voor hulp, menu en stop werken",
      de: "Wörter für Hilfe, Menü und Stopp wirken",
    },
    explanation: {
      en: "People expect words such as agent, help, menu, unsubscribe and stop to work in Apple Messages, and some do not yet, so the account waits; connect them.",
      nl: "Mensen verwachten dat woorden als agent, help, menu, unsubscribe en stop in Apple Berichten werken, en sommige doen dat nog niet, dus het account wacht; sluit ze aan.",
      de: "Menschen erwarten, dass Wörter wie agent, help, menu, unsubscribe und stop in Apple Nachrichten wirken, und manche tun es noch nicht, deshalb wartet das Konto; schließen Sie sie an.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...apple, kind: ["setup"] },
        fires: ({ facts }) => !expected.every((group) => facts.apple?.wiredWords?.includes(group)),
        verdict: "hold",
        event: "keywords-ready",
        remedies: ["wire-keywords"],
        clause: "trigger words",
        sources: [policies],
        reviewed,
      },
    ],
  },
];

const expected = ["agent", "menu", "unsubscribe"] as const;

function hasSubscribed({ facts, at }: Case): boolean {
  const subscribedAt = facts.apple?.subscribedAt;
  return subscribedAt != null && subscribedAt <= at;
}

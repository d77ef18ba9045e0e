import type { Case } from "../case.ts";
import { type Rule, since } from "../rule.ts";
import { addressedMessages, does, doesAny, practicesInSetup } from "./practices.ts";
import { isAboutAny, isReferral, openedGoods } from "./whatsapp-goods-places.ts";

const reviewed = "2026-11-22";
const began = since("2018-01-18");
const byHand = { channel: ["whatsapp"], transport: ["business-app"], payload: ["native"] } as const;
/** Messages, and the product's own features when they are looked at as they stand. */
const judged = { channel: ["whatsapp"], transport: ["business-app"], kind: [...addressedMessages, "setup"] } as const;
const terms = "WhatsApp Business Terms of Service, restrictions";
const help = "WhatsApp Help Center, broadcast lists in the Business App";
const mostRecipients = 256;

/** The WhatsApp Business App: what a person may do in it by hand, and what no software may do for them. */
export const whatsappAppRules: readonly Rule[] = [
  {
    id: "whatsapp.app.automation-forbidden",
    title: {
      en: "Only the app itself sends and reads",
      nl: "Alleen de app zelf verstuurt en leest",
      de: "Nur die App selbst sendet und liest",
    },
    explanation: {
      en: "Software other than WhatsApp's own app would send or read here, such as a robot, a browser session or a copied protocol, which is forbidden; connect the same number to the Cloud API.",
      nl: "Hier zou andere software dan de app van WhatsApp versturen of lezen, zoals een robot, een browsersessie of een nagemaakt protocol, en dat is verboden; koppel hetzelfde nummer aan de Cloud API.",
      de: "Hier würde andere Software als die App von WhatsApp senden oder lesen, etwa ein Roboter, eine Browsersitzung oder ein nachgebautes Protokoll, und das ist verboten; verbinden Sie dieselbe Nummer mit der Cloud API.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: judged,
        fires: (send) => isSentBySoftware(send) || doesAny(send, ["driving-app", "mirroring-phone"]),
        verdict: "refuse",
        watches: [{ path: "operator.practices", isUnknown: ({ facts }) => facts.operator?.practices === undefined }],
        remedies: ["connect-to-platform", "move-to-cloud-api"],
        clause: "no automation of the app",
        sources: [terms, "WhatsApp Messaging Guidelines"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.app.built-in-automation",
    title: {
      en: "A feature of the app itself",
      nl: "Een functie van de app zelf",
      de: "Eine Funktion der App selbst",
    },
    explanation: {
      en: "Greetings, away messages, quick replies and labels of the app are its own features, so they may be used.",
      nl: "Begroetingen, afwezigheidsberichten, snelle antwoorden en labels zijn functies van de app zelf, dus u mag ze gebruiken.",
      de: "Begrüßungen, Abwesenheitsnachrichten, Schnellantworten und Labels sind Funktionen der App selbst, deshalb dürfen Sie sie nutzen.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: byHand,
        fires: ({ request }) => request.native?.sentBy === "app",
        verdict: "allow",
        remedies: [],
        clause: "features of the app",
        sources: ["WhatsApp Business App, messaging tools"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.app.broadcast-256",
    title: {
      en: "At most 256 people on a broadcast list",
      nl: "Hooguit 256 mensen op een verzendlijst",
      de: "Höchstens 256 Personen je Broadcast-Liste",
    },
    explanation: {
      en: "A broadcast list of the app holds at most 256 people, so the list is split for the person who sends; use the Cloud API for anything regular.",
      nl: "Op een verzendlijst van de app passen hooguit 256 mensen, dus de lijst wordt gesplitst voor wie verstuurt; gebruik de Cloud API voor alles wat vaker gebeurt.",
      de: "Eine Broadcast-Liste der App fasst höchstens 256 Personen, deshalb wird sie für die sendende Person geteilt; nutzen Sie die Cloud API für alles Regelmäßige.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: byHand,
        fires: ({ request }) => (request.native?.broadcastRecipients ?? 0) > mostRecipients,
        verdict: "change",
        change: { kind: "split-broadcast-list", auto: false, maxRecipients: mostRecipients },
        remedies: ["move-to-cloud-api"],
        clause: "size of a broadcast list",
        sources: [help],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.app.broadcast-saved-number",
    title: {
      en: "Only people who saved your number get it",
      nl: "Alleen wie uw nummer heeft opgeslagen krijgt het",
      de: "Nur wer Ihre Nummer gespeichert hat, erhält es",
    },
    explanation: {
      en: "Nobody knows that this person saved your number, and a broadcast reaches nobody else without saying so; ask people to save it.",
      nl: "Niet bekend is of deze persoon uw nummer heeft opgeslagen, en een verzendlijst bereikt stilzwijgend niemand anders; vraag mensen het op te slaan.",
      de: "Es ist nicht bekannt, ob diese Person Ihre Nummer gespeichert hat, und eine Broadcast-Liste erreicht stillschweigend niemand anderen; bitten Sie darum, sie zu speichern.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: byHand,
        fires: (send) => isBroadcast(send) && send.facts.app?.savedByRecipient !== true,
        verdict: "note",
        remedies: ["ask-to-save-number"],
        clause: "who gets a broadcast",
        sources: [help],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.app.broadcast-monthly-cap",
    title: {
      en: "Free broadcasts of this month used up",
      nl: "Gratis verzendingen van deze maand zijn op",
      de: "Freie Broadcasts dieses Monats verbraucht",
    },
    explanation: {
      en: "The app sends only so many broadcasts a month for nothing, and they are used up; pay in the app, post on a Channel or use the Cloud API.",
      nl: "De app verstuurt maar een aantal verzendingen per maand gratis, en die zijn op; betaal in de app, plaats het op een kanaal of gebruik de Cloud API.",
      de: "Die App sendet nur eine bestimmte Zahl Broadcasts im Monat kostenlos, und diese sind verbraucht; zahlen Sie in der App, posten Sie in einem Kanal oder nutzen Sie die Cloud API.",
    },
    versions: [
      {
        ...since("2025-04-01"),
        confidence: "low",
        appliesTo: byHand,
        fires: (send) => isBroadcast(send) && send.facts.app?.freeBroadcastsLeft === 0,
        verdict: "note",
        remedies: ["move-to-cloud-api"],
        clause: "monthly allowance of broadcasts",
        sources: ["Trade press on tests of broadcast limits (2025)"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.app.broadcast-in-coexistence",
    title: {
      en: "No broadcast lists beside the Platform",
      nl: "Geen verzendlijsten naast het Platform",
      de: "Keine Broadcast-Listen neben der Plattform",
    },
    explanation: {
      en: "This number also lives on the Business Platform, where the app's broadcast lists can only be read; send it over the Platform.",
      nl: "Dit nummer staat ook op het Business Platform, en dan zijn de verzendlijsten van de app alleen te lezen; verstuur het via het Platform.",
      de: "Diese Nummer ist auch auf der Business Platform, und dann lassen sich die Broadcast-Listen der App nur lesen; senden Sie es über die Plattform.",
    },
    versions: [
      {
        ...since("2025-01-01"),
        confidence: "low",
        appliesTo: byHand,
        fires: (send) => isBroadcast(send) && send.facts.app?.onPlatform === true,
        verdict: "refuse",
        watches: [
          {
            path: "app.onPlatform",
            isUnknown: (send) => isBroadcast(send) && send.facts.app?.onPlatform === undefined,
          },
        ],
        remedies: ["move-to-cloud-api"],
        clause: "one number in app and Platform",
        sources: ["WhatsApp Business Platform, onboarding of Business App users"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.app.regulated-goods",
    title: {
      en: "The opening for such goods leaves out the app",
      nl: "De opening voor zulke goederen geldt niet in de app",
      de: "Die Öffnung für solche Waren gilt nicht in der App",
    },
    explanation: {
      en: "Alcohol, medicine and games for money may be written about in some countries on the Business Platform, but nowhere in the app; use the Platform where it is open, or another channel.",
      nl: "Over alcohol, medicijnen en spelen om geld mag in sommige landen op het Business Platform worden geschreven, maar nergens in de app; gebruik het Platform waar het open is, of een ander kanaal.",
      de: "Über Alkohol, Arzneimittel und Spiele um Geld darf man in einigen Ländern auf der Business Platform schreiben, aber nirgends in der App; nutzen Sie die Plattform, wo sie offen ist, oder einen anderen Kanal.",
    },
    versions: [
      {
        ...since("2024-08-27"),
        confidence: "high",
        appliesTo: judged,
        fires: (send) => isAboutAny(send, openedGoods) && !isReferral(send),
        verdict: "refuse",
        remedies: ["leave-out-goods", "move-to-cloud-api", "other-consented-channel"],
        clause: "regulated verticals, Platform only",
        sources: ["WhatsApp Business Messaging Policy, regulated verticals"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.app.manual-assist",
    title: {
      en: "One click, one draft, sent by a person",
      nl: "Eén klik, één concept, door een mens verstuurd",
      de: "Ein Klick, ein Entwurf, von Hand gesendet",
    },
    explanation: {
      en: "Software may prepare one draft for one click and must leave it to the person to press send; prepare one draft with one link.",
      nl: "Software mag per klik één concept klaarzetten en laat het versturen aan de mens over; zet één concept met één link klaar.",
      de: "Software darf je Klick einen Entwurf vorbereiten und muss das Senden dem Menschen überlassen; bereiten Sie einen Entwurf mit einem Link vor.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: judged,
        fires: (send) => sendsDrafts(send) || (send.request.kind === "setup" && does(send, "sending-drafts")),
        verdict: "refuse",
        watches: [practicesInSetup],
        remedies: ["send-one-draft", "connect-to-platform"],
        clause: "product choice after the terms on automatic messages",
        sources: ["Product choice", "WhatsApp Terms of Service, Legal and Acceptable Use"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.app.scheduled-send",
    title: {
      en: "Only the app schedules its messages",
      nl: "Alleen de app plant zijn berichten",
      de: "Nur die App plant ihre Nachrichten",
    },
    explanation: {
      en: "Software outside the app would send this later, which is an automatic message; schedule it over the Cloud API or in the app itself.",
      nl: "Software buiten de app zou dit later versturen, en dat is een automatisch bericht; plan het via de Cloud API of in de app zelf.",
      de: "Software außerhalb der App würde dies später senden, und das ist eine automatische Nachricht; planen Sie sie über die Cloud API oder in der App selbst.",
    },
    versions: [
      {
        ...began,
        confidence: "high",
        appliesTo: judged,
        fires: (send) =>
          send.request.native?.scheduledBy === "software" ||
          (send.request.kind === "setup" && does(send, "scheduling-app-messages")),
        verdict: "refuse",
        watches: [practicesInSetup],
        remedies: ["move-to-cloud-api", "send-one-draft"],
        clause: "product choice after the terms on automatic messages",
        sources: ["Product choice", "WhatsApp Terms of Service, Legal and Acceptable Use"],
        reviewed,
      },
    ],
  },
];

/** In the app a person writes or calls; whatever has another form was not made there. */
function isSentBySoftware({ request: { payload, native } }: Case): boolean {
  return (
    native?.sentBy === "software" || payload === "free-form" || payload === "template" || payload === "direct-send"
  );
}

function isBroadcast({ request }: Case): boolean {
  return request.native?.broadcastRecipients !== undefined;
}

function sendsDrafts({ request: { native } }: Case): boolean {
  return native?.draftsPerClick !== undefined && (native.draftsPerClick > 1 || native.sentBy === "software");
}

import { type Instant, minuteMs } from "@loket/kit";
import type { Case } from "../case.ts";
import { isInEu } from "../regions.ts";
import { always, type Rule, since, type Watch } from "../rule.ts";
import { havePassed } from "./months.ts";
import { messages } from "./practices.ts";

const reviewed = "2026-11-22";
const webchat = { channel: ["webchat"] } as const;
/** On the page itself, as opposed to a notification of the browser. */
const onPage = { channel: ["webchat"], transport: ["own"] } as const;
const answers = { ...onPage, kind: ["reply", "bot-reply"] } as const;

const followUp = {
  ...always,
  confidence: "high",
  appliesTo: answers,
  reviewed,
} as const;

const transcript: Watch = {
  path: "webchat.transcript",
  isUnknown: ({ facts }) => facts.webchat?.transcript === undefined,
};
const keeping: Watch = {
  path: "webchat.keepTranscriptsMonths",
  isUnknown: ({ facts: { webchat } }) => webchat?.transcript != null && webchat.keepTranscriptsMonths === undefined,
};

/** The product's own chat on a customer's page: no platform's rules, only the law's and good manners. */
export const webchatRules: readonly Rule[] = [
  {
    id: "webchat.privacy-notice",
    title: {
      en: "Privacy notice before the chat",
      nl: "Privacyverklaring vóór het gesprek",
      de: "Datenschutzhinweis vor dem Chat",
    },
    explanation: {
      en: "This person has not been shown who processes their data, why and how long, so the chat waits; show a line with a link before they say anything personal.",
      nl: "Deze persoon heeft niet gezien wie de gegevens verwerkt, waarom en hoelang, dus het gesprek wacht; toon een regel met een link voordat er iets persoonlijks wordt gezegd.",
      de: "Dieser Person wurde nicht gezeigt, wer ihre Daten verarbeitet, wozu und wie lange, deshalb wartet der Chat; zeigen Sie eine Zeile mit Link, bevor sie etwas Persönliches sagt.",
    },
    versions: [
      {
        ...since("2018-05-25"),
        confidence: "high",
        appliesTo: webchat,
        fires: (send) =>
          inEuropeOrBritain(send) &&
          send.request.webchat?.invite === undefined &&
          send.facts.webchat?.noticeShown !== true,
        verdict: "hold",
        event: "notice-shown",
        remedies: ["show-privacy-notice"],
        clause: "Art. 13",
        sources: ["GDPR Art. 13", "UK GDPR Art. 13"],
        reviewed,
      },
    ],
  },
  {
    id: "webchat.storage-consent",
    title: {
      en: "No stored identifier without consent",
      nl: "Geen opgeslagen kenmerk zonder toestemming",
      de: "Keine gespeicherte Kennung ohne Einwilligung",
    },
    explanation: {
      en: "The widget keeps an identifier for statistics or advertising on the device without consent, so it stores only what this chat needs.",
      nl: "De widget bewaart op het apparaat een kenmerk voor statistiek of reclame zonder toestemming, dus hij slaat alleen op wat dit gesprek nodig heeft.",
      de: "Das Widget speichert auf dem Gerät ohne Einwilligung eine Kennung für Statistik oder Werbung, deshalb speichert es nur, was dieser Chat braucht.",
    },
    specialises: ["eu.eprivacy.terminal-access"],
    versions: [
      {
        ...since("2009-12-19"),
        confidence: "low",
        appliesTo: { ...onPage, kind: ["setup", "reply", "bot-reply"] },
        fires: (send) => inEuropeOrBritain(send) && !storesOnlyWhatItMay(send),
        verdict: "change",
        change: { kind: "use-session-storage", auto: true },
        remedies: [],
        clause: "Art. 5(3)",
        sources: ["Directive 2002/58/EC Art. 5(3)"],
        reviewed,
      },
    ],
  },
  {
    id: "webchat.window-session",
    title: {
      en: "The visitor is still there",
      nl: "De bezoeker is er nog",
      de: "Der Besucher ist noch da",
    },
    explanation: {
      en: "The page is open or the visitor was active in the last 30 minutes, so an answer needs nothing else.",
      nl: "De pagina is open of de bezoeker was de laatste 30 minuten actief, dus een antwoord vraagt verder niets.",
      de: "Die Seite ist offen oder der Besucher war in den letzten 30 Minuten aktiv, deshalb braucht eine Antwort nichts weiter.",
    },
    versions: [
      {
        ...followUp,
        fires: isThere,
        verdict: "allow",
        remedies: [],
        clause: "product choice",
        sources: ["Product choice"],
      },
    ],
  },
  {
    id: "webchat.after-session",
    title: {
      en: "The visitor has left",
      nl: "De bezoeker is weg",
      de: "Der Besucher ist gegangen",
    },
    explanation: {
      en: "The visitor has left and named no way by which to get the answer to this question, so it is not sent; offer the answer by e-mail while the chat lasts.",
      nl: "De bezoeker is weg en noemde geen weg voor het antwoord op deze vraag, dus het gaat niet uit; bied tijdens het gesprek aan om per e-mail te antwoorden.",
      de: "Der Besucher ist gegangen und nannte keinen Weg für die Antwort auf diese Frage, deshalb wird sie nicht gesendet; bieten Sie im Gespräch eine Antwort per E-Mail an.",
    },
    versions: [
      {
        ...followUp,
        fires: (send) => !isThere(send) && (send.facts.webchat?.followUpBy?.length ?? 0) === 0,
        verdict: "refuse",
        remedies: ["offer-email-answer", "wait-for-inbound"],
        clause: "Art. 5(1)(b), purpose limitation",
        sources: ["GDPR Art. 5(1)(b)"],
      },
    ],
  },
  {
    id: "webchat.transcript-scope",
    title: {
      en: "This address was given for a chat only",
      nl: "Dit adres was alleen voor een gesprek",
      de: "Diese Adresse galt nur einem Chat",
    },
    explanation: {
      en: "This person gave the address to receive a chat and nothing else, so no advertising goes there; ask with a separate box that is not ticked.",
      nl: "Deze persoon gaf het adres om een gesprek te ontvangen en voor niets anders, dus daarheen gaat geen reclame; vraag het met een apart vakje dat niet is aangevinkt.",
      de: "Diese Person gab die Adresse, um einen Chat zu erhalten, und für nichts anderes, deshalb geht dorthin keine Werbung; fragen Sie mit einem eigenen, nicht angekreuzten Kästchen.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { channel: ["email"] },
        fires: (send) => lacksOwnConsent(send) && send.facts.webchat?.addressForTranscript === true,
        verdict: "refuse",
        watches: [
          {
            path: "webchat.addressForTranscript",
            isUnknown: (send) => lacksOwnConsent(send) && send.facts.webchat?.addressForTranscript === undefined,
          },
        ],
        remedies: ["separate-marketing-opt-in"],
        clause: "Art. 5(1)(b), purpose limitation",
        sources: ["GDPR Art. 5(1)(b)", "CJEU 13 November 2025, C-654/23"],
        reviewed,
      },
    ],
  },
  {
    id: "webchat.proactive-invite",
    title: {
      en: "One invitation per visit, out of the way",
      nl: "Eén uitnodiging per bezoek, niet in de weg",
      de: "Eine Einladung je Besuch, nicht im Weg",
    },
    explanation: {
      en: "An invitation to chat shows once in a visit, covers nothing and stays away once closed, so this one is not shown.",
      nl: "Een uitnodiging om te chatten verschijnt één keer per bezoek, bedekt niets en blijft na sluiten weg, dus deze wordt niet getoond.",
      de: "Eine Einladung zum Chat erscheint einmal je Besuch, verdeckt nichts und bleibt nach dem Schließen weg, deshalb wird diese nicht gezeigt.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: onPage,
        fires: ({ request: { webchat } }) =>
          webchat?.invite !== undefined &&
          ((webchat.invite.shownBefore ?? 0) >= 1 ||
            webchat.invite.closedBefore === true ||
            webchat.invite.coversContent === true),
        verdict: "change",
        change: { kind: "suppress-invite", auto: true },
        remedies: [],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
      },
    ],
  },
  {
    id: "webchat.push-consent",
    title: {
      en: "The browser may not notify",
      nl: "De browser mag niet melden",
      de: "Der Browser darf nicht benachrichtigen",
    },
    explanation: {
      en: "This person did not let the browser notify, or was asked as soon as the page loaded, so no notification is sent; ask after a click of their own.",
      nl: "Deze persoon liet de browser niet melden, of werd gevraagd zodra de pagina laadde, dus er gaat geen melding uit; vraag het na een eigen klik.",
      de: "Diese Person ließ den Browser nicht benachrichtigen oder wurde gleich beim Laden der Seite gefragt, deshalb geht keine Mitteilung hinaus; fragen Sie nach einem eigenen Klick.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { channel: ["webchat"], transport: ["push"] },
        fires: ({ facts }) => facts.webchat?.pushPermission?.askedAfterAction !== true,
        verdict: "refuse",
        remedies: ["ask-after-click", "other-consented-channel"],
        clause: "Art. 5(3) and 13",
        sources: ["Directive 2002/58/EC Art. 5(3) and 13"],
        reviewed,
      },
    ],
  },
  {
    id: "webchat.human-handover",
    title: {
      en: "The chat shows a way to a person",
      nl: "Het gesprek toont een weg naar een mens",
      de: "Der Chat zeigt einen Weg zum Menschen",
    },
    explanation: {
      en: "Neither the bot's answer nor the widget shows how to reach a person or leave a message, so a way is added.",
      nl: "Het antwoord van de bot en de widget laten niet zien hoe men een mens bereikt of een bericht achterlaat, dus er komt een weg bij.",
      de: "Weder die Antwort des Bots noch das Widget zeigen, wie man einen Menschen erreicht oder eine Nachricht hinterlässt, deshalb kommt ein Weg hinzu.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...onPage, kind: ["bot-reply"] },
        fires: ({ request, facts }) => request.bot?.escalationOffered !== true && facts.webchat?.contactShown !== true,
        verdict: "change",
        change: { kind: "add-handover-option", auto: true },
        remedies: ["hand-over-to-person"],
        clause: "product choice",
        sources: ["Product choice", "WhatsApp Business Messaging Policy, automation"],
        reviewed,
      },
    ],
  },
  {
    id: "webchat.sensitive-data",
    title: {
      en: "Card and identity numbers are masked",
      nl: "Kaart- en documentnummers onleesbaar",
      de: "Karten- und Ausweisnummern unkenntlich",
    },
    explanation: {
      en: "The message holds a card, bank or identity number, so the number is masked before anything is stored; take such numbers on a secure page.",
      nl: "Het bericht bevat een kaart-, rekening- of documentnummer, dus dat wordt onleesbaar gemaakt vóór opslag; vraag zulke nummers op een beveiligde pagina.",
      de: "Die Nachricht enthält eine Karten-, Konto- oder Ausweisnummer, deshalb wird sie vor dem Speichern unkenntlich gemacht; fragen Sie solche Nummern auf einer sicheren Seite ab.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: {
          ...webchat,
          // What a visitor typed is judged as `import`: it is taken in, and not sent.
          kind: [...messages, "import"],
        },
        fires: ({ request }) => request.content?.sensitiveIdentifiers === true,
        verdict: "change",
        change: { kind: "mask-identifiers", auto: true },
        remedies: ["mask-identifiers", "neutral-message-with-link"],
        clause: "storage of card data",
        sources: ["PCI DSS, protection of stored account data", "WhatsApp Business Messaging Policy, data"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "webchat.retention",
    title: {
      en: "This chat is too old to use",
      nl: "Dit gesprek is te oud om te gebruiken",
      de: "Dieser Chat ist zu alt zur Nutzung",
    },
    explanation: {
      en: "The chat was kept longer than you set (24 months, or 6 without a name), so it may not be used any more; erase it or take every name out.",
      nl: "Het gesprek is langer bewaard dan u instelde (24 maanden, of 6 zonder naam), dus het mag niet meer worden gebruikt; wis het of haal elke naam eruit.",
      de: "Der Chat wurde länger behalten als eingestellt (24 Monate, ohne Namen 6), deshalb darf er nicht mehr genutzt werden; löschen Sie ihn oder entfernen Sie jeden Namen.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...webchat, kind: ["setup", "import"] },
        fires: isTranscriptTooOld,
        verdict: "refuse",
        watches: [transcript, keeping],
        remedies: ["erase-data"],
        clause: "Art. 5(1)(e), storage limitation",
        sources: ["GDPR Art. 5(1)(e)"],
        reviewed,
      },
    ],
  },
  {
    id: "webchat.out-of-hours",
    title: {
      en: "No person promised when none is there",
      nl: "Geen mens beloven die er niet is",
      de: "Keinen Menschen versprechen, der nicht da ist",
    },
    explanation: {
      en: "The message promises a person now while nobody is known to be there, so it says when somebody answers instead.",
      nl: "Het bericht belooft nu een mens terwijl van niemand bekend is dat die er is, dus het zegt wanneer iemand antwoordt.",
      de: "Die Nachricht verspricht jetzt einen Menschen, obwohl von niemandem bekannt ist, dass er da ist, deshalb sagt sie, wann jemand antwortet.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: onPage,
        fires: ({ request, facts }) => request.webchat?.promisesPersonNow === true && facts.webchat?.staffed !== true,
        verdict: "change",
        change: { kind: "add-staffed-hours", auto: true },
        remedies: [],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
      },
    ],
  },
  {
    id: "webchat.identity-check",
    title: {
      en: "Account data only after a check",
      nl: "Accountgegevens alleen na controle",
      de: "Kontodaten nur nach Prüfung",
    },
    explanation: {
      en: "The answer tells something from an account to a visitor who is not logged in, so it is not sent; have them log in or enter a code.",
      nl: "Het antwoord vertelt iets uit een account aan een bezoeker die niet is ingelogd, dus het gaat niet uit; laat die inloggen of een code invoeren.",
      de: "Die Antwort verrät etwas aus einem Konto an einen Besucher, der nicht angemeldet ist, deshalb wird sie nicht gesendet; lassen Sie ihn sich anmelden oder einen Code eingeben.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: webchat,
        fires: ({ request, facts }) =>
          request.webchat?.showsAccountData === true && facts.webchat?.authenticated !== true,
        verdict: "refuse",
        remedies: ["verify-person"],
        clause: "Art. 32, security of processing",
        sources: ["GDPR Art. 32"],
        reviewed,
      },
    ],
  },
  {
    id: "webchat.accessibility",
    title: {
      en: "Everybody can use the chat",
      nl: "Iedereen kan het gesprek gebruiken",
      de: "Alle können den Chat nutzen",
    },
    explanation: {
      en: "The widget fails people who use a keyboard or a screen reader, and shops in the EU must serve them too; mend it.",
      nl: "De widget werkt niet met toetsenbord of schermlezer, en winkels in de EU moeten ook deze mensen bedienen; herstel dat.",
      de: "Das Widget versagt bei Tastatur oder Bildschirmleser, und Händler in der EU müssen auch diesen Menschen dienen; beheben Sie das.",
    },
    versions: [
      {
        ...since("2025-06-28"),
        confidence: "low",
        appliesTo: { ...webchat, kind: ["setup", "reply", "bot-reply"] },
        fires: ({ facts: { webchat, sender } }) =>
          webchat?.accessible === false && (sender?.establishment === undefined || isInEu(sender.establishment)),
        verdict: "note",
        remedies: ["improve-access"],
        clause: "e-commerce services",
        sources: ["European Accessibility Act, Directive (EU) 2019/882"],
        reviewed,
      },
    ],
  },
];

function inEuropeOrBritain(send: Case): boolean {
  return send.inEea || send.lawRegion === "GB";
}

/** What nobody has listed may be anything. */
function storesOnlyWhatItMay({ facts: { webchat } }: Case): boolean {
  return webchat?.storageConsent === true || (webchat?.deviceStorage?.every((item) => item === "session") ?? false);
}

const sessionMs = 30 * minuteMs;

/** The page is open, or something was done or said on it less than half an hour ago. */
function isThere({ facts: { webchat, lastInboundAt }, at }: Case): boolean {
  if (webchat?.pageOpen === true) return true;
  const isRecent = (moment: Instant | null | undefined): boolean =>
    moment != null && moment <= at && at - moment < sessionMs;
  return isRecent(webchat?.lastActivityAt) || isRecent(lastInboundAt);
}

function lacksOwnConsent(send: Case): boolean {
  return send.isMarketing && send.request.solicited !== true && send.consent === null;
}

const keptMonths = 24;
const keptNamelessMonths = 6;

function isTranscriptTooOld({ facts: { webchat }, at }: Case): boolean {
  const transcript = webchat?.transcript;
  if (transcript == null) return false;
  const usualMonths = transcript.anonymous === false ? keptMonths : keptNamelessMonths;
  return havePassed(webchat?.keepTranscriptsMonths ?? usualMonths, transcript.endedAt, at);
}

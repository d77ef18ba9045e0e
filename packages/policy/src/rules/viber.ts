import { promotes } from "../case.ts";
import { always, type Rule } from "../rule.ts";

const reviewed = "2026-11-22";
const viber = { channel: ["viber"] } as const;
const session = { ...viber, kind: ["reply", "bot-reply"] } as const;

/** Viber Business Messages. */
export const viberRules: readonly Rule[] = [
  {
    id: "viber.consent",
    title: {
      en: "Viber needs an opt-in",
      nl: "Viber vraagt een aanmelding",
      de: "Viber verlangt eine Anmeldung",
    },
    explanation: {
      en: "There is no record that this person agreed to business messages on Viber, so you may not write first; let them sign up.",
      nl: "Nergens staat dat deze persoon zakelijke berichten op Viber wil, dus u mag niet als eerste schrijven; laat die zich aanmelden.",
      de: "Nirgends steht, dass diese Person geschäftliche Nachrichten auf Viber möchte, deshalb dürfen Sie nicht zuerst schreiben; lassen Sie sie sich anmelden.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: viber,
        fires: (send) => send.isProactive && send.optIns.length === 0,
        verdict: "refuse",
        remedies: ["ask-consent", "wait-for-inbound", "other-consented-channel"],
        clause: "opt-in",
        sources: ["Viber Business Messages, compliance guidelines"],
        reviewed,
      },
    ],
  },
  {
    id: "viber.transactional-text-only",
    title: {
      en: "Service messages are plain text",
      nl: "Dienstberichten zijn alleen tekst",
      de: "Servicenachrichten sind reiner Text",
    },
    explanation: {
      en: "A transactional message on Viber holds text only, without picture, video, button or offer, so it goes out as text alone, or as promotional.",
      nl: "Een transactiebericht op Viber bevat alleen tekst, zonder beeld, video, knop of aanbod, dus het gaat als tekst uit, of als promotie.",
      de: "Eine Transaktionsnachricht auf Viber enthält nur Text, ohne Bild, Video, Knopf oder Angebot, deshalb geht sie als reiner Text hinaus, oder als Werbung.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...viber, kind: ["transactional", "auth"] },
        fires: ({ request }) =>
          promotes(request) ||
          (request.body?.parts?.some((part) => part === "image" || part === "video" || part === "button") ?? false),
        verdict: "change",
        change: { kind: "send-text-only", auto: false },
        remedies: ["remove-promotion"],
        clause: "transactional messages",
        sources: ["Viber Business Messages, compliance guidelines", "Viber Business Messages, message types"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "viber.first-message",
    title: {
      en: "The first message does not advertise",
      nl: "Het eerste bericht maakt geen reclame",
      de: "Die erste Nachricht wirbt nicht",
    },
    explanation: {
      en: "This would be your first message to this person on Viber and it advertises, so a neutral introduction has to come before it.",
      nl: "Dit zou uw eerste bericht aan deze persoon op Viber zijn en het maakt reclame, dus er moet een neutrale kennismaking aan voorafgaan.",
      de: "Dies wäre Ihre erste Nachricht an diese Person auf Viber, und sie wirbt, deshalb muss eine neutrale Vorstellung vorausgehen.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: viber,
        fires: (send) => send.isMarketing && send.facts.history?.lastSentAt == null,
        verdict: "change",
        change: { kind: "send-introduction-first", auto: false },
        remedies: [],
        clause: "first message",
        sources: ["Viber Business Messages, compliance guidelines"],
        reviewed,
      },
    ],
  },
  {
    id: "viber.session-24h",
    title: {
      en: "A Viber session has an end",
      nl: "Een Viber-sessie heeft een eind",
      de: "Eine Viber-Sitzung hat ein Ende",
    },
    explanation: {
      en: "A session lasts 24 hours from the person's message, with at most 60 of yours and 5 unanswered in a row, and it is over; send a transactional or promotional message if the person agreed to those.",
      nl: "Een sessie duurt 24 uur vanaf het bericht van de persoon, met hooguit 60 van u en 5 onbeantwoorde op rij, en is voorbij; stuur een transactie- of promotiebericht als de persoon daarmee instemde.",
      de: "Eine Sitzung dauert 24 Stunden ab der Nachricht der Person, mit höchstens 60 von Ihnen und 5 unbeantworteten in Folge, und ist vorbei; senden Sie eine Transaktions- oder Werbenachricht, wenn die Person dem zugestimmt hat.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: session,
        fires: ({ windowOpen, facts: { viber } }) =>
          !windowOpen || (viber?.sessionMessagesSent ?? 0) >= 60 || (viber?.unansweredInRow ?? 0) >= 5,
        verdict: "refuse",
        watches: [
          {
            path: "viber.sessionMessagesSent",
            isUnknown: ({ facts }) => facts.viber?.sessionMessagesSent === undefined,
          },
          { path: "viber.unansweredInRow", isUnknown: ({ facts }) => facts.viber?.unansweredInRow === undefined },
        ],
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "session messages",
        sources: ["Viber Business Messages, compliance guidelines", "Viber Business Messages, message types"],
        reviewed,
      },
    ],
  },
];

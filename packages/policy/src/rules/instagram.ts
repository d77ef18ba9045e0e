import { dayMs } from "@loket/kit";
import type { Case } from "../case.ts";
import { type Rule, since, type Watch } from "../rule.ts";
import { hasOtherRight, windowIsOpen } from "./meta-window.ts";

const reviewed = "2026-11-22";
const instagram = { channel: ["instagram"] } as const;
const textBytes = 1_000;

const answered: Watch = {
  path: "messenger.comment.repliedPrivatelyAt",
  isUnknown: ({ request, facts }) =>
    request.messenger?.privateReply === true &&
    facts.messenger?.comment != null &&
    facts.messenger.comment.repliedPrivatelyAt === undefined,
};
const broadcast: Watch = {
  path: "messenger.comment.broadcastEndedAt",
  isUnknown: ({ request, facts }) =>
    request.messenger?.privateReply === true &&
    facts.messenger?.comment != null &&
    facts.messenger.comment.broadcastEndedAt === undefined,
};

/** What Instagram Direct asks beyond the rules it shares with Messenger. */
export const instagramRules: readonly Rule[] = [
  {
    id: "instagram.human-escalation",
    title: {
      en: "A bot on Instagram shows a way to a person",
      nl: "Een bot op Instagram toont een weg naar een mens",
      de: "Ein Bot auf Instagram zeigt den Weg zum Menschen",
    },
    explanation: {
      en: "Instagram wants every bot to offer a person, and this answer does not, so a way to one is added.",
      nl: "Instagram wil dat elke bot een mens aanbiedt, en dit antwoord doet dat niet, dus er komt een weg daarheen bij.",
      de: "Instagram verlangt, dass jeder Bot einen Menschen anbietet, und diese Antwort tut es nicht, deshalb kommt ein Weg dorthin hinzu.",
    },
    versions: [
      {
        ...since("2021-06-01"),
        confidence: "low",
        appliesTo: { ...instagram, kind: ["bot-reply"] },
        fires: ({ request }) => request.bot?.escalationOffered !== true,
        verdict: "change",
        change: { kind: "add-handover-option", auto: true },
        remedies: ["hand-over-to-person"],
        clause: "escalation to a person",
        sources: ["Messenger Platform and IG Messaging API policy"],
        reviewed,
      },
    ],
  },
  {
    id: "instagram.private-reply-7d",
    title: {
      en: "One private reply within 7 days",
      nl: "Eén privéantwoord binnen 7 dagen",
      de: "Eine private Antwort innerhalb von 7 Tagen",
    },
    explanation: {
      en: "A comment can be answered privately once, within 7 days and during the broadcast if it is live, and that is over or done; answer under the comment.",
      nl: "Een reactie kan één keer privé worden beantwoord, binnen 7 dagen en bij live tijdens de uitzending, en dat is voorbij of gebeurd; antwoord onder de reactie.",
      de: "Ein Kommentar lässt sich einmal privat beantworten, binnen 7 Tagen und live während der Übertragung, und das ist vorbei oder geschehen; antworten Sie unter dem Kommentar.",
    },
    versions: [
      {
        ...since("2021-06-01"),
        confidence: "low",
        appliesTo: instagram,
        fires: (send) => send.request.messenger?.privateReply === true && !isCommentOpen(send),
        verdict: "refuse",
        watches: [answered, broadcast],
        remedies: ["answer-in-public"],
        clause: "private replies",
        sources: ["Instagram Platform, private replies"],
        reviewed,
      },
    ],
  },
  {
    id: "instagram.no-proactive-route",
    title: {
      en: "Nothing goes first on Instagram",
      nl: "Op Instagram gaat niets als eerste",
      de: "Auf Instagram geht nichts zuerst hinaus",
    },
    explanation: {
      en: "With the window closed Instagram has no template, subscription or notification that could carry the message; use e-mail or WhatsApp with consent, or let a person answer.",
      nl: "Met een gesloten venster heeft Instagram geen sjabloon, abonnement of melding die het bericht kan brengen; gebruik e-mail of WhatsApp met toestemming, of laat een mens antwoorden.",
      de: "Bei geschlossenem Fenster hat Instagram keine Vorlage, kein Abonnement und keine Mitteilung, die die Nachricht trüge; nutzen Sie E-Mail oder WhatsApp mit Einwilligung, oder lassen Sie einen Menschen antworten.",
    },
    versions: [
      {
        ...since("2026-02-10"),
        confidence: "high",
        appliesTo: instagram,
        fires: (send) => !windowIsOpen(send) && !hasOtherRight(send),
        verdict: "refuse",
        remedies: ["other-consented-channel", "use-human-agent", "wait-for-inbound"],
        clause: "messages outside the standard window",
        sources: ["Marketing Message API for Messenger, availability", "Messenger Platform, utility messages"],
        reviewed,
      },
    ],
  },
  {
    id: "instagram.text-size",
    title: {
      en: "Texts of up to 1,000 bytes",
      nl: "Teksten tot 1.000 bytes",
      de: "Texte bis 1.000 Byte",
    },
    explanation: {
      en: "Instagram takes texts of up to 1,000 bytes and this one is longer, so it has to be split into shorter messages.",
      nl: "Instagram neemt teksten tot 1.000 bytes en deze is langer, dus hij moet over kortere berichten worden verdeeld.",
      de: "Instagram nimmt Texte bis 1.000 Byte, und dieser ist länger, deshalb muss er auf kürzere Nachrichten verteilt werden.",
    },
    versions: [
      {
        ...since("2021-06-01"),
        confidence: "low",
        appliesTo: instagram,
        fires: ({ request }) => (request.body?.textBytes ?? 0) > textBytes,
        verdict: "change",
        change: { kind: "split-text", auto: false, maxBytes: textBytes },
        remedies: [],
        clause: "length of a text",
        sources: ["Instagram Platform, messaging"],
        reviewed,
      },
    ],
  },
];

function isCommentOpen({ facts, at }: Case): boolean {
  const comment = facts.messenger?.comment;
  if (comment == null || comment.at > at || at - comment.at >= 7 * dayMs) return false;
  if (comment.repliedPrivatelyAt != null) return false;
  return comment.broadcastEndedAt == null || at < comment.broadcastEndedAt;
}

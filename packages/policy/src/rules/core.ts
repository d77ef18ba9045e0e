import { dayMs, minuteMs, plus } from "@loket/kit";
import { type Case, coversChannel } from "../case.ts";
import type { GoodsClass } from "../facts/trade.ts";
import type { Suppression } from "../facts.ts";
import { type Content, isForAll, kinds } from "../request.ts";
import { always, type Effect, type Rule, type Watch } from "../rule.ts";
import { birthday } from "./age.ts";
import { missingFacts } from "./facts-missing.ts";
import { lacksProof, restsOnConsent } from "./unsolicited.ts";

const reviewed = "2026-11-22";
const anything = {};

/** They decide even who began: a STOP as the latest message opens no conversation. */
const suppressions: Watch = {
  path: "suppressions",
  isUnknown: ({ request, facts }) => !isForAll(request) && facts.suppressions === undefined,
};
/** Among them may be a withdrawal. */
const consents: Watch = {
  path: "consents",
  isUnknown: (send) => (send.isProactive || send.isMarketing) && send.facts.consents === undefined,
};
/** The latest of several records decides, which nobody can tell while one of them has no date. */
const orderOfConsents: Watch = {
  path: "consents[].obtainedAt",
  isUnknown: (send) => (send.isProactive || send.isMarketing) && cannotOrder(send),
};

/** Rules of the product itself, on every channel; on purpose stricter than most channels. */
export const coreRules: readonly Rule[] = [
  {
    id: "core.opt-out-wins",
    title: {
      en: "An opt-out is honoured everywhere",
      nl: "Een afmelding geldt overal",
      de: "Eine Abmeldung gilt überall",
    },
    explanation: {
      en: "This person asked not to get such messages, so none is sent until they sign up again themselves; answer when they write, or use a route they left open.",
      nl: "Deze persoon wil zulke berichten niet meer, dus er gaat niets uit tot die zich zelf weer aanmeldt; antwoord als die schrijft, of gebruik een weg die nog openstaat.",
      de: "Diese Person möchte solche Nachrichten nicht mehr, deshalb geht nichts hinaus, bis sie sich selbst wieder anmeldet; antworten Sie, wenn sie schreibt, oder nutzen Sie einen Weg, den sie offengelassen hat.",
    },
    specialises: ["eu.gdpr.object-direct-marketing"],
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: (send) => send.isProactive && send.hasOptedOut,
        verdict: "refuse",
        watches: [suppressions, consents, orderOfConsents],
        remedies: ["other-consented-channel", "wait-for-inbound"],
        clause: "right to object to direct marketing",
        sources: ["GDPR Art. 21(3)", "WhatsApp Business Messaging Policy, opt-out"],
        reviewed,
      },
    ],
  },
  {
    id: "core.no-offers-after-opt-out",
    title: {
      en: "A question is not a new sign-up",
      nl: "Een vraag is geen nieuwe aanmelding",
      de: "Eine Frage ist keine neue Anmeldung",
    },
    explanation: {
      en: "This person opted out and then wrote to you, so you may answer, but not advertise; leave the offer out, or wait until they ask for it.",
      nl: "Deze persoon meldde zich af en schreef u daarna, dus u mag antwoorden, maar geen reclame maken; laat het aanbod weg, of wacht tot die erom vraagt.",
      de: "Diese Person hat sich abgemeldet und Ihnen danach geschrieben, deshalb dürfen Sie antworten, aber nicht werben; lassen Sie das Angebot weg, oder warten Sie, bis sie danach fragt.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: (send) =>
          send.isMarketing &&
          send.initiated === "user" &&
          send.request.solicited !== true &&
          send.request.kind !== "opt-out-confirmation" &&
          send.hasOptedOut,
        verdict: "refuse",
        watches: [suppressions, consents, orderOfConsents],
        remedies: ["remove-promotion"],
        clause: "product choice",
        sources: ["Product choice", "GDPR Art. 21(3)"],
        reviewed,
      },
    ],
  },
  {
    id: "core.opt-out-confirmation-once",
    title: {
      en: "One short confirmation of an opt-out",
      nl: "Eén korte bevestiging van een afmelding",
      de: "Eine kurze Bestätigung einer Abmeldung",
    },
    explanation: {
      en: "An opt-out is confirmed at most once, within five minutes and without any offer; just record the opt-out in silence.",
      nl: "Een afmelding wordt hooguit één keer bevestigd, binnen vijf minuten en zonder aanbieding; leg de afmelding verder in stilte vast.",
      de: "Eine Abmeldung wird höchstens einmal bestätigt, innerhalb von fünf Minuten und ohne Angebot; halten Sie die Abmeldung sonst still fest.",
    },
    versions: [
      {
        ...always,
        confidence: "low",
        appliesTo: { kind: ["opt-out-confirmation"] },
        fires: isLateOrSecondConfirmation,
        verdict: "refuse",
        watches: [
          {
            path: "suppressions[].confirmationSentAt",
            isUnknown: ({ facts }) =>
              facts.suppressions?.some((entry) => entry.confirmationSentAt === undefined) ?? false,
          },
        ],
        remedies: ["log-only"],
        clause: "one-time confirmation text",
        sources: ["47 CFR 64.1200(a)(12)"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "core.consent-evidence-required",
    title: {
      en: "Consent needs proof",
      nl: "Toestemming vraagt bewijs",
      de: "Einwilligung braucht einen Nachweis",
    },
    explanation: {
      en: "The consent on file does not show when, how, for what and to which wording the person agreed, so it cannot carry marketing; attach the evidence or let the person sign up again.",
      nl: "De vastgelegde toestemming laat niet zien wanneer, hoe, waarvoor en met welke tekst de persoon akkoord ging, dus reclame kan er niet op steunen; voeg het bewijs toe of laat de persoon zich opnieuw aanmelden.",
      de: "Die gespeicherte Einwilligung zeigt nicht, wann, wie, wofür und mit welchem Wortlaut die Person zugestimmt hat, deshalb trägt sie keine Werbung; fügen Sie den Nachweis an oder lassen Sie die Person sich neu anmelden.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: (send) => restsOnConsent(send) && lacksProof(send.consent),
        verdict: "refuse",
        remedies: ["attach-evidence", "ask-consent"],
        clause: "demonstrable consent",
        sources: ["GDPR Art. 7(1)"],
        reviewed,
      },
    ],
  },
  {
    id: "core.imported-list-quarantine",
    title: {
      en: "Imported without evidence",
      nl: "Geïmporteerd zonder bewijs",
      de: "Ohne Nachweis importiert",
    },
    explanation: {
      en: "This address came from a list that shows no consent, so it waits until the evidence is attached; or ask for an opt-in the next time the person writes.",
      nl: "Dit adres kwam uit een lijst zonder toestemming erbij, dus het wacht tot het bewijs is toegevoegd; of vraag toestemming zodra de persoon zelf schrijft.",
      de: "Diese Adresse stammt aus einer Liste ohne Einwilligungen, deshalb wartet sie, bis der Nachweis angefügt ist; oder fragen Sie, wenn die Person das nächste Mal schreibt.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: (send) => send.isProactive && send.facts.recipient?.importedFrom?.evidenceAttached === false,
        verdict: "hold",
        watches: [
          {
            path: "recipient.importedFrom",
            isUnknown: (send) => send.isProactive && send.facts.recipient?.importedFrom === undefined,
          },
        ],
        event: "evidence-attached",
        remedies: ["attach-evidence", "ask-consent"],
        clause: "opt-in of each person",
        sources: ["WhatsApp Business Messaging Policy, opt-in"],
        reviewed,
      },
    ],
  },
  {
    id: "core.region-unknown-strictest",
    title: {
      en: "Country unknown, strictest rules used",
      nl: "Land onbekend, strengste regels gebruikt",
      de: "Land unbekannt, strengste Regeln angewandt",
    },
    explanation: {
      en: "Nobody knows where this person lives, so German consent rules were used, and American hours for texts and calls; ask for the country.",
      nl: "Niemand weet waar deze persoon woont, dus de Duitse regels voor toestemming zijn gebruikt, en de Amerikaanse tijden voor sms en telefoon; vraag naar het land.",
      de: "Niemand weiß, wo diese Person lebt, deshalb galten die deutschen Regeln zur Einwilligung und die amerikanischen Zeiten für SMS und Anrufe; fragen Sie nach dem Land.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: ({ region, request }) => region === null && !isForAll(request),
        verdict: "note",
        remedies: ["ask-country"],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
      },
    ],
  },
  {
    id: "core.frequency-cap",
    title: {
      en: "Not too many messages in a month",
      nl: "Niet te veel berichten in een maand",
      de: "Nicht zu viele Nachrichten in einem Monat",
    },
    explanation: {
      en: "This person already got as many marketing messages in 30 days as you allow over all channels, so this one waits; ask what they would like to get, or raise the cap on purpose.",
      nl: "Deze persoon kreeg in 30 dagen al zoveel reclame als u over alle kanalen toestaat, dus dit bericht wacht; vraag wat die wil ontvangen, of verhoog de grens bewust.",
      de: "Diese Person hat in 30 Tagen schon so viel Werbung erhalten, wie Sie über alle Kanäle erlauben, deshalb wartet diese Nachricht; fragen Sie nach Wünschen oder erhöhen Sie die Grenze bewusst.",
    },
    overridable: true,
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: capReached,
        verdict: "hold",
        watches: [
          {
            path: "history.marketingSentAt",
            isUnknown: (send) => send.isMarketing && send.facts.history?.marketingSentAt === undefined,
          },
        ],
        remedies: ["wait-until", "ask-preference", "raise-cap"],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
      },
    ],
  },
  {
    id: "core.quality-brake",
    title: {
      en: "Marketing rests while quality is poor",
      nl: "Reclame rust bij slechte kwaliteit",
      de: "Werbung ruht bei schlechter Qualität",
    },
    explanation: {
      en: "People block or report your messages so often that more marketing would put the account at risk, so it waits until the rating recovers; remove inactive contacts and check where the opt-ins came from.",
      nl: "Mensen blokkeren of melden uw berichten zo vaak dat meer reclame het account in gevaar brengt, dus die wacht tot de score herstelt; verwijder inactieve contacten en controleer waar de aanmeldingen vandaan komen.",
      de: "Ihre Nachrichten werden so oft blockiert oder gemeldet, dass weitere Werbung das Konto gefährdet, deshalb wartet sie, bis die Bewertung sich erholt; entfernen Sie inaktive Kontakte und prüfen Sie die Herkunft der Anmeldungen.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: isQualityPoor,
        verdict: "hold",
        watches: [
          {
            path: "account.quality",
            isUnknown: ({ request, isMarketing, facts }) =>
              request.channel === "whatsapp" && isMarketing && facts.account?.quality === undefined,
          },
          {
            path: "account.spamRate7d",
            isUnknown: ({ request, isMarketing, facts }) =>
              request.channel === "email" && isMarketing && facts.account?.spamRate7d === undefined,
          },
        ],
        event: "quality-recovered",
        remedies: ["pause-and-prune"],
        clause: "template quality rating; spam rate",
        sources: ["WhatsApp Business Platform, template quality rating", "Google e-mail sender guidelines"],
        reviewed,
      },
    ],
  },
  {
    id: "core.duplicate-send",
    title: {
      en: "The same message once a day at most",
      nl: "Hetzelfde bericht hooguit eens per dag",
      de: "Dieselbe Nachricht höchstens einmal am Tag",
    },
    explanation: {
      en: "This person got exactly this message within the last 24 hours, so it is not sent again.",
      nl: "Deze persoon kreeg precies dit bericht in de afgelopen 24 uur, dus het gaat niet nog eens uit.",
      de: "Diese Person hat genau diese Nachricht in den letzten 24 Stunden erhalten, deshalb geht sie nicht noch einmal hinaus.",
    },
    overridable: true,
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: (send) => {
          const sentAt = send.facts.history?.sameContentSentAt;
          return send.isProactive && sentAt != null && send.at - sentAt < dayMs;
        },
        verdict: "refuse",
        watches: [
          {
            path: "history.sameContentSentAt",
            isUnknown: (send) => send.isProactive && send.facts.history?.sameContentSentAt === undefined,
          },
        ],
        remedies: [],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
      },
    ],
  },
  {
    id: "core.marketing-stop-hint",
    title: {
      en: "Every offer says how to stop",
      nl: "Elk aanbod zegt hoe u stopt",
      de: "Jedes Angebot sagt, wie man sich abmeldet",
    },
    explanation: {
      en: "The message shows no way to stop, so a line or button for that is added in the reader's language.",
      nl: "Het bericht laat niet zien hoe men zich afmeldt, dus er komt een regel of knop bij in de taal van de lezer.",
      de: "Die Nachricht zeigt keinen Weg zur Abmeldung, deshalb kommt eine Zeile oder Schaltfläche in der Sprache des Lesers hinzu.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: (send) => send.isMarketing && send.request.content?.stopPath !== true,
        verdict: "change",
        change: { kind: "add-stop-path", auto: true },
        remedies: [],
        clause: "easy objection in every message",
        sources: ["UWG § 7(3) no. 4", "Directive 2002/58/EC Art. 13(4)"],
        reviewed,
      },
    ],
  },
  {
    id: "core.sender-identity",
    title: {
      en: "The sender is named",
      nl: "De afzender is genoemd",
      de: "Der Absender ist genannt",
    },
    explanation: {
      en: "The reader cannot see which business is writing, so your name is added.",
      nl: "De lezer kan niet zien welk bedrijf schrijft, dus uw naam wordt toegevoegd.",
      de: "Der Leser kann nicht erkennen, welches Unternehmen schreibt, deshalb wird Ihr Name ergänzt.",
    },
    versions: [
      {
        ...always,
        confidence: "low",
        appliesTo: anything,
        fires: (send) => send.isMarketing && send.request.content?.senderNamed !== true,
        verdict: "change",
        change: { kind: "add-sender-name", auto: true },
        remedies: [],
        clause: "identifiable sender",
        sources: ["Directive 2000/31/EC Art. 6"],
        reviewed,
      },
    ],
  },
  {
    id: "core.known-minor",
    title: {
      en: "No marketing to children",
      nl: "Geen reclame aan kinderen",
      de: "Keine Werbung an Kinder",
    },
    explanation: {
      en: "This person is under 16, or under 18 for goods with an age limit, so no marketing goes out; contact the guardian by a route you agreed on.",
      nl: "Deze persoon is jonger dan 16, of dan 18 bij producten met een leeftijdsgrens, dus er gaat geen reclame uit; benader de ouder of voogd via een afgesproken weg.",
      de: "Diese Person ist unter 16, oder unter 18 bei Waren mit Altersgrenze, deshalb geht keine Werbung hinaus; wenden Sie sich auf einem vereinbarten Weg an die Eltern.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: anything,
        fires: isKnownMinor,
        verdict: "refuse",
        watches: [
          {
            path: "recipient.birthDate",
            isUnknown: (send) => send.isMarketing && send.facts.recipient?.birthDate === undefined,
          },
        ],
        remedies: ["contact-guardian"],
        clause: "minimum age",
        sources: ["WhatsApp Terms of Service, age", "GDPR Art. 8"],
        reviewed,
      },
    ],
  },
  {
    id: "core.bot-disclosure",
    title: {
      en: "A bot says that it is one",
      nl: "Een bot zegt dat die een bot is",
      de: "Ein Bot sagt, dass er einer ist",
    },
    explanation: {
      en: "The first automatic answer does not say that it is automatic; add a line that does.",
      nl: "Het eerste automatische antwoord zegt niet dat het automatisch is; voeg een regel toe die dat doet.",
      de: "Die erste automatische Antwort sagt nicht, dass sie automatisch ist; fügen Sie eine Zeile hinzu.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { kind: ["bot-reply"] },
        fires: ({ request: { bot } }) => bot?.firstTurn !== false && bot?.saysAutomated !== true,
        verdict: "note",
        remedies: ["disclose-bot"],
        clause: "disclosure of automation",
        sources: ["Messenger Platform policy, automated chat disclosure", "Regulation (EU) 2024/1689 Art. 50(1)"],
        reviewed,
      },
    ],
  },
  {
    id: "core.rulebook-stale",
    title: {
      en: "These rules need a fresh look",
      nl: "Deze regels zijn toe aan controle",
      de: "Diese Regeln müssen neu geprüft werden",
    },
    explanation: {
      en: "Nobody compared the rules used here with their sources in the last 90 days; review them and date the review.",
      nl: "Niemand heeft de gebruikte regels in de afgelopen 90 dagen met hun bronnen vergeleken; controleer ze en zet de datum erbij.",
      de: "Niemand hat die verwendeten Regeln in den letzten 90 Tagen mit ihren Quellen verglichen; prüfen Sie sie und vermerken Sie das Datum.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { kind: kinds },
        fires: (send) => send.at - send.ruling.newestReviewAt > 90 * dayMs,
        verdict: "note",
        remedies: ["review-rule"],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
      },
    ],
  },
  {
    id: "core.facts-missing",
    title: {
      en: "Something we must know is unknown",
      nl: "Iets wat we moeten weten is onbekend",
      de: "Etwas, das bekannt sein muss, ist unbekannt",
    },
    explanation: {
      en: "A fact that could stop this message is not known, and what is not known is not assumed; supply the facts that are named and ask again.",
      nl: "Een feit dat dit bericht kan tegenhouden is niet bekend, en wat we niet weten nemen we niet aan; vul de genoemde feiten aan en vraag het opnieuw.",
      de: "Eine Tatsache, die diese Nachricht aufhalten könnte, ist nicht bekannt, und Unbekanntes wird nicht vermutet; ergänzen Sie die genannten Tatsachen und fragen Sie erneut.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { kind: kinds },
        fires: missingFacts,
        verdict: "hold",
        event: "facts-known",
        remedies: ["supply-facts"],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
      },
    ],
  },
];

function cannotOrder({ facts, request }: Case): boolean {
  if (facts.consents === undefined || facts.consents.length < 2) return false;
  const here = facts.consents.filter((record) => coversChannel(record.channel, request.channel));
  return here.length > 1 && here.some((record) => record.status === "granted" && record.obtainedAt === undefined);
}

const confirmationDelayMs = 5 * minuteMs;

/** A confirmation without an opt-out to confirm would be a way round every other rule, so it is refused as well. */
export function isLateOrSecondConfirmation({ request, facts, isMarketing, at }: Case): boolean {
  if (isMarketing) return true;
  let confirmed: Suppression | null = null;
  for (const entry of facts.suppressions ?? []) {
    if (!coversChannel(entry.channel, request.channel) || !isConfirmable(entry)) continue;
    if (confirmed === null || entry.at > confirmed.at) confirmed = entry;
  }
  return confirmed === null || confirmed.confirmationSentAt != null || at - confirmed.at > confirmationDelayMs;
}

/** Whoever blocks, reports or uses the platform's own switch gets no message about it. */
function isConfirmable({ source }: Suppression): boolean {
  return source === "keyword" || source === "button" || source === "link" || source === "agent";
}

const capPeriodMs = 30 * dayMs;
const defaultCap = 4;

/** Waits until so many of the counted messages are 30 days old that one more fits under the cap. */
function capReached(send: Case): false | Effect {
  const sentAt = send.facts.history?.marketingSentAt;
  const cap = send.options.marketingCap30d ?? defaultCap;
  if (!send.isMarketing || sentAt === undefined || sentAt.length < cap) return false;
  const counted = sentAt.filter((sent) => send.at - sent < capPeriodMs).sort((a, b) => a - b);
  if (counted.length < cap) return false;
  const leaving = counted[counted.length - Math.max(cap, 1)] ?? send.at;
  return { until: plus(leaving, capPeriodMs) };
}

function isQualityPoor(send: Case): boolean {
  if (!send.isMarketing) return false;
  const { channel } = send.request;
  if (channel === "email") return (send.facts.account?.spamRate7d ?? 0) >= 0.001;
  if (channel !== "whatsapp") return false;
  return send.facts.account?.quality === "RED" || send.template?.quality === "RED";
}

function isKnownMinor(send: Case): boolean {
  const birthDate = send.facts.recipient?.birthDate;
  if (!send.isMarketing || birthDate == null) return false;
  return send.at < birthday(birthDate, hasAgeLimit(send.request.content) ? 18 : 16);
}

const goodsForAdults: readonly GoodsClass[] = ["adult", "alcohol", "gambling", "tobacco"];

function hasAgeLimit(content: Content | undefined): boolean {
  return content?.ageLimited === true || (content?.goods?.some((goods) => goodsForAdults.includes(goods)) ?? false);
}

import type { Instant } from "@loket/kit";
import type { Case } from "../case.ts";
import { type Rule, since, type Watch } from "../rule.ts";
import { birthday } from "./age.ts";
import { havePassed } from "./months.ts";
import { addressedMessages, messages } from "./practices.ts";
import { restsOnConsent } from "./unsolicited.ts";

const reviewed = "2026-11-22";
const eea = { region: ["EEA"] } as const;
const gdpr = { ...since("2018-05-25"), confidence: "high", reviewed } as const;

const leaving: Watch = {
  path: "law.signUp",
  isUnknown: ({ facts: { law } }) =>
    law?.signUp?.joinSteps === undefined ||
    law.signUp.leaveSteps === undefined ||
    law.signUp.leaveOnSameChannel === undefined,
};

/** European Union and EEA: what ePrivacy Directive and GDPR ask beside the consent to a message. */
export const euDataProtectionRules: readonly Rule[] = [
  {
    id: "eu.eprivacy.terminal-access",
    title: {
      en: "Nothing kept on a device without consent (EU)",
      nl: "Niets op een apparaat zonder toestemming (EU)",
      de: "Nichts auf dem Gerät ohne Einwilligung (EU)",
    },
    explanation: {
      en: "The message or widget stores or reads more on the person's device than it needs, without consent, so it goes out without that.",
      nl: "Het bericht of de widget bewaart of leest meer op het apparaat van de persoon dan nodig, zonder toestemming, dus het gaat zonder dat uit.",
      de: "Die Nachricht oder das Widget speichert oder liest auf dem Gerät der Person mehr als nötig, ohne Einwilligung, deshalb geht sie ohne das hinaus.",
    },
    versions: [
      {
        ...since("2009-12-19"),
        confidence: "low",
        appliesTo: { ...eea, channel: ["webchat", "email"], kind: [...messages, "setup"] },
        fires: (send) => {
          if (isFollowedByMail(send)) return { change: { kind: "remove-tracking", auto: true } };
          return keepsIdentifier(send) && { change: { kind: "use-session-storage", auto: true } };
        },
        verdict: "change",
        remedies: [],
        clause: "Art. 5(3)",
        sources: ["Directive 2002/58/EC Art. 5(3)"],
        reviewed,
      },
    ],
  },
  {
    id: "eu.gdpr.consent-withdraw-easy",
    title: {
      en: "Leaving is as easy as joining (GDPR)",
      nl: "Weggaan is even makkelijk als beginnen (AVG)",
      de: "Aufhören ist so leicht wie Anfangen (DSGVO)",
    },
    explanation: {
      en: "To leave takes more steps than to join, or another channel, so no campaign may start; let people stop with one tap where the messages arrive.",
      nl: "Weggaan kost meer stappen dan beginnen, of een ander kanaal, dus geen campagne mag beginnen; laat mensen met één tik stoppen waar de berichten aankomen.",
      de: "Aufhören braucht mehr Schritte als Anfangen, oder einen anderen Kanal, deshalb darf keine Kampagne beginnen; lassen Sie Menschen dort mit einem Tipp aufhören, wo die Nachrichten ankommen.",
    },
    versions: [
      {
        ...gdpr,
        appliesTo: { ...eea, kind: ["setup"] },
        fires: ({ facts: { law } }) => {
          const { joinSteps, leaveSteps, leaveOnSameChannel } = law?.signUp ?? {};
          return (
            leaveOnSameChannel === false ||
            (joinSteps !== undefined && leaveSteps !== undefined && leaveSteps > joinSteps)
          );
        },
        verdict: "refuse",
        watches: [leaving],
        remedies: ["ease-leaving"],
        clause: "Art. 7(3)",
        sources: ["GDPR Art. 7(3)"],
      },
    ],
  },
  {
    id: "eu.gdpr.transparency",
    title: {
      en: "People are told what you do with data (GDPR)",
      nl: "Mensen weten wat u met gegevens doet (AVG)",
      de: "Menschen wissen, was Sie mit Daten tun (DSGVO)",
    },
    explanation: {
      en: "Nobody has told this person who uses their data, what for and how long, so the first message gets a link that does.",
      nl: "Niemand heeft deze persoon verteld wie de gegevens gebruikt, waarvoor en hoelang, dus het eerste bericht krijgt een link die dat doet.",
      de: "Niemand hat dieser Person gesagt, wer ihre Daten nutzt, wozu und wie lange, deshalb erhält die erste Nachricht einen Link, der das tut.",
    },
    versions: [
      {
        ...gdpr,
        appliesTo: { ...eea, kind: [...addressedMessages, "setup"] },
        fires: isUninformed,
        verdict: "change",
        change: { kind: "add-privacy-link", auto: true },
        // A message is never stopped by this, so it is asked about where things are looked at as they stand.
        watches: [
          {
            path: "law.informsAtCollection",
            isUnknown: ({ request, facts }) => request.kind === "setup" && facts.law?.informsAtCollection === undefined,
          },
        ],
        remedies: ["show-privacy-notice"],
        clause: "Art. 13 and 14",
        sources: ["GDPR Art. 13 and 14"],
      },
    ],
  },
  {
    id: "eu.gdpr.legal-basis-service",
    title: {
      en: "What makes service lawful is recorded (GDPR)",
      nl: "De grondslag voor service is vastgelegd (AVG)",
      de: "Die Grundlage für Service ist belegt (DSGVO)",
    },
    explanation: {
      en: "Your record names no contract, request or interest for this kind of message; note one, so that you can show it when asked.",
      nl: "In uw register staat voor dit soort bericht geen overeenkomst, verzoek of belang; noteer er een, zodat u het kunt tonen.",
      de: "Ihr Verzeichnis nennt für diese Art von Nachricht keinen Vertrag, keine Anfrage und kein Interesse; tragen Sie eines ein, damit Sie es zeigen können.",
    },
    versions: [
      {
        ...gdpr,
        appliesTo: { ...eea, kind: ["transactional", "auth", "reply", "bot-reply"] },
        fires: ({ isMarketing, purpose, facts }) =>
          !isMarketing && facts.law?.recordedBases !== undefined && !facts.law.recordedBases.includes(purpose),
        verdict: "note",
        remedies: ["record-basis"],
        clause: "Art. 6",
        sources: ["GDPR Art. 6", "CJEU 13 November 2025, C-654/23"],
      },
    ],
  },
  {
    id: "eu.gdpr.retention",
    title: {
      en: "No sign of life for years (GDPR)",
      nl: "Jaren geen teken van leven (AVG)",
      de: "Seit Jahren kein Lebenszeichen (DSGVO)",
    },
    explanation: {
      en: "This person has shown no sign of life for longer than you keep contacts (36 months unless you set it), so marketing waits until they confirm; ask by a way that is already allowed, or erase the data.",
      nl: "Deze persoon gaf langer geen teken van leven dan u contacten bewaart (36 maanden tenzij u anders instelt), dus reclame wacht op bevestiging; vraag die langs een weg die al mag, of wis de gegevens.",
      de: "Diese Person gab länger kein Lebenszeichen, als Sie Kontakte behalten (36 Monate, wenn Sie nichts anderes einstellen), deshalb wartet Werbung auf eine Bestätigung; fragen Sie auf einem schon erlaubten Weg, oder löschen Sie die Daten.",
    },
    versions: [
      {
        ...gdpr,
        appliesTo: eea,
        fires: isForgotten,
        verdict: "hold",
        event: "reconfirmed",
        remedies: ["reconfirm", "erase-data"],
        clause: "Art. 5(1)(e), storage limitation",
        sources: ["GDPR Art. 5(1)(e)"],
      },
    ],
  },
  {
    id: "eu.gdpr.erasure-keeps-suppression",
    title: {
      en: "Who is erased stays opted out (GDPR)",
      nl: "Wie gewist is blijft afgemeld (AVG)",
      de: "Wer gelöscht ist, bleibt abgemeldet (DSGVO)",
    },
    explanation: {
      en: "You erase the opt-out together with everything else, so the same address could come in and be written to again; keep a salted hash of it for that one purpose.",
      nl: "U wist de afmelding samen met al het andere, dus hetzelfde adres kan weer binnenkomen en bericht krijgen; bewaar er alleen hiervoor een gezouten hash van.",
      de: "Sie löschen die Abmeldung mit allem anderen, deshalb könnte dieselbe Adresse neu eingehen und angeschrieben werden; behalten Sie nur dafür einen gesalzenen Hash.",
    },
    versions: [
      {
        ...gdpr,
        appliesTo: { ...eea, kind: ["setup"] },
        fires: ({ facts }) => facts.law?.erasureKeepsOptOut === false,
        verdict: "note",
        remedies: ["keep-opt-outs"],
        clause: "Art. 17 with 21",
        sources: ["GDPR Art. 17 and 21"],
      },
    ],
  },
  {
    id: "eu.gdpr.children",
    title: {
      en: "A child's consent needs a guardian (GDPR)",
      nl: "Toestemming van een kind vraagt een ouder (AVG)",
      de: "Kinder brauchen die Zustimmung der Eltern (DSGVO)",
    },
    explanation: {
      en: "This person agreed as a child, and nothing shows that whoever is responsible for them agreed too, so the consent does not count; contact the guardian by an agreed route.",
      nl: "Deze persoon stemde als kind in, en nergens blijkt dat een ouder of voogd ook instemde, dus de toestemming telt niet; benader de ouder of voogd via een afgesproken weg.",
      de: "Diese Person stimmte als Kind zu, und nichts zeigt, dass die Eltern auch zustimmten, deshalb zählt die Einwilligung nicht; wenden Sie sich auf einem vereinbarten Weg an die Eltern.",
    },
    versions: [
      {
        ...gdpr,
        appliesTo: eea,
        fires: (send) => restsOnConsent(send) && agreedAsChild(send) && send.consent?.guardianAgreed !== true,
        verdict: "refuse",
        remedies: ["contact-guardian"],
        clause: "Art. 8",
        sources: ["GDPR Art. 8", "National ages of consent under GDPR Art. 8(1)"],
      },
    ],
  },
  {
    id: "eu.gdpr.special-category",
    title: {
      en: "Health, faith and the like stay private (GDPR)",
      nl: "Gezondheid, geloof en meer blijven privé (AVG)",
      de: "Gesundheit, Glaube und mehr bleiben privat (DSGVO)",
    },
    explanation: {
      en: "The text, or who gets it, gives away health, faith, orientation, politics, origin or union membership without express consent to that, so it is not sent; write it neutrally.",
      nl: "De tekst, of wie die krijgt, verraadt gezondheid, geloof, geaardheid, politiek, afkomst of vakbond zonder uitdrukkelijke toestemming daarvoor, dus het gaat niet uit; schrijf het neutraal.",
      de: "Der Text oder der Empfängerkreis verrät Gesundheit, Glauben, Orientierung, Politik, Herkunft oder Gewerkschaft ohne ausdrückliche Einwilligung dazu, deshalb wird nicht gesendet; schreiben Sie neutral.",
    },
    versions: [
      {
        ...gdpr,
        appliesTo: eea,
        // What the person brought up themselves may be answered.
        fires: (send) => (send.isProactive || send.isMarketing) && givesAwayMoreThanAllowed(send),
        verdict: "refuse",
        remedies: ["reword", "ask-consent"],
        clause: "Art. 9",
        sources: ["GDPR Art. 9"],
        revision: 1,
      },
    ],
  },
  {
    id: "eu.gdpr.processor-contract",
    title: {
      en: "An agreement with whoever carries messages (GDPR)",
      nl: "Een overeenkomst met wie bezorgt (AVG)",
      de: "Ein Vertrag mit dem, der zustellt (DSGVO)",
    },
    explanation: {
      en: "No processing agreement with the provider of this channel is on file, so nothing starts until there is one; sign it and put it on file.",
      nl: "Er is geen verwerkersovereenkomst met de aanbieder van dit kanaal vastgelegd, dus er begint niets tot die er is; teken die en leg die vast.",
      de: "Mit dem Anbieter dieses Kanals ist kein Auftragsverarbeitungsvertrag hinterlegt, deshalb beginnt nichts, bis er vorliegt; schließen und hinterlegen Sie ihn.",
    },
    versions: [
      {
        ...gdpr,
        appliesTo: { ...eea, kind: ["setup", "import"] },
        fires: ({ facts }) => facts.law?.processorContract !== true,
        verdict: "hold",
        event: "dpa-signed",
        remedies: ["sign-agreement"],
        clause: "Art. 28",
        sources: ["GDPR Art. 28"],
      },
    ],
  },
];

function isFollowedByMail({ request, facts }: Case): boolean {
  return request.channel === "email" && request.email?.tracksPerson === true && facts.email?.trackingConsent !== true;
}

function keepsIdentifier({ request, facts: { webchat } }: Case): boolean {
  return (
    request.channel === "webchat" &&
    webchat?.storageConsent !== true &&
    (webchat?.deviceStorage?.some((item) => item !== "session") ?? false)
  );
}

/** Known to have been told nothing so far, neither then nor now. */
function isUninformed({ request, facts: { law, recipient, history } }: Case): boolean {
  if (request.kind === "setup") return law?.informsAtCollection === false;
  if (request.content?.privacyLink === true || history?.lastSentAt != null) return false;
  return (
    recipient?.privacyInformedAt === null ||
    (recipient?.privacyInformedAt === undefined && law?.informsAtCollection === false)
  );
}

const keptMonths = 36;

/** A duty to keep somebody's data, for the books say, is no leave to advertise to them. */
function isForgotten(send: Case): boolean {
  if (!send.isMarketing || send.request.solicited === true) return false;
  const { consent, softConsent, facts } = send;
  if (consent === null && softConsent === null) return false;
  const latest = latestOf(
    latestOf(consent?.obtainedAt, consent?.confirmedAt, softConsent?.obtainedAt),
    latestOf(facts.lastInboundAt, facts.recipient?.lastPurchaseAt, facts.recipient?.lastInquiryAt),
    facts.recipient?.lastActivityAt,
  );
  // A consent without any date proves nothing anyway, and is told as that.
  if (latest === null) return consent === null;
  return havePassed(send.options.keepContactsMonths ?? keptMonths, latest, send.at);
}

type Moment = Instant | null | undefined;

function latestOf(a: Moment, b: Moment, c: Moment): Instant | null {
  let latest = a ?? null;
  if (b != null && (latest === null || b > latest)) latest = b;
  if (c != null && (latest === null || c > latest)) latest = c;
  return latest;
}

/** Where the age is not 16. Compared with public tables on 22 November 2026. */
const agesOfConsent: Readonly<Record<string, number>> = Object.fromEntries(
  "13BE 13EE 13FI 13IS 13LV 13MT 13NO 13PT 13SE 14AT 14BG 14CY 14ES 14IT 14LT 15CZ 15DK 15FR 15GR 15SI"
    .split(" ")
    .map((entry) => [entry.slice(2), Number(entry.slice(0, 2))]),
);

function agreedAsChild({ consent, facts: { recipient }, lawRegion, at }: Case): boolean {
  if (recipient?.birthDate == null) return false;
  return (consent?.obtainedAt ?? at) < birthday(recipient.birthDate, agesOfConsent[lawRegion] ?? 16);
}

function givesAwayMoreThanAllowed(send: Case): boolean {
  const { reveals } = send.request.content ?? {};
  if (reveals === undefined || reveals.length === 0) return false;
  return !reveals.every((category) => send.optIns.some(({ explicitFor }) => explicitFor?.includes(category)));
}

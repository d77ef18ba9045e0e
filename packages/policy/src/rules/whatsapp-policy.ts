import type { Case } from "../case.ts";
import { between, type Rule, since, type Watch } from "../rule.ts";
import { havePassed } from "./months.ts";

const reviewed = "2026-11-22";
/** The policy binds the Platform and the Business App alike. */
const business = { channel: ["whatsapp"], transport: ["cloud-api", "on-premises-api", "business-app"] } as const;
const optInPolicy = "WhatsApp Business Messaging Policy, opt-in";
const senderKind: Watch = { path: "sender.kind", isUnknown: ({ facts }) => facts.sender?.kind === undefined };

/** The WhatsApp Business Messaging Policy: consent, opt-out, honesty, and what may be said at all. */
export const whatsappPolicyRules: readonly Rule[] = [
  {
    id: "whatsapp.policy.opt-in-required",
    title: {
      en: "The person agreed to hear from you",
      nl: "De persoon wil van u horen",
      de: "Die Person will von Ihnen hören",
    },
    explanation: {
      en: "There is no record that this person agreed to messages from your business, so you may not write first; let them sign up on any surface that names you, or let them write first.",
      nl: "Nergens staat dat deze persoon berichten van uw bedrijf wil, dus u mag niet als eerste schrijven; laat die zich aanmelden waar uw naam bij staat, of laat die zelf eerst schrijven.",
      de: "Nirgends steht, dass diese Person Nachrichten Ihres Unternehmens möchte, deshalb dürfen Sie nicht zuerst schreiben; lassen Sie sie sich dort anmelden, wo Ihr Name steht, oder zuerst schreiben.",
    },
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo: business,
        fires: (send) => send.isProactive && send.optIns.every(({ namesBusiness }) => namesBusiness === false),
        verdict: "refuse",
        watches: [
          {
            path: "consents[].namesBusiness",
            isUnknown: (send) =>
              send.isProactive &&
              send.optIns.some(({ namesBusiness }) => namesBusiness === undefined) &&
              !send.optIns.some(({ namesBusiness }) => namesBusiness === true),
          },
        ],
        remedies: ["ask-consent", "wait-for-inbound", "other-consented-channel"],
        clause: "opt-in before the first message",
        sources: [optInPolicy, "WhatsApp Business Platform, get opt-in"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.policy.opt-in-form-third-party",
    title: {
      en: "Opt-in taken outside WhatsApp, in the old form",
      nl: "Aanmelding buiten WhatsApp, in de oude vorm",
      de: "Anmeldung außerhalb von WhatsApp, in alter Form",
    },
    explanation: {
      en: "Until July 2020 an opt-in had to be taken on another channel, with WhatsApp's logo, the purpose and a number the person could edit, and this one was not.",
      nl: "Tot juli 2020 moest een aanmelding op een ander kanaal gebeuren, met het logo van WhatsApp, het doel en een nummer dat de persoon kon aanpassen, en deze niet.",
      de: "Bis Juli 2020 musste eine Anmeldung auf einem anderen Kanal erfolgen, mit dem Logo von WhatsApp, dem Zweck und einer änderbaren Nummer, und diese nicht.",
    },
    versions: [
      {
        ...between("2018-08-01", "2020-07-09"),
        confidence: "high",
        appliesTo: business,
        fires: (send) =>
          send.isProactive && send.optIns.length > 0 && !send.optIns.some((record) => record.thirdPartyForm),
        verdict: "refuse",
        remedies: ["ask-consent"],
        clause: "form of the opt-in before July 2020",
        sources: ["WhatsApp Business API, opt-in requirements before July 2020"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.policy.opt-in-form-names-whatsapp",
    title: {
      en: "The opt-in names you and WhatsApp",
      nl: "De aanmelding noemt u en WhatsApp",
      de: "Die Anmeldung nennt Sie und WhatsApp",
    },
    explanation: {
      en: "Until November 2024 the wording of an opt-in had to name both the business and WhatsApp, and this one did not; keep old wordings as evidence.",
      nl: "Tot november 2024 moest de tekst van een aanmelding zowel het bedrijf als WhatsApp noemen, en deze niet; bewaar oude teksten als bewijs.",
      de: "Bis November 2024 musste der Wortlaut einer Anmeldung das Unternehmen und WhatsApp nennen, und dieser nicht; bewahren Sie alte Wortlaute als Nachweis auf.",
    },
    versions: [
      {
        ...between("2020-07-09", "2024-11-01"),
        confidence: "low",
        appliesTo: business,
        fires: (send) =>
          send.isProactive &&
          send.optIns.length > 0 &&
          !send.optIns.some(({ namesBusiness, namesChannel }) => namesBusiness && namesChannel),
        verdict: "refuse",
        remedies: ["new-wording", "ask-consent"],
        clause: "form of the opt-in from July 2020 to November 2024",
        sources: ["WhatsApp Business Platform, get opt-in"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.policy.inbound-is-not-opt-in",
    title: {
      en: "Writing first is not an opt-in",
      nl: "Zelf schrijven is nog geen aanmelding",
      de: "Zuerst schreiben ist keine Anmeldung",
    },
    explanation: {
      en: "You may answer because this person wrote, but later messages on your own initiative need an opt-in; ask in the conversation whether you may keep them posted.",
      nl: "U mag antwoorden omdat deze persoon schreef, maar latere berichten op eigen initiatief vragen een aanmelding; vraag in het gesprek of u op de hoogte mag houden.",
      de: "Sie dürfen antworten, weil diese Person schrieb, doch spätere Nachrichten aus eigenem Anlass brauchen eine Anmeldung; fragen Sie im Gespräch, ob Sie weiter informieren dürfen.",
    },
    versions: [
      {
        ...since("2018-08-01"),
        confidence: "high",
        appliesTo: business,
        fires: (send) => send.facts.lastInboundAt != null && send.optIns.length === 0,
        verdict: "note",
        remedies: ["ask-consent"],
        clause: "opt-in before the first message",
        sources: [optInPolicy],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.purpose-match",
    title: {
      en: "The opt-in covers marketing",
      nl: "De aanmelding geldt ook voor reclame",
      de: "Die Anmeldung umfasst Werbung",
    },
    explanation: {
      en: "This person agreed to messages about their own business with you, not to marketing; ask for a separate marketing opt-in.",
      nl: "Deze persoon stemde in met berichten over eigen zaken, niet met reclame; vraag apart toestemming voor reclame.",
      de: "Diese Person stimmte Nachrichten in eigenen Angelegenheiten zu, nicht Werbung; bitten Sie getrennt um Einwilligung in Werbung.",
    },
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo: business,
        fires: (send) =>
          send.isMarketing && send.initiated === "business" && send.consent === null && send.optIns.length > 0,
        verdict: "refuse",
        remedies: ["separate-marketing-opt-in"],
        clause: "no surprising messages",
        sources: [optInPolicy],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.transactional-only",
    title: {
      en: "No newsletters over the API",
      nl: "Geen nieuwsbrieven via de API",
      de: "Keine Newsletter über die API",
    },
    explanation: {
      en: "Until September 2021 WhatsApp allowed no advertising on its business API at all; only messages about the person's own business and answers were possible.",
      nl: "Tot september 2021 stond WhatsApp op de zakelijke API geen enkele reclame toe; alleen berichten over eigen zaken van de persoon en antwoorden konden.",
      de: "Bis September 2021 erlaubte WhatsApp auf seiner Geschäfts-API keinerlei Werbung; möglich waren nur Nachrichten in eigenen Angelegenheiten der Person und Antworten.",
    },
    versions: [
      {
        ...between("2018-08-01", "2021-09-15"),
        confidence: "high",
        appliesTo: { channel: ["whatsapp"], transport: ["cloud-api", "on-premises-api"], payload: ["template"] },
        fires: (send) => send.isMarketing,
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "no advertising, marketing or promotional messages",
        sources: ["WhatsApp Business Policy of 4 September 2019"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.opt-out-honoured",
    title: {
      en: "This person asked you to stop",
      nl: "Deze persoon heeft zich afgemeld",
      de: "Diese Person hat sich abgemeldet",
    },
    explanation: {
      en: "This person asked you to stop, on or off WhatsApp, so nothing goes out on your initiative; answer only when they write again.",
      nl: "Deze persoon vroeg u te stoppen, op WhatsApp of elders, dus er gaat niets uit op uw initiatief; antwoord pas als die weer schrijft.",
      de: "Diese Person bat Sie aufzuhören, auf WhatsApp oder anderswo, deshalb geht nichts aus eigenem Anlass hinaus; antworten Sie erst, wenn sie wieder schreibt.",
    },
    specialises: ["core.opt-out-wins", "eu.gdpr.object-direct-marketing"],
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo: business,
        fires: (send) => send.isProactive && send.hasOptedOut,
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "requests to stop, on or off WhatsApp",
        sources: ["WhatsApp Business Messaging Policy, opt-out"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.human-escalation",
    title: {
      en: "A bot offers a way to a person",
      nl: "Een bot biedt een weg naar een mens",
      de: "Ein Bot bietet einen Weg zu einem Menschen",
    },
    explanation: {
      en: "The bot's answer shows no clear and direct way to reach a person, so one is added: chat, phone, e-mail, form or shop.",
      nl: "Het antwoord van de bot laat geen duidelijke en directe weg naar een mens zien, dus die komt erbij: chat, telefoon, e-mail, formulier of winkel.",
      de: "Die Antwort des Bots zeigt keinen klaren und direkten Weg zu einem Menschen, deshalb kommt einer hinzu: Chat, Telefon, E-Mail, Formular oder Geschäft.",
    },
    versions: [
      {
        ...since("2020-01-01"),
        confidence: "low",
        appliesTo: { ...business, kind: ["bot-reply"] },
        fires: ({ request }) => request.bot?.escalationOffered !== true,
        verdict: "change",
        change: { kind: "add-handover-option", auto: true },
        remedies: ["hand-over-to-person"],
        clause: "escalation path for automation",
        sources: ["WhatsApp Business Messaging Policy, automation"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.sensitive-identifiers",
    title: {
      en: "No card, account or identity numbers",
      nl: "Geen kaart-, rekening- of documentnummers",
      de: "Keine Karten-, Konto- oder Ausweisnummern",
    },
    explanation: {
      en: "The message holds or asks for a full payment card, bank account or identity document number; show the last four digits only, or lead to a secure page.",
      nl: "Het bericht bevat of vraagt een volledig kaart-, rekening- of documentnummer; toon alleen de laatste vier tekens, of verwijs naar een beveiligde pagina.",
      de: "Die Nachricht enthält oder verlangt eine vollständige Karten-, Konto- oder Ausweisnummer; zeigen Sie nur die letzten vier Stellen, oder verweisen Sie auf eine sichere Seite.",
    },
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo: business,
        fires: ({ request }) => request.content?.sensitiveIdentifiers === true,
        verdict: "refuse",
        remedies: ["mask-identifiers", "neutral-message-with-link"],
        clause: "sensitive identifiers",
        sources: ["WhatsApp Business Messaging Policy, data"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.health-information",
    title: {
      en: "No protected health data",
      nl: "Geen beschermde gezondheidsgegevens",
      de: "Keine geschützten Gesundheitsdaten",
    },
    explanation: {
      en: "The message holds health data that the law keeps out of systems like this; send a neutral message with a link to your portal.",
      nl: "Het bericht bevat gezondheidsgegevens die volgens de wet niet via zulke systemen mogen; stuur een neutraal bericht met een link naar uw portaal.",
      de: "Die Nachricht enthält Gesundheitsdaten, die das Gesetz aus solchen Systemen heraushält; senden Sie eine neutrale Nachricht mit Link zu Ihrem Portal.",
    },
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "low",
        appliesTo: business,
        fires: ({ request }) => request.content?.protectedHealthData === true,
        verdict: "refuse",
        remedies: ["neutral-message-with-link"],
        clause: "health information",
        sources: ["WhatsApp Business Messaging Policy, data"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.no-impersonation",
    title: {
      en: "No false name",
      nl: "Geen valse naam",
      de: "Kein falscher Name",
    },
    explanation: {
      en: "The name or text claims to be another business or misstates what yours does; correct it or show that you may speak for it.",
      nl: "De naam of tekst doet zich voor als een ander bedrijf of geeft een verkeerd beeld van het uwe; verbeter dit of toon dat u ervoor mag spreken.",
      de: "Der Name oder Text gibt sich als anderes Unternehmen aus oder stellt Ihres falsch dar; berichtigen Sie das oder zeigen Sie, dass Sie dafür sprechen dürfen.",
    },
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo: business,
        fires: ({ request }) => request.content?.impersonation === true,
        verdict: "refuse",
        remedies: ["correct-name"],
        clause: "no deceptive or false identity",
        sources: ["WhatsApp Business Messaging Policy, identity"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.profile-contact",
    title: {
      en: "The profile shows how to reach you",
      nl: "Het profiel toont hoe u bereikbaar bent",
      de: "Das Profil zeigt, wie Sie erreichbar sind",
    },
    explanation: {
      en: "Your WhatsApp profile shows no e-mail address, site or phone number for support, so messages wait until it does.",
      nl: "Uw WhatsApp-profiel toont geen e-mailadres, site of telefoonnummer voor hulp, dus berichten wachten tot het er staat.",
      de: "Ihr WhatsApp-Profil zeigt keine E-Mail-Adresse, Website oder Telefonnummer für Hilfe, deshalb warten Nachrichten, bis sie dort steht.",
    },
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo: business,
        fires: ({ facts }) => facts.sender?.profileHasContact === false,
        verdict: "hold",
        watches: [
          { path: "sender.profileHasContact", isUnknown: ({ facts }) => facts.sender?.profileHasContact === undefined },
        ],
        event: "profile-complete",
        remedies: ["complete-profile"],
        clause: "business profile",
        sources: ["WhatsApp Business Messaging Policy, profile"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.no-surprise-volume",
    title: {
      en: "First message long after the sign-up",
      nl: "Eerste bericht lang na de aanmelding",
      de: "Erste Nachricht lange nach der Anmeldung",
    },
    explanation: {
      en: "This person signed up more than six months ago and has heard nothing since; begin by saying where and when they signed up.",
      nl: "Deze persoon meldde zich meer dan zes maanden geleden aan en hoorde sindsdien niets; begin met waar en wanneer dat was.",
      de: "Diese Person hat sich vor mehr als sechs Monaten angemeldet und seitdem nichts gehört; sagen Sie zuerst, wo und wann das war.",
    },
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo: business,
        fires: isLongSilence,
        verdict: "note",
        remedies: ["remind-of-sign-up"],
        clause: "no surprising messages",
        sources: [optInPolicy],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.policy.political",
    title: {
      en: "No parties or campaigns",
      nl: "Geen partijen of campagnes",
      de: "Keine Parteien oder Wahlkämpfe",
    },
    explanation: {
      en: "Parties, candidates and campaigns may not use WhatsApp's business services; use a WhatsApp Channel or e-mail.",
      nl: "Partijen, kandidaten en campagnes mogen de zakelijke diensten van WhatsApp niet gebruiken; gebruik een WhatsApp-kanaal of e-mail.",
      de: "Parteien, Kandidaten und Wahlkampagnen dürfen die Geschäftsdienste von WhatsApp nicht nutzen; nehmen Sie einen WhatsApp-Kanal oder E-Mail.",
    },
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "low",
        appliesTo: business,
        fires: ({ facts }) => facts.sender?.kind === "political",
        verdict: "refuse",
        watches: [senderKind],
        remedies: ["other-consented-channel"],
        clause: "political parties, candidates and campaigns",
        sources: ["WhatsApp Help Center, goods and services and elections"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.government-needs-partner",
    title: {
      en: "Public bodies go through a provider",
      nl: "Overheden gaan via een aanbieder",
      de: "Behörden gehen über einen Anbieter",
    },
    explanation: {
      en: "A public body may use WhatsApp's business services only through a Solution Provider; sign up with one.",
      nl: "Een overheid mag de zakelijke diensten van WhatsApp alleen via een Solution Provider gebruiken; sluit u bij zo'n aanbieder aan.",
      de: "Eine Behörde darf die Geschäftsdienste von WhatsApp nur über einen Solution Provider nutzen; melden Sie sich bei einem an.",
    },
    versions: [
      {
        ...since("2022-01-01"),
        confidence: "low",
        appliesTo: business,
        fires: ({ facts: { sender } }) => sender?.kind === "public-body" && sender.viaSolutionProvider !== true,
        verdict: "refuse",
        watches: [senderKind],
        remedies: ["use-solution-provider"],
        clause: "government entities",
        sources: ["WhatsApp Business Messaging Policy, government"],
        reviewed,
      },
    ],
  },
];

function isLongSilence(send: Case): boolean {
  const obtainedAt = send.consent?.obtainedAt;
  if (!send.isMarketing || send.initiated !== "business" || obtainedAt === undefined) return false;
  const { lastInboundAt, history } = send.facts;
  const heardSince =
    (lastInboundAt != null && lastInboundAt > obtainedAt) ||
    (history?.lastSentAt != null && history.lastSentAt > obtainedAt);
  return !heardSince && havePassed(6, obtainedAt, send.at);
}

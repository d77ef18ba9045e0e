import { dayMs } from "@loket/kit";
import type { Case } from "../case.ts";
import { always, type Effect, type Rule } from "../rule.ts";

const reviewed = "2026-11-22";
const rcs = { channel: ["rcs"] } as const;

/** RCS for Business. Consent and hours are those of SMS in each region. */
export const rcsRules: readonly Rule[] = [
  {
    id: "rcs.use-case-fit",
    title: {
      en: "An agent keeps to its registered use",
      nl: "Een agent blijft bij het geregistreerde doel",
      de: "Ein Agent bleibt bei seinem Zweck",
    },
    explanation: {
      en: "The agent was registered for another use than this message: codes, service messages without offers, or offers without codes and urgent news; use an agent registered for it.",
      nl: "De agent is voor een ander doel geregistreerd dan dit bericht: codes, dienstberichten zonder aanbod, of aanbod zonder codes en spoed; gebruik een daarvoor geregistreerde agent.",
      de: "Der Agent ist für einen anderen Zweck registriert als diese Nachricht: Codes, Servicenachrichten ohne Angebote oder Angebote ohne Codes und Eiliges; nutzen Sie einen dafür registrierten Agenten.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: rcs,
        fires: isOutsideUse,
        verdict: "refuse",
        watches: [{ path: "rcs.agentUse", isUnknown: ({ facts }) => facts.rcs?.agentUse === undefined }],
        remedies: ["use-second-agent"],
        clause: "agent use cases",
        sources: ["Google RCS for Business, agent use cases"],
        reviewed,
      },
    ],
  },
  {
    id: "rcs.unsubscribed",
    title: {
      en: "This person unsubscribed from the agent",
      nl: "Deze persoon heeft de agent opgezegd",
      de: "Diese Person hat den Agenten abbestellt",
    },
    explanation: {
      en: "This person unsubscribed or answered STOP and has not come back, so nothing goes out by RCS on your initiative; send what is essential by another way they agreed to.",
      nl: "Deze persoon zegde op of antwoordde STOP en is niet teruggekomen, dus er gaat niets per RCS uit op uw initiatief; stuur wat nodig is langs een andere weg waarmee die instemde.",
      de: "Diese Person hat abbestellt oder mit STOP geantwortet und ist nicht zurück, deshalb geht aus eigenem Anlass nichts per RCS hinaus; senden Sie Nötiges auf einem anderen Weg, dem sie zugestimmt hat.",
    },
    specialises: ["core.opt-out-wins", "eu.gdpr.object-direct-marketing"],
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: rcs,
        fires: (send) =>
          send.isProactive && (send.facts.rcs?.unsubscribedAt != null || send.hasOptedOutBy("keyword", "button")),
        verdict: "refuse",
        watches: [
          {
            path: "rcs.unsubscribedAt",
            isUnknown: (send) => send.isProactive && send.facts.rcs?.unsubscribedAt === undefined,
          },
        ],
        remedies: ["other-consented-channel", "wait-for-inbound"],
        clause: "unsubscribe events and STOP",
        sources: ["Google RCS for Business, receive events"],
        reviewed,
      },
    ],
  },
  {
    id: "rcs.not-reachable",
    title: {
      en: "This number has no RCS",
      nl: "Dit nummer heeft geen RCS",
      de: "Diese Nummer hat kein RCS",
    },
    explanation: {
      en: "The platform does not reach this number, because of the phone, its network or where the agent was launched, so the message needs another channel, whose own rules are asked anew.",
      nl: "Het platform bereikt dit nummer niet, door het toestel, het netwerk of waar de agent is gestart, dus het bericht vraagt een ander kanaal, waarvan de eigen regels opnieuw gelden.",
      de: "Die Plattform erreicht diese Nummer nicht, wegen Gerät, Netz oder Startgebiet des Agenten, deshalb braucht die Nachricht einen anderen Kanal, dessen eigene Regeln neu gefragt werden.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: rcs,
        // Asked of the platform by trying; a number nobody has tried is tried.
        fires: ({ request, facts }) =>
          facts.rcs?.reachable === false && {
            change: { kind: "use-other-channel", auto: false, channel: request.rcs?.fallbackChannel ?? null },
          },
        verdict: "change",
        remedies: ["other-consented-channel"],
        clause: "404 for a number",
        sources: ["Google RCS for Business, send messages"],
        reviewed,
      },
    ],
  },
  {
    id: "rcs.ttl",
    title: {
      en: "What is late is not delivered",
      nl: "Wat te laat is wordt niet bezorgd",
      de: "Was zu spät ist, wird nicht zugestellt",
    },
    explanation: {
      en: "RCS tries an undelivered message for 30 days and this one is of use only for a while, so a time of at most 15 days is set after which it is given up.",
      nl: "RCS probeert een niet bezorgd bericht 30 dagen en dit is maar een tijd bruikbaar, dus er wordt een tijd van hooguit 15 dagen ingesteld waarna het vervalt.",
      de: "RCS versucht eine nicht zugestellte Nachricht 30 Tage lang, und diese nützt nur eine Zeit, deshalb wird eine Frist von höchstens 15 Tagen gesetzt, nach der sie verfällt.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: rcs,
        fires: ({ request }) =>
          (request.rcs?.timeBound === true || request.kind === "auth") &&
          (request.rcs?.expiresAfterMs === undefined || request.rcs.expiresAfterMs > longestMs),
        verdict: "change",
        change: { kind: "set-expiry", auto: true, maxMs: 15 * dayMs },
        remedies: [],
        clause: "time to live",
        sources: ["Google RCS for Business, send messages"],
        reviewed,
      },
    ],
  },
  {
    id: "rcs.consent",
    title: {
      en: "RCS is taken as SMS",
      nl: "RCS geldt als sms",
      de: "RCS gilt als SMS",
    },
    explanation: {
      en: "For consent and hours advertising by RCS is judged as by SMS in each region, since no law says otherwise.",
      nl: "Voor toestemming en tijden geldt reclame per RCS in elke regio als sms, omdat geen wet iets anders zegt.",
      de: "Für Einwilligung und Zeiten gilt Werbung per RCS in jeder Region als SMS, da kein Gesetz etwas anderes sagt.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: rcs,
        fires: (send) => send.isMarketing,
        verdict: "note",
        remedies: [],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
      },
    ],
  },
];

const longestMs = 15 * dayMs;

function isOutsideUse({ request, facts, isMarketing }: Case): false | Effect {
  const isCode = request.kind === "auth";
  switch (facts.rcs?.agentUse) {
    case "otp":
      return !isCode && {};
    case "transactional":
      return isMarketing && {};
    case "promotional":
      return (isCode || request.rcs?.timeBound === true) && {};
    case "multi-use":
      return isCode && {};
    case undefined:
      return false;
  }
}

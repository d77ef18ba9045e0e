import type { Case } from "../case.ts";
import type { TelegramPractice } from "../facts/telegram.ts";
import { always, type Rule, since, type Watch } from "../rule.ts";
import { messages } from "./practices.ts";

const reviewed = "2026-11-22";
const bots = { channel: ["telegram"], transport: ["bot-api", "business-connection"] } as const;
const setUp = { ...bots, kind: ["setup"] } as const;
const terms = "Telegram Bot Platform Developer Terms of Service";

const practices: Watch = {
  path: "telegram.practices",
  isUnknown: ({ facts }) => facts.telegram?.practices === undefined,
};

/** How a bot is set up and run. Only the stop command matters to single messages as well. */
export const telegramOperatorRules: readonly Rule[] = [
  {
    id: "telegram.bot.privacy-policy",
    title: {
      en: "The bot has a privacy policy",
      nl: "De bot heeft een privacyverklaring",
      de: "Der Bot hat eine Datenschutzerklärung",
    },
    explanation: {
      en: "Telegram wants every bot to have a privacy policy of its own and to answer /privacy, and this one does not yet, so it waits; write the policy and add the command.",
      nl: "Telegram wil dat elke bot een eigen privacyverklaring heeft en op /privacy antwoordt, en deze doet dat nog niet, dus hij wacht; schrijf de verklaring en voeg het commando toe.",
      de: "Telegram verlangt von jedem Bot eine eigene Datenschutzerklärung und eine Antwort auf /privacy, und dieser hat das noch nicht, deshalb wartet er; schreiben Sie die Erklärung und fügen Sie den Befehl hinzu.",
    },
    versions: [
      {
        ...since("2024-01-01"),
        confidence: "low",
        appliesTo: setUp,
        fires: (send) => send.facts.telegram?.ownPrivacyPolicy !== true || !answers(send, "privacy"),
        verdict: "hold",
        event: "privacy-command-ready",
        remedies: ["write-privacy-policy"],
        clause: "4, privacy policy",
        sources: [`${terms} 4`],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.no-limit-evasion",
    title: {
      en: "No second bot to get round limits",
      nl: "Geen tweede bot om grenzen te ontwijken",
      de: "Kein zweiter Bot zum Umgehen von Grenzen",
    },
    explanation: {
      en: "Several bots or other people's tokens are used to get round Telegram's limits or moderation, which it forbids; run one bot and pay for faster broadcasts.",
      nl: "Er worden meerdere bots of tokens van anderen gebruikt om grenzen of toezicht van Telegram te ontwijken, en dat is verboden; gebruik één bot en betaal voor sneller versturen.",
      de: "Mehrere Bots oder fremde Token dienen dazu, Grenzen oder Aufsicht von Telegram zu umgehen, und das ist verboten; betreiben Sie einen Bot und bezahlen Sie für schnelleren Versand.",
    },
    versions: [
      {
        ...since("2024-01-01"),
        confidence: "low",
        appliesTo: setUp,
        fires: (send) => does(send, "evades-limits"),
        verdict: "refuse",
        watches: [practices],
        remedies: ["use-one-bot", "enable-paid-broadcasts"],
        clause: "5.2(f), circumvention",
        sources: [`${terms} 5.2`],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.data-minimum",
    title: {
      en: "Data is kept no longer than needed",
      nl: "Gegevens niet langer bewaren dan nodig",
      de: "Daten nicht länger behalten als nötig",
    },
    explanation: {
      en: "Data of people is kept after they asked to erase it, after it was needed, or after the bot ended, so it may not be used any more; erase it and keep only who opted out.",
      nl: "Gegevens van mensen worden bewaard nadat zij om wissen vroegen, nadat ze nodig waren, of nadat de bot stopte, dus ze mogen niet meer worden gebruikt; wis ze en bewaar alleen wie zich afmeldde.",
      de: "Daten werden behalten, nachdem um Löschung gebeten wurde, sie nicht mehr nötig waren oder der Bot endete, deshalb dürfen sie nicht mehr genutzt werden; löschen Sie sie und behalten Sie nur, wer sich abgemeldet hat.",
    },
    versions: [
      {
        ...since("2024-01-01"),
        confidence: "low",
        appliesTo: { ...bots, kind: ["setup", "import"] },
        fires: (send) => does(send, "keeps-data-too-long"),
        verdict: "refuse",
        watches: [practices],
        remedies: ["erase-data"],
        clause: "4.2, storage",
        sources: [`${terms} 4.2`],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.encrypt-at-rest",
    title: {
      en: "Stored data is encrypted",
      nl: "Opgeslagen gegevens zijn versleuteld",
      de: "Gespeicherte Daten sind verschlüsselt",
    },
    explanation: {
      en: "Telegram wants data of its users encrypted where it is stored, with the key elsewhere, and that is not known to be so; set up encryption before the bot starts.",
      nl: "Telegram wil dat opgeslagen gegevens van gebruikers versleuteld zijn, met de sleutel elders, en daarvan is niets bekend; stel versleuteling in voordat de bot start.",
      de: "Telegram verlangt, dass gespeicherte Daten verschlüsselt sind und der Schlüssel anderswo liegt, und das ist nicht bekannt; richten Sie die Verschlüsselung ein, bevor der Bot startet.",
    },
    versions: [
      {
        ...since("2024-01-01"),
        confidence: "low",
        appliesTo: setUp,
        fires: ({ facts: { telegram } }) => telegram?.encryptedAtRest !== true || telegram.keyKeptApart !== true,
        verdict: "refuse",
        remedies: ["encrypt-data"],
        clause: "4.4, security",
        sources: [`${terms} 4.4`],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.no-scraping",
    title: {
      en: "No collecting of groups and channels",
      nl: "Groepen en kanalen niet verzamelen",
      de: "Gruppen und Kanäle nicht sammeln",
    },
    explanation: {
      en: "Content of groups or channels is collected for data sets or to train models, which Telegram forbids, so it is neither taken in nor used.",
      nl: "Inhoud van groepen of kanalen wordt verzameld voor datasets of om modellen te trainen, en dat verbiedt Telegram, dus die wordt niet opgenomen en niet gebruikt.",
      de: "Inhalte von Gruppen oder Kanälen werden für Datensätze oder zum Trainieren von Modellen gesammelt, und das verbietet Telegram, deshalb werden sie weder aufgenommen noch genutzt.",
    },
    versions: [
      {
        ...since("2024-01-01"),
        confidence: "low",
        appliesTo: { ...bots, kind: ["setup", "import"] },
        fires: (send) => does(send, "scrapes-content"),
        verdict: "refuse",
        watches: [practices],
        remedies: [],
        clause: "4.3, scraping and training",
        sources: [`${terms} 4.3`],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.no-partnership-claim",
    title: {
      en: "Nobody claims to be Telegram's partner",
      nl: "Niemand doet zich voor als partner van Telegram",
      de: "Niemand gibt sich als Partner von Telegram aus",
    },
    explanation: {
      en: "Your public texts say that you are a partner or agent of Telegram, which its terms forbid; say that you are an independent developer.",
      nl: "Uw openbare teksten zeggen dat u partner of vertegenwoordiger van Telegram bent, en dat verbieden de voorwaarden; zeg dat u een onafhankelijke ontwikkelaar bent.",
      de: "Ihre öffentlichen Texte nennen Sie Partner oder Vertreter von Telegram, und das verbieten die Bedingungen; sagen Sie, dass Sie unabhängig entwickeln.",
    },
    versions: [
      {
        ...since("2024-01-01"),
        confidence: "low",
        appliesTo: setUp,
        fires: (send) => does(send, "claims-partnership"),
        verdict: "refuse",
        watches: [practices],
        remedies: ["correct-name"],
        clause: "2.1, no partnership",
        sources: [`${terms} 2.1`],
        reviewed,
      },
    ],
  },
  {
    id: "telegram.bot.stop-command",
    title: {
      en: "The bot understands stop",
      nl: "De bot begrijpt stop",
      de: "Der Bot versteht Stopp",
    },
    explanation: {
      en: "The command /stop or the words people use to opt out do nothing in this bot, so no advertising goes out until they do; connect them.",
      nl: "Het commando /stop of de woorden waarmee mensen zich afmelden doen in deze bot niets, dus er gaat geen reclame uit tot ze werken; sluit ze aan.",
      de: "Der Befehl /stop oder die Wörter zum Abmelden bewirken in diesem Bot nichts, deshalb geht keine Werbung hinaus, bis sie wirken; schließen Sie sie an.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...bots, kind: ["setup", ...messages] },
        fires: (send) => (send.request.kind === "setup" || send.isMarketing) && !hearsStop(send),
        verdict: "hold",
        event: "stop-command-ready",
        remedies: ["wire-keywords"],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "telegram.business.transparency",
    title: {
      en: "A connected bot hides nothing",
      nl: "Een gekoppelde bot verbergt niets",
      de: "Ein verbundener Bot verbirgt nichts",
    },
    explanation: {
      en: "The bot hides what it does from the account's owner, uses the data for something else, or passes messages on without leave, so it may not be connected; show a log and leave outside models off.",
      nl: "De bot verbergt voor de eigenaar wat hij doet, gebruikt de gegevens voor iets anders, of geeft berichten zonder toestemming door, dus hij mag niet gekoppeld zijn; toon een logboek en laat externe modellen uit.",
      de: "Der Bot verbirgt dem Inhaber, was er tut, nutzt die Daten anders oder gibt Nachrichten ohne Erlaubnis weiter, deshalb darf er nicht verbunden sein; zeigen Sie ein Protokoll und lassen Sie fremde Modelle aus.",
    },
    versions: [
      {
        ...since("2024-03-31"),
        confidence: "low",
        appliesTo: { channel: ["telegram"], transport: ["business-connection"], kind: ["setup"] },
        fires: (send) =>
          does(send, "hides-activity") || does(send, "repurposes-data") || does(send, "passes-content-on"),
        verdict: "refuse",
        watches: [practices],
        remedies: ["open-data-use"],
        clause: "5.4, business bots",
        sources: [`${terms} 5.4`],
        reviewed,
      },
    ],
  },
];

function does({ facts }: Case, practice: TelegramPractice): boolean {
  return facts.telegram?.practices?.includes(practice) ?? false;
}

function answers({ facts }: Case, command: string): boolean {
  return facts.telegram?.commands?.includes(command) ?? false;
}

function hearsStop(send: Case): boolean {
  return send.facts.telegram?.optOutWordsHonoured === true && answers(send, "stop");
}

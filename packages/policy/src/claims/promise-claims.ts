import type { ClaimRule } from "./claim.ts";

const reviewed = "2026-11-22";
const warn = { severity: "warn", reviewed, confidence: "high" } as const;
/** From the day on which the directive on unfair commercial practices had to be applied. */
const misleading = "2007-12-12";

/** Promises that are not true, or no longer. */
export const promiseClaims: readonly ClaimRule[] = [
  {
    ...warn,
    id: "claims.ai-assistant-on-whatsapp",
    title: {
      en: "A general assistant on WhatsApp",
      nl: "Een algemene assistent op WhatsApp",
      de: "Ein allgemeiner Assistent auf WhatsApp",
    },
    explanation: {
      en: "The text offers an assistant for any question on WhatsApp, whose terms admit assistants for the business's own service only.",
      nl: "De tekst biedt een assistent voor elke vraag op WhatsApp, terwijl de voorwaarden alleen assistenten voor de eigen dienst toelaten.",
      de: "Der Text bietet einen Assistenten für jede Frage auf WhatsApp, dessen Bedingungen nur Assistenten für den eigenen Dienst zulassen.",
    },
    sayInstead: {
      en: "An assistant for your orders and our products.",
      nl: "Een assistent voor uw bestellingen en onze producten.",
      de: "Ein Assistent für Ihre Bestellungen und unsere Produkte.",
    },
    patterns: {
      en: [
        [
          "ai|chatgpt|gpt|llm|chatbot|assistant",
          "anything|any question|everything|all your questions|all questions|whatever you|general purpose",
          "whatsapp*",
        ],
      ],
      nl: [
        [
          "ai|chatgpt|gpt|chatbot|assistent|kunstmatige intelligentie",
          "al uw vragen|al je vragen|alle vragen|elke vraag|alles|wat u maar wilt|wat je maar wilt",
          "whatsapp*",
        ],
      ],
      de: [
        [
          "ki|ai|chatgpt|gpt|chatbot|assistent|künstliche intelligenz",
          "für alles|alles fragen|alle ~ fragen|jede frage|jede ~ frage|über alles|zu allem",
          "whatsapp*",
        ],
      ],
    },
    unless: [
      [
        "order*|our products|our product|your booking*|delivery|bestelling*|onze producten|uw levering|afspraak*|afspraken|bestellung*|unsere produkte|unseren produkten|lieferung*|termin*",
      ],
    ],
    since: "2025-10-15",
    clause: "4.7, AI Providers",
    sources: ["Meta Terms for WhatsApp Business Platform, 4.7 (AI Providers)"],
  },
  {
    ...warn,
    id: "claims.free-replies",
    title: { en: "Replies are free", nl: "Antwoorden zijn gratis", de: "Antworten sind kostenlos" },
    explanation: {
      en: "The text says that answers on WhatsApp cost nothing, which since October 2026 holds for the first 1,000 a month only.",
      nl: "De tekst zegt dat antwoorden op WhatsApp niets kosten, en dat geldt sinds oktober 2026 alleen voor de eerste 1.000 per maand.",
      de: "Der Text sagt, dass Antworten auf WhatsApp nichts kosten, und das gilt seit Oktober 2026 nur für die ersten 1.000 im Monat.",
    },
    sayInstead: {
      en: "The first 1,000 service messages per number and month are free.",
      nl: "De eerste 1.000 serviceberichten per nummer en maand zijn gratis.",
      de: "Die ersten 1.000 Service-Nachrichten je Nummer und Monat sind kostenlos.",
    },
    patterns: {
      en: [
        [
          "replies ~ free|replying ~ free|reply ~ free of charge|answers are ~ free|answering ~ free|responses are ~ free|service messages ~ free|service conversations ~ free|free replies|free service messages|free answers|replies cost nothing|answers cost nothing|replies ~ no charge",
        ],
      ],
      nl: [
        [
          "antwoorden ~ gratis|beantwoorden is ~ gratis|reacties ~ gratis|serviceberichten ~ gratis|servicegesprekken ~ gratis|gratis antwoorden|gratis serviceberichten|antwoorden kost niets|antwoorden kosten niets|antwoorden ~ kosteloos",
        ],
      ],
      de: [
        [
          "antworten ~ kostenlos|antworten ~ gratis|antworten ~ kostenfrei|antworten kostet nichts|antworten kosten nichts|servicenachrichten ~ kostenlos|service nachrichten ~ kostenlos|servicegespräche ~ kostenlos|kostenlose antworten|kostenlose servicenachrichten|gratis antworten",
        ],
      ],
    },
    unless: [["1000|1 000|thousand|duizend|tausend|first ~ free|eerste|ersten"]],
    since: "2026-10-01",
    clause: "pricing of service messages",
    sources: ["WhatsApp Business Platform, pricing"],
  },
  {
    ...warn,
    id: "claims.guaranteed-delivery",
    title: { en: "Guaranteed delivery", nl: "Gegarandeerde aflevering", de: "Garantierte Zustellung" },
    explanation: {
      en: "The text guarantees that every message arrives, which nobody can.",
      nl: "De tekst garandeert dat elk bericht aankomt, en dat kan niemand.",
      de: "Der Text garantiert, dass jede Nachricht ankommt, und das kann niemand.",
    },
    sayInstead: {
      en: "Measured rates, with the dates they were measured.",
      nl: "Gemeten percentages, met de data van de meting.",
      de: "Gemessene Quoten, mit dem Datum der Messung.",
    },
    patterns: {
      en: [
        [
          "100 percent|hundred percent|guarantee*|guaranteed",
          "delivery|delivered|deliverability|inbox|arrive|arrives|arrival|inboxing",
        ],
      ],
      nl: [
        [
          "100 percent|100 procent|honderd procent|gegarandeerd*|garantie|garanderen",
          "aflevering|afgeleverd|bezorging|bezorgd|bezorggarantie|inbox|aankomst|aankomt|ontvangst",
        ],
      ],
      de: [
        [
          "100 percent|100 prozent|hundertprozentig*|garantiert*|garantie|garantieren",
          "zustellung|zugestellt|zustellbarkeit|zustellgarantie|posteingang|ankommt|ankunft|inbox",
        ],
      ],
    },
    since: misleading,
    clause: "misleading statements",
    sources: ["Directive 2005/29/EC Art. 6(1)"],
  },
  {
    ...warn,
    id: "claims.compliance-guarantee",
    title: { en: "Guaranteed compliance", nl: "Gegarandeerd volgens de wet", de: "Garantiert rechtskonform" },
    explanation: {
      en: "The text guarantees that everything is lawful, which also depends on what the customer does.",
      nl: "De tekst garandeert dat alles aan de wet voldoet, en dat hangt ook af van wat de klant doet.",
      de: "Der Text garantiert, dass alles rechtmäßig ist, und das hängt auch davon ab, was der Kunde tut.",
    },
    sayInstead: {
      en: "What the product does for it, and what the customer has to do.",
      nl: "Wat het product ervoor doet, en wat de klant moet doen.",
      de: "Was das Produkt dafür tut, und was der Kunde tun muss.",
    },
    patterns: {
      en: [
        [
          "100 percent|fully|completely|totally|guarantee*|guaranteed",
          "gdpr compliant|gdpr compliance|gdpr proof|gdpr safe|legally compliant|legally safe|compliance guaranteed|privacy proof",
        ],
      ],
      nl: [
        [
          "100 percent|100 procent|volledig|helemaal|gegarandeerd*|garantie|waterdicht",
          "avg proof|avgproof|avg compliant|avg conform|conform ~ avg|gdpr proof|gdpr compliant|privacyproof|juridisch waterdicht|rechtsgeldig",
        ],
      ],
      de: [
        [
          "100 percent|100 prozent|hundertprozentig*|vollständig|völlig|garantiert*|garantie|absolut",
          "dsgvo konform*|dsgvokonform*|dsgvo sicher|rechtssicher*|abmahnsicher*|gdpr konform|rechtskonform*",
        ],
      ],
    },
    since: misleading,
    clause: "misleading statements",
    sources: ["Directive 2005/29/EC Art. 6(1)", "GDPR Art. 24"],
  },
  {
    ...warn,
    id: "claims.marketing-to-us-whatsapp",
    title: {
      en: "WhatsApp marketing to the United States",
      nl: "WhatsApp-reclame naar de Verenigde Staten",
      de: "WhatsApp-Werbung in die USA",
    },
    explanation: {
      en: "The text offers WhatsApp marketing to people in the United States, where it has not been delivered since April 2025.",
      nl: "De tekst biedt WhatsApp-reclame aan mensen in de Verenigde Staten, waar die sinds april 2025 niet wordt bezorgd.",
      de: "Der Text bietet WhatsApp-Werbung an Menschen in den USA, wo sie seit April 2025 nicht zugestellt wird.",
    },
    sayInstead: {
      en: "SMS or e-mail, with the consent that United States law asks for.",
      nl: "Sms of e-mail, met de toestemming die de Amerikaanse wet vraagt.",
      de: "SMS oder E-Mail, mit der Einwilligung, die das US-Recht verlangt.",
    },
    patterns: {
      en: [
        [
          "whatsapp ~ marketing|whatsapp ~ promotion*|whatsapp ~ campaign*|whatsapp ~ offer*|whatsapp ~ newsletter*|marketing ~ whatsapp|promotions ~ whatsapp|campaigns ~ whatsapp|offers ~ whatsapp",
          "us customer*|us audience*|us number*|us recipient*|us market|united states|american*|in the us|to the us|in the usa|to the usa|usa",
        ],
      ],
      nl: [
        [
          "whatsapp ~ marketing|whatsapp ~ reclame|whatsapp ~ campagne*|whatsapp ~ aanbieding*|whatsapp ~ nieuwsbrie*|whatsappmarketing|reclame ~ whatsapp|campagnes ~ whatsapp",
          "in de vs|naar de vs|in amerika|naar amerika|amerikaanse klant*|amerikaanse nummer*|verenigde staten|usa",
        ],
      ],
      de: [
        [
          "whatsapp ~ marketing|whatsapp ~ werbung|whatsapp ~ kampagne*|whatsapp ~ angebot*|whatsapp ~ newsletter*|whatsappmarketing|werbung ~ whatsapp|kampagnen ~ whatsapp",
          "us kunden|us nummern|us empfänger*|us markt|in den usa|in die usa|usa|amerikanisch*|vereinigte staaten|vereinigten staaten",
        ],
      ],
    },
    since: "2025-04-01",
    clause: "marketing templates to the United States",
    sources: ["WhatsApp Business Platform, per-user marketing template message limits"],
  },
];

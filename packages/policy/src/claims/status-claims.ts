import type { ClaimRule } from "./claim.ts";

const reviewed = "2026-11-22";
const since = "2019-12-07";
const high = { reviewed, confidence: "high" } as const;

/** Claims on money, names and standing with Meta. */
export const statusClaims: readonly ClaimRule[] = [
  {
    ...high,
    id: "claims.charging-per-message",
    severity: "warn",
    blocksFor: ({ isTechProvider, hasResaleRight }) => isTechProvider === true && hasResaleRight !== true,
    title: {
      en: "A price for WhatsApp itself",
      nl: "Een prijs voor WhatsApp zelf",
      de: "Ein Preis für WhatsApp selbst",
    },
    explanation: {
      en: "The text names a price of your own per WhatsApp message, which is resale unless you have the right to it.",
      nl: "De tekst noemt een eigen prijs per WhatsApp-bericht, en dat is doorverkoop tenzij u dat recht hebt.",
      de: "Der Text nennt einen eigenen Preis je WhatsApp-Nachricht, und das ist Weiterverkauf, wenn Sie kein Recht dazu haben.",
    },
    sayInstead: {
      en: "Meta bills messages to you; our fee is for the software.",
      nl: "Meta rekent berichten met u af; onze prijs is voor de software.",
      de: "Meta stellt Ihnen Nachrichten in Rechnung; unser Preis gilt der Software.",
    },
    patterns: {
      en: [
        ["whatsapp ~ message*|whatsapp ~ conversation*", "each|apiece", "euro|dollar|pound|cent|cents"],
        [
          "per ~ message|per ~ messages|per ~ conversation|per whatsapp|each whatsapp message|for each ~ message",
          "whatsapp*",
          "price*|pricing|euro|euros|dollar|dollars|pound|pounds|cent|cents|fee|fees|charge|charges|cost|costs|rate|markup",
        ],
      ],
      nl: [
        ["whatsapp ~ bericht*|whatsappbericht*|whatsapp ~ gesprek*", "per stuk", "euro|cent|eurocent|eur"],
        [
          "per ~ bericht|per ~ berichten|per ~ gesprek|per whatsapp*|voor elk ~ bericht",
          "whatsapp*",
          "euro|cent|eurocent|eur|prijs|prijzen|tarief|tarieven|kost|kosten|betaalt|rekenen|opslag",
        ],
      ],
      de: [
        ["whatsapp ~ nachricht*|whatsappnachricht*|whatsapp ~ konversation*", "pro stück|je stück", "euro|cent|eur"],
        [
          "je ~ nachricht|pro ~ nachricht|je ~ konversation|pro ~ konversation|pro whatsapp*|je whatsapp*|für jede ~ nachricht",
          "whatsapp*",
          "euro|cent|eur|preis|preise|tarif|tarife|kostet|kosten|berechnen|aufschlag",
        ],
      ],
    },
    unless: [
      [
        "meta bills|meta charges|meta's|by meta|to meta|meta rekent|meta brengt|door meta|aan meta|van meta|meta stellt|meta berechnet|von meta|durch meta|an meta",
      ],
    ],
    since,
    clause: "no resale",
    sources: [
      "Meta Business Messaging Technology Provider Terms",
      "WhatsApp Terms of Service, Harm to WhatsApp or Our Users",
    ],
  },
  {
    ...high,
    id: "claims.official-partner",
    severity: "warn",
    blocksFor: ({ isListedPartner }) => isListedPartner === false,
    title: { en: "Official partner", nl: "Officiële partner", de: "Offizieller Partner" },
    explanation: {
      en: "The text claims an official partnership with WhatsApp or Meta, which is misleading unless the firm is in Meta's list.",
      nl: "De tekst beweert een officieel partnerschap met WhatsApp of Meta, en dat misleidt tenzij het bedrijf in de lijst van Meta staat.",
      de: "Der Text behauptet eine offizielle Partnerschaft mit WhatsApp oder Meta, und das täuscht, wenn die Firma nicht in der Liste von Meta steht.",
    },
    sayInstead: {
      en: "The exact name of the programme, or nothing.",
      nl: "De precieze naam van het programma, of niets.",
      de: "Der genaue Name des Programms, oder nichts.",
    },
    patterns: {
      en: [
        [
          "official*|certified|accredited|preferred|authorised|authorized|approved",
          "whatsapp ~ partner*|meta ~ partner*|partner* of whatsapp|partner* of meta|partner* with whatsapp|partner* with meta|whatsapp ~ provider",
        ],
      ],
      nl: [
        [
          "officiële|officieel|gecertificeerd*|erkend*|geautoriseerd*|voorkeurspartner",
          "whatsapp ~ partner*|meta ~ partner*|whatsapppartner*|partner* van whatsapp|partner* van meta|whatsapp ~ aanbieder",
        ],
      ],
      de: [
        [
          "offiziell*|zertifiziert*|anerkannt*|autorisiert*|zugelassen*",
          "whatsapp ~ partner*|meta ~ partner*|whatsapppartner*|partner* von whatsapp|partner* von meta|whatsapp ~ anbieter",
        ],
      ],
    },
    since,
    clause: "no false affiliation",
    sources: ["WhatsApp Business Messaging Policy, identity", "Directive 2005/29/EC Annex I no. 4"],
  },
  {
    ...high,
    id: "claims.brand-in-name",
    severity: "warn",
    confidence: "low",
    title: { en: "WhatsApp in your own name", nl: "WhatsApp in uw eigen naam", de: "WhatsApp im eigenen Namen" },
    explanation: {
      en: "A product or domain carries WhatsApp's name, which its brand rules do not allow.",
      nl: "Een product of domein draagt de naam van WhatsApp, en dat staan de merkregels niet toe.",
      de: "Ein Produkt oder eine Domain trägt den Namen von WhatsApp, und das erlauben die Markenregeln nicht.",
    },
    sayInstead: {
      en: "Your own name, and “for WhatsApp” only where the brand rules allow it.",
      nl: "Uw eigen naam, en ‘voor WhatsApp’ alleen waar de merkregels dat toestaan.",
      de: "Ein eigener Name, und „für WhatsApp“ nur, wo die Markenregeln es erlauben.",
    },
    patterns: {
      en: [
        [
          "whatsapp pro|whatsapp * pro|whatsapp suite|whatsapp * suite|whatsapp studio|whatsapp hub|whatsapp * hub|whatsapp sender|whatsapp blaster|whatsapp * premium|whatsapp 360",
        ],
      ],
      nl: [],
      de: [],
    },
    names: [
      // CamelCase such as WhatsNewsletter or WhatsAppSender, but not WhatsApp itself.
      /\bWhats(?!App(?:Business)?(?![A-Za-z]))(?:App)?[A-Z][A-Za-z]{1,40}/,
      // A domain with the name in it, but not WhatsApp's own.
      /\b(?!(?:[\w-]{1,40}\.){0,4}whatsapp(?:business)?\.(?:com|net)\b)(?:[\w-]{1,40}\.){0,4}[\w-]{0,40}whatsapp[\w-]{0,40}\.(?:[a-z]{2,4}|online|shop|store)\b/i,
    ],
    since: "2016-01-01",
    clause: "licence to the brand",
    sources: ["WhatsApp Brand Guidelines", "WhatsApp Terms of Service, licenses"],
  },
  {
    ...high,
    id: "claims.endorsed-by-meta",
    severity: "block",
    title: { en: "Approved by Meta", nl: "Goedgekeurd door Meta", de: "Von Meta genehmigt" },
    explanation: {
      en: "The text says that Meta or WhatsApp approved the product, which they do for templates and numbers only.",
      nl: "De tekst zegt dat Meta of WhatsApp het product goedkeurde, en dat doen ze alleen met sjablonen en nummers.",
      de: "Der Text sagt, dass Meta oder WhatsApp das Produkt genehmigt hat, und das tun sie nur mit Vorlagen und Nummern.",
    },
    sayInstead: {
      en: "Remove it, or name the template or number that was approved.",
      nl: "Haal het weg, of noem het sjabloon of nummer dat is goedgekeurd.",
      de: "Entfernen Sie es, oder nennen Sie die genehmigte Vorlage oder Nummer.",
    },
    patterns: {
      en: [
        [
          "approved|certified|endorsed|recommended|accredited|verified|backed|sanctioned",
          "by meta|by whatsapp|meta certified|meta approved|whatsapp approved",
        ],
      ],
      nl: [["goedgekeurd*|gecertificeerd*|aanbevolen|erkend*|geverifieerd*|gesteund", "door meta|door whatsapp"]],
      de: [
        [
          "zertifiziert*|genehmigt*|empfohlen*|geprüft*|freigegeben*|anerkannt*|zugelassen*",
          "von meta|von whatsapp|durch meta|durch whatsapp",
        ],
      ],
    },
    unless: [
      [
        "template*|number|numbers|display name|business account|message category|" +
          "sjablo*|berichtsjablo*|nummer|nummers|weergavenaam|" +
          "vorlage*|anzeigename*|nummern|telefonnummer*",
      ],
    ],
    since,
    clause: "no false endorsement",
    sources: ["WhatsApp Brand Guidelines", "Directive 2005/29/EC Annex I no. 4"],
  },
];

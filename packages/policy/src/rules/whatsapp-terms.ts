import type { Instant } from "@loket/kit";
import type { Case } from "../case.ts";
import type { UsageReport } from "../facts/contract.ts";
import { isInEea } from "../regions.ts";
import { between, type Rule, since, type Watch } from "../rule.ts";
import { does, practicesInSetup } from "./practices.ts";

const reviewed = "2026-11-22";
const bots = { channel: ["whatsapp"], transport: ["cloud-api", "on-premises-api"], kind: ["bot-reply"] } as const;
const terms = "Meta Terms for WhatsApp Business Platform, 4.7 (AI Providers)";

const platformTerms = "Meta Terms for WhatsApp Business Platform";
const providerTerms = "Meta Business Messaging Technology Provider Terms";

/** How things stand between the business, the operator and Meta: looked at in a set-up check, not in each message. */
const check = {
  appliesTo: { channel: ["whatsapp"], transport: ["cloud-api", "on-premises-api"], kind: ["setup"] },
  verdict: "refuse",
  reviewed,
} as const;

const dataFlows: Watch = {
  path: "operator.dataFlows",
  isUnknown: ({ facts }) => facts.operator?.dataFlows === undefined,
};

const refusal = {
  confidence: "high",
  appliesTo: bots,
  verdict: "refuse",
  remedies: ["narrow-bot-scope", "hand-over-to-person"],
  clause: "AI Providers",
  reviewed,
} as const;

/** Contract rules of the Platform. */
export const whatsappTermsRules: readonly Rule[] = [
  {
    id: "whatsapp.terms.ai-provider-primary",
    title: {
      en: "No general assistant as the product",
      nl: "Geen algemene assistent als product",
      de: "Kein allgemeiner Assistent als Produkt",
    },
    explanation: {
      en: "WhatsApp does not carry bots whose main purpose is to be a general AI assistant; limit the bot to your own products, orders and support.",
      nl: "WhatsApp laat geen bots toe die in de eerste plaats een algemene AI-assistent zijn; beperk de bot tot uw eigen producten, bestellingen en hulp.",
      de: "WhatsApp lässt keine Bots zu, die in erster Linie ein allgemeiner KI-Assistent sind; beschränken Sie den Bot auf eigene Produkte, Bestellungen und Hilfe.",
    },
    versions: [
      {
        ...refusal,
        ...between("2025-10-15", "2025-12-22"),
        fires: (send) => offersAssistant(send) && joinedUnderNewTerms(send),
        sources: [terms],
      },
      {
        ...refusal,
        ...between("2025-12-22", "2026-01-13"),
        fires: (send) => offersAssistant(send) && joinedUnderNewTerms(send) && !livesBehind(send, "+39", "IT"),
        sources: [terms, "Decision of the Italian competition authority of 22 December 2025"],
      },
      {
        ...refusal,
        ...between("2026-01-13", "2026-01-15"),
        fires: (send) => offersAssistant(send) && joinedUnderNewTerms(send) && !isExemptByAuthority(send),
        sources: [terms, "Decision of the Brazilian competition authority of 13 January 2026"],
      },
      {
        ...refusal,
        ...between("2026-01-15", "2026-03-04"),
        fires: (send) => offersAssistant(send) && !isExemptByAuthority(send),
        sources: [terms],
      },
      {
        ...refusal,
        ...between("2026-03-04", "2026-06-09"),
        fires: (send) => offersAssistant(send) && !isExemptByAuthority(send) && !isInEea(send.region),
        clause: "AI Providers, EEA open for a fee",
        sources: [terms, "Meta announcement of 4 March 2026 on AI providers in the EEA"],
      },
      {
        ...refusal,
        ...since("2026-06-09"),
        fires: (send) => offersAssistant(send) && !isExemptByAuthority(send) && !isInEea(send.region),
        clause: "AI Providers, EEA open under interim measures",
        sources: [terms, "European Commission, interim measures of 9 June 2026"],
      },
    ],
  },
  {
    id: "whatsapp.terms.accept-before-use",
    title: {
      en: "The business accepts the terms itself",
      nl: "Het bedrijf aanvaardt de voorwaarden zelf",
      de: "Das Unternehmen nimmt die Bedingungen selbst an",
    },
    explanation: {
      en: "Nothing shows that this business accepted the terms of the Business Platform itself, so it may not send yet; run the embedded sign-up under its own portfolio.",
      nl: "Nergens blijkt dat dit bedrijf de voorwaarden van het Business Platform zelf aanvaardde, dus het mag nog niet versturen; doorloop de ingebouwde aanmelding onder het eigen portfolio.",
      de: "Nichts zeigt, dass dieses Unternehmen die Bedingungen der Business Platform selbst angenommen hat, deshalb darf es noch nicht senden; führen Sie die eingebettete Registrierung unter dem eigenen Portfolio durch.",
    },
    versions: [
      {
        ...check,
        ...since("2018-08-01"),
        confidence: "high",
        fires: ({ facts }) => facts.contract?.termsAccepted !== true,
        remedies: ["embedded-signup"],
        clause: "acceptance before use",
        sources: [providerTerms],
      },
    ],
  },
  {
    id: "whatsapp.terms.own-account",
    title: {
      en: "One account for one business",
      nl: "Eén account voor één bedrijf",
      de: "Ein Konto für ein Unternehmen",
    },
    explanation: {
      en: "Several businesses that do not belong together share this account or number, which WhatsApp forbids; give each business an account of its own.",
      nl: "Bedrijven die niet bij elkaar horen delen dit account of nummer, en dat verbiedt WhatsApp; geef elk bedrijf een eigen account.",
      de: "Unternehmen, die nicht zusammengehören, teilen dieses Konto oder diese Nummer, und das verbietet WhatsApp; geben Sie jedem ein eigenes Konto.",
    },
    versions: [
      {
        ...check,
        ...since("2018-08-01"),
        confidence: "high",
        fires: ({ facts }) => facts.contract?.accountShared === true,
        watches: [
          { path: "contract.accountShared", isUnknown: ({ facts }) => facts.contract?.accountShared === undefined },
        ],
        remedies: ["own-account"],
        clause: "accounts of one business",
        sources: ["WhatsApp Business Platform, policy enforcement"],
      },
    ],
  },
  {
    id: "whatsapp.terms.no-resale",
    title: {
      en: "Charge for software, not for WhatsApp",
      nl: "Vraag geld voor software, niet voor WhatsApp",
      de: "Geld für Software, nicht für WhatsApp",
    },
    explanation: {
      en: "You ask money for the use of WhatsApp without an agreement to resell it; charge for seats or software, let Meta bill the business, and forbid resale in your own terms.",
      nl: "U vraagt geld voor het gebruik van WhatsApp zonder overeenkomst om het door te verkopen; reken plaatsen of software af, laat Meta aan het bedrijf factureren en verbied doorverkoop in uw voorwaarden.",
      de: "Sie verlangen Geld für die Nutzung von WhatsApp ohne Vertrag zum Weiterverkauf; berechnen Sie Plätze oder Software, lassen Sie Meta dem Unternehmen Rechnungen stellen und verbieten Sie Weiterverkauf in Ihren Bedingungen.",
    },
    versions: [
      {
        ...check,
        ...since("2024-01-01"),
        confidence: "low",
        fires: ({ facts: { operator } }) => operator?.chargesForWhatsApp === true && operator.resaleAgreement !== true,
        watches: [
          {
            path: "operator.chargesForWhatsApp",
            isUnknown: ({ facts: { operator } }) =>
              operator?.chargesForWhatsApp === undefined && operator?.resaleAgreement !== true,
          },
        ],
        remedies: ["price-software-only"],
        clause: "5, no resale",
        sources: [providerTerms],
      },
    ],
  },
  {
    id: "whatsapp.terms.no-training-on-platform-data",
    title: {
      en: "No models trained on messages",
      nl: "Geen modellen trainen met berichten",
      de: "Keine Modelle mit Nachrichten trainieren",
    },
    explanation: {
      en: "Message data, be it anonymous or in totals, reaches somebody who may train a model on it; agree that nothing is trained, run a model of your own, or keep a fine-tuned one for this business alone.",
      nl: "Berichtgegevens, ook anoniem of opgeteld, komen bij iemand die er een model mee mag trainen; spreek af dat er niet wordt getraind, draai een eigen model, of houd een afgestemd model voor dit bedrijf alleen.",
      de: "Nachrichtendaten, auch anonym oder als Summen, gelangen zu jemandem, der damit ein Modell trainieren darf; vereinbaren Sie, dass nicht trainiert wird, betreiben Sie ein eigenes Modell oder halten Sie ein angepasstes nur für dieses Unternehmen.",
    },
    versions: [
      {
        ...check,
        ...since("2025-10-15"),
        confidence: "high",
        fires: ({ facts }) => facts.operator?.dataFlows?.some((flow) => flow.mayTrain === true) ?? false,
        watches: [
          dataFlows,
          {
            path: "operator.dataFlows[].mayTrain",
            isUnknown: ({ facts }) => facts.operator?.dataFlows?.some((flow) => flow.mayTrain === undefined) ?? false,
          },
        ],
        remedies: ["exclude-training"],
        clause: "4.7, AI Providers",
        sources: [terms],
      },
    ],
  },
  {
    id: "whatsapp.terms.no-third-party-disclosure",
    title: {
      en: "Platform data stays with its processors",
      nl: "Platformgegevens blijven bij de verwerkers",
      de: "Plattformdaten bleiben bei den Auftragsverarbeitern",
    },
    explanation: {
      en: "Data of the Platform goes to somebody who is neither a Solution Provider nor designated under the terms; designate them, or keep the data in house.",
      nl: "Gegevens van het Platform gaan naar iemand die geen Solution Provider is en niet volgens de voorwaarden is aangewezen; wijs die aan, of houd de gegevens in huis.",
      de: "Daten der Plattform gehen an jemanden, der weder Solution Provider noch nach den Bedingungen benannt ist; benennen Sie ihn, oder behalten Sie die Daten im Haus.",
    },
    versions: [
      {
        ...check,
        ...since("2026-09-23"),
        confidence: "low",
        fires: ({ facts }) => facts.operator?.dataFlows?.some((flow) => flow.designated !== true) ?? false,
        watches: [dataFlows],
        remedies: ["designate-processor"],
        clause: "4.1, third parties",
        sources: [platformTerms],
      },
    ],
  },
  {
    id: "whatsapp.terms.no-profiling",
    title: {
      en: "No profiles of WhatsApp users",
      nl: "Geen profielen van WhatsApp-gebruikers",
      de: "Keine Profile von WhatsApp-Nutzern",
    },
    explanation: {
      en: "Profiles of people are built beyond what it takes to message them, which the terms forbid; keep totals instead.",
      nl: "Er worden profielen van mensen gemaakt die verder gaan dan nodig is om hun te schrijven, en dat verbieden de voorwaarden; houd in plaats daarvan totalen bij.",
      de: "Es entstehen Profile von Menschen, die über das Nötige zum Schreiben hinausgehen, und das verbieten die Bedingungen; führen Sie stattdessen Summen.",
    },
    versions: [
      {
        ...check,
        ...since("2026-09-23"),
        confidence: "high",
        fires: (send) => does(send, "profiling"),
        watches: [practicesInSetup],
        remedies: ["keep-totals"],
        clause: "4.1, profiles",
        sources: [platformTerms],
      },
    ],
  },
  {
    id: "whatsapp.terms.usage-report-30d",
    title: {
      en: "Report on use within 30 days",
      nl: "Gebruiksverslag binnen 30 dagen",
      de: "Nutzungsbericht innerhalb von 30 Tagen",
    },
    explanation: {
      en: "Meta asked for a report on your use of the Platform, and it has not been sent; export it within 30 days of the request.",
      nl: "Meta vroeg een verslag van uw gebruik van het Platform, en dat is nog niet verstuurd; exporteer het binnen 30 dagen na het verzoek.",
      de: "Meta hat einen Bericht über Ihre Nutzung der Plattform verlangt, und er ist noch nicht gesendet; exportieren Sie ihn innerhalb von 30 Tagen nach der Anfrage.",
    },
    versions: [
      {
        ...check,
        ...since("2026-09-23"),
        confidence: "low",
        fires: ({ facts: { contract }, at }) => contract?.usageReport != null && !isSent(contract.usageReport, at),
        verdict: "note",
        remedies: ["export-usage-report"],
        clause: "7.9, reports on use",
        sources: [platformTerms],
      },
    ],
  },
  {
    id: "whatsapp.terms.customer-list",
    title: {
      en: "A tech provider keeps a list of customers",
      nl: "Een techprovider houdt een klantenlijst bij",
      de: "Ein Tech-Provider führt eine Kundenliste",
    },
    explanation: {
      en: "You serve others as a tech provider and nothing shows that you keep a current list of them, though you answer for what they do; keep the list.",
      nl: "U bedient anderen als techprovider en nergens blijkt dat u een actuele lijst van hen bijhoudt, terwijl u mede aansprakelijk bent; houd die lijst bij.",
      de: "Sie bedienen andere als Tech-Provider, und nichts zeigt, dass Sie eine aktuelle Liste führen, obwohl Sie mithaften; führen Sie diese Liste.",
    },
    versions: [
      {
        ...check,
        ...since("2026-07-31"),
        confidence: "high",
        fires: ({ facts: { operator } }) => operator?.techProvider === true && operator.customerListKept !== true,
        verdict: "note",
        remedies: ["keep-customer-list"],
        clause: "records of customers",
        sources: [providerTerms],
      },
    ],
  },
  {
    id: "whatsapp.terms.brand-use",
    title: {
      en: "WhatsApp's name is not your product's name",
      nl: "De naam WhatsApp is niet uw productnaam",
      de: "Der Name WhatsApp ist nicht Ihr Produktname",
    },
    explanation: {
      en: "WhatsApp's name or logo stands in the name or domain of the product, or suggests that WhatsApp endorses it; choose your own name and say that it works with the WhatsApp Business Platform.",
      nl: "De naam of het logo van WhatsApp staat in de naam of het domein van het product, of wekt de indruk dat WhatsApp erachter staat; kies een eigen naam en zeg dat het met het WhatsApp Business Platform werkt.",
      de: "Name oder Logo von WhatsApp stehen im Namen oder in der Domain des Produkts oder lassen glauben, dass WhatsApp dahintersteht; wählen Sie einen eigenen Namen und sagen Sie, dass es mit der WhatsApp Business Platform arbeitet.",
    },
    versions: [
      {
        ...check,
        ...since("2016-01-01"),
        appliesTo: { channel: ["whatsapp"], kind: ["setup"] },
        confidence: "low",
        fires: ({ facts }) => facts.operator?.usesWhatsAppBrand === true,
        watches: [
          {
            path: "operator.usesWhatsAppBrand",
            isUnknown: ({ facts }) => facts.operator?.usesWhatsAppBrand === undefined,
          },
        ],
        remedies: ["rename-product"],
        clause: "licence to the brand",
        sources: ["WhatsApp Terms of Service, licenses", "WhatsApp Brand Guidelines"],
      },
    ],
  },
];

function isSent({ sentAt }: UsageReport, at: Instant): boolean {
  return sentAt != null && sentAt <= at;
}

function offersAssistant({ request }: Case): boolean {
  return request.bot?.assistantIsTheProduct === true;
}

/** The clause bound those who joined after its publication at once, everybody else three months later. */
const publishedAt = Date.parse("2025-10-15T00:00:00Z");

function joinedUnderNewTerms({ facts }: Case): boolean {
  const joinedAt = facts.account?.joinedPlatformAt;
  return joinedAt === undefined || joinedAt >= publishedAt;
}

function isExemptByAuthority(send: Case): boolean {
  return livesBehind(send, "+39", "IT") || livesBehind(send, "+55", "BR");
}

function livesBehind({ facts: { recipient }, region }: Case, prefix: string, country: string): boolean {
  return recipient?.phone == null ? region === country : recipient.phone.startsWith(prefix);
}

import type { Case } from "../case.ts";
import { isInEea } from "../regions.ts";
import { between, type Rule, since } from "../rule.ts";

const reviewed = "2026-11-22";
const bots = { channel: ["whatsapp"], transport: ["cloud-api", "on-premises-api"], kind: ["bot-reply"] } as const;
const terms = "Meta Terms for WhatsApp Business Platform, 4.7 (AI Providers)";

const refusal = {
  confidence: "high",
  appliesTo: bots,
  verdict: "refuse",
  remedies: ["narrow-bot-scope", "hand-over-to-person"],
  clause: "AI Providers",
  reviewed,
} as const;

/** Contract rules of the Platform that concern a single message. Those about configuration come with their own check. */
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
];

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

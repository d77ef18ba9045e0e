import { dayMs, plus, secondMs } from "@loket/kit";
import type { Case } from "../case.ts";
import type { Facts, MessagingLimit } from "../facts.ts";
import { isInEea } from "../regions.ts";
import { between, type Effect, type Rule, since } from "../rule.ts";
import { platform, restricted, restrictions, templates } from "./whatsapp-platform.ts";

const reviewed = "2026-11-22";

const freeServiceMessages = 1_000;
/** The lowest pace a number can have. */
const throughputBesideApp = 20;
const ordinaryThroughput = 80;

/** How much, how fast and whether at all an account may send on the WhatsApp Business Platform. */
export const whatsappLimitRules: readonly Rule[] = [
  {
    id: "whatsapp.cloud.marketing-us-paused",
    title: {
      en: "No marketing templates to US numbers",
      nl: "Geen reclamesjablonen naar Amerikaanse nummers",
      de: "Keine Werbevorlagen an US-Nummern",
    },
    explanation: {
      en: "WhatsApp has paused marketing templates to numbers in the United States; answer in an open window, send a utility template without promotion, or use e-mail or SMS with consent.",
      nl: "WhatsApp heeft reclamesjablonen naar nummers in de Verenigde Staten gepauzeerd; antwoord in een open venster, stuur een utility-sjabloon zonder reclame, of gebruik e-mail of sms met toestemming.",
      de: "WhatsApp hat Werbevorlagen an Nummern in den Vereinigten Staaten ausgesetzt; antworten Sie im offenen Fenster, senden Sie eine Utility-Vorlage ohne Werbung, oder nutzen Sie E-Mail oder SMS mit Einwilligung.",
    },
    versions: [
      {
        ...since("2025-04-01"),
        confidence: "high",
        appliesTo: templates,
        fires: (send) => send.category === "marketing" && send.hasUnitedStatesNumber,
        verdict: "refuse",
        watches: [
          {
            path: "recipient.phone",
            isUnknown: (send) => send.category === "marketing" && send.facts.recipient?.phone === undefined,
          },
        ],
        remedies: ["wait-for-inbound", "remove-promotion", "other-consented-channel"],
        clause: "marketing templates to the United States",
        sources: ["WhatsApp Business Platform, per-user marketing template message limits"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.marketing-per-user-limit",
    title: {
      en: "This person has had enough offers for now",
      nl: "Deze persoon kreeg voorlopig genoeg aanbiedingen",
      de: "Diese Person hat vorerst genug Angebote erhalten",
    },
    explanation: {
      en: "WhatsApp limits how many offers a person gets from all businesses together, so the message waits 24 hours after the last refusal; trying earlier only extends the wait, so send fewer and better messages.",
      nl: "WhatsApp beperkt hoeveel aanbiedingen iemand van alle bedrijven samen krijgt, dus het bericht wacht tot 24 uur na de laatste weigering; eerder proberen verlengt het wachten, dus stuur minder en betere berichten.",
      de: "WhatsApp begrenzt, wie viele Angebote eine Person von allen Unternehmen zusammen erhält, deshalb wartet die Nachricht 24 Stunden nach der letzten Ablehnung; frühere Versuche verlängern das Warten, senden Sie also weniger und bessere Nachrichten.",
    },
    versions: [
      {
        ...since("2024-05-23"),
        confidence: "high",
        appliesTo: templates,
        fires: perUserLimitHit,
        verdict: "hold",
        watches: [
          {
            path: "history.marketingLimitHitAt",
            isUnknown: (send) => send.category === "marketing" && send.facts.history?.marketingLimitHitAt === undefined,
          },
        ],
        remedies: ["wait-until", "fewer-better-messages"],
        clause: "per-user marketing limits",
        sources: ["WhatsApp Business Platform, per-user marketing template message limits", "Cloud API error 131049"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.user-stopped-marketing",
    title: {
      en: "Offers switched off in WhatsApp",
      nl: "Aanbiedingen uitgezet in WhatsApp",
      de: "Angebote in WhatsApp abgeschaltet",
    },
    explanation: {
      en: "This person switched off offers from you inside WhatsApp, and only they can switch them on again; messages about their own orders remain possible, and writing from another number of yours is not.",
      nl: "Deze persoon heeft uw aanbiedingen in WhatsApp uitgezet, en alleen die kan ze weer aanzetten; berichten over eigen bestellingen blijven mogelijk, schrijven vanaf een ander nummer van u niet.",
      de: "Diese Person hat Ihre Angebote in WhatsApp abgeschaltet, und nur sie kann sie wieder einschalten; Nachrichten zu eigenen Bestellungen bleiben möglich, das Schreiben von einer anderen Ihrer Nummern nicht.",
    },
    versions: [
      {
        ...since("2025-01-01"),
        confidence: "low",
        appliesTo: templates,
        fires: stoppedMarketing,
        verdict: "refuse",
        watches: [
          {
            path: "history.marketingStoppedErrorAt",
            isUnknown: (send) =>
              send.category === "marketing" && send.facts.history?.marketingStoppedErrorAt === undefined,
          },
          {
            path: "history.marketingPreference",
            isUnknown: (send) => send.category === "marketing" && send.facts.history?.marketingPreference === undefined,
          },
        ],
        remedies: ["remove-promotion", "other-consented-channel"],
        clause: "marketing preferences of the user",
        sources: ["WhatsApp Business Platform, user_preferences webhook", "Cloud API error 131050"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.number-messaging-limit",
    title: {
      en: "Limit of this number reached",
      nl: "Limiet van dit nummer bereikt",
      de: "Grenze dieser Nummer erreicht",
    },
    explanation: {
      en: "This number has written to as many people in 24 hours as WhatsApp allows it, so the message waits until one of them leaves the count; spread the campaign.",
      nl: "Dit nummer schreef in 24 uur naar zoveel mensen als WhatsApp toestaat, dus het bericht wacht tot er een uit de telling valt; spreid de campagne.",
      de: "Diese Nummer hat in 24 Stunden so vielen Menschen geschrieben, wie WhatsApp erlaubt, deshalb wartet die Nachricht, bis jemand aus der Zählung fällt; verteilen Sie die Kampagne.",
    },
    versions: [
      {
        ...between("2021-01-01", "2025-10-07"),
        confidence: "low",
        appliesTo: platform,
        fires: (send) => limitReached(send, send.facts.account?.numberLimit),
        verdict: "hold",
        watches: [
          {
            path: "account.numberLimit",
            isUnknown: (send) => opensConversation(send) && send.facts.account?.numberLimit === undefined,
          },
        ],
        remedies: ["wait-until", "spread-campaign", "raise-limit"],
        clause: "messaging limits per number",
        sources: ["WhatsApp Business Platform, messaging limits"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.portfolio-messaging-limit",
    title: {
      en: "Limit of your business reached",
      nl: "Limiet van uw bedrijf bereikt",
      de: "Grenze Ihres Unternehmens erreicht",
    },
    explanation: {
      en: "All your numbers together have written to as many people in 24 hours as WhatsApp allows, so the message waits until one of them leaves the count; verify the business or grow by good quality.",
      nl: "Al uw nummers samen schreven in 24 uur naar zoveel mensen als WhatsApp toestaat, dus het bericht wacht tot er een uit de telling valt; laat het bedrijf verifiëren of groei door goede kwaliteit.",
      de: "Alle Ihre Nummern zusammen haben in 24 Stunden so vielen Menschen geschrieben, wie WhatsApp erlaubt, deshalb wartet die Nachricht, bis jemand aus der Zählung fällt; verifizieren Sie das Unternehmen oder wachsen Sie durch gute Qualität.",
    },
    versions: [
      {
        ...since("2025-10-07"),
        confidence: "high",
        appliesTo: platform,
        fires: (send) => limitReached(send, send.facts.account?.portfolioLimit),
        verdict: "hold",
        watches: [
          {
            path: "account.portfolioLimit",
            isUnknown: (send) => opensConversation(send) && send.facts.account?.portfolioLimit === undefined,
          },
        ],
        remedies: ["wait-until", "spread-campaign", "raise-limit"],
        clause: "messaging limits per business portfolio",
        sources: ["WhatsApp Business Platform, messaging limits"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.pair-rate",
    title: {
      en: "Six seconds between messages to one person",
      nl: "Zes seconden tussen berichten aan één persoon",
      de: "Sechs Sekunden zwischen Nachrichten an eine Person",
    },
    explanation: {
      en: "WhatsApp takes one message per six seconds for the same person, so this one waits its turn.",
      nl: "WhatsApp neemt per zes seconden één bericht aan voor dezelfde persoon, dus dit bericht wacht op zijn beurt.",
      de: "WhatsApp nimmt für dieselbe Person eine Nachricht je sechs Sekunden an, deshalb wartet diese, bis sie an der Reihe ist.",
    },
    versions: [
      {
        ...since("2022-04-01"),
        confidence: "high",
        appliesTo: platform,
        fires: tooSoonForPair,
        verdict: "hold",
        watches: [
          { path: "history.lastSentAt", isUnknown: ({ facts }) => facts.history?.lastSentAt === undefined },
          { path: "history.pairBackoffUntil", isUnknown: ({ facts }) => facts.history?.pairBackoffUntil === undefined },
        ],
        remedies: ["queue"],
        clause: "pair rate limit",
        sources: ["WhatsApp Business Platform, pair rate limits", "Cloud API error 131056"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.cloud.throughput",
    title: {
      en: "As fast as the number may go",
      nl: "Zo snel als het nummer mag",
      de: "So schnell, wie die Nummer darf",
    },
    explanation: {
      en: "This number already sends as many messages per second as WhatsApp accepts, so the message waits a second.",
      nl: "Dit nummer stuurt al zoveel berichten per seconde als WhatsApp aanneemt, dus het bericht wacht een seconde.",
      de: "Diese Nummer sendet schon so viele Nachrichten pro Sekunde, wie WhatsApp annimmt, deshalb wartet die Nachricht eine Sekunde.",
    },
    versions: [
      {
        ...since("2022-04-01"),
        confidence: "high",
        appliesTo: platform,
        fires: ({ facts, at }) =>
          (facts.history?.sentInLastSecond ?? 0) >= throughputOf(facts) && { until: plus(at, secondMs) },
        verdict: "hold",
        watches: [
          { path: "history.sentInLastSecond", isUnknown: ({ facts }) => facts.history?.sentInLastSecond === undefined },
          {
            path: "history.throughputPerSecond",
            isUnknown: ({ facts: { history, sender } }) =>
              sender?.inBusinessApp !== true &&
              (history?.sentInLastSecond ?? 0) >= throughputBesideApp &&
              history?.throughputPerSecond === undefined,
          },
        ],
        remedies: ["queue"],
        clause: "throughput",
        sources: ["WhatsApp Business Platform, throughput", "Cloud API error 130429"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "whatsapp.cloud.account-restricted",
    title: {
      en: "WhatsApp restricted this account",
      nl: "WhatsApp heeft dit account beperkt",
      de: "WhatsApp hat dieses Konto eingeschränkt",
    },
    explanation: {
      en: "WhatsApp restricted this account for breaking its policy, so the message waits until the restriction ends; look at the violation and appeal if it is wrong.",
      nl: "WhatsApp heeft dit account beperkt wegens een overtreding, dus het bericht wacht tot de beperking eindigt; bekijk de overtreding en maak bezwaar als die niet klopt.",
      de: "WhatsApp hat dieses Konto wegen eines Verstoßes eingeschränkt, deshalb wartet die Nachricht bis zum Ende der Einschränkung; sehen Sie sich den Verstoß an und legen Sie Einspruch ein, wenn er nicht stimmt.",
    },
    versions: [
      {
        ...since("2018-08-01"),
        confidence: "high",
        appliesTo: platform,
        fires: (send) =>
          restricted(
            send,
            (scope) =>
              scope === "all" || scope === "lock" || (scope === "business-initiated" && send.initiated === "business"),
          ),
        verdict: "hold",
        watches: [restrictions],
        event: "appeal-decided",
        remedies: ["wait-until", "appeal", "other-consented-channel"],
        clause: "policy enforcement",
        sources: ["WhatsApp Business Platform, policy enforcement"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.account-disabled",
    title: {
      en: "WhatsApp disabled this account",
      nl: "WhatsApp heeft dit account uitgeschakeld",
      de: "WhatsApp hat dieses Konto abgeschaltet",
    },
    explanation: {
      en: "WhatsApp disabled the account or the business behind it, so nothing can be sent here; move people to other channels they agreed to and prepare the evidence for your appeal.",
      nl: "WhatsApp heeft het account of het bedrijf erachter uitgeschakeld, dus er kan hier niets uit; ga verder op andere kanalen waarmee mensen instemden en maak het bewijs klaar voor uw bezwaar.",
      de: "WhatsApp hat das Konto oder das Unternehmen dahinter abgeschaltet, deshalb geht hier nichts hinaus; wechseln Sie auf andere Kanäle mit Einwilligung und bereiten Sie die Nachweise für Ihren Einspruch vor.",
    },
    versions: [
      {
        ...since("2018-08-01"),
        confidence: "high",
        appliesTo: platform,
        fires: ({ facts }) => facts.account?.disabled === true,
        verdict: "refuse",
        watches: [{ path: "account.disabled", isUnknown: ({ facts }) => facts.account?.disabled === undefined }],
        remedies: ["other-consented-channel", "evidence-pack", "appeal"],
        clause: "policy enforcement",
        sources: ["WhatsApp Business Platform, policy enforcement", "WhatsApp Business Messaging Policy"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.no-payment-method",
    title: {
      en: "Free service messages used up",
      nl: "Gratis serviceberichten zijn op",
      de: "Kostenlose Service-Nachrichten aufgebraucht",
    },
    explanation: {
      en: "This number used its 1,000 free service messages of the month and the account has no payment method; add one, or wait for the first day of next month.",
      nl: "Dit nummer heeft de 1.000 gratis serviceberichten van deze maand gebruikt en het account heeft geen betaalmiddel; voeg er een toe, of wacht tot de eerste dag van de volgende maand.",
      de: "Diese Nummer hat ihre 1.000 kostenlosen Service-Nachrichten des Monats verbraucht, und das Konto hat kein Zahlungsmittel; fügen Sie eines hinzu, oder warten Sie bis zum Monatsersten.",
    },
    versions: [
      {
        ...since("2026-10-01"),
        confidence: "high",
        appliesTo: { ...platform, payload: ["free-form"] },
        fires: ({ windowOpen, facts: { account } }) =>
          windowOpen &&
          account?.paymentMethod === false &&
          (account.serviceMessagesThisMonth ?? 0) >= freeServiceMessages,
        verdict: "refuse",
        watches: [
          {
            path: "account.paymentMethod",
            isUnknown: ({ windowOpen, facts: { account } }) =>
              windowOpen &&
              account?.paymentMethod === undefined &&
              (account?.serviceMessagesThisMonth ?? freeServiceMessages) >= freeServiceMessages,
          },
          {
            path: "account.serviceMessagesThisMonth",
            isUnknown: ({ windowOpen, facts: { account } }) =>
              windowOpen && account?.paymentMethod !== true && account?.serviceMessagesThisMonth === undefined,
          },
        ],
        remedies: ["add-payment-method"],
        clause: "pricing of service messages",
        sources: ["WhatsApp Business Platform, pricing"],
        reviewed,
      },
    ],
  },
];

/** The limit is off where either side is in one of these places. An unknown place is none of them. */
function perUserLimitHit(send: Case): false | Effect {
  const hitAt = send.facts.history?.marketingLimitHitAt;
  if (send.category !== "marketing" || hitAt == null || send.at - hitAt >= dayMs || send.windowOpen) return false;
  if (isExemptFromUserLimit(send.region) || isExemptFromUserLimit(send.facts.sender?.numberCountry ?? null)) {
    return false;
  }
  return { until: plus(hitAt, dayMs) };
}

function isExemptFromUserLimit(region: string | null): boolean {
  return isInEea(region) || region === "GB" || region === "JP" || region === "KR";
}

function stoppedMarketing(send: Case): boolean {
  if (send.category !== "marketing") return false;
  const { marketingPreference, marketingStoppedErrorAt } = send.facts.history ?? {};
  if (marketingPreference?.value === "stop") return true;
  return marketingStoppedErrorAt != null && !(marketingPreference && marketingPreference.at > marketingStoppedErrorAt);
}

/** A person who is counted already is not counted twice. */
function limitReached(send: Case, limit: MessagingLimit | undefined): false | Effect {
  if (limit === undefined || limit.limit === "unlimited" || limit.used < limit.limit) return false;
  if (!opensConversation(send) || limit.includesRecipient === true) return false;
  const leavesAt = plus(limit.oldestCountedAt ?? send.at, dayMs);
  return { until: leavesAt > send.at ? leavesAt : plus(send.at, dayMs) };
}

/** Answers in an open window are not counted. */
function opensConversation(send: Case): boolean {
  return send.initiated === "business" && !send.windowOpen;
}

/** Beside the Business App a number is slow, whatever it was granted before it lived there too. */
function throughputOf({ history, sender }: Facts): number {
  const granted = history?.throughputPerSecond ?? ordinaryThroughput;
  return sender?.inBusinessApp === true ? Math.min(granted, throughputBesideApp) : granted;
}

const pairSpacingMs = 6 * secondMs;

function tooSoonForPair({ facts: { history }, at }: Case): false | Effect {
  const { lastSentAt, pairBackoffUntil, burstLeft = 0 } = history ?? {};
  const spacedAt = lastSentAt == null || burstLeft > 0 ? at : plus(lastSentAt, pairSpacingMs);
  const until = pairBackoffUntil != null && pairBackoffUntil > spacedAt ? pairBackoffUntil : spacedAt;
  return until > at && { until };
}

import { dayMs, type Instant, plus, secondMs } from "@loket/kit";
import type { Case } from "../case.ts";
import type { MessengerMessage } from "../facts/messenger.ts";
import { isInEu } from "../regions.ts";
import type { Kind } from "../request.ts";
import { between, type Effect, type Rule, since, type Watch } from "../rule.ts";
import { hasOtherRight, lastActAt, windowIsOpen } from "./meta-window.ts";

const reviewed = "2026-11-22";
const onMessenger = { channel: ["messenger"] } as const;
const onBoth = { channel: ["messenger", "instagram"] } as const;

const whereabouts = (token: NonNullable<MessengerMessage["token"]>): Watch => ({
  path: "recipient.region",
  isUnknown: (send) => send.request.messenger?.token === token && send.region === null,
});

/** Facebook Messenger, and what Instagram Direct shares with it. */
export const messengerRules: readonly Rule[] = [
  {
    id: "messenger.user-must-start",
    title: {
      en: "The person has to begin",
      nl: "De persoon moet beginnen",
      de: "Die Person muss beginnen",
    },
    explanation: {
      en: "This person never wrote, commented, reacted or clicked in a way that opens a conversation, so you cannot write; show an m.me or ig.me link, or an ad that leads to a chat.",
      nl: "Deze persoon heeft nooit geschreven, gereageerd of geklikt op een manier die een gesprek opent, dus u kunt niet schrijven; toon een m.me- of ig.me-link, of een advertentie die naar een gesprek leidt.",
      de: "Diese Person hat nie so geschrieben, kommentiert, reagiert oder geklickt, dass ein Gespräch entstand, deshalb können Sie nicht schreiben; zeigen Sie einen m.me- oder ig.me-Link oder eine Anzeige, die in einen Chat führt.",
    },
    versions: [
      {
        ...since("2016-04-12"),
        confidence: "low",
        appliesTo: onBoth,
        fires: (send) => lastActAt(send) === null && !windowIsOpen(send),
        verdict: "refuse",
        remedies: ["send-start-link", "other-consented-channel"],
        clause: "conversations are begun by people",
        sources: ["Messenger Platform, send a message"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.standard-window-24h",
    title: {
      en: "Answers within 24 hours",
      nl: "Antwoorden binnen 24 uur",
      de: "Antworten innerhalb von 24 Stunden",
    },
    explanation: {
      en: "This person has not written or acted for 24 hours, and the message has no other right to go out; use a utility template or a marketing subscription on Messenger, or let a person answer.",
      nl: "Deze persoon schreef of deed 24 uur lang niets, en het bericht heeft geen ander recht om uit te gaan; gebruik op Messenger een utilitysjabloon of een reclameabonnement, of laat een mens antwoorden.",
      de: "Seit 24 Stunden hat diese Person nicht geschrieben oder gehandelt, und die Nachricht hat kein anderes Recht hinauszugehen; nutzen Sie auf Messenger eine Utility-Vorlage oder ein Werbeabonnement, oder lassen Sie einen Menschen antworten.",
    },
    versions: [
      {
        ...since("2020-03-04"),
        confidence: "high",
        appliesTo: onBoth,
        fires: (send) => lastActAt(send) !== null && !windowIsOpen(send) && !hasOtherRight(send),
        verdict: "refuse",
        remedies: [
          "use-template",
          "use-human-agent",
          "use-subscription",
          "wait-for-inbound",
          "other-consented-channel",
        ],
        clause: "standard messaging window",
        sources: ["Messenger Platform, send a message", "Messenger Platform and IG Messaging API policy"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.message-tags-legacy",
    title: {
      en: "A message tag is for its own use only",
      nl: "Een berichttag is alleen voor het eigen doel",
      de: "Ein Message Tag dient nur seinem Zweck",
    },
    explanation: {
      en: "Message tags were for facts about a person's own event, order or account, and this message promotes or is about something else; delete the promotion or use the right tag.",
      nl: "Berichttags waren voor feiten over een eigen afspraak, bestelling of account, en dit bericht maakt reclame of gaat over iets anders; haal de reclame weg of gebruik de juiste tag.",
      de: "Message Tags waren für Tatsachen zu eigenem Termin, Bestellung oder Konto da, und diese Nachricht wirbt oder handelt von anderem; streichen Sie die Werbung oder nutzen Sie das richtige Tag.",
    },
    versions: [
      {
        ...between("2020-03-04", "2026-04-27"),
        confidence: "high",
        appliesTo: onMessenger,
        fires: (send) => hasUpdateTag(send.request.messenger) && !fitsTag(send),
        verdict: "refuse",
        remedies: ["remove-promotion", "wait-for-inbound"],
        clause: "message tags",
        sources: ["Messenger Platform, message tags"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "messenger.message-tags-removed",
    title: {
      en: "Message tags for updates are gone",
      nl: "Berichttags voor updates bestaan niet meer",
      de: "Message Tags für Mitteilungen gibt es nicht mehr",
    },
    explanation: {
      en: "Messenger answers such tags with an error since April 2026, so the message is not sent; use a utility template.",
      nl: "Messenger beantwoordt zulke tags sinds april 2026 met een fout, dus het bericht gaat niet uit; gebruik een utilitysjabloon.",
      de: "Messenger beantwortet solche Tags seit April 2026 mit einem Fehler, deshalb wird die Nachricht nicht gesendet; nutzen Sie eine Utility-Vorlage.",
    },
    versions: [
      {
        ...since("2026-04-27"),
        confidence: "high",
        appliesTo: onMessenger,
        fires: ({ request }) => hasUpdateTag(request.messenger),
        verdict: "refuse",
        remedies: ["use-template", "wait-for-inbound"],
        clause: "message tags, removed",
        sources: ["Messenger Platform, send a message", "Messenger Platform error 100"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.utility-template",
    title: {
      en: "Utility templates are approved and plain",
      nl: "Utilitysjablonen zijn goedgekeurd en zakelijk",
      de: "Utility-Vorlagen sind genehmigt und sachlich",
    },
    explanation: {
      en: "The utility template is not approved, the app lacks the permission for it, or it promotes something, so it is not sent; have it approved, or use a marketing subscription.",
      nl: "Het utilitysjabloon is niet goedgekeurd, de app mist de bevoegdheid, of het maakt reclame, dus het gaat niet uit; laat het goedkeuren, of gebruik een reclameabonnement.",
      de: "Die Utility-Vorlage ist nicht genehmigt, der App fehlt die Berechtigung, oder sie wirbt, deshalb wird sie nicht gesendet; lassen Sie sie genehmigen, oder nutzen Sie ein Werbeabonnement.",
    },
    versions: [
      {
        ...since("2025-07-01"),
        confidence: "low",
        appliesTo: { ...onMessenger, payload: ["template"] },
        fires: (send) =>
          send.category === "utility" &&
          (send.template?.status !== "APPROVED" ||
            send.facts.messenger?.utilityMessagesGranted !== true ||
            send.isMarketing),
        verdict: "refuse",
        remedies: ["wait-for-approval", "remove-promotion", "use-subscription"],
        clause: "utility messages",
        sources: ["Messenger Platform, utility messages"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.human-agent-7d",
    title: {
      en: "The human agent tag is for people",
      nl: "De tag voor medewerkers is voor mensen",
      de: "Das Tag für Mitarbeiter ist für Menschen",
    },
    explanation: {
      en: "With this tag a person may answer a question within 7 days, and this is a machine, an advertisement or too late, or Meta has not granted the tag; let a person answer in time.",
      nl: "Met deze tag mag een mens binnen 7 dagen een vraag beantwoorden, en dit is een machine, reclame of te laat, of Meta heeft de tag niet toegekend; laat een mens op tijd antwoorden.",
      de: "Mit diesem Tag darf ein Mensch binnen 7 Tagen eine Frage beantworten, und dies ist eine Maschine, Werbung oder zu spät, oder Meta hat das Tag nicht gewährt; lassen Sie rechtzeitig einen Menschen antworten.",
    },
    versions: [
      {
        ...since("2020-03-04"),
        confidence: "high",
        appliesTo: onBoth,
        fires: (send) => send.request.messenger?.tag === "HUMAN_AGENT" && !isTimelyAnswerByPerson(send),
        verdict: "refuse",
        remedies: ["answer-by-hand", "remove-promotion", "wait-for-inbound", "other-consented-channel"],
        clause: "human agent",
        sources: ["Messenger Platform, send a message", "Messenger Platform and IG Messaging API policy"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.marketing-token",
    title: {
      en: "Marketing messages need a subscription",
      nl: "Reclameberichten vragen een abonnement",
      de: "Werbenachrichten verlangen ein Abonnement",
    },
    explanation: {
      en: "Messenger carries marketing messages only to people with a valid subscription, and one in 24 hours, and here one of the two is missing; ask them to subscribe, or wait.",
      nl: "Messenger brengt reclame alleen naar mensen met een geldig abonnement, en één bericht per 24 uur, en hier ontbreekt een van beide; vraag ze zich te abonneren, of wacht.",
      de: "Messenger bringt Werbung nur zu Menschen mit gültigem Abonnement, und eine Nachricht in 24 Stunden, und hier fehlt eines von beiden; bitten Sie sie zu abonnieren, oder warten Sie.",
    },
    versions: [
      {
        ...since("2025-07-01"),
        confidence: "high",
        appliesTo: onMessenger,
        fires: lacksSubscription,
        verdict: "refuse",
        watches: [
          {
            path: "messenger.marketingToken.lastUsedAt",
            isUnknown: ({ request, facts }) =>
              request.messenger?.token === "marketing-message" &&
              facts.messenger?.marketingToken != null &&
              facts.messenger.marketingToken.lastUsedAt === undefined,
          },
        ],
        remedies: ["ask-subscription", "wait-until", "other-consented-channel"],
        clause: "subscription tokens",
        sources: ["Marketing Message API for Messenger"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.marketing-region",
    title: {
      en: "No marketing messages in these countries",
      nl: "Geen reclameberichten in deze landen",
      de: "Keine Werbenachrichten in diesen Ländern",
    },
    explanation: {
      en: "Meta offers marketing messages neither to people in the EU, the UK, Japan, South Korea and Australia nor to businesses outside its list; use e-mail, WhatsApp or Telegram with consent.",
      nl: "Meta biedt reclameberichten niet aan mensen in de EU, het VK, Japan, Zuid-Korea en Australië en niet aan bedrijven buiten zijn lijst; gebruik e-mail, WhatsApp of Telegram met toestemming.",
      de: "Meta bietet Werbenachrichten weder Menschen in der EU, im VK, in Japan, Südkorea und Australien noch Unternehmen außerhalb seiner Liste; nutzen Sie E-Mail, WhatsApp oder Telegram mit Einwilligung.",
    },
    versions: [
      {
        ...since("2025-07-01"),
        confidence: "high",
        appliesTo: onMessenger,
        fires: ({ request, region, facts }) =>
          request.messenger?.token === "marketing-message" &&
          (isKeptFromMarketing(region) || !marketingCountries.has(facts.sender?.establishment ?? "")),
        verdict: "refuse",
        watches: [whereabouts("marketing-message")],
        remedies: ["other-consented-channel", "remove-promotion"],
        clause: "availability of marketing messages",
        sources: ["Marketing Message API for Messenger, availability"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "messenger.recurring-notifications-ended",
    title: {
      en: "Recurring notifications have ended here",
      nl: "Terugkerende meldingen zijn hier gestopt",
      de: "Wiederkehrende Mitteilungen sind hier beendet",
    },
    explanation: {
      en: "The old tokens for recurring notifications work only for people in Australia, the EU, Japan, South Korea and the UK since February 2026; ask for a marketing subscription.",
      nl: "De oude tokens voor terugkerende meldingen werken sinds februari 2026 alleen voor mensen in Australië, de EU, Japan, Zuid-Korea en het VK; vraag om een reclameabonnement.",
      de: "Die alten Token für wiederkehrende Mitteilungen gelten seit Februar 2026 nur für Menschen in Australien, der EU, Japan, Südkorea und dem VK; bitten Sie um ein Werbeabonnement.",
    },
    versions: [
      {
        ...since("2026-02-10"),
        confidence: "high",
        appliesTo: onMessenger,
        fires: ({ request, region }) =>
          request.messenger?.token === "recurring-notification" && region !== null && !isKeptFromMarketing(region),
        verdict: "refuse",
        watches: [whereabouts("recurring-notification")],
        remedies: ["ask-subscription", "other-consented-channel"],
        clause: "recurring notifications, deprecated",
        sources: ["Messenger Platform, recurring notifications", "Marketing Message API for Messenger, availability"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.optin-request-rate",
    title: {
      en: "Ask to subscribe once, and in the window",
      nl: "Eén keer om een abonnement vragen, op tijd",
      de: "Einmal um ein Abonnement bitten, und rechtzeitig",
    },
    explanation: {
      en: "A request to subscribe goes out once while the window is open, and with one title once a week, and this one is too many or too late; wait until the person writes again.",
      nl: "Een verzoek om te abonneren gaat één keer uit zolang het venster open is, en met één titel eens per week, en dit is te veel of te laat; wacht tot de persoon weer schrijft.",
      de: "Eine Bitte um ein Abonnement geht einmal hinaus, solange das Fenster offen ist, und mit einem Titel einmal je Woche, und diese ist zu viel oder zu spät; warten Sie, bis die Person wieder schreibt.",
    },
    versions: [
      {
        ...since("2022-01-01"),
        confidence: "low",
        appliesTo: { ...onBoth, kind: ["opt-in-request"] },
        fires: (send) => !windowIsOpen(send) || hasAskedInWindow(send) || hasAskedThisWeek(send),
        verdict: "refuse",
        watches: [
          {
            path: "messenger.optInAskedAt",
            isUnknown: ({ facts }) => facts.messenger?.optInAskedAt === undefined,
          },
          {
            path: "messenger.sameTitleAskedAt",
            isUnknown: ({ facts }) => facts.messenger?.sameTitleAskedAt === undefined,
          },
        ],
        remedies: ["wait-for-inbound"],
        clause: "opt-in requests",
        sources: ["Messenger Platform, marketing messages (recurring notifications)"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.one-time-notification",
    title: {
      en: "One token, one notification, one year",
      nl: "Eén token, één melding, één jaar",
      de: "Ein Token, eine Mitteilung, ein Jahr",
    },
    explanation: {
      en: "A one-time notification needs a token of this person that is unused and less than a year old, on Messenger only, and there is none; ask again in the window.",
      nl: "Een eenmalige melding vraagt een token van deze persoon dat ongebruikt en jonger dan een jaar is, alleen op Messenger, en dat is er niet; vraag het opnieuw in het venster.",
      de: "Eine einmalige Mitteilung verlangt ein unbenutztes Token dieser Person, das jünger als ein Jahr ist, nur auf Messenger, und es gibt keines; bitten Sie im Fenster erneut darum.",
    },
    versions: [
      {
        ...since("2020-02-01"),
        confidence: "low",
        appliesTo: onBoth,
        fires: (send) => send.request.messenger?.token === "one-time-notification" && !hasOneTimeToken(send),
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "one-time notifications",
        sources: ["Messenger Platform and IG Messaging API policy"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.bot-disclosure",
    title: {
      en: "A bot in a chat says that it is one",
      nl: "Een bot in een gesprek zegt dat die een bot is",
      de: "Ein Bot im Chat sagt, dass er einer ist",
    },
    explanation: {
      en: "The bot begins, or takes over again after a silence or a person, and does not say that it is automatic; a line that does is added for people in California and Germany, and is good manners elsewhere.",
      nl: "De bot begint, of neemt het na een stilte of een mens weer over, en zegt niet dat die automatisch is; voor mensen in Californië en Duitsland komt er een regel bij, en elders is dat netjes.",
      de: "Der Bot beginnt oder übernimmt nach einer Pause oder einem Menschen wieder und sagt nicht, dass er automatisch ist; für Menschen in Kalifornien und Deutschland kommt eine Zeile hinzu, anderswo gehört es sich.",
    },
    specialises: ["core.bot-disclosure"],
    versions: [
      {
        ...since("2019-07-01"),
        confidence: "low",
        appliesTo: { ...onBoth, kind: ["bot-reply"] },
        fires: lacksDisclosure,
        verdict: "change",
        change: { kind: "add-bot-disclosure", auto: true },
        remedies: ["disclose-bot"],
        clause: "disclosure of automated chats",
        sources: ["Messenger Platform policy, automated chat disclosure"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.bot-responsiveness",
    title: {
      en: "A bot answers within 30 seconds",
      nl: "Een bot antwoordt binnen 30 seconden",
      de: "Ein Bot antwortet innerhalb von 30 Sekunden",
    },
    explanation: {
      en: "An account that declared itself automated has to answer within 30 seconds and this answer is later, so look at the queue, since Meta gives 7 days to mend it.",
      nl: "Een account dat zich automatisch noemt moet binnen 30 seconden antwoorden en dit antwoord is later, dus kijk naar de wachtrij, want Meta geeft 7 dagen om het te herstellen.",
      de: "Ein Konto, das sich automatisch nennt, muss in 30 Sekunden antworten, und diese Antwort kommt später, deshalb prüfen Sie die Warteschlange, denn Meta gibt 7 Tage zur Abhilfe.",
    },
    versions: [
      {
        ...since("2019-01-01"),
        confidence: "low",
        appliesTo: { ...onBoth, kind: ["bot-reply"] },
        fires: ({ facts: { messenger, lastInboundAt }, at }) =>
          messenger?.declaredAutomated === true && lastInboundAt != null && at - lastInboundAt >= 30 * secondMs,
        verdict: "note",
        remedies: [],
        clause: "responsiveness of automated accounts",
        sources: ["Messenger Platform and IG Messaging API policy"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.send-rate",
    title: {
      en: "Not too many messages in one second",
      nl: "Niet te veel berichten in één seconde",
      de: "Nicht zu viele Nachrichten in einer Sekunde",
    },
    explanation: {
      en: "A Page that sends more than 40 messages a second can send none for a while, and an Instagram account stops at 300, so this one waits a second.",
      nl: "Een pagina die meer dan 40 berichten per seconde stuurt kan een tijd niets sturen, en een Instagram-account stopt bij 300, dus dit bericht wacht een seconde.",
      de: "Eine Seite, die mehr als 40 Nachrichten je Sekunde sendet, kann eine Zeit lang nichts senden, und ein Instagram-Konto hält bei 300 an, deshalb wartet diese eine Sekunde.",
    },
    versions: [
      {
        ...since("2024-10-08"),
        confidence: "high",
        appliesTo: onBoth,
        fires: ({ request, facts: { history }, at }) =>
          (history?.sentInLastSecond ?? 0) >= (request.channel === "messenger" ? pagePerSecond : accountPerSecond) && {
            until: plus(at, secondMs),
          },
        verdict: "hold",
        watches: [
          { path: "history.sentInLastSecond", isUnknown: ({ facts }) => facts.history?.sentInLastSecond === undefined },
        ],
        remedies: ["queue"],
        clause: "rate limits",
        sources: ["Messenger Platform, rate limits"],
        reviewed,
      },
    ],
  },
  {
    id: "messenger.page-restricted",
    title: {
      en: "Meta restricted this account",
      nl: "Meta heeft dit account beperkt",
      de: "Meta hat dieses Konto beschränkt",
    },
    explanation: {
      en: "Meta restricted messages from this account, so nothing goes out until it lifts that; read the Page's support inbox, where you have 7 days to mend the cause.",
      nl: "Meta heeft berichten van dit account beperkt, dus er gaat niets uit tot dat is opgeheven; lees de ondersteuningsinbox van de pagina, u heeft 7 dagen om de oorzaak te herstellen.",
      de: "Meta hat Nachrichten dieses Kontos beschränkt, deshalb geht nichts hinaus, bis das aufgehoben ist; lesen Sie das Support-Postfach der Seite, Sie haben 7 Tage zur Abhilfe.",
    },
    versions: [
      {
        ...since("2026-06-25"),
        confidence: "high",
        appliesTo: onBoth,
        fires: isRestricted,
        verdict: "hold",
        event: "restriction-lifted",
        watches: [
          { path: "account.restrictions", isUnknown: ({ facts }) => facts.account?.restrictions === undefined },
        ],
        remedies: ["ask-page-support", "other-consented-channel"],
        clause: "restricted Pages and accounts",
        sources: ["Messenger Platform changelog of 25 June 2026", "Messenger Platform error 10, subcode 1893063"],
        reviewed,
      },
    ],
  },
];

function hasUpdateTag(message: MessengerMessage | undefined): boolean {
  return message?.tag !== undefined && message.tag !== "HUMAN_AGENT";
}

/** Of what a tag may carry: events, orders and accounts, and answers about them. */
const kindsOfUpdates: readonly Kind[] = [
  "transactional",
  "auth",
  "reply",
  "bot-reply",
  "doi-confirmation",
  "opt-out-confirmation",
];

function fitsTag({ request, isMarketing }: Case): boolean {
  if (isMarketing) return false;
  return request.messenger?.fitsTag ?? request.content?.specific ?? kindsOfUpdates.includes(request.kind);
}

/** What no person typed is no reply: a bot's turn, an order update, a survey. */
function isTimelyAnswerByPerson({ request, facts: { lastInboundAt, messenger }, isMarketing, at }: Case): boolean {
  return (
    request.kind === "reply" &&
    !isMarketing &&
    messenger?.humanAgentGranted === true &&
    lastInboundAt != null &&
    lastInboundAt <= at &&
    at - lastInboundAt < 7 * dayMs
  );
}

function lacksSubscription({ request, facts, at }: Case): false | Effect {
  if (request.messenger?.token !== "marketing-message") return false;
  const token = facts.messenger?.marketingToken;
  if (token == null || token.expiresAt === undefined || (token.expiresAt !== null && at >= token.expiresAt)) return {};
  const { lastUsedAt } = token;
  if (lastUsedAt == null || at - lastUsedAt >= dayMs) return false;
  return { outcome: "hold", until: plus(lastUsedAt, dayMs) };
}

/** Businesses to whom the marketing messages of Messenger are open. */
const marketingCountries: ReadonlySet<string> = new Set(
  "AE AU BR CL CO HK ID IL IN MX MY NZ PE PH SA SG TH TW US VN".split(" "),
);
const otherCountriesWithout: ReadonlySet<string> = new Set(["AU", "GB", "JP", "KR"]);

/** The same five places that keep the old recurring notifications instead. */
function isKeptFromMarketing(region: string | null): boolean {
  return isInEu(region) || (region !== null && otherCountriesWithout.has(region));
}

function hasAskedInWindow(send: Case): boolean {
  const askedAt = send.facts.messenger?.optInAskedAt;
  return askedAt != null && askedAt >= (lastActAt(send) ?? Number.NEGATIVE_INFINITY);
}

function hasAskedThisWeek({ facts, at }: Case): boolean {
  const askedAt = facts.messenger?.sameTitleAskedAt;
  return askedAt != null && at - askedAt < 7 * dayMs;
}

function hasOneTimeToken({ request, facts, at }: Case): boolean {
  const token = facts.messenger?.oneTimeToken;
  return (
    request.channel === "messenger" &&
    token != null &&
    token.usedAt === null &&
    token.obtainedAt <= at &&
    at - token.obtainedAt < 365 * dayMs
  );
}

/** Binding where the place may be one of the two; a note where it surely is neither. */
function lacksDisclosure({ request: { bot }, facts, region, lawRegion }: Case): false | Effect {
  const speaksUp = bot?.firstTurn !== false || bot.resumes === true;
  if (!speaksUp || bot?.saysAutomated === true) return false;
  const isCalifornian = region === "US" && (facts.recipient?.subdivision ?? "US-CA") === "US-CA";
  return lawRegion === "DE" || isCalifornian ? {} : { outcome: "note" };
}

const pagePerSecond = 40;
const accountPerSecond = 300;

function isRestricted({ facts, initiated, at }: Case): boolean {
  const isActive = (until: Instant | null): boolean => until === null || at < until;
  return (
    facts.account?.restrictions?.some(({ scope, until }) => {
      if (scope === "utility-templates") return false;
      return isActive(until) && (scope !== "business-initiated" || initiated === "business");
    }) ?? false
  );
}

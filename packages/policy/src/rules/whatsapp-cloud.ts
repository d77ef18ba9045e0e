import { dayMs, hourMs, type Instant, plus, secondMs } from "@loket/kit";
import type { Case } from "../case.ts";
import type { CallPermission, MessagingLimit, Restriction } from "../facts.ts";
import { isInEea } from "../regions.ts";
import type { SendRequest, Template } from "../request.ts";
import { always, between, type Effect, type Rule, since, type Watch } from "../rule.ts";

const reviewed = "2026-11-22";
/** The WhatsApp Business Platform, in the cloud or (until it ended) on one's own machines. */
const platform = { channel: ["whatsapp"], transport: ["cloud-api", "on-premises-api"] } as const;
const templates = { ...platform, payload: ["template"] } as const;

const freeServiceMessages = 1_000;
/** The lowest pace a number can have: beside the Business App. */
const lowestThroughput = 20;

const restrictions: Watch = {
  path: "account.restrictions",
  isUnknown: ({ facts }) => facts.account?.restrictions === undefined,
};
const limitOfCaller: Watch = {
  path: "account.portfolioLimit",
  isUnknown: ({ facts }) => facts.account?.portfolioLimit === undefined,
};
const revocation: Watch = {
  path: "history.callPermission.revokedAt",
  isUnknown: ({ facts: { history } }) =>
    history?.callPermission != null && history.callPermission.revokedAt === undefined,
};

/** Window, template, limit and delivery rules of the WhatsApp Business Platform. */
export const whatsappCloudRules: readonly Rule[] = [
  {
    id: "whatsapp.cloud.service-window-24h",
    title: {
      en: "Free text only within 24 hours",
      nl: "Vrije tekst alleen binnen 24 uur",
      de: "Freier Text nur innerhalb von 24 Stunden",
    },
    explanation: {
      en: "More than 24 hours have passed since this person last wrote or called, so only an approved template can be sent; use one, or wait until they write.",
      nl: "Het is langer dan 24 uur geleden dat deze persoon schreef of belde, dus alleen een goedgekeurd sjabloon kan uitgaan; gebruik er een, of wacht tot die schrijft.",
      de: "Diese Person hat vor mehr als 24 Stunden zuletzt geschrieben oder angerufen, deshalb geht nur eine genehmigte Vorlage hinaus; nutzen Sie eine, oder warten Sie, bis sie schreibt.",
    },
    versions: [
      {
        ...since("2018-08-01"),
        confidence: "high",
        appliesTo: { ...platform, payload: ["free-form"] },
        fires: windowClosed,
        verdict: "refuse",
        remedies: ["use-template", "wait-for-inbound", "other-consented-channel"],
        clause: "customer service window",
        sources: ["WhatsApp Business Platform, service messages", "Cloud API error 131047"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.template-not-approved",
    title: {
      en: "Template still under review",
      nl: "Sjabloon nog in beoordeling",
      de: "Vorlage noch in Prüfung",
    },
    explanation: {
      en: "WhatsApp has not approved this template yet, so the message waits; most reviews end within a day.",
      nl: "WhatsApp heeft dit sjabloon nog niet goedgekeurd, dus het bericht wacht; de meeste beoordelingen zijn binnen een dag klaar.",
      de: "WhatsApp hat diese Vorlage noch nicht genehmigt, deshalb wartet die Nachricht; die meisten Prüfungen enden innerhalb eines Tages.",
    },
    versions: [
      {
        ...since("2018-08-01"),
        confidence: "high",
        appliesTo: templates,
        fires: ({ template }) => template?.status === "PENDING" || template?.status === "IN_APPEAL",
        verdict: "hold",
        event: "template-approved",
        remedies: ["wait-for-approval", "other-template"],
        clause: "template status",
        sources: ["WhatsApp Business Platform, template quality rating", "WhatsApp Business Platform, template review"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.template-rejected",
    title: {
      en: "Template cannot be used",
      nl: "Sjabloon is niet bruikbaar",
      de: "Vorlage nicht verwendbar",
    },
    explanation: {
      en: "WhatsApp rejected or disabled this template, or it was deleted or never chosen; edit and submit it again, or use another one.",
      nl: "WhatsApp heeft dit sjabloon afgewezen of uitgeschakeld, of het is verwijderd of nooit gekozen; pas het aan en dien het opnieuw in, of gebruik een ander.",
      de: "WhatsApp hat diese Vorlage abgelehnt oder abgeschaltet, oder sie wurde gelöscht oder nie gewählt; ändern Sie sie und reichen Sie sie neu ein, oder nutzen Sie eine andere.",
    },
    versions: [
      {
        ...since("2018-08-01"),
        confidence: "high",
        appliesTo: templates,
        fires: ({ template }) => template === undefined || isDead(template),
        verdict: "refuse",
        remedies: ["edit-template", "other-template"],
        clause: "template status",
        sources: ["WhatsApp Business Platform, template quality rating", "Cloud API error 132016"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.template-paused",
    title: {
      en: "Template paused for low quality",
      nl: "Sjabloon gepauzeerd wegens lage kwaliteit",
      de: "Vorlage wegen geringer Qualität pausiert",
    },
    explanation: {
      en: "Too many people disliked this template, so WhatsApp paused it: three hours the first time, six the second; use another template, send less, or rewrite it.",
      nl: "Te veel mensen waren ontevreden over dit sjabloon, dus WhatsApp heeft het gepauzeerd: drie uur de eerste keer, zes de tweede; gebruik een ander sjabloon, stuur minder, of herschrijf het.",
      de: "Zu viele Menschen lehnten diese Vorlage ab, deshalb hat WhatsApp sie pausiert: beim ersten Mal drei Stunden, beim zweiten sechs; nutzen Sie eine andere, senden Sie weniger, oder schreiben Sie sie neu.",
    },
    versions: [
      {
        ...since("2023-01-01"),
        confidence: "low",
        appliesTo: templates,
        fires: templatePaused,
        verdict: "hold",
        event: "pause-lifted",
        remedies: ["wait-until", "other-template", "edit-template"],
        clause: "template pausing",
        sources: ["WhatsApp Business Platform, template pausing", "Cloud API error 132015"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.template-pacing",
    title: {
      en: "WhatsApp tests this template first",
      nl: "WhatsApp test dit sjabloon eerst",
      de: "WhatsApp testet diese Vorlage zuerst",
    },
    explanation: {
      en: "WhatsApp holds messages with this template until the first readers have reacted, so nothing is sent again; it releases or drops them itself.",
      nl: "WhatsApp houdt berichten met dit sjabloon vast tot de eerste lezers hebben gereageerd, dus stuur niets opnieuw; het geeft ze zelf vrij of laat ze vervallen.",
      de: "WhatsApp hält Nachrichten mit dieser Vorlage zurück, bis die ersten Leser reagiert haben, senden Sie also nichts erneut; es gibt sie selbst frei oder verwirft sie.",
    },
    versions: [
      {
        ...since("2023-10-12"),
        confidence: "low",
        appliesTo: templates,
        fires: ({ template }) => template?.heldForQualityAssessment === true && template.quality !== "GREEN",
        verdict: "hold",
        event: "pacing-released",
        remedies: ["other-template"],
        clause: "template pacing",
        sources: ["WhatsApp Business Platform, template pacing"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.template-category-fit",
    title: {
      en: "No promotion in a utility message",
      nl: "Geen reclame in een servicebericht",
      de: "Keine Werbung in einer Service-Nachricht",
    },
    explanation: {
      en: "A utility message may only be about the person's own order, account or request, and this one promotes or is not clearly about that; file it as marketing or delete the promotion.",
      nl: "Een utility-bericht mag alleen gaan over de bestelling, het account of de vraag van de persoon zelf, en dit bericht maakt reclame of gaat daar niet duidelijk over; dien het in als marketing of haal de reclame weg.",
      de: "Eine Utility-Nachricht darf nur die eigene Bestellung, das Konto oder die Anfrage der Person betreffen, und diese wirbt oder betrifft das nicht klar; reichen Sie sie als Marketing ein oder streichen Sie die Werbung.",
    },
    versions: [
      {
        ...since("2023-06-01"),
        confidence: "high",
        appliesTo: { ...platform, payload: ["template", "direct-send"] },
        fires: (send) => send.category === "utility" && !fitsUtility(send),
        verdict: "refuse",
        remedies: ["use-marketing-category", "remove-promotion"],
        clause: "utility template category",
        sources: ["WhatsApp Business Platform, template categorization"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.template-misuse-block",
    title: {
      en: "Utility templates blocked after misuse",
      nl: "Utility-sjablonen geblokkeerd na misbruik",
      de: "Utility-Vorlagen nach Missbrauch gesperrt",
    },
    explanation: {
      en: "WhatsApp blocked utility templates on this account because marketing was sent under that name, so the message waits until the block ends; send marketing as marketing.",
      nl: "WhatsApp heeft utility-sjablonen op dit account geblokkeerd omdat er reclame onder die naam uitging, dus het bericht wacht tot de blokkade eindigt; verstuur reclame als marketing.",
      de: "WhatsApp hat Utility-Vorlagen in diesem Konto gesperrt, weil darunter Werbung lief, deshalb wartet die Nachricht bis zum Ende der Sperre; senden Sie Werbung als Marketing.",
    },
    versions: [
      {
        ...since("2025-04-09"),
        confidence: "low",
        appliesTo: templates,
        fires: (send) => send.category === "utility" && restricted(send, (scope) => scope === "utility-templates"),
        verdict: "hold",
        watches: [restrictions],
        event: "appeal-decided",
        remedies: ["wait-until", "use-marketing-category", "edit-template"],
        clause: "category misuse",
        sources: ["WhatsApp Business Platform, template categorization", "Cloud API error 131064"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.template-language",
    title: {
      en: "Template not available in this language",
      nl: "Sjabloon bestaat niet in deze taal",
      de: "Vorlage in dieser Sprache nicht vorhanden",
    },
    explanation: {
      en: "There is no approved translation of this template in the language asked for; it goes out in its default language if the person reads that, otherwise add a translation.",
      nl: "Er is geen goedgekeurde vertaling van dit sjabloon in de gevraagde taal; het gaat uit in de standaardtaal als de persoon die leest, voeg anders een vertaling toe.",
      de: "Es gibt keine genehmigte Übersetzung dieser Vorlage in der gewünschten Sprache; sie geht in der Standardsprache hinaus, wenn die Person diese liest, sonst fügen Sie eine Übersetzung hinzu.",
    },
    versions: [
      {
        ...since("2020-04-08"),
        confidence: "high",
        appliesTo: templates,
        fires: languageMissing,
        verdict: "refuse",
        remedies: ["add-translation", "other-template"],
        clause: "template language policy",
        sources: ["WhatsApp Business Platform, template language"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.template-parameters",
    title: {
      en: "Template values missing or different",
      nl: "Waarden van het sjabloon ontbreken of kloppen niet",
      de: "Werte der Vorlage fehlen oder stimmen nicht",
    },
    explanation: {
      en: "The values do not match the structure WhatsApp approved, or one is empty; fill in every value.",
      nl: "De waarden passen niet bij de structuur die WhatsApp goedkeurde, of er is er een leeg; vul elke waarde in.",
      de: "Die Werte passen nicht zur Struktur, die WhatsApp genehmigt hat, oder einer ist leer; füllen Sie jeden Wert aus.",
    },
    versions: [
      {
        ...since("2018-08-01"),
        confidence: "low",
        appliesTo: templates,
        fires: ({ template }) => template?.parametersComplete === false,
        verdict: "refuse",
        remedies: ["fill-parameters"],
        clause: "template structure",
        sources: ["Cloud API error 132000"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.auth-template-only-otp",
    title: {
      en: "Codes only in an authentication template",
      nl: "Codes alleen in een authenticatiesjabloon",
      de: "Codes nur in einer Authentifizierungsvorlage",
    },
    explanation: {
      en: "A login code must go in an authentication template with a code button, without links, media or emoji and with at most 15 characters; use one, or send the code by SMS or e-mail.",
      nl: "Een inlogcode moet in een authenticatiesjabloon met codeknop, zonder links, media of emoji en met hooguit 15 tekens; gebruik er een, of stuur de code per sms of e-mail.",
      de: "Ein Anmeldecode gehört in eine Authentifizierungsvorlage mit Code-Schaltfläche, ohne Links, Medien oder Emoji und mit höchstens 15 Zeichen; nutzen Sie eine, oder senden Sie den Code per SMS oder E-Mail.",
    },
    versions: [
      {
        ...since("2024-04-01"),
        confidence: "high",
        appliesTo: { ...platform, kind: ["auth"] },
        fires: (send) => !isOneTimePasscode(send.template),
        verdict: "refuse",
        remedies: ["use-authentication-template", "other-consented-channel"],
        clause: "authentication templates",
        sources: ["WhatsApp Business Management API, message templates"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.auth-needs-phone-number",
    title: {
      en: "Codes need a phone number",
      nl: "Codes vragen een telefoonnummer",
      de: "Codes brauchen eine Telefonnummer",
    },
    explanation: {
      en: "WhatsApp sends login codes to phone numbers only, and this person's number is not known; ask for it, or send the code by e-mail.",
      nl: "WhatsApp stuurt inlogcodes alleen naar telefoonnummers, en het nummer van deze persoon is niet bekend; vraag ernaar, of stuur de code per e-mail.",
      de: "WhatsApp sendet Anmeldecodes nur an Telefonnummern, und die Nummer dieser Person ist nicht bekannt; fragen Sie danach, oder senden Sie den Code per E-Mail.",
    },
    versions: [
      {
        ...since("2026-05-01"),
        confidence: "high",
        appliesTo: { ...platform, kind: ["auth"] },
        fires: ({ facts }) => facts.recipient?.phone == null,
        verdict: "refuse",
        remedies: ["ask-phone-number", "other-consented-channel"],
        clause: "business-scoped user ids",
        sources: ["WhatsApp Business Platform, business-scoped user IDs", "WhatsApp Business Platform, Direct Send"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.bsuid-recipient",
    title: {
      en: "Addressed by WhatsApp id",
      nl: "Geadresseerd met WhatsApp-id",
      de: "Über die WhatsApp-Kennung adressiert",
    },
    explanation: {
      en: "This person's phone number is not known, so the message is addressed with the id that WhatsApp gave for them.",
      nl: "Het telefoonnummer van deze persoon is niet bekend, dus het bericht krijgt de id die WhatsApp voor die persoon gaf.",
      de: "Die Telefonnummer dieser Person ist nicht bekannt, deshalb wird die Nachricht an die Kennung gerichtet, die WhatsApp vergeben hat.",
    },
    versions: [
      {
        ...since("2026-05-01"),
        confidence: "high",
        appliesTo: platform,
        fires: addressByBsuid,
        verdict: "change",
        remedies: [],
        clause: "business-scoped user ids",
        sources: ["WhatsApp Business Platform, business-scoped user IDs"],
        reviewed,
      },
    ],
  },
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
        fires: ({ facts: { history }, at }) =>
          (history?.sentInLastSecond ?? 0) >= (history?.throughputPerSecond ?? 80) && { until: plus(at, secondMs) },
        verdict: "hold",
        watches: [
          { path: "history.sentInLastSecond", isUnknown: ({ facts }) => facts.history?.sentInLastSecond === undefined },
          {
            path: "history.throughputPerSecond",
            isUnknown: ({ facts: { history } }) =>
              (history?.sentInLastSecond ?? 0) >= lowestThroughput && history?.throughputPerSecond === undefined,
          },
        ],
        remedies: ["queue"],
        clause: "throughput",
        sources: ["WhatsApp Business Platform, throughput", "Cloud API error 130429"],
        reviewed,
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
  {
    id: "whatsapp.cloud.direct-send",
    title: {
      en: "Direct Send only for utility messages",
      nl: "Direct Send alleen voor serviceberichten",
      de: "Direct Send nur für Service-Nachrichten",
    },
    explanation: {
      en: "Sending without a template is for accounts WhatsApp enabled, and only for messages without promotion about the person's own business; use an approved template.",
      nl: "Versturen zonder sjabloon kan alleen met accounts die WhatsApp daarvoor opende, en alleen zonder reclame over eigen zaken van de persoon; gebruik een goedgekeurd sjabloon.",
      de: "Senden ohne Vorlage geht nur mit Konten, die WhatsApp dafür freigab, und nur ohne Werbung in eigenen Angelegenheiten der Person; nutzen Sie eine genehmigte Vorlage.",
    },
    versions: [
      {
        ...since("2026-07-31"),
        confidence: "high",
        appliesTo: { ...platform, payload: ["direct-send"] },
        fires: ({ facts, request, category }) =>
          facts.account?.directSend !== "enabled" || category !== "utility" || request.promotional === true,
        verdict: "refuse",
        remedies: ["use-template", "remove-promotion"],
        clause: "Direct Send",
        sources: ["WhatsApp Business Platform, Direct Send", "Cloud API error 139200"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.on-prem-sunset",
    title: {
      en: "The on-premises API has ended",
      nl: "De on-premises-API is gestopt",
      de: "Die On-Premises-API ist eingestellt",
    },
    explanation: {
      en: "WhatsApp's on-premises API no longer delivers messages; move the number to the Cloud API.",
      nl: "De on-premises-API van WhatsApp bezorgt geen berichten meer; verhuis het nummer naar de Cloud API.",
      de: "Die On-Premises-API von WhatsApp stellt keine Nachrichten mehr zu; ziehen Sie die Nummer auf die Cloud API um.",
    },
    versions: [
      {
        ...since("2025-10-23"),
        confidence: "high",
        appliesTo: { channel: ["whatsapp"], transport: ["on-premises-api"] },
        fires: () => true,
        verdict: "refuse",
        remedies: ["move-to-cloud-api"],
        clause: "end of the on-premises API",
        sources: ["WhatsApp Business Platform, on-premises API sunset"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.country-excluded",
    title: {
      en: "WhatsApp does not serve this place",
      nl: "WhatsApp werkt hier niet voor bedrijven",
      de: "WhatsApp bedient diesen Ort nicht",
    },
    explanation: {
      en: "WhatsApp carries no business messages to or from Cuba, Iran, North Korea, Syria, Crimea, Donetsk and Luhansk, so this message cannot go by WhatsApp at all.",
      nl: "WhatsApp bezorgt geen zakelijke berichten naar of vanuit Cuba, Iran, Noord-Korea, Syrië, de Krim, Donetsk en Loehansk, dus dit bericht kan helemaal niet via WhatsApp.",
      de: "WhatsApp befördert keine geschäftlichen Nachrichten nach oder aus Kuba, Iran, Nordkorea, Syrien, der Krim, Donezk und Luhansk, deshalb geht diese Nachricht gar nicht über WhatsApp.",
    },
    versions: [
      {
        ...since("2018-08-01"),
        confidence: "high",
        appliesTo: platform,
        fires: ({ region, facts: { recipient, sender } }) =>
          isExcluded(region, recipient?.subdivision) || isExcluded(sender?.establishment, sender?.subdivision),
        verdict: "refuse",
        watches: [
          { path: "recipient.region", isUnknown: ({ region }) => region === null },
          {
            path: "recipient.subdivision",
            isUnknown: ({ region, facts }) => region === "UA" && facts.recipient?.subdivision === undefined,
          },
          { path: "sender.establishment", isUnknown: ({ facts }) => facts.sender?.establishment === undefined },
          {
            path: "sender.subdivision",
            isUnknown: ({ facts: { sender } }) => sender?.establishment === "UA" && sender.subdivision === undefined,
          },
        ],
        remedies: ["other-consented-channel"],
        clause: "excluded countries",
        sources: ["WhatsApp Business Platform, supported countries"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.group-eligibility",
    title: {
      en: "Groups only for official accounts",
      nl: "Groepen alleen voor officiële accounts",
      de: "Gruppen nur für offizielle Konten",
    },
    explanation: {
      en: "Group messages need an Official Business Account outside the Business App, at most eight people, and everyone must have joined by the invite link; write to people one by one or send the link to those who opted in.",
      nl: "Groepsberichten vragen een Official Business Account buiten de Business App, hooguit acht mensen, en iedereen moet via de uitnodigingslink zijn gekomen; schrijf mensen apart of stuur de link aan wie zich aanmeldde.",
      de: "Gruppennachrichten brauchen ein Official Business Account außerhalb der Business App, höchstens acht Personen, und alle müssen über den Einladungslink gekommen sein; schreiben Sie einzeln oder senden Sie den Link an Angemeldete.",
    },
    versions: [
      {
        ...since("2025-10-06"),
        confidence: "low",
        appliesTo: platform,
        fires: ({ request: { group }, facts: { sender } }) =>
          group !== undefined &&
          (sender?.officialBusinessAccount !== true ||
            sender.inBusinessApp !== false ||
            group.participants > 8 ||
            !group.everyoneJoinedByInvite),
        verdict: "refuse",
        remedies: ["send-invite-link"],
        clause: "group eligibility",
        sources: ["WhatsApp Business Platform, Groups API"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.call-permission",
    title: {
      en: "Calls need the person's permission",
      nl: "Bellen vraagt toestemming van de persoon",
      de: "Anrufe brauchen die Erlaubnis der Person",
    },
    explanation: {
      en: "A business may call over WhatsApp only with a permission that still runs, from a number in a served country and with a limit of at least 2,000; send a permission request, at most one a day and two a week.",
      nl: "Een bedrijf mag via WhatsApp alleen bellen met een toestemming die nog loopt, vanaf een nummer in een land dat meedoet en met een limiet van minstens 2.000; stuur een verzoek, hooguit één per dag en twee per week.",
      de: "Ein Unternehmen darf über WhatsApp nur mit einer gültigen Erlaubnis anrufen, von einer Nummer in einem zugelassenen Land und mit einer Grenze von mindestens 2.000; senden Sie eine Anfrage, höchstens eine am Tag und zwei in der Woche.",
    },
    versions: [
      {
        ...between("2025-07-01", "2025-11-03"),
        confidence: "low",
        appliesTo: { ...platform, payload: ["call"] },
        fires: (send) => !mayCall(send, ["temporary"]),
        verdict: "refuse",
        watches: [limitOfCaller, revocation],
        remedies: ["ask-call-permission"],
        clause: "user call permissions, temporary",
        sources: ["WhatsApp Business Platform, user call permissions"],
        reviewed,
      },
      {
        ...since("2025-11-03"),
        confidence: "low",
        appliesTo: { ...platform, payload: ["call"] },
        fires: (send) => !mayCall(send, ["temporary", "permanent"]),
        verdict: "refuse",
        watches: [limitOfCaller, revocation],
        remedies: ["ask-call-permission"],
        clause: "user call permissions, temporary and permanent",
        sources: ["WhatsApp Business Platform, user call permissions"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.optin-number-moved",
    title: {
      en: "The number changed hands after the opt-in",
      nl: "Het nummer wisselde na de aanmelding",
      de: "Die Nummer wechselte nach der Anmeldung",
    },
    explanation: {
      en: "This number was reassigned or changed after the opt-in, so the reader may be somebody else; wait until they write, or have the opt-in confirmed by e-mail.",
      nl: "Dit nummer is na de aanmelding veranderd of aan een ander gegeven, dus de lezer is misschien iemand anders; wacht tot die schrijft, of laat de aanmelding per e-mail bevestigen.",
      de: "Diese Nummer wurde nach der Anmeldung neu vergeben oder geändert, der Leser ist also vielleicht jemand anderes; warten Sie, bis er schreibt, oder lassen Sie die Anmeldung per E-Mail bestätigen.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: templates,
        fires: consentIsOlderThanNumber,
        verdict: "hold",
        watches: [
          {
            path: "recipient.numberChangedAt",
            isUnknown: ({ facts }) => facts.recipient?.numberChangedAt === undefined,
          },
        ],
        event: "reconfirmed",
        remedies: ["wait-for-inbound", "reconfirm"],
        clause: "product choice",
        sources: ["Product choice", "WhatsApp Business Platform, business-scoped user IDs"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.note-service-free",
    title: {
      en: "Free of charge",
      nl: "Kost niets",
      de: "Kostenlos",
    },
    explanation: {
      en: "Answers within 24 hours cost nothing.",
      nl: "Antwoorden binnen 24 uur kosten niets.",
      de: "Antworten innerhalb von 24 Stunden kosten nichts.",
    },
    versions: [
      {
        ...between("2024-11-01", "2026-10-01"),
        confidence: "high",
        appliesTo: { ...platform, payload: ["free-form"] },
        fires: (send) => send.windowOpen,
        verdict: "note",
        remedies: [],
        clause: "pricing of service messages",
        sources: ["WhatsApp Business Platform, pricing"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.note-service-charged",
    title: {
      en: "Charged after 1,000 a month",
      nl: "Betaald na 1.000 per maand",
      de: "Kostenpflichtig nach 1.000 im Monat",
    },
    explanation: {
      en: "Answers are charged at the utility rate once this number has sent 1,000 in the month; one full answer costs less than five short ones.",
      nl: "Antwoorden kosten het utility-tarief zodra dit nummer er 1.000 in de maand heeft verstuurd; één volledig antwoord kost minder dan vijf korte.",
      de: "Antworten kosten den Utility-Tarif, sobald diese Nummer im Monat 1.000 gesendet hat; eine vollständige Antwort kostet weniger als fünf kurze.",
    },
    versions: [
      {
        ...since("2026-10-01"),
        confidence: "high",
        appliesTo: { ...platform, payload: ["free-form"] },
        fires: (send) => send.windowOpen,
        verdict: "note",
        remedies: [],
        clause: "pricing of service messages",
        sources: ["WhatsApp Business Platform, pricing"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.note-utility-in-window",
    title: {
      en: "Price of utility templates in the window",
      nl: "Prijs van utility-sjablonen in het venster",
      de: "Preis von Utility-Vorlagen im Fenster",
    },
    explanation: {
      en: "A utility template within 24 hours was free until October 2026 and is charged since.",
      nl: "Een utility-sjabloon binnen 24 uur was gratis tot oktober 2026 en kost sindsdien geld.",
      de: "Eine Utility-Vorlage innerhalb von 24 Stunden war bis Oktober 2026 kostenlos und kostet seitdem.",
    },
    versions: [
      {
        ...between("2025-07-01", "2026-10-01"),
        confidence: "high",
        appliesTo: templates,
        fires: (send) => send.windowOpen && send.category === "utility",
        verdict: "note",
        remedies: [],
        clause: "utility templates free in the window",
        sources: ["WhatsApp Business Platform, pricing"],
        reviewed,
      },
      {
        ...since("2026-10-01"),
        confidence: "high",
        appliesTo: templates,
        fires: (send) => send.windowOpen && send.category === "utility",
        verdict: "note",
        remedies: [],
        clause: "utility templates charged in the window",
        sources: ["WhatsApp Business Platform, pricing"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.cloud.note-free-entry-point",
    title: {
      en: "Free after a click on an ad",
      nl: "Gratis na een klik op een advertentie",
      de: "Kostenlos nach Klick auf eine Anzeige",
    },
    explanation: {
      en: "This conversation began with an ad that leads to WhatsApp, so messages cost nothing for some days; the 24 hours for free text stay as they are.",
      nl: "Dit gesprek begon met een advertentie die naar WhatsApp leidt, dus berichten kosten een paar dagen niets; de 24 uur voor vrije tekst blijven gelden.",
      de: "Dieses Gespräch begann mit einer Anzeige, die zu WhatsApp führt, deshalb kosten Nachrichten einige Tage nichts; die 24 Stunden für freien Text gelten weiter.",
    },
    versions: [
      {
        ...between("2022-02-01", "2026-10-01"),
        confidence: "low",
        appliesTo: platform,
        fires: (send) => sinceAdReply(send) < 72 * hourMs,
        verdict: "note",
        remedies: [],
        clause: "free entry point, 72 hours",
        sources: ["WhatsApp Business Platform, pricing"],
        reviewed,
      },
      {
        ...since("2026-10-01"),
        confidence: "low",
        appliesTo: platform,
        fires: (send) => sinceAdReply(send) < 7 * dayMs,
        verdict: "note",
        remedies: [],
        clause: "free entry point, up to 7 days",
        sources: ["WhatsApp Business Platform, pricing"],
        reviewed,
      },
    ],
  },
];

/**
 * A closed window asks for a template. Where a fallback is named, the same message is judged in that form: if nothing
 * refuses it, the swap is the change; what was found on the way (a pause, a missing opt-in) is reported with it.
 */
function windowClosed(send: Case): boolean | Effect {
  if (send.windowOpen) return false;
  const { fallbackTemplate: template } = send.request;
  if (template === undefined) return true;
  const { fallbackTemplate: _used, ...rest } = send.request;
  const swapped: SendRequest = { ...rest, payload: "template", template };
  const { outcome, findings: found } = send.verdictOn(swapped);
  const waitsForTemplate = found.some(
    ({ outcome, version }) => outcome === "hold" && version.appliesTo.payload !== undefined,
  );
  if (template.status !== "APPROVED" || !fitsKind(template, send) || outcome === "refuse" || waitsForTemplate) {
    return { found };
  }
  return {
    outcome: "change",
    change: { kind: "use-fallback-template", auto: false, template: template.name ?? null },
    found,
  };
}

function fitsKind({ category }: Template, send: Case): boolean {
  if (send.isMarketing) return category === "marketing";
  return send.request.kind === "auth" ? category === "authentication" : category === "utility";
}

function isDead({ status }: Template): boolean {
  return status === "REJECTED" || status === "DISABLED" || status === "DELETED";
}

/** Where the pause should have ended and has not, only the platform's next word can tell. */
function templatePaused({ template, at }: Case): false | Effect {
  if (template?.status !== "PAUSED") return false;
  if (template.pausedAt === undefined) return {};
  const until = plus(template.pausedAt, (template.pauseCount ?? 2) <= 1 ? 3 * hourMs : 6 * hourMs);
  return at < until ? { until } : {};
}

/** Utility needs both halves: no promotion, and something that is the person's own. What is unclear counts as marketing. */
function fitsUtility({ request, isMarketing }: Case): boolean {
  if (isMarketing) return false;
  return request.content?.specific ?? (request.kind !== "survey" && request.kind !== "opt-in-request");
}

function languageMissing({ template, facts }: Case): false | Effect {
  if (template?.approvedLanguages === undefined) return false;
  const { language, defaultLanguage } = template;
  if (language !== undefined && template.approvedLanguages.includes(language)) return false;
  const isRead =
    defaultLanguage !== undefined &&
    template.approvedLanguages.includes(defaultLanguage) &&
    (facts.recipient?.languages?.includes(defaultLanguage) ?? false);
  if (!isRead) return {};
  return { outcome: "change", change: { kind: "use-template-language", auto: false, language: defaultLanguage } };
}

function isOneTimePasscode(template: Template | undefined): boolean {
  return (
    template?.category === "authentication" &&
    template.otpButton === true &&
    template.plainBody !== false &&
    (template.longestParameter ?? 0) <= 15
  );
}

function addressByBsuid({ request, facts: { recipient } }: Case): false | Effect {
  if (request.kind === "auth" || recipient?.bsuid == null || recipient.phone != null) return false;
  return { change: { kind: "address-by-bsuid", auto: true, bsuid: recipient.bsuid } };
}

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

const pairSpacingMs = 6 * secondMs;

function tooSoonForPair({ facts: { history }, at }: Case): false | Effect {
  const backoffUntil = history?.pairBackoffUntil;
  if (backoffUntil != null && at < backoffUntil) return { until: backoffUntil };
  const sentAt = history?.lastSentAt;
  if (sentAt == null || at - sentAt >= pairSpacingMs || (history?.burstLeft ?? 0) > 0) return false;
  return { until: plus(sentAt, pairSpacingMs) };
}

/** The longest restriction of a scope that matters; one without an end waits for the platform's decision. */
function restricted(send: Case, matters: (scope: Restriction["scope"]) => boolean): false | Effect {
  const restrictions = send.facts.account?.restrictions;
  if (restrictions === undefined || restrictions.length === 0) return false;
  let until: Instant | null = null;
  for (const restriction of restrictions) {
    if (!matters(restriction.scope)) continue;
    if (restriction.until === null || restriction.scope === "lock") return {};
    if (send.at < restriction.until && (until === null || restriction.until > until)) until = restriction.until;
  }
  return until === null ? false : { until };
}

const excludedCountries: ReadonlySet<string> = new Set(["CU", "IR", "KP", "SY"]);
/** Crimea and Sevastopol, Donetsk, Luhansk. */
const excludedSubdivisions: ReadonlySet<string> = new Set(["UA-43", "UA-40", "UA-14", "UA-09"]);

function isExcluded(country: string | null | undefined, subdivision: string | null | undefined): boolean {
  return (
    (country != null && excludedCountries.has(country)) ||
    (subdivision != null && excludedSubdivisions.has(subdivision))
  );
}

const countriesWithoutCalls: ReadonlySet<string> = new Set(["US", "CA", "EG", "VN", "NG"]);
const temporaryPermissionMs = 7 * dayMs;

function mayCall({ facts, at }: Case, permissionKinds: readonly CallPermission["kind"][]): boolean {
  const { sender, account, history } = facts;
  const permission = history?.callPermission;
  if (permission == null || !permissionKinds.includes(permission.kind) || permission.grantedAt > at) return false;
  if (permission.revokedAt != null) return false;
  if (permission.kind === "temporary" && at - permission.grantedAt >= temporaryPermissionMs) return false;
  if (sender?.numberCountry === undefined || countriesWithoutCalls.has(sender.numberCountry)) return false;
  const limit = account?.portfolioLimit?.limit;
  return limit === "unlimited" || (limit !== undefined && limit >= 2_000);
}

function consentIsOlderThanNumber(send: Case): boolean {
  const changedAt = send.facts.recipient?.numberChangedAt;
  if (changedAt == null) return false;
  const consent = send.anyConsent;
  return consent !== null && (consent.obtainedAt === undefined || consent.obtainedAt <= changedAt);
}

/** How long ago the business answered a person who came by an ad; for ever where that did not happen. */
function sinceAdReply({ facts: { history }, at }: Case): number {
  const repliedAt = history?.adConversationRepliedAt;
  return repliedAt != null && repliedAt <= at ? at - repliedAt : Number.POSITIVE_INFINITY;
}

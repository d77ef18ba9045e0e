import { dayMs, hourMs } from "@loket/kit";
import type { Case } from "../case.ts";
import type { CallPermission } from "../facts.ts";
import { always, between, type Rule, since, type Watch } from "../rule.ts";
import { platform, templates } from "./whatsapp-platform.ts";

const reviewed = "2026-11-22";

const limitOfCaller: Watch = {
  path: "account.portfolioLimit",
  isUnknown: ({ facts }) => facts.account?.portfolioLimit === undefined,
};
const revocation: Watch = {
  path: "history.callPermission.revokedAt",
  isUnknown: ({ facts: { history } }) =>
    history?.callPermission != null && history.callPermission.revokedAt === undefined,
};

/** What else the WhatsApp Business Platform carries, to whom, and what it costs. */
export const whatsappCloudRules: readonly Rule[] = [
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
        revision: 1,
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
  const { optIns } = send;
  return optIns.length > 0 && optIns.every(({ obtainedAt }) => obtainedAt === undefined || obtainedAt <= changedAt);
}

/** How long ago the business answered a person who came by an ad; for ever where that did not happen. */
function sinceAdReply({ facts: { history }, at }: Case): number {
  const repliedAt = history?.adConversationRepliedAt;
  return repliedAt != null && repliedAt <= at ? at - repliedAt : Number.POSITIVE_INFINITY;
}

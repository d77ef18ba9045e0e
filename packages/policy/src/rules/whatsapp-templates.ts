import { hourMs, plus } from "@loket/kit";
import type { Case } from "../case.ts";
import type { Kind, SendRequest, Template } from "../request.ts";
import { type Effect, type Rule, since } from "../rule.ts";
import { platform, restricted, restrictions, templates } from "./whatsapp-platform.ts";

const reviewed = "2026-11-22";

/** The service window, templates, and how a person is addressed on the WhatsApp Business Platform. */
export const whatsappTemplateRules: readonly Rule[] = [
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
        revision: 1,
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
  const { outcome, findings, notes } = send.verdictOn(swapped);
  const found = [...findings, ...notes.filter(({ missing }) => missing.length > 0)];
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
/** What the business wants of many rather than what one person waits for. */
const unspecific: ReadonlySet<Kind> = new Set(["survey", "opt-in-request", "channel-post", "sales-call"]);

function fitsUtility({ request, isMarketing }: Case): boolean {
  if (isMarketing) return false;
  return request.content?.specific ?? !unspecific.has(request.kind);
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

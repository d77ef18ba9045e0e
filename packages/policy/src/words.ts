import type { Words } from "./rule.ts";
import type { Change, EventName, Outcome } from "./verdict.ts";

/** Words for screens that belong to no single rule; those of remedies are a table of their own. */

export const outcomeWords: Readonly<Record<Outcome | "note", Words>> = {
  allow: { en: "May be sent", nl: "Mag worden verstuurd", de: "Darf gesendet werden" },
  change: { en: "Sent with a change", nl: "Verstuurd met een wijziging", de: "Wird geändert gesendet" },
  hold: { en: "Held", nl: "Wacht", de: "Wartet" },
  refuse: { en: "Not sent", nl: "Niet verstuurd", de: "Nicht gesendet" },
  note: { en: "Note", nl: "Opmerking", de: "Hinweis" },
};

export const allowedSentence: Words = {
  en: "Nothing stands in the way of this message.",
  nl: "Niets staat dit bericht in de weg.",
  de: "Dieser Nachricht steht nichts im Weg.",
};

export const eventWords: Readonly<Record<EventName, Words>> = {
  "appeal-decided": {
    en: "until WhatsApp has decided on the appeal",
    nl: "tot WhatsApp over het bezwaar heeft beslist",
    de: "bis WhatsApp über den Einspruch entschieden hat",
  },
  approved: {
    en: "until a second person approves it",
    nl: "tot een tweede persoon akkoord geeft",
    de: "bis eine zweite Person sie freigibt",
  },
  clarified: {
    en: "until it is clear whether the person wants to stop",
    nl: "tot duidelijk is of de persoon wil stoppen",
    de: "bis klar ist, ob die Person aufhören will",
  },
  "quiet-hours-changed": {
    en: "until the quiet hours leave room for it",
    nl: "tot de stille uren er ruimte voor laten",
    de: "bis die Ruhezeiten Raum dafür lassen",
  },
  "sender-released": {
    en: "until somebody lets this sender go again",
    nl: "tot iemand deze afzender weer vrijgeeft",
    de: "bis jemand diesen Absender wieder freigibt",
  },
  "doi-confirmed": {
    en: "until the person confirms the sign-up",
    nl: "tot de persoon de aanmelding bevestigt",
    de: "bis die Person die Anmeldung bestätigt",
  },
  "dpa-signed": {
    en: "until the processing agreement is signed",
    nl: "tot de verwerkersovereenkomst is getekend",
    de: "bis der Vertrag zur Auftragsverarbeitung geschlossen ist",
  },
  "evidence-attached": {
    en: "until evidence of consent is attached",
    nl: "tot het bewijs van toestemming is toegevoegd",
    de: "bis der Nachweis der Einwilligung angefügt ist",
  },
  "facts-known": {
    en: "until the missing facts are known",
    nl: "tot de ontbrekende feiten bekend zijn",
    de: "bis die fehlenden Tatsachen bekannt sind",
  },
  "help-ready": {
    en: "until HELP and INFO are answered",
    nl: "tot HELP en INFO antwoord krijgen",
    de: "bis HELP und INFO beantwortet werden",
  },
  "pacing-released": {
    en: "until WhatsApp releases the template",
    nl: "tot WhatsApp het sjabloon vrijgeeft",
    de: "bis WhatsApp die Vorlage freigibt",
  },
  "pause-lifted": {
    en: "until WhatsApp ends the pause of the template",
    nl: "tot WhatsApp de pauze van het sjabloon opheft",
    de: "bis WhatsApp die Pause der Vorlage aufhebt",
  },
  "profile-complete": {
    en: "until the profile shows how to reach you",
    nl: "tot het profiel toont hoe u bereikbaar bent",
    de: "bis das Profil zeigt, wie Sie erreichbar sind",
  },
  "quality-recovered": {
    en: "until the quality rating recovers",
    nl: "tot de kwaliteitsscore herstelt",
    de: "bis die Qualitätsbewertung sich erholt",
  },
  reconfirmed: {
    en: "until the person confirms again",
    nl: "tot de persoon opnieuw bevestigt",
    de: "bis die Person erneut bestätigt",
  },
  reviewed: {
    en: "until somebody has reviewed it",
    nl: "tot iemand het heeft beoordeeld",
    de: "bis jemand sie geprüft hat",
  },
  "template-approved": {
    en: "until WhatsApp approves the template",
    nl: "tot WhatsApp het sjabloon goedkeurt",
    de: "bis WhatsApp die Vorlage genehmigt",
  },
  "keywords-ready": {
    en: "until the words people expect work",
    nl: "tot de woorden die mensen verwachten werken",
    de: "bis die erwarteten Wörter funktionieren",
  },
  "notice-shown": {
    en: "until the privacy notice has been shown",
    nl: "tot de privacyverklaring is getoond",
    de: "bis der Datenschutzhinweis gezeigt wurde",
  },
  "privacy-command-ready": {
    en: "until the bot answers /privacy",
    nl: "tot de bot op /privacy antwoordt",
    de: "bis der Bot auf /privacy antwortet",
  },
  "restriction-lifted": {
    en: "until Meta lifts the restriction",
    nl: "tot Meta de beperking opheft",
    de: "bis Meta die Beschränkung aufhebt",
  },
  "spam-rate-below-0-30-for-7-days": {
    en: "until the spam rate stays below 0.30 % for 7 days",
    nl: "tot het spampercentage 7 dagen onder 0,30 % blijft",
    de: "bis die Spamrate 7 Tage unter 0,30 % bleibt",
  },
  "stop-command-ready": {
    en: "until the bot honours /stop and opt-out words",
    nl: "tot de bot /stop en afmeldwoorden verwerkt",
    de: "bis der Bot /stop und Abmeldewörter beachtet",
  },
  "time-zone-known": {
    en: "until it is known in which time zone the person is",
    nl: "tot bekend is in welke tijdzone de persoon is",
    de: "bis bekannt ist, in welcher Zeitzone die Person ist",
  },
};

export const changeWords: Readonly<Record<Change["kind"], Words>> = {
  "use-fallback-template": {
    en: "Send the fallback template instead of the free text",
    nl: "Het reservesjabloon versturen in plaats van de vrije tekst",
    de: "Die Ersatzvorlage statt des freien Textes senden",
  },
  "use-template-language": {
    en: "Send the template in its default language",
    nl: "Het sjabloon in de standaardtaal versturen",
    de: "Die Vorlage in ihrer Standardsprache senden",
  },
  "address-by-bsuid": {
    en: "Address the person by their WhatsApp id",
    nl: "De persoon met de WhatsApp-id adresseren",
    de: "Die Person über ihre WhatsApp-Kennung adressieren",
  },
  "add-stop-path": {
    en: "Add a line or button to stop",
    nl: "Een regel of knop om te stoppen toevoegen",
    de: "Eine Zeile oder Schaltfläche zum Abmelden hinzufügen",
  },
  "add-sender-name": {
    en: "Add your name",
    nl: "Uw naam toevoegen",
    de: "Ihren Namen hinzufügen",
  },
  "add-handover-option": {
    en: "Add a way to reach a person",
    nl: "Een weg naar een mens toevoegen",
    de: "Einen Weg zu einem Menschen hinzufügen",
  },
  "add-ai-disclosure": {
    en: "Add a line saying that an AI answers",
    nl: "Een regel toevoegen dat een AI antwoordt",
    de: "Eine Zeile hinzufügen, dass eine KI antwortet",
  },
  "set-expiry": {
    en: "Set a time after which it is given up",
    nl: "Een tijd instellen waarna het niet meer wordt bezorgd",
    de: "Eine Zeit setzen, nach der sie verfällt",
  },
  "split-broadcast-list": {
    en: "Split the list into lists of at most 256",
    nl: "De lijst in lijsten van hooguit 256 splitsen",
    de: "Die Liste in Listen zu höchstens 256 teilen",
  },
  "split-text": {
    en: "Split the text into shorter messages",
    nl: "De tekst over kortere berichten verdelen",
    de: "Den Text auf kürzere Nachrichten verteilen",
  },
  "use-other-channel": {
    en: "Ask about another channel instead",
    nl: "Een ander kanaal laten beoordelen",
    de: "Einen anderen Kanal beurteilen lassen",
  },
  "add-bot-disclosure": {
    en: "Add a line saying that a bot answers",
    nl: "Een regel toevoegen dat een bot antwoordt",
    de: "Eine Zeile hinzufügen, dass ein Bot antwortet",
  },
  "add-one-click-unsubscribe": {
    en: "Add and sign the headers for one-click unsubscribe",
    nl: "De kopregels voor afmelden met één klik toevoegen en ondertekenen",
    de: "Die Kopfzeilen zum Abmelden mit einem Klick hinzufügen und signieren",
  },
  "add-postal-address": {
    en: "Add your postal address",
    nl: "Uw postadres toevoegen",
    de: "Ihre Postanschrift hinzufügen",
  },
  "add-privacy-link": {
    en: "Add a link to your privacy notice",
    nl: "Een link naar uw privacyverklaring toevoegen",
    de: "Einen Link zu Ihren Datenschutzhinweisen hinzufügen",
  },
  "add-programme-terms": {
    en: "Add name, frequency, rates, HELP and STOP",
    nl: "Naam, frequentie, kosten, HELP en STOP toevoegen",
    de: "Name, Häufigkeit, Kosten, HELP und STOP hinzufügen",
  },
  "add-staffed-hours": {
    en: "Say when somebody answers",
    nl: "Zeggen wanneer iemand antwoordt",
    de: "Sagen, wann jemand antwortet",
  },
  "add-stop-line": {
    en: "Add STOP and the free number for it",
    nl: "STOP en het gratis nummer ervoor toevoegen",
    de: "STOP und die kostenlose Nummer dafür hinzufügen",
  },
  "add-stop-link": {
    en: "Add a link to stop",
    nl: "Een link om te stoppen toevoegen",
    de: "Einen Link zum Abmelden hinzufügen",
  },
  "label-as-advertising": {
    en: "Say that it is advertising",
    nl: "Zeggen dat het reclame is",
    de: "Als Werbung kennzeichnen",
  },
  "mask-identifiers": {
    en: "Mask the numbers before anything is stored",
    nl: "De nummers onleesbaar maken vóór opslag",
    de: "Die Nummern vor dem Speichern unkenntlich machen",
  },
  "publish-by-hand": {
    en: "Prepare the post for a person to publish",
    nl: "Het bericht klaarzetten voor wie het plaatst",
    de: "Den Beitrag für die veröffentlichende Person vorbereiten",
  },
  "remove-promotion": {
    en: "Delete the promotion",
    nl: "De reclame weghalen",
    de: "Die Werbung streichen",
  },
  "remove-tracking": {
    en: "Send it without tracking",
    nl: "Zonder meting per persoon versturen",
    de: "Ohne Messung je Person senden",
  },
  "send-as-marketing": {
    en: "Send it as marketing, or delete the promotion",
    nl: "Als reclame versturen, of de reclame weghalen",
    de: "Als Werbung senden, oder die Werbung streichen",
  },
  "send-introduction-first": {
    en: "Send a neutral introduction first",
    nl: "Eerst een neutrale kennismaking sturen",
    de: "Zuerst eine neutrale Vorstellung senden",
  },
  "send-notice-first": {
    en: "Send the notice about notifications first",
    nl: "Eerst de uitleg over meldingen sturen",
    de: "Zuerst den Hinweis zu Mitteilungen senden",
  },
  "send-text-only": {
    en: "Send the text alone",
    nl: "Alleen de tekst versturen",
    de: "Nur den Text senden",
  },
  "suppress-invite": {
    en: "Do not show the invitation",
    nl: "De uitnodiging niet tonen",
    de: "Die Einladung nicht zeigen",
  },
  "use-own-link-domain": {
    en: "Lead the link by your own domain",
    nl: "De link via uw eigen domein laten lopen",
    de: "Den Link über Ihre eigene Domain führen",
  },
  "use-session-storage": {
    en: "Store only what this chat needs",
    nl: "Alleen opslaan wat dit gesprek nodig heeft",
    de: "Nur speichern, was dieses Gespräch braucht",
  },
};

import type { RuleName } from "../platform/rules/era-table.ts";
import { language } from "./words.ts";

/** What each rule says, by its name: a rule without words fails the type check. */
type Words = Record<RuleName, string>;

const en: Words = {
  "marketing-forbidden": "Templates that advertise may not be sent at all",
  "off-platform-evidence": "Public claims alone are enough for a demand to stop",
  "number-limit": "Messaging limit per number",
  "portfolio-limit": "Messaging limit per business portfolio, over all its numbers",
  "flagged-numbers": "A number of low quality is flagged, and loses a step of its limit after seven days",
  "template-pausing": "Templates of low quality are paused, then disabled",
  "template-pacing": "The first part of a new template's messages goes out, the rest waits for what people do",
  "portfolio-pacing":
    "Campaigns of a portfolio that sends little in a year, or that people complain about, go out in batches",
  "spam-limit": "A number of low quality sends fewer templates (131048)",
  "marketing-cap": "Per-user limit of marketing templates (131049)",
  experiments: "A share of people is held out of marketing templates (130472)",
  "stop-offers": "People can stop a business's offers (131050)",
  "united-states-pause": "No marketing templates to United States numbers (131049)",
  "category-by-content": "A utility template whose words advertise becomes a marketing template",
  "category-at-once": "Who was corrected before gets no 24 hours' notice",
  "capped-retries": "Retrying within 24 hours of 131049, over and over, counts against the account",
  "conversation-prices": "Conversations of 24 hours are billed",
  "message-prices": "Delivered templates are billed, utility within the window free",
  "service-billed": "Service messages and utility templates within the window are billed too",
  "user-ids": "Webhooks name people by user ids, and statuses name the person",
};

const nl: Words = {
  "marketing-forbidden": "Sjablonen met reclame mogen helemaal niet worden verstuurd",
  "off-platform-evidence": "Wat u in het openbaar beweert, is genoeg voor een eis om te stoppen",
  "number-limit": "Berichtenlimiet per nummer",
  "portfolio-limit": "Berichtenlimiet per bedrijfsportfolio, over alle nummers samen",
  "flagged-numbers": "Een nummer van lage kwaliteit wordt gemarkeerd en zakt na zeven dagen een trede in zijn limiet",
  "template-pausing": "Sjablonen van lage kwaliteit worden gepauzeerd, daarna uitgeschakeld",
  "template-pacing": "Van een nieuw sjabloon gaat een eerste deel uit; de rest wacht op wat mensen doen",
  "portfolio-pacing":
    "Campagnes van een portfolio dat weinig verstuurt, of waarover mensen klagen, gaan in porties de deur uit",
  "spam-limit": "Een nummer van lage kwaliteit verstuurt minder sjablonen (131048)",
  "marketing-cap": "Grens aan marketingsjablonen per persoon (131049)",
  experiments: "Een deel van de mensen krijgt geen marketingsjablonen (130472)",
  "stop-offers": "Mensen kunnen de aanbiedingen van een bedrijf stoppen (131050)",
  "united-states-pause": "Geen marketingsjablonen naar nummers in de Verenigde Staten (131049)",
  "category-by-content": "Een servicesjabloon dat reclame maakt, wordt een marketingsjabloon",
  "category-at-once": "Wie al eens werd gecorrigeerd, krijgt geen 24 uur bericht vooraf",
  "capped-retries": "Steeds opnieuw proberen binnen 24 uur na 131049 telt mee tegen het account",
  "conversation-prices": "Gesprekken van 24 uur worden in rekening gebracht",
  "message-prices": "Afgeleverde sjablonen worden in rekening gebracht, service binnen het venster is gratis",
  "service-billed": "Ook serviceberichten en servicesjablonen binnen het venster worden in rekening gebracht",
  "user-ids": "Webhooks noemen mensen bij hun gebruikers-id, en statussen noemen de persoon",
};

const de: Words = {
  "marketing-forbidden": "Vorlagen, die werben, dürfen gar nicht gesendet werden",
  "off-platform-evidence": "Öffentliche Behauptungen genügen für eine Aufforderung zur Unterlassung",
  "number-limit": "Nachrichtengrenze je Nummer",
  "portfolio-limit": "Nachrichtengrenze je Unternehmensportfolio, über alle Nummern zusammen",
  "flagged-numbers":
    "Eine Nummer von schlechter Qualität wird markiert und verliert nach sieben Tagen eine Stufe ihrer Grenze",
  "template-pausing": "Vorlagen von schlechter Qualität werden pausiert, dann gesperrt",
  "template-pacing": "Von einer neuen Vorlage geht ein erster Teil hinaus; der Rest wartet auf das, was Menschen tun",
  "portfolio-pacing":
    "Kampagnen eines Portfolios, das wenig sendet oder über das sich Menschen beschweren, gehen in Schüben hinaus",
  "spam-limit": "Eine Nummer von schlechter Qualität sendet weniger Vorlagen (131048)",
  "marketing-cap": "Grenze der Marketing-Vorlagen je Person (131049)",
  experiments: "Ein Teil der Menschen bekommt keine Marketing-Vorlagen (130472)",
  "stop-offers": "Menschen können die Angebote eines Unternehmens abbestellen (131050)",
  "united-states-pause": "Keine Marketing-Vorlagen an Nummern in den Vereinigten Staaten (131049)",
  "category-by-content": "Eine Service-Vorlage, die wirbt, wird zur Marketing-Vorlage",
  "category-at-once": "Wer schon einmal korrigiert wurde, bekommt keine 24 Stunden Vorlauf",
  "capped-retries": "Wer nach 131049 binnen 24 Stunden immer wieder sendet, belastet sein Konto",
  "conversation-prices": "Gespräche von 24 Stunden werden berechnet",
  "message-prices": "Zugestellte Vorlagen werden berechnet, Service im Fenster ist frei",
  "service-billed": "Auch Service-Nachrichten und Service-Vorlagen im Fenster werden berechnet",
  "user-ids": "Webhooks nennen Menschen bei ihrer Benutzer-ID, und Status nennen die Person",
};

export const eraWords: Words = { en, nl, de }[language];

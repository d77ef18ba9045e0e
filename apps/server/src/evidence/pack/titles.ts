import type { Locale } from "@loket/contract";
import { sayIn } from "./document.ts";

/** The items of a pack, in the order and under the numbers of the terms book's contents list. */
export const itemIds = [
  "P1",
  "P2",
  "P3",
  "P4",
  "P5",
  "P6",
  "P7",
  "P8",
  "P9",
  "P10",
  "P11",
  "P12",
  "P13",
  "P14",
  "P15",
  "P16",
  "P17",
  "P18",
  "P19",
  "P20",
  "P21",
] as const;
export type ItemId = (typeof itemIds)[number];

export function titlesIn(locale: Locale): Readonly<Record<ItemId, string>> {
  const say = sayIn(locale);
  return {
    P1: say("Who this is about", "Over wie dit gaat", "Um wen es geht"),
    P2: say("Transport", "Transport", "Transportweg"),
    P3: say("Contracts", "Contracten", "Verträge"),
    P4: say("What customers pay for", "Waar klanten voor betalen", "Wofür Kunden zahlen"),
    P5: say("Consent, per person", "Toestemming, per persoon", "Einwilligung, je Person"),
    P6: say("Consent behind what was sent", "Toestemming achter wat verzonden is", "Einwilligung hinter dem Versand"),
    P7: say("Imports", "Imports", "Importe"),
    P8: say("Templates", "Sjablonen", "Vorlagen"),
    P9: say("Volumes", "Aantallen", "Mengen"),
    P10: say(
      "Free text within the service window",
      "Vrije tekst binnen het servicevenster",
      "Freitext im Servicefenster",
    ),
    P11: say("Opt-outs", "Afmeldingen", "Abmeldungen"),
    P12: say("Complaints and quality", "Klachten en kwaliteit", "Beschwerden und Qualität"),
    P13: say("What happened to the accounts", "Wat er met de accounts gebeurde", "Was mit den Konten geschah"),
    P14: say("Refused and held", "Geweigerd en vastgehouden", "Abgelehnt und zurückgehalten"),
    P15: say("Scope of bots", "Wat bots mogen", "Reichweite von Bots"),
    P16: say("Public claims", "Wat openbaar beweerd wordt", "Öffentliche Aussagen"),
    P17: say("Data protection", "Gegevensbescherming", "Datenschutz"),
    P18: say("People and rules", "Mensen en regels", "Menschen und Regeln"),
    P19: say("Samples", "Steekproef", "Stichprobe"),
    P20: say("Mistakes found by ourselves", "Fouten die wij zelf vonden", "Selbst gefundene Fehler"),
    P21: say("How to check this pack", "Hoe u dit pakket nagaat", "Wie Sie dieses Paket prüfen"),
  };
}

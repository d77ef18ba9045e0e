import { language } from "./words.ts";

/** The trades a business profile may name ("Business profiles", `vertical`), in words. */
const en = {
  ALCOHOL: "Alcohol",
  APPAREL: "Clothing",
  AUTO: "Cars",
  BEAUTY: "Beauty",
  EDU: "Education",
  ENTERTAIN: "Entertainment",
  EVENT_PLAN: "Events",
  FINANCE: "Finance",
  GOVT: "Government",
  GROCERY: "Groceries",
  HEALTH: "Health",
  HOTEL: "Hotel",
  MATRIMONY_SERVICE: "Matchmaking",
  NONPROFIT: "Non-profit",
  ONLINE_GAMBLING: "Online gambling",
  OTC_DRUGS: "Over-the-counter medicine",
  OTHER: "Other",
  PHYSICAL_GAMBLING: "Gambling",
  PROF_SERVICES: "Professional services",
  RESTAURANT: "Restaurant",
  RETAIL: "Shop",
  TRAVEL: "Travel",
};

type Words = typeof en;

const nl: Words = {
  ALCOHOL: "Alcohol",
  APPAREL: "Kleding",
  AUTO: "Auto's",
  BEAUTY: "Schoonheid",
  EDU: "Onderwijs",
  ENTERTAIN: "Vermaak",
  EVENT_PLAN: "Evenementen",
  FINANCE: "Financiën",
  GOVT: "Overheid",
  GROCERY: "Levensmiddelen",
  HEALTH: "Gezondheid",
  HOTEL: "Hotel",
  MATRIMONY_SERVICE: "Relatiebemiddeling",
  NONPROFIT: "Goed doel",
  ONLINE_GAMBLING: "Online gokken",
  OTC_DRUGS: "Medicijnen zonder recept",
  OTHER: "Anders",
  PHYSICAL_GAMBLING: "Gokken",
  PROF_SERVICES: "Zakelijke diensten",
  RESTAURANT: "Restaurant",
  RETAIL: "Winkel",
  TRAVEL: "Reizen",
};

const de: Words = {
  ALCOHOL: "Alkohol",
  APPAREL: "Kleidung",
  AUTO: "Autos",
  BEAUTY: "Schönheit",
  EDU: "Bildung",
  ENTERTAIN: "Unterhaltung",
  EVENT_PLAN: "Veranstaltungen",
  FINANCE: "Finanzen",
  GOVT: "Behörde",
  GROCERY: "Lebensmittel",
  HEALTH: "Gesundheit",
  HOTEL: "Hotel",
  MATRIMONY_SERVICE: "Partnervermittlung",
  NONPROFIT: "Gemeinnützig",
  ONLINE_GAMBLING: "Online-Glücksspiel",
  OTC_DRUGS: "Rezeptfreie Arznei",
  OTHER: "Anderes",
  PHYSICAL_GAMBLING: "Glücksspiel",
  PROF_SERVICES: "Dienstleistungen",
  RESTAURANT: "Restaurant",
  RETAIL: "Geschäft",
  TRAVEL: "Reisen",
};

const trades: Readonly<Record<string, string>> = { en, nl, de }[language];

/** A trade in words; one nobody knows as it is, and nothing where none is named. */
export function tradeInWords(vertical: unknown): string {
  if (typeof vertical !== "string" || vertical === "UNDEFINED" || vertical === "NOT_A_BIZ") return "";
  return trades[vertical] ?? vertical.toLowerCase().replaceAll("_", " ");
}

import type { GoodsClass } from "../facts/trade.ts";
import { type AppliesTo, type RemedyId, type Rule, since, type Words } from "../rule.ts";
import { isAbout, isReferral } from "./whatsapp-goods-places.ts";

const reviewed = "2026-11-22";
const sources = [
  "WhatsApp Business Messaging Policy, prohibited organisations and goods",
  "Meta Commerce Policy",
  "WhatsApp Help Center, goods and services",
];

interface Closed {
  readonly id: string;
  readonly goods: GoodsClass;
  readonly title: Words;
  /** What it is, as it stands after "for" in each language. */
  readonly what: Words;
  /** Not to be offered on another channel either. */
  readonly nowhere?: true;
}

const elsewhere: Words = {
  en: "offer it on another channel",
  nl: "bied het op een ander kanaal aan",
  de: "bieten Sie es auf einem anderen Kanal an",
};
const leftOut: Words = {
  en: "leave it out",
  nl: "laat het weg",
  de: "lassen Sie es weg",
};

/** A class of goods that WhatsApp takes neither in messages nor in shops, in any country and with any licence. */
export function closed(appliesTo: AppliesTo, { id, goods, title, what, nowhere }: Closed): Rule {
  const then = nowhere ? leftOut : elsewhere;
  const remedies: readonly RemedyId[] = nowhere
    ? ["leave-out-goods"]
    : ["leave-out-goods", "point-elsewhere", "other-consented-channel"];
  return {
    id,
    title,
    explanation: {
      en: `WhatsApp's services for businesses have no place for ${what.en}, whatever licence you hold, so this is not sent or sold there; ${then.en}.`,
      nl: `Op de zakelijke diensten van WhatsApp is geen plaats voor ${what.nl}, welke vergunning u ook heeft, dus dit wordt daar niet verstuurd of verkocht; ${then.nl}.`,
      de: `Die Geschäftsdienste von WhatsApp haben keinen Platz für ${what.de}, welche Genehmigung Sie auch haben, deshalb wird dies dort weder gesendet noch verkauft; ${then.de}.`,
    },
    specialises: ["whatsapp.policy.restricted-goods"],
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo,
        fires: (send) => send.concernsGoods && isAbout(send, goods) && !isReferral(send),
        verdict: "refuse",
        remedies,
        clause: "prohibited goods and services",
        sources,
        reviewed,
      },
    ],
  };
}

export const closedRows: readonly Closed[] = [
  {
    id: "whatsapp.goods.illegal",
    goods: "illegal",
    title: { en: "Nothing illegal", nl: "Niets illegaals", de: "Nichts Illegales" },
    what: {
      en: "anything unlawful where it is sent or read, and may ban the account at once",
      nl: "wat onwettig is waar het wordt verstuurd of gelezen, en een account kan er meteen om worden geblokkeerd",
      de: "das, was am Ort des Sendens oder Lesens verboten ist, und können das Konto sofort sperren",
    },
    nowhere: true,
  },
  {
    id: "whatsapp.goods.terror-crime-organisations",
    goods: "criminal-groups",
    title: {
      en: "Nothing for criminal groups",
      nl: "Niets voor criminele groepen",
      de: "Nichts für kriminelle Gruppen",
    },
    what: {
      en: "organised crime and designated groups",
      nl: "georganiseerde misdaad en groepen op sanctielijsten",
      de: "organisierte Kriminalität und gelistete Gruppen",
    },
    nowhere: true,
  },
  {
    id: "whatsapp.goods.weapons",
    goods: "weapons",
    title: { en: "No weapons", nl: "Geen wapens", de: "Keine Waffen" },
    what: {
      en: "weapons, ammunition, explosives, pepper spray, tasers and their parts",
      nl: "wapens, munitie, explosieven, pepperspray, stroomstootwapens en onderdelen daarvan",
      de: "Waffen, Munition, Sprengstoff, Pfefferspray, Elektroschocker und Teile davon",
    },
  },
  {
    id: "whatsapp.goods.tobacco",
    goods: "tobacco",
    title: { en: "No tobacco", nl: "Geen tabak", de: "Kein Tabak" },
    what: {
      en: "tobacco, e-cigarettes, what goes with them and clothing with their brands",
      nl: "tabak, e-sigaretten, wat daarbij hoort en kleding met hun merken",
      de: "Tabak, E-Zigaretten, Zubehör und Kleidung mit ihren Marken",
    },
  },
  {
    id: "whatsapp.goods.drugs",
    goods: "drugs",
    title: {
      en: "No drugs or prescription medicine",
      nl: "Geen drugs of receptmedicijnen",
      de: "Keine Drogen oder verschreibungspflichtigen Mittel",
    },
    what: {
      en: "drugs, prescription medicine, cannabis and CBD, though a pharmacy may speak of appointments and opening hours",
      nl: "drugs, medicijnen op recept, cannabis en CBD, al mag een apotheek over afspraken en openingstijden schrijven",
      de: "Drogen, verschreibungspflichtige Mittel, Cannabis und CBD, wenn auch eine Apotheke über Termine und Öffnungszeiten schreiben darf",
    },
  },
  {
    id: "whatsapp.goods.medical-products",
    goods: "medical-products",
    title: { en: "No medical products", nl: "Geen medische producten", de: "Keine Medizinprodukte" },
    what: {
      en: "medical devices, contact lenses, tests and other health products",
      nl: "medische hulpmiddelen, contactlenzen, tests en andere gezondheidsproducten",
      de: "Medizinprodukte, Kontaktlinsen, Tests und andere Gesundheitsprodukte",
    },
  },
  {
    id: "whatsapp.goods.body-parts",
    goods: "body-parts",
    title: {
      en: "Nothing of the human body",
      nl: "Niets van het menselijk lichaam",
      de: "Nichts vom menschlichen Körper",
    },
    what: {
      en: "parts and fluids of the human body, though blood banks may invite donors",
      nl: "delen en vloeistoffen van het menselijk lichaam, al mogen bloedbanken donoren uitnodigen",
      de: "Teile und Flüssigkeiten des menschlichen Körpers, wenn auch Blutbanken Spender einladen dürfen",
    },
    nowhere: true,
  },
  {
    id: "whatsapp.goods.adult",
    goods: "adult",
    title: {
      en: "No adult products or services",
      nl: "Geen erotische producten of diensten",
      de: "Keine erotischen Waren oder Dienste",
    },
    what: {
      en: "adult products and services or anything offered in a sexual way, though family planning is fine",
      nl: "erotische producten en diensten of wat seksueel wordt aangeprezen, al mag het wel over gezinsplanning gaan",
      de: "erotische Waren und Dienste oder sexuell Beworbenes, wenn auch Familienplanung erlaubt ist",
    },
  },
  {
    id: "whatsapp.goods.dating",
    goods: "dating",
    title: { en: "No dating services", nl: "Geen datingdiensten", de: "Keine Partnervermittlung" },
    what: { en: "dating services", nl: "datingdiensten", de: "Partnervermittlung" },
  },
  {
    id: "whatsapp.goods.currency",
    goods: "currency",
    title: {
      en: "No sale of money or coins",
      nl: "Geen verkoop van geld of munten",
      de: "Kein Verkauf von Geld oder Münzen",
    },
    what: {
      en: "the sale of real, virtual or fake money, coin offerings, binary options or cards used as money, though a bank may write about an account",
      nl: "verkoop van echt, virtueel of vals geld, muntuitgiften, binaire opties of kaarten die als geld dienen, al mag een bank over een rekening schrijven",
      de: "den Verkauf von echtem, virtuellem oder falschem Geld, Münzangebote, binäre Optionen oder Karten als Geldersatz, wenn auch eine Bank über ein Konto schreiben darf",
    },
  },
  {
    id: "whatsapp.goods.lending-pressure",
    goods: "lending",
    title: {
      en: "No payday loans or debt collection",
      nl: "Geen flitskrediet of incasso",
      de: "Keine Kurzzeitkredite oder Inkasso",
    },
    what: {
      en: "payday loans, advances on wages, loans between people, debt collection and bail bonds, though you may remind people of your own invoice",
      nl: "flitskrediet, voorschotten op loon, leningen tussen mensen, incasso en borgtocht, al mag u aan een eigen factuur herinneren",
      de: "Kurzzeitkredite, Lohnvorschüsse, Kredite unter Privatleuten, Inkasso und Kautionen, wenn auch an eine eigene Rechnung erinnert werden darf",
    },
  },
  {
    id: "whatsapp.goods.mlm",
    goods: "multi-level-marketing",
    title: { en: "No multi-level marketing", nl: "Geen multilevelmarketing", de: "Kein Multi-Level-Marketing" },
    what: {
      en: "multi-level marketing",
      nl: "multilevelmarketing",
      de: "Multi-Level-Marketing",
    },
  },
  {
    id: "whatsapp.goods.deceptive",
    goods: "deceptive",
    title: {
      en: "Nothing that deceives or presses",
      nl: "Niets dat misleidt of onder druk zet",
      de: "Nichts, was täuscht oder drängt",
    },
    what: {
      en: "offers that mislead, exploit or press people, such as false jobs",
      nl: "aanbod dat mensen misleidt, uitbuit of onder druk zet, zoals valse banen",
      de: "Angebote, die Menschen täuschen, ausnutzen oder drängen, etwa falsche Stellen",
    },
    nowhere: true,
  },
  {
    id: "whatsapp.goods.digital-access",
    goods: "digital-access",
    title: {
      en: "No unlawful access to media",
      nl: "Geen onrechtmatige toegang tot media",
      de: "Kein unerlaubter Zugang zu Medien",
    },
    what: {
      en: "devices and accounts that open media to people who did not pay for them",
      nl: "apparaten en accounts die media openen voor wie er niet voor betaalde",
      de: "Geräte und Konten, die Medien ohne Bezahlung öffnen",
    },
    nowhere: true,
  },
  {
    id: "whatsapp.goods.hazardous",
    goods: "hazardous",
    title: { en: "No hazardous materials", nl: "Geen gevaarlijke stoffen", de: "Keine Gefahrstoffe" },
    what: { en: "hazardous materials", nl: "gevaarlijke stoffen", de: "Gefahrstoffe" },
  },
  {
    id: "whatsapp.goods.ip-infringing",
    goods: "counterfeits",
    title: { en: "No counterfeits", nl: "Geen namaak", de: "Keine Fälschungen" },
    what: {
      en: "counterfeits and anything else that infringes the rights of others",
      nl: "namaak en andere inbreuk op rechten van anderen",
      de: "Fälschungen und andere Verletzungen fremder Rechte",
    },
    nowhere: true,
  },
];

import type { Case } from "../case.ts";
import { type Kind, kinds } from "../request.ts";
import { between, type Effect, type Rule, since, type Watch } from "../rule.ts";
import { birthday } from "./age.ts";
import { closed, closedRows } from "./whatsapp-goods-closed.ts";
import {
  isAbout,
  isOpened,
  isReferral,
  isRefusedEverywhere,
  isRefusedHere,
  mayPointElsewhere,
  type OpenedGoods,
  openedGoods,
  openings,
} from "./whatsapp-goods-places.ts";

const reviewed = "2026-11-22";
const openedOn = "2024-08-27";
/** A trade is looked at when an account is set up, goods in each message. */
const judged: readonly Kind[] = kinds.filter((kind) => kind !== "import" && kind !== "channel-post");
const platform = ["cloud-api", "on-premises-api"] as const;
const business = { channel: ["whatsapp"], transport: [...platform, "business-app"], kind: judged } as const;
const policy = "WhatsApp Business Messaging Policy, prohibited organisations and goods";
const commercePolicy = "Meta Commerce Policy";
const general = ["whatsapp.policy.restricted-goods"] as const;

const trade: Watch = { path: "trade.goods", isUnknown: ({ facts }) => facts.trade?.goods === undefined };

/** What WhatsApp lets businesses message about and sell. A licence of the business lifts none of it. */
export const whatsappGoodsRules: readonly Rule[] = [
  ...closedRows.map((row) => closed(business, row)),
  opened({
    id: "whatsapp.goods.alcohol",
    goods: "alcohol",
    title: {
      en: "Alcohol only in a few countries",
      nl: "Alcohol alleen in enkele landen",
      de: "Alkohol nur in einigen Ländern",
    },
    explanation: {
      en: "WhatsApp takes messages about alcohol on the Business Platform only, for adults in a few countries of Asia, the Pacific and Latin America, and never in a shop; leave it out or use another channel.",
      nl: "WhatsApp neemt berichten over alcohol alleen op het Business Platform aan, voor volwassenen in enkele landen van Azië, de Stille Oceaan en Latijns-Amerika, en nooit in een winkel; laat het weg of gebruik een ander kanaal.",
      de: "WhatsApp nimmt Nachrichten über Alkohol nur auf der Business Platform an, für Erwachsene in einigen Ländern Asiens, des Pazifiks und Lateinamerikas, und nie in einem Shop; lassen Sie ihn weg oder nutzen Sie einen anderen Kanal.",
    },
  }),
  opened({
    id: "whatsapp.goods.otc-medicine",
    goods: "otc-medicine",
    title: {
      en: "Medicine only in a few countries",
      nl: "Medicijnen alleen in enkele landen",
      de: "Arzneimittel nur in einigen Ländern",
    },
    explanation: {
      en: "WhatsApp takes messages about medicine without prescription on the Business Platform only, for adults in a few countries outside the EU and the US, and never in a shop; leave it out or use another channel.",
      nl: "WhatsApp neemt berichten over medicijnen zonder recept alleen op het Business Platform aan, voor volwassenen in enkele landen buiten de EU en de VS, en nooit in een winkel; laat ze weg of gebruik een ander kanaal.",
      de: "WhatsApp nimmt Nachrichten über rezeptfreie Arzneimittel nur auf der Business Platform an, für Erwachsene in einigen Ländern außerhalb der EU und der USA, und nie in einem Shop; lassen Sie sie weg oder nutzen Sie einen anderen Kanal.",
    },
  }),
  opened({
    id: "whatsapp.goods.gambling",
    goods: "gambling",
    title: {
      en: "Gambling only with Meta's permission",
      nl: "Gokken alleen met toestemming van Meta",
      de: "Glücksspiel nur mit Erlaubnis von Meta",
    },
    explanation: {
      en: "WhatsApp takes messages about games for money on the Business Platform only, for adults in a few countries and with Meta's written permission and proof of the licence; get both first, or use another channel.",
      nl: "WhatsApp neemt berichten over spelen om geld alleen op het Business Platform aan, voor volwassenen in enkele landen en met schriftelijke toestemming van Meta en bewijs van de vergunning; zorg eerst voor beide, of gebruik een ander kanaal.",
      de: "WhatsApp nimmt Nachrichten über Spiele um Geld nur auf der Business Platform an, für Erwachsene in einigen Ländern und mit schriftlicher Erlaubnis von Meta und Nachweis der Lizenz; holen Sie zuerst beides ein, oder nutzen Sie einen anderen Kanal.",
    },
  }),
  {
    id: "whatsapp.goods.age-limited-audience",
    title: {
      en: "Only to people known to be 18",
      nl: "Alleen aan wie aantoonbaar 18 is",
      de: "Nur an nachweislich Volljährige",
    },
    explanation: {
      en: "Messages about alcohol, medicine or games for money may go only to people known to be 18 or older, and this person is not; ask for the date of birth first.",
      nl: "Berichten over alcohol, medicijnen of spelen om geld mogen alleen naar mensen van wie bekend is dat zij 18 of ouder zijn, en dat is hier niet zo; vraag eerst de geboortedatum.",
      de: "Nachrichten über Alkohol, Arzneimittel oder Spiele um Geld dürfen nur an Menschen gehen, die bekanntermaßen 18 oder älter sind, und das ist hier nicht so; fragen Sie zuerst nach dem Geburtsdatum.",
    },
    versions: [
      {
        ...since(openedOn),
        confidence: "high",
        appliesTo: { ...business, transport: platform, kind: judged.filter((kind) => kind !== "setup") },
        fires: (send) =>
          send.concernsGoods &&
          openedGoods.some((goods) => isAbout(send, goods) && isOpened(send, goods)) &&
          !isReferral(send) &&
          !isKnownAdult(send),
        verdict: "refuse",
        remedies: ["ask-birth-date"],
        clause: "regulated verticals, people under 18",
        sources: openings.sources,
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.goods.supplements",
    title: {
      en: "Unsafe supplements, and sale of others",
      nl: "Onveilige supplementen, en verkoop van andere",
      de: "Unsichere Präparate, und Verkauf anderer",
    },
    explanation: {
      en: "WhatsApp has no place for steroids, ephedra, growth hormone and the like, and ordinary vitamins may be written about but not sold in its shop; leave them out, or take them out of the catalogue.",
      nl: "Op WhatsApp is geen plaats voor steroïden, efedra, groeihormoon en dergelijke, en over gewone vitamines mag u schrijven maar u mag ze niet in de winkel daar verkopen; laat ze weg, of haal ze uit de catalogus.",
      de: "WhatsApp hat keinen Platz für Steroide, Ephedra, Wachstumshormone und Ähnliches, und über gewöhnliche Vitamine darf man schreiben, sie aber nicht in seinem Shop verkaufen; lassen Sie sie weg, oder nehmen Sie sie aus dem Katalog.",
    },
    specialises: general,
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "low", // as to the vitamins; for the others `whatsapp.policy.restricted-goods` stands behind it
        appliesTo: business,
        fires: (send) =>
          send.concernsGoods &&
          (isAbout(send, "unsafe-supplements") || (send.request.commerce === true && isAbout(send, "supplements"))) &&
          !isReferral(send),
        verdict: "refuse",
        remedies: ["leave-out-goods", "take-out-of-catalogue", "other-consented-channel"],
        clause: "unsafe supplements",
        sources: [policy, commercePolicy],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.goods.animals",
    title: { en: "No live animals", nl: "Geen levende dieren", de: "Keine lebenden Tiere" },
    explanation: {
      en: "WhatsApp has no place for live animals or for endangered species and their parts, except that livestock may be written about but not sold in its shop; offer them on another channel.",
      nl: "Op WhatsApp is geen plaats voor levende dieren of voor bedreigde soorten en delen daarvan, al mag u over vee schrijven maar het niet in de winkel daar verkopen; bied ze op een ander kanaal aan.",
      de: "WhatsApp hat keinen Platz für lebende Tiere oder bedrohte Arten und Teile davon, nur über Nutzvieh darf man schreiben, es aber nicht in seinem Shop verkaufen; bieten Sie sie auf einem anderen Kanal an.",
    },
    specialises: general,
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo: business,
        fires: (send) =>
          send.concernsGoods &&
          (isAbout(send, "animals") || (send.request.commerce === true && isAbout(send, "livestock"))) &&
          !isReferral(send),
        verdict: "refuse",
        remedies: ["leave-out-goods", "point-elsewhere", "other-consented-channel"],
        clause: "live animals and endangered species",
        sources: [policy, commercePolicy],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.goods.digital-subscriptions",
    title: {
      en: "Subscriptions are not sold in WhatsApp's shop",
      nl: "Abonnementen niet in de winkel van WhatsApp",
      de: "Abonnements nicht im Shop von WhatsApp",
    },
    explanation: {
      en: "You may write about digital content and subscriptions, but not sell, renew or upgrade them by WhatsApp's catalogue, cart or payment; sell them on your own site and take them out of the catalogue.",
      nl: "U mag over digitale inhoud en abonnementen schrijven, maar ze niet verkopen, verlengen of uitbreiden via de catalogus, het mandje of de betaling van WhatsApp; verkoop ze op uw eigen site en haal ze uit de catalogus.",
      de: "Sie dürfen über digitale Inhalte und Abonnements schreiben, sie aber nicht über Katalog, Warenkorb oder Zahlung von WhatsApp verkaufen, verlängern oder erweitern; verkaufen Sie sie auf Ihrer eigenen Website und nehmen Sie sie aus dem Katalog.",
    },
    specialises: general,
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "high",
        appliesTo: business,
        fires: (send) => send.request.commerce === true && isAbout(send, "digital-subscriptions"),
        verdict: "refuse",
        remedies: ["take-out-of-catalogue"],
        clause: "digital content and subscriptions",
        sources: [commercePolicy],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.goods.services-in-catalogue",
    title: {
      en: "See whether the catalogue takes services",
      nl: "Kijk of de catalogus diensten aanneemt",
      de: "Prüfen, ob der Katalog Dienste annimmt",
    },
    explanation: {
      en: "Messages about services, tickets, jobs and rentals are fine, but the catalogue takes other categories in other countries; look up yours before you list them.",
      nl: "Berichten over diensten, kaartjes, banen en verhuur mogen, maar de catalogus neemt per land andere categorieën aan; zoek de uwe op voordat u ze opneemt.",
      de: "Nachrichten über Dienste, Karten, Stellen und Vermietung sind erlaubt, doch der Katalog nimmt je nach Land andere Kategorien an; sehen Sie nach, bevor Sie sie aufnehmen.",
    },
    versions: [
      {
        ...since("2018-01-01"),
        confidence: "low",
        appliesTo: business,
        fires: (send) => send.request.commerce === true && isAbout(send, "services"),
        verdict: "note",
        remedies: ["check-catalogue"],
        clause: "catalogue categories",
        sources: [commercePolicy],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.goods.talk-moves-elsewhere",
    title: {
      en: "Answer only where else to ask",
      nl: "Antwoord alleen waar men terechtkan",
      de: "Nur antworten, wo man fragen kann",
    },
    explanation: {
      en: "This person began about goods that have no place on WhatsApp, so an answer may say where else to ask and nothing more; name another channel.",
      nl: "Deze persoon begon over goederen die niet op WhatsApp mogen, dus een antwoord mag zeggen waar men terechtkan en verder niets; noem een ander kanaal.",
      de: "Diese Person fragt nach Waren, die auf WhatsApp keinen Platz haben, deshalb darf eine Antwort sagen, wo man fragen kann, und nicht mehr; nennen Sie einen anderen Kanal.",
    },
    versions: [
      {
        ...between("2018-01-01", openedOn),
        confidence: "high",
        appliesTo: business,
        fires: (send) => isRefusedEverywhere(send) && mayPointElsewhere(send) && answered(send),
        verdict: "note",
        remedies: ["point-elsewhere"],
        clause: "conversations about goods that are not allowed",
        sources: ["WhatsApp Help Center, goods and services"],
        reviewed,
      },
      {
        ...since(openedOn),
        confidence: "high",
        appliesTo: business,
        fires: (send) => isRefusedHere(send) && mayPointElsewhere(send) && answered(send),
        verdict: "note",
        remedies: ["point-elsewhere"],
        clause: "conversations about goods that are not allowed",
        sources: ["WhatsApp Help Center, goods and services"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.policy.restricted-goods",
    title: {
      en: "Goods that have no place on WhatsApp",
      nl: "Goederen die niet op WhatsApp mogen",
      de: "Waren ohne Platz auf WhatsApp",
    },
    explanation: {
      en: "The message or the business is about goods that WhatsApp keeps out of its business services; leave them out or use another channel.",
      nl: "Het bericht of het bedrijf gaat over goederen die WhatsApp van zijn zakelijke diensten weert; laat ze weg of gebruik een ander kanaal.",
      de: "Die Nachricht oder das Unternehmen betrifft Waren, die WhatsApp von seinen Geschäftsdiensten fernhält; lassen Sie sie weg oder nutzen Sie einen anderen Kanal.",
    },
    versions: [
      {
        ...between("2018-01-01", openedOn),
        confidence: "high",
        appliesTo: business,
        fires: (send) => isRefusedEverywhere(send) && !isReferral(send),
        verdict: "refuse",
        watches: [trade],
        remedies: ["leave-out-goods", "other-consented-channel"],
        clause: "prohibited goods and services",
        sources: [policy],
        reviewed,
      },
      {
        ...since(openedOn),
        confidence: "high",
        appliesTo: business,
        fires: (send) => isRefusedHere(send) && !isReferral(send),
        verdict: "refuse",
        watches: [trade],
        remedies: ["leave-out-goods", "other-consented-channel"],
        clause: "prohibited goods and services, regulated verticals",
        sources: [policy],
        reviewed,
      },
    ],
  },
];

/** Goods that were closed until the opening of 2024 and are closed since wherever it does not reach. */
function opened({
  goods,
  ...words
}: Pick<Rule, "id" | "title" | "explanation"> & { readonly goods: OpenedGoods }): Rule {
  const shared = {
    confidence: "high",
    appliesTo: business,
    verdict: "refuse",
    remedies: [
      "leave-out-goods",
      "point-elsewhere",
      ...(goods === "gambling" ? (["ask-meta-permission"] as const) : []),
      "other-consented-channel",
    ],
    reviewed,
  } as const;
  return {
    ...words,
    specialises: general,
    versions: [
      {
        ...shared,
        ...between("2018-01-01", openedOn),
        fires: (send) => isAbout(send, goods) && !isReferral(send),
        clause: "prohibited goods and services",
        sources: [policy, commercePolicy],
      },
      {
        ...shared,
        ...since(openedOn),
        fires: (send) => isAbout(send, goods) && !isOpened(send, goods) && !isReferral(send),
        clause: "regulated verticals",
        sources: openings.sources,
      },
    ],
  };
}

/** An answer that goes further is refused by the rule on the goods; one that does not relies on this. */
function answered(send: Case): Effect {
  return { outcome: isReferral(send) ? "allow" : "note" };
}

function isKnownAdult({ facts, at }: Case): boolean {
  const birthDate = facts.recipient?.birthDate;
  return birthDate != null && at >= birthday(birthDate, 18);
}

import { type Rule, since } from "../rule.ts";

const reviewed = "2026-11-22";

/** The roads into WhatsApp that are closed to businesses altogether. */
export const whatsappConsumerRules: readonly Rule[] = [
  {
    id: "whatsapp.consumer.non-personal-use",
    title: {
      en: "A personal account is not for business",
      nl: "Een persoonlijk account is niet voor zaken",
      de: "Ein privates Konto ist nicht für Geschäfte",
    },
    explanation: {
      en: "WhatsApp allows its personal app for personal use only, so no business message goes out by it; move the number to the Cloud API.",
      nl: "WhatsApp staat zijn persoonlijke app alleen voor persoonlijk gebruik toe, dus er gaat geen zakelijk bericht over uit; verhuis het nummer naar de Cloud API.",
      de: "WhatsApp erlaubt seine private App nur für private Zwecke, deshalb geht darüber keine geschäftliche Nachricht hinaus; ziehen Sie die Nummer auf die Cloud API um.",
    },
    versions: [
      {
        ...since("2012-07-07"),
        confidence: "low",
        appliesTo: { channel: ["whatsapp"], transport: ["consumer-app"] },
        fires: () => true,
        verdict: "refuse",
        remedies: ["move-to-cloud-api", "other-consented-channel"],
        clause: "acceptable use, personal use",
        sources: ["WhatsApp Terms of Service, Legal and Acceptable Use"],
        reviewed,
      },
    ],
  },
  {
    id: "whatsapp.consumer.unofficial-client",
    title: {
      en: "No unofficial way into WhatsApp",
      nl: "Geen onofficiële weg naar WhatsApp",
      de: "Kein inoffizieller Weg in WhatsApp",
    },
    explanation: {
      en: "This message would go by a road that WhatsApp does not offer, such as a modified app, a browser robot or a copied protocol, so it is not sent; use the Cloud API.",
      nl: "Dit bericht zou over een weg gaan die WhatsApp niet aanbiedt, zoals een aangepaste app, een browserrobot of een nagemaakt protocol, dus het gaat niet uit; gebruik de Cloud API.",
      de: "Diese Nachricht ginge über einen Weg, den WhatsApp nicht anbietet, etwa eine veränderte App, einen Browser-Roboter oder ein nachgebautes Protokoll, deshalb wird sie nicht gesendet; nutzen Sie die Cloud API.",
    },
    versions: [
      {
        ...since("2012-07-07"),
        confidence: "low",
        appliesTo: { channel: ["whatsapp"], transport: ["bot-api", "smtp", "own", "other"] },
        fires: () => true,
        verdict: "refuse",
        remedies: ["move-to-cloud-api", "other-consented-channel"],
        clause: "harm to WhatsApp or its users, unofficial clients",
        sources: ["WhatsApp Terms of Service, Harm to WhatsApp or Our Users", "WhatsApp Messaging Guidelines"],
        reviewed,
      },
    ],
  },
];

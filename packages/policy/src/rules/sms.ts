import { territories } from "../area-codes.ts";
import type { Case } from "../case.ts";
import { programmeTerms, type SmsWord } from "../facts/sms.ts";
import type { GoodsClass } from "../facts/trade.ts";
import { always, type Rule, since, type Watch } from "../rule.ts";
import { birthday } from "./age.ts";

const reviewed = "2026-11-22";
const sms = { channel: ["sms"] } as const;
const american = { ...sms, region: ["US", ...territories] } as const;
const northAmerican = { ...sms, region: ["US", ...territories, "CA"] } as const;
/** Sent by software: what a person types on a phone is no traffic of an application. */
const byApplication = { payload: ["free-form", "template"] } as const;

const numberType: Watch = { path: "sms.numberType", isUnknown: ({ facts }) => facts.sms?.numberType === undefined };

/** SMS: what carriers and aggregators ask, wherever no country's own law says it. */
export const smsRules: readonly Rule[] = [
  {
    id: "sms.stop-honoured",
    title: {
      en: "This person answered STOP",
      nl: "Deze persoon antwoordde STOP",
      de: "Diese Person hat mit STOP geantwortet",
    },
    explanation: {
      en: "This person sent STOP or a word like it, so no more texts go out on your initiative; confirm it once with your name, and write again after START.",
      nl: "Deze persoon stuurde STOP of zo'n woord, dus er gaan geen sms'en meer uit op uw initiatief; bevestig het één keer met uw naam, en schrijf weer na START.",
      de: "Diese Person hat STOP oder ein solches Wort gesendet, deshalb geht aus eigenem Anlass keine SMS mehr hinaus; bestätigen Sie es einmal mit Ihrem Namen, und schreiben Sie erst nach START wieder.",
    },
    specialises: ["core.opt-out-wins", "eu.gdpr.object-direct-marketing"],
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: sms,
        fires: (send) => send.isProactive && send.hasOptedOutBy("keyword"),
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "opt-out keywords",
        sources: ["AWS End User Messaging, required opt-out keywords", "Braze, opt-in and opt-out keywords"],
        reviewed,
      },
    ],
  },
  {
    id: "sms.help-response",
    title: {
      en: "HELP is answered",
      nl: "HELP krijgt antwoord",
      de: "HELP wird beantwortet",
    },
    explanation: {
      en: "Nothing shows that HELP and INFO are answered with your name and how to reach you, so advertising waits until they are; write that answer and connect both words.",
      nl: "Nergens blijkt dat HELP en INFO antwoord krijgen met uw naam en hoe u bereikbaar bent, dus reclame wacht daarop; schrijf dat antwoord en sluit beide woorden aan.",
      de: "Nichts zeigt, dass HELP und INFO mit Ihrem Namen und Ihrer Erreichbarkeit beantwortet werden, deshalb wartet Werbung darauf; schreiben Sie diese Antwort und schließen Sie beide Wörter an.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: sms,
        fires: (send) => send.isMarketing && !answers(send, ["help", "info"]),
        verdict: "hold",
        event: "help-ready",
        remedies: ["wire-keywords"],
        clause: "help keywords",
        sources: ["AWS End User Messaging, required opt-out keywords", "Bird, compliance keywords"],
        reviewed,
      },
    ],
  },
  {
    id: "sms.optin-confirmation",
    title: {
      en: "The first text says what was signed up for",
      nl: "De eerste sms zegt waarvoor men zich aanmeldde",
      de: "Die erste SMS nennt, was bestellt wurde",
    },
    explanation: {
      en: "The first text of a programme lacks your name, how often you write, that rates may apply, HELP or STOP, so what is missing is added.",
      nl: "In de eerste sms van een programma ontbreekt uw naam, hoe vaak u schrijft, dat kosten mogelijk zijn, HELP of STOP, dus wat ontbreekt komt erbij.",
      de: "In der ersten SMS eines Programms fehlen Ihr Name, wie oft Sie schreiben, dass Kosten anfallen können, HELP oder STOP, deshalb wird ergänzt, was fehlt.",
    },
    versions: [
      {
        ...always,
        confidence: "low",
        appliesTo: northAmerican,
        fires: ({ request }) =>
          request.sms?.opensProgramme === true &&
          !programmeTerms.every((term) => request.sms?.programmeTerms?.includes(term)),
        verdict: "change",
        change: { kind: "add-programme-terms", auto: true },
        remedies: [],
        clause: "opt-in confirmation of recurring programmes",
        sources: ["CTIA Messaging Principles and Best Practices"],
        reviewed,
      },
    ],
  },
  {
    id: "sms.us.10dlc-registered",
    title: {
      en: "The number's campaign is registered",
      nl: "De campagne van het nummer is geregistreerd",
      de: "Die Kampagne der Nummer ist registriert",
    },
    explanation: {
      en: "American carriers take texts from an ordinary number only for a registered brand and campaign, and none that covers this message is known; register it, or use a short code or a verified toll-free number.",
      nl: "Amerikaanse netwerken nemen sms'en van een gewoon nummer alleen aan voor een geregistreerd merk en campagne, en voor dit bericht is er geen bekend; registreer die, of gebruik een kort nummer of een geverifieerd gratis nummer.",
      de: "Amerikanische Netze nehmen SMS von einer gewöhnlichen Nummer nur für eine registrierte Marke und Kampagne an, und für diese Nachricht ist keine bekannt; registrieren Sie sie, oder nutzen Sie eine Kurzwahl oder eine verifizierte gebührenfreie Nummer.",
    },
    versions: [
      {
        ...since("2023-08-31"),
        confidence: "low",
        appliesTo: { ...american, ...byApplication },
        fires: (send) => send.facts.sms?.numberType === "long-code" && !coversCampaign(send),
        verdict: "refuse",
        watches: [numberType],
        remedies: ["register-campaign", "other-number"],
        clause: "10DLC registration",
        sources: ["The Campaign Registry, 10DLC brands and campaigns"],
        reviewed,
      },
    ],
  },
  {
    id: "sms.us.tollfree-verified",
    title: {
      en: "A toll-free number is verified",
      nl: "Een gratis nummer is geverifieerd",
      de: "Eine gebührenfreie Nummer ist verifiziert",
    },
    explanation: {
      en: "Carriers block texts from toll-free numbers whose sender they have not verified, and nothing shows that yours is; verify it, and mind that only STOP, UNSTOP and START work there.",
      nl: "Netwerken blokkeren sms'en van gratis nummers waarvan de afzender niet is geverifieerd, en dat blijkt hier niet; laat het verifiëren, en bedenk dat daar alleen STOP, UNSTOP en START werken.",
      de: "Netze sperren SMS von gebührenfreien Nummern, deren Absender nicht verifiziert ist, und das ist hier nicht belegt; lassen Sie sie verifizieren, und bedenken Sie, dass dort nur STOP, UNSTOP und START wirken.",
    },
    versions: [
      {
        ...since("2024-01-31"),
        confidence: "low",
        appliesTo: { ...northAmerican, ...byApplication },
        fires: ({ facts }) => facts.sms?.numberType === "toll-free" && facts.sms.tollFreeVerified !== true,
        verdict: "refuse",
        watches: [numberType],
        remedies: ["verify-number", "other-number"],
        clause: "toll-free verification",
        sources: ["AWS End User Messaging, required opt-out keywords"],
        reviewed,
      },
    ],
  },
  {
    id: "sms.us.shaft",
    title: {
      en: "Sex, hate, alcohol, firearms, tobacco",
      nl: "Seks, haat, alcohol, wapens, tabak",
      de: "Sex, Hass, Alkohol, Waffen, Tabak",
    },
    explanation: {
      en: "American carriers let such content through only behind an age gate they approved (alcohol: a full date of birth, 21 or older), and hate never; set up the gate or leave it out.",
      nl: "Amerikaanse netwerken laten zulke inhoud alleen door achter een goedgekeurde leeftijdscontrole (alcohol: volledige geboortedatum, 21 of ouder), en haat nooit; regel die controle of laat het weg.",
      de: "Amerikanische Netze lassen solche Inhalte nur hinter einer genehmigten Altersprüfung durch (Alkohol: volles Geburtsdatum, ab 21), und Hass nie; richten Sie die Prüfung ein oder lassen Sie es weg.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: american,
        fires: (send) =>
          send.request.content?.concerns?.includes("hate") === true ||
          (send.request.content?.goods?.some((goods) => gated.includes(goods) && !isBehindGate(send, goods)) ?? false),
        verdict: "refuse",
        remedies: ["set-up-age-gate", "leave-out-goods"],
        clause: "restricted content of the carriers",
        sources: ["Twilio, error 30875", "CTIA Messaging Principles and Best Practices"],
        reviewed,
      },
    ],
  },
  {
    id: "sms.sender-cannot-receive",
    title: {
      en: "Nobody can answer a sender's name",
      nl: "Een afzendernaam krijgt geen antwoord",
      de: "Einem Absendernamen kann niemand antworten",
    },
    explanation: {
      en: "The text comes from a name to which nobody can answer STOP, or nobody knows from what, so a link to stop is added.",
      nl: "De sms komt van een naam waarop niemand STOP kan antwoorden, of van wat is onbekend, dus er komt een link om te stoppen bij.",
      de: "Die SMS kommt von einem Namen, dem niemand mit STOP antworten kann, oder wovon ist unbekannt, deshalb kommt ein Link zum Abmelden hinzu.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: sms,
        fires: ({ isMarketing, request, facts }) =>
          isMarketing &&
          (facts.sms?.numberType === undefined || facts.sms.numberType === "alphanumeric") &&
          !request.sms?.stopRoutes?.some((route) => route !== "answer"),
        verdict: "change",
        change: { kind: "add-stop-link", auto: true },
        remedies: [],
        clause: "opt-out from alphanumeric senders",
        sources: ["OneSignal, SMS consent keyword management"],
        reviewed,
      },
    ],
  },
  {
    id: "sms.link-shortener",
    title: {
      en: "No public link shortener",
      nl: "Geen openbare linkverkorter",
      de: "Kein öffentlicher Linkkürzer",
    },
    explanation: {
      en: "American carriers block texts with links of shorteners that everybody shares, so the link has to lead by a domain of your own.",
      nl: "Amerikaanse netwerken blokkeren sms'en met links van verkorters die iedereen deelt, dus de link moet via een eigen domein lopen.",
      de: "Amerikanische Netze sperren SMS mit Links von Kürzern, die alle teilen, deshalb muss der Link über eine eigene Domain führen.",
    },
    versions: [
      {
        ...always,
        confidence: "low",
        appliesTo: american,
        fires: hasSharedShortener,
        verdict: "change",
        change: { kind: "use-own-link-domain", auto: false },
        remedies: ["own-link-domain"],
        clause: "shared public link shorteners",
        sources: ["CTIA Messaging Principles and Best Practices"],
        reviewed,
      },
    ],
  },
  {
    id: "sms.ca-french-keywords",
    title: {
      en: "ARRET and AIDE work as well",
      nl: "Ook ARRET en AIDE werken",
      de: "Auch ARRET und AIDE funktionieren",
    },
    explanation: {
      en: "In Canada people stop and ask for help in French too, and nothing shows that ARRET and AIDE work, so advertising waits until they do.",
      nl: "In Canada stopt men en vraagt men hulp ook in het Frans, en nergens blijkt dat ARRET en AIDE werken, dus reclame wacht daarop.",
      de: "In Kanada hört man auch auf Französisch auf und bittet um Hilfe, und nichts zeigt, dass ARRET und AIDE funktionieren, deshalb wartet Werbung darauf.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...sms, region: ["CA"] },
        fires: (send) => send.isMarketing && !answers(send, ["arret", "aide"]),
        verdict: "hold",
        event: "keywords-ready",
        remedies: ["wire-keywords"],
        clause: "French keywords",
        sources: ["AWS End User Messaging, keywords in Canada", "AWS End User Messaging, required opt-out keywords"],
        reviewed,
      },
    ],
  },
];

function answers({ facts }: Case, words: readonly SmsWord[]): boolean {
  return words.every((word) => facts.sms?.wiredWords?.includes(word));
}

/** The confirmation of an opt-out belongs to whatever was stopped. */
function coversCampaign({ facts, purpose, request }: Case): boolean {
  const registered = facts.sms?.campaignPurposes ?? [];
  return request.kind === "opt-out-confirmation" ? registered.length > 0 : registered.includes(purpose);
}

const gated: readonly GoodsClass[] = ["adult", "alcohol", "tobacco", "weapons"];

function isBehindGate({ facts: { sms, recipient }, at }: Case, goods: GoodsClass): boolean {
  if (sms?.ageGatedGoods?.includes(goods) !== true) return false;
  return goods !== "alcohol" || (recipient?.birthDate != null && at >= birthday(recipient.birthDate, 21));
}

const shorteners =
  "bit.ly buff.ly cutt.ly goo.gl is.gd lnkd.in ow.ly rb.gy rebrand.ly s.id shorturl.at t.co t.ly tiny.cc tinyurl.com v.gd".split(
    " ",
  );
const shortened = new RegExp(`(?<![\\w.-])(?:www\\.)?(?:${shorteners.join("|").replaceAll(".", "\\.")})/\\S`, "i");

function hasSharedShortener({ request: { sms, text } }: Case): boolean {
  if (sms?.linkHosts === undefined) return text !== undefined && shortened.test(text);
  return sms.linkHosts.some((host) => shorteners.includes(host.toLowerCase().replace(/^www\./, "")));
}

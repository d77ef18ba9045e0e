import { territories } from "../area-codes.ts";
import { eeaMembers } from "../regions.ts";
import { always, type Rule, type Words } from "../rule.ts";
import { isUnsolicited } from "./unsolicited.ts";

const reviewed = "2026-11-22";

/** A regime of consent to advertising: places in which the same answer can be expected. */
interface Regime {
  readonly id: string;
  readonly regions: readonly string[];
  /** Whose law it is, e.g. "EU law". */
  readonly law: Words;
  /** What it asks, as the end of a sentence that begins with its name. */
  readonly asks: Words;
  readonly sources: readonly string[];
}

const asksConsent: Words = {
  en: "asks for consent before advertising",
  nl: "vraagt toestemming vóór reclame",
  de: "verlangt vor Werbung eine Einwilligung",
};

const regimes: readonly Regime[] = [
  {
    id: "eu.home-law",
    regions: eeaMembers,
    law: { en: "EU law (ePrivacy)", nl: "EU-recht (ePrivacy)", de: "EU-Recht (ePrivacy)" },
    asks: asksConsent,
    sources: ["Directive 2002/58/EC Art. 13"],
  },
  {
    id: "uk.home-law",
    regions: ["GB"],
    law: { en: "British law (PECR)", nl: "Brits recht (PECR)", de: "Britisches Recht (PECR)" },
    asks: asksConsent,
    sources: ["PECR 2003 reg. 22"],
  },
  {
    id: "ch.home-law",
    regions: ["CH"],
    law: { en: "Swiss law (UWG)", nl: "Zwitsers recht (UWG)", de: "Schweizer Recht (UWG)" },
    asks: asksConsent,
    sources: ["Bundesgesetz gegen den unlauteren Wettbewerb Art. 3(1)(o)"],
  },
  {
    id: "tr.home-law",
    regions: ["TR"],
    law: { en: "Turkish law (No. 6563)", nl: "Turks recht (nr. 6563)", de: "Türkisches Recht (Nr. 6563)" },
    asks: asksConsent,
    sources: ["Law No. 6563 on the Regulation of Electronic Commerce"],
  },
  {
    id: "us.home-law",
    regions: ["US", ...territories],
    law: {
      en: "American law (CAN-SPAM, TCPA)",
      nl: "Amerikaans recht (CAN-SPAM, TCPA)",
      de: "Amerikanisches Recht (CAN-SPAM, TCPA)",
    },
    asks: {
      en: "asks for written consent to texts and calls, and for none to e-mail",
      nl: "vraagt schriftelijke toestemming voor sms en telefoon, en geen voor e-mail",
      de: "verlangt für SMS und Anrufe eine schriftliche Einwilligung, für E-Mail keine",
    },
    sources: ["47 CFR 64.1200", "15 USC 7704"],
  },
  {
    id: "ca.home-law",
    regions: ["CA"],
    law: { en: "Canadian law (CASL)", nl: "Canadees recht (CASL)", de: "Kanadisches Recht (CASL)" },
    asks: {
      en: "asks for express or implied consent to every electronic message that sells",
      nl: "vraagt uitdrukkelijke of stilzwijgende toestemming voor elk elektronisch bericht dat verkoopt",
      de: "verlangt für jede elektronische Werbenachricht eine ausdrückliche oder stillschweigende Einwilligung",
    },
    sources: ["Canada's anti-spam legislation, S.C. 2010, c. 23, s. 6"],
  },
  {
    id: "in.home-law",
    regions: ["IN"],
    law: { en: "Indian law (TCCCPR, DPDP)", nl: "Indiaas recht (TCCCPR, DPDP)", de: "Indisches Recht (TCCCPR, DPDP)" },
    asks: {
      en: "asks for registered senders and texts, and for consent on clear notice",
      nl: "vraagt geregistreerde afzenders en teksten, en toestemming na een duidelijke melding",
      de: "verlangt registrierte Absender und Texte und eine Einwilligung nach klarem Hinweis",
    },
    sources: ["Telecom Commercial Communications Customer Preference Regulations, 2018", "DPDP Act 2023"],
  },
  {
    id: "br.home-law",
    regions: ["BR"],
    law: { en: "Brazilian law (LGPD)", nl: "Braziliaans recht (LGPD)", de: "Brasilianisches Recht (LGPD)" },
    asks: {
      en: "asks for consent, or for a weighing of interests on record",
      nl: "vraagt toestemming, of een vastgelegde belangenafweging",
      de: "verlangt eine Einwilligung oder eine dokumentierte Abwägung der Interessen",
    },
    sources: ["LGPD (Lei 13.709/2018) Art. 7"],
  },
];

/**
 * The law of the place where a message is read decides. Whoever sends from under another regime is told about that one,
 * since it may apply to them as well.
 */
export const homeLawRules: readonly Rule[] = regimes.map(({ id, regions, law, asks, sources }) => {
  const places = new Set(regions);
  return {
    id,
    title: {
      en: `Your own law: ${law.en}`,
      nl: `Uw eigen recht: ${law.nl}`,
      de: `Ihr eigenes Recht: ${law.de}`,
    },
    explanation: {
      en: `The law where the person lives decided, but ${law.en}, under which you are established, ${asks.en} and may apply to you as well; ask your lawyer where the two differ.`,
      nl: `Het recht waar de persoon woont was beslissend, maar ${law.nl}, waaronder u gevestigd bent, ${asks.nl} en kan ook voor u gelden; vraag uw jurist waar die twee verschillen.`,
      de: `Das Recht am Wohnort der Person hat entschieden, doch ${law.de}, unter dem Sie niedergelassen sind, ${asks.de} und kann auch für Sie gelten; fragen Sie Ihren Anwalt, wo sich beide unterscheiden.`,
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: {},
        fires: (send) => {
          const home = send.facts.sender?.establishment;
          return (
            home !== undefined &&
            send.region !== null &&
            places.has(home) &&
            !places.has(send.region) &&
            isUnsolicited(send)
          );
        },
        verdict: "note",
        remedies: [],
        clause: "law of the sender's establishment",
        sources,
        reviewed,
      },
    ],
  };
});

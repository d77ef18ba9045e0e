import type { Case } from "../case.ts";
import { type Rule, since } from "../rule.ts";
import { isUnsolicited } from "./unsolicited.ts";

const reviewed = "2026-11-22";
const inForce = {
  ...since("2020-09-18"),
  confidence: "low",
  appliesTo: { region: ["BR"] },
  reviewed,
} as const;

/** Brazil: Lei Geral de Proteção de Dados (LGPD). */
export const brazilianRules: readonly Rule[] = [
  {
    id: "br.lgpd.basis",
    title: {
      en: "Advertising needs a basis on record (Brazil)",
      nl: "Reclame vraagt een vastgelegde grondslag (Brazilië)",
      de: "Werbung braucht eine belegte Grundlage (Brasilien)",
    },
    explanation: {
      en: "In Brazil advertising needs consent, or a weighing of interests on record and an easy way to object, and there is neither; record the basis, or let the person sign up.",
      nl: "In Brazilië vraagt reclame toestemming, of een vastgelegde belangenafweging en een makkelijke manier van bezwaar, en beide ontbreken; leg de grondslag vast, of laat de persoon zich aanmelden.",
      de: "In Brasilien braucht Werbung eine Einwilligung oder eine dokumentierte Abwägung der Interessen mit leichtem Widerspruch, und beides fehlt; halten Sie die Grundlage fest, oder lassen Sie die Person sich anmelden.",
    },
    versions: [
      {
        ...inForce,
        fires: (send) => isUnsolicited(send) && send.consent === null && !restsOnInterests(send),
        verdict: "refuse",
        remedies: ["ask-consent", "record-basis"],
        clause: "Art. 7, 8 and 10",
        sources: ["LGPD (Lei 13.709/2018) Art. 7, 8 and 10"],
      },
    ],
  },
  {
    id: "br.lgpd.revocation",
    title: {
      en: "Consent revoked or use opposed (Brazil)",
      nl: "Toestemming ingetrokken of bezwaar (Brazilië)",
      de: "Einwilligung widerrufen oder Widerspruch (Brasilien)",
    },
    explanation: {
      en: "This person revoked the consent or objected, which in Brazil is free and binds at once, so no more advertising goes out.",
      nl: "Deze persoon trok de toestemming in of maakte bezwaar, wat in Brazilië gratis is en meteen bindt, dus er gaat geen reclame meer uit.",
      de: "Diese Person hat die Einwilligung widerrufen oder widersprochen, was in Brasilien kostenlos ist und sofort bindet, deshalb geht keine Werbung mehr hinaus.",
    },
    specialises: ["core.opt-out-wins"],
    versions: [
      {
        ...inForce,
        fires: (send) => send.isMarketing && send.isProactive && send.hasOptedOut,
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "Art. 8 § 5 and 18",
        sources: ["LGPD (Lei 13.709/2018) Art. 8 § 5 and 18"],
      },
    ],
  },
];

function restsOnInterests({ request, facts }: Case): boolean {
  return facts.law?.interestsWeighed === true && request.content?.stopPath === true;
}

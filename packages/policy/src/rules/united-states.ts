import { territories } from "../area-codes.ts";
import { type Case, isWithdrawn } from "../case.ts";
import type { Suppression } from "../facts.ts";
import { type Rule, since } from "../rule.ts";
import { isLateOrSecondConfirmation } from "./core.ts";
import { between, isSolicitation, waitForHours } from "./hours.ts";
import { isUnsolicited } from "./unsolicited.ts";

const reviewed = "2026-11-22";
const unitedStates = { region: ["US", ...territories] } as const;
const email = { ...unitedStates, channel: ["email"] } as const;
/** WhatsApp, Telegram and their like are outside: whether the Act reaches messages in apps is open. */
const textsAndCalls = { ...unitedStates, channel: ["sms", "rcs", "phone"] } as const;
const revocationRule = "47 CFR 64.1200(a)(10)";

/** United States, federal law: Telephone Consumer Protection Act (TCPA) and CAN-SPAM Act. */
export const americanRules: readonly Rule[] = [
  {
    id: "us.tcpa.pewc",
    title: {
      en: "Advertising texts need written consent (US)",
      nl: "Reclame-sms vraagt schriftelijke toestemming (VS)",
      de: "Werbe-SMS brauchen schriftliche Einwilligung (USA)",
    },
    explanation: {
      en: "In the United States advertising by automated text or recorded voice needs a signed consent that names you and the number, says that it is automated, and is no condition of a purchase, and none is on file; get one by web form or keyword.",
      nl: "In de Verenigde Staten vraagt reclame per automatische sms of opgenomen stem een ondertekende toestemming die u en het nummer noemt, zegt dat het automatisch gaat en geen koopvoorwaarde is, en die is er niet; vraag die via een formulier of trefwoord.",
      de: "In den USA braucht Werbung per automatischer SMS oder Tonaufnahme eine unterschriebene Einwilligung, die Sie und die Nummer nennt, den Automatismus offenlegt und keine Kaufbedingung ist, und die fehlt; holen Sie sie per Formular oder Stichwort ein.",
    },
    versions: [
      {
        ...since("2013-10-16"),
        confidence: "high",
        appliesTo: { ...textsAndCalls, payload: ["free-form", "template", "call"] },
        fires: (send) => isAutomatedAdvertising(send) && !isWrittenConsent(send),
        verdict: "refuse",
        remedies: ["ask-written-consent", "other-consented-channel"],
        clause: "prior express written consent",
        sources: ["47 CFR 64.1200(f)(9)", "47 CFR 64.1200(a)(2)"],
        reviewed,
      },
    ],
  },
  {
    id: "us.tcpa.consent-transactional",
    title: {
      en: "The number was given for this (US)",
      nl: "Het nummer was hiervoor bedoeld (VS)",
      de: "Die Nummer wurde dafür gegeben (USA)",
    },
    explanation: {
      en: "Nothing shows that this person gave you the number for this matter, so no automated text goes there; ask for the number, or let the person write first.",
      nl: "Nergens blijkt dat deze persoon u het nummer hiervoor gaf, dus daarheen gaat geen automatische sms; vraag naar het nummer, of laat de persoon eerst schrijven.",
      de: "Nichts zeigt, dass diese Person Ihnen die Nummer dafür gegeben hat, deshalb geht dorthin keine automatische SMS; fragen Sie nach der Nummer, oder lassen Sie die Person zuerst schreiben.",
    },
    versions: [
      {
        ...since("2013-10-16"),
        confidence: "low",
        appliesTo: { ...unitedStates, channel: ["sms"], payload: ["free-form", "template"] },
        fires: (send) =>
          send.isProactive &&
          !send.isMarketing &&
          !isUnsolicited(send) &&
          send.facts.lastInboundAt == null &&
          send.optIns.length === 0 &&
          send.facts.sms?.numberGivenByPerson !== true,
        verdict: "refuse",
        remedies: ["ask-number", "wait-for-inbound"],
        clause: "prior express consent",
        sources: ["47 CFR 64.1200(a)(1)"],
        reviewed,
      },
    ],
  },
  {
    id: "us.tcpa.quiet-hours",
    title: {
      en: "Advertising between 8 and 21 hours (US)",
      nl: "Reclame tussen 8 en 21 uur (VS)",
      de: "Werbung zwischen 8 und 21 Uhr (USA)",
    },
    explanation: {
      en: "In the United States advertising by text or call may reach people only from 8:00 to 21:00 by their own clock, in every zone they may be in, so it waits until 8:00.",
      nl: "In de Verenigde Staten mag reclame per sms of telefoon mensen alleen van 8 tot 21 uur op hun eigen klok bereiken, in elke zone waar ze kunnen zijn, dus die wacht tot 8 uur.",
      de: "In den USA darf Werbung per SMS oder Anruf Menschen nur von 8 bis 21 Uhr nach ihrer eigenen Uhr erreichen, in jeder Zone, in der sie sein können, deshalb wartet sie bis 8 Uhr.",
    },
    versions: [
      {
        ...since("1992-12-20"),
        confidence: "low",
        appliesTo: { ...textsAndCalls, region: [...unitedStates.region, "unknown"] },
        fires: (send) => isSolicitation(send) && waitForHours(send, () => fromEightToNine),
        verdict: "hold",
        // By which clock, and by whose law and carriers at all, goes by the number where nobody says otherwise.
        watches: [{ path: "recipient.phone", isUnknown: ({ facts }) => facts.recipient?.phone === undefined }],
        event: "time-zone-known",
        remedies: ["wait-until"],
        clause: "hours of telephone solicitation",
        sources: ["47 CFR 64.1200(c)(1)"],
        reviewed,
      },
    ],
  },
  {
    id: "us.tcpa.revocation",
    title: {
      en: "Consent was revoked (US)",
      nl: "De toestemming is ingetrokken (VS)",
      de: "Die Einwilligung wurde widerrufen (USA)",
    },
    explanation: {
      en: "This person said stop, and in the United States any reasonable way of saying it counts, so no more texts or calls go out; the law gives ten business days, we stop at once.",
      nl: "Deze persoon zei stop, en in de Verenigde Staten telt elke redelijke manier, dus er gaan geen sms'en of telefoontjes meer uit; de wet geeft tien werkdagen, wij stoppen meteen.",
      de: "Diese Person hat Stopp gesagt, und in den USA zählt jeder vernünftige Weg, deshalb gehen keine SMS oder Anrufe mehr hinaus; das Gesetz lässt zehn Werktage, wir hören sofort auf.",
    },
    specialises: ["sms.stop-honoured", "core.opt-out-wins", "eu.gdpr.object-direct-marketing"],
    versions: [
      {
        ...since("2025-04-11"),
        confidence: "high",
        appliesTo: { ...unitedStates, channel: ["sms", "phone"] },
        fires: (send) => send.isProactive && send.hasOptedOut,
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "revocation by any reasonable means",
        sources: [revocationRule],
        reviewed,
      },
    ],
  },
  {
    id: "us.tcpa.no-exclusive-route",
    title: {
      en: "More than one way to say stop (US)",
      nl: "Meer dan één manier om te stoppen (VS)",
      de: "Mehr als ein Weg zum Abmelden (USA)",
    },
    explanation: {
      en: "Only one way of saying stop is honoured, which American law does not allow, so no campaign may start; take a stop in any way people use.",
      nl: "Slechts één manier om te stoppen werkt, en dat staat de Amerikaanse wet niet toe, dus geen campagne mag beginnen; aanvaard elke manier die mensen gebruiken.",
      de: "Nur ein einziger Weg zum Abmelden wird beachtet, was das amerikanische Recht nicht erlaubt, deshalb darf keine Kampagne beginnen; nehmen Sie jeden Weg an, den Menschen nutzen.",
    },
    versions: [
      {
        ...since("2025-04-11"),
        confidence: "high",
        appliesTo: { ...textsAndCalls, region: [...unitedStates.region, "unknown"], kind: ["setup"] },
        fires: ({ facts }) => facts.law?.optOutWays !== undefined && facts.law.optOutWays.length < 2,
        verdict: "refuse",
        watches: [{ path: "law.optOutWays", isUnknown: ({ facts }) => facts.law?.optOutWays === undefined }],
        remedies: ["widen-opt-out"],
        clause: "no exclusive means of revocation",
        sources: [revocationRule],
        reviewed,
      },
    ],
  },
  {
    id: "us.tcpa.one-confirmation",
    title: {
      en: "One confirmation of a stop (US)",
      nl: "Eén bevestiging van een stop (VS)",
      de: "Eine Bestätigung des Widerrufs (USA)",
    },
    explanation: {
      en: "American law allows one confirming text within five minutes and without advertising; it may ask which messages to stop, and silence means all, so just record the stop.",
      nl: "De Amerikaanse wet staat één bevestigende sms toe, binnen vijf minuten en zonder reclame; die mag vragen welke berichten moeten stoppen, en zwijgen betekent alle, dus leg de stop alleen vast.",
      de: "Das amerikanische Recht erlaubt eine bestätigende SMS binnen fünf Minuten und ohne Werbung; sie darf fragen, welche Nachrichten enden sollen, und Schweigen heißt alle, deshalb halten Sie den Widerruf nur fest.",
    },
    specialises: ["core.opt-out-confirmation-once"],
    versions: [
      {
        ...since("2025-04-11"),
        confidence: "high",
        appliesTo: { ...unitedStates, channel: ["sms", "rcs"], kind: ["opt-out-confirmation"] },
        fires: isLateOrSecondConfirmation,
        verdict: "refuse",
        remedies: ["log-only"],
        clause: "one-time confirmation text",
        sources: ["47 CFR 64.1200(a)(12)"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "us.tcpa.revoke-all",
    title: {
      en: "One stop ends every text and call (US)",
      nl: "Eén stop beëindigt elke sms en elk telefoontje (VS)",
      de: "Ein Stopp beendet jede SMS und jeden Anruf (USA)",
    },
    explanation: {
      en: "From 31 January 2027 a stop to one kind of message ends all automated texts and calls of the sender, and this person gave one; write again only after a new sign-up.",
      nl: "Vanaf 31 januari 2027 beëindigt een stop op één soort bericht alle automatische sms'en en telefoontjes van de afzender, en deze persoon gaf die; schrijf pas weer na een nieuwe aanmelding.",
      de: "Ab dem 31. Januar 2027 beendet ein Stopp zu einer Art von Nachricht alle automatischen SMS und Anrufe des Absenders, und diese Person hat ihn gegeben; schreiben Sie erst nach neuer Anmeldung wieder.",
    },
    versions: [
      {
        ...since("2027-01-31"),
        confidence: "high",
        appliesTo: textsAndCalls,
        fires: hasRevokedAnything,
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "scope of a revocation",
        sources: [revocationRule, "FCC order of January 2026 on the scope of revocations"],
        reviewed,
      },
    ],
  },
  {
    id: "us.canspam.opt-out",
    title: {
      en: "An opt-out from e-mail binds (US)",
      nl: "Een afmelding voor e-mail bindt (VS)",
      de: "Eine Abmeldung von E-Mail bindet (USA)",
    },
    explanation: {
      en: "This person opted out of your advertising, so no more goes out by e-mail; the law gives ten business days, we stop at once.",
      nl: "Deze persoon meldde zich af voor uw reclame, dus er gaat geen meer per e-mail uit; de wet geeft tien werkdagen, wij stoppen meteen.",
      de: "Diese Person hat Ihre Werbung abbestellt, deshalb geht keine mehr per E-Mail hinaus; das Gesetz lässt zehn Werktage, wir hören sofort auf.",
    },
    specialises: ["core.opt-out-wins"],
    versions: [
      {
        ...since("2004-01-01"),
        confidence: "high",
        appliesTo: email,
        fires: (send) => send.isMarketing && send.isProactive && send.hasOptedOut,
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "prohibition of messages after objection",
        sources: ["15 USC 7704(a)(3) and (4)"],
        reviewed,
      },
    ],
  },
  {
    id: "us.canspam.postal-address",
    title: {
      en: "Advertising mail shows a postal address (US)",
      nl: "Reclamemail toont een postadres (VS)",
      de: "Werbe-E-Mail zeigt eine Postanschrift (USA)",
    },
    explanation: {
      en: "American law wants a valid postal address in advertising mail, so yours is added.",
      nl: "De Amerikaanse wet wil een geldig postadres in reclamemail, dus het uwe wordt toegevoegd.",
      de: "Das amerikanische Recht verlangt eine gültige Postanschrift in Werbe-E-Mails, deshalb wird Ihre ergänzt.",
    },
    versions: [
      {
        ...since("2004-01-01"),
        confidence: "high",
        appliesTo: email,
        fires: ({ isMarketing, request }) => isMarketing && request.content?.postalAddress !== true,
        verdict: "change",
        change: { kind: "add-postal-address", auto: true },
        remedies: [],
        clause: "valid physical postal address",
        sources: ["15 USC 7704(a)(5)"],
        reviewed,
      },
    ],
  },
  {
    id: "us.canspam.identify-ad",
    title: {
      en: "Advertising nobody asked for says so (US)",
      nl: "Ongevraagde reclame zegt dat ze reclame is (VS)",
      de: "Unverlangte Werbung ist erkennbar (USA)",
    },
    explanation: {
      en: "This person did not agree to advertising mail, so American law wants it to be recognisable as such; say so in the mail.",
      nl: "Deze persoon stemde niet in met reclamemail, dus de Amerikaanse wet wil dat die herkenbaar is; zeg het in de mail.",
      de: "Diese Person hat Werbe-E-Mails nicht zugestimmt, deshalb muss sie nach amerikanischem Recht als solche erkennbar sein; schreiben Sie es hinein.",
    },
    versions: [
      {
        ...since("2004-01-01"),
        confidence: "high",
        appliesTo: email,
        fires: (send) =>
          send.isMarketing && send.consent === null && send.request.content?.labelledAsAdvertising !== true,
        verdict: "change",
        change: { kind: "label-as-advertising", auto: false },
        remedies: [],
        clause: "identification as an advertisement",
        sources: ["15 USC 7704(a)(5)"],
        reviewed,
      },
    ],
  },
  {
    id: "us.canspam.no-consent-needed",
    title: {
      en: "The law asks no consent for e-mail (US)",
      nl: "De wet vraagt geen toestemming voor e-mail (VS)",
      de: "Das Gesetz verlangt keine Einwilligung für E-Mail (USA)",
    },
    explanation: {
      en: "In the United States advertising mail is lawful until the person objects, but mailbox providers and our own rules on lists still apply.",
      nl: "In de Verenigde Staten mag reclamemail tot de persoon bezwaar maakt, maar mailproviders en onze eigen regels voor lijsten gelden nog.",
      de: "In den USA ist Werbe-E-Mail erlaubt, bis die Person widerspricht, doch E-Mail-Anbieter und unsere eigenen Regeln für Listen gelten weiter.",
    },
    versions: [
      {
        ...since("2004-01-01"),
        confidence: "high",
        appliesTo: email,
        fires: (send) => send.isMarketing,
        verdict: "note",
        remedies: [],
        clause: "opt-out regime",
        sources: ["15 USC 7704"],
        reviewed,
      },
    ],
  },
];

const fromEightToNine = between(8, 21);

/** By text as soon as software sends it, by telephone when no person speaks. */
function isAutomatedAdvertising(send: Case): boolean {
  const { channel, call } = send.request;
  if (channel === "phone") return isSolicitation(send) && call?.recordedVoice === true;
  return isUnsolicited(send);
}

function isWrittenConsent({ consent }: Case): boolean {
  return (
    consent !== null &&
    consent.namesBusiness === true &&
    consent.written?.signed === true &&
    consent.written.namesNumber === true &&
    consent.written.saysAutomated === true &&
    consent.flaws !== undefined &&
    !consent.flaws.includes("condition-of-service")
  );
}

/** What a person says, as opposed to what a network or a platform reports. */
const spoken: readonly Suppression["source"][] = ["keyword", "button", "link", "agent", "complaint", "law-request"];

/** A stop to texts or calls of any kind, which no later consent to this one lifted. */
function hasRevokedAnything(send: Case): boolean {
  if (!send.isProactive) return false;
  const consentedAt = send.consent?.obtainedAt ?? Number.NEGATIVE_INFINITY;
  return (
    (send.facts.suppressions?.some(
      (entry) => spoken.includes(entry.source) && reaches(entry.channel) && consentedAt <= entry.at,
    ) ??
      false) ||
    (send.facts.consents?.some(
      (record) =>
        isWithdrawn(record, send.at) &&
        reaches(record.channel) &&
        consentedAt <= (record.withdrawnAt ?? Number.POSITIVE_INFINITY),
    ) ??
      false)
  );
}

function reaches(channel: Suppression["channel"]): boolean {
  return channel === "all" || textsAndCalls.channel.some((one) => one === channel);
}

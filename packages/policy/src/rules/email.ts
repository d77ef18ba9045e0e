import { type Case, coversChannel, promotes } from "../case.ts";
import type { Suppression } from "../facts.ts";
import { isFreemail } from "../freemail.ts";
import { always, type Rule, since } from "../rule.ts";

const reviewed = "2026-11-22";
const email = { channel: ["email"] } as const;
const googleGuidelines = "Google e-mail sender guidelines";
const anOptOut = ["core.opt-out-wins", "eu.gdpr.object-direct-marketing", "core.no-offers-after-opt-out"] as const;

/** What one e-mail must carry and to whom it must not go. The sending domain's own standing is in `email-domain.ts`. */
export const emailRules: readonly Rule[] = [
  {
    id: "email.list-unsubscribe-one-click",
    title: {
      en: "Unsubscribe with one click",
      nl: "Afmelden met één klik",
      de: "Abmelden mit einem Klick",
    },
    explanation: {
      en: "Advertising by e-mail needs two signed headers with which the mail program can unsubscribe in one click, and one of them is missing, so they are added and signed.",
      nl: "Reclame per e-mail vraagt twee ondertekende kopregels waarmee het mailprogramma in één klik afmeldt, en er ontbreekt er een, dus ze worden toegevoegd en ondertekend.",
      de: "Werbung per E-Mail verlangt zwei signierte Kopfzeilen, mit denen das Mailprogramm in einem Klick abmeldet, und eine fehlt, deshalb werden sie hinzugefügt und signiert.",
    },
    versions: [
      {
        ...since("2024-06-01"),
        confidence: "high",
        appliesTo: email,
        fires: ({ isMarketing, request }) =>
          isMarketing &&
          !(
            request.email?.listUnsubscribe === true &&
            request.email.listUnsubscribePost === true &&
            request.email.unsubscribeSigned === true
          ),
        verdict: "change",
        change: { kind: "add-one-click-unsubscribe", auto: true },
        remedies: [],
        clause: "one-click unsubscribe",
        sources: ["RFC 8058", googleGuidelines],
        reviewed,
      },
    ],
  },
  {
    id: "email.body-unsubscribe-link",
    title: {
      en: "A link to stop in the text",
      nl: "Een afmeldlink in de tekst",
      de: "Ein Abmeldelink im Text",
    },
    explanation: {
      en: "The text shows no link to unsubscribe, which the large mail providers want in all advertising, so one is added.",
      nl: "De tekst toont geen link om af te melden, en grote mailproviders willen die in alle reclame, dus die komt erbij.",
      de: "Der Text zeigt keinen Link zum Abmelden, den die großen Anbieter in jeder Werbung verlangen, deshalb kommt einer hinzu.",
    },
    versions: [
      {
        ...since("2024-02-01"),
        confidence: "high",
        appliesTo: email,
        fires: ({ isMarketing, request }) => isMarketing && request.email?.unsubscribeLink !== true,
        verdict: "change",
        change: { kind: "add-stop-path", auto: true },
        remedies: [],
        clause: "visible unsubscribe link",
        sources: [googleGuidelines],
        reviewed,
      },
    ],
  },
  {
    id: "email.unsubscribe-honoured",
    title: {
      en: "This person unsubscribed by link",
      nl: "Deze persoon meldde zich af via een link",
      de: "Diese Person hat sich per Link abgemeldet",
    },
    explanation: {
      en: "This person used the unsubscribe link or button, which counts at once, so no advertising goes out by e-mail until they sign up again themselves.",
      nl: "Deze persoon gebruikte de afmeldlink of -knop, en dat telt meteen, dus er gaat geen reclame per e-mail uit tot die zich zelf weer aanmeldt.",
      de: "Diese Person hat den Abmeldelink oder -knopf genutzt, und das gilt sofort, deshalb geht keine Werbung per E-Mail hinaus, bis sie sich selbst wieder anmeldet.",
    },
    specialises: [...anOptOut, "us.canspam.opt-out"],
    versions: [
      {
        ...since("2024-02-01"),
        confidence: "high",
        appliesTo: email,
        fires: (send) => isUnwanted(send) && hasStanding(send, isUnsubscription),
        verdict: "refuse",
        remedies: ["wait-for-inbound", "other-consented-channel"],
        clause: "unsubscribe requests",
        sources: [googleGuidelines],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "email.complaint-suppression",
    title: {
      en: "This person reported you as spam",
      nl: "Deze persoon meldde u als spam",
      de: "Diese Person hat Sie als Spam gemeldet",
    },
    explanation: {
      en: "The mail provider passed on that this person reported your mail as spam, so no more advertising goes there until they sign up again themselves.",
      nl: "De mailprovider gaf door dat deze persoon uw mail als spam meldde, dus daarheen gaat geen reclame meer tot die zich zelf weer aanmeldt.",
      de: "Der Anbieter hat gemeldet, dass diese Person Ihre E-Mail als Spam bezeichnet hat, deshalb geht dorthin keine Werbung mehr, bis sie sich selbst wieder anmeldet.",
    },
    specialises: anOptOut,
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: email,
        fires: (send) => isUnwanted(send) && hasStanding(send, isComplaint),
        verdict: "refuse",
        remedies: ["wait-for-inbound"],
        clause: "feedback loop",
        sources: [googleGuidelines],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "email.bounce-suppression",
    title: {
      en: "This address no longer exists",
      nl: "Dit adres bestaat niet meer",
      de: "Diese Adresse gibt es nicht mehr",
    },
    explanation: {
      en: "Mail to this address came back for good, so nothing more is sent there; ask for a new address by another way.",
      nl: "Mail aan dit adres kwam blijvend terug, dus daarheen gaat niets meer; vraag langs een andere weg naar een nieuw adres.",
      de: "E-Mail an diese Adresse kam endgültig zurück, deshalb geht dorthin nichts mehr; fragen Sie auf anderem Weg nach einer neuen Adresse.",
    },
    // A dead mailbox objected to nothing, and saying so would be untrue.
    specialises: anOptOut,
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: email,
        fires: ({ facts }) =>
          facts.suppressions?.some(
            ({ source, channel }) => source === "bounce" && (channel === "email" || channel === "all"),
          ) ?? false,
        verdict: "refuse",
        remedies: ["ask-new-address", "other-consented-channel"],
        clause: "product choice",
        sources: ["Product choice"],
        reviewed,
      },
    ],
  },
  {
    id: "email.from-freemail",
    title: {
      en: "Not from a free mail address",
      nl: "Niet vanaf een gratis mailadres",
      de: "Nicht von einer Freemail-Adresse",
    },
    explanation: {
      en: "The From address is at a free mail provider, whose domain is not yours, so mail sent in its name is rejected; use a domain of your own.",
      nl: "Het afzenderadres is van een gratis mailprovider, wiens domein niet van u is, dus mail in die naam wordt geweigerd; gebruik een eigen domein.",
      de: "Die Absenderadresse liegt bei einem Freemail-Anbieter, dessen Domain nicht Ihnen gehört, deshalb wird E-Mail in ihrem Namen abgelehnt; nutzen Sie eine eigene Domain.",
    },
    versions: [
      {
        ...since("2024-02-01"),
        confidence: "high",
        appliesTo: email,
        fires: ({ request }) => request.email?.fromDomain !== undefined && isFreemail(request.email.fromDomain),
        verdict: "refuse",
        watches: [
          { path: "request.email.fromDomain", isUnknown: ({ request }) => request.email?.fromDomain === undefined },
        ],
        remedies: ["use-own-domain"],
        clause: "impersonation of free mail domains",
        sources: [googleGuidelines],
        reviewed,
      },
    ],
  },
  {
    id: "email.stream-separation",
    title: {
      en: "A service message does not advertise",
      nl: "Een dienstbericht maakt geen reclame",
      de: "Eine Servicenachricht wirbt nicht",
    },
    explanation: {
      en: "The message is about the person's own business and advertises as well, which mixes two kinds of mail; send it as advertising, with all that this asks, or delete the promotion.",
      nl: "Het bericht gaat over eigen zaken van de persoon en maakt ook reclame, en zo lopen twee soorten mail door elkaar; verstuur het als reclame, met alles wat daarbij hoort, of haal de reclame weg.",
      de: "Die Nachricht betrifft eigene Angelegenheiten der Person und wirbt zugleich, was zwei Arten von E-Mail vermischt; senden Sie sie als Werbung, mit allem, was dazugehört, oder streichen Sie die Werbung.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...email, kind: ["transactional", "auth"] },
        fires: ({ request }) => promotes(request),
        verdict: "change",
        change: { kind: "send-as-marketing", auto: false },
        remedies: ["remove-promotion"],
        clause: "separate streams for separate kinds of mail",
        sources: [googleGuidelines],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "email.subject-honest",
    title: {
      en: "Subject and sender are true",
      nl: "Onderwerp en afzender kloppen",
      de: "Betreff und Absender stimmen",
    },
    explanation: {
      en: "The subject or the From line gives a wrong idea of who writes or what is inside, so the message is not sent; correct it.",
      nl: "Het onderwerp of de afzenderregel geeft een verkeerd beeld van wie schrijft of wat erin staat, dus het bericht gaat niet uit; verbeter dit.",
      de: "Betreff oder Absenderzeile täuschen darüber, wer schreibt oder was darin steht, deshalb wird die Nachricht nicht gesendet; berichtigen Sie das.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: email,
        fires: ({ isMarketing, request }) =>
          isMarketing && (request.email?.misleading === true || request.content?.impersonation === true),
        verdict: "refuse",
        remedies: ["correct-subject", "correct-name"],
        clause: "false or misleading header and subject",
        sources: ["CAN-SPAM Act, 15 USC 7704(a)(1) and (2)"],
        reviewed,
      },
    ],
  },
  {
    id: "email.doi-neutral",
    title: {
      en: "A confirmation mail does not advertise",
      nl: "Een bevestigingsmail maakt geen reclame",
      de: "Eine Bestätigungsmail wirbt nicht",
    },
    explanation: {
      en: "Nobody has confirmed the sign-up yet, so the mail that asks for it may not advertise, and the promotion is taken out.",
      nl: "Niemand heeft de aanmelding nog bevestigd, dus de mail die daarom vraagt mag geen reclame maken, en die wordt eruit gehaald.",
      de: "Noch hat niemand die Anmeldung bestätigt, deshalb darf die E-Mail, die darum bittet, nicht werben, und die Werbung wird entfernt.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...email, kind: ["doi-confirmation"] },
        fires: ({ request }) => promotes(request),
        verdict: "change",
        change: { kind: "remove-promotion", auto: true },
        remedies: ["remove-promotion"],
        clause: "neutral confirmation of a double opt-in",
        sources: ["German case law on double opt-in e-mails"],
        reviewed,
        revision: 1,
      },
    ],
  },
  {
    id: "email.tracking-needs-basis",
    title: {
      en: "No tracking without consent",
      nl: "Geen meting zonder toestemming",
      de: "Kein Tracking ohne Einwilligung",
    },
    explanation: {
      en: "The mail would tell you who opened or clicked, and this person is not known to have agreed, so it goes out without such pixels and links.",
      nl: "De mail zou u vertellen wie opende of klikte, en van deze persoon is geen instemming bekend, dus hij gaat zonder zulke pixels en links uit.",
      de: "Die E-Mail würde Ihnen verraten, wer geöffnet oder geklickt hat, und von dieser Person ist keine Zustimmung bekannt, deshalb geht sie ohne solche Pixel und Links hinaus.",
    },
    specialises: ["eu.eprivacy.terminal-access"],
    versions: [
      {
        ...always,
        confidence: "low",
        appliesTo: email,
        fires: ({ inEea, request, facts }) =>
          inEea && request.email?.tracksPerson === true && facts.email?.trackingConsent !== true,
        verdict: "change",
        change: { kind: "remove-tracking", auto: true },
        remedies: [],
        clause: "Art. 5(3), open and click pixels",
        sources: ["Directive 2002/58/EC Art. 5(3)"],
        reviewed,
      },
    ],
  },
  {
    id: "email.transactional-no-header-needed",
    title: {
      en: "No unsubscribe headers needed here",
      nl: "Hier zijn geen afmeldregels nodig",
      de: "Hier sind keine Abmeldezeilen nötig",
    },
    explanation: {
      en: "Mail about the person's own business needs no unsubscribe headers, as long as it holds no advertising.",
      nl: "Mail over eigen zaken van de persoon vraagt geen afmeldregels in de kop, zolang er geen reclame in staat.",
      de: "E-Mail in eigenen Angelegenheiten der Person braucht keine Kopfzeilen zum Abmelden, solange sie keine Werbung enthält.",
    },
    versions: [
      {
        ...always,
        confidence: "high",
        appliesTo: { ...email, kind: ["transactional"] },
        fires: () => true,
        verdict: "note",
        remedies: [],
        clause: "transactional mail",
        sources: [googleGuidelines],
        reviewed,
      },
    ],
  },
];

/** Advertising on our own initiative, or without having been asked for it. */
function isUnwanted({ isMarketing, isProactive, request }: Case): boolean {
  return isMarketing && (isProactive || request.solicited !== true);
}

/** By a link in the mail or by the button a mail program shows for it; a button of another channel is neither. */
function isUnsubscription({ source, channel, purpose }: Suppression): boolean {
  if (purpose !== "all" && purpose !== "marketing") return false;
  return source === "link" || (source === "button" && channel === "email");
}

/** Who reported one mail as spam wants no advertising, whatever kind of mail it was. */
function isComplaint({ source }: Suppression): boolean {
  return source === "complaint";
}

/** Such an entry covers mail, and no later consent lifted it. */
function hasStanding({ facts, consent }: Case, counts: (entry: Suppression) => boolean): boolean {
  return (
    facts.suppressions?.some(
      (entry) =>
        coversChannel(entry.channel, "email") &&
        counts(entry) &&
        (consent?.obtainedAt === undefined || consent.obtainedAt <= entry.at),
    ) ?? false
  );
}

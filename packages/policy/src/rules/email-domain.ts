import type { Case } from "../case.ts";
import type { EmailFacts, MailboxProvider } from "../facts/email.ts";
import { type Rule, since, type Watch } from "../rule.ts";

const reviewed = "2026-11-22";
const email = { channel: ["email"] } as const;
const googleGuidelines = "Google e-mail sender guidelines";

/**
 * A check that nobody has made is not a check that failed: while one is unknown the mail waits, since a look at the DNS
 * settles it, and is refused only when the answer is known.
 */
const checks = ["spfPasses", "dkimPasses", "dmarcRecord", "fromAlignedWith"] as const;

function watchesFor(...providers: readonly MailboxProvider[]): Watch[] {
  return [
    {
      path: "email.bulkSenderTo",
      isUnknown: (send) =>
        mayBeAt(send, providers) && send.facts.email?.bulkSenderTo === undefined && !isInOrder(send.facts.email),
    },
    ...checks.map(
      (check): Watch => ({
        path: `email.${check}`,
        isUnknown: (send) => mayBeAt(send, providers) && isBulk(send, providers) && !isKnown(send.facts.email, check),
      }),
    ),
  ];
}

const toGoogleAndYahoo = ["gmail", "yahoo"] as const;
const toMicrosoft = ["microsoft"] as const;

/** What the providers of mailboxes want to know about the domain that sends. */
export const emailDomainRules: readonly Rule[] = [
  {
    id: "email.auth-all-senders",
    title: {
      en: "The sending domain can be checked",
      nl: "Het verzenddomein is te controleren",
      de: "Die Absenderdomain ist überprüfbar",
    },
    explanation: {
      en: "Neither SPF nor DKIM confirms the sender, or the mail travels unencrypted, or address and name of the server do not match, so providers reject it; set up the domain with the wizard.",
      nl: "SPF en DKIM bevestigen de afzender niet, of de mail gaat onversleuteld, of adres en naam van de server passen niet bij elkaar, dus providers weigeren die; stel het domein in met de wizard.",
      de: "Weder SPF noch DKIM bestätigen den Absender, oder die E-Mail geht unverschlüsselt, oder Adresse und Name des Servers passen nicht zusammen, deshalb lehnen Anbieter sie ab; richten Sie die Domain mit dem Assistenten ein.",
    },
    versions: [
      {
        ...since("2024-02-01"),
        confidence: "high",
        appliesTo: email,
        fires: ({ facts: { email } }) =>
          (email?.spfPasses === false && email.dkimPasses === false) ||
          email?.tls === false ||
          email?.reverseDnsMatches === false,
        verdict: "refuse",
        watches: [
          {
            path: "email.spfPasses",
            isUnknown: ({ facts: { email } }) => email?.spfPasses === undefined && email?.dkimPasses !== true,
          },
          {
            path: "email.dkimPasses",
            isUnknown: ({ facts: { email } }) => email?.dkimPasses === undefined && email?.spfPasses !== true,
          },
          { path: "email.tls", isUnknown: ({ facts }) => facts.email?.tls === undefined },
          { path: "email.reverseDnsMatches", isUnknown: ({ facts }) => facts.email?.reverseDnsMatches === undefined },
        ],
        remedies: ["set-up-domain"],
        clause: "requirements for all senders",
        sources: [googleGuidelines],
        reviewed,
      },
    ],
  },
  {
    id: "email.auth-bulk-google-yahoo",
    title: {
      en: "Bulk mail to Gmail and Yahoo",
      nl: "Bulkmail aan Gmail en Yahoo",
      de: "Massenmail an Gmail und Yahoo",
    },
    explanation: {
      en: "Who sends 5,000 mails a day to Gmail or Yahoo needs SPF, DKIM, a DMARC record and a From domain that fits one of them, and something is missing; set up the domain with the wizard.",
      nl: "Wie 5.000 mails per dag aan Gmail of Yahoo stuurt heeft SPF, DKIM, een DMARC-record en een passend afzenderdomein nodig, en er ontbreekt iets; stel het domein in met de wizard.",
      de: "Wer täglich 5.000 E-Mails an Gmail oder Yahoo sendet, braucht SPF, DKIM, einen DMARC-Eintrag und eine passende Absenderdomain, und etwas fehlt; richten Sie die Domain mit dem Assistenten ein.",
    },
    versions: [
      {
        ...since("2024-02-01"),
        confidence: "high",
        appliesTo: email,
        fires: (send) =>
          mayBeAt(send, toGoogleAndYahoo) && isBulk(send, toGoogleAndYahoo) && isOutOfOrder(send.facts.email),
        verdict: "refuse",
        watches: watchesFor(...toGoogleAndYahoo),
        remedies: ["set-up-domain"],
        clause: "requirements for bulk senders",
        sources: [googleGuidelines, "Yahoo sender requirements"],
        reviewed,
      },
    ],
  },
  {
    id: "email.auth-bulk-microsoft",
    title: {
      en: "Bulk mail to Outlook and Hotmail",
      nl: "Bulkmail aan Outlook en Hotmail",
      de: "Massenmail an Outlook und Hotmail",
    },
    explanation: {
      en: "Who sends over 5,000 mails a day to Outlook, Hotmail, Live or MSN needs SPF, DKIM and an aligned DMARC all at once, and something is missing; set up the domain with the wizard.",
      nl: "Wie meer dan 5.000 mails per dag aan Outlook, Hotmail, Live of MSN stuurt heeft SPF, DKIM en een passend DMARC alle drie nodig, en er ontbreekt iets; stel het domein in met de wizard.",
      de: "Wer täglich über 5.000 E-Mails an Outlook, Hotmail, Live oder MSN sendet, braucht SPF, DKIM und ein passendes DMARC zugleich, und etwas fehlt; richten Sie die Domain mit dem Assistenten ein.",
    },
    versions: [
      {
        ...since("2025-05-05"),
        confidence: "high",
        appliesTo: email,
        fires: (send) => mayBeAt(send, toMicrosoft) && isBulk(send, toMicrosoft) && isOutOfOrder(send.facts.email),
        verdict: "refuse",
        watches: watchesFor(...toMicrosoft),
        remedies: ["set-up-domain"],
        clause: "requirements for high-volume senders",
        sources: ["Microsoft, Outlook.com requirements for high-volume senders", "SMTP error 550 5.7.515"],
        reviewed,
      },
    ],
  },
  {
    id: "email.spam-rate-0-10",
    title: {
      en: "One in a thousand reports spam",
      nl: "Een op de duizend meldt spam",
      de: "Einer von tausend meldet Spam",
    },
    explanation: {
      en: "In seven days at least 0.10 % of the people at Gmail reported your mail as spam; remove inactive contacts and send more slowly.",
      nl: "In zeven dagen meldde minstens 0,10 % van de mensen bij Gmail uw mail als spam; verwijder inactieve contacten en verstuur langzamer.",
      de: "In sieben Tagen haben mindestens 0,10 % der Menschen bei Gmail Ihre E-Mail als Spam gemeldet; entfernen Sie inaktive Kontakte und senden Sie langsamer.",
    },
    versions: [
      {
        ...since("2024-02-01"),
        confidence: "high",
        appliesTo: email,
        fires: (send) => isGmailMarketing(send) && spamRate(send) >= 0.001 && spamRate(send) < 0.003,
        verdict: "note",
        remedies: ["pause-and-prune"],
        clause: "spam rate below 0.10 %",
        sources: [googleGuidelines],
        reviewed,
      },
    ],
  },
  {
    id: "email.spam-rate-0-30",
    title: {
      en: "Too many spam reports at Gmail",
      nl: "Te veel spammeldingen bij Gmail",
      de: "Zu viele Spam-Meldungen bei Gmail",
    },
    explanation: {
      en: "In seven days at least 0.30 % of the people at Gmail reported your mail as spam, and Google helps nobody before a week below that, so advertising waits; remove inactive contacts.",
      nl: "In zeven dagen meldde minstens 0,30 % van de mensen bij Gmail uw mail als spam, en Google helpt niemand vóór een week daaronder, dus reclame wacht; verwijder inactieve contacten.",
      de: "In sieben Tagen haben mindestens 0,30 % der Menschen bei Gmail Ihre E-Mail als Spam gemeldet, und Google hilft niemandem vor einer Woche darunter, deshalb wartet Werbung; entfernen Sie inaktive Kontakte.",
    },
    versions: [
      {
        ...since("2024-02-01"),
        confidence: "high",
        appliesTo: email,
        fires: (send) => isGmailMarketing(send) && spamRate(send) >= 0.003,
        verdict: "hold",
        event: "spam-rate-below-0-30-for-7-days",
        watches: [
          {
            path: "account.spamRate7d",
            isUnknown: (send) => isGmailMarketing(send) && send.facts.account?.spamRate7d === undefined,
          },
        ],
        remedies: ["pause-and-prune"],
        clause: "spam rate below 0.30 %",
        sources: [googleGuidelines],
        reviewed,
      },
    ],
  },
];

/** A mailbox nobody has looked up may be with any of them. */
function mayBeAt({ facts }: Case, providers: readonly MailboxProvider[]): boolean {
  const provider = facts.email?.mailboxProvider;
  return provider === undefined || providers.includes(provider);
}

function isBulk({ facts }: Case, providers: readonly MailboxProvider[]): boolean {
  return facts.email?.bulkSenderTo?.some((provider) => providers.includes(provider)) ?? false;
}

function isKnown(facts: EmailFacts | undefined, check: (typeof checks)[number]): boolean {
  return facts?.[check] !== undefined;
}

function isInOrder(facts: EmailFacts | undefined): boolean {
  return checks.every((check) => isKnown(facts, check)) && !isOutOfOrder(facts);
}

function isOutOfOrder(facts: EmailFacts | undefined): boolean {
  return (
    facts?.spfPasses === false ||
    facts?.dkimPasses === false ||
    facts?.dmarcRecord === false ||
    facts?.fromAlignedWith?.length === 0
  );
}

function isGmailMarketing(send: Case): boolean {
  return send.isMarketing && mayBeAt(send, ["gmail"]);
}

function spamRate({ facts }: Case): number {
  return facts.account?.spamRate7d ?? 0;
}

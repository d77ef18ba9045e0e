import { flag, listOf, object, oneOf, text } from "../reading.ts";

export const mailboxProviders = ["gmail", "yahoo", "microsoft", "other"] as const;
/** `gmail` and `microsoft` are the mailboxes of private people there, such as outlook.com and hotmail.com. */
export type MailboxProvider = (typeof mailboxProviders)[number];

/** How the sending domain stands with the providers, and with whom the person has a mailbox. */
export interface EmailFacts {
  readonly spfPasses?: boolean;
  readonly dkimPasses?: boolean;
  /** There is a DMARC record; `p=none` is one. */
  readonly dmarcRecord?: boolean;
  /** With what the From domain is aligned. An empty list: with neither. */
  readonly fromAlignedWith?: readonly ("spf" | "dkim")[];
  /** Handed over encrypted. */
  readonly tls?: boolean;
  /** The sending address has a name, and the name leads back to the address. */
  readonly reverseDnsMatches?: boolean;
  /** Providers to which the domain once sent 5,000 or more in a day; that stays. An empty list: to none. */
  readonly bulkSenderTo?: readonly MailboxProvider[];
  readonly mailboxProvider?: MailboxProvider;
  /** The person agreed to being followed by open and click pixels. */
  readonly trackingConsent?: boolean;
}

/** Headers and body as they will be sent. What sends e-mail sets most of them itself. */
export interface EmailMessage {
  /** The domain of the From address. */
  readonly fromDomain?: string;
  /** `List-Unsubscribe` holds an HTTPS address that knows person and list without a log-in. */
  readonly listUnsubscribe?: boolean;
  /** `List-Unsubscribe-Post: List-Unsubscribe=One-Click`. */
  readonly listUnsubscribePost?: boolean;
  /** A DKIM signature covers both of them. */
  readonly unsubscribeSigned?: boolean;
  /** The body shows a link to stop. */
  readonly unsubscribeLink?: boolean;
  /** Subject or From give a wrong idea of sender or content. */
  readonly misleading?: boolean;
  /** Pixels or links tell who opened or clicked. Absent: the author says no. */
  readonly tracksPerson?: boolean;
}

export const readEmailFacts = object<EmailFacts>({
  spfPasses: flag,
  dkimPasses: flag,
  dmarcRecord: flag,
  fromAlignedWith: listOf(oneOf(["spf", "dkim"])),
  tls: flag,
  reverseDnsMatches: flag,
  bulkSenderTo: listOf(oneOf(mailboxProviders)),
  mailboxProvider: oneOf(mailboxProviders),
  trackingConsent: flag,
});

export const readEmailMessage = object<EmailMessage>({
  fromDomain: text,
  listUnsubscribe: flag,
  listUnsubscribePost: flag,
  unsubscribeSigned: flag,
  unsubscribeLink: flag,
  misleading: flag,
  tracksPerson: flag,
});

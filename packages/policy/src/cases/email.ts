import { dayMs, hourMs, type Instant, plus } from "@loket/kit";
import type { EmailFacts, EmailMessage } from "../facts/email.ts";
import type { Consent, Suppression } from "../facts.ts";
import { type Differences, optIn, ordinaryEmail } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";

type Request = NonNullable<Differences["request"]>;

function byEmail(request: Request, differences: Differences = {}): Differences {
  return { ...differences, request: { channel: "email", transport: "smtp", ...request } };
}

const signedUp = (now: Instant): { consents: Consent[] } => ({
  consents: [optIn("marketing", now, { channel: "email" })],
});
/** A newsletter to somebody who signed up for it. */
function newsletter(now: Instant, message: Partial<EmailMessage> = {}, differences: Differences = {}): Differences {
  return byEmail(
    { kind: "newsletter", email: { ...ordinaryEmail, ...message } },
    { facts: signedUp(now), ...differences },
  );
}
const wrote = (now: Instant) => ({ lastInboundAt: plus(now, -hourMs) });

function stopped(
  now: Instant,
  source: Suppression["source"],
  agoMs = dayMs,
  differences: Partial<Suppression> = {},
): { suppressions: Suppression[] } {
  return { suppressions: [{ purpose: "all", channel: "email", at: plus(now, -agoMs), source, ...differences }] };
}

/** A domain that is known to send in bulk to one provider, and a mailbox there. */
const bulk = (provider: "gmail" | "yahoo" | "microsoft", differences: EmailFacts = {}): EmailFacts => ({
  bulkSenderTo: [provider],
  mailboxProvider: provider,
  ...differences,
});
const german = { region: "DE", phone: "+4915112345678" };
const british = { region: "GB", phone: "+447700900123" };

const examples: readonly Example[] = [
  {
    id: "V87",
    what: "a newsletter without List-Unsubscribe-Post",
    given: (now) => newsletter(now, { listUnsubscribePost: false }),
    outcome: "change",
    fires: ["email.list-unsubscribe-one-click"],
    changes: ["add-one-click-unsubscribe"],
  },
  {
    id: "em-one-click-1",
    what: "both headers, and a signature that leaves one out",
    given: (now) => newsletter(now, { unsubscribeSigned: false }),
    outcome: "change",
    fires: ["email.list-unsubscribe-one-click"],
  },
  {
    id: "em-one-click-2",
    what: "both headers, signed",
    given: (now) => newsletter(now),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-one-click-3",
    what: "an order update needs none",
    given: () => byEmail({ kind: "transactional", email: { fromDomain: "shop.example" } }),
    outcome: "allow",
    fires: [],
    notes: ["email.transactional-no-header-needed"],
  },
  {
    id: "em-body-link-1",
    what: "headers but no link in the text",
    given: (now) => newsletter(now, { unsubscribeLink: false }),
    outcome: "change",
    fires: ["email.body-unsubscribe-link"],
    changes: ["add-stop-path"],
  },
  {
    id: "em-body-link-2",
    what: "an answer about a bill has none either",
    given: (now) => byEmail({ kind: "reply", email: { fromDomain: "shop.example" } }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-unsubscribe-1",
    what: "one click a minute ago",
    given: (now) => newsletter(now, {}, { facts: { ...signedUp(now), ...stopped(now, "link", 60_000) } }),
    outcome: "refuse",
    fires: ["email.unsubscribe-honoured"],
  },
  {
    id: "em-unsubscribe-2",
    what: "signed up again since",
    given: (now) => newsletter(now, {}, { facts: { ...signedUp(now), ...stopped(now, "link", 100 * dayMs) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-unsubscribe-3",
    what: "an order update after leaving the newsletter",
    given: (now) =>
      byEmail({ kind: "transactional" }, { facts: stopped(now, "link", dayMs, { purpose: "marketing" }) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-unsubscribe-4",
    what: "an offer in answer to a question, after leaving",
    given: (now) =>
      byEmail({ kind: "marketing" }, { facts: { ...signedUp(now), ...wrote(now), ...stopped(now, "link") } }),
    outcome: "refuse",
    fires: ["email.unsubscribe-honoured"],
  },
  {
    id: "em-unsubscribe-5",
    what: "an offer the person asked for, after leaving",
    given: (now) =>
      byEmail(
        { kind: "marketing", solicited: true },
        { facts: { ...signedUp(now), ...wrote(now), ...stopped(now, "link") } },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-unsubscribe-6",
    what: "the button of the mail program",
    given: (now) => newsletter(now, {}, { facts: { ...signedUp(now), ...stopped(now, "button") } }),
    outcome: "refuse",
    fires: ["email.unsubscribe-honoured"],
  },
  {
    id: "em-unsubscribe-7",
    what: "a button of another channel, against everything",
    given: (now) =>
      newsletter(now, {}, { facts: { ...signedUp(now), ...stopped(now, "button", dayMs, { channel: "all" }) } }),
    outcome: "refuse",
    fires: ["core.opt-out-wins"],
  },
  {
    id: "em-complaint-1",
    what: "reported as spam",
    given: (now) => newsletter(now, {}, { facts: { ...signedUp(now), ...stopped(now, "complaint") } }),
    outcome: "refuse",
    fires: ["email.complaint-suppression"],
  },
  {
    id: "em-complaint-2",
    what: "reported on another channel",
    given: (now) =>
      newsletter(
        now,
        {},
        {
          facts: { ...signedUp(now), ...stopped(now, "complaint", dayMs, { channel: "whatsapp" }) },
        },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-complaint-3",
    what: "an order update was reported, and the mailbox is the same",
    given: (now) =>
      newsletter(
        now,
        {},
        { facts: { ...signedUp(now), ...stopped(now, "complaint", dayMs, { purpose: "transactional" }) } },
      ),
    outcome: "refuse",
    fires: ["email.complaint-suppression"],
  },
  {
    id: "em-complaint-4",
    what: "signed up again since",
    given: (now) => newsletter(now, {}, { facts: { ...signedUp(now), ...stopped(now, "complaint", 100 * dayMs) } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-bounce-1",
    what: "a newsletter to a dead mailbox",
    given: (now) => newsletter(now, {}, { facts: { ...signedUp(now), ...stopped(now, "bounce") } }),
    outcome: "refuse",
    fires: ["email.bounce-suppression"],
  },
  {
    id: "em-bounce-2",
    what: "not even an order update",
    given: (now) => byEmail({ kind: "transactional" }, { facts: stopped(now, "bounce", 100 * dayMs) }),
    outcome: "refuse",
    fires: ["email.bounce-suppression"],
  },
  {
    id: "em-bounce-3",
    what: "a number that bounced is no mailbox",
    given: (now) => byEmail({ kind: "transactional" }, { facts: stopped(now, "bounce", dayMs, { channel: "sms" }) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-auth-all-1",
    what: "neither SPF nor DKIM",
    given: (now) => byEmail({ kind: "reply" }, { facts: wrote(now), email: { spfPasses: false, dkimPasses: false } }),
    outcome: "refuse",
    fires: ["email.auth-all-senders"],
  },
  {
    id: "em-auth-all-2",
    what: "SPF alone",
    given: (now) => byEmail({ kind: "reply" }, { facts: wrote(now), email: { dkimPasses: false } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-auth-all-3",
    what: "no TLS",
    given: (now) => byEmail({ kind: "reply" }, { facts: wrote(now), email: { tls: false } }),
    outcome: "refuse",
    fires: ["email.auth-all-senders"],
  },
  {
    id: "em-auth-all-4",
    what: "a server whose name leads elsewhere",
    given: (now) => byEmail({ kind: "reply" }, { facts: wrote(now), email: { reverseDnsMatches: false } }),
    outcome: "refuse",
    fires: ["email.auth-all-senders"],
  },
  {
    id: "em-auth-google-1",
    what: "bulk to Gmail without DMARC",
    given: (now) => newsletter(now, {}, { facts: signedUp(now), email: bulk("gmail", { dmarcRecord: false }) }),
    outcome: "refuse",
    fires: ["email.auth-bulk-google-yahoo"],
  },
  {
    id: "em-auth-google-2",
    what: "bulk to Gmail with all of it, aligned with DKIM only",
    given: (now) => newsletter(now, {}, { facts: signedUp(now), email: bulk("gmail", { fromAlignedWith: ["dkim"] }) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-auth-google-3",
    what: "bulk to Yahoo, From aligned with neither",
    given: (now) => newsletter(now, {}, { facts: signedUp(now), email: bulk("yahoo", { fromAlignedWith: [] }) }),
    outcome: "refuse",
    fires: ["email.auth-bulk-google-yahoo"],
  },
  {
    id: "em-auth-google-4",
    what: "no bulk sender: SPF alone will do",
    given: (now) =>
      newsletter(
        now,
        {},
        {
          facts: signedUp(now),
          email: { mailboxProvider: "gmail", dkimPasses: false, dmarcRecord: false },
        },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-auth-google-5",
    what: "a bulk sender to Gmail writes to somebody elsewhere",
    given: (now) =>
      newsletter(
        now,
        {},
        {
          facts: signedUp(now),
          email: bulk("gmail", { dmarcRecord: false, mailboxProvider: "other" }),
        },
      ),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-auth-microsoft-1",
    what: "bulk to Hotmail with SPF but no DKIM",
    given: (now) => newsletter(now, {}, { facts: signedUp(now), email: bulk("microsoft", { dkimPasses: false }) }),
    outcome: "refuse",
    fires: ["email.auth-bulk-microsoft"],
  },
  {
    id: "em-auth-microsoft-2",
    what: "bulk to Hotmail with all three",
    given: (now) => newsletter(now, {}, { facts: signedUp(now), email: bulk("microsoft") }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-spam-rate-1",
    what: "a millionth below one in a thousand",
    given: (now) =>
      newsletter(
        now,
        {},
        {
          facts: signedUp(now),
          account: { spamRate7d: 0.000_999 },
          email: { mailboxProvider: "gmail" },
        },
      ),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "em-spam-rate-2",
    what: "one in a thousand at Gmail",
    given: (now) =>
      newsletter(
        now,
        {},
        {
          facts: signedUp(now),
          account: { spamRate7d: 0.001 },
          email: { mailboxProvider: "gmail" },
        },
      ),
    outcome: "hold",
    until: "event:quality-recovered",
    fires: ["core.quality-brake"],
    notes: ["email.spam-rate-0-10"],
  },
  {
    id: "em-spam-rate-3",
    what: "just below three in a thousand",
    given: (now) =>
      newsletter(
        now,
        {},
        {
          facts: signedUp(now),
          account: { spamRate7d: 0.002_999 },
          email: { mailboxProvider: "gmail" },
        },
      ),
    outcome: "hold",
    until: "event:quality-recovered",
    fires: ["core.quality-brake"],
    notes: ["email.spam-rate-0-10"],
  },
  {
    id: "em-spam-rate-4",
    what: "three in a thousand",
    given: (now) =>
      newsletter(
        now,
        {},
        {
          facts: signedUp(now),
          account: { spamRate7d: 0.003 },
          email: { mailboxProvider: "gmail" },
        },
      ),
    outcome: "hold",
    until: "event:spam-rate-below-0-30-for-7-days",
    fires: ["email.spam-rate-0-30", "core.quality-brake"],
    notes: [],
  },
  {
    id: "V95",
    what: "3.4 in a thousand at Gmail",
    given: (now) =>
      newsletter(
        now,
        {},
        {
          facts: signedUp(now),
          account: { spamRate7d: 0.003_4 },
          email: { mailboxProvider: "gmail" },
        },
      ),
    outcome: "hold",
    until: "event:spam-rate-below-0-30-for-7-days",
    fires: ["email.spam-rate-0-30", "core.quality-brake"],
  },
  {
    id: "em-spam-rate-5",
    what: "the same rate, and a mailbox elsewhere",
    given: (now) =>
      newsletter(
        now,
        {},
        {
          facts: signedUp(now),
          account: { spamRate7d: 0.003_4 },
          email: { mailboxProvider: "yahoo" },
        },
      ),
    outcome: "hold",
    until: "event:quality-recovered",
    fires: ["core.quality-brake"],
    notes: [],
  },
  {
    id: "em-freemail-1",
    what: "from a Gmail address",
    given: (now) => byEmail({ kind: "reply", email: { fromDomain: "GMail.com" } }, { facts: wrote(now) }),
    outcome: "refuse",
    fires: ["email.from-freemail"],
  },
  {
    id: "em-freemail-2",
    what: "from a domain that only sounds like one",
    given: (now) => byEmail({ kind: "reply", email: { fromDomain: "gmail.shop.example" } }, { facts: wrote(now) }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-stream-1",
    what: "an invoice with an offer below it",
    given: (now) => byEmail({ kind: "transactional", promotional: true }, { facts: signedUp(now) }),
    outcome: "change",
    fires: ["email.stream-separation"],
    changes: ["send-as-marketing"],
  },
  {
    id: "em-stream-2",
    what: "an invoice",
    given: () => byEmail({ kind: "transactional" }),
    outcome: "allow",
    fires: [],
    notes: ["email.transactional-no-header-needed"],
  },
  {
    id: "em-stream-3",
    what: "an offer nobody agreed to is not saved by an invoice above it",
    given: () => byEmail({ kind: "transactional", promotional: true }),
    outcome: "refuse",
    fires: ["email.stream-separation", "nl.tw117.consent-electronic-messages"],
  },
  {
    id: "em-stream-4",
    what: "an invoice with an invitation to a channel of offers",
    given: (now) =>
      byEmail(
        { kind: "transactional", content: { stopPath: true, senderNamed: true, channelInvite: true } },
        { facts: signedUp(now) },
      ),
    outcome: "change",
    fires: ["email.stream-separation"],
  },
  {
    id: "em-subject-1",
    what: "an offer with 'Re: your complaint' above it",
    given: (now) => newsletter(now, { misleading: true }),
    outcome: "refuse",
    fires: ["email.subject-honest"],
  },
  {
    id: "em-subject-2",
    what: "an offer in the name of somebody else",
    given: (now) =>
      byEmail(
        { kind: "newsletter", content: { stopPath: true, senderNamed: true, impersonation: true } },
        { facts: signedUp(now) },
      ),
    outcome: "refuse",
    fires: ["email.subject-honest"],
  },
  {
    id: "em-subject-3",
    what: "a clumsy subject above an invoice is no advertising",
    given: () => byEmail({ kind: "transactional", email: { ...ordinaryEmail, misleading: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-doi-1",
    what: "a confirmation mail with a voucher, in Germany",
    given: () => byEmail({ kind: "doi-confirmation", promotional: true }, { recipient: german }),
    outcome: "change",
    fires: ["email.doi-neutral"],
    changes: ["remove-promotion"],
  },
  {
    id: "em-doi-3",
    what: "with an invitation to a channel of offers",
    given: () =>
      byEmail(
        { kind: "doi-confirmation", content: { stopPath: true, senderNamed: true, channelInvite: true } },
        { recipient: german },
      ),
    outcome: "change",
    fires: ["email.doi-neutral"],
  },
  {
    id: "em-doi-2",
    what: "a neutral one",
    given: () => byEmail({ kind: "doi-confirmation" }, { recipient: german }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-tracking-1",
    what: "a pixel nobody agreed to",
    given: (now) => newsletter(now, { tracksPerson: true }),
    outcome: "change",
    fires: ["email.tracking-needs-basis"],
    changes: ["remove-tracking"],
  },
  {
    id: "em-tracking-2",
    what: "a pixel the person agreed to",
    given: (now) => newsletter(now, { tracksPerson: true }, { facts: signedUp(now), email: { trackingConsent: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "em-tracking-3",
    what: "a pixel in Norway, which is in the EEA",
    given: (now) =>
      newsletter(
        now,
        { tracksPerson: true },
        {
          recipient: { region: "NO", phone: "+4740612345" },
          facts: signedUp(now),
        },
      ),
    outcome: "change",
    fires: ["email.tracking-needs-basis"],
  },
  {
    id: "em-tracking-4",
    what: "a pixel in the United Kingdom, which is not",
    given: (now) => newsletter(now, { tracksPerson: true }, { recipient: british, facts: signedUp(now) }),
    outcome: "allow",
    fires: [],
  },
];

const turns: readonly Turn[] = [
  [
    "email.list-unsubscribe-one-click",
    "begins",
    "2024-06-01",
    (moment) => newsletter(moment, { listUnsubscribe: false }),
  ],
  ["email.body-unsubscribe-link", "begins", "2024-02-01", (moment) => newsletter(moment, { unsubscribeLink: false })],
  [
    "email.unsubscribe-honoured",
    "begins",
    "2024-02-01",
    (moment) => newsletter(moment, {}, { facts: { ...signedUp(moment), ...stopped(moment, "link") } }),
  ],
  [
    "core.opt-out-wins", // told by the rule on e-mail from then on
    "ends",
    "2024-02-01",
    (moment) => newsletter(moment, {}, { facts: { ...signedUp(moment), ...stopped(moment, "link") } }),
  ],
  [
    "email.auth-all-senders",
    "begins",
    "2024-02-01",
    () => byEmail({ kind: "reply" }, { email: { reverseDnsMatches: false } }),
  ],
  [
    "email.auth-bulk-google-yahoo",
    "begins",
    "2024-02-01",
    () => byEmail({ kind: "reply" }, { email: bulk("yahoo", { dmarcRecord: false }) }),
  ],
  [
    "email.auth-bulk-microsoft",
    "begins",
    "2025-05-05",
    () => byEmail({ kind: "reply" }, { email: bulk("microsoft", { spfPasses: false }) }),
  ],
  [
    "email.spam-rate-0-30",
    "begins",
    "2024-02-01",
    (moment) => newsletter(moment, {}, { account: { spamRate7d: 0.01 }, email: { mailboxProvider: "gmail" } }),
  ],
  [
    "email.from-freemail",
    "begins",
    "2024-02-01",
    () => byEmail({ kind: "reply", email: { fromDomain: "outlook.com" } }),
  ],
];

export const email: Section = { examples, turns };

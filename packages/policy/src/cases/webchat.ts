import { dayMs, hourMs, type Instant, minuteMs, plus } from "@loket/kit";
import type { Consent } from "../facts.ts";
import { at, type Differences, optIn, softOptIn } from "../testing.ts";
import type { Example, Section, Turn } from "./index.ts";

type Request = NonNullable<Differences["request"]>;
type Visit = NonNullable<Differences["webchat"]>;

/** An answer to somebody who wrote a minute ago. */
function inChat(now: Instant, request: Request = {}, webchat: Visit = {}, differences: Differences = {}): Differences {
  return {
    facts: { lastInboundAt: plus(now, -minuteMs) },
    ...differences,
    webchat,
    request: { channel: "webchat", transport: "own", kind: "reply", ...request },
  };
}
/** An answer to somebody who last wrote `agoMs` ago. */
const lateAnswer = (now: Instant, agoMs: number, webchat: Visit = {}): Differences =>
  inChat(now, {}, webchat, { facts: { lastInboundAt: plus(now, -agoMs) } });
const setUp = (now: Instant, webchat: Visit, kind: "setup" | "import" = "setup"): Differences =>
  inChat(now, { kind, payload: "none" }, webchat);
const byPush = (now: Instant, webchat: Visit): Differences =>
  inChat(now, { kind: "transactional", transport: "push" }, webchat);
const bubble = (now: Instant, invite: NonNullable<NonNullable<Request["webchat"]>["invite"]>): Differences =>
  inChat(now, { kind: "bot-reply", webchat: { invite } }, { noticeShown: false, pageOpen: true });

/** An offer by e-mail to an address that was given for the transcript of a chat. */
const byEmail = (
  addressForTranscript: boolean,
  consents: readonly Consent[] = [],
  request: Request = {},
): Differences => ({
  request: { channel: "email", transport: "smtp", kind: "marketing", ...request },
  webchat: { addressForTranscript },
  facts: { consents },
});

const british = { region: "GB", phone: "+447700900123" };
const american = { region: "US", phone: "+12125550100" };
const bot = { firstTurn: true, saysAutomated: true, saysAi: true };

const examples: readonly Example[] = [
  {
    id: "wc-notice-1",
    what: "nobody was told about data yet",
    given: (now) => inChat(now, {}, { noticeShown: false }),
    outcome: "hold",
    until: "event:notice-shown",
    fires: ["webchat.privacy-notice"],
  },
  {
    id: "wc-notice-2",
    what: "in the United Kingdom",
    given: (now) => inChat(now, {}, { noticeShown: false }, { recipient: british }),
    outcome: "hold",
    until: "event:notice-shown",
    fires: ["webchat.privacy-notice"],
  },
  {
    id: "wc-notice-3",
    what: "in the United States",
    given: (now) => inChat(now, {}, { noticeShown: false }, { recipient: american }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-storage-1",
    what: "an identifier for statistics without consent",
    given: (now) => inChat(now, {}, { deviceStorage: ["session", "analytics"] }),
    outcome: "change",
    fires: ["webchat.storage-consent"],
    changes: ["use-session-storage"],
  },
  {
    id: "wc-storage-2",
    what: "the same with consent",
    given: (now) => inChat(now, {}, { deviceStorage: ["session", "analytics"], storageConsent: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-storage-3",
    what: "the same in the United States",
    given: (now) => inChat(now, {}, { deviceStorage: ["marketing"] }, { recipient: american }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-storage-4",
    what: "a widget that stores for advertising, as it is set up",
    given: (now) => setUp(now, { deviceStorage: ["marketing"] }),
    outcome: "change",
    fires: ["webchat.storage-consent"],
  },
  {
    id: "wc-session-1",
    what: "a millisecond short of half an hour",
    given: (now) => lateAnswer(now, 30 * minuteMs - 1),
    outcome: "allow",
    fires: [],
    reliesOn: ["webchat.window-session"],
  },
  {
    id: "wc-session-2",
    what: "half an hour later",
    given: (now) => lateAnswer(now, 30 * minuteMs),
    outcome: "refuse",
    fires: ["webchat.after-session"],
    reliesOn: [],
  },
  {
    id: "wc-session-3",
    what: "hours later, with the page still open",
    given: (now) => lateAnswer(now, 5 * hourMs, { pageOpen: true }),
    outcome: "allow",
    fires: [],
    reliesOn: ["webchat.window-session"],
  },
  {
    id: "wc-session-4",
    what: "hours later, after a click of a minute ago",
    given: (now) => lateAnswer(now, 5 * hourMs, { lastActivityAt: plus(now, -minuteMs) }),
    outcome: "allow",
    fires: [],
    reliesOn: ["webchat.window-session"],
  },
  {
    id: "wc-after-session-1",
    what: "the visitor wanted the answer by e-mail",
    given: (now) => lateAnswer(now, 5 * hourMs, { followUpBy: ["email"] }),
    outcome: "allow",
    fires: [],
    reliesOn: [],
  },
  {
    id: "wc-after-session-2",
    what: "the visitor wanted no answer later",
    given: (now) => lateAnswer(now, 5 * hourMs, { followUpBy: [] }),
    outcome: "refuse",
    fires: ["webchat.after-session"],
  },
  {
    id: "V107",
    what: "an offer to an address that was given for the transcript",
    given: () => byEmail(true),
    outcome: "refuse",
    fires: ["webchat.transcript-scope", "nl.tw117.consent-electronic-messages"],
  },
  {
    id: "wc-transcript-1",
    what: "a separate consent to offers",
    given: (now) => byEmail(true, [optIn("marketing", now, { channel: "email" })]),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-transcript-2",
    what: "a customer's record does not stand in for it",
    given: (now) => byEmail(true, [softOptIn(now)]),
    outcome: "refuse",
    fires: ["webchat.transcript-scope"],
  },
  {
    id: "wc-transcript-3",
    what: "the transcript itself",
    given: () => byEmail(true, [], { kind: "transactional" }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-invite-1",
    what: "a first invitation, before any notice",
    given: (now) => bubble(now, { shownBefore: 0, coversContent: false }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-invite-2",
    what: "a second one in the same visit",
    given: (now) => bubble(now, { shownBefore: 1 }),
    outcome: "change",
    fires: ["webchat.proactive-invite"],
    changes: ["suppress-invite"],
  },
  {
    id: "wc-invite-3",
    what: "one that was closed",
    given: (now) => bubble(now, { closedBefore: true }),
    outcome: "change",
    fires: ["webchat.proactive-invite"],
  },
  {
    id: "wc-invite-4",
    what: "one in front of the page",
    given: (now) => bubble(now, { coversContent: true }),
    outcome: "change",
    fires: ["webchat.proactive-invite"],
  },
  {
    id: "wc-invite-5",
    what: "an offer on one's own page was sent to nobody",
    given: (now) => inChat(now, { kind: "marketing", webchat: { invite: {} } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-push-1",
    what: "no leave to notify",
    given: (now) => byPush(now, { pushPermission: null }),
    outcome: "refuse",
    fires: ["webchat.push-consent"],
  },
  {
    id: "wc-push-2",
    what: "asked as the page loaded",
    given: (now) => byPush(now, { pushPermission: { askedAfterAction: false } }),
    outcome: "refuse",
    fires: ["webchat.push-consent"],
  },
  {
    id: "wc-push-3",
    what: "asked after a click",
    given: (now) => byPush(now, { pushPermission: { askedAfterAction: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-handover-1",
    what: "a bot on a widget without a way out",
    given: (now) => inChat(now, { kind: "bot-reply", bot }, { contactShown: false }),
    outcome: "change",
    fires: ["webchat.human-handover"],
    changes: ["add-handover-option"],
  },
  {
    id: "wc-handover-2",
    what: "a widget that always shows one",
    given: (now) => inChat(now, { kind: "bot-reply", bot }, { contactShown: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-handover-3",
    what: "a bot that offers one itself",
    given: (now) => inChat(now, { kind: "bot-reply" }, { contactShown: false }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-sensitive-1",
    what: "a card number in an answer",
    given: (now) => inChat(now, { content: { sensitiveIdentifiers: true } }),
    outcome: "change",
    fires: ["webchat.sensitive-data"],
    changes: ["mask-identifiers"],
  },
  {
    id: "wc-sensitive-2",
    what: "a card number a visitor typed, before it is stored",
    given: (now) => inChat(now, { kind: "import", payload: "none", content: { sensitiveIdentifiers: true } }),
    outcome: "change",
    fires: ["webchat.sensitive-data"],
  },
  {
    id: "wc-sensitive-4",
    what: "a card number in a question whether one may write",
    given: (now) => inChat(now, { kind: "opt-in-request", content: { sensitiveIdentifiers: true } }),
    outcome: "change",
    fires: ["webchat.sensitive-data"],
  },
  {
    id: "wc-sensitive-3",
    what: "the last four digits",
    given: (now) => inChat(now, { content: { sensitiveIdentifiers: false } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-retention-1",
    what: "a chat on its last day of 24 months",
    at: "2026-11-10T09:59:59.999Z",
    given: (now) => setUp(now, { transcript: { endedAt: at("2024-11-10T10:00:00Z"), anonymous: false } }, "import"),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-retention-2",
    what: "a chat of 24 months",
    given: (now) => setUp(now, { transcript: { endedAt: at("2024-11-10T10:00:00Z"), anonymous: false } }, "import"),
    outcome: "refuse",
    fires: ["webchat.retention"],
  },
  {
    id: "wc-retention-3",
    what: "a nameless chat of 31 August, on the last of February",
    at: "2026-02-28T10:00:00Z",
    given: (now) => setUp(now, { transcript: { endedAt: at("2025-08-31T10:00:00Z"), anonymous: true } }),
    outcome: "refuse",
    fires: ["webchat.retention"],
  },
  {
    id: "wc-retention-4",
    what: "the same a millisecond earlier",
    at: "2026-02-28T09:59:59.999Z",
    given: (now) => setUp(now, { transcript: { endedAt: at("2025-08-31T10:00:00Z"), anonymous: true } }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-retention-5",
    what: "an organisation that keeps chats for a month",
    given: (now) =>
      setUp(now, {
        transcript: { endedAt: plus(now, -31 * dayMs), anonymous: false },
        keepTranscriptsMonths: 1,
      }),
    outcome: "refuse",
    fires: ["webchat.retention"],
  },
  {
    id: "wc-hours-1",
    what: "a person promised at night",
    given: (now) => inChat(now, { kind: "bot-reply", webchat: { promisesPersonNow: true } }, { staffed: false }),
    outcome: "change",
    fires: ["webchat.out-of-hours"],
    changes: ["add-staffed-hours"],
  },
  {
    id: "wc-hours-2",
    what: "a person promised by day",
    given: (now) => inChat(now, { kind: "bot-reply", webchat: { promisesPersonNow: true } }, { staffed: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-identity-1",
    what: "an account's balance for a stranger",
    given: (now) => inChat(now, { webchat: { showsAccountData: true } }, { authenticated: false }),
    outcome: "refuse",
    fires: ["webchat.identity-check"],
  },
  {
    id: "wc-identity-2",
    what: "for somebody who logged in",
    given: (now) => inChat(now, { webchat: { showsAccountData: true } }, { authenticated: true }),
    outcome: "allow",
    fires: [],
  },
  {
    id: "wc-accessibility-1",
    what: "a widget that needs a mouse, on the first day of the Act",
    at: "2025-06-28T00:00:00Z",
    given: (now) => setUp(now, { accessible: false }),
    outcome: "allow",
    fires: [],
    notes: ["webchat.accessibility"],
  },
  {
    id: "wc-accessibility-2",
    what: "the same a millisecond earlier",
    at: "2025-06-27T23:59:59.999Z",
    given: (now) => setUp(now, { accessible: false }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
  {
    id: "wc-accessibility-3",
    what: "a shop in Norway",
    given: (now) =>
      inChat(now, { kind: "setup", payload: "none" }, { accessible: false }, { sender: { establishment: "NO" } }),
    outcome: "allow",
    fires: [],
    notes: [],
  },
];

const turns: readonly Turn[] = [
  ["webchat.privacy-notice", "begins", "2018-05-25", (moment) => inChat(moment, {}, { noticeShown: false })],
  ["webchat.storage-consent", "begins", "2009-12-19", (moment) => inChat(moment, {}, { deviceStorage: ["analytics"] })],
];

export const webchat: Section = { examples, turns };

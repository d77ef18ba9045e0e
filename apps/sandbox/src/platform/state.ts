import type { Instant } from "@loket/kit";
import type { ReviewDecision } from "./account-review.ts";
import type { CallMedia } from "./call-media.ts";
import type { Call, CallPermission } from "./calls.ts";
import type { Crowd, CrowdTask } from "./crowd/crowd-state.ts";
import type { Flow } from "./flows.ts";
import type { Failure } from "./graph-error.ts";
import type { Group } from "./groups.ts";
import type { Lane, Update } from "./lanes.ts";
import type { NumberMore } from "./number-more.ts";
import type { QrCode } from "./qr-codes.ts";
import { emptyRecords, type Records } from "./records.ts";
import type { Holder } from "./routing.ts";
import type { Cost } from "./rules/own-rates.ts";
import { emptyRules, type RulesState, type RuleTask } from "./rules/rules-state.ts";

/** A JSON object whose members are not known yet. */
export type Body = Record<string, unknown>;

/**
 * Everything the sandbox remembers. Plain data, so that a snapshot is the state itself: what will happen later (tasks)
 * and what a subscriber has not answered yet (lanes) are in it too, and a restart loses neither.
 */
export interface State {
  readonly seed: number;
  /** Grows with every id made; ids are derived from it and the seed, so they are the same in every run and never repeat. */
  serial: number;
  /** Answers the Graph API has given; their trace ids follow from it. */
  answers: number;
  readonly apps: Map<string, App>;
  readonly portfolios: Map<string, Portfolio>;
  readonly accounts: Map<string, Account>;
  readonly numbers: Map<string, BusinessNumber>;
  readonly tokens: Map<string, Token>;
  readonly templates: Map<string, Template>;
  readonly media: Map<string, Media>;
  readonly uploads: Map<string, Upload>;
  readonly phones: Map<string, Phone>;
  /** How a phone that comes into being by being written to is set up. */
  readonly newPhones: PhoneSettings;
  /** What lies between one business number and one person, by `threadKey`. */
  readonly threads: Map<string, Thread>;
  readonly messages: Map<string, Message>;
  readonly qrCodes: Map<string, QrCode>;
  readonly flows: Map<string, Flow>;
  readonly calls: Map<string, Call>;
  readonly callPermissions: Map<string, CallPermission>;
  readonly groups: Map<string, Group>;
  /** Until when a name and language of a deleted template is taken, by account, name and language. */
  readonly takenTemplateNames: Map<string, Instant>;
  /** Management calls of the hour under way, by account; see graph/quota.ts. */
  readonly quotas: Map<string, { from: Instant; count: number; templates: number }>;
  readonly lanes: Map<string, Lane>;
  readonly tasks: PlannedTask[];
  /** What surrounds accounts and is rarely there: sign-ups, schedules, users, a catalogue, what was done. */
  readonly records: Records;
  /** What limits, quality, enforcement and billing remember. */
  readonly rules: RulesState;
  /** People who are worked out instead of kept; see crowd/. */
  crowd: Crowd | null;
  faults: Faults;
}

export interface App {
  readonly id: string;
  name: string;
  secret: string;
  callbackUrl: string | null;
  verifyToken: string | null;
  fields: string[];
  /** The version its fields were subscribed with, 25 for v25.0; left out the usual one. */
  webhookVersion?: number;
}

interface Portfolio {
  readonly id: string;
  name: string;
  /** Business verification; the worlds of the sandbox are verified unless they say otherwise. */
  verified?: boolean;
  /** What it is linked under; portfolios of one parent know each person by one more id. */
  parentId?: string;
}

export interface Account {
  readonly id: string;
  readonly portfolioId: string;
  name: string;
  currency: string;
  country: string;
  /** Apps attached with `subscribed_apps`; an app not in here hears nothing of this account. */
  readonly subscriptions: Map<string, Subscription>;
  restrictions: Restriction[];
  banState: "none" | "disabled";
  /** Whether `/marketing_messages` may be used, as the platform names it. */
  marketingMessages: "ELIGIBLE" | "ONBOARDED" | "INELIGIBLE";
  /** Whether the platform could send a bill; it can unless told otherwise. */
  paymentMethod?: boolean;
  /** `hand` leaves a new template pending; `instant` approves it at once. */
  review: "hand" | "instant";
  /** Template insights are on, for good. */
  insights?: boolean;
  /** Marketing templates are refused on `/messages` (131063). */
  marketingOffCloudApi?: boolean;
  /** The portfolio of a partner the account is shared with. */
  clientOf?: string | null;
  /** What the platform's review decided; left out it is approved. */
  decision?: ReviewDecision;
  /** Purchases and leads in conversations that began with an advertisement are told. */
  automaticEvents?: boolean;
}

interface Subscription {
  overrideUrl: string | null;
}

interface Restriction {
  readonly restriction_type: string;
  /** Unix seconds; without it the restriction has no end. */
  readonly expiration?: number;
}

export interface BusinessNumber {
  readonly id: string;
  readonly accountId: string;
  /** Digits only, with the country's calling code. */
  readonly digits: string;
  readonly displayNumber: string;
  verifiedName: string;
  callbackUrl: string | null;
  /** The app that set the callback; only its webhooks go there. Left out, those of all apps do. */
  callbackAppId?: string;
  status: "CONNECTED" | "PENDING" | "DISCONNECTED" | "FLAGGED" | "RESTRICTED" | "BANNED" | "MIGRATED";
  quality: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  messagingLimit: string;
  throughputPerSecond: number;
  /** Free slots of the pair limit; see rates.ts. */
  pairBurst: number;
  pairIntervalMs: number;
  /** Theoretical time of arrival of the next message at the number's pace; see rates.ts. */
  paceAt: number;
  pin: string | null;
  profile: Body;
  readonly blockedUsers: Set<string>;
  /** What only some numbers have; see number-more.ts. */
  more?: NumberMore;
}

export interface Token {
  readonly token: string;
  readonly appId: string;
  readonly name: string;
  readonly accountIds: string[];
  readonly scopes: string[];
  readonly issuedAt: Instant;
  expiresAt: Instant | null;
  /** The subcode of 190 it is refused with since it was revoked. */
  revoked?: number;
}

export type TemplateStatus =
  | "PENDING"
  | "APPROVED"
  | "REJECTED"
  | "PAUSED"
  | "DISABLED"
  | "PENDING_DELETION"
  | "ARCHIVED";
export type TemplateCategory = "MARKETING" | "UTILITY" | "AUTHENTICATION";

export interface Template {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly language: string;
  status: TemplateStatus;
  category: TemplateCategory;
  /** What it is about to become, and what it was before; see rules/category.ts. */
  correctCategory?: TemplateCategory;
  previousCategory?: TemplateCategory;
  parameterFormat: "POSITIONAL" | "NAMED";
  components: Body[];
  rejectedReason: string | null;
  quality: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  pauses: number;
  ttlSeconds: number | null;
  libraryName?: string;
  /** Since when it is archived, and what it was before; see template-care.ts. */
  archivedAt?: Instant;
  archivedFrom?: TemplateStatus;
  editedAt: Instant[];
  readonly createdAt: Instant;
}

export interface Media {
  readonly id: string;
  /** The account whose numbers may use it; `null` for what a person has on their phone. */
  readonly accountId: string | null;
  readonly numberId: string | null;
  readonly mimeType: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
  readonly filename: string | null;
  readonly expiresAt: Instant;
}

/** A resumable upload under way. */
export interface Upload {
  readonly id: string;
  readonly appId: string;
  readonly fileType: string;
  readonly fileLength: number;
  bytes: Uint8Array;
  /** Given once all bytes are there; names the file in templates and profiles. */
  handle?: string;
}

export interface Phone {
  /** Digits only; also the key under which the sandbox keeps the person when the number is hidden from businesses. */
  readonly number: string;
  name: string;
  language: string;
  username: string | null;
  /** A fixed business-scoped user id for every portfolio; `null` derives one per portfolio. */
  userId: string | null;
  hideNumber: boolean;
  onWhatsApp: boolean;
  online: boolean;
  autoRead: boolean;
  readReceipts: boolean;
  /** The number this person moved to; the old one is no longer reachable. */
  movedTo: string | null;
  /** How often their identity key changed. */
  identity?: number;
}

/** What may be set on a phone; members left out stay as they are. */
export type PhoneSettings = Partial<Omit<Phone, "number" | "movedTo" | "identity">>;

export interface Thread {
  readonly numberId: string;
  readonly phone: string;
  lastInboundAt: Instant | null;
  lastOutboundAt: Instant | null;
  /** A reply before this opens a free entry point; set by a message that came from an advertisement. */
  entryOfferUntil: Instant | null;
  freeEntryUntil: Instant | null;
  blockedByPerson: boolean;
  reported: boolean;
  marketingStopped: boolean;
  /** Theoretical time of arrival of the next message of this pair; see rates.ts. */
  pairAt: number;
  typingUntil: Instant | null;
  /** Who answers, on a number that several responders share; see routing.ts. */
  holder?: Holder;
  /** The click on an advertisement it began with; `null` where it began with one that has no click id. */
  adClick?: string | null;
  /** Automatic events told of it. */
  adEvents?: string[];
  /** Text a link filled in, not sent yet. */
  draft?: string;
  readonly messageIds: string[];
}

export type MessageStatus = "accepted" | "sent" | "delivered" | "read" | "played" | "failed" | "dropped";

export interface Message {
  readonly id: string;
  readonly numberId: string;
  readonly phone: string;
  readonly from: "phone" | "business";
  readonly type: string;
  /** What stands under the key named by `type`. */
  content: unknown;
  /** Other members of the message object, such as `referral`, `errors` or `origin`. */
  readonly extra: Body;
  readonly at: Instant;
  status: MessageStatus;
  readonly history: { status: MessageStatus; at: Instant }[];
  readonly context: Body | null;
  readonly callbackData: string | null;
  readonly byUserId: boolean;
  readonly via: "messages" | "marketing_messages" | "history";
  readonly template: { id: string; category: TemplateCategory; ttlSeconds: number | null; rendered: Body } | null;
  pricing: Body | null;
  /** What the ledger put down for it; left out where the card says nothing. */
  cost?: Cost;
  /** Members of the free-entry conversation shown on statuses; `null` outside one. */
  conversation: Body | null;
  failure: Failure | null;
  reactions: { phone?: string; business?: string };
  edited: boolean;
  revoked: boolean;
  /** The app that sent it, or `ai_agent`; kept on numbers that several responders share. */
  sentBy?: string;
}

/** What is true of a message to which nothing has happened yet, unless its maker says otherwise. */
export const untouched = () =>
  ({
    extra: {},
    context: null,
    callbackData: null,
    via: "messages",
    template: null,
    pricing: null,
    conversation: null,
    failure: null,
    reactions: {},
    edited: false,
    revoked: false,
  }) satisfies Partial<Message>;

export type Task =
  | { readonly do: "process"; readonly messageId: string }
  | { readonly do: "deliver"; readonly messageId: string }
  | { readonly do: "read"; readonly messageId: string }
  | { readonly do: "end-typing"; readonly thread: string }
  | { readonly do: "stop-ringing"; readonly callId: string }
  | { readonly do: "call-media"; readonly callId: string; readonly kind: CallMedia }
  | { readonly do: "drop-archived"; readonly templateId: string; readonly archivedAt: Instant }
  | {
      readonly do: "group-status";
      readonly groupId: string;
      readonly messageId: string;
      readonly status: "sent" | "delivered" | "read";
    }
  | { readonly do: "unpause"; readonly templateId: string; readonly pauses: number }
  | { readonly do: "rule"; readonly task: RuleTask }
  | CrowdTask
  | { readonly do: "enqueue"; readonly url: string; readonly update: Update }
  | { readonly do: "resume"; readonly url: string }
  | { readonly do: "retry"; readonly url: string; readonly batchId: number };

export interface PlannedTask {
  readonly dueAt: Instant;
  readonly order: number;
  readonly task: Task;
}

/** When a fault strikes: for the next few occasions, at every n-th one, or by chance (drawn from the seed). */
export interface Occasion {
  next?: number;
  every?: number;
  share?: number;
  /** Occasions seen so far; kept by the sandbox. */
  seen?: number;
}

export interface GraphFault extends Occasion {
  method?: string;
  /** Matches when the path, without version, contains it. */
  path?: string;
  status?: number;
  code?: number;
  subcode?: number;
  message?: string;
  details?: string;
  headers?: Record<string, string>;
  /** A non-JSON answer, as proxies at the platform's edge give now and then. */
  html?: boolean;
  delayMs?: number;
  /** Closes the connection without an answer: before the request was looked at, or after it was carried out. */
  close?: "before" | "after";
}

interface MessageFault extends Occasion {
  /** The person it concerns; everybody when absent. */
  to?: string;
  code: number;
  title?: string;
  details?: string;
}

export interface Faults {
  graph: GraphFault[];
  messages: MessageFault[];
  webhooks: {
    duplicate?: Occasion;
    reorder?: Occasion;
    loseAnswers?: Occasion;
    delayMs?: number;
  };
  latency: { sentMs: number; deliveredMs: number; readMs: number; jitterMs: number };
  retry: { delaysMs: number[]; horizonMs: number; quickAttempts: number; timeoutMs: number };
  batch: { max: number };
  /** Version of the webhook fields of every app; `null` is what each subscribed with. Up to 23 every status carries `conversation`. */
  webhookVersion: number | null;
  /** Whether webhooks carry user ids; `null` goes by the day whose rules apply. */
  userIds: boolean | null;
}

export function threadKey(numberId: string, phone: string): string {
  return `${numberId}:${phone}`;
}

/** What lies between a number and a person who have nothing to do with each other yet. */
export function emptyThread(numberId: string, phone: string): Thread {
  return {
    numberId,
    phone,
    lastInboundAt: null,
    lastOutboundAt: null,
    entryOfferUntil: null,
    freeEntryUntil: null,
    blockedByPerson: false,
    reported: false,
    marketingStopped: false,
    pairAt: 0,
    typingUntil: null,
    messageIds: [],
  };
}

export const defaultFaults = (): Faults => ({
  graph: [],
  messages: [],
  webhooks: {},
  latency: { sentMs: 40, deliveredMs: 120, readMs: 400, jitterMs: 0 },
  retry: {
    // The platform promises "immediately a few times, then with decreasing frequency" and gives no figures. An hour is the
    // longest; whoever restarted their program has the rest sent at once with `POST /_sandbox/webhooks/retry`.
    delaysMs: [
      250, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 300_000, 300_000, 600_000, 1_200_000, 1_800_000,
      3_600_000,
    ],
    horizonMs: 7 * 24 * 3_600_000,
    quickAttempts: 4,
    timeoutMs: 10_000,
  },
  batch: { max: 1_000 },
  webhookVersion: null,
  userIds: null,
});

export function emptyState(seed: number): State {
  return {
    seed,
    serial: 0,
    answers: 0,
    apps: new Map(),
    portfolios: new Map(),
    accounts: new Map(),
    numbers: new Map(),
    tokens: new Map(),
    templates: new Map(),
    media: new Map(),
    uploads: new Map(),
    phones: new Map(),
    newPhones: {},
    threads: new Map(),
    messages: new Map(),
    qrCodes: new Map(),
    flows: new Map(),
    calls: new Map(),
    callPermissions: new Map(),
    groups: new Map(),
    takenTemplateNames: new Map(),
    quotas: new Map(),
    lanes: new Map(),
    tasks: [],
    records: emptyRecords(),
    rules: emptyRules(),
    crowd: null,
    faults: defaultFaults(),
  };
}

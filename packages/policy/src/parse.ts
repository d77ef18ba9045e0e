import { fail, type Instant, ok, parseInstant, type Result } from "@loket/kit";
import type {
  Account,
  CallPermission,
  Consent,
  Facts,
  History,
  MessagingLimit,
  Recipient,
  Restriction,
  Sender,
  SoftOptIn,
  Suppression,
} from "./facts.ts";
import {
  type BotTurn,
  type Channel,
  type Content,
  channels,
  type Group,
  kinds,
  payloads,
  qualities,
  type SendRequest,
  type Template,
  type Transport,
  templateCategories,
  templateStatuses,
  transports,
} from "./request.ts";

/** What is wrong with a body, where, and what to write instead. */
export interface ParseFailure {
  readonly path: string;
  readonly message: string;
}

export interface ParsedJudgement {
  readonly request: SendRequest;
  /** `null`: none were given, so whoever asks has to gather them. */
  readonly facts: Facts | null;
  /** `null`: now, whatever the caller's clock says. */
  readonly at: Instant | null;
}

export interface ParseOptions {
  /** Names that `request` may carry for the caller's own use, e.g. `contactId`. Any other unknown name is a failure. */
  readonly alsoInRequest?: readonly string[];
}

/**
 * Reads `{ request, facts?, at? }` from JSON. A name nobody knows is a failure and not ignored: a misspelt fact would
 * otherwise be an unknown one. `null` means "we looked, there is none" for the facts that can be none (see `Facts`),
 * and "not known" for all others.
 */
export function parseJudgement(json: unknown, options: ParseOptions = {}): Result<ParsedJudgement, ParseFailure[]> {
  const failures: ParseFailure[] = [];
  if (!isRecord(json))
    return fail([{ path: "", message: "Send an object with request, and where you like facts and at." }]);
  for (const name of Object.keys(json)) {
    if (name !== "request" && name !== "facts" && name !== "at") {
      failures.push({ path: name, message: "Unknown field. The fields here are request, facts and at." });
    }
  }
  const request = readRequest(json.request, failures, options.alsoInRequest ?? []);
  const facts = json.facts == null ? null : readFacts(json.facts, "facts", failures);
  const at = json.at == null ? null : instantText(json.at, "at", failures);
  if (failures.length > 0 || request === undefined || facts === undefined || at === undefined) return fail(failures);
  return ok({ request, facts, at });
}

/** Reads one value; on failure records why and gives `undefined`. */
type Reader<Value> = (value: unknown, path: string, failures: ParseFailure[]) => Value | undefined;

/** One reader for every field a type has: a fact added to the type and not to its reader does not compile. */
type Fields<Value> = { readonly [Name in keyof Value]-?: Reader<Exclude<Value[Name], undefined>> };

interface ObjectOptions<Value> {
  readonly required?: readonly (keyof Value & string)[];
  /** Other names by which a field may be given. */
  readonly aliases?: Readonly<Record<string, keyof Value & string>>;
  readonly ignored?: readonly string[];
}

/** Names of the terms book that are worked out from other facts and so cannot be given. */
const derived: Readonly<Record<string, string>> = {
  now: "Give the instant as at, beside request and facts.",
  windowOpen: "It follows from lastInboundAt and at; give those.",
  initiated: "It follows from payload, lastInboundAt and suppressions; give those.",
  effectiveKind: "It follows from kind and promotional; give those.",
};

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

function object<Value extends object>(fields: Fields<Value>, options: ObjectOptions<Value> = {}): Reader<Value> {
  const names = Object.keys(fields);
  const readers: Readonly<Record<string, Reader<unknown>>> = fields;
  return (value, path, failures) => {
    if (!isRecord(value)) {
      failures.push({ path, message: `${shown(value)} is not an object. Fields it may have: ${names.join(", ")}.` });
      return undefined;
    }
    const failuresBefore = failures.length;
    const read: Record<string, unknown> = {};
    for (const [given, raw] of Object.entries(value)) {
      const name = options.aliases?.[given] ?? given;
      const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
      if (reader === undefined) {
        if (options.ignored?.includes(given)) continue;
        const hint = Object.hasOwn(derived, given) ? derived[given] : `Fields it may have: ${names.join(", ")}.`;
        failures.push({ path: `${path}.${given}`, message: `Unknown field. ${hint}` });
        continue;
      }
      if (raw === undefined) continue;
      const result = reader(raw, `${path}.${given}`, failures);
      if (result !== undefined) read[name] = result;
    }
    for (const name of options.required ?? []) {
      if (read[name] === undefined && failures.length === failuresBefore) {
        failures.push({ path: `${path}.${name}`, message: "Missing, and nothing can be said without it." });
      }
    }
    // Every value under a name came from that name's own reader, which is what `Value` asks; TypeScript cannot follow.
    return failures.length === failuresBefore ? (read as Value) : undefined;
  };
}

/** For facts that can be known to be none. */
function orNone<Value>(reader: Reader<Value>): Reader<Value | null> {
  return (value, path, failures) => (value === null ? null : reader(value, path, failures));
}

/** `null` is not a value these can have: it says "not known", the same as leaving the field out. */
function known<Value>(reader: Reader<Value>): Reader<Value> {
  return (value, path, failures) => (value === null ? undefined : reader(value, path, failures));
}

function listOf<Value>(reader: Reader<Value>): Reader<readonly Value[]> {
  return known((value, path, failures) => {
    const values = Array.isArray(value) ? value : [value];
    const read = values.map((one: unknown, index) =>
      reader(one, Array.isArray(value) ? `${path}[${index}]` : path, failures),
    );
    return read.every((one) => one !== undefined) ? read : undefined;
  });
}

function oneOf<Value extends string | number>(values: readonly Value[]): Reader<Value> {
  return known((value, path, failures) => {
    const found = values.find((one) => one === value);
    if (found === undefined) failures.push({ path, message: `${shown(value)} is not one of ${values.join(", ")}.` });
    return found;
  });
}

const flag: Reader<boolean> = known((value, path, failures) => {
  if (typeof value === "boolean") return value;
  failures.push({ path, message: `${shown(value)} is neither true nor false.` });
  return undefined;
});

const text: Reader<string> = known((value, path, failures) => {
  if (typeof value === "string" && value !== "") return value;
  failures.push({ path, message: `${shown(value)} is not a text with something in it.` });
  return undefined;
});

const amount: Reader<number> = known((value, path, failures) => {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  failures.push({ path, message: `${shown(value)} is not a number of zero or more.` });
  return undefined;
});

const instantText: Reader<Instant> = known((value, path, failures) => {
  const read = typeof value === "string" ? parseInstant(value) : null;
  if (read !== null) return read;
  failures.push({
    path,
    message: `${shown(value)} is not an instant. Write RFC 3339 with an offset, e.g. 2026-11-10T10:00:00Z.`,
  });
  return undefined;
});

const dateText: Reader<string> = known((value, path, failures) => {
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && isCalendarDate(value)) return value;
  failures.push({ path, message: `${shown(value)} is not a date. Write it as 1980-04-01.` });
  return undefined;
});

function isCalendarDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

const country: Reader<string> = known((value, path, failures) => {
  const code = typeof value === "string" ? value.toUpperCase() : "";
  if (/^[A-Z]{2}$/.test(code)) return code === "UK" ? "GB" : code;
  failures.push({ path, message: `${shown(value)} is not a country. Write two letters of ISO 3166-1, e.g. NL.` });
  return undefined;
});

const subdivision: Reader<string> = known((value, path, failures) => {
  const code = typeof value === "string" ? value.toUpperCase() : "";
  if (/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code)) return code;
  failures.push({ path, message: `${shown(value)} is not a subdivision. Write ISO 3166-2, e.g. US-TX.` });
  return undefined;
});

const phoneNumber: Reader<string> = known((value, path, failures) => {
  if (typeof value === "string" && /^\+[1-9]\d{5,14}$/.test(value)) return value;
  failures.push({ path, message: `${shown(value)} is not a phone number. Write E.164, e.g. +31612345678.` });
  return undefined;
});

const channelOrAll: Reader<Channel | "all"> = oneOf([...channels, "all"]);
const purposes = ["marketing", "transactional", "service", "survey", "sales-call"] as const;

const readTemplate = object<Template>(
  {
    name: text,
    category: oneOf(templateCategories),
    status: oneOf(templateStatuses),
    language: text,
    approvedLanguages: listOf(text),
    defaultLanguage: text,
    quality: oneOf(qualities),
    pausedAt: instantText,
    pauseCount: amount,
    heldForQualityAssessment: flag,
    parametersComplete: flag,
    otpButton: flag,
    plainBody: flag,
    longestParameter: amount,
  },
  { required: ["category", "status"], aliases: { lang: "language" } },
);

const readContent = object<Content>({
  specific: flag,
  stopPath: flag,
  senderNamed: flag,
  sensitiveIdentifiers: flag,
  protectedHealthData: flag,
  impersonation: flag,
  ageLimited: flag,
});

const readBot = object<BotTurn>({
  firstTurn: flag,
  saysAutomated: flag,
  ai: flag,
  saysAi: flag,
  escalationOffered: flag,
  assistantIsTheProduct: flag,
});

const readGroup = object<Group>(
  { participants: amount, everyoneJoinedByInvite: flag },
  { required: ["participants", "everyoneJoinedByInvite"] },
);

const requestFields: Fields<SendRequest> = {
  channel: oneOf(channels),
  transport: oneOf(transports),
  payload: oneOf(payloads),
  kind: oneOf(kinds),
  template: known(readTemplate),
  fallbackTemplate: known(readTemplate),
  directSendCategory: oneOf(templateCategories),
  promotional: flag,
  solicited: flag,
  content: known(readContent),
  bot: known(readBot),
  group: known(readGroup),
};

const usualTransport: Readonly<Partial<Record<Channel, Transport>>> = {
  whatsapp: "cloud-api",
  telegram: "bot-api",
  email: "smtp",
  webchat: "own",
};

/** Transport and payload have one usual value each; whoever means another one says so. */
function readRequest(value: unknown, failures: ParseFailure[], ignored: readonly string[]): SendRequest | undefined {
  const reader = object<
    Omit<SendRequest, "transport" | "payload"> & Partial<Pick<SendRequest, "transport" | "payload">>
  >(requestFields, { required: ["channel", "kind"], ignored });
  const read = reader(value, "request", failures);
  if (read === undefined) return undefined;
  const transport = read.transport ?? usualTransport[read.channel] ?? "other";
  const payload = read.payload ?? (read.template === undefined ? "free-form" : "template");
  return { ...read, transport, payload };
}

const readRecipient = object<Recipient>({
  region: country,
  subdivision: orNone(subdivision),
  kind: oneOf(["natural", "legal"]),
  phone: orNone(phoneNumber),
  bsuid: orNone(text),
  birthDate: orNone(dateText),
  languages: listOf(text),
  importedFrom: orNone(
    object<{ readonly evidenceAttached: boolean }>({ evidenceAttached: flag }, { required: ["evidenceAttached"] }),
  ),
  numberChangedAt: orNone(instantText),
  publishedForSuchMessages: flag,
  lastPurchaseAt: orNone(instantText),
});

const readSender = object<Sender>({
  establishment: country,
  subdivision: orNone(subdivision),
  numberCountry: country,
  kind: oneOf(["business", "charity", "charity-lottery", "publisher", "political", "public-body"]),
  viaSolutionProvider: flag,
  profileHasContact: flag,
  officialBusinessAccount: flag,
  inBusinessApp: flag,
});

const readSoft = object<SoftOptIn>({
  obtainedInSale: flag,
  ownSimilarProducts: flag,
  objectionOfferedAtCollection: flag,
  objectionOfferedEachTime: flag,
  charitableSupport: flag,
});

const readConsent = object<Consent>(
  {
    status: oneOf(["granted", "withdrawn"]),
    kind: oneOf(["express", "soft", "implied"]),
    purposes: listOf(oneOf(purposes)),
    channel: channelOrAll,
    method: oneOf(["web-form", "inbound-message", "in-person", "paper", "phone", "email", "sms", "other"]),
    obtainedAt: instantText,
    withdrawnAt: instantText,
    wordingVersion: text,
    evidenceRef: text,
    namesBusiness: flag,
    namesChannel: flag,
    confirmedAt: instantText,
    flaws: listOf(oneOf(["pre-ticked", "hidden-in-terms", "condition-of-service"])),
    thirdPartyForm: flag,
    soft: known(readSoft),
  },
  { required: ["status", "kind", "purposes", "channel"], aliases: { purpose: "purposes" } },
);

const readSuppression = object<Suppression>(
  {
    purpose: oneOf([...purposes, "all"]),
    channel: channelOrAll,
    at: instantText,
    source: oneOf([
      "keyword",
      "button",
      "link",
      "agent",
      "complaint",
      "bounce",
      "block",
      "platform-preference",
      "law-request",
    ]),
    confirmationSentAt: orNone(instantText),
  },
  { required: ["purpose", "channel", "at", "source"] },
);

const readLimit = object<MessagingLimit>(
  {
    limit: (value, path, failures) => (value === "unlimited" ? value : amount(value, path, failures)),
    used: amount,
    oldestCountedAt: orNone(instantText),
    includesRecipient: flag,
  },
  { required: ["limit", "used"] },
);

/** Without an end a restriction lasts: `until` may be left out, and is `null` then. */
const readRestriction: Reader<Restriction> = (value, path, failures) => {
  const reader = object<{ readonly scope: Restriction["scope"]; readonly until?: Instant | null }>(
    {
      scope: oneOf(["business-initiated", "all", "lock", "utility-templates"]),
      until: orNone(instantText),
    },
    { required: ["scope"] },
  );
  const read = reader(value, path, failures);
  return read === undefined ? undefined : { scope: read.scope, until: read.until ?? null };
};

const readAccount = object<Account>({
  disabled: flag,
  restrictions: listOf(readRestriction),
  quality: oneOf(qualities),
  paymentMethod: flag,
  serviceMessagesThisMonth: amount,
  portfolioLimit: known(readLimit),
  numberLimit: known(readLimit),
  directSend: oneOf(["enabled", "disabled", "blocked"]),
  joinedPlatformAt: instantText,
  spamRate7d: amount,
});

const readCallPermission = object<CallPermission>(
  { kind: oneOf(["temporary", "permanent"]), grantedAt: instantText, revokedAt: orNone(instantText) },
  { required: ["kind", "grantedAt"] },
);

const readHistory = object<History>({
  marketingSentAt: listOf(instantText),
  sameContentSentAt: orNone(instantText),
  lastSentAt: orNone(instantText),
  burstLeft: amount,
  pairBackoffUntil: orNone(instantText),
  sentInLastSecond: amount,
  throughputPerSecond: amount,
  marketingLimitHitAt: orNone(instantText),
  marketingStoppedErrorAt: orNone(instantText),
  marketingPreference: orNone(
    object<{ readonly value: "stop" | "resume"; readonly at: Instant }>(
      { value: oneOf(["stop", "resume"]), at: instantText },
      { required: ["value", "at"] },
    ),
  ),
  adConversationRepliedAt: orNone(instantText),
  callPermission: orNone(readCallPermission),
});

const readFacts = object<Facts>(
  {
    recipient: known(readRecipient),
    sender: known(readSender),
    lastInboundAt: orNone(instantText),
    consents: listOf(readConsent),
    suppressions: listOf(readSuppression),
    account: known(readAccount),
    history: known(readHistory),
  },
  { aliases: { consent: "consents", suppression: "suppressions" } },
);

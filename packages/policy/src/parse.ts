import { fail, type Instant, ok, type Result } from "@loket/kit";
import { readBusinessApp } from "./facts/app.ts";
import { readAppleFacts } from "./facts/apple.ts";
import { readCallMessage } from "./facts/call.ts";
import { readContract } from "./facts/contract.ts";
import { readEmailFacts, readEmailMessage } from "./facts/email.ts";
import { listSources, readImportedList } from "./facts/imported-list.ts";
import { readLaw, specialCategories } from "./facts/law.ts";
import { readMessengerFacts, readMessengerMessage } from "./facts/messenger.ts";
import { readOperator } from "./facts/operator.ts";
import { readPublicChannel } from "./facts/public-channel.ts";
import { readRcsFacts, readRcsMessage } from "./facts/rcs.ts";
import { readSmsFacts, readSmsMessage } from "./facts/sms.ts";
import { readTelegramFacts, readTelegramMessage } from "./facts/telegram.ts";
import { goodsClasses, readTrade } from "./facts/trade.ts";
import { readViberFacts } from "./facts/viber.ts";
import { readWebchatFacts, readWebchatMessage } from "./facts/webchat.ts";
import {
  type Account,
  type CallPermission,
  type Consent,
  type Facts,
  type History,
  type MessagingLimit,
  purposes,
  type Recipient,
  type Restriction,
  type Sender,
  type SoftOptIn,
  type Suppression,
  type WrittenConsent,
} from "./facts.ts";
import {
  amount,
  country,
  dateText,
  type Fields,
  flag,
  instantText,
  isRecord,
  known,
  listOf,
  object,
  oneOf,
  orNone,
  type ParseFailure,
  phoneNumber,
  type Reader,
  subdivision,
  text,
  timeZone,
} from "./reading.ts";
import {
  type BotTurn,
  type Channel,
  type Content,
  channels,
  contentConcerns,
  type Group,
  isMessageKind,
  kinds,
  type MessageBody,
  type NativeSend,
  type Payload,
  payloads,
  qualities,
  type SendRequest,
  type Template,
  type Transport,
  templateCategories,
  templateStatuses,
  transports,
} from "./request.ts";

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

const channelOrAll: Reader<Channel | "all"> = oneOf([...channels, "all"]);

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
  goods: listOf(oneOf(goodsClasses)),
  onlyPointsElsewhere: flag,
  channelInvite: flag,
  concerns: listOf(oneOf(contentConcerns)),
  postalAddress: flag,
  labelledAsAdvertising: flag,
  privacyLink: flag,
  stopWorksDays: amount,
  reveals: listOf(oneOf(specialCategories)),
});

const readBot = object<BotTurn>({
  firstTurn: flag,
  resumes: flag,
  saysAutomated: flag,
  ai: flag,
  saysAi: flag,
  escalationOffered: flag,
  assistantIsTheProduct: flag,
});

const readBody = object<MessageBody>({
  textBytes: amount,
  largestFileBytes: amount,
  parts: listOf(oneOf(["audio", "button", "file", "image", "video"])),
});

const readNative = object<NativeSend>({
  sentBy: oneOf(["person", "app", "software"]),
  broadcastRecipients: amount,
  draftsPerClick: amount,
  scheduledBy: oneOf(["app", "software"]),
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
  native: known(readNative),
  commerce: flag,
  body: known(readBody),
  call: known(readCallMessage),
  email: known(readEmailMessage),
  messenger: known(readMessengerMessage),
  rcs: known(readRcsMessage),
  sms: known(readSmsMessage),
  telegram: known(readTelegramMessage),
  webchat: known(readWebchatMessage),
  text,
  audience: known(
    object<{ readonly recipients: number; readonly approvals: number }>(
      { recipients: amount, approvals: amount },
      { required: ["recipients", "approvals"] },
    ),
  ),
  overrides: listOf(text),
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
  const usual = isWhatsAppPost(read) ? "public-channel" : usualTransport[read.channel];
  const transport = read.transport ?? usual ?? "other";
  const payload = read.payload ?? usualPayload(read);
  return { ...read, transport, payload };
}

function usualPayload({ channel, kind, template }: Pick<SendRequest, "channel" | "kind" | "template">): Payload {
  if (!isMessageKind(kind)) return "none";
  if (channel === "phone") return "call";
  return template === undefined ? "free-form" : "template";
}

function isWhatsAppPost({ channel, kind }: Pick<SendRequest, "channel" | "kind">): boolean {
  return channel === "whatsapp" && kind === "channel-post";
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
    object<NonNullable<Recipient["importedFrom"]>>(
      { evidenceAttached: flag, source: oneOf(listSources) },
      { required: ["evidenceAttached"] },
    ),
  ),
  numberChangedAt: orNone(instantText),
  publishedForSuchMessages: flag,
  timeZones: listOf(timeZone),
  clarifyingSince: orNone(instantText),
  lastPurchaseAt: orNone(instantText),
  lastInquiryAt: orNone(instantText),
  lastActivityAt: orNone(instantText),
  privacyInformedAt: orNone(instantText),
  onRefusalList: flag,
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
  purchase: flag,
  ownSimilarProducts: flag,
  objectionOfferedAtCollection: flag,
  objectionOfferedEachTime: flag,
  charitableSupport: flag,
});

const readConsent = object<Consent>(
  {
    status: oneOf(["granted", "withdrawn"]),
    kind: oneOf(["express", "soft", "implied", "channel-follow"]),
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
    confirmedBy: oneOf(channels),
    flaws: listOf(oneOf(["pre-ticked", "hidden-in-terms", "condition-of-service"])),
    thirdPartyForm: flag,
    soft: known(readSoft),
    written: known(object<WrittenConsent>({ signed: flag, namesNumber: flag, saysAutomated: flag })),
    guardianAgreed: flag,
    explicitFor: listOf(oneOf(specialCategories)),
    itemisedNotice: flag,
    inRegistry: flag,
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
  stoppedHere: orNone(oneOf(["marketing", "business-initiated", "all"])),
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
    trade: known(readTrade),
    contract: known(readContract),
    law: known(readLaw),
    operator: known(readOperator),
    publicChannel: known(readPublicChannel),
    importedList: known(readImportedList),
    app: known(readBusinessApp),
    apple: known(readAppleFacts),
    email: known(readEmailFacts),
    messenger: known(readMessengerFacts),
    rcs: known(readRcsFacts),
    sms: known(readSmsFacts),
    telegram: known(readTelegramFacts),
    viber: known(readViberFacts),
    webchat: known(readWebchatFacts),
  },
  { aliases: { consent: "consents", suppression: "suppressions" } },
);

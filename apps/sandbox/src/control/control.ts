import { hourMs, parseDurationMs, plus, toIso } from "@loket/kit";
import type { HttpAnswer, HttpRequest } from "../graph/request.ts";
import { platformJson } from "../platform/callbacks.ts";
import { GraphError } from "../platform/graph-error.ts";
import { findByUserId, readNumber, userIdOf, whatsappIdOf } from "../platform/identifiers.ts";
import { showEntry } from "../platform/log.ts";
import { receiveMedia } from "../platform/media.ts";
import { isBody } from "../platform/parameters.ts";
import {
  ControlError,
  importHistory,
  personBlocks,
  personChangesNumber,
  personPlays,
  personPrefers,
  personReads,
  personReports,
  personWrites,
  readPhoneSettings,
  setUpPhone,
} from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import { isWindowOpen } from "../platform/progress.ts";
import { sampleFile } from "../platform/sample-files.ts";
import {
  type Account,
  type Body,
  type BusinessNumber,
  defaultFaults,
  type Faults,
  type Message,
  type Phone,
  type Thread,
  threadKey,
} from "../platform/state.ts";
import { createTemplate, decideTemplate, type TemplateEvent, templateNode } from "../platform/templates.ts";
import { metadataOf, tell } from "../platform/webhooks.ts";
import { addAccount, addNumber, addToken, defaultWorld } from "../platform/world.ts";

/**
 * The control face, `/_sandbox/…`: what people, reviewers, time and bad luck do. It needs no token; whoever reaches the port
 * is in charge. Refusals are `{ error: { message } }` with a 4xx status, unlike the platform's own errors.
 */
export async function answerControl(platform: Platform, request: HttpRequest): Promise<HttpAnswer> {
  try {
    refuseStrangers(request);
    const segments = request.path
      .split("/")
      .filter((segment) => segment !== "")
      .slice(1)
      .map(decodeURIComponent);
    const result = await carryOut(platform, request, segments);
    if (isAnswer(result)) return result;
    return json(200, result ?? { success: true });
  } catch (error) {
    if (error instanceof ControlError) return json(error.status, { error: { message: error.message } });
    if (error instanceof GraphError) {
      return json(error.status, {
        error: { message: error.parts.userMessage ?? error.parts.details ?? error.message, code: error.code },
      });
    }
    if (error instanceof SyntaxError || error instanceof URIError)
      return json(400, { error: { message: error.message } });
    throw error;
  }
}

/** A page from elsewhere, open in the same browser, is none of those who reach the port. */
function refuseStrangers({ headers }: HttpRequest): void {
  const { origin, host } = headers;
  if (typeof origin === "string" && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new ControlError("Pages of another origin are not in charge here.", 403);
  }
}

function json(status: number, body: unknown): HttpAnswer {
  return {
    status,
    headers: { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}

function isAnswer(value: unknown): value is HttpAnswer {
  return isBody(value) && "rawAnswer" in value;
}

async function carryOut(platform: Platform, request: HttpRequest, segments: string[]): Promise<unknown> {
  const [noun = "", id, edge] = segments;
  const call = [request.method, noun, id === undefined ? "" : "*", edge ?? ""].filter((part) => part !== "").join(" ");
  const body = (): Body => readBody(request);
  switch (call) {
    case "GET":
      return showWorld(platform);
    case "GET phones":
      return { items: [...platform.state.phones.values()].map((phone) => showPhone(platform, phone)) };
    case "PUT phones":
      Object.assign(platform.state.newPhones, readPhoneSettings(body()));
      return platform.state.newPhones;
    case "GET phones *":
      return showPhone(platform, knownPhone(platform, id));
    case "PUT phones *":
      return showPhone(platform, setUpPhone(platform, phoneOf(platform, id), body()));
    case "GET phones * messages":
      return showChat(platform, phoneOf(platform, id), request.query);
    case "POST phones * messages": {
      const content = body();
      return { id: personWrites(platform, phoneOf(platform, id), numberFor(platform, content.to), content)?.id };
    }
    case "POST phones * actions":
      return act(platform, phoneOf(platform, id), body());
    case "POST phones * history": {
      const { to, messages } = body();
      if (!Array.isArray(messages)) throw new ControlError("messages must be a list.");
      return { ids: importHistory(platform, phoneOf(platform, id), numberFor(platform, to), messages) };
    }
    case "GET messages *":
      return showMessage(knownMessage(platform, id), true);
    case "GET clock":
      return showClock(platform);
    case "POST clock":
      return turnClock(platform, body());
    case "GET log":
      return showLog(platform, request.query);
    case "GET faults":
      return platform.state.faults;
    case "POST faults":
      return setFaults(platform, body());
    case "DELETE faults":
      platform.state.faults = defaultFaults();
      platform.announce({ type: "faults" });
      return platform.state.faults;
    case "POST reset":
      return reset(platform, body());
    case "GET snapshot":
      return {
        rawAnswer: true,
        status: 200,
        headers: { "content-type": "application/json" },
        body: platform.snapshot(),
      };
    case "PUT snapshot":
      return restore(platform, request.body.toString("utf8"));
    case "POST media":
      return takeMedia(platform, request);
    case "GET media *":
      return giveMedia(platform, id);
    case "POST webhooks":
      return sendRaw(platform, body());
    case "POST webhooks *":
      if (id !== "retry") throw new ControlError("No such call.", 404);
      platform.callbacks.retryAll();
      await platform.callbacks.quiet();
      return { success: true };
    case "POST accounts":
      return newAccount(platform, body());
    case "PUT accounts *":
      return changeAccount(knownAccount(platform, id), body());
    case "POST accounts * numbers":
      return newNumber(platform, knownAccount(platform, id), body());
    case "POST accounts * tokens":
      return newToken(platform, knownAccount(platform, id), body());
    case "POST accounts * templates":
      return newTemplate(platform, knownAccount(platform, id), body());
    case "POST accounts * events":
      return accountEvent(platform, knownAccount(platform, id), body());
    case "PUT numbers *":
      return changeNumber(platform, numberFor(platform, id), body());
    case "POST numbers * events":
      return numberEvent(platform, numberFor(platform, id), body());
    case "PUT apps *":
      return changeApp(platform, id, body());
    case "GET templates":
      return {
        items: [...platform.state.templates.values()].map((template) => ({
          ...templateNode(template, [...templateFields]),
          account_id: template.accountId,
        })),
      };
    case "POST templates * actions":
      return actOnTemplate(platform, id, body());
    default:
      throw new ControlError(`There is no ${request.method} ${request.path}.`, 404);
  }
}

const templateFields = [
  "name",
  "parameter_format",
  "components",
  "language",
  "status",
  "category",
  "quality_score",
  "rejected_reason",
] as const;

function readBody(request: HttpRequest): Body {
  if (request.body.length === 0) return {};
  const read: unknown = JSON.parse(request.body.toString("utf8"));
  if (!isBody(read)) throw new ControlError("The body must be a JSON object.");
  return read;
}

// ---- finding things ----

function phoneOf(platform: Platform, text: string | undefined): Phone {
  const found = findPhone(platform, text);
  if (found) return found;
  const digits = readNumber(text ?? "");
  if (digits === null) throw new ControlError(`${text} is not a phone number.`, 404);
  return platform.phone(whatsappIdOf(digits));
}

function knownPhone(platform: Platform, text: string | undefined): Phone {
  const phone = findPhone(platform, text);
  if (!phone) throw new ControlError(`No phone ${text}.`, 404);
  return phone;
}

/** By number, with or without `+`, or by user id. */
function findPhone(platform: Platform, text: string | undefined): Phone | undefined {
  const digits = readNumber(text ?? "");
  if (digits !== null) return platform.state.phones.get(whatsappIdOf(digits));
  for (const portfolioId of platform.state.portfolios.keys()) {
    const phone = findByUserId(platform.state, portfolioId, text ?? "");
    if (phone) return phone;
  }
  return undefined;
}

function numberFor(platform: Platform, to: unknown): BusinessNumber {
  const numbers = platform.state.numbers;
  if (to === undefined || to === null) {
    const first = numbers.values().next().value;
    if (!first) throw new ControlError("There is no business number.", 404);
    return first;
  }
  const text = String(to);
  const found = numbers.get(text) ?? [...numbers.values()].find((number) => number.digits === text.replace(/\D/g, ""));
  if (!found) throw new ControlError(`No business number ${text}.`, 404);
  return found;
}

function knownAccount(platform: Platform, id: string | undefined): Account {
  const account = platform.state.accounts.get(id ?? "");
  if (!account) throw new ControlError(`No account ${id}.`, 404);
  return account;
}

function knownMessage(platform: Platform, id: string | undefined): Message {
  const message = platform.state.messages.get(id ?? "");
  if (!message) throw new ControlError(`No message ${id}.`, 404);
  return message;
}

// ---- showing ----

function showWorld(platform: Platform): Body {
  const { state } = platform;
  return {
    url: platform.baseUrl,
    seed: state.seed,
    now: toIso(platform.now()),
    apps: [...state.apps.values()].map((app) => ({
      id: app.id,
      name: app.name,
      secret: app.secret,
      accessToken: `${app.id}|${app.secret}`,
      callbackUrl: app.callbackUrl,
      verifyToken: app.verifyToken,
      fields: app.fields,
    })),
    accounts: [...state.accounts.values()].map((account) => ({
      id: account.id,
      name: account.name,
      portfolioId: account.portfolioId,
      country: account.country,
      review: account.review,
      restrictions: account.restrictions,
      banState: account.banState,
      subscribedApps: [...account.subscriptions].map(([appId, { overrideUrl }]) => ({ appId, overrideUrl })),
      tokens: [...state.tokens.values()]
        .filter((token) => token.accountIds.includes(account.id))
        .map(({ token, name, expiresAt }) => ({
          token,
          name,
          expiresAt: expiresAt === null ? null : toIso(expiresAt),
        })),
      numbers: [...state.numbers.values()].filter((number) => number.accountId === account.id).map(showNumber),
    })),
    phones: [...state.phones.values()].slice(0, 500).map((phone) => showPerson(platform, phone)),
    webhooks: [...state.lanes.values()].map((lane) => ({
      url: lane.url,
      queued: lane.queue.length + (lane.head ? 1 : 0),
      waiting: lane.waiting,
      setAside: lane.setAside.size,
    })),
  };
}

function showNumber(number: BusinessNumber): Body {
  return {
    id: number.id,
    number: number.digits,
    displayNumber: number.displayNumber,
    verifiedName: number.verifiedName,
    status: number.status,
    quality: number.quality,
    messagingLimit: number.messagingLimit,
    throughputPerSecond: number.throughputPerSecond,
    pairBurst: number.pairBurst,
    pairIntervalMs: number.pairIntervalMs,
    callbackUrl: number.callbackUrl,
  };
}

function showPerson(platform: Platform, phone: Phone): Body {
  const portfolioIds = [...platform.state.portfolios.keys()];
  return { ...phone, userIds: Object.fromEntries(portfolioIds.map((id) => [id, userIdOf(platform.state, phone, id)])) };
}

/** The person with their chats: what a list of chats shows. */
function showPhone(platform: Platform, phone: Phone): Body {
  const threads: Body[] = [];
  for (const number of platform.state.numbers.values()) {
    const thread = platform.state.threads.get(threadKey(number.id, phone.number));
    if (thread) threads.push(showThread(platform, thread));
  }
  return { ...showPerson(platform, phone), threads };
}

/** Unread messages are counted among the newest, as far back as anyone would scroll. */
const countedBack = 1_000;

function showThread(platform: Platform, thread: Thread): Body {
  const now = platform.now();
  let last: Message | null = null;
  let unread = 0;
  for (const id of thread.messageIds.slice(-countedBack).reverse()) {
    const message = platform.state.messages.get(id);
    if (!message || !isOnPhone(message)) continue;
    last ??= message;
    if (message.from === "business" && message.status === "delivered") unread += 1;
  }
  const windowEndsAt =
    thread.lastInboundAt !== null && isWindowOpen(thread, now) ? plus(thread.lastInboundAt, 24 * hourMs) : null;
  return {
    numberId: thread.numberId,
    windowEndsAt: windowEndsAt === null ? null : toIso(windowEndsAt),
    blocked: thread.blockedByPerson,
    reported: thread.reported,
    marketingStopped: thread.marketingStopped,
    typing: thread.typingUntil !== null && thread.typingUntil > now,
    unread,
    last: last ? showMessage(last) : null,
  };
}

const onPhone = new Set(["delivered", "read", "played"]);

function isOnPhone(message: Message): boolean {
  if (message.type === "reaction" || message.type === "edit" || message.type === "revoke" || message.type === "system")
    return false;
  return message.from === "phone" || onPhone.has(message.status);
}

/** What the phone shows: its own messages, and the business's once they were delivered. */
function showChat(platform: Platform, phone: Phone, query: URLSearchParams): Body {
  const withNumber = query.get("with") ?? query.get("to");
  const only = withNumber === null ? null : numberFor(platform, withNumber).id;
  const ids: string[] = [];
  for (const thread of platform.state.threads.values()) {
    if (thread.phone === phone.number && (only === null || thread.numberId === only)) ids.push(...thread.messageIds);
  }
  const messages = ids
    .map((id) => platform.state.messages.get(id))
    .filter((message): message is Message => message !== undefined && isOnPhone(message));
  if (only === null) messages.sort((one, other) => one.at - other.at);
  const limit = Number(query.get("limit") ?? 1_000);
  return { items: messages.slice(-limit).map((message) => showMessage(message)) };
}

function showMessage(message: Message, whole = false): Body {
  const { failure } = message;
  return {
    id: message.id,
    from: message.from,
    type: message.type,
    ...(message.content === null ? {} : { [message.type]: message.content }),
    ...message.extra,
    status: message.status,
    timestamp: String(Math.floor(message.at / 1000)),
    numberId: message.numberId,
    phone: message.phone,
    ...(message.context ? { context: message.context } : {}),
    ...(message.template ? { rendered: message.template.rendered, category: message.template.category } : {}),
    ...(message.reactions.phone || message.reactions.business ? { reactions: message.reactions } : {}),
    ...(message.edited ? { edited: true } : {}),
    ...(message.revoked ? { revoked: true } : {}),
    ...(whole
      ? {
          history: message.history.map(({ status, at }) => ({ status, at: toIso(at) })),
          pricing: message.pricing,
          failure,
          callbackData: message.callbackData,
          via: message.via,
        }
      : {}),
  };
}

function showClock(platform: Platform): Body {
  const next = platform.state.tasks[0];
  return {
    now: toIso(platform.now()),
    offsetMs: platform.clock.offsetMs,
    nextDueAt: next ? toIso(next.dueAt) : null,
    due: platform.state.tasks.length,
  };
}

function showLog(platform: Platform, query: URLSearchParams): Body {
  const after = Number(query.get("after") ?? 0) || 0;
  const limit = Math.min(Number(query.get("limit") ?? 1_000) || 1_000, 10_000);
  const entries = platform.log.after(after, limit);
  return {
    requests: entries.filter((entry) => entry.kind === "request").map(showEntry),
    webhooks: entries.filter((entry) => entry.kind === "webhook").map(showEntry),
    next: entries.at(-1)?.id ?? after,
    more: (entries.at(-1)?.id ?? after) < platform.log.lastId,
  };
}

// ---- doing ----

function act(platform: Platform, phone: Phone, body: Body): Body {
  const action = body.type ?? body.action;
  const number = (): BusinessNumber => numberFor(platform, action === "change-number" ? undefined : body.to);
  switch (action) {
    case "read":
      if (body.to === undefined && body.messageId === undefined) {
        // Without `to` the person reads every chat.
        let read = 0;
        for (const one of platform.state.numbers.values()) {
          if (platform.state.threads.has(threadKey(one.id, phone.number))) read += personReads(platform, phone, one);
        }
        return { read };
      }
      if (typeof body.messageId === "string") {
        const message = knownMessage(platform, body.messageId);
        return { read: personReads(platform, phone, numberFor(platform, message.numberId), message.id) };
      }
      return { read: personReads(platform, phone, number()) };
    case "play":
      personPlays(platform, String(body.messageId));
      return { success: true };
    case "block":
    case "unblock":
      personBlocks(platform, phone, number(), action === "block");
      return { success: true };
    case "report":
      personReports(platform, phone, number());
      if (body.block === true) personBlocks(platform, phone, number(), true);
      return { success: true };
    case "stop-marketing":
    case "resume-marketing":
      personPrefers(platform, phone, number(), action === "stop-marketing" ? "stop" : "resume");
      return { success: true };
    case "change-number":
      if (typeof body.to !== "string" && typeof body.to !== "number")
        throw new ControlError("change-number needs `to`, the new number.");
      return showPhone(platform, personChangesNumber(platform, phone, String(body.to)));
    case "typing":
      // The platform tells businesses nothing while a person types, so there is nothing to pass on.
      return { success: true };
    default:
      throw new ControlError(
        "type must be one of read, play, block, unblock, report, stop-marketing, resume-marketing, change-number, typing.",
      );
  }
}

async function turnClock(platform: Platform, body: Body): Promise<Body> {
  let ms: number | null = null;
  if (typeof body.advance === "number") ms = body.advance;
  else if (typeof body.advance === "string") ms = parseDurationMs(body.advance);
  else if (typeof body.to === "string" || typeof body.set === "string")
    ms = Date.parse(String(body.to ?? body.set)) - platform.now();
  if (ms === null || !Number.isFinite(ms) || ms < 0)
    throw new ControlError(
      'Give { "advance": "25h" } or { "to": "2026-12-01T09:00:00Z" }; the clock only goes forward.',
    );
  await platform.turn(ms);
  return showClock(platform);
}

/** Members given replace those in force; members left out stay. */
function setFaults(platform: Platform, body: Body): Faults {
  const faults = platform.state.faults;
  const known = Object.keys(defaultFaults());
  for (const key of Object.keys(body))
    if (!known.includes(key)) throw new ControlError(`Unknown kind of fault: ${key}. There are ${known.join(", ")}.`);
  if (body.graph !== undefined && !Array.isArray(body.graph)) throw new ControlError("graph must be a list of faults.");
  if (body.messages !== undefined && !Array.isArray(body.messages))
    throw new ControlError("messages must be a list of faults.");
  for (const [key, value] of Object.entries(body)) {
    const current: unknown = faults[key as keyof Faults];
    Object.assign(faults, { [key]: isBody(value) && isBody(current) ? { ...current, ...dropNulls(value) } : value });
    if (isBody(value))
      for (const [member, inner] of Object.entries(value))
        if (inner === null) Reflect.deleteProperty(faults[key as keyof Faults] as object, member);
  }
  platform.announce({ type: "faults" });
  return faults;
}

function dropNulls(body: Body): Body {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null));
}

/** Back to the world it started with. `keepSubscriptions` leaves callback URLs in place, so that whoever listens goes on listening. */
function reset(platform: Platform, body: Body): Body {
  const old = platform.state;
  const seed = typeof body.seed === "number" ? body.seed : old.seed;
  platform.clock.setOffset(0);
  const world = defaultWorld(seed, platform.now());
  if (body.keepSubscriptions === true) {
    for (const [id, app] of world.apps)
      Object.assign(app, pickOf(old.apps.get(id), ["callbackUrl", "verifyToken", "fields"]));
    for (const [id, number] of world.numbers) Object.assign(number, pickOf(old.numbers.get(id), ["callbackUrl"]));
    for (const [id, account] of world.accounts) {
      for (const [appId, subscription] of old.accounts.get(id)?.subscriptions ?? [])
        account.subscriptions.set(appId, subscription);
    }
  }
  platform.replace(world);
  platform.log.clear();
  return showWorld(platform);
}

function restore(platform: Platform, snapshot: string): Body {
  try {
    platform.restore(snapshot);
  } catch (error) {
    throw new ControlError(error instanceof Error ? error.message : String(error));
  }
  return showWorld(platform);
}

function pickOf(source: object | undefined, keys: readonly string[]): Body {
  return Object.fromEntries(Object.entries(source ?? {}).filter(([key]) => keys.includes(key)));
}

/** A file for a phone: raw bytes with their content type, or `{ data, mime_type, filename }`, or `{ sample: "image" }`. */
function takeMedia(platform: Platform, request: HttpRequest): Body {
  const type = String(request.headers["content-type"] ?? "");
  const body = type.startsWith("application/json") ? readBody(request) : null;
  const sample = body && typeof body.sample === "string" ? sampleFile(body.sample) : null;
  const filename = body ? body.filename : (request.query.get("filename") ?? request.headers["x-filename"]);
  const file = sample ?? {
    bytes: new Uint8Array(body ? Buffer.from(String(body.data ?? ""), "base64") : request.body),
    mimeType: body ? String(body.mime_type ?? "application/octet-stream") : type || "application/octet-stream",
    filename: typeof filename === "string" ? filename : null,
  };
  if (file.bytes.length === 0) throw new ControlError("The file is empty.");
  const media = receiveMedia(platform, file, null);
  return {
    id: media.id,
    mime_type: media.mimeType,
    sha256: media.sha256,
    file_size: media.bytes.length,
    filename: media.filename,
  };
}

/** A phone's own screen shows its pictures without a token. */
function giveMedia(platform: Platform, id: string | undefined): Body {
  const media = platform.state.media.get(id ?? "");
  if (!media) throw new ControlError(`No media ${id}.`, 404);
  return {
    rawAnswer: true,
    status: 200,
    headers: { "content-type": media.mimeType, "cache-control": "private, max-age=3600" },
    body: media.bytes,
  };
}

/**
 * Any body at all, signed like a real one: `{ phoneNumberId, field?, value }` is wrapped in the envelope, `{ phoneNumberId, body }`
 * is sent as it is. For shapes nobody has thought of.
 */
async function sendRaw(platform: Platform, body: Body): Promise<Body> {
  const number = numberFor(platform, body.phoneNumberId);
  const account = platform.accountOf(number);
  if (body.body === undefined) {
    const value =
      isBody(body.value) && body.value.metadata === undefined && body.bare !== true
        ? { messaging_product: "whatsapp", metadata: metadataOf(number), ...body.value }
        : body.value;
    tell(platform, account, typeof body.field === "string" ? body.field : "messages", value, number);
  } else {
    const [appId, subscription] = [...account.subscriptions][0] ?? [];
    const app = platform.state.apps.get(appId ?? "");
    const url = number.callbackUrl ?? subscription?.overrideUrl ?? app?.callbackUrl;
    if (!app || !url) throw new ControlError("Nobody subscribed to this number.", 409);
    await platform.callbacks.sendRaw(url, app.id, typeof body.body === "string" ? body.body : platformJson(body.body));
  }
  await platform.callbacks.quiet();
  return { success: true };
}

function newAccount(platform: Platform, body: Body): Body {
  if (typeof body.name !== "string") throw new ControlError("name is required.");
  const app = platform.state.apps.values().next().value;
  if (!app) throw new ControlError("There is no app.", 409);
  const wanted = {
    name: body.name,
    ...(typeof body.country === "string" ? { country: body.country } : {}),
    ...(typeof body.currency === "string" ? { currency: body.currency } : {}),
  };
  const { account, token } = addAccount(platform.state, app, wanted, platform.now());
  if (body.review === "instant") account.review = "instant";
  const number =
    typeof body.displayNumber === "string" ? addNumber(platform.state, account, body.displayNumber, body.name) : null;
  platform.announce({ type: "number", id: account.id });
  return {
    id: account.id,
    portfolioId: account.portfolioId,
    token: token.token,
    numbers: number ? [showNumber(number)] : [],
  };
}

function changeAccount(account: Account, body: Body): Body {
  if (body.review === "hand" || body.review === "instant") account.review = body.review;
  if (
    body.marketingMessages === "ONBOARDED" ||
    body.marketingMessages === "ELIGIBLE" ||
    body.marketingMessages === "INELIGIBLE"
  ) {
    account.marketingMessages = body.marketingMessages;
  }
  return { id: account.id, review: account.review, marketingMessages: account.marketingMessages };
}

function newNumber(platform: Platform, account: Account, body: Body): Body {
  if (typeof body.displayNumber !== "string" || readNumber(body.displayNumber) === null)
    throw new ControlError("displayNumber must be a phone number.");
  const number = addNumber(
    platform.state,
    account,
    body.displayNumber,
    typeof body.verifiedName === "string" ? body.verifiedName : account.name,
  );
  platform.announce({ type: "number", id: number.id });
  return showNumber(number);
}

function newToken(platform: Platform, account: Account, body: Body): Body {
  const app = platform.state.apps.values().next().value;
  if (!app) throw new ControlError("There is no app.", 409);
  const lifeMs = typeof body.expiresIn === "string" ? parseDurationMs(body.expiresIn) : null;
  const now = platform.now();
  platform.announce({ type: "number", id: account.id });
  const wanted = {
    name: String(body.name ?? "token"),
    accountIds: [account.id],
    expiresAt: lifeMs === null ? null : plus(now, lifeMs),
    ...(Array.isArray(body.scopes) ? { scopes: body.scopes.map(String) } : {}),
  };
  const token = addToken(platform.state, app, wanted, now);
  return { token: token.token, expiresAt: token.expiresAt === null ? null : toIso(token.expiresAt) };
}

function newTemplate(platform: Platform, account: Account, body: Body): Body {
  const template = createTemplate(platform, account, body);
  if (body.status === "APPROVED") decideTemplate(platform, template, "approve");
  return { id: template.id, status: template.status, category: template.category };
}

const templateActions: readonly string[] = [
  "approve",
  "reject",
  "pause",
  "unpause",
  "disable",
  "flag",
] satisfies TemplateEvent[];

/** By id, or by name (then every language of it, in every account). */
function actOnTemplate(platform: Platform, id: string | undefined, body: Body): Body {
  const action = body.type ?? body.action;
  if (typeof action !== "string" || !templateActions.includes(action))
    throw new ControlError(`type must be one of ${templateActions.join(", ")}.`);
  const templates = [...platform.state.templates.values()].filter(
    (template) =>
      template.id === id ||
      (template.name === id && (body.language === undefined || body.language === template.language)),
  );
  if (templates.length === 0) throw new ControlError(`No template ${id}.`, 404);
  for (const template of templates) decideTemplate(platform, template, action as TemplateEvent, body);
  return {
    items: templates.map(({ id: templateId, name, language, status }) => ({ id: templateId, name, language, status })),
  };
}

/** Account events change the account's state and are told in `account_update`. */
function accountEvent(platform: Platform, account: Account, body: Body): Body {
  if (typeof body.event !== "string") throw new ControlError("event is required, for example ACCOUNT_RESTRICTION.");
  if (body.event === "ACCOUNT_RESTRICTION" && Array.isArray(body.restriction_info)) {
    account.restrictions = body.restriction_info.filter(isBody).map((info) => ({
      restriction_type: String(info.restriction_type),
      ...(typeof info.expiration === "number" ? { expiration: info.expiration } : {}),
    }));
  }
  if (body.event === "DISABLED_UPDATE" && isBody(body.ban_info)) {
    const banState = body.ban_info.waba_ban_state;
    if (banState === "DISABLE") account.banState = "disabled";
    if (banState === "REINSTATE") account.banState = "none";
  }
  const { field, ...value } = body;
  tell(platform, account, typeof field === "string" ? field : "account_update", value);
  platform.announce({ type: "number", id: account.id });
  return { success: true };
}

const statuses = ["CONNECTED", "PENDING", "DISCONNECTED", "RESTRICTED", "BANNED"] as const;
const qualities = ["GREEN", "YELLOW", "RED", "UNKNOWN"] as const;

function changeNumber(platform: Platform, number: BusinessNumber, body: Body): Body {
  const status = statuses.find((one) => one === body.status);
  const quality = qualities.find((one) => one === body.quality);
  if (status) number.status = status;
  if (quality) number.quality = quality;
  if (typeof body.messagingLimit === "string") number.messagingLimit = body.messagingLimit;
  if (typeof body.throughputPerSecond === "number" && body.throughputPerSecond > 0)
    number.throughputPerSecond = body.throughputPerSecond;
  if (typeof body.pairBurst === "number" && body.pairBurst > 0) number.pairBurst = body.pairBurst;
  if (typeof body.pairIntervalMs === "number" && body.pairIntervalMs >= 0) number.pairIntervalMs = body.pairIntervalMs;
  if (typeof body.callbackUrl === "string" || body.callbackUrl === null) number.callbackUrl = body.callbackUrl;
  platform.announce({ type: "number", id: number.id });
  return showNumber(number);
}

/** Told in `phone_number_quality_update`, or in the field named. */
function numberEvent(platform: Platform, number: BusinessNumber, body: Body): Body {
  const { field, ...value } = body;
  tell(platform, platform.accountOf(number), typeof field === "string" ? field : "phone_number_quality_update", {
    display_phone_number: number.digits,
    event: "THROUGHPUT_UPGRADE",
    max_daily_conversations_per_business: number.messagingLimit,
    ...value,
  });
  return { success: true };
}

/** Sets an app's callback without the handshake, for those who have no app token at hand. */
function changeApp(platform: Platform, id: string | undefined, body: Body): Body {
  const app =
    platform.state.apps.get(id ?? "") ?? (id === "first" ? platform.state.apps.values().next().value : undefined);
  if (!app) throw new ControlError(`No app ${id}.`, 404);
  if (typeof body.callbackUrl === "string" || body.callbackUrl === null) app.callbackUrl = body.callbackUrl;
  if (typeof body.verifyToken === "string") app.verifyToken = body.verifyToken;
  if (Array.isArray(body.fields)) app.fields = body.fields.map(String);
  if (typeof body.secret === "string") app.secret = body.secret;
  platform.announce({ type: "number", id: app.id });
  return { id: app.id, callbackUrl: app.callbackUrl, verifyToken: app.verifyToken, fields: app.fields };
}

import { hourMs, plus, toIso } from "@loket/kit";
import { existingThread } from "../platform/crowd/crowd.ts";
import { userIdOf } from "../platform/identifiers.ts";
import { showEntry } from "../platform/log.ts";
import type { Platform } from "../platform/platform.ts";
import { isWindowOpen } from "../platform/progress.ts";
import type { Body, BusinessNumber, Message, Phone, Template, Thread } from "../platform/state.ts";
import { templateNode } from "../platform/templates.ts";
import { numberFor } from "./find.ts";

const templateFields = [
  "name",
  "parameter_format",
  "components",
  "language",
  "status",
  "category",
  "quality_score",
  "rejected_reason",
];

export function showTemplate(template: Template): Body {
  return { ...templateNode(template, templateFields), account_id: template.accountId };
}

export function showWorld(platform: Platform): Body {
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
      numbers: [...state.numbers.values()]
        .filter((number) => number.accountId === account.id)
        .map((number) => ({ ...showNumber(number), qrCodes: showQrCodes(platform, number) })),
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

export function showNumber(number: BusinessNumber): Body {
  return {
    id: number.id,
    number: number.digits,
    displayNumber: number.displayNumber,
    verifiedName: number.verifiedName,
    status: number.status,
    quality: number.quality,
    profile: number.profile,
    messagingLimit: number.messagingLimit,
    throughputPerSecond: number.throughputPerSecond,
    pairBurst: number.pairBurst,
    pairIntervalMs: number.pairIntervalMs,
    callbackUrl: number.callbackUrl,
  };
}

function showQrCodes(platform: Platform, number: BusinessNumber): Body[] {
  return [...platform.state.qrCodes.values()]
    .filter(({ numberId }) => numberId === number.id)
    .map(({ code, prefilledMessage }) => ({ code, prefilledMessage }));
}

function showPerson(platform: Platform, phone: Phone): Body {
  const portfolioIds = [...platform.state.portfolios.keys()];
  return { ...phone, userIds: Object.fromEntries(portfolioIds.map((id) => [id, userIdOf(platform.state, phone, id)])) };
}

/** The person with their chats: what a list of chats shows. */
export function showPhone(platform: Platform, phone: Phone): Body {
  const threads: Body[] = [];
  for (const number of platform.state.numbers.values()) {
    const thread = existingThread(platform.state, number.id, phone.number);
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
    draft: thread.draft ?? null,
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
export function showChat(platform: Platform, phone: Phone, query: URLSearchParams): Body {
  const withNumber = query.get("with") ?? query.get("to");
  const only = withNumber === null ? null : numberFor(platform, withNumber).id;
  const ids: string[] = [];
  for (const numberId of only === null ? platform.state.numbers.keys() : [only])
    ids.push(...(existingThread(platform.state, numberId, phone.number)?.messageIds ?? []));
  const messages = ids
    .map((id) => platform.state.messages.get(id))
    .filter((message): message is Message => message !== undefined && isOnPhone(message));
  if (only === null) messages.sort((one, other) => one.at - other.at);
  const limit = Number(query.get("limit") ?? 1_000);
  return { items: messages.slice(-limit).map((message) => showMessage(message)) };
}

export function showMessage(message: Message, whole = false): Body {
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
          cost: message.cost ?? null,
          failure,
          callbackData: message.callbackData,
          via: message.via,
        }
      : {}),
  };
}

export function showClock(platform: Platform): Body {
  const next = platform.state.tasks[0];
  return {
    now: toIso(platform.now()),
    offsetMs: platform.clock.offsetMs,
    nextDueAt: next ? toIso(next.dueAt) : null,
    due: platform.state.tasks.length,
  };
}

export function showLog(platform: Platform, query: URLSearchParams): Body {
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

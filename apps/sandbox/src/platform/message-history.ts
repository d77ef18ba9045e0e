import { GraphError } from "./graph-error.ts";
import { hash } from "./identifiers.ts";
import type { Platform } from "./platform.ts";
import type { Body, BusinessNumber, Message, MessageStatus } from "./state.ts";

/** What the platform remembers of one message's way ("Message History" of Meta's description of the API). */

const told: Partial<Record<MessageStatus, string>> = {
  sent: "SENT",
  delivered: "DELIVERED",
  read: "READ",
  failed: "FAILED",
};

const statuses = ["SENT", "DELIVERED", "READ", "FAILED", "DELETED"];

/** Begins every id of a history, so that an id can be told from others before all messages are looked through. */
const prefix = "860000";

const historyId = ({ id }: Message): string =>
  prefix + String(hash(id, 1)).padStart(10, "0") + String(hash(id, 2) % 1_000).padStart(3, "0");

/** The message whose history an id names, or `null`. */
export function messageOfHistory(platform: Platform, id: string): Message | null {
  if (!id.startsWith(prefix)) return null;
  for (const message of platform.state.messages.values())
    if (message.from === "business" && historyId(message) === id) return message;
  return null;
}

interface Occurrence {
  readonly id: string;
  readonly delivery_status: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly more: Body;
}

/** What happened to a message, and whether its webhook has arrived. */
function occurrences(platform: Platform, message: Message): Occurrence[] {
  const number = platform.state.numbers.get(message.numberId);
  const account = number && platform.accountOf(number);
  const [appId, subscription] = [...(account?.subscriptions ?? [])][0] ?? [];
  const app = platform.state.apps.get(appId ?? "");
  const url = number?.callbackUrl ?? subscription?.overrideUrl ?? app?.callbackUrl ?? null;
  const waiting = url === null ? [] : waitingIn(platform, url, message.id);
  return message.history.flatMap(({ status, at }, index) => {
    const shown = told[status];
    if (shown === undefined) return [];
    return [
      {
        id: `${historyId(message)}${index}`,
        delivery_status: shown,
        timestamp: Math.floor(at / 1000),
        more: {
          ...(url === null
            ? {}
            : { webhook_update_state: waiting.find(([one]) => one === status)?.[1] ?? "DELIVERED" }),
          ...(app ? { application: { id: app.id, name: app.name } } : {}),
          ...(url === null ? {} : { webhook_uri: url }),
          ...(status === "failed" && message.failure ? { error_description: message.failure.title } : {}),
        },
      },
    ];
  });
}

/** Statuses of a message a URL has not answered yet: PENDING, or RETRYING once an attempt has failed. */
function waitingIn(platform: Platform, url: string, id: string): [status: string, state: string][] {
  const lane = platform.state.lanes.get(url);
  if (!lane) return [];
  const batches = [...lane.setAside.values(), ...(lane.head ? [lane.head] : [])];
  const texts = [
    ...batches.map(({ body, attempt }) => [body, attempt > 1 ? "RETRYING" : "PENDING"] as const),
    ...lane.queue.map(({ change }) => [change, "PENDING"] as const),
  ];
  return texts.flatMap(([text, state]) =>
    Object.keys(told).flatMap((status) =>
      text.includes(`"id":"${id}","status":"${status}"`) ? [[status, state] as [string, string]] : [],
    ),
  );
}

export const historyFields = ["message_id"];

/**
 * `GET /{number}/message_history`: the messages of a number, newest first, each with its events; `message_id` asks for one. Error
 * 100 where that one is not known.
 */
export function listHistory(platform: Platform, number: BusinessNumber, query: URLSearchParams): Body[] {
  const asked = query.get("message_id");
  const mine = [...platform.state.messages.values()].filter(
    (message) =>
      message.numberId === number.id && message.from === "business" && (asked === null || message.id === asked),
  );
  if (asked !== null && mine.length === 0)
    throw new GraphError(100, { details: "The message_id is not in the message history of this number." });
  return mine.reverse().map((message) => ({
    id: historyId(message),
    message_id: message.id,
    events: {
      data: occurrences(platform, message).map(({ more, ...event }) => ({
        ...event,
        ...more,
        ...(more.application ? { application: { id: (more.application as Body).id } } : {}),
      })),
    },
  }));
}

/** `GET /{history}/events`, by `status_filter`. Error 100 for a status that is none. */
export function listEvents(platform: Platform, message: Message, query: URLSearchParams): Body[] {
  const wanted = query.get("status_filter");
  if (wanted !== null && !statuses.includes(wanted))
    throw new GraphError(100, { message: `(#100) Param status_filter must be one of {${statuses.join(", ")}}.` });
  return occurrences(platform, message)
    .filter((event) => wanted === null || event.delivery_status === wanted)
    .map(({ id, delivery_status, timestamp, more }) => ({
      cursor: Buffer.from(id).toString("base64url"),
      node: {
        id,
        delivery_status,
        occurrence_timestamp: timestamp,
        status_timestamp: timestamp,
        ...(more.application ? { application: more.application } : {}),
        ...(more.error_description ? { error_description: more.error_description } : {}),
      },
    }));
}

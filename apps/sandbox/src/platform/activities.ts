import type { Instant } from "@loket/kit";
import { GraphError } from "./graph-error.ts";
import { nextNodeId } from "./identifiers.ts";
import type { Platform } from "./platform.ts";
import type { Account, Body, Token } from "./state.ts";

/** Something done to an account, as its log tells it ("WhatsApp Business Account Activities" of Meta's description of the API). */
export interface Activity {
  readonly id: string;
  readonly type: ActivityType;
  readonly at: Instant;
  readonly actor: { readonly type: "API" | "SYSTEM"; readonly id: string | null; readonly name: string };
  readonly description: string;
  readonly details: Body;
}

const types = [
  "ACCOUNT_CREATED",
  "ACCOUNT_UPDATED",
  "ACCOUNT_DELETED",
  "PHONE_NUMBER_ADDED",
  "PHONE_NUMBER_REMOVED",
  "PHONE_NUMBER_VERIFIED",
  "USER_ADDED",
  "USER_REMOVED",
  "USER_ROLE_CHANGED",
  "PERMISSION_GRANTED",
  "PERMISSION_REVOKED",
  "TEMPLATE_CREATED",
  "TEMPLATE_UPDATED",
  "TEMPLATE_DELETED",
  "WEBHOOK_CONFIGURED",
  "API_ACCESS_GRANTED",
  "API_ACCESS_REVOKED",
  "BILLING_UPDATED",
  "COMPLIANCE_ACTION",
  "SECURITY_EVENT",
] as const;
export type ActivityType = (typeof types)[number];

/** Which calls are told, by what they are called on; everything else leaves no trace. */
const told: Readonly<Record<string, readonly [type: ActivityType, description: string]>> = {
  "account POST": ["ACCOUNT_UPDATED", "The account was changed"],
  "account POST message_templates": ["TEMPLATE_CREATED", "A template was created"],
  "account POST upsert_message_templates": ["TEMPLATE_CREATED", "Templates were created"],
  "account POST migrate_message_templates": ["TEMPLATE_CREATED", "Templates were taken over"],
  "account DELETE message_templates": ["TEMPLATE_DELETED", "A template was deleted"],
  "template POST": ["TEMPLATE_UPDATED", "A template was changed"],
  "account POST phone_numbers": ["PHONE_NUMBER_ADDED", "A phone number was added"],
  "number POST verify_code": ["PHONE_NUMBER_VERIFIED", "A phone number was verified"],
  "number POST deregister": ["PHONE_NUMBER_REMOVED", "A phone number was deregistered"],
  "account POST subscribed_apps": ["WEBHOOK_CONFIGURED", "An app was attached"],
  "account DELETE subscribed_apps": ["API_ACCESS_REVOKED", "An app was detached"],
  "account POST assigned_users": ["USER_ADDED", "A user was given tasks"],
  "account DELETE assigned_users": ["USER_REMOVED", "A user was removed"],
};

const keptPerAccount = 1_000;

/** The calls that change an account go into its log; `call` is the kind of object, the method and the edge. */
export function noteCall(platform: Platform, accountId: string, token: Token, call: string, body: Body): void {
  const entry = told[call];
  if (!entry) return;
  const [type, description] = entry;
  const details = Object.fromEntries(
    ["name", "language", "category", "phone_number", "user"].flatMap((key) =>
      typeof body[key] === "string" ? [[key, body[key]]] : [],
    ),
  );
  write(platform, accountId, {
    type,
    description,
    details,
    actor: { type: "API", id: `1000${token.appId.slice(-11)}`, name: token.name },
  });
}

/** What the platform itself does to an account. */
export function noteBySystem(platform: Platform, accountId: string, type: ActivityType, description: string): void {
  write(platform, accountId, { type, description, details: {}, actor: { type: "SYSTEM", id: null, name: "WhatsApp" } });
}

function write(platform: Platform, accountId: string, activity: Omit<Activity, "id" | "at">): void {
  const { activities } = platform.state.records;
  const list = activities.get(accountId) ?? [];
  list.push({ id: nextNodeId(platform.state, "activity"), at: platform.now(), ...activity });
  if (list.length > keptPerAccount) list.shift();
  activities.set(accountId, list);
}

export const activityFields = ["activity_type", "timestamp", "actor_type"];

function activityNode({ id, type, at, actor, description, details }: Activity): Body {
  return {
    id,
    activity_type: type,
    timestamp: new Date(at).toISOString(),
    actor_type: actor.type,
    actor_id: actor.id,
    actor_name: actor.name,
    description,
    details,
    ip_address: null,
    user_agent: null,
  };
}

const rangeAtMostMs = 90 * 24 * 3_600_000;

/** `GET /{account}/activities`, newest first, by `activity_type`, `since` and `until` (90 days at most). Error 100. */
export function listActivities(platform: Platform, account: Account, query: URLSearchParams): Body[] {
  const wanted = query.get("activity_type")?.split(",") ?? null;
  for (const one of wanted ?? []) {
    if (!types.some((type) => type === one))
      throw new GraphError(100, { message: `(#100) Param activity_type must be of {${types.join(", ")}}.` });
  }
  const since = readTime(query.get("since"), "since");
  const until = readTime(query.get("until"), "until");
  if (since !== null && (until ?? platform.now()) - since > rangeAtMostMs)
    throw new GraphError(100, { details: "The date range is too large; it is 90 days at most." });
  return (platform.state.records.activities.get(account.id) ?? [])
    .filter(
      ({ type, at }) =>
        (wanted?.includes(type) ?? true) && (since === null || at >= since) && (until === null || at <= until),
    )
    .map(activityNode)
    .reverse();
}

/** Unix seconds or a date, in milliseconds. */
function readTime(text: string | null, key: string): number | null {
  if (text === null || text === "") return null;
  const at = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text);
  if (!Number.isFinite(at)) throw new GraphError(100, { message: `(#100) Param ${key} must be a time.` });
  return at;
}

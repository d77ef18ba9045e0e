import { platformJson } from "./callbacks.ts";
import { strikes } from "./faults.ts";
import type { Failure } from "./graph-error.ts";
import type { Addressed } from "./lanes.ts";
import type { Platform } from "./platform.ts";
import { hearsDirectly } from "./routing.ts";
import { namesUserIds, scopedIds, showsNumber } from "./scoped-ids.ts";
import { checksIdentity, identityHash } from "./settings.ts";
import type { Account, App, Body, BusinessNumber, Message, Phone } from "./state.ts";
import { canBeOverridden, carriesTime, usualWebhookVersion } from "./webhook-fields.ts";

/**
 * Sends one change to every app attached to the account that subscribed to the field. Fields about a number's traffic go to the
 * number's own callback, else the account's, else the app's; every other field always goes to the app's ("Webhook overrides").
 */
export function tell(
  platform: Platform,
  account: Account,
  field: string,
  value: unknown,
  number?: BusinessNumber,
): void {
  const change = platformJson({ value, field });
  tellApps(platform, account, number, () => ({ field, change }));
}

/** What one app is told: a field, and the change as text. */
interface Said {
  readonly field: string;
  readonly change: string;
}

/** The same, where apps are told different things; `null` tells an app nothing. Asked with `null`, it says what nobody heard. */
export function tellApps(
  platform: Platform,
  account: Account,
  number: BusinessNumber | undefined,
  sayTo: (app: App | null) => Said | null,
): void {
  const addressed: Addressed[] = [];
  for (const [appId, subscription] of account.subscriptions) {
    const app = platform.state.apps.get(appId);
    const said = app ? sayTo(app) : null;
    if (!app || !said || !app.fields.includes(said.field)) continue;
    const { field, change } = said;
    const ofNumber = number?.callbackAppId === undefined || number.callbackAppId === appId ? number?.callbackUrl : null;
    const override = canBeOverridden(field) ? (ofNumber ?? subscription.overrideUrl) : null;
    const url = override ?? app.callbackUrl;
    if (url === null) continue;
    const time = carriesTime(field) ? seconds(platform) : null;
    // Solutions belong to a portfolio rather than an account ("partner_solutions").
    const entryId = field === "partner_solutions" ? account.portfolioId : account.id;
    addressed.push({ url, update: { appId, accountId: entryId, field, time, change } });
  }
  for (const one of addressed) {
    const others = addressed.filter((other) => other !== one);
    enqueue(platform, one.url, others.length === 0 ? one.update : { ...one.update, others });
  }
  const said = addressed.length > 0 ? null : sayTo(null);
  if (!said) return;
  const { field, change } = said;
  platform.log.write({
    kind: "webhook",
    at: platform.now(),
    url: null,
    field,
    raw: `{"object":"whatsapp_business_account","entry":[{"id":"${account.id}","changes":[${change}]}]}`,
    signature: null,
    status: null,
    attempt: 0,
    problem: "No app attached to this account has a callback URL for this field.",
  });
}

function enqueue(platform: Platform, url: string, update: Parameters<Platform["callbacks"]["enqueue"]>[1]): void {
  const { webhooks } = platform.state.faults;
  const delayMs = webhooks.delayMs ?? 0;
  // Reordering is a delay for this one: what happens next overtakes it.
  const heldBackMs = strikes(platform.state, webhooks.reorder) ? delayMs + 1_000 : delayMs;
  if (heldBackMs > 0) platform.agenda.plan(heldBackMs, { do: "enqueue", url, update });
  else platform.callbacks.enqueue(url, update);
}

export function seconds(platform: Platform): number {
  return Math.floor(platform.now() / 1000);
}

export function metadataOf(number: BusinessNumber): Body {
  return { display_phone_number: number.digits, phone_number_id: number.id };
}

/** A value about a number: the product and the number, which begin all of them, and what it says. */
export function numberValue(number: BusinessNumber, said: Body): Body {
  return { messaging_product: "whatsapp", metadata: metadataOf(number), ...said };
}

/** Why a message failed, as its statuses carry it. */
export function errorsOf({ code, title, details }: Failure): Body[] {
  const href = "/documentation/business-messaging/whatsapp/support/error-codes";
  return [{ code, title, message: title, error_data: { details }, href }];
}

/** Who wrote, as a message names them. */
export function writerOf(platform: Platform, phone: Phone, account: Account): Body {
  return {
    ...(showsNumber(platform, phone) ? { from: phone.number } : {}),
    ...scopedIds(platform, phone, account, "from_user_id"),
  };
}

/**
 * The person as webhooks name them. A hidden number leaves `wa_id` out altogether; it is not empty (Business-scoped user
 * IDs, "Webhooks").
 */
export function contactOf(platform: Platform, phone: Phone, account: Account): Body {
  return {
    profile: { name: phone.name, ...(phone.username ? { username: `@${phone.username.replace(/^@/, "")}` } : {}) },
    ...(showsNumber(platform, phone) ? { wa_id: phone.number } : {}),
    ...scopedIds(platform, phone, account, "user_id"),
  };
}

/**
 * What is said about a message of a conversation: in `messages` to who holds it, in `standby` to who looks on ("Standby webhooks").
 */
function tellConversation(
  platform: Platform,
  number: BusinessNumber,
  message: Message,
  value: (version: number) => Body,
): void {
  const thread = number.more?.routing ? platform.thread(number.id, message.phone) : null;
  const now = platform.now();
  tellApps(platform, platform.accountOf(number), number, (app) => {
    const said = value(webhookVersionOf(platform, app));
    const direct = thread === null || hearsDirectly(number, thread, app, message, now);
    const field = direct ? "messages" : "standby";
    return { field, change: platformJson({ value: numberValue(number, direct ? said : { standby: said }), field }) };
  });
}

/** Announces a message of a person to the business. */
export function tellMessage(
  platform: Platform,
  number: BusinessNumber,
  phone: Phone,
  message: Message,
  withContact = true,
): void {
  const account = platform.accountOf(number);
  const identity = checksIdentity(number) ? { identity_key_hash: identityHash(platform, phone) } : {};
  const said = {
    ...(withContact ? { contacts: [{ ...contactOf(platform, phone, account), ...identity }] } : {}),
    messages: [
      {
        ...(message.context ? { context: message.context } : {}),
        ...writerOf(platform, phone, account),
        id: message.id,
        timestamp: String(Math.floor(message.at / 1000)),
        type: message.type,
        ...message.extra,
        ...(message.content === null ? {} : { [message.type]: message.content }),
      },
    ],
  };
  tellConversation(platform, number, message, () => said);
}

/** Announces the state a message of the business has just reached. */
export function tellStatus(platform: Platform, number: BusinessNumber, phone: Phone, message: Message): void {
  const account = platform.accountOf(number);
  const failed = message.status === "failed";
  const pricedWith = message.history.some(({ status }) => status === "delivered") ? "delivered" : "read";
  const priced = message.status === "sent" || message.status === pricedWith;
  const value = (version: number): Body => ({
    // Since statuses carry user ids they name the person, too; not where they failed.
    ...(failed || !namesUserIds(platform) ? {} : { contacts: [contactOf(platform, phone, account)] }),
    statuses: [
      {
        id: message.id,
        status: message.status,
        timestamp: String(seconds(platform)),
        ...(message.byUserId && !showsNumber(platform, phone) ? {} : { recipient_id: phone.number }),
        ...scopedIds(platform, phone, account, "recipient_user_id"),
        ...(checksIdentity(number) ? { recipient_identity_key_hash: identityHash(platform, phone) } : {}),
        ...(message.callbackData === null ? {} : { biz_opaque_callback_data: message.callbackData }),
        ...(failed ? {} : conversationFor(message, version)),
        ...(priced && message.pricing ? { pricing: message.pricing } : {}),
        ...(message.failure ? { errors: errorsOf(message.failure) } : {}),
      },
    ],
  });
  tellConversation(platform, number, message, value);
}

/** The version an app's webhooks are written in: the one asked for by the fault, else the one it subscribed with. */
export function webhookVersionOf(platform: Platform, app: App | null): number {
  return platform.state.faults.webhookVersion ?? app?.webhookVersion ?? usualWebhookVersion;
}

/** From version 24 a conversation stands on statuses only while a free entry point is open; its expiry on `sent` alone. */
function conversationFor(message: Message, version: number): Body {
  if (message.conversation === null) return {};
  const { expiration_timestamp: expiry, ...rest } = message.conversation as { origin: { type: string } } & Body;
  if (version >= 24 && rest.origin.type !== "referral_conversion") return {};
  return { conversation: message.status === "sent" ? { ...rest, expiration_timestamp: expiry } : rest };
}

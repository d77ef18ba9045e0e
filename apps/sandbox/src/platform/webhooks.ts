import { platformJson } from "./callbacks.ts";
import { strikes } from "./faults.ts";
import type { Failure } from "./graph-error.ts";
import { userIdOf } from "./identifiers.ts";
import type { Platform } from "./platform.ts";
import { checksIdentity, identityHash } from "./settings.ts";
import type { Account, App, Body, BusinessNumber, Message, Phone } from "./state.ts";

/**
 * Sends one change to every app attached to the account that subscribed to the field. `messages` goes to the number's own
 * callback, else the account's, else the app's; every other field always goes to the app's (Webhooks, "Override the
 * callback URL").
 */
export function tell(
  platform: Platform,
  account: Account,
  field: string,
  value: unknown,
  number?: BusinessNumber,
): void {
  const change = platformJson({ value, field });
  let heard = false;
  for (const [appId, subscription] of account.subscriptions) {
    const app = platform.state.apps.get(appId);
    if (!app) continue;
    const url =
      field === "messages"
        ? (number?.callbackUrl ?? subscription.overrideUrl ?? appUrl(app, field))
        : appUrl(app, field);
    if (url === null) continue;
    heard = true;
    enqueue(platform, url, {
      appId,
      accountId: account.id,
      field,
      time: field === "messages" ? null : seconds(platform),
      change,
    });
  }
  if (heard) return;
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

function appUrl(app: App, field: string): string | null {
  return app.callbackUrl && app.fields.includes(field) ? app.callbackUrl : null;
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
    ...(phone.hideNumber ? {} : { from: phone.number }),
    from_user_id: userIdOf(platform.state, phone, account.portfolioId),
  };
}

/**
 * The person as webhooks name them. A hidden number leaves `wa_id` out altogether; it is not empty (Business-scoped user
 * IDs, "Webhooks").
 */
export function contactOf(platform: Platform, phone: Phone, account: Account): Body {
  return {
    profile: { name: phone.name, ...(phone.username ? { username: `@${phone.username.replace(/^@/, "")}` } : {}) },
    ...(phone.hideNumber ? {} : { wa_id: phone.number }),
    user_id: userIdOf(platform.state, phone, account.portfolioId),
  };
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
  tell(
    platform,
    account,
    "messages",
    numberValue(number, {
      ...(withContact
        ? {
            contacts: [
              {
                ...contactOf(platform, phone, account),
                ...(checksIdentity(number) ? { identity_key_hash: identityHash(platform, phone) } : {}),
              },
            ],
          }
        : {}),
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
    }),
    number,
  );
}

/** Announces the state a message of the business has just reached. */
export function tellStatus(platform: Platform, number: BusinessNumber, phone: Phone, message: Message): void {
  const account = platform.accountOf(number);
  const failed = message.status === "failed";
  const pricedWith = message.history.some(({ status }) => status === "delivered") ? "delivered" : "read";
  const priced = message.status === "sent" || message.status === pricedWith;
  tell(
    platform,
    account,
    "messages",
    numberValue(number, {
      ...(failed ? {} : { contacts: [contactOf(platform, phone, account)] }),
      statuses: [
        {
          id: message.id,
          status: message.status,
          timestamp: String(seconds(platform)),
          ...(message.byUserId && phone.hideNumber ? {} : { recipient_id: phone.number }),
          recipient_user_id: userIdOf(platform.state, phone, account.portfolioId),
          ...(message.callbackData === null ? {} : { biz_opaque_callback_data: message.callbackData }),
          ...(message.conversation && !failed ? { conversation: conversationFor(message) } : {}),
          ...(priced && message.pricing ? { pricing: message.pricing } : {}),
          ...(message.failure ? { errors: errorsOf(message.failure) } : {}),
        },
      ],
    }),
    number,
  );
}

/** The expiry stands on `sent` alone. */
function conversationFor(message: Message): Body {
  if (message.status === "sent") return message.conversation ?? {};
  const { expiration_timestamp: _expiry, ...rest } = message.conversation ?? {};
  return rest;
}

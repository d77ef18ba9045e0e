import { hourMs } from "@loket/kit";
import { openBusinessApp } from "./app-connection.ts";
import { tellContacts } from "./app-contacts.ts";
import { tellHistory } from "./app-history.ts";
import { GraphError, missing } from "./graph-error.ts";
import { uniqueText } from "./identifiers.ts";
import { keepMessage, newMessage } from "./messages.ts";
import { moreOf } from "./number-more.ts";
import { choiceAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import { scopedIds, showsNumber } from "./scoped-ids.ts";
import type { Body, BusinessNumber, Message, Phone } from "./state.ts";
import { contactOf, numberValue, seconds, tell } from "./webhooks.ts";

/**
 * `POST /{number}/smb_app_data`, for a number that is also on the WhatsApp Business app (coexistence): asks for its contacts or its
 * history, each once and within 24 hours of onboarding. Told in `smb_app_state_sync` and `history`. Errors 100, 2593107, 2593108.
 */
export function synchronize(platform: Platform, number: BusinessNumber, body: Body): Body {
  if (body.messaging_product !== "whatsapp") throw missing("messaging_product");
  const type = choiceAt(body, "sync_type", "", ["smb_app_state_sync", "history"]);
  const { businessApp } = moreOf(number);
  if (!businessApp)
    throw new GraphError(100, { details: "This phone number is not in use on the WhatsApp Business app." });
  if (businessApp.synced.includes(type)) throw new GraphError(2593107);
  if (platform.now() - businessApp.since > 24 * hourMs) throw new GraphError(2593108);
  businessApp.synced.push(type);
  if (type === "history") tellHistory(platform, number, businessApp.since, businessApp.sharesHistory);
  else tellContacts(platform, number);
  return { messaging_product: "whatsapp", request_id: uniqueText(platform.state, "0123456789abcdef", 32) };
}

/** The business writes from its own phone: the person gets it, and the software hears of it in `smb_message_echoes`. */
export function writeFromApp(platform: Platform, number: BusinessNumber, phone: Phone, body: Body): Message {
  const type = typeof body.type === "string" ? body.type : "text";
  openBusinessApp(platform, number);
  const account = platform.accountOf(number);
  const message = newMessage(platform, number, phone, {
    from: "business",
    type,
    content: body[type] ?? null,
    status: "delivered",
    // Statuses of what the app sent are not told to the API.
    via: "history",
  });
  keepMessage(platform, message);
  const echo = {
    from: number.digits,
    ...(showsNumber(platform, phone) ? { to: phone.number } : {}),
    ...scopedIds(platform, phone, account, "to_user_id"),
    id: message.id,
    timestamp: String(seconds(platform)),
    type,
    [type]: message.content,
  };
  const said = { contacts: [contactOf(platform, phone, account)], message_echoes: [echo] };
  tell(platform, account, "smb_message_echoes", numberValue(number, said), number);
  platform.announce({ type: "thread", numberId: number.id, phone: phone.number });
  return message;
}

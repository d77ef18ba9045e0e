import { hourMs } from "@loket/kit";
import { GraphError, missing } from "./graph-error.ts";
import { uniqueText, userIdOf } from "./identifiers.ts";
import { keepMessage, newMessage } from "./messages.ts";
import { moreOf } from "./number-more.ts";
import { choiceAt } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Body, BusinessNumber, Message, Phone, Thread } from "./state.ts";
import { numberValue, seconds, tell } from "./webhooks.ts";

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
  if (type === "history") tellHistory(platform, number, businessApp.sharesHistory);
  else tellContacts(platform, number);
  return { messaging_product: "whatsapp", request_id: uniqueText(platform.state, "0123456789abcdef", 32) };
}

function threadsOf(platform: Platform, number: BusinessNumber): Thread[] {
  return [...platform.state.threads.values()].filter(
    (thread) => thread.numberId === number.id && thread.messageIds.length > 0,
  );
}

function tellContacts(platform: Platform, number: BusinessNumber): void {
  const account = platform.accountOf(number);
  const contacts = threadsOf(platform, number).map(({ phone: digits }) => {
    const phone = platform.phone(digits);
    return {
      type: "contact",
      contact: {
        full_name: phone.name,
        first_name: phone.name.split(" ")[0],
        ...(phone.hideNumber ? {} : { phone_number: digits }),
        user_id: userIdOf(platform.state, phone, account.portfolioId),
      },
      action: "add",
      metadata: { timestamp: String(seconds(platform)) },
    };
  });
  tell(platform, account, "smb_app_state_sync", numberValue(number, { state_sync: contacts }));
}

/** All of it comes in one piece of phase 0 to 2, as the history here is short. */
function tellHistory(platform: Platform, number: BusinessNumber, shared: boolean): void {
  const account = platform.accountOf(number);
  if (!shared) {
    const title = "History sync is turned off by the business from the WhatsApp Business App";
    tell(
      platform,
      account,
      "history",
      numberValue(number, { history: [{ errors: [{ code: 2593109, title, message: title }] }] }),
    );
    return;
  }
  const dayAgo = platform.now() - 24 * hourMs;
  for (const phase of [0, 1]) {
    const threads = threadsOf(platform, number)
      .map((thread) => ({
        id: thread.phone,
        messages: thread.messageIds
          .map((id) => platform.state.messages.get(id))
          .filter((message): message is Message => message !== undefined && message.at >= dayAgo === (phase === 0))
          .map((message) => pastMessage(number, message)),
      }))
      .filter(({ messages }) => messages.length > 0);
    const metadata = { phase, chunk_order: 1, progress: phase === 0 ? 55 : 100 };
    tell(platform, account, "history", numberValue(number, { history: [{ metadata, threads }] }));
  }
}

const media = new Set(["image", "video", "audio", "document", "sticker"]);

function pastMessage(number: BusinessNumber, message: Message): Body {
  const status = message.status === "failed" ? "ERROR" : message.status === "accepted" ? "PENDING" : message.status;
  return {
    from: message.from === "phone" ? message.phone : number.digits,
    ...(message.from === "phone" ? {} : { to: message.phone }),
    id: message.id,
    timestamp: String(Math.floor(message.at / 1000)),
    type: media.has(message.type) ? "media_placeholder" : message.type,
    ...(media.has(message.type) ? {} : { [message.type]: message.content }),
    history_context: { status: status.toUpperCase() },
  };
}

/** The business writes from its own phone: the person gets it, and the software hears of it in `smb_message_echoes`. */
export function writeFromApp(platform: Platform, number: BusinessNumber, phone: Phone, body: Body): Message {
  const type = typeof body.type === "string" ? body.type : "text";
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
    ...(phone.hideNumber ? {} : { to: phone.number }),
    to_user_id: userIdOf(platform.state, phone, account.portfolioId),
    id: message.id,
    timestamp: String(seconds(platform)),
    type,
    [type]: message.content,
  };
  tell(platform, account, "smb_message_echoes", numberValue(number, { message_echoes: [echo] }));
  platform.announce({ type: "thread", numberId: number.id, phone: phone.number });
  return message;
}

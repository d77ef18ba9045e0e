import { dayMs, type Instant } from "@loket/kit";
import type { Platform } from "./platform.ts";
import { scopedIds, showsNumber } from "./scoped-ids.ts";
import type { Account, Body, BusinessNumber, Message, Phone } from "./state.ts";
import { numberValue, tell } from "./webhooks.ts";

/** How long before onboarding each phase of the history reaches back ("history", phases and chunks). */
const phaseEnds = [dayMs, 90 * dayMs, 180 * dayMs] as const;
/** Media this old at onboarding are told by id, in webhooks of their own. */
const mediaWithinMs = 14 * dayMs;

/**
 * Tells the chats of a number that came from the WhatsApp Business app in `history`: three phases, in chunks with the share that is
 * done, then the files of the last 14 days. Error 2593109 stands in it where the business did not share.
 */
export function tellHistory(platform: Platform, number: BusinessNumber, since: Instant, shared: boolean): void {
  const account = platform.accountOf(number);
  const say = (said: Body) => tell(platform, account, "history", numberValue(number, said), number);
  if (!shared) {
    const title = "History sync is turned off by the business from the WhatsApp Business App";
    const details = "History sharing is turned off by the business";
    say({ history: [{ errors: [{ code: 2593109, title, message: title, error_data: { details } }] }] });
    return;
  }
  const past = pastMessages(platform, number, since);
  const messagesPerChunk = Math.max(1, platform.state.rules.thresholds.coexistence.messagesPerChunk);
  let told = 0;
  for (const phase of phaseEnds.keys()) {
    const ofPhase = past.filter((one) => one.phase === phase);
    for (let from = 0, order = 1; from < ofPhase.length; from += messagesPerChunk, order += 1) {
      const chunk = ofPhase.slice(from, from + messagesPerChunk);
      told += chunk.length;
      const metadata = { phase, chunk_order: order, progress: Math.floor((100 * told) / past.length) };
      say({ history: [{ metadata, threads: threadsOf(platform, number, account, chunk) }] });
    }
  }
  for (const { message } of past) {
    if (isMedia(message) && since - message.at < mediaWithinMs)
      say({ messages: [{ ...headOf(platform, number, message), [message.type]: message.content }] });
  }
}

interface Past {
  readonly phase: number;
  readonly message: Message;
}

function pastMessages(platform: Platform, number: BusinessNumber, since: Instant): Past[] {
  const past: Past[] = [];
  for (const thread of platform.state.threads.values()) {
    if (thread.numberId !== number.id) continue;
    for (const id of thread.messageIds) {
      const message = platform.state.messages.get(id);
      const phase = message ? phaseEnds.findIndex((end) => since - message.at < end) : -1;
      if (message && phase >= 0) past.push({ phase, message });
    }
  }
  return past;
}

function threadsOf(platform: Platform, number: BusinessNumber, account: Account, chunk: readonly Past[]): Body[] {
  const byPhone = new Map<string, Body[]>();
  for (const { message } of chunk) {
    const messages = byPhone.get(message.phone) ?? [];
    messages.push(pastMessage(platform, number, message));
    byPhone.set(message.phone, messages);
  }
  return [...byPhone].map(([digits, messages]) => {
    const phone = platform.phone(digits);
    const ids = scopedIds(platform, phone, account, "user_id");
    return { id: namedBy(platform, phone, ids), context: contextOf(platform, phone, ids), messages };
  });
}

function namedBy(platform: Platform, phone: Phone, ids: Body): unknown {
  return showsNumber(platform, phone) ? phone.number : ids.user_id;
}

function contextOf(platform: Platform, phone: Phone, ids: Body): Body {
  return {
    ...(showsNumber(platform, phone) ? { wa_id: phone.number } : {}),
    ...ids,
    ...(phone.username ? { username: `@${phone.username.replace(/^@/, "")}` } : {}),
  };
}

const media: ReadonlySet<string> = new Set(["image", "video", "audio", "document", "sticker"]);
const isMedia = ({ type }: Message): boolean => media.has(type);

function headOf(platform: Platform, number: BusinessNumber, message: Message): Body {
  const phone = platform.phone(message.phone);
  const person = showsNumber(platform, phone) ? message.phone : undefined;
  const byPerson = message.from === "phone";
  return {
    ...(byPerson ? (person ? { from: person } : {}) : { from: number.digits }),
    ...(byPerson || !person ? {} : { to: person }),
    id: message.id,
    timestamp: String(Math.floor(message.at / 1000)),
    type: message.type,
  };
}

function pastMessage(platform: Platform, number: BusinessNumber, message: Message): Body {
  const status = message.status === "failed" ? "ERROR" : message.status === "accepted" ? "PENDING" : message.status;
  return {
    ...headOf(platform, number, message),
    ...(isMedia(message) ? { type: "media_placeholder" } : { [message.type]: message.content }),
    history_context: { status: status.toUpperCase() },
  };
}

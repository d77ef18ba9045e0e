import { personInCrowd } from "./crowd/crowd.ts";
import { forgetInThread, keptPerPerson } from "./crowd/receiving.ts";
import { nextMessageId } from "./identifiers.ts";
import type { Platform } from "./platform.ts";
import { type BusinessNumber, type Message, type Phone, untouched } from "./state.ts";

/** What a message's maker says of it; what is left out is as of a message to which nothing has happened. */
type Making = Pick<Message, "from" | "type" | "content" | "status"> & Partial<Message>;

/** A message between a number and a person, made now unless `at` says otherwise, with an id of its own. It is not kept yet. */
export function newMessage(platform: Platform, number: BusinessNumber, phone: Phone, making: Making): Message {
  const at = making.at ?? platform.now();
  return {
    ...untouched(),
    at,
    history: [{ status: making.status, at }],
    byUserId: phone.hideNumber,
    ...making,
    id: making.id ?? nextMessageId(platform.state, phone.number, making.from),
    numberId: number.id,
    phone: phone.number,
  };
}

const messagesKeptAtMost = 100_000;
/** A crowd of a million leaves less room for what was said to it. */
const messagesKeptWithCrowd = 20_000;
/** How often the oldest are looked through once there are too many: those still under way stay, however old. */
const sweptEvery = 4_096;

/** Keeps a message, forgetting the oldest ones beyond what a long load test should cost in memory. */
export function keepMessage(platform: Platform, message: Message): void {
  const { messages } = platform.state;
  messages.set(message.id, message);
  const { messageIds } = platform.thread(message.numberId, message.phone);
  messageIds.push(message.id);
  while (messageIds.length > keptPerPerson && personInCrowd(platform.state, message.phone) !== null) {
    const oldest = messages.get(messageIds[0] ?? "");
    if (!oldest || isUnderWay(oldest)) break;
    forgetMessage(platform, oldest);
  }
  const keptAtMost = platform.state.crowd === null ? messagesKeptAtMost : messagesKeptWithCrowd;
  if (messages.size <= keptAtMost || messages.size % sweptEvery !== 0) return;
  for (const oldest of messages.values()) {
    if (!isUnderWay(oldest)) forgetMessage(platform, oldest);
    if (messages.size <= keptAtMost) return;
  }
}

const isUnderWay = ({ from, status }: Message): boolean =>
  from === "business" && (status === "accepted" || status === "sent");

function forgetMessage(platform: Platform, message: Message): void {
  platform.state.messages.delete(message.id);
  forgetInThread(platform, message);
}

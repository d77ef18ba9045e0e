import { type Choice, choicesOf } from "./choices.ts";
import { ControlError, personWrites } from "./people.ts";
import type { Platform } from "./platform.ts";
import { findSeen, type Wanted } from "./seen.ts";
import type { Message, Phone } from "./state.ts";

interface Tap {
  readonly message: Message;
  readonly choice: Choice;
}

/** The newest message on the phone that offers this button or row, looking back as far as somebody would scroll. */
export function findTap(platform: Platform, phone: Phone, kind: Choice["kind"], title: string): Tap | null {
  for (const message of newestFirst(platform, { phone: phone.number })) {
    const choice = choicesOf(message).find((one) => one.kind === kind && one.title === title);
    if (choice) return { message, choice };
  }
  return null;
}

const scrolledBack = 100;

function* newestFirst(platform: Platform, wanted: Wanted): Generator<Message> {
  const newest = findSeen(platform, wanted);
  if (!newest) return;
  const ids = platform.thread(newest.numberId, newest.phone).messageIds.slice(-scrolledBack).reverse();
  for (const id of ids) {
    const message = platform.state.messages.get(id);
    if (message?.from === "business" && (message.status === "delivered" || message.status === "read")) yield message;
  }
}

/** The person taps it; the business gets the answer. Answers the id of the person's message. */
export function tap(platform: Platform, phone: Phone, kind: Choice["kind"], title: string): string {
  const found = findTap(platform, phone, kind, title);
  if (!found) throw new ControlError(whyNoTap(platform, phone, kind, title), 404);
  const number = platform.state.numbers.get(found.message.numberId);
  if (!number) throw new ControlError("The number of that message is gone.", 404);
  return personWrites(platform, phone, number, found.choice.answer)?.id ?? "";
}

export function whyNoTap(platform: Platform, phone: Phone, kind: Choice["kind"], title: string): string {
  const offered = [...newestFirst(platform, { phone: phone.number })]
    .flatMap(choicesOf)
    .filter((choice) => choice.kind === kind)
    .map((choice) => choice.title);
  const there = offered.length === 0 ? "There is none." : `There are: ${[...new Set(offered)].join(", ")}.`;
  return `No ${kind} "${title}" is on the phone of +${phone.number}. ${there}`;
}

/** A reaction to a message, or to the newest of the business; an empty text takes it back. Answers the reaction's id. */
export function reactTo(platform: Platform, phone: Phone, emoji: string, messageId?: string): string {
  const message =
    messageId === undefined ? findSeen(platform, { phone: phone.number }) : platform.state.messages.get(messageId);
  const number = platform.state.numbers.get(message?.numberId ?? "");
  if (!message || !number) throw new ControlError("There is no message to react to.", 404);
  return (
    personWrites(platform, phone, number, { type: "reaction", reaction: { message_id: message.id, emoji } })?.id ?? ""
  );
}

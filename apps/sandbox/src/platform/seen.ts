import { choicesOf } from "./choices.ts";
import { existingThread } from "./crowd/crowd.ts";
import { isBody } from "./parameters.ts";
import type { Platform } from "./platform.ts";
import type { Body, Message } from "./state.ts";

/** Which message of a business somebody looks for on a phone; members left out ask for nothing. */
export interface Wanted {
  /** Digits only. */
  readonly phone?: string;
  readonly numberId?: string;
  readonly type?: string;
  /** Found anywhere in the words the phone shows. */
  readonly text?: string | RegExp;
  /** Only what came after this message. */
  readonly after?: string;
}

const delivered = new Set(["delivered", "read", "played"]);
const invisible = new Set(["reaction", "edit", "revoke", "system"]);

/** The newest message that is on the phone and fits, or `null`. */
export function findSeen(platform: Platform, wanted: Wanted): Message | null {
  const ids = idsFor(platform, wanted);
  for (let index = ids.length - 1; index >= 0; index--) {
    const id = ids[index] ?? "";
    if (id === wanted.after) return null;
    const message = platform.state.messages.get(id);
    if (message && isSeen(message, wanted)) return message;
  }
  return null;
}

function isSeen(message: Message, wanted: Wanted): boolean {
  return (
    message.from === "business" &&
    delivered.has(message.status) &&
    !invisible.has(message.type) &&
    (wanted.numberId === undefined || wanted.numberId === message.numberId) &&
    (wanted.type === undefined || wanted.type === message.type) &&
    (wanted.text === undefined || hasWords(wordsOf(message), wanted.text))
  );
}

function hasWords(words: string, text: string | RegExp): boolean {
  return typeof text === "string" ? words.includes(text) : words.search(text) >= 0;
}

/** Ids in the order the messages were made. */
function idsFor(platform: Platform, { phone, numberId }: Wanted): string[] {
  const { messages, numbers } = platform.state;
  if (phone === undefined) return [...messages.keys()];
  const lists = [...(numberId === undefined ? numbers.keys() : [numberId])].map(
    (id) => existingThread(platform.state, id, phone)?.messageIds ?? [],
  );
  const at = (id: string): number => messages.get(id)?.at ?? 0;
  const written = lists.filter((list) => list.length > 0);
  return written.length <= 1 ? (written[0] ?? []) : written.flat().sort((one, other) => at(one) - at(other));
}

/** Everything a message says in words, as the phone shows it: header, body, caption, footer, buttons and rows. */
export function wordsOf(message: Message): string {
  const words: string[] = [];
  if (message.template) collect(message.template.rendered, words);
  else collect(message.content, words);
  return words.join("\n");
}

const shown = new Set([
  "text",
  "body",
  "caption",
  "footer",
  "title",
  "description",
  "name",
  "address",
  "filename",
  "formatted_name",
  "display_text",
]); // prettier-ignore

function collect(value: unknown, words: string[], isShown = false): void {
  if (typeof value === "string") {
    if (isShown && value !== "") words.push(value);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, words, isShown);
  } else if (isBody(value)) {
    for (const [key, item] of Object.entries(value)) collect(item, words, shown.has(key));
  }
}

/** A message as a test looks at it. */
export interface SeenMessage {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  /** All it says, line by line. */
  readonly words: string;
  /** Titles of the buttons and list rows that answer when tapped. */
  readonly buttons: readonly string[];
  readonly rows: readonly string[];
  /** What stands under the key named by `type`; for a template, what was filled in. */
  readonly content: unknown;
  readonly template: { readonly name: string; readonly language: string; readonly category: string } | null;
  readonly context: Body | null;
  readonly numberId: string;
  /** Unix seconds of the sandbox's time. */
  readonly timestamp: number;
}

export function seenMessage(platform: Platform, message: Message): SeenMessage {
  const choices = choicesOf(message);
  const template = message.template ? platform.state.templates.get(message.template.id) : undefined;
  return {
    id: message.id,
    type: message.type,
    status: message.status,
    words: wordsOf(message),
    buttons: choices.filter(({ kind }) => kind === "button").map(({ title }) => title),
    rows: choices.filter(({ kind }) => kind === "row").map(({ title }) => title),
    content: message.content,
    template: template ? { name: template.name, language: template.language, category: template.category } : null,
    context: message.context,
    numberId: message.numberId,
    timestamp: Math.floor(message.at / 1000),
  };
}

/**
 * Resolves with the newest fitting message, at once when it is on the phone already, or with `null` when `until` aborts
 * first.
 */
export function seenLater(platform: Platform, wanted: Wanted, until: AbortSignal): Promise<Message | null> {
  const there = findSeen(platform, wanted);
  if (there || until.aborted) return Promise.resolve(there);
  return new Promise((resolve) => {
    const stop = platform.listen((announcement) => {
      if (announcement.type !== "thread") return;
      if (wanted.phone !== undefined && announcement.phone !== wanted.phone) return;
      const found = findSeen(platform, wanted.phone === undefined ? { ...wanted, phone: announcement.phone } : wanted);
      if (found) finish(found);
    });
    const finish = (found: Message | null): void => {
      stop();
      until.removeEventListener("abort", giveUp);
      resolve(found);
    };
    const giveUp = (): void => finish(null);
    until.addEventListener("abort", giveUp);
  });
}

/** What to tell somebody whose message did not come: what the phone shows, what failed and what is still due. */
export function whyNotSeen(platform: Platform, wanted: Wanted): string {
  const { messages, tasks } = platform.state;
  const asked = [
    wanted.type === undefined ? null : `type ${wanted.type}`,
    wanted.text === undefined
      ? null
      : `text ${typeof wanted.text === "string" ? JSON.stringify(wanted.text) : wanted.text}`,
    wanted.after === undefined ? null : `after ${wanted.after}`,
  ].filter((part) => part !== null);
  const to = wanted.phone === undefined ? "anybody" : `+${wanted.phone}`;
  const lines = [`No message to ${to}${asked.length > 0 ? ` with ${asked.join(", ")}` : ""}.`];
  const sent = idsFor(platform, wanted)
    .slice(-50)
    .map((id) => messages.get(id))
    .filter((message): message is Message => message?.from === "business")
    .slice(-5);
  for (const message of sent) {
    const why = message.failure ? ` with ${message.failure.code}: ${message.failure.details}` : "";
    lines.push(`There is: ${message.type}, ${message.status}${why}, ${JSON.stringify(wordsOf(message).slice(0, 200))}`);
  }
  if (sent.length === 0) lines.push("Nothing was sent there.");
  const next = tasks[0];
  if (next && next.dueAt > platform.now())
    lines.push(
      `Something is due in ${next.dueAt - platform.now()} ms of the sandbox's time; if its clock stands still, advance it.`,
    );
  return lines.join("\n");
}

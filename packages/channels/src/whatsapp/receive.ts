import { createHash } from "node:crypto";
import type { Instant } from "@loket/kit";
import type { InboundEvent, Received, SenderReference, SetAside } from "./events.ts";
import {
  instantOf,
  type Json,
  listOf,
  objectOf,
  parseJson,
  phoneOf,
  present,
  required,
  textOf,
  Unreadable,
} from "./read.ts";
import { accountFields } from "./read-account.ts";
import { callAndGroupFields } from "./read-calls.ts";
import { messageFields } from "./read-messages.ts";
import { templateFields } from "./read-templates.ts";

/**
 * The bytes of one webhook call as events. A call may hold up to a thousand updates over several entries, accounts and
 * fields; each is read on its own, so that one that cannot be read is set aside and its neighbours are not disturbed.
 * Never throws, whatever the bytes are. Verify the signature over the same bytes first.
 *
 * `receivedAt` stands in where the platform gives no time of its own.
 */
export function receive(body: Uint8Array, receivedAt: Instant): Received {
  const walk = new Walk(body, receivedAt);
  walk.attempt("", undefined, () => {
    const root = objectOf(parseBody(body));
    if (!root) throw new Unreadable("The body is not a JSON object.");
    if (root.object !== "whatsapp_business_account") {
      walk.setAsideElement("", "The body is not about a WhatsApp business account.", root);
      return;
    }
    walk.each("entry", root.entry, (entry, entryPath) => {
      walk.each(`${entryPath}.changes`, entry.changes, (change, changePath) =>
        readChange(walk, entry, change, changePath),
      );
    });
  });
  return { events: walk.events, setAside: walk.setAside };
}

/** What a reader of one field gets to know, and where it puts what it found. */
export interface Change {
  readonly walk: Walk;
  readonly field: string;
  readonly path: string;
  readonly value: Json;
  readonly sender: SenderReference;
  /** The entry's time, or that of receipt: where an element has no time of its own. */
  readonly at: Instant;
  /** For events without an id of their own: the same for the same content, however often it arrives. */
  keyOf(raw: unknown): string;
}

export type FieldReader = (change: Change) => void;

const readers: ReadonlyMap<string, FieldReader> = new Map([
  ...messageFields,
  ...templateFields,
  ...accountFields,
  ...callAndGroupFields,
]);

function readChange(walk: Walk, entry: Json, raw: Json, path: string): void {
  const field = required(textOf(raw.field), "The field of a change");
  const accountId = textOf(entry.id);
  const at = instantOf(entry.time) ?? walk.receivedAt;
  const value = objectOf(raw.value);
  const keyOf = (part: unknown) => `${field}:${accountId ?? ""}:${textOf(entry.time) ?? ""}:${hash(canonical(part))}`;
  const reader = readers.get(field);
  if (!value || !reader) {
    if (reader) throw new Unreadable("The value of a change is not an object.");
    walk.emit({
      kind: "unrecognised",
      eventKey: keyOf(raw.value ?? null),
      at,
      path,
      sender: present({ accountId }),
      field,
      raw: raw.value,
    });
    return;
  }
  const metadata = objectOf(value.metadata) ?? objectOf(value.recipient);
  const sender = present({
    accountId,
    numberId: textOf(metadata?.phone_number_id),
    phone: phoneOf(metadata?.display_phone_number) ?? phoneOf(value.display_phone_number),
  });
  reader({ walk, field, path: `${path}.value`, value, sender, at, keyOf });
}

/** Collects what was found, and what could not be read. */
class Walk {
  readonly events: InboundEvent[] = [];
  readonly setAside: SetAside[] = [];
  readonly receivedAt: Instant;
  readonly #body: Uint8Array;
  #bodyHash: string | undefined;

  constructor(body: Uint8Array, receivedAt: Instant) {
    this.#body = body;
    this.receivedAt = receivedAt;
  }

  emit(event: InboundEvent): void {
    this.events.push(event);
  }

  /** Reads one element; whatever goes wrong stays with it, and what its parts already yielded stays found. */
  attempt(path: string, raw: unknown, read: () => void): void {
    try {
      read();
    } catch (error) {
      const reason =
        error instanceof Unreadable
          ? error.message
          : `Could not be read: ${error instanceof Error ? error.message : error}`;
      this.setAsideElement(path, reason, raw);
    }
  }

  /** Like `each`, for elements that events keep whole. */
  eachWhole(path: string, list: unknown, read: (element: Json, path: string) => void): void {
    this.each(path, list, (element, elementPath) => {
      if (isTooDeep(element)) throw new Unreadable("Nested too deeply.");
      read(element, elementPath);
    });
  }

  /** Every element of a list on its own. An absent list holds nothing; anything but a list is set aside. */
  each(path: string, list: unknown, read: (element: Json, path: string) => void): void {
    if (list === undefined || list === null) return;
    const elements = listOf(list);
    if (!elements) {
      this.setAsideElement(path, "This should be a list.", list);
      return;
    }
    for (const [index, raw] of elements.entries()) {
      const elementPath = `${path}[${index}]`;
      const element = objectOf(raw);
      if (!element) this.setAsideElement(elementPath, "This should be an object.", raw);
      else this.attempt(elementPath, raw, () => read(element, elementPath));
    }
  }

  setAsideElement(path: string, reason: string, raw: unknown): void {
    this.#bodyHash ??= hash(this.#body);
    this.setAside.push({
      eventKey: `setAside:${this.#bodyHash}:${path}`,
      path,
      reason,
      // Whoever keeps this writes it as JSON again, which a thing nested without end would not survive.
      raw: isTooDeep(raw) ? "(nested too deeply to keep)" : raw,
    });
  }
}

function parseBody(body: Uint8Array): unknown {
  try {
    return parseJson(new TextDecoder("utf-8").decode(body));
  } catch {
    throw new Unreadable("The body is not JSON.");
  }
}

function hash(of: string | Uint8Array): string {
  return createHash("sha256").update(of).digest("base64url").slice(0, 24);
}

/** JSON with the members of every object in order, so that the same content is the same text. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const object = objectOf(value);
  if (!object) return JSON.stringify(value) ?? "null";
  const members = Object.keys(object)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonical(object[key])}`);
  return `{${members.join(",")}}`;
}

const maxDepth = 100;

/** Level by level rather than by recursion, which is what too deep a thing would break. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    const next: unknown[] = [];
    for (const item of level) {
      if (typeof item === "object" && item !== null) for (const child of Object.values(item)) next.push(child);
    }
    level = next;
  }
  return false;
}

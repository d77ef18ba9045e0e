/**
 * Reading what others wrote: nothing is cast, everything is asked for, and what is not there is `undefined`. Whoever
 * needs a value says so with `required`, which throws an `Unreadable` that is caught at the element it belongs to.
 */
import { type Instant, instant, parseInstant } from "@loket/kit";

export type Json = Readonly<Record<string, unknown>>;

/** An element that cannot be used, with why. */
export class Unreadable extends Error {}

export function required<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Unreadable(`${what} is missing or not what it should be.`);
  return value;
}

export function objectOf(value: unknown): Json | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** Text as it is, numbers as their digits: ids come as either. Empty text counts as absent. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  return typeof value === "number" && Number.isFinite(value) ? String(value) : undefined;
}

export function numberOf(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

export function booleanOf(value: unknown): boolean | undefined {
  return typeof value === "boolean" ? value : undefined;
}

type Present<Members> = {
  [Key in keyof Members as undefined extends Members[Key] ? never : Key]: Members[Key];
} & {
  [Key in keyof Members as undefined extends Members[Key] ? Key : never]?: Exclude<Members[Key], undefined>;
};

/** Drops members that are `undefined`, so that what is absent is absent. */
export function present<Members extends object>(members: Members): Present<Members> {
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(members)) if (value !== undefined) kept[key] = value;
  return kept as Present<Members>;
}

const year2000 = 946_684_800;
const year2100 = 4_102_444_800;

/** Unix seconds as number or text; milliseconds where the number can only be that; or RFC 3339. */
export function instantOf(value: unknown): Instant | undefined {
  if (typeof value === "string") {
    const parsed = parseInstant(value);
    if (parsed !== null) return parsed;
  }
  const number = numberOf(value);
  if (number === undefined) return undefined;
  if (number >= year2000 && number <= year2100) return instant(number * 1000);
  return number >= year2000 * 1000 && number <= year2100 * 1000 ? instant(number) : undefined;
}

/** Digits to E.164 with a plus; anything that is not a number of a phone is none. */
export function phoneOf(value: unknown): string | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const digits = text.replace(/[\s().-]/g, "").replace(/^\+/, "");
  return /^[1-9]\d{5,14}$/.test(digits) ? `+${digits}` : undefined;
}

/** Whether a text that should be a number is a business-scoped user id (country code, a dot, and the rest). */
export function looksLikeUserId(text: string): boolean {
  return /^[A-Z]{2}\.[A-Za-z0-9.]{1,140}$/.test(text);
}

/**
 * JSON with whole numbers kept whole: a number too large to be exact becomes text with the same digits. Ids of 16 and 17
 * digits arrive as bare numbers, and reading them as numbers would turn one id into another.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(/[:[,\s]-?\d{16}/.test(text) ? quoteBigIntegers(text) : text);
}

/** One pass, no recursion and no backtracking: the text is as large and as deep as whoever sent it pleased. */
function quoteBigIntegers(text: string): string {
  let out = "";
  let copiedTo = 0;
  let position = 0;
  while (position < text.length) {
    const character = text.charCodeAt(position);
    if (character === quote) {
      position++;
      while (position < text.length && text.charCodeAt(position) !== quote) {
        position += text.charCodeAt(position) === backslash ? 2 : 1;
      }
      position++;
    } else if (character === minus || isDigit(character)) {
      const start = position;
      position++;
      while (isDigit(text.charCodeAt(position))) position++;
      const isWhole = !/[.eE]/.test(text.charAt(position));
      if (isWhole && position - start >= 16) {
        const token = text.slice(start, position);
        if (!Number.isSafeInteger(Number(token)) && /^-?[1-9]/.test(token)) {
          out += `${text.slice(copiedTo, start)}"${token}"`;
          copiedTo = position;
        }
      }
      while (position < text.length && /[\d.eE+-]/.test(text.charAt(position))) position++;
    } else position++;
  }
  return out + text.slice(copiedTo);
}

const quote = 0x22;
const backslash = 0x5c;
const minus = 0x2d;

function isDigit(character: number): boolean {
  return character >= 0x30 && character <= 0x39;
}

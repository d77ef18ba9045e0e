import { fail, ok, type Result } from "@loket/kit";

/**
 * What may be put on record. Numbers are integers with |n| < 2^53: a float has more than one spelling and more than one
 * reading, and money, counts and milliseconds are whole. Instants are RFC 3339 in UTC with milliseconds, bytes are
 * base64url; both are text. Text is kept as it was received, without Unicode normalisation.
 */
export type Json = string | boolean | null | number | readonly Json[] | { readonly [name: string]: Json };

export type JsonObject = { readonly [name: string]: Json };

/** Deeper than anything sensible, and shallow enough for every reader's stack. */
const deepest = 64;

/**
 * The one text a value has: JSON Canonicalization Scheme (RFC 8785) on `Json`.
 * Throws a `TypeError` that names the place for anything else: floats, -0, lone surrogates, undefined, functions, class
 * instances, cycles.
 */
export function canonical(value: Json): string {
  return write(value, "", 0);
}

function write(value: unknown, path: string, depth: number): string {
  switch (typeof value) {
    case "string":
      if (!value.isWellFormed()) throw new TypeError(`${path || "The text"} holds half a character (lone surrogate).`);
      return JSON.stringify(value);
    case "boolean":
      return value ? "true" : "false";
    case "number":
      if (!Number.isSafeInteger(value) || Object.is(value, -0)) {
        throw new TypeError(
          `${path || "The number"} is ${Object.is(value, -0) ? "-0" : value}. Only integers between -2^53 and 2^53 go on record; write other numbers as text.`,
        );
      }
      return String(value);
    case "object":
      if (value === null) return "null";
      if (depth >= deepest) throw new TypeError(`${path} is nested more than ${deepest} deep.`);
      if (Array.isArray(value)) return writeArray(value, path, depth);
      return writeObject(value as Readonly<Record<string, unknown>>, path, depth);
    default:
      throw new TypeError(`${path || "The value"} is ${typeof value}, which JSON has no word for.`);
  }
}

function writeArray(values: readonly unknown[], path: string, depth: number): string {
  const parts: string[] = [];
  for (let index = 0; index < values.length; index++) parts.push(write(values[index], `${path}[${index}]`, depth + 1));
  return `[${parts.join(",")}]`;
}

function writeObject(value: Readonly<Record<string, unknown>>, path: string, depth: number): string {
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`${path || "The value"} is a ${prototype.constructor?.name}. Turn it into text first.`);
  }
  // RFC 8785 §3.2.3 sorts names by UTF-16 code units, which is what sort does when it is given no comparison.
  const names = Object.keys(value).sort();
  const parts = names.map((name) => `${write(name, path, depth)}:${write(value[name], `${path}.${name}`, depth + 1)}`);
  return `{${parts.join(",")}}`;
}

/**
 * Reads a text that is byte for byte the canonical form of what it says; the failure says why it is not.
 * Comparing with the form written anew catches every second spelling at once: duplicate names (the last would win),
 * spaces, other orders, other escapes, 1.0, 1e3, -0.
 */
export function parseCanonical(text: string): Result<Json, string> {
  try {
    const value: Json = JSON.parse(text);
    return canonical(value) === text ? ok(value) : fail("The text is not in canonical form (RFC 8785).");
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

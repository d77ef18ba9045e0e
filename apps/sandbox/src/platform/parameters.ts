import { badValue, missing, wrongType } from "./graph-error.ts";
import type { Body } from "./state.ts";

/**
 * Reading request bodies the way the platform does: a wrong JSON type and a missing member are error 100 naming the path
 * (`template['components'][0]['type']`), a value out of bounds is 131009. `null` counts as absent, because clients send it.
 */

export function isBody(value: unknown): value is Body {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The path of a member, as the platform's messages write it. */
export function at(path: string, key: string | number): string {
  if (typeof key === "number") return `${path}[${key}]`;
  return path === "" ? key : `${path}['${key}']`;
}

export function objectAt(body: Body, key: string, path: string): Body {
  const value = optionalObjectAt(body, key, path);
  if (!value) throw missing(at(path, key));
  return value;
}

export function optionalObjectAt(body: Body, key: string, path: string): Body | null {
  const value = unfold(body[key]);
  if (value === undefined || value === null) return null;
  if (!isBody(value)) throw wrongType(at(path, key), "a JSON object");
  return value;
}

export function listAt(body: Body, key: string, path: string): unknown[] {
  const value = optionalListAt(body, key, path);
  if (!value) throw missing(at(path, key));
  return value;
}

export function optionalListAt(body: Body, key: string, path: string): unknown[] | null {
  const value = unfold(body[key]);
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) throw wrongType(at(path, key), "an array");
  return value;
}

/** The objects of a list, each with its path. */
export function objectsAt(list: readonly unknown[], path: string): { item: Body; path: string }[] {
  return list.map((value, index) => {
    const item = unfold(value);
    if (!isBody(item)) throw wrongType(at(path, index), "a JSON object");
    return { item, path: at(path, index) };
  });
}

export interface TextLimits {
  readonly max?: number;
  readonly min?: number;
}

export function textAt(body: Body, key: string, path: string, limits: TextLimits = {}): string {
  const value = optionalTextAt(body, key, path, limits);
  if (value === null) throw missing(at(path, key));
  return value;
}

export function optionalTextAt(
  body: Body,
  key: string,
  path: string,
  { max, min = 0 }: TextLimits = {},
): string | null {
  const value = body[key];
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw wrongType(at(path, key), "a string");
  if (max !== undefined && value.length > max && [...value].length > max) {
    throw badValue(`${at(path, key)}: must be at most ${max} characters long`);
  }
  if (value.trim().length < min) throw badValue(`${at(path, key)}: must be at least ${min} characters long`);
  return value;
}

/** A number, also when written as text. */
export function numberAt(body: Body, key: string, path: string): number {
  const value = body[key];
  if (value === undefined || value === null || value === "") throw missing(at(path, key));
  const read = typeof value === "string" ? Number(value) : value;
  if (typeof read !== "number" || !Number.isFinite(read)) throw wrongType(at(path, key), "a number");
  return read;
}

export function choiceAt<Choice extends string>(
  body: Body,
  key: string,
  path: string,
  choices: readonly Choice[],
): Choice {
  const value = textAt(body, key, path);
  const found = choices.find((choice) => choice.toLowerCase() === value.toLowerCase());
  if (!found) {
    throw wrongType(at(path, key), `one of {${choices.join(", ")}} - got "${value}"`);
  }
  return found;
}

export function flagOf(value: unknown): boolean {
  return value === true || value === "true" || value === 1 || value === "1";
}

/** Nested values arrive as JSON text in forms, and from some clients even inside JSON. */
function unfold(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const first = value.trimStart()[0];
  if (first !== "{" && first !== "[") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

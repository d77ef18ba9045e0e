import { type Instant, parseInstant } from "@loket/kit";
import { isTimeZone } from "./zone.ts";

/** What is wrong with a body, where, and what to write instead. */
export interface ParseFailure {
  readonly path: string;
  readonly message: string;
}

/** Reads one value; on failure records why and gives `undefined`. */
export type Reader<Value> = (value: unknown, path: string, failures: ParseFailure[]) => Value | undefined;

/** One reader for every field a type has: a fact added to the type and not to its reader does not compile. */
export type Fields<Value> = { readonly [Name in keyof Value]-?: Reader<Exclude<Value[Name], undefined>> };

interface ObjectOptions<Value> {
  readonly required?: readonly (keyof Value & string)[];
  /** Other names by which a field may be given. */
  readonly aliases?: Readonly<Record<string, keyof Value & string>>;
  readonly ignored?: readonly string[];
}

/** Names of the terms book that are worked out from other facts and so cannot be given. */
const derived: Readonly<Record<string, string>> = {
  now: "Give the instant as at, beside request and facts.",
  windowOpen: "It follows from lastInboundAt and at; give those.",
  initiated: "It follows from payload, lastInboundAt and suppressions; give those.",
  effectiveKind: "It follows from kind and promotional; give those.",
};

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

export function object<Value extends object>(fields: Fields<Value>, options: ObjectOptions<Value> = {}): Reader<Value> {
  const names = Object.keys(fields);
  const readers: Readonly<Record<string, Reader<unknown>>> = fields;
  return (value, path, failures) => {
    if (!isRecord(value)) {
      failures.push({ path, message: `${shown(value)} is not an object. Fields it may have: ${names.join(", ")}.` });
      return undefined;
    }
    const failuresBefore = failures.length;
    const read: Record<string, unknown> = {};
    for (const [given, raw] of Object.entries(value)) {
      const name = options.aliases?.[given] ?? given;
      const reader = Object.hasOwn(readers, name) ? readers[name] : undefined;
      if (reader === undefined) {
        if (options.ignored?.includes(given)) continue;
        const hint = Object.hasOwn(derived, given) ? derived[given] : `Fields it may have: ${names.join(", ")}.`;
        failures.push({ path: `${path}.${given}`, message: `Unknown field. ${hint}` });
        continue;
      }
      if (raw === undefined) continue;
      const result = reader(raw, `${path}.${given}`, failures);
      if (result !== undefined) read[name] = result;
    }
    for (const name of options.required ?? []) {
      if (read[name] === undefined && failures.length === failuresBefore) {
        failures.push({ path: `${path}.${name}`, message: "Missing, and nothing can be said without it." });
      }
    }
    // Every value under a name came from that name's own reader, which is what `Value` asks; TypeScript cannot follow.
    return failures.length === failuresBefore ? (read as Value) : undefined;
  };
}

/** For facts that can be known to be none. */
export function orNone<Value>(reader: Reader<Value>): Reader<Value | null> {
  return (value, path, failures) => (value === null ? null : reader(value, path, failures));
}

/** `null` is not a value these can have: it says "not known", the same as leaving the field out. */
export function known<Value>(reader: Reader<Value>): Reader<Value> {
  return (value, path, failures) => (value === null ? undefined : reader(value, path, failures));
}

export function listOf<Value>(reader: Reader<Value>): Reader<readonly Value[]> {
  return known((value, path, failures) => {
    const values = Array.isArray(value) ? value : [value];
    const read = values.map((one: unknown, index) =>
      reader(one, Array.isArray(value) ? `${path}[${index}]` : path, failures),
    );
    return read.every((one) => one !== undefined) ? read : undefined;
  });
}

export function oneOf<Value extends string | number>(values: readonly Value[]): Reader<Value> {
  return known((value, path, failures) => {
    const found = values.find((one) => one === value);
    if (found === undefined) failures.push({ path, message: `${shown(value)} is not one of ${values.join(", ")}.` });
    return found;
  });
}

export const flag: Reader<boolean> = known((value, path, failures) => {
  if (typeof value === "boolean") return value;
  failures.push({ path, message: `${shown(value)} is neither true nor false.` });
  return undefined;
});

export const text: Reader<string> = known((value, path, failures) => {
  if (typeof value === "string" && value !== "") return value;
  failures.push({ path, message: `${shown(value)} is not a text with something in it.` });
  return undefined;
});

export const amount: Reader<number> = known((value, path, failures) => {
  if (typeof value === "number" && Number.isFinite(value) && value >= 0) return value;
  failures.push({ path, message: `${shown(value)} is not a number of zero or more.` });
  return undefined;
});

export const instantText: Reader<Instant> = known((value, path, failures) => {
  const read = typeof value === "string" ? parseInstant(value) : null;
  if (read !== null) return read;
  failures.push({
    path,
    message: `${shown(value)} is not an instant. Write RFC 3339 with an offset, e.g. 2026-11-10T10:00:00Z.`,
  });
  return undefined;
});

export const dateText: Reader<string> = known((value, path, failures) => {
  if (typeof value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(value) && isCalendarDate(value)) return value;
  failures.push({ path, message: `${shown(value)} is not a date. Write it as 1980-04-01.` });
  return undefined;
});

function isCalendarDate(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

export const country: Reader<string> = known((value, path, failures) => {
  const code = typeof value === "string" ? value.toUpperCase() : "";
  if (/^[A-Z]{2}$/.test(code)) return code === "UK" ? "GB" : code;
  failures.push({ path, message: `${shown(value)} is not a country. Write two letters of ISO 3166-1, e.g. NL.` });
  return undefined;
});

export const subdivision: Reader<string> = known((value, path, failures) => {
  const code = typeof value === "string" ? value.toUpperCase() : "";
  if (/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(code)) return code;
  failures.push({ path, message: `${shown(value)} is not a subdivision. Write ISO 3166-2, e.g. US-TX.` });
  return undefined;
});

export const phoneNumber: Reader<string> = known((value, path, failures) => {
  if (typeof value === "string" && /^\+[1-9]\d{5,14}$/.test(value)) return value;
  failures.push({ path, message: `${shown(value)} is not a phone number. Write E.164, e.g. +31612345678.` });
  return undefined;
});

export const timeZone: Reader<string> = known((value, path, failures) => {
  if (typeof value === "string" && isTimeZone(value)) return value;
  failures.push({ path, message: `${shown(value)} is not a time zone. Write its IANA name, e.g. Europe/Amsterdam.` });
  return undefined;
});

import { isBody } from "../platform/parameters.ts";
import { ControlError } from "../platform/people.ts";

/** What a member of a body may be. Throws a `ControlError` that names the path where it is something else. */
export type Check = (given: unknown, path: string) => void;

/** Nothing but these members, each as its check says; what is left out is not looked at. A misspelt one is told, with those there are. */
export function only(members: Readonly<Record<string, Check>>): Check {
  return (given, path) => {
    if (!isBody(given)) throw new ControlError(`${path} must be an object.`);
    for (const [name, value] of Object.entries(given)) {
      const at = path === "" ? name : `${path}.${name}`;
      const check = Object.hasOwn(members, name) ? members[name] : undefined;
      if (!check) throw new ControlError(`There is no ${at}. There are ${Object.keys(members).join(", ")}.`);
      if (value !== undefined) check(value, at);
    }
  };
}

export const flag: Check = check("true or false", (given) => typeof given === "boolean");

export const words: Check = check("a text", (given) => typeof given === "string");

/** Read elsewhere, or shown and never set. */
export const anything: Check = () => {};

export function amount(from: number, upTo = Number.MAX_SAFE_INTEGER): Check {
  const bound = upTo === Number.MAX_SAFE_INTEGER ? `of at least ${from}` : `from ${from} to ${upTo}`;
  return check(`a number ${bound}`, (given) => typeof given === "number" && given >= from && given <= upTo);
}

/** Amounts that are counted. */
export function count(from: number, upTo = Number.MAX_SAFE_INTEGER): Check {
  const bound = upTo === Number.MAX_SAFE_INTEGER ? `of at least ${from}` : `from ${from} to ${upTo}`;
  return check(
    `a whole number ${bound}`,
    (given) => Number.isInteger(given) && Number(given) >= from && Number(given) <= upTo,
  );
}

export function oneOf(choices: readonly string[]): Check {
  return check(`one of ${choices.join(", ")}`, (given) => typeof given === "string" && choices.includes(given));
}

export function orNull(inner: Check): Check {
  return (given, path) => {
    if (given !== null) inner(given, path);
  };
}

export function listOf(item: Check, least = 0): Check {
  return (given, path) => {
    if (!Array.isArray(given) || given.length < least)
      throw new ControlError(`${path} must be a list${least > 0 ? " with something in it" : ""}.`);
    for (const [index, one] of given.entries()) item(one, `${path}[${index}]`);
  };
}

/** Where webhooks go: a URL that can be posted to. */
export const webUrl: Check = check(
  "an http(s) URL",
  (given) => typeof given === "string" && /^https?:$/.test(URL.parse(given)?.protocol ?? ""),
);

export function check(description: string, fits: (given: unknown) => boolean): Check {
  return (given, path) => {
    if (!fits(given)) throw new ControlError(`${path} must be ${description}.`);
  };
}

/** A text or number that has to be there, as text. */
export function textOf(given: unknown, path: string): string {
  if ((typeof given !== "string" || given === "") && typeof given !== "number")
    throw new ControlError(`${path} is required.`);
  return String(given);
}

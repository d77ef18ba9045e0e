import { isBody } from "../platform/parameters.ts";
import { ControlError } from "../platform/people.ts";
import type { Platform } from "../platform/platform.ts";
import type { Account, Body } from "../platform/state.ts";

/** Whom a value told by hand is about; what nobody gave is taken from it. */
export interface About {
  readonly platform: Platform;
  readonly account: Account;
}

/**
 * Reads one member of a webhook's value as it was given over the control face. `undefined` asks for what stands there when
 * nothing was given; answering `undefined` leaves the member out. Throws a `ControlError` naming the path where the platform would
 * never say such a thing.
 */
export type Reader = (given: unknown, path: string, about: About) => unknown;

type Fallback<Value> = Value | ((about: About) => Value);

function orElse<Value>(fallback: Fallback<Value>, about: About): Value {
  return typeof fallback === "function" ? (fallback as (about: About) => Value)(about) : fallback;
}

/** A text, one of `choices` where there are any. */
export function text(fallback: Fallback<string>, choices: readonly string[] = []): Reader {
  return (given, path, about) => {
    if (given === undefined) return orElse(fallback, about);
    if (typeof given !== "string") throw new ControlError(`${path} must be a text.`);
    if (choices.length > 0 && !choices.includes(given))
      throw new ControlError(`${path} must be one of ${choices.join(", ")}.`);
    return given;
  };
}

/** One of a list; the first where none is given. */
export function choice(choices: readonly [string, ...string[]]): Reader {
  return text(choices[0], choices);
}

/** A number, such as unix seconds; digits in quotes are taken for one. */
export function amount(fallback: Fallback<number>): Reader {
  return (given, path, about) => {
    if (given === undefined) return orElse(fallback, about);
    if (typeof given === "string" && /^-?\d+$/.test(given)) return Number(given);
    if (typeof given !== "number") throw new ControlError(`${path} must be a number.`);
    return given;
  };
}

/** Texts or `null`. */
export function nullable(reader: Reader): Reader {
  return (given, path, about) => (given === null || given === undefined ? null : reader(given, path, about));
}

/** Only there when given. */
export function optional(reader: Reader): Reader {
  return (given, path, about) => (given === undefined ? undefined : reader(given, path, about));
}

/** A list; one item of the usual kind where none is given. */
export function list(item: Reader): Reader {
  return (given, path, about) => {
    if (given === undefined) return [item(undefined, `${path}[0]`, about)];
    if (!Array.isArray(given)) throw new ControlError(`${path} must be a list.`);
    return given.map((one: unknown, index) => item(one, `${path}[${index}]`, about));
  };
}

/** A JSON object of these members. Others are passed on as they are: the platform adds some now and then. */
export function object(members: Readonly<Record<string, Reader>>): Reader {
  return (given, path, about) => {
    if (given !== undefined && !isBody(given)) throw new ControlError(`${path} must be an object.`);
    const value: Body = { ...given };
    for (const [name, read] of Object.entries(members)) {
      const said = read(given?.[name], path === "" ? name : `${path}.${name}`, about);
      if (said === undefined) delete value[name];
      else value[name] = said;
    }
    return value;
  };
}

/** Objects told apart by a member of theirs, such as `event`; which members follow from it. */
export function byMember(name: string, kinds: Readonly<Record<string, Readonly<Record<string, Reader>>>>): Reader {
  return (given, path, about) => {
    const body = isBody(given) ? given : {};
    const at = path === "" ? name : `${path}.${name}`;
    const kind = kinds[String(body[name])];
    if (typeof body[name] !== "string" || !kind)
      throw new ControlError(`${at} must be one of ${Object.keys(kinds).join(", ")}.`);
    return object({ [name]: text(""), ...kind })(body, path, about);
  };
}

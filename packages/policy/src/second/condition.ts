import type { Instant } from "@loket/kit";
import type { Send } from "./send.ts";

/**
 * The few words a row's condition is written in. Paths lead into the request (`request.…`), the facts (`facts.…`) or
 * what is worked out from both once per send (`send.…`). A path that leads nowhere has no value: it equals nothing.
 */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | { readonly unknown: string }
  | { readonly path: string; readonly is: readonly unknown[] }
  | { readonly path: string; readonly holds: readonly unknown[] }
  | { readonly path: string; readonly least: number }
  | { readonly path: string; readonly agoUnder: number }
  | { readonly named: string; readonly test: (send: Send) => boolean };

export const all = (...conditions: Condition[]): Condition => ({ all: conditions });
export const any = (...conditions: Condition[]): Condition => ({ any: conditions });
export const not = (condition: Condition): Condition => ({ not: condition });
export const always: Condition = all();
/** Nobody looked: the path leads to no value. `null` is known. */
export const unknown = (path: string): Condition => ({ unknown: path });
export const is = (path: string, ...values: readonly unknown[]): Condition => ({ path, is: values });
export const yes = (path: string): Condition => is(path, true);
/** A list that has one of the values. */
export const holds = (path: string, ...values: readonly unknown[]): Condition => ({ path, holds: values });
export const least = (path: string, amount: number): Condition => ({ path, least: amount });
/**
 * An instant that lies less than this long ago: the span is half-open. One still to come, by another clock, counts as
 * well, as it has to for whatever stops a send.
 */
export const agoUnder = (path: string, ms: number): Condition => ({ path, agoUnder: ms });
/** The same for what lets a send pass: what is still to come has not happened. */
export const within = (path: string, ms: number): Condition => all(agoUnder(path, ms), not(agoUnder(path, 0)));
/** For what data cannot say; the name is what a failure prints. */
export const named = (name: string, test: (send: Send) => boolean): Condition => ({ named: name, test });

export type Test = (send: Send) => boolean;

/** A condition made ready once, when its table loads. */
export function prepare(condition: Condition): Test {
  if ("all" in condition) {
    const tests = condition.all.map(prepare);
    return (send) => tests.every((test) => test(send));
  }
  if ("any" in condition) {
    const tests = condition.any.map(prepare);
    return (send) => tests.some((test) => test(send));
  }
  if ("not" in condition) {
    const test = prepare(condition.not);
    return (send) => !test(send);
  }
  if ("unknown" in condition) {
    const read = reader(condition.unknown);
    return (send) => read(send) === undefined;
  }
  if ("named" in condition) return condition.test;
  const read = reader(condition.path);
  if ("is" in condition) return (send) => condition.is.includes(read(send));
  if ("holds" in condition) {
    return (send) => {
      const list = read(send);
      return Array.isArray(list) && list.some((value) => condition.holds.includes(value));
    };
  }
  if ("least" in condition) {
    return (send) => {
      const amount = read(send);
      return typeof amount === "number" && amount >= condition.least;
    };
  }
  return (send) => {
    const moment = read(send);
    return typeof moment === "number" && send.at - (moment as Instant) < condition.agoUnder;
  };
}

export function reader(path: string): (send: Send) => unknown {
  const [root, ...names] = path.split(".");
  return (send) => {
    let value: unknown = root === "request" ? send.request : root === "facts" ? send.facts : send;
    for (const name of names) {
      if (typeof value !== "object" || value === null) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return value;
  };
}

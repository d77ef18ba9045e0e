import { dayMs, hourMs, type Instant, instant, minuteMs, plus } from "@loket/kit";
import fc from "fast-check";
import { instantAround, present } from "../arbitraries.ts";

/** The words in which messages and what is known about them are drawn. */

export const oneOf = <Value>(...values: readonly Value[]) => fc.constantFrom(...values);
export const flag = oneOf(true, true, true, false, false, undefined);
export const fields = <Value extends object>(
  value: { [Name in keyof Value]?: fc.Arbitrary<Value[Name] | undefined> },
) => fc.record(value as Record<string, fc.Arbitrary<unknown>>).map((drawn) => present(drawn as never) as Value);
export const whole = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 15 });
export const mostly = <Value>(often: Value, seldom: fc.Arbitrary<Value | undefined>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<Value | undefined>(often) }, { weight: 2, arbitrary: seldom });

/** Around the spans the rules of channels name; now and then still to come, by another clock. */
export function around(at: Instant): fc.Arbitrary<Instant> {
  const near = [0, 999, 1_000, 30_000, 30_001, 5 * minuteMs, 30 * minuteMs - 1, 30 * minuteMs, hourMs];
  const far = [dayMs - 1, dayMs, dayMs + 1, 7 * dayMs - 1, 7 * dayMs, 365 * dayMs - 1, 365 * dayMs, 366 * dayMs];
  const monthsAgo = fc.tuple(oneOf(6, 12, 24), oneOf(-1, 0, 1)).map(([months, ms]) => {
    const then = new Date(at);
    then.setUTCMonth(then.getUTCMonth() - months);
    return instant(then.getTime() + ms);
  });
  return fc.oneof(
    { weight: 5, arbitrary: oneOf(...near, ...far).map((ms) => plus(at, -ms)) },
    { weight: 5, arbitrary: instantAround(at) },
    { weight: 5, arbitrary: monthsAgo },
    { weight: 1, arbitrary: oneOf(1, minuteMs, dayMs).map((ms) => plus(at, ms)) },
  );
}
export const orNone = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof(
    { weight: 4, arbitrary: value },
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );

/** Mostly `calm`; now and then another value, or unknown. */
export function field<Value>(calm: Value, ...others: (Value | fc.Arbitrary<Value>)[]): fc.Arbitrary<Value | undefined> {
  const wild = others.map((other) => (other instanceof fc.Arbitrary ? other : fc.constant(other)));
  return fc.oneof(
    { weight: 17, arbitrary: fc.constant<Value | undefined>(calm) },
    { weight: 1, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: wild.length === 0 ? fc.constant(calm) : fc.oneof(...wild) },
  );
}
/** Mostly absent. */
export const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
export const maybeNot = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 9 });
export const record = <Value extends object>(
  fields: { [Name in keyof Value]-?: fc.Arbitrary<Value[Name] | undefined> },
) => fc.record(fields as Record<string, fc.Arbitrary<unknown>>).map((value) => present<Value>(value as never) as Value);

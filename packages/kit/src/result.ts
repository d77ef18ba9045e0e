/**
 * An outcome the caller must decide on. Bugs and broken infrastructure throw instead; a `Result` is for the ways a
 * thing can end that belong to the domain.
 */
export type Result<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value };
}

export function fail<Failure>(failure: Failure): { readonly ok: false; readonly failure: Failure } {
  return { ok: false, failure };
}

/** For the last branch of an exhaustive switch: fails to compile when a case is missing, and throws if one slips through. */
export function never(value: never, what = "value"): never {
  throw new TypeError(`Unexpected ${what}: ${JSON.stringify(value)}`);
}

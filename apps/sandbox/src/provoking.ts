import type { Given } from "./given.ts";
import type { Body } from "./platform/state.ts";

/** What became of a provocation: the code, its subcode, and the HTTP status where it came in the answer. */
export interface Provoked {
  readonly code: number;
  readonly subcode?: number;
  readonly http?: number;
}

export type Provocation = (given: Given) => Promise<Provoked>;

export type Answer = Awaited<ReturnType<Given["graph"]>>;

export function readAnswer({ status, body }: Answer): Provoked {
  const { code = 0, error_subcode } = body.error ?? {};
  return { code, http: status, ...(error_subcode === undefined ? {} : { subcode: error_subcode }) };
}

/** A call that is refused. `{number}` and `{account}` in the path are the bakery's. */
export const refused =
  (method: string, path: string, body?: Body | string, prepare?: (given: Given) => Promise<unknown>): Provocation =>
  async (given) => {
    await prepare?.(given);
    return readAnswer(await given.graph(method, fill(given, path), body));
  };

export function fill(given: Given, path: string): string {
  return path.replace("{number}", given.number.id).replace("{account}", given.accountId);
}

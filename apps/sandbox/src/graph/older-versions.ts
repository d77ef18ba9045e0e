import { GraphError } from "../platform/graph-error.ts";

/** A code introduced with a version, and what earlier versions answer instead ("Error codes"; Graph API changelog). */
const introduced: readonly (readonly [code: number, version: number, before: number])[] = [
  [132015, 17, 132001],
  [132016, 17, 132001],
  [132018, 23, 132007],
  [134100, 23, 131055],
  [134102, 23, 131055],
];

/** The error as the version asked for knows it. `version` as in the path, `v22.0`. */
export function asOfVersion(error: unknown, version: string): unknown {
  if (!(error instanceof GraphError)) return error;
  const asked = Number.parseInt(version.slice(1), 10);
  const found = introduced.find(([code, since]) => code === error.code && asked < since);
  if (!found) return error;
  const { message: _message, status: _status, ...parts } = error.parts;
  return new GraphError(found[2], parts);
}

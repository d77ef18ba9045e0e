import { splitPath } from "./request.ts";

/** Versions of the Graph API, each with the day it came and the day it goes ("Graph API changelog, versions"). */
const versions: readonly (readonly [version: number, from: string, until: string | null])[] = [
  [16, "2023-02-02", "2025-05-14"],
  [17, "2023-05-23", "2025-09-12"],
  [18, "2023-09-12", "2026-01-26"],
  [19, "2024-01-23", "2026-05-21"],
  [20, "2024-05-21", "2026-09-24"],
  [21, "2024-10-02", "2027-01-21"],
  [22, "2025-01-21", "2027-05-20"],
  [23, "2025-05-29", "2027-10-08"],
  [24, "2025-10-08", "2028-02-18"],
  [25, "2026-02-18", "2028-07-29"],
  [26, "2026-07-29", null],
];

/**
 * The version a path is answered with at a moment: a version past its end is served as the oldest that is left, without a word. One
 * the table does not have yet is served as asked for, so that a clock turned back refuses nobody.
 */
export function servedVersion(path: string, now: number): string {
  const { version } = splitPath(path);
  const asked = Number.parseInt(version.slice(1), 10);
  const isLeft = ([, , until]: (typeof versions)[number]) => until === null || Date.parse(until) > now;
  const known = versions.find(([number]) => number === asked);
  const gone = known === undefined ? asked < (versions[0]?.[0] ?? 0) : !isLeft(known);
  const oldest = versions.find(isLeft)?.[0];
  return gone && oldest !== undefined ? `v${oldest}.0` : version;
}

/** A moment in time: milliseconds since 1970-01-01T00:00:00Z. Zones are applied only where something is shown or scheduled. */
export type Instant = number & { readonly __instant: unique symbol };

export const secondMs = 1_000;
export const minuteMs = 60 * secondMs;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

/** Milliseconds since the epoch as an instant. Throws on anything that is not a finite number. */
export function instant(epochMs: number): Instant {
  if (!Number.isFinite(epochMs)) throw new RangeError(`Not an instant: ${epochMs}`);
  return Math.trunc(epochMs) as Instant;
}

/** `at` moved by `ms` (negative moves back). */
export function plus(at: Instant, ms: number): Instant {
  return instant(at + ms);
}

/** RFC 3339 in UTC with milliseconds, the one form instants have on the wire. */
export function toIso(at: Instant): string {
  return new Date(at).toISOString();
}

const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** Reads RFC 3339 with an explicit offset; `null` where the text is not one (a local time without zone is no instant). */
export function parseInstant(text: string): Instant | null {
  if (!rfc3339.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) ? null : instant(ms);
}

const durationUnitsMs: Record<string, number> = { ms: 1, s: secondMs, m: minuteMs, h: hourMs, d: dayMs };

/** `"25h"`, `"1d12h"`, `"90s"`, `"250ms"` in milliseconds; `null` where the text is not a duration. */
export function parseDurationMs(text: string): number | null {
  const parts = [...text.trim().matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (parts.length === 0 || parts.map((part) => part[0]).join("") !== text.trim()) return null;
  return parts.reduce((sum, [, amount, unit]) => sum + Number(amount) * (durationUnitsMs[unit ?? ""] ?? 0), 0);
}

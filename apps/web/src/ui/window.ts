/** What is left of a service window: 24 hours from the customer's own last message. */
export interface WindowLeft {
  state: "never" | "open" | "soon" | "closing" | "closed";
  leftMs: number;
  /** 1 just opened, 0 closed. */
  fraction: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
export const windowMs = 24 * hourMs;
const soonMs = 2 * hourMs;
const closingMs = 30 * minuteMs;

/** Exactly 24 hours after the last word is closed, as the platform counts it. */
export function windowLeft(windowEndsAt: string | null, nowMs: number): WindowLeft {
  if (windowEndsAt === null) return { state: "never", leftMs: 0, fraction: 0 };
  const leftMs = Date.parse(windowEndsAt) - nowMs;
  if (!(leftMs > 0)) return { state: "closed", leftMs: 0, fraction: 0 };
  const state = leftMs < closingMs ? "closing" : leftMs < soonMs ? "soon" : "open";
  return { state, leftMs, fraction: Math.min(1, leftMs / windowMs) };
}

/** `21:14`, hours and minutes. Rounded down: a minute promised is a minute there. */
export function clockWords(leftMs: number): string {
  const minutes = Math.max(0, Math.floor(leftMs / minuteMs));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

/** Hours as long as they say enough, minutes when minutes matter. */
export function windowUnits(leftMs: number): { unit: "hours" | "minutes"; count: number } {
  if (leftMs >= 2 * hourMs) return { unit: "hours", count: Math.floor(leftMs / hourMs) };
  return { unit: "minutes", count: Math.floor(leftMs / minuteMs) };
}

type Unit = "seconds" | "minutes" | "hours" | "days";

/** How long something takes, in the unit people would say it in; rounded up, for nothing is promised too early. */
export function durationUnits(seconds: number): { readonly unit: Unit; readonly count: number } {
  if (seconds < 90) return { unit: "seconds", count: Math.max(1, Math.ceil(seconds)) };
  if (seconds < 90 * 60) return { unit: "minutes", count: Math.ceil(seconds / 60) };
  if (seconds < 48 * 3_600) return { unit: "hours", count: Math.ceil(seconds / 3_600) };
  return { unit: "days", count: Math.ceil(seconds / 86_400) };
}

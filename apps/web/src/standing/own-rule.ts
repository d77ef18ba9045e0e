import type { Locale } from "@loket/contract";

/** Minutes since midnight as a clock shows them; 1,440 is the end of the day. */
export function clockWords(minutes: number, locale: Locale): string {
  if (minutes === 1_440) return "24:00";
  return new Date(Date.UTC(2026, 0, 1, 0, minutes)).toLocaleTimeString(locale, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: "UTC",
  });
}

/** `"08:30"` in minutes since midnight; `null` where it is no time of day. */
export function minutesOf(clock: string): number | null {
  const parts = /^(\d{1,2}):(\d{2})$/.exec(clock);
  if (!parts) return null;
  const minutes = Number(parts[1]) * 60 + Number(parts[2]);
  return Number(parts[2]) < 60 && minutes <= 1_440 ? minutes : null;
}

/** Lines without the empty ones, each once. */
export function linesOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
}

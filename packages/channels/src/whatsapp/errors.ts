import type { FailureReason, RetryScope } from "./outcome.ts";

export type Language = "en" | "nl" | "de";

/** One row of "Cloud API, Error codes", in our words. */
export interface ErrorEntry {
  readonly code: string;
  readonly title: string;
  readonly reason: FailureReason;
  readonly meaning: { readonly en: string; readonly nl?: string; readonly de?: string };
  /** `never` as it is, after `backoff`, `after` a stated time, or after a `fix`. */
  readonly retry: "never" | "backoff" | "after" | "fix";
  readonly waitMs?: number;
  readonly scope: RetryScope | "message" | "template";
  readonly advice: string;
}

export function errorEntry(_code: string | number): ErrorEntry | null {
  throw new Error("not yet");
}
/** What a code means, for a person. A code nobody knows yields a sentence that says so. */
export function explainError(_code: string | number, _language: Language): string {
  throw new Error("not yet");
}

/**
 * Refusals of the control face somebody in front of a page may meet, as codes: the page says them in its own language. This file
 * imports nothing, so that a page may read its types.
 */
export type Refusal =
  | "moved"
  | "not-on-platform"
  | "blocked"
  | "not-a-number"
  | "same-number"
  | "crowd-size"
  | "not-a-day"
  | "clock-backward"
  | "link-nowhere"
  | "nothing-to-appeal";

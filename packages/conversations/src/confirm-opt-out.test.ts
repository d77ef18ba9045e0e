import { expect, it } from "vitest";
import { spokenLocale } from "./confirm-opt-out.ts";

it.each([
  { language: "de", spoken: "de" },
  { language: "nl_NL", spoken: "nl" },
  { language: "EN-gb", spoken: "en" },
  { language: "fr", spoken: "de" },
  { language: "", spoken: "de" },
  { language: "constructor", spoken: "de" },
  { language: null, spoken: "de" },
])(
  "confirms an opt-out of somebody who reads $language in $spoken, where the organisation speaks German",
  ({ language, spoken }) => {
    expect(spokenLocale(language, "de")).toBe(spoken);
  },
);

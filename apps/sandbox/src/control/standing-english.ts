import type { NextForAccount, NextForQuality, NextForTemplate } from "../platform/rules/codes.ts";
import { inWords } from "../platform/rules/ladder.ts";

/** What comes next, in a sentence: the control face speaks English. */
export function accountInEnglish(next: NextForAccount): string {
  if (next.code === "account-disabled") return "Disabled. Only an appeal can bring it back.";
  const from = next.judgedFrom === null ? "" : `, once ${next.judgedFrom} templates were delivered since the last`;
  return (
    `The next strike brings ${inWords(next.brings)}. It comes when weighted blocks, reports and stops reach ` +
    `${percent(next.strikeShare)} of delivered templates with at least ${next.reportsAtLeast} reports${from}.`
  );
}

export function numberInEnglish(next: NextForQuality): string {
  return qualityInEnglish(next, "number");
}

export function templateInEnglish(next: NextForTemplate): string {
  switch (next.code) {
    case "template-disabled":
      return "Disabled for good. Make another one.";
    case "paused-in-pacing":
      return "Paused during pacing: it stays so until it is unpaused by hand.";
    case "paused":
      return `Paused for the ${next.time === 1 ? "first" : "second"} time; it is unpaused by itself.`;
    case "not-approved":
      return `It is ${next.status.toLowerCase()} and cannot be sent.`;
    case "category-changes":
      return `It becomes ${next.to} within a day.`;
    default:
      return `${qualityInEnglish(next, "template")} RED means ${redInEnglish[next.red]}.`;
  }
}

const redInEnglish = {
  "pause-3h": "a pause of 3 hours",
  "pause-6h": "a pause of 6 hours",
  disabled: "being disabled",
};

function qualityInEnglish(next: NextForQuality, what: string): string {
  if (next.code === "not-judged")
    return `${next.delivered} of ${next.judgedFrom} templates delivered before this ${what} is judged.`;
  const { quality, share, yellowShare, redShare } = next;
  return `${quality} at ${percent(share)}; YELLOW from ${percent(yellowShare)}, RED from ${percent(redShare)}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 1_000) / 10} %`;
}

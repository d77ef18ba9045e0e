/**
 * What the rules say, as codes with their figures. The control face says it in English as well; a page says it in its own
 * language and fails its type check when a code has no words. This file imports nothing, so that a page may read its types.
 */

/** What follows a strike: a step of the ladder (ladder.ts). `lastsMs` is `null` where it has no end. */
export type Step =
  | { readonly step: "warning" }
  | { readonly step: "restriction"; readonly lastsMs: number | null; readonly of: "templates" | "everything" }
  | { readonly step: "ban" };

/** Why a strike was given; `by-hand` is told in the words of whoever gave it. */
export type StrikeCause =
  | { readonly code: "reactions"; readonly blocked: number; readonly reported: number; readonly delivered: number }
  | { readonly code: "capped-retries"; readonly count: number }
  | { readonly code: "claims" }
  | { readonly code: "by-hand"; readonly words: string };

/** What comes next for an account. Shares are parts of 1; `judgedFrom` is `null` once enough was delivered. */
export type NextForAccount =
  | { readonly code: "account-disabled" }
  | {
      readonly code: "next-strike";
      readonly brings: Step;
      readonly strikeShare: number;
      readonly reportsAtLeast: number;
      readonly judgedFrom: number | null;
    };

/** How far the quality of a number or a template is from the next one. */
export type NextForQuality =
  | { readonly code: "not-judged"; readonly delivered: number; readonly judgedFrom: number }
  | {
      readonly code: "judged";
      readonly quality: string;
      readonly share: number;
      readonly yellowShare: number;
      readonly redShare: number;
    };

/** What comes next for a template; `red` is what RED would bring it. */
export type NextForTemplate =
  | { readonly code: "template-disabled" }
  | { readonly code: "paused-in-pacing" }
  | { readonly code: "paused"; readonly time: 1 | 2 }
  | { readonly code: "not-approved"; readonly status: string }
  | { readonly code: "category-changes"; readonly to: string }
  | (NextForQuality & { readonly red: "pause-3h" | "pause-6h" | "disabled" });

/** What a public text claims (claims.ts). */
export type ClaimCode =
  | "bulk-without-platform"
  | "around-bans"
  | "without-limits"
  | "no-consent"
  | "harvested-numbers"
  | "newsletter-without-platform"
  | "rotating-numbers"
  | "modified-app";

export type DemandState = "open" | "answered" | "legal action";

/** What speaks against an ordinary account (consumer-signals.ts). */
export type SignalCode =
  | "registered-and-sends"
  | "groups"
  | "pace"
  | "no-typing"
  | "not-the-app"
  | "strangers"
  | "young-and-busy"
  | "business"
  | "reported";

export type ConsumerState = "active" | "under review" | "banned";

import type { Instant } from "@loket/kit";
import type { Channel } from "./request.ts";
import type { Rule, RuleVersion } from "./rule.ts";

/** From weakest to strongest. A verdict is as strong as the strongest finding. */
export type Outcome = "allow" | "change" | "hold" | "refuse";

/** When a held message may be judged again: an instant, or something that has to happen first. */
export type Until = Instant | `event:${EventName}`;

export type EventName =
  | "appeal-decided"
  | "approved"
  | "clarified"
  | "doi-confirmed"
  | "dpa-signed"
  | "evidence-attached"
  | "facts-known"
  | "help-ready"
  | "keywords-ready"
  | "notice-shown"
  | "pacing-released"
  | "pause-lifted"
  | "privacy-command-ready"
  | "profile-complete"
  | "quality-recovered"
  | "quiet-hours-changed"
  | "reconfirmed"
  | "restriction-lifted"
  | "reviewed"
  | "sender-released"
  | "spam-rate-below-0-30-for-7-days"
  | "stop-command-ready"
  | "template-approved"
  | "time-zone-known";

/** A modification without which the message may not go out. `auto` may be applied without asking anybody. */
export type Change =
  | { readonly kind: "use-fallback-template"; readonly auto: boolean; readonly template: string | null }
  | { readonly kind: "use-template-language"; readonly auto: boolean; readonly language: string }
  | { readonly kind: "address-by-bsuid"; readonly auto: boolean; readonly bsuid: string }
  | { readonly kind: "split-broadcast-list"; readonly auto: boolean; readonly maxRecipients: number }
  | { readonly kind: "set-expiry"; readonly auto: boolean; readonly maxMs: number }
  | { readonly kind: "split-text"; readonly auto: boolean; readonly maxBytes: number }
  | { readonly kind: "use-other-channel"; readonly auto: boolean; readonly channel: Channel | null }
  | {
      readonly kind:
        | "add-stop-path"
        | "add-sender-name"
        | "add-handover-option"
        | "add-ai-disclosure"
        | "add-bot-disclosure"
        | "add-one-click-unsubscribe"
        | "add-postal-address"
        | "add-privacy-link"
        | "add-programme-terms"
        | "add-staffed-hours"
        | "add-stop-line"
        | "add-stop-link"
        | "label-as-advertising"
        | "mask-identifiers"
        | "publish-by-hand"
        | "remove-promotion"
        | "remove-tracking"
        | "send-as-marketing"
        | "send-introduction-first"
        | "send-notice-first"
        | "send-text-only"
        | "suppress-invite"
        | "use-own-link-domain"
        | "use-session-storage";
      readonly auto: boolean;
    };

/** One rule that fired, and what it asks. */
export interface Finding {
  readonly rule: Rule;
  readonly version: RuleVersion;
  readonly outcome: Outcome | "note";
  readonly until: Until | null;
  readonly change: Change | null;
  /** Paths of the facts that were missing, from `core.facts-missing`. */
  readonly missing: readonly string[];
}

export interface Verdict {
  readonly outcome: Outcome;
  readonly until: Until | null;
  /** Every rule that fired with change, hold or refuse, decisive ones first. */
  readonly findings: readonly Finding[];
  readonly notes: readonly Finding[];
  /** Exceptions and permissions relied on. */
  readonly reliedOn: readonly Finding[];
  /** All changes to apply, in the order of the findings. */
  readonly changes: readonly Change[];
  readonly at: Instant;
  readonly bookVersion: string;
}

import type { Case } from "./case.ts";
import type { Channel, Kind, Payload, Transport } from "./request.ts";
import type { Change, EventName, Finding, Outcome, Until } from "./verdict.ts";

export const locales = ["en", "nl", "de"] as const;
export type Locale = (typeof locales)[number];
export type Words = { readonly [locale in Locale]: string };

/** Stable for ever. A changed rule gets a new version with its own dates, never a new meaning under old dates. */
export type RuleId = string;

export interface Rule {
  readonly id: RuleId;
  readonly title: Words;
  /** One sentence: what is refused, held or changed and why, and what to do instead. */
  readonly explanation: Words;
  /** More general rules that are not reported when this one fires. */
  readonly specialises?: readonly RuleId[];
  /** Two people of the organisation may agree to set it aside: only for rules of our own, never a channel's or a law's. */
  readonly overridable?: true;
  /** In the order of their dates, none overlapping another. */
  readonly versions: readonly RuleVersion[];
}

export interface RuleVersion {
  /** `YYYY-MM-DD`, 00:00 UTC, inclusive. `null`: always. */
  readonly from: string | null;
  /** `YYYY-MM-DD`, 00:00 UTC, exclusive. `null`: still in force. */
  readonly to: string | null;
  /** `low`: rests on one weak source or on general knowledge. */
  readonly confidence: "high" | "low";
  readonly appliesTo: AppliesTo;
  /** Pure. `true` asks for `verdict` as it stands; an effect says more. */
  readonly fires: (send: Case) => boolean | Effect;
  readonly verdict: Outcome | "note";
  /** Facts this version needs and that may not be assumed away: while one is unknown, `core.facts-missing` speaks. */
  readonly watches?: readonly Watch[];
  /** For holds that wait for the same event every time. */
  readonly event?: EventName;
  /** For changes that are the same every time. */
  readonly change?: Change;
  readonly remedies: readonly RemedyId[];
  readonly clause: string;
  readonly sources: readonly string[];
  /** `YYYY-MM-DD`: when a person last compared this version with its sources. */
  readonly reviewed: string;
  /** Raised when a condition was mended without the rule having changed; part of the book's version. */
  readonly revision?: number;
}

/**
 * A fact that could *stop* a send. What could only permit one needs no watch: its rules count unknown as "no".
 * Only asked where the version applies.
 */
export interface Watch {
  /** As in a body: `sender.kind`, `consents[].flaws`. */
  readonly path: string;
  readonly isUnknown: (send: Case) => boolean;
}

/** Absent: any message; `setup` and `import` have to be named. Checked before `fires`, once per combination, not once per message. */
export interface AppliesTo {
  /**
   * Where the person lives, for laws: ISO 3166-1 codes, `EEA` for its members. Where nobody knows it, rules of Germany
   * and the EEA apply as the strictest on consent, and those that name `unknown`.
   */
  readonly region?: readonly string[];
  readonly channel?: readonly Channel[];
  readonly transport?: readonly Transport[];
  readonly payload?: readonly Payload[];
  readonly kind?: readonly Kind[];
}

export interface Effect {
  readonly outcome?: Outcome | "note";
  readonly until?: Until;
  readonly change?: Change;
  readonly missing?: readonly string[];
  /** What was found about the form this rule would swap the message to; reported as if found on the message itself. */
  readonly found?: readonly Finding[];
}

export const remedyIds = [
  "use-template",
  "wait-for-inbound",
  "other-consented-channel",
  "ask-consent",
  "attach-evidence",
  "wait-until",
  "wait-for-approval",
  "edit-template",
  "other-template",
  "use-marketing-category",
  "remove-promotion",
  "add-translation",
  "fill-parameters",
  "use-authentication-template",
  "ask-phone-number",
  "fewer-better-messages",
  "spread-campaign",
  "raise-limit",
  "queue",
  "appeal",
  "evidence-pack",
  "add-payment-method",
  "move-to-cloud-api",
  "send-invite-link",
  "ask-call-permission",
  "reconfirm",
  "separate-marketing-opt-in",
  "mask-identifiers",
  "neutral-message-with-link",
  "correct-name",
  "complete-profile",
  "remind-of-sign-up",
  "use-solution-provider",
  "narrow-bot-scope",
  "hand-over-to-person",
  "log-only",
  "ask-country",
  "raise-cap",
  "ask-preference",
  "pause-and-prune",
  "contact-guardian",
  "disclose-bot",
  "review-rule",
  "supply-facts",
  "double-opt-in",
  "new-wording",
  "ask-birth-date",
  "ask-meta-permission",
  "check-catalogue",
  "leave-out-goods",
  "point-elsewhere",
  "take-out-of-catalogue",
  "anonymise",
  "ask-to-save-number",
  "choose-number",
  "connect-to-platform",
  "designate-processor",
  "edit-post",
  "embedded-signup",
  "exclude-training",
  "export-usage-report",
  "file-templates",
  "import-without-consents",
  "invite-on-site",
  "keep-customer-list",
  "keep-shutdown-log",
  "keep-totals",
  "let-people-sign-up",
  "own-account",
  "post-sign-up-link",
  "price-software-only",
  "remind-admin",
  "remove-claims",
  "rename-product",
  "send-one-draft",
  "start-small",
  "stop-unofficial-use",
  "verify-business",
  "ask-second-person",
  "reword",
  "release-sender",
  "allow-answers",
  "answer-by-hand",
  "answer-in-public",
  "ask-after-click",
  "ask-new-address",
  "ask-page-support",
  "ask-subscription",
  "correct-subject",
  "enable-paid-broadcasts",
  "encrypt-data",
  "erase-data",
  "improve-access",
  "make-bot-administrator",
  "offer-email-answer",
  "open-data-use",
  "send-file-link",
  "send-start-link",
  "set-up-domain",
  "show-privacy-notice",
  "staff-chat",
  "take-stars",
  "use-bot",
  "use-human-agent",
  "use-one-bot",
  "use-own-domain",
  "use-second-agent",
  "use-subscription",
  "verify-person",
  "wire-keywords",
  "write-privacy-policy",
  "ask-number",
  "ask-written-consent",
  "ease-leaving",
  "keep-opt-outs",
  "keep-proof",
  "other-number",
  "own-link-domain",
  "record-basis",
  "register-campaign",
  "register-consent",
  "register-template",
  "set-up-age-gate",
  "show-number",
  "sign-agreement",
  "tie-consent-to-number",
  "verify-number",
  "widen-opt-out",
] as const;
export type RemedyId = (typeof remedyIds)[number];

interface InForce {
  readonly from: string | null;
  readonly to: string | null;
}
export const always: InForce = { from: null, to: null };
export const since = (from: string): InForce => ({ from, to: null });
export const between = (from: string, to: string): InForce => ({ from, to });

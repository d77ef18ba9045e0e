/**
 * How one attempt to send ended, as a closed union. The line between the four is what "never handed over twice, never
 * lost" rests on:
 *
 * - `accepted`: the platform gave the message an id.
 * - `refused`: the platform answered that it will not take it. Sending the same again is pointless or harmful.
 * - `retryable`: provably not handed over, because nothing left this machine (no address, no connection, no TLS,
 *   aborted in time) or because the platform answered that it is too busy. May be queued again.
 * - `unknown`: anything after the first byte that is not a clear answer: time-out, reset, 5xx, a success without an
 *   id. Never send again by itself; a status carrying our callback data settles it.
 */
export type SendOutcome =
  | {
      readonly kind: "accepted";
      readonly providerId: string;
      /** The platform took it but keeps it back until it trusts the template; it may still fail later. */
      readonly heldForQuality?: boolean;
      /** The recipient's number or user id as the platform knows it, which may differ from how we wrote it. */
      readonly recipient?: { readonly phone?: string; readonly userId?: string };
    }
  | { readonly kind: "refused"; readonly failure: Failure }
  | {
      readonly kind: "retryable";
      /** Wait at least this long; the queue adds its own back-off and jitter. */
      readonly notBeforeMs: number;
      /** What must wait: everything of this sender, this sender with this recipient, or the whole account. */
      readonly scope: RetryScope;
      readonly failure: Failure;
    }
  | { readonly kind: "unknown"; readonly reason: UnknownReason; readonly detail: string };

export type RetryScope = "sender" | "pair" | "account" | "recipient";

export type UnknownReason = "timedOut" | "connectionLost" | "aborted" | "serverTrouble" | "unreadableAnswer";

/** Why something failed, first in our words, then in the platform's. */
export interface Failure {
  readonly reason: FailureReason;
  /** The platform's code ("131047"), or ours for what never reached it ("line.refused", "content.invalid"). */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  /** The platform's reference for its support. */
  readonly traceId?: string;
  /** For `content.invalid`: each thing that is wrong, with where and what to do. */
  readonly problems?: readonly Problem[];
}

export interface Problem {
  /** Where, in the content's own names: `interactive.action.buttons[1].reply.title`. */
  readonly path: string;
  /** A stable word: `tooLong`, `missing`, `duplicate`, … */
  readonly code: ProblemCode;
  readonly message: string;
  readonly remedy: string;
}

export type ProblemCode =
  | "missing"
  | "empty"
  | "tooLong"
  | "tooMany"
  | "tooFew"
  | "duplicate"
  | "conflict"
  | "invalid"
  | "outOfRange"
  | "notSendable"
  | "notUploaded"
  | "mismatch";

export type FailureReason =
  /** The person has not written for a day: only a template may go. */
  | "windowClosed"
  /** The person told the platform to stop our marketing. */
  | "marketingStopped"
  /** The platform caps how much marketing this person gets. */
  | "engagementCapped"
  /** The person is in the platform's experiment and gets no marketing. */
  | "experiment"
  /** Not on the channel, blocked us, or otherwise out of reach; the platform does not say which. */
  | "undeliverable"
  | "recipientNotAllowed"
  /** The person's identity changed and must be confirmed before anything is sent. */
  | "identityMismatch"
  | "templateMissing"
  | "templatePaused"
  | "templateDisabled"
  | "templateParameters"
  | "mediaFailed"
  /** The content or the request breaks a rule of the channel's format. */
  | "invalid"
  /** Too many messages from this sender, or calls from this application. */
  | "throttled"
  /** Too many messages to this person. */
  | "pairThrottled"
  /** People block or report us: sending is limited until they stop. */
  | "spamLimited"
  /** A restriction, lock or ban by the platform. */
  | "accountRestricted"
  | "paymentProblem"
  /** Token or permissions. */
  | "unauthorised"
  /** The sender is not registered, in maintenance, or not yet approved. */
  | "senderNotReady"
  | "platformTrouble"
  /** Nothing left this machine. */
  | "notConnected"
  | "other";

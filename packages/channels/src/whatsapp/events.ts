import type { Instant } from "@loket/kit";
import type { MessageContent } from "./content.ts";
import type { Failure } from "./outcome.ts";

/**
 * Everything a webhook can tell us, in our own words. The same event always has the same `eventKey`, however often it
 * arrives; keys are unique per sender or, for what concerns the account, per account. Order is not promised: a status
 * may arrive before the answer to the send that caused it, and `read` before `delivered`.
 */
export type InboundEvent =
  | MessageReceived
  | MessageEdited
  | MessageDeleted
  | ReactionChanged
  | StatusChanged
  | IdentityChanged
  | PreferenceChanged
  | MessageEchoed
  | HistoryImported
  | ContactSynced
  | TemplateStatusChanged
  | TemplateQualityChanged
  | TemplateCategoryChanged
  | TemplateComponentsChanged
  | AccountChanged
  | SenderQualityChanged
  | SenderNameChanged
  | SenderSecurityChanged
  | CapabilityChanged
  | AlertRaised
  | CallEvent
  | GroupEvent
  | Handover
  | Standby
  | FlowEvent
  | PlatformError
  | UnrecognisedEvent;

export type InboundEventKind = InboundEvent["kind"];

export interface EventBase {
  readonly eventKey: string;
  /** The platform's own time; the time of receipt where it gave none. */
  readonly at: Instant;
  /** Where in the body it stood (`entry[0].changes[2].value.messages[1]`). */
  readonly path: string;
  /** Which of our connected identities it concerns, by the platform's ids. */
  readonly sender: SenderReference;
}

export interface SenderReference {
  readonly accountId?: string;
  readonly numberId?: string;
  /** E.164 with a plus, where the platform said it. */
  readonly phone?: string;
}

/**
 * Who someone is on this channel. At least one of `phone` and `userId` is present. `userId` is the firmer key: it
 * survives a hidden number, but changes when the person changes number. `username` and `name` are for showing only.
 */
export interface Identity {
  /** E.164 with a plus. */
  readonly phone?: string;
  readonly userId?: string;
  readonly parentUserId?: string;
  readonly username?: string;
  readonly name?: string;
  readonly identityKeyHash?: string;
}

export interface MessageReceived extends EventBase {
  readonly kind: "messageReceived";
  readonly providerId: string;
  readonly from: Identity;
  readonly content: MessageContent;
  readonly repliesTo?: { readonly providerId: string; readonly from?: string };
  readonly forwarded?: "once" | "often";
  readonly referral?: Referral;
  readonly referredProduct?: { readonly catalogId?: string; readonly productId: string };
  readonly groupId?: string;
  readonly raw: unknown;
}

/** The advertisement or post the person came from. */
export interface Referral {
  readonly sourceUrl?: string;
  readonly sourceId?: string;
  readonly sourceType?: string;
  readonly headline?: string;
  readonly body?: string;
  readonly mediaType?: string;
  readonly imageUrl?: string;
  readonly videoUrl?: string;
  readonly thumbnailUrl?: string;
  readonly clickId?: string;
  readonly welcomeText?: string;
}

export interface MessageEdited extends EventBase {
  readonly kind: "messageEdited";
  readonly providerId: string;
  readonly targetProviderId: string;
  readonly from: Identity;
  readonly content: MessageContent;
  readonly groupId?: string;
  readonly raw: unknown;
}

export interface MessageDeleted extends EventBase {
  readonly kind: "messageDeleted";
  readonly providerId: string;
  readonly targetProviderId: string;
  readonly from: Identity;
  readonly groupId?: string;
  readonly raw: unknown;
}

export interface ReactionChanged extends EventBase {
  readonly kind: "reactionChanged";
  readonly providerId: string;
  readonly targetProviderId: string;
  readonly from: Identity;
  /** `null`: the reaction was taken away. */
  readonly emoji: string | null;
  readonly groupId?: string;
}

export type DeliveryStatus = "sent" | "delivered" | "read" | "played" | "failed";

export interface StatusChanged extends EventBase {
  readonly kind: "statusChanged";
  readonly providerId: string;
  readonly status: DeliveryStatus;
  /** What we sent along with the message, unchanged. */
  readonly callbackData?: string;
  /** Absent where the platform named nobody, as on some failures. */
  readonly recipient?: Identity;
  readonly failure?: Failure;
  readonly pricing?: Pricing;
  /** The window the platform opened for this message, where it still says so. */
  readonly conversation?: { readonly id: string; readonly origin?: string; readonly expiresAt?: Instant };
  /** In a group: the group, and the participant this status is about. */
  readonly groupId?: string;
  readonly participant?: Identity;
}

export interface Pricing {
  readonly billable?: boolean;
  readonly model?: string;
  /** `regular`, `free_customer_service`, `free_entry_point`, or a newer word. */
  readonly type?: string;
  /** With underscores, whichever way the platform spelled it. */
  readonly category?: string;
}

/** A person became reachable, or provable, under another name. */
export interface IdentityChanged extends EventBase {
  readonly kind: "identityChanged";
  readonly change: "phone" | "userId" | "identityKey";
  readonly before: Identity;
  readonly after: Identity;
  /** For `identityKey`: the new hash, and whether it was acknowledged. */
  readonly identityKey?: { readonly hash: string; readonly acknowledged?: boolean; readonly createdAt?: Instant };
  /** The platform's own remark about it, as it stands in the conversation. */
  readonly note?: string;
  readonly providerId: string;
  readonly raw: unknown;
}

/** The person told the platform whether our marketing may come. */
export interface PreferenceChanged extends EventBase {
  readonly kind: "preferenceChanged";
  readonly category: "marketing";
  readonly choice: "stop" | "resume" | "signup";
  readonly from: Identity;
  readonly detail?: string;
  readonly signupId?: string;
}

/** Sent by the business itself from its own app on the same number. */
export interface MessageEchoed extends EventBase {
  readonly kind: "messageEchoed";
  readonly providerId: string;
  readonly to: Identity;
  readonly echo:
    | { readonly of: "message"; readonly content: MessageContent }
    | { readonly of: "edit"; readonly targetProviderId: string; readonly content: MessageContent }
    | { readonly of: "deletion"; readonly targetProviderId: string };
  readonly repliesTo?: { readonly providerId: string; readonly from?: string };
  readonly raw: unknown;
}

/** One message of the past, or the news that the past is not shared. */
export interface HistoryImported extends EventBase {
  readonly kind: "historyImported";
  readonly phase?: number;
  readonly progress?: number;
  readonly item:
    | {
        readonly of: "message";
        readonly providerId: string;
        readonly direction: "in" | "out";
        readonly contact: Identity;
        readonly content: MessageContent;
        readonly status?: string;
      }
    | { readonly of: "progress" }
    | { readonly of: "declined"; readonly failure: Failure };
  readonly raw: unknown;
}

/** An entry of the business app's address book. */
export interface ContactSynced extends EventBase {
  readonly kind: "contactSynced";
  readonly action: "add" | "remove";
  readonly contact: Identity & { readonly firstName?: string };
}

export interface TemplateReference {
  readonly id: string;
  readonly name: string;
  readonly language: string;
}

export interface TemplateStatusChanged extends EventBase {
  readonly kind: "templateStatusChanged";
  readonly template: TemplateReference;
  /** Lower-case: `approved`, `rejected`, `paused`, `disabled`, `pending`, …; a newer word passes as it is. */
  readonly status: string;
  readonly category?: string;
  readonly reason?: string;
  readonly recommendation?: string;
  readonly title?: string;
  readonly description?: string;
  readonly disablesOn?: string;
}

export interface TemplateQualityChanged extends EventBase {
  readonly kind: "templateQualityChanged";
  readonly template: TemplateReference;
  readonly before?: string;
  readonly after: string;
}

export interface TemplateCategoryChanged extends EventBase {
  readonly kind: "templateCategoryChanged";
  readonly template: TemplateReference;
  /** `impending`: it will change at `changesAt`. `done`: it has. `detected`: content found to be of another category. */
  readonly stage: "impending" | "done" | "detected";
  readonly before?: string;
  readonly after: string;
  readonly changesAt?: Instant;
}

export interface TemplateComponentsChanged extends EventBase {
  readonly kind: "templateComponentsChanged";
  readonly template: TemplateReference;
  readonly body?: string;
  readonly header?: string;
  readonly footer?: string;
  readonly buttons: readonly {
    readonly type: string;
    readonly text: string;
    readonly url?: string;
    readonly phone?: string;
  }[];
}

/** Something happened to the account as a whole. */
export interface AccountChanged extends EventBase {
  readonly kind: "accountChanged";
  readonly change: AccountChange;
  readonly raw: unknown;
}

export type AccountChange =
  | { readonly type: "violation"; readonly violation: string; readonly remediation?: string }
  | {
      readonly type: "restrictions";
      /** Everything restricted from now on; `until` absent means until lifted. */
      readonly restrictions: readonly {
        readonly restriction: string;
        readonly until?: Instant;
        readonly remediation?: string;
      }[];
    }
  | { readonly type: "ban"; readonly state: "disabled" | "reinstated" | "scheduled"; readonly date?: string }
  | { readonly type: "deleted" }
  | { readonly type: "offboarded" }
  | { readonly type: "reconnected" }
  | { readonly type: "reviewed"; readonly decision: string }
  | {
      readonly type: "disconnected";
      readonly reason: string;
      readonly by?: string;
    }
  | {
      readonly type: "partner";
      readonly what: "added" | "removed" | "appInstalled" | "appUninstalled" | "verification";
      readonly status?: string;
      readonly partnerAppId?: string;
    }
  | { readonly type: "adAccountLinked"; readonly adAccountId?: string }
  | { readonly type: "marketingTermsSigned" }
  | { readonly type: "locationSet"; readonly country: string }
  | {
      readonly type: "authenticationRate";
      readonly startsAt?: Instant;
      readonly exceptions: readonly { readonly country: string; readonly startsAt?: Instant }[];
    }
  | {
      readonly type: "volumeTier";
      readonly category?: string;
      readonly tier?: string;
      readonly region?: string;
      readonly month?: string;
    }
  | { readonly type: "usernameChanged"; readonly username?: string; readonly status: string }
  | { readonly type: "paymentConfiguration"; readonly name?: string; readonly status?: string }
  | { readonly type: "partnerSolution"; readonly solutionId?: string; readonly status?: string }
  | { readonly type: "other"; readonly event: string };

export interface SenderQualityChanged extends EventBase {
  readonly kind: "senderQualityChanged";
  /** Lower-case: `onboarding`, `throughput_upgrade`, `upgrade`, `downgrade`, `flagged`, `unflagged`. */
  readonly change: string;
  readonly limit?: MessagingLimit;
  readonly limitBefore?: MessagingLimit;
}

/** People one may start a conversation with in a moving day. */
export type MessagingLimit = number | "unlimited" | "unset";

export interface SenderNameChanged extends EventBase {
  readonly kind: "senderNameChanged";
  readonly decision: string;
  readonly name?: string;
  readonly reason?: string;
}

export interface SenderSecurityChanged extends EventBase {
  readonly kind: "senderSecurityChanged";
  readonly change: string;
  readonly requester?: string;
}

export interface CapabilityChanged extends EventBase {
  readonly kind: "capabilityChanged";
  readonly messagingLimit?: MessagingLimit;
  readonly maxNumbersPerBusiness?: number;
  readonly maxNumbersPerAccount?: number;
}

export interface AlertRaised extends EventBase {
  readonly kind: "alertRaised";
  readonly severity: string;
  readonly status?: string;
  readonly alert: string;
  readonly description?: string;
  readonly entity?: { readonly type: string; readonly id: string };
}

export interface CallEvent extends EventBase {
  readonly kind: "callEvent";
  readonly callId: string;
  readonly event: "connect" | "terminate" | "status";
  readonly direction?: "in" | "out";
  /** For `status`: `ringing`, `accepted`, `rejected`; for `terminate`: `completed`, `failed`. */
  readonly status?: string;
  readonly party?: Identity;
  readonly session?: { readonly type: string; readonly sdp: string };
  readonly startedAt?: Instant;
  readonly endedAt?: Instant;
  readonly durationSeconds?: number;
  readonly callbackData?: string;
  readonly failures: readonly Failure[];
}

export interface GroupEvent extends EventBase {
  readonly kind: "groupEvent";
  readonly groupId: string;
  /** The platform's word without its prefix: `create`, `participants_add`, `suspend`, … */
  readonly change: string;
  readonly requestId?: string;
  readonly failures: readonly Failure[];
  readonly raw: unknown;
}

/** Control over a conversation went to, or came from, the platform's own agent. */
export interface Handover extends EventBase {
  readonly kind: "handover";
  readonly change: string;
  readonly contact: Identity;
  readonly previousOwner?: string;
  readonly newOwner?: string;
  readonly reason?: string;
  readonly raw: unknown;
}

/** What is said while the platform's own agent holds the conversation. */
export interface Standby extends EventBase {
  readonly kind: "standby";
  readonly direction: "in" | "out" | "unknown";
  readonly providerId?: string;
  readonly contact?: Identity;
  readonly content?: MessageContent;
  readonly raw: unknown;
}

export interface FlowEvent extends EventBase {
  readonly kind: "flowEvent";
  readonly flowId?: string;
  readonly event: string;
  readonly message?: string;
  readonly before?: string;
  readonly after?: string;
  readonly raw: unknown;
}

/** The platform reports trouble of its own, bound to no message. */
export interface PlatformError extends EventBase {
  readonly kind: "platformError";
  readonly failure: Failure;
}

/** Well-formed, but of a kind we do not know. Kept whole. */
export interface UnrecognisedEvent extends EventBase {
  readonly kind: "unrecognised";
  readonly field: string;
  readonly raw: unknown;
}

/** What one body held. */
export interface Received {
  readonly events: readonly InboundEvent[];
  readonly setAside: readonly SetAside[];
}

/** An element that could not be read. Its neighbours were. */
export interface SetAside {
  readonly eventKey: string;
  readonly path: string;
  readonly reason: string;
  readonly raw: unknown;
}

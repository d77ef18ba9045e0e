import type { Failure, MessageContent } from "@loket/channels";
import type { AddressId, CampaignId, ContactId, DeliveryId, Instant, MessageId, SenderId } from "@loket/kit";
import type { Verdict, WireVerdict } from "@loket/policy";

/**
 * A delivery is one message to one contact. Its states:
 *
 *     preparing ──► queued ──► handing-over ──► accepted
 *                    ▲  │           │  │
 *                    │  ├─► held ───┘  ├─► refused     the platform, or the terms book at the last moment, said no
 *                    │  │   (until)    ├─► queued      provably not handed over: later, again
 *                    │  ├─► expired    └─► uncertain   the line broke after we spoke, or we died
 *                    └──┘ paced                │
 *                                              └─► accepted   a status came home with our id
 *
 * - `preparing`: waits for its media to reach the platform.
 * - `queued`: due at `not_before`; the lane of its sender takes it in order.
 * - `held`: the terms book says not now; looked at again at `not_before`.
 * - `handing-over`: the intent is committed, the first byte may leave. Exactly one attempt is open. Whoever finds a
 *   delivery here after a change of hands makes it `uncertain`, never `queued`.
 * - `uncertain`: never sent again by itself. Every status the platform posts carries the attempt's id
 *   (`biz_opaque_callback_data`), and settles it.
 *
 * accepted, refused, expired and cancelled are ends. What becomes of an accepted message (sent, delivered, read,
 * failed) is the message's story, told by statuses, and never moves backwards.
 */
export type DeliveryState =
  | "preparing"
  | "queued"
  | "held"
  | "handing-over"
  | "uncertain"
  | "accepted"
  | "refused"
  | "expired"
  | "cancelled";

/** Every kind a message can be for the terms book, as far as a person or program may claim it. */
export type DeliveryKind =
  | "reply"
  | "bot-reply"
  | "transactional"
  | "auth"
  | "marketing"
  | "newsletter"
  | "survey"
  | "opt-in-request"
  | "opt-out-confirmation";

/** What somebody wants to send, before anybody judged it. */
export interface SendIntent {
  readonly senderId: SenderId;
  readonly addressId: AddressId;
  readonly contactId: ContactId;
  readonly content: MessageContent;
  readonly repliesToProviderId?: string | null;
  /** Claimed by whoever sends; a marketing template is marketing whatever is claimed. */
  readonly kind?: DeliveryKind;
  readonly promotional?: boolean;
  readonly solicited?: boolean;
  /** Of how many such messages this is one, and how many people besides the author approved them. */
  readonly audience?: { readonly recipients: number; readonly approvals: number };
  /** The campaign it is part of. */
  readonly campaignId?: CampaignId | null;
}

/** A step in a delivery's life, for whoever shows it. Told in the transaction in which it happens. */
export interface Progress {
  readonly deliveryId: DeliveryId | null;
  readonly messageId: MessageId | null;
  readonly senderId: SenderId;
  readonly campaignId: CampaignId | null;
  readonly providerId: string | null;
  readonly status: "held" | "queued" | "uncertain" | "accepted" | "sent" | "delivered" | "read" | "played" | "failed";
  readonly at: Instant;
  readonly failure: Failure | null;
  /** Set where the terms book decided it. */
  readonly verdict: WireVerdict | null;
}

export const expired: Failure = { reason: "other", code: "delivery.expired", title: "Too old to be useful" };
export const unreachable: Failure = {
  reason: "undeliverable",
  code: "delivery.unreachable",
  title: "No address to write to",
};
export function refusedByBook(verdict: Verdict): Failure {
  const [decisive] = verdict.findings;
  return {
    reason: "other",
    code: `policy.${verdict.outcome}`,
    title: decisive?.rule.title.en ?? "Refused by the terms book",
    ...(decisive ? { detail: decisive.rule.id } : {}),
  };
}

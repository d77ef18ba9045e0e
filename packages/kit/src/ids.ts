import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";

/** A UUIDv7 that says what it names: a `ContactId` cannot stand in for a `ConversationId`. */
export type Id<Noun extends string> = string & { readonly __noun: Noun };

export type OrganisationId = Id<"organisation">;
export type PersonId = Id<"person">;
export type MemberId = Id<"member">;
export type TeamId = Id<"team">;
export type InboxId = Id<"inbox">;
export type SenderId = Id<"sender">;
export type ContactId = Id<"contact">;
export type AddressId = Id<"address">;
export type ConversationId = Id<"conversation">;
export type MessageId = Id<"message">;
export type MediaId = Id<"media">;
export type CampaignId = Id<"campaign">;
export type DeliveryId = Id<"delivery">;
export type AttemptId = Id<"attempt">;
export type DecisionId = Id<"decision">;
export type ReceiptId = Id<"receipt">;

export interface Ids {
  /** A new UUIDv7, greater than every one this maker made before. */
  next<Noun extends string>(): Id<Noun>;
}

const uuidShape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The id, where `text` is a UUID in its lower-case form; `null` otherwise. */
export function parseId<Noun extends string>(text: unknown): Id<Noun> | null {
  return typeof text === "string" && uuidShape.test(text) ? (text as Id<Noun>) : null;
}

/**
 * UUID version 7 (RFC 9562 §5.7): 48 bits of milliseconds, then a 12-bit counter (§6.2, method 1) so that ids made
 * within one millisecond still sort in the order they were made, then 62 random bits.
 */
export function createIds(clock: Pick<Clock, "now">, random: Pick<Random, "fill">): Ids {
  let lastMs = 0;
  let counter = 0;
  const bytes = new Uint8Array(16);
  return {
    next<Noun extends string>() {
      random.fill(bytes);
      const nowMs = clock.now();
      if (nowMs > lastMs) {
        lastMs = nowMs;
        counter = ((bytes[6] ?? 0) << 3) | ((bytes[7] ?? 0) >> 5); // starts below half, so there is room to count
      } else if (++counter > 0xfff) {
        lastMs += 1; // borrow from the future rather than repeat: the clock stood still or went back
        counter = 0;
      }
      const high = lastMs.toString(16).padStart(12, "0");
      const count = counter.toString(16).padStart(3, "0");
      const variant = (((bytes[8] ?? 0) & 0x3f) | 0x80).toString(16);
      const tail = Array.from(bytes.subarray(9), (byte) => byte.toString(16).padStart(2, "0")).join("");
      return `${high.slice(0, 8)}-${high.slice(8)}-7${count}-${variant}${tail.slice(0, 2)}-${tail.slice(2)}` as Id<Noun>;
    },
  };
}

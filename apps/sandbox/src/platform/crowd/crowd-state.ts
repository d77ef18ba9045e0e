import type { Instant } from "@loket/kit";
import type { Profile } from "./profiles.ts";

/**
 * Up to a million people, of whom nothing is kept but what cannot be worked out again: who they are follows from the seed and
 * their index, what lies between them and a number is a record of 32 bytes in `pages`, and what they will do next stands in
 * the agenda.
 */
export interface Crowd {
  /** Tells tasks of this crowd from those of one that was sent away. */
  readonly id: number;
  readonly size: number;
  /** Digits all their numbers begin with, or `null` when they begin with their country's calling code. */
  readonly prefix: string | null;
  readonly seed: number;
  readonly profile: Profile;
  readonly since: Instant;
  readonly counts: CrowdCounts;
  /** Packed threads by `pageKey`; see paging.ts. */
  readonly pages: Map<string, Uint8Array>;
  /** Ids of the messages still kept, of threads that are packed. */
  readonly recent: Map<string, string[]>;
  /** Messages read before their hour and already forgotten; their hour passes unnoticed. */
  readonly readEarly: Set<string>;
}

export interface CrowdCounts {
  received: number;
  read: number;
  replied: number;
  tapped: number;
  blocked: number;
  reported: number;
  stopped: number;
  numberChanged: number;
  /** Messages that failed because the person is not on the platform, has moved or has blocked the number. */
  unreachable: number;
}

export const noCounts = (): CrowdCounts => ({
  received: 0,
  read: 0,
  replied: 0,
  tapped: 0,
  blocked: 0,
  reported: 0,
  stopped: 0,
  numberChanged: 0,
  unreachable: 0,
});

/** What a person of the crowd does at a later hour; carries what is needed when the message itself is no longer kept. */
export interface CrowdTask {
  readonly do: "crowd";
  readonly crowd: number;
  readonly act: CrowdAct;
  readonly person: number;
  readonly numberId: string;
  readonly messageId: string;
  readonly at: Instant;
  readonly templateId: string | null;
  readonly callbackData: string | null;
}

export type CrowdAct = "read" | "reply" | "block" | "report" | "stop" | "change-number";

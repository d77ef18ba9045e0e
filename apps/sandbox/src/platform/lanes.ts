import type { Instant } from "@loket/kit";

/** One change on its way to a subscriber, already in the bytes it will be sent in. */
export interface Update {
  readonly appId: string;
  readonly accountId: string;
  readonly field: string;
  /** The `time` of its entry, in unix seconds; `messages` has none. */
  readonly time: number | null;
  readonly change: string;
  /** What other apps were told of the same, which they hear again when this one has to be retried. */
  readonly others?: readonly Addressed[];
}

/** An update and where it goes. */
export interface Addressed {
  readonly url: string;
  readonly update: Update;
}

export interface Batch {
  readonly id: number;
  readonly appId: string;
  readonly fields: string[];
  readonly body: string;
  readonly firstAt: Instant;
  readonly others?: readonly Addressed[];
  attempt: number;
}

/** What one callback URL still has to be told, in order; see callbacks.ts. */
export interface Lane {
  readonly url: string;
  readonly queue: Update[];
  head: Batch | null;
  waiting: boolean;
  readonly setAside: Map<number, Batch>;
}

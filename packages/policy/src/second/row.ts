import type { Channel, Kind, Payload, SendRequest, Transport } from "../request.ts";
import type { Until } from "../verdict.ts";
import type { Condition } from "./condition.ts";
import type { Send } from "./send.ts";

export type RowOutcome = "allow" | "change" | "hold" | "refuse" | "note";

export interface Where {
  /** Codes, `EEA`, or `DE` also for people of whom nobody knows where they live. */
  readonly region?: readonly string[];
  readonly channel?: readonly Channel[];
  readonly transport?: readonly Transport[];
  readonly payload?: readonly Payload[];
  /** Absent: every message, and neither `setup` nor `import`. */
  readonly kind?: readonly Kind[];
}

/** A fact that could stop a send, asked for where the row applies and, if it says more, where `when` holds. */
export interface Need {
  readonly path: string;
  readonly when?: Condition;
}

/** One reading of one rule over one stretch of time. A rule whose text changed has several. */
export interface Row {
  readonly rule: string;
  /** `YYYY-MM-DD`, 00:00 UTC, inclusive. Absent: always. */
  readonly since?: string;
  /** Exclusive. Absent: still in force. */
  readonly until?: string;
  readonly outcome: RowOutcome;
  readonly where?: Where;
  readonly when: Condition;
  /** Rests on one weak source. */
  readonly weak?: true;
  readonly needs?: readonly Need[];
  /** The same for what no path of the facts can say: the name, and when it is unknown. */
  readonly asks?: readonly (readonly [name: string, isUnknown: Condition])[];
  /** Not told as well when this row speaks. */
  readonly instead?: readonly string[];
  /** For holds; `null`: nobody can say until when. */
  readonly waits?: (send: Send) => Until | null;
  /** The form this row would swap the message to; `null`: none. What stands against it is told with the row. */
  readonly swap?: (send: Send) => SendRequest | null;
  /** Whether that form is one to swap to: then a form that passes its own rules turns the row into a change. */
  readonly fits?: (send: Send) => boolean;
  /** For what depends on the send: a change where there is a way out. */
  readonly turns?: (send: Send) => RowOutcome;
}

export const need = (path: string, when?: Condition): Need => (when === undefined ? { path } : { path, when });

import { amount, object } from "../reading.ts";

/** What went out in the open Viber session. */
export interface ViberFacts {
  readonly sessionMessagesSent?: number;
  /** How many of the latest messages in a row the person has not answered. */
  readonly unansweredInRow?: number;
}

export const readViberFacts = object<ViberFacts>({ sessionMessagesSent: amount, unansweredInRow: amount });

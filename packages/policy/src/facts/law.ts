import { type Purpose, purposes } from "../facts.ts";
import { amount, flag, known, listOf, object, oneOf, orNone } from "../reading.ts";

/** Data of Art. 9 GDPR that a message, or being among its readers, may give away. */
export const specialCategories = [
  "ethnic-origin",
  "health",
  "politics",
  "religion",
  "sexual-orientation",
  "union-membership",
] as const;
export type SpecialCategory = (typeof specialCategories)[number];

export const optOutWays = ["keyword", "free-text", "link", "email", "phone", "letter", "in-person"] as const;
export type OptOutWay = (typeof optOutWays)[number];

/** How people get on and off a list. */
export interface SignUp {
  /** What a person has to do to join, and to leave: a click, a field, a log-in, a call, a letter. */
  readonly joinSteps?: number;
  readonly leaveSteps?: number;
  /** One can leave on the channel on which the messages arrive. */
  readonly leaveOnSameChannel?: boolean;
}

/** What the organisation has in place because laws ask for it. Most of it is looked at in a set-up check. */
export interface Law {
  /** Whoever gives data is told at once who uses it, what for and how long. */
  readonly informsAtCollection?: boolean;
  /** There is a processing agreement with whoever carries this channel's messages. */
  readonly processorContract?: boolean;
  readonly signUp?: SignUp;
  /** Purposes for which it is on record what makes them lawful: a contract, a request, an interest. Empty: none. */
  readonly recordedBases?: readonly Purpose[];
  /** A weighing of interests for this advertising is on record. */
  readonly interestsWeighed?: boolean;
  /** Whoever has all data erased stays opted out. */
  readonly erasureKeepsOptOut?: boolean;
  /** How long proof of a consent to calls is kept after it was given and after each use. `null`: without end. */
  readonly callProofKeptYears?: number | null;
  /** How long an opt-out is kept. `null`: without end. */
  readonly optOutsKeptYears?: number | null;
  /** Ways of saying stop that are honoured. */
  readonly optOutWays?: readonly OptOutWay[];
}

export const readLaw = object<Law>({
  informsAtCollection: flag,
  processorContract: flag,
  signUp: known(object<SignUp>({ joinSteps: amount, leaveSteps: amount, leaveOnSameChannel: flag })),
  recordedBases: listOf(oneOf(purposes)),
  interestsWeighed: flag,
  erasureKeepsOptOut: flag,
  callProofKeptYears: orNone(amount),
  optOutsKeptYears: orNone(amount),
  optOutWays: listOf(oneOf(optOutWays)),
});

import type { Instant } from "@loket/kit";
import type { Account, Consent, Facts, History, Purpose, Recipient, Sender, Suppression } from "./facts.ts";
import type { Kind, SendRequest } from "./request.ts";
import type { Verdict } from "./verdict.ts";

/** One judgement with everything the conditions share worked out once. */
export interface Case {
  readonly request: SendRequest;
  readonly facts: Facts;
  readonly at: Instant;
}
export type { Account, Consent, History, Kind, Purpose, Recipient, Sender, Suppression, Verdict };

import type { Instant } from "@loket/kit";
import { flag, instantText, object, orNone } from "../reading.ts";

/** What is agreed with the platform for this sender. */
export interface Contract {
  /** The business itself accepted the platform's terms, by the platform's own sign-up and not through somebody else's account. */
  readonly termsAccepted?: boolean;
  /** The account or the number also serves businesses that do not belong to this one. */
  readonly accountShared?: boolean;
  /** The platform asked for a report on use. `null`: it did not. */
  readonly usageReport?: UsageReport | null;
}

export interface UsageReport {
  readonly askedAt: Instant;
  /** `null`: not sent yet. */
  readonly sentAt?: Instant | null;
}

export const readContract = object<Contract>({
  termsAccepted: flag,
  accountShared: flag,
  usageReport: orNone(
    object<UsageReport>({ askedAt: instantText, sentAt: orNone(instantText) }, { required: ["askedAt"] }),
  ),
});

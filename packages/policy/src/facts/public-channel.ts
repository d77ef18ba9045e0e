import type { Instant } from "@loket/kit";
import { instantText, listOf, object } from "../reading.ts";

/** The channel that anybody may follow and that a post goes to. */
export interface PublicChannel {
  /** When earlier posts went out, at least those of the last 24 hours. */
  readonly postedAt?: readonly Instant[];
}

export const readPublicChannel = object<PublicChannel>({ postedAt: listOf(instantText) });

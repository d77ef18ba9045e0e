import type { Instant } from "@loket/kit";
import type { Case } from "../case.ts";
import type { Restriction } from "../facts.ts";
import type { Effect, Watch } from "../rule.ts";

/** What the rules of the WhatsApp Business Platform share. */

/** The Platform in the cloud or (until it ended) on one's own machines. */
export const platform = { channel: ["whatsapp"], transport: ["cloud-api", "on-premises-api"] } as const;
export const templates = { ...platform, payload: ["template"] } as const;

export const restrictions: Watch = {
  path: "account.restrictions",
  isUnknown: ({ facts }) => facts.account?.restrictions === undefined,
};

/** The longest restriction of a scope that matters; one without an end waits for the platform's decision. */
export function restricted(send: Case, matters: (scope: Restriction["scope"]) => boolean): false | Effect {
  const restrictions = send.facts.account?.restrictions;
  if (restrictions === undefined || restrictions.length === 0) return false;
  let until: Instant | null = null;
  for (const restriction of restrictions) {
    if (!matters(restriction.scope)) continue;
    if (restriction.until === null || restriction.scope === "lock") return {};
    if (send.at < restriction.until && (until === null || restriction.until > until)) until = restriction.until;
  }
  return until === null ? false : { until };
}

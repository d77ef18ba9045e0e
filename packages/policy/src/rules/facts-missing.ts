import type { Case } from "../case.ts";
import type { Effect } from "../rule.ts";

/**
 * While a fact that could stop a send is unknown nobody can say that the send is all right, so it waits. Each rule says
 * itself which facts those are (`watches`); what could only *permit* a send is not among them: its rules count unknown
 * as "no".
 */
export function missingFacts(send: Case): false | Effect {
  let missing: string[] | null = null;
  for (const watch of send.ruling.watches) {
    if (!watch.isUnknown(send)) continue;
    missing ??= [];
    if (!missing.includes(watch.path)) missing.push(watch.path);
  }
  if (missing === null) return false;
  return send.options.missingFacts === "note" ? { outcome: "note", missing } : { missing };
}

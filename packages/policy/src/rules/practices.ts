import type { Case } from "../case.ts";
import type { Practice } from "../facts/operator.ts";
import { isMessageKind, kinds } from "../request.ts";
import type { Watch } from "../rule.ts";

/** What rules on the operator's ways share. */

export const messages = kinds.filter(isMessageKind);
/** Messages to somebody: a post on a public channel goes to whoever follows. */
export const addressedMessages = messages.filter((kind) => kind !== "channel-post");

export function does({ facts }: Case, practice: Practice): boolean {
  return facts.operator?.practices?.includes(practice) ?? false;
}

export function doesAny(send: Case, practices: readonly Practice[]): boolean {
  return practices.some((practice) => does(send, practice));
}

/** Asked when things are looked at as they stand. */
export const practicesInSetup: Watch = {
  path: "operator.practices",
  isUnknown: ({ request, facts }) => request.kind === "setup" && facts.operator?.practices === undefined,
};

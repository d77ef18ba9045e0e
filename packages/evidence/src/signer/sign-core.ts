import { fail, ok, type Result } from "@loket/kit";
import { sameBytes } from "../bytes.ts";
import type { TreeHead } from "../checkpoint.ts";
import { emptyRoot, verifyConsistency } from "../tree.ts";

export type RefusalReason =
  | "malformed"
  | "not-mine"
  | "smaller"
  | "forked"
  | "inconsistent"
  | "unknown-log"
  | "unsigned";

/** Why nothing was signed, for programs and in words. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly words: string;
}

/**
 * Whether a signer that last put its name under `last` may put it under `next`. Answers `same` where it did already,
 * `grown` where `proof` shows that `next` begins with everything in `last`, and `first` for a log it never signed.
 *
 * This is the whole reason why the signer is a program of its own: somebody who changes the database, or puts an older
 * copy in its place, can make any tree they like, and none that this lets through after the one they changed.
 */
export function admit(
  last: TreeHead | null,
  next: TreeHead,
  proof: readonly Uint8Array[],
): Result<"first" | "same" | "grown", Refusal> {
  if (next.size === 0 && !sameBytes(next.root, emptyRoot())) {
    return refuse("malformed", "A log without entries has one root only, and this is another.");
  }
  if (last === null) return ok("first");
  if (next.size < last.size) {
    return refuse(
      "smaller",
      `${next.origin} had ${last.size} entries when it was last signed, and is said to have ${next.size} now. A log never shrinks: an older copy may have been put in its place.`,
    );
  }
  if (next.size === last.size) {
    if (sameBytes(next.root, last.root)) return ok("same");
    return refuse(
      "forked",
      `${next.origin} was signed with ${last.size} entries and another root. One of these entries was changed after it was signed.`,
    );
  }
  if (verifyConsistency(last.size, next.size, last.root, next.root, proof)) return ok("grown");
  return refuse(
    "inconsistent",
    `The proof does not show that the ${next.size} entries of ${next.origin} begin with the ${last.size} that were last signed. Either an entry was changed, removed or inserted, or the proof starts from another size: ask for the last checkpoint and prove from there.`,
  );
}

export function refuse(reason: RefusalReason, words: string): { readonly ok: false; readonly failure: Refusal } {
  return fail({ reason, words });
}

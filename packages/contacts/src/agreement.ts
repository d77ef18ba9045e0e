import type { Purpose } from "./consent.ts";
import type { ConsentEntry, SuppressionEntry } from "./contact.ts";

/**
 * What holds today, worked out from the history. One answer per purpose, channel and topic that anything was ever said
 * about:
 *
 * - `asked`: a question went out, and nothing was answered yet.
 * - `agreed`, `confirmed`: in one step, or in two (or by the person's own message, which proves both).
 * - `withdrawn`: taken back, and not given again.
 * - `stopped`: an opt-out covers it, and the person has not agreed anew since. Their switch in the messenger itself
 *   outlasts whatever they agree to elsewhere.
 */
export interface Agreement {
  readonly purpose: Purpose | "all";
  readonly channel: string;
  readonly topic: string | null;
  readonly state: "asked" | "agreed" | "confirmed" | "withdrawn" | "stopped";
  readonly since: string;
  /** How it was said; for `stopped` where the stop came from. */
  readonly method: string;
  readonly kind: ConsentEntry["kind"] | null;
  readonly evidenceClass: ConsentEntry["evidenceClass"];
  readonly wordingId: string | null;
  readonly wordingVersion: string | null;
  /** The entry that decides. */
  readonly consentId: string | null;
  readonly suppressionId: string | null;
}

interface Place {
  readonly purpose: Purpose | "all";
  readonly channel: string;
  readonly topic: string | null;
}

/** The platform tells whole seconds, and an opt-out counts as the last word of its second: that is not the future yet. */
const withinTheSecondMs = 999;

/** What holds at this very moment. */
export function standingNow(
  history: { readonly consents: readonly ConsentEntry[]; readonly suppressions: readonly SuppressionEntry[] },
  now: number,
): Agreement[] {
  return standingConsents(history.consents, history.suppressions, now + withinTheSecondMs);
}

/** Pure: the same history and instant give the same answer, in whatever order the entries come. */
export function standingConsents(
  entries: readonly ConsentEntry[],
  suppressions: readonly SuppressionEntry[],
  at: number,
): Agreement[] {
  const said = entries.filter((entry) => timeOf(entry) <= at).sort(inOrder);
  const stops = suppressions.filter((entry) => timeOf(entry) <= at).sort(inOrder);
  const inForce = stops.filter((entry) => entry.liftedAt === null || Date.parse(entry.liftedAt) > at);
  return placesOf(said, inForce)
    .map((place) => standingAt(place, said, stops, inForce))
    .sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

function placesOf(said: readonly ConsentEntry[], inForce: readonly SuppressionEntry[]): Place[] {
  const places = new Map<string, Place>();
  const add = (place: Place) => places.set(keyOf(place), place);
  for (const { purpose, channel, topic } of said) {
    add({ purpose, channel, topic });
    // "Everywhere" splits where one channel was stopped or taken back.
    if (channel !== "all") continue;
    for (const stop of inForce)
      if (stop.channel !== "all" && (stop.scope === "all" || stop.scope === purpose))
        add({ purpose, channel: stop.channel, topic });
  }
  for (const { scope, channel, topic } of inForce) add({ purpose: scope, channel, topic });
  return [...places.values()];
}

function standingAt(
  place: Place,
  said: readonly ConsentEntry[],
  stops: readonly SuppressionEntry[],
  inForce: readonly SuppressionEntry[],
): Agreement {
  const about = said.filter((entry) => entry.purpose === place.purpose && reaches(entry, place));
  const withdrawn = about.findLast((entry) => entry.action === "withdrawn");
  const run = about.filter((entry) => isAgreement(entry) && (withdrawn === undefined || inOrder(withdrawn, entry) < 0));
  const covering = (list: readonly SuppressionEntry[]) =>
    list.filter((entry) => (entry.scope === "all" || entry.scope === place.purpose) && reaches(entry, place));
  const lastYes = run.filter((entry) => entry.kind === "express").at(-1);
  const stop = covering(inForce).findLast(
    (entry) => entry.source === "platform-preference" || lastYes === undefined || timeOf(lastYes) <= timeOf(entry),
  );
  if (stop)
    return { ...place, ...nothing, state: "stopped", since: stop.at, method: stop.source, suppressionId: stop.id };

  if (run.length > 0) {
    const lastStop = covering(stops).at(-1);
    const fresh = lastStop ? run.filter((entry) => timeOf(entry) > timeOf(lastStop)) : run;
    const counted = fresh.length > 0 ? fresh : run;
    const best = counted.reduce((held, entry) => (strengthOf(entry) >= strengthOf(held) ? entry : held));
    const isConfirmed = counted.some((entry) => entry.action === "confirmed" && entry.kind === best.kind);
    return {
      ...place,
      ...proofOf(best),
      state: isConfirmed ? "confirmed" : "agreed",
      since: counted.filter((entry) => entry.kind === best.kind)[0]?.at ?? best.at,
    };
  }
  if (withdrawn) return { ...place, ...proofOf(withdrawn), state: "withdrawn", since: withdrawn.at };
  const asked = about.at(-1);
  if (asked) return { ...place, ...proofOf(asked), state: "asked", since: asked.at };
  throw new Error(`Nothing was ever said about ${keyOf(place)}.`);
}

const nothing = {
  kind: null,
  evidenceClass: null,
  wordingId: null,
  wordingVersion: null,
  consentId: null,
  suppressionId: null,
} as const;

function proofOf(entry: ConsentEntry) {
  const { method, kind, evidenceClass, wordingId, wordingVersion, id } = entry;
  return { method, kind, evidenceClass, wordingId, wordingVersion, consentId: id, suppressionId: null };
}

function isAgreement(entry: ConsentEntry): boolean {
  return entry.action === "granted" || entry.action === "confirmed";
}

/** What was said about everything counts for each part of it, and not the other way round. */
function reaches(entry: { channel: string; topic: string | null }, place: Place): boolean {
  return (
    (entry.channel === "all" || entry.channel === place.channel) &&
    (entry.topic === null || entry.topic === place.topic)
  );
}

const kindStrength = { express: 2, soft: 1, implied: 0 } as const;
const classStrength = { A: 3, B: 2, C: 1, D: 0 } as const;
/** An express yes before an assumed one; among these the better proof. */
function strengthOf(entry: ConsentEntry): number {
  const step = entry.action === "confirmed" ? 5 : 0;
  return (
    kindStrength[entry.kind] * 100 + step + (entry.evidenceClass === null ? 0 : classStrength[entry.evidenceClass])
  );
}

const timeOf = (entry: { at: string }): number => Date.parse(entry.at);

/** By the time it happened; within one instant by the order in which it was recorded. */
function inOrder(a: { at: string; id: string }, b: { at: string; id: string }): number {
  return timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function keyOf({ purpose, channel, topic }: Place): string {
  return `${purpose} ${channel} ${topic ?? ""}`;
}

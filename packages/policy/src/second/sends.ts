import { hourMs, type Instant, instant } from "@loket/kit";
import fc from "fast-check";
import type { DecideOptions } from "../case.ts";
import type { Facts } from "../facts.ts";
import type { SendRequest } from "../request.ts";
import { maybeNot, record, seldom } from "./drawing.ts";
import { facts } from "./whatsapp-facts.ts";
import { requests } from "./whatsapp-messages.ts";

/** Random sends over WhatsApp: in order for the most part, with a few things wrong or unknown in each. */

export interface Drawn {
  readonly request: SendRequest;
  readonly facts: Facts;
  readonly at: Instant;
  readonly options: DecideOptions;
}

const between = (from: string, to: string) =>
  fc.integer({ min: Date.parse(from), max: Date.parse(to) }).map((ms) => instant(ms));

/** Any time since the first of the rules, more often of late, and often within a millisecond of one of `days`. */
function instants(days: readonly string[]): fc.Arbitrary<Instant> {
  return fc.oneof(
    { weight: 10, arbitrary: between("2025-01-01", "2027-06-01") },
    { weight: 4, arbitrary: between("2018-01-01", "2025-01-01") },
    { weight: 1, arbitrary: between("2003-01-01", "2018-01-01") },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom(...days), fc.constantFrom(-1, 0, hourMs))
        .map(([day, ms]) => instant(Date.parse(`${day}T00:00:00Z`) + ms)),
    },
  );
}

const houseRules: fc.Arbitrary<DecideOptions> = record<DecideOptions>({
  lowConfidence: seldom(fc.constant("hold-for-review" as const)),
  missingFacts: fc.constantFrom(undefined, undefined, "note" as const),
  marketingCap30d: seldom(fc.constantFrom(1, 2)),
  channelPostsPerDay: seldom(fc.constantFrom(1, 2)),
  keepContactsMonths: seldom(fc.constantFrom(1, 12, 24)),
  own: seldom(
    record<NonNullable<DecideOptions["own"]>>({
      quietHours: maybeNot(
        fc.constantFrom(
          { permittedFrom: 480, permittedTo: 1_260, timeZone: "Europe/Amsterdam" },
          { permittedFrom: 540, permittedTo: 1_080, days: ["mon", "tue"] as const, timeZone: "UTC" },
          { permittedFrom: 600, permittedTo: 600, timeZone: "UTC" },
        ),
      ),
      marketingCap: maybeNot(fc.constantFrom({ messages: 1, days: 7 }, { messages: 2, days: 40 })),
      forbiddenWords: maybeNot(fc.constantFrom(["gratis"], ["brood", "tijden"])),
      secondPairAbove: maybeNot(fc.constant(5)),
    }),
  ),
});

/** `days`: the first days of rules, moment which many are drawn. */
export function sends(days: readonly string[]): fc.Arbitrary<Drawn> {
  return instants(days).chain((at) =>
    fc.record({ at: fc.constant(at), request: requests(at), facts: facts(at), options: houseRules }),
  );
}

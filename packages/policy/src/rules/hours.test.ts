import { type Instant, instant, plus } from "@loket/kit";
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Recipient } from "../facts.ts";
import { placeOf } from "../places.ts";
import { decide } from "../terms-book.ts";
import { optIn, ordinarySend } from "../testing.ts";
import type { Verdict } from "../verdict.ts";
import { localTime } from "../zone.ts";

const moments = fc
  .integer({ min: Date.parse("2026-01-01T00:00:00Z"), max: Date.parse("2027-01-20T00:00:00Z") })
  .map((ms) => instant(ms));
/** In the weeks in which American clocks are changed. */
const turning = fc
  .tuple(fc.constantFrom("2026-03-08", "2026-11-01"), fc.integer({ min: -2 * 86_400_000, max: 2 * 86_400_000 }))
  .map(([date, ms]) => plus(Date.parse(`${date}T07:00:00Z`) as Instant, ms));

const people: fc.Arbitrary<Recipient> = fc
  .record({
    areaCode: fc.constantFrom(null, "212", "305", "850", "512", "915", "203", "401", "808", "907", "888", "928"),
    subdivision: fc.constantFrom(null, null, "US-NY", "US-FL", "US-TX", "US-HI", "US-OK"),
  })
  .map(({ areaCode, subdivision }) => ({
    region: "US",
    subdivision,
    phone: areaCode === null ? null : `+1${areaCode}5550100`,
    timeZones: [],
  }));

function offer(recipient: Recipient, at: Instant): Verdict {
  const { request, facts } = ordinarySend({
    at,
    request: { kind: "marketing", channel: "sms", transport: "other" },
    recipient,
    facts: { consents: [optIn("marketing", at, { channel: "sms" })] },
  });
  return decide(request, facts, at);
}

it("no offer goes out while it may be night where the person is", () => {
  fc.assert(
    fc.property(people, fc.oneof(moments, turning), (recipient, at) => {
      if (offer(recipient, at).outcome !== "allow") return;
      for (const zone of placeOf("US", recipient).zones) {
        const { minutes } = localTime(at, zone);
        expect(minutes, zone).toBeGreaterThanOrEqual(8 * 60);
        expect(minutes, zone).toBeLessThan(21 * 60);
      }
    }),
    { numRuns: 1_000 },
  );
});

it("one that is held may go when the hold ends, and not a millisecond before", () => {
  fc.assert(
    fc.property(people, fc.oneof(moments, turning), (recipient, at) => {
      const { outcome, until } = offer(recipient, at);
      if (outcome !== "hold" || typeof until !== "number") return;
      expect(until).toBeGreaterThan(at);
      // Several rules hold each until its own hour: the last of them decides, and is judged anew then.
      const then = offer(recipient, until);
      if (then.outcome === "hold") expect(then.until).toBeGreaterThan(until);
      else expect(then.outcome).toBe("allow");
      expect(offer(recipient, plus(until, -1)).outcome).toBe("hold");
    }),
    { numRuns: 1_000 },
  );
});

import { dayMs, hourMs, instant, minuteMs, plus, toIso } from "@loket/kit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DecideOptions, OwnRules } from "./case.ts";
import { decide, ruleById } from "./terms-book.ts";
import { at, type Differences, optIn, ordinaryAt, ordinarySend, template } from "./testing.ts";
import { instantOf, localTime, nextPermitted, weekdays } from "./zone.ts";

const newsletter = { kind: "newsletter", payload: "template", template: template("marketing") } as const;

function judged(own: OwnRules, differences: Differences, options: DecideOptions = {}) {
  const { request, facts, at: moment } = ordinarySend({ request: newsletter, ...differences });
  const consents = facts.consents?.length ? facts.consents : [optIn("marketing", moment)];
  return decide(request, { ...facts, consents }, moment, { ...options, own });
}
const fires = (verdict: ReturnType<typeof decide>) => verdict.findings.map(({ rule }) => rule.id);
const daytime: OwnRules = { quietHours: { permittedFrom: 8 * 60, permittedTo: 21 * 60, timeZone: "Europe/Amsterdam" } };
const weekdaysOnly: OwnRules = {
  quietHours: { permittedFrom: 540, permittedTo: 1_080, days: ["mon", "tue", "wed", "thu", "fri"], timeZone: "UTC" },
};

describe("quiet hours", () => {
  it.each([
    ["a minute before they begin", "2026-11-10T20:59:00+01:00", null],
    ["when they begin", "2026-11-10T21:00:00+01:00", "2026-11-11T07:00:00.000Z"],
    ["in the night", "2026-11-11T03:00:00+01:00", "2026-11-11T07:00:00.000Z"],
    ["a millisecond before they end", "2026-11-11T07:59:59.999+01:00", "2026-11-11T07:00:00.000Z"],
    ["when they end", "2026-11-11T08:00:00+01:00", null],
    ["in the night the clocks go forward", "2026-03-29T01:30:00+01:00", "2026-03-29T06:00:00.000Z"],
    ["in the night the clocks go back", "2026-10-25T01:30:00+02:00", "2026-10-25T07:00:00.000Z"],
  ])("%s", (_what, moment, until) => {
    const verdict = judged(daytime, { at: moment });
    expect(fires(verdict)).toEqual(until === null ? [] : ["own.quiet-hours"]);
    expect(typeof verdict.until === "number" ? toIso(verdict.until) : verdict.until).toBe(until);
  });

  it("are those of every place where the person may be", () => {
    const recipient = { timeZones: ["America/New_York", "America/Los_Angeles"] };
    const verdict = judged(daytime, { at: "2026-11-10T09:00:00-05:00", recipient });
    expect(verdict.until).toBe(at("2026-11-10T08:00:00-08:00"));
  });

  it("skip the days on which nothing is sent", () => {
    expect(judged(weekdaysOnly, { at: "2026-11-13T18:00:00Z", recipient: { timeZones: ["UTC"] } }).until).toBe(
      at("2026-11-16T09:00:00Z"),
    );
  });

  it("do not keep anybody from answering, nor a code from arriving", () => {
    const night = "2026-11-11T03:00:00+01:00";
    const answer = ordinarySend({ at: night, facts: { lastInboundAt: plus(at(night), -minuteMs) } });
    expect(decide(answer.request, answer.facts, answer.at, { own: daytime }).outcome).toBe("allow");
    const code = { kind: "auth", payload: "template", template: template("authentication") } as const;
    expect(fires(judged(daytime, { at: night, request: code, facts: { consents: [optIn("transactional")] } }))).toEqual(
      [],
    );
  });
});

describe("other rules of one's own", () => {
  it("a cap counts half-open spans", () => {
    const cap: OwnRules = { marketingCap: { messages: 2, days: 7 } };
    const sent = (agoMs: readonly number[]) =>
      judged(cap, { history: { marketingSentAt: agoMs.map((ms) => plus(ordinaryAt, -ms)) } });
    expect(fires(sent([dayMs]))).toEqual([]);
    expect(sent([dayMs, 3 * dayMs]).until).toBe(plus(ordinaryAt, 4 * dayMs));
    expect(fires(sent([dayMs, 7 * dayMs]))).toEqual([]);
    expect(fires(sent([dayMs, 7 * dayMs - 1]))).toEqual(["own.frequency-cap"]);
    expect(fires(sent([dayMs, -1]))).toEqual(["own.frequency-cap"]); // by a clock that is a little ahead
  });

  it.each([
    ["Nu GRATIS brood", true],
    ["nu grátis!", true],
    ["gratisuren", false],
    ["laatste  kans, echt", true],
    ["de laatste goede kans", false],
  ])("forbidden words are whole words: %s", (text, stopped) => {
    const verdict = judged({ forbiddenWords: ["gratis", "laatste kans"] }, { request: { ...newsletter, text } });
    expect(fires(verdict)).toEqual(stopped ? ["own.forbidden-words"] : []);
  });

  it("many recipients need a second person", () => {
    const to = (recipients: number, approvals: number) =>
      fires(judged({ secondPairAbove: 500 }, { request: { ...newsletter, audience: { recipients, approvals } } }));
    expect([to(500, 0), to(501, 0), to(501, 1)]).toEqual([[], ["own.second-pair-of-eyes"], []]);
  });

  it("what somebody here stopped stays stopped, and no more than that", () => {
    const stopped = (stoppedHere: "marketing" | "business-initiated" | "all", differences: Differences) =>
      fires(judged({}, { ...differences, account: { stoppedHere } }));
    const answer: Differences = {
      request: { kind: "reply", payload: "free-form" },
      facts: { lastInboundAt: plus(ordinaryAt, -hourMs), consents: [] },
    };
    const notice: Differences = {
      request: { kind: "transactional", payload: "template", template: template("utility") },
      facts: { consents: [optIn("transactional")] },
    };
    const own = ["own.sender-stopped"];
    expect([stopped("marketing", {}), stopped("marketing", notice), stopped("marketing", answer)]).toEqual([
      own,
      [],
      [],
    ]);
    expect([stopped("business-initiated", notice), stopped("business-initiated", answer)]).toEqual([own, []]);
    expect(stopped("all", answer)).toEqual(own);
  });

  it("a word that may have been an opt-out holds advertising alone", () => {
    const recipient = { clarifyingSince: plus(ordinaryAt, -hourMs) };
    expect(judged({}, { recipient })).toMatchObject({ outcome: "hold", until: "event:clarified" });
    const notice = { kind: "transactional", payload: "template", template: template("utility") } as const;
    expect(fires(judged({}, { recipient, request: notice, facts: { consents: [optIn("transactional")] } }))).toEqual(
      [],
    );
  });
});

describe("what two people may set aside", () => {
  it("is a rule of one's own, and becomes a note", () => {
    const night = "2026-11-11T03:00:00+01:00";
    const verdict = judged(daytime, { at: night, request: { ...newsletter, overrides: ["own.quiet-hours"] } });
    expect(verdict.outcome).toBe("allow");
    expect(verdict.notes.map(({ rule }) => rule.id)).toContain("own.quiet-hours");
  });

  it("is never a rule of a channel or a law", () => {
    const ids = ["whatsapp.policy.opt-in-required", "nl.tw117.consent-electronic-messages", "core.known-minor"];
    for (const id of ids) expect(ruleById(id)?.overridable, id).toBeUndefined();
    const { request, facts, at: moment } = ordinarySend({ request: { ...newsletter, overrides: ids } });
    expect(fires(decide(request, facts, moment))).toEqual(ids.slice(0, 2));
  });
});

it("no rule of one's own makes an answer looser", () => {
  const strengths = ["allow", "change", "hold", "refuse"];
  const own = fc.record(
    {
      quietHours: fc.record({
        permittedFrom: fc.integer({ min: 0, max: 1_440 }),
        permittedTo: fc.integer({ min: 0, max: 1_440 }),
        timeZone: fc.constantFrom("Europe/Amsterdam", "America/St_Johns", "Pacific/Kiritimati"),
      }),
      marketingCap: fc.record({ messages: fc.integer({ min: 1, max: 4 }), days: fc.integer({ min: 1, max: 40 }) }),
      forbiddenWords: fc.array(fc.constantFrom("gratis", "brood"), { maxLength: 2 }),
      secondPairAbove: fc.integer({ min: 0, max: 10 }),
    },
    { requiredKeys: [] },
  );
  const moment = fc.integer({ min: Date.parse("2026-01-01"), max: Date.parse("2027-01-01") }).map(instant);
  fc.assert(
    fc.property(own, moment, fc.boolean(), (rules, now, isConsented) => {
      const { request, facts } = ordinarySend({
        at: now,
        request: { ...newsletter, text: "gratis brood", audience: { recipients: 5, approvals: 0 } },
        facts: { consents: isConsented ? [optIn("marketing", now)] : [] },
      });
      const without = decide(request, facts, now).outcome;
      const withRules = decide(request, facts, now, { own: rules }).outcome;
      expect(strengths.indexOf(withRules)).toBeGreaterThanOrEqual(strengths.indexOf(without));
    }),
  );
});

describe("times of day", () => {
  const zones = ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"];
  const anyInstant = fc.integer({ min: Date.parse("2010-01-01"), max: Date.parse("2035-01-01") });

  it("are found again: the instant of a local time shows that time, unless the clocks skip it", () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), (ms, zone) => {
        const now = instant(Math.floor(ms / minuteMs) * minuteMs);
        const { date, minutes } = localTime(now, zone);
        const found = instantOf(date, minutes, zone);
        expect(localTime(found, zone)).toEqual(localTime(now, zone));
        expect(found).toBeLessThanOrEqual(now);
      }),
      { numRuns: 500 },
    );
  });

  it("that are skipped in spring give the instant of the jump", () => {
    expect(instantOf("2026-03-29", 150, "Europe/Amsterdam")).toBe(at("2026-03-29T01:00:00Z"));
    expect(instantOf("2026-03-08", 150, "America/New_York")).toBe(at("2026-03-08T07:00:00Z"));
  });

  it("permit a send exactly within their hours, in every zone at once", () => {
    fc.assert(
      fc.property(anyInstant, fc.subarray(zones, { minLength: 1, maxLength: 2 }), (ms, places) => {
        const hours = { from: 8 * 60, to: 20 * 60 };
        const next = nextPermitted(instant(ms), places, () => hours);
        if (next === null) return;
        expect(next).toBeGreaterThanOrEqual(ms);
        for (const zone of places) {
          const { minutes } = localTime(next, zone);
          expect(minutes).toBeGreaterThanOrEqual(hours.from);
          expect(minutes).toBeLessThan(hours.to);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("know the days of the week", () => {
    expect(localTime(at("2026-11-22T12:00:00Z"), "Asia/Kolkata")).toEqual({
      date: "2026-11-22",
      weekday: "sun",
      minutes: 1_050,
    });
    expect(weekdays).toHaveLength(7);
  });
});

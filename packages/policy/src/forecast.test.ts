import { dayMs, hourMs, plus } from "@loket/kit";
import { describe, expect, it } from "vitest";
import { type ForecastSend, forecast } from "./forecast.ts";
import { bookVersion, decide, termsBook } from "./terms-book.ts";
import { optIn, ordinaryAt, ordinarySend, template } from "./testing.ts";

const newsletter = { kind: "newsletter", payload: "template", template: template("marketing") } as const;
const agreed = { consents: [optIn("marketing")] };
const crowd = (): ForecastSend[] => [
  ...Array.from({ length: 6 }, () => ordinarySend({ request: newsletter, facts: agreed })),
  ...Array.from({ length: 3 }, () => ordinarySend({ request: newsletter })),
  ordinarySend({ request: newsletter, facts: agreed, recipient: { region: "US", phone: "+12125550100" } }),
  ordinarySend({
    request: newsletter,
    facts: agreed,
    history: { marketingSentAt: [1, 2, 3, 4].map((days) => plus(ordinaryAt, -days * dayMs)) },
  }),
];

describe("a forecast", () => {
  it("counts what every single verdict says, and whose word decides", () => {
    const sends = crowd();
    const found = forecast(termsBook, sends, ordinaryAt);
    expect(found.total).toBe(sends.length);
    for (const outcome of ["allow", "change", "hold", "refuse"] as const) {
      const counted = sends.filter(({ request, facts }) => decide(request, facts, ordinaryAt).outcome === outcome);
      expect(found.outcomes[outcome], outcome).toBe(counted.length);
    }
    expect(found.rules[0]).toEqual({ id: "whatsapp.policy.opt-in-required", decides: 3, speaks: 3 });
    expect(found.rules.reduce((sum, { decides }) => sum + decides, 0)).toBe(sends.length - found.outcomes.allow);
    expect(found.bookVersion).toBe(bookVersion);
  });

  it("tells until when people are held, to the hour", () => {
    const { heldUntil, outcomes } = forecast(termsBook, crowd(), ordinaryAt);
    expect(outcomes.hold).toBe(1);
    expect(heldUntil).toHaveLength(1);
    expect(Number(heldUntil[0]?.until) % hourMs).toBe(0);
    expect(Number(heldUntil[0]?.until)).toBeGreaterThanOrEqual(plus(ordinaryAt, 26 * dayMs));
  });

  it("takes people as they come, and none is none", () => {
    function* people() {
      for (const send of crowd()) yield send;
    }
    expect(forecast(termsBook, people(), ordinaryAt)).toEqual(forecast(termsBook, crowd(), ordinaryAt));
    expect(forecast(termsBook, [], ordinaryAt)).toMatchObject({ total: 0, rules: [], heldUntil: [] });
  });
});

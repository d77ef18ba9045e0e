import { dayMs, hourMs, secondMs } from "@loket/kit";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { closeAll, type Given, givenSandbox, orderUpdate, text, weekendOffer } from "./given.ts";
import type { Body } from "./platform/state.ts";

afterEach(closeAll);

const person = (index: number): string => `316${String(40_000_000 + index)}`;

async function givenWatched(): Promise<Given> {
  const given = await givenSandbox();
  await given.control("PUT", "/apps/first", { callbackUrl: given.subscriber.url });
  await given.control("PUT", "/rules", {
    thresholds: { quality: { judgedFrom: 10_000 }, enforcement: { judgedFrom: 10 } },
  });
  return given;
}

const send = async (given: Given, to: string, content: Body) =>
  (await given.graph("POST", `/v25.0/${given.number.id}/messages`, { messaging_product: "whatsapp", to, ...content }))
    .body;

/** Ten templates, of which some are reported: a strike with three, two rungs at once with five. */
async function annoy(given: Given, round: number, reports = 3): Promise<void> {
  for (let index = 0; index < 10; index++) await given.send(weekendOffer, person(round * 10 + index));
  await given.sandbox.advance(secondMs);
  for (let index = 0; index < reports; index++)
    await given.control("POST", `/phones/${person(round * 10 + index)}/actions`, { type: "report" });
  await given.sandbox.quiet();
}

const events = (given: Given) =>
  given.subscriber
    .values("account_update")
    .map(({ event, restriction_info, ban_info }) =>
      [event, restriction_info?.length, ban_info?.waba_ban_state].filter((part) => part !== undefined).join(" "),
    );

async function strikeAt(given: Given, rung: number): Promise<void> {
  await given.control("POST", `/accounts/${given.accountId}/strikes`, { rung });
  await given.sandbox.quiet();
}

describe("strikes", () => {
  it("come from what people report, one a day at most, and each climbs a step", async () => {
    const given = await givenWatched();
    // Weighed twice, three reports on ten templates are severe; here they climb one step.
    await given.control("PUT", "/rules", { thresholds: { enforcement: { severeShare: 5 } } });
    await annoy(given, 0);
    expect(events(given)).toEqual(["ACCOUNT_VIOLATION"]);
    expect(given.subscriber.values("account_update")[0]).toMatchObject({ violation_info: { violation_type: "SPAM" } });
    await annoy(given, 1);
    expect(events(given)).toHaveLength(1);

    await given.sandbox.advance(dayMs);
    await annoy(given, 2);
    expect(events(given).slice(1)).toEqual(["ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION 2"]);
    expect((await send(given, person(99), orderUpdate)).error.code).toBe(368);
    await given.personWrites();
    expect((await send(given, "31612345678", text("Ja?"))).messages).toHaveLength(1);
    await given.sandbox.advance(dayMs);
    expect((await send(given, person(99), orderUpdate)).messages).toHaveLength(1);
  });

  it("are not earned twice by the same messages", async () => {
    const given = await givenWatched();
    await annoy(given, 0, 3);
    await given.sandbox.advance(2 * dayMs);
    for (let index = 3; index < 10; index++)
      await given.control("POST", `/phones/${person(index)}/actions`, { type: "report" });
    await given.sandbox.quiet();
    expect(events(given).filter((event) => event === "ACCOUNT_VIOLATION")).toHaveLength(1);
  });

  it("climb two steps when far too many report", async () => {
    const given = await givenWatched();
    await annoy(given, 0, 8);
    expect(events(given)).toEqual(["ACCOUNT_VIOLATION", "ACCOUNT_RESTRICTION 2"]);
  });

  it("grow old after a year", async () => {
    const given = await givenWatched();
    await strikeAt(given, 2);
    await given.sandbox.advance(366 * dayMs);
    await given.control("POST", `/accounts/${given.accountId}/strikes`, {});
    await given.sandbox.quiet();
    expect(events(given).at(-1)).toBe("ACCOUNT_VIOLATION");
  });
});

const worst = (outcomes: (string | number)[]) =>
  ([131031, 368, "sent"] as const).find((one) => outcomes.includes(one)) ?? "sent";

describe("the steps", () => {
  const codes = async (given: Given) => {
    await given.personWrites();
    const template = await send(given, person(98), orderUpdate);
    const reply = await send(given, "31612345678", text("Ja"));
    return [template.error?.code ?? "sent", reply.error?.code ?? "sent"];
  };

  it.each([
    [0, 0, ["sent", "sent"]],
    [1, 1, [368, "sent"]],
    [2, 3, [368, "sent"]],
    [3, 5, [368, 131031]],
    [4, 7, [368, 131031]],
    [5, 30, [368, 131031]],
  ])("rung %i lasts %i days: template and reply %j", async (rung, days, outcome) => {
    const given = await givenWatched();
    await strikeAt(given, rung);
    expect(await codes(given)).toEqual(outcome);
    const health = (await given.graph("GET", `/${given.accountId}?fields=health_status`)).body.health_status;
    expect(health.can_send_message).toBe({ sent: "AVAILABLE", 368: "LIMITED", 131031: "BLOCKED" }[worst(outcome)]);
    await given.sandbox.advance(Math.max(0, days * dayMs - hourMs));
    expect(await codes(given)).toEqual(outcome);
    await given.sandbox.advance(hourMs);
    expect(await codes(given)).toEqual(["sent", "sent"]);
    const account = (await given.graph("GET", `/${given.accountId}?fields=health_status`)).body;
    expect(account.health_status.can_send_message).toBe("AVAILABLE");
  });

  it("end in a lock, a date and a ban", async () => {
    const given = await givenWatched();
    await strikeAt(given, 6);
    expect(events(given)).toEqual([
      "ACCOUNT_VIOLATION",
      "ACCOUNT_RESTRICTION 3",
      "DISABLED_UPDATE SCHEDULE_FOR_DISABLE",
    ]);
    expect(given.subscriber.values("account_update")[2]?.ban_info.waba_ban_date).toBe("December 22, 2026");
    await given.sandbox.advance(30 * dayMs);
    expect(events(given).at(-1)).toBe("DISABLED_UPDATE DISABLE");
    expect(await codes(given)).toEqual([131031, 131031]);
    const number = (await given.graph("GET", `/${given.number.id}?fields=status`)).body;
    expect(number.status).toBe("BANNED");
  });

  it.each([1, 3, 7])("of rung %i reaches what was accepted before it", async (rung) => {
    const given = await givenWatched();
    const id = await given.send(orderUpdate);
    await strikeAt(given, rung);
    await given.sandbox.advance(secondMs);
    expect(given.statusesOf(id)).toMatchObject([{ status: "failed", errors: [{ code: 131031 }] }]);
  });
});

describe("an appeal", () => {
  it("is granted where nothing measured speaks against the account", async () => {
    const given = await givenWatched();
    await strikeAt(given, 7);
    const { decidedAt } = (await given.control("POST", `/accounts/${given.accountId}/appeal`, {})).body;
    expect(decidedAt).toBe("2026-11-23T20:00:00.000Z");
    await given.sandbox.advance(36 * hourMs);
    expect(events(given).at(-1)).toBe("DISABLED_UPDATE REINSTATE");
    expect((await send(given, person(97), orderUpdate)).messages).toHaveLength(1);
    const { items } = (await given.control("GET", `/mails?to=${given.accountId}`)).body;
    expect(items.at(-1).subject).toBe("Your appeal was granted");
  });

  it("is denied where people's reports do, and can be made once", async () => {
    const given = await givenWatched();
    expect((await given.control("POST", `/accounts/${given.accountId}/appeal`, {})).status).toBe(409);
    await annoy(given, 0, 8);
    await given.control("POST", `/accounts/${given.accountId}/appeal`, {});
    expect((await given.control("POST", `/accounts/${given.accountId}/appeal`, {})).status).toBe(409);
    await given.sandbox.advance(36 * hourMs);
    const { items } = (await given.control("GET", "/mails")).body;
    expect(items.at(-1).subject).toBe("Your appeal was denied");
  });

  it("leaves in force what it was not about", async () => {
    const given = await givenWatched();
    const expiration = Math.floor(given.sandbox.now() / 1000) + 7 * 86_400;
    await given.control("POST", `/accounts/${given.accountId}/events`, {
      event: "ACCOUNT_RESTRICTION",
      restriction_info: [{ restriction_type: "RESTRICTED_UTILITY_TEMPLATES", expiration }],
    });
    await strikeAt(given, 2);
    expect(events(given).at(-1)).toBe("ACCOUNT_RESTRICTION 3");
    await given.control("POST", `/accounts/${given.accountId}/appeal`, {});
    await given.sandbox.advance(36 * hourMs);
    expect(events(given).at(-1)).toBe("ACCOUNT_RESTRICTION 1");
    expect((await send(given, person(97), orderUpdate)).error.code).toBe(131064);
    await given.sandbox.advance(6 * dayMs);
    const account = (await given.control("GET", "")).body.accounts[0];
    expect(account.restrictions).toEqual([]);
  });

  it("is not needed where somebody reinstates by hand", async () => {
    const given = await givenWatched();
    await strikeAt(given, 7);
    await given.control("POST", `/accounts/${given.accountId}/events`, {
      event: "DISABLED_UPDATE",
      ban_info: { waba_ban_state: "REINSTATE", waba_ban_date: "November 22, 2026" },
    });
    expect((await send(given, person(97), orderUpdate)).messages).toHaveLength(1);
  });

  it("saves a locked account from its ban", async () => {
    const given = await givenWatched();
    await strikeAt(given, 6);
    await given.control("POST", `/accounts/${given.accountId}/appeal`, { outcome: "granted" });
    await given.sandbox.advance(31 * dayMs);
    expect(events(given).at(-1)).toBe("DISABLED_UPDATE REINSTATE");
    expect((await send(given, person(97), orderUpdate)).messages).toHaveLength(1);
  });
});

describe("whatever people do", () => {
  it("never sends a template through a restriction, and never climbs by itself more than two steps a day", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ reports: fc.integer({ min: 0, max: 10 }), hours: fc.integer({ min: 1, max: 60 }) }), {
          minLength: 1,
          maxLength: 6,
        }),
        async (rounds) => {
          const given = await givenWatched();
          let day = 0;
          let strikes: string[] = [];
          for (const { reports, hours } of rounds) {
            const restricted = (await given.control("GET", "")).body.accounts[0].restrictions.length > 0;
            const outcome = await send(given, person(90), orderUpdate);
            expect(restricted ? [368, 131031] : ["sent"]).toContain(outcome.error?.code ?? "sent");
            if (!restricted) await annoy(given, day++, reports);
            const now = given.subscriber.values("account_update").map(({ event }) => event as string);
            expect(now.filter((event) => event === "ACCOUNT_VIOLATION").length).toBeLessThanOrEqual(
              strikes.filter((event) => event === "ACCOUNT_VIOLATION").length + 1,
            );
            strikes = now;
            await given.sandbox.advance(hours * hourMs);
          }
          await closeAll();
        },
      ),
      { numRuns: 8, seed: 1 },
    );
  });
});

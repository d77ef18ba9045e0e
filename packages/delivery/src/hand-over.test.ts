import { dayMs, hourMs, instant } from "@loket/kit";
import { describe, expect, it } from "vitest";
import { recordStatuses } from "./index.ts";
import { settle } from "./settle.ts";
import {
  accepted,
  at,
  intendOne,
  isSettled,
  json,
  merge,
  person,
  queued,
  refusal,
  stateOf,
  stops,
  take,
  useLane,
  work,
  write,
} from "./testing-lane.ts";

/** The promises of the road out. */
useLane();

describe("a hand-over", () => {
  it("follows a person who was found to be another, and what that other said", async () => {
    const [from, into] = [await person(hourMs), await person(hourMs)];
    const id = await queued(from);
    await merge(from, into);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("accepted");
    expect(at.handedOver).toHaveLength(1);

    const [again, whoStopped] = [await person(hourMs), await person(hourMs)];
    const second = await queued(again);
    await merge(again, whoStopped);
    await stops(whoStopped);
    await work(isSettled(second));
    expect((await stateOf(second))?.state).toBe("refused");
    expect(at.handedOver).toHaveLength(1);
  });

  it("happens once, with our id in it, and is told", async () => {
    const to = await person(hourMs);
    const id = await queued(to);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("accepted");
    expect(at.handedOver).toHaveLength(1);
    const { rows } = await at.database.admin.query(
      "select id, decision_id, outcome from attempt where delivery_id = $1",
      [id],
    );
    expect(rows).toMatchObject([{ id: at.handedOver[0]?.callbackData, outcome: "accepted" }]);
    expect(rows[0].decision_id).not.toBeNull();
    expect(at.told.map(({ status }) => status)).toEqual(["accepted"]);
  });

  it.each([
    ["a time-out", () => ({ kind: "failed" as const, reason: "timedOut" as const, mayHaveLeft: true, detail: "" })],
    [
      "a broken line",
      () => ({ kind: "failed" as const, reason: "connectionLost" as const, mayHaveLeft: true, detail: "" }),
    ],
    ["a 500 without a word", () => json(500, {})],
    ["a success without an id", () => json(200, { messaging_product: "whatsapp" })],
  ])("that ends in %s is uncertain, and never tried again", async (_what, outcome) => {
    const id = await queued(await person(hourMs));
    at.answer = outcome;
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("uncertain");
    at.answer = accepted;
    const other = await queued(await person(hourMs));
    await work(isSettled(other));
    expect(at.handedOver).toHaveLength(2);
    expect(at.told.map(({ status }) => status)).toEqual(["uncertain", "accepted"]);
  });

  it.each([
    [
      "a refused connection",
      () => ({ kind: "failed" as const, reason: "connectionRefused" as const, mayHaveLeft: false, detail: "" }),
      "queued",
    ],
    ["a throttle", () => refusal(400, 130_429), "queued"],
    ["a refusal", () => refusal(400, 131_026), "refused"],
    ["a locked account", () => refusal(403, 131_031), "refused"],
  ])("that ends in %s is %s", async (_what, outcome, expected) => {
    const id = await queued(await person(hourMs));
    at.answer = outcome;
    await work(
      async () =>
        (await at.database.admin.query("select 1 from attempt where delivery_id = $1 and outcome is not null", [id]))
          .rowCount === 1,
    );
    expect((await stateOf(id))?.state).toBe(expected);
    if (expected === "queued") expect((await stateOf(id))?.not_before.getTime()).toBeGreaterThan(at.now);
  });

  it("does not happen when the person stopped meanwhile", async () => {
    const to = await person(hourMs);
    const id = await queued(to);
    await stops(to);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("refused");
    expect(at.handedOver).toEqual([]);
    expect(at.told[0]?.verdict?.rules.map((rule) => rule.id)).toContain("whatsapp.policy.opt-out-honoured");
  });

  it("does not happen when the window closed meanwhile", async () => {
    const id = await queued(await person(dayMs - hourMs));
    at.now = instant(at.now + 2 * hourMs);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("refused");
    expect(at.handedOver).toEqual([]);
  });

  it("does not happen when the message is too old", async () => {
    const id = await queued(await person(hourMs), "late", hourMs);
    at.now = instant(at.now + hourMs);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("expired");
    expect(at.told).toMatchObject([{ status: "failed", failure: { code: "delivery.expired" } }]);
  });

  it("keeps the order within an address, also when the first must wait", async () => {
    const to = await person(hourMs);
    const first = await queued(to, "first");
    const second = await queued(to, "second");
    let refusals = 1;
    at.answer = () => (refusals-- > 0 ? refusal(400, 131_056) : accepted());
    await work(
      async () =>
        (await at.database.admin.query("select 1 from attempt where delivery_id = $1", [first])).rowCount === 1 &&
        !["handing-over"].includes((await stateOf(first))?.state ?? ""),
    );
    expect((await stateOf(second))?.state).toBe("queued");
    at.now = instant(at.now + 10 * 60_000);
    await work(isSettled(second));
    const { rows } = await at.database.admin.query<{ delivery_id: string }>(
      "select delivery_id from attempt where outcome = 'accepted' and delivery_id = any($1::uuid[]) order by id",
      [[first, second]],
    );
    expect(rows.map((row) => row.delivery_id)).toEqual([first, second]);
  });
});

describe("a change of hands", () => {
  it("shuts every door to the one who was away", async () => {
    const id = await queued(await person(hourMs));
    await take();
    const intent = await intendOne(id);
    expect(intent).toBeUndefined();
  });

  it("makes what was under way uncertain, until a status settles it", async () => {
    const id = await queued(await person(hourMs));
    const intent = await intendOne(id);
    expect((await stateOf(id))?.state).toBe("handing-over");
    at.lane = await take();
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("uncertain");
    expect(at.handedOver).toEqual([]);

    const status = {
      kind: "statusChanged" as const,
      eventKey: "k",
      at: at.now,
      path: "",
      sender: {},
      providerId: "wamid.late",
      status: "delivered" as const,
      callbackData: intent?.attemptId ?? "",
    };
    await at.database.worker.inOrganisation(at.organisationId, (tx) =>
      recordStatuses(tx, at.ports, at.senderId, [status]),
    );
    expect((await stateOf(id))?.state).toBe("accepted");
    expect(at.told.map(({ status: told_ }) => told_)).toEqual(["uncertain", "accepted", "delivered"]);
  });

  it("leaves the answer of the one who was away its worth, if it is one", async () => {
    const id = await queued(await person(hourMs));
    const intent = await intendOne(id);
    at.lane = await take();
    await work(isSettled(id));
    await at.database.worker.inOrganisation(at.organisationId, (tx) =>
      settle(tx, at.ports, [
        { attemptId: intent?.attemptId as never, outcome: { kind: "accepted", providerId: "wamid.slow" } },
      ]),
    );
    expect((await stateOf(id))?.state).toBe("accepted");
  });

  it("by a status that overtakes the answer, keeps a retry from happening", async () => {
    const id = await queued(await person(hourMs));
    const intent = await intendOne(id);
    await at.database.worker.inOrganisation(at.organisationId, (tx) =>
      recordStatuses(tx, at.ports, at.senderId, [
        {
          kind: "statusChanged",
          eventKey: "k",
          at: at.now,
          path: "",
          sender: {},
          providerId: "wamid.fast",
          status: "sent",
          callbackData: intent?.attemptId ?? "",
        },
      ]),
    );
    await at.database.worker.inOrganisation(at.organisationId, (tx) =>
      settle(tx, at.ports, [
        {
          attemptId: intent?.attemptId as never,
          outcome: {
            kind: "retryable",
            notBeforeMs: 0,
            scope: "sender",
            failure: { reason: "throttled", code: "130429", title: "slow down" },
          },
        },
      ]),
    );
    expect((await stateOf(id))?.state).toBe("accepted");
  });
});

describe("asking first", () => {
  it("refuses outside the window, keeps the judgement, and queues nothing", async () => {
    const outcome = await write(await person(dayMs), "exactly a day later");
    expect(outcome.kind).toBe("refused");
    const { rows } = await at.database.admin.query("select outcome, stage from decision where organisation_id = $1", [
      at.organisationId,
    ]);
    expect(rows).toEqual([{ outcome: "refuse", stage: "enqueue" }]);
    expect(
      (await at.database.admin.query("select 1 from delivery where organisation_id = $1", [at.organisationId]))
        .rowCount,
    ).toBe(0);
  });

  it("says yes one millisecond before the day is over", async () => {
    expect((await write(await person(dayMs - 1), "just in time")).kind).toBe("queued");
  });
});

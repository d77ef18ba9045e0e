import { dayMs, hourMs, instant, systemRandom } from "@loket/kit";
import { describe, expect, it } from "vitest";
import { type Intent, intend } from "./hand-over.ts";
import { enqueue, recordStatuses } from "./index.ts";
import { settle } from "./settle.ts";
import {
  at,
  clock,
  ids,
  intendOne,
  isSettled,
  keys,
  person,
  queued,
  stateOf,
  stops,
  take,
  useLane,
  work,
} from "./testing-lane.ts";

useLane();

describe("hand-overs that are judged together", () => {
  const intendAll = (ids: readonly Intent["deliveryId"][]) =>
    at.database.worker.inOrganisation(at.organisationId, (tx) => intend(tx, at.ports, at.lane, ids));

  it("are each what it would be alone: one leaves, one is refused, one is too old, one is somebody else's already", async () => {
    const [goes, stopped, late, taken] = [
      await person(hourMs),
      await person(hourMs),
      await person(hourMs),
      await person(hourMs),
    ];
    const ids = [
      await queued(goes),
      await queued(stopped),
      await queued(late, "late", 1_000),
      await queued(taken),
    ] as const;
    await intendAll([ids[3]]);
    await stops(stopped);
    at.now = instant(at.now + 1_000);
    const intents = await intendAll(ids);
    expect(intents.map((intent) => intent.deliveryId)).toEqual([ids[0]]);
    expect(await Promise.all(ids.map(async (id) => (await stateOf(id))?.state))).toEqual([
      "handing-over",
      "refused",
      "expired",
      "handing-over",
    ]);
    const { rows } = await at.database.admin.query<{ type: string }>(
      "select type from evidence_entry where organisation_id = $1 and type like 'attempt.%'",
      [at.organisationId],
    );
    expect(rows.map((row) => row.type)).toEqual(["attempt.intent", "attempt.intent"]);
  });

  it("take one of each person at a time, so that the second is judged by the first", async () => {
    const to = await person(hourMs);
    const [first, second] = [await queued(to, "first"), await queued(to, "second")];
    expect((await intendAll([second, first])).map((intent) => intent.deliveryId)).toEqual([first]);
    expect((await stateOf(second))?.state).toBe("queued");
  });

  it("fill the portfolio's limit to the last place, and not beyond", async () => {
    await at.database.admin.query("update sender set portfolio_limit = 3 where id = $1", [at.senderId]);
    await at.database.admin.query(
      `insert into template (organisation_id, id, sender_id, name, language, category, status, components, provider_id, synced_at)
       values ($1, $2, $3, 'parcel', 'nl', 'UTILITY', 'APPROVED', '[{"type":"BODY","text":"Uw pakket is er."}]', '1', now())`,
      [at.organisationId, ids.next(), at.senderId],
    );
    const deliveries: Intent["deliveryId"][] = [];
    for (let count = 0; count < 5; count++) {
      const to = await person(null);
      await at.database.admin.query(
        `insert into consent (organisation_id, id, contact_id, purpose, channel, action, method, kind, evidence_class, names_business, names_channel, at, recorded_at)
         values ($1, $2, $3, 'transactional', 'whatsapp', 'granted', 'web-form', 'express', 'C', true, true, to_timestamp($4::float8 / 1000), now())`,
        [at.organisationId, ids.next(), to.contactId, at.now - dayMs],
      );
      const outcome = await at.database.app.inOrganisation(at.organisationId, (tx) =>
        enqueue(
          tx,
          { ids, clock, keys, random: systemRandom },
          {
            senderId: at.senderId,
            contactId: to.contactId,
            addressId: to.addressId,
            content: { type: "template", template: { name: "parcel", language: { code: "nl" } } },
            messageId: ids.next<"message">(),
            expiresAt: instant(at.now + dayMs),
          },
        ),
      );
      if (outcome.kind !== "queued") throw new Error(`It was not queued: ${outcome.kind}`);
      deliveries.push(outcome.deliveryId);
    }
    const left = (await intendAll(deliveries)).length;
    await at.database.admin.query("update sender set portfolio_limit = null where id = $1", [at.senderId]);
    expect(left).toBe(3);
  });

  it("do not stand in each other's way when one of them cannot be judged", async () => {
    const [well, broken] = [await queued(await person(hourMs)), await queued(await person(hourMs))];
    await at.database.admin.query(
      `update delivery set content = '{"type":"template","template":{"name":"x"}}' where id = $1`,
      [broken],
    );
    await work(isSettled(well));
    expect((await stateOf(well))?.state).toBe("accepted");
    expect((await stateOf(broken))?.state).toBe("queued");
  });

  it("wait again when only the answer to their commit was lost, and are handed over once", async () => {
    const [one, other] = [await queued(await person(hourMs)), await queued(await person(hourMs))];
    let lost = 0;
    const inOrganisation: typeof at.database.worker.inOrganisation = async (organisation, body) => {
      const result = await at.database.worker.inOrganisation(organisation, body);
      const { rowCount } = await at.database.admin.query("select 1 from attempt where organisation_id = $1", [
        at.organisationId,
      ]);
      if (lost === 0 && (rowCount ?? 0) > 0) {
        lost += 1;
        throw Object.assign(new Error("connection lost after the commit"), { code: "08006" });
      }
      return result;
    };
    at.ports = { ...at.ports, worker: { ...at.database.worker, inOrganisation } };
    await work(async () => {
      at.now = instant(at.now + 1_000);
      return (await isSettled(one)()) && (await isSettled(other)());
    });
    expect(lost).toBe(1);
    expect([(await stateOf(one))?.state, (await stateOf(other))?.state]).toEqual(["accepted", "accepted"]);
    expect(at.handedOver).toHaveLength(2);
  });

  it("do not wait again for a campaign that ended while they were thought to be uncertain", async () => {
    const id = await queued(await person(hourMs));
    const intent = await intendOne(id);
    at.lane = await take();
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("uncertain");
    const campaignId = ids.next();
    await at.database.admin.query(
      `insert into campaign (organisation_id, id, name, sender_id, kind, template, audience, state, canary_count, expires_at, created_at, started_at, ended_at)
       values ($1, $2, 'x', $3, 'marketing', '{}', '{}', 'done', 0, now(), now(), now(), now())`,
      [at.organisationId, campaignId, at.senderId],
    );
    await at.database.admin.query("update delivery set campaign_id = $2 where id = $1", [id, campaignId]);
    const failure = { reason: "throttled" as const, code: "130429", title: "slow down" };
    await at.database.worker.inOrganisation(at.organisationId, (tx) =>
      settle(tx, at.ports, [
        {
          attemptId: intent?.attemptId as never,
          outcome: { kind: "retryable", notBeforeMs: 0, scope: "sender", failure },
        },
      ]),
    );
    expect((await stateOf(id))?.state).toBe("cancelled");
  });

  it("hear their statuses together, each as if it came alone", async () => {
    const to = [await person(hourMs), await person(hourMs)];
    const deliveries = [await queued(to[0] as never), await queued(to[1] as never)];
    const intents = await intendAll(deliveries);
    const event = (place: number, status: "sent" | "delivered" | "read") => ({
      kind: "statusChanged" as const,
      eventKey: `${place} ${status}`,
      at: at.now,
      path: "",
      sender: {},
      providerId: `wamid.${place}`,
      status,
      callbackData: intents[place]?.attemptId ?? "",
    });
    await at.database.worker.inOrganisation(at.organisationId, (tx) =>
      recordStatuses(tx, at.ports, at.senderId, [
        event(0, "sent"),
        event(1, "delivered"),
        event(0, "read"),
        event(1, "sent"),
      ]),
    );
    expect(await Promise.all(deliveries.map(async (id) => (await stateOf(id))?.state))).toEqual([
      "accepted",
      "accepted",
    ]);
    expect(at.told.map((each) => [deliveries.indexOf(each.deliveryId as never), each.status])).toEqual([
      [0, "accepted"],
      [0, "sent"],
      [1, "accepted"],
      [1, "delivered"],
      [0, "read"],
      [1, "sent"],
    ]);
  });
});

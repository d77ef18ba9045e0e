import type { Network } from "@loket/channels";
import { createTestDatabase, type TestDatabase } from "@loket/database/testing";
import {
  type AddressId,
  type ContactId,
  createIds,
  createKeys,
  dayMs,
  hourMs,
  type Instant,
  instant,
  type OrganisationId,
  type SenderId,
  seededRandom,
  systemClock,
  systemRandom,
} from "@loket/kit";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Progress } from "./delivery.ts";
import { type DispatchPorts, workLane } from "./dispatch.ts";
import { type Intent, intend } from "./hand-over.ts";
import { enqueue, type Lane, recordStatuses, releaseDeadLanes, takeLanes } from "./index.ts";
import { settle } from "./settle.ts";

/** The promises of the road out, against a real database and a platform that does what each case says. */
let database: TestDatabase;
let organisationId: OrganisationId;
let senderId: SenderId;
let lane: Lane;
let now: Instant;
let told: Progress[];
let handedOver: { to: string; callbackData: string }[];
let answer: (body: { to: string; biz_opaque_callback_data: string }) => Awaited<ReturnType<Network["request"]>>;

const ids = createIds(systemClock, systemRandom);
const keys = createKeys(new Uint8Array(32));
const clock = { now: () => now, monotonicMs: () => performance.now(), sleep: systemClock.sleep };
const json = (status: number, body: unknown) => ({
  kind: "answered" as const,
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify(body)),
  url: "https://graph.facebook.com/",
});
const accepted = () =>
  json(200, { messaging_product: "whatsapp", contacts: [], messages: [{ id: `wamid.${ids.next()}` }] });
const refusal = (status: number, code: number) =>
  json(status, { error: { message: `(#${code}) no`, type: "OAuthException", code, fbtrace_id: "x" } });

const network: Network = {
  async request({ body }) {
    const sent = JSON.parse(String(body)) as { to: string; biz_opaque_callback_data: string };
    handedOver.push({ to: sent.to, callbackData: sent.biz_opaque_callback_data });
    return answer(sent);
  },
};
let ports: DispatchPorts;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

beforeEach(async () => {
  organisationId = ids.next<"organisation">();
  senderId = ids.next<"sender">();
  now = instant(Date.parse("2026-11-10T10:00:00Z"));
  told = [];
  handedOver = [];
  answer = accepted;
  const inboxId = ids.next();
  await database.app.inOrganisation(organisationId, async (tx) => {
    await tx.query(
      "insert into organisation (organisation_id, kind, name, locale, time_zone, home_country, created_at) values ($1, 'business', 'x', 'nl', 'Europe/Amsterdam', 'NL', now())",
      [organisationId],
    );
    await tx.query("insert into inbox (organisation_id, id, name, created_at) values ($1, $2, 'x', now())", [
      organisationId,
      inboxId,
    ]);
    await tx.query(
      "insert into sender (organisation_id, id, channel, inbox_id, name, address, country, provider_account_id, provider_sender_id, state, created_at) values ($1, $2, 'whatsapp', $3, 'x', '+31108080101', 'NL', '1', '2', 'connected', now())",
      [organisationId, senderId, inboxId],
    );
    await tx.query("insert into lane (organisation_id, sender_id, direction) values ($1, $2, 'out')", [
      organisationId,
      senderId,
    ]);
  });
  ports = {
    clock,
    ids,
    random: seededRandom(1),
    keys,
    worker: database.worker,
    network,
    log: () => {},
    account: async () => ({
      account: { channel: "whatsapp", numberId: "2", accessToken: "token" },
      messagesPerSecond: 80,
    }),
    brake: async () => {},
    progress: async (_tx, progress) => void told.push(...progress),
  };
  lane = await take();
});

/** Takes the lane as another process would: whoever held it before is dead. */
async function take(): Promise<Lane> {
  await releaseDeadLanes(database.worker);
  const mine = (await takeLanes(database.worker, ids.next(), 1_000)).find((each) => each.senderId === senderId);
  if (!mine) throw new Error("The lane was not to be had.");
  return mine;
}

let people = 0;
async function person(
  lastInboundAgoMs: number | null,
): Promise<{ contactId: ContactId; addressId: AddressId; phone: string }> {
  const contactId = ids.next<"contact">();
  const addressId = ids.next<"address">();
  const phone = `+316200${String(10_000 + people++)}`;
  await database.app.inOrganisation(organisationId, async (tx) => {
    await tx.query(
      "insert into contact (organisation_id, id, name, region, created_at) values ($1, $2, 'P', 'NL', now())",
      [organisationId, contactId],
    );
    await tx.query(
      "insert into address (organisation_id, id, contact_id, channel, kind, value, created_at) values ($1, $2, $3, 'whatsapp', 'phone', $4, now())",
      [organisationId, addressId, contactId, phone],
    );
    if (lastInboundAgoMs !== null) {
      await tx.query(
        "insert into leg (organisation_id, sender_id, address_id, last_inbound_at) values ($1, $2, $3, to_timestamp($4::float8 / 1000))",
        [organisationId, senderId, addressId, now - lastInboundAgoMs],
      );
    }
  });
  return { contactId, addressId, phone };
}

const write = (to: { contactId: ContactId; addressId: AddressId }, text: string, expiresInMs = dayMs) =>
  database.app.inOrganisation(organisationId, (tx) =>
    enqueue(
      tx,
      { ids, clock, keys, random: systemRandom },
      {
        senderId,
        ...to,
        content: { type: "text", text: { body: text } },
        messageId: ids.next<"message">(),
        priority: 0,
        expiresAt: instant(now + expiresInMs),
      },
    ),
  );

async function queued(to: { contactId: ContactId; addressId: AddressId }, text = "hello", expiresInMs?: number) {
  const outcome = await write(to, text, expiresInMs);
  if (outcome.kind !== "queued") throw new Error(`It was not queued: ${outcome.kind}`);
  return outcome.deliveryId;
}
const stateOf = async (id: string) =>
  (
    await database.admin.query<{ state: string; not_before: Date }>(
      "select state, not_before from delivery where id = $1",
      [id],
    )
  ).rows[0];

/** Works the lane until `done` says so. */
async function work(done: () => Promise<boolean> | boolean): Promise<void> {
  const stop = new AbortController();
  const working = workLane(ports, lane, stop.signal, (waitMs) => systemClock.sleep(Math.min(waitMs, 5), stop.signal));
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await working;
}
const isSettled = (id: string) => async () => !["queued", "handing-over"].includes((await stateOf(id))?.state ?? "");

/** Wrote STOP a second ago. */
const stops = (one: { contactId: ContactId; addressId: AddressId }) =>
  database.app.inOrganisation(organisationId, async (tx) => {
    await tx.query(
      "update leg set last_inbound_at = to_timestamp($3::float8 / 1000), last_inbound_was_opt_out = true where organisation_id = $1 and address_id = $2",
      [organisationId, one.addressId, now - 1_000],
    );
    await tx.query(
      "insert into suppression (organisation_id, id, contact_id, scope, channel, source, at, recorded_at) values ($1, $2, $3, 'all', 'whatsapp', 'keyword', to_timestamp($4::float8 / 1000), now())",
      [organisationId, ids.next(), one.contactId, now - 1_000],
    );
  });

/** One turned out to be the other: as contacts are merged, addresses go along. */
const merge = (from: { contactId: ContactId }, into: { contactId: ContactId }) =>
  database.app.inOrganisation(organisationId, async (tx) => {
    const ids = [organisationId, from.contactId, into.contactId];
    await tx.query("update address set contact_id = $3 where organisation_id = $1 and contact_id = $2", ids);
    await tx.query("update contact set merged_into = $3 where organisation_id = $1 and id = $2", ids);
  });

describe("a hand-over", () => {
  it("follows a person who was found to be another, and what that other said", async () => {
    const [from, into] = [await person(hourMs), await person(hourMs)];
    const id = await queued(from);
    await merge(from, into);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("accepted");
    expect(handedOver).toHaveLength(1);

    const [again, whoStopped] = [await person(hourMs), await person(hourMs)];
    const second = await queued(again);
    await merge(again, whoStopped);
    await stops(whoStopped);
    await work(isSettled(second));
    expect((await stateOf(second))?.state).toBe("refused");
    expect(handedOver).toHaveLength(1);
  });

  it("happens once, with our id in it, and is told", async () => {
    const to = await person(hourMs);
    const id = await queued(to);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("accepted");
    expect(handedOver).toHaveLength(1);
    const { rows } = await database.admin.query("select id, decision_id, outcome from attempt where delivery_id = $1", [
      id,
    ]);
    expect(rows).toMatchObject([{ id: handedOver[0]?.callbackData, outcome: "accepted" }]);
    expect(rows[0].decision_id).not.toBeNull();
    expect(told.map(({ status }) => status)).toEqual(["accepted"]);
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
    answer = outcome;
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("uncertain");
    answer = accepted;
    const other = await queued(await person(hourMs));
    await work(isSettled(other));
    expect(handedOver).toHaveLength(2);
    expect(told.map(({ status }) => status)).toEqual(["uncertain", "accepted"]);
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
    answer = outcome;
    await work(
      async () =>
        (await database.admin.query("select 1 from attempt where delivery_id = $1 and outcome is not null", [id]))
          .rowCount === 1,
    );
    expect((await stateOf(id))?.state).toBe(expected);
    if (expected === "queued") expect((await stateOf(id))?.not_before.getTime()).toBeGreaterThan(now);
  });

  it("does not happen when the person stopped meanwhile", async () => {
    const to = await person(hourMs);
    const id = await queued(to);
    await stops(to);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("refused");
    expect(handedOver).toEqual([]);
    expect(told[0]?.verdict?.rules.map((rule) => rule.id)).toContain("whatsapp.policy.opt-out-honoured");
  });

  it("does not happen when the window closed meanwhile", async () => {
    const id = await queued(await person(dayMs - hourMs));
    now = instant(now + 2 * hourMs);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("refused");
    expect(handedOver).toEqual([]);
  });

  it("does not happen when the message is too old", async () => {
    const id = await queued(await person(hourMs), "late", hourMs);
    now = instant(now + hourMs);
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("expired");
    expect(told).toMatchObject([{ status: "failed", failure: { code: "delivery.expired" } }]);
  });

  it("keeps the order within an address, also when the first must wait", async () => {
    const to = await person(hourMs);
    const first = await queued(to, "first");
    const second = await queued(to, "second");
    let refusals = 1;
    answer = () => (refusals-- > 0 ? refusal(400, 131_056) : accepted());
    await work(
      async () =>
        (await database.admin.query("select 1 from attempt where delivery_id = $1", [first])).rowCount === 1 &&
        !["handing-over"].includes((await stateOf(first))?.state ?? ""),
    );
    expect((await stateOf(second))?.state).toBe("queued");
    now = instant(now + 10 * 60_000);
    await work(isSettled(second));
    const { rows } = await database.admin.query<{ delivery_id: string }>(
      "select delivery_id from attempt where outcome = 'accepted' and delivery_id = any($1::uuid[]) order by id",
      [[first, second]],
    );
    expect(rows.map((row) => row.delivery_id)).toEqual([first, second]);
  });
});

const intendOne = async (id: Intent["deliveryId"]): Promise<Intent | undefined> =>
  (await database.worker.inOrganisation(organisationId, (tx) => intend(tx, ports, lane, [id])))[0];

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
    lane = await take();
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("uncertain");
    expect(handedOver).toEqual([]);

    const status = {
      kind: "statusChanged" as const,
      eventKey: "k",
      at: now,
      path: "",
      sender: {},
      providerId: "wamid.late",
      status: "delivered" as const,
      callbackData: intent?.attemptId ?? "",
    };
    await database.worker.inOrganisation(organisationId, (tx) => recordStatuses(tx, ports, senderId, [status]));
    expect((await stateOf(id))?.state).toBe("accepted");
    expect(told.map(({ status: told_ }) => told_)).toEqual(["uncertain", "accepted", "delivered"]);
  });

  it("leaves the answer of the one who was away its worth, if it is one", async () => {
    const id = await queued(await person(hourMs));
    const intent = await intendOne(id);
    lane = await take();
    await work(isSettled(id));
    await database.worker.inOrganisation(organisationId, (tx) =>
      settle(tx, ports, [
        { attemptId: intent?.attemptId as never, outcome: { kind: "accepted", providerId: "wamid.slow" } },
      ]),
    );
    expect((await stateOf(id))?.state).toBe("accepted");
  });

  it("by a status that overtakes the answer, keeps a retry from happening", async () => {
    const id = await queued(await person(hourMs));
    const intent = await intendOne(id);
    await database.worker.inOrganisation(organisationId, (tx) =>
      recordStatuses(tx, ports, senderId, [
        {
          kind: "statusChanged",
          eventKey: "k",
          at: now,
          path: "",
          sender: {},
          providerId: "wamid.fast",
          status: "sent",
          callbackData: intent?.attemptId ?? "",
        },
      ]),
    );
    await database.worker.inOrganisation(organisationId, (tx) =>
      settle(tx, ports, [
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

describe("hand-overs that are judged together", () => {
  const intendAll = (ids: readonly Intent["deliveryId"][]) =>
    database.worker.inOrganisation(organisationId, (tx) => intend(tx, ports, lane, ids));

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
    now = instant(now + 1_000);
    const intents = await intendAll(ids);
    expect(intents.map((intent) => intent.deliveryId)).toEqual([ids[0]]);
    expect(await Promise.all(ids.map(async (id) => (await stateOf(id))?.state))).toEqual([
      "handing-over",
      "refused",
      "expired",
      "handing-over",
    ]);
    const { rows } = await database.admin.query<{ type: string }>(
      "select type from evidence_entry where organisation_id = $1 and type like 'attempt.%'",
      [organisationId],
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
    await database.admin.query("update sender set portfolio_limit = 3 where id = $1", [senderId]);
    await database.admin.query(
      `insert into template (organisation_id, id, sender_id, name, language, category, status, components, provider_id, synced_at)
       values ($1, $2, $3, 'parcel', 'nl', 'UTILITY', 'APPROVED', '[{"type":"BODY","text":"Uw pakket is er."}]', '1', now())`,
      [organisationId, ids.next(), senderId],
    );
    const deliveries: Intent["deliveryId"][] = [];
    for (let count = 0; count < 5; count++) {
      const to = await person(null);
      await database.admin.query(
        `insert into consent (organisation_id, id, contact_id, purpose, channel, action, method, kind, evidence_class, names_business, names_channel, at, recorded_at)
         values ($1, $2, $3, 'transactional', 'whatsapp', 'granted', 'web-form', 'express', 'C', true, true, to_timestamp($4::float8 / 1000), now())`,
        [organisationId, ids.next(), to.contactId, now - dayMs],
      );
      const outcome = await database.app.inOrganisation(organisationId, (tx) =>
        enqueue(
          tx,
          { ids, clock, keys, random: systemRandom },
          {
            senderId,
            contactId: to.contactId,
            addressId: to.addressId,
            content: { type: "template", template: { name: "parcel", language: { code: "nl" } } },
            messageId: ids.next<"message">(),
            expiresAt: instant(now + dayMs),
          },
        ),
      );
      if (outcome.kind !== "queued") throw new Error(`It was not queued: ${outcome.kind}`);
      deliveries.push(outcome.deliveryId);
    }
    const left = (await intendAll(deliveries)).length;
    await database.admin.query("update sender set portfolio_limit = null where id = $1", [senderId]);
    expect(left).toBe(3);
  });

  it("do not stand in each other's way when one of them cannot be judged", async () => {
    const [well, broken] = [await queued(await person(hourMs)), await queued(await person(hourMs))];
    await database.admin.query(
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
    const inOrganisation: typeof database.worker.inOrganisation = async (organisation, body) => {
      const result = await database.worker.inOrganisation(organisation, body);
      const { rowCount } = await database.admin.query("select 1 from attempt where organisation_id = $1", [
        organisationId,
      ]);
      if (lost === 0 && (rowCount ?? 0) > 0) {
        lost += 1;
        throw Object.assign(new Error("connection lost after the commit"), { code: "08006" });
      }
      return result;
    };
    ports = { ...ports, worker: { ...database.worker, inOrganisation } };
    await work(async () => {
      now = instant(now + 1_000);
      return (await isSettled(one)()) && (await isSettled(other)());
    });
    expect(lost).toBe(1);
    expect([(await stateOf(one))?.state, (await stateOf(other))?.state]).toEqual(["accepted", "accepted"]);
    expect(handedOver).toHaveLength(2);
  });

  it("do not wait again for a campaign that ended while they were thought to be uncertain", async () => {
    const id = await queued(await person(hourMs));
    const intent = await intendOne(id);
    lane = await take();
    await work(isSettled(id));
    expect((await stateOf(id))?.state).toBe("uncertain");
    const campaignId = ids.next();
    await database.admin.query(
      `insert into campaign (organisation_id, id, name, sender_id, kind, template, audience, state, canary_count, expires_at, created_at, started_at, ended_at)
       values ($1, $2, 'x', $3, 'marketing', '{}', '{}', 'done', 0, now(), now(), now(), now())`,
      [organisationId, campaignId, senderId],
    );
    await database.admin.query("update delivery set campaign_id = $2 where id = $1", [id, campaignId]);
    const failure = { reason: "throttled" as const, code: "130429", title: "slow down" };
    await database.worker.inOrganisation(organisationId, (tx) =>
      settle(tx, ports, [
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
      at: now,
      path: "",
      sender: {},
      providerId: `wamid.${place}`,
      status,
      callbackData: intents[place]?.attemptId ?? "",
    });
    await database.worker.inOrganisation(organisationId, (tx) =>
      recordStatuses(tx, ports, senderId, [
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
    expect(told.map((each) => [deliveries.indexOf(each.deliveryId as never), each.status])).toEqual([
      [0, "accepted"],
      [0, "sent"],
      [1, "accepted"],
      [1, "delivered"],
      [0, "read"],
      [1, "sent"],
    ]);
  });
});

describe("asking first", () => {
  it("refuses outside the window, keeps the judgement, and queues nothing", async () => {
    const outcome = await write(await person(dayMs), "exactly a day later");
    expect(outcome.kind).toBe("refused");
    const { rows } = await database.admin.query("select outcome, stage from decision where organisation_id = $1", [
      organisationId,
    ]);
    expect(rows).toEqual([{ outcome: "refuse", stage: "enqueue" }]);
    expect(
      (await database.admin.query("select 1 from delivery where organisation_id = $1", [organisationId])).rowCount,
    ).toBe(0);
  });

  it("says yes one millisecond before the day is over", async () => {
    expect((await write(await person(dayMs - 1), "just in time")).kind).toBe("queued");
  });
});

import type { Network } from "@loket/channels";
import { createTestDatabase, type TestDatabase } from "@loket/database/testing";
import {
  type AddressId,
  type ContactId,
  createIds,
  createKeys,
  dayMs,
  type Instant,
  instant,
  type OrganisationId,
  type SenderId,
  seededRandom,
  systemClock,
  systemRandom,
} from "@loket/kit";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { Progress } from "./delivery.ts";
import { type DispatchPorts, workLane } from "./dispatch.ts";
import { type Intent, intend } from "./hand-over.ts";
import { enqueue, type Lane, releaseDeadLanes, takeLanes } from "./index.ts";

/** One sender's lane against a real database, and a platform that does what each case says. */
export interface LaneAtWork {
  database: TestDatabase;
  organisationId: OrganisationId;
  senderId: SenderId;
  lane: Lane;
  now: Instant;
  told: Progress[];
  handedOver: { to: string; callbackData: string }[];
  answer: (body: { to: string; biz_opaque_callback_data: string }) => Awaited<ReturnType<Network["request"]>>;
  ports: DispatchPorts;
}
export const at = {} as LaneAtWork;

export const ids = createIds(systemClock, systemRandom);
export const keys = createKeys(new Uint8Array(32));
export const clock = { now: () => at.now, monotonicMs: () => performance.now(), sleep: systemClock.sleep };
export const json = (status: number, body: unknown) => ({
  kind: "answered" as const,
  status,
  headers: { "content-type": "application/json" },
  body: Buffer.from(JSON.stringify(body)),
  url: "https://graph.facebook.com/",
});
export const accepted = () =>
  json(200, { messaging_product: "whatsapp", contacts: [], messages: [{ id: `wamid.${ids.next()}` }] });
export const refusal = (status: number, code: number) =>
  json(status, { error: { message: `(#${code}) no`, type: "OAuthException", code, fbtrace_id: "x" } });

const network: Network = {
  async request({ body }) {
    const sent = JSON.parse(String(body)) as { to: string; biz_opaque_callback_data: string };
    at.handedOver.push({ to: sent.to, callbackData: sent.biz_opaque_callback_data });
    return at.answer(sent);
  },
};

/** Before each test an organisation, a sender and its lane, new. */
export function useLane(): void {
  beforeAll(async () => {
    at.database = await createTestDatabase();
  });
  afterAll(() => at.database.drop());

  beforeEach(async () => {
    at.organisationId = ids.next<"organisation">();
    at.senderId = ids.next<"sender">();
    at.now = instant(Date.parse("2026-11-10T10:00:00Z"));
    at.told = [];
    at.handedOver = [];
    at.answer = accepted;
    const inboxId = ids.next();
    await at.database.app.inOrganisation(at.organisationId, async (tx) => {
      await tx.query(
        "insert into organisation (organisation_id, kind, name, locale, time_zone, home_country, created_at) values ($1, 'business', 'x', 'nl', 'Europe/Amsterdam', 'NL', now())",
        [at.organisationId],
      );
      await tx.query("insert into inbox (organisation_id, id, name, created_at) values ($1, $2, 'x', now())", [
        at.organisationId,
        inboxId,
      ]);
      await tx.query(
        "insert into sender (organisation_id, id, channel, inbox_id, name, address, country, provider_account_id, provider_sender_id, state, created_at) values ($1, $2, 'whatsapp', $3, 'x', '+31108080101', 'NL', '1', '2', 'connected', now())",
        [at.organisationId, at.senderId, inboxId],
      );
      await tx.query("insert into lane (organisation_id, sender_id, direction) values ($1, $2, 'out')", [
        at.organisationId,
        at.senderId,
      ]);
    });
    at.ports = {
      clock,
      ids,
      random: seededRandom(1),
      keys,
      worker: at.database.worker,
      network,
      log: () => {},
      account: async () => ({
        account: { channel: "whatsapp", numberId: "2", accessToken: "token" },
        messagesPerSecond: 80,
      }),
      brake: async () => {},
      progress: async (_tx, progress) => void at.told.push(...progress),
    };
    at.lane = await take();
  });
}

/** Takes the lane as another process would: whoever held it before is dead. */
export async function take(): Promise<Lane> {
  await releaseDeadLanes(at.database.worker);
  const mine = (await takeLanes(at.database.worker, ids.next(), 1_000)).find((each) => each.senderId === at.senderId);
  if (!mine) throw new Error("The lane was not to be had.");
  return mine;
}

let people = 0;
export async function person(
  lastInboundAgoMs: number | null,
): Promise<{ contactId: ContactId; addressId: AddressId; phone: string }> {
  const contactId = ids.next<"contact">();
  const addressId = ids.next<"address">();
  const phone = `+316200${String(10_000 + people++)}`;
  await at.database.app.inOrganisation(at.organisationId, async (tx) => {
    await tx.query(
      "insert into contact (organisation_id, id, name, region, created_at) values ($1, $2, 'P', 'NL', now())",
      [at.organisationId, contactId],
    );
    await tx.query(
      "insert into address (organisation_id, id, contact_id, channel, kind, value, created_at) values ($1, $2, $3, 'whatsapp', 'phone', $4, now())",
      [at.organisationId, addressId, contactId, phone],
    );
    if (lastInboundAgoMs !== null) {
      await tx.query(
        "insert into leg (organisation_id, sender_id, address_id, last_inbound_at) values ($1, $2, $3, to_timestamp($4::float8 / 1000))",
        [at.organisationId, at.senderId, addressId, at.now - lastInboundAgoMs],
      );
    }
  });
  return { contactId, addressId, phone };
}

export const write = (to: { contactId: ContactId; addressId: AddressId }, text: string, expiresInMs = dayMs) =>
  at.database.app.inOrganisation(at.organisationId, (tx) =>
    enqueue(
      tx,
      { ids, clock, keys, random: systemRandom },
      {
        senderId: at.senderId,
        ...to,
        content: { type: "text", text: { body: text } },
        messageId: ids.next<"message">(),
        priority: 0,
        expiresAt: instant(at.now + expiresInMs),
      },
    ),
  );

export async function queued(to: { contactId: ContactId; addressId: AddressId }, text = "hello", expiresInMs?: number) {
  const outcome = await write(to, text, expiresInMs);
  if (outcome.kind !== "queued") throw new Error(`It was not queued: ${outcome.kind}`);
  return outcome.deliveryId;
}
export const stateOf = async (id: string) =>
  (
    await at.database.admin.query<{ state: string; not_before: Date }>(
      "select state, not_before from delivery where id = $1",
      [id],
    )
  ).rows[0];

/** Works the lane until `done` says so. */
export async function work(done: () => Promise<boolean> | boolean): Promise<void> {
  const stop = new AbortController();
  const working = workLane(at.ports, at.lane, stop.signal, (waitMs) =>
    systemClock.sleep(Math.min(waitMs, 5), stop.signal),
  );
  while (!(await done())) await new Promise((resolve) => setTimeout(resolve, 5));
  stop.abort();
  await working;
}
export const isSettled = (id: string) => async () =>
  !["queued", "handing-over"].includes((await stateOf(id))?.state ?? "");

/** Wrote STOP a second ago. */
export const stops = (one: { contactId: ContactId; addressId: AddressId }) =>
  at.database.app.inOrganisation(at.organisationId, async (tx) => {
    await tx.query(
      "update leg set last_inbound_at = to_timestamp($3::float8 / 1000), last_inbound_was_opt_out = true where organisation_id = $1 and address_id = $2",
      [at.organisationId, one.addressId, at.now - 1_000],
    );
    await tx.query(
      "insert into suppression (organisation_id, id, contact_id, scope, channel, source, at, recorded_at) values ($1, $2, $3, 'all', 'whatsapp', 'keyword', to_timestamp($4::float8 / 1000), now())",
      [at.organisationId, ids.next(), one.contactId, at.now - 1_000],
    );
  });

/** One turned out to be the other: as contacts are merged, addresses go along. */
export const merge = (from: { contactId: ContactId }, into: { contactId: ContactId }) =>
  at.database.app.inOrganisation(at.organisationId, async (tx) => {
    const ids = [at.organisationId, from.contactId, into.contactId];
    await tx.query("update address set contact_id = $3 where organisation_id = $1 and contact_id = $2", ids);
    await tx.query("update contact set merged_into = $3 where organisation_id = $1 and id = $2", ids);
  });

/** Commits the intent of one. */
export const intendOne = async (id: Intent["deliveryId"]): Promise<Intent | undefined> =>
  (await at.database.worker.inOrganisation(at.organisationId, (tx) => intend(tx, at.ports, at.lane, [id])))[0];

import type { Identity, InboundEvent } from "@loket/channels";
import { receive as readWebhook } from "@loket/channels/whatsapp";
import * as conversations from "@loket/conversations";
import type { Tx } from "@loket/database";
import { type HandOverPorts, type Lane, recordStatuses } from "@loket/delivery";
import { type Instant, instant, type OrganisationId, type ReceiptId, type SenderId, secondMs } from "@loket/kit";
import { followPlatform, noteStanding } from "@loket/organisations";
import { readKeyword } from "@loket/policy";
import type { Ports } from "./ports.ts";
import { watchSoon } from "./standing/watch.ts";
import { createStatusQueue, type StatusQueue } from "./status-queue.ts";

/**
 * The inbound lane of one sender: receipts in order, every element of every receipt, each in a transaction of its own
 * together with the mark that it was worked. What concerns one person is worked in order; different people side by
 * side. An element that cannot be worked is set aside with its reason, and stands in nobody's way.
 */
const batchSize = 100;
/**
 * How many people's events are worked side by side. A transaction spends most of its time waiting for its turn in a
 * process that also writes to screens. Measured with 200 messages a second before 200 open screens on two processors:
 * with 8 at once a message took 1.2 to 2.3 s to the screen, with 24 or 32 between 0.2 and 1.5 s, and intake lost a
 * quarter. The next step is a worker in a process of its own, not a larger number here.
 */
const concurrency = 24;
const statusBatchSize = 200;
/** Receipts whose statuses may wait while what people write is worked: a crash costs working these once more. */
const mostBehind = 300;
const idleMs = 2 * secondMs;
/** A receipt under which the process died this often is worked alone, and at last not at all. */
const suspectAfter = 2;
const givenUpAfter = 6;

interface ReceiptRow {
  id: ReceiptId;
  body: Buffer;
  received_at: number;
  crash_count: number;
}

export async function workInbound(
  ports: Ports,
  handOver: HandOverPorts,
  lane: Lane,
  signal: AbortSignal,
  woken: (waitMs: number) => Promise<void>,
): Promise<void> {
  const inlet = await readInlet(ports, lane);
  const behind = createStatusQueue();
  while (!signal.aborted) {
    const receipts = await takeReceipts(ports, lane, behind.receiptIds);
    if (receipts.length === 0) {
      await woken(idleMs);
      continue;
    }
    const isSuspect = receipts.some((receipt) => receipt.crash_count >= suspectAfter);
    if (isSuspect) await behind.room(0);
    await workReceipts(ports, handOver, lane, inlet, receipts, behind);
    await behind.room(isSuspect ? 0 : mostBehind);
  }
  await behind.room(0);
}

interface Inlet extends Destination {
  readonly numberId: string;
  readonly accountId: string;
  readonly appSecret: string;
}

async function readInlet(ports: Ports, lane: Lane): Promise<Inlet> {
  const [own] = (await readSenders(ports, "id = $1", lane.senderId)).values();
  if (!own) throw new Error(`There is no sender ${lane.senderId}.`);
  return own;
}

/** Senders of any organisation, through the worker's door, with the secret their webhooks are signed with. */
async function readSenders(
  ports: Ports,
  where: "id = $1" | "provider_sender_id = $1" | "provider_account_id = $1",
  value: string,
): Promise<Inlet[]> {
  const rows = await ports.worker.across<{
    id: SenderId;
    organisation_id: OrganisationId;
    inbox_id: string;
    provider_sender_id: string;
    provider_account_id: string;
    webhook_secret: Buffer;
  }>(
    `select id, organisation_id, inbox_id, provider_sender_id, provider_account_id, webhook_secret from sender where channel = 'whatsapp' and ${where} order by organisation_id, id`,
    [value],
  );
  return rows.map((row) => ({
    senderId: row.id,
    organisationId: row.organisation_id,
    inboxId: row.inbox_id,
    channel: "whatsapp",
    numberId: row.provider_sender_id,
    accountId: row.provider_account_id,
    appSecret: ports.vault.open(row.webhook_secret, `sender/${row.id}/app-secret`),
  }));
}

/**
 * Whom an event concerns. One application may serve many numbers and accounts, and what is not a message all comes to
 * the application's one address: so the ids inside count, not the address. But only for senders of the same
 * application: the signature proved that application's word, and nobody else's.
 */
async function whomItConcerns(ports: Ports, inlet: Inlet, event: InboundEvent): Promise<Destination[]> {
  const { numberId, accountId } = event.sender;
  if (numberId !== undefined) {
    if (numberId === inlet.numberId) return [inlet];
    return (await readSenders(ports, "provider_sender_id = $1", numberId)).filter(
      (other) => other.appSecret === inlet.appSecret,
    );
  }
  if (accountId === undefined) return [inlet];
  return (await readSenders(ports, "provider_account_id = $1", accountId)).filter(
    (other) => other.appSecret === inlet.appSecret,
  );
}

/** The oldest that wait. That we begin with them is written first: should one of them kill us, the next one will know. */
async function takeReceipts(ports: Ports, lane: Lane, besides: ReadonlySet<ReceiptId>): Promise<ReceiptRow[]> {
  return ports.worker.inOrganisation(lane.organisationId, async (tx) => {
    const rows = await tx.query<ReceiptRow>(
      "select id, body, received_at, crash_count from inbound_receipt where organisation_id = $1 and sender_id = $2 and state = 'waiting' and not (id = any($4::uuid[])) order by id limit $3 for update",
      [lane.organisationId, lane.senderId, batchSize, [...besides]],
    );
    const suspect = rows.findIndex((row) => row.crash_count >= suspectAfter);
    const taken = suspect === -1 ? rows : suspect === 0 ? rows.slice(0, 1) : rows.slice(0, suspect);
    if (taken.length > 0)
      await tx.query(
        "update inbound_receipt set crash_count = crash_count + 1 where organisation_id = $1 and id = any($2::uuid[])",
        [lane.organisationId, taken.map((row) => row.id)],
      );
    return taken;
  });
}

interface Step {
  readonly receiptId: ReceiptId;
  readonly event: InboundEvent;
  /** Whom it concerns: mostly the sender by whose address it came, but see `whomItConcerns`. */
  readonly inlet: Destination;
}

interface Destination extends conversations.Inlet {
  readonly organisationId: OrganisationId;
}

async function workReceipts(
  ports: Ports,
  handOver: HandOverPorts,
  lane: Lane,
  inlet: Inlet,
  receipts: readonly ReceiptRow[],
  behind: StatusQueue,
): Promise<void> {
  const lines = new Map<string, Step[]>();
  for (const receipt of receipts) {
    if (receipt.crash_count >= givenUpAfter) {
      await setAside(ports, lane, receipt.id, "receipt", "The process died each time this was worked.", null);
      continue;
    }
    const { events, setAside: unreadable } = readWebhook(receipt.body, instant(receipt.received_at));
    for (const element of unreadable)
      await setAside(ports, lane, receipt.id, element.path, element.reason, element.raw);
    for (const event of events) {
      const concerned = await whomItConcerns(ports, inlet, event);
      if (concerned.length === 0)
        await setAside(
          ports,
          lane,
          receipt.id,
          event.path,
          "It is about a number or account that is not connected here.",
          event,
        );
      for (const destination of concerned) {
        const line = `${destination.senderId} ${personOf(event)}`;
        const steps = lines.get(line) ?? [];
        steps.push({ receiptId: receipt.id, event, inlet: destination });
        lines.set(line, steps);
      }
    }
  }

  const isStatuses = (line: readonly Step[]): boolean => line[0]?.event.kind === "statusChanged";
  const waiting = [...lines.values()].filter((line) => !isStatuses(line));
  const workLine = async (): Promise<void> => {
    for (let line = waiting.shift(); line; line = waiting.shift())
      for (const step of line) await workStep(ports, handOver, lane, step);
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, waiting.length) }, workLine));

  const statuses = [...lines.values()].filter(isStatuses);
  const later = new Set(statuses.flat().map((step) => step.receiptId));
  await receiptsDone(
    ports,
    lane,
    receipts.map((row) => row.id).filter((id) => !later.has(id)),
  );
  if (later.size > 0)
    behind.add([...later], async () => {
      for (const line of statuses) await workStatuses(ports, handOver, lane, line);
      await receiptsDone(ports, lane, [...later]);
    });
}

async function receiptsDone(ports: Ports, lane: Lane, ids: readonly ReceiptId[]): Promise<void> {
  if (ids.length === 0) return;
  await ports.worker.inOrganisation(lane.organisationId, (tx) =>
    tx.query(
      "update inbound_receipt set state = 'done', processed_at = to_timestamp($3::float8 / 1000) where organisation_id = $1 and id = any($2::uuid[])",
      [lane.organisationId, ids, ports.clock.now()],
    ),
  );
}

/** Whose order an event belongs to. What names nobody has an order of its own kind. */
function personOf(event: InboundEvent): string {
  const nameOf = (identity: Identity | undefined) => identity?.phone ?? identity?.userId;
  switch (event.kind) {
    case "messageReceived":
    case "messageEdited":
    case "messageDeleted":
    case "reactionChanged":
    case "preferenceChanged":
      return nameOf(event.from) ?? event.eventKey;
    case "identityChanged":
      return nameOf(event.before) ?? event.eventKey;
    case "messageEchoed":
      return nameOf(event.to) ?? event.eventKey;
    default:
      return event.kind;
  }
}

/**
 * Statuses of one sender, many in a transaction: there are three of them to each message that leaves, and they concern
 * nobody's order but their message's own. Where one of them cannot be worked, each goes by itself.
 */
async function workStatuses(ports: Ports, handOver: HandOverPorts, lane: Lane, steps: readonly Step[]): Promise<void> {
  for (let start = 0; start < steps.length; start += statusBatchSize) {
    const batch = steps.slice(start, start + statusBatchSize);
    const { organisationId, senderId } = (batch[0] as Step).inlet;
    try {
      await ports.worker.inOrganisation(organisationId, async (tx) => {
        const rows = await tx.query<{ element_key: string }>(
          `insert into inbound_element (organisation_id, sender_id, element_key, receipt_id, at)
           select $1, $2, e.key, e.receipt, to_timestamp($3::float8 / 1000) from unnest($4::text[], $5::uuid[]) as e(key, receipt) on conflict do nothing returning element_key`,
          [
            organisationId,
            senderId,
            ports.clock.now(),
            batch.map((step) => step.event.eventKey),
            batch.map((step) => step.receiptId),
          ],
        );
        const unseen = new Set(rows.map((row) => row.element_key));
        const events = batch.flatMap(({ event }) =>
          event.kind === "statusChanged" && unseen.delete(event.eventKey) ? [event] : [],
        );
        if (events.length > 0) await recordStatuses(tx, handOver, senderId, events);
      });
    } catch (error) {
      if (!isPassing(error)) ports.log.warn({ error }, "statuses could not be worked together; each goes by itself");
      for (const step of batch) await workStep(ports, handOver, lane, step);
    }
  }
}

async function workStep(ports: Ports, handOver: HandOverPorts, lane: Lane, step: Step): Promise<void> {
  for (let round = 0; ; round++) {
    try {
      await ports.worker.inOrganisation(step.inlet.organisationId, async (tx) => {
        const isNew = await tx.count(
          `insert into inbound_element (organisation_id, sender_id, element_key, receipt_id, at) values ($1, $2, $3, $4, to_timestamp($5::float8 / 1000)) on conflict do nothing`,
          [step.inlet.organisationId, step.inlet.senderId, step.event.eventKey, step.receiptId, ports.clock.now()],
        );
        if (isNew > 0) await apply(tx, ports, handOver, { ...step.inlet, receiptId: step.receiptId }, step.event);
      });
      return;
    } catch (error) {
      // Trouble of the database passes, and is waited for as long as it takes: giving up would lose the element.
      if (!isPassing(error)) {
        ports.log.error(
          { error, kind: step.event.kind, path: step.event.path },
          "an inbound element could not be worked and was set aside",
        );
        await setAside(
          ports,
          lane,
          step.receiptId,
          step.event.path,
          String(error instanceof Error ? error.message : error),
          step.event,
        );
        return;
      }
      if (round === 0) ports.log.warn({ error: String(error) }, "an inbound element waits for the database");
      await ports.clock.sleep(Math.min(5_000, 50 * 2 ** round));
      if (round >= 40) throw error;
    }
  }
}

/** Connection gone, server starting or stopping, out of resources, deadlock, serialisation: not the element's fault. */
function isPassing(error: unknown): boolean {
  const code = (error as { code?: string }).code;
  if (code === undefined) return /connection|terminated|timeout|ECONN/i.test(String(error));
  return /^(08|40|53|57)/.test(code) || code.startsWith("ECONN") || code === "ENOENT" || code === "EPIPE";
}

async function setAside(
  ports: Ports,
  lane: Lane,
  receiptId: ReceiptId,
  path: string,
  reason: string,
  element: unknown,
): Promise<void> {
  await ports.worker.inOrganisation(lane.organisationId, (tx) =>
    tx.query(
      `insert into inbound_quarantine (organisation_id, id, sender_id, receipt_id, path, reason, element, at) values ($1, $2, $3, $4, $5, $6, $7, to_timestamp($8::float8 / 1000))
       on conflict (organisation_id, receipt_id, path) do nothing`,
      [
        lane.organisationId,
        ports.ids.next(),
        lane.senderId,
        receiptId,
        path,
        reason,
        element === null || element === undefined ? null : JSON.stringify(element).replaceAll("\\u0000", ""),
        ports.clock.now(),
      ],
    ),
  );
}

/** One thing the platform said, to whom it concerns. */
async function apply(
  tx: Tx,
  ports: Ports,
  handOver: HandOverPorts,
  inlet: conversations.Inlet,
  event: InboundEvent,
): Promise<void> {
  const doors = {
    ids: ports.ids,
    clock: ports.clock,
    random: ports.random,
    keys: ports.keys,
    readKeyword: readWish,
  };
  switch (event.kind) {
    case "messageReceived":
      return conversations.receive(tx, doors, inlet, event);
    case "messageEdited":
      return conversations.editMessage(tx, ports, inlet, event.targetProviderId, event.content, event.at);
    case "messageDeleted":
      return conversations.deleteMessage(tx, ports, inlet, event.targetProviderId, event.at);
    case "reactionChanged":
      return conversations.react(tx, ports, inlet, {
        direction: "in",
        targetProviderId: event.targetProviderId,
        emoji: event.emoji,
        at: event.at,
      });
    case "messageEchoed":
      return conversations.echo(tx, ports, inlet, event);
    case "identityChanged":
      return conversations.followIdentity(tx, ports, inlet, event);
    case "preferenceChanged":
      return conversations.changePreference(tx, ports, inlet, event);
    case "statusChanged":
      return recordStatuses(tx, handOver, inlet.senderId, [event]);
    case "templateStatusChanged":
    case "templateQualityChanged":
    case "templateCategoryChanged":
      return conversations.followTemplate(tx, ports, inlet.senderId, event);
    case "accountChanged":
      await followAccount(tx, ports, inlet, event.change, event.at);
      return notice(tx, ports, inlet, event);
    case "capabilityChanged":
    case "senderQualityChanged": {
      const limit = event.kind === "capabilityChanged" ? event.messagingLimit : event.limit;
      if (limit !== undefined && limit !== "unset")
        await followPlatform(tx, ports, inlet.senderId, { limit: limit === "unlimited" ? null : limit }, event);
      // The webhook says that the rating moved, not always where to: the platform is asked.
      watchSoon(tx, inlet.senderId);
      return notice(tx, ports, inlet, event);
    }
    default:
      return notice(tx, ports, inlet, event);
  }
}

async function followAccount(
  tx: Tx,
  ports: Ports,
  inlet: conversations.Inlet,
  change: Extract<InboundEvent, { kind: "accountChanged" }>["change"],
  at: Instant,
): Promise<void> {
  if (change.type === "restrictions")
    await followPlatform(tx, ports, inlet.senderId, { restrictions: change.restrictions }, { at });
  if (change.type === "ban" && change.state !== "scheduled")
    await followPlatform(tx, ports, inlet.senderId, { disabled: change.state === "disabled" }, { at });
  if (change.type === "violation")
    await noteStanding(tx, ports, {
      senderId: inlet.senderId,
      subject: "sender",
      field: "violation",
      before: null,
      after: change.violation,
      reason: change.remediation,
      at,
    });
  watchSoon(tx, inlet.senderId);
}

/** Nobody's message, but somebody will want to know: kept as it was said. */
async function notice(tx: Tx, ports: Ports, inlet: conversations.Inlet, event: InboundEvent): Promise<void> {
  await tx.query(
    "insert into platform_notice (organisation_id, id, sender_id, kind, detail, at) values ($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000))",
    [tx.organisationId, ports.ids.next(), inlet.senderId, event.kind, JSON.stringify(event), event.at],
  );
}

/** What the terms book makes of a text, in the words conversations understand. */
function readWish(text: string, context: conversations.KeywordContext): conversations.KeywordReading {
  const { language, region, at, openConsentQuestionAt, previousOptOut } = context;
  const reading = readKeyword(text, {
    channel: "whatsapp",
    now: at,
    openConsentQuestionAt,
    previousOptOut: previousOptOut && {
      purpose: previousOptOut.scope,
      channel: previousOptOut.channel === "all" ? "all" : "whatsapp",
      // The book lifts what a keyword stopped. A button here and a link of ours are the person's own word as well.
      source: previousOptOut.own ? "keyword" : "agent",
    },
    ...(language ? { language } : {}),
    ...(region ? { region } : {}),
  });
  switch (reading.class) {
    case "certain":
    case "certain-narrow":
    case "probable":
      return {
        kind: "opt-out",
        scope: reading.scope?.purpose === "marketing" ? "marketing" : "all",
        channel: reading.scope?.channel ?? "whatsapp",
        certain: reading.class !== "probable",
      };
    case "opt-in":
      return { kind: "opt-in", lifts: previousOptOut === null ? "all" : (reading.scope?.purpose ?? null) };
    case "ambiguous":
      return { kind: "unclear" };
    default:
      return { kind: "none" };
  }
}

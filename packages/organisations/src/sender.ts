import type { Database, Tx } from "@loket/database";
import { type Clock, type Ids, type InboxId, instant, type OrganisationId, type SenderId, toIso } from "@loket/kit";
import type { Stop } from "./standing.ts";
import type { Vault } from "./vault.ts";

/** A connected identity on a channel: for WhatsApp, a business number. */
export interface Sender {
  readonly id: SenderId;
  readonly channel: "whatsapp";
  readonly inboxId: InboxId;
  readonly name: string;
  readonly address: string;
  readonly state: "connected" | "attention" | "disconnected";
  readonly stateReason: string | null;
  readonly quality: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
  readonly messagesPerSecond: number;
  /** People a day outside their windows; `null` is unlimited. */
  readonly limit: number | null;
  readonly restrictions: readonly { readonly restriction: string; readonly until: string | null }[];
  readonly disabled: boolean;
  /** What people here stopped this sender from doing, and why. */
  readonly stopped: Stop | null;
  readonly stopReason: string | null;
}

/** What is needed to speak for a sender. Opened only where something is sent, fetched or checked. */
export interface SenderAccount {
  readonly id: SenderId;
  readonly organisationId: OrganisationId;
  readonly channel: "whatsapp";
  readonly accountId: string;
  readonly numberId: string;
  readonly baseUrl: string;
  readonly accessToken: string;
}

/** What a webhook is checked against, found by the sender's id in its address. */
export interface WebhookIdentity {
  readonly senderId: SenderId;
  readonly organisationId: OrganisationId;
  readonly channel: "whatsapp";
  readonly appSecret: string;
  readonly verifyToken: string;
}

interface SenderRow {
  id: SenderId;
  channel: "whatsapp";
  inbox_id: InboxId;
  name: string;
  address: string;
  state: Sender["state"];
  state_reason: string | null;
  quality: Sender["quality"];
  messages_per_second: number;
  portfolio_limit: number | null;
  restrictions: readonly { restriction: string; until?: number }[];
  disabled: boolean;
  stopped: Stop | null;
  stop_reason: string | null;
}
const columns =
  "id, channel, inbox_id, name, address, state, state_reason, quality, messages_per_second, portfolio_limit, restrictions, disabled, stopped, stop_reason";
const toSender = (row: SenderRow): Sender => ({
  id: row.id,
  channel: row.channel,
  inboxId: row.inbox_id,
  name: row.name,
  address: row.address,
  state: row.state,
  stateReason: row.state_reason,
  quality: row.quality,
  messagesPerSecond: row.messages_per_second,
  limit: row.portfolio_limit,
  restrictions: row.restrictions.map(({ restriction, until }) => ({
    restriction,
    until: until === undefined ? null : toIso(instant(until)),
  })),
  disabled: row.disabled,
  stopped: row.stopped,
  stopReason: row.stop_reason,
});

export async function listSenders(tx: Tx, onlyIds?: readonly string[]): Promise<Sender[]> {
  const rows = await tx.query<SenderRow>(
    `select ${columns} from sender where organisation_id = $1 and ($2::uuid[] is null or id = any($2)) order by name, id`,
    [tx.organisationId, onlyIds ?? null],
  );
  return rows.map(toSender);
}

/** Stores a sender whose number and webhook were checked with the platform, and opens its lanes. */
export async function addSender(
  tx: Tx,
  ports: { ids: Ids; clock: Clock; vault: Vault },
  sender: {
    id?: SenderId;
    inboxId: string;
    name: string;
    address: string;
    country: string;
    accountId: string;
    numberId: string;
    portfolioId: string | null;
    baseUrl: string;
    accessToken: string;
    appSecret: string;
    verifyToken: string;
    quality: Sender["quality"];
    messagesPerSecond: number;
    portfolioLimit: number | null;
  },
): Promise<Sender> {
  const id = sender.id ?? ports.ids.next<"sender">();
  const [row] = await tx.query<SenderRow>(
    `insert into sender (organisation_id, id, channel, inbox_id, name, address, country, provider_account_id, provider_sender_id, portfolio_id,
       credentials, webhook_secret, verify_token, api_url, state, quality, messages_per_second, portfolio_limit, created_at)
     values ($1, $2, 'whatsapp', $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 'connected', $14, $15, $16, to_timestamp($17::float8 / 1000))
     returning ${columns}`,
    [
      tx.organisationId,
      id,
      sender.inboxId,
      sender.name,
      sender.address,
      sender.country,
      sender.accountId,
      sender.numberId,
      sender.portfolioId,
      ports.vault.seal(sender.accessToken, `sender/${id}/token`),
      ports.vault.seal(sender.appSecret, `sender/${id}/app-secret`),
      sender.verifyToken,
      sender.baseUrl,
      sender.quality,
      sender.messagesPerSecond,
      sender.portfolioLimit,
      ports.clock.now(),
    ],
  );
  await tx.query("insert into lane (organisation_id, sender_id, direction) values ($1, $2, 'in'), ($1, $2, 'out')", [
    tx.organisationId,
    id,
  ]);
  if (!row) throw new Error("The sender was not stored.");
  return toSender(row);
}

export async function setSenderState(tx: Tx, id: string, state: Sender["state"], reason: string | null): Promise<void> {
  await tx.query("update sender set state = $3, state_reason = $4 where organisation_id = $1 and id = $2", [
    tx.organisationId,
    id,
    state,
    reason,
  ]);
}

export async function senderAccount(tx: Tx, vault: Vault, id: string): Promise<SenderAccount | null> {
  const row = await tx.one<{
    id: SenderId;
    provider_account_id: string;
    provider_sender_id: string;
    api_url: string;
    credentials: Buffer;
  }>(
    "select id, provider_account_id, provider_sender_id, api_url, credentials from sender where organisation_id = $1 and id = $2",
    [tx.organisationId, id],
  );
  if (!row) return null;
  return {
    id: row.id,
    organisationId: tx.organisationId,
    channel: "whatsapp",
    accountId: row.provider_account_id,
    numberId: row.provider_sender_id,
    baseUrl: row.api_url,
    accessToken: vault.open(row.credentials, `sender/${row.id}/token`),
  };
}

/** Across organisations, through the worker's door: the webhook's address names the sender and nothing else. */
export async function webhookIdentity(
  worker: Database,
  vault: Vault,
  senderId: string,
): Promise<WebhookIdentity | null> {
  const [row] = await worker.across<{
    id: SenderId;
    organisation_id: OrganisationId;
    webhook_secret: Buffer;
    verify_token: string;
  }>("select id, organisation_id, webhook_secret, verify_token from sender where id = $1", [senderId]);
  if (!row) return null;
  return {
    senderId: row.id,
    organisationId: row.organisation_id,
    channel: "whatsapp",
    appSecret: vault.open(row.webhook_secret, `sender/${row.id}/app-secret`),
    verifyToken: row.verify_token,
  };
}

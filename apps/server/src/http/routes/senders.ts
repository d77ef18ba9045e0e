import { createWhatsAppClient } from "@loket/channels/whatsapp";
import { readPhone } from "@loket/contacts";
import * as contract from "@loket/contract";
import { listTemplates } from "@loket/conversations";
import { lookAgain } from "@loket/delivery";
import type { OrganisationId, SenderId } from "@loket/kit";
import {
  addSender,
  followPlatform,
  listSenders,
  type Sender,
  senderAccount,
  setSenderState,
  stopSender,
} from "@loket/organisations";
import { z } from "zod";
import { syncTemplates } from "../../jobs.ts";
import type { Ports } from "../../ports.ts";
import { qualityOf, watchSender } from "../../standing/watch.ts";
import { webhookFields } from "../../webhook-fields.ts";
import { HttpProblem, notFound } from "../problem.ts";
import { idParams, type Route, route } from "../route.ts";

export function webhookUrlOf(ports: Pick<Ports, "publicUrl">, senderId: string): string {
  return `${ports.publicUrl}${webhookPath}${senderId}`;
}
const toWire = (ports: Ports, sender: Sender) => ({ ...sender, webhookUrl: webhookUrlOf(ports, sender.id) });

export interface Connection {
  readonly inboxId: string;
  readonly phoneNumberId: string;
  readonly accountId: string;
  readonly accessToken: string;
  readonly appSecret: string;
  readonly graphUrl?: string | undefined;
  readonly portfolioId?: string | undefined;
}

/**
 * Connects a WhatsApp number: asks the platform about it with the token given, stores it, then has the platform call
 * our webhook (which proves address, token and secret in one go), and fetches the templates.
 */
export async function connectSender(
  ports: Ports,
  organisationId: OrganisationId,
  connection: Connection,
): Promise<Sender> {
  const baseUrl = connection.graphUrl ?? "https://graph.facebook.com";
  const client = createWhatsAppClient({ baseUrl, accessToken: connection.accessToken, network: ports.network });
  const number = await client.getNumber(connection.phoneNumberId);
  if (!number.ok) {
    throw new HttpProblem(422, "sender.unreachable", "The platform does not know this number with this token.", {
      detail: `${number.failure.code}: ${number.failure.title}`,
      action: "Check the phone number id and the token, and that the token's system user has this account assigned.",
    });
  }
  const phone = readPhone(number.value.phone ?? number.value.displayPhone ?? "");
  const limit = number.value.messagingLimit;
  const senderId = ports.ids.next<"sender">();
  const verifyToken = Buffer.from(ports.random.fill(new Uint8Array(24))).toString("base64url");
  const sender = await ports.app.inOrganisation(organisationId, async (tx) => {
    const known = await tx.one(
      "select 1 from sender where organisation_id = $1 and channel = 'whatsapp' and provider_sender_id = $2",
      [organisationId, connection.phoneNumberId],
    );
    if (known) throw new HttpProblem(409, "sender.exists", "This number is connected already.");
    const inbox = await tx.one("select 1 from inbox where organisation_id = $1 and id = $2", [
      organisationId,
      connection.inboxId,
    ]);
    if (!inbox) throw notFound("inbox");
    return addSender(tx, ports, {
      id: senderId,
      inboxId: connection.inboxId,
      name: number.value.verifiedName ?? number.value.displayPhone ?? connection.phoneNumberId,
      address: phone?.e164 ?? number.value.displayPhone ?? connection.phoneNumberId,
      country: phone?.region ?? "ZZ",
      accountId: connection.accountId,
      numberId: connection.phoneNumberId,
      portfolioId: connection.portfolioId ?? connection.accountId,
      baseUrl,
      accessToken: connection.accessToken,
      appSecret: connection.appSecret,
      verifyToken,
      quality: qualityOf(number.value.quality),
      messagesPerSecond: number.value.throughput === "high" ? 1_000 : 80,
      portfolioLimit: typeof limit === "number" ? limit : null,
    });
  });
  const target = { callbackUrl: webhookUrlOf(ports, senderId), verifyToken };
  const subscribed = await subscribe(client, connection, target);
  if (!subscribed.ok) {
    await ports.app.inOrganisation(organisationId, (tx) =>
      setSenderState(tx, senderId, "attention", subscribed.failure.title),
    );
  }
  await syncTemplates(ports, organisationId, senderId);
  await ports.app.inOrganisation(organisationId, async (tx) => watchSender(tx, senderId, Date.now()));
  return sender;
}

const webhookPath = "/webhooks/whatsapp/";
const isLoopback = (url: URL): boolean => ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);

/**
 * Messages of a number go to the number's own address. Everything else (stops of marketing, templates, restrictions)
 * goes to the application's address and nowhere else, so that one must be ours too: it is set where the application has
 * none, or one of ours. An application that reports to another program keeps doing so; that number then misses these
 * fields, and its state says so.
 */
async function subscribe(
  client: ReturnType<typeof createWhatsAppClient>,
  connection: Pick<Connection, "accountId" | "phoneNumberId" | "appSecret">,
  target: { readonly callbackUrl: string; readonly verifyToken: string },
): Promise<{ readonly ok: true } | { readonly ok: false; readonly failure: { readonly title: string } }> {
  const attached = await client.subscribe(connection.accountId);
  if (!attached.ok) return attached;
  const number = await client.setNumberWebhook(connection.phoneNumberId, target);
  if (!number.ok) return number;
  const app = await client.getAppId();
  if (!app.ok) return app;
  const known = await client.getAppWebhook(app.value, connection.appSecret);
  if (!known.ok) return known;
  if (known.value !== null) {
    const there = new URL(known.value.callbackUrl);
    const ours = new URL(target.callbackUrl);
    if (there.origin === ours.origin && there.pathname.startsWith(webhookPath)) {
      const { fields } = known.value;
      if (webhookFields.every((field) => fields.includes(field))) return { ok: true };
      return client.setAppWebhook(app.value, connection.appSecret, target, webhookFields);
    }
    const wasOursHere = there.pathname.startsWith(webhookPath) && isLoopback(there) && isLoopback(ours); // on another port, the last time
    if (!wasOursHere) {
      return {
        ok: false,
        failure: {
          title: `The app's own webhook goes to ${there.host}, so stops of marketing and news about templates and the account do not reach Loket.`,
        },
      };
    }
  }
  return client.setAppWebhook(app.value, connection.appSecret, target, webhookFields);
}

/** Asks the platform about the number again, has it call our webhook again, and notes how that went. False where there is no such sender. */
export async function reconnectSender(
  ports: Ports,
  organisationId: OrganisationId,
  senderId: SenderId,
): Promise<boolean> {
  const known = await ports.app.inOrganisation(organisationId, async (tx) => {
    const account = await senderAccount(tx, ports.vault, senderId);
    const row = await tx.one<{ verify_token: string; webhook_secret: Buffer }>(
      "select verify_token, webhook_secret from sender where organisation_id = $1 and id = $2",
      [organisationId, senderId],
    );
    return account && row
      ? {
          account,
          verifyToken: row.verify_token,
          appSecret: ports.vault.open(row.webhook_secret, `sender/${senderId}/app-secret`),
        }
      : null;
  });
  if (!known) return false;
  const { account, verifyToken, appSecret } = known;
  const client = createWhatsAppClient({
    baseUrl: account.baseUrl,
    accessToken: account.accessToken,
    network: ports.network,
  });
  const number = await client.getNumber(account.numberId);
  const outcome = number.ok
    ? await subscribe(
        client,
        { accountId: account.accountId, phoneNumberId: account.numberId, appSecret },
        { callbackUrl: webhookUrlOf(ports, senderId), verifyToken },
      )
    : number;
  await ports.app.inOrganisation(organisationId, async (tx) => {
    await setSenderState(
      tx,
      senderId,
      outcome.ok ? "connected" : "attention",
      outcome.ok ? null : outcome.failure.title,
    );
    if (number.ok) await followPlatform(tx, ports, senderId, { quality: qualityOf(number.value.quality) });
    watchSender(tx, senderId, Date.now());
    tx.emit({ type: "sender.changed", inboxId: null, subject: { senderId }, at: ports.clock.now() });
  });
  return true;
}

export function senderRoutes(ports: Ports): Route[] {
  return [
    route(
      "senders:read",
      {
        method: "GET",
        path: "senders",
        tag: "senders",
        summary: "Connected numbers and their state",
        answer: contract.page(contract.sender),
      },
      async ({ inOrganisation }) => ({
        items: (await inOrganisation((tx) => listSenders(tx))).map((sender) => toWire(ports, sender)),
        next: null,
      }),
    ),
    route(
      "senders:manage",
      {
        method: "POST",
        path: "senders",
        tag: "senders",
        summary: "Connect a WhatsApp Business number",
        body: contract.senderConnect,
        answer: contract.sender,
        status: 201,
      },
      async ({ body, principal, inOrganisation }) => {
        const sender = await connectSender(ports, principal.organisationId, body);
        const [stored] = await inOrganisation((tx) => listSenders(tx, [sender.id]));
        return toWire(ports, stored ?? sender);
      },
    ),
    route(
      "senders:manage",
      {
        method: "POST",
        path: "senders/{id}/check",
        tag: "senders",
        summary: "Ask the platform about the number again, and have it call our webhook",
        params: idParams,
        answer: contract.sender,
      },
      async ({ params, principal, inOrganisation }) => {
        if (!(await reconnectSender(ports, principal.organisationId, params.id as SenderId))) throw notFound("sender");
        const [sender] = await inOrganisation((tx) => listSenders(tx, [params.id]));
        if (!sender) throw notFound("sender");
        return toWire(ports, sender);
      },
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "senders/{id}/stop",
        tag: "senders",
        summary: "Stop a sender, wholly or in part, from the next hand-over on",
        params: idParams,
        body: z.object({
          stopped: z.enum(["marketing", "business-initiated", "all"]),
          reason: z.string().trim().min(3).max(500),
        }),
        answer: contract.sender,
      },
      async ({ params, body, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          if (!(await stopSender(tx, ports, { senderId: params.id, memberId: principal.memberId, ...body })))
            throw notFound("sender");
          return toWire(ports, (await listSenders(tx, [params.id]))[0] as Sender);
        }),
    ),
    route(
      "standing:manage",
      {
        method: "POST",
        path: "senders/{id}/release",
        tag: "senders",
        summary: "Let a stopped sender go again",
        params: idParams,
        answer: contract.sender,
      },
      async ({ params, principal, inOrganisation }) =>
        inOrganisation(async (tx) => {
          const released = { senderId: params.id, memberId: principal.memberId, stopped: null, reason: null };
          if (!(await stopSender(tx, ports, released))) throw notFound("sender");
          await lookAgain(tx, ports.clock, params.id);
          return toWire(ports, (await listSenders(tx, [params.id]))[0] as Sender);
        }),
    ),
    route(
      "templates:read",
      {
        method: "GET",
        path: "templates",
        tag: "templates",
        summary: "Templates as the platform last told",
        query: z.object({ senderId: z.uuid().optional() }),
        answer: contract.page(contract.template),
      },
      async ({ query, inOrganisation }) => ({
        items: await inOrganisation((tx) => listTemplates(tx, { senderId: query.senderId })),
        next: null,
      }),
    ),
    route(
      "templates:manage",
      {
        method: "POST",
        path: "templates/sync",
        tag: "templates",
        summary: "Fetch the templates from the platform now",
        body: z.object({ senderId: z.uuid() }),
        answer: contract.page(contract.template),
      },
      async ({ body, principal, inOrganisation }) => {
        const synced = await syncTemplates(ports, principal.organisationId, body.senderId as SenderId);
        if (!synced.ok)
          throw new HttpProblem(502, "platform.failed", "The platform did not give its templates.", {
            detail: synced.title,
            action: "Check the sender, then try again.",
          });
        return { items: await inOrganisation((tx) => listTemplates(tx, { senderId: body.senderId })), next: null };
      },
    ),
  ];
}

import { createWhatsAppClient } from "@loket/channels/whatsapp";
import type { Tx } from "@loket/database";
import { hourMs, type OrganisationId, type SenderId, secondMs } from "@loket/kit";
import { followPlatform, senderAccount } from "@loket/organisations";
import type { Ports } from "../ports.ts";

/**
 * Looks at a sender on the platform every hour, and soon after the platform said that something about it changed:
 * quality, limit, pace, and the webhook fields it reports. What it finds takes effect with the next send.
 */

/** Jobs run by the machine's own clock, which is why times here are not the wall clock of the ports. */
const everyMs = hourMs;
/** One look after a burst of news, and the platform has had time to make its own answer agree with what it told. */
const soonMs = 2 * secondMs;

export function watchSoon(tx: Tx, senderId: string): void {
  tx.addJob(
    "sender.watch",
    { senderId, once: true },
    { key: `sender.watch soon ${senderId}`, runAt: Date.now() + soonMs },
  );
}

/** Begins to watch; again changes nothing but when the next look is. */
export function watchSender(tx: Tx, senderId: string, runAtMs: number): void {
  tx.addJob("sender.watch", { senderId }, { key: `sender.watch ${senderId}`, runAt: runAtMs, maxAttempts: 5 });
}

/** At the start: every sender is looked at now, and every hour from then on. */
export async function watchAllSenders(ports: Ports): Promise<void> {
  const senders = await ports.worker.across<{ id: string; organisation_id: OrganisationId }>(
    "select id, organisation_id from sender where channel = 'whatsapp'",
  );
  for (const { id, organisation_id } of senders)
    await ports.worker.inOrganisation(organisation_id, async (tx) => watchSender(tx, id, Date.now()));
}

/** The job. What cannot be read for the moment is read the next time: an hour is soon enough, and nothing is forgotten. */
export async function lookAtSender(
  ports: Ports,
  organisationId: OrganisationId,
  senderId: SenderId,
  once: boolean,
): Promise<void> {
  const known = await ports.worker.inOrganisation(organisationId, async (tx) => {
    if (!once) watchSender(tx, senderId, Date.now() + everyMs);
    const account = await senderAccount(tx, ports.vault, senderId);
    const row = await tx.one<{ webhook_secret: Buffer }>(
      "select webhook_secret from sender where organisation_id = $1 and id = $2",
      [organisationId, senderId],
    );
    return account && row
      ? { account, appSecret: ports.vault.open(row.webhook_secret, `sender/${senderId}/app-secret`) }
      : null;
  });
  if (!known) return;
  const { account, appSecret } = known;
  const client = createWhatsAppClient({
    baseUrl: account.baseUrl,
    accessToken: account.accessToken,
    network: ports.network,
  });
  const [number, app] = await Promise.all([client.getNumber(account.numberId), client.getAppId()]);
  const webhook = app.ok ? await client.getAppWebhook(app.value, appSecret) : app;
  if (!number.ok && !webhook.ok) return;
  await ports.worker.inOrganisation(organisationId, async (tx) => {
    const limit = number.ok ? number.value.messagingLimit : undefined;
    await followPlatform(tx, ports, senderId, {
      ...(number.ok ? { quality: qualityOf(number.value.quality) } : {}),
      ...(number.ok ? { messagesPerSecond: number.value.throughput === "high" ? 1_000 : 80 } : {}),
      ...(limit === undefined || limit === "unset" ? {} : { limit: limit === "unlimited" ? null : limit }),
      ...(webhook.ok
        ? { webhookFields: webhook.value?.callbackUrl.startsWith(ports.publicUrl) ? webhook.value.fields : null }
        : {}),
    });
  });
}

export function qualityOf(word: string | undefined): "GREEN" | "YELLOW" | "RED" | "UNKNOWN" {
  const upper = word?.toUpperCase();
  return upper === "GREEN" || upper === "YELLOW" || upper === "RED" ? upper : "UNKNOWN";
}

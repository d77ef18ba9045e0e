import { createHash } from "node:crypto";
import { verify } from "@loket/channels/whatsapp";
import type { Database } from "@loket/database";
import type { Clock, Ids } from "@loket/kit";
import type { WebhookIdentity } from "@loket/organisations";
import type { Logger } from "pino";

/**
 * Receipts: what the platform posted, committed before it is answered.
 *
 * Group commit without a timer: one statement is in flight at any time; whatever arrives while it runs goes with the
 * next one. Alone, a webhook is written at once; under load, hundreds share one commit. Against an insert each, this
 * was 2.3 to 2.7 times the rate at the same durability, and within noise of no database at all; a second statement in
 * flight, or a pause to gather more, gained nothing.
 */
export interface Intake {
  /** Resolves when the receipt is durable; rejects when it is not, and then the platform must not hear 200. */
  accept(sender: WebhookIdentity, headers: Readonly<Record<string, string>>, body: Buffer): Promise<void>;
  /** Receipts waiting for their commit. */
  readonly waiting: number;
}

interface Waiting {
  readonly row: readonly unknown[];
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

const maxGroup = 500;
const maxWaiting = 20_000;

export class IntakeFull extends Error {
  override readonly name = "IntakeFull";
}

export function createIntake(ports: { worker: Database; clock: Clock; ids: Ids }): Intake {
  let queue: Waiting[] = [];
  let isFlushing = false;

  async function flush(): Promise<void> {
    isFlushing = true;
    while (queue.length > 0) {
      const group = queue.slice(0, maxGroup);
      queue = queue.slice(maxGroup);
      try {
        await ports.worker.across(
          insertReceipts,
          Array.from({ length: 8 }, (_, column) => group.map((waiting) => waiting.row[column])),
        );
        for (const waiting of group) waiting.done();
      } catch (error) {
        for (const waiting of group) waiting.failed(error);
      }
    }
    isFlushing = false;
  }

  return {
    accept(sender, headers, body) {
      if (queue.length >= maxWaiting) return Promise.reject(new IntakeFull("Too many webhooks wait for the database."));
      return new Promise((done, failed) => {
        const row = [
          sender.organisationId,
          ports.ids.next(),
          sender.senderId,
          sender.channel,
          JSON.stringify(headers),
          body,
          createHash("sha256").update(body).digest(),
          new Date(ports.clock.now()).toISOString(),
        ];
        queue.push({ row, done, failed });
        if (!isFlushing) void flush();
      });
    },
    get waiting() {
      return queue.length;
    },
  };
}

/** One webhook, from its bytes to the answer the platform hears: 200 once it is durable, 401 unsigned, 503 to come again. */
export async function takeWebhook(
  ports: { readonly log: Pick<Logger, "error"> },
  intake: Intake,
  identity: WebhookIdentity,
  headers: { readonly signature: string | undefined; readonly userAgent: string },
  body: Buffer,
): Promise<200 | 401 | 503> {
  const { signature, userAgent } = headers;
  if (!verify(body, signature, identity.appSecret)) return 401;
  try {
    await intake.accept(identity, { "x-hub-signature-256": signature ?? "", "user-agent": userAgent }, body);
    return 200;
  } catch (error) {
    // Not durable, so not accepted: the platform will come again.
    if (!(error instanceof IntakeFull)) ports.log.error({ error: String(error) }, "a webhook could not be stored");
    return 503;
  }
}

/** Stores the group and wakes each lane it concerns, in one statement. */
const insertReceipts = `
  with new as (
    insert into inbound_receipt (organisation_id, id, sender_id, channel, headers, body, digest, received_at)
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::text[], $5::jsonb[], $6::bytea[], $7::bytea[], $8::timestamptz[])
    returning sender_id
  )
  select pg_notify('loket', 'lane in:' || sender_id) from (select distinct sender_id from new) as lanes`;

import { createHmac } from "node:crypto";
import { Agent, createServer, request as httpRequest } from "node:http";
import { embeddedDatabase, startEmbedded } from "@loket/database/embedded";
import pg from "pg";
import { call, freePort, type LoketProgram, percentile, tempDir } from "./programs.ts";

/**
 * Webhook intake: signed webhooks posted as fast as they are answered, against a bare `node:http` server that does the
 * least that is as durable (one batched insert in flight).
 */
export const intakeToken = "loket_bench-run-token";

export interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly notAnswered200: number;
}

export interface LoadSize {
  readonly seconds: number;
  readonly connections: number;
}

/** Posts ever new bodies over keep-alive connections, each waiting for its answer, for a while. */
async function load(
  url: string,
  make: (index: number) => { body: Buffer; headers: Record<string, string> },
  { seconds: forSeconds, connections }: LoadSize,
): Promise<Load> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const target = new URL(url);
  const times: number[] = [];
  let wrong = 0;
  let index = 0;
  const endsAt = performance.now() + forSeconds * 1_000;
  const post = (): Promise<void> =>
    new Promise((resolve) => {
      const { body, headers } = make(index++);
      const startedAt = performance.now();
      const sent = httpRequest(
        {
          agent,
          host: target.hostname,
          port: target.port,
          path: target.pathname,
          method: "POST",
          headers: { ...headers, "content-length": body.length },
        },
        (answer) => {
          answer.resume();
          answer.on("end", () => {
            times.push(performance.now() - startedAt);
            if (answer.statusCode !== 200) wrong += 1;
            resolve();
          });
        },
      );
      sent.on("error", () => {
        wrong += 1;
        resolve();
      });
      sent.end(body);
    });
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < endsAt) await post();
    }),
  );
  agent.destroy();
  return {
    perSecond: times.length / forSeconds,
    p50Ms: percentile(times, 0.5),
    p99Ms: percentile(times, 0.99),
    notAnswered200: wrong,
  };
}

/** A body of the size real ones have (about 900 bytes), with an id of its own. */
function webhookMaker(
  numberId: string,
  secret: string,
): (index: number) => { body: Buffer; headers: Record<string, string> } {
  const run = Date.now().toString(36);
  return (index) => {
    const body = Buffer.from(
      JSON.stringify({
        object: "whatsapp_business_account",
        entry: [
          {
            id: "900800700600500",
            changes: [
              {
                field: "messages",
                value: {
                  messaging_product: "whatsapp",
                  metadata: { display_phone_number: "31108080101", phone_number_id: numberId },
                  statuses: [
                    {
                      id: `wamid.bench-${run}-${index}`,
                      status: "delivered",
                      timestamp: String(Math.floor(Date.now() / 1000)),
                      recipient_id: "31612345678",
                      pricing: {
                        billable: false,
                        pricing_model: "PMP",
                        type: "free_customer_service",
                        category: "service",
                      },
                      filler: "x".repeat(420),
                    },
                  ],
                },
              },
            ],
          },
        ],
      }),
    );
    return {
      body,
      headers: {
        "content-type": "application/json",
        "x-hub-signature-256": `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`,
      },
    };
  };
}

/** The least that is as durable: read, one insert of everything that waits, 200. No signature, no parsing, no policies. */
export async function rawCeiling(size: LoadSize): Promise<Load> {
  const database = await startEmbedded({ dataDir: tempDir() });
  const client = new pg.Client({ ...(await embeddedDatabase(database)) });
  await client.connect();
  await client.query("create table raw (id bigserial primary key, body bytea not null)");
  let waiting: { body: Buffer; done: () => void }[] = [];
  let busy = false;
  const flush = async (): Promise<void> => {
    busy = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await client.query("insert into raw (body) select * from unnest($1::bytea[])", [group.map(({ body }) => body)]);
      for (const { done } of group) done();
    }
    busy = false;
  };
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      waiting.push({ body: Buffer.concat(chunks), done: () => response.end() });
      if (!busy) void flush();
    });
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const result = await load(`http://127.0.0.1:${port}/`, webhookMaker("1", "none"), size);
  server.closeAllConnections();
  server.close();
  await client.end();
  await database.stop();
  return result;
}

interface World {
  apps: { secret: string }[];
  accounts: { numbers: { id: string }[] }[];
}

/** Webhooks to the address of Loket's first sender, signed as the platform signs them. */
export async function intake(loket: LoketProgram, sandboxUrl: string, size: LoadSize): Promise<Load> {
  const world = (await call<World>(`${sandboxUrl}/_sandbox`, "GET"))?.body;
  const senders = (
    await call<{ items: { webhookUrl: string }[] }>(`${loket.url}/api/v1/senders`, "GET", undefined, {
      authorization: `Bearer ${intakeToken}`,
    })
  )?.body;
  const make = webhookMaker(world?.accounts[0]?.numbers[0]?.id ?? "", world?.apps[0]?.secret ?? "");
  return load(senders?.items[0]?.webhookUrl ?? "", make, size);
}

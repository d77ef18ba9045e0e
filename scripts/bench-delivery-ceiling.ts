import { rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { embeddedDatabase, startEmbedded } from "@loket/database/embedded";
import pg from "pg";
import { Pool } from "undici";
import { call, option, startSandboxProgram, tempDir } from "./programs.ts";

/**
 * The raw limits of sending: the same bodies posted to the same sandbox by a bare loop, whose statuses go to a server that
 * only says 200; as many rows in one batched insert after the other; and both at once, each batch inserted before it is
 * posted, which is the least a sender can do that remembers what it sent. No facts, no verdict, no pace, no ledger.
 */
export interface CeilingFigures {
  readonly postsPerSecond: number;
  readonly rowsPerSecond: number;
  readonly bothPerSecond: number;
}

/** As many go together as in Loket's own transactions. */
const batchSize = 64;
const connections = 64;

interface World {
  apps: { id: string }[];
  accounts: { numbers: { id: string }[]; tokens: { token: string }[] }[];
}

export async function deliveryCeiling(seconds: number): Promise<CeilingFigures> {
  const dataDir = tempDir();
  const server = await startEmbedded({ dataDir });
  const client = new pg.Client({ ...(await embeddedDatabase(server)) });
  await client.connect();
  await client.query("create table raw (id bigserial primary key, address text not null, body jsonb not null)");
  const sandbox = await startSandboxProgram();
  const subscriber = createServer((request, response) => {
    const challenge = new URL(request.url ?? "/", "http://localhost").searchParams.get("hub.challenge");
    request.resume().on("end", () => response.end(challenge ?? ""));
  });
  await new Promise<void>((resolve) => subscriber.listen(0, "127.0.0.1", resolve));
  const control = <Body>(method: string, path: string, body?: unknown) =>
    call<Body>(`${sandbox.url}/_sandbox${path}`, method, body);
  const world = (await control<World>("GET", ""))?.body;
  const numberId = world?.accounts[0]?.numbers[0]?.id;
  await control("PUT", "/apps/first", {
    callbackUrl: `http://127.0.0.1:${(subscriber.address() as AddressInfo).port}/webhook`,
    verifyToken: "bench",
  });
  await control("PUT", `/numbers/${numberId}`, { throughputPerSecond: 100_000, messagingLimit: "TIER_UNLIMITED" });
  await control("PUT", "/rules", { thresholds: { limit: { throughputFromPeople: Number.MAX_SAFE_INTEGER } } });
  await control("POST", "/crowd", { size: 100_000, prefix: "+3197", profile: "eager" });

  const pool = new Pool(sandbox.url, { connections, pipelining: 1 });
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${world?.accounts[0]?.tokens[0]?.token}`,
  };
  const post = async (body: string): Promise<void> => {
    const answer = await pool.request({ method: "POST", path: `/v25.0/${numberId}/messages`, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200) throw new Error(`The sandbox answered ${answer.statusCode}: ${text}`);
  };
  const insert = (batch: readonly Message[]) =>
    client.query("insert into raw (address, body) select * from unnest($1::text[], $2::jsonb[])", [
      batch.map(({ to }) => to),
      batch.map(({ body }) => body),
    ]);

  let index = 0;
  const next = (): Message => messageTo(index++);
  const nextBatch = (): Message[] => Array.from({ length: batchSize }, next);
  // A program that has just started is slow for its first thousands of messages.
  await during(seconds, 256, async () => {
    await post(next().body);
    return 1;
  });
  const postsPerSecond = await during(seconds, 256, async () => {
    await post(next().body);
    return 1;
  });
  const rowsPerSecond = await during(seconds, 1, async () => {
    await insert(nextBatch());
    return batchSize;
  });
  let inserted: Promise<unknown> = Promise.resolve();
  const bothPerSecond = await during(seconds, 4, async () => {
    const batch = nextBatch();
    inserted = inserted.then(() => insert(batch));
    await inserted;
    await Promise.all(batch.map(({ body }) => post(body)));
    return batchSize;
  });
  await pool.destroy();
  await sandbox.stop();
  subscriber.closeAllConnections();
  subscriber.close();
  await client.end();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
  return { postsPerSecond, rowsPerSecond, bothPerSecond };
}

interface Message {
  readonly to: string;
  readonly body: string;
}

function messageTo(index: number): Message {
  const to = `3197${String(index % 100_000).padStart(7, "0")}`;
  const parameters = [
    { type: "text", text: `Reader ${index}` },
    { type: "text", text: "amandelstaven" },
  ];
  const template = {
    name: "weekend_offer",
    language: { code: "nl" },
    components: [{ type: "body", parameters }],
  };
  return {
    to,
    body: JSON.stringify({
      messaging_product: "whatsapp",
      to,
      type: "template",
      template,
      biz_opaque_callback_data: `delivery-${index}`,
    }),
  };
}

/** How many a second get done by so many that begin again as soon as they are through. */
async function during(seconds: number, together: number, work: () => Promise<number>): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: together }, async () => {
      while (performance.now() - startedAt < seconds * 1_000) {
        const more = await work();
        done += more;
      }
    }),
  );
  return done / ((performance.now() - startedAt) / 1_000);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await deliveryCeiling(option("seconds", 5)));

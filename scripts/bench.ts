import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Agent, createServer, request as httpRequest } from "node:http";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { embeddedDatabase, startEmbedded } from "@loket/database/embedded";
import pg from "pg";
import { ledgerFigures, verifySeconds } from "./bench-evidence.ts";
import { forecastSeconds, verdictsPerSecond } from "./bench-policy.ts";
import {
  call,
  freePort,
  type LoketProgram,
  option,
  pause,
  percentile,
  startLoketProgram,
  startSandboxProgram,
  tempDir,
} from "./programs.ts";

/**
 * Speed, measured in one run beside the raw limit of the same machine, so that the ratio means something wherever it is
 * run:
 *
 *  - verdicts per second on one core, and a forecast for a million people;
 *  - webhook intake: signed webhooks posted as fast as they are answered, against a bare `node:http` server that does
 *    the least that is as durable (one batched insert in flight);
 *  - inbound to screen: from a person pressing send on a phone to the event on 200 agents' open streams.
 *
 *   npm run bench [-- --seconds 8 --agents 200 --rate 200]
 */
const seconds = option("seconds", 8);
const agents = option("agents", 200);
const rate = option("rate", 200);
const connections = option("connections", 64);
const token = "loket_bench-run-token";
const root = fileURLToPath(new URL("..", import.meta.url));

interface Load {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly notAnswered200: number;
}

/** Posts ever new bodies over keep-alive connections, each waiting for its answer, for a while. */
async function load(
  url: string,
  make: (index: number) => { body: Buffer; headers: Record<string, string> },
  forSeconds: number,
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
async function rawCeiling(): Promise<Load> {
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
  const result = await load(`http://127.0.0.1:${port}/`, webhookMaker("1", "none"), seconds);
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

async function intake(loket: LoketProgram, sandboxUrl: string): Promise<Load> {
  const world = (await call<World>(`${sandboxUrl}/_sandbox`, "GET"))?.body;
  const senders = (
    await call<{ items: { webhookUrl: string }[] }>(`${loket.url}/api/v1/senders`, "GET", undefined, {
      authorization: `Bearer ${token}`,
    })
  )?.body;
  const make = webhookMaker(world?.accounts[0]?.numbers[0]?.id ?? "", world?.apps[0]?.secret ?? "");
  return load(senders?.items[0]?.webhookUrl ?? "", make, seconds);
}

const messageMark = "event: message.changed\n";
const timedStreams = 10;

interface Screens {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly seen: number;
  readonly wanted: number;
}

/** Opens streams of events, each read whole; `take` gets the complete events of each chunk. Resolves when all are open. */
async function openStreams(
  url: string,
  count: number,
  take: (events: Buffer, at: number) => void,
): Promise<{ close(): void }> {
  const streams: { destroy(): void }[] = [];
  let open = 0;
  for (let index = 0; index < count; index++) {
    const request = httpRequest(
      `${url}/api/v1/events`,
      { agent: false, headers: { authorization: `Bearer ${token}`, accept: "text/event-stream" } },
      (answer) => {
        let isOpen = false;
        let rest = Buffer.alloc(0);
        answer.on("data", (chunk: Buffer) => {
          const at = performance.now();
          const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
          const cut = bytes.lastIndexOf("\n\n");
          const whole = bytes.subarray(0, cut + 1);
          rest = Buffer.from(bytes.subarray(cut + 1));
          if (!isOpen && whole.includes("event: ready")) {
            isOpen = true;
            open += 1;
          }
          take(whole, at);
        });
        answer.on("error", () => {});
      },
    );
    request.on("error", () => {});
    request.end();
    streams.push(request);
    if (index % 20 === 19) await pause(100);
  }
  while (open < count) await pause(50);
  return {
    close() {
      for (const stream of streams) stream.destroy();
    },
  };
}

function countMessages(events: Buffer): number {
  let count = 0;
  for (let at = events.indexOf(messageMark); at !== -1; at = events.indexOf(messageMark, at + messageMark.length))
    count += 1;
  return count;
}

/** The other agents: a program of its own, so that two hundred browsers' worth of reading does not slow the clock down. */
async function beOtherAgents(url: string, count: number): Promise<never> {
  let told = 0;
  await openStreams(url, count, (events) => {
    told += countMessages(events);
  });
  console.log("open");
  for await (const _ of process.stdin) console.log(told);
  process.exit(0);
}

/** Opens the streams, has people write at a steady rate, and times each message from the phone to an open stream. */
async function toScreens(loket: LoketProgram, sandboxUrl: string): Promise<Screens> {
  const sentAt = new Map<string, number>();
  const times: number[] = [];
  let told = 0;
  const others = spawn(
    process.execPath,
    [
      "--disable-warning=ExperimentalWarning",
      fileURLToPath(import.meta.url),
      "--others",
      String(agents - timedStreams),
      "--url",
      loket.url,
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const said: string[] = [];
  others.stdout.setEncoding("utf8").on("data", (text: string) => said.push(...text.split("\n").filter(Boolean)));
  while (said.length === 0) await pause(50);
  const timed = await openStreams(loket.url, timedStreams, (events, at) => {
    told += countMessages(events);
    for (const [, body] of events
      .toString("utf8")
      .matchAll(/event: message\.changed\ndata: [^\n]*?"text":"(screen \d+)"/g)) {
      const startedAt = body === undefined ? undefined : sentAt.get(body);
      if (startedAt !== undefined) times.push(at - startedAt);
    }
  });

  const total = rate * seconds;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: total }, async (_, index) => {
      await pause(Math.max(0, startedAt + (index * 1_000) / rate - performance.now()));
      const body = `screen ${index}`;
      sentAt.set(body, performance.now());
      await call(`${sandboxUrl}/_sandbox/phones/3166${String(index % 500).padStart(7, "0")}/messages`, "POST", {
        type: "text",
        text: { body },
      });
    }),
  );
  let elsewhere = 0;
  for (let round = 0; round < 100 && told + elsewhere < total * agents; round++) {
    said.length = 0;
    others.stdin.write("how many?\n");
    while (said.length === 0) await pause(20);
    elsewhere = Number(said.at(-1));
    await pause(100);
  }
  timed.close();
  others.kill("SIGKILL");
  return {
    p50Ms: percentile(times, 0.5),
    p95Ms: percentile(times, 0.95),
    p99Ms: percentile(times, 0.99),
    seen: told + elsewhere,
    wanted: total * agents,
  };
}

const number = (value: number, digits = 0): string =>
  value.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: digits });

const others = option("others", 0);
if (others > 0) await beOtherAgents(process.argv[process.argv.indexOf("--url") + 1] ?? "", others);

console.log("verdicts and a forecast …");
const verdicts = verdictsPerSecond();
const foreseen = forecastSeconds(1_000_000);
console.log("the evidence ledger …");
const verifiedIn = await verifySeconds();
const ledger = await ledgerFigures();
console.log("raw ceiling …");
const ceiling = await rawCeiling();
const sandbox = await startSandboxProgram();
const port = await freePort();
const dataDir = tempDir();
const loket = await startLoketProgram({ port, dataDir, sandboxUrl: sandbox.url, token });
console.log("inbound to screen …");
const screens = await toScreens(loket, sandbox.url);
console.log("webhook intake …");
const busy = await intake(loket, sandbox.url);
await loket.stop();
// The same number again, with nobody working the lanes: what the door alone can take.
const door = await startLoketProgram({ port, dataDir, sandboxUrl: sandbox.url, token, env: { LOKET_ROLE: "web" } });
const taken = await intake(door, sandbox.url);
await door.stop();
await sandbox.stop();

const ratio = taken.perSecond / ceiling.perSecond;
const table = [
  "| what | figure | wanted |",
  "|---|---|---|",
  `| raw ceiling: bare server, one batched insert in flight | ${number(ceiling.perSecond)}/s, p99 ${number(ceiling.p99Ms)} ms | – |`,
  `| webhook intake: signature, receipt committed, 200 | ${number(taken.perSecond)}/s, p50 ${number(taken.p50Ms)} ms, p99 ${number(taken.p99Ms)} ms, ${taken.notAnswered200} not answered 200 | – |`,
  `| the same while this process also works what arrives | ${number(busy.perSecond)}/s, p50 ${number(busy.p50Ms)} ms, p99 ${number(busy.p99Ms)} ms, ${busy.notAnswered200} not answered 200 | – |`,
  `| intake against the ceiling | ${number(ratio * 100)} % | ≥ 70 % |`,
  `| inbound to screen, ${rate} messages/s, ${agents} open streams (timed on ${timedStreams}) | p50 ${number(screens.p50Ms)} ms, p95 ${number(screens.p95Ms)} ms, p99 ${number(screens.p99Ms)} ms, ${number(screens.seen)} of ${number(screens.wanted)} seen | p95 ≤ 300 ms, p99 ≤ 1,000 ms |`,
  `| verdicts on one core, the whole terms book in force (slowest: ${verdicts.slowest}) | ${number(verdicts.perSecond)}/s | ≥ 100,000/s |`,
  `| forecast of a newsletter to 1,000,000 synthetic contacts (${number(foreseen.reached)} reached) | ${number(foreseen.seconds, 1)} s | ≤ 10 s |`,
  `| a log of 1,000,000 entries verified, one core | ${number(verifiedIn, 1)} s | ≤ 30 s |`,
  `| entries recorded, one per transaction on 12 connections | ${number(ledger.recordedPerSecond)}/s | – |`,
  `| entries given their places in the tree | ${number(ledger.placedPerSecond)}/s | – |`,
  `| a transaction like a hand-over's, without its entry and with | p50 ${number(ledger.withoutMs, 2)} ms, ${number(ledger.withMs, 2)} ms | – |`,
  `| start of Loket on an empty data directory, demo included | ${number(loket.startedInMs / 1_000, 1)} s | ≤ 8 s |`,
].join("\n");
console.log(`\n${table}\n`);
const readingTitle = "\n## What these say\n";
const file = join(root, "docs/benchmarks.md");
/** Written by hand, below the figures; a new run leaves it where it is. */
const reading = existsSync(file) ? readFileSync(file, "utf8").split(readingTitle)[1] : undefined;
writeFileSync(
  file,
  `# Benchmarks\n\nMade by \`npm run bench -- --seconds ${seconds} --agents ${agents} --rate ${rate} --connections ${connections}\`, which measures everything in one run on one machine:\nthe load generator, Loket, PostgreSQL and the sandbox share its processors. Read the ratios; absolute figures move with\nthe machine and with what else it does. The first intake figure\nis the door alone (LOKET_ROLE=web); the second is one process doing everything.\n\n${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? "processor"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}.\n\n${table}\n${reading === undefined ? "" : `${readingTitle}${reading}`}`,
);
const faults = (screens.seen < screens.wanted ? 1 : 0) + (taken.notAnswered200 > 0 ? 1 : 0);
console.log(
  `bench: intake at ${number(ratio * 100)} % of the raw ceiling, inbound to screen p95 ${number(screens.p95Ms)} ms; ${faults} faults`,
);
process.exit(faults === 0 ? 0 : 1);

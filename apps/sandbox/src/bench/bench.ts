import { type ChildProcess, spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { Pool } from "undici";
import { createSandbox } from "../index.ts";

/**
 * How fast the sandbox is, beside a bare `node:http` server on the same machine, so that the ratio means something anywhere:
 *
 *  - start: from the command to the first answer, and `createSandbox()` in a process that runs already;
 *  - load: templates to a crowd that reads at once, every message with three signed webhooks, whose signatures and number
 *    are checked here. The sandbox has a process, client and subscriber share another: two cores.
 *
 *   npm run -w apps/sandbox bench [-- --seconds 10] [-- --messages 1000000 --people 1000000]
 *
 * By default it ends within a minute. `--messages` sends that many instead, however long it takes; `--profile` is the crowd's.
 */
const option = (name: string): string | undefined => {
  const index = process.argv.indexOf(`--${name}`);
  return index < 0 ? undefined : process.argv[index + 1];
};
const seconds = Number(option("seconds") ?? 10);
const messages = option("messages") === undefined ? null : Number(option("messages"));
const people = Number(option("people") ?? 100_000);
const profile = option("profile") ?? "eager";
const connections = 32;

interface Program {
  readonly url: string;
  readonly startedInMs: number;
  readonly child: ChildProcess;
}

async function start(file: string, env: Record<string, string> = {}): Promise<Program> {
  const startedAt = performance.now();
  const args = process.env.BENCH_NODE_ARGS?.split(" ").filter((one) => one !== "") ?? [];
  const child = spawn(
    process.execPath,
    [...args, "--disable-warning=ExperimentalWarning", fileURLToPath(new URL(file, import.meta.url))],
    { stdio: ["pipe", "pipe", "inherit"], env: { ...process.env, ...env } },
  );
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /ready.*: (http:\S+)/.exec(text)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`${file} ended while starting, with ${code}.`)));
  });
  const answer = await fetch(url);
  await answer.arrayBuffer();
  return { url, startedInMs: performance.now() - startedAt, child };
}

async function stop({ child }: Program): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.stdin?.end();
  await ended;
}

/** Posts ever new bodies over kept-alive connections, each waiting for its answer, for a while or `count` times. */
async function load(
  url: string,
  path: string,
  headers: Record<string, string>,
  make: (index: number) => string,
  until: { seconds: number } | { count: number },
): Promise<{ accepted: number; seconds: number; wrong: number; firstWrong: string | null; p99Ms: number }> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const startedAt = performance.now();
  const endsAt = "seconds" in until ? startedAt + until.seconds * 1_000 : Number.POSITIVE_INFINITY;
  const last = "count" in until ? until.count : Number.POSITIVE_INFINITY;
  let index = 0;
  let accepted = 0;
  let wrong = 0;
  let firstWrong: string | null = null;
  const times: number[] = [];
  async function one(): Promise<void> {
    while (performance.now() < endsAt && index < last) {
      const body = make(index);
      index += 1;
      const sentAt = performance.now();
      const answer = await pool.request({ method: "POST", path, headers, body });
      const text = await answer.body.text();
      if (accepted % 16 === 0) times.push(performance.now() - sentAt);
      if (answer.statusCode === 200) accepted += 1;
      else {
        wrong += 1;
        firstWrong ??= text;
      }
    }
  }
  await Promise.all(Array.from({ length: connections }, one));
  const took = (performance.now() - startedAt) / 1_000;
  await pool.destroy();
  times.sort((a, b) => a - b);
  return { accepted, seconds: took, wrong, firstWrong, p99Ms: times[Math.floor(times.length * 0.99)] ?? 0 };
}

async function subscriber(secretOf: () => string) {
  const counts: Record<string, number> = { sent: 0, delivered: 0, read: 0, failed: 0, messages: 0, wrong: 0, posts: 0 };
  const server = createServer((request, response) => {
    if (request.method === "GET") {
      response.end(new URL(request.url ?? "/", "http://localhost").searchParams.get("hub.challenge"));
      return;
    }
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      response.writeHead(200).end();
      const body = Buffer.concat(chunks);
      counts.posts = (counts.posts ?? 0) + 1;
      const wanted = `sha256=${createHmac("sha256", secretOf()).update(body).digest("hex")}`;
      if (request.headers["x-hub-signature-256"] !== wanted) counts.wrong = (counts.wrong ?? 0) + 1;
      for (const [, status = ""] of body.toString("latin1").matchAll(/"status":"(\w+)"/g))
        counts[status] = (counts[status] ?? 0) + 1;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`, counts, server };
}

async function startTimes(): Promise<{ programMs: number; createMs: number }> {
  const program = await start("../main.ts", { SANDBOX_PORT: "0", SANDBOX_STATE: "", SANDBOX_ENDS_WITH_PARENT: "1" });
  await stop(program);
  const times: number[] = [];
  for (let count = 0; count < 11; count++) {
    const startedAt = performance.now();
    const sandbox = await createSandbox();
    times.push(performance.now() - startedAt);
    await sandbox.close();
  }
  times.sort((a, b) => a - b);
  return { programMs: program.startedInMs, createMs: times[5] ?? 0 };
}

/** Megabytes of resident memory at the peak, where the system tells (Linux). */
async function peakMemory(pid: number | undefined): Promise<number | null> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const kilobytes = /VmHWM:\s+(\d+)/.exec(status)?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1_024);
}

const perSecond = (count: number, took: number): string => Math.round(count / took).toLocaleString("en");

const { programMs, createMs } = await startTimes();
console.log(`machine               ${cpus().length} × ${cpus()[0]?.model ?? "?"}, Node ${process.version}`);
console.log(
  `start                 ${Math.round(programMs)} ms to the first answer, createSandbox() ${createMs.toFixed(1)} ms`,
);

const template = { name: "order_update", language: { code: "en" } };
const sends = (phoneOf: (index: number) => string) => (index: number) =>
  JSON.stringify({
    messaging_product: "whatsapp",
    to: phoneOf(index),
    type: "template",
    template: {
      ...template,
      components: [
        {
          type: "body",
          parameters: [
            { type: "text", text: "Kim" },
            { type: "text", text: `K-${index}` },
          ],
        },
      ],
    },
    biz_opaque_callback_data: `delivery-${index}`,
  }); // prettier-ignore

const bare = await start("./bare-server.ts");
const ceiling = await load(bare.url, "/", { "content-type": "application/json" }, sends(String), { seconds: 4 });
await stop(bare);
console.log(`bare node:http        ${perSecond(ceiling.accepted, ceiling.seconds)} answers/s`);

const program = await start("../main.ts", { SANDBOX_PORT: "0", SANDBOX_STATE: "", SANDBOX_ENDS_WITH_PARENT: "1" });
const control = async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
  const answer = await fetch(`${program.url}/_sandbox${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await answer.json()) as Answer;
};
const world = await control<{
  apps: [{ secret: string }];
  accounts: [{ numbers: [{ id: string }]; tokens: [{ token: string }] }];
}>("GET", "");
const { counts, url: callbackUrl, server } = await subscriber(() => world.apps[0].secret);
const number = world.accounts[0].numbers[0].id;
await control("PUT", "/apps/first", { callbackUrl, verifyToken: "bench" });
await control("PUT", `/numbers/${number}`, { throughputPerSecond: 100_000, messagingLimit: "TIER_UNLIMITED" });
const beyond = Number.MAX_SAFE_INTEGER;
await control("PUT", "/rules", {
  thresholds: { limit: { throughputFromPeople: beyond }, portfolio: { firstBatch: beyond } },
});
await control("POST", "/crowd", { size: people, prefix: "+3197", profile });
const headers = {
  "content-type": "application/json",
  authorization: `Bearer ${world.accounts[0].tokens[0].token}`,
};
const sentAt = performance.now();
const done = await load(
  program.url,
  `/v25.0/${number}/messages`,
  headers,
  sends((index) => `+3197${String(index % people).padStart(7, "0")}`),
  messages === null ? { seconds } : { count: messages },
);
const lastOf = profile === "eager" ? "read" : "delivered";
const waitUntil = performance.now() + 20_000;
while ((counts[lastOf] ?? 0) + (counts.failed ?? 0) < done.accepted && performance.now() < waitUntil)
  await new Promise((resolve) => setTimeout(resolve, 20));
const allTook = (performance.now() - sentAt) / 1_000;
const peak = await peakMemory(program.child.pid);
console.log(
  `accepted              ${perSecond(done.accepted, done.seconds)} messages/s (${done.accepted.toLocaleString("en")} in ${done.seconds.toFixed(1)} s; p99 ${done.p99Ms.toFixed(1)} ms; refused ${done.wrong})`,
);
if (done.firstWrong) console.log(`  first refusal       ${done.firstWrong}`);
console.log(
  `with all webhooks     ${perSecond(counts[lastOf] ?? 0, allTook)} messages/s, each sent, delivered${lastOf === "read" ? " and read" : ""}, signed; ${perSecond((counts.sent ?? 0) + (counts.delivered ?? 0) + (counts.read ?? 0), allTook)} statuses/s in ${perSecond(counts.posts ?? 0, allTook)} POSTs/s`,
);
console.log(
  `told                  sent ${counts.sent}, delivered ${counts.delivered}, read ${counts.read}, failed ${counts.failed}; wrong signatures ${counts.wrong}`,
);
if (peak !== null) console.log(`memory                ${peak} MB at most (resident)`);
console.log(`crowd                 ${JSON.stringify((await control<{ counts: object }>("GET", "/crowd")).counts)}`);
const complete =
  (counts[lastOf] ?? 0) + (counts.failed ?? 0) >= done.accepted && counts.wrong === 0 && done.wrong === 0;
if (!complete) console.log("NOT COMPLETE: a webhook is missing, or something was refused.");
server.close();
server.closeAllConnections();
await stop(program);
process.exit(complete ? 0 : 1);

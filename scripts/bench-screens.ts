import { spawn } from "node:child_process";
import { request as httpRequest } from "node:http";
import { fileURLToPath } from "node:url";
import { call, type LoketProgram, option, pause, percentile } from "./programs.ts";

/** Inbound to screen: from a person pressing send on a phone to the event on the open streams of many agents. */
const messageMark = "event: message.changed\n";
export const timedStreams = 10;

export interface Screens {
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly seen: number;
  readonly wanted: number;
}

/** Opens streams of events, each read whole; `take` gets the complete events of each chunk. Resolves when all are open. */
async function openStreams(
  url: string,
  token: string,
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
async function beOtherAgents(url: string, token: string, count: number): Promise<never> {
  let told = 0;
  await openStreams(url, token, count, (events) => {
    told += countMessages(events);
  });
  console.log("open");
  for await (const _ of process.stdin) console.log(told);
  process.exit(0);
}

/** Opens the streams, has people write at a steady rate, and times each message from the phone to an open stream. */
export async function toScreens(
  loket: LoketProgram,
  sandboxUrl: string,
  token: string,
  { agents, rate, seconds }: { readonly agents: number; readonly rate: number; readonly seconds: number },
): Promise<Screens> {
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
      "--token",
      token,
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  const said: string[] = [];
  others.stdout.setEncoding("utf8").on("data", (text: string) => said.push(...text.split("\n").filter(Boolean)));
  while (said.length === 0) await pause(50);
  const timed = await openStreams(loket.url, token, timedStreams, (events, at) => {
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

const others = option("others", 0);
const word = (name: string): string => process.argv[process.argv.indexOf(`--${name}`) + 1] ?? "";
if (others > 0 && process.argv[1] === fileURLToPath(import.meta.url))
  await beOtherAgents(word("url"), word("token"), others);

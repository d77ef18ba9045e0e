import { readdirSync, readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { embeddedDatabase, startEmbedded } from "@loket/database/embedded";
import pg from "pg";
import {
  call,
  freePort,
  type LoketProgram,
  option,
  type Program,
  pause,
  startLoketProgram,
  startSandboxProgram,
  tempDir,
} from "./programs.ts";

/**
 * How fast campaigns leave: Loket, PostgreSQL and the sandbox as programs on one machine, each message with a durable
 * row, a verdict, an entry in the ledger for the intent and for the answer, and three statuses that come home.
 *
 *   node scripts/bench-delivery.ts [--recipients 10000]
 */
const token = "loket_bench-delivery-token";

export interface DeliveryFigures {
  /** How long the platform takes to answer, ms. */
  readonly answerMs: number;
  readonly recipients: number;
  /** From the start of the campaign until the platform had taken the last, s. */
  readonly seconds: number;
  /** Until every status had come home, s. */
  readonly secondsWithStatuses: number;
  /** Accepted by the platform per second, from the first to the last. */
  readonly perSecond: number;
  /** Processor seconds per 1,000 messages, from the start until every status had come home. */
  readonly processorSeconds: { readonly loket: number; readonly postgres: number; readonly sandbox: number };
  /** Resident memory of Loket above what it held before, MB. */
  readonly memoryMb: number;
  /** Messages the platform refused because they came too fast. */
  readonly tooFast: number;
}

export interface Bench {
  readonly loket: LoketProgram;
  readonly sandbox: Program;
  readonly database: pg.Client;
  readonly postgresPid: number;
  readonly senderId: string;
  readonly numberId: string;
  close(): Promise<void>;
}

/** A call to Loket's API. */
export const api = <Body>(bench: Bench, method: string, path: string, body?: unknown) =>
  call<Body>(`${bench.loket.url}/api/v1/${path}`, method, body, { authorization: `Bearer ${token}` });
/** A call to whoever is in charge of the sandbox. */
export const control = <Body>(bench: Bench, method: string, path: string, body?: unknown) =>
  call<Body>(`${bench.sandbox.url}/_sandbox/${path}`, method, body);

/**
 * Everything as in production, with the platform's limits out of the way. Of the crowd nobody is a contact yet. When a row
 * was committed is remembered, which costs PostgreSQL a few bytes for each transaction.
 */
export async function startDeliveryBench(crowd: number): Promise<Bench> {
  const dataDir = tempDir();
  const server = await startEmbedded({ dataDir, settings: { track_commit_timestamp: "on" } });
  const address = await embeddedDatabase(server);
  const sandbox = await startSandboxProgram({ SANDBOX_LOG_LIMIT: "20000" });
  const loket = await startLoketProgram({
    port: await freePort(),
    dataDir: tempDir(),
    sandboxUrl: sandbox.url,
    token,
    env: { DATABASE_URL: `postgresql://${address.user}@${encodeURIComponent(address.host)}:${address.port}/loket` },
  });
  const database = new pg.Client({ ...address });
  await database.connect();
  const { rows } = await database.query<{ id: string; provider_sender_id: string }>(
    "select id, provider_sender_id from sender where channel = 'whatsapp' order by created_at, id limit 1",
  );
  const { pid } = (await database.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0] ?? { pid: 0 };
  const bench: Bench = {
    loket,
    sandbox,
    database,
    postgresPid: parentOf(pid),
    senderId: rows[0]?.id ?? "",
    numberId: rows[0]?.provider_sender_id ?? "",
    async close() {
      await database.end();
      await loket.stop();
      await sandbox.stop();
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  await control(bench, "PUT", "rules", { thresholds: { limit: { throughputFromPeople: Number.MAX_SAFE_INTEGER } } });
  await control(bench, "POST", "crowd", { size: crowd, prefix: "+3197", profile: "eager" });
  return bench;
}

/** Which of the crowd, and the language of theirs that nobody else of the demo has. */
export interface Readers {
  readonly first: number;
  readonly count: number;
  readonly language: string;
}

/** People who said yes: contacts with a number of the crowd's each. */
export async function addReaders({ database, senderId }: Bench, { first, count, language }: Readers): Promise<void> {
  const { rows } = await database.query<{ organisation_id: string }>(
    "select organisation_id from sender where id = $1",
    [senderId],
  );
  await database.query("select set_config('loket.organisation_id', $1, false)", [rows[0]?.organisation_id]);
  await database.query(
    `with person as (
       select $1::uuid as organisation_id, gen_random_uuid() as id, gen_random_uuid() as address_id, n from generate_series($2::int, $2::int + $3::int - 1) as n),
     made as (
       insert into contact (organisation_id, id, name, name_source, locale, region, created_at) select organisation_id, id, 'Reader ' || n, 'import', $4, 'NL', now() from person),
     reached as (
       insert into address (organisation_id, id, contact_id, channel, kind, value, created_at)
       select organisation_id, address_id, id, 'whatsapp', 'phone', '+3197' || lpad(n::text, 7, '0'), now() from person)
     insert into consent (organisation_id, id, contact_id, purpose, channel, action, method, kind, evidence_class, names_business, names_channel, wording_version, evidence, at, recorded_at)
     select organisation_id, gen_random_uuid(), id, 'marketing', 'whatsapp', 'granted', 'inbound-message', 'express', 'A', true, true, '2026-01', 'message', now() - interval '1 day', now() from person`,
    [rows[0]?.organisation_id, first, count, language],
  );
  await database.query("analyze");
}

/** The pace of the number on both sides, and how long the platform takes to answer. */
export async function setPace(
  bench: Bench,
  { messagesPerSecond, answerMs }: { readonly messagesPerSecond: number; readonly answerMs: number },
): Promise<void> {
  await control(bench, "PUT", `numbers/${bench.numberId}`, {
    throughputPerSecond: messagesPerSecond,
    messagingLimit: "TIER_UNLIMITED",
  });
  await bench.database.query("update sender set messages_per_second = $2, portfolio_limit = null where id = $1", [
    bench.senderId,
    messagesPerSecond,
  ]);
  await control(bench, "DELETE", "faults");
  if (answerMs > 0) await control(bench, "POST", "faults", { graph: [{ path: "/messages", delayMs: answerMs }] });
  await pause(6_000); // the pace of a sender is read every few seconds
}

/** A draft to everybody of a language; `startsAt` lets it wait after its audience is written down. */
export async function createCampaign(bench: Bench, language: string, startsAt?: Date): Promise<string> {
  const created = await api<{ id: string }>(bench, "POST", "campaigns", {
    name: `To ${language}, ${new Date().toISOString()}`,
    senderId: bench.senderId,
    kind: "marketing",
    template: {
      name: "weekend_offer",
      language: { code: "nl" },
      components: [
        {
          type: "body",
          parameters: [
            { type: "text", text: "{{name|klant}}" },
            { type: "text", text: "amandelstaven" },
          ],
        },
      ],
    },
    audience: { kind: "filter", language },
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    canaryCount: 0,
    ...(startsAt ? { startsAt: startsAt.toISOString() } : {}),
  });
  if (created?.status !== 201) throw new Error(`The campaign was not made: ${JSON.stringify(created?.body)}`);
  return created.body.id;
}

export async function startCampaign(bench: Bench, id: string): Promise<void> {
  const started = await api<object>(bench, "POST", `campaigns/${id}/start`);
  if (started?.status !== 200) throw new Error(`The campaign did not start: ${JSON.stringify(started?.body)}`);
}

/** Calls it off, and waits until nothing of it is on its way any more. */
export async function endCampaign(bench: Bench, id: string): Promise<void> {
  await api<object>(bench, "POST", `campaigns/${id}/cancel`);
  for (let round = 0; round < 600; round++) {
    const { rows } = await bench.database.query("select from campaign where id = $1 and ended_at is null", [id]);
    if (rows.length === 0) return;
    await pause(200);
  }
}

/** Sends one campaign to all readers of a language, at the pace that was set. */
export async function sendCampaign(
  bench: Bench,
  options: { readonly recipients: number; readonly answerMs: number; readonly language: string },
): Promise<DeliveryFigures> {
  const { recipients, answerMs, language } = options;
  const [before, tooFastBefore] = [await received(bench), await refusedAsTooFast(bench)];
  const memoryBefore = residentMb(bench.loket.process.pid);
  const campaignId = await createCampaign(bench, language);
  const processorsBefore = processors(bench);
  const startedAt = performance.now();
  await startCampaign(bench, campaignId);
  let firstAt = 0;
  let lastAt = 0;
  let memoryMb = 0;
  for (;;) {
    const accepted = (await received(bench)) - before;
    if (firstAt === 0 && accepted > 0) firstAt = performance.now();
    if (lastAt === 0 && accepted >= recipients) lastAt = performance.now();
    memoryMb = Math.max(memoryMb, residentMb(bench.loket.process.pid));
    const { rows } = await bench.database.query<{ home: number; failed: number; why: string | null }>(
      `select count(*) filter (where reached = 'read')::int as home, count(*) filter (where state in ('refused', 'expired', 'cancelled'))::int as failed,
         min(failure->>'code') as why from delivery where campaign_id = $1`,
      [campaignId],
    );
    const [at] = rows;
    if ((at?.home ?? 0) >= recipients) break;
    if ((at?.failed ?? 0) > 0 || performance.now() - startedAt > 600_000)
      throw new Error(`The campaign did not reach everybody: ${JSON.stringify(at)}`);
    await pause(200);
  }
  const endedAt = performance.now();
  const processorsAfter = processors(bench);
  const perThousand = (name: "loket" | "postgres" | "sandbox") =>
    ((processorsAfter[name] - processorsBefore[name]) / recipients) * 1_000;
  return {
    answerMs,
    recipients,
    seconds: (lastAt - startedAt) / 1_000,
    secondsWithStatuses: (endedAt - startedAt) / 1_000,
    perSecond: recipients / ((lastAt - firstAt) / 1_000),
    processorSeconds: {
      loket: perThousand("loket"),
      postgres: perThousand("postgres"),
      sandbox: perThousand("sandbox"),
    },
    memoryMb: memoryMb - memoryBefore,
    tooFast: (await refusedAsTooFast(bench)) - tooFastBefore,
  };
}

/** What the crowd got since the sandbox was started. */
export async function received(bench: Bench): Promise<number> {
  const crowd = await control<{ counts: { received: number } }>(bench, "GET", "crowd");
  return crowd?.body.counts.received ?? 0;
}

async function refusedAsTooFast(bench: Bench): Promise<number> {
  const { rows } = await bench.database.query<{ count: number }>(
    "select count(*)::int as count from attempt where failure->>'code' = '130429'",
  );
  return rows[0]?.count ?? 0;
}

/** Processor seconds used so far (Linux: /proc, in hundredths of a second). */
function processors(bench: Bench): { loket: number; postgres: number; sandbox: number } {
  return {
    loket: processorSeconds(bench.loket.process.pid),
    postgres: [bench.postgresPid, ...childrenOf(bench.postgresPid)].reduce(
      (sum, pid) => sum + processorSeconds(pid),
      0,
    ),
    sandbox: processorSeconds(bench.sandbox.process.pid),
  };
}

function statOf(pid: number | undefined): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /, "")
      .split(" ");
  } catch {
    return [];
  }
}
/** Its own, and that of children that have ended. */
const processorSeconds = (pid: number | undefined): number =>
  statOf(pid)
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
const parentOf = (pid: number): number => Number(statOf(pid)[1] ?? 0);
const childrenOf = (pid: number): number[] =>
  readdirSync("/proc")
    .map(Number)
    .filter((each) => each > 0 && parentOf(each) === pid);

/** What a program holds in memory now (Linux). */
export function residentMb(pid: number | undefined): number {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kilobytes ?? 0) / 1_024);
}

export function describeDelivery(figures: DeliveryFigures): string {
  const { processorSeconds: used } = figures;
  return `${Math.round(figures.perSecond).toLocaleString("en-US")}/s; all statuses home after ${figures.secondsWithStatuses.toFixed(1)} s; processor seconds per 1,000: Loket ${used.loket.toFixed(2)}, PostgreSQL ${used.postgres.toFixed(2)}, sandbox ${used.sandbox.toFixed(2)}; memory +${figures.memoryMb} MB; too fast: ${figures.tooFast}`;
}

/** One campaign after the other to the same people, with the platform answering ever later. */
export async function deliveryFigures(recipients: number, say: (text: string) => void): Promise<DeliveryFigures[]> {
  const bench = await startDeliveryBench(recipients);
  const figures: DeliveryFigures[] = [];
  try {
    await addReaders(bench, { first: 0, count: recipients, language: "fy" });
    for (const answerMs of [0, 5, 50]) {
      await setPace(bench, { messagesPerSecond: 100_000, answerMs });
      const each = await sendCampaign(bench, { recipients, answerMs, language: "fy" });
      say(`${recipients} messages, the platform answers after ${answerMs} ms: ${describeDelivery(each)}`);
      figures.push(each);
    }
  } finally {
    await bench.close();
  }
  return figures;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await deliveryFigures(option("recipients", 10_000), console.log);

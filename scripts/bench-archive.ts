import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { embeddedDatabase, startEmbedded } from "@loket/database/embedded";
import pg from "pg";
import { type ArchiveSize, type Filled, fillArchive, readFilled } from "./bench-archive-fill.ts";
import {
  call,
  freePort,
  type LoketProgram,
  option,
  percentile,
  startLoketProgram,
  startSandboxProgram,
  tempDir,
} from "./programs.ts";

/**
 * Lists, threads and search over an archive of ten million messages, asked over HTTP one after the other, with what is
 * read often in memory.
 *
 *   node scripts/bench-archive.ts [--messages 10000000 --conversations 200000 --samples 200] [--keep directory]
 *
 * `--keep` leaves the archive in a directory, and uses the one it finds there: to try a query again within seconds.
 */
const token = "loket_bench-archive-token";

export interface Timed {
  readonly name: string;
  readonly kind: "list" | "thread" | "search";
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly items: number;
}

export interface ArchiveFigures {
  readonly filled: Filled;
  readonly timed: readonly Timed[];
}

type Ask = (path: string) => Promise<{ items: { id: string }[]; next: string | null }>;

/** Makes the archive, measures, and takes it away again. */
export async function archiveFigures(
  size: ArchiveSize,
  samples: number,
  say: (text: string) => void = () => {},
  keptIn: string | null = null,
): Promise<ArchiveFigures> {
  const dataDir = keptIn ?? tempDir();
  const loketDir = keptIn ? join(keptIn, "loket") : tempDir();
  const server = await startEmbedded({ dataDir });
  const sandbox = await startSandboxProgram();
  try {
    const address = await embeddedDatabase(server);
    const start = async (): Promise<LoketProgram> =>
      startLoketProgram({
        port: await freePort(),
        dataDir: loketDir,
        sandboxUrl: sandbox.url,
        token,
        env: { DATABASE_URL: `postgresql://${address.user}@${encodeURIComponent(address.host)}:${address.port}/loket` },
      });
    await (await start()).stop(); // sets the database up, with an organisation, its senders and members
    const connect = async () => {
      const client = new pg.Client({ ...address });
      await client.connect();
      return client;
    };
    const database = await connect();
    const { rows } = await database.query("select from pg_tables where tablename = 'archive_filled'");
    if (rows.length === 0) await fillArchive(database, connect, size, say);
    const filled = await readFilled(database);
    const loket = await start();
    const timed = await measure(loket, database, samples, say);
    await loket.stop();
    await database.end();
    return { filled, timed };
  } finally {
    await sandbox.stop();
    await server.stop();
    if (keptIn === null) for (const each of [dataDir, loketDir]) rmSync(each, { recursive: true, force: true });
  }
}

async function measure(
  loket: LoketProgram,
  database: pg.Client,
  samples: number,
  say: (text: string) => void,
): Promise<Timed[]> {
  const ask: Ask = async (path) => {
    const answer = await call<Awaited<ReturnType<Ask>>>(`${loket.url}/api/v1/${path}`, "GET", undefined, {
      authorization: `Bearer ${token}`,
    });
    if (answer?.status !== 200) throw new Error(`${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`);
    return answer.body;
  };
  const known = await sample(database, samples);
  const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;
  const timed: Timed[] = [];
  /** Each question twice as often as it counts: the first half only warms. */
  const time = async (kind: Timed["kind"], name: string, path: (index: number) => string) => {
    const times: number[] = [];
    let items = 0;
    for (let index = 0; index < samples * 2; index++) {
      const at = performance.now();
      const page = await ask(path(index));
      if (index < samples) continue;
      times.push(performance.now() - at);
      items += page.items?.length ?? 1;
    }
    const [p50Ms, p95Ms, p99Ms] = [percentile(times, 0.5), percentile(times, 0.95), percentile(times, 0.99)];
    timed.push({ kind, name, p50Ms, p95Ms, p99Ms, items: items / samples });
    say(
      `${kind} ${name}: p50 ${p50Ms.toFixed(1)} ms, p95 ${p95Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms, ${(items / samples).toFixed(1)} rows`,
    );
  };

  await time("list", "all", () => "conversations");
  for (const state of ["needs-us", "waiting", "snoozed", "done"])
    await time("list", state, () => `conversations?state=${state}`);
  await time("list", "held by somebody", (n) => `conversations?assignee=${pick(known.members, n)}`);
  await time(
    "list",
    "needs-us, held by somebody",
    (n) => `conversations?state=needs-us&assignee=${pick(known.members, n)}`,
  );
  await time("list", "needs-us, held by nobody", () => "conversations?state=needs-us&assignee=none");
  await time("list", "an inbox", (n) => `conversations?inboxId=${pick(known.inboxes, n)}`);
  await time("list", "a sender", (n) => `conversations?senderId=${pick(known.senders, n)}`);
  await time("list", "a label", (n) => `conversations?labelId=${pick(known.labels, n)}`);
  await time("list", "needs-us, a label", (n) => `conversations?state=needs-us&labelId=${pick(known.labels, n)}`);
  await time("list", "a person", (n) => `conversations?contactId=${pick(known.contacts, n)}`);
  const cursor = `?cursor=${encodeURIComponent((await ask("conversations")).next ?? "")}`;
  await time("list", "the second page", () => `conversations${cursor}`);
  await time("list", "counts", () => "conversations/counts");
  await time("list", "contacts", () => "contacts");
  await time("thread", "opened", (n) => `conversations/${pick(known.threads, n)}/timeline`);
  const older: string[] = [];
  for (const id of known.threads.slice(0, 60)) {
    let { next } = await ask(`conversations/${id}/timeline`);
    for (let page = 0; next !== null && page < 5; page++) {
      const path = `conversations/${id}/timeline?cursor=${encodeURIComponent(next)}`;
      older.push(path);
      ({ next } = await ask(path));
    }
  }
  await time("thread", "older pages", (n) => pick(older, n));
  const search = (q: string) => `conversations?q=${encodeURIComponent(q)}`;
  await time("search", "a word in one message of ten", (n) =>
    search(pick(["morgen", "vraag", "Nachricht", "today", "graag"], n)),
  );
  await time("search", "a compound", (n) => search(pick(known.compounds, n)));
  await time("search", "two words", (n) =>
    search(`${pick(known.compounds, n)} ${pick(["vandaag", "heute", "today"], n)}`),
  );
  await time("search", "an order number", (n) => search(`K-${pick(known.orders, n)}`));
  await time("search", "a name", (n) => search(pick(known.names, n)));
  await time("search", "part of a number", (n) => search(pick(known.phones, n)));
  await time("search", "what nobody wrote", (n) => search(`zwx${n}`));
  await time("search", "a contact by name", (n) => `contacts?q=${encodeURIComponent(pick(known.names, n))}`);
  await time("search", "a contact by number", (n) => `contacts?q=${encodeURIComponent(pick(known.phones, n))}`);
  return timed;
}

/** What there is to ask for, drawn from the archive: threads as often as they have messages. */
async function sample(database: pg.Client, count: number) {
  const column = async (text: string): Promise<string[]> =>
    (await database.query<{ value: string }>(`select value::text from (${text}) as drawn(value)`)).rows.map(
      ({ value }) => value,
    );
  const organisation =
    "(select organisation_id from sender where channel = 'whatsapp' order by created_at, id limit 1)";
  const drawn = `message tablesample system (0.2) where organisation_id = ${organisation}`;
  const texts = await column(`select text from ${drawn} and text is not null order by random() limit ${count * 4}`);
  return {
    members: await column(`select id from member where organisation_id = ${organisation}`),
    inboxes: await column(`select id from inbox where organisation_id = ${organisation}`),
    senders: await column(`select id from sender where organisation_id = ${organisation} and channel = 'whatsapp'`),
    labels: await column(`select id from label where organisation_id = ${organisation}`),
    contacts: await column(
      `select id from contact where organisation_id = ${organisation} order by random() limit ${count}`,
    ),
    threads: await column(`select conversation_id from ${drawn} order by random() limit ${count * 2}`),
    names: await column(
      `select name from contact where organisation_id = ${organisation} order by random() limit ${count}`,
    ),
    phones: await column(
      `select substr(value, 6, 5) from address where organisation_id = ${organisation} and kind = 'phone' order by random() limit ${count}`,
    ),
    orders: texts.flatMap((text) => /K-(\d+)/.exec(text)?.[1] ?? []),
    compounds: texts.flatMap((text) => text.split(/\W+/).filter((word) => word.length > 9)),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const size = { messages: option("messages", 10_000_000), conversations: option("conversations", 200_000) };
  const keep = process.argv.indexOf("--keep");
  const { filled } = await archiveFigures(
    size,
    option("samples", 200),
    console.log,
    keep === -1 ? null : (process.argv[keep + 1] ?? null),
  );
  console.log(
    `${filled.messages.toLocaleString("en-US")} messages made in ${filled.seconds.toFixed(0)} s: database ${(filled.databaseBytes / 2 ** 30).toFixed(1)} GiB, messages ${(filled.messageTableBytes / 2 ** 30).toFixed(1)} GiB, search index ${(filled.searchIndexBytes / 2 ** 20).toFixed(0)} MiB`,
  );
}

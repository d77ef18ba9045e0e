import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connect, migrate, type Tx } from "@loket/database";
import { embeddedDatabase, startEmbedded } from "@loket/database/embedded";
import { type LedgerPorts, record, sequence } from "@loket/evidence/ledger";
import { createIds, createKeys, systemClock, systemRandom } from "@loket/kit";
import { percentile, tempDir } from "./programs.ts";

/** The evidence ledger by itself: a million entries verified, and what keeping it costs in PostgreSQL. */

const root = fileURLToPath(new URL("..", import.meta.url));

/** Seconds to verify a whole log of a million entries, in a program of its own on one core. */
export async function verifySeconds(): Promise<number> {
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(root, "packages/evidence/src/bench.ts")],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => {
    text += chunk;
  });
  await new Promise((resolve) => child.once("close", resolve));
  const found = /leaves in ([\d.]+) s, valid/.exec(text)?.[1];
  if (found === undefined) throw new Error(`The verifier did not find the log valid.\n${text}`);
  return Number(found);
}

export interface LedgerFigures {
  /** One entry per transaction, twelve connections. */
  readonly recordedPerSecond: number;
  readonly placedPerSecond: number;
  /** A transaction such as a hand-over's, at the median: without its entry, and with. */
  readonly withoutMs: number;
  readonly withMs: number;
}

const connections = 12;
const people = 500;

/** Records entries each in a transaction of its own while nothing else happens, then gives them their places. */
export async function ledgerFigures(entries: number): Promise<LedgerFigures> {
  const server = await startEmbedded({ dataDir: tempDir() });
  const address = await embeddedDatabase(server);
  await migrate(address);
  const worker = connect(address, "loket_worker", { max: connections });
  const ports: LedgerPorts = {
    ids: createIds(systemClock, systemRandom),
    clock: systemClock,
    random: systemRandom,
    keys: createKeys(new Uint8Array(32).fill(1)),
  };
  const organisationId = ports.ids.next<"organisation">();
  const within = <T>(work: (tx: Tx) => Promise<T>) => worker.inOrganisation(organisationId, work);
  await within((tx) =>
    tx.query(
      "insert into organisation (organisation_id, kind, name, locale, time_zone, home_country, created_at) values ($1, 'business', 'x', 'en', 'Europe/Amsterdam', 'NL', now())",
      [organisationId],
    ),
  );
  const contacts = Array.from({ length: people }, () => ports.ids.next());
  for (const id of contacts)
    await within(async (tx) => {
      await tx.query("insert into contact (organisation_id, id, name, created_at) values ($1, $2, 'x', now())", [
        organisationId,
        id,
      ]);
      await put(tx, ports, id);
    });

  let index = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (index++ < entries) await within((tx) => put(tx, ports, contacts[index % people] ?? null));
    }),
  );
  const recordedPerSecond = (entries / (performance.now() - startedAt)) * 1_000;

  const placedAt = performance.now();
  let placed = 0;
  for (let count = 1; count > 0; placed += count) count = await sequence(worker, ports, organisationId);
  const placedPerSecond = (placed / (performance.now() - placedAt)) * 1_000;

  const [withoutMs, withMs] = [await handOverMs(false), await handOverMs(true)];
  await worker.close();
  await server.stop();
  return { recordedPerSecond, placedPerSecond, withoutMs, withMs };

  /** Reads the person under a share lock and writes what two statements of a hand-over write, in one flight. */
  async function handOverMs(withEntry: boolean): Promise<number> {
    const times: number[] = [];
    for (let round = 0; round < 2_000; round++) {
      const contactId = contacts[round % people] ?? "";
      const from = performance.now();
      await within(async (tx) => {
        await tx.query("select consent_epoch from contact where organisation_id = $1 and id = $2 for share", [
          organisationId,
          contactId,
        ]);
        await Promise.all([
          ...[0, 1].map(() =>
            tx.query("insert into label (organisation_id, id, name, colour) values ($1, $2, $3, 'x')", [
              organisationId,
              ports.ids.next(),
              ports.ids.next(),
            ]),
          ),
          withEntry ? put(tx, ports, contactId) : undefined,
        ]);
      });
      times.push(performance.now() - from);
    }
    return percentile(times, 0.5);
  }
}

function put(tx: Tx, ports: LedgerPorts, contactId: string | null): Promise<string> {
  return record(tx, ports, {
    type: "attempt.intent",
    contactId,
    body: {
      attempt: ports.ids.next(),
      delivery: ports.ids.next(),
      outcome: "allow",
      rules: [],
      reliedOn: ["whatsapp.policy.opt-in-required"],
      book: "2026-11-22",
      channel: "whatsapp",
      kind: "newsletter",
      businessInitiated: true,
      consentClass: "B",
    },
  });
}

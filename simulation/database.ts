import type { DatabaseAddress } from "@loket/database";
import { connect, type Database, type Tx } from "@loket/database";
import pg from "pg";
import type { Faults } from "./faults.ts";
import type { Kernel, Node } from "./kernel.ts";

/**
 * PostgreSQL inside the simulation: the real one, one transaction at a time, each at one virtual instant. Its own clock is
 * the simulation's: `now()` is looked up in a schema of ours before PostgreSQL's, so that leases end in virtual time.
 */
export interface Store {
  readonly admin: pg.Client;
  /** As one node sees it: every transaction is an event, and what can go wrong with one does. */
  of(node: Node, role: "loket_app" | "loket_worker"): Database;
  /** Not to be reached until then. */
  outage(untilMs: number): void;
  heal(): void;
  /** Who is told when a lane or a screen is woken. */
  onWake: (key: string) => void;
}

export interface Server {
  readonly address: DatabaseAddress;
  readonly admin: pg.Client;
  readonly app: Database;
  readonly worker: Database;
  close(): Promise<void>;
}

const searchPath = "simulation,pg_catalog,public";

/** Prepares a migrated database of its own for simulations; runs after one another share it, each as an organisation. */
export async function openServer(address: DatabaseAddress): Promise<Server> {
  const admin = new pg.Client({ ...address });
  await admin.connect();
  await admin.query(`
    create schema if not exists simulation;
    grant usage on schema simulation to loket_app, loket_worker;
    create unlogged table if not exists simulation.clock (ms float8 not null);
    delete from simulation.clock;
    insert into simulation.clock values (0);
    grant select, update on simulation.clock to loket_app, loket_worker;
    create or replace function simulation.now() returns timestamptz language sql stable as 'select to_timestamp(ms / 1000) from simulation.clock';
    create table if not exists simulation.note (organisation_id uuid not null, order_ bigserial, kind text not null, id uuid not null, at timestamptz not null, content jsonb not null);
    create index if not exists note_of_run on simulation.note (organisation_id);
    create or replace function simulation.note() returns trigger language plpgsql security definer as $$
    begin
      insert into simulation.note (organisation_id, kind, id, at, content) values (new.organisation_id, tg_table_name || ' ' || lower(tg_op), new.id, simulation.now(), to_jsonb(new));
      return new;
    end $$;`);
  for (const [table, when] of [
    ["attempt", "insert or update"],
    ["suppression", "insert or update"],
    ["consent", "insert"],
    ["campaign", "update"],
    ["message", "insert"],
  ] as const)
    await admin.query(
      `create or replace trigger simulation_note after ${when} on ${table} for each row execute function simulation.note()`,
    );
  const app = connect(address, "loket_app", { max: 1, searchPath });
  const worker = connect(address, "loket_worker", { max: 1, searchPath });
  return {
    address,
    admin,
    app,
    worker,
    async close() {
      await Promise.all([app.close(), worker.close()]);
      await admin.end();
    },
  };
}

const setClock = "update simulation.clock set ms = $1";

class LostConnection extends Error {
  readonly code = "08006";
}

export function createStore(server: Server, kernel: Kernel, faults: () => Faults): Store {
  let downUntilMs = 0;
  const store: Store = {
    admin: server.admin,
    onWake: () => {},
    outage(untilMs) {
      downUntilMs = Math.max(downUntilMs, untilMs);
    },
    heal() {
      downUntilMs = 0;
    },
    of(node, role) {
      const real = role === "loket_app" ? server.app : server.worker;
      const ask = <T>(label: string, run: () => Promise<T>): Promise<T> =>
        node.ask(label, kernel.between(1, 6), async () => {
          if (kernel.nowMs < downUntilMs) throw new LostConnection("connection refused: the database is away");
          if (kernel.chance(faults().lostBeforeCommit)) throw new LostConnection("connection lost before the commit");
          const result = await run();
          if (kernel.chance(faults().lostAfterCommit)) throw new LostConnection("connection lost after the commit");
          return result;
        });
      const wakeLater = (key: string): void => {
        if (!kernel.chance(faults().lostWake))
          kernel.at(kernel.between(0, 5), `wake ${key.slice(0, 3)}`, () => store.onWake(key));
      };
      return {
        pool: real.pool,
        inOrganisation: (organisationId, work) =>
          ask("commits", async () => {
            const wakes: string[] = [];
            const result = await real.inOrganisation(organisationId, (tx: Tx) => {
              void tx.query(setClock, [kernel.now()]); // goes in the same flight as what follows
              return work({ ...tx, wake: (_topic, key) => void wakes.push(key) });
            });
            for (const key of wakes) wakeLater(key);
            return result;
          }),
        across: (text, values) =>
          ask("asks", async () => {
            if (text.includes("now()")) await server.admin.query(setClock, [kernel.now()]);
            const rows = await real.across<never>(text, values);
            if (text.includes("into inbound_receipt")) wakeLater("in:");
            return rows;
          }),
        asPerson: () => Promise.reject(new Error("Nobody signs in here.")),
        byTokenHash: () => Promise.reject(new Error("Nobody signs in here.")),
        listen: () => Promise.resolve({ close: () => Promise.resolve() }),
        close: () => Promise.resolve(),
      };
    },
  };
  return store;
}

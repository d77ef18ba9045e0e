import {
  beatInstallation,
  type Database,
  type Disagreement,
  type JobTask,
  type Joined,
  type Joining,
  joinInstallation,
  mayHandOver,
  type Tx,
} from "@loket/database";
import { type Clock, type Ids, type OrganisationId, secondMs } from "@loket/kit";
import type { Logger } from "pino";
import { ConfigError } from "../config.ts";
import type { PlaceKeeper } from "./place.ts";

/** Whether this process may hand over: its database is the one the installation left off with, and nobody has to confirm. */
export interface Installation {
  /** For a lane, before it looks what is due. */
  handsOver(organisationId: OrganisationId): Promise<boolean>;
  /** In the transaction of an intent: the database may have been exchanged since the last look. */
  mayHandOver(tx: Tx): Promise<boolean>;
  /** `false` while it is not clear yet whether this database is the right one. */
  readonly hasJoined: boolean;
  /** How many organisations wait for somebody to confirm. */
  countHeld(): Promise<number>;
  stop(): Promise<void>;
}

export interface InstallationPorts {
  readonly worker: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

const beatMs = 3 * secondMs;
/** Two beats of the others and some patience, before nobody is at work. */
const watchMs = 3 * beatMs;
const lookMs = secondMs / 2;

/**
 * Joins the installation and stays in it until stopped. Resolves when it has joined, or knows that others have to be
 * watched first; that goes on beside everything else, and nothing is handed over meanwhile.
 */
export async function keepInstallation(ports: InstallationPorts, place: PlaceKeeper): Promise<Installation> {
  const { worker, clock, log } = ports;
  const stopping = new AbortController();
  const me = place.read();
  let joined: Joined | null = null;
  const held = new Set<OrganisationId>();

  const settle = (joining: Joining): boolean => {
    if (joining.kind === "other-keys")
      throw new ConfigError(
        "Others work on this database with other keys. Give this process their keys.json in its LOKET_DATA_DIR.",
      );
    if (joining.kind === "watching") return false;
    if (joining.held) log.error({ reason: joining.held }, words[joining.held]);
    joined = { id: joining.id, epoch: joining.epoch };
    place.remember(joining.id, joining.epoch);
    return true;
  };
  const ask = (before: Readonly<Record<string, number>> | null, isLast: boolean) =>
    joinInstallation(
      worker,
      { ...me, seen: place.read().seen },
      { at: clock.now(), newId: ports.ids.next() },
      before,
      isLast,
    );
  /** Asks until it is clear; what others do meanwhile decides. */
  async function join(): Promise<void> {
    const endsAt = clock.monotonicMs() + watchMs;
    let joining = await ask(null, false);
    while (!settle(joining) && !stopping.signal.aborted) {
      await clock.sleep(lookMs, stopping.signal);
      joining = await ask(joining.kind === "watching" ? joining.beats : null, clock.monotonicMs() >= endsAt);
    }
  }
  async function beat(): Promise<void> {
    if (joined === null) return join();
    await clock.sleep(beatMs, stopping.signal);
    if (stopping.signal.aborted) return;
    const epoch = await beatInstallation(worker, me.place, joined);
    // `null`: what we remember is later than this database, or somebody else took it over. Either way it is looked at anew.
    joined = epoch === null ? null : { ...joined, epoch };
    if (joined) place.remember(joined.id, joined.epoch);
  }

  settle(await ask(null, false));
  const loop = (async () => {
    while (!stopping.signal.aborted)
      await beat().catch(async (error) => {
        log.warn({ error: String(error) }, "the installation could not be looked after; trying again");
        await clock.sleep(lookMs, stopping.signal);
      });
  })();

  return {
    async handsOver(organisationId) {
      if (joined === null) return false;
      if (!held.has(organisationId)) return true;
      const rows = await worker.across("select 1 from hand_over_hold where organisation_id = $1", [organisationId]);
      if (rows.length === 0) held.delete(organisationId);
      return rows.length === 0;
    },
    async mayHandOver(tx) {
      const known = joined;
      const row = known && (await tx.one<{ yes: boolean }>(mayHandOver, [tx.organisationId, known.id, known.epoch]));
      const may = row?.yes === true;
      if (!may) held.add(tx.organisationId);
      return may;
    },
    get hasJoined() {
      return joined !== null;
    },
    async countHeld() {
      return (await worker.across("select 1 from hand_over_hold")).length;
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

const words: Readonly<Record<Disagreement, string>> = {
  older:
    "this database is older than what this installation has sent; nothing is handed over until somebody confirms on the desk",
  copied: "this is a copy of an installation; nothing is handed over until somebody confirms on the desk",
  foreign: "this database belongs to another installation; nothing is handed over until somebody confirms on the desk",
};

/** What speaks to others by itself, beside messages: it comes again by itself, or is missed by nobody. */
const outward: ReadonlySet<string> = new Set([
  "whatsapp.read",
  "evidence.mail",
  "evidence.timestamp",
  "evidence.witness",
]);

/** Jobs that speak outward are passed over while their organisation is held. */
export function holdJobs(
  installation: Installation,
  worker: Database,
  tasks: Readonly<Record<string, JobTask>>,
): Record<string, JobTask> {
  const held =
    (task: JobTask): JobTask =>
    async (payload, attempt) => {
      const may = await worker.inOrganisation(payload.organisationId, (tx) => installation.mayHandOver(tx));
      if (may) await task(payload, attempt);
    };
  return Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, outward.has(name) ? held(task) : task]));
}

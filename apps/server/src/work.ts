import { recordProgress } from "@loket/conversations";
import {
  type DispatchPorts,
  type HandOverPorts,
  keepLanes,
  type Lane,
  releaseLanes,
  takeLanes,
  workLane,
} from "@loket/delivery";
import { secondMs } from "@loket/kit";
import { brakeCampaign, tendCampaigns, watchFailures } from "@loket/newsletters";
import { senderAccount } from "@loket/organisations";
import type { Installation } from "./installation/keep.ts";
import type { Ports } from "./ports.ts";
import { workInbound } from "./receive.ts";

export interface Worker {
  /** Something new for a lane (`in:<senderId>`, `out:<senderId>`). */
  wake(key: string): void;
  /** Whether leases were kept lately: a worker that cannot reach the database is not ready. */
  isWell(): boolean;
  readonly lanes: number;
  stop(): Promise<void>;
}

const lookMs = secondMs;
const heartbeatMs = 3 * secondMs;
const maxLanes = 200;
const yes = async (): Promise<boolean> => true;

export function handOverPorts(ports: Ports): HandOverPorts {
  return {
    clock: ports.clock,
    ids: ports.ids,
    random: ports.random,
    keys: ports.keys,
    shadowEdition: ports.shadowEdition,
    progress: async (tx, progress) => {
      for (const each of progress)
        if (each.messageId !== null || each.campaignId === null) await recordProgress(tx, each);
      await watchFailures(tx, ports, progress);
    },
    brake: (tx, campaignId, brake) => brakeCampaign(tx, ports, campaignId, brake),
  };
}

/**
 * Takes lanes, keeps their leases and works them, until stopped. Any number of processes may do so at once. Without an
 * installation nobody asks whether the database was restored or copied: where there is nothing outside it to compare with.
 */
export function startWorker(
  ports: Ports,
  installation: Pick<Installation, "handsOver" | "mayHandOver"> = { handsOver: yes, mayHandOver: yes },
): Worker {
  const holder = `${process.pid}-${ports.ids.next()}`;
  const running = new Map<string, { lane: Lane; stop: AbortController; done: Promise<void> }>();
  const wakers = new Map<string, Set<() => void>>();
  const stopping = new AbortController();
  let keptAtMs = ports.clock.monotonicMs();

  const account = createAccountReader(ports);
  const dispatchPorts: DispatchPorts = {
    ...handOverPorts(ports),
    mayHandOver: (tx) => installation.mayHandOver(tx),
    worker: ports.worker,
    network: ports.network,
    log: (level, text, detail) => ports.log[level](detail ?? {}, text),
    tend: (lane) => tendCampaigns(ports.worker, ports, lane),
    account: async (lane) => ((await installation.handsOver(lane.organisationId)) ? account(lane) : null),
  };

  const woken = (key: string, signal: AbortSignal) => async (waitMs: number) => {
    let wake = () => {};
    const rung = new Promise<void>((resolve) => {
      wake = resolve;
    });
    const waiting = wakers.get(key) ?? new Set();
    wakers.set(key, waiting.add(wake));
    const timer = new AbortController();
    await Promise.race([rung, ports.clock.sleep(waitMs, AbortSignal.any([timer.signal, signal]))]);
    timer.abort();
    waiting.delete(wake);
  };

  function begin(lane: Lane): void {
    const key = `${lane.direction}:${lane.senderId}`;
    const stop = new AbortController();
    const work =
      lane.direction === "out"
        ? workLane(dispatchPorts, lane, stop.signal, woken(key, stop.signal))
        : workInbound(ports, dispatchPorts, lane, stop.signal, woken(key, stop.signal));
    const done = work
      .catch((error) =>
        ports.log.error({ error: String(error), lane: key }, "a lane broke off; it will be taken up again"),
      )
      // Not worked, its lease is not kept; and by then it may be ours again, under another fence.
      .finally(() => running.get(key)?.lane === lane && running.delete(key));
    running.set(key, { lane, stop, done });
  }

  const loop = (async () => {
    let heartbeatDueMs = 0;
    while (!stopping.signal.aborted) {
      try {
        if (ports.clock.monotonicMs() >= heartbeatDueMs) {
          heartbeatDueMs = ports.clock.monotonicMs() + heartbeatMs;
          const worked = [...running.entries()];
          const kept = new Set(
            (
              await keepLanes(
                ports.worker,
                holder,
                worked.map(([, { lane }]) => lane),
              )
            ).map((lane) => `${lane.direction}:${lane.senderId}`),
          );
          keptAtMs = ports.clock.monotonicMs();
          // A lane that is no longer ours is let go at once; its fence has moved on, and nothing we do counts.
          for (const [key, { stop }] of worked) if (!kept.has(key)) stop.abort();
        }
        if (running.size < maxLanes)
          for (const lane of await takeLanes(ports.worker, holder, maxLanes - running.size)) begin(lane);
      } catch (error) {
        ports.log.warn({ error: String(error) }, "lanes could not be looked after; trying again");
      }
      await ports.clock.sleep(lookMs, stopping.signal);
    }
  })();

  return {
    wake(key) {
      for (const wake of wakers.get(key) ?? []) wake();
    },
    isWell: () => ports.clock.monotonicMs() - keptAtMs < 5 * heartbeatMs,
    get lanes() {
      return running.size;
    },
    async stop() {
      stopping.abort();
      await loop;
      for (const lane of running.values()) lane.stop.abort();
      await Promise.allSettled([...running.values()].map((lane) => lane.done));
      await releaseLanes(ports.worker, holder).catch(() => {});
    },
  };
}

/** Accounts change rarely and are asked for with every hand-over: kept for a few seconds. */
function createAccountReader(ports: Ports): DispatchPorts["account"] {
  const known = new Map<string, { at: number; value: Awaited<ReturnType<DispatchPorts["account"]>> }>();
  return async (lane) => {
    const cached = known.get(lane.senderId);
    if (cached && ports.clock.monotonicMs() - cached.at < 5 * secondMs) return cached.value;
    const value = await ports.worker.inOrganisation(lane.organisationId, async (tx) => {
      const account = await senderAccount(tx, ports.vault, lane.senderId);
      const row = await tx.one<{ messages_per_second: number; state: string }>(
        "select messages_per_second, state from sender where organisation_id = $1 and id = $2",
        [lane.organisationId, lane.senderId],
      );
      if (!account || !row || row.state === "disconnected") return null;
      return {
        account: {
          channel: "whatsapp" as const,
          numberId: account.numberId,
          accessToken: account.accessToken,
          baseUrl: account.baseUrl,
        },
        messagesPerSecond: row.messages_per_second,
      };
    });
    known.set(lane.senderId, { at: ports.clock.monotonicMs(), value });
    return value;
  };
}

import { createHmac } from "node:crypto";
import type { Agenda } from "./agenda.ts";
import { strikes } from "./faults.ts";
import { GraphError } from "./graph-error.ts";
import { challengeOf } from "./identifiers.ts";
import type { Batch, Lane, Update } from "./lanes.ts";
import type { Log } from "./log.ts";
import type { Download } from "./media-links.ts";
import type { State } from "./state.ts";
import type { TurningClock } from "./turning-clock.ts";

/** The one way out of the sandbox, passed in. Rejects when no answer came. */
export interface Network {
  post(url: string, headers: Record<string, string>, body: string, timeoutMs: number): Promise<{ status: number }>;
  get(url: string, timeoutMs: number): Promise<{ status: number; text: string }>;
  /** A POST whose answer is read: to the endpoint of a flow. Rejects with a TimeoutError after `timeoutMs`. */
  exchange(
    url: string,
    headers: Record<string, string>,
    body: string,
    timeoutMs: number,
  ): Promise<{ status: number; text: string }>;
  /** The file behind a link, following redirects, cut off at `maxBytes`. */
  download(url: string, bounds: { maxBytes: number; timeoutMs: number }): Promise<Download>;
}

/**
 * Telling subscribers what happened. Each callback URL has a lane of its own:
 *
 * - **flowing**: one POST at a time, in order; updates that arrive meanwhile are sent together in the next one (≤ 1,000 and
 *   ≤ 3 MB, the platform's bounds). Only HTTP 200 counts as received.
 * - **waiting**: the last POST failed and is due again later. Nothing overtakes it.
 * - **set aside**: a body the subscriber keeps *refusing* (it answers, but not with 200) is, after a few quick attempts,
 *   retried on its own timetable while the lane flows on. One poisoned message must not silence a number. A subscriber that
 *   does not answer at all keeps the lane waiting instead, so that order survives its restart.
 *
 * Retries end at the horizon; then the update is lost, as on the platform, and the log says so.
 */
export interface Callbacks {
  enqueue(url: string, update: Update): void;
  resume(url: string): void;
  retry(url: string, batchId: number): void;
  /** Sends a body as it is, signed, once; `field` is what the log calls it. */
  sendRaw(url: string, appId: string, body: string, field?: string): Promise<void>;
  /** Tries everything that is waiting now instead of at its hour. */
  retryAll(): void;
  /** Resolves when no POST is under way and none is about to start. */
  quiet(): Promise<void>;
  handshake(url: string, verifyToken: string): Promise<void>;
  /** Forgets what is under way, because another state has taken the place of the old one. */
  restart(): void;
  close(): void;
}

interface Means {
  readonly state: () => State;
  readonly clock: TurningClock;
  readonly agenda: () => Agenda;
  readonly network: Network;
  readonly log: Log;
  /**
   * POSTs to different URLs one after another instead of side by side: who answers first must not decide what a script's log
   * looks like. For clocks that a test turns.
   */
  readonly oneAtATime: boolean;
}

const bodyBytesAtMost = 3 * 1024 * 1024;

/** How a body is signed with an app's secret (`X-Hub-Signature-256`). */
export function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body, "utf8").digest("hex")}`;
}

export function createCallbacks({ state, clock, agenda, network, log, oneAtATime }: Means): Callbacks {
  const pumping = new Set<string>();
  let waiters: (() => void)[] = [];
  let underWay = 0;
  let batchId = 0;
  let era = 0;
  let closed = false;
  let line: Promise<unknown> = Promise.resolve();

  function begin(): void {
    underWay += 1;
  }
  function end(): void {
    underWay -= 1;
    if (underWay > 0) return;
    const woken = waiters;
    waiters = [];
    for (const wake of woken) wake();
  }

  function laneOf(url: string): Lane {
    let lane = state().lanes.get(url);
    if (!lane) {
      lane = { url, queue: [], head: null, waiting: false, setAside: new Map() };
      state().lanes.set(url, lane);
    }
    return lane;
  }

  function pumpLater(lane: Lane): void {
    if (closed || lane.waiting || pumping.has(lane.url)) return;
    pumping.add(lane.url);
    begin();
    const startedIn = era;
    // A turn later, so that what happens at one instant is sent together, and an answer under way is written first.
    setImmediate(() => {
      void flow(lane, startedIn).finally(() => {
        if (era === startedIn) {
          pumping.delete(lane.url);
          if (lane.queue.length > 0) pumpLater(lane);
        }
        end();
      });
    });
  }

  async function flow(lane: Lane, startedIn: number): Promise<void> {
    while (!closed && era === startedIn && !lane.waiting) {
      if (!lane.head) {
        if (lane.queue.length === 0) return;
        lane.head = assemble(lane.queue, state());
      }
      const batch = lane.head;
      const { received, answered } = await deliver(lane.url, batch, startedIn);
      if (era !== startedIn) return;
      if (received) {
        lane.head = null;
        continue;
      }
      const delayMs = delayBefore(batch);
      if (delayMs === null) {
        lane.head = null;
      } else if (answered && batch.attempt >= state().faults.retry.quickAttempts) {
        lane.head = null;
        lane.setAside.set(batch.id, batch);
        agenda().plan(delayMs, { do: "retry", url: lane.url, batchId: batch.id });
      } else {
        lane.waiting = true;
        agenda().plan(delayMs, { do: "resume", url: lane.url });
      }
    }
  }

  function assemble(queue: Update[], from: State): Batch {
    const first = queue[0];
    if (!first) throw new RangeError("Nothing to assemble.");
    let count = 0;
    let bytes = 0;
    for (const update of queue) {
      // One body is signed with one secret, so updates of different apps never share one.
      if (update.appId !== first.appId || count >= Math.max(1, from.faults.batch.max)) break;
      bytes += update.change.length;
      if (count > 0 && bytes > bodyBytesAtMost) break;
      count += 1;
    }
    const updates = queue.splice(0, count);
    const others = updates.flatMap((update) => update.others ?? []);
    batchId += 1;
    return {
      id: batchId,
      appId: first.appId,
      fields: [...new Set(updates.map((update) => update.field))],
      body: bodyOf(updates),
      firstAt: clock.now(),
      ...(others.length > 0 ? { others } : {}),
      attempt: 0,
    };
  }

  function deliver(url: string, batch: Batch, startedIn: number): Promise<{ received: boolean; answered: boolean }> {
    if (!oneAtATime) return deliverNow(url, batch, startedIn);
    const delivered = line.then(() => deliverNow(url, batch, startedIn));
    line = delivered.catch(() => {});
    return delivered;
  }

  async function deliverNow(
    url: string,
    batch: Batch,
    startedIn: number,
  ): Promise<{ received: boolean; answered: boolean }> {
    batch.attempt += 1;
    // A retry goes to every subscribed app, also to those that have it already (Webhooks, "Failed delivery").
    if (batch.attempt > 1) for (const { url: other, update } of batch.others ?? []) enqueue(other, update);
    const faults = state().faults;
    const secret = state().apps.get(batch.appId)?.secret ?? "";
    const signature = signatureOf(batch.body, secret);
    const headers = {
      "content-type": "application/json",
      "user-agent": "facebookexternalua",
      accept: "*/*",
      "x-hub-signature-256": signature,
    };
    const at = clock.now();
    let status: number | null = null;
    let problem: string | null = null;
    try {
      status = (await network.post(url, headers, batch.body, faults.retry.timeoutMs)).status;
    } catch (error) {
      problem = error instanceof Error ? error.message || error.name : String(error);
    }
    if (era !== startedIn) return { received: true, answered: true };
    let received = status === 200;
    if (received && strikes(state(), faults.webhooks.loseAnswers)) {
      received = false;
      problem = "The answer was lost on the way (fault).";
    }
    log.write({
      kind: "webhook",
      at,
      url,
      field: batch.fields.join(","),
      raw: batch.body,
      signature,
      status,
      attempt: batch.attempt,
      problem,
    });
    if (received && batch.attempt === 1 && strikes(state(), faults.webhooks.duplicate))
      return deliverNow(url, batch, startedIn);
    return { received, answered: status !== null };
  }

  /** How long until the next attempt, or `null` when the horizon has been reached. */
  function delayBefore(batch: Batch): number | null {
    const { delaysMs, horizonMs } = state().faults.retry;
    const delayMs = delaysMs[Math.min(batch.attempt, delaysMs.length) - 1];
    if (delayMs === undefined || clock.now() + delayMs - batch.firstAt > horizonMs) return null;
    return delayMs;
  }

  async function retryAside(lane: Lane, batch: Batch): Promise<void> {
    const startedIn = era;
    const { received } = await deliver(lane.url, batch, startedIn);
    if (era !== startedIn) return;
    const delayMs = received ? null : delayBefore(batch);
    if (delayMs === null) lane.setAside.delete(batch.id);
    else agenda().plan(delayMs, { do: "retry", url: lane.url, batchId: batch.id });
  }

  function retry(url: string, id: number): void {
    const lane = laneOf(url);
    const batch = lane.setAside.get(id);
    if (!batch || closed) return;
    begin();
    void retryAside(lane, batch).finally(end);
  }

  function resume(url: string): void {
    const lane = laneOf(url);
    lane.waiting = false;
    if (lane.head || lane.queue.length > 0) pumpLater(lane);
  }

  function enqueue(url: string, update: Update): void {
    const lane = laneOf(url);
    lane.queue.push(update);
    pumpLater(lane);
  }

  return {
    enqueue,
    resume,
    retry,
    async sendRaw(url, appId, body, field = "raw") {
      batchId += 1;
      const batch: Batch = { id: batchId, appId, fields: [field], body, firstAt: clock.now(), attempt: 0 };
      await deliver(url, batch, era);
    },
    retryAll() {
      for (const lane of state().lanes.values()) resume(lane.url);
    },
    quiet() {
      if (underWay === 0) return Promise.resolve();
      return new Promise((resolve) => waiters.push(resolve));
    },
    async handshake(url, verifyToken) {
      // The platform's "verification request": GET with hub.* parameters, to be answered with the bare challenge.
      const challenge = challengeOf(state());
      let asked: URL;
      try {
        asked = new URL(url);
      } catch {
        throw new GraphError(100, { message: "(#100) Param override_callback_uri must be a valid URI." });
      }
      asked.searchParams.set("hub.mode", "subscribe");
      asked.searchParams.set("hub.challenge", challenge);
      asked.searchParams.set("hub.verify_token", verifyToken);
      const problem = await network
        .get(asked.toString(), state().faults.retry.timeoutMs)
        .then(({ status, text }) => {
          if (status !== 200) return `HTTP Status Code = ${status}; HTTP Message = ${text.slice(0, 80) || "(empty)"}`;
          return text === challenge
            ? null
            : "The response did not match the challenge, expected value = the challenge, received = another text";
        })
        .catch(
          (error: unknown) => `curl_errno = 7; curl_error = ${error instanceof Error ? error.message : String(error)}`,
        );
      if (problem) {
        throw new GraphError(2200, {
          message: `(#2200) Callback verification failed with the following errors: ${problem}`,
        });
      }
      // It lives: what waited for it need not wait for its hour.
      if (state().lanes.get(url)?.waiting) resume(url);
    },
    restart() {
      era += 1;
      pumping.clear();
      for (const lane of state().lanes.values()) {
        for (const batch of [lane.head, ...lane.setAside.values()]) batchId = Math.max(batchId, batch?.id ?? 0);
        if (!lane.waiting) pumpLater(lane);
      }
    },
    close() {
      closed = true;
    },
  };
}

/** Consecutive updates of one account share an entry, unless they carry a `time`. */
function bodyOf(updates: readonly Update[]): string {
  const entries: { accountId: string; time: number | null; changes: string[] }[] = [];
  for (const { accountId, time, change } of updates) {
    const last = entries.at(-1);
    if (last && last.accountId === accountId && last.time === null && time === null) last.changes.push(change);
    else entries.push({ accountId, time, changes: [change] });
  }
  const texts = entries.map(
    ({ accountId, time, changes }) =>
      `{"id":"${accountId}",${time === null ? "" : `"time":${time},`}"changes":[${changes.join(",")}]}`,
  );
  return `{"object":"whatsapp_business_account","entry":[${texts.join(",")}]}`;
}

/** JSON as the platform writes it: slashes escaped, everything beyond ASCII as `\uXXXX` in lower case. */
export function platformJson(value: unknown): string {
  return JSON.stringify(value)
    .replace(/\//g, "\\/")
    .replace(/[\u0080-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

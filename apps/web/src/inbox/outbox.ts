import type { Message, MessageSend, Note, Problem } from "@loket/contract";

/*
 * What was written and is not yet known to have arrived. An entry is shown the moment it is made, kept in the browser's
 * database, and sent under the id it was made with for as long as it takes: the server turns a repeat into the same
 * message, so a broken line can neither lose nor double it.
 *
 *   waiting ──▶ sending ──▶ gone (the real message has taken its place)
 *      ▲           │├─ no answer: waits, 1 s, 2 s, 4 s … 30 s, or until the line is back
 *      │           │└─ an answer that is no: parked, with the reason, until the writer decides
 *      └───────────┘
 *
 * Per conversation one entry is under way at a time, oldest first, so the order on the phone is the order of writing. A
 * parked entry lets the ones behind it pass: it waits for a person, and they may not be about the same thing.
 */

export interface OutboxFile {
  blob: Blob;
  name: string;
  kind: "image" | "video" | "audio" | "document";
  /** Set once the bytes have arrived, so that a retry does not carry them again. */
  mediaId: string | null;
}

export type OutboxBody = { kind: "message"; send: MessageSend } | { kind: "note"; text: string };

/** The conversation as it was on screen: its version, and the ids of the last items. */
export interface Seen {
  version: number;
  ids: string[];
}

export interface OutboxEntry {
  clientId: string;
  conversationId: string;
  body: OutboxBody;
  file: OutboxFile | null;
  createdAt: string;
  /** The conversation as the writer saw it: answered 409 when someone else moved meanwhile. */
  seen: Seen | null;
  state: "waiting" | "sending" | "parked";
  problem: Problem | null;
  tries: number;
}

export type SendOutcome =
  | { kind: "sent"; message?: Message; note?: Note }
  | { kind: "again"; afterMs?: number }
  | { kind: "parked"; problem: Problem };

export interface OutboxStore {
  load(): Promise<OutboxEntry[]>;
  save(entry: OutboxEntry): Promise<void>;
  remove(clientId: string): Promise<void>;
}

export interface OutboxPorts {
  store: OutboxStore;
  send(entry: OutboxEntry, progress: (fraction: number) => void): Promise<SendOutcome>;
  /** Runs `act` after `ms`; the answer cancels it. */
  later(ms: number, act: () => void): () => void;
  /** The real thing has arrived and takes the echo's place. Called before the entry disappears. */
  arrived(entry: OutboxEntry, outcome: { message?: Message; note?: Note }): void;
}

export interface Outbox {
  readonly entries: () => readonly OutboxEntry[];
  readonly progress: (clientId: string) => number | null;
  subscribe(listener: () => void): () => void;
  /** Takes up what an earlier visit left behind. */
  restore(): Promise<void>;
  add(entry: Omit<OutboxEntry, "state" | "problem" | "tries">): void;
  /** The writer decided: once more, possibly knowing more than before. */
  resend(clientId: string, seen?: Seen | null): void;
  discard(clientId: string): OutboxEntry | null;
  /** The message came by another road (an event, another tab). */
  settle(clientId: string): void;
  /** The line is back: no use in waiting out a pause. */
  kick(): void;
  stop(): void;
}

const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

export function pauseMs(tries: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, tries - 1));
}

export function createOutbox(ports: OutboxPorts): Outbox {
  let entries: readonly OutboxEntry[] = [];
  let stopped = false;
  const listeners = new Set<() => void>();
  const progress = new Map<string, number>();
  /** A conversation is in here while one of its entries is under way, or pauses before its next try. */
  const busy = new Map<string, { cancel: (() => void) | null }>();

  function tell() {
    for (const listener of listeners) listener();
  }

  function put(entry: OutboxEntry, keep = true) {
    entries = entries.some((held) => held.clientId === entry.clientId)
      ? entries.map((held) => (held.clientId === entry.clientId ? entry : held))
      : [...entries, entry];
    if (keep) void ports.store.save(entry).catch(() => {}); // a full disk must not keep the words from leaving
    tell();
  }

  function drop(clientId: string): OutboxEntry | null {
    const entry = entries.find((held) => held.clientId === clientId);
    if (!entry) return null;
    entries = entries.filter((held) => held !== entry);
    progress.delete(clientId);
    void ports.store.remove(clientId).catch(() => {});
    tell();
    return entry;
  }

  function find(clientId: string): OutboxEntry | undefined {
    return entries.find((held) => held.clientId === clientId);
  }

  function advance(conversationId: string): void {
    if (stopped || busy.has(conversationId)) return;
    const head = entries.find((entry) => entry.conversationId === conversationId && entry.state !== "parked");
    if (!head) return;
    busy.set(conversationId, { cancel: null });
    const sending: OutboxEntry = { ...head, state: "sending", tries: head.tries + 1 };
    put(sending, false);
    const onProgress = (fraction: number) => {
      progress.set(head.clientId, fraction);
      tell();
    };
    ports
      .send(sending, onProgress)
      .catch((): SendOutcome => ({ kind: "again" }))
      .then((outcome) => finish(sending, outcome));
  }

  function finish(sent: OutboxEntry, outcome: SendOutcome): void {
    const { conversationId, clientId } = sent;
    progress.delete(clientId);
    if (outcome.kind === "sent") {
      ports.arrived(sent, outcome);
      drop(clientId);
    } else if (find(clientId)) {
      if (outcome.kind === "parked") put({ ...sent, state: "parked", problem: outcome.problem });
      else {
        put({ ...sent, state: "waiting" });
        const release = () => {
          busy.delete(conversationId);
          advance(conversationId);
        };
        busy.set(conversationId, { cancel: ports.later(outcome.afterMs ?? pauseMs(sent.tries), release) });
        return;
      }
    }
    busy.delete(conversationId);
    advance(conversationId);
  }

  function advanceAll() {
    for (const conversationId of new Set(entries.map((entry) => entry.conversationId))) advance(conversationId);
  }

  return {
    entries: () => entries,
    progress: (clientId) => progress.get(clientId) ?? null,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async restore() {
      const kept = await ports.store.load().catch(() => []);
      const known = new Set(entries.map((entry) => entry.clientId));
      // What was under way when the page closed may or may not have arrived: it goes again, under its own id.
      const back = kept
        .filter((entry) => !known.has(entry.clientId))
        .map((entry): OutboxEntry => (entry.state === "sending" ? { ...entry, state: "waiting" } : entry))
        .sort((a, b) => (a.clientId < b.clientId ? -1 : 1)); // UUIDv7 sorts by the order of writing
      entries = [...back, ...entries];
      tell();
      advanceAll();
    },
    add(entry) {
      put({ ...entry, state: "waiting", problem: null, tries: 0 });
      advance(entry.conversationId);
    },
    resend(clientId, seen) {
      const entry = find(clientId);
      if (entry?.state !== "parked") return;
      put({ ...entry, state: "waiting", problem: null, tries: 0, seen: seen === undefined ? entry.seen : seen });
      advance(entry.conversationId);
    },
    discard: drop,
    settle(clientId) {
      drop(clientId);
    },
    kick() {
      for (const [conversationId, pause] of busy) {
        if (!pause.cancel) continue; // a request is under way; it will end by itself
        pause.cancel();
        busy.delete(conversationId);
      }
      advanceAll();
    },
    stop() {
      stopped = true;
      for (const pause of busy.values()) pause.cancel?.();
    },
  };
}

/** How many entries the server does not have yet: what the connection dot calls unsent. */
export function unsentCount(entries: readonly OutboxEntry[]): number {
  return entries.filter((entry) => entry.state !== "parked").length;
}

import { type Instant, toIso } from "@loket/kit";

interface RequestEntry {
  readonly kind: "request";
  readonly id: number;
  readonly at: Instant;
  readonly method: string;
  readonly path: string;
  /** As it was sent; parsed when it is shown. */
  readonly body: string | null;
  readonly status: number | null;
  readonly answer: string;
  readonly token: string | null;
  /** Of the sandbox's time, from the request to its answer. */
  readonly durationMs: number;
}

interface WebhookEntry {
  readonly kind: "webhook";
  readonly id: number;
  readonly at: Instant;
  /** `null` when nobody subscribed to what happened. */
  readonly url: string | null;
  readonly field: string;
  /** The text exactly as it was sent and signed. */
  readonly raw: string;
  readonly signature: string | null;
  /** `null` when no answer came. */
  readonly status: number | null;
  readonly attempt: number;
  readonly problem: string | null;
}

export type LogEntry = RequestEntry | WebhookEntry;

type Unnumbered<Entry> = Entry extends unknown ? Omit<Entry, "id"> : never;

/** Every request the platform answered and every webhook it tried to deliver, the newest `limit` of them. */
export interface Log {
  write(entry: Unnumbered<LogEntry>): void;
  after(id: number, limit: number): LogEntry[];
  readonly lastId: number;
  clear(): void;
}

const keptBytesAtMost = 32 * 1024 * 1024;

export function createLog(limit: number, announce: (entry: LogEntry) => void): Log {
  let entries: LogEntry[] = [];
  let first = 0;
  let bytes = 0;
  let lastId = 0;
  // Batches of a thousand statuses are large; without a bound on bytes a load test would end in the log's memory.
  const weight = (entry: LogEntry): number =>
    entry.kind === "webhook" ? entry.raw.length : 200 + (entry.body?.length ?? 0) + entry.answer.length;
  return {
    write(unnumbered) {
      lastId += 1;
      const entry: LogEntry = { ...unnumbered, id: lastId };
      entries.push(entry);
      bytes += weight(entry);
      while (entries.length - first > limit || (bytes > keptBytesAtMost && entries.length - first > 1)) {
        const oldest = entries[first];
        if (oldest) bytes -= weight(oldest);
        first += 1;
      }
      if (first > limit) {
        entries = entries.slice(first);
        first = 0;
      }
      announce(entry);
    },
    after(id, count) {
      const firstId = entries[first]?.id ?? 0;
      const start = first + Math.max(0, id + 1 - firstId);
      return entries.slice(start, start + count);
    },
    get lastId() {
      return lastId;
    },
    clear() {
      entries = [];
      first = 0;
      bytes = 0;
    },
  };
}

/** An entry as `GET /_sandbox/log` and the event stream show it. */
export function showEntry(entry: LogEntry): Record<string, unknown> {
  if (entry.kind === "request") {
    const { kind: _kind, body, answer, ...shown } = entry;
    return { ...shown, at: toIso(entry.at), body: body === null ? null : parseOr(body), answer: parseOr(answer) };
  }
  const { kind: _kind, raw, ...shown } = entry;
  return { ...shown, at: toIso(entry.at), body: parseOr(raw) };
}

function parseOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

import type { Instant } from "@loket/kit";
import { emptyThread, type State, type Thread, threadKey } from "../state.ts";
import type { Crowd } from "./crowd-state.ts";
import { personOfNumber } from "./people.ts";

/**
 * Threads of a crowd live in two forms. While something goes on they are ordinary objects in `state.threads`; the ones
 * untouched longest are packed into a record of 32 bytes: three instants (8 bytes each, 0 for none) and a byte of flags.
 * A thread that holds anything a record has no room for stays an object for good. Packing loses nothing, so nobody can tell.
 */
const recordBytes = 32;
const recordsPerPage = 4_096;
/** Objects kept at most before the oldest is packed: far more than one request or task ever touches. */
const unpackedAtMost = 8_192;

const flagKept = 1;
const flagBlocked = 2;
const flagReported = 4;
const flagStopped = 8;

interface Record32 {
  readonly view: DataView;
  readonly at: number;
}

function recordOf(crowd: Crowd, numberId: string, person: number, make: boolean): Record32 | null {
  const key = `${numberId}:${Math.floor(person / recordsPerPage)}`;
  let page = crowd.pages.get(key);
  if (!page) {
    if (!make) return null;
    page = new Uint8Array(recordBytes * recordsPerPage);
    crowd.pages.set(key, page);
  }
  return { view: viewOf(page), at: (person % recordsPerPage) * recordBytes };
}

const views = new WeakMap<Uint8Array, DataView>();

function viewOf(page: Uint8Array): DataView {
  let view = views.get(page);
  if (!view) {
    view = new DataView(page.buffer, page.byteOffset, page.byteLength);
    views.set(page, view);
  }
  return view;
}

/** Keys of threads that are objects, oldest first. Made again from the state where it is missing, as after a restore. */
const queues = new WeakMap<Crowd, { keys: string[]; first: number }>();

function queueOf(state: State, crowd: Crowd): { keys: string[]; first: number } {
  let queue = queues.get(crowd);
  if (!queue) {
    const keys: string[] = [];
    for (const [key, thread] of state.threads) if (personOfNumber(crowd, thread.phone) !== null) keys.push(key);
    queue = { keys, first: 0 };
    queues.set(crowd, queue);
  }
  return queue;
}

/** The thread of a person of the crowd, unpacked or begun, and put into `state.threads`. */
export function unpackThread(state: State, crowd: Crowd, numberId: string, person: number, phone: string): Thread {
  const key = threadKey(numberId, phone);
  const thread = emptyThread(numberId, phone);
  const record = recordOf(crowd, numberId, person, false);
  const flags = record ? record.view.getUint8(record.at + 24) : 0;
  if (record && (flags & flagKept) !== 0) {
    thread.lastInboundAt = instantAt(record, 0);
    thread.lastOutboundAt = instantAt(record, 8);
    thread.pairAt = record.view.getFloat64(record.at + 16);
    thread.blockedByPerson = (flags & flagBlocked) !== 0;
    thread.reported = (flags & flagReported) !== 0;
    thread.marketingStopped = (flags & flagStopped) !== 0;
    record.view.setUint8(record.at + 24, 0);
    thread.messageIds.push(...(crowd.recent.get(key) ?? []));
    crowd.recent.delete(key);
  }
  // Asked for first: the queue is made from the threads there are, and this one is not among them yet.
  const queue = queueOf(state, crowd);
  state.threads.set(key, thread);
  queue.keys.push(key);
  packOldest(state, crowd, queue);
  return thread;
}

/** Whether a thread of this person is kept in packed form. */
export function isPacked(crowd: Crowd, numberId: string, person: number): boolean {
  const record = recordOf(crowd, numberId, person, false);
  return record !== null && (record.view.getUint8(record.at + 24) & flagKept) !== 0;
}

function instantAt(record: Record32, offset: number): Instant | null {
  const value = record.view.getFloat64(record.at + offset);
  return value === 0 ? null : (value as Instant);
}

function packOldest(state: State, crowd: Crowd, queue: { keys: string[]; first: number }): void {
  while (queue.keys.length - queue.first > unpackedAtMost) {
    const key = queue.keys[queue.first] ?? "";
    queue.first += 1;
    const thread = state.threads.get(key);
    const person = thread ? personOfNumber(crowd, thread.phone) : null;
    if (thread && person !== null && hasRoom(thread)) {
      pack(crowd, thread, person);
      state.threads.delete(key);
    }
  }
  if (queue.first > unpackedAtMost) {
    queue.keys = queue.keys.slice(queue.first);
    queue.first = 0;
  }
}

const packed: ReadonlySet<string> = new Set([
  "numberId",
  "phone",
  "lastInboundAt",
  "lastOutboundAt",
  "pairAt",
  "blockedByPerson",
  "reported",
  "marketingStopped",
  "messageIds",
] satisfies (keyof Thread)[]);

const blank: Record<string, unknown> = { ...emptyThread("", "") };

/** Whether a record holds all there is: every other member must be as in a thread nothing has happened to. */
function hasRoom(thread: Thread): boolean {
  for (const [key, value] of Object.entries(thread)) {
    if (packed.has(key) || value === blank[key] || value === undefined) continue;
    return false;
  }
  return true;
}

function pack(crowd: Crowd, thread: Thread, person: number): void {
  const record = recordOf(crowd, thread.numberId, person, true);
  if (!record) return;
  const { view, at } = record;
  view.setFloat64(at, thread.lastInboundAt ?? 0);
  view.setFloat64(at + 8, thread.lastOutboundAt ?? 0);
  view.setFloat64(at + 16, thread.pairAt);
  view.setUint8(
    at + 24,
    flagKept |
      (thread.blockedByPerson ? flagBlocked : 0) |
      (thread.reported ? flagReported : 0) |
      (thread.marketingStopped ? flagStopped : 0),
  );
  if (thread.messageIds.length > 0) crowd.recent.set(threadKey(thread.numberId, thread.phone), thread.messageIds);
}

import { type Clock, createIds, type Ids, type Instant, instant, type Random, seededRandom } from "@loket/kit";

/**
 * A world with one thread of time. Whatever a node asks of the world (its database, the line to the platform, sleep) is
 * an event at a virtual instant; events run one at a time, in an order that only the seed decides. A node may be killed
 * before or after the effect of any of them: what it would have gone on with gets a promise that never settles, so real
 * `async` code stops at exactly that `await`, and its memory is lost, as with kill -9.
 */
export interface Kernel {
  /** Virtual milliseconds since the beginning. */
  readonly nowMs: number;
  /** The database's and the platform's time. */
  now(): Instant;
  /** The seed's chance. Every draw belongs to the schedule. */
  readonly random: Random;
  chance(share: number): boolean;
  /** A whole number of milliseconds. */
  between(least: number, most: number): number;
  at(delayMs: number, label: string, run: () => unknown): void;
  /** Runs what is due until then, and everything it causes. */
  runUntil(ms: number): Promise<void>;
  /** What happened, for telling and for comparing two runs of a seed. Off by default, because it costs. */
  readonly trace: string[] | null;
  note(line: string): void;
  readonly steps: number;
}

interface Event {
  readonly atMs: number;
  readonly tie: number;
  readonly order: number;
  readonly label: string;
  readonly run: () => unknown;
}

export const beginning = instant(Date.UTC(2026, 9, 24, 6, 0, 0));

export function createKernel(seed: number, options: { readonly trace?: boolean } = {}): Kernel {
  const random = seededRandom(seed);
  // Of its own, so that an event more or less changes the order of others and not what befalls them.
  const ties = seededRandom(seed + 0x5eed);
  const events: Event[] = [];
  const trace: string[] | null = options.trace ? [] : null;
  let nowMs = 0;
  let order = 0;
  let steps = 0;

  const kernel: Kernel = {
    get nowMs() {
      return nowMs;
    },
    get steps() {
      return steps;
    },
    now: () => instant(beginning + nowMs),
    random,
    // Drawn in any case: a fault that is switched off changes nothing of what the others do.
    chance: (share) => random.fraction() < share,
    between: (least, most) => least + Math.floor(random.fraction() * (most - least + 1)),
    trace,
    note(line) {
      trace?.push(`${(nowMs / 1_000).toFixed(3)} ${line}`);
    },
    at(delayMs, label, run) {
      order += 1;
      push(events, { atMs: nowMs + Math.max(0, Math.round(delayMs)), tie: ties.fraction(), order, label, run });
    },
    async runUntil(ms) {
      for (;;) {
        await settled();
        const next = events[0];
        if (!next || next.atMs > ms) break;
        pop(events);
        nowMs = next.atMs;
        steps += 1;
        kernel.note(next.label);
        await next.run();
      }
      nowMs = Math.max(nowMs, ms);
    },
  };
  return kernel;
}

/** Resolves when nothing is left that could go on by itself: no microtask, and nothing put off to the next turn. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
}

/** What goes wrong at the border between a node and the world, each with its share of the occasions. */
export interface NodeFaults {
  readonly killBefore: number;
  readonly killAfter: number;
  readonly stall: number;
}

/** A process. Killed and started again it is a new generation, which knows nothing of the one before. */
export interface Node {
  readonly name: string;
  readonly isUp: boolean;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  /** Asks the world for something that takes `delayMs`; faults may strike before and after it happens. */
  ask<T>(label: string, delayMs: number, effect: () => T | Promise<T>): Promise<T>;
  /** Begins a generation: `main` is given what is to be ended with it. */
  start(): void;
  kill(): void;
  /** Neither runs nor hears anything for so long, as in a pause of the garbage collector. */
  stall(ms: number): void;
  /** The wall clock jumps. */
  jump(ms: number): void;
}

const never = new Promise<never>(() => {});

export function createNode(
  kernel: Kernel,
  name: string,
  options: { readonly faults: () => NodeFaults; readonly main: () => void; readonly seed: number },
): Node {
  let generation = 0;
  let isUp = false;
  let stalledUntilMs = 0;
  let skewMs = 0;
  const random = seededRandom(options.seed);

  /** Goes on in the node, when it is able to. */
  function resume(mine: number, run: () => void): void {
    if (mine !== generation || !isUp) return;
    if (stalledUntilMs > kernel.nowMs)
      kernel.at(stalledUntilMs - kernel.nowMs, `${name} wakes up`, () => resume(mine, run));
    else run();
  }

  const clock: Clock = {
    now: () => instant(kernel.now() + skewMs),
    monotonicMs: () => kernel.nowMs,
    sleep(ms, signal) {
      const mine = generation;
      if (!isUp) return never;
      return new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        let isOver = false;
        const end = () => {
          if (isOver) return;
          isOver = true;
          resolve();
        };
        signal?.addEventListener("abort", end, { once: true });
        kernel.at(ms, `${name} has slept`, () => resume(mine, end));
      });
    },
  };

  const node: Node = {
    name,
    get isUp() {
      return isUp;
    },
    clock,
    random,
    ids: createIds({ now: () => kernel.now() }, random),
    ask(label, delayMs, effect) {
      const mine = generation;
      if (!isUp) return never;
      return new Promise((resolve, reject) => {
        kernel.at(delayMs, `${name} ${label}`, async () => {
          if (mine !== generation || !isUp) return;
          const faults = options.faults();
          if (kernel.chance(faults.killBefore)) return die("before");
          const outcome = await Promise.resolve()
            .then(effect)
            .then(
              (value) => ({ value }),
              (error: unknown) => ({ error }),
            );
          if (kernel.chance(faults.killAfter)) return die("after");
          if (kernel.chance(faults.stall)) node.stall(kernel.between(1_000, 60_000));
          resume(mine, () => ("error" in outcome ? reject(outcome.error) : resolve(outcome.value)));
        });
      });
      function die(when: string): void {
        kernel.note(`${name} is killed ${when} ${label}`);
        node.kill();
        kernel.at(kernel.between(200, 15_000), `${name} starts again`, () => node.start());
      }
    },
    start() {
      if (isUp) return;
      generation += 1;
      isUp = true;
      stalledUntilMs = 0;
      options.main();
    },
    kill() {
      generation += 1;
      isUp = false;
    },
    stall(ms) {
      kernel.note(`${name} stalls for ${ms} ms`);
      stalledUntilMs = Math.max(stalledUntilMs, kernel.nowMs + ms);
    },
    jump(ms) {
      kernel.note(`${name}'s clock jumps by ${ms} ms`);
      skewMs += ms;
    },
  };
  return node;
}

function before(one: Event, other: Event): boolean {
  if (one.atMs !== other.atMs) return one.atMs < other.atMs;
  return one.tie !== other.tie ? one.tie < other.tie : one.order < other.order;
}

function push(heap: Event[], event: Event): void {
  let index = heap.push(event) - 1;
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex] as Event;
    if (!before(event, parent)) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = event;
}

function pop(heap: Event[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const leftIndex = 2 * index + 1;
    const left = heap[leftIndex];
    if (!left) break;
    const right = heap[leftIndex + 1];
    const isRight = right !== undefined && before(right, left);
    const child = isRight ? right : left;
    if (!before(child, last)) break;
    heap[index] = child;
    index = isRight ? leftIndex + 1 : leftIndex;
  }
  heap[index] = last;
}

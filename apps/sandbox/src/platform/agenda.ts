import { type Instant, instant, secondMs } from "@loket/kit";
import type { PlannedTask, State, Task } from "./state.ts";
import type { TurningClock } from "./turning-clock.ts";

/**
 * What will happen later, as data in the state: a snapshot carries it and a restart does not lose it. A binary heap, because
 * under load there are thousands of statuses under way. Tasks due at the same instant run in the order they were planned.
 */
export interface Agenda {
  plan(delayMs: number, task: Task): void;
  /**
   * Lets everything happen that is due within `ms`, each at its own hour, waiting for `quiet` in between. `jumped` is
   * called before what happens at a later hour, so that whoever follows the clock can be there already.
   */
  turn(ms: number, quiet: () => Promise<void>, jumped: () => void): Promise<void>;
  /** Takes up the tasks of a state that was put in place from outside. */
  restart(): void;
  close(): void;
}

/** Without a reason of its own each abort would make an exception with a trace, and under load there are thousands. */
const over = Symbol("over");

export function createAgenda(state: () => State, clock: TurningClock, run: (task: Task) => void): Agenda {
  let order = 0;
  let wakeAt: Instant | null = null;
  let wake = new AbortController();
  let turning: Promise<void> = Promise.resolve();
  let turnsUnderWay = 0;
  let closed = false;

  function arm(): void {
    const next = state().tasks[0];
    if (closed || turnsUnderWay > 0 || !next || (wakeAt !== null && wakeAt <= next.dueAt)) return;
    wake.abort(over);
    wake = new AbortController();
    wakeAt = next.dueAt;
    const { signal } = wake;
    void clock.sleep(Math.max(0, next.dueAt - clock.now()), signal).then(() => {
      if (signal.aborted || closed) return;
      wakeAt = null;
      if (turnsUnderWay === 0) runDue();
      arm();
    });
  }

  function disarm(): void {
    wake.abort(over);
    wakeAt = null;
  }

  function runDue(): void {
    // What is planned while this runs waits for its own turn, even at delay 0: otherwise a chain of them could starve everyone.
    const until = clock.now();
    const last = order;
    for (;;) {
      const next = state().tasks[0];
      if (!next || next.dueAt > until || next.order > last) return;
      pop(state().tasks);
      run(next.task);
    }
  }

  async function turnNow(ms: number, quiet: () => Promise<void>, jumped: () => void): Promise<void> {
    const until = instant(clock.now() + ms);
    clock.hold(clock.now());
    try {
      for (;;) {
        await quiet();
        const next = state().tasks[0];
        if (!next || next.dueAt > until) break;
        const leapMs = next.dueAt - clock.now();
        if (leapMs > 0) clock.hold(next.dueAt);
        if (leapMs >= secondMs) jumped();
        runDue();
      }
      clock.hold(until);
      await quiet();
    } finally {
      clock.release();
    }
  }

  return {
    plan(delayMs, task) {
      order += 1;
      push(state().tasks, { dueAt: instant(clock.now() + Math.max(0, delayMs)), order, task });
      arm();
    },
    turn(ms, quiet, jumped) {
      turnsUnderWay += 1;
      disarm();
      turning = turning
        .catch(() => {})
        .then(() => turnNow(ms, quiet, jumped))
        .finally(() => {
          turnsUnderWay -= 1;
          arm();
        });
      return turning;
    },
    restart() {
      order = state().tasks.reduce((highest, task) => Math.max(highest, task.order), order);
      disarm();
      arm();
    },
    close() {
      closed = true;
      disarm();
    },
  };
}

function before(one: PlannedTask, other: PlannedTask): boolean {
  return one.dueAt < other.dueAt || (one.dueAt === other.dueAt && one.order < other.order);
}

function push(heap: PlannedTask[], task: PlannedTask): void {
  let index = heap.length;
  heap.push(task);
  while (index > 0) {
    const parentIndex = (index - 1) >> 1;
    const parent = heap[parentIndex];
    if (!parent || !before(task, parent)) break;
    heap[index] = parent;
    index = parentIndex;
  }
  heap[index] = task;
}

function pop(heap: PlannedTask[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  let index = 0;
  for (;;) {
    const leftIndex = 2 * index + 1;
    const left = heap[leftIndex];
    if (!left) break;
    const right = heap[leftIndex + 1];
    const childIndex = right && before(right, left) ? leftIndex + 1 : leftIndex;
    const child = childIndex === leftIndex ? left : right;
    if (!child || !before(child, last)) break;
    heap[index] = child;
    index = childIndex;
  }
  heap[index] = last;
}

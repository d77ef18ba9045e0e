import { useSyncExternalStore } from "react";

/*
 * One ticking clock for the whole screen, so that "3 min" and the window rings of all rows change together and a list
 * of thousands holds no timers of its own.
 */

const tickMs = 15_000;
const listeners = new Set<() => void>();
let aheadMs = 0;
let nowMs = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

function tick() {
  nowMs = Date.now() + aheadMs;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    timer = setInterval(tick, tickMs);
    document.addEventListener("visibilitychange", tick);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", tick);
      timer = null;
    }
  };
}

/** The server's time: windows are counted by it. A second's difference is the line's, not the clock's. */
export function setServerNow(serverMs: number): void {
  const ahead = serverMs - Date.now();
  if (!Number.isFinite(ahead) || Math.abs(ahead - aheadMs) < 2_000) return;
  aheadMs = Math.abs(ahead) < 2_000 ? 0 : ahead;
  tick();
}

/** The present, in milliseconds, renewed every quarter of a minute. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => nowMs);
}

import { useSyncExternalStore } from "react";
import type { StreamState } from "./realtime.ts";

/** What the dot in the rail shows: how the line is, and how much waits here to leave. */
export interface Connection {
  state: StreamState;
  unsent: number;
}

let current: Connection = { state: "connecting", unsent: 0 };
const listeners = new Set<() => void>();

export function setConnection(change: Partial<Connection>): void {
  const next = { ...current, ...change };
  if (next.state === current.state && next.unsent === current.unsent) return;
  current = next;
  for (const listener of listeners) listener();
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

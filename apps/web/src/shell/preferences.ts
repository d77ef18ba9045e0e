import type { Locale } from "@loket/contract";
import { useSyncExternalStore } from "react";

/** What a person chose for this browser. Kept here, not on the server: a phone and a desk screen may differ. */
export interface Preferences {
  locale: Locale | null;
  theme: "auto" | "light" | "dark";
  shortcuts: boolean;
  sendKey: "enter" | "ctrl-enter";
  density: "normal" | "compact";
  organisationId: string | null;
  contextOpen: boolean;
}

const initial: Preferences = {
  locale: null,
  theme: "auto",
  shortcuts: true,
  sendKey: "enter",
  density: "normal",
  organisationId: null,
  contextOpen: true,
};

const key = "loket.preferences";
const listeners = new Set<() => void>();
let current: Preferences = read();

function read(): Preferences {
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Preferences>) };
  } catch {
    return initial;
  }
}

export function preferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(key, JSON.stringify(current));
    localStorage.setItem("loket.theme", current.theme); // read by public/theme.js before the first paint
  } catch {
    // A browser that keeps nothing still works; the choice lasts until the tab closes.
  }
  for (const listener of listeners) listener();
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => current,
  );
}

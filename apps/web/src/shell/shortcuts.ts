import { useEffect, useRef } from "react";
import { preferences } from "./preferences.ts";

/** True where a key belongs to what is being typed or chosen, not to the desk. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLInputElement)
    return !["button", "checkbox", "radio", "range", "submit"].includes(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement;
}

function isCovered(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"], [role="listbox"][data-floating]') !== null;
}

/** What each key does. A handler that answers `false` did nothing, and the key keeps its own meaning. */
export type Keys = Record<string, (event: KeyboardEvent) => unknown>;

/**
 * Single keys, only while nothing is being typed and nothing lies over the page, and only where the person left them on
 * (WCAG 2.1.4). Letters go by the character produced, so they hold on every layout.
 */
export function useShortcuts(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (!preferences().shortcuts || isTyping(event.target) || isCovered()) return;
      const handler = latest.current[event.key.toLowerCase()];
      if (!handler) return;
      // Enter on a focused button presses the button. On the row of the conversation that is open already there is
      // nothing left to press.
      const pressed = event.target instanceof Element ? event.target.closest("button, a, summary") : null;
      if (event.key === "Enter" && pressed && !pressed.matches("[data-row][aria-current]")) return;
      if (handler(event) !== false) event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}

import { useEffect, useRef } from "preact/hooks";
import { html, type Markup } from "./html.ts";
import { icon } from "./icons.ts";
import { words } from "./words.ts";

interface SheetProps {
  readonly title: string;
  /** A class of its own for what is inside. */
  readonly kind?: string;
  close(): void;
  readonly children?: Markup;
}

const reachable = "button:not([disabled]), input, select, textarea, a[href]";

/** What slides up over a phone's screen. Focus moves in and stays; Escape, the cross and a tap beside it lead back. */
export function Sheet({ title, kind = "", close, children }: SheetProps) {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    // A link far down would pull the head out of sight.
    const inside = sheet.current?.querySelector<HTMLElement>(".inside :is(button:not([disabled]), input, select)");
    (inside ?? sheet.current?.querySelector<HTMLElement>("button"))?.focus();
    return () => before?.focus({ preventScroll: true });
  }, []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
    if (event.key !== "Tab") return;
    const stops = [...(sheet.current?.querySelectorAll<HTMLElement>(reachable) ?? [])];
    const last = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement !== last) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  };
  return html`
    <div class="veil" onClick=${(event: Event) => event.target === event.currentTarget && close()}>
      <div class=${`sheet ${kind}`} role="dialog" aria-modal="true" aria-label=${title} ref=${sheet} onKeyDown=${onKeyDown}>
        <header><h3>${title}</h3><button class="round" aria-label=${words.close} onClick=${close}>${icon("close", 18)}</button></header>
        <div class="inside">${children}</div>
      </div>
    </div>`;
}

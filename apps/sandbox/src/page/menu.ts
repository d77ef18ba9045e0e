import { useEffect, useRef, useState } from "preact/hooks";

/** A menu that opens under a button: focus moves in, arrows walk through, Escape and a click elsewhere close it. */
export function useMenu() {
  const [open, setOpen] = useState(false);
  const menu = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const choices = () => [...(menu.current?.querySelectorAll<HTMLElement>("button, input") ?? [])];
    choices()[0]?.focus();
    menu.current?.scrollIntoView({ block: "nearest" });
    const onPointerDown = (event: Event) => {
      const target = event.target as globalThis.Node;
      if (!menu.current?.contains(target) && !opener.current?.contains(target)) setOpen(false);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        setOpen(false);
        opener.current?.focus();
      }
      const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const list = choices();
      const index = list.indexOf(document.activeElement as HTMLElement);
      if (!step || index < 0 || document.activeElement instanceof HTMLInputElement) return;
      event.preventDefault();
      list[(index + step + list.length) % list.length]?.focus();
    };
    addEventListener("pointerdown", onPointerDown);
    addEventListener("keydown", onKeyDown);
    return () => {
      removeEventListener("pointerdown", onPointerDown);
      removeEventListener("keydown", onKeyDown);
    };
  }, [open]);
  return { open, menu, opener, toggle: () => setOpen(!open), close: () => setOpen(false) };
}

import { useRef } from "preact/hooks";

const longPressMs = 450;
/** How far a finger goes before it is a swipe, and before letting go answers; pixels. */
const begins = 10;
const enough = 56;

/** A finger on a message: held it opens the menu, drawn to the right it replies. The right mouse button opens the menu too. */
export function useGestures({ open, reply }: { open: () => void; reply: () => void }) {
  const from = useRef<{ x: number; y: number; timer: number } | null>(null);
  const gone = useRef(0);
  const wasHeld = useRef(false);
  const move = (element: HTMLElement, by: number) => {
    gone.current = by;
    element.style.setProperty("--swipe", `${by}px`);
    element.toggleAttribute("data-swiping", by > 0);
    element.toggleAttribute("data-swiped", by >= enough);
  };
  const end = (element: HTMLElement) => {
    clearTimeout(from.current?.timer);
    from.current = null;
    move(element, 0);
  };
  return {
    onContextMenu: (event: MouseEvent) => {
      if ((event.target as HTMLElement).closest("a, .cards")) return;
      event.preventDefault();
      open();
    },
    onPointerDown: (event: PointerEvent) => {
      wasHeld.current = false;
      if (event.pointerType === "mouse" || (event.target as HTMLElement).closest(".menu, .cards, input")) return;
      const timer = setTimeout(() => {
        from.current = null;
        wasHeld.current = true;
        open();
      }, longPressMs);
      from.current = { x: event.clientX, y: event.clientY, timer };
    },
    onPointerMove: (event: PointerEvent) => {
      if (!from.current) return;
      const x = event.clientX - from.current.x;
      const y = event.clientY - from.current.y;
      if (Math.abs(x) > begins || Math.abs(y) > begins) clearTimeout(from.current.timer);
      if (x > begins && x > 2 * Math.abs(y)) move(event.currentTarget as HTMLElement, Math.min(72, x));
    },
    onPointerUp: (event: PointerEvent) => {
      const isReply = from.current !== null && gone.current >= enough;
      end(event.currentTarget as HTMLElement);
      if (isReply) reply();
    },
    /** The finger that opened the menu lies over it: letting go chooses nothing. */
    onClickCapture: (event: Event) => {
      if (!wasHeld.current) return;
      wasHeld.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
    onPointerCancel: (event: PointerEvent) => end(event.currentTarget as HTMLElement),
  };
}

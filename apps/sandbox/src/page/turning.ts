import { useEffect, useState } from "preact/hooks";
import { ask, listen } from "./ask.ts";
import { html } from "./html.ts";
import { formatMoment } from "./shell.ts";
import { words } from "./words.ts";

/** The clock while it is being turned: from when, to when, and where it is. Milliseconds since 1970. */
interface Turning {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

const hourMs = 3_600_000;
/** A long way is gone in so many pieces, so that it can be stopped between two of them. */
const pieces = 40;

let turning: Turning | null = null;
let problem = "";
let stopped = false;
const watchers = new Set<() => void>();

function tell(next: Turning | null, failure = ""): void {
  turning = next;
  problem = failure;
  for (const watcher of watchers) watcher();
}

/** Turns the clock to `to`; whatever part of the page shows the clock sees how far it is. */
async function turn(from: number, to: number): Promise<void> {
  if (turning) return;
  stopped = false;
  tell({ from, to, at: from });
  const piece = Math.max(hourMs, (to - from) / pieces);
  const stopListening = listen((type, data) => {
    const at = type === "clock" ? Date.parse(String(data.now)) : Number.NaN;
    if (turning && at > turning.at) tell({ ...turning, at });
  });
  try {
    for (let at = from; at < to && !stopped; ) {
      at = Math.min(to, at + piece);
      const { now } = await ask<{ now: string }>("POST", "/clock", { to: new Date(at).toISOString() });
      // Real time passes as well: the clock may be further than it was sent.
      at = Math.max(at, Date.parse(now));
      tell({ from, to, at });
    }
    tell(null);
  } catch (error) {
    tell(null, error instanceof Error ? error.message : "");
  } finally {
    stopListening();
  }
}

/** The clock's turning, for whoever shows it: one for all parts of the page. */
export function useTurning() {
  const [, setTick] = useState(0);
  useEffect(() => {
    const watcher = () => setTick((tick) => tick + 1);
    watchers.add(watcher);
    return () => {
      watchers.delete(watcher);
    };
  }, []);
  return {
    turning,
    problem,
    /** Forward from the hour the page shows, by a span in milliseconds. */
    advance: (now: Date | null, ms: number) =>
      void turn((now ?? new Date()).getTime(), (now ?? new Date()).getTime() + ms),
    turnTo: (now: Date | null, to: Date) => void turn((now ?? new Date()).getTime(), to.getTime()),
  };
}

/** How far a long advance is, and a way to stop it. */
export function TurningProgress() {
  const { turning: shown } = useTurning();
  if (!shown) return null;
  const share = Math.min(1, (shown.at - shown.from) / Math.max(1, shown.to - shown.from));
  return html`
    <div class="turning">
      <progress max="1" value=${share} aria-label=${words.turning}></progress>
      <span><time>${formatMoment(new Date(shown.at))}</time> → <time>${formatMoment(new Date(shown.to))}</time></span>
      <button class="quiet small" onClick=${() => {
        stopped = true;
      }}>${words.stop}</button>
    </div>`;
}

/** `25h`, `7d`: what the buttons say, and what it is in milliseconds. */
export const spanMs = (span: string): number =>
  Number.parseInt(span, 10) * ({ m: 60_000, h: hourMs, d: 24 * hourMs }[span.at(-1) ?? "h"] ?? hourMs);

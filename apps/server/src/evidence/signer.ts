import { type Signer, startSigner } from "@loket/evidence/signer";
import { secondMs } from "@loket/kit";
import type { Ports } from "../ports.ts";

/** Under this name the signer keeps its logs: those of the organisations are called `loket/<id>`. */
const signerName = "loket";
const firstWaitMs = secondMs / 2;
const longestWaitMs = 30 * secondMs;

/**
 * The program that signs, kept running: it has the keys, and remembers what it signed in a folder of its own. Started
 * again, later each time, when it ends; it ends with us, however we end, because its standard input closes then.
 */
export interface SignerKeeper {
  /** The running signer; `null` while there is none (another process may hold its folder). */
  current(): Signer | null;
  /** Why there is none just now, in words. */
  complaint(): string | null;
  /** Called with every newly started signer. */
  onStart(hear: (signer: Signer) => void): void;
  stop(): Promise<void>;
}

export function keepSigner(ports: Pick<Ports, "clock" | "log">, folder: string): SignerKeeper {
  const stopping = new AbortController();
  const hearers = new Set<(signer: Signer) => void>();
  let signer: Signer | null = null;
  let complaint: string | null = null;

  const loop = (async () => {
    for (let waitMs = firstWaitMs; !stopping.signal.aborted; ) {
      const startedAtMs = ports.clock.monotonicMs();
      try {
        const started = await startSigner({ state: folder, name: signerName });
        signer = started;
        complaint = null;
        if (stopping.signal.aborted) break;
        for (const hear of hearers) hear(started);
        complaint = await Promise.race([started.ended, aborted(stopping.signal)]);
      } catch (error) {
        complaint = error instanceof Error ? error.message : String(error);
      }
      if (stopping.signal.aborted) break;
      signer = null;
      ports.log.warn(
        { reason: complaint },
        "the signer of the evidence ledger is not running; it will be started again",
      );
      waitMs =
        ports.clock.monotonicMs() - startedAtMs > longestWaitMs ? firstWaitMs : Math.min(waitMs * 2, longestWaitMs);
      await ports.clock.sleep(waitMs, stopping.signal);
    }
    await signer?.stop();
    signer = null;
  })();

  return {
    current: () => signer,
    complaint: () => (signer === null ? (complaint ?? "It is starting.") : null),
    onStart(hear) {
      hearers.add(hear);
      if (signer) hear(signer);
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

function aborted(signal: AbortSignal): Promise<null> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener("abort", () => resolve(null), { once: true });
  });
}

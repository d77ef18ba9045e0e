import { get, type IncomingMessage } from "node:http";
import { type Clock, instant, systemClock } from "@loket/kit";
import { getJson } from "./get-json.ts";

/**
 * Beside the sandbox, whose clock can be turned, our wall clock is the sandbox's: otherwise a service window that has
 * closed there would still be open here. Leases, paces and time-outs keep to real time, as they do when any wall clock
 * is set.
 */
export interface SandboxClock extends Clock {
  /** Follows until closed. Resolves when the present setting is known. */
  follow(sandboxUrl: string): Promise<{ close(): void }>;
}

const reconnectMs = 1_000;

export function createSandboxClock(): SandboxClock {
  let offsetMs = 0;
  return {
    now: () => instant(systemClock.now() + offsetMs),
    monotonicMs: systemClock.monotonicMs,
    sleep: systemClock.sleep,
    async follow(sandboxUrl) {
      let closed = false;
      let open: IncomingMessage | undefined;
      const read = async (): Promise<void> => {
        const clock = (await getJson(`${sandboxUrl}/_sandbox/clock`)) as { offsetMs?: number };
        if (typeof clock.offsetMs === "number") offsetMs = clock.offsetMs;
      };
      const listen = (): void => {
        if (closed) return;
        const again = () => void setTimeout(listen, reconnectMs).unref();
        const request = get(`${sandboxUrl}/_sandbox/events`, (stream) => {
          open = stream;
          read().catch(() => {});
          stream.setEncoding("utf8");
          stream.on("data", (text: string) => {
            const told = /event: clock\ndata: (\{.*\})/.exec(text)?.[1];
            const turned = told === undefined ? undefined : (JSON.parse(told) as { offsetMs?: number }).offsetMs;
            if (typeof turned === "number") offsetMs = turned;
            else if (told !== undefined) read().catch(() => {});
          });
          stream.on("close", again);
          stream.on("error", () => {});
        });
        request.on("error", again);
      };
      await read().catch(() => {});
      listen();
      return {
        close() {
          closed = true;
          open?.destroy();
        },
      };
    },
  };
}

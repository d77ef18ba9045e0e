import type { ServerResponse } from "node:http";
import { toIso } from "@loket/kit";
import { showEntry } from "../platform/log.ts";
import type { Announcement, Platform } from "../platform/platform.ts";

/**
 * `GET /_sandbox/events`: server-sent events for the pages. They say *that* something changed; what it is now is asked for.
 * Changes of one turn are said once, so that a load test does not drown a page left open.
 */
export function streamEvents(platform: Platform, response: ServerResponse): void {
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-store",
    connection: "keep-alive",
  });
  response.write(`event: hello\ndata: {}\n\n`);
  let waiting = new Map<string, Announcement>();
  let logged = 0;
  const timer = setInterval(() => {
    logged = 0;
    if (waiting.size === 0) return;
    const told = waiting;
    waiting = new Map();
    for (const announcement of told.values()) write(announcement);
  }, 60);
  const write = (announcement: Announcement) => {
    const data =
      announcement.type === "log"
        ? { kind: announcement.entry.kind, ...showEntry(announcement.entry) }
        : announcement.type === "clock"
          ? { ...announcement, now: toIso(platform.now()) }
          : announcement;
    response.write(`event: ${announcement.type}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  const stop = platform.listen((announcement) => {
    if (announcement.type === "log") {
      logged += 1;
      if (logged <= 50) waiting.set(`log ${announcement.entry.id}`, announcement);
    } else if (announcement.type === "clock") {
      // At once: whoever follows our clock should know the hour before the webhooks of that hour arrive.
      write(announcement);
    } else {
      waiting.set(JSON.stringify(announcement), announcement);
    }
  });
  response.on("close", () => {
    clearInterval(timer);
    stop();
  });
}

import type { LoketEvent, StreamNotice } from "@loket/contract";
import { toIso } from "@loket/kit";
import { may } from "@loket/organisations";
import type { FastifyInstance } from "fastify";
import { forbidden, unauthenticated } from "../http/problem.ts";
import { findPrincipal, headersOf, organisationOf } from "../http/server.ts";
import type { Ports } from "../ports.ts";
import { type Hub, hydrate, readEvents } from "./hub.ts";

const heartbeatMs = 5_000;
const recheckMs = 5_000;
/** A reader this far behind is cut off and comes back with its cursor, rather than fill our memory. */
const maxBufferedBytes = 4 * 1024 * 1024;

/** `GET /api/v1/events`: server-sent events for screens, JSON for programs. */
export function registerEvents(server: FastifyInstance, ports: Ports, hub: Hub): void {
  server.get<{ Querystring: { after?: string; limit?: string; locale?: string } }>(
    "/api/v1/events",
    { config: { access: "events:read" } },
    async (request, reply) => {
      const ask = () => findPrincipal(ports, headersOf(request), organisationOf(request));
      const principal = await ask();
      if (!principal) throw unauthenticated();
      if (!may(principal, "events:read")) throw forbidden("events:read");
      const language = request.query.locale ?? (request.headers["accept-language"] ?? "en").slice(0, 2);
      const locale = language === "nl" || language === "de" ? language : "en";
      const lastEventId = request.headers["last-event-id"];
      const after = (typeof lastEventId === "string" && lastEventId) || request.query.after || null;

      if (!(request.headers.accept ?? "").includes("text/event-stream")) {
        const limit = Math.min(Math.max(Number(request.query.limit) || 200, 1), 500);
        const page = await ports.app.inOrganisation(principal.organisationId, async (tx) => {
          const events = await readEvents(tx, Number(after) || 0, limit);
          return {
            items: (await hydrate(ports, tx, events, locale)).map(({ event, inboxId }) => ({ event, inboxId })),
            next: events.length === limit ? String(events.at(-1)?.sequence) : null,
          };
        });
        const items = page.items
          .filter(
            ({ inboxId }) => inboxId === null || principal.inboxes === "all" || principal.inboxes.has(inboxId as never),
          )
          .map(({ event }) => event);
        return reply.header("cache-control", "no-store").send({ items, next: page.next });
      }

      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, {
        "content-type": "text/event-stream; charset=utf-8",
        "cache-control": "no-store, no-transform",
        "x-accel-buffering": "no",
        connection: "keep-alive",
      });
      raw.write("retry: 1000\n\n");
      let following: { close(): void } | null = null;
      let ended = false;
      const end = () => {
        if (ended) return;
        ended = true;
        clearInterval(heartbeat);
        clearInterval(recheck);
        following?.close();
        raw.end();
      };
      // Also keeps the line from looking dead.
      const tellTime = () => void raw.write(written([{ type: "now", at: toIso(ports.clock.now()) }]));
      const heartbeat = setInterval(tellTime, heartbeatMs);
      tellTime();
      // Signing out, being removed or losing a role takes effect on open streams too.
      const recheck = setInterval(
        () =>
          void ask().then(
            (now) => (now && may(now, "events:read") && now.role === principal.role ? undefined : end()),
            () => {},
          ),
        recheckMs,
      );
      raw.on("close", end);
      try {
        following = await hub.follow(principal, locale, after, (news) => {
          if (ended) return;
          if (raw.writableLength > maxBufferedBytes) return end();
          raw.write(written(news));
        });
        if (ended) following.close();
      } catch (error) {
        ports.log.warn({ error: String(error) }, "an event stream could not be opened");
        end();
      }
    },
  );
}

/** The same news goes to many screens; it is written out once. */
const texts = new WeakMap<object, Buffer>();

function written(news: readonly (LoketEvent | StreamNotice)[]): Buffer {
  let text = texts.get(news);
  if (text === undefined) {
    text = Buffer.from(
      news
        .map((message) => {
          const idLine =
            "id" in message
              ? `id: ${message.id}\n`
              : message.type === "presence" || message.type === "now"
                ? ""
                : `id: ${message.after}\n`;
          return `${idLine}event: ${message.type}\ndata: ${JSON.stringify(message)}\n\n`;
        })
        .join(""),
    );
    texts.set(news, text);
  }
  return text;
}

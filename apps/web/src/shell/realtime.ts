import type { LoketEvent, StreamNotice } from "@loket/contract";
import { setServerNow } from "../ui/clock.ts";
import { withQuery } from "./api.ts";

/*
 * The stream of events. It starts from a cursor and always says where it is, so that after a break everything missed
 * comes first and in order; nothing is reloaded. Events are handed on in batches, one per frame at most: a catch-up of a
 * thousand changes is one repaint.
 *
 *   connecting ──ready──▶ live ──line breaks──▶ offline ──answer──▶ catching-up ──ready──▶ live
 */

export type StreamState = "connecting" | "live" | "catching-up" | "offline";

export interface StreamPorts {
  organisationId: string;
  onEvents(events: LoketEvent[]): void;
  onNotice(notice: StreamNotice): void;
  onState(state: StreamState): void;
}

const eventTypes = [
  "message",
  "conversation.changed",
  "message.changed",
  "note.added",
  "activity.added",
  "contact.changed",
  "sender.changed",
  "template.changed",
  "campaign.changed",
  "standing.changed",
  "ready",
  "reload",
  "presence",
  "now",
];
const batchMs = 16;
const firstPauseMs = 500;
const longestPauseMs = 15_000;

export function openStream(ports: StreamPorts): { close(): void; reconnect(): void } {
  let source: EventSource | null = null;
  let after: string | null = null;
  let batch: LoketEvent[] = [];
  let batchTimer: ReturnType<typeof setTimeout> | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | null = null;
  let tries = 0;
  let wasLive = false;
  let closed = false;

  function flush() {
    if (batchTimer !== null) clearTimeout(batchTimer);
    batchTimer = null;
    const events = batch;
    batch = [];
    if (events.length > 0) ports.onEvents(events);
  }

  function take(data: string) {
    let said: LoketEvent | StreamNotice;
    try {
      said = JSON.parse(data) as LoketEvent | StreamNotice;
    } catch {
      return; // a broken line says nothing; the cursor stays where it was
    }
    if (said.type === "now") {
      setServerNow(Date.parse(said.at));
      return;
    }
    if (said.type === "ready" || said.type === "reload" || said.type === "presence") {
      flush();
      if (said.type !== "presence") after = said.after;
      if (said.type === "ready") {
        tries = 0;
        wasLive = true;
        ports.onState("live");
      }
      ports.onNotice(said);
      return;
    }
    after = said.id;
    batch.push(said);
    batchTimer ??= setTimeout(flush, batchMs);
  }

  function connect() {
    if (closed) return;
    source?.close();
    const opened = new EventSource(
      withQuery("/api/v1/events", {
        organisationId: ports.organisationId,
        after,
        locale: document.documentElement.lang || "en",
      }),
    );
    source = opened;
    opened.onopen = () => ports.onState(wasLive ? "catching-up" : "connecting");
    const listen = (event: MessageEvent<string>) => take(event.data);
    for (const type of eventTypes) opened.addEventListener(type, listen);
    opened.onerror = () => {
      ports.onState("offline");
      // The browser retries a broken line by itself but gives up on an answer like 503. We retry both, from our cursor.
      opened.close();
      if (closed || retryTimer !== null) return;
      const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** tries++) * (0.75 + Math.random() / 2);
      retryTimer = setTimeout(() => {
        retryTimer = null;
        connect();
      }, pauseMs);
    };
  }

  function reconnect() {
    if (retryTimer !== null) clearTimeout(retryTimer);
    retryTimer = null;
    tries = 0;
    connect();
  }

  const wentOffline = () => {
    source?.close();
    ports.onState("offline");
  };
  const cameBack = () => {
    // A laptop that slept holds a line that is dead without knowing it.
    if (document.visibilityState === "visible" && source?.readyState !== EventSource.OPEN) reconnect();
  };
  window.addEventListener("offline", wentOffline);
  window.addEventListener("online", reconnect);
  document.addEventListener("visibilitychange", cameBack);
  connect();

  return {
    reconnect,
    close() {
      closed = true;
      source?.close();
      if (retryTimer !== null) clearTimeout(retryTimer);
      if (batchTimer !== null) clearTimeout(batchTimer);
      window.removeEventListener("offline", wentOffline);
      window.removeEventListener("online", reconnect);
      document.removeEventListener("visibilitychange", cameBack);
    },
  };
}

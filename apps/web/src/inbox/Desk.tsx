import type { Conversation, LoketEvent, Message, Note } from "@loket/contract";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { setConnection } from "../shell/connection.ts";
import { useListener, useSession } from "../shell/session.tsx";
import { applyEvents } from "./apply.ts";
import { Drafts } from "./drafts.ts";
import { keys } from "./keys.ts";
import { createOutbox, type Outbox, type OutboxEntry, unsentCount } from "./outbox.ts";
import { openOutboxStore } from "./outbox-store.ts";
import { Presence } from "./presence.ts";
import { sendEntry } from "./send.ts";
import { addItem, changedSince, messageItem, noteItem, type Timeline } from "./timeline.ts";

/** What lives as long as someone works for an organisation, whatever page is open: the outbox, drafts, who is where. */
export interface Desk {
  outbox: Outbox;
  drafts: Drafts;
  presence: Presence;
}

const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (!desk) throw new Error("useDesk is called outside of DeskProvider.");
  return desk;
}

const countsAfterMs = 400;

export function DeskProvider(props: { children: ReactNode }) {
  const { children } = props;
  const { api, organisation, memberId } = useSession();
  const queries = useQueryClient();
  const countsTimer = useRef<ReturnType<typeof setTimeout> | null>(null);

  const desk = useMemo((): Desk => {
    const put = (conversationId: string, arrived: { message?: Message; note?: Note }) => {
      const item = arrived.message ? messageItem(arrived.message) : arrived.note ? noteItem(arrived.note) : null;
      if (!item) return;
      queries.setQueryData<Timeline>(
        keys.timeline(organisation.id, conversationId),
        (held) => held && addItem(held, item),
      );
    };
    const present = (entry: OutboxEntry): number | null => {
      const timeline = queries.getQueryData<Timeline>(keys.timeline(organisation.id, entry.conversationId));
      const held = queries.getQueryData<Conversation>(keys.conversation(organisation.id, entry.conversationId));
      if (!timeline || !held || !entry.seen) return null;
      return changedSince(timeline.items, entry.seen.ids, memberId).length === 0 ? held.version : null;
    };
    const outbox = createOutbox({
      store: openOutboxStore(organisation.id),
      send: (entry, progress) => sendEntry(api, memberId, entry, progress, present),
      later: (ms, act) => {
        const timer = setTimeout(act, ms);
        return () => clearTimeout(timer);
      },
      arrived: (entry, outcome) => put(entry.conversationId, outcome),
    });
    return { outbox, drafts: new Drafts(organisation.id), presence: new Presence() };
  }, [api, organisation.id, memberId, queries]);

  useEffect(() => {
    const { outbox } = desk;
    const tell = () => setConnection({ unsent: unsentCount(outbox.entries()) });
    const unsubscribe = outbox.subscribe(tell);
    const kick = () => outbox.kick();
    window.addEventListener("online", kick);
    void outbox.restore();
    return () => {
      unsubscribe();
      window.removeEventListener("online", kick);
      outbox.stop();
    };
  }, [desk]);

  useListener({
    events(events) {
      applyEvents(queries, organisation.id, memberId, events);
      for (const event of events) settle(desk.outbox, event);
      if (!events.some((event) => event.type === "conversation.changed")) return;
      countsTimer.current ??= setTimeout(() => {
        countsTimer.current = null;
        void queries.invalidateQueries({ queryKey: keys.counts(organisation.id) });
      }, countsAfterMs);
    },
    notice(notice) {
      if (notice.type === "presence") desk.presence.take(notice, memberId);
      else desk.presence.clear();
      if (notice.type === "ready") desk.outbox.kick();
    },
  });

  return <DeskContext value={desk}>{children}</DeskContext>;
}

function settle(outbox: Outbox, event: LoketEvent): void {
  if (event.type === "message.changed" && event.message.clientId) outbox.settle(event.message.clientId);
}

const none: readonly OutboxEntry[] = [];

export function useOutboxEntries(conversationId: string): readonly OutboxEntry[] {
  const { outbox } = useDesk();
  const all = useSyncExternalStore(outbox.subscribe, outbox.entries);
  return useMemo(() => {
    const own = all.filter((entry) => entry.conversationId === conversationId);
    return own.length > 0 ? own : none;
  }, [all, conversationId]);
}

/** How much of its file has left, from 0 to 1; `null` while no file of it is under way. */
export function useUploadProgress(clientId: string | null): number | null {
  const { outbox } = useDesk();
  return useSyncExternalStore(outbox.subscribe, () => (clientId ? outbox.progress(clientId) : null));
}

import type { LoketEvent, Me, StreamNotice } from "@loket/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { type Api, createApi, Refused } from "./api.ts";
import { setConnection } from "./connection.ts";
import { setPreferences, usePreferences } from "./preferences.ts";
import { openStream } from "./realtime.ts";

type Organisation = Me["memberships"][number]["organisation"];

/** Who works here, for which organisation, and the two roads to the server: calls and the stream of events. */
export interface Session {
  me: Me;
  person: NonNullable<Me["person"]>;
  organisation: Organisation;
  memberId: string;
  role: NonNullable<Me["role"]>;
  api: Api;
  /** What the server allows decides what is shown. */
  may(permission: string): boolean;
  /** Hears every batch of events and every notice while mounted. */
  listen(listener: Listener): () => void;
  switchTo(organisationId: string): void;
}

export interface Listener {
  events?(events: LoketEvent[]): void;
  notice?(notice: StreamNotice): void;
}

const SessionContext = createContext<Session | null>(null);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession is called outside of SessionProvider.");
  return session;
}

/** `null` where nobody is signed in. */
export function useMe(organisationId: string | null) {
  return useQuery({
    queryKey: ["me", organisationId],
    queryFn: async ({ signal }): Promise<Me | null> => {
      try {
        return await createApi(organisationId).get<Me>("me", {}, signal);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.problem.status === 401) return null;
        // The organisation remembered here is one this person has left: ask again without it.
        if (organisationId && (error.problem.status === 403 || error.problem.status === 404)) {
          setPreferences({ organisationId: null });
          return await createApi(null).get<Me>("me", {}, signal);
        }
        throw error;
      }
    },
    placeholderData: (held) => held,
    staleTime: 60_000,
    retry: 2,
  });
}

export function SessionProvider(props: { me: Me; children: ReactNode; nowhere: ReactNode }) {
  const { me, children, nowhere } = props;
  const queries = useQueryClient();
  const { organisationId } = usePreferences();
  const listeners = useRef(new Set<Listener>());
  const membership =
    me.memberships.find((one) => one.organisation.id === organisationId) ??
    me.memberships.find((one) => one.organisation.id === me.organisation?.id) ??
    me.memberships[0];

  const session = useMemo((): Session | null => {
    if (!membership || !me.person) return null;
    return {
      me,
      person: me.person,
      organisation: membership.organisation,
      memberId: membership.memberId,
      role: membership.role,
      api: createApi(membership.organisation.id),
      may: (permission) => me.permissions.includes(permission),
      listen(listener) {
        listeners.current.add(listener);
        return () => listeners.current.delete(listener);
      },
      switchTo: (id) => setPreferences({ organisationId: id }),
    };
  }, [me, membership]);

  const streamOf = session?.organisation.id;
  // From here on every question names the organisation; rights are those within it.
  useEffect(() => {
    if (streamOf && streamOf !== organisationId) setPreferences({ organisationId: streamOf });
  }, [streamOf, organisationId]);
  useEffect(() => {
    if (!streamOf) return;
    let first = true;
    const startedAt = Date.now();
    const stream = openStream({
      organisationId: streamOf,
      onState: (state) => setConnection({ state }),
      onEvents(events) {
        for (const listener of listeners.current) listener.events?.(events);
      },
      onNotice(notice) {
        if (notice.type === "reload")
          void queries.invalidateQueries({ predicate: (query) => query.queryKey[1] === streamOf });
        if (notice.type === "ready" && first) {
          // What was fetched before the stream stood may have missed a change in between.
          first = false;
          const between = Date.now() - startedAt;
          if (between > 50) {
            void queries.invalidateQueries({
              predicate: (query) => query.queryKey[1] === streamOf && query.state.dataUpdatedAt >= startedAt - 1_000,
            });
          }
        }
        for (const listener of listeners.current) listener.notice?.(notice);
      },
    });
    return () => stream.close();
  }, [streamOf, queries]);

  if (!session) return nowhere;
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useListener(listener: Listener): void {
  const { listen } = useSession();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(
    () =>
      listen({
        events: (events) => latest.current.events?.(events),
        notice: (notice) => latest.current.notice?.(notice),
      }),
    [listen],
  );
}

import type { Conversation, ConversationCounts, TimelineItem } from "@loket/contract";
import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import type { Api, Page } from "../shell/api.ts";
import { useSession } from "../shell/session.tsx";
import { keys } from "./keys.ts";
import { appendPage, type ConversationList, type ListFilter, mergeFirstPage, newerConversation } from "./list.ts";
import { mergeNewest, mergeOlder, type Timeline } from "./timeline.ts";

const pageSize = 50;

function listQuery(filter: ListFilter) {
  return {
    state: filter.state,
    assignee: filter.assignee,
    inboxId: filter.inboxId,
    labelId: filter.labelId,
    q: filter.q,
    limit: pageSize,
  };
}

export function useConversationList(filter: ListFilter) {
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const key = keys.list(organisation.id, filter);
  const found = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const page = await api.get<Page<Conversation>>("conversations", listQuery(filter), signal);
      return mergeFirstPage(queries.getQueryData<ConversationList>(key), page);
    },
    placeholderData: (previous) => (filter.q ? previous : undefined),
  });
  const loading = useRef(false);
  const cursor = found.data?.next ?? null;
  const loadMore = async () => {
    if (loading.current || cursor === null) return;
    loading.current = true;
    try {
      const page = await api.get<Page<Conversation>>("conversations", { ...listQuery(filter), cursor });
      queries.setQueryData<ConversationList>(key, (held) => (held?.next === cursor ? appendPage(held, page) : held));
    } catch {
      // Scrolling further asks again.
    } finally {
      loading.current = false;
    }
  };
  return { ...found, loadMore };
}

export function useCounts() {
  const { api, organisation } = useSession();
  return useQuery({
    queryKey: keys.counts(organisation.id),
    queryFn: ({ signal }) => api.get<ConversationCounts>("conversations/counts", {}, signal),
    staleTime: 30_000,
  });
}

export function useConversation(id: string) {
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const key = keys.conversation(organisation.id, id);
  return useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      const answer = await api.get<Conversation>(`conversations/${id}`, {}, signal);
      return newerConversation(queries.getQueryData<Conversation>(key), answer);
    },
    // A row of a list is a whole conversation: opening one from the list shows its header at once.
    initialData: () => {
      for (const [, list] of queries.getQueriesData<ConversationList>({ queryKey: keys.lists(organisation.id) })) {
        const row = list?.items.find((item) => item.id === id);
        if (row) return row;
      }
      return undefined;
    },
    initialDataUpdatedAt: 0,
    retry: 1,
  });
}

export function timelineOptions(api: Api, organisationId: string, id: string, held: () => Timeline | undefined) {
  return queryOptions({
    queryKey: keys.timeline(organisationId, id),
    queryFn: async ({ signal }): Promise<Timeline> => {
      const page = await api.get<Page<TimelineItem>>(`conversations/${id}/timeline`, { limit: pageSize }, signal);
      return mergeNewest(held(), page);
    },
    staleTime: 60_000, // events keep it fresh in between
    gcTime: 10 * 60_000,
  });
}

export function useTimeline(id: string) {
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const key = keys.timeline(organisation.id, id);
  const held = () => queries.getQueryData<Timeline>(key);
  const found = useQuery(timelineOptions(api, organisation.id, id, held));
  const [loadingOlder, setLoadingOlder] = useState(false);
  const busy = useRef(false);
  const older = found.data?.older ?? null;

  const loadOlder = async () => {
    if (busy.current || older === null) return;
    busy.current = true;
    setLoadingOlder(true);
    try {
      const page = await api.get<Page<TimelineItem>>(`conversations/${id}/timeline`, {
        cursor: older,
        limit: pageSize,
      });
      queries.setQueryData<Timeline>(key, (now) => (now?.older === older ? mergeOlder(now, page) : now));
    } catch {
      // Scrolling up again asks again.
    } finally {
      busy.current = false;
      setLoadingOlder(false);
    }
  };
  return { ...found, loadOlder, loadingOlder };
}

/** Fetches a thread before it is opened: pointing at a row, or walking past it. */
export function usePrefetchThread() {
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  return useCallback(
    (id: string) => {
      const held = () => queries.getQueryData<Timeline>(keys.timeline(organisation.id, id));
      void queries.prefetchQuery(timelineOptions(api, organisation.id, id, held));
    },
    [api, organisation.id, queries],
  );
}

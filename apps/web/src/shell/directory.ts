import type { inbox, Label, Member, Sender } from "@loket/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Of, Page } from "./api.ts";
import { useListener, useSession } from "./session.tsx";

export type Inbox = Of<typeof inbox>;

/* The names behind the ids that conversations carry. Few, slow to change, needed everywhere: fetched once and kept. */

function useAll<Item>(noun: "members" | "inboxes" | "senders" | "labels") {
  const { api, organisation } = useSession();
  return useQuery({
    queryKey: [noun, organisation.id],
    queryFn: async ({ signal }) => {
      const answer = await api.get<Page<Item> | Item[]>(noun, { limit: 200 }, signal);
      return Array.isArray(answer) ? answer : answer.items;
    },
    staleTime: 5 * 60_000,
  });
}

export const useMembers = () => useAll<Member>("members");
export const useInboxes = () => useAll<Inbox>("inboxes");
export const useLabels = () => useAll<Label>("labels");
export function useSenders() {
  const queries = useQueryClient();
  const { organisation } = useSession();
  useListener({
    events(events) {
      for (const event of events) {
        if (event.type !== "sender.changed") continue;
        queries.setQueryData<Sender[]>(["senders", organisation.id], (held) =>
          held?.map((sender) =>
            sender.id === event.sender.id
              ? { ...event.sender, webhookUrl: event.sender.webhookUrl || sender.webhookUrl }
              : sender,
          ),
        );
      }
    },
  });
  return useAll<Sender>("senders");
}

export function useById<Item extends { id: string }>(items: Item[] | undefined): ReadonlyMap<string, Item> {
  return useMemo(() => new Map(items?.map((item) => [item.id, item])), [items]);
}

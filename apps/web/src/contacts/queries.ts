import type { Channel, Contact, ContactDetail, Purpose } from "@loket/contract";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import type { Page } from "../shell/api.ts";
import { useSession } from "../shell/session.tsx";
import { useFailureWords } from "../ui/Failure.tsx";
import { toast } from "../ui/toast.tsx";

export function useContacts(q: string) {
  const { api, organisation } = useSession();
  return useInfiniteQuery({
    queryKey: ["contacts", organisation.id, q],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Contact>>("contacts", { q, limit: 100, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: (held) => held,
  });
}

export interface ConsentChange {
  purpose: Purpose;
  channel: Channel | "all";
  action: "granted" | "withdrawn";
  method: string;
  wordingId?: string;
  wordingVersion?: string;
  evidence?: string;
}

export interface StopChange {
  scope: "all" | "marketing";
  channel: Channel | "all";
}
type Cleared = { meant: "no-opt-out" } | ({ meant: "opt-out" } & StopChange);

/** What one changes about a person. Each answer is followed by a fresh look: consent is a ledger the server keeps. */
export function useContactActs(id: string) {
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const failureWords = useFailureWords();
  const key = ["contact", organisation.id, id];
  const settled = {
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: key });
      // What may be sent to this person follows from what was recorded.
      await queries.invalidateQueries({ queryKey: ["verdict", organisation.id] });
    },
    onError: (error: unknown) => toast(failureWords(error), { tone: "red" }),
  };
  const change = useMutation({
    mutationFn: (body: { name?: string; locale?: "en" | "nl" | "de" | null }) =>
      api.patch<Contact>(`contacts/${id}`, body),
    onMutate: (body) => queries.setQueryData<ContactDetail>(key, (held) => held && { ...held, ...body }),
    ...settled,
  });
  const consent = useMutation({
    mutationFn: (body: ConsentChange) => api.post(`contacts/${id}/consents`, body),
    ...settled,
  });
  const suppress = useMutation({
    mutationFn: (body: StopChange) => api.post(`contacts/${id}/suppressions`, { ...body, source: "agent" }),
    ...settled,
  });
  const clarify = useMutation({
    mutationFn: (body: Cleared) => api.post(`contacts/${id}/clarification`, body),
    ...settled,
  });
  const ask = useMutation({
    mutationFn: ({ conversationId, ...body }: { conversationId: string; clientId: string; wordingId: string }) =>
      api.post(`conversations/${conversationId}/consent-question`, body),
    ...settled,
  });
  const link = useMutation({
    mutationFn: () => api.post<{ url: string }>(`contacts/${id}/person-link`, {}),
    onError: settled.onError,
  });
  const erase = useMutation({ mutationFn: () => api.post(`contacts/${id}/erasure`), ...settled });
  return { change, consent, suppress, clarify, ask, link, erase };
}

import type { EvidenceEntry, EvidencePack, EvidenceSummary } from "@loket/contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Page } from "../../shell/api.ts";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";

export function useEvidence() {
  const { api, organisation } = useSession();
  return useQuery({
    queryKey: ["standing", organisation.id, "evidence"],
    queryFn: ({ signal }) => api.get<EvidenceSummary>("evidence", {}, signal),
  });
}

export function usePacks() {
  const { api, organisation } = useSession();
  const { locale } = useLanguage();
  return useInfiniteQuery({
    queryKey: ["standing", organisation.id, "packs", locale],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<EvidencePack>>("evidence/packs", { limit: 10, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useEntries(filter: { type?: string | undefined; contactId?: string | undefined }) {
  const { api, organisation } = useSession();
  return useInfiniteQuery({
    queryKey: ["standing", organisation.id, "entries", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<EvidenceEntry>>("evidence/entries", { limit: 50, cursor: pageParam, ...filter }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (held) => held,
  });
}

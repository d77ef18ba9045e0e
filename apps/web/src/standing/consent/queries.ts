import type { ConsentImport, ConsentImportDetail, ImportReason, ImportRow } from "@loket/contract";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { Page } from "../../shell/api.ts";
import { useSession } from "../../shell/session.tsx";

export function useImports() {
  const { api, organisation } = useSession();
  return useQuery({
    queryKey: ["standing", organisation.id, "imports"],
    queryFn: async ({ signal }) => (await api.get<Page<ConsentImport>>("consent-imports", {}, signal)).items,
  });
}

export function useImport(id: string) {
  const { api, organisation } = useSession();
  return useQuery({
    queryKey: ["standing", organisation.id, "imports", id],
    queryFn: ({ signal }) => api.get<ConsentImportDetail>(`consent-imports/${id}`, {}, signal),
  });
}

export interface RowFilter {
  readonly state: ImportRow["state"] | null;
  readonly reason: ImportReason | null;
}

export function useImportRows(id: string, filter: RowFilter, enabled: boolean) {
  const { api, organisation } = useSession();
  return useInfiniteQuery({
    queryKey: ["standing", organisation.id, "imports", id, "rows", filter],
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<ImportRow>>(
        `consent-imports/${id}/rows`,
        { limit: 50, cursor: pageParam, state: filter.state, reason: filter.reason },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (held) => held,
    enabled,
  });
}

export function useConsentSettings() {
  const { api, organisation } = useSession();
  return useQuery({
    queryKey: ["standing", organisation.id, "consent-settings"],
    queryFn: ({ signal }) => api.get<{ confirmOptOuts: boolean }>("consent-settings", {}, signal),
  });
}

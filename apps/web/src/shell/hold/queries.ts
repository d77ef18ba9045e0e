import type { HandOverHold } from "@loket/contract";
import { useQuery } from "@tanstack/react-query";
import { useSession } from "../session.tsx";

/** Whether anything may be sent at all. News of the organisation's standing asks anew; so does every minute. */
export function useHold(): HandOverHold | null {
  const { api, organisation } = useSession();
  const found = useQuery({
    queryKey: ["standing", organisation.id, "hold"],
    queryFn: async ({ signal }) => (await api.get<{ hold: HandOverHold | null }>("installation/hold", {}, signal)).hold,
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
  return found.data ?? null;
}

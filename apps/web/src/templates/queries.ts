import type { Template } from "@loket/contract";
import { useQuery } from "@tanstack/react-query";
import type { Page } from "../shell/api.ts";
import { useSession } from "../shell/session.tsx";

export function templatesKey(organisationId: string, senderId: string) {
  return ["templates", organisationId, senderId] as const;
}

export function useTemplates(senderId: string | null) {
  const { api, organisation } = useSession();
  return useQuery({
    queryKey: templatesKey(organisation.id, senderId ?? ""),
    queryFn: async ({ signal }) => {
      const answer = await api.get<Page<Template> | Template[]>("templates", { senderId, limit: 200 }, signal);
      return Array.isArray(answer) ? answer : answer.items;
    },
    enabled: senderId !== null,
    staleTime: 5 * 60_000,
  });
}

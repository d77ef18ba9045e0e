import type {
  ClaimsCheck,
  Decision,
  Demand,
  Override,
  OwnRule,
  Reachable,
  RuleDescribed,
  ShadowRun,
  StandingProfile,
  StandingReport,
} from "@loket/contract";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Page } from "../shell/api.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";

/** Everything these pages show lies under one key: an event about standing asks for what is on screen anew. */
function useKey(): (...rest: readonly unknown[]) => unknown[] {
  const { organisation } = useSession();
  return (...rest) => ["standing", organisation.id, ...rest];
}

export function useRules(asOf: string | null) {
  const { api } = useSession();
  const { locale } = useLanguage();
  const key = useKey();
  return useQuery({
    queryKey: key("rules", locale, asOf),
    queryFn: async ({ signal }) =>
      (
        await api.get<Page<RuleDescribed>>(
          "rules",
          { locale, all: true, ...(asOf ? { at: `${asOf}T12:00:00Z` } : {}) },
          signal,
        )
      ).items,
    staleTime: 60_000,
    placeholderData: (held) => held,
  });
}

export function useDecisions(filter: { ruleId?: string; differing?: boolean }) {
  const { api } = useSession();
  const { locale } = useLanguage();
  const key = useKey();
  return useInfiniteQuery({
    queryKey: key("decisions", locale, filter),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Decision>>("decisions", { locale, limit: 20, cursor: pageParam, ...filter }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useOwnRules() {
  const { api } = useSession();
  const key = useKey();
  return useQuery({
    queryKey: key("own-rules"),
    queryFn: async ({ signal }) => (await api.get<Page<OwnRule>>("own-rules", {}, signal)).items,
  });
}

export function useOverrides() {
  const { api } = useSession();
  const { locale } = useLanguage();
  const key = useKey();
  return useQuery({
    queryKey: key("overrides", locale),
    queryFn: async ({ signal }) => (await api.get<Page<Override>>("overrides", { locale }, signal)).items,
  });
}

export function useShadowRuns() {
  const { api } = useSession();
  const key = useKey();
  return useQuery({
    queryKey: key("shadow-runs"),
    queryFn: async ({ signal }) => (await api.get<Page<ShadowRun>>("shadow-runs", {}, signal)).items,
  });
}

export function useStanding() {
  const { api } = useSession();
  const { locale } = useLanguage();
  const key = useKey();
  return useQuery({
    queryKey: key("overview", locale),
    queryFn: ({ signal }) => api.get<StandingReport>("standing", { locale }, signal),
    refetchInterval: 5 * 60_000,
  });
}

export function useProfile() {
  const { api } = useSession();
  const key = useKey();
  return useQuery({
    queryKey: key("profile"),
    queryFn: ({ signal }) => api.get<StandingProfile>("standing/profile", {}, signal),
  });
}

export function useDemands() {
  const { api } = useSession();
  const key = useKey();
  return useQuery({
    queryKey: key("demands"),
    queryFn: async ({ signal }) => (await api.get<{ items: Demand[] }>("demands", {}, signal)).items,
  });
}

export function useReachable() {
  const { api } = useSession();
  const key = useKey();
  return useQuery({
    queryKey: key("reachable"),
    queryFn: ({ signal }) => api.get<Reachable>("standing/reachable", { limit: 200 }, signal),
  });
}

export function useClaimsChecks() {
  const { api } = useSession();
  const { locale } = useLanguage();
  const key = useKey();
  return useQuery({
    queryKey: key("claims", locale),
    queryFn: async ({ signal }) => (await api.get<{ items: ClaimsCheck[] }>("claims", { locale }, signal)).items,
  });
}

/** What was done here shows at once, without waiting for the event. */
export function useRefresh(): () => void {
  const queries = useQueryClient();
  const key = useKey();
  return () => void queries.invalidateQueries({ queryKey: key() });
}

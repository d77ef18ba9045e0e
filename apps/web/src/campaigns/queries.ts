import type {
  Campaign,
  CampaignReason,
  CampaignState,
  ConsentImport,
  campaignForecast,
  Delivery,
} from "@loket/contract";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Of, Page } from "../shell/api.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import type { DeliveryFilter } from "./search.ts";

export type Forecast = Of<typeof campaignForecast>;
/** What a forecast is asked about: everything of a campaign that decides who gets it, and whose approvals count. */
export type ForecastOf = Pick<Campaign, "senderId" | "kind" | "template" | "audience" | "startsAt"> & {
  readonly campaignId?: string;
};

export function forecastOfCampaign(campaign: Campaign): ForecastOf {
  const { id, senderId, kind, template, audience, startsAt } = campaign;
  return { campaignId: id, senderId, kind, template, audience, startsAt };
}

const liveMs = 1_000;
const calmMs = 15_000;
const listMs = 5_000;

/** Everything these pages show lies under one key: an event about a campaign asks for what is on screen anew. */
function useKey(): (...rest: readonly unknown[]) => unknown[] {
  const { organisation } = useSession();
  return (...rest) => ["campaigns", organisation.id, ...rest];
}

/** What was done here shows at once, without waiting for the event. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  const key = useKey();
  return () => queries.invalidateQueries({ queryKey: key() });
}

export function isMoving(state: CampaignState): boolean {
  return state === "freezing" || state === "running";
}

export function useCampaigns(state: CampaignState | null) {
  const { api } = useSession();
  const key = useKey();
  return useInfiniteQuery({
    queryKey: key("list", state),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Campaign>>("campaigns", { limit: 30, cursor: pageParam, state }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (held) => held,
    refetchInterval: ({ state: held }) =>
      held.data?.pages.some((page) => page.items.some((one) => isMoving(one.state))) ? listMs : calmMs,
  });
}

export function useCampaign(id: string) {
  const { api } = useSession();
  const { locale } = useLanguage();
  const key = useKey();
  return useQuery({
    queryKey: key("one", id, locale),
    queryFn: ({ signal }) => api.get<Campaign>(`campaigns/${id}`, {}, signal),
    refetchInterval: ({ state }) => (state.data && isMoving(state.data.state) ? liveMs : calmMs),
  });
}

export function useReasons(id: string, moving: boolean) {
  const { api } = useSession();
  const { locale } = useLanguage();
  const key = useKey();
  return useQuery({
    queryKey: key("reasons", id, locale),
    queryFn: async ({ signal }) => (await api.get<Page<CampaignReason>>(`campaigns/${id}/reasons`, {}, signal)).items,
    refetchInterval: moving ? listMs : calmMs,
  });
}

export function useDeliveries(campaignId: string, filter: DeliveryFilter, moving: boolean) {
  const { api } = useSession();
  const { locale } = useLanguage();
  const key = useKey();
  return useInfiniteQuery({
    queryKey: key("deliveries", campaignId, locale, filter),
    queryFn: ({ signal, pageParam }) =>
      api.get<Page<Delivery>>("deliveries", { campaignId, limit: 20, cursor: pageParam, ...filter }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: (held) => held,
    // Whoever reads on is not disturbed: only the first page keeps itself fresh.
    refetchInterval: ({ state }) => (state.data && state.data.pages.length > 1 ? false : moving ? listMs : calmMs),
  });
}

/** Lists that were taken over, for who may see them. */
export function useLists() {
  const { api, may, organisation } = useSession();
  return useQuery({
    queryKey: ["standing", organisation.id, "imports"],
    queryFn: async ({ signal }) => (await api.get<Page<ConsentImport>>("consent-imports", {}, signal)).items,
    enabled: may("imports:manage"),
  });
}

/** `null` while something is missing to ask about. It lies apart: it is dear to work out, and events do not change it. */
export function useForecast(of: ForecastOf | null) {
  const { api, organisation } = useSession();
  const { locale } = useLanguage();
  return useQuery({
    queryKey: ["forecast", organisation.id, locale, of],
    queryFn: () => api.post<Forecast>("campaigns/forecast", of),
    enabled: of !== null,
    placeholderData: (held) => held,
    staleTime: 60_000,
    retry: 1,
  });
}

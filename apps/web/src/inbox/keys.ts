import type { ListFilter } from "./list.ts";

/** Query keys: noun, organisation, what. The organisation is always second, so a switch can drop one's whole world. */
export const keys = {
  lists: (organisationId: string) => ["conversations", organisationId] as const,
  list: (organisationId: string, filter: ListFilter) => ["conversations", organisationId, filter] as const,
  conversation: (organisationId: string, id: string) => ["conversation", organisationId, id] as const,
  timeline: (organisationId: string, id: string) => ["timeline", organisationId, id] as const,
  counts: (organisationId: string) => ["counts", organisationId] as const,
};

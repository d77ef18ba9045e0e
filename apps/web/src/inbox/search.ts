import type { ConversationState } from "@loket/contract";
import type { ListFilter } from "./list.ts";

/** The list's state as the address bar keeps it, so that back, reload and a shared link show the same. */
export interface InboxSearch {
  tab?: ConversationState | "all";
  whose?: "me" | "none";
  inbox?: string;
  label?: string;
  q?: string;
}

export const tabs = ["needs-us", "waiting", "snoozed", "done", "all"] as const;
export type Tab = (typeof tabs)[number];

export function parseInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const words = (name: string) => (typeof raw[name] === "string" && raw[name] !== "" ? raw[name] : undefined);
  const tab = tabs.find((one) => one === raw.tab);
  const [inbox, label, q] = [words("inbox"), words("label"), words("q")];
  return {
    ...(tab ? { tab } : {}),
    ...(raw.whose === "me" || raw.whose === "none" ? { whose: raw.whose } : {}),
    ...(inbox ? { inbox } : {}),
    ...(label ? { label } : {}),
    ...(q ? { q } : {}),
  };
}

export function filterOf(search: InboxSearch): ListFilter {
  const tab = search.tab ?? "needs-us";
  return {
    state: tab === "all" ? null : tab,
    assignee: search.whose ?? null,
    inboxId: search.inbox ?? null,
    labelId: search.label ?? null,
    q: search.q ?? "",
  };
}

export function filterCount(search: InboxSearch): number {
  return [search.whose, search.inbox, search.label].filter(Boolean).length;
}

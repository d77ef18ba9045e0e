import type { Conversation } from "@loket/contract";
import { ActionIcon, Button, Menu, TextInput } from "@mantine/core";
import { IconCheck, IconFilter2, IconSearch, IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { VList, type VListHandle } from "virtua";
import { useById, useInboxes, useLabels, useMembers } from "../shell/directory.ts";
import { useLanguage } from "../shell/i18n.tsx";
import type { PlainKey } from "../shell/messages/catalogue.ts";
import { usePreferences } from "../shell/preferences.ts";
import { useShortcuts } from "../shell/shortcuts.ts";
import { RowBones } from "../ui/Bones.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import styles from "./ConversationListPane.module.css";
import { ConversationRow } from "./ConversationRow.tsx";
import { useDesk } from "./Desk.tsx";
import { steady } from "./list.ts";
import { useConversationList, useCounts, usePrefetchThread } from "./queries.ts";
import { filterCount, filterOf, type InboxSearch, type Tab, tabs } from "./search.ts";

const tabWords: Record<Tab, PlainKey> = {
  "needs-us": "list.needsUs",
  waiting: "list.waiting",
  snoozed: "list.snoozed",
  done: "list.done",
  all: "list.all",
};
const emptyWords: Record<Tab, [PlainKey, PlainKey]> = {
  "needs-us": ["list.empty.needsUs", "list.empty.needsUsLead"],
  waiting: ["list.empty.waiting", "list.empty.waitingLead"],
  snoozed: ["list.empty.snoozed", "list.empty.snoozedLead"],
  done: ["list.empty.done", "list.empty.doneLead"],
  all: ["list.empty.all", "list.empty.allLead"],
};

/** What the list shows now, for whoever walks it with keys. */
export interface ListWalk {
  rows: readonly Conversation[];
}

export function ConversationListPane(props: {
  search: InboxSearch;
  setSearch: (change: InboxSearch, replace?: boolean) => void;
  selectedId: string | null;
  open: (id: string) => void;
  walk: { current: ListWalk };
  /** Conversations this person just acted on: they may leave at once. */
  gone: ReadonlySet<string>;
}) {
  const { search, setSearch, selectedId, open, walk, gone } = props;
  const { t } = useLanguage();
  const { drafts, presence } = useDesk();
  const { density } = usePreferences();
  const filter = filterOf(search);
  const tab = search.tab ?? "needs-us";
  const found = useConversationList(filter);
  const counts = useCounts();
  const members = useById(useMembers().data);
  const prefetch = usePrefetchThread();
  const allDrafts = useSyncExternalStore(drafts.subscribe, drafts.all);
  const [held, setHeld] = useState(false);
  const [flush, setFlush] = useState(0);
  const list = useRef<VListHandle>(null);
  const field = useRef<HTMLInputElement>(null);

  const items = found.data?.items;
  const listKey = `${JSON.stringify(filter)} ${flush}`;
  const { rows, fresh } = useSteadyRows(items, listKey, held, gone);
  walk.current = { rows };

  useShortcuts({
    "/": () => field.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    "1": () => setSearch({ ...search, tab: "needs-us" }),
    "2": () => setSearch({ ...search, tab: "waiting" }),
    "3": () => setSearch({ ...search, tab: "snoozed" }),
    "4": () => setSearch({ ...search, tab: "done" }),
    "5": () => setSearch({ ...search, tab: "all" }),
  });
  const step = (by: 1 | -1) => {
    const index = rows.findIndex((row) => row.id === selectedId);
    const next = index < 0 ? (by === 1 ? 0 : rows.length - 1) : index + by;
    const row = rows[next];
    if (!row) return;
    open(row.id);
    list.current?.scrollToIndex(next, { align: "nearest" });
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`[data-row="${row.id}"]`)?.focus({ preventScroll: true }),
    );
    const after = rows[next + by];
    if (after) prefetch(after.id);
  };
  const showFresh = () => {
    setFlush(flush + 1);
    list.current?.scrollTo(0);
  };

  const tabCounts: Partial<Record<Tab, number>> = counts.data ? { "needs-us": counts.data.needsUs } : {};
  const filters = filterCount(search);

  return (
    <section className={styles.pane} aria-label={t("list.rows")} data-density={density}>
      <h1 className="hidden">{t("list.title")}</h1>
      <header className={styles.head}>
        <SearchField
          key={search.q ? "on" : "off"}
          ref={field}
          q={search.q ?? ""}
          setQ={(q) => setSearch({ ...search, ...(q ? { q } : { q: "" }) }, true)}
        />
        <FilterMenu search={search} setSearch={setSearch} />
      </header>
      <div className={styles.tabs} role="tablist" aria-label={t("list.title")}>
        {tabs.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            className="plain"
            aria-selected={tab === one}
            onClick={() => setSearch({ ...search, tab: one })}
          >
            {t(tabWords[one])}
            {tabCounts[one] !== undefined && tabCounts[one] > 0 && <span className="figures">{tabCounts[one]}</span>}
          </button>
        ))}
      </div>
      {filters > 0 && <FilterChips search={search} setSearch={setSearch} />}

      <div
        className={styles.body}
        onPointerEnter={(event) => event.pointerType === "mouse" && setHeld(true)}
        onPointerLeave={() => setHeld(false)}
      >
        {fresh > 0 && (
          <Button className={styles.fresh ?? ""} size="compact-sm" radius="xl" onClick={showFresh}>
            {t("list.fresh", { count: fresh })}
          </Button>
        )}
        {found.isError && !items && <Failure error={found.error} retry={() => void found.refetch()} />}
        {!found.isError && !items && <RowBones count={9} />}
        {items && rows.length === 0 && (
          <EmptyState
            title={t(search.q || filters > 0 ? "list.empty.found" : emptyWords[tab][0])}
            lead={t(search.q || filters > 0 ? "list.empty.foundLead" : emptyWords[tab][1])}
          >
            {(search.q || filters > 0) && (
              <Button variant="default" onClick={() => setSearch({ tab })}>
                {t("list.clearFilters")}
              </Button>
            )}
          </EmptyState>
        )}
        {rows.length > 0 && (
          <VList
            ref={list}
            className={styles.rows}
            data={rows}
            itemSize={density === "compact" ? 48 : 64}
            onScroll={(offset) => {
              const view = list.current;
              if (view && view.scrollSize - view.viewportSize - offset < 640) void found.loadMore();
            }}
          >
            {(conversation) => (
              <ConversationRow
                key={conversation.id}
                conversation={conversation}
                selected={conversation.id === selectedId}
                draft={conversation.id === selectedId ? "" : (allDrafts[conversation.id]?.reply ?? "")}
                holder={conversation.assigneeId ? (members.get(conversation.assigneeId) ?? null) : null}
                present={presence.in(conversation.id)}
                open={open}
                prefetch={prefetch}
              />
            )}
          </VList>
        )}
      </div>
    </section>
  );
}

const nobodyGone: ReadonlySet<string> = new Set();

/** Keeps the order while the pointer rests on the list; lets go when it leaves, or when asked. */
function useSteadyRows(
  items: readonly Conversation[] | undefined,
  listKey: string,
  held: boolean,
  gone: ReadonlySet<string>,
) {
  const shown = useRef<{ key: string; rows: readonly Conversation[] }>({ key: "", rows: [] });
  if (!items) return { rows: [], fresh: 0 };
  const keep = held && shown.current.key === listKey && shown.current.rows.length > 0;
  const result = keep ? steady(shown.current.rows, items, gone ?? nobodyGone) : { rows: [...items], fresh: 0 };
  shown.current = { key: listKey, rows: result.rows };
  return result;
}

const searchAfterMs = 180;

function SearchField(props: { q: string; setQ: (q: string) => void; ref: React.RefObject<HTMLInputElement | null> }) {
  const { q, setQ, ref } = props;
  const { t } = useLanguage();
  const [words, setWords] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  const change = (value: string) => {
    setWords(value);
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => setQ(value.trim()), searchAfterMs);
  };
  return (
    <TextInput
      ref={ref}
      className={styles.search ?? ""}
      type="search"
      leftSection={<Icon of={IconSearch} size={16} />}
      rightSection={
        words ? (
          <ActionIcon
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t("list.clearSearch")}
            onClick={() => change("")}
          >
            <Icon of={IconX} size={14} />
          </ActionIcon>
        ) : (
          <kbd className={styles.key}>/</kbd>
        )
      }
      placeholder={t("list.search")}
      aria-label={t("list.search")}
      value={words}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        if (words) change("");
        else event.currentTarget.blur();
      }}
    />
  );
}

function FilterMenu(props: { search: InboxSearch; setSearch: (change: InboxSearch) => void }) {
  const { search, setSearch } = props;
  const { t } = useLanguage();
  const inboxes = useInboxes();
  const labels = useLabels();
  const count = filterCount(search);
  const { whose: _whose, ...withoutWhose } = search;
  const { inbox: _inbox, ...withoutInbox } = search;
  const { label: _label, ...withoutLabel } = search;
  const tick = (on: boolean) => (on ? <Icon of={IconCheck} size={16} /> : null);

  return (
    <Menu position="bottom-end" width={240}>
      <Menu.Target>
        <ActionIcon
          variant={count > 0 ? "light" : "subtle"}
          color={count > 0 ? "loket" : "gray"}
          size={36}
          aria-label={count > 0 ? t("list.filterActive", { count }) : t("list.filter")}
          title={t("list.filter")}
        >
          <Icon of={IconFilter2} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ""}>
        <Menu.Label>{t("list.assignee")}</Menu.Label>
        <Menu.Item rightSection={tick(!search.whose)} onClick={() => setSearch(withoutWhose)}>
          {t("list.everyone")}
        </Menu.Item>
        <Menu.Item rightSection={tick(search.whose === "me")} onClick={() => setSearch({ ...search, whose: "me" })}>
          {t("list.mine")}
        </Menu.Item>
        <Menu.Item rightSection={tick(search.whose === "none")} onClick={() => setSearch({ ...search, whose: "none" })}>
          {t("list.unassigned")}
        </Menu.Item>
        {(inboxes.data?.length ?? 0) > 1 && (
          <>
            <Menu.Divider />
            <Menu.Label>{t("list.inbox")}</Menu.Label>
            <Menu.Item rightSection={tick(!search.inbox)} onClick={() => setSearch(withoutInbox)}>
              {t("list.allInboxes")}
            </Menu.Item>
            {inboxes.data?.map((inbox) => (
              <Menu.Item
                key={inbox.id}
                rightSection={tick(search.inbox === inbox.id)}
                onClick={() => setSearch({ ...search, inbox: inbox.id })}
              >
                {inbox.name}
              </Menu.Item>
            ))}
          </>
        )}
        {(labels.data?.length ?? 0) > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>{t("list.label")}</Menu.Label>
            <Menu.Item rightSection={tick(!search.label)} onClick={() => setSearch(withoutLabel)}>
              {t("list.allLabels")}
            </Menu.Item>
            {labels.data?.map((label) => (
              <Menu.Item
                key={label.id}
                rightSection={tick(search.label === label.id)}
                onClick={() => setSearch({ ...search, label: label.id })}
              >
                {label.name}
              </Menu.Item>
            ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

function FilterChips(props: { search: InboxSearch; setSearch: (change: InboxSearch) => void }) {
  const { search, setSearch } = props;
  const { t } = useLanguage();
  const inboxes = useById(useInboxes().data);
  const labels = useById(useLabels().data);
  const { whose, ...withoutWhose } = search;
  const { inbox, ...withoutInbox } = search;
  const { label, ...withoutLabel } = search;
  const chips = [
    whose && { words: t(whose === "me" ? "list.mine" : "list.unassigned"), without: withoutWhose },
    inbox && { words: inboxes.get(inbox)?.name ?? "…", without: withoutInbox },
    label && { words: labels.get(label)?.name ?? "…", without: withoutLabel },
  ].filter((chip) => typeof chip === "object");
  return (
    <div className={styles.chips}>
      {chips.map((chip) => (
        <button key={chip.words} type="button" className="plain" onClick={() => setSearch(chip.without)}>
          <span className="cut">{chip.words}</span>
          <Icon of={IconX} size={14} label={t("app.remove")} />
        </button>
      ))}
    </div>
  );
}

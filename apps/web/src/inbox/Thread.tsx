import type { Conversation, Message } from "@loket/contract";
import { Button } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { VList, type VListHandle } from "virtua";
import { useLanguage } from "../shell/i18n.tsx";
import { useListener, useSession } from "../shell/session.tsx";
import { useTemplates } from "../templates/queries.ts";
import { ThreadBones } from "../ui/Bones.tsx";
import { useNow } from "../ui/clock.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { dayWords } from "../ui/time.ts";
import { ActivityLine } from "./ActivityLine.tsx";
import { useOutboxEntries } from "./Desk.tsx";
import { echoOf } from "./echo.ts";
import { type BubbleActs, MessageBubble } from "./MessageBubble.tsx";
import { NoteStrip } from "./NoteStrip.tsx";
import { useTimeline } from "./queries.ts";
import { threadRows } from "./rows.ts";
import styles from "./Thread.module.css";

const nearPx = 120;
const loadOlderPx = 600;

/** The conversation itself, newest at the bottom. Only what is near the screen is in the document. */
export function Thread(props: { conversation: Conversation; acts: BubbleActs }) {
  const { conversation, acts } = props;
  const { t, locale } = useLanguage();
  const { person, memberId } = useSession();
  const nowMs = useNow();
  const timeline = useTimeline(conversation.id);
  const templates = useTemplates(conversation.senderId);
  const entries = useOutboxEntries(conversation.id);
  const list = useRef<VListHandle>(null);
  const atBottom = useRef(true);
  const placed = useRef(false);
  const [away, setAway] = useState(false);
  const [below, setBelow] = useState(0);

  const items = timeline.data?.items;
  const rows = useMemo(() => {
    const author = { memberId, name: person.name };
    const echoes = entries.map((entry) => ({ entry, item: echoOf(entry, author, conversation.channel) }));
    return threadRows(items ?? [], echoes);
  }, [items, entries, memberId, person.name, conversation.channel]);

  // Older pages are put in front: virtua then keeps the place from the end, so nothing moves on screen.
  const oldest = items?.[0]?.at ?? "";
  const lastOldest = useRef(oldest);
  const isPrepended = lastOldest.current !== "" && oldest < lastOldest.current;
  useLayoutEffect(() => {
    lastOldest.current = oldest;
  }, [oldest]);

  const lastKey = rows.at(-2)?.key;
  const lastOurs = useRef<string | undefined>(undefined);
  const ownLast = entries.at(-1)?.clientId;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new last row is what it waits for
  useLayoutEffect(() => {
    if (rows.length <= 1) return;
    const wroteJustNow = ownLast !== undefined && ownLast !== lastOurs.current;
    lastOurs.current = ownLast;
    if (!placed.current || atBottom.current || wroteJustNow) {
      list.current?.scrollToIndex(rows.length - 1, { align: "end" });
      placed.current = true;
    } else setBelow((count) => count + 1);
  }, [lastKey, rows.length === 1]);

  const onScroll = (offset: number) => {
    const view = list.current;
    if (!view) return;
    const fromEnd = view.scrollSize - view.viewportSize - offset;
    atBottom.current = fromEnd < nearPx;
    setAway(fromEnd > 400);
    if (atBottom.current) setBelow(0);
    if (offset < loadOlderPx && placed.current) void timeline.loadOlder();
  };
  // Rows are measured as they come into view; someone who was at the end stays at the end.
  const onResize = () => {
    if (atBottom.current && rows.length > 1) list.current?.scrollToIndex(rows.length - 1, { align: "end" });
  };
  const toNewest = () => {
    setBelow(0);
    list.current?.scrollToIndex(rows.length - 1, {
      align: "end",
      smooth: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    });
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-message]")];
    const index = all.findIndex((one) => one.contains(document.activeElement));
    const next = index < 0 ? all.at(-1) : all[index + (event.key === "ArrowUp" ? -1 : 1)];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  if (timeline.isError && !timeline.data)
    return <Failure error={timeline.error} retry={() => void timeline.refetch()} />;
  if (!timeline.data) return <ThreadBones />;

  return (
    <section
      className={styles.thread}
      role="log"
      aria-live="off"
      aria-label={t("thread.label", { name: conversation.contact.name })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {rows.length === 1 && <EmptyState title={t("thread.empty")} lead={t("thread.emptyLead")} />}
      <VList
        ref={list}
        className={styles.rows}
        data={rows}
        shift={isPrepended}
        onScroll={onScroll}
        onResize={onResize}
        bufferSize={300}
        tabIndex={-1}
      >
        {(row) => {
          if (row.kind === "edge") {
            return (
              <div key={row.key} className={styles.edge}>
                {timeline.data?.older === null
                  ? rows.length > 1 && t("thread.beginning")
                  : timeline.loadingOlder
                    ? t("thread.loadingOlder")
                    : ""}
              </div>
            );
          }
          if (row.kind === "end") return <div key={row.key} className={styles.end} />;
          if (row.kind === "day") {
            return (
              <div key={row.key} className={styles.day}>
                <span>
                  {dayWords(row.day, locale, nowMs, { today: t("time.today"), yesterday: t("time.yesterday") })}
                </span>
              </div>
            );
          }
          if (row.kind === "note")
            return <NoteStrip key={row.key} note={row.item.note} entry={row.entry} acts={acts} />;
          if (row.kind === "activity") return <ActivityLine key={row.key} activities={row.activities} />;
          return (
            <MessageBubble
              key={row.key}
              message={row.message}
              entry={row.entry}
              joined={row.joined}
              contactName={conversation.contact.name}
              ownMemberId={memberId}
              templates={templates.data ?? []}
              acts={acts}
            />
          );
        }}
      </VList>
      {(away || below > 0) && (
        <Button
          className={styles.newest ?? ""}
          size="compact-md"
          variant="default"
          radius="xl"
          leftSection={<Icon of={IconArrowDown} size={16} />}
          onClick={toNewest}
        >
          {below > 0 ? t("thread.newBelow", { count: below }) : t("thread.newest")}
        </Button>
      )}
      <Announcer conversation={conversation} />
    </section>
  );
}

const quietMs = 2_000;

/** One polite voice for the thread. It says at most one thing in two seconds, the last one. */
function Announcer(props: { conversation: Conversation }) {
  const { conversation } = props;
  const { t } = useLanguage();
  const [words, setWords] = useState("");
  const waiting = useRef<Message | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useListener({
    events(events) {
      for (const event of events) {
        if (event.type !== "message.changed" || event.conversationId !== conversation.id) continue;
        if (event.message.direction === "in" && Date.now() - Date.parse(event.message.createdAt) < 60_000)
          waiting.current = event.message;
      }
      if (!waiting.current || timer.current !== null) return;
      timer.current = setTimeout(() => {
        timer.current = null;
        const said = waiting.current;
        waiting.current = null;
        if (said) setWords(t("thread.announce", { name: conversation.contact.name, text: said.text ?? said.type }));
      }, quietMs);
    },
  });
  useEffect(() => () => void (timer.current !== null && clearTimeout(timer.current)), []);
  return (
    <span className="hidden" aria-live="polite">
      {words}
    </span>
  );
}

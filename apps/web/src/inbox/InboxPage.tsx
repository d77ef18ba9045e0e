import type { Conversation } from "@loket/contract";
import { Drawer } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import { setPreferences, usePreferences } from "../shell/preferences.ts";
import { useShortcuts } from "../shell/shortcuts.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { type Acts, useActs } from "./acts.ts";
import { ConversationListPane, type ListWalk } from "./ConversationListPane.tsx";
import { ConversationPane } from "./ConversationPane.tsx";
import styles from "./InboxPage.module.css";
import { useConversation, useCounts } from "./queries.ts";
import type { InboxSearch } from "./search.ts";

/** List, thread, person. On a phone one of them at a time. */
export function InboxPage(props: {
  search: InboxSearch;
  setSearch: (search: InboxSearch, replace?: boolean) => void;
  conversationId: string | null;
  open: (id: string | null) => void;
  /** The person's side of the screen, which is another feature's. */
  context: (contactId: string, conversationId: string, consentAsked: number) => ReactNode;
}) {
  const { search, setSearch, conversationId, open, context } = props;
  const { t } = useLanguage();
  const { contextOpen } = usePreferences();
  const acts = useActs();
  const walk = useRef<ListWalk>({ rows: [] });
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const hasRoom = useMediaQuery("(min-width: 1180px)", window.innerWidth >= 1180, { getInitialValueInEffect: false });
  const [sheetOpen, setSheetOpen] = useState(false);
  const [consent, setConsent] = useState({ contactId: "", asked: 0 });
  useTitle();

  const toggleContext = () => {
    if (hasRoom) setPreferences({ contextOpen: !contextOpen });
    else setSheetOpen(!sheetOpen);
  };
  const recordConsent = useCallback(
    (contactId: string) => {
      setConsent((held) => ({ contactId, asked: held.asked + 1 }));
      if (hasRoom) setPreferences({ contextOpen: true });
      else setSheetOpen(true);
    },
    [hasRoom],
  );
  const next = (from: Conversation) => {
    const { rows } = walk.current;
    const index = rows.findIndex((row) => row.id === from.id);
    setGone((held) => new Set(held).add(from.id));
    // Answered first, it may have left this list already: then the list's first is next.
    const following = index < 0 ? rows[0] : (rows[index + 1] ?? rows[index - 1]);
    open(following && window.innerWidth > 720 ? following.id : null);
  };
  // An act of one's own takes its row away at once; coming back, it is a row like any other.
  const watched = useMemo(() => releaseOn(acts, setGone), [acts]);
  const back = useCallback(() => open(null), [open]);
  useShortcuts({ escape: () => (conversationId ? back() : false) });

  return (
    <div
      className={styles.page}
      data-open={conversationId !== null || undefined}
      data-context={(contextOpen && hasRoom && conversationId !== null) || undefined}
    >
      <div className={styles.list}>
        <ConversationListPane
          search={search}
          setSearch={setSearch}
          selectedId={conversationId}
          open={open}
          walk={walk}
          gone={gone}
        />
      </div>
      <main className={styles.thread} id="conversation">
        {conversationId ? (
          <ConversationPane
            conversationId={conversationId}
            acts={watched}
            contextOpen={hasRoom ? contextOpen : sheetOpen}
            toggleContext={toggleContext}
            back={back}
            next={next}
            recordConsent={recordConsent}
          />
        ) : (
          <EmptyState title={t("thread.choose")} lead={t("thread.chooseLead")} />
        )}
      </main>
      {conversationId && (
        <ContextSide
          conversationId={conversationId}
          docked={hasRoom && contextOpen}
          sheetOpen={!hasRoom && sheetOpen}
          closeSheet={() => setSheetOpen(false)}
          consent={consent}
          context={context}
        />
      )}
    </div>
  );
}

function releaseOn(acts: Acts, setGone: (change: (held: ReadonlySet<string>) => ReadonlySet<string>) => void): Acts {
  const release = (id: string) =>
    setGone((held) => {
      const next = new Set(held);
      next.delete(id);
      return next;
    });
  return {
    ...acts,
    async close(conversation) {
      const done = await acts.close(conversation);
      if (!done) release(conversation.id);
      return done;
    },
    async snooze(conversation, until) {
      const done = await acts.snooze(conversation, until);
      if (!done) release(conversation.id);
      return done;
    },
  };
}

function ContextSide(props: {
  conversationId: string;
  docked: boolean;
  sheetOpen: boolean;
  closeSheet: () => void;
  consent: { contactId: string; asked: number };
  context: (contactId: string, conversationId: string, consentAsked: number) => ReactNode;
}) {
  const { conversationId, docked, sheetOpen, closeSheet, consent, context } = props;
  const { t } = useLanguage();
  const conversation = useConversation(conversationId);
  const isPhone = useMediaQuery("(max-width: 640px)");
  const contactId = conversation.data?.contact.id;
  const asked = consent.contactId === contactId ? consent.asked : 0;
  if (docked) return <aside className={styles.context}>{contactId && context(contactId, conversationId, asked)}</aside>;
  return (
    <Drawer
      opened={sheetOpen}
      onClose={closeSheet}
      position={isPhone ? "bottom" : "right"}
      size={isPhone ? "86%" : 360}
      title={t("act.context")}
      closeButtonProps={{ "aria-label": t("app.close") }}
      padding={0}
      classNames={{ header: styles.sheetHead ?? "" }}
    >
      {contactId && context(contactId, conversationId, asked)}
    </Drawer>
  );
}

/** The count in the tab: how much waits, seen from any other tab. */
function useTitle(): void {
  const { t } = useLanguage();
  const counts = useCounts();
  const unread = counts.data?.unread ?? 0;
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${t("list.title")} · Loket` : `${t("list.title")} · Loket`;
  }, [unread, t]);
}

import type { Channel, Conversation, Message } from "@loket/contract";
import { useEffect, useMemo, useRef } from "react";
import { Refused } from "../shell/api.ts";
import { isYes, usePerson } from "../shell/consent.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useShortcuts } from "../shell/shortcuts.ts";
import { uuid7 } from "../shell/uuid.ts";
import { ThreadBones } from "../ui/Bones.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../ui/Failure.tsx";
import { toast } from "../ui/toast.tsx";
import type { Acts } from "./acts.ts";
import { ClarifyStrip } from "./ClarifyStrip.tsx";
import { Composer, type ComposerHandle } from "./Composer.tsx";
import styles from "./ConversationPane.module.css";
import { useDesk } from "./Desk.tsx";
import { textOf } from "./echo.ts";
import type { BubbleActs } from "./MessageBubble.tsx";
import { useConversation, useTimeline } from "./queries.ts";
import { SenderStrip } from "./SenderStrip.tsx";
import { useSeen } from "./seen.ts";
import { Thread } from "./Thread.tsx";
import { ThreadHeader } from "./ThreadHeader.tsx";
import { seenIds } from "./timeline.ts";

/** One conversation: header, thread, composer, and the acts they share. */
export function ConversationPane(props: {
  conversationId: string;
  acts: Acts;
  contextOpen: boolean;
  toggleContext: () => void;
  back: () => void;
  next: (from: Conversation) => void;
  recordConsent: (contactId: string) => void;
}) {
  const { conversationId } = props;
  const { t } = useLanguage();
  const found = useConversation(conversationId);

  if (!found.data) {
    if (!found.isError) return <ThreadBones />;
    const gone =
      found.error instanceof Refused && (found.error.problem.status === 404 || found.error.problem.status === 403);
    if (gone) return <EmptyState title={t("thread.gone")} lead={t("thread.goneLead")} />;
    return <Failure error={found.error} retry={() => void found.refetch()} />;
  }
  return <OpenConversation {...props} conversation={found.data} />;
}

function OpenConversation(props: {
  conversation: Conversation;
  acts: Acts;
  contextOpen: boolean;
  toggleContext: () => void;
  back: () => void;
  next: (from: Conversation) => void;
  recordConsent: (contactId: string) => void;
}) {
  const { conversation, acts, contextOpen, toggleContext, back, next, recordConsent } = props;
  const { t } = useLanguage();
  const { api, may, organisation } = useSession();
  const answers = may("conversations:write");
  const { outbox } = useDesk();
  const failureWords = useFailureWords();
  const timeline = useTimeline(conversation.id);
  const composer = useRef<ComposerHandle>(null);
  const latest = useRef(conversation);
  latest.current = conversation;
  const seen = useSeen(conversation, timeline.data?.items);
  const items = useRef(timeline.data?.items);
  items.current = timeline.data?.items;

  // What is on screen is read, as long as somebody looks.
  const { markRead } = acts;
  useEffect(() => {
    const read = () => {
      if (answers && document.visibilityState === "visible" && latest.current.unreadCount > 0)
        void markRead(latest.current);
    };
    if (conversation.unreadCount > 0) read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [conversation.unreadCount, markRead, answers]);

  const person = usePerson(conversation.contact.id).data;
  const agreedChannels = useMemo(
    () => [
      ...new Set(
        (person?.agreements ?? [])
          .filter((one) => isYes(one) && one.channel !== "all" && one.channel !== conversation.channel)
          .map(({ channel }) => t(`channel.${channel as Channel}`)),
      ),
    ],
    [person, conversation.channel, t],
  );
  const remedies = useMemo(
    () => ({
      askConsent: () => composer.current?.ask(),
      agreedChannels,
      recordConsent: () => recordConsent(latest.current.contact.id),
      waitUntil: (until: Date) => void acts.snooze(latest.current, until),
      contactId: conversation.contact.id,
    }),
    [recordConsent, acts, conversation.contact.id, agreedChannels],
  );
  const bubbleActs = useMemo((): BubbleActs => {
    return {
      quote: (message) => composer.current?.quote(message),
      async react(message, emoji) {
        if (!message.providerId) return;
        const clientId = uuid7();
        try {
          await api.post(`conversations/${latest.current.id}/messages`, {
            clientId,
            type: "reaction",
            reaction: { message_id: message.providerId, emoji },
          });
        } catch (error) {
          toast(failureWords(error), { tone: "red" });
        }
      },
      async retry(message) {
        try {
          // Whoever presses it on an uncertain one was told that the customer may get it twice.
          await api.post<Message>(`messages/${message.id}/retry`, {
            acceptPossibleDouble: message.status === "uncertain",
          });
          toast(t("message.retrying"));
        } catch (error) {
          toast(failureWords(error), { tone: "red" });
        }
      },
      remedies: { ...remedies, chooseTemplate: () => composer.current?.openTemplates() },
      change(entry) {
        const words = entry.body.kind === "note" ? entry.body.text : textOf(entry.body.send);
        outbox.discard(entry.clientId);
        if (words) composer.current?.put(words);
      },
      discard: (entry) => void outbox.discard(entry.clientId),
      sendAsIs: (entry) =>
        outbox.resend(
          entry.clientId,
          entry.seen ? { version: latest.current.version, ids: seenIds(items.current ?? []) } : null,
        ),
      editFailed: (message) => composer.current?.put(message.text ?? ""),
    };
  }, [api, outbox, failureWords, t, remedies]);

  const quoteNewest = () => {
    const focused = document.activeElement?.closest("[data-message]")?.getAttribute("data-message");
    const messages = (timeline.data?.items ?? []).flatMap((item) => (item.kind === "message" ? [item.message] : []));
    const message = messages.find((one) => one.id === focused) ?? messages.findLast((one) => one.direction === "in");
    if (message) composer.current?.quote(message);
  };
  useShortcuts({
    r: () => composer.current?.write("reply"),
    n: () => composer.current?.write("note"),
    q: quoteNewest,
    enter: () => composer.current?.write("reply"),
  });

  const closeAndNext = () => {
    const from = latest.current;
    next(from);
    void acts.close(from);
  };
  const snoozeAndNext = (until: Date) => {
    const from = latest.current;
    next(from);
    void acts.snooze(from, until);
  };

  return (
    <div className={styles.pane}>
      <ThreadHeader
        conversation={conversation}
        acts={acts}
        contextOpen={contextOpen}
        toggleContext={toggleContext}
        back={back}
        closeAndNext={closeAndNext}
        snoozeAndNext={snoozeAndNext}
      />
      <SenderStrip senderId={conversation.senderId} />
      <Thread key={conversation.id} conversation={conversation} acts={bubbleActs} />
      {person?.clarifyingSince && <ClarifyStrip person={person} />}
      {answers ? (
        <Composer
          ref={composer}
          conversation={conversation}
          seen={seen}
          remedies={remedies}
          languages={[person?.locale ?? null, organisation.locale]}
          leave={() => document.querySelector<HTMLElement>('[data-selected="true"]')?.focus()}
        />
      ) : (
        <p className={styles.readOnly}>{t("composer.readOnly")}</p>
      )}
    </div>
  );
}

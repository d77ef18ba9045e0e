import type { Conversation } from "@loket/contract";
import { memo } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { ChannelMark } from "../ui/ChannelMark.tsx";
import { useNow } from "../ui/clock.ts";
import { TickDrawing } from "../ui/Ticks.tsx";
import { fullDate, shortDateTime, since } from "../ui/time.ts";
import { WindowRing } from "../ui/WindowRing.tsx";
import styles from "./ConversationRow.module.css";
import type { Present } from "./presence.ts";

/** One conversation in two lines: who and how long; what was last said, and what is left of the window. */
export const ConversationRow = memo(function ConversationRow(props: {
  conversation: Conversation;
  selected: boolean;
  draft: string;
  holder: { id: string; name: string } | null;
  present: readonly Present[];
  open: (id: string) => void;
  prefetch: (id: string) => void;
}) {
  const { conversation, selected, draft, holder, present, open, prefetch } = props;
  const { t, locale } = useLanguage();
  const nowMs = useNow();
  const { contact, preview, unreadCount } = conversation;
  const words = { now: t("time.now"), min: t("time.min"), h: t("time.h") };
  const at = conversation.waitingSince ?? conversation.lastMessageAt;
  const unread = unreadCount > 0;

  return (
    <a
      className={styles.row}
      href={`/inbox/${conversation.id}`}
      data-row={conversation.id}
      data-selected={selected}
      data-unread={unread || undefined}
      aria-current={selected ? "true" : undefined}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey) return;
        event.preventDefault();
        open(conversation.id);
      }}
      onPointerEnter={() => prefetch(conversation.id)}
    >
      <span className={styles.face}>
        <Avatar id={contact.id} name={contact.name} size={38} {...(present[0] ? { ring: present[0].doing } : {})} />
        <span className={styles.channel} data-channel={conversation.channel}>
          <ChannelMark channel={conversation.channel} size={12} />
        </span>
      </span>
      <span className={styles.lines}>
        <span className={styles.line}>
          <span className={`cut ${styles.name}`} dir="auto">
            {contact.name}
          </span>
          {at && (
            <time className={`${styles.time} figures`} dateTime={at} title={fullDate(at, locale)}>
              {since(at, locale, nowMs, words)}
            </time>
          )}
        </span>
        <span className={styles.line}>
          <span className={`cut ${styles.preview}`}>
            {draft ? (
              <>
                <span className={styles.draft}>{t("list.draft")}</span> {draft}
              </>
            ) : (
              preview && (
                <>
                  {preview.direction === "out" && (
                    <>
                      <TickDrawing status={preview.status} /> <span>{t("list.you")} </span>
                    </>
                  )}
                  <bdi>{preview.text || previewWords(preview.type, t)}</bdi>
                </>
              )
            )}
          </span>
          <span className={styles.marks}>
            {conversation.state === "snoozed" && conversation.snoozedUntil ? (
              <span className={`${styles.time} figures`}>
                {t("list.snoozedUntil", { when: shortDateTime(conversation.snoozedUntil, locale) })}
              </span>
            ) : (
              conversation.state !== "done" &&
              conversation.channel === "whatsapp" && <WindowRing endsAt={conversation.windowEndsAt} />
            )}
            {holder && (
              <span title={holder.name}>
                <Avatar id={holder.id} name={holder.name} size={18} />
                <span className="hidden">{holder.name}</span>
              </span>
            )}
            {unread && (
              <span className={`${styles.badge} figures`}>
                <span aria-hidden="true">{unreadCount > 99 ? "99+" : unreadCount}</span>
                <span className="hidden">{t("list.unread", { count: unreadCount })}</span>
              </span>
            )}
          </span>
        </span>
      </span>
    </a>
  );
});

function previewWords(type: string, t: ReturnType<typeof useLanguage>["t"]): string {
  switch (type) {
    case "image":
    case "video":
    case "audio":
    case "document":
    case "sticker":
      return t(`media.${type}`);
    case "location":
      return t("content.location");
    case "contacts":
      return t("content.contacts");
    case "template":
      return t("content.template");
    default:
      return "…";
  }
}

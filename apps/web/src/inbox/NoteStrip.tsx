import type { Note } from "@loket/contract";
import { Button } from "@mantine/core";
import { IconLock } from "@tabler/icons-react";
import { useLanguage } from "../shell/i18n.tsx";
import { Icon } from "../ui/Icon.tsx";
import { timeOfDay } from "../ui/time.ts";
import type { BubbleActs } from "./MessageBubble.tsx";
import styles from "./NoteStrip.module.css";
import type { OutboxEntry } from "./outbox.ts";

/** A note runs over the whole width, tinted and with a lock: nobody can take it for something the customer sees. */
export function NoteStrip(props: { note: Note; entry: OutboxEntry | null; acts: BubbleActs }) {
  const { note, entry, acts } = props;
  const { t, locale } = useLanguage();
  const parked = entry?.state === "parked";
  return (
    <article className={styles.note} data-message={note.id} tabIndex={-1}>
      <header>
        <Icon of={IconLock} size={14} />
        <span>{t("note.label")}</span>
        <span className={styles.author}>{note.author.name}</span>
        <time dateTime={note.createdAt} className="figures">
          {entry && !parked ? t("message.unsent") : timeOfDay(note.createdAt, locale)}
        </time>
      </header>
      <p dir="auto">{note.text}</p>
      {parked && (
        <footer>
          <span>{entry.problem?.detail ?? entry.problem?.title ?? t("error.failed")}</span>
          <Button size="compact-sm" variant="default" onClick={() => acts.sendAsIs(entry)}>
            {t("app.retry")}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => acts.discard(entry)}>
            {t("message.discard")}
          </Button>
        </footer>
      )}
    </article>
  );
}

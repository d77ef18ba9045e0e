import type { Message, Template } from "@loket/contract";
import { ActionIcon, Button, Popover } from "@mantine/core";
import { IconArrowBackUp, IconCopy, IconMoodSmile, IconPackage } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { memo, useState } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Ticks } from "../ui/Ticks.tsx";
import { fullDate, timeOfDay } from "../ui/time.ts";
import { toast } from "../ui/toast.tsx";
import { VerdictCard } from "../ui/VerdictCard.tsx";
import { useUploadProgress } from "./Desk.tsx";
import styles from "./MessageBubble.module.css";
import { MessageContent } from "./MessageContent.tsx";
import type { OutboxEntry } from "./outbox.ts";
import { type RemedyActs, remedyButton } from "./remedies.tsx";

export interface BubbleActs {
  quote(message: Message): void;
  react(message: Message, emoji: string): void;
  retry(message: Message): void;
  remedies: RemedyActs;
  /** Puts the words of something unsent back into the composer. */
  change(entry: OutboxEntry): void;
  discard(entry: OutboxEntry): void;
  sendAsIs(entry: OutboxEntry): void;
  editFailed(message: Message): void;
}

const emojis = ["👍", "❤️", "😂", "😮", "🙏", "✅"];

/** One message in each of its states: waiting, handed over, sent, delivered, read, uncertain, failed, held, refused. */
export const MessageBubble = memo(function MessageBubble(props: {
  message: Message;
  entry: OutboxEntry | null;
  joined: boolean;
  contactName: string;
  ownMemberId: string;
  templates: readonly Template[];
  acts: BubbleActs;
}) {
  const { message, entry, joined, contactName, ownMemberId, templates, acts } = props;
  const { t, locale } = useLanguage();
  const [near, setNear] = useState(false);
  const ours = message.direction === "out";
  const at = message.receivedAt ?? message.sentAt ?? message.createdAt;
  const deleted = message.deletedAt !== null;
  const parked = entry?.state === "parked";
  const author = ours && message.author && message.author.memberId !== ownMemberId ? message.author.name : null;
  const who = ours ? (message.author?.name ?? t("message.us")) : contactName;

  return (
    <article
      className={styles.row}
      data-ours={ours || undefined}
      data-joined={joined || undefined}
      data-message={message.id}
      tabIndex={-1}
      onPointerEnter={() => setNear(true)}
      onFocus={() => setNear(true)}
      aria-label={`${who}, ${timeOfDay(at, locale)}`}
    >
      <div className={styles.column}>
        <div
          className={styles.bubble}
          data-type={message.type}
          data-failed={message.status === "failed" || parked || undefined}
          data-pending={(entry && !parked) || undefined}
        >
          {author && !joined && <span className={styles.author}>{author}</span>}
          {message.repliesTo && (
            <blockquote className={styles.quote}>
              <span>
                {message.repliesTo.direction === null
                  ? t("message.repliesTo")
                  : message.repliesTo.direction === "out"
                    ? t("message.us")
                    : contactName}
              </span>
              <p dir="auto">{message.repliesTo.text ?? t("message.repliesToUnknown")}</p>
            </blockquote>
          )}
          {deleted ? (
            <p className={styles.deleted}>{t("message.deleted")}</p>
          ) : (
            <MessageContent message={message} templates={templates} />
          )}
          {entry?.file && !parked && <UploadBar clientId={entry.clientId} />}
          <span className={`${styles.meta} figures`}>
            {message.editedAt && <span>{t("message.edited")}</span>}
            <time dateTime={at} title={fullDate(at, locale)}>
              {timeOfDay(at, locale)}
            </time>
            {ours && <Ticks status={parked ? "failed" : message.status} times={message.statusTimes} />}
          </span>
        </div>
        {message.reactions.length > 0 && (
          <span className={styles.reactions}>
            {message.reactions.map((reaction) => (
              <span key={`${reaction.direction}${reaction.emoji}`} data-own={reaction.direction === "out" || undefined}>
                {reaction.emoji}
              </span>
            ))}
          </span>
        )}
        {!entry && message.verdict && message.status === "held" && (
          <VerdictCard verdict={message.verdict} remedy={remedyButton(acts.remedies, message.verdict)} />
        )}
        {message.status === "failed" && message.failure && <FailureLine message={message} acts={acts} />}
        {message.status === "uncertain" && (
          <div className={styles.failure}>
            <p>{t("message.uncertain")}</p>
            <Button size="compact-sm" variant="default" onClick={() => acts.retry(message)}>
              {t("message.sendAnyway")}
            </Button>
          </div>
        )}
        {parked && entry && <Parked entry={entry} acts={acts} />}
      </div>

      {near && !entry && !deleted && <HoverActs message={message} acts={acts} />}
    </article>
  );
});

/** Made when a hand or the focus comes near, not for every message of a thread. */
function HoverActs(props: { message: Message; acts: BubbleActs }) {
  const { message, acts } = props;
  const { t } = useLanguage();
  const { may } = useSession();
  const navigate = useNavigate();
  const [reacting, setReacting] = useState(false);
  return (
    <span className={styles.hover}>
      {message.providerId && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={t("message.reply")}
            title={`${t("message.reply")} (Q)`}
            onClick={() => acts.quote(message)}
          >
            <Icon of={IconArrowBackUp} />
          </ActionIcon>
          <Popover opened={reacting} onChange={setReacting} position="top" trapFocus>
            <Popover.Target>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={t("message.react")}
                onClick={() => setReacting(!reacting)}
              >
                <Icon of={IconMoodSmile} />
              </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown p={4}>
              <div className={styles.emojis}>
                {emojis.map((emoji) => (
                  <button
                    key={emoji}
                    type="button"
                    className="plain"
                    aria-label={emoji}
                    onClick={() => {
                      setReacting(false);
                      const own = message.reactions.find((reaction) => reaction.direction === "out");
                      acts.react(message, own?.emoji === emoji ? "" : emoji);
                    }}
                  >
                    {emoji}
                  </button>
                ))}
              </div>
            </Popover.Dropdown>
          </Popover>
        </>
      )}
      {message.text && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t("message.copyText")}
          title={t("message.copyText")}
          onClick={() => void navigator.clipboard.writeText(message.text ?? "").then(() => toast(t("app.copied")))}
        >
          <Icon of={IconCopy} />
        </ActionIcon>
      )}
      {may("evidence:export") && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label={t("message.evidence")}
          title={t("message.evidence")}
          onClick={() => void navigate({ to: "/standing/evidence", search: { make: "message", id: message.id } })}
        >
          <Icon of={IconPackage} />
        </ActionIcon>
      )}
    </span>
  );
}

function UploadBar(props: { clientId: string }) {
  const { clientId } = props;
  const { t } = useLanguage();
  const progress = useUploadProgress(clientId);
  if (progress === null) return null;
  return <progress className={styles.progress} max={1} value={progress} aria-label={t("file.uploading")} />;
}

/** Why it failed in plain words, and the one thing to do about it as a button. */
function FailureLine(props: { message: Message; acts: BubbleActs }) {
  const { message, acts } = props;
  const { t } = useLanguage();
  const { failure } = message;
  if (!failure) return null;
  const copy = () =>
    void navigator.clipboard
      .writeText(`${failure.code}: ${failure.cause} (${message.id})`)
      .then(() => toast(t("app.copied")));

  return (
    <div className={styles.failure}>
      <p>
        <strong>{failure.cause}</strong> {failure.advice}
      </p>
      {(failure.nextStep === "retry" || failure.nextStep === "retry-later") && (
        <Button size="compact-sm" variant="default" onClick={() => acts.retry(message)}>
          {t("message.retry")}
        </Button>
      )}
      {failure.nextStep === "use-template" && (
        <Button size="compact-sm" variant="default" onClick={acts.remedies.chooseTemplate}>
          {t("message.useTemplate")}
        </Button>
      )}
      {failure.nextStep === "fix-content" && (
        <Button size="compact-sm" variant="default" onClick={() => acts.editFailed(message)}>
          {t("message.edit")}
        </Button>
      )}
      {(failure.nextStep === "ask-admin" || failure.nextStep === "check-number") && (
        <Button size="compact-sm" variant="default" onClick={copy}>
          {t("message.askAdmin")}
        </Button>
      )}
    </div>
  );
}

/** Something that could not leave: the reason, and the writer's choices. The words stay until the writer decides. */
function Parked(props: { entry: OutboxEntry; acts: BubbleActs }) {
  const { entry, acts } = props;
  const { t } = useLanguage();
  const { problem } = entry;
  const changed = problem?.code === "conversation.changed";
  const buttons = (
    <>
      {changed && (
        <Button size="compact-sm" onClick={() => acts.sendAsIs(entry)}>
          {t("message.sendAsIs")}
        </Button>
      )}
      {!changed && problem?.verdict?.outcome !== "refuse" && (
        <Button size="compact-sm" variant="default" onClick={() => acts.sendAsIs(entry)}>
          {t("app.retry")}
        </Button>
      )}
      <Button size="compact-sm" variant="default" onClick={() => acts.change(entry)}>
        {t("message.edit")}
      </Button>
      <Button size="compact-sm" variant="subtle" onClick={() => acts.discard(entry)}>
        {t("message.discard")}
      </Button>
    </>
  );
  if (problem?.verdict) {
    return (
      <VerdictCard verdict={problem.verdict} remedy={remedyButton(acts.remedies, problem.verdict)}>
        {buttons}
      </VerdictCard>
    );
  }
  return (
    <div className={styles.failure}>
      <p>
        {changed
          ? t("composer.changedWhile")
          : [problem?.detail ?? problem?.title ?? t("error.failed"), problem?.action].filter(Boolean).join(" ")}
      </p>
      {buttons}
    </div>
  );
}

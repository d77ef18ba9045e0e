import type { Conversation, Message, MessageSend, Verdict } from "@loket/contract";
import { ActionIcon, Button } from "@mantine/core";
import { IconArrowUp, IconLock, IconPaperclip, IconPencil, IconTemplate, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import {
  type ChangeEvent,
  type ClipboardEvent,
  type DragEvent,
  type KeyboardEvent,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { chooseWording, useWordings } from "../shell/consent.ts";
import { useById, useSenders } from "../shell/directory.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { usePreferences } from "../shell/preferences.ts";
import { useSession } from "../shell/session.tsx";
import { uuid7 } from "../shell/uuid.ts";
import { useNow } from "../ui/clock.ts";
import { Icon } from "../ui/Icon.tsx";
import { fileSize } from "../ui/time.ts";
import { toast } from "../ui/toast.tsx";
import { VerdictCard } from "../ui/VerdictCard.tsx";
import { WindowRing } from "../ui/WindowRing.tsx";
import { clockWords, windowLeft } from "../ui/window.ts";
import { acceptedTypes, checkFile, type FileKind } from "./attachments.ts";
import styles from "./Composer.module.css";
import { ConsentQuestion } from "./ConsentQuestion.tsx";
import { useDesk } from "./Desk.tsx";
import { type Draft, useDraft } from "./drafts.ts";
import type { Seen } from "./outbox.ts";
import { type RemedyActs, remedyButton } from "./remedies.tsx";
import { TemplatePicker } from "./TemplatePicker.tsx";
import { useTyping } from "./typing.ts";

const longestText = 4_096;
const longestCaption = 1_024;

interface Attachment {
  id: string;
  blob: Blob;
  name: string;
  kind: FileKind;
}

export interface ComposerHandle {
  write(mode: "reply" | "note"): void;
  quote(message: Message): void;
  openTemplates(): void;
  /** Puts words back that did not leave; what is being typed stays in front of them. */
  put(words: string): void;
  /** Shows the question for consent, ready to go; where none can go now, lets a consent be recorded. */
  ask(): void;
}

/** Where one answers. Outside the service window it becomes the template picker, and keeps what was typed. */
export function Composer(props: {
  conversation: Conversation;
  /** What the writer knew while writing. */
  seen: RefObject<Seen>;
  leave: () => void;
  /** What else can be done about a refusal; choosing a template happens here. */
  remedies: Omit<RemedyActs, "chooseTemplate">;
  /** The person's, then those to fall back on. */
  languages: readonly (string | null)[];
  ref: Ref<ComposerHandle>;
}) {
  const { conversation, seen: seenNow, leave, remedies, languages, ref } = props;
  const { t } = useLanguage();
  const { outbox, drafts } = useDesk();
  const { sendKey } = usePreferences();
  const nowMs = useNow();
  const sender = useById(useSenders().data).get(conversation.senderId);
  const draft = useDraft(drafts, conversation.id);
  const typing = useTyping(conversation.id);
  const root = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [attachments, setAttachments] = useState<Attachment[]>([]);
  const [choosing, setChoosing] = useState(false);
  const [dropping, setDropping] = useState(false);
  const [asking, setAsking] = useState(false);

  const isNote = draft.mode === "note";
  const words = isNote ? draft.note : draft.reply;
  const left = windowLeft(conversation.windowEndsAt, nowMs);
  const open = conversation.channel !== "whatsapp" || left.leftMs > 0;
  const advice = useVerdict(conversation, !isNote && open);
  const wordings = useWordings(asking || advice?.outcome === "refuse");
  const question = chooseWording(
    wordings.data ?? [],
    { purpose: "marketing", channel: conversation.channel },
    languages,
  );
  const limit = isNote ? 10_000 : attachments.length > 0 ? longestCaption : longestText;
  const over = words.length - limit;
  const something = words.trim() !== "" || (!isNote && attachments.length > 0);
  const picking = !isNote && (!open || choosing);

  const setWords = (value: string) => drafts.set(conversation.id, isNote ? { note: value } : { reply: value });
  // Drawn and focused before the next key arrives: what is typed right after R or N must not fall on the desk's own keys.
  const write = (change: Partial<Draft>) => {
    flushSync(() => drafts.set(conversation.id, change));
    root.current?.querySelector<HTMLElement>("textarea, input")?.focus();
  };
  const setMode = (mode: "reply" | "note") => write({ mode });

  useImperativeHandle(ref, () => ({
    write: setMode,
    quote(message) {
      if (!message.providerId) return;
      const text = message.text ?? message.type;
      write({
        mode: "reply",
        quote: { messageId: message.id, providerId: message.providerId, text, direction: message.direction },
      });
    },
    openTemplates() {
      drafts.set(conversation.id, { mode: "reply" });
      setChoosing(true);
    },
    put(back) {
      const held = drafts.get(conversation.id).reply;
      write({ mode: "reply", reply: held ? `${held}\n${back}` : back });
    },
    ask() {
      if (!open) return remedies.recordConsent();
      drafts.set(conversation.id, { mode: "reply" });
      setChoosing(false);
      setAsking(true);
    },
  }));

  // The field grows with its text, up to a third of the screen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what changes the height
  useLayoutEffect(() => {
    const area = field.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${Math.min(area.scrollHeight, Math.round(window.innerHeight / 3))}px`;
  }, [words, isNote, picking]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation, other files
  useEffect(() => {
    setAttachments([]);
    setChoosing(false);
    setAsking(false);
  }, [conversation.id]);

  const attach = (list: Iterable<File>) => {
    for (const file of list) {
      const check = checkFile(conversation.channel, file);
      if (check.ok) {
        setAttachments((held) => [
          ...held,
          { id: uuid7(), blob: file, name: file.name || `${check.kind}`, kind: check.kind },
        ]);
      } else if (check.reason === "empty") toast(t("file.empty", { name: file.name }), { tone: "red" });
      else if (check.reason === "wrong-type") {
        toast(t("file.wrongType", { name: file.name, channel: t(`channel.${conversation.channel}`) }), { tone: "red" });
      } else {
        const [size, most] = [fileSize(file.size, "en"), fileSize(check.limitBytes, "en")];
        toast(t("file.tooLarge", { name: file.name, size, limit: most }), { tone: "red" });
      }
    }
    field.current?.focus();
  };

  const send = () => {
    const seen = seenNow.current;
    if (!something || over > 0) return;
    const createdAt = new Date().toISOString();
    if (isNote) {
      const clientId = uuid7();
      outbox.add({
        clientId,
        conversationId: conversation.id,
        body: { kind: "note", text: words.trim() },
        file: null,
        createdAt,
        seen: null,
      });
      drafts.set(conversation.id, { note: "" });
      return;
    }
    const context = draft.quote ? { context: { message_id: draft.quote.providerId } } : {};
    const text = words.trim();
    if (attachments.length === 0) {
      const clientId = uuid7();
      const body: MessageSend = { clientId, type: "text", text, ...context };
      outbox.add({
        clientId,
        conversationId: conversation.id,
        body: { kind: "message", send: body },
        file: null,
        createdAt,
        seen,
      });
    }
    // An audio file carries no caption: the words then go ahead of the files.
    const captionOn = attachments.findIndex((one) => one.kind !== "audio");
    if (attachments.length > 0 && captionOn < 0 && text) {
      const clientId = uuid7();
      outbox.add({
        clientId,
        conversationId: conversation.id,
        body: { kind: "message", send: { clientId, type: "text", text, ...context } },
        file: null,
        createdAt,
        seen,
      });
    }
    for (const [index, one] of attachments.entries()) {
      const caption = index === captionOn && text ? { caption: text } : {};
      outbox.add({
        clientId: one.id,
        conversationId: conversation.id,
        body: { kind: "message", send: fileSend(one, caption, index === 0 ? context : {}) },
        file: { blob: one.blob, name: one.name, kind: one.kind, mediaId: null },
        createdAt,
        seen,
      });
    }
    setAttachments([]);
    drafts.set(conversation.id, { reply: "", quote: null });
    typing.sent();
    field.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      field.current?.blur();
      leave();
      return;
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    const wanted = event.ctrlKey || event.metaKey || sendKey === "enter";
    if (!wanted) return;
    event.preventDefault();
    send();
  };
  const onPaste = (event: ClipboardEvent) => {
    if (isNote || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attach(event.clipboardData.files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    if (!isNote) attach(event.dataTransfer.files);
  };

  if (picking) {
    return (
      <div ref={root} className={styles.composer} data-mode="template">
        <Modes isNote={false} setMode={setMode} />
        <TemplatePicker
          conversation={conversation}
          reason={open ? null : left.state === "never" ? "never" : "closed"}
          kept={draft.reply}
          seen={seenNow}
          remedies={remedies}
          cancel={open ? () => setChoosing(false) : null}
          sent={() => {
            setChoosing(false);
            drafts.set(conversation.id, { quote: null });
          }}
          usedText={() => drafts.set(conversation.id, { reply: "" })}
        />
      </div>
    );
  }

  if (asking && !isNote && wordings.data) {
    return (
      <div ref={root} className={styles.composer} data-mode="template">
        <Modes isNote={false} setMode={setMode} />
        <ConsentQuestion
          conversationId={conversation.id}
          wording={question}
          close={() => setAsking(false)}
          record={remedies.recordConsent}
        />
      </div>
    );
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping files is one of three ways to attach; the button is another
    <div
      ref={root}
      className={styles.composer}
      data-mode={draft.mode}
      data-dropping={dropping || undefined}
      onDragOver={(event) => {
        if (isNote || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setDropping(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setDropping(false);
      }}
      onDrop={onDrop}
    >
      <div className={styles.top}>
        <Modes isNote={isNote} setMode={setMode} />
        {isNote ? (
          <span className={styles.terms}>
            <Icon of={IconLock} size={14} /> {t("note.only")}
          </span>
        ) : (
          <span className={`${styles.terms} figures`} data-state={left.state}>
            {conversation.channel === "whatsapp" && <WindowRing endsAt={conversation.windowEndsAt} words={false} />}
            <span className="cut">
              {t(`channel.${conversation.channel}`)}
              {conversation.channel === "whatsapp" && <b> · {t("composer.left", { time: clockWords(left.leftMs) })}</b>}
              {sender && <span className={styles.as}> · {t("composer.as", { name: sender.name })}</span>}
            </span>
          </span>
        )}
      </div>

      {advice && advice.outcome !== "allow" && (
        <VerdictCard
          verdict={advice}
          remedy={remedyButton({ ...remedies, chooseTemplate: () => setChoosing(true) }, advice)}
        />
      )}
      {sender?.state === "disconnected" && (
        <p className={styles.warning}>{t("composer.disconnected", { name: sender.name })}</p>
      )}

      <div className={styles.box}>
        {!isNote && draft.quote && (
          <div className={styles.quote}>
            <span>
              <small>
                {t("composer.replyTo", {
                  name: draft.quote.direction === "in" ? conversation.contact.name : t("message.us"),
                })}
              </small>
              <span className="cut" dir="auto">
                {draft.quote.text}
              </span>
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t("composer.cancelReply")}
              onClick={() => drafts.set(conversation.id, { quote: null })}
            >
              <Icon of={IconX} size={16} />
            </ActionIcon>
          </div>
        )}
        {!isNote && attachments.length > 0 && (
          <ul className={styles.files}>
            {attachments.map((one) => (
              <AttachmentChip
                key={one.id}
                attachment={one}
                remove={() => setAttachments(attachments.filter((held) => held !== one))}
              />
            ))}
          </ul>
        )}
        <textarea
          ref={field}
          className={styles.field}
          rows={1}
          dir="auto"
          value={words}
          placeholder={
            isNote ? t("composer.notePlaceholder") : t("composer.placeholder", { name: conversation.contact.name })
          }
          aria-label={isNote ? t("note.label") : t("composer.placeholder", { name: conversation.contact.name })}
          onChange={(event: ChangeEvent<HTMLTextAreaElement>) => {
            setWords(event.currentTarget.value);
            if (!isNote) typing.typed();
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        <div className={styles.bottom}>
          {!isNote && (
            <>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={t("composer.attach")}
                title={t("composer.attach")}
                onClick={() => files.current?.click()}
              >
                <Icon of={IconPaperclip} />
              </ActionIcon>
              <input
                ref={files}
                type="file"
                multiple
                hidden
                accept={acceptedTypes(conversation.channel)}
                onChange={(event) => {
                  attach(event.currentTarget.files ?? []);
                  event.currentTarget.value = "";
                }}
              />
              {conversation.channel === "whatsapp" && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={36}
                  aria-label={t("composer.template")}
                  title={t("composer.template")}
                  onClick={() => setChoosing(true)}
                >
                  <Icon of={IconTemplate} />
                </ActionIcon>
              )}
            </>
          )}
          <span className={styles.hint} data-over={over > 0 || undefined}>
            {over > 0
              ? t("composer.tooLong", { count: over })
              : sendKey === "enter"
                ? t("composer.hintEnter")
                : t("composer.hintCtrl")}
          </span>
          {isNote ? (
            <Button
              className={styles.saveNote ?? ""}
              disabled={!something || over > 0}
              onClick={send}
              leftSection={<Icon of={IconLock} size={16} />}
            >
              {t("composer.saveNote")}
            </Button>
          ) : (
            <ActionIcon
              variant="filled"
              size={36}
              radius={10}
              disabled={!something || over > 0}
              onClick={send}
              aria-label={t("composer.send")}
              title={t("composer.send")}
            >
              <Icon of={IconArrowUp} size={20} />
            </ActionIcon>
          )}
        </div>
      </div>
      {dropping && <div className={styles.drop}>{t("composer.dropHere")}</div>}
    </div>
  );
}

function Modes(props: { isNote: boolean; setMode: (mode: "reply" | "note") => void }) {
  const { isNote, setMode } = props;
  const { t } = useLanguage();
  return (
    <fieldset className={styles.modes} aria-label={t("composer.mode")}>
      <button
        type="button"
        className="plain"
        aria-pressed={!isNote}
        onClick={() => setMode("reply")}
        title={`${t("shortcuts.reply")} (R)`}
      >
        <Icon of={IconPencil} size={16} /> {t("composer.reply")}
      </button>
      <button
        type="button"
        className="plain"
        data-note
        aria-pressed={isNote}
        onClick={() => setMode("note")}
        title={`${t("shortcuts.note")} (N)`}
      >
        <Icon of={IconLock} size={16} /> {t("composer.note")}
      </button>
    </fieldset>
  );
}

function AttachmentChip(props: { attachment: Attachment; remove: () => void }) {
  const { attachment, remove } = props;
  const { t, locale } = useLanguage();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (attachment.kind !== "image") return;
    const made = URL.createObjectURL(attachment.blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [attachment]);
  return (
    <li>
      {url ? <img src={url} alt="" width={40} height={40} /> : <Icon of={IconPaperclip} />}
      <span className={styles.fileWords}>
        <span className="cut">{attachment.name}</span>
        <small className="figures">
          {t(`media.${attachment.kind}`)} · {fileSize(attachment.blob.size, locale)}
        </small>
      </span>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={t("composer.removeFile", { name: attachment.name })}
        onClick={remove}
      >
        <Icon of={IconX} size={16} />
      </ActionIcon>
    </li>
  );
}

function fileSend(one: Attachment, caption: { caption?: string }, context: object): MessageSend {
  const base = { clientId: one.id, ...context };
  if (one.kind === "image") return { ...base, type: "image", image: { id: one.id, ...caption } };
  if (one.kind === "video") return { ...base, type: "video", video: { id: one.id, ...caption } };
  if (one.kind === "audio") return { ...base, type: "audio", audio: { id: one.id } };
  return { ...base, type: "document", document: { id: one.id, filename: one.name, ...caption } };
}

/** What the rules say of a free reply right now, asked before anything is typed. No answer is no objection. */
function useVerdict(conversation: Conversation, enabled: boolean): Verdict | null {
  const { api, organisation } = useSession();
  const asked = useQuery({
    queryKey: ["verdict", organisation.id, conversation.id, conversation.windowEndsAt],
    queryFn: () =>
      api.post<Verdict>("verdicts", {
        request: {
          contactId: conversation.contact.id,
          senderId: conversation.senderId,
          content: { type: "text", text: { body: "" } },
        },
      }),
    enabled,
    staleTime: 60_000,
    retry: false,
  });
  return enabled && asked.data && typeof asked.data.outcome === "string" ? asked.data : null;
}

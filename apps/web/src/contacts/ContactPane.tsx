import type { ContactDetail, Locale } from "@loket/contract";
import { ActionIcon, Select, TextInput } from "@mantine/core";
import { IconCheck, IconCopy, IconPencil } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { usePerson } from "../shell/consent.ts";
import { useById, useInboxes } from "../shell/directory.ts";
import { localeNames, locales, useLanguage } from "../shell/i18n.tsx";
import type { PlainKey } from "../shell/messages/catalogue.ts";
import { useSession } from "../shell/session.tsx";
import { Avatar } from "../ui/Avatar.tsx";
import { Bone } from "../ui/Bones.tsx";
import { ChannelMark } from "../ui/ChannelMark.tsx";
import { useNow } from "../ui/clock.ts";
import { Failure } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { readablePhone } from "../ui/phone.ts";
import { shortDate, since } from "../ui/time.ts";
import { toast } from "../ui/toast.tsx";
import { ConsentPart } from "./ConsentPart.tsx";
import styles from "./ContactPane.module.css";
import { Clarification, PersonActs } from "./PersonActs.tsx";
import { useContactActs } from "./queries.ts";

/** A person: how to reach them, what they agreed to and the proof, what they stopped, what was said before. */
export function ContactPane(props: {
  contactId: string;
  currentConversationId: string | null;
  openConversation: (id: string) => void;
  /** Grows each time somewhere else asks for a consent to be recorded. */
  consentAsked?: number;
  children?: ReactNode;
}) {
  const { contactId, currentConversationId, openConversation, consentAsked = 0, children } = props;
  const { t, locale } = useLanguage();
  const found = usePerson(contactId);
  const acts = useContactActs(contactId);
  const { may } = useSession();
  const writes = may("contacts:write");
  const records = may("consents:write");
  const contact = found.data;

  if (found.isError && !contact) return <Failure error={found.error} retry={() => void found.refetch()} />;
  return (
    <div className={styles.pane}>
      <header className={styles.head}>
        {contact ? <Avatar id={contact.id} name={contact.name} size={56} /> : <Bone width={56} height={56} round />}
        {contact ? (
          <NameField name={contact.name} writes={writes} save={(name) => acts.change.mutate({ name })} />
        ) : (
          <Bone width={140} height={18} />
        )}
        {contact && (
          <p className={styles.known}>{t("contact.known", { date: shortDate(contact.createdAt, locale) })}</p>
        )}
        {children}
      </header>
      {!contact && <Bones />}
      {contact && (
        <>
          <Clarification contact={contact} acts={acts} records={records} />
          <Addresses contact={contact} />
          <Part title={t("contact.language")}>
            <Select
              size="sm"
              aria-label={t("contact.language")}
              disabled={!writes}
              value={contact.locale ?? ""}
              data={[
                { value: "", label: t("contact.noLanguage") },
                ...locales.map((one) => ({ value: one, label: localeNames[one] })),
              ]}
              onChange={(value) => acts.change.mutate({ locale: value === "" ? null : (value as Locale) })}
            />
          </Part>
          <ConsentPart
            contact={contact}
            acts={acts}
            asked={consentAsked}
            records={records}
            conversationId={currentConversationId}
          />
          <Earlier contact={contact} currentId={currentConversationId} open={openConversation} />
          <PersonActs contact={contact} acts={acts} records={records} />
        </>
      )}
    </div>
  );
}

function Part(props: { title: string; act?: ReactNode; children: ReactNode }) {
  const { title, act, children } = props;
  return (
    <section className={styles.part}>
      <div className={styles.partHead}>
        <h2>{title}</h2>
        {act}
      </div>
      {children}
    </section>
  );
}

function Bones() {
  return (
    <div className={styles.part}>
      <Bone width="40%" />
      <div style={{ height: 10 }} />
      <Bone width="80%" />
      <div style={{ height: 10 }} />
      <Bone width="60%" />
    </div>
  );
}

function NameField(props: { name: string; writes: boolean; save: (name: string) => void }) {
  const { name, writes, save } = props;
  const { t } = useLanguage();
  const [editing, setEditing] = useState<string | null>(null);
  if (!writes) return <p className={styles.name}>{name}</p>;
  if (editing === null) {
    return (
      <button type="button" className={`plain ${styles.name}`} onClick={() => setEditing(name)} title={t("app.edit")}>
        <span dir="auto">{name}</span>
        <Icon of={IconPencil} size={16} label={t("app.edit")} />
      </button>
    );
  }
  return (
    <form
      className={styles.nameForm}
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = editing.trim();
        if (wanted && wanted !== name) save(wanted);
        setEditing(null);
      }}
    >
      <TextInput
        autoFocus
        aria-label={t("contact.name")}
        maxLength={120}
        value={editing}
        onChange={(event) => setEditing(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          setEditing(null);
        }}
      />
      <ActionIcon type="submit" size={36} variant="filled" aria-label={t("app.save")}>
        <Icon of={IconCheck} />
      </ActionIcon>
    </form>
  );
}

const kindWords: Record<ContactDetail["addresses"][number]["kind"], PlainKey> = {
  phone: "contact.phone",
  "user-id": "contact.user-id",
  username: "contact.username",
  email: "contact.email",
  chat: "contact.chat",
};

function Addresses(props: { contact: ContactDetail }) {
  const { contact } = props;
  const { t } = useLanguage();
  return (
    <Part title={t("contact.addresses")}>
      <ul className={styles.addresses}>
        {contact.addresses.map((address) => (
          <li key={address.id} data-former={!address.current || undefined}>
            <ChannelMark channel={address.channel} size={18} />
            <span className={styles.grow}>
              <span className="cut figures">{readablePhone(address.value)}</span>
              <small>
                {t(`channel.${address.channel}`)} · {t(kindWords[address.kind])}
                {!address.current && ` · ${t("contact.formerAddress")}`}
              </small>
            </span>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={`${t("app.copy")} ${address.value}`}
              onClick={() => void navigator.clipboard.writeText(address.value).then(() => toast(t("app.copied")))}
            >
              <Icon of={IconCopy} size={16} />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Earlier(props: { contact: ContactDetail; currentId: string | null; open: (id: string) => void }) {
  const { contact, currentId, open } = props;
  const { t, locale } = useLanguage();
  const nowMs = useNow();
  const inboxes = useById(useInboxes().data);
  const words = { now: t("time.now"), min: t("time.min"), h: t("time.h") };
  const states = ["needs-us", "waiting", "snoozed", "done"] as const;
  return (
    <Part title={t("contact.conversations")}>
      {contact.conversations.length === 0 && <p className={styles.quiet}>{t("contact.noConversations")}</p>}
      <ul className={styles.earlier}>
        {contact.conversations.map((one) => {
          const state = states.find((known) => known === one.state);
          return (
            <li key={one.id}>
              <button type="button" className="plain" disabled={one.id === currentId} onClick={() => open(one.id)}>
                <span className={styles.grow}>
                  <span className="cut">{inboxes.get(one.inboxId)?.name ?? t("nav.inbox")}</span>
                  <small>{one.id === currentId ? t("contact.current") : state ? t(`state.${state}`) : one.state}</small>
                </span>
                {one.lastMessageAt && <time className="figures">{since(one.lastMessageAt, locale, nowMs, words)}</time>}
              </button>
            </li>
          );
        })}
      </ul>
    </Part>
  );
}

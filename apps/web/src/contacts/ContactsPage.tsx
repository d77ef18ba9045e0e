import type { Contact, Conversation } from "@loket/contract";
import { ActionIcon, Button, Menu, Modal, Select, TextInput } from "@mantine/core";
import { IconChevronLeft, IconMessagePlus, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useState } from "react";
import { VList, type VListHandle } from "virtua";
import { Refused } from "../shell/api.ts";
import { useSenders } from "../shell/directory.ts";
import { localeNames, locales, useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useShortcuts } from "../shell/shortcuts.ts";
import { Avatar } from "../ui/Avatar.tsx";
import { RowBones } from "../ui/Bones.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { readablePhone } from "../ui/phone.ts";
import { toast } from "../ui/toast.tsx";
import { ContactPane } from "./ContactPane.tsx";
import styles from "./ContactsPage.module.css";
import { useContacts } from "./queries.ts";

const searchAfterMs = 180;

export function ContactsPage(props: {
  q: string;
  setQ: (q: string) => void;
  contactId: string | null;
  open: (id: string | null) => void;
  openConversation: (id: string) => void;
}) {
  const { q, setQ, contactId, open, openConversation } = props;
  const { t } = useLanguage();
  const found = useContacts(q);
  const [adding, setAdding] = useState(false);
  const [words, setWords] = useState(q);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const items = useMemo(() => found.data?.pages.flatMap((page) => page.items), [found.data]);
  const list = useRef<VListHandle>(null);
  useEffect(() => {
    document.title = `${t("nav.contacts")} · Loket`;
  }, [t]);
  const leave = () => (contactId ? open(null) : false);
  useShortcuts({ "/": () => field.current?.focus(), escape: leave });

  const search = (value: string) => {
    setWords(value);
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => setQ(value.trim()), searchAfterMs);
  };

  return (
    <div className={styles.page} data-open={contactId !== null || undefined}>
      <section className={styles.list} aria-label={t("nav.contacts")}>
        <header className={styles.head}>
          <h1>{t("nav.contacts")}</h1>
          <Button variant="default" leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setAdding(true)}>
            {t("contact.new")}
          </Button>
        </header>
        <TextInput
          ref={field}
          className={styles.search ?? ""}
          type="search"
          leftSection={<Icon of={IconSearch} size={16} />}
          placeholder={t("contact.search")}
          aria-label={t("contact.search")}
          value={words}
          onChange={(event) => search(event.currentTarget.value)}
        />
        {found.isError && !items && <Failure error={found.error} retry={() => void found.refetch()} />}
        {!found.isError && !items && <RowBones count={9} />}
        {items?.length === 0 && (
          <EmptyState
            title={t(q ? "contact.notFound" : "contact.empty")}
            lead={t(q ? "contact.notFoundLead" : "contact.emptyLead")}
          >
            <Button variant="default" onClick={() => setAdding(true)}>
              {t("contact.create")}
            </Button>
          </EmptyState>
        )}
        {items && items.length > 0 && (
          <VList
            ref={list}
            className={styles.rows}
            data={items}
            itemSize={60}
            onScroll={(offset) => {
              const view = list.current;
              const near = view && view.scrollSize - view.viewportSize - offset < 600;
              if (near && found.hasNextPage && !found.isFetchingNextPage) void found.fetchNextPage();
            }}
          >
            {(contact) => (
              <button
                key={contact.id}
                type="button"
                className={`plain ${styles.row}`}
                data-selected={contact.id === contactId}
                onClick={() => open(contact.id)}
              >
                <Avatar id={contact.id} name={contact.name} />
                <span className={styles.lines}>
                  <span className="cut" dir="auto">
                    {contact.name}
                  </span>
                  <small className="cut figures">
                    {readablePhone(contact.addresses.find((address) => address.current)?.value ?? "")}
                  </small>
                </span>
              </button>
            )}
          </VList>
        )}
      </section>
      <main className={styles.detail} id="conversation">
        {contactId ? (
          <>
            <header className={styles.back}>
              <ActionIcon variant="subtle" color="gray" size={44} aria-label={t("app.back")} onClick={() => open(null)}>
                <Icon of={IconChevronLeft} size={22} />
              </ActionIcon>
            </header>
            <div className={styles.sheet}>
              <ContactPane
                key={contactId}
                contactId={contactId}
                currentConversationId={null}
                openConversation={openConversation}
              >
                <StartConversation contactId={contactId} open={openConversation} />
              </ContactPane>
            </div>
          </>
        ) : (
          <EmptyState title={t("contact.choose")} lead={t("contact.chooseLead")} />
        )}
      </main>
      {adding && <ContactForm close={() => setAdding(false)} made={open} />}
    </div>
  );
}

function StartConversation(props: { contactId: string; open: (conversationId: string) => void }) {
  const { contactId, open } = props;
  const { t } = useLanguage();
  const { api } = useSession();
  const senders = useSenders();
  const failureWords = useFailureWords();
  const start = async (senderId: string) => {
    try {
      const conversation = await api.post<Conversation>("conversations", { contactId, senderId });
      open(conversation.id);
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
  };
  const only = senders.data?.length === 1 ? senders.data[0] : undefined;
  const icon = <Icon of={IconMessagePlus} size={16} />;
  if (only) {
    return (
      <Button mt={8} leftSection={icon} onClick={() => void start(only.id)}>
        {t("contact.startConversation")}
      </Button>
    );
  }
  return (
    <Menu>
      <Menu.Target>
        <Button mt={8} leftSection={icon}>
          {t("contact.startConversation")}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {senders.data?.length === 0 && <Menu.Label>{t("contact.noSenders")}</Menu.Label>}
        {senders.data?.map((sender) => (
          <Menu.Item key={sender.id} onClick={() => void start(sender.id)}>
            {t("contact.startFrom", { name: sender.name })}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function ContactForm(props: { close: () => void; made: (id: string) => void }) {
  const { close, made } = props;
  const { t } = useLanguage();
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const failureWords = useFailureWords();
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const [email, setEmail] = useState("");
  const [locale, setLocale] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const contact = await api.post<Contact>("contacts", {
        name: name.trim(),
        ...(phone.trim() ? { phone: phone.trim() } : {}),
        ...(email.trim() ? { email: email.trim() } : {}),
        ...(locale ? { locale } : {}),
      });
      await queries.invalidateQueries({ queryKey: ["contacts", organisation.id] });
      close();
      made(contact.id);
    } catch (error) {
      const first = error instanceof Refused ? error.problem.errors?.[0]?.message : undefined;
      setProblem(first ?? failureWords(error));
      setBusy(false);
    }
  };

  return (
    <Modal opened onClose={close} title={t("contact.new")} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) void save();
        }}
      >
        <TextInput
          data-autofocus
          label={t("contact.name")}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("contact.phone")}
          type="tel"
          description={t("contact.phoneHint")}
          value={phone}
          onChange={(event) => setPhone(event.currentTarget.value)}
        />
        <TextInput
          label={t("contact.email")}
          type="email"
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <Select
          label={t("contact.language")}
          value={locale}
          data={[
            { value: "", label: t("contact.noLanguage") },
            ...locales.map((one) => ({ value: one, label: localeNames[one] })),
          ]}
          onChange={(value) => setLocale(value ?? "")}
        />
        {problem && (
          <p className={styles.problem} role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" loading={busy} disabled={!name.trim()}>
          {t("contact.create")}
        </Button>
      </form>
    </Modal>
  );
}

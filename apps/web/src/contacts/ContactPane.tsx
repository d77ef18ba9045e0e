import type { Channel, ContactDetail, Locale } from "@loket/contract";
import { ActionIcon, Button, Menu, Modal, Select, TextInput } from "@mantine/core";
import { IconBan, IconCheck, IconCopy, IconPencil, IconPlus } from "@tabler/icons-react";
import { type ReactNode, useEffect, useState } from "react";
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
import styles from "./ContactPane.module.css";
import { type ConsentChange, useContact, useContactActs } from "./queries.ts";

type Purpose = "marketing" | "transactional";
type Consent = ContactDetail["consents"][number];

const channels: readonly Channel[] = ["whatsapp", "email", "telegram", "webchat"];

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
  const found = useContact(contactId);
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
          <Consents contact={contact} asked={consentAsked} records={records} record={acts.consent.mutateAsync} />
          <Stops contact={contact} records={records} record={acts.suppress.mutateAsync} />
          <Earlier contact={contact} currentId={currentConversationId} open={openConversation} />
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

/** The latest record of a purpose decides; the ones before it stay to be read. */
function latestOf(consents: readonly Consent[], purpose: Purpose): Consent | undefined {
  return consents.filter((one) => one.purpose === purpose).sort((a, b) => Date.parse(b.at) - Date.parse(a.at))[0];
}

function Consents(props: {
  contact: ContactDetail;
  asked: number;
  records: boolean;
  record: (change: ConsentChange) => Promise<unknown>;
}) {
  const { contact, asked, records, record } = props;
  const { t, locale } = useLanguage();
  const [form, setForm] = useState<{ action: "granted" | "withdrawn"; purpose: Purpose } | null>(null);
  useEffect(() => {
    if (asked > 0) setForm({ action: "granted", purpose: "transactional" });
  }, [asked]);
  const purposes: Purpose[] = ["marketing", "transactional"];

  return (
    <Part
      title={t("contact.consent")}
      act={
        records && (
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size={28} aria-label={t("contact.recordConsent")}>
                <Icon of={IconPlus} size={16} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setForm({ action: "granted", purpose: "marketing" })}>
                {t("contact.recordConsent")}
              </Menu.Item>
              <Menu.Item onClick={() => setForm({ action: "withdrawn", purpose: "marketing" })}>
                {t("contact.recordWithdrawal")}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )
      }
    >
      <ul className={styles.consents}>
        {purposes.map((purpose) => {
          const latest = latestOf(contact.consents, purpose);
          const history = contact.consents.filter((one) => one.purpose === purpose && one !== latest);
          return (
            <li key={purpose}>
              <p className={styles.purpose}>
                <span>{t(`contact.${purpose}`)}</span>
                <span className={styles.state} data-state={latest?.action ?? "none"}>
                  {latest ? t(`contact.${latest.action}`) : t("contact.noConsent")}
                </span>
              </p>
              {latest && <ConsentProof consent={latest} />}
              {history.length > 0 && (
                <details className={styles.history}>
                  <summary>{t("thread.foldedMore", { count: history.length })}</summary>
                  {history.map((one) => (
                    <p key={one.id}>
                      {t(`contact.${one.action}`)} {t("contact.onDate", { date: shortDate(one.at, locale) })} ·{" "}
                      {one.method}
                    </p>
                  ))}
                </details>
              )}
            </li>
          );
        })}
      </ul>
      {!latestOf(contact.consents, "marketing") && <p className={styles.quiet}>{t("contact.noConsentLead")}</p>}
      {form && <ConsentForm {...form} close={() => setForm(null)} record={record} />}
    </Part>
  );
}

function ConsentProof(props: { consent: Consent }) {
  const { consent } = props;
  const { t, locale } = useLanguage();
  const channel = consent.channel === "all" ? t("contact.allChannels") : t(`channel.${consent.channel}`);
  return (
    <details className={styles.proof}>
      <summary>
        {t("contact.onDate", { date: shortDate(consent.at, locale) })} · {channel} · <span>{t("contact.proof")}</span>
      </summary>
      <dl>
        <dt>{t("contact.method")}</dt>
        <dd>{consent.method}</dd>
        {consent.wordingVersion && (
          <>
            <dt>{t("contact.wording")}</dt>
            <dd>{consent.wordingVersion}</dd>
          </>
        )}
        {consent.evidence && (
          <>
            <dt>{t("contact.evidence")}</dt>
            <dd>
              {/^https?:/.test(consent.evidence) ? (
                <a href={consent.evidence} target="_blank" rel="noreferrer noopener">
                  {consent.evidence}
                </a>
              ) : (
                consent.evidence
              )}
            </dd>
          </>
        )}
      </dl>
    </details>
  );
}

function ConsentForm(props: {
  action: "granted" | "withdrawn";
  purpose: Purpose;
  close: () => void;
  record: (change: ConsentChange) => Promise<unknown>;
}) {
  const { action, close, record } = props;
  const { t } = useLanguage();
  const [purpose, setPurpose] = useState<Purpose>(props.purpose);
  const [channel, setChannel] = useState<Channel | "all">("whatsapp");
  const [method, setMethod] = useState("");
  const [wordingVersion, setWording] = useState("");
  const [evidence, setEvidence] = useState("");
  const [busy, setBusy] = useState(false);

  const save = async () => {
    setBusy(true);
    try {
      await record({
        purpose,
        channel,
        action,
        method: method.trim(),
        ...(wordingVersion.trim() ? { wordingVersion: wordingVersion.trim() } : {}),
        ...(evidence.trim() ? { evidence: evidence.trim() } : {}),
      });
      toast(t("contact.consentRecorded"));
      close();
    } catch {
      setBusy(false); // the reason is on screen already
    }
  };

  return (
    <Modal
      opened
      onClose={close}
      title={t(action === "granted" ? "contact.recordConsentTitle" : "contact.recordWithdrawalTitle")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (method.trim()) void save();
        }}
      >
        <Select
          label={t("contact.purpose")}
          value={purpose}
          data={[
            { value: "marketing", label: t("contact.marketing") },
            { value: "transactional", label: t("contact.transactional") },
          ]}
          onChange={(value) => setPurpose(value === "transactional" ? "transactional" : "marketing")}
        />
        <ChannelSelect label={t("contact.stopChannel")} value={channel} onChange={setChannel} />
        <TextInput
          label={t("contact.method")}
          description={t("contact.methodHint")}
          value={method}
          maxLength={80}
          onChange={(event) => setMethod(event.currentTarget.value)}
        />
        {action === "granted" && (
          <>
            <TextInput
              label={t("contact.wording")}
              description={t("contact.wordingHint")}
              value={wordingVersion}
              maxLength={80}
              onChange={(event) => setWording(event.currentTarget.value)}
            />
            <TextInput
              label={t("contact.evidence")}
              description={t("contact.evidenceHint")}
              value={evidence}
              maxLength={500}
              onChange={(event) => setEvidence(event.currentTarget.value)}
            />
          </>
        )}
        <Button type="submit" loading={busy} disabled={!method.trim()}>
          {t("app.save")}
        </Button>
      </form>
    </Modal>
  );
}

function ChannelSelect(props: { label: string; value: Channel | "all"; onChange: (value: Channel | "all") => void }) {
  const { label, value, onChange } = props;
  const { t } = useLanguage();
  return (
    <Select
      label={label}
      value={value}
      data={[
        { value: "all", label: t("contact.allChannels") },
        ...channels.map((one) => ({ value: one, label: t(`channel.${one}`) })),
      ]}
      onChange={(chosen) => onChange(channels.find((one) => one === chosen) ?? "all")}
    />
  );
}

function Stops(props: {
  contact: ContactDetail;
  records: boolean;
  record: (stop: { scope: "all" | "marketing"; channel: Channel | "all" }) => Promise<unknown>;
}) {
  const { contact, records, record } = props;
  const { t, locale } = useLanguage();
  const [opened, setOpened] = useState(false);
  return (
    <Part title={t("contact.suppressions")}>
      {contact.suppressions.length === 0 && <p className={styles.quiet}>{t("contact.noStops")}</p>}
      <ul className={styles.stops}>
        {contact.suppressions.map((stop) => (
          <li key={stop.id} data-lifted={stop.liftedAt !== null || undefined}>
            <Icon of={IconBan} size={16} />
            <span>
              {t(stop.scope === "all" ? "contact.stopAll" : "contact.stopMarketing")} ·{" "}
              {stop.channel === "all" ? t("contact.allChannels") : t(`channel.${stop.channel}`)}
              <small>
                {t(`contact.source.${stop.source}`)}, {t("contact.onDate", { date: shortDate(stop.at, locale) })}
                {stop.liftedAt && ` · ${t("contact.lifted", { date: shortDate(stop.liftedAt, locale) })}`}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {records && (
        <Button variant="default" size="compact-md" onClick={() => setOpened(true)}>
          {t("contact.recordStop")}
        </Button>
      )}
      {opened && <StopForm close={() => setOpened(false)} record={record} />}
    </Part>
  );
}

function StopForm(props: {
  close: () => void;
  record: (stop: { scope: "all" | "marketing"; channel: Channel | "all" }) => Promise<unknown>;
}) {
  const { close, record } = props;
  const { t } = useLanguage();
  const [scope, setScope] = useState<"all" | "marketing">("all");
  const [channel, setChannel] = useState<Channel | "all">("all");
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await record({ scope, channel });
      toast(t("contact.stopRecorded"));
      close();
    } catch {
      setBusy(false);
    }
  };
  return (
    <Modal
      opened
      onClose={close}
      title={t("contact.recordStopTitle")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <p>{t("contact.recordStopLead")}</p>
        <Select
          label={t("contact.stopScope")}
          value={scope}
          data={[
            { value: "all", label: t("contact.stopAll") },
            { value: "marketing", label: t("contact.stopMarketing") },
          ]}
          onChange={(value) => setScope(value === "marketing" ? "marketing" : "all")}
        />
        <ChannelSelect label={t("contact.stopChannel")} value={channel} onChange={setChannel} />
        <Button type="submit" color="red" loading={busy}>
          {t("contact.recordStop")}
        </Button>
      </form>
    </Modal>
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

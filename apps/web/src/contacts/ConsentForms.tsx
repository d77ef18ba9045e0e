import type { Channel, ContactDetail, Purpose } from "@loket/contract";
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { type FormEvent, type ReactNode, useState } from "react";
import { chooseWording, useWordings } from "../shell/consent.ts";
import { useLanguage, useT } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { uuid7 } from "../shell/uuid.ts";
import { useWords } from "../shell/words.ts";
import { toast } from "../ui/toast.tsx";
import styles from "./ConsentPart.module.css";
import type { ConsentChange, StopChange } from "./queries.ts";
import { useChannelWords } from "./told.ts";
import { words } from "./words.ts";

const channels: readonly Channel[] = ["whatsapp", "email", "telegram", "webchat"];
const purposes: readonly Purpose[] = ["marketing", "transactional", "service", "survey", "sales-call"];

function Form(props: {
  title: string;
  close: () => void;
  /** Throws where it failed; the reason is on screen already. */
  save: () => Promise<void>;
  children: (busy: boolean) => ReactNode;
}) {
  const { title, close, save, children } = props;
  const t = useT();
  const [busy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await save();
      close();
    } catch {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ "aria-label": t("app.close") }}>
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        {children(busy)}
      </form>
    </Modal>
  );
}

function PurposeSelect<One extends Purpose | "all">(props: {
  value: One;
  all: readonly One[];
  onChange: (value: One) => void;
}) {
  const { value, all, onChange } = props;
  const t = useWords(words);
  return (
    <Select
      label={t("what")}
      value={value}
      data={all.map((one) => ({ value: one, label: t(`purpose.${one}`) }))}
      onChange={(chosen) => onChange(all.find((one) => one === chosen) ?? value)}
      allowDeselect={false}
    />
  );
}

function ChannelSelect(props: { value: Channel | "all"; onChange: (value: Channel | "all") => void }) {
  const { value, onChange } = props;
  const t = useWords(words);
  const channelWords = useChannelWords();
  return (
    <Select
      label={t("channel")}
      value={value}
      data={["all", ...channels].map((one) => ({ value: one, label: channelWords(one) }))}
      onChange={(chosen) => onChange(channels.find((one) => one === chosen) ?? "all")}
      allowDeselect={false}
    />
  );
}

export function ConsentForm(props: {
  action: "granted" | "withdrawn";
  close: () => void;
  record: (change: ConsentChange) => Promise<unknown>;
}) {
  const { action, close, record } = props;
  const t = useWords(words);
  const wordings = useWordings().data ?? [];
  const [purpose, setPurpose] = useState<Purpose>("marketing");
  const [channel, setChannel] = useState<Channel | "all">("whatsapp");
  const [method, setMethod] = useState("");
  const [wordingId, setWordingId] = useState<string | null>(null);
  const [wordingVersion, setVersion] = useState("");
  const [evidence, setEvidence] = useState("");
  const fitting = wordings.filter((one) => one.purpose === purpose);
  const chosen = fitting.find((one) => one.id === wordingId);
  return (
    <Form
      title={t(action === "granted" ? "record" : "recordWithdrawal")}
      close={close}
      save={async () => {
        await record({
          purpose,
          channel,
          action,
          method: method.trim(),
          ...(chosen
            ? { wordingId: chosen.id }
            : wordingVersion.trim()
              ? { wordingVersion: wordingVersion.trim() }
              : {}),
          ...(evidence.trim() ? { evidence: evidence.trim() } : {}),
        });
        toast(t("recorded"));
      }}
    >
      {(busy) => (
        <>
          <PurposeSelect value={purpose} all={purposes} onChange={setPurpose} />
          <ChannelSelect value={channel} onChange={setChannel} />
          <TextInput
            label={t("method")}
            description={t("methodHint")}
            value={method}
            maxLength={80}
            onChange={(event) => setMethod(event.currentTarget.value)}
          />
          {action === "granted" && (
            <>
              {fitting.length > 0 && (
                <Select
                  label={t("versionOf")}
                  value={chosen?.id ?? ""}
                  data={[
                    ...fitting.map((one) => ({ value: one.id, label: `${one.version} (${one.language})` })),
                    { value: "", label: t("otherWording") },
                  ]}
                  onChange={(value) => setWordingId(value === "" ? null : value)}
                  allowDeselect={false}
                />
              )}
              {chosen ? (
                <p className={styles.bubble} lang={chosen.language}>
                  {chosen.text}
                </p>
              ) : (
                <TextInput
                  label={t("wording")}
                  description={t("versionHint")}
                  value={wordingVersion}
                  maxLength={80}
                  onChange={(event) => setVersion(event.currentTarget.value)}
                />
              )}
              <TextInput
                label={t("evidence")}
                description={t("evidenceHint")}
                value={evidence}
                maxLength={500}
                onChange={(event) => setEvidence(event.currentTarget.value)}
              />
            </>
          )}
          <Button type="submit" loading={busy} disabled={!method.trim()}>
            {t("save")}
          </Button>
        </>
      )}
    </Form>
  );
}

export function StopForm(props: { close: () => void; record: (stop: StopChange) => Promise<unknown> }) {
  const { close, record } = props;
  const t = useWords(words);
  const [scope, setScope] = useState<"all" | "marketing">("all");
  const [channel, setChannel] = useState<Channel | "all">("all");
  return (
    <Form
      title={t("recordStop")}
      close={close}
      save={async () => {
        await record({ scope, channel });
        toast(t("recorded"));
      }}
    >
      {(busy) => (
        <>
          <p>{t("stopLead")}</p>
          <PurposeSelect value={scope} all={["all", "marketing"] as const} onChange={setScope} />
          <ChannelSelect value={channel} onChange={setChannel} />
          <Button type="submit" color="red" loading={busy}>
            {t("recordStop")}
          </Button>
        </>
      )}
    </Form>
  );
}

/** The question as it will be read, before it goes. */
export function AskForm(props: {
  contact: ContactDetail;
  conversationId: string;
  close: () => void;
  ask: (question: { conversationId: string; clientId: string; wordingId: string }) => Promise<unknown>;
}) {
  const { contact, conversationId, close, ask } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { organisation } = useSession();
  const found = useWordings();
  const wordings = (found.data ?? []).filter(({ channels: on }) => on.includes("whatsapp") || on.includes("all"));
  const [wordingId, setWordingId] = useState<string | null>(null);
  const [clientId] = useState(uuid7);
  const chosen =
    wordings.find(({ id }) => id === wordingId) ??
    chooseWording(wordings, { purpose: "marketing", channel: "whatsapp" }, [
      contact.locale,
      organisation.locale,
      locale,
    ]) ??
    wordings[0];
  return (
    <Form
      title={t("ask")}
      close={close}
      save={async () => {
        if (!chosen) return;
        await ask({ conversationId, clientId, wordingId: chosen.id });
        toast(t("asked"));
      }}
    >
      {(busy) =>
        chosen ? (
          <>
            <p>{t("askLead")}</p>
            <Select
              label={t("wording")}
              value={chosen.id}
              data={wordings.map((one) => ({
                value: one.id,
                label: `${t(`purpose.${one.purpose}`)}, ${one.version} (${one.language})`,
              }))}
              onChange={setWordingId}
              allowDeselect={false}
            />
            <p className={styles.bubble} lang={chosen.language}>
              {chosen.text}
            </p>
            <Button type="submit" loading={busy}>
              {t("askSend")}
            </Button>
          </>
        ) : (
          !found.isPending && <p>{t("noWording")}</p>
        )
      }
    </Form>
  );
}

import type { Sender, Template } from "@loket/contract";
import { ActionIcon, Button, Drawer, PasswordInput, Select, TextInput } from "@mantine/core";
import { IconCopy, IconPlus, IconRefresh } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useEffect, useState } from "react";
import { type Page, Refused } from "../shell/api.ts";
import { useById, useInboxes, useSenders } from "../shell/directory.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { RowBones } from "../ui/Bones.tsx";
import { ChannelMark } from "../ui/ChannelMark.tsx";
import { Chip } from "../ui/Chip.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { readablePhone } from "../ui/phone.ts";
import { toast } from "../ui/toast.tsx";
import styles from "./SendersPage.module.css";

const tones = { connected: "go", attention: "wait", disconnected: "stop" } as const;

/** The numbers one is reachable at: how each of them is, and how to connect another. */
export function SendersPage() {
  const { t } = useLanguage();
  const { may } = useSession();
  const senders = useSenders();
  const [connecting, setConnecting] = useState(false);
  const manages = may("senders:manage");
  useEffect(() => {
    document.title = `${t("channels.title")} · Loket`;
  }, [t]);
  const connect = (
    <Button leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setConnecting(true)}>
      {t("channels.connect")}
    </Button>
  );

  return (
    <main className={styles.page} id="conversation">
      <header className={styles.head}>
        <div>
          <h1>{t("channels.title")}</h1>
          <p>{t("channels.lead")}</p>
        </div>
        {manages && (senders.data?.length ?? 0) > 0 && connect}
      </header>
      {senders.isError && <Failure error={senders.error} retry={() => void senders.refetch()} />}
      {senders.isPending && <RowBones count={2} />}
      {senders.data?.length === 0 && (
        <EmptyState title={t("channels.empty")} lead={t("channels.emptyLead")}>
          {manages && connect}
        </EmptyState>
      )}
      <ul className={styles.senders}>
        {senders.data?.map((sender) => (
          <SenderCard key={sender.id} sender={sender} manages={manages} />
        ))}
      </ul>
      {connecting && <ConnectSheet close={() => setConnecting(false)} />}
    </main>
  );
}

function SenderCard(props: { sender: Sender; manages: boolean }) {
  const { sender, manages } = props;
  const { t } = useLanguage();
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const failureWords = useFailureWords();
  const inboxes = useById(useInboxes().data);
  const [checking, setChecking] = useState(false);
  const templates = useQuery({
    queryKey: ["templates", organisation.id, sender.id],
    queryFn: async ({ signal }) => {
      const answer = await api.get<Page<Template> | Template[]>(
        "templates",
        { senderId: sender.id, limit: 200 },
        signal,
      );
      return Array.isArray(answer) ? answer : answer.items;
    },
    staleTime: 5 * 60_000,
  });

  const check = async () => {
    setChecking(true);
    try {
      const now = await api.post<Sender>(`senders/${sender.id}/check`);
      queries.setQueryData<Sender[]>(["senders", organisation.id], (held) =>
        held?.map((one) =>
          one.id === sender.id ? { ...one, ...now, webhookUrl: now.webhookUrl || one.webhookUrl } : one,
        ),
      );
      toast(t("channels.checked", { state: t(`channels.state.${now.state}`) }));
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    } finally {
      setChecking(false);
    }
  };
  const sync = async () => {
    try {
      await api.post("templates/sync", { senderId: sender.id });
      const after = await templates.refetch();
      toast(t("template.synced", { count: after.data?.length ?? 0 }));
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
  };

  return (
    <li className={styles.card}>
      <header>
        <span className={styles.mark}>
          <ChannelMark channel={sender.channel} size={22} />
        </span>
        <span className={styles.grow}>
          <strong className="cut">{sender.name}</strong>
          <span className="figures">{readablePhone(sender.address)}</span>
        </span>
        <Chip tone={tones[sender.state]}>{t(`channels.state.${sender.state}`)}</Chip>
      </header>
      {sender.stateReason && (
        <p className={styles.reason} data-state={sender.state}>
          {sender.stateReason}
        </p>
      )}
      <dl>
        <div>
          <dt>{t("channels.quality")}</dt>
          <dd data-quality={sender.quality}>{t(`channels.quality.${sender.quality}`)}</dd>
        </div>
        <div>
          <dt>{t("channels.pace")}</dt>
          <dd className="figures">{t("channels.perSecond", { count: sender.messagesPerSecond })}</dd>
        </div>
        <div>
          <dt>{t("channels.inbox")}</dt>
          <dd>{inboxes.get(sender.inboxId)?.name ?? "…"}</dd>
        </div>
        <div>
          <dt>{t("channels.templates")}</dt>
          <dd className="figures">
            {templates.data ? t("channels.templateCount", { count: templates.data.length }) : "…"}
          </dd>
        </div>
      </dl>
      {sender.webhookUrl && (
        <div className={styles.webhook}>
          <span className={styles.grow}>
            <small>{t("channels.webhook")}</small>
            <code className="cut">{sender.webhookUrl}</code>
          </span>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={`${t("app.copy")}: ${t("channels.webhook")}`}
            onClick={() => void navigator.clipboard.writeText(sender.webhookUrl).then(() => toast(t("app.copied")))}
          >
            <Icon of={IconCopy} />
          </ActionIcon>
        </div>
      )}
      {manages && (
        <footer>
          <Button variant="default" loading={checking} onClick={() => void check()}>
            {t("channels.check")}
          </Button>
          <Button variant="subtle" leftSection={<Icon of={IconRefresh} size={16} />} onClick={() => void sync()}>
            {t("template.sync")}
          </Button>
        </footer>
      )}
    </li>
  );
}

const digits = /^\d{5,20}$/;

/** Four things to copy from the platform's dashboard, each with where to find it, checked before anything is kept. */
function ConnectSheet(props: { close: () => void }) {
  const { close } = props;
  const { t } = useLanguage();
  const { api, organisation } = useSession();
  const queries = useQueryClient();
  const failureWords = useFailureWords();
  const inboxes = useInboxes();
  const [inboxId, setInboxId] = useState<string | null>(null);
  const [phoneNumberId, setPhoneNumberId] = useState("");
  const [accountId, setAccountId] = useState("");
  const [accessToken, setAccessToken] = useState("");
  const [appSecret, setAppSecret] = useState("");
  const [graphUrl, setGraphUrl] = useState("");
  const [shown, setShown] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const chosen = inboxId ?? inboxes.data?.[0]?.id ?? null;
  const number = (value: string) => (shown && !digits.test(value.trim()) ? t("channels.digitsOnly") : null);
  const filled = (value: string) => (shown && value.trim().length < 8 ? t("channels.required") : null);
  const ok =
    chosen &&
    digits.test(phoneNumberId.trim()) &&
    digits.test(accountId.trim()) &&
    accessToken.trim().length >= 8 &&
    appSecret.trim().length >= 8;

  const connect = async (event: FormEvent) => {
    event.preventDefault();
    setShown(true);
    setProblem(null);
    if (!ok) return;
    setBusy(true);
    try {
      const sender = await api.post<Sender>("senders", {
        channel: "whatsapp",
        inboxId: chosen,
        phoneNumberId: phoneNumberId.trim(),
        accountId: accountId.trim(),
        accessToken: accessToken.trim(),
        appSecret: appSecret.trim(),
        ...(graphUrl.trim() ? { graphUrl: graphUrl.trim() } : {}),
      });
      await queries.invalidateQueries({ queryKey: ["senders", organisation.id] });
      toast(t("channels.connected", { name: sender.name }));
      close();
    } catch (error) {
      const first = error instanceof Refused ? error.problem.errors?.[0]?.message : undefined;
      setProblem(first ?? failureWords(error));
      setBusy(false);
    }
  };

  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size={480}
      title={t("channels.connectTitle")}
      closeButtonProps={{ "aria-label": t("app.close") }}
    >
      <form className={styles.form} onSubmit={(event) => void connect(event)} noValidate>
        <p className={styles.lead}>{t("channels.connectLead")}</p>
        <ol className={styles.steps}>
          <li>
            <p>{t("channels.step1")}</p>
            <TextInput
              label={t("channels.phoneNumberId")}
              description={t("channels.phoneNumberIdHint")}
              inputMode="numeric"
              value={phoneNumberId}
              error={number(phoneNumberId)}
              onChange={(event) => setPhoneNumberId(event.currentTarget.value)}
            />
            <TextInput
              label={t("channels.accountId")}
              inputMode="numeric"
              value={accountId}
              error={number(accountId)}
              onChange={(event) => setAccountId(event.currentTarget.value)}
            />
          </li>
          <li>
            <p>{t("channels.step2")}</p>
            <PasswordInput
              label={t("channels.accessToken")}
              autoComplete="off"
              value={accessToken}
              error={filled(accessToken)}
              onChange={(event) => setAccessToken(event.currentTarget.value)}
            />
          </li>
          <li>
            <p>{t("channels.step3")}</p>
            <PasswordInput
              label={t("channels.appSecret")}
              autoComplete="off"
              value={appSecret}
              error={filled(appSecret)}
              onChange={(event) => setAppSecret(event.currentTarget.value)}
            />
          </li>
          <li>
            <p>{t("channels.step4")}</p>
            <Select
              label={t("channels.inbox")}
              value={chosen}
              data={(inboxes.data ?? []).map((inbox) => ({ value: inbox.id, label: inbox.name }))}
              onChange={setInboxId}
            />
          </li>
        </ol>
        <details className={styles.advanced}>
          <summary>{t("channels.advanced")}</summary>
          <TextInput
            label={t("channels.graphUrl")}
            description={t("channels.graphUrlHint")}
            type="url"
            value={graphUrl}
            onChange={(event) => setGraphUrl(event.currentTarget.value)}
          />
        </details>
        {problem && (
          <p className={styles.reason} data-state="disconnected" role="alert">
            {problem}
          </p>
        )}
        <Button type="submit" size="md" loading={busy}>
          {t("channels.connectSubmit")}
        </Button>
      </form>
    </Drawer>
  );
}

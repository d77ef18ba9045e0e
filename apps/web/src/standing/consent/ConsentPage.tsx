import type { ConsentImport, Wording } from "@loket/contract";
import { Button, FileButton, Switch } from "@mantine/core";
import { IconPlus, IconUpload } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useWordings } from "../../shell/consent.ts";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import rows from "../../ui/rows.module.css";
import { Section, Setting, SettingsPage } from "../../ui/Section.tsx";
import { shortDate, shortDateTime } from "../../ui/time.ts";
import { toast } from "../../ui/toast.tsx";
import { useRefresh } from "../queries.ts";
import styles from "./consent.module.css";
import { useConsentSettings, useImports } from "./queries.ts";
import { WordingForm } from "./WordingForm.tsx";
import { words } from "./words.ts";

/** The words people agree to, what happens after an opt-out, and the lists that were taken over. */
export function ConsentPage() {
  const t = useWords(words);
  const { may } = useSession();
  return (
    <SettingsPage title={t("title")} lead={t("lead")}>
      <Wordings />
      <AfterOptOut />
      {may("imports:manage") && <Imports />}
    </SettingsPage>
  );
}

function Wordings() {
  const t = useWords(words);
  const { may } = useSession();
  const found = useWordings();
  const [writing, setWriting] = useState(false);
  const add = may("imports:manage") && (
    <Button size="compact-md" leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setWriting(true)}>
      {t("publish")}
    </Button>
  );
  return (
    <Section title={t("wordings")} act={(found.data?.length ?? 0) > 0 && add}>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={2} />}
      {found.data?.length === 0 && (
        <EmptyState title={t("noWordings")} lead={t("noWordingsLead")}>
          {add}
        </EmptyState>
      )}
      <ul className={rows.rows}>
        {found.data?.map((one) => (
          <WordingRow key={one.id} wording={one} />
        ))}
      </ul>
      {writing && <WordingForm close={() => setWriting(false)} />}
    </Section>
  );
}

function WordingRow(props: { wording: Wording }) {
  const { version, language, text, purpose, channels, publishedAt, landingUrl } = props.wording;
  const t = useWords(words);
  const { t: common, locale } = useLanguage();
  const where = channels.map((one) =>
    one === "whatsapp" || one === "email" || one === "telegram" || one === "webchat"
      ? common(`channel.${one}`)
      : t("anyChannel"),
  );
  return (
    <li>
      <span className={rows.grow}>
        <span className={rows.name}>
          {version} <span className={styles.quiet}>({language})</span>
        </span>
        <span className={styles.text} lang={language}>
          {text}
        </span>
        <span className={`${rows.small} figures`}>
          {t(`purpose.${purpose}`)} · {where.join(", ")} · {t("since", { date: shortDate(publishedAt, locale) })}
          {landingUrl && (
            <>
              {" · "}
              <a href={landingUrl} target="_blank" rel="noreferrer noopener">
                {landingUrl}
              </a>
            </>
          )}
        </span>
      </span>
    </li>
  );
}

function AfterOptOut() {
  const t = useWords(words);
  const { api, may, organisation } = useSession();
  const queries = useQueryClient();
  const failureWords = useFailureWords();
  const found = useConsentSettings();
  const change = async (confirmOptOuts: boolean) => {
    const key = ["standing", organisation.id, "consent-settings"];
    queries.setQueryData(key, { confirmOptOuts });
    try {
      await api.put("consent-settings", { confirmOptOuts });
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
      void queries.invalidateQueries({ queryKey: key });
    }
  };
  return (
    <Section title={t("after")}>
      <Setting label={t("confirm")} lead={t("confirmLead")}>
        <Switch
          aria-label={t("confirm")}
          checked={found.data?.confirmOptOuts ?? true}
          disabled={!may("standing:manage") || !found.data}
          onChange={(event) => void change(event.currentTarget.checked)}
        />
      </Setting>
    </Section>
  );
}

function Imports() {
  const t = useWords(words);
  const { api } = useSession();
  const found = useImports();
  const refresh = useRefresh();
  const navigate = useNavigate();
  const failureWords = useFailureWords();
  const [sent, setSent] = useState<number | null>(null);
  const upload = async (file: File | null) => {
    if (!file) return;
    setSent(0);
    try {
      const made = await api.upload<{ id: string }>("consent-imports", file, file.name, setSent);
      refresh();
      await navigate({ to: "/standing/consent/$importId", params: { importId: made.id } });
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    setSent(null);
  };
  const add = (
    <FileButton accept=".csv,.txt,.tsv,text/csv" onChange={(file) => void upload(file)}>
      {(props) => (
        <Button {...props} size="compact-md" loading={sent !== null} leftSection={<Icon of={IconUpload} size={16} />}>
          {t("upload")}
        </Button>
      )}
    </FileButton>
  );
  return (
    <Section title={t("imports")} act={(found.data?.length ?? 0) > 0 && add}>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={2} />}
      {found.data?.length === 0 && (
        <EmptyState title={t("noImports")} lead={t("noImportsLead")}>
          {add}
        </EmptyState>
      )}
      <ul className={rows.rows}>
        {found.data?.map((one) => (
          <ImportLine key={one.id} list={one} />
        ))}
      </ul>
    </Section>
  );
}

function ImportLine(props: { list: ConsentImport }) {
  const { list } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  return (
    <li>
      <span className={rows.grow}>
        <Link to="/standing/consent/$importId" params={{ importId: list.id }} className={`${rows.name} ${styles.link}`}>
          {list.fileName}
        </Link>
        <span className={`${rows.small} figures`}>
          {shortDateTime(list.createdAt, locale)} · {t("rows", { count: list.totalCount })} · {t(`state.${list.state}`)}
        </span>
      </span>
      {list.state !== "mapping" && (
        <dl className={`${styles.counts} figures`}>
          <Count name={t("accepted")} count={list.acceptedCount} />
          <Count name={t("quarantined")} count={list.quarantinedCount} />
          <Count name={t("suppressed")} count={list.suppressedCount} />
        </dl>
      )}
    </li>
  );
}

function Count(props: { name: string; count: number }) {
  const { name, count } = props;
  const { locale } = useLanguage();
  return (
    <div>
      <dt>{name}</dt>
      <dd>{count.toLocaleString(locale)}</dd>
    </div>
  );
}

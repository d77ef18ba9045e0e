import type { ClaimsCheck } from "@loket/contract";
import { Button, FileButton, Select, Textarea, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure } from "../../ui/Failure.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Section, SettingsPage } from "../../ui/Section.tsx";
import { shortDate, shortDateTime } from "../../ui/time.ts";
import { useClaimsChecks, useRefresh } from "../queries.ts";
import styles from "./claims.module.css";
import { words } from "./words.ts";

/** What one's own public texts claim, before somebody else reads them. */
export function ClaimsPage() {
  const t = useWords(words);
  const { may } = useSession();
  const found = useClaimsChecks();
  const [checking, setChecking] = useState<string | null>(null);
  const add = may("standing:manage") && (
    <Button leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setChecking("")}>
      {t("check")}
    </Button>
  );
  return (
    <SettingsPage title={t("title")} lead={t("lead")} act={(found.data?.length ?? 0) > 0 && add}>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={3} />}
      {found.data?.length === 0 && (
        <EmptyState title={t("none")} lead={t("noneLead")}>
          {add}
        </EmptyState>
      )}
      {found.data?.map((check) => (
        <Check key={check.id} check={check} again={() => setChecking(check.source)} />
      ))}
      {checking !== null && <CheckForm source={checking} close={() => setChecking(null)} />}
    </SettingsPage>
  );
}

function Check(props: { check: ClaimsCheck; again: () => void }) {
  const { check, again } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { may } = useSession();
  const standing = check.hits.filter((hit) => hit.ignored === null);
  const ignored = check.hits.filter((hit) => hit.ignored !== null);
  return (
    <Section
      title={check.source}
      act={
        may("standing:manage") && (
          <Button variant="default" size="compact-md" onClick={again}>
            {t("again")}
          </Button>
        )
      }
    >
      <p className={styles.lead}>
        <strong>{standing.length === 0 ? t("clean") : t("found", { block: check.block, warn: check.warn })}</strong>{" "}
        <span className="figures">{t("at", { when: shortDateTime(check.at, locale), name: check.by ?? "API" })}</span>
      </p>
      <ul className={styles.hits}>
        {standing.map((hit) => (
          <Hit key={`${hit.ruleId}${hit.sentence}`} hit={hit} />
        ))}
      </ul>
      {ignored.length > 0 && (
        <details className={styles.ignored}>
          <summary>{t("passed", { count: ignored.length })}</summary>
          <ul className={styles.hits}>
            {ignored.map((hit) => (
              <Hit key={`${hit.ruleId}${hit.sentence}`} hit={hit} />
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}

const severityWords = { block: "severityBlock", warn: "severityWarn", note: "severityNote" } as const;

function Hit(props: { hit: ClaimsCheck["hits"][number] }) {
  const { hit } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const why = (["negated", "quoted", "forbidden"] as const).find((one) => one === hit.ignored);
  return (
    <li data-severity={hit.ignored === null ? hit.severity : "note"}>
      <span className={styles.severity}>{t(severityWords[hit.severity])}</span>
      <blockquote>{hit.sentence}</blockquote>
      <p>
        <strong>{hit.title}.</strong> {hit.explanation}
      </p>
      {why ? (
        <p className={styles.quiet}>{t("ignored", { why: t(`why.${why}`) })}</p>
      ) : (
        hit.sayInstead && (
          <p>
            {t("instead")}: {hit.sayInstead}
          </p>
        )
      )}
      <p className={`${styles.quiet} figures`}>
        {hit.clause}
        {hit.since && ` · ${t("since", { date: shortDate(hit.since, locale) })}`} ·{" "}
        {t("first", { date: shortDate(hit.firstSeen, locale) })}
      </p>
    </li>
  );
}

const kinds = ["other", "legal", "comparison"] as const;
const mostBytes = 500_000;

function CheckForm(props: { source: string; close: () => void }) {
  const { source: held, close } = props;
  const t = useWords(words);
  const { api } = useSession();
  const refresh = useRefresh();
  const [source, setSource] = useState(held);
  const [text, setText] = useState("");
  const [kind, setKind] = useState<(typeof kinds)[number]>("other");
  const takeFile = async (file: File | null | undefined) => {
    if (!file) return;
    setText((await file.text()).slice(0, mostBytes));
    if (!source) setSource(file.name);
  };
  const run = async () => {
    const html = /<(html|body|p|div|h1|span)[\s>]/i.test(text);
    await api.post("claims", { source: source.trim(), text, html, kind });
    refresh();
  };
  return (
    <FormDialog
      title={t("check")}
      size={640}
      close={close}
      send={run}
      label={t("run")}
      disabled={!source.trim() || !text.trim()}
      besides={
        <FileButton accept=".html,.htm,.txt,.md,text/*" onChange={(file) => void takeFile(file)}>
          {(given) => (
            <Button variant="default" {...given}>
              {t("upload")}
            </Button>
          )}
        </FileButton>
      }
    >
      <TextInput
        data-autofocus
        label={t("source")}
        description={t("sourceHint")}
        maxLength={300}
        value={source}
        onChange={(event) => setSource(event.currentTarget.value)}
      />
      <Select
        label={t("kind")}
        allowDeselect={false}
        value={kind}
        data={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        onChange={(value) => setKind(kinds.find((one) => one === value) ?? "other")}
      />
      <Textarea
        label={t("text")}
        description={t("textHint")}
        autosize
        minRows={8}
        maxRows={16}
        maxLength={mostBytes}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onDrop={(event) => {
          const [file] = event.dataTransfer.files;
          if (!file) return;
          event.preventDefault();
          void takeFile(file);
        }}
      />
    </FormDialog>
  );
}

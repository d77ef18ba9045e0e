import type { ConsentImportDetail, ImportReason, ImportRow } from "@loket/contract";
import { Button, Progress, Select } from "@mantine/core";
import { IconArrowLeft, IconDownload } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { Failure } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { More } from "../../ui/More.tsx";
import rows from "../../ui/rows.module.css";
import { Section, SettingsPage } from "../../ui/Section.tsx";
import { shortDateTime } from "../../ui/time.ts";
import { WideTable } from "../../ui/WideTable.tsx";
import styles from "./consent.module.css";
import { MappingForm } from "./MappingForm.tsx";
import { MendRows } from "./MendRows.tsx";
import { useImport, useImportRows } from "./queries.ts";
import { words } from "./words.ts";

/** One list: naming its columns, then what came of its rows. */
export function ImportPage() {
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api } = useSession();
  const { importId } = useParams({ from: "/inside/standing/consent/$importId" });
  const found = useImport(importId);
  const list = found.data;
  return (
    <div className={styles.wide}>
      <Link to="/standing/consent" className={rows.back}>
        <Icon of={IconArrowLeft} size={16} /> {t("back")}
      </Link>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={4} />}
      {list && (
        <SettingsPage
          title={list.fileName}
          lead={`${t("rows", { count: list.totalCount })} · ${t(`state.${list.state}`)} · ${shortDateTime(list.createdAt, locale)}`}
          act={
            list.state !== "mapping" && (
              <Button
                component="a"
                href={api.link(`consent-imports/${list.id}/report`)}
                download
                variant="default"
                size="compact-md"
                leftSection={<Icon of={IconDownload} size={16} />}
              >
                {t("report")}
              </Button>
            )
          }
        >
          {list.state === "mapping" ? <MappingForm list={list} /> : <Outcome list={list} />}
        </SettingsPage>
      )}
    </div>
  );
}

function Outcome(props: { list: ConsentImportDetail }) {
  const { list } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const [chosen, setState] = useState<ImportRow["state"] | null | undefined>(undefined);
  // Nobody has chosen yet: what needs a person comes first, also when it only now turns up.
  const state = chosen === undefined ? (list.quarantinedCount > 0 ? "quarantined" : null) : chosen;
  const [reason, setReason] = useState<ImportReason | null>(null);
  const tabs = [
    [null, t("all"), list.rowCount],
    ["quarantined", t("quarantined"), list.quarantinedCount],
    ["accepted", t("accepted"), list.acceptedCount],
    ["suppressed", t("suppressed"), list.suppressedCount],
    ["discarded", t("discarded"), list.discardedCount],
  ] as const;
  const waiting =
    reason === null ? list.quarantinedCount : (list.reasons.find((one) => one.reason === reason)?.count ?? 0);
  return (
    <>
      {list.state === "failed" && (
        <p className={rows.problem}>{t(list.failure === "gone" ? "failed.gone" : "failed.other")}</p>
      )}
      {list.state === "reading" && (
        <div className={styles.progress}>
          <p className="figures" role="status">
            {t("reading", {
              done: list.rowCount.toLocaleString(locale),
              total: list.totalCount.toLocaleString(locale),
            })}
          </p>
          <Progress value={(list.rowCount / Math.max(1, list.totalCount)) * 100} aria-label={t("state.reading")} />
        </div>
      )}
      {list.attestation && (
        <p className={styles.attestation}>{t("attested", { name: list.attestedBy ?? "", text: list.attestation })}</p>
      )}
      <div className={styles.filters}>
        <div className={styles.tabs}>
          {tabs.map(([value, label, count]) => (
            <button
              key={label}
              type="button"
              className="plain figures"
              aria-pressed={state === value}
              onClick={() => {
                setState(value);
                setReason(null);
              }}
            >
              {label} {count.toLocaleString(locale)}
            </button>
          ))}
        </div>
        {state === "quarantined" && list.reasons.length > 0 && (
          <Select
            label={t("why")}
            value={reason ?? ""}
            data={[
              { value: "", label: t("anyReason") },
              ...list.reasons.map((one) => ({
                value: one.reason,
                label: `${t(`reason.${one.reason}`)} (${one.count.toLocaleString(locale)})`,
              })),
            ]}
            onChange={(value) => setReason(list.reasons.find((one) => one.reason === value)?.reason ?? null)}
            allowDeselect={false}
          />
        )}
      </div>
      {state === "quarantined" && waiting > 0 && list.state === "done" && (
        <MendRows importId={list.id} reason={reason} count={waiting} />
      )}
      <Rows list={list} state={state} reason={reason} />
    </>
  );
}

function Rows(props: { list: ConsentImportDetail; state: ImportRow["state"] | null; reason: ImportReason | null }) {
  const { list, state, reason } = props;
  const t = useWords(words);
  const found = useImportRows(list.id, { state, reason }, true);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={4} />}
      {found.data && items.length === 0 && <p className={rows.quiet}>{t("noRows")}</p>}
      {items.length > 0 && (
        <WideTable label={list.fileName}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th className={styles.number}>{t("line")}</th>
                <th>{t("what")}</th>
                <th>{t("field.phone")}</th>
                <th>{t("field.name")}</th>
                <th>{t("field.obtainedAt")}</th>
                <th>{t("field.method")}</th>
                <th>{t("field.evidence")}</th>
              </tr>
            </thead>
            <tbody className="figures">
              {items.map((row) => (
                <Row key={row.line} row={row} />
              ))}
            </tbody>
          </table>
        </WideTable>
      )}
      <More of={found} />
    </Section>
  );
}

function Row(props: { row: ImportRow }) {
  const { line, state, reasons, values, contactId } = props.row;
  const t = useWords(words);
  const name = values.name ?? values.email ?? "";
  return (
    <tr>
      <td className={styles.number}>{line}</td>
      <td>
        <span className={styles.state} data-state={state}>
          {t(state)}
        </span>
        {reasons.length > 0 && state !== "suppressed" && (
          <small>{reasons.map((one) => t(`reason.${one}`)).join(", ")}</small>
        )}
      </td>
      <td>{values.phone ?? values.email}</td>
      <td>
        {contactId ? (
          <Link to="/contacts/$contactId" params={{ contactId }}>
            {name || t("accepted")}
          </Link>
        ) : (
          name
        )}
      </td>
      <td>{values.obtainedAt}</td>
      <td>{values.method}</td>
      <td>{values.evidence ?? values.landingUrl}</td>
    </tr>
  );
}

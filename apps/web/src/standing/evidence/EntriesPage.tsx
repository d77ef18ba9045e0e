import type { EvidenceEntry } from "@loket/contract";
import { Button, Select } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useLanguage } from "../../shell/i18n.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { More } from "../../ui/More.tsx";
import rows from "../../ui/rows.module.css";
import { Section, SettingsPage } from "../../ui/Section.tsx";
import { fullDate, shortDateTime } from "../../ui/time.ts";
import { entryTypes } from "./entry-types.ts";
import styles from "./evidence.module.css";
import { useEntries } from "./queries.ts";
import type { EntriesSearch } from "./search.ts";
import { words } from "./words.ts";

/** The log, entry by entry. */
export function EntriesPage() {
  const t = useWords(words);
  const search = useSearch({ from: "/inside/standing/evidence/entries" });
  const navigate = useNavigate();
  const found = useEntries({ type: search.type, contactId: search.contact });
  const entries = found.data?.pages.flatMap((page) => page.items) ?? [];
  const show = (next: EntriesSearch) =>
    void navigate({ to: "/standing/evidence/entries", search: next, replace: true });
  const person = search.contact ? entries.find(({ contact }) => contact?.id === search.contact)?.contact : null;
  return (
    <SettingsPage title={t("list")} lead={t("listLead")}>
      <div className={styles.filters}>
        <Link to="/standing/evidence" className={rows.back}>
          <Icon of={IconArrowLeft} size={16} />
          {t("back")}
        </Link>
        <Select
          aria-label={t("type")}
          placeholder={t("anyType")}
          clearable
          searchable
          value={search.type ?? null}
          data={[...entryTypes]}
          onChange={(type) => show({ ...search, type: type ?? undefined })}
        />
        {(search.type || search.contact) && (
          <Button variant="default" onClick={() => show({})}>
            {t("clear")}
          </Button>
        )}
      </div>
      {search.contact && person && <p className={styles.quiet}>{t("onlyOf", { name: person.name })}</p>}
      <Section>
        {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
        {found.isPending && <RowBones count={6} />}
        {found.data && entries.length === 0 && <EmptyState title={t("noEntries")} lead={t("noEntriesLead")} />}
        <ul className={styles.entries}>
          {entries.map((entry) => (
            <EntryRow key={entry.id} entry={entry} />
          ))}
        </ul>
        <More of={found} />
      </Section>
    </SettingsPage>
  );
}

function EntryRow(props: { entry: EvidenceEntry }) {
  const { entry } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  return (
    <li>
      <details>
        <summary>
          <time className="figures" dateTime={entry.at} title={fullDate(entry.at, locale)}>
            {shortDateTime(entry.at, locale)}
          </time>
          <strong>{entry.type}</strong>
          <span className="cut">{entry.contact?.name ?? (entry.subject === null ? "" : t("erased"))}</span>
          <span className={`${styles.position} figures`}>
            {t("position", { number: entry.position.toLocaleString(locale) })}
          </span>
        </summary>
        <dl className={styles.contents}>
          {entry.contents === null ? (
            <dd>{t("erased")}</dd>
          ) : (
            Object.entries(entry.contents).map(([name, value]) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
              </div>
            ))
          )}
          <div>
            <dt>{t("hash")}</dt>
            <dd>
              <code>{entry.leafHash}</code>
            </dd>
          </div>
          {entry.contact && (
            <div>
              <dt />
              <dd>
                <Link to="/standing/evidence/entries" search={{ contact: entry.contact.id }} className={styles.link}>
                  {t("onlyOf", { name: entry.contact.name })}
                </Link>
              </dd>
            </div>
          )}
        </dl>
      </details>
    </li>
  );
}

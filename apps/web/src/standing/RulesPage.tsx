import type { RuleDescribed } from "@loket/contract";
import { Button, Select, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue, useMemo } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import { useWords } from "../shell/words.ts";
import { RowBones } from "../ui/Bones.tsx";
import { Chip } from "../ui/Chip.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { SettingsPage } from "../ui/Section.tsx";
import { shortDate } from "../ui/time.ts";
import { useRules } from "./queries.ts";
import styles from "./rules.module.css";
import { groupRules, type RuleFilter, sectionWords, verdictTones } from "./rules.ts";
import { words } from "./words.ts";

const shows = ["inForce", "fired", "weak", "stale", "all"] as const;
const verdicts = ["refuse", "hold", "change", "allow", "note"] as const;
const showWords = {
  inForce: "showInForce",
  fired: "showFired",
  weak: "showWeak",
  stale: "showStale",
  all: "showAll",
} as const;

/** The whole terms book: searched, filtered, as of any day. */
export function RulesPage() {
  const t = useWords(words);
  const { locale } = useLanguage();
  const navigate = useNavigate();
  const search = useSearch({ from: "/inside/standing/rules" });
  const found = useRules(search.asOf ?? null);
  const rules = found.data ?? [];
  const filter = useDeferredValue<RuleFilter>(search);
  const groups = useMemo(() => groupRules(rules, filter), [rules, filter]);
  const sections = useMemo(() => [...new Set(rules.map((rule) => rule.section))], [rules]);
  const newest = rules
    .map((rule) => rule.reviewed)
    .sort()
    .at(-1);
  const change = (next: Partial<typeof search>) =>
    void navigate({ to: "/standing/rules", search: (held) => clean({ ...held, ...next }), replace: true });

  return (
    <SettingsPage
      title={t("rules")}
      lead={t("rulesLead", {
        count: rules.filter((rule) => rule.inForce).length,
        date: newest ? shortDate(newest, locale) : "…",
      })}
    >
      <search className={styles.filters}>
        <TextInput
          className={styles.search}
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<Icon of={IconSearch} size={16} />}
          value={search.q ?? ""}
          onChange={(event) => change({ q: event.currentTarget.value })}
        />
        <Select
          aria-label={t("section")}
          placeholder={t("anySection")}
          clearable
          searchable
          value={search.section ?? null}
          data={sections.map((value) => ({ value, label: sectionWords(value, locale) }))}
          onChange={(section) => change({ section: section ?? undefined })}
        />
        <Select
          aria-label={t("verdict")}
          placeholder={t("anyVerdict")}
          clearable
          value={search.verdict ?? null}
          data={verdicts.map((value) => ({ value, label: t(`does.${value}`) }))}
          onChange={(verdict) => change({ verdict: (verdict as RuleDescribed["verdict"] | null) ?? undefined })}
        />
        <Select
          aria-label={t("show")}
          allowDeselect={false}
          value={search.show ?? "inForce"}
          data={shows.map((value) => ({ value, label: t(showWords[value]) }))}
          onChange={(show) =>
            change({ show: show === "inForce" ? undefined : ((show as RuleFilter["show"]) ?? undefined) })
          }
        />
        <TextInput
          type="date"
          aria-label={t("asOf")}
          value={search.asOf ?? ""}
          max="2030-12-31"
          min="2003-01-01"
          onChange={(event) => change({ asOf: event.currentTarget.value || undefined })}
        />
      </search>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={8} />}
      {found.data && groups.length === 0 && (
        <EmptyState title={t("none")} lead={t("noneLead")}>
          <Button
            variant="default"
            onClick={() => void navigate({ to: "/standing/rules", search: { show: "all" }, replace: true })}
          >
            {t("clear")}
          </Button>
        </EmptyState>
      )}
      {groups.map(({ section, rules: within }) => (
        <section key={section} className={styles.group}>
          <h3>
            {sectionWords(section, locale)} <span className="figures">{within.length}</span>
          </h3>
          <ul>
            {within.map((rule) => (
              <RuleRow key={rule.id} rule={rule} />
            ))}
          </ul>
        </section>
      ))}
    </SettingsPage>
  );
}

function RuleRow(props: { rule: RuleDescribed }) {
  const { rule } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const first = rule.versions[0]?.from ?? "always";
  return (
    <li data-off={!rule.inForce || undefined}>
      <Link to="/standing/rules/$ruleId" params={{ ruleId: rule.id }} search={(held) => held}>
        <Chip tone={verdictTones[rule.verdict]}>{t(`does.${rule.verdict}`)}</Chip>
        <span className={styles.words}>
          <strong>{rule.title}</strong>
          <code>{rule.id}</code>
        </span>
        <span className={styles.meta}>
          {rule.firedCount ? <b className="figures">{t("fired", { count: rule.firedCount })}</b> : null}
          {!rule.inForce && <span>{t("ended")}</span>}
          {rule.confidence === "low" && <span>{t("weak")}</span>}
          {rule.isStale && <span>{t("stale")}</span>}
          <span className="figures">
            {first === "always" ? t("always") : t("since", { date: shortDate(first, locale) })}
          </span>
        </span>
      </Link>
    </li>
  );
}

function clean<Search extends object>(search: Search): Search {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ""),
  ) as Search;
}

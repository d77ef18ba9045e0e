import type { Override, OwnRule, ShadowRun } from "@loket/contract";
import { Button, Modal, Progress } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useWords } from "../shell/words.ts";
import { RowBones } from "../ui/Bones.tsx";
import { Chip } from "../ui/Chip.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { More } from "../ui/More.tsx";
import rows from "../ui/rows.module.css";
import { Section, SettingsPage } from "../ui/Section.tsx";
import { shortDateTime } from "../ui/time.ts";
import { toast } from "../ui/toast.tsx";
import { OverrideForm, OwnRuleForm } from "./HouseForms.tsx";
import { clockWords } from "./own-rule.ts";
import { useDecisions, useOverrides, useOwnRules, useRefresh, useShadowRuns } from "./queries.ts";
import { DecisionRow } from "./RulePage.tsx";
import styles from "./rules.module.css";
import { verdictTones } from "./rules.ts";
import { words } from "./words.ts";

/** Rules of one's own: in force, watching, tried on the past, and set aside by two people. */
export function HousePage() {
  const t = useWords(words);
  const { may } = useSession();
  const found = useOwnRules();
  const [adding, setAdding] = useState(false);
  const manages = may("standing:manage");
  const own = found.data ?? [];
  const inState = (state: OwnRule["state"]) => own.filter((rule) => rule.state === state);
  const add = manages && (
    <Button leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setAdding(true)}>
      {t("addRule")}
    </Button>
  );
  return (
    <SettingsPage title={t("house")} lead={t("houseLead")} act={own.length > 0 && add}>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={3} />}
      {found.data && own.length === 0 && (
        <EmptyState title={t("noRules")} lead={t("noRulesLead")}>
          {add}
        </EmptyState>
      )}
      <OwnRules title={t("inForce")} rules={inState("active")} />
      <OwnRules title={t("watching")} lead={t("watchingLead")} rules={inState("shadow")} />
      {inState("shadow").length > 0 && may("decisions:read") && <WouldHave />}
      {may("standing:read") && <Rehearsals />}
      {may("overrides:request") && <SetAside />}
      <OwnRules title={t("past")} rules={inState("ended")} />
      {adding && <OwnRuleForm close={() => setAdding(false)} />}
    </SettingsPage>
  );
}

function OwnRules(props: { title: string; lead?: string; rules: readonly OwnRule[] }) {
  const { title, lead, rules } = props;
  if (rules.length === 0) return null;
  return (
    <Section title={title}>
      {lead && <p className={styles.sectionLead}>{lead}</p>}
      <ul className={rows.rows}>
        {rules.map((rule) => (
          <OwnRuleRow key={rule.id} rule={rule} />
        ))}
      </ul>
    </Section>
  );
}

function OwnRuleRow(props: { rule: OwnRule }) {
  const { rule } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api, may } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const [ending, setEnding] = useState(false);
  const act = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      toast(done);
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    refresh();
  };
  const { kind, settings, state } = rule;
  const activate = () => act(() => api.post("own-rules", { kind, settings, state: "active" }), t("saved"));
  const rehearse = () => act(() => api.post("shadow-runs", { rule: { kind, settings } }), t("rehearsal"));
  return (
    <li data-off={state === "ended" || undefined}>
      <span className={rows.grow}>
        <span className={rows.name}>{t(`kind.${kind}`)}</span>
        <span>{useSettingWords(rule)}</span>
        <span className={`${rows.small} figures`}>
          {t("by", { name: rule.createdBy ?? "API", when: shortDateTime(rule.createdAt, locale) })}
        </span>
      </span>
      {may("standing:manage") && state !== "ended" && (
        <span className={styles.acts}>
          {state === "shadow" && (
            <>
              <Button variant="default" size="compact-md" onClick={() => void rehearse()}>
                {t("rehearse")}
              </Button>
              <Button size="compact-md" onClick={() => void activate()}>
                {t("activate")}
              </Button>
            </>
          )}
          <Button variant="subtle" color="red" size="compact-md" onClick={() => setEnding(true)}>
            {t("end")}
          </Button>
        </span>
      )}
      {ending && (
        <Modal opened onClose={() => setEnding(false)} title={t("end")}>
          <div className={rows.form}>
            <p>{t("endConfirm")}</p>
            <Button
              color="red"
              onClick={() =>
                void act(() => api.delete(`own-rules/${rule.id}`), t("endedDone")).then(() => setEnding(false))
              }
            >
              {t("end")}
            </Button>
          </div>
        </Modal>
      )}
    </li>
  );
}

function useSettingWords(rule: OwnRule): string {
  const t = useWords(words);
  const { locale } = useLanguage();
  switch (rule.kind) {
    case "quiet-hours": {
      const from = clockWords(rule.settings.permittedFrom, locale);
      const to = clockWords(rule.settings.permittedTo, locale);
      const days = rule.settings.days?.map((day) => t(`day.${day}`)).join(", ");
      return days ? t("about.quiet-hours-days", { from, to, days }) : t("about.quiet-hours", { from, to });
    }
    case "frequency-cap":
      return t("about.frequency-cap", rule.settings);
    case "forbidden-words":
      return t("about.forbidden-words", { list: rule.settings.words.join(", ") });
    case "second-pair-of-eyes":
      return t("about.second-pair-of-eyes", { above: rule.settings.above.toLocaleString(locale) });
  }
}

function WouldHave() {
  const t = useWords(words);
  const found = useDecisions({ differing: true });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t("wouldHave")}>
      <p className={styles.sectionLead}>{items.length === 0 ? t("nothingDiffers") : t("wouldHaveLead")}</p>
      <ul className={styles.decisions}>
        {items.map((decision) => (
          <DecisionRow key={decision.id} decision={decision} />
        ))}
      </ul>
      <More of={found} />
    </Section>
  );
}

function Rehearsals() {
  const t = useWords(words);
  const found = useShadowRuns();
  if (!found.data?.length) return null;
  return (
    <Section title={t("rehearsal")}>
      {found.data.slice(0, 5).map((run) => (
        <Rehearsal key={run.id} run={run} />
      ))}
    </Section>
  );
}

function Rehearsal(props: { run: ShadowRun }) {
  const { run } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { judged, total, changed } = run;
  const kind = (run.what as { rule?: { kind: OwnRule["kind"] } }).rule?.kind;
  return (
    <div className={styles.run}>
      <p>
        <strong>{kind ? t(`kind.${kind}`) : t("rules")}</strong>{" "}
        <span className={`${styles.quiet} figures`}>{shortDateTime(run.createdAt, locale)}</span>
      </p>
      {run.state === "failed" ? (
        <p className={rows.problem}>{t("rehearsalFailed", { reason: run.failure ?? "" })}</p>
      ) : run.state === "done" ? (
        <p>{t("rehearsed", { judged, changed })}</p>
      ) : (
        <>
          <p className="figures">{t("rehearsing", { judged, total })}</p>
          <Progress value={total === 0 ? 0 : (judged / total) * 100} aria-label={t("rehearsal")} />
        </>
      )}
      {run.findings.length > 0 && (
        <ul className={styles.decisions}>
          {run.findings.slice(0, 8).map((finding) => (
            <li key={finding.decisionId}>
              <time className="figures" dateTime={finding.at}>
                {shortDateTime(finding.at, locale)}
              </time>
              <Chip tone={verdictTones[finding.after]}>{t(`does.${finding.after}`)}</Chip>
              <span className={styles.words}>
                {finding.contact && (
                  <Link to="/contacts/$contactId" params={{ contactId: finding.contact.id }} className="cut">
                    {finding.contact.name}
                  </Link>
                )}
                <span className={styles.quiet}>
                  {t("before")}: {t(`does.${finding.before}`)}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function SetAside() {
  const t = useWords(words);
  const found = useOverrides();
  const search = useSearch({ from: "/inside/standing/house" });
  const navigate = useNavigate();
  const [asking, setAsking] = useState(search.ask !== undefined);
  return (
    <Section
      title={t("aside")}
      act={
        <Button variant="default" size="compact-md" onClick={() => setAsking(true)}>
          {t("askAside")}
        </Button>
      }
    >
      <p className={styles.sectionLead}>{t("asideLead")}</p>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && <p className={styles.empty}>{t("noAside")}</p>}
      <ul className={rows.rows}>
        {found.data?.map((one) => (
          <OverrideRow key={one.id} override={one} />
        ))}
      </ul>
      {asking && (
        <OverrideForm
          close={() => {
            setAsking(false);
            void navigate({ to: "/standing/house", search: {}, replace: true });
          }}
          {...(search.ask ? { ruleId: search.ask } : {})}
          {...(search.contact ? { contactId: search.contact } : {})}
        />
      )}
    </Section>
  );
}

function OverrideRow(props: { override: Override }) {
  const { override: one } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const decide = async (word: "grant" | "decline") => {
    try {
      await api.post(`overrides/${one.id}/${word}`);
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    refresh();
  };
  const until = shortDateTime(one.expiresAt, locale);
  const isOver = Date.parse(one.expiresAt) < Date.now();
  return (
    <li>
      <span className={rows.grow}>
        <span className={rows.name}>
          {one.ruleTitle} {one.contact ? t("forWhom", { name: one.contact.name }) : t("forAll")}
        </span>
        <span>{one.reason}</span>
        <span className={`${rows.small} figures`}>
          {t("by", { name: one.requestedBy, when: shortDateTime(one.requestedAt, locale) })} ·{" "}
          {one.granted === null
            ? isOver
              ? t("lapsed")
              : t("waiting", { when: until })
            : one.granted
              ? `${t("granted", { name: one.decidedBy ?? "", when: until })} · ${t("used", { count: one.usedCount })}`
              : t("declined", { name: one.decidedBy ?? "" })}
        </span>
      </span>
      {one.mayDecide && (
        <span className={styles.acts}>
          <Button variant="default" size="compact-md" onClick={() => void decide("decline")}>
            {t("decline")}
          </Button>
          <Button size="compact-md" onClick={() => void decide("grant")}>
            {t("grant")}
          </Button>
        </span>
      )}
    </li>
  );
}

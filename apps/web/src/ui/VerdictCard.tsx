import type { Verdict } from "@loket/contract";
import type { ReactNode } from "react";
import { useState } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import { useRule } from "../shell/rules.tsx";
import { shortDate, shortDateTime } from "./time.ts";
import styles from "./VerdictCard.module.css";

type Remedy = Verdict["rules"][number]["remedies"][number];

/** What may not go now: one sentence, the rule and its clause, since when, and what to do instead. */
export function VerdictCard(props: {
  verdict: Verdict;
  /** A button for a remedy this place can carry out; `null` where it is advice only. */
  remedy?: (remedy: Remedy) => ReactNode | null;
  children?: ReactNode;
}) {
  const { verdict, remedy, children } = props;
  const { t, locale } = useLanguage();
  const openRule = useRule();
  const [all, setAll] = useState(false);
  const decisive = verdict.rules[0];
  const others = verdict.rules.slice(1);
  const until = verdict.until && !verdict.until.startsWith("event:") ? verdict.until : null;
  const remedies = decisive?.remedies ?? [];
  const buttons = remedies.map((one) => ({ one, button: remedy?.(one) ?? null }));
  const advice = buttons.filter(({ button }) => button === null).map(({ one }) => one.label);

  return (
    <section className={styles.card} data-outcome={verdict.outcome} aria-label={t(`verdict.${verdict.outcome}`)}>
      <p className={styles.outcome}>
        {verdict.outcome === "hold" && until
          ? t("verdict.holdUntil", { when: shortDateTime(until, locale) })
          : t(`verdict.${verdict.outcome}`)}
      </p>
      {decisive && (
        <>
          <p className={styles.sentence}>{decisive.explanation ?? decisive.title}</p>
          <p className={styles.rule}>
            <span>{decisive.title}</span>
            <span> · {decisive.clause}</span>
            {decisive.since && <span> · {t("verdict.since", { date: sinceWords(decisive.since, locale) })}</span>}{" "}
            <button type="button" className={`plain ${styles.why}`} onClick={() => openRule(decisive.id)}>
              {t("verdict.why")}
            </button>
          </p>
        </>
      )}
      {advice.length > 0 && (
        <ul className={styles.advice}>
          {advice.map((label) => (
            <li key={label}>{label}</li>
          ))}
        </ul>
      )}
      {all &&
        others.map((rule) => (
          <p key={rule.id} className={styles.rule}>
            {rule.explanation ?? rule.title} · {rule.clause}{" "}
            <button type="button" className={`plain ${styles.why}`} onClick={() => openRule(rule.id)}>
              {t("verdict.why")}
            </button>
          </p>
        ))}
      {others.length > 0 && !all && (
        <button type="button" className={`plain ${styles.why}`} onClick={() => setAll(true)}>
          {t("verdict.others", { count: others.length })}
        </button>
      )}
      {(buttons.some(({ button }) => button !== null) || children) && (
        <div className={styles.acts}>
          {buttons.map(({ one, button }) => button && <span key={one.id}>{button}</span>)}
          {children}
        </div>
      )}
    </section>
  );
}

function sinceWords(since: string, locale: "en" | "nl" | "de"): string {
  return Number.isNaN(Date.parse(since)) ? since : shortDate(since, locale);
}

import type { Decision, RuleDescribed } from "@loket/contract";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useWords } from "../shell/words.ts";
import { Bone } from "../ui/Bones.tsx";
import { Chip } from "../ui/Chip.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { More } from "../ui/More.tsx";
import rows from "../ui/rows.module.css";
import { Section } from "../ui/Section.tsx";
import { shortDate, shortDateTime } from "../ui/time.ts";
import { useDecisions, useRules } from "./queries.ts";
import styles from "./rules.module.css";
import { verdictTones } from "./rules.ts";
import { words } from "./words.ts";

/** One rule: what it says, what can be done instead, where it comes from, how it changed, and where it spoke here. */
export function RulePage() {
  const t = useWords(words);
  const { may } = useSession();
  const { ruleId = "" } = useParams({ strict: false });
  const found = useRules(null);
  const rule = found.data?.find((one) => one.id === ruleId);
  return (
    <article className={styles.rule}>
      <Link to="/standing/rules" search={(held) => held} className={rows.back}>
        <Icon of={IconArrowLeft} size={16} /> {t("back")}
      </Link>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && (
        <>
          <Bone width="60%" height={24} />
          <Bone width="90%" />
        </>
      )}
      {found.data && !rule && <EmptyState title={t("none")} lead={ruleId} />}
      {rule && <RuleSheet rule={rule} />}
      {rule && may("decisions:read") && <Spoke ruleId={rule.id} />}
    </article>
  );
}

function RuleSheet(props: { rule: RuleDescribed }) {
  const { rule } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const concerns = Object.values(rule.appliesTo).flatMap((values) => (values === null ? [] : [values.join(", ")]));
  const date = (text: string) => shortDate(text, locale);
  return (
    <>
      <header className={styles.head}>
        <Chip tone={verdictTones[rule.verdict]}>{t(`does.${rule.verdict}`)}</Chip>
        <h2>{rule.title}</h2>
        <code>{rule.id}</code>
        <p className={styles.says}>{rule.explanation}</p>
        <p className={styles.marks}>
          {[
            rule.inForce ? null : t("ended"),
            rule.confidence === "low" ? t("weak") : null,
            rule.isStale ? t("stale") : null,
            rule.overridable ? t("overridable") : null,
          ]
            .filter((mark) => mark !== null)
            .map((mark) => (
              <span key={mark}>{mark}</span>
            ))}
        </p>
      </header>
      <Section>
        <dl className={styles.facts}>
          <dt>{t("instead")}</dt>
          <dd>
            {rule.remedies.length === 0 ? (
              t("nothingInstead")
            ) : (
              <ul>
                {rule.remedies.map((remedy) => (
                  <li key={remedy.id}>{remedy.label}</li>
                ))}
              </ul>
            )}
          </dd>
          <dt>{t("clause")}</dt>
          <dd>{rule.clause}</dd>
          <dt>{t("sources")}</dt>
          <dd>
            <ul>
              {rule.source.map((source) => (
                <li key={source}>{source}</li>
              ))}
            </ul>
          </dd>
          <dt>{t("appliesTo")}</dt>
          <dd>{concerns.length === 0 ? t("everything") : concerns.join(" · ")}</dd>
          {rule.specialises.length > 0 && (
            <>
              <dt>{t("specialises")}</dt>
              <dd>
                <ul>
                  {rule.specialises.map((id) => (
                    <li key={id}>
                      <Link to="/standing/rules/$ruleId" params={{ ruleId: id }} search={(held) => held}>
                        <code>{id}</code>
                      </Link>
                    </li>
                  ))}
                </ul>
              </dd>
            </>
          )}
          <dt>{t("reviewed")}</dt>
          <dd className="figures">{date(rule.reviewed)}</dd>
        </dl>
      </Section>
      <Section title={t("history")}>
        <ol className={styles.history}>
          {[...rule.versions].reverse().map((version) => (
            <li key={`${version.from}${version.to}`} data-now={version.to === null || undefined}>
              <span className="figures">
                {version.from === "always"
                  ? version.to === null
                    ? t("always")
                    : t("historyTo", { to: date(version.to) })
                  : version.to === null
                    ? t("historyFrom", { from: date(version.from) })
                    : t("historyFromTo", { from: date(version.from), to: date(version.to) })}
              </span>
              <span>{t(`does.${version.verdict}`)}</span>
              <span className={styles.quiet}>{version.clause}</span>
            </li>
          ))}
        </ol>
      </Section>
    </>
  );
}

function Spoke(props: { ruleId: string }) {
  const { ruleId } = props;
  const t = useWords(words);
  const found = useDecisions({ ruleId });
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section title={t("spoke")}>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data && items.length === 0 && <p className={styles.empty}>{t("spokeNever")}</p>}
      <ul className={styles.decisions}>
        {items.map((decision) => (
          <DecisionRow key={decision.id} decision={decision} />
        ))}
      </ul>
      <More of={found} />
    </Section>
  );
}

export function DecisionRow(props: { decision: Decision }) {
  const { decision } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  return (
    <li>
      <time className="figures" dateTime={decision.at}>
        {shortDateTime(decision.at, locale)}
      </time>
      <Chip tone={verdictTones[decision.outcome]}>{t(`does.${decision.outcome}`)}</Chip>
      <span className={styles.words}>
        {decision.contact && (
          <Link to="/contacts/$contactId" params={{ contactId: decision.contact.id }} className="cut">
            {decision.contact.name}
          </Link>
        )}
        <span className={styles.quiet}>
          {decision.kind} · {t(`stage.${decision.stage}`)}
        </span>
      </span>
      {decision.shadow && (
        <span className={styles.quiet}>
          {t("after")}: {t(`does.${decision.shadow.outcome}`)}
        </span>
      )}
    </li>
  );
}

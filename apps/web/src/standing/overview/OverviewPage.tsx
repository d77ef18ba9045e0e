import type { SenderStanding, StandingReport, StandingStep } from "@loket/contract";
import { Button } from "@mantine/core";
import { IconCircleCheck, IconEye, IconHandStop } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Section, SettingsPage } from "../../ui/Section.tsx";
import { shortDate } from "../../ui/time.ts";
import { useStanding } from "../queries.ts";
import styles from "./overview.module.css";
import { ProfileForm } from "./ProfileForm.tsx";
import { SenderCard } from "./SenderCard.tsx";
import { words } from "./words.ts";

const levelIcons = { good: IconCircleCheck, watch: IconEye, act: IconHandStop } as const;

/** The page a responsible person opens in the morning: what needs them first, then each sender, then the rest. */
export function OverviewPage() {
  const t = useWords(words);
  const found = useStanding();
  const standing = found.data;
  return (
    <SettingsPage title={t("title")} lead={t("lead")}>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={6} />}
      {standing && <Level level={standing.level} />}
      {standing && <Next standing={standing} />}
      {standing?.senders.length === 0 && (
        <EmptyState title={t("noSenders")} lead={t("noSendersLead")}>
          <Button component={Link} to="/channels">
            {t("connect")}
          </Button>
        </EmptyState>
      )}
      {standing?.senders.map((sender) => (
        <SenderCard key={sender.sender.id} standing={sender} />
      ))}
      {standing && <Contract standing={standing} />}
      {standing && <Book standing={standing} />}
    </SettingsPage>
  );
}

function Level(props: { level: StandingReport["level"] }) {
  const { level } = props;
  const t = useWords(words);
  return (
    <p className={styles.level} data-level={level} role="status">
      <Icon of={levelIcons[level]} size={20} />
      <strong>{t(level)}</strong>
      {level === "good" && <span>{t("goodLead")}</span>}
    </p>
  );
}

/** Everything to do, over all senders, gravest first. */
function Next(props: { standing: StandingReport }) {
  const { standing } = props;
  const t = useWords(words);
  const all: { step: StandingStep; sender: SenderStanding["sender"] | null }[] = [
    ...standing.steps.map((step) => ({ step, sender: null })),
    ...standing.senders.flatMap(({ sender, steps }) => steps.map((step) => ({ step, sender }))),
  ];
  if (all.length === 0) return null;
  const ordered = all.sort((a, b) => Number(b.step.level === "act") - Number(a.step.level === "act"));
  return (
    <Section title={t("next")}>
      <ul className={styles.steps}>
        {ordered.map(({ step, sender }) => (
          <StepRow key={`${sender?.id ?? ""} ${step.code} ${step.value}`} step={step} sender={sender?.name ?? ""} />
        ))}
      </ul>
    </Section>
  );
}

/** Where a step is taken; the others are said in their own words and taken elsewhere. */
const places: Partial<
  Record<StandingStep["code"], "/standing/claims" | "/standing/demands" | "/standing/rules" | "/channels">
> = {
  "claims-block": "/standing/claims",
  "claims-unchecked": "/standing/claims",
  "demand-open": "/standing/demands",
  "sender-disabled": "/standing/demands",
  "rules-stale": "/standing/rules",
  "sender-disconnected": "/channels",
  "fields-missing": "/channels",
  "fields-elsewhere": "/channels",
  "templates-paused": "/channels",
  "templates-rejected": "/channels",
};

function StepRow(props: { step: StandingStep; sender: string }) {
  const { step, sender } = props;
  const t = useWords(words);
  const place = places[step.code];
  return (
    <li data-level={step.level}>
      <span>{t(`step.${step.code}`, { sender, value: step.value ?? "" } as never)}</span>
      {place && (
        <Button component={Link} to={place} variant="default" size="compact-md">
          {t("open")}
        </Button>
      )}
    </li>
  );
}

function Contract(props: { standing: StandingReport }) {
  const { standing } = props;
  const t = useWords(words);
  const { may } = useSession();
  const [telling, setTelling] = useState(false);
  return (
    <Section
      title={t("contract")}
      act={
        may("standing:manage") && (
          <Button variant="default" size="compact-md" onClick={() => setTelling(true)}>
            {t("profile")}
          </Button>
        )
      }
    >
      <p className={styles.lead}>{t("contractLead")}</p>
      {standing.setup.length === 0 ? (
        <p className={styles.quiet}>{t("contractGood")}</p>
      ) : (
        <ul className={styles.steps}>
          {standing.setup.map((finding) => (
            <li key={finding.id} data-level="act">
              <span>
                <Link to="/standing/rules/$ruleId" params={{ ruleId: finding.id }}>
                  {finding.title}
                </Link>
                <br />
                {finding.explanation}
              </span>
            </li>
          ))}
        </ul>
      )}
      {telling && <ProfileForm close={() => setTelling(false)} />}
    </Section>
  );
}

function Book(props: { standing: StandingReport }) {
  const { standing } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { inForce, stale, goingStale, newest } = standing.rules;
  return (
    <Section title={t("rules")}>
      <div className={styles.book}>
        <p>
          {t("rulesState", { inForce, date: shortDate(newest, locale) })}{" "}
          {stale > 0 && t("rulesStale", { count: stale })} {goingStale > 0 && t("rulesSoon", { count: goingStale })}
        </p>
        <dl>
          <div>
            <dd className="figures">{standing.refusedThisWeek.toLocaleString(locale)}</dd>
            <dt>
              {t("refused")} · {t("week")}
            </dt>
          </div>
          <div>
            <dd className="figures">{standing.heldNow.toLocaleString(locale)}</dd>
            <dt>{t("held")}</dt>
          </div>
        </dl>
      </div>
    </Section>
  );
}

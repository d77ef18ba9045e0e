import type { Demand } from "@loket/contract";
import { Button, Checkbox, Textarea } from "@mantine/core";
import { IconMail, IconPlus } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../../ui/Failure.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Section, SettingsPage } from "../../ui/Section.tsx";
import { shortDate, shortDateTime } from "../../ui/time.ts";
import { toast } from "../../ui/toast.tsx";
import { useDemands, useRefresh } from "../queries.ts";
import { DemandForm } from "./DemandForm.tsx";
import styles from "./demands.module.css";
import { Reach } from "./Reach.tsx";
import { words } from "./words.ts";

/** From the letter to the answer, step by step. */
export function DemandsPage() {
  const t = useWords(words);
  const { may } = useSession();
  const found = useDemands();
  const [noting, setNoting] = useState(false);
  const begin = may("standing:manage") && (
    <Button leftSection={<Icon of={IconPlus} size={16} />} onClick={() => setNoting(true)}>
      {t("begin")}
    </Button>
  );
  return (
    <SettingsPage title={t("title")} lead={t("lead")} act={(found.data?.length ?? 0) > 0 && begin}>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={3} />}
      {found.data?.length === 0 && (
        <EmptyState title={t("none")} lead={t("noneLead")}>
          {begin}
        </EmptyState>
      )}
      {found.data?.map((demand) => (
        <DemandCard key={demand.id} demand={demand} />
      ))}
      {may("contacts:read") && <Reach />}
      {noting && <DemandForm close={() => setNoting(false)} />}
    </SettingsPage>
  );
}

const steps = [
  ["stop", "same-day"],
  ["inventory", "two-days"],
  ["claims", "two-days"],
  ["pack", "before-due"],
  ["answer", "before-due"],
  ["migrate", "after"],
] as const;

function DemandCard(props: { demand: Demand }) {
  const { demand } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { may } = useSession();
  const [closing, setClosing] = useState(false);
  const isOpen = demand.closedAt === null;
  const manages = may("standing:manage") && isOpen;
  const isOverdue = isOpen && demand.answerDueAt !== null && Date.parse(demand.answerDueAt) < Date.now();
  return (
    <Section
      title={demand.fromName}
      act={
        manages && (
          <Button variant="default" size="compact-md" onClick={() => setClosing(true)}>
            {t("close")}
          </Button>
        )
      }
    >
      <div className={styles.head} data-open={isOpen || undefined}>
        <Icon of={IconMail} size={20} />
        <p className="figures">
          <strong>{t(isOpen ? "open" : "closed")}</strong> ·{" "}
          {t("receivedOn", { when: shortDate(demand.receivedAt, locale) })}
          {demand.answerDueAt && (
            <span data-late={isOverdue || undefined}>
              {" · "}
              {t(isOverdue ? "overdue" : "dueOn", { when: shortDate(demand.answerDueAt, locale) })}
            </span>
          )}
          {demand.closedAt && ` · ${t("closedOn", { when: shortDate(demand.closedAt, locale) })}`}
          {demand.stopped && ` · ${t("stoppedLine", { what: t(`stop.${demand.stopped}`) })}`}
          {demand.holdsEvidence && ` · ${t("holding")}`}
        </p>
      </div>
      {demand.allegations.length > 0 && (
        <ul className={styles.allegations}>
          {demand.allegations.map((allegation) => (
            <li key={allegation}>{allegation}</li>
          ))}
        </ul>
      )}
      <ol className={styles.steps} aria-label={t("steps")}>
        {steps.map(([step, when]) => (
          <Step key={step} demand={demand} step={step} when={t(when)} manages={manages} />
        ))}
      </ol>
      {closing && <CloseForm demand={demand} close={() => setClosing(false)} />}
    </Section>
  );
}

function Step(props: { demand: Demand; step: (typeof steps)[number][0]; when: string; manages: boolean }) {
  const { demand, step, when, manages } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const done = demand.steps[step];
  const mark = async (isDone: boolean) => {
    try {
      await api.post(`demands/${demand.id}/steps`, { step, done: isDone });
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    refresh();
  };
  return (
    <li data-done={done !== undefined || undefined}>
      <Checkbox
        checked={done !== undefined}
        disabled={!manages}
        label={t(`step.${step}`)}
        description={done ? t("doneBy", { when: shortDateTime(done.at, locale), name: done.by }) : when}
        onChange={(event) => void mark(event.currentTarget.checked)}
      />
      {step === "claims" && !done && (
        <Button component={Link} to="/standing/claims" variant="default" size="compact-md">
          {t("toClaims")}
        </Button>
      )}
      {step === "pack" && !done && (
        <Button
          component={Link}
          to={`/standing/evidence?make=organisation&demand=${demand.id}`}
          variant="default"
          size="compact-md"
        >
          {t("toPack")}
        </Button>
      )}
    </li>
  );
}

function CloseForm(props: { demand: Demand; close: () => void }) {
  const { demand, close } = props;
  const t = useWords(words);
  const { api } = useSession();
  const refresh = useRefresh();
  const [answer, setAnswer] = useState("");
  const save = async () => {
    await api.post(`demands/${demand.id}/close`, { answer: answer.trim() });
    refresh();
  };
  return (
    <FormDialog title={t("close")} close={close} send={save} label={t("close")} disabled={answer.trim().length < 3}>
      <p>{t("closeLead")}</p>
      <Textarea
        data-autofocus
        label={t("answer")}
        autosize
        minRows={3}
        maxLength={10_000}
        value={answer}
        onChange={(event) => setAnswer(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

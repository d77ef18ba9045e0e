import type { Campaign, Sender, Template } from "@loket/contract";
import { Button, Modal, Radio, Select, TextInput } from "@mantine/core";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useSenders } from "../../shell/directory.ts";
import { useLanguage, useT } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useTemplates } from "../../templates/queries.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { Failure } from "../../ui/Failure.tsx";
import { useSending } from "../../ui/FormDialog.tsx";
import { readablePhone } from "../../ui/phone.ts";
import rows from "../../ui/rows.module.css";
import { toast } from "../../ui/toast.tsx";
import { ForecastCard } from "../forecast/ForecastCard.tsx";
import { useForecast, useRefresh } from "../queries.ts";
import { words as shared } from "../words.ts";
import { AudienceStep } from "./AudienceStep.tsx";
import { bodyOf, type Draft, forecastOf, type Kind, kinds, problemsOf } from "./draft.ts";
import styles from "./form.module.css";
import { TemplateList, TemplateValuesForm } from "./TemplateStep.tsx";
import { WhenStep } from "./WhenStep.tsx";
import { words } from "./words.ts";

const askAfterMs = 500;

/** A campaign from its name to its hour on one page, with what would become of it beside it. */
export function CampaignForm(props: { first: Draft; campaign: Campaign | null }) {
  const { first, campaign } = props;
  const t = useWords(words);
  const { api, organisation } = useSession();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const senders = useSenders();
  const sending = useSending();
  const zone = organisation.timeZone;
  const form = useRef<HTMLFormElement>(null);
  const saved = useRef(false);
  const [draft, setDraft] = useState(first);
  const [tried, setTried] = useState(0);
  const templates = useTemplates(draft.senderId);
  const approved = useMemo(() => templates.data?.filter(isForMany) ?? [], [templates.data]);
  const template = approved.find(({ id }) => id === draft.templateId) ?? null;
  const problems = problemsOf(draft, template, zone, Date.now());
  const count = Object.keys(problems).length;
  const problem = (field: string) => {
    const found = tried > 0 ? problems[field] : undefined;
    return found && t(found);
  };
  const change = (next: Partial<Draft>) => setDraft((held) => ({ ...held, ...next }));
  const asked = useSettled(useMemo(() => forecastOf(draft, template, zone), [draft, template, zone]));
  const isChanged = JSON.stringify(draft) !== JSON.stringify(first);

  // Where to begin mending is where the keyboard goes.
  useEffect(() => {
    if (tried > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-focus-problem]')?.focus();
  }, [tried]);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (count > 0 || template === null) {
      setTried((held) => held + 1);
      return;
    }
    await sending.send(async () => {
      const body = bodyOf(draft, template, zone, Date.now());
      const kept = campaign
        ? await api.patch<Campaign>(`campaigns/${campaign.id}`, body)
        : await api.post<Campaign>("campaigns", body);
      saved.current = true;
      void refresh();
      toast(t("saved"));
      await navigate({ to: "/campaigns/$campaignId", params: { campaignId: kept.id } });
    });
  };

  return (
    <form ref={form} className={styles.form} onSubmit={(event) => void save(event)} noValidate>
      <div className={styles.steps}>
        <Step number={1} title={t("what")}>
          <TextInput
            label={t("name")}
            description={t("nameHint")}
            maxLength={120}
            value={draft.name}
            error={problem("name")}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Select
            label={t("sender")}
            value={draft.senderId}
            error={problem("sender")}
            data={(senders.data ?? [])
              .filter(sendsToMany)
              .map(({ id, name, address }) => ({ value: id, label: `${name} · ${readablePhone(address)}` }))}
            onChange={(senderId) => change({ senderId, templateId: null, values: {}, fallbacks: {} })}
          />
          <KindField kind={draft.kind} change={(kind) => change({ kind })} />
        </Step>
        <Step number={2} title={t("message")}>
          {templates.isError && <Failure error={templates.error} retry={() => void templates.refetch()} />}
          {draft.senderId === null && <p className={styles.quiet}>{t("needsSender")}</p>}
          {draft.senderId !== null && templates.isPending && <RowBones count={3} />}
          {template ? (
            <TemplateValuesForm draft={draft} template={template} change={change} problem={problem} />
          ) : (
            templates.data && (
              <TemplateList
                templates={approved}
                problem={problem("template")}
                choose={(templateId) => change({ templateId, values: {}, fallbacks: {} })}
              />
            )
          )}
        </Step>
        <Step number={3} title={t("people")}>
          <AudienceStep
            audience={draft.audience}
            change={(audience) => change({ audience })}
            problem={problem("people")}
          />
        </Step>
        <Step number={4} title={t("when")}>
          <WhenStep draft={draft} change={change} problem={problem} />
        </Step>
      </div>
      <div className={styles.beside}>
        <ForecastCard of={asked} />
      </div>
      <footer className={styles.foot}>
        <div className={styles.say}>
          {sending.problem}
          {tried > 0 && count > 0 ? (
            <p className={styles.error} role="alert">
              {t("fixThese", { count })}
            </p>
          ) : (
            <Summary of={asked} />
          )}
        </div>
        <Button
          variant="default"
          onClick={() =>
            void (campaign
              ? navigate({ to: "/campaigns/$campaignId", params: { campaignId: campaign.id } })
              : navigate({ to: "/campaigns" }))
          }
        >
          {t("cancel")}
        </Button>
        <Button type="submit" loading={sending.busy}>
          {t("save")}
        </Button>
      </footer>
      <Leaving isChanged={() => isChanged && !saved.current} />
    </form>
  );
}

/** Templates are a thing of WhatsApp. */
export function sendsToMany({ channel }: Sender): boolean {
  return channel === "whatsapp";
}

/** Codes are sent by systems to one person at a time. */
function isForMany({ status, category }: Template): boolean {
  return status === "APPROVED" && category !== "AUTHENTICATION";
}

/** What is asked about, once nothing has changed for a moment. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  const key = JSON.stringify(value);
  const latest = useRef(value);
  latest.current = value;
  useEffect(() => {
    const timer = setTimeout(() => setSettled(latest.current), key === "null" ? 0 : askAfterMs);
    return () => clearTimeout(timer);
  }, [key]);
  return settled;
}

function Step(props: { number: number; title: string; children: ReactNode }) {
  const { number, title, children } = props;
  return (
    <section className={styles.step} aria-labelledby={`step-${number}`}>
      <h2 id={`step-${number}`}>
        <span className={`${styles.number} figures`} aria-hidden="true">
          {number}
        </span>
        {title}
      </h2>
      <div className={styles.sheet}>{children}</div>
    </section>
  );
}

function KindField(props: { kind: Kind; change: (kind: Kind) => void }) {
  const { kind, change } = props;
  const t = useWords(words);
  const names = useWords(shared);
  return (
    <Radio.Group
      label={t("kind")}
      value={kind}
      onChange={(value) => change(kinds.find((one) => one === value) ?? "newsletter")}
    >
      <div className={styles.kinds}>
        {kinds.map((one) => (
          <Radio key={one} value={one} label={names(`kind.${one}`)} description={t(`about.${one}`)} />
        ))}
      </div>
    </Radio.Group>
  );
}

/** The forecast in one line, where its card is out of sight. */
function Summary(props: { of: Parameters<typeof useForecast>[0] }) {
  const t = useWords(words);
  const { locale } = useLanguage();
  const { data } = useForecast(props.of);
  if (props.of === null || !data) return null;
  const number = (count: number) => count.toLocaleString(locale);
  return (
    <p className={`${styles.quiet} figures`}>
      {t("summary", { go: number(data.willGo), audience: number(data.audience) })}
    </p>
  );
}

/** Whoever leaves with something filled in is asked first. */
function Leaving(props: { isChanged: () => boolean }) {
  const { isChanged } = props;
  const t = useWords(words);
  const common = useT();
  const blocker = useBlocker({ shouldBlockFn: isChanged, enableBeforeUnload: isChanged, withResolver: true });
  if (blocker.status !== "blocked") return null;
  return (
    <Modal opened onClose={blocker.reset} title={t("leave")} closeButtonProps={{ "aria-label": common("app.close") }}>
      <div className={rows.form}>
        <p>{t("leaveLead")}</p>
        <div className={rows.sendRow}>
          <Button variant="default" onClick={blocker.reset} data-autofocus>
            {t("stay")}
          </Button>
          <Button color="red" onClick={blocker.proceed}>
            {t("leaveNow")}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

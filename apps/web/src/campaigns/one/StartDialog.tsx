import type { Campaign, Verdict } from "@loket/contract";
import { Button, CopyButton, TextInput } from "@mantine/core";
import { useState } from "react";
import { Refused } from "../../shell/api.ts";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { VerdictCard } from "../../ui/VerdictCard.tsx";
import { zonedDateTime } from "../../ui/zone.ts";
import { forecastOfCampaign, useForecast, useRefresh } from "../queries.ts";
import styles from "./one.module.css";
import { words } from "./words.ts";

/** From here on a slip of the hand would reach many: the number is typed. */
const typedFrom = 1_000;

/** Says how many are about to go before they go. A rule of the house that asks for a second person is shown as it stands. */
export function StartDialog(props: { campaign: Campaign; done: () => void; close: () => void }) {
  const { campaign, done, close } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api, organisation } = useSession();
  const refresh = useRefresh();
  const forecast = useForecast(forecastOfCampaign(campaign));
  const [typed, setTyped] = useState("");
  const [wrong, setWrong] = useState(false);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const count = forecast.data?.willGo ?? campaign.progress.audience;
  const held = forecast.data?.held ?? 0;
  const shown = count.toLocaleString(locale);
  const mustType = count >= typedFrom;
  const startsLater = campaign.startsAt !== null && Date.parse(campaign.startsAt) > Date.now();

  const send = async () => {
    if (mustType && typed.replace(/\D/g, "") !== String(count)) {
      setWrong(true);
      return "stay";
    }
    setVerdict(null);
    try {
      await api.post(`campaigns/${campaign.id}/start`);
    } catch (error) {
      if (error instanceof Refused && error.problem.verdict) {
        setVerdict(error.problem.verdict);
        return "stay";
      }
      throw error;
    }
    toast(t("started"));
    await refresh();
    done();
  };

  return (
    <FormDialog
      title={t("startTitle")}
      size={520}
      close={close}
      send={send}
      label={t("start")}
      disabled={forecast.isPending}
    >
      <p className={`${styles.about} figures`} aria-busy={forecast.isPending}>
        {forecast.isPending
          ? "…"
          : startsLater
            ? t("startAt", {
                count,
                when: zonedDateTime(campaign.startsAt ?? "", locale, organisation.timeZone),
                zone: organisation.timeZone,
              })
            : t("startNow", { count })}
      </p>
      <ul className={`${styles.conditions} figures`}>
        {held > 0 && <li>{t("startHeld", { count: held })}</li>}
        {campaign.canaryCount > 0 && campaign.canaryCount < count && (
          <li>{t("startSlice", { count: campaign.canaryCount })}</li>
        )}
        <li>{t("startJudged")}</li>
      </ul>
      {mustType && !forecast.isPending && (
        <TextInput
          data-autofocus
          inputMode="numeric"
          autoComplete="off"
          label={t("typeNumber", { count: shown })}
          error={wrong && t("typeWrong", { count: shown })}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setWrong(false);
          }}
        />
      )}
      {verdict && (
        <div className={styles.refused} role="alert">
          <VerdictCard verdict={verdict} />
          <p>{t("askSecond")}</p>
          <CopyButton value={location.href}>
            {({ copied, copy }) => (
              <Button variant="default" size="compact-md" onClick={copy} aria-live="polite">
                {copied ? t("copied") : t("copyLink")}
              </Button>
            )}
          </CopyButton>
        </div>
      )}
    </FormDialog>
  );
}

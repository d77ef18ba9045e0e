import type { Campaign } from "@loket/contract";
import { IconAlertTriangle, IconClock, IconHandStop, IconPlayerPause, IconPlayerTrackNext } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useNow } from "../../ui/clock.ts";
import { Icon } from "../../ui/Icon.tsx";
import { zonedDateTime } from "../../ui/zone.ts";
import { waitsUntil } from "../progress.ts";
import { isMoving } from "../queries.ts";
import styles from "./one.module.css";
import { words } from "./words.ts";

/** Why it stands still, and what has to happen. */
export function Notices(props: { campaign: Campaign }) {
  const { campaign } = props;
  const { state, brake, brakeWords, waitsWords, inCanary, canaryCount, progress } = campaign;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { organisation } = useSession();
  const now = useNow();
  const until = waitsUntil(campaign, now);
  const number = (count: number) => count.toLocaleString(locale);
  if (state === "draft" && Date.parse(campaign.expiresAt) < now)
    return (
      <Notice tone="act" icon={IconAlertTriangle} title={t("expiredDraft")}>
        {t("expiredDraftLead")}
      </Notice>
    );
  if (state === "paused" && brake !== null)
    return (
      <Notice
        tone={brake === "member" ? "wait" : "act"}
        icon={brake === "member" ? IconPlayerPause : IconHandStop}
        title={t(`brake.${brake}`)}
      >
        {brake === "failures" && brakeWords ? t("mostly", { reason: brakeWords }) : brakeWords} {t(`do.${brake}`)}
      </Notice>
    );
  if (!isMoving(state)) return null;
  if (until !== null)
    return (
      <Notice
        tone="wait"
        icon={IconClock}
        title={t("waiting", { when: zonedDateTime(until, locale, organisation.timeZone) })}
      >
        {waitsWords} {t(campaign.waitsUntil === null ? "startsLead" : "waitingLead")}
      </Notice>
    );
  if (inCanary)
    return (
      <Notice tone="note" icon={IconPlayerTrackNext} title={t("canary", { count: number(canaryCount) })}>
        {t("canaryLead")}
      </Notice>
    );
  if (state === "freezing" && progress.toFreeze > 0)
    return (
      <p className={`${styles.quiet} figures`}>
        {t("freezing", { done: number(progress.audience - progress.toFreeze), total: number(progress.audience) })}
      </p>
    );
  return null;
}

function Notice(props: { tone: "act" | "wait" | "note"; icon: typeof IconClock; title: string; children: ReactNode }) {
  const { tone, icon, title, children } = props;
  return (
    <div className={styles.notice} data-tone={tone} role="status">
      <Icon of={icon} size={20} />
      <div>
        <strong>{title}</strong>
        <p>{children}</p>
      </div>
    </div>
  );
}

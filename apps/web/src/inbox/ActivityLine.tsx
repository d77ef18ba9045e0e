import type { Activity } from "@loket/contract";
import { useState } from "react";
import { useById, useLabels, useMembers } from "../shell/directory.ts";
import { type Translate, useLanguage } from "../shell/i18n.tsx";
import { timeOfDay } from "../ui/time.ts";
import styles from "./ActivityLine.module.css";

type Lookup = (id: string | undefined) => string | undefined;

/** What happened around the conversation: the last event in one line, the ones before it behind a count. */
export function ActivityLine(props: { activities: readonly Activity[] }) {
  const { activities } = props;
  const { t, locale } = useLanguage();
  const members = useById(useMembers().data);
  const labels = useById(useLabels().data);
  const [open, setOpen] = useState(false);
  const memberName: Lookup = (id) => (id ? members.get(id)?.name : undefined);
  const labelName: Lookup = (id) => (id ? labels.get(id)?.name : undefined);
  const shown = open ? activities : activities.slice(-1);

  return (
    <div className={styles.lines}>
      {activities.length > 1 && !open && (
        <button type="button" className="plain" onClick={() => setOpen(true)}>
          {t("thread.foldedMore", { count: activities.length - 1 })}
        </button>
      )}
      {shown.map((activity) => (
        <p key={activity.id} className="figures">
          {activityWords(activity, t, memberName, labelName)} · {timeOfDay(activity.createdAt, locale)}
        </p>
      ))}
    </div>
  );
}

export function activityWords(activity: Activity, t: Translate, memberName: Lookup, labelName: Lookup): string {
  const { kind, by, detail } = activity;
  const name = by?.name;
  switch (kind) {
    case "opened":
      return t("activity.opened");
    case "reopened":
      return name ? t("activity.reopenedBy", { name }) : t("activity.reopened");
    case "claimed":
      return name ? t("activity.claimed", { name }) : t("activity.opened");
    case "assigned": {
      const to = detail.assigneeName ?? memberName(detail.assigneeId) ?? detail.name ?? "?";
      return name ? t("activity.assigned", { to, name }) : t("activity.assignedPlain", { to });
    }
    case "unassigned":
      return t("activity.unassigned");
    case "closed":
      return name ? t("activity.closedBy", { name }) : t("activity.closed");
    case "snoozed":
      return name ? t("activity.snoozed", { name }) : t("activity.snoozedPlain");
    case "woke":
      return t("activity.woke");
    case "labelled":
      return t("activity.labelled", {
        label: detail.label ?? detail.name ?? labelName(detail.labelId) ?? "?",
      });
    case "unlabelled":
      return t("activity.unlabelled", {
        label: detail.label ?? detail.name ?? labelName(detail.labelId) ?? "?",
      });
    case "opted-out":
      return t("activity.optedOut");
    case "maybe-opted-out":
      return t("activity.maybeOptedOut");
    case "opted-in":
      return t("activity.optedIn");
    case "asked-consent":
      return t("activity.askedConsent");
    case "wants-back":
      return t("activity.wantsBack");
    case "clarified":
      return t(detail.meant === "opt-out" ? "activity.clarifiedOptOut" : "activity.clarified");
    case "number-changed":
      return t("activity.numberChanged");
    case "identity-changed":
      return t("activity.identityChanged");
  }
}

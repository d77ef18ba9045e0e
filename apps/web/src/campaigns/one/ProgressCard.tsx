import type { Campaign } from "@loket/contract";
import { Link } from "@tanstack/react-router";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { Section } from "../../ui/Section.tsx";
import { BarTable, StackedBar } from "../../ui/StackedBar.tsx";
import { wallClock, zonedDateTime } from "../../ui/zone.ts";
import page from "../campaigns.module.css";
import { type ProgressPart, progressParts } from "../progress.ts";
import { isMoving } from "../queries.ts";
import type { DeliveryFilter } from "../search.ts";
import { words as shared } from "../words.ts";
import styles from "./one.module.css";
import { words } from "./words.ts";

/** The messages behind a count. */
const behind: Readonly<Record<ProgressPart["key"], DeliveryFilter>> = {
  waiting: { state: "queued" },
  held: { state: "held" },
  underWay: { state: "handing-over" },
  uncertain: { state: "uncertain" },
  accepted: { state: "accepted" },
  delivered: { reached: "delivered" },
  read: { reached: "read" },
  failed: { reached: "failed" },
  refused: { state: "refused" },
  expired: { state: "expired" },
  cancelled: { state: "cancelled" },
  excluded: { state: "excluded" },
};

/** Where everybody is, in one bar and in figures that lead to the people. */
export function ProgressCard(props: { campaign: Campaign; showList: () => void }) {
  const { campaign, showList } = props;
  const { progress, state } = campaign;
  const t = useWords(words);
  const names = useWords(shared);
  const { locale } = useLanguage();
  const { organisation } = useSession();
  const parts = progressParts(progress).map((part) => ({ ...part, name: names(`part.${part.key}`) }));
  const clock = (at: string) => {
    const zone = organisation.timeZone;
    const there = wallClock(at, zone);
    return there.date === wallClock(Date.now(), zone).date ? there.time : zonedDateTime(at, locale, zone);
  };
  return (
    <Section title={t("progress")}>
      <div className={styles.card}>
        <p className={`${page.headline} figures`}>
          <strong>{t("outOf", { count: progress.accepted })}</strong>{" "}
          <span className={styles.quiet}>
            {[
              t("ofAudience", { count: progress.audience }),
              isMoving(state) && progress.perMinute > 0 ? t("perMinute", { count: progress.perMinute }) : null,
              isMoving(state) && progress.endsAt ? t("endsAt", { when: clock(progress.endsAt) }) : null,
            ]
              .filter((one) => one !== null)
              .join(" · ")}
          </span>
        </p>
        <StackedBar parts={parts} locale={locale} />
        <BarTable
          label={t("progress")}
          parts={parts}
          total={progress.audience}
          locale={locale}
          columns={{ what: names("what"), count: names("count"), share: names("share") }}
          row={(part) =>
            part.count === 0 ? (
              part.name
            ) : (
              <Link
                to="/campaigns/$campaignId"
                params={{ campaignId: campaign.id }}
                search={behind[part.key as ProgressPart["key"]]}
                replace
                className={styles.filter}
                onClick={showList}
              >
                {part.name}
              </Link>
            )
          }
        />
      </div>
    </Section>
  );
}

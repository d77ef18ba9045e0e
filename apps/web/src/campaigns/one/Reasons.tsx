import type { Campaign } from "@loket/contract";
import { Link, useSearch } from "@tanstack/react-router";
import { useLanguage } from "../../shell/i18n.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { Failure } from "../../ui/Failure.tsx";
import rows from "../../ui/rows.module.css";
import { Section } from "../../ui/Section.tsx";
import { isMoving, useReasons } from "../queries.ts";
import styles from "./one.module.css";
import { words } from "./words.ts";

/** Why some did not get it, most first; each leads to the messages it kept back. */
export function Reasons(props: { campaign: Campaign; showList: () => void }) {
  const { campaign, showList } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { reason: chosen } = useSearch({ from: "/inside/campaigns/$campaignId" });
  const found = useReasons(campaign.id, isMoving(campaign.state));
  const reasons = found.data ?? [];
  return (
    <Section title={t("reasons")}>
      {found.isError && !found.data && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={2} />}
      {found.data && reasons.length === 0 && <p className={rows.quiet}>{t("noReasons")}</p>}
      <ul className={styles.reasons}>
        {reasons.map(({ reason, title, explanation, by, state, count }) => (
          <li key={`${reason} ${state}`}>
            <Link
              to="/campaigns/$campaignId"
              params={{ campaignId: campaign.id }}
              search={{ reason }}
              replace
              aria-current={chosen === reason || undefined}
              onClick={showList}
            >
              <span>
                <strong>{title}</strong>
                {explanation !== title && <span>{explanation}</span>}
                <span className={styles.quiet}>
                  {t(`by.${by}`)} · {t(`outcome.${state === "accepted" ? "failed" : state}`)}
                </span>
              </span>
              <span className="figures">{count.toLocaleString(locale)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

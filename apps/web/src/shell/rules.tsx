import type { rule } from "@loket/contract";
import { Drawer } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import { Bone } from "../ui/Bones.tsx";
import { Failure } from "../ui/Failure.tsx";
import { shortDate } from "../ui/time.ts";
import type { Of } from "./api.ts";
import { useLanguage } from "./i18n.tsx";
import styles from "./rules.module.css";
import { useSession } from "./session.tsx";

type Rule = Of<typeof rule>;

const RuleContext = createContext<(ruleId: string) => void>(() => {});

/** Opens a rule of the terms book beside whatever is on screen. */
export function useRule(): (ruleId: string) => void {
  return useContext(RuleContext);
}

export function RuleProvider(props: { children: ReactNode }) {
  const { children } = props;
  const { t } = useLanguage();
  const [ruleId, setRuleId] = useState<string | null>(null);
  return (
    <RuleContext value={setRuleId}>
      {children}
      <Drawer
        opened={ruleId !== null}
        onClose={() => setRuleId(null)}
        position="right"
        size={400}
        title={t("rule.title")}
        closeButtonProps={{ "aria-label": t("app.close") }}
      >
        {ruleId && <RuleSheet ruleId={ruleId} />}
      </Drawer>
    </RuleContext>
  );
}

function RuleSheet(props: { ruleId: string }) {
  const { ruleId } = props;
  const { api, organisation } = useSession();
  const { t, locale } = useLanguage();
  const found = useQuery({
    queryKey: ["rule", organisation.id, ruleId, locale],
    queryFn: ({ signal }) => api.get<Rule>(`rules/${encodeURIComponent(ruleId)}`, { locale }, signal),
    staleTime: 3_600_000,
  });

  if (found.isError) return <Failure error={found.error} retry={() => void found.refetch()} />;
  const date = (text: string) => (Number.isNaN(Date.parse(text)) ? text : shortDate(text, locale));
  return (
    <article className={styles.rule}>
      <h2>{found.data?.title ?? <Bone width="70%" height={18} />}</h2>
      <p className={styles.id}>{ruleId}</p>
      {found.data && (
        <>
          <p>{found.data.explanation}</p>
          <dl>
            <dt>{t("rule.clause")}</dt>
            <dd>{found.data.clause}</dd>
            <dt>{t("rule.history")}</dt>
            {found.data.versions.map((version) => (
              <dd key={version.from} className="figures">
                {version.to
                  ? t("rule.fromTo", { from: date(version.from), to: date(version.to) })
                  : t("rule.from", { from: date(version.from) })}
              </dd>
            ))}
            <dt>{t("rule.sources")}</dt>
            {found.data.source.map((source) => (
              <dd key={source}>
                {/^https?:/.test(source) ? (
                  <a href={source} target="_blank" rel="noreferrer">
                    {source}
                  </a>
                ) : (
                  source
                )}
              </dd>
            ))}
          </dl>
          <p className={styles.id}>{t(`rule.confidence.${found.data.confidence}`)}</p>
        </>
      )}
    </article>
  );
}

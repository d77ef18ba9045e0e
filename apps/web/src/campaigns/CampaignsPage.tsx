import type { Campaign, CampaignState } from "@loket/contract";
import { Button, Select } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { useById, useSenders } from "../shell/directory.ts";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useWords } from "../shell/words.ts";
import { RowBones } from "../ui/Bones.tsx";
import { EmptyState } from "../ui/EmptyState.tsx";
import { Failure } from "../ui/Failure.tsx";
import { Icon } from "../ui/Icon.tsx";
import { More } from "../ui/More.tsx";
import { Section } from "../ui/Section.tsx";
import { StackedBar } from "../ui/StackedBar.tsx";
import { zonedDateTime } from "../ui/zone.ts";
import styles from "./campaigns.module.css";
import { progressParts, settledCount } from "./progress.ts";
import { useCampaigns } from "./queries.ts";
import { StateMark } from "./StateMark.tsx";
import { states } from "./search.ts";
import { words } from "./words.ts";

/** All campaigns, newest first: how far each is, and what stands still. */
export function CampaignsPage() {
  const t = useWords(words);
  const { may, organisation } = useSession();
  const { state } = useSearch({ from: "/inside/campaigns" });
  const navigate = useNavigate();
  const found = useCampaigns(state ?? null);
  const items = found.data?.pages.flatMap((page) => page.items) ?? [];
  const isEmpty = found.data !== undefined && items.length === 0;
  const show = (next: CampaignState | undefined) =>
    void navigate({ to: "/campaigns", search: next ? { state: next } : {}, replace: true });
  useEffect(() => {
    document.title = `${t("title")} · Loket`;
  }, [t]);
  const make = may("campaigns:manage") && (
    <Button component={Link} to="/campaigns/new" leftSection={<Icon of={IconPlus} size={16} />}>
      {t("new")}
    </Button>
  );

  return (
    <main className={styles.page} id="conversation">
      <header className={styles.head}>
        <div>
          <h1>{t("title")}</h1>
          <p>{t("lead")}</p>
        </div>
        {(!isEmpty || state) && make}
      </header>
      {(!isEmpty || state) && (
        <div className={styles.filters}>
          <Select
            aria-label={t("stateLabel")}
            value={state ?? ""}
            data={[
              { value: "", label: t("anyState") },
              ...states.map((one) => ({ value: one, label: t(`state.${one}`) })),
            ]}
            onChange={(value) => show(states.find((one) => one === value))}
          />
          <span className={styles.small}>{t("zone", { zone: organisation.timeZone })}</span>
        </div>
      )}
      {found.isError && !found.data && <Failure error={found.error} retry={() => void found.refetch()} />}
      {(found.isPending || items.length > 0) && (
        <Section>
          {found.isPending && <RowBones count={5} />}
          <ul className={styles.rows}>
            {items.map((campaign) => (
              <CampaignRow key={campaign.id} campaign={campaign} />
            ))}
          </ul>
          <More of={found} />
        </Section>
      )}
      {isEmpty &&
        (state ? (
          <EmptyState title={t("noneHere")}>
            <Button variant="default" onClick={() => show(undefined)}>
              {t("showAll")}
            </Button>
          </EmptyState>
        ) : (
          <EmptyState title={t("none")} lead={t("noneLead")}>
            {make}
          </EmptyState>
        ))}
    </main>
  );
}

function CampaignRow(props: { campaign: Campaign }) {
  const { campaign } = props;
  const { progress, state } = campaign;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { organisation } = useSession();
  const senders = useSenders();
  const sender = useById(senders.data).get(campaign.senderId)?.name ?? (senders.data ? t("senderGone") : "…");
  const parts = progressParts(progress).map((part) => ({ ...part, name: t(`part.${part.key}`) }));
  const number = (count: number) => count.toLocaleString(locale);
  const when = (at: string) => ({
    when: zonedDateTime(at, locale, organisation.timeZone),
    name: campaign.createdBy.name,
  });
  return (
    <li>
      <Link to="/campaigns/$campaignId" params={{ campaignId: campaign.id }}>
        <span className={styles.about}>
          <strong dir="auto">{campaign.name}</strong>
          <span className={styles.small}>
            {sender} · {t(`kind.${campaign.kind}`)}
          </span>
        </span>
        <StateMark campaign={campaign} />
        <span className={styles.progress}>
          {state === "draft" ? (
            progress.audience > 0 && (
              <span className={`${styles.small} figures`}>{t("peopleAbout", { count: progress.audience })}</span>
            )
          ) : (
            <>
              <StackedBar thin parts={parts} locale={locale} />
              <span className={`${styles.small} figures`}>
                {t("doneOf", { done: number(settledCount(progress)), total: number(progress.audience) })}
              </span>
            </>
          )}
        </span>
        <span className={`${styles.small} ${styles.when} figures`}>
          {campaign.endedAt
            ? t("endedBy", when(campaign.endedAt))
            : campaign.startedAt
              ? t("startedBy", when(campaign.startedAt))
              : campaign.startsAt
                ? t("startsAt", when(campaign.startsAt))
                : t("createdBy", when(campaign.createdAt))}
        </span>
      </Link>
    </li>
  );
}

import type { Campaign } from "@loket/contract";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { Refused } from "../../shell/api.ts";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import rows from "../../ui/rows.module.css";
import { zonedDateTime } from "../../ui/zone.ts";
import page from "../campaigns.module.css";
import { ForecastCard } from "../forecast/ForecastCard.tsx";
import { forecastOfCampaign, useCampaign } from "../queries.ts";
import { StateMark } from "../StateMark.tsx";
import { words as shared } from "../words.ts";
import { Acts } from "./Acts.tsx";
import { Aside } from "./Aside.tsx";
import { Deliveries } from "./Deliveries.tsx";
import { Notices } from "./Notices.tsx";
import styles from "./one.module.css";
import { ProgressCard } from "./ProgressCard.tsx";
import { Reasons } from "./Reasons.tsx";
import { words } from "./words.ts";

/** One campaign: what it is about to do, what it does, what became of it. */
export function CampaignPage() {
  const t = useWords(words);
  const names = useWords(shared);
  const { campaignId } = useParams({ from: "/inside/campaigns/$campaignId" });
  const found = useCampaign(campaignId);
  const isGone = found.error instanceof Refused && found.error.problem.status === 404;
  const name = found.data?.name;
  useEffect(() => {
    document.title = `${name ?? names("title")} · Loket`;
  }, [name, names]);
  return (
    <main className={page.page} id="conversation" data-wide>
      <Link to="/campaigns" className={rows.back}>
        <Icon of={IconArrowLeft} size={16} /> {names("back")}
      </Link>
      {found.isPending && <RowBones count={5} />}
      {isGone && <EmptyState title={t("gone")} />}
      {found.isError && !isGone && !found.data && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.data && <CampaignSheet key={campaignId} campaign={found.data} />}
    </main>
  );
}

function CampaignSheet(props: { campaign: Campaign }) {
  const { campaign } = props;
  const names = useWords(shared);
  const { locale } = useLanguage();
  const { organisation } = useSession();
  const title = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLElement>(null);
  const isDraft = campaign.state === "draft";
  // Whoever presses a reason or a count wants to see the people: the list comes to them.
  const showList = () => list.current?.scrollIntoView({ block: "start", behavior: "smooth" });
  const when = (at: string) => zonedDateTime(at, locale, organisation.timeZone);
  return (
    <>
      <header className={page.head}>
        <div className={styles.title}>
          <div>
            <h1 ref={title} tabIndex={-1} dir="auto">
              {campaign.name}
            </h1>
            <span role="status">
              <StateMark campaign={campaign} />
            </span>
          </div>
          <p className="figures">
            {names(`kind.${campaign.kind}`)} ·{" "}
            {names("createdBy", { when: when(campaign.createdAt), name: campaign.createdBy.name })} ·{" "}
            {names("zone", { zone: organisation.timeZone })}
          </p>
        </div>
        <Acts campaign={campaign} done={() => title.current?.focus()} />
      </header>
      <Notices campaign={campaign} />
      <div className={styles.columns}>
        <div className={styles.main}>
          {isDraft ? (
            <ForecastCard of={forecastOfCampaign(campaign)} />
          ) : (
            <>
              <ProgressCard campaign={campaign} showList={showList} />
              <Reasons campaign={campaign} showList={showList} />
            </>
          )}
        </div>
        <Aside campaign={campaign} />
        {!isDraft && (
          <section ref={list} className={styles.list}>
            <Deliveries campaign={campaign} />
          </section>
        )}
      </div>
    </>
  );
}

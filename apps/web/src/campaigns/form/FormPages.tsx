import { Button } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link, useParams } from "@tanstack/react-router";
import { type ReactNode, useEffect } from "react";
import { useSenders } from "../../shell/directory.ts";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useTemplates } from "../../templates/queries.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import rows from "../../ui/rows.module.css";
import page from "../campaigns.module.css";
import { useCampaign } from "../queries.ts";
import { words as shared } from "../words.ts";
import { CampaignForm, sendsToMany } from "./CampaignForm.tsx";
import { draftOf, emptyDraft } from "./draft.ts";
import { words } from "./words.ts";

export function NewCampaignPage() {
  const t = useWords(words);
  const senders = useSenders();
  const fitting = senders.data?.filter(sendsToMany) ?? [];
  const only = fitting.length === 1 ? fitting[0]?.id : undefined;
  return (
    <FormPage title={t("newTitle")}>
      {senders.isError && <Failure error={senders.error} retry={() => void senders.refetch()} />}
      {senders.isPending && <RowBones count={4} />}
      {senders.data && <CampaignForm first={emptyDraft(only ?? null)} campaign={null} />}
    </FormPage>
  );
}

export function EditCampaignPage() {
  const t = useWords(words);
  const { organisation } = useSession();
  const { campaignId } = useParams({ from: "/inside/campaigns/$campaignId/edit" });
  const found = useCampaign(campaignId);
  const templates = useTemplates(found.data?.senderId ?? null);
  const campaign = found.data;
  const error = found.error ?? templates.error;
  return (
    <FormPage title={t("editTitle")}>
      {error && <Failure error={error} retry={() => void found.refetch().then(() => templates.refetch())} />}
      {!error && (found.isPending || templates.isPending) && <RowBones count={4} />}
      {campaign && campaign.state !== "draft" && (
        <EmptyState title={t("begun")}>
          <Button
            variant="default"
            renderRoot={(root) => <Link {...root} to="/campaigns/$campaignId" params={{ campaignId }} />}
          >
            {t("open")}
          </Button>
        </EmptyState>
      )}
      {campaign?.state === "draft" && templates.data && (
        <CampaignForm
          key={campaign.id}
          first={draftOf(campaign, templates.data, organisation.timeZone)}
          campaign={campaign}
        />
      )}
    </FormPage>
  );
}

function FormPage(props: { title: string; children: ReactNode }) {
  const { title, children } = props;
  const t = useWords(words);
  const names = useWords(shared);
  const { may } = useSession();
  useEffect(() => {
    document.title = `${title} · Loket`;
  }, [title]);
  return (
    <main className={page.page} id="conversation" data-wide>
      <header className={page.head}>
        <div>
          <Link to="/campaigns" className={rows.back}>
            <Icon of={IconArrowLeft} size={16} /> {names("back")}
          </Link>
          <h1>{title}</h1>
          <p>{t("lead")}</p>
        </div>
      </header>
      {may("campaigns:manage") ? children : <EmptyState title={t("mayNot")} lead={t("mayNotLead")} />}
    </main>
  );
}

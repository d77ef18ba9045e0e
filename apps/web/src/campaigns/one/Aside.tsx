import type { Audience, Campaign } from "@loket/contract";
import { Button } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import { useState } from "react";
import { useById, useSenders } from "../../shell/directory.ts";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useTemplates } from "../../templates/queries.ts";
import { TemplateBubble } from "../../templates/TemplateBubble.tsx";
import { readTemplate, sentValues } from "../../templates/templates.ts";
import { Bone } from "../../ui/Bones.tsx";
import { useFailureWords } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { readablePhone } from "../../ui/phone.ts";
import { Section } from "../../ui/Section.tsx";
import { toast } from "../../ui/toast.tsx";
import { zonedDateTime } from "../../ui/zone.ts";
import { countryName, languageName } from "../places.ts";
import { useLists, useRefresh } from "../queries.ts";
import { words as shared } from "../words.ts";
import styles from "./one.module.css";
import { Proof } from "./Proof.tsx";
import { words } from "./words.ts";

/** What is sent, to whom, when, and who said that it may. */
export function Aside(props: { campaign: Campaign }) {
  const { campaign } = props;
  const { may } = useSession();
  return (
    <aside className={styles.aside}>
      <SentMessage campaign={campaign} />
      {(campaign.state === "draft" || campaign.approvals.length > 0) && <Approvals campaign={campaign} />}
      <Facts campaign={campaign} />
      {may("evidence:export") && campaign.startedAt !== null && <Proof campaign={campaign} />}
    </aside>
  );
}

function SentMessage(props: { campaign: Campaign }) {
  const { senderId, template: sent } = props.campaign;
  const t = useWords(words);
  const { locale } = useLanguage();
  const templates = useTemplates(senderId);
  const template = templates.data?.find((one) => one.name === sent.name && one.language === sent.language.code);
  const form = template && readTemplate(template);
  const values = form ? sentValues(form, sent) : {};
  // People read a name there; here its place is named, and what stands in it where it is not known.
  const fallbacks = new Set(
    Object.values(values).flatMap((value) =>
      [...value.matchAll(/\{\{name\|([^{}|]*)\}\}/g)].map((found) => found[1] ?? ""),
    ),
  );
  const plain = Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, value.replace(/\{\{name\|[^{}|]*\}\}/g, "{{name}}")]),
  );
  const namesAnybody = Object.values(plain).some((value) => value.includes("{{name}}"));
  return (
    <Section title={t("message")}>
      <div className={styles.card}>
        {form ? (
          <TemplateBubble form={form} values={plain} />
        ) : templates.isPending ? (
          <Bone width="100%" height={120} />
        ) : (
          <p className={styles.quiet}>{t("templateGone")}</p>
        )}
        <p className={styles.quiet}>
          {sent.name} · {languageName(sent.language.code, locale)}
        </p>
        {namesAnybody && (
          <p className={styles.quiet}>
            {t("nameNote", { token: "{{name}}" })}{" "}
            {fallbacks.size > 0 && t("nameNoteWords", { words: [...fallbacks].join(", ") })}
          </p>
        )}
      </div>
    </Section>
  );
}

function Facts(props: { campaign: Campaign }) {
  const { campaign } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { organisation } = useSession();
  const senders = useById(useSenders().data);
  const sender = senders.get(campaign.senderId);
  const when = (at: string) => zonedDateTime(at, locale, organisation.timeZone);
  const facts = [
    [t("sender"), sender ? `${sender.name} · ${readablePhone(sender.address)}` : "…"],
    [t("audience"), <AudienceWords key="audience" audience={campaign.audience} />],
    campaign.startsAt || campaign.startedAt === null
      ? [t("from"), campaign.startsAt ? when(campaign.startsAt) : t("whenStarted")]
      : null,
    [t("notAfter"), when(campaign.expiresAt)],
    [t("first"), campaign.canaryCount === 0 ? t("allAtOnce") : campaign.canaryCount.toLocaleString(locale)],
    campaign.startedAt ? [t("startedAt"), when(campaign.startedAt)] : null,
    campaign.endedAt ? [t("endedAt"), when(campaign.endedAt)] : null,
  ] as const;
  return (
    <Section title={t("facts")}>
      <dl className={`${styles.facts} figures`}>
        {facts.map(
          (fact) =>
            fact && (
              <div key={String(fact[0])}>
                <dt>{fact[0]}</dt>
                <dd>{fact[1]}</dd>
              </div>
            ),
        )}
      </dl>
    </Section>
  );
}

function AudienceWords(props: { audience: Audience }) {
  const { audience } = props;
  const t = useWords(shared);
  const { locale } = useLanguage();
  const importId = audience.kind === "filter" ? audience.importId : undefined;
  const lists = useLists();
  if (audience.kind === "contacts") return t("chosen", { count: audience.contactIds.length });
  const filters = [
    audience.language && `${t("language")}: ${languageName(audience.language, locale)}`,
    audience.region && `${t("country")}: ${countryName(audience.region, locale)}`,
    importId && `${t("list")}: ${lists.data?.find(({ id }) => id === importId)?.fileName ?? "…"}`,
    audience.hasWritten && `${t("written")}: ${t("writtenYes")}`,
  ].filter((filter) => typeof filter === "string");
  if (filters.length === 0) return t("everybody");
  return (
    <ul>
      {filters.map((filter) => (
        <li key={filter}>{filter}</li>
      ))}
    </ul>
  );
}

function Approvals(props: { campaign: Campaign }) {
  const { campaign } = props;
  const { approvals, createdBy, state } = campaign;
  const t = useWords(words);
  const { api, may, memberId } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const [busy, setBusy] = useState(false);
  const mayApprove =
    state === "draft" &&
    may("campaigns:manage") &&
    createdBy.memberId !== memberId &&
    approvals.every((one) => one.memberId !== memberId);
  const approve = async () => {
    setBusy(true);
    try {
      await api.post(`campaigns/${campaign.id}/approve`);
      toast(t("approved"));
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    await refresh();
    setBusy(false);
  };
  return (
    <Section title={t("approvals")}>
      <div className={styles.card}>
        {approvals.length === 0 && <p className={styles.quiet}>{t("noApprovals")}</p>}
        <ul className={styles.approvals}>
          {approvals.map(({ memberId: id, name }) => (
            <li key={id}>
              <Icon of={IconCircleCheck} /> {t("approvedBy", { name })}
            </li>
          ))}
        </ul>
        {mayApprove && (
          <>
            <p className={styles.quiet}>{t("approveLead")}</p>
            <Button variant="default" loading={busy} onClick={() => void approve()}>
              {t("approve")}
            </Button>
          </>
        )}
      </div>
    </Section>
  );
}

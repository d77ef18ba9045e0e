import type { EvidencePack } from "@loket/contract";
import { Button, Modal, Progress } from "@mantine/core";
import { IconDownload, IconPackage } from "@tabler/icons-react";
import { useState } from "react";
import { useLanguage, useT } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { More } from "../../ui/More.tsx";
import rows from "../../ui/rows.module.css";
import { Section } from "../../ui/Section.tsx";
import { fileSize, shortDate, shortDateTime } from "../../ui/time.ts";
import { toast } from "../../ui/toast.tsx";
import { useRefresh } from "../queries.ts";
import styles from "./evidence.module.css";
import { usePacks } from "./queries.ts";
import { words } from "./words.ts";

export function Packs(props: { days: number }) {
  const { days } = props;
  const t = useWords(words);
  const found = usePacks();
  const packs = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section
      title={t("packs")}
      act={
        <span className={styles.links}>
          <a href="/verify?download" className={styles.link}>
            {t("getVerifier")}
          </a>
          <a href="/verify" target="_blank" rel="noreferrer" className={styles.link} title={t("checkLead")}>
            {t("check")}
          </a>
        </span>
      }
    >
      <p className={styles.lead}>{t("packsLead", { days })}</p>
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={2} />}
      {found.data && packs.length === 0 && <EmptyState title={t("noPacks")} lead={t("noPacksLead")} />}
      <ul className={rows.rows}>
        {packs.map((pack) => (
          <PackRow key={pack.id} pack={pack} />
        ))}
      </ul>
      <More of={found} />
    </Section>
  );
}

const steps = ["waiting-for-signer", "sealing", "gathering", "writing", "packing", "checking"] as const;

function PackRow(props: { pack: EvidencePack }) {
  const { pack } = props;
  const t = useWords(words);
  const common = useT();
  const { locale } = useLanguage();
  const { api, may } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const [deleting, setDeleting] = useState(false);
  const exports = may("evidence:export");
  const isBusy = pack.state === "waiting" || pack.state === "working";
  const at = pack.step === null ? 0 : steps.indexOf(pack.step);
  const remove = async () => {
    try {
      await api.delete(`evidence/packs/${pack.id}`);
      toast(t("deleted"));
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    setDeleting(false);
    refresh();
  };
  return (
    <li data-off={pack.state === "deleted" || undefined}>
      <Icon of={IconPackage} size={22} />
      <span className={rows.grow}>
        <span className={rows.name}>{pack.about ?? t("aboutGone")}</span>
        <span className={`${rows.small} figures`}>
          {t(`kind.${pack.subject.kind}`)} · {pack.locale.toUpperCase()} ·{" "}
          {t("madeBy", { name: pack.requestedBy ?? "API", when: shortDateTime(pack.createdAt, locale) })}
          {pack.sizeBytes !== null && pack.state === "ready" && ` · ${fileSize(pack.sizeBytes, locale)}`}
          {pack.deletedAfter && ` · ${t("until", { when: shortDate(pack.deletedAfter, locale) })}`}
        </span>
        {isBusy && (
          <span className={styles.progress}>
            <Progress value={(100 * (at + 0.5)) / steps.length} aria-label={t(`state.${pack.state}`)} />
            <span className={rows.small} role="status">
              {pack.step ? t(`step.${pack.step}`) : t(`state.${pack.state}`)}
            </span>
          </span>
        )}
        {pack.state === "failed" && (
          <span className={styles.failed}>{`${t("state.failed")}: ${pack.failure ?? ""}`}</span>
        )}
      </span>
      {exports && !isBusy && (
        <span className={styles.acts}>
          {pack.state === "ready" && (
            <Button
              component="a"
              size="compact-md"
              leftSection={<Icon of={IconDownload} size={16} />}
              href={api.link(`evidence/packs/${pack.id}/file`)}
              download={pack.fileName}
            >
              {t("download")}
            </Button>
          )}
          {pack.state !== "deleted" && (
            <Button variant="subtle" color="red" size="compact-md" onClick={() => setDeleting(true)}>
              {t("delete")}
            </Button>
          )}
        </span>
      )}
      {pack.state === "deleted" && <span className={rows.small}>{t("state.deleted")}</span>}
      {deleting && (
        <Modal
          opened
          onClose={() => setDeleting(false)}
          title={t("delete")}
          closeButtonProps={{ "aria-label": common("app.close") }}
        >
          <div className={rows.form}>
            <p>{t("deleteConfirm")}</p>
            <Button color="red" onClick={() => void remove()}>
              {t("delete")}
            </Button>
          </div>
        </Modal>
      )}
    </li>
  );
}

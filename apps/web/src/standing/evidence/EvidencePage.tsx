import type { EvidenceSummary } from "@loket/contract";
import { Button, CopyButton, Modal } from "@mantine/core";
import { IconAlertTriangle, IconPackage } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage, useT } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { RowBones } from "../../ui/Bones.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { Failure, useFailureWords } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import rows from "../../ui/rows.module.css";
import { Section, SettingsPage } from "../../ui/Section.tsx";
import { shortDateTime } from "../../ui/time.ts";
import { toast } from "../../ui/toast.tsx";
import { useRefresh } from "../queries.ts";
import { Anchors } from "./Anchors.tsx";
import styles from "./evidence.module.css";
import { PackForm } from "./PackForm.tsx";
import { Packs } from "./Packs.tsx";
import { useEvidence } from "./queries.ts";
import { words } from "./words.ts";

/** What the ledger holds, how far it is out of anybody's reach, and packs of it. */
export function EvidencePage() {
  const t = useWords(words);
  const { may } = useSession();
  const found = useEvidence();
  const search = useSearch({ from: "/inside/standing/evidence" });
  const navigate = useNavigate();
  const exports = may("evidence:export");
  const make = () => void navigate({ to: "/standing/evidence", search: { make: "person" } });
  const evidence = found.data;
  return (
    <SettingsPage
      title={t("title")}
      lead={t("lead")}
      act={
        exports && (
          <Button leftSection={<Icon of={IconPackage} size={16} />} onClick={make}>
            {t("make")}
          </Button>
        )
      }
    >
      {found.isError && <Failure error={found.error} retry={() => void found.refetch()} />}
      {found.isPending && <RowBones count={4} />}
      {evidence?.refusal && <Refusal refusal={evidence.refusal} />}
      {evidence?.signerRuns === false && <p className={styles.warning}>{t("signerStopped")}</p>}
      {evidence && <Ledger evidence={evidence} />}
      {evidence && <Packs days={evidence.packDays} />}
      {evidence && <Anchors evidence={evidence} />}
      {search.make && exports && (
        <PackForm
          key={`${search.make} ${search.id}`}
          first={search}
          close={() => void navigate({ to: "/standing/evidence", search: {}, replace: true })}
        />
      )}
    </SettingsPage>
  );
}

function Refusal(props: { refusal: NonNullable<EvidenceSummary["refusal"]> }) {
  const { refusal } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api, may } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const look = async () => {
    try {
      await api.post("evidence/look-again");
      toast(t("lookedAgain"));
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    refresh();
  };
  return (
    <div className={styles.refusal} role="alert">
      <h3>
        <Icon of={IconAlertTriangle} size={20} />
        {t("refused")}
      </h3>
      <p>{t("refusedLead")}</p>
      <p className="figures">{t("refusedWhat", { when: shortDateTime(refusal.at, locale), count: refusal.size })}</p>
      <blockquote lang="en">{refusal.words}</blockquote>
      <p>{t("refusedDo")}</p>
      {may("standing:manage") && (
        <Button color="red" onClick={() => void look()}>
          {t("lookAgain")}
        </Button>
      )}
    </div>
  );
}

function Ledger(props: { evidence: EvidenceSummary }) {
  const { evidence } = props;
  const { checkpoint, fingerprint } = evidence;
  const t = useWords(words);
  const { locale } = useLanguage();
  const [reading, setReading] = useState(false);
  if (evidence.entries + evidence.waiting === 0)
    return (
      <Section title={t("ledger")}>
        <EmptyState title={t("nothingYet")} lead={t("nothingYetLead")} />
      </Section>
    );
  return (
    <Section
      title={t("ledger")}
      act={
        <Link to="/standing/evidence/entries" className={styles.link}>
          {t("openEntries")}
        </Link>
      }
    >
      <dl className={styles.facts}>
        <dt>{t("entries")}</dt>
        <dd className="figures">
          {evidence.entries.toLocaleString(locale)}
          {evidence.waiting > 0 && (
            <span className={styles.quiet}>{t("entriesWaiting", { count: evidence.waiting })}</span>
          )}
        </dd>
        <dt>{t("checkpoint")}</dt>
        <dd className="figures">
          {checkpoint ? (
            <>
              {shortDateTime(checkpoint.at, locale)}
              <span className={styles.quiet}>{t("checkpointSize", { count: checkpoint.size })}</span>
            </>
          ) : (
            t("noCheckpoint")
          )}
        </dd>
        {checkpoint && (
          <>
            <dt>{t("root")}</dt>
            <dd>
              <code>{checkpoint.root}</code>
            </dd>
          </>
        )}
        {fingerprint && (
          <>
            <dt>{t("fingerprint")}</dt>
            <dd>
              <code className={styles.fingerprint}>{fingerprint}</code>
              <span className={styles.acts}>
                <Copy text={fingerprint} />
                <Button variant="default" size="compact-md" onClick={() => setReading(true)}>
                  {t("readAloud")}
                </Button>
              </span>
              <span className={styles.quiet}>{t("fingerprintLead")}</span>
            </dd>
          </>
        )}
        {evidence.earlierFingerprints.length > 0 && (
          <>
            <dt>{t("earlierKeys")}</dt>
            <dd>
              {evidence.earlierFingerprints.map((one) => (
                <code key={one} className={styles.fingerprint}>
                  {one}
                </code>
              ))}
            </dd>
          </>
        )}
      </dl>
      {checkpoint && (
        <details className={styles.note}>
          <summary>{t("note")}</summary>
          <pre>{checkpoint.note.trimEnd()}</pre>
          <Copy text={checkpoint.note} />
        </details>
      )}
      {reading && fingerprint && <ReadAloud fingerprint={fingerprint} close={() => setReading(false)} />}
    </Section>
  );
}

export function Copy(props: { text: string }) {
  const { text } = props;
  const t = useWords(words);
  return (
    <CopyButton value={text}>
      {({ copied, copy }) => (
        <Button variant="default" size="compact-md" onClick={copy} aria-live="polite">
          {copied ? t("copied") : t("copy")}
        </Button>
      )}
    </CopyButton>
  );
}

/** Large enough to read over the telephone without losing one's place. */
function ReadAloud(props: { fingerprint: string; close: () => void }) {
  const { fingerprint, close } = props;
  const t = useWords(words);
  const common = useT();
  // Two groups may be the same: each is known by its place.
  const groups = fingerprint.split(" ").map((group, place) => ({ group, place }));
  return (
    <Modal
      opened
      onClose={close}
      title={t("readAloud")}
      size={520}
      closeButtonProps={{ "aria-label": common("app.close") }}
    >
      <div className={rows.form}>
        <p>{t("readAloudLead")}</p>
        <ol className={styles.groups}>
          {groups.map(({ group, place }) => (
            <li key={place}>{group}</li>
          ))}
        </ol>
      </div>
    </Modal>
  );
}

import type { EvidenceSummary, EvidenceWitness, WitnessOffer } from "@loket/contract";
import { Button, Textarea, TextInput } from "@mantine/core";
import { IconClock, IconEye, IconMail } from "@tabler/icons-react";
import { useState } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useFailureWords } from "../../ui/Failure.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { Icon } from "../../ui/Icon.tsx";
import rows from "../../ui/rows.module.css";
import { Section } from "../../ui/Section.tsx";
import { shortDateTime } from "../../ui/time.ts";
import { toast } from "../../ui/toast.tsx";
import { useRefresh } from "../queries.ts";
import styles from "./evidence.module.css";
import { words } from "./words.ts";

const icons = { mail: IconMail, witness: IconEye, timestamp: IconClock };

/** How far the log is out of reach of whoever runs the machine, and by what. */
export function Anchors(props: { evidence: EvidenceSummary }) {
  const { evidence } = props;
  const { rewritable, anchors, mail, timestamp } = evidence;
  const t = useWords(words);
  const { locale } = useLanguage();
  return (
    <>
      <Section title={t("outside")}>
        <p className={styles.lead}>{t("outsideLead")}</p>
        {evidence.entries > 0 && (
          <p className={styles.window} data-open={rewritable.entries > 0 || undefined}>
            {rewritable.entries === 0
              ? t("windowNone")
              : anchors.length === 0 || rewritable.since === null
                ? t("windowAll")
                : t("window", { count: rewritable.entries, when: shortDateTime(rewritable.since, locale) })}
          </p>
        )}
        <ul className={rows.rows}>
          {anchors.slice(0, 6).map((anchor) => (
            <li key={anchor.id}>
              <Icon of={icons[anchor.kind]} size={22} />
              <span className={rows.grow}>
                <span className={rows.name}>{t(`anchor.${anchor.kind}`, { place: anchor.place })}</span>
                <span className={`${rows.small} figures`}>
                  {shortDateTime(anchor.at, locale)} · {t("anchorSize", { count: anchor.size })}
                </span>
              </span>
            </li>
          ))}
        </ul>
        <p className={styles.lead}>
          {mail.configured ? t("mailOn") : t("mailOff")}{" "}
          {mail.failure && <span className={styles.failed}>{t("mailFailed", { reason: mail.failure })}</span>}
        </p>
        <p className={styles.lead}>
          {timestamp.configured ? t("stampOn") : t("stampOff")}{" "}
          {timestamp.failure && (
            <span className={styles.failed}>{t("stampFailed", { reason: timestamp.failure })}</span>
          )}
        </p>
      </Section>
      <Witnesses evidence={evidence} />
      <Witnessed evidence={evidence} />
    </>
  );
}

function Witnesses(props: { evidence: EvidenceSummary }) {
  const { evidence } = props;
  const t = useWords(words);
  const { may } = useSession();
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t("witnesses")}
      act={
        may("standing:manage") && (
          <Button variant="default" size="compact-md" onClick={() => setAdding(true)}>
            {t("addWitness")}
          </Button>
        )
      }
    >
      <p className={styles.lead}>{t("witnessesLead")}</p>
      {evidence.witnesses.length === 0 && <p className={rows.quiet}>{t("noWitness")}</p>}
      <ul className={rows.rows}>
        {evidence.witnesses.map((witness) => (
          <WitnessRow key={witness.id} witness={witness} />
        ))}
      </ul>
      {adding && <WitnessForm logKey={evidence.logKey} close={() => setAdding(false)} />}
    </Section>
  );
}

function WitnessRow(props: { witness: EvidenceWitness }) {
  const { witness } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { api, may } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const remove = async () => {
    try {
      await api.delete(`evidence/witnesses/${witness.id}`);
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    refresh();
  };
  return (
    <li>
      <Icon of={IconEye} size={22} />
      <span className={rows.grow}>
        <span className={rows.name}>{witness.url}</span>
        <span className={`${rows.small} figures`}>
          {witness.witnessedAt
            ? t("witnessAt", { count: witness.witnessedSize, when: shortDateTime(witness.witnessedAt, locale) })
            : t("witnessNever")}
        </span>
        {witness.failure && <span className={styles.failed}>{witness.failure}</span>}
      </span>
      {may("standing:manage") && (
        <Button variant="subtle" color="red" size="compact-md" onClick={() => void remove()}>
          {t("remove")}
        </Button>
      )}
    </li>
  );
}

/** First looked at, then trusted: the fingerprint is compared by people, not by programs. */
function WitnessForm(props: { logKey: string | null; close: () => void }) {
  const { logKey, close } = props;
  const t = useWords(words);
  const { api } = useSession();
  const refresh = useRefresh();
  const [url, setUrl] = useState("https://");
  const [offer, setOffer] = useState<WitnessOffer | null>(null);
  const go = async () => {
    if (offer === null) {
      setOffer(await api.post<WitnessOffer>("evidence/witnesses/look", { url }));
      return "stay";
    }
    await api.post("evidence/witnesses", { url: offer.url, key: offer.key });
    refresh();
  };
  return (
    <FormDialog
      title={t("addWitness")}
      size={560}
      close={close}
      send={go}
      label={offer === null ? t("witnessLook") : t("witnessTrust")}
    >
      <TextInput
        data-autofocus
        type="url"
        label={t("witnessUrl")}
        value={url}
        disabled={offer !== null}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      {offer && (
        <>
          <p>{t("witnessIs", { name: offer.name })}</p>
          <code className={rows.secret}>{offer.fingerprint}</code>
        </>
      )}
      {offer && logKey && (
        <>
          <p>{t("witnessKeyBack")}</p>
          <code className={rows.secret}>{logKey}</code>
        </>
      )}
    </FormDialog>
  );
}

function Witnessed(props: { evidence: EvidenceSummary }) {
  const { witnessed } = props.evidence;
  const t = useWords(words);
  const { locale } = useLanguage();
  const { may } = useSession();
  const [adding, setAdding] = useState(false);
  return (
    <Section
      title={t("witnessedLogs")}
      act={
        may("standing:manage") && (
          <Button variant="default" size="compact-md" onClick={() => setAdding(true)}>
            {t("addWitnessed")}
          </Button>
        )
      }
    >
      <p className={styles.lead}>{t("witnessedLead")}</p>
      {witnessed.length === 0 && <p className={rows.quiet}>{t("noWitnessed")}</p>}
      <ul className={rows.rows}>
        {witnessed.map((log) => (
          <li key={log.origin}>
            <Icon of={IconEye} size={22} />
            <span className={rows.grow}>
              <span className={rows.name}>{log.origin}</span>
              <span className={`${rows.small} figures`}>{shortDateTime(log.createdAt, locale)}</span>
              <code className={styles.fingerprint}>{log.fingerprint}</code>
            </span>
          </li>
        ))}
      </ul>
      {adding && <WitnessedForm close={() => setAdding(false)} />}
    </Section>
  );
}

function WitnessedForm(props: { close: () => void }) {
  const { close } = props;
  const t = useWords(words);
  const { api } = useSession();
  const refresh = useRefresh();
  const [key, setKey] = useState("");
  const go = async () => {
    await api.post("evidence/witnessed", { key });
    refresh();
  };
  return (
    <FormDialog
      title={t("addWitnessed")}
      size={560}
      close={close}
      send={go}
      label={t("addWitnessed")}
      disabled={key.trim() === ""}
    >
      <Textarea
        data-autofocus
        autosize
        minRows={3}
        label={t("witnessedKey")}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
    </FormDialog>
  );
}

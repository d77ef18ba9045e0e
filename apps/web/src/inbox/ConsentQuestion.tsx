import type { Wording } from "@loket/contract";
import { Button } from "@mantine/core";
import { useState } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { uuid7 } from "../shell/uuid.ts";
import { useFailureWords } from "../ui/Failure.tsx";
import { toast } from "../ui/toast.tsx";
import styles from "./ConsentQuestion.module.css";

/** The published words as they will be read: sent as they are, or not at all. */
export function ConsentQuestion(props: {
  conversationId: string;
  wording: Wording | null;
  close: () => void;
  record: () => void;
}) {
  const { conversationId, wording, close, record } = props;
  const { t } = useLanguage();
  const { api } = useSession();
  const failureWords = useFailureWords();
  const [clientId] = useState(uuid7);
  const [busy, setBusy] = useState(false);
  const send = async () => {
    if (!wording) return;
    setBusy(true);
    try {
      await api.post(`conversations/${conversationId}/consent-question`, { clientId, wordingId: wording.id });
      close();
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
      setBusy(false);
    }
  };
  return (
    <section className={styles.question} aria-label={t("question.title")}>
      {wording ? (
        <>
          <p className={styles.lead}>{t("question.lead")}</p>
          <blockquote lang={wording.language}>{wording.text}</blockquote>
        </>
      ) : (
        <p>{t("question.none")}</p>
      )}
      <div className={styles.acts}>
        <Button variant="default" onClick={close}>
          {t("question.cancel")}
        </Button>
        {wording ? (
          <Button loading={busy} onClick={() => void send()}>
            {t("question.send")}
          </Button>
        ) : (
          <Button
            onClick={() => {
              close();
              record();
            }}
          >
            {t("question.record")}
          </Button>
        )}
      </div>
    </section>
  );
}

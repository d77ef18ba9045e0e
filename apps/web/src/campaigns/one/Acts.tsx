import type { Campaign } from "@loket/contract";
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useFailureWords } from "../../ui/Failure.tsx";
import { FormDialog } from "../../ui/FormDialog.tsx";
import { toast } from "../../ui/toast.tsx";
import { outCount, remainingCount } from "../progress.ts";
import { isMoving, useRefresh } from "../queries.ts";
import styles from "./one.module.css";
import { StartDialog } from "./StartDialog.tsx";
import { words } from "./words.ts";

/** The one next act, and those that stop. Whoever may not act sees none. */
export function Acts(props: { campaign: Campaign; done: () => void }) {
  const { campaign, done } = props;
  const { state, brake } = campaign;
  const t = useWords(words);
  const { api, may } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const [asking, setAsking] = useState<"start" | "cancel" | null>(null);
  const [busy, setBusy] = useState(false);
  if (!may("campaigns:manage") || state === "done" || state === "cancelled") return null;

  const act = async (word: "pause" | "resume", said: string) => {
    setBusy(true);
    try {
      await api.post(`campaigns/${campaign.id}/${word}`);
      toast(said);
      // The pressed button is about to go: the keyboard goes on from the title.
      done();
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    await refresh();
    setBusy(false);
  };
  return (
    <div className={styles.acts}>
      <Button variant="subtle" color="red" onClick={() => setAsking("cancel")}>
        {t(state === "draft" ? "discard" : "cancel")}
      </Button>
      {state === "draft" && (
        <>
          <Button
            variant="default"
            renderRoot={(root) => (
              <Link {...root} to="/campaigns/$campaignId/edit" params={{ campaignId: campaign.id }} />
            )}
          >
            {t("edit")}
          </Button>
          <Button onClick={() => setAsking("start")}>{t("start")}</Button>
        </>
      )}
      {isMoving(state) && (
        <Button variant="default" loading={busy} onClick={() => void act("pause", t("paused"))}>
          {t("pause")}
        </Button>
      )}
      {state === "paused" && (
        <Button loading={busy} onClick={() => void act("resume", t("resumed"))}>
          {t(brake === null || brake === "member" ? "resume" : "rest")}
        </Button>
      )}
      {asking === "start" && <StartDialog campaign={campaign} done={done} close={() => setAsking(null)} />}
      {asking === "cancel" && <CancelDialog campaign={campaign} done={done} close={() => setAsking(null)} />}
    </div>
  );
}

function CancelDialog(props: { campaign: Campaign; done: () => void; close: () => void }) {
  const { campaign, done, close } = props;
  const t = useWords(words);
  const { api } = useSession();
  const refresh = useRefresh();
  const isDraft = campaign.state === "draft";
  const send = async () => {
    await api.post(`campaigns/${campaign.id}/cancel`);
    toast(t(isDraft ? "discarded" : "cancelled"));
    await refresh();
    done();
  };
  return (
    <FormDialog
      title={t(isDraft ? "discardTitle" : "cancelTitle")}
      close={close}
      send={send}
      label={t(isDraft ? "discard" : "cancel")}
      color="red"
      besides={
        <Button variant="default" onClick={close} data-autofocus>
          {t("keep")}
        </Button>
      }
    >
      {isDraft ? (
        <p>{t("discardLead")}</p>
      ) : (
        <p className="figures">
          {t("cancelOut", { count: outCount(campaign.progress) })}{" "}
          {t("cancelRest", { count: remainingCount(campaign.progress) })}
        </p>
      )}
    </FormDialog>
  );
}

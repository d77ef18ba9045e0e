import type { ContactDetail } from "@loket/contract";
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLanguage } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useFailureWords } from "../ui/Failure.tsx";
import { toast } from "../ui/toast.tsx";
import styles from "./ConsentQuestion.module.css";

/** Under the thread in which the doubtful word stands: whoever reads it can settle it there. */
export function ClarifyStrip(props: { person: ContactDetail }) {
  const { person } = props;
  const { t } = useLanguage();
  const { api, may, organisation } = useSession();
  const queries = useQueryClient();
  const failureWords = useFailureWords();
  const [busy, setBusy] = useState(false);
  const settle = async (body: object) => {
    setBusy(true);
    try {
      queries.setQueryData(
        ["contact", organisation.id, person.id],
        await api.post<ContactDetail>(`contacts/${person.id}/clarification`, body),
      );
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
      void queries.invalidateQueries({ queryKey: ["contact", organisation.id, person.id] });
    }
    setBusy(false);
  };
  return (
    <div className={styles.clarify} role="status">
      <p>{t("clarify.lead")}</p>
      {may("consents:write") && (
        <span className={styles.acts}>
          <Button
            size="compact-md"
            variant="default"
            disabled={busy}
            onClick={() => void settle({ meant: "no-opt-out" })}
          >
            {t("clarify.none")}
          </Button>
          <Button
            size="compact-md"
            variant="default"
            disabled={busy}
            onClick={() => void settle({ meant: "opt-out", scope: "marketing", channel: "whatsapp" })}
          >
            {t("clarify.was")}
          </Button>
        </span>
      )}
    </div>
  );
}

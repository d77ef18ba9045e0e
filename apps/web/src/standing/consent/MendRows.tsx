import type { ImportField, ImportReason } from "@loket/contract";
import { Button, Modal, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useT } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useFailureWords } from "../../ui/Failure.tsx";
import rows from "../../ui/rows.module.css";
import { toast } from "../../ui/toast.tsx";
import { useRefresh } from "../queries.ts";
import styles from "./consent.module.css";
import { words } from "./words.ts";

const mendable: readonly ImportField[] = ["obtainedAt", "method", "wordingVersion", "evidence", "purpose", "channel"];
const missing: Partial<Record<ImportReason, ImportField>> = {
  "no-instant": "obtainedAt",
  "unreadable-instant": "obtainedAt",
  "future-instant": "obtainedAt",
  "no-method": "method",
  "no-wording": "wordingVersion",
  "no-proof": "evidence",
  "unknown-purpose": "purpose",
  "unknown-channel": "channel",
};

/** What can be done about the rows in quarantine that are on screen: all of them, or those of one reason. */
export function MendRows(props: { importId: string; reason: ImportReason | null; count: number }) {
  const { importId, reason, count } = props;
  const t = useWords(words);
  const common = useT();
  const { api } = useSession();
  const refresh = useRefresh();
  const failureWords = useFailureWords();
  const [act, setAct] = useState<"fix" | "discard" | "admit" | null>(null);
  const [values, setValues] = useState<Partial<Record<ImportField, string>>>({});
  const [busy, setBusy] = useState(false);
  const asked = reason === null ? undefined : missing[reason];
  const shown = asked === undefined ? mendable : [asked];
  const close = () => setAct(null);
  const mend = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
      const done = await api.post<{ changed: number; accepted: number }>(`consent-imports/${importId}/rows`, {
        act,
        ...(reason === null ? {} : { reason }),
        ...(act === "fix" ? { values: given } : {}),
      });
      if (act === "fix") toast(t("fixed", { accepted: done.accepted }));
      if (act === "admit") toast(t("admitted", { count: done.changed }));
      refresh();
      close();
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
    }
    setBusy(false);
  };
  const title = act === "fix" ? t("fix") : act === "admit" ? t("admit") : t("drop");
  return (
    <div className={styles.acts}>
      {reason !== "generated-numbers" && (
        <Button size="compact-md" onClick={() => setAct("fix")}>
          {t("fix")}
        </Button>
      )}
      <Button variant="default" size="compact-md" onClick={() => setAct("admit")}>
        {t("admit")}
      </Button>
      <Button variant="subtle" color="red" size="compact-md" onClick={() => setAct("discard")}>
        {t("drop")}
      </Button>
      {act && (
        <Modal opened onClose={close} title={title} closeButtonProps={{ "aria-label": common("app.close") }}>
          <form className={rows.form} onSubmit={(event) => void mend(event)}>
            <p>{t(act === "fix" ? "fixLead" : act === "admit" ? "admitLead" : "dropLead", { count })}</p>
            {act === "fix" &&
              shown.map((field) => (
                <TextInput
                  key={field}
                  label={t(`field.${field}`)}
                  value={values[field] ?? ""}
                  maxLength={500}
                  onChange={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
                />
              ))}
            <Button type="submit" loading={busy} {...(act === "discard" ? { color: "red" } : {})}>
              {act === "fix" ? t("save") : title}
            </Button>
          </form>
        </Modal>
      )}
    </div>
  );
}

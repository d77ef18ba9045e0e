import type { ContactDetail } from "@loket/contract";
import { Button, Modal, TextInput } from "@mantine/core";
import { IconEraser, IconLink, IconPackage } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage, useT } from "../shell/i18n.tsx";
import { useSession } from "../shell/session.tsx";
import { useWords } from "../shell/words.ts";
import { Icon } from "../ui/Icon.tsx";
import { shortDate } from "../ui/time.ts";
import { toast } from "../ui/toast.tsx";
import styles from "./ConsentPart.module.css";
import type { ContactActs } from "./ConsentPart.tsx";
import { words } from "./words.ts";

/** A word that may have been an opt-out: settled by whoever asked the person. */
export function Clarification(props: { contact: ContactDetail; acts: ContactActs; records: boolean }) {
  const { contact, acts, records } = props;
  const t = useWords(words);
  const { locale } = useLanguage();
  if (contact.clarifyingSince === null) return null;
  const settle = (body: Parameters<typeof acts.clarify.mutate>[0]) =>
    acts.clarify.mutate(body, { onSuccess: () => toast(t("cleared")) });
  return (
    <div className={styles.unclear} role="status">
      <p>{t("unclear", { date: shortDate(contact.clarifyingSince, locale) })}</p>
      {records && (
        <div className={styles.acts}>
          <Button size="compact-md" variant="default" onClick={() => settle({ meant: "no-opt-out" })}>
            {t("noOptOut")}
          </Button>
          <Button
            size="compact-md"
            variant="default"
            onClick={() => settle({ meant: "opt-out", scope: "marketing", channel: "whatsapp" })}
          >
            {t("wasOptOut")}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The person's own page, and being forgotten. */
export function PersonActs(props: { contact: ContactDetail; acts: ContactActs; records: boolean }) {
  const { contact, acts, records } = props;
  const t = useWords(words);
  const common = useT();
  const { locale } = useLanguage();
  const { may } = useSession();
  const navigate = useNavigate();
  const [erasing, setErasing] = useState(false);
  const [typed, setTyped] = useState("");
  const { erasure } = contact;
  const copy = async () => {
    const { url } = await acts.link.mutateAsync();
    await navigator.clipboard.writeText(url);
    toast(t("personLinkCopied"));
  };
  if (erasure)
    return (
      <section className={styles.part}>
        <p className={styles.warning} role="status">
          {erasure.state === "done"
            ? t("erasure.done", { date: shortDate(erasure.executedAt ?? erasure.createdAt, locale) })
            : t(`erasure.${erasure.state}`)}
        </p>
      </section>
    );
  const exports = may("evidence:export");
  if (!records && !exports && !may("erasures:manage")) return null;
  return (
    <section className={styles.part}>
      <div className={styles.acts}>
        {records && (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<Icon of={IconLink} size={16} />}
            onClick={() => void copy().catch(() => {})}
          >
            {t("personLink")}
          </Button>
        )}
        {exports && (
          <Button
            variant="default"
            size="compact-md"
            leftSection={<Icon of={IconPackage} size={16} />}
            onClick={() => void navigate({ to: "/standing/evidence", search: { make: "person", id: contact.id } })}
          >
            {t("evidencePack")}
          </Button>
        )}
        {may("erasures:manage") && (
          <Button
            variant="subtle"
            color="red"
            size="compact-md"
            leftSection={<Icon of={IconEraser} size={16} />}
            onClick={() => setErasing(true)}
          >
            {t("erase")}
          </Button>
        )}
      </div>
      {erasing && (
        <Modal
          opened
          onClose={() => setErasing(false)}
          title={t("erase")}
          closeButtonProps={{ "aria-label": common("app.close") }}
        >
          <form
            className={styles.form}
            onSubmit={(event) => {
              event.preventDefault();
              void acts.erase.mutateAsync().then(
                () => setErasing(false),
                () => {},
              );
            }}
          >
            <p>{t("eraseLead")}</p>
            <TextInput
              label={t("eraseType", { name: contact.name })}
              value={typed}
              onChange={(event) => setTyped(event.currentTarget.value)}
            />
            <Button
              type="submit"
              color="red"
              loading={acts.erase.isPending}
              disabled={typed.trim() !== contact.name.trim()}
            >
              {t("eraseNow")}
            </Button>
          </form>
        </Modal>
      )}
    </section>
  );
}

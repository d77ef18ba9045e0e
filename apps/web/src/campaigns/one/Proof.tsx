import type { Campaign } from "@loket/contract";
import { Button } from "@mantine/core";
import { IconPackage } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useLanguage } from "../../shell/i18n.tsx";
import { useSession } from "../../shell/session.tsx";
import { useWords } from "../../shell/words.ts";
import { useFailureWords } from "../../ui/Failure.tsx";
import { Icon } from "../../ui/Icon.tsx";
import { Section } from "../../ui/Section.tsx";
import { toast } from "../../ui/toast.tsx";
import styles from "./one.module.css";
import { words } from "./words.ts";

/** Everything about a campaign in one file that others can check. */
export function Proof(props: { campaign: Campaign }) {
  const { campaign } = props;
  const t = useWords(words);
  const { api } = useSession();
  const { locale } = useLanguage();
  const failureWords = useFailureWords();
  const [step, setStep] = useState<"none" | "busy" | "started">("none");
  const make = async () => {
    setStep("busy");
    try {
      await api.post("evidence/packs", { subject: { kind: "campaign", id: campaign.id }, locale });
      setStep("started");
    } catch (error) {
      toast(failureWords(error), { tone: "red" });
      setStep("none");
    }
  };
  return (
    <Section title={t("proof")}>
      <div className={styles.card}>
        <p className={styles.quiet}>{t("proofLead")}</p>
        {step === "started" ? (
          <p role="status">
            {t("packStarted")} <Link to="/standing/evidence">{t("toPacks")}</Link>
          </p>
        ) : (
          <Button
            variant="default"
            loading={step === "busy"}
            leftSection={<Icon of={IconPackage} size={16} />}
            onClick={() => void make()}
          >
            {t("makePack")}
          </Button>
        )}
      </div>
    </Section>
  );
}

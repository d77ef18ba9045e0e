import type { Campaign } from "@loket/contract";
import { useWords } from "../shell/words.ts";
import { useNow } from "../ui/clock.ts";
import styles from "./campaigns.module.css";
import { waitsUntil } from "./progress.ts";
import { words } from "./words.ts";

/** The state in a word, and in a colour. A campaign that runs and yet sends nothing says that instead. */
export function StateMark(props: { campaign: Campaign }) {
  const { campaign } = props;
  const t = useWords(words);
  const waits = waitsUntil(campaign, useNow()) !== null;
  return (
    <span className={styles.state} data-state={waits ? "waits" : campaign.state}>
      {waits ? t("waits") : campaign.inCanary ? t("canary") : t(`state.${campaign.state}`)}
    </span>
  );
}

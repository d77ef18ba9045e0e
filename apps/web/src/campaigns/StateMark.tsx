import type { Campaign } from "@loket/contract";
import { useWords } from "../shell/words.ts";
import { Chip } from "../ui/Chip.tsx";
import { useNow } from "../ui/clock.ts";
import { waitsUntil } from "./progress.ts";
import { words } from "./words.ts";

const tones = {
  draft: "rest",
  freezing: "ours",
  running: "ours",
  paused: "wait",
  done: "go",
  cancelled: "rest",
} as const;

/** The state in a word, and in a colour. A campaign that runs and yet sends nothing says that instead. */
export function StateMark(props: { campaign: Campaign }) {
  const { campaign } = props;
  const t = useWords(words);
  const waits = waitsUntil(campaign, useNow()) !== null;
  return (
    <Chip tone={waits ? "wait" : tones[campaign.state]}>
      {waits ? t("waits") : campaign.inCanary ? t("canary") : t(`state.${campaign.state}`)}
    </Chip>
  );
}

import type { Sender } from "@loket/contract";
import { Link } from "@tanstack/react-router";
import { useById, useSenders } from "../shell/directory.ts";
import { useLanguage } from "../shell/i18n.tsx";
import type { MessageKey } from "../shell/messages/catalogue.ts";
import { useSession } from "../shell/session.tsx";
import { shortDateTime } from "../ui/time.ts";
import styles from "./SenderStrip.module.css";

/** What the number this conversation runs over may not do at the moment, and why: seen by everybody who answers on it. */
export function SenderStrip(props: { senderId: string }) {
  const { senderId } = props;
  const { t, locale } = useLanguage();
  const { may } = useSession();
  const sender = useById(useSenders().data).get(senderId);
  const trouble = sender && troubleOf(sender);
  if (!sender || !trouble) return null;
  const until = sender.restrictions.find((restriction) => restriction.until !== null)?.until;
  return (
    <p className={styles.strip} data-grave={trouble.isGrave || undefined} role="status">
      <span>
        {t(trouble.words)}
        {trouble.words === "sender.restricted" &&
          until &&
          ` ${t("sender.until", { when: shortDateTime(until, locale) })}`}
        {sender.stopped && sender.stopReason && ` ${sender.stopReason}`}
      </span>
      {may("standing:read") && <Link to="/standing/today">{t("sender.toStanding")}</Link>}
    </p>
  );
}

type Words = Extract<
  MessageKey,
  `sender.${"banned" | "restricted" | "stoppedAll" | "stoppedOurs" | "stoppedMarketing" | "red"}`
>;

/** The gravest of what is wrong with a sender, where anything is. */
export function troubleOf(sender: Sender): { readonly words: Words; readonly isGrave: boolean } | null {
  if (sender.disabled) return { words: "sender.banned", isGrave: true };
  if (sender.stopped === "all") return { words: "sender.stoppedAll", isGrave: true };
  if (sender.restrictions.length > 0) return { words: "sender.restricted", isGrave: true };
  if (sender.stopped === "business-initiated") return { words: "sender.stoppedOurs", isGrave: false };
  if (sender.stopped === "marketing") return { words: "sender.stoppedMarketing", isGrave: false };
  if (sender.quality === "RED") return { words: "sender.red", isGrave: false };
  return null;
}
